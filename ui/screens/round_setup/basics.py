# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""First step: for real or for practice, which year, what it is called, and which own key signs it."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal

from pmqa_desktop.services.identity import OwnKey
from pmqa_desktop.services.rounds.draft import with_own
from pmqa_desktop.text import _
from ui.dialogs.choosing import Chooser
from ui.screens.round_setup.desk import DraftDesk
from ui.screens.round_setup.page import Page
from ui.screens.round_setup.parts import Titled, pair, text_field
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Choices, MarkRow, Round
from ui.widgets.labels import IconLabel, Label, WrapLabel
from ui.widgets.signs import Banner, Pill


class BasicsPage(Page):
    """`key_asked` when this laptop has no key of the kind that the round needs."""

    key_asked = Signal()

    def __init__(self, desk: DraftDesk, chooser: Chooser, choice: str = "") -> None:
        """Show the step."""
        super().__init__(desk, chooser, choice)
        self.build()

    def build(self) -> None:
        """Fill the page."""
        self.head(_("What this round is"), _("The kind cannot be changed once the round is signed."))
        kinds = pair(self._kind(rehearsal=False), self._kind(rehearsal=True))
        self.add(kinds)
        if self.desk.own is None:
            self.add(self._no_key())
        self.add(self._names())
        self.body.addStretch(1)

    def _kind(self, *, rehearsal: bool) -> Box:
        on = self.desk.plan.rehearsal == rehearsal
        if rehearsal:
            card = Box("note", margins=(16, 12, 16, 14), gap=6)
            title, name = _("A rehearsal, with invented scores"), "kind-rehearsal"
            facts = (
                _("Every screen and every page says that it is a rehearsal."),
                _("One signature is enough, and practice keys are used."),
                _("Nothing of it can ever count in a real round."),
            )
            top: Box = row(Pill(_("Rehearsal"), "amber", "flag"), None)
        else:
            card = Box("selected" if on else "card", margins=(16, 12, 16, 14), gap=6)
            title, name = _("A real round, whose results count"), "kind-live"
            facts = (
                _("At least two officers must sign the roster, and each change of it."),
                _("One officer more than must sign is named, so that one may be away or lose a key."),
                _("Keys made for practice are refused."),
            )
            top = row(Pill(_("Real round"), "info", "lock"), None)
        mark = Round(name, title)
        mark.setChecked(on)
        mark.clicked.connect(lambda _on=False: self._choose_kind(rehearsal=rehearsal))
        card.add(top, MarkRow(mark, title, weight=600))
        for fact in facts:
            line = row(6, gap=6)
            line.add(IconLabel("dash", "text2", 20), align=Qt.AlignmentFlag.AlignTop)
            line.add(WrapLabel(fact, "small"), stretch=1)
            card.add(line)
        card.body.addStretch(1)
        return card

    def _fitting(self, *, rehearsal: bool) -> list[OwnKey]:
        return [one for one in self.desk.keys if one.rehearsal == rehearsal and one.person]

    def _choose_kind(self, *, rehearsal: bool) -> None:
        desk = self.desk
        fitting = self._fitting(rehearsal=rehearsal)
        same = next((one for one in fitting if one.person == desk.draft.person), fitting[0] if fitting else None)
        own = same or OwnKey(desk.folder, desk.draft.person, rehearsal=rehearsal)
        desk.change(with_own(desk.draft, own))

    def _no_key(self) -> Banner:
        make = Button(_("Make a key"), "make-own-key", "primary", "key")
        make.clicked.connect(self.key_asked)
        words = (
            _("A practice key signs rehearsals.") if self.desk.plan.rehearsal else _("A key for real rounds signs it.")
        )
        return Banner("warn", _("This laptop has no key of yours for this kind of round"), words, action=make)

    def _names(self) -> Box:
        plan, desk = self.desk.plan, self.desk
        card = Box("card", margins=(18, 12, 18, 14), gap=10)
        card.add(Label(_("Names"), "lead", 600))
        year = text_field(
            "setup-year",
            _("Award year (Buddhist era)"),
            str(plan.year_be or ""),
            self._set_year,
            limit=4,
            example="2569",
        )
        code = text_field(
            "setup-round", _("Short name of the round"), plan.round,
            lambda text: desk.change_plan(round=text.strip(), tag="round", rebuild=False),
            _("Tell it to everybody before they make their enrolment file: it stands in the file."), limit=64,
        )  # fmt: skip
        card.add(pair(year, code))
        for name, title, text, field in (
            ("setup-title-th", _("Title in Thai"), plan.title_th, "title_th"),
            ("setup-title-en", _("Title in English"), plan.title_en, "title_en"),
        ):
            card.add(text_field(name, title, text, partial(self._set, field)))
        fitting = self._fitting(rehearsal=plan.rehearsal)
        if fitting:
            card.add(self._key_choice(fitting))
        return card

    def _set(self, field: str, words: str) -> None:
        changed: dict[str, Any] = {field: words}
        self.desk.change_plan(tag=field, rebuild=False, **changed)

    def _set_year(self, typed: str) -> None:
        digits = typed.strip()
        self.desk.change_plan(year_be=int(digits) if digits.isdecimal() else 0, tag="year", rebuild=False)

    def _key_choice(self, fitting: list[OwnKey]) -> Titled:
        choices = Choices("setup-own-key", _("My key, which signs the round"))
        for one in fitting:
            choices.addItem(f"{one.person} · {one.fingerprint[0]}", one)
        own = self.desk.own
        choices.setCurrentIndex(fitting.index(own) if own in fitting else -1)
        choices.activated.connect(lambda at: self.desk.change(with_own(self.desk.draft, fitting[at])))
        return Titled(choices)
