# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""An item of results: each indicator with target, earlier years, result and its live score; own ones can be added."""

from dataclasses import dataclass

import msgspec
from PySide6.QtCore import Signal

from pmqa_desktop.domain.answers import Answer, IndicatorAnswer
from pmqa_desktop.domain.criteria import Item, decimal
from pmqa_desktop.domain.scoring import IndicatorScore
from pmqa_desktop.text import _, pick
from ui import theme
from ui.screens.scoring.desk import SheetDesk, short_number
from ui.screens.scoring.lines import NumberField, SheetField
from ui.widgets.boxes import Box, Rule, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Choices, Field
from ui.widgets.labels import Label, WrapLabel
from ui.widgets.scores import ScoreChip
from ui.widgets.signs import Pill

OWN_PREFIX = "OWN"


@dataclass(frozen=True, slots=True)
class Known:
    """What the edition says about an indicator; empty names mark one of the agency's own."""

    code: str
    name: str
    unit: str
    scale: str
    target: str
    higher: bool
    own: bool


def _known(desk: SheetDesk, item: Item, code: str) -> Known:
    indicator = item.indicator(code)
    if indicator is None:
        return Known(code, "", "", "", "", higher=True, own=True)
    lower, upper = indicator.lower, indicator.upper
    higher = indicator.direction == "higher_is_better"
    scale = ""
    if lower is not None and upper is not None:
        words = _("{worst} gives 100, {best} gives 500") if higher else _("{best} gives 500, {worst} gives 100")
        worst, best = (lower, upper) if higher else (upper, lower)
        scale = words.format(worst=plain_decimal(worst), best=plain_decimal(best))
    target = plain_decimal(indicator.default_target) if indicator.default_target is not None else ""
    name = pick(indicator.name_th, indicator.name_en)
    return Known(code, name, pick(indicator.unit_th, indicator.unit_en), scale, target, higher, own=False)


def plain_decimal(value: object) -> str:
    """Return an exact value with at most four decimals, without needless zeros."""
    scaled = round(value * 10_000)  # type: ignore[operator]
    whole, part = divmod(abs(scaled), 10_000)
    sign = "-" if scaled < 0 else ""
    return f"{sign}{whole}" + (f".{part:04d}".rstrip("0") if part else "")


