# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Signing and writing a file in one place: passphrase, destination, one button; then what was written, read back."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal

from pmqa_desktop.services.exchange.service import Exported
from pmqa_desktop.text import _
from ui.dialogs.choosing import Chooser
from ui.screens.export_box import FolderChoice, WrittenBox
from ui.widgets.boxes import Box
from ui.widgets.buttons import Button
from ui.widgets.inputs import MarkRow, Tick
from ui.widgets.labels import Label, WrapLabel
from ui.widgets.passphrase_box import PassphraseBox
from ui.widgets.signs import Banner


def clock_text() -> str:
    """Return the local time of day as the window shows it."""
    return datetime.now().astimezone().strftime("%H:%M:%S")


class SignCard(Box):
    """`asked` is emitted with passphrase, folder and sealing; what was written is shown in the same place."""

    asked = Signal(str, object, bool)
    export_again = Signal(object, bool)
    done = Signal()

    def __init__(self, title: str, told: str, verb: str, chooser: Chooser) -> None:
        """Build the card: `verb` stands on its one filled button."""
        super().__init__("card", margins=(20, 14, 20, 14), gap=10)
        self._chooser = chooser
        self._verb = verb
        self.ready = _("The file is ready for the secretariat")
        """What is said when the file is written; a screen whose file goes to others too says so."""
        self._title = Label(title, "lead", 600)
        self._room = Box(gap=10)
        self.add(self._title, self._room)
        self.body.addStretch(1)
        self._build_form(told)

    def _build_form(self, told: str) -> None:
        self.passphrase = PassphraseBox("sign-passphrase")
        self.passphrase.edited.connect(lambda: self.passphrase.show_trouble(""))
        self.passphrase.entered.connect(self._ask)
        self.folder = FolderChoice(self._chooser)
        self.sealed = Tick("sign-sealed", _("Seal the file for its recipients"))
        self.sealed.setChecked(True)
        seal = MarkRow(self.sealed, _("Seal the file: only its recipients can open it"), size="small")
        self.trouble = WrapLabel("", "small", 600, "warn")
        self.trouble.setObjectName("sign-trouble")
        self.trouble.hide()
        self.go = Button(self._verb, "sign", "primary", "pen", size="main")
        self.go.clicked.connect(self._ask)
        after = _("What is signed is never changed: a later change is a new revision with its reason.")
        self._room.add(WrapLabel(told, "small", 400, "text2"), self.passphrase)
        self._room.add(Label(_("Write to"), "body", 600), self.folder, seal, self.trouble, self.go)
        self._room.add(WrapLabel(after, "small", 400, "text2"))

    def _ask(self) -> None:
        if not self.go.isEnabled():
            return
        if not self.passphrase.text():
            self.passphrase.show_trouble(_("Type the passphrase of your key first."))
            self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.go.setEnabled(False)
            self.show_trouble("")
            self.asked.emit(self.passphrase.text(), self.folder.folder, self.sealed.isChecked())

    def show_trouble(self, words: str) -> None:
        """Say what is in the way; the button can be pressed again."""
        self.trouble.set_text(words)
        self.trouble.setVisible(bool(words))
        if words:
            self.go.setEnabled(True)

    def show_key_trouble(self, words: str) -> None:
        """Say that the passphrase does not open the key."""
        self.go.setEnabled(True)
        self.passphrase.show_trouble(words)
        self.passphrase.field.selectAll()
        self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_export_trouble(self, words: str) -> None:
        """Say that it is signed but not written; offer to write again."""
        self._clear(_("Signed, not written yet"))
        again = Button(_("Choose another place and write again"), "export-again", "primary", "usb")
        again.clicked.connect(self._write_again)
        self._room.add(Banner("warn", _("It is signed and kept here; the file was not written"), words), again)

    def _write_again(self) -> None:
        chosen = self._chooser.folder(self, _("Where the file goes"))
        if chosen is not None:
            self.export_again.emit(chosen, True)

    def show_written(self, exported: Exported, following: str) -> None:
        """Show the file that was written and read back; `following` names the next step."""
        self._clear(self.ready)
        again = Button(_("Copy to another drive"), "export-again", "", "usb")
        again.clicked.connect(self._write_again)
        finish = Button(following, "sign-done", "primary", size="main")
        finish.clicked.connect(self.done)
        self._room.add(WrittenBox(exported, clock_text()), again, finish)
        finish.setFocus()

    def _clear(self, title: str) -> None:
        self._title.setText(title)
        self._room.clear()
