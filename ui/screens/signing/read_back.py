# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""All scores of a sheet on one page, category by category, and the remarks that wait for a word."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from pmqa_desktop import messages
from pmqa_desktop.domain.criteria import Category, FrozenCriteria, Item
from pmqa_desktop.domain.linting import Notice
from pmqa_desktop.domain.scoring import display
from pmqa_desktop.services.scoring import ReadBack
from pmqa_desktop.text import _, pick
from ui import theme
from ui.screens.scoring.desk import level_number, reached_level, short_number
from ui.screens.scoring.tabs import short_title
from ui.widgets.boxes import Box, Rule, Scroll, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Tick
from ui.widgets.labels import ElideLabel, IconLabel, Label, WrapLabel
from ui.widgets.scores import Stair
from ui.widgets.signs import Pill

COLUMNS = 4
REQUIRED = frozenset({"score-without-comment", "score-without-evidence", "indicator-without-result"})
"""Remarks about what the round's settings ask for: drawn as warnings, the others as hints."""


class ScoreTable(Box):
    """Seven blocks of item scores and the total; a press on a score asks for its item."""

    item_asked = Signal(str)

    def __init__(self, read: ReadBack, criteria: FrozenCriteria, judged: tuple[str, ...]) -> None:
        """Show the scores of `read`; `judged` are the seat's items, empty for all."""
        super().__init__(gap=0)
        self.setObjectName("score-table")
        self._read, self._criteria, self._judged = read, criteria, judged
        self._flags = {notice.item: "info" for notice in read.notices}
        self._flags.update({notice.item: "warn" for notice in read.notices if notice.code in REQUIRED})
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(22))
        grid.setVerticalSpacing(theme.px(6))
        self.body.addLayout(grid)
        categories = criteria.edition.categories
        for index, category in enumerate(categories):
            grid.addWidget(self._block(category), index // COLUMNS, index % COLUMNS)
        grid.addWidget(self._total(), len(categories) // COLUMNS, len(categories) % COLUMNS)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)

    def _block(self, category: Category) -> Box:
        block = Box(gap=0)
        mean = self._read.score.provisional_categories.get(category.code)
        head = row(gap=6)
        head.add(ElideLabel(f"{category.code} {short_title(category)}", "small", 600, "primary"), stretch=1)
        head.add(Label("—" if mean is None else display(mean, self._criteria), "small", 700, "primary"))
        block.add(head, Rule())
        for item in self._criteria.edition.items_of(category.code):
            block.add(self._line(item))
        block.body.addStretch(1)
        return block

    def _line(self, item: Item) -> Box:
        score = self._read.score.items[item.code]
        line = Box(across=True, margins=(2, 0, 0, 0), gap=8)
        code = Label(item.code, "body", 400, "text2")
        code.setFixedWidth(theme.px(28))
        line.add(code)
        if self._criteria.edition.levels:
            line.add(Stair(reached_level(self._criteria, score)))
        if flag := self._flags.get(item.code):
            line.add(IconLabel(flag, flag, 16))
        line.body.addStretch(1)
        text = short_number(display(score.exact, self._criteria)) if score.exact is not None else "—"
        if score.state == "not_applicable":
            text = _("n/a")
        number = Button(text, f"score-{item.code}", "score")
        title = pick(item.title_th, item.title_en)
        number.setToolTip(title)
        number.setAccessibleName(_("{code} {title}: {score}. Go back to this item").format(
            code=item.code, title=title, score=text
        ))  # fmt: skip
        number.clicked.connect(lambda: self.item_asked.emit(item.code))
        line.add(number)
        return line

    def _total(self) -> Box:
        read, criteria = self._read, self._criteria
        score = read.score
        box = Box("sunk", margins=(14, 8, 14, 8), gap=0)
        box.add(Label(_("Total score") if score.total is not None else _("Provisional total"), "small", 600, "text2"))
        value = score.total if score.total is not None else score.provisional
        number = Label("—" if value is None else display(value, criteria), "num", 700)
        number.setObjectName("total-score")
        box.add(row(number, Label(f"/ {criteria.edition.max_score}", "small", 400, "text2"), None, gap=6))
        level = criteria.edition.level(score.level) if score.level else None
        if level is not None:
            words = _("level {level}").format(level=pick(level.title_th, level.title_en))
            box.add(row(Stair(level_number(criteria, level.code)), Label(words, "body", 600), None, gap=6))
        box.add(
            WrapLabel(_("scored {done}/{of} items").format(done=read.scored, of=read.of), "small", 400, "text2"),
            WrapLabel(_("{n} pages linked").format(n=read.evidence), "small", 400, "text2"),
        )
        box.body.addStretch(1)
        return box


class NoticeList(Box):
    """The remarks of one kind in one line each: the items, and a tick that says they are meant so."""

    item_asked = Signal(str)
    answered = Signal()

    def __init__(self, notices: tuple[Notice, ...]) -> None:
        """List `notices`."""
        super().__init__(margins=(0, 4, 0, 0), gap=4)
        self.setObjectName("notices")
        self.ticks: list[Tick] = []
        self.pill = Pill("", "ok", "ok")
        self.open_pill = Pill("", "warn", "warn")
        self.add(row(Label(_("2  Remarks before signing"), "lead", 600), None, self.pill, self.open_pill))
        groups: dict[str, list[Notice]] = {}
        for notice in notices:
            groups.setdefault(notice.code, []).append(notice)
        inside = Box(gap=4)
        for code, found in groups.items():
            inside.add(self._line(code, found))
        if not groups:
            inside.add(WrapLabel(_("There is nothing to remark on this sheet."), "small", 400, "text2"))
        inside.body.addStretch(1)
        scroll = Scroll(inside, "notices-scroll")
        scroll.setMinimumHeight(theme.px(60))
        self.add(scroll, stretch=1)
        self._show()

    @property
    def open_count(self) -> int:
        """Return how many kinds of remark have no answer yet."""
        return sum(not tick.isChecked() for tick in self.ticks)

    def accept_all(self) -> None:
        """Show every remark as answered: the sheet is signed."""
        for tick in self.ticks:
            tick.setChecked(True)
            tick.setEnabled(False)

    def _line(self, code: str, found: list[Notice]) -> Box:
        tone = "warn" if code in REQUIRED else "info"
        words = notice_words(code, found)
        line = Box(across=True, gap=8)
        line.add(IconLabel(tone, tone, 18), align=Qt.AlignmentFlag.AlignTop)
        line.add(WrapLabel(words, "small"), stretch=1)
        items = list(dict.fromkeys(notice.item for notice in found))
        first = Button(items[0], f"notice-{code}", "quiet")
        first.setAccessibleName(_("Go back to item {item}").format(item=items[0]))
        first.clicked.connect(lambda: self.item_asked.emit(items[0]))
        tick = Tick(f"keep-{code}", _("Meant so: {remark}").format(remark=words))
        tick.toggled.connect(self._show)
        tick.toggled.connect(self.answered)
        self.ticks.append(tick)
        line.add(first, Label(_("meant so"), "small", 400, "text2"), tick)
        return line

    def _show(self) -> None:
        total = len(self.ticks)
        words = _("answered {done}/{of}").format(done=total - self.open_count, of=total)
        for pill in (self.pill, self.open_pill):
            pill.label.setText(words)
        self.pill.setVisible(total > 0 and not self.open_count)
        self.open_pill.setVisible(self.open_count > 0)


def notice_words(code: str, found: list[Notice]) -> str:
    """Return one remark in words; of several of a kind, what they share, with the list of items."""
    items = list(dict.fromkeys(notice.item for notice in found))
    fields = {"item": ", ".join(items), **dict(found[0].fields)}
    return messages.word(code, fields)
