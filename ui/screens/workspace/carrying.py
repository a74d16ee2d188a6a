# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What can be done with drafts: take them along, bring a file of them in, keep a mirror on another drive."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pmqa_desktop.services.safekeeping.bringing import kind_of
from pmqa_desktop.services.safekeeping.mirror import MirrorState
from pmqa_desktop.services.safekeeping.portable import PortableWritten
from pmqa_desktop.text import _
from ui.dialogs.choosing import Chooser
from ui.drives import size_words
from ui.screens.export_box import FolderChoice
from ui.screens.identity.acts import KeyAct, written_lines
from ui.screens.identity.new_passphrase import NewPassphrase
from ui.screens.workspace.words import mirror_told
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import MarkRow, Tick
from ui.widgets.labels import ElideLabel, IconLabel, Label, WrapLabel
from ui.widgets.passphrase_box import PassphraseBox
from ui.widgets.signs import Banner

MOST_FOUND = 4


@dataclass(frozen=True, slots=True)
class DraftOf:
    """An agency that has a draft: its id, its name, how many items are answered of how many."""

    agency: str
    name: str
    scored: int
    of: int


@dataclass(frozen=True, slots=True)
class CarryRequest:
    """The drafts to write, where to, and the passphrase that opens the file."""

    folder: Path
    passphrase: str
    agencies: tuple[str, ...]


class Carrying(KeyAct):
    """Write the drafts as one file under a passphrase of their own."""

    asked = Signal(object)

    def __init__(self, chooser: Chooser, drafts: tuple[DraftOf, ...], *, rehearsal: bool) -> None:
        """Offer the `drafts` there are; a practice round takes a short passphrase too."""
        super().__init__("carry", _("Write the draft file"), _("Writing and opening it again…"), "usb")
        self._rehearsal = rehearsal
        self.add(WrapLabel(_("Unfinished work goes with you to another laptop of yours: scores, words, private notes "
                             "and their history, and what you signed. No registry takes the file."),
                           "small", 400, "text2"))  # fmt: skip
        self.ticks: dict[str, Tick] = {}
        if not drafts:
            self.add(Banner("info", _("There is no draft yet"), _("Score an item first; then it can be taken along.")))
        for one in drafts:
            tick = Tick(f"carry-{one.agency}", one.name)
            tick.setChecked(True)
            self.ticks[one.agency] = tick
            count = Label(f"{one.scored}/{one.of}", "small", 600)
            self.add(MarkRow(tick, one.name, count))
        self.chosen = NewPassphrase("carry-passphrase", _("A passphrase for this file"))
        self.chosen.entered.connect(self.ask)
        self.folder = FolderChoice(chooser)
        self.add(self.chosen, self.folder, self.button, self.result)
        self.button.setEnabled(bool(drafts))
        self.body.addStretch(1)

    def ask(self) -> None:
        """Ask for the file once something is chosen and the passphrase stands twice."""
        agencies = tuple(agency for agency, tick in self.ticks.items() if tick.isChecked())
        if not self.button.isEnabled():
            return
        if not agencies:
            self.show_done(Banner("warn", _("Choose at least one agency"), _("Nothing was written.")))
        elif self.chosen.agrees(rehearsal=self._rehearsal):
            self.show_busy()
            self.asked.emit(CarryRequest(self.folder.folder, self.chosen.value(), agencies))

    def show_written(self, written: PortableWritten) -> None:
        """Show the file and what to do with it."""
        self.chosen.clear_secret()
        told = _("Take the drive out by the system's safe removal. On the other laptop open Drafts and copies, then "
                 "Bring in. Without its passphrase nobody can open the file, nor can you.")  # fmt: skip
        end = Banner("ok", _("The file is closed"), told, icon="usb")
        end.setObjectName("safe-to-remove")
        self.show_done(written_lines(written.path, size_words(written.size)), end)


@dataclass(frozen=True, slots=True)
class BringRequest:
    """A file to set beside the drafts here, and what opens it."""

    path: Path
    passphrase: str


