# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The recovery key tried on sealed files: nothing is taken in, and it is told what the key could open."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal

from pmqa_desktop.messages import word
from pmqa_desktop.progress import Cancelled
from pmqa_desktop.services.rounds.recovery import Drill, Drilled
from pmqa_desktop.text import _
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.screens.identity.acts import key_trouble
from ui.screens.round_setup.desk import is_key_trouble
from ui.screens.round_setup.parts import line
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.labels import ElideLabel, Label, WrapLabel
from ui.widgets.passphrase_box import PassphraseBox
from ui.widgets.running import Running
from ui.widgets.signs import Banner

MOST_SHOWN = 12
"""How many files are told one by one; those that did not open come first."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What to try: the key file on its medium, its passphrase, the sealed files."""

    key: Path
    passphrase: str
    files: tuple[Path, ...]


class DrillBox(Box):
    """`asked` carries a `Trial`, `stop_asked` ends it; `answered` when there is something to read in `result`."""

    asked = Signal(object)
    answered = Signal()
    stop_asked = Signal()

    def __init__(self, chooser: Chooser) -> None:
        """Ask for the key, the files and the passphrase."""
        super().__init__("card", margins=(20, 14, 20, 16), gap=10)
        self.setObjectName("drill-box")
        self._chooser, self._key = chooser, Path()
        self._files: tuple[Path, ...] = ()
        self._key_name = ElideLabel(_("No key is chosen yet."), "small", 400, "text2")
        self._file_names = ElideLabel(_("No file is chosen yet."), "small", 400, "text2")
        key = Button(_("Choose the recovery key…"), "drill-key", "", "key")
        key.clicked.connect(self._ask_key)
        files = Button(_("Choose sealed files"), "drill-files", "", "usb")
        files.clicked.connect(self._ask_files)
        self.add(WrapLabel(_("One of the two media; take the other one next time."), "small", 400, "text2"))
        self.add(self._line(key, self._key_name))
        told = _("Result files or packs of this round that were sealed after the roster named the key.")
        self.add(WrapLabel(told, "small", 400, "text2"), self._line(files, self._file_names))
        self.passphrase = PassphraseBox("drill-passphrase", _("Passphrase of the recovery key"))
        self.passphrase.edited.connect(lambda: self.passphrase.show_trouble(""))
        self.passphrase.entered.connect(self._ask)
        self.button = Button(_("Try the recovery key"), "drill-go", "primary", "key", size="main")
        self.button.clicked.connect(self._ask)
        self.result = Box(gap=8)
        self.result.setObjectName("drill-result")
        self.running: Running | None = None
        self.add(self.passphrase, self.button, self.result)
        self._check()

    @staticmethod
    def _line(button: Button, words: ElideLabel) -> Box:
        made = row(button, gap=10)
        made.add(words, stretch=1)
        return made

    def _ask_key(self) -> None:
        if (found := self._chooser.key(self)) is not None:
            self._key = found
            self._key_name.set_text(str(found))
            self._check()

    def _ask_files(self) -> None:
        if found := self._chooser.files(self):
            self._files = found
            self._file_names.set_text(", ".join(one.name for one in found))
            self._check()

    def given(self) -> tuple[Path, tuple[Path, ...]]:
        """Return the key file and the files that were chosen."""
        return self._key, self._files

    def give_again(self, given: tuple[Path, tuple[Path, ...]]) -> None:
        """Take over what was chosen before."""
        self._key, self._files = given
        if self._key.name:
            self._key_name.set_text(str(self._key))
        if self._files:
            self._file_names.set_text(", ".join(one.name for one in self._files))
        self._check()

    def _check(self) -> None:
        self.button.setEnabled(self.running is None and bool(self._key.name and self._files))

    def _ask(self) -> None:
        if not self.button.isEnabled():
            return
        if not self.passphrase.text():
            self.passphrase.show_trouble(_("Type the passphrase of the recovery key first."))
            self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.result.clear()
        self.running = Running(_("Opening the files…"), "drill-stop")
        self.running.stop.clicked.connect(self.stop_asked)
        self.result.add(self.running)
        self._check()
        self.asked.emit(Trial(self._key, self.passphrase.text(), self._files))

    def show_step(self, done: int, of: int, what: str) -> None:
        """Show how far the trial is."""
        if self.running is not None:
            self.running.show_step(done, of, what)

    def _ended(self) -> None:
        self.running = None
        self.result.clear()
        self._check()

    def show_error(self, error: Exception) -> None:
        """Tell why nothing was tried; trouble with the passphrase at its field."""
        self._ended()
        if is_key_trouble(error):
            self.passphrase.show_trouble(key_trouble(error))
            self.passphrase.field.selectAll()
            self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(error, Cancelled):
            self.result.add(Banner("info", _("The trial was stopped"), _("Nothing was taken in.")))
        else:
            self.result.add(Banner("err", _("The key could not be tried"), worded(error)))
        self.answered.emit()

    def show_found(self, found: Drill) -> None:
        """Tell what the key opened, the troubles first."""
        self._ended()
        self.passphrase.clear_secret()
        self.result.add(self._verdict(found))
        files = sorted(found.files, key=lambda one: one.refusal is None)
        for one in files[:MOST_SHOWN]:
            self.result.add(self._file(one))
        if (more := len(files) - MOST_SHOWN) > 0:
            self.result.add(Label(_("and {n} more").format(n=more), "small", 400, "text2"))
        self.answered.emit()

    @staticmethod
    def _verdict(found: Drill) -> Banner:
        opened = _("It opened {n} sealed files. Nothing was taken in.").format(n=found.opened)
        if found.passed:
            return Banner("ok", _("The recovery key works"), opened + " " + _("Put it back into the safe."))
        if found.named is False:
            told = _("The roster in force does not name this key, so new files are not sealed to it. Name it by a "
                     "change of the roster, or take the other key out of the safe.")  # fmt: skip
            return Banner("warn", _("This key is not the one that the roster names"), opened + " " + told)
        told = _("Not all of them opened. Try the other medium; if that fails too, make another key.")
        return Banner("warn", _("The recovery key would not save the round"), opened + " " + told)

    @staticmethod
    def _file(one: Drilled) -> Box:
        if one.refusal is not None:
            return line("err", "err", f"{one.file}: {word(one.refusal.code, one.refusal.fields)}")
        if not one.sealed:
            return line("info", "text2", _("{file}: is not sealed, so it proves nothing").format(file=one.file))
        told = _("{file}: opened, {n} signed documents inside")
        return line("ok", "ok", told.format(file=one.file, n=one.documents))
