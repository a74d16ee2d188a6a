# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""One agency on the overview: how far each category is, what is missing, how far the next line is, time spent."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.domain.scoring import display_distance
from pmqa_desktop.domain.scoring.lifts import SheetLift
from pmqa_desktop.services.evaluation.overview import AgencyOverview, CategoryProgress
from pmqa_desktop.text import _, pick
from ui import theme
from ui.models.numbers import level_title, total_text
from ui.screens.scoring.rail import work_sign
from ui.screens.workspace.words import duration_words
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.labels import ElideLabel, IconLabel, Label, WrapLabel
from ui.widgets.scores import ProgressRing

MOST_LINKS = 5
_DECLARED = ("no_conflict", "tie_told")


class CategoryCell(Box):
    """One category: its name, a shape and the count of items scored."""

    def __init__(self, progress: CategoryProgress, title: str, *, low: bool) -> None:
        """Show `progress`; `title` is the category's whole name, `low` puts all on one line."""
        super().__init__("sunk", margins=(8, 2, 8, 2), gap=0)
        name = _("Category {code}").format(code=progress.category)
        whole = progress.of > 0 and progress.scored == progress.of
        icon, ink = ("ok", "ok") if whole else ("part", "text2") if progress.scored else ("none", "text2")
        count = f"{progress.scored}/{progress.of}" if progress.of else "–"
        label, sign = Label(name, "micro", 400, "text2"), IconLabel(icon if progress.of else "dash", ink, 15)
        if low:
            self.add(row(label, None, sign, Label(count, "small", 600), gap=5))
        else:
            self.add(label, row(sign, Label(count, "small", 600), None, gap=5))
        said = _("{category}: {done} of {of} items scored").format(
            category=f"{name} {title}", done=progress.scored, of=progress.of
        )
        self.setToolTip(said)
        self.setAccessibleName(said)