class Bringing(KeyAct):
    """Open a draft or a mirror and compare; nothing is taken by that."""

    asked = Signal(object)

    def __init__(self, chooser: Chooser, found: tuple[Path, ...]) -> None:
        """Offer the files `found` on drives."""
        super().__init__("bring", _("Open and compare"), _("Opening…"), "swap")
        self._chooser = chooser
        self.path: Path | None = None
        told = _("Choose a draft file or a mirror. It is set beside what is on this laptop; you choose what to take.")
        self.add(WrapLabel(told, "small", 400, "text2"))
        for number, path in enumerate(found[:MOST_FOUND]):
            self.add(self._offer(number, path))
        if not found:
            self.add(WrapLabel(_("No draft and no mirror was found on the drives that are plugged in."), "small"))
        self._name = ElideLabel("", "small", 600)
        choose = Button(_("Choose a file"), "choose-draft")
        choose.clicked.connect(self._choose)
        line = Box("sunk", across=True, margins=(14, 6, 8, 6), gap=10)
        line.add(IconLabel("file", "primary", 22))
        line.add(self._name, stretch=1)
        line.add(choose)
        self._of_file = PassphraseBox("draft-passphrase", _("Passphrase of this file"))
        self._of_key = PassphraseBox("mirror-passphrase", _("Passphrase of your key: it opens the mirror"))
        for box in (self._of_file, self._of_key):
            box.entered.connect(self.ask)
            box.edited.connect(lambda box=box: box.show_trouble(""))
        self.passphrase = self._of_file
        self.add(line, self._of_file, self._of_key, self.button, self.result)
        self.body.addStretch(1)
        self.set_path(found[0] if found else None)

    def _offer(self, number: int, path: Path) -> QWidget:
        take = Button(_("Choose"), f"found-{number}", said=_("Choose {name}").format(name=path.name))
        take.clicked.connect(lambda: self.set_path(path))
        line = row(IconLabel("usb", "primary", 18), gap=8)
        line.add(ElideLabel(str(path), "small"), stretch=1)
        line.add(take)
        return line

    def _choose(self) -> None:
        if (path := self._chooser.draft(self)) is not None:
            self.set_path(path)

    def set_path(self, path: Path | None) -> None:
        """Choose a file; which passphrase is asked for depends on what it is."""
        self.path = path
        self._name.set_text(path.name if path else _("No file is chosen yet"))
        mirror = path is not None and kind_of(path) == "mirror"
        self.passphrase = self._of_key if mirror else self._of_file
        for box, wanted in ((self._of_key, mirror), (self._of_file, not mirror)):
            box.setVisible(wanted)
        self.button.setEnabled(path is not None)
        if path is not None:
            self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self) -> None:
        """Ask for the comparison once a passphrase is there."""
        if self.path is None or not self.button.isEnabled():
            return
        if not self.passphrase.text():
            self.passphrase.show_trouble(_("Type the passphrase first."))
            self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.show_busy()
            self.asked.emit(BringRequest(self.path, self.passphrase.text()))


class Mirroring(KeyAct):
    """Choose the drive of the mirror, turn it on and off, write it at once."""

    chosen = Signal(object)
    write_asked = Signal()

    def __init__(self, chooser: Chooser, state: MirrorState) -> None:
        """Show `state`."""
        super().__init__("mirror", _("Keep the mirror there"), _("Writing the first copy…"), "usb")
        self.state = state
        told = _("After a minute without edits, and on closing, your drafts are copied there by themselves, sealed to "
                 "your key. Two files take turns, so that one is whole even if the drive is pulled out.")  # fmt: skip
        self.add(WrapLabel(told, "small", 400, "text2"))
        self._told = Box(gap=6)
        self.folder = FolderChoice(chooser, state.folder if state.folder and state.folder.is_dir() else None)
        self.now = Button(_("Copy now"), "mirror-now", "", "usb")
        self.now.clicked.connect(self._write)
        self.off = Button(_("Keep no mirror"), "mirror-off", "quiet", "cross")
        self.off.clicked.connect(lambda: self.chosen.emit(None))
        self.add(self._told, self.folder, self.button, row(self.now, self.off, None), self.result)
        self.body.addStretch(1)
        self.show_state(state)

    def ask(self) -> None:
        """Ask for the mirror in the chosen folder."""
        if self.button.isEnabled():
            self.show_busy()
            self.chosen.emit(self.folder.folder)

    def _write(self) -> None:
        self.show_busy()
        self.write_asked.emit()

    def show_state(self, state: MirrorState) -> None:
        """Show how the mirror stands."""
        self.state = state
        told, on = mirror_told(state), state.folder is not None
        self._told.clear()
        line = row(IconLabel(told.icon, told.ink, 20), gap=8)
        label = WrapLabel(told.words, "body", 600, told.ink if told.ink == "warn" else "text")
        label.setObjectName("mirror-state")
        line.add(label, stretch=1)
        self._told.add(line)
        if state.same_drive:
            self._told.add(Banner("warn", _("This is the same drive"),
                                  _("If it breaks, both are lost. Choose a folder on another drive.")))  # fmt: skip
        if on and state.trouble:
            why = _("Your work is safe on this laptop. The copy goes on by itself when the drive is back.")
            self._told.add(WrapLabel(why, "small"))
        self.button.set_kind("" if on else "primary")
        self.now.setVisible(on)
        self.off.setVisible(on)
        self.show_done()
