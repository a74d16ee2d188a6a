# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Where a signed file goes: the drive or folder, its room, writing and reading back, and what came of it."""

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, QStorageInfo, Qt, Signal

from pmqa_desktop.progress import Cancelled, Progress
from pmqa_desktop.services.exchange.service import Exported
from pmqa_desktop.text import _
from ui import theme
from ui.dialogs.choosing import Chooser
from ui.drives import other_drives, size_words
from ui.errors import worded
from ui.tasks import TaskRunner
from ui.widgets.boxes import Box, Kind, row
from ui.widgets.buttons import Button
from ui.widgets.labels import ElideLabel, IconLabel, Label, WrapLabel
from ui.widgets.running import Running
from ui.widgets.signs import Banner

WriteFile = Callable[[Path, Progress], Exported]
"""Writes into a folder, tells how far it is, and leaves nothing there when it is asked to stop."""


class FolderChoice(Box):
    """The folder a file goes to; `changed` when another one was chosen."""

    changed = Signal()

    def __init__(self, chooser: Chooser, folder: Path | None = None) -> None:
        """Start with `folder`, or another drive if one is there, or the home folder."""
        super().__init__("sunk", across=True, margins=(12, 6, 8, 6), gap=10)
        self.setObjectName("folder-choice")
        self._chooser = chooser
        self._chosen = False
        drives = other_drives()
        self.folder = folder or Path(drives[0].rootPath() if drives else QDir.homePath())
        self._icon = IconLabel("folder", "primary", 24)
        self.name = ElideLabel("", "body", 600)
        self.room = Label("", "small", 400, "text2")
        words = Box(gap=0).add(self.name, self.room)
        change = Button(_("Change"), "change-folder")
        change.clicked.connect(self._ask)
        self.add(self._icon)
        self.add(words, stretch=1)
        self.add(change)
        self.set_folder(self.folder)

    def set_folder(self, folder: Path) -> None:
        """Choose a folder."""
        self.folder = folder
        drive = QStorageInfo(str(folder))
        other = drive.rootPath() in [one.rootPath() for one in other_drives()]
        self._icon.set_icon("usb" if other else "folder", "primary")
        self.name.set_text(f"{folder} {drive.displayName() if other else ''}".strip())
        state = _("can be written") if os.access(folder, os.W_OK) and not drive.isReadOnly() else _("cannot be written")
        self.room.setText(
            _("free {size} · {state}").format(size=size_words(max(0, drive.bytesAvailable())), state=state)
        )
        self.changed.emit()

    def _ask(self) -> None:
        if (folder := self._chooser.folder(self, _("Where the file goes"))) is not None:
            self._chosen = True
            self.set_folder(folder)

    def given(self) -> Path | None:
        """Return the folder, if the person chose it."""
        return self.folder if self._chosen else None

    def give_again(self, given: Path) -> None:
        """Take over a folder that was chosen."""
        self._chosen = True
        self.set_folder(given)


class Fingerprint(Box):
    """Four numbered rows of four groups: read aloud on the telephone."""

    def __init__(self, rows: tuple[str, ...], kind: Kind = "sunk") -> None:
        """Show `rows`."""
        super().__init__(kind, margins=(14, 8, 14, 8), gap=0)
        self.setObjectName("fingerprint")
        self.setAccessibleName(" ".join(rows))
        for number, words in enumerate(rows, 1):
            line = Box(across=True, gap=10)
            place = Label(f"{number}.", "micro", 400, "text2")
            place.setFixedWidth(theme.px(22))
            line.add(place)
            for group in words.split():
                label = Label(group, "lead", 600)
                font = label.font()
                font.setLetterSpacing(font.SpacingType.AbsoluteSpacing, theme.px(2))
                label.setFont(font)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                line.add(label, stretch=1)
            self.add(line)


class WrittenBox(Box):
    """What came of writing: the file, that it was read back, that it is safe to take away, its fingerprint."""

    def __init__(self, exported: Exported, time: str) -> None:
        """Show `exported`, written at the local time `time`."""
        super().__init__(gap=8)
        name = ElideLabel(exported.path.name, "body", 600)
        head = row(IconLabel("file", "primary", 22), gap=8)
        head.add(name, stretch=1)
        head.add(Label(size_words(exported.size), "small", 400, "text2"))
        self.add(head)
        documents = _("{n} signed documents").format(n=exported.documents)
        sealed = _("sealed for its recipients") if exported.sealed else _("in clear")
        for words, more in (
            (_("Written"), f"{exported.path.parent} · {time}"),
            (_("Read back, equal byte for byte"), f"{documents} · {sealed}"),
        ):
            line = row(IconLabel("ok", "ok", 20), gap=10)
            told = Box(gap=0).add(Label(words, "body", 600), ElideLabel(more, "small", 400, "text2"))
            line.add(told, stretch=1)
            self.add(line)
        self.banner = Banner("ok", _("The file is closed"), _("Take the drive out by the system's safe removal."),
                             icon="usb", big=True)  # fmt: skip
        self.banner.setObjectName("safe-to-remove")
        self.add(self.banner)
        self.add(
            row(Label(_("Fingerprint of the document"), "body", 600), None),
            WrapLabel(_("read it to the secretariat on the telephone"), "small", 400, "text2"),
            Fingerprint(exported.fingerprint),
        )


class ExportBox(Box):
    """Choose a folder, write, and show what came of it; used where there is nothing else to sign."""

    written = Signal(object)

    def __init__(self, tasks: TaskRunner, chooser: Chooser, write: WriteFile, clock: Callable[[], str]) -> None:
        """Write by `write` on the store's thread; `clock` gives the local time to show."""
        super().__init__(gap=10)
        self._tasks, self._write, self._clock = tasks, write, clock
        self._progress: Progress | None = None
        self._running: Running | None = None
        self.folder = FolderChoice(chooser)
        self.button = Button(_("Write the file"), "write-file", "primary", "usb", size="main")
        self.button.clicked.connect(self.run)
        self.result = Box(gap=8)
        self.add(self.folder, self.button, self.result)
        tasks.stepped.connect(self._step)

    def run(self) -> None:
        """Write the file into the chosen folder."""
        folder, progress = self.folder.folder, self._tasks.progress()
        self._progress = progress
        self.button.setEnabled(False)
        self.folder.setEnabled(False)
        self._tasks.store(lambda: self._write(folder, progress), self._done, self._failed, self)

    def cancel(self) -> None:
        """Stop the writing that is under way; nothing is left of it."""
        if self._progress is not None:
            self._progress.cancel()

    def _step(self, done: int, of: int, _name: str) -> None:
        """Show how far it is, once there is something to wait for."""
        if self._progress is None or done >= of:
            return
        if self._running is None:
            self._running = Running(_("Writing and reading back…"), "write-stop")
            self._running.stop.clicked.connect(self.cancel)
            self.result.clear()
            self.result.add(self._running)
        self._running.show_step(done, of)

    def _end(self) -> None:
        self._progress = self._running = None
        self.button.setEnabled(True)
        self.folder.setEnabled(True)
        self.result.clear()

    def _done(self, exported: Exported) -> None:
        self._end()
        self.result.add(WrittenBox(exported, self._clock()))
        self.written.emit(exported)

    def _failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, Cancelled):
            words = _("Nothing was left on the drive. The signed document is kept here; write it when you like.")
            self.result.add(Banner("info", _("Stopped as you asked"), words))
        else:
            self.result.add(Banner("err", _("The file was not written"), worded(error)))
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)
