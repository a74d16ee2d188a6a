# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A person's first step: keys of one's own on this laptop, in a file that only the passphrase opens."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup

from pmqa_desktop.domain.payload_rules import is_id
from pmqa_desktop.errors import Expected
from pmqa_desktop.text import _
from ui.errors import worded
from ui.screens.identity.new_passphrase import NewPassphrase
from ui.screens.identity.page import CardScreen
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Field, MarkRow, Round
from ui.widgets.labels import IconLabel, Label, WrapLabel
from ui.widgets.signs import Banner


@dataclass(frozen=True, slots=True)
class NewKey:
    """Whose key is made, for what, and what opens it; name and office go into the enrolment."""

    person: str
    name: str
    office: str
    rehearsal: bool
    passphrase: str


class MakeKeyScreen(CardScreen):
    """Ask whose key it is and for a passphrase, then have it made."""

    make_asked = Signal(object)
    back_asked = Signal()

    def __init__(self, *, first: bool) -> None:
        """Ask; `first` tells that this laptop has no key yet."""
        super().__init__("make-key-screen", _("My key"), _("Make a key on this laptop"))
        back = Button("", "to-start", "bar", "left", said=_("Back"))
        back.clicked.connect(self.back_asked)
        self.bar_buttons = [back]
        page, _scroll = self.make_page("make-key-scroll", 1120)
        told = _("This laptop has no key of yours yet") if first else _("Another key on this laptop")
        page.add(row(IconLabel("key", "primary", 30), Label(told, "h1", 600), None, gap=12))
        page.add(WrapLabel(
            _("The key signs your scores and opens what is sealed to you. It stays on this laptop; on another laptop "
              "you make another key and enrol it anew."), "body", 400, "text2"))  # fmt: skip
        page.add(self.cards)
        page.body.addStretch(1)
        self._who, self._secret = self._who_card(), self._secret_card()
        self.cards.add(self._who, stretch=1)
        self.cards.add(self._secret, stretch=1)

    def _who_card(self) -> Box:
        card = Box("card", margins=(22, 16, 22, 18), gap=8)
        card.add(Label(_("Who you are"), "lead", 600))
        self.person = Field("key-person", _("Your short name in the round"), "", "expert-2", limit=64)
        self.name = Field("key-name", _("Your name, as the secretariat should see it"), limit=200)
        self.office = Field("key-office", _("Your office"), limit=200)
        for field, hint in (
            (self.person, _("The secretariat gave it to you, in English letters.")), (self.name, ""), (self.office, "")
        ):  # fmt: skip
            card.add(Label(field.accessibleName(), "body", 600), field)
            if hint:
                card.add(WrapLabel(hint, "small", 400, "text2"))
            field.returnPressed.connect(self.focusNextChild)
            field.textChanged.connect(lambda _text: self._tell_who(""))
        self.who_trouble = WrapLabel("", "small", 600, "warn")
        self.who_trouble.setObjectName("key-who-trouble")
        self.who_trouble.hide()
        card.add(self.who_trouble, 4, Label(_("What the key is for"), "body", 600))
        self._kinds = QButtonGroup(self)
        for name, words in (
            ("key-live", _("For real rounds")),
            ("key-rehearsal", _("For practice only: quicker to open, never allowed in a real round")),
        ):
            mark = Round(name, words)
            mark.setChecked(name == "key-live")
            self._kinds.addButton(mark)
            card.add(MarkRow(mark, words))
        card.body.addStretch(1)
        return card

    def _secret_card(self) -> Box:
        card = Box("card", margins=(22, 16, 22, 18), gap=10)
        card.add(Label(_("Its passphrase"), "lead", 600))
        self.passphrase = NewPassphrase("new-passphrase")
        card.add(self.passphrase)
        alone = _("Not the secretariat and not this program: keep it in mind, not beside the laptop.")
        card.add(Banner("warn", _("Nobody can open the key without it"), alone))
        card.body.addStretch(1)
        self.trouble = Box(gap=0)
        self.trouble.setObjectName("make-key-trouble")
        self.trouble.hide()
        self.button = Button(_("Make the key"), "make-key", "primary", "key", size="main")
        self.button.clicked.connect(self._ask)
        self.passphrase.entered.connect(self._ask)
        card.add(self.trouble, self.button)
        return card

    @property
    def _is_rehearsal(self) -> bool:
        checked = self._kinds.checkedButton()
        return checked is not None and checked.objectName() == "key-rehearsal"

    def focus_first(self) -> None:
        """Begin at the short name."""
        self.person.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> object:
        """Keep what was typed, but for the passphrase."""
        return self.person.text(), self.name.text(), self.office.text(), self._is_rehearsal

    def restore(self, place: object) -> None:
        """Fill in again what was typed."""
        if isinstance(place, tuple):
            person, name, office, rehearsal = place
            for field, words in ((self.person, person), (self.name, name), (self.office, office)):
                field.setText(words)
            self._kinds.buttons()[1 if rehearsal else 0].setChecked(True)

    def _ask(self) -> None:
        if not self.button.isEnabled():
            return
        person = self.person.text().strip()
        if not is_id(person):
            self._point(self.person, worded(Expected("person-invalid", found=person or "–")))
        elif not self.name.text().strip():
            self._point(self.name, worded(Expected("name-missing")))
        elif self.passphrase.agrees(rehearsal=self._is_rehearsal):
            self.trouble.hide()
            self.button.setEnabled(False)
            self.button.set_text(_("Making the key… this takes some seconds"))
            made = NewKey(person, self.name.text(), self.office.text(), self._is_rehearsal, self.passphrase.value())
            self.make_asked.emit(made)

    def _point(self, field: Field, words: str) -> None:
        self._tell_who(words)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    def _tell_who(self, words: str) -> None:
        self.who_trouble.set_text(words)
        self.who_trouble.setVisible(bool(words))

    def show_error(self, error: Exception) -> None:
        """Tell why the key could not be made; it can be tried again."""
        self.button.setEnabled(True)
        self.button.set_text(_("Make the key"))
        self.trouble.clear()
        self.trouble.add(Banner("err", _("The key was not made"), worded(error)))
        self.trouble.show()
