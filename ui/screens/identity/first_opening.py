# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The first time a round is opened here: its first roster's fingerprint is compared with the secretariat's paper."""

from PySide6.QtCore import Qt, Signal

from pmqa_desktop.errors import Expected
from pmqa_desktop.services.rounds.first_roster import FirstRoster
from pmqa_desktop.text import _, pick
from ui.errors import worded
from ui.screens.export_box import Fingerprint
from ui.screens.identity.page import CardScreen
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Field, MarkRow, Tick
from ui.widgets.labels import IconLabel, Label, WrapLabel
from ui.widgets.signs import Banner


class FirstRosterScreen(CardScreen):
    """`confirmed` carries the groups or the digest that were compared, empty where a rehearsal skips it."""

    confirmed = Signal(str)
    back_asked = Signal()
    differs = Signal()

    def __init__(self, first: FirstRoster) -> None:
        """Show the fingerprint of `first`."""
        super().__init__(
            "first-roster-screen", _("A new round on this laptop"), pick(first.title_th, first.title_en),
            rehearsal=first.rehearsal,
        )  # fmt: skip
        self.first = first
        back = Button("", "to-start", "bar", "left", said=_("Back"))
        back.clicked.connect(self.back_asked)
        self.bar_buttons = [back]
        page, _scroll = self.make_page("first-roster-scroll", 1100)
        head = row(IconLabel("lock", "primary", 30), gap=12)
        head.add(WrapLabel(_("Is this the round of your secretariat?"), "h1", 600), stretch=1)
        page.add(head)
        page.add(WrapLabel(
            _("Everything that counts in a round hangs on its first roster. Compare these groups with the page that "
              "the secretariat handed you or read to you, never with one that came together with the file."),
            "body", 400, "text2"))  # fmt: skip
        page.add(self.cards)
        page.body.addStretch(1)
        self.cards.add(self._roster_card(), stretch=1)
        self.cards.add(self._answer_card(), stretch=1)

    def _roster_card(self) -> Box:
        card = Box("card", margins=(20, 14, 20, 16), gap=8)
        card.add(WrapLabel(pick(self.first.title_th, self.first.title_en), "lead", 600))
        card.add(Label(_("Round {round}").format(round=self.first.round), "small", 400, "text2"))
        card.add(Label(_("Fingerprint of the first roster"), "body", 600), Fingerprint(self.first.fingerprint))
        card.body.addStretch(1)
        return card

    def _answer_card(self) -> Box:
        card = Box("card", margins=(20, 14, 20, 16), gap=10)
        self.tick = Tick("compared", _("I compared all sixteen groups: they are the same"))
        self.typed = Field("typed-groups", _("Groups typed from the paper"), "", "ABCD 1234", limit=120)
        self.trouble = WrapLabel("", "small", 600, "warn")
        self.trouble.setObjectName("first-roster-trouble")
        self.trouble.hide()
        self.open_button = Button(_("They are the same: open"), "open-compared", "primary", size="main")
        self.skip_button = Button(_("Open without comparing"), "skip-comparing")
        differs = Button(_("They differ: do not open"), "groups-differ", "", "cross")
        asked = Box(gap=10)
        asked.add(MarkRow(self.tick, self.tick.accessibleName(), weight=600))
        asked.add(Label(_("or type two or more groups from the paper"), "small", 400, "text2"), self.typed)
        asked.add(self.trouble)
        card.add(asked)
        asked.setVisible(not self.first.problem)
        if self.first.problem:
            card.add(Banner("err", _("This roster cannot be used"), worded(Expected(self.first.problem))))
        elif self.first.rehearsal:
            told = _("In a practice round nothing is at stake: you may go on without comparing.")
            card.add(Banner("info", _("This is a practice round"), told))
        card.body.addStretch(1)
        card.add(differs)
        card.add(self.skip_button, self.open_button)
        self.skip_button.setVisible(self.first.rehearsal and not self.first.problem)
        self.open_button.setVisible(not self.first.problem)
        self.tick.toggled.connect(lambda _on: self._check())
        self.typed.textChanged.connect(lambda _text: self._check())
        self.typed.returnPressed.connect(self._ask)
        self.open_button.clicked.connect(self._ask)
        self.skip_button.clicked.connect(lambda: self._open(""))
        differs.clicked.connect(self.differs)
        self._check()
        return card

    def focus_first(self) -> None:
        """Begin at the tick."""
        self.tick.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> object:
        """Return what was ticked and typed."""
        return self.tick.isChecked(), self.typed.text()

    def restore(self, place: object) -> None:
        """Tick and type it again."""
        if isinstance(place, tuple):
            self.tick.setChecked(place[0])
            self.typed.setText(place[1])

    def _check(self) -> None:
        self._tell("")
        self.open_button.setEnabled(self.tick.isChecked() or bool(self.typed.text().strip()))

    def _ask(self) -> None:
        if self.open_button.isEnabled():
            self._open(self.typed.text().strip() or self.first.digest)

    def _open(self, compared: str) -> None:
        for button in (self.open_button, self.skip_button):
            button.setEnabled(False)
        self.open_button.set_text(_("Opening…"))
        self.confirmed.emit(compared)

    def _tell(self, words: str) -> None:
        self.trouble.set_text(words)
        self.trouble.setVisible(bool(words))

    def show_error(self, error: Exception) -> None:
        """Tell why the round was not opened; groups that differ are shown at their field."""
        self.open_button.set_text(_("They are the same: open"))
        self.skip_button.setEnabled(True)
        self._check()
        self._tell(worded(error))
        if isinstance(error, Expected) and error.code == "fingerprint-differs":
            self.typed.selectAll()
            self.typed.setFocus(Qt.FocusReason.OtherFocusReason)