class IndicatorCard(Box):
    """One indicator with its fields; `changed` when a field was accepted, `removed` for an own one."""

    changed = Signal()
    removed = Signal(str)

    def __init__(self, known: Known, number: int, given: IndicatorAnswer, years: tuple[int, ...], year: int) -> None:
        """Show `given`; `years` are the earlier years, `year` is the one that is judged."""
        super().__init__("sunk", margins=(12, 8, 12, 10), gap=6)
        self.known = known
        self._base = f"indicator-{known.code}"
        self.chip = ScoreChip(width=92)
        self.success = Label("", "micro", 400, "text2")
        self._build_head(number, given)
        fields = Box(across=True, gap=10)
        hint = known.target
        self.target = NumberField(f"{self._base}-target", _("Target"), given.target, hint)
        self.target.setEnabled(known.own)
        if not known.own and not given.target:
            self.target.setText(known.target)
        told = dict(entry.partition("=")[::2] for entry in given.years)
        self.years = {
            one: NumberField(f"{self._base}-{one}", _("Result of {year}").format(year=one), told.get(str(one), ""))
            for one in years
        }
        self.result = NumberField(f"{self._base}-result", _("Result of {year}").format(year=year), given.result)
        fields.add(_labelled(_("Target"), self.target))
        for one, field in self.years.items():
            fields.add(_labelled(str(one), field))
        fields.add(_labelled(_("Result {year}").format(year=year), self.result, strong=True))
        fields.body.addStretch(1)
        fields.add(self.success)
        self.add(fields)
        self._build_manual(given)
        for field in (self.target, *self.years.values(), self.result):
            field.accepted.connect(self.changed)

    def _build_head(self, number: int, given: IndicatorAnswer) -> None:
        known = self.known
        self.name: SheetField | None = None
        self.unit: SheetField | None = None
        self.direction: Choices | None = None
        if known.own:
            named = _("Name of the indicator")
            self.name = SheetField(f"{self._base}-name", named, given.name, named)
            self.unit = SheetField(f"{self._base}-unit", _("Unit"), given.unit, _("Unit"), limit=40)
            self.unit.setFixedWidth(theme.px(110))
            self.direction = Choices(f"{self._base}-direction", _("Which results are better"))
            self.direction.addItem(_("Higher is better"), "higher_is_better")
            self.direction.addItem(_("Lower is better"), "lower_is_better")
            self.direction.setCurrentIndex(1 if given.direction == "lower_is_better" else 0)
            self.direction.currentIndexChanged.connect(self.changed)
            self.name.accepted.connect(self.changed)
            self.unit.accepted.connect(self.changed)
            remove = Button("", f"{self._base}-remove", "quiet", "cross", said=_("Remove this indicator"))
            remove.clicked.connect(lambda: self.removed.emit(known.code))
            head = row(Label(f"{number}.", "body", 700), gap=8)
            head.add(self.name, stretch=1)
            head.add(self.chip, remove)
            self.add(head, row(Pill(_("agency's own"), "info"), self.unit, self.direction, None, gap=8))
            return
        words = Box(gap=0)
        words.add(WrapLabel(f"{number}. {known.name}", "body", 600))
        direction = _("higher is better") if known.higher else _("lower is better")
        words.add(WrapLabel(" · ".join(part for part in (known.unit, direction, known.scale) if part), "micro",
                            400, "text2"))  # fmt: skip
        head = row(gap=8)
        head.add(words, stretch=1)
        head.add(self.chip)
        self.add(head)

    def _build_manual(self, given: IndicatorAnswer) -> None:
        self.score = NumberField(f"{self._base}-score", _("Score set by hand"), _text(given.score), whole=True)
        hint = _("Reason, because the target is 0")
        self.reason = SheetField(f"{self._base}-reason", _("Reason"), given.reason, hint)
        self.manual = row(Label(_("Score set by hand"), "small", 600), self.score, gap=8)
        self.manual.add(self.reason, stretch=1)
        self.add(self.manual)
        self.score.accepted.connect(self.changed)
        self.reason.accepted.connect(self.changed)

    def given(self) -> IndicatorAnswer:
        """Return what was taken over from the fields; one that holds no number keeps its earlier value."""
        manual, score = self._by_hand(), self.score.saved
        answer = IndicatorAnswer(
            code=self.known.code,
            result=self.result.saved,
            target=self.target.saved if self.known.own else "",
            years=tuple(f"{year}={field.saved}" for year, field in self.years.items() if field.saved),
            score=int(score) if manual and score else None,
            reason=self.reason.saved if manual else "",
        )
        if self.name is None or self.unit is None or self.direction is None:
            return answer
        return msgspec.structs.replace(
            answer, name=self.name.saved, unit=self.unit.saved, direction=self.direction.currentData()
        )

    def _by_hand(self) -> bool:
        """Tell whether the score is set by hand: of the agency's own, where the target is zero."""
        target = self.target.saved
        return self.known.own and bool(target) and decimal(target) == 0

    def show_given(self, given: IndicatorAnswer) -> SheetField | None:
        """Show what the sheet holds now, after an undo for example; return the field that changed, if one did."""
        told = dict(entry.partition("=")[::2] for entry in given.years)
        values: dict[SheetField, str] = {field: told.get(str(year), "") for year, field in self.years.items()}
        values[self.result] = given.result
        if self.name is not None and self.unit is not None and self.direction is not None:
            values |= {self.target: given.target, self.name: given.name, self.unit: given.unit}
            self.direction.blockSignals(True)
            self.direction.setCurrentIndex(1 if given.direction == "lower_is_better" else 0)
            self.direction.blockSignals(False)
        changed = [field for field, value in values.items() if field.show_saved(value)]
        if self._by_hand():
            values = {self.score: _text(given.score), self.reason: given.reason}
            changed += [field for field, value in values.items() if field.show_saved(value)]
        return changed[0] if changed else None

    def show_score(self, score: IndicatorScore | None, shown: str, success: str) -> None:
        """Show the live score and the success percent; offer a score by hand only where the target is zero."""
        self.chip.set_score(shown, -1, _("Score {score}").format(score=shown or _("no score")))
        self.success.setText(_("success {percent} %").format(percent=success) if success else "")
        self.manual.setVisible(self._by_hand())


def _labelled(words: str, field: Field, *, strong: bool = False) -> Box:
    box = Box(gap=0)
    box.add(Label(words, "micro", 600 if strong else 400, "text" if strong else "text2"), field)
    return box


def _text(value: int | None) -> str:
    return "" if value is None else str(value)


