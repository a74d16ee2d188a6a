# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What each seat answered, point by point, beside the column in which the panel makes its own answer.

The original answers stay printed beside the consensus column; the column starts with the proposal.
"""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from pmqa_desktop.domain.answers import Answer, IndicatorAnswer
from pmqa_desktop.domain.criteria import FrozenCriteria, Item, Point
from pmqa_desktop.domain.documents import Seat
from pmqa_desktop.domain.scoring import ItemScore, percents_of
from pmqa_desktop.services.panel import PanelItem
from pmqa_desktop.text import _, pick
from ui import theme
from ui.models.numbers import level_step, level_title, score_text, seat_label, seat_title, step_of_score
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Choices, Field, Tick
from ui.widgets.labels import IconLabel, Label, WrapLabel
from ui.widgets.scores import Stair

_LEFT = Qt.AlignmentFlag.AlignLeft
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class Cell(Box):
    """One cell of the table: a thin line below, a tint in the consensus column."""

    def __init__(self, widget: QWidget, *, left: bool = False, ours: bool = False) -> None:
        """Hold `widget` at the left or in the middle; `ours` is the consensus column."""
        super().__init__(across=True, margins=(6, 2, 6, 2), gap=4)
        self._ours = ours
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if left:
            self.add(widget, stretch=1)
        else:
            self.add(widget, align=Qt.AlignmentFlag.AlignCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw tint and line."""
        painter = QPainter(self)
        area = QRectF(self.rect())
        if self._ours:
            painter.fillRect(area, theme.colour("soft"))
        painter.fillRect(QRectF(area.x(), area.bottom() - 1, area.width(), 1), theme.colour("line"))


class AnswerTable(Box):
    """Rows by seats and the consensus column; kinds of items fill in their own rows. `changed` on every edit."""

    changed = Signal()

    def __init__(
        self, criteria: FrozenCriteria, item: Item, seats: Sequence[Seat], chair: str, given: PanelItem, start: Answer
    ) -> None:
        """Show `given` by seats; the consensus column starts with `start`."""
        super().__init__(gap=0)
        self.criteria, self.item, self.seats, self.chair = criteria, item, tuple(seats), chair
        self.given, self.start = given, start
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(0)
        self.grid.setColumnStretch(0, 1)
        self.body.addLayout(self.grid)
        seat_width = 76 if len(self.seats) <= 4 else 58
        for column in range(1, len(self.seats) + 1):
            self.grid.setColumnMinimumWidth(column, theme.px(seat_width))
        self.grid.setColumnMinimumWidth(self.last, theme.px(self.consensus_width()))
        self.build()
        self.not_applicable = self._add_not_applicable()

    @property
    def last(self) -> int:
        """Return the number of the consensus column."""
        return len(self.seats) + 1

    def consensus_width(self) -> int:
        """Return the width of the consensus column in pixels at 100 %."""
        return 76

    def build(self) -> None:
        """Fill the rows; each kind of item does."""
        raise AttributeError("a kind of item builds its own rows")

    def answer(self) -> Answer:
        """Return what the consensus column says."""
        return self.start

    def applies(self) -> bool:
        """Tell whether the panel judges the item at all."""
        return self.not_applicable is None or not self.not_applicable.isChecked()

    def first_field(self) -> QWidget | None:
        """Return where the keyboard enters the consensus column."""
        return self.findChild(QAbstractButton) or self.findChild(Field) or self.findChild(Choices)

    def _add_not_applicable(self) -> Tick | None:
        """Offer 'not applicable' where the round allows it, or where the proposal says so."""
        if not (self.criteria.settings.not_applicable_allowed or self.start.state == "not_applicable"):
            return None
        line = self.grid.rowCount()
        words = _("The item does not apply to this agency")
        self.grid.addWidget(Cell(Label(words, "small"), left=True), line, 0)
        for column, answer in enumerate(self.given.answers, start=1):
            on = answer is not None and answer.state == "not_applicable"
            icon = IconLabel("check", "text", 20) if on else IconLabel("dash", "edge", 18)
            said = _("{who}: not applicable") if on else _("{who}: applicable")
            icon.setAccessibleName(said.format(who=seat_title(self.seats[column - 1])))
            self.grid.addWidget(Cell(icon), line, column)
        tick = Tick("consensus-not-applicable", _("Consensus: {words}").format(words=words))
        tick.setChecked(self.start.state == "not_applicable")
        tick.toggled.connect(lambda _on: self.changed.emit())
        self.grid.addWidget(Cell(tick, ours=True), line, self.last)
        return tick

    def show_score(self, score: ItemScore | None) -> None:
        """Show the score of the present answer below the column."""
        text = score_text(score.exact, self.criteria) if score is not None else ""
        self.total.setText(text or "–")

    def add_header(self, words: QWidget) -> None:
        """Write seats and 'consensus' over the columns; `words` stand over the rows' words."""
        self.grid.addWidget(Cell(words, left=True), 0, 0)
        for column, seat in enumerate(self.seats, start=1):
            label = Label(seat_label(seat, self.chair), "small", 600, "text2")
            label.setToolTip(seat_title(seat))
            self.grid.addWidget(Cell(label), 0, column)
        self.grid.addWidget(Cell(Label(_("Settled as"), "small", 700, "primary"), ours=True), 0, self.last)

    def add_scores(self, line: int) -> None:
        """Write the seats' own scores, which stay as they were signed, and ours."""
        self.grid.addWidget(
            Cell(Label(_("Original scores (kept for ever)"), "small", 400, "text2"), left=True), line, 0
        )
        for column, score in enumerate(self.given.scores, start=1):
            text = score_text(score, self.criteria) or "–"
            label = Label(text, "small", 700)
            label.setAccessibleName(
                _("{who}: {score} points").format(who=seat_title(self.seats[column - 1]), score=text)
            )
            steps = Stair(step_of_score(score, self.criteria), 18, 13)
            parts = (steps, label) if self.criteria.edition.levels and score is not None else (label,)
            self.grid.addWidget(Cell(row(*parts, gap=5)), line, column)
        self.total = Label("–", "body", 700, "primary")
        self.total.setObjectName("consensus-score")
        self.grid.addWidget(Cell(self.total, ours=True), line, self.last)


