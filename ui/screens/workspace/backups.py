# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A sealed, tried backup of the whole workspace, and putting one back."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal

from pmqa_desktop.services.safekeeping.backups import BackupWritten, Restored
from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.text import _, pick
from ui import theme
from ui.dialogs.choosing import Chooser
from ui.drives import size_words
from ui.screens.base import Screen
from ui.screens.export_box import FolderChoice
from ui.screens.identity.acts import KeyAct, written_lines
from ui.screens.identity.following import bring_up
from ui.widgets.boxes import Box, Scroll
from ui.widgets.buttons import Button
from ui.widgets.labels import ElideLabel, IconLabel, Label, WrapLabel
from ui.widgets.passphrase_box import PassphraseBox
from ui.widgets.signs import Banner


@dataclass(frozen=True, slots=True)
class BackupRequest:
    """Where a backup goes, and the passphrase of the own key that it is tried with."""

    folder: Path
    passphrase: str


@dataclass(frozen=True, slots=True)
class RestoreRequest:
    """A backup to put back, and the key that opens it."""

    backup: Path
    key: Path
    passphrase: str


class BackingUpAll(KeyAct):
    """Write the backup."""

    asked = Signal(object)

    def __init__(self, chooser: Chooser, last: str) -> None:
        """Offer a folder; `last` tells when the last backup was written."""
        super().__init__("backup-all", _("Write the backup"), _("Writing, then trying it…"), "usb")
        self.add(Label(_("Backup of the whole workspace"), "lead", 600))
        told = _("The whole file is sealed to your key and to the round's recovery key, written, read back, opened "
                 "again, and every document of the copy is verified.")  # fmt: skip
        self.add(WrapLabel(told, "small", 400, "text2"))
        self.add(WrapLabel(_("Last backup {time}").format(time=last) if last else _("No backup was written here yet"),
                           "body", 600))  # fmt: skip
        self.folder = FolderChoice(chooser)
        self.passphrase = PassphraseBox("backup-passphrase")
        self.passphrase.entered.connect(self.ask)
        self.passphrase.edited.connect(lambda: self.passphrase.show_trouble(""))
        self.add(self.folder, self.passphrase, self.button, self.result)

    def ask(self) -> None:
        """Ask for the backup once the passphrase is there."""
        if not self.button.isEnabled():
            return
        if not self.passphrase.text():
            self.passphrase.show_trouble(_("Type the passphrase of your key first."))
            self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.show_busy()
            self.asked.emit(BackupRequest(self.folder.folder, self.passphrase.text()))

    def show_written(self, written: BackupWritten) -> None:
        """Show the file and what it holds."""
        self.passphrase.clear_secret()
        told = _(
            "{n} documents verified in the copy. Take the drive out by the system's safe removal and keep it apart."
        )
        end = Banner(
            "ok", _("The backup was tried: it opens and is whole"), told.format(n=written.documents), icon="usb"
        )
        end.setObjectName("backup-tried")
        parts: list[Box] = [written_lines(written.path, size_words(written.size)), end]
        if not written.recovery:
            parts.append(Banner("warn", _("The round has no recovery key"),
                                _("Only your key opens this backup: keep a copy of the key, too.")))  # fmt: skip
        self.show_done(*parts)