class AgencyCard(Box):
    """One agency; `open_asked` gives an item (empty: where it is best to go on), `lift_asked` asks once."""

    open_asked = Signal(str, str)
    sign_asked = Signal(str)
    lift_asked = Signal(str)

    def __init__(self, seen: AgencyOverview, criteria: FrozenCriteria, *, narrow: bool) -> None:
        """Show `seen`; `narrow` puts the categories on two lines."""
        super().__init__("card", margins=(16, 10, 16, 12), gap=8)
        self._seen, self._criteria, self._narrow = seen, criteria, narrow
        self.agency = seen.work.agency.agency
        self.setObjectName(f"card-{self.agency}")
        self.add(self._head())
        if seen.work.declaration == "recused":
            return
        self.add(self._categories())
        if seen.work.declaration in _DECLARED:
            self._add_missing()
            self._add_distance()

    def _head(self) -> Box:
        work, sign = self._seen.work, work_sign(self._seen.work)
        name = pick(work.agency.name_th, work.agency.name_en)
        plain = sign.icon in ("part", "none")
        of = 0 if work.declaration == "recused" else work.of
        said = _("{agency}: {done} of {of} items scored, {state}").format(
            agency=name, done=work.scored, of=work.of, state=sign.words
        )
        ring = ProgressRing(work.scored, of, "" if plain else sign.icon, "primary" if plain else sign.ink, said)
        words = Box(gap=0)
        words.add(ElideLabel(name, "lead", 600))
        state = row(IconLabel(sign.icon, sign.ink, 16), Label(sign.words, "small", 600, sign.ink), gap=6)
        if of:
            state.add(Label(_("{done} of {of} items").format(done=work.scored, of=work.of), "small", 400, "text2"))
        state.add(None)
        words.add(state)
        head = row(ring, gap=12)
        head.add(words, stretch=1)
        self.button = Button(self._verb(), f"open-{self.agency}", "", "right")
        self.button.setAccessibleName(f"{self._verb()}: {name}")
        self.button.clicked.connect(lambda: self.open_asked.emit(self.agency, ""))
        head.add(self.button)
        return head

    def _verb(self) -> str:
        if self._seen.work.declaration == "":
            return _("Declare")
        return _("Open") if self._seen.work.declaration != "recused" else _("Declaration")

    def _categories(self) -> Box:
        holder, grid = Box(), QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px(6))
        columns = 4 if self._narrow else len(self._seen.categories)
        for number, progress in enumerate(self._seen.categories):
            category = next(one for one in self._criteria.edition.categories if one.code == progress.category)
            cell = CategoryCell(progress, pick(category.title_th, category.title_en), low=self._narrow)
            grid.addWidget(cell, number // columns, number % columns)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        holder.body.addLayout(grid)
        return holder

    def _add_missing(self) -> None:
        seen = self._seen
        line = row(gap=6)
        if not seen.missing:
            told = _("Every item has a score")
            line.add(IconLabel("ok", "ok", 16), Label(told, "small"))
        elif seen.work.scored:
            told = _("No score yet: {n} items").format(n=len(seen.missing))
            line.add(IconLabel("warn", "warn", 16), Label(told, "small", 600, "warn"))
            for item in seen.missing[: 3 if self._narrow else MOST_LINKS]:
                link = Button(item, f"missing-{self.agency}-{item}", "chip", said=_("Go to {item}").format(item=item))
                link.clicked.connect(lambda _on=False, item=item: self.open_asked.emit(self.agency, item))
                line.add(link)
        if seen.open_notices and not seen.missing:
            told = _("{n} remarks wait for a word").format(n=seen.open_notices)
            line.add(8, IconLabel("warn", "warn", 16), Label(told, "small", 600, "warn"))
        line.add(None)
        if seen.seconds >= 60:
            spent = _("Time spent {time}").format(time=duration_words(seen.seconds))
            label = Label(spent, "small", 400, "text2")
            label.setToolTip(_("Only you see this. It is in no file that you sign or export."))
            line.add(IconLabel("clock", "text2", 16), label)
        self.add(line)
        if seen.work.of and not seen.missing and (not seen.work.signed_seq or seen.work.changed_since_signed):
            self.sign = Button(_("Review and sign"), f"sign-{self.agency}", "", "pen")
            self.sign.clicked.connect(lambda: self.sign_asked.emit(self.agency))
            line.add(self.sign)

    def _add_distance(self) -> None:
        seen, criteria = self._seen, self._criteria
        if seen.provisional is None:
            return
        told = _("Provisional total of the items scored: {total}").format(total=total_text(seen.provisional, criteria))
        line = row(gap=8)
        if seen.line:
            least = next(one.least for one in criteria.settings.award_lines if one.code == seen.line)
            told += " · " + _("{gap} short of {level} ({line})").format(
                gap=display_distance(seen.provisional, least, criteria),
                level=level_title(seen.line, criteria),
                line=total_text(least, criteria).removesuffix(".00"),
            )
        line.add(WrapLabel(told, "small"), stretch=1)
        self.add(line)
        if seen.line:
            self.more = Button(_("What would lift it"), f"lift-{self.agency}", "quiet", "up")
            self.more.clicked.connect(lambda: self.lift_asked.emit(self.agency))
            line.add(self.more)
            self.lifts = Box(gap=4)
            self.lifts.setObjectName(f"lifts-{self.agency}")
            self.lifts.hide()
            self.add(self.lifts)

    def show_lift(self, lift: SheetLift | None) -> None:
        """Show the fewest points that reach the next line, or put them away again."""
        if not self.lifts.isHidden():
            self.lifts.hide()
            return
        self.lifts.clear()
        for words in lift_words(lift, self._criteria):
            self.lifts.add(WrapLabel(words, "small"))
        self.lifts.show()


def lift_words(lift: SheetLift | None, criteria: FrozenCriteria) -> tuple[str, ...]:
    """Word what reaches the next line: how many points, and which, item by item."""
    if lift is None:
        return (_("No points of the items scored so far reach the next level by themselves."),)
    count = sum(len(points) for _item, points in lift.points)
    head = _("Fewest points that reach {level}: {n}. The total would be {total}.").format(
        level=level_title(lift.line, criteria), n=count, total=total_text(lift.total, criteria)
    )
    lines = []
    for code, points in lift.points:
        item = criteria.edition.item(code)
        numbers = [str(n) for n, point in enumerate(item.points, 1) if point.id in points]
        lines.append(
            _("Item {item} {title}: points {numbers}").format(
                item=code, title=pick(item.title_th, item.title_en), numbers=", ".join(numbers)
            )
        )
    return (head, *lines, _("Advice only: tick what the evidence shows, not what is missing."))