class TickTable(AnswerTable):
    """A checklist item: the points on which the seats differ, or all of them."""

    def build(self) -> None:
        """Make one row per point that is shown."""
        self.ticks: dict[str, Tick] = {}
        self._rows: dict[str, list[QWidget]] = {}
        self.differing = self._differing()
        total = len(self.item.points)
        told = _("Points on which the seats differ: {some} of {all}").format(some=len(self.differing), all=total)
        self.whole = Button(_("All points"), "all-points", "quiet", size="tight")
        self.whole.setCheckable(True)
        self.whole.setFixedHeight(theme.px(26))
        self.whole.toggled.connect(self._show_rows)
        words = row(gap=4)
        words.add(WrapLabel(told, "small", 600), stretch=1)
        words.add(self.whole)
        self.add_header(words)
        line = 1
        for level in self.item.levels:
            for point in level.points:
                self._add_point(line, level.code, point)
                line += 1
        self.add_scores(line)
        self._show_rows(not self.differing)

    def _differing(self) -> tuple[str, ...]:
        answers = [answer for answer in self.given.answers if answer is not None]
        return tuple(p.id for p in self.item.points if len({p.id in answer.ticks for answer in answers}) > 1)

    def _add_point(self, line: int, level: str, point: Point) -> None:
        text = pick(point.text_th, point.text_en)
        title = level_title(level, self.criteria)
        words = Box(across=True, gap=6)
        words.add(Stair(level_step(level, self.criteria), 18, 13, title))
        words.add(WrapLabel(text, "small"), stretch=1)
        cells: list[QWidget] = [Cell(words, left=True)]
        for seat, answer in zip(self.seats, self.given.answers, strict=True):
            cells.append(Cell(self._seen(seat, answer, point)))
        tick = Tick(f"consensus-{point.id}", _("Consensus, {level}: {text}").format(level=title, text=text))
        tick.setChecked(point.id in self.start.ticks)
        tick.toggled.connect(lambda _on: self.changed.emit())
        self.ticks[point.id] = tick
        cells.append(Cell(tick, ours=True))
        for column, cell in enumerate(cells):
            self.grid.addWidget(cell, line, column)
        self._rows[point.id] = cells

    def _seen(self, seat: Seat, answer: Answer | None, point: Point) -> QWidget:
        who = seat_title(seat)
        if answer is None:
            return Label("", "small")
        if answer.state == "not_applicable":
            label = Label(_("n/a"), "micro", 400, "text2")
            label.setAccessibleName(_("{who}: not applicable").format(who=who))
            return label
        on = point.id in answer.ticks
        icon = IconLabel("check", "text", 20) if on else IconLabel("dash", "edge", 18)
        said = _("{who}: ticked") if on else _("{who}: not ticked")
        icon.setAccessibleName(said.format(who=who))
        return icon

    def _show_rows(self, everything: bool) -> None:
        if self.whole.isChecked() != everything:
            self.whole.setChecked(everything)
            return
        for point, cells in self._rows.items():
            for cell in cells:
                cell.setVisible(everything or point in self.differing)

    def answer(self) -> Answer:
        """Return the ticked points, also those on which all agree."""
        return Answer(ticks=tuple(sorted(point for point, tick in self.ticks.items() if tick.isChecked())))

    def show_score(self, score: ItemScore | None) -> None:
        """Show the score; draw dashed what waits for a lower level."""
        super().show_score(score)
        open_level = {count.code: count.uncounted == 0 for count in score.levels} if score is not None else {}
        for level in self.item.levels:
            for point in level.points:
                self.ticks[point.id].set_uncounted(not open_level.get(level.code, True))


