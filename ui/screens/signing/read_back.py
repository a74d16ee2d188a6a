# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""All scores of a sheet on one page, category by category, and the remarks that wait for a word."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from pmqa_desktop import messages
from pmqa_desktop.domain.criteria import Category, FrozenCriteria, Item
from pmqa_desktop.domain.linting import Notice
from pmqa_desktop.domain.scoring import display
from pmqa_desktop.services.evaluation.scoring import ReadBack
from pmqa_desktop.text import _, pick
from ui import theme
from ui.screens.scoring.desk import level_number, reached_level, short_number
from ui.screens.scoring.tabs import short_title
from ui.widgets.boxes import Box, Rule, Scroll, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Field, Tick
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


class NoticeLine(Box):
    """A remark, or several of a kind: what it says, the way to its item, and a tick with a word: it is meant so."""

    item_asked = Signal(str)
    keep_asked = Signal(object, str)

    def __init__(self, found: tuple[Notice, ...], word: str) -> None:
        """Show the remarks `found`; `word` is the answer that was given, empty while there is none."""
        super().__init__(across=True, gap=8)
        self.found = found
        code, items = found[0].code, list(dict.fromkeys(notice.item for notice in found))
        words = notice_words(found)
        tone = "warn" if code in REQUIRED else "info"
        name = f"{code}-{items[0]}"
        first = Button(items[0], f"notice-{name}", "quiet")
        first.setAccessibleName(_("Go back to item {item}").format(item=items[0]))
        first.clicked.connect(lambda: self.item_asked.emit(items[0]))
        self.word = Field(f"word-{name}", _("Why it is meant so"), word or _("Meant so"), limit=200)
        self.word.setFixedWidth(theme.px(170))
        self.tick = Tick(f"keep-{name}", _("Meant so: {remark}").format(remark=words))
        self.tick.setChecked(bool(word))
        self.tick.clicked.connect(self._keep)
        self.word.textChanged.connect(lambda text: self.word.set_need(not text.strip()))
        self.add(IconLabel(tone, tone, 18), align=Qt.AlignmentFlag.AlignVCenter)
        self.add(WrapLabel(words, "small"), stretch=1, align=Qt.AlignmentFlag.AlignVCenter)
        self.add(first, self.word, self.tick)
        self._show()

    def _keep(self, on: bool) -> None:
        word = self.word.text().strip()
        if on and word:
            self._show()
            self.keep_asked.emit(self.found, word)
        else:
            self.tick.setChecked(False)
            self.word.setFocus()

    def take_back(self) -> None:
        """Untick: the word could not be kept."""
        self.tick.setChecked(False)
        self._show()

    def _show(self) -> None:
        # a word that was kept stands until its item changes
        self.tick.setEnabled(not self.tick.isChecked())
        self.word.setReadOnly(self.tick.isChecked())


class NoticeList(Box):
    """The remarks before signing; those of a kind that say the same of several items stand in one line."""

    item_asked = Signal(str)
    keep_asked = Signal(object)

    def __init__(self, read: ReadBack) -> None:
        """List the remarks of `read`, answered ones ticked."""
        super().__init__(margins=(0, 4, 0, 0), gap=4)
        self.setObjectName("notices")
        self.pill = Pill("", "ok", "ok")
        self.open_pill = Pill("", "warn", "warn")
        self.add(row(Label(_("2  Remarks before signing"), "lead", 600), None, self.pill, self.open_pill))
        words = {kept.notice: kept.word for kept in read.kept}
        self.lines: list[NoticeLine] = []
        inside = Box(gap=4)
        for found in _grouped(read.notices, words):
            line = NoticeLine(found, words.get(found[0], ""))
            line.item_asked.connect(self.item_asked)
            line.keep_asked.connect(lambda _found, _word, line=line: self._kept(line))
            self.lines.append(line)
            inside.add(line)
        if not self.lines:
            inside.add(WrapLabel(_("There is nothing to remark on this sheet."), "small", 400, "text2"))
        inside.body.addStretch(1)
        scroll = Scroll(inside, "notices-scroll")
        scroll.setMinimumHeight(theme.px(92))
        self.add(scroll, stretch=1)
        self.show_count()

    @property
    def open_count(self) -> int:
        """Return how many remarks have no answer yet; a line may hold several."""
        return sum(len(line.found) for line in self.lines if not line.tick.isChecked())

    def _kept(self, line: NoticeLine) -> None:
        self.show_count()
        self.keep_asked.emit(line)

    def lock(self) -> None:
        """Show the remarks as they were signed: nothing can be answered any more."""
        for line in self.lines:
            line.setEnabled(False)

    def show_count(self) -> None:
        """Show how many remarks are answered."""
        total = sum(len(line.found) for line in self.lines)
        words = _("answered {done}/{of}").format(done=total - self.open_count, of=total)
        for pill in (self.pill, self.open_pill):
            pill.label.setText(words)
        self.pill.setVisible(total > 0 and not self.open_count)
        self.open_pill.setVisible(self.open_count > 0)


def _grouped(notices: tuple[Notice, ...], words: Mapping[Notice, str]) -> list[tuple[Notice, ...]]:
    """Put remarks together that say the same of several items and have the same answer, or none."""
    groups: dict[tuple[object, ...], list[Notice]] = {}
    for notice in notices:
        groups.setdefault((notice.code, notice.fields, words.get(notice)), []).append(notice)
    return [tuple(found) for found in groups.values()]


def notice_words(found: tuple[Notice, ...]) -> str:
    """Return a remark in words; several that say the same name all their items."""
    items = list(dict.fromkeys(notice.item for notice in found))
    return messages.word(found[0].code, {"item": ", ".join(items), **dict(found[0].fields)})