class Restoring(KeyAct):
    """Choose a backup and a key, and put it back."""

    asked = Signal(object)
    open_asked = Signal()

    def __init__(self, chooser: Chooser) -> None:
        """Start with nothing chosen."""
        super().__init__("restore", _("Put it back"), _("Opening and checking…"), "undo")
        self._chooser = chooser
        self.backup: Path | None = None
        self.key: Path | None = None
        self.add(Label(_("Restore a workspace from a backup"), "lead", 600))
        told = _("The backup is opened and every document verified before anything is put in place. What is there now "
                 "stays beside it under another name.")  # fmt: skip
        self.add(WrapLabel(told, "small", 400, "text2"))
        self._names = ElideLabel("", "small", 600), ElideLabel("", "small", 600)
        for name, icon, label, words, act in (
            ("choose-backup", "file", self._names[0], _("Choose the backup"), self._choose_backup),
            ("choose-restore-key", "key", self._names[1], _("Choose the key"), self._choose_key),
        ):
            button = Button(words, name)
            button.clicked.connect(act)
            line = Box("sunk", across=True, margins=(14, 6, 8, 6), gap=10)
            line.add(IconLabel(icon, "primary", 22))
            line.add(label, stretch=1)
            line.add(button)
            self.add(line)
        self.passphrase = PassphraseBox("restore-passphrase")
        self.passphrase.entered.connect(self.ask)
        self.passphrase.edited.connect(self._ready)
        self.add(self.passphrase, self.button, self.result)
        self._ready()

    def _choose_backup(self) -> None:
        self.backup = self._chooser.backup(self) or self.backup
        self._ready()

    def _choose_key(self) -> None:
        self.key = self._chooser.key(self) or self.key
        self._ready()

    def given(self) -> tuple[Path | None, Path | None]:
        """Return the backup and the key file that were chosen."""
        return self.backup, self.key

    def give_again(self, given: tuple[Path | None, Path | None]) -> None:
        """Take over what was chosen before."""
        self.backup, self.key = given
        self._ready()

    def _ready(self) -> None:
        self._names[0].set_text(self.backup.name if self.backup else _("No backup is chosen yet"))
        self._names[1].set_text(self.key.name if self.key else _("No key file is chosen yet"))
        self.passphrase.show_trouble("")
        self.button.setEnabled(bool(self.backup and self.key and self.passphrase.text()))

    def ask(self) -> None:
        """Ask for the restoring."""
        if self.button.isEnabled() and self.backup and self.key:
            self.show_busy()
            self.asked.emit(RestoreRequest(self.backup, self.key, self.passphrase.text()))

    def show_restored(self, restored: Restored) -> None:
        """Say what was put back, and what was kept."""
        self.passphrase.clear_secret()
        told = _("Every document was verified.")
        if restored.kept is not None:
            told += " " + _("What stood there before is kept as {name}.").format(name=restored.kept.name)
        go = Button(_("Open it"), "open-restored", "primary", "right")
        go.clicked.connect(self.open_asked)
        title = _("The workspace {person} of the round {round} is back").format(
            person=restored.person, round=restored.round
        )
        banner = Banner("ok", title, told, action=go)
        banner.setObjectName("restored")
        self.show_done(banner)
        self.button.setEnabled(False)


class BackupScreen(Screen):
    """One act on a page of its own: back the open workspace up, or put a backup back."""

    back_asked = Signal()

    def __init__(self, act: KeyAct, title: str, seen: RoundInfo | None = None) -> None:
        """Show `act`; `seen` is the round of the open workspace."""
        subtitle = pick(seen.title_th, seen.title_en) if seen else ""
        super().__init__("backup-screen", title, subtitle, rehearsal=bool(seen and seen.rehearsal))
        back = Button("", "backup-back", "bar", "left", said=_("Back"))
        back.clicked.connect(self.back_asked)
        self.bar_buttons = [back]
        self.act = act
        act.setProperty("kind", "card")
        page = Box(margins=(20, 16, 20, 16))
        page.setMaximumWidth(theme.px(760))
        page.add(act)
        page.body.addStretch(1)
        frame = Box(across=True)
        frame.body.addStretch(1)
        frame.add(page, stretch=1000)
        frame.body.addStretch(1)
        scroll = Scroll(frame, "backup-scroll")
        self.add(scroll, stretch=1)
        act.answered.connect(lambda: bring_up(scroll, act.result))

    def focus_first(self) -> None:
        """Begin at what is asked for."""
        first = self.act.passphrase if isinstance(self.act, BackingUpAll) else None
        if first is not None:
            first.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.findChildren(Button, "choose-backup")[0].setFocus(Qt.FocusReason.OtherFocusReason)
