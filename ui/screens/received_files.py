# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Photos and files that came with an agency's sheets: told by name, kind, size and digest, saved as a copy only."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pmqa_desktop.domain.media import kind_named
from pmqa_desktop.services.evaluation.attachments import AttachmentService, ReceivedFile
from pmqa_desktop.text import _
from ui.dialogs.choosing import Chooser
from ui.drives import size_words
from ui.errors import worded
from ui.tasks import TaskRunner
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.labels import ElideLabel, IconLabel, Label, WrapLabel


def file_facts(name_of_kind: str, size: int, digest: str) -> str:
    """Return kind, size and the begin of the digest of an attached file as one line."""
    kind = kind_named(name_of_kind)
    ending = kind.ending.removeprefix(".").upper() if kind is not None else "?"
    digits = digest.removeprefix("sha256:")
    return f"{ending} · {size_words(size)} · {digits[:4]} {digits[4:8]}"


class ReceivedFiles(Box):
    """The files of an agency's sheets, or of one item of them; hidden while there is none."""

    copy_asked = Signal(str)

    def __init__(self, title: str, name_of: Callable[[str], str] = str) -> None:
        """Start without files; `name_of` names a seat by its id."""
        super().__init__(gap=4)
        self._title, self._name_of = title, name_of
        self._shown: tuple[ReceivedFile, ...] = ()
        self.setObjectName("received-files")
        self.told = WrapLabel("", "small", 600)
        self.told.setObjectName("received-told")
        self.add(self.told)
        self.hide()

    def show_files(self, files: Sequence[ReceivedFile]) -> None:
        """Show these files; what was told of a copy stays while they are the same."""
        if tuple(files) == self._shown:
            return
        self._shown = tuple(files)
        self.clear()
        self.told = WrapLabel("", "small", 600)
        self.told.setObjectName("received-told")
        self.add(Label(self._title, "body", 600))
        for place, one in enumerate(files):
            self.add(self._line(one, place))
        self.add(
            WrapLabel(_("They are never opened in here. Save a copy and open it with care."), "micro", 400, "text2")
        )
        self.add(self.told)
        self.setVisible(bool(files))

    def say(self, words: str, *, bad: bool = False) -> None:
        """Tell what became of a copy."""
        self.told.set_ink("err" if bad else "ok")
        self.told.set_text(words)

    def _line(self, one: ReceivedFile, place: int) -> Box:
        file = one.attachment
        where = _("{seat}, item {items}").format(seat=self._name_of(one.seat), items=", ".join(one.items))
        words = Box(gap=0)
        words.add(
            ElideLabel(file.name, "small"),
            ElideLabel(f"{where} · {file_facts(file.media_type, file.bytes, file.digest)}", "micro", 400, "text2"),
        )
        copy = Button(_("Save a copy"), f"received-{place}-copy", "quiet")
        copy.setAccessibleName(_("Save a copy of {name}").format(name=file.name))
        copy.clicked.connect(lambda: self.copy_asked.emit(file.digest))
        line = row(IconLabel("file", "text2", 20), gap=8)
        line.add(words, stretch=1)
        return line.add(copy)


class FileCopies:
    """Saves copies of received files where a person chooses, and tells below the list what became of them."""

    def __init__(self, attachments: AttachmentService, tasks: TaskRunner, chooser: Chooser) -> None:
        """Read and save through `attachments`."""
        self._attachments, self._tasks, self._chooser = attachments, tasks, chooser

    def load(self, agency: str, owner: QWidget, done: Callable[[tuple[ReceivedFile, ...]], None]) -> None:
        """Hand the files of an agency's sheets that are open to this person to `done`."""
        self._tasks.store(lambda: self._attachments.received(agency), done, owner=owner)

    def save(self, digest: str, files: ReceivedFiles) -> None:
        """Ask for a folder and write a copy there."""
        folder = self._chooser.folder(files, _("Where the copy goes"))
        if folder is None:
            return

        def done(path: Path) -> None:
            files.say(_("Saved as {name}. Open it with care: it is shown by another program.").format(name=path.name))

        self._tasks.store(
            lambda: self._attachments.save_copy(digest, folder),
            done,
            lambda error: files.say(worded(error), bad=True),
            files,
        )