class IndicatorTable(AnswerTable):
    """An item of results: each indicator's result by seat, and the panel's."""

    def consensus_width(self) -> int:
        """Leave room for a field."""
        return 110

    def build(self) -> None:
        """Make one row per indicator of the edition or of any seat."""
        self.fields: dict[str, Field] = {}
        self._base: dict[str, IndicatorAnswer] = {}
        codes = list(dict.fromkeys([one.code for one in self.item.indicators] + [
            one.code for answer in (*self.given.answers, self.start) if answer for one in answer.indicators
        ]))  # fmt: skip
        differ = sum(len({self._text(answer, code) for answer in self.given.answers if answer}) > 1 for code in codes)
        words = _("Indicators judged differently: {some} of {all}").format(some=differ, all=len(codes))
        self.add_header(WrapLabel(words, "small", 600))
        for line, code in enumerate(codes, start=1):
            self._add_indicator(line, code)
        self.add_scores(len(codes) + 1)

    @staticmethod
    def _one(answer: Answer | None, code: str) -> IndicatorAnswer | None:
        return next((one for one in answer.indicators if one.code == code), None) if answer else None

    def _text(self, answer: Answer | None, code: str) -> str:
        one = self._one(answer, code)
        if one is None:
            return ""
        return one.result or (_("{score} points").format(score=one.score) if one.score is not None else "")

    def _name(self, code: str) -> tuple[str, str]:
        """Return an indicator's name and unit; an agency's own tells them itself."""
        known = self.item.indicator(code)
        if known is not None:
            return pick(known.name_th, known.name_en), pick(known.unit_th, known.unit_en)
        own = next((one for a in self.given.answers if (one := self._one(a, code)) is not None), None)
        return (own.name or code, own.unit) if own else (code, "")

    def _add_indicator(self, line: int, code: str) -> None:
        name, unit = self._name(code)
        base = self._one(self.start, code) or next(
            (one for a in self.given.answers if (one := self._one(a, code)) is not None), IndicatorAnswer(code=code)
        )
        self._base[code] = base
        words = Box(gap=0)
        words.add(WrapLabel(f"{code}  {name}", "small"))
        target = _("Target {target}").format(target=base.target) if base.target else ""
        told = " · ".join(part for part in (unit, target) if part)
        if told:
            words.add(WrapLabel(told, "micro", 400, "text2"))
        self.grid.addWidget(Cell(words, left=True), line, 0)
        for column, answer in enumerate(self.given.answers, start=1):
            text = self._text(answer, code) or "–"
            label = Label(text, "small", 600)
            label.setAccessibleName(f"{seat_title(self.seats[column - 1])}: {text}")
            self.grid.addWidget(Cell(label), line, column)
        started = self._one(self.start, code)
        value = started.result if started else ""
        if started is not None and started.score is not None and not started.result:
            value = str(started.score)
        field = Field(f"consensus-{code}", _("Consensus, result of {name}").format(name=name), value, limit=20)
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setFixedWidth(theme.px(96))
        field.textEdited.connect(lambda _text: self.changed.emit())
        self.fields[code] = field
        self.grid.addWidget(Cell(field, ours=True), line, self.last)

    def answer(self) -> Answer:
        """Return the panel's results; a manual score (target zero) stays a score."""
        made = []
        for code, field in self.fields.items():
            text, base = field.text().strip(), self._base[code]
            if base.score is not None and not base.result:
                score = int(text) if text.isdecimal() else None
                made.append(msgspec.structs.replace(base, score=score))
            elif text or self.item.indicator(code) is None:
                made.append(msgspec.structs.replace(base, result=text))
        return Answer(indicators=tuple(made))


class PercentTable(AnswerTable):
    """An item of the edition of 1,000 points: each seat's percent, and the panel's."""

    def consensus_width(self) -> int:
        """Leave room for a list."""
        return 110

    def build(self) -> None:
        """Make the one row, and one per dimension as advice."""
        self.add_header(Label(_("Percent chosen by the seats"), "small", 600))
        self.grid.addWidget(Cell(Label(_("Percent"), "small"), left=True), 1, 0)
        for column, answer in enumerate(self.given.answers, start=1):
            text = f"{answer.percent} %" if answer is not None and answer.percent is not None else "–"
            self.grid.addWidget(Cell(Label(text, "small", 600)), 1, column)
        self.choice = Choices("consensus-percent", _("Consensus, percent"))
        for percent in percents_of(self.criteria.edition, self.item):
            self.choice.addItem(f"{percent} %", percent)
        if self.start.percent is not None:
            self.choice.setCurrentIndex(max(0, self.choice.findData(self.start.percent)))
        self.choice.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.grid.addWidget(Cell(self.choice, ours=True), 1, self.last)
        self.add_scores(2)

    def answer(self) -> Answer:
        """Return the chosen percent."""
        return msgspec.structs.replace(self.start, state="scored", percent=self.choice.currentData())


def answer_table(
    criteria: FrozenCriteria, seats: Sequence[Seat], chair: str, given: PanelItem, start: Answer
) -> AnswerTable:
    """Return the table for the kind of the item."""
    item = criteria.edition.item(given.item)
    kinds: dict[str, type[AnswerTable]] = {"checklist": TickTable, "indicators": IndicatorTable, "band": PercentTable}
    return kinds[item.kind](criteria, item, seats, chair, given, start)
