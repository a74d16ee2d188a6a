# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What can be done with an own key: ask to be enrolled, keep a copy elsewhere, take another passphrase."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal

from pmqa_desktop.domain.payload_rules import is_id
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.identity import Applicant
from pmqa_desktop.text import _
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.screens.export_box import FolderChoice
from ui.screens.identity.new_passphrase import NewPassphrase
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Field
from ui.widgets.labels import ElideLabel, IconLabel, Label, WrapLabel
from ui.widgets.passphrase_box import PassphraseBox
from ui.widgets.signs import Banner

_KEY_CODES = ("wrong-passphrase", "wrong-draft-passphrase", "passphrase-wait", "passphrase-missing")


@dataclass(frozen=True, slots=True)
class EnrolRequest:
    """An enrolment to sign and where its file goes."""

    applicant: Applicant
    passphrase: str
    folder: Path


def key_trouble(error: Exception) -> str:
    """Word an error of a key; a wrong passphrase with the seconds to wait before the next try."""
    wait = error.fields.get("wait", 0) if isinstance(error, Expected) else 0
    told = worded(error)
    if isinstance(wait, int) and wait:
        told += " " + _("Wait {n} seconds before the next try.").format(n=wait)
    return told


def written_lines(path: Path, size: str) -> Box:
    """Return the two lines that say what was written and that it was read back."""
    box = Box(gap=4)
    for words, more in (
        (_("Written"), f"{path.name} · {size}"),
        (_("Read back, equal byte for byte"), str(path.parent)),
    ):
        line = row(IconLabel("ok", "ok", 20), gap=10)
        line.add(Box(gap=0).add(Label(words, "body", 600), ElideLabel(more, "small", 400, "text2")), stretch=1)
        box.add(line)
    return box


class KeyAct(Box):
    """One act: its fields, one filled button, and a place below it for what came of it (`answered`)."""

    answered = Signal()

    def __init__(self, name: str, verb: str, busy: str, icon: str) -> None:
        """Prepare the button `verb`, which shows `busy` while the work is under way."""
        super().__init__(margins=(20, 12, 20, 16), gap=10)
        self.setObjectName(name)
        self._verb, self._busy = verb, busy
        self.button = Button(verb, f"{name}-go", "primary", icon, size="main")
        self.button.clicked.connect(self.ask)
        self.result = Box(gap=8)
        self.result.setObjectName(f"{name}-result")
        self.result.hide()

    def ask(self) -> None:
        """Check what was typed and ask for the work."""

    def show_busy(self) -> None:
        """Say that the work is under way."""
        self.button.setEnabled(False)
        self.button.set_text(self._busy)
        self._show_result()

    def _show_result(self, *parts: Box) -> None:
        self.result.clear()
        self.result.setVisible(bool(parts))
        self.result.add(*parts)

    def show_done(self, *parts: Box) -> None:
        """Show what came of it."""
        self.button.setEnabled(True)
        self.button.set_text(self._verb)
        self._show_result(*parts)
        self.answered.emit()

    def show_error(self, error: Exception) -> None:
        """Tell why nothing came of it."""
        passphrase = getattr(self, "passphrase", None)
        if isinstance(passphrase, PassphraseBox) and isinstance(error, Expected) and error.code in _KEY_CODES:
            self.show_done()
            passphrase.show_trouble(key_trouble(error))
            passphrase.field.selectAll()
            passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.show_done(Banner("err", _("Nothing was changed"), worded(error)))