class IndicatorEditor(Box):
    """All indicators of one item of results."""

    point_chosen = Signal(str)

    def __init__(self, desk: SheetDesk, item: Item, year: int) -> None:
        """Build the cards of `item`; `year` (Buddhist era) is the one that is judged."""
        super().__init__(gap=8)
        self._desk, self._item, self._year = desk, item, year
        self.cards: dict[str, IndicatorCard] = {}
        self._touched: SheetField | None = None
        self._list = Box(gap=6)
        add = Button(_("Add an indicator of the agency"), "add-indicator", "", "plus")
        add.clicked.connect(self._add_own)
        self.add(self._list, row(add, None), Rule())
        self._add_levels()
        self.body.addStretch(1)
        alive = desk.judges(item.code)
        self._list.setEnabled(alive)
        add.setVisible(bool(item.added_indicator_rule) and alive)
        self._rebuild()

    def _add_levels(self) -> None:
        """The edition's level texts for results: help only, the indicators score."""
        for level in self._desk.criteria.edition.result_levels:
            self.add(WrapLabel(f"{pick(level.title_th, level.title_en)}", "micro", 400, "text2"))

    def _given(self) -> dict[str, IndicatorAnswer]:
        answer = self._desk.answer(self._item.code)
        return {one.code: one for one in answer.indicators} if answer else {}

    def _rebuild(self) -> None:
        given = self._given()
        listed = [one.code for one in self._item.indicators]
        own = sorted(code for code in given if code not in listed)
        self._list.clear()
        self.cards, self._touched = {}, None
        earlier = max(0, self._desk.criteria.settings.results_years - 1)
        years = tuple(range(self._year - earlier, self._year))
        for number, code in enumerate([*listed, *own], 1):
            before = given.get(code, IndicatorAnswer(code=code))
            card = IndicatorCard(_known(self._desk, self._item, code), number, before, years, self._year)
            card.changed.connect(self._save)
            card.removed.connect(self._remove)
            self.cards[code] = card
            self._list.add(card)
        self.refresh()
        self._touched = None

    def _save(self) -> None:
        answers = [card.given() for card in self.cards.values()]
        filled = tuple(sorted((one for one in answers if _is_filled(one)), key=lambda one: one.code))
        before = self._desk.answer(self._item.code)
        if filled or before is not None:
            self._desk.set_answer(self._item.code, Answer(indicators=filled) if filled else None)

    def _add_own(self) -> None:
        taken = set(self.cards)
        code = next(f"{OWN_PREFIX}{n}" for n in range(1, 1000) if f"{OWN_PREFIX}{n}" not in taken)
        given = self._given() | {code: IndicatorAnswer(code=code, direction="higher_is_better")}
        self._desk.set_answer(self._item.code, Answer(indicators=tuple(given[key] for key in sorted(given))))
        self._rebuild()
        if (name := self.cards[code].name) is not None:
            name.setFocus()

    def _remove(self, code: str) -> None:
        left = {key: one for key, one in self._given().items() if key != code}
        rest = tuple(left[key] for key in sorted(left))
        self._desk.set_answer(self._item.code, Answer(indicators=rest) if rest else None)
        self._rebuild()

    def focus_point(self, code: str) -> None:
        """Put the cursor on the field that an undo changed, else on the result of an indicator, else of the first."""
        touched, self._touched = self._touched, None
        if touched is not None:
            touched.setFocus()
        elif self.cards:
            card = self.cards.get(code) or next(iter(self.cards.values()))
            card.result.setFocus()

    def refresh(self) -> None:
        """Show the scores as they stand on the desk; cards are built anew when indicators came or went."""
        given = self._given()
        shown = {code for code, card in self.cards.items() if card.known.own}
        if shown != {code for code in given if self._item.indicator(code) is None}:
            self._rebuild()
            return
        scores = {one.code: one for one in self._desk.item_score(self._item.code).indicators}
        for code, card in self.cards.items():
            self._touched = card.show_given(given.get(code, IndicatorAnswer(code=code))) or self._touched
            score = scores.get(code)
            exact = score.exact if score else None
            success = score.success if score else None
            percent = "" if success is None else short_number(plain_decimal(success))
            card.show_score(score, self._desk.shown(exact), percent)


def _is_filled(one: IndicatorAnswer) -> bool:
    return bool(one.result or one.target or one.years or one.name or one.unit or one.direction)
