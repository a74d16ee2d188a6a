# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The own key: its fingerprint for eyes and cameras, and beside it what can be done with the key."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal

from pmqa_desktop.services.identity import Applicant, OwnKey
from pmqa_desktop.text import _
from ui.dialogs.choosing import Chooser
from ui.screens.export_box import Fingerprint
from ui.screens.identity.acts import BackingUp, Enrolling, Rewording
from ui.screens.identity.following import bring_up
from ui.screens.identity.page import CardScreen
from ui.screens.identity.qr import QrCode
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button, Segments
from ui.widgets.inputs import Choices
from ui.widgets.labels import ElideLabel, IconLabel, Label, WrapLabel
from ui.widgets.signs import Banner, Pill

ENROL = 0


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """Which act is open and what was typed for the enrolment."""

    act: int
    applicant: Applicant


class KeyScreen(CardScreen):
    """Show one key of this laptop; `key_chosen` asks for another one, `make_asked` for a new one."""

    back_asked = Signal()
    make_asked = Signal()
    key_chosen = Signal(object)
    rosters_asked = Signal()

    def __init__(
        self, own: OwnKey, keys: tuple[OwnKey, ...], applicant: Applicant, chooser: Chooser, *, fresh: bool = False
    ) -> None:
        """Show `own`, one of `keys`; `fresh` when it was made just now."""
        super().__init__("key-screen", _("My key"), own.person, rehearsal=own.rehearsal)
        back = Button("", "to-start", "bar", "left", said=_("Back"))
        back.clicked.connect(self.back_asked)
        self.bar_buttons = [back]
        self.own = own
        self._keys = keys
        self.enrol = Enrolling(chooser, applicant)
        self.backup = BackingUp(chooser)
        self.change = Rewording(rehearsal=own.rehearsal)
        page, self._scroll = self.make_page("key-scroll", 1180, 14)
        if fresh:
            told = _("Compare its fingerprint with the secretariat, send the enrolment file, keep a copy elsewhere.")
            page.add(Banner("ok", _("Your key is made"), told))
        page.add(self.cards)
        page.body.addStretch(1)
        self.cards.add(self._key_card(), stretch=5)
        self.cards.add(self._acts_card(), stretch=6)

    # ---- the key --------------------------------------------------------------------------------

    def _key_card(self) -> Box:
        card = Box("card", margins=(20, 14, 20, 16), gap=10)
        kind = (
            Pill(_("for practice"), "amber", "flag") if self.own.rehearsal else Pill(_("for real rounds"), "ok", "ok")
        )
        name = self.own.person or self.own.path.name
        head = row(IconLabel("key", "primary", 26), gap=12)
        head.add(ElideLabel(name, "h2", 600), stretch=1)
        if self.own.key:
            head.add(kind)
        card.add(head)
        if len(self._keys) > 1:
            card.add(self._choice())
        if self.own.key:
            self._show_fingerprint(card)
        else:
            told = _("Write the enrolment file with its passphrase once: then its fingerprint stands here.")
            card.add(Banner("info", _("The fingerprint of this key is not known here yet"), told))
        card.body.addStretch(1)
        card.add(ElideLabel(str(self.own.path), "micro", 400, "text2"))
        more = Button(_("Make another key"), "make-another", "quiet", "plus")
        more.clicked.connect(self.make_asked)
        rosters = Button(_("Sign a roster"), "sign-rosters", "quiet", "pen")
        rosters.clicked.connect(self.rosters_asked)
        card.add(row(more, rosters, None))
        return card

    def _choice(self) -> Choices:
        choices = Choices("key-choice", _("Which key of this laptop"))
        for one in self._keys:
            kind = _("for practice") if one.rehearsal else _("for real rounds")
            choices.addItem(f"{one.person or one.path.name} · {kind} · {one.path.stem[-8:]}", one)
        choices.setCurrentIndex(self._keys.index(self.own))
        choices.activated.connect(lambda index: self.key_chosen.emit(self._keys[index]))
        return choices

    def _show_fingerprint(self, card: Box) -> None:
        rows = self.own.fingerprint
        card.add(Label(_("Fingerprint of your key"), "body", 600), Fingerprint(rows))
        text = "".join(rows).replace(" ", "")
        line = row(QrCode(text, _("The fingerprint as a QR code")), gap=14)
        told = _("Read the groups to the secretariat on the telephone, or show the code in person. They compare them "
                 "with the enrolment file before your key is entered.")  # fmt: skip
        line.add(WrapLabel(told, "small", 400, "text2"), stretch=1, align=Qt.AlignmentFlag.AlignVCenter)
        card.add(line)

    # ---- the acts -------------------------------------------------------------------------------

    def _acts_card(self) -> Box:
        card = Box("card", margins=(0, 0, 0, 0), gap=0)
        self.tabs = Segments("key-act", (_("Enrol"), _("Back up"), _("Its passphrase")))
        self._acts = (self.enrol, self.backup, self.change)
        self.tabs.chosen.connect(self._show_act)
        for act in self._acts:
            act.answered.connect(lambda act=act: bring_up(self._scroll, act.result))
        card.add(self.tabs, *self._acts)
        card.body.addStretch(1)
        self._show_act(ENROL)
        return card

    def _show_act(self, number: int) -> None:
        for at, act in enumerate(self._acts):
            act.setVisible(at == number)

    def focus_first(self) -> None:
        """Begin at the tabs of what can be done."""
        self.tabs.buttons[self.tabs.current()].setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> object:
        """Return the open act and what was typed for the enrolment."""
        return KeyPlace(self.tabs.current(), self.enrol.applicant())

    def restore(self, place: object) -> None:
        """Open the act again."""
        if isinstance(place, KeyPlace):
            self.tabs.choose(place.act)
            for field, words in (
                (self.enrol.round, place.applicant.round),
                (self.enrol.name, place.applicant.name),
                (self.enrol.office, place.applicant.office),
            ):
                field.setText(words)
