# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Fourth step: who signs rosters and how many of them must, who is of the secretariat, and who else can open files."""

from typing import Any

from pmqa_desktop.domain.trust import LIVE_THRESHOLD
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.rounds.plan import PlannedPerson
from pmqa_desktop.services.rounds.recovery import RecoveryKey
from pmqa_desktop.text import _, pick
from ui import theme
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.screens.round_setup.desk import DraftDesk
from ui.screens.round_setup.page import Page
from ui.screens.round_setup.parts import Titled, line, text_field
from ui.screens.round_setup.recovery_box import RecoveryBox, made_words
from ui.widgets.boxes import Box, Rule, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Choices, MarkRow, Tick
from ui.widgets.labels import Label, WrapLabel
from ui.widgets.signs import Banner, Tone


class OfficersPage(Page):
    """Two ticks for every person, and the number of signatures."""

    def __init__(self, desk: DraftDesk, chooser: Chooser, choice: str = "") -> None:
        """Show the step."""
        super().__init__(desk, chooser, choice)
        self._making = False
        self._told: tuple[Tone, str, str] | None = None
        self.build()

    def build(self) -> None:
        """Fill the page."""
        self.head(
            _("Officers"),
            _("An officer signs the roster and each change of it. The secretariat sends packs, takes results in and "
              "writes reports."),
        )  # fmt: skip
        self.add(self._threshold())
        card = Box("card", margins=(18, 12, 18, 14), gap=6)
        for number, person in enumerate(self.desk.plan.persons):
            if number:
                card.add(Rule())
            card.add(self._person(person))
        self.add(card, self._recipients())
        self.body.addStretch(1)

    def _threshold(self) -> Box:
        plan = self.desk.plan
        least, spare = (1, 0) if plan.rehearsal else (LIVE_THRESHOLD, 1)
        card = Box("card", margins=(18, 12, 18, 14), gap=8)
        choices = Choices("setup-threshold", _("How many officers must sign each roster"))
        numbers = list(range(least, 6))
        for number in numbers:
            choices.addItem(_("{n} officers").format(n=number) if number > 1 else _("one officer"), number)
        choices.setCurrentIndex(numbers.index(plan.threshold) if plan.threshold in numbers else -1)
        choices.activated.connect(lambda at: self.desk.change_plan(threshold=numbers[at]))
        need, have = plan.threshold + spare, len(plan.roots)
        told = _("{need} must be named, and {have} are.")
        if spare:
            told = _("{need} officers must be named, and {have} are. With {threshold} signatures nobody can change the "
                     "round alone, and it goes on when one is away.")  # fmt: skip
        words = told.format(need=need, have=have, threshold=plan.threshold)
        enough = have >= need
        card.add(Titled(choices), line("ok" if enough else "warn", "ok" if enough else "warn", words))
        return card

    def _person(self, person: PlannedPerson) -> Box:
        plan, who = self.desk.plan, person.person
        name = pick(person.office_th, person.office_en) or "–"
        made = row(gap=14)
        made.add(Box(gap=0).add(WrapLabel(name, "body", 600), Label(who, "small", 400, "text2")), stretch=1)
        for kind, words, on in (
            ("root", _("signs rosters"), who in plan.roots),
            ("secretariat", _("of the secretariat"), who in plan.secretariat),
        ):
            tick = Tick(f"{kind}-{who}", f"{name}: {words}")
            tick.setChecked(on)
            tick.clicked.connect(lambda checked, kind=kind: self._turn(kind, who, checked))
            mark = MarkRow(tick, words)
            mark.setFixedWidth(self._mark_width())
            made.add(mark)
        return made

    @staticmethod
    def _mark_width() -> int:
        return theme.px(190)

    def _turn(self, kind: str, who: str, on: bool) -> None:
        field = "roots" if kind == "root" else "secretariat"
        before = getattr(self.desk.plan, field)
        after = (*before, who) if on else tuple(name for name in before if name != who)
        changed: dict[str, Any] = {field: after}
        self.desk.change_plan(**changed)

    def _recipients(self) -> Box:
        plan, desk = self.desk.plan, self.desk
        card = Box("card", margins=(18, 12, 18, 14), gap=10)
        card.add(Label(_("Who can open sealed files"), "lead", 600))
        card.add(WrapLabel(
            _("Sheets are sealed to the secretariat and to the chair, the consensus to its committee too: that follows "
              "from the roster by itself."), "small", 400, "text2"))  # fmt: skip
        card.add(text_field(
            "setup-recovery", _("Recovery key (its public line, age1…)"), plan.recovery,
            lambda text: desk.change_plan(recovery=text.strip(), tag="recovery", rebuild=False),
            _("Kept in a safe; it opens what is sealed when a laptop is lost. Empty: there is none."), limit=80,
        ), *self._recovery())  # fmt: skip
        card.add(text_field(
            "setup-confidentiality", _("Class of secrecy on papers"), plan.confidentiality,
            lambda text: desk.change_plan(confidentiality=text, tag="confidentiality", rebuild=False),
            _("It stands on every page of a report, for example ลับ. Empty: none."), limit=40,
        ))  # fmt: skip
        return card

    def _recovery(self) -> list[Box]:
        """Return the ways to a recovery key, and what came of them."""
        make = Button(_("Make one"), "open-recovery", "", "key", said=_("Make a recovery key"))
        make.setCheckable(True)
        make.setChecked(self._making)
        make.clicked.connect(self._turn_making)
        take = Button(_("Take from a key file"), "take-recovery", "", "folder")
        take.clicked.connect(self._take)
        parts: list[Box] = [row(make, take, None, gap=8)]
        if self._told is not None:
            parts.append(Banner(*self._told))
        if self._making:
            rehearsal = self.desk.plan.rehearsal
            parts.append(RecoveryBox(self.chooser, self.desk.make_recovery, self._made, rehearsal=rehearsal))
        return parts

    def _turn_making(self) -> None:
        self._making, self._told = not self._making, None
        self.rebuild()

    def _made(self, key: RecoveryKey) -> None:
        self._making = False
        self._told = made_words(key)
        self.desk.change_plan(recovery=key.recipient)

    def _take(self) -> None:
        if (path := self.chooser.key(self)) is None:
            return
        self._told = None
        try:
            self.desk.take_recovery(path)
        except Expected as error:
            self._told = ("err", _("No recovery key was taken"), worded(error))
            self.rebuild()