class Enrolling(KeyAct):
    """Sign the request to be entered in the round's roster."""

    asked = Signal(object)

    def __init__(self, chooser: Chooser, applicant: Applicant) -> None:
        """Start with what is known of `applicant`."""
        super().__init__("enrol", _("Write the enrolment file"), _("Signing and writing…"), "pen")
        self.add(WrapLabel(_("By this file the secretariat enters your key in the round. Everything in it is public."),
                           "small", 400, "text2"))  # fmt: skip
        self.round = Field("enrol-round", _("Short name of the round"), applicant.round, "pmqa-2569", limit=64)
        self.name = Field("enrol-name", _("Your name, as the secretariat should see it"), applicant.name, limit=200)
        self.office = Field("enrol-office", _("Your office"), applicant.office, limit=200)
        for field in (self.round, self.name, self.office):
            self.add(Box(gap=2).add(Label(field.accessibleName(), "body", 600), field))
            field.returnPressed.connect(self.focusNextChild)
        self.trouble = WrapLabel("", "small", 600, "warn")
        self.trouble.setObjectName("enrol-trouble")
        self.trouble.hide()
        self.passphrase = PassphraseBox("enrol-passphrase")
        self.passphrase.entered.connect(self.ask)
        self.passphrase.edited.connect(lambda: self.passphrase.show_trouble(""))
        self.folder = FolderChoice(chooser)
        self.add(self.trouble, self.passphrase, self.folder, self.button, self.result)

    def applicant(self) -> Applicant:
        """Return what was typed."""
        return Applicant(self.round.text().strip(), self.name.text(), self.office.text())

    def ask(self) -> None:
        """Ask for the file once round, name and passphrase are there."""
        found = self.applicant()
        self._tell("")
        if not self.button.isEnabled():
            return
        if not is_id(found.round):
            self._tell(worded(Expected("round-invalid", found=found.round or "–")), self.round)
        elif not found.name.strip():
            self._tell(worded(Expected("name-missing")), self.name)
        elif not self.passphrase.text():
            self.passphrase.show_trouble(_("Type the passphrase of your key first."))
            self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.show_busy()
            self.asked.emit(EnrolRequest(found, self.passphrase.text(), self.folder.folder))

    def _tell(self, words: str, field: Field | None = None) -> None:
        self.trouble.set_text(words)
        self.trouble.setVisible(bool(words))
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_written(self, path: Path, size: str) -> None:
        """Show the file and what to do with it."""
        self.passphrase.clear_secret()
        following = _("Send it to the secretariat. They call you and compare the fingerprint of your key.")
        self.show_done(written_lines(path, size), Banner("ok", _("The enrolment file is ready"), following))


class BackingUp(KeyAct):
    """Copy the key file to another drive."""

    asked = Signal(object)

    def __init__(self, chooser: Chooser) -> None:
        """Offer a folder."""
        super().__init__("backup", _("Copy my key there"), _("Copying and reading back…"), "usb")
        told = _("The copy stays sealed by your passphrase. It is for this same laptop, should its disk fail: for "
                 "another laptop make another key. Keep it apart from the laptop.")  # fmt: skip
        self.add(WrapLabel(told, "small", 400, "text2"))
        self.folder = FolderChoice(chooser)
        self.add(self.folder, self.button, self.result)
        self.body.addStretch(1)

    def ask(self) -> None:
        """Ask for the copy."""
        if self.button.isEnabled():
            self.show_busy()
            self.asked.emit(self.folder.folder)

    def show_copied(self, path: Path, size: str, *, same_drive: bool) -> None:
        """Show the copy; a copy on the same drive helps little, so say it."""
        end = (
            Banner("warn", _("This is the same drive"), _("If it breaks, both are lost. Copy it to another drive too."))
            if same_drive
            else Banner(
                "ok", _("The copy is closed"), _("Take the drive out by the system's safe removal."), icon="usb"
            )
        )
        self.show_done(written_lines(path, size), end)


class Rewording(KeyAct):
    """Take another passphrase."""

    asked = Signal(str, str)

    def __init__(self, *, rehearsal: bool) -> None:
        """Ask for the old and the new one; a practice key takes a short one too."""
        super().__init__("change", _("Change the passphrase"), _("Changing and reading back…"), "lock")
        self._rehearsal = rehearsal
        self.passphrase = PassphraseBox("old-passphrase")
        self.passphrase.edited.connect(lambda: self.passphrase.show_trouble(""))
        self.passphrase.entered.connect(self.focusNextChild)
        self.chosen = NewPassphrase("changed-passphrase", _("The new passphrase"))
        self.chosen.entered.connect(self.ask)
        backups = _("Copies on other drives keep the old passphrase: copy the key anew afterwards.")
        self.add(WrapLabel(backups, "small", 400, "text2"), self.passphrase, self.chosen, self.button, self.result)
        self.body.addStretch(1)

    def ask(self) -> None:
        """Ask for the change once everything is there."""
        if not self.button.isEnabled():
            return
        if not self.passphrase.text():
            self.passphrase.show_trouble(_("Type the present passphrase first."))
            self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.chosen.agrees(rehearsal=self._rehearsal):
            self.show_busy()
            self.asked.emit(self.passphrase.text(), self.chosen.value())

    def show_changed(self, files: int) -> None:
        """Say that the new one is in force."""
        self.passphrase.clear_secret()
        self.chosen.clear_secret()
        told = _("Written and opened with the new one: {n} files on this laptop.").format(n=files)
        self.show_done(Banner("ok", _("The new passphrase is in force"), told))
