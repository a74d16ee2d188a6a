# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""One item in the middle of the screen: its score on top, its ticks, its words, and what it still lacks below."""

from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget

from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.domain.criteria import Item
from pmqa_desktop.domain.plaintext import clean
from pmqa_desktop.domain.scoring.lifts import lifts
from pmqa_desktop.text import _, pick
from ui import theme
from ui.screens.scoring.checklist import ChecklistEditor
from ui.screens.scoring.comments import CommentEditor, NotePaper
from ui.screens.scoring.desk import SheetDesk, reached_level
from ui.screens.scoring.evidence import EvidencePane
from ui.screens.scoring.indicators import IndicatorEditor
from ui.screens.scoring.lines import NotYetField
from ui.screens.scoring.missing import Missing
from ui.screens.scoring.percents import PercentEditor
from ui.screens.scoring.reader import Reader
from ui.screens.scoring.report import ReportPane
from ui.widgets.boxes import Box, Rule, Scroll, row
from ui.widgets.buttons import Button, Segments
from ui.widgets.labels import ElideLabel, IconLabel, Label, WrapLabel
from ui.widgets.scores import Meter, Post, Stair
from ui.widgets.signs import Banner

AnswerEditor = ChecklistEditor | IndicatorEditor | PercentEditor
SHOWN_LINKS = 3
_WORDS, _REPORT = 1, 2
"""The places of the words and of the report among the tabs of a narrow window."""
_ALL = 100
"""A share of the room beside which all others are nothing."""
_PAGE_HEIGHT = 78
"""Pixels at 100 % of a page that are seen at least; where there is less the tab scrolls."""


class ScoreHeader(Box):
    """Title of the item, its live score and level, and the scale below."""

    def __init__(self, desk: SheetDesk, item: Item, *, compact: bool = False) -> None:
        """Show `item`; `compact` leaves more room to what is below."""
        super().__init__("plain", margins=(18, 4 if compact else 8, 18, 0), gap=0 if compact else 2)
        self._desk, self._item = desk, item
        title = WrapLabel(f"{item.code}  {pick(item.title_th, item.title_en)}", "lead" if compact else "h2", 600)
        title.setObjectName("item-title")
        self.number = Label("", "num", 700)
        self.number.setObjectName("item-score")
        self.number.setFixedHeight(theme.px(38 if compact else 42))
        self.stair = Stair(0, 21, 15)
        self.level = Label("", "small", 600)
        best = Label(f"/ {item.max_score}", "small", 400, "text2")
        score = Box(gap=0).add(row(None, self.number, best, gap=5), row(None, self.stair, self.level, gap=6))
        self.lift = ElideLabel("", "micro", 400, "text2")
        self.lift.setObjectName("item-lift")
        left = Box(gap=0).add(title, self.lift)
        head = row(gap=14)
        head.add(left, stretch=1, align=Qt.AlignmentFlag.AlignTop)
        head.add(score, align=Qt.AlignmentFlag.AlignTop)
        levels = desk.criteria.edition.levels
        posts = tuple(
            Post(Fraction(level.cumulative), f"{pick(level.title_th, level.title_en)} {level.cumulative}")
            for level in levels
            if level.cumulative < item.max_score
        )
        ends = Post(Fraction(0), "0"), Post(Fraction(item.max_score), str(item.max_score))
        self.meter = Meter(item.max_score, (ends[0], *posts, ends[1]), low=compact)
        self.add(head, self.meter)
        if not desk.criteria.edition.levels:
            self.stair.hide()
        self.refresh()

    def refresh(self) -> None:
        """Show the score as it stands on the desk."""
        desk, score = self._desk, self._desk.item_score(self._item.code)
        shown = desk.shown(score.exact)
        self.number.setText(shown or "—")
        place = reached_level(desk.criteria, score)
        words = self._level_words(place)
        if score.exact is None:
            words = _("not applicable") if score.state == "not_applicable" else _("not scored yet")
        self.level.setText(words)
        self.stair.set_level(place, words)
        said = _("{score} of {best} points, {level}").format(
            score=shown or _("no score"), best=self._item.max_score, level=words
        )
        self.number.setAccessibleName(said)
        self.meter.show_value(score.exact, self._gated(), said)
        words = self._lift_words()
        self.lift.set_text(words)
        self.lift.setVisible(bool(words))

    def _lift_words(self) -> str:
        """Return what reaching the item's next level takes; award lines are not told while scoring."""
        desk, item = self._desk, self._item
        answer = desk.answer(item.code)
        steps = lifts(desk.criteria, item.code, answer) if answer is not None else ()
        if not steps:
            return ""
        level = desk.criteria.edition.level(steps[0].level)
        numbers = [number for number, point in enumerate(item.points, 1) if point.id in steps[0].points]
        title = pick(level.title_th, level.title_en) if level is not None else steps[0].level
        return _("To reach {level}: point {points} (+{gain})").format(
            level=title, points=", ".join(map(str, numbers)), gain=desk.shown(steps[0].gain)
        )

    def _level_words(self, place: int) -> str:
        levels = self._desk.criteria.edition.levels
        if not levels:
            return ""
        if place == 0:
            return _("below {level}").format(level=pick(levels[0].title_th, levels[0].title_en))
        return _("level {level}").format(level=pick(levels[place - 1].title_th, levels[place - 1].title_en))

    def _gated(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """Return the stretches of the scale that are ticked but wait for a lower level."""
        desk = self._desk
        starts = {level.code: level.cumulative - level.points for level in desk.criteria.edition.levels}
        return tuple(
            (Fraction(starts[count.code]), starts[count.code] + count.uncounted)
            for count in desk.item_score(self._item.code).levels
            if count.uncounted and not count.counted
        )


class Footer(Box):
    """What the item lacks, as links, and the way to the items before and after."""

    missing_asked = Signal(object)

    def __init__(self, desk: SheetDesk, item: Item, before: str, after: str, *, narrow: bool) -> None:
        """Show links; `before` and `after` are item codes, empty at the ends."""
        super().__init__("foot", across=True, margins=(18, 5, 18, 5), gap=8)
        self.setObjectName("footer")
        self._desk, self._item, self._narrow = desk, item, narrow
        self._shown: tuple[Missing, ...] | None = None
        self._fitted: list[Button] = []
        self.icon = IconLabel("warn", "warn", 18)
        self.words = Label("", "small", 600)
        self.links = Box(across=True, gap=2)
        self.before = Button(before, "item-before", "", "left", said=_("Item before: {item}").format(item=before))
        words = _("Next {item}").format(item=after) if after else _("Review and sign")
        self.after = Button(words, "item-after", "primary")
        self.add(self.icon, self.words, self.links, None, self.before, self.after)
        self.before.setVisible(bool(before))
        self.refresh()

    def refresh(self) -> None:
        """Show what is missing as it stands on the desk; the links are built anew only when they change."""
        if not self._desk.judges(self._item.code):
            self.icon.set_icon("lock", "text2")
            self.words.setText(_("This item is not assigned to your seat"))
            return
        lacking = self._desk.missing(self._item)
        if lacking == self._shown:
            return
        self._shown = lacking
        self.links.clear()
        self._fitted = []
        if not lacking:
            self.icon.set_icon("ok", "ok")
            self.words.setText(_("Nothing is missing here"))
            return
        self.icon.set_icon("warn", "warn")
        words = _("Missing:") if self._narrow else _("This item lacks {n}:")
        self.words.setText(words.format(n=len(lacking)))
        for index, missing in enumerate(lacking[:SHOWN_LINKS]):
            link = Button(missing.text(), f"missing-{index}", "quiet")
            link.clicked.connect(lambda _on=False, missing=missing: self.missing_asked.emit(missing))
            self.links.add(link)
            self._fitted.append(link)
        self._fit()

    def _fit(self) -> None:
        """Show as many links as have room whole, the first always; how many things are missing is told before them."""
        others = (self.icon, self.words, self.before, self.after)
        taken = sum(one.sizeHint().width() + self.body.spacing() for one in others if not one.isHidden())
        margins = self.body.contentsMargins()
        room = self.width() - margins.left() - margins.right() - taken
        for index, link in enumerate(self._fitted):
            room -= link.sizeHint().width() + self.links.body.spacing()
            link.setVisible(index == 0 or room >= 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the links to the new width."""
        super().resizeEvent(event)
        self._fit()


class NotApplicable(Box):
    """Where the round allows it: take an item out of the count, with a reason."""

    def __init__(self, desk: SheetDesk, item: Item) -> None:
        """Offer it, or show that it was done."""
        super().__init__(gap=6)
        self._desk, self._item = desk, item
        if not (desk.criteria.settings.not_applicable_allowed and desk.judges(item.code)):
            self.hide()
        words = _("Why this item does not apply")
        self.reason = NotYetField(f"na-reason-{item.code}", words, desk.not_yet.get(item.code, ""), words)
        self.reason.textChanged.connect(lambda text: desk.not_yet.update({item.code: text}))
        self.take = Button(_("Not applicable"), f"na-{item.code}", "quiet", "dash")
        self.back = Button(_("It applies after all"), f"na-back-{item.code}", "", "undo")
        self.banner = Banner("info", _("Not applicable"), " ", action=self.back)
        line = row(gap=8)
        line.add(self.reason, stretch=1)
        line.add(self.take)
        self.line = line
        self.add(self.banner, line)
        self.take.clicked.connect(self._take)
        self.back.clicked.connect(lambda: desk.set_answer(item.code, None))
        self.refresh()

    def _take(self) -> None:
        reason = clean(self.reason.text()).strip()
        self.reason.set_need(not reason)
        if reason:
            self._desk.set_answer(self._item.code, Answer(state="not_applicable", reason=reason))
        else:
            self.reason.setFocus()

    def refresh(self) -> None:
        """Show which of the two is in force."""
        answer = self._desk.answer(self._item.code)
        taken = answer is not None and answer.state == "not_applicable"
        self.banner.setVisible(taken)
        self.line.setVisible(answer is None)
        self.banner.text.set_text(answer.reason if answer and taken else "")
        if answer and taken and answer.reason != self.reason.text():
            self.reason.setText(answer.reason)  # taken back, it stands there to be changed


class ItemEditor(Box):
    """Header, answer, words and footer of one item, in the layout of the window's width."""

    point_chosen = Signal(str)
    page_asked = Signal(object)
    missing_asked = Signal(object)

    def __init__(self, desk: SheetDesk, reader: Reader, item: Item, *, mode: str, year: int,
                 neighbours: tuple[str, str], kind: str = "strength") -> None:  # fmt: skip
        """Build the editor of `item`; `mode` is wide, normal, narrow or small."""
        super().__init__("plain", gap=0)
        self.setObjectName("editor")
        self._desk, self.item, self._mode = desk, item, mode
        self.header = ScoreHeader(desk, item, compact=mode == "normal")
        self.answer = self._make_answer(year)
        self.not_applicable = NotApplicable(desk, item)
        self.comments = CommentEditor(desk, item, kind, grid=mode == "wide")  # type: ignore[arg-type]
        self.footer = Footer(desk, item, *neighbours, narrow=mode in ("narrow", "small"))
        self.tabs: Segments | None = None
        self.stack: QStackedWidget | None = None
        self.report: ReportPane | None = None
        self.evidence: EvidencePane | None = None
        self.note: NotePaper | None = None
        self.large = False
        self._judgement = Box(gap=4 if mode == "normal" else 10).add(self.answer, self.not_applicable)
        self._body_scroll: Scroll | None = None
        self._note_row: Box | None = None
        match mode:
            case "wide":
                self._build_wide()
            case "normal":
                self._build_normal()
            case _:
                self._build_narrow(reader)
        self.add(self.footer)
        self._show_answer()
        self.footer.missing_asked.connect(self.missing_asked)
        self.answer.point_chosen.connect(self.point_chosen)
        if isinstance(self.answer, ChecklistEditor):
            self.answer.page_asked.connect(self.page_asked)

    def _make_answer(self, year: int) -> AnswerEditor:
        match self.item.kind:
            case "checklist":
                return ChecklistEditor(self._desk, self.item, wide=self._mode != "normal")
            case "indicators":
                return IndicatorEditor(self._desk, self.item, year)
            case "band":
                return PercentEditor(self._desk, self.item)

    def _body(self, *more: Box) -> Scroll:
        compact = self._mode == "normal"
        inside = Box(margins=(18, 2, 18, 2) if compact else (18, 4, 18, 6), gap=4 if compact else 10)
        inside.add(self._judgement, *more)
        inside.body.addStretch(1)
        return Scroll(inside, "editor-scroll")

    def _build_wide(self) -> None:
        self.add(self.header)
        self.add(self._body(self.comments), stretch=1)

    def _build_normal(self) -> None:
        self._body_scroll = self._body()
        self.add(self.header)
        self.add(self._body_scroll, stretch=1)
        self.add(Rule(), self.comments)

    def _build_narrow(self, reader: Reader) -> None:
        self.tabs = Segments("editor-tab", (_("Criteria and score"), _("Comments"), _("Report"), _("Evidence")))
        self.stack = QStackedWidget()
        # the tallest page must not take the header's lines away: each page scrolls
        self.stack.setMinimumHeight(theme.px(60))
        self.tabs.chosen.connect(self._show_tab)
        if self._mode == "small":
            inside = Box(gap=0).add(self.header, row(margins=(18, 4, 18, 6)).add(self._judgement, stretch=1))
            self.stack.addWidget(Scroll(inside, "editor-scroll"))
            self.add(self.tabs)
        else:
            self.add(self.header, self.tabs)
            self.stack.addWidget(self._body())
        self.note = NotePaper(self._desk, self.item)
        self._note_row = row(margins=(18, 0, 18, 0)).add(self.note)
        words = Box(gap=8, margins=(0, 0, 0, 8)).add(self.comments, self._note_row)
        words.body.addStretch(1)
        self.stack.addWidget(Scroll(words, "comments-scroll"))
        self.report = ReportPane(self._desk, reader, self.item)
        self.report.stack.setMinimumHeight(theme.px(_PAGE_HEIGHT))
        self.stack.addWidget(Scroll(self.report, "report-scroll"))
        self.evidence = EvidencePane(self._desk, self.item)
        self.evidence.page_asked.connect(self.page_asked)
        self.stack.addWidget(Scroll(self.evidence, "evidence-scroll"))
        self.add(self.stack, stretch=1)
        self._show_counts()

    def _show_tab(self, index: int) -> None:
        if self.stack is not None:
            self.stack.setCurrentIndex(index)
        # a page, and the list of evidence, need all the height that there is
        self.header.setVisible(not self.large and (self._mode == "small" or index < _REPORT))
        self.footer.setVisible(self._mode != "small" or index != _REPORT)

    def _show_counts(self) -> None:
        if self.tabs is None:
            return
        desk, code = self._desk, self.item.code
        filled = sum(desk.entries(code, kind) > 0 for kind in self.comments.fields)
        self.tabs.set_text(1, _("Comments {n}/{of}").format(n=filled, of=len(self.comments.fields)))
        count = len(desk.evidence(code))
        self.tabs.set_text(3, _("Evidence {n}").format(n=count) if count else _("Evidence"))

    def refresh(self) -> None:
        """Show everything as it stands on the desk."""
        self.header.refresh()
        self.answer.refresh()
        self.not_applicable.refresh()
        self._show_answer()
        self.comments.refresh()
        self.footer.refresh()
        if self.evidence is not None:
            self.evidence.refresh()
        if self.note is not None:
            self.note.refresh()
        self._show_counts()

    def _show_answer(self) -> None:
        answer = self._desk.answer(self.item.code)
        self.answer.setVisible(answer is None or answer.state == "scored")

    def refresh_words(self) -> None:
        """Show what follows from the words: states of the fields and the footer, never the text being typed."""
        self.comments.refresh()
        self.footer.refresh()
        self._show_counts()

    def set_large(self, *, on: bool) -> None:
        """Let the words take the room of criteria and score, to read and write a long text; or give it back."""
        self.large = on
        if on:
            self.show_tab(_WORDS)
        self._judgement.setVisible(not on)
        for beside in (self._body_scroll, self._note_row):
            if beside is not None:
                beside.setVisible(not on)
        place = self.comments.parentWidget()
        layout = place.layout() if place is not None else None
        if isinstance(layout, QBoxLayout):
            layout.setStretchFactor(self.comments, _ALL if on else 0)
        self.comments.set_large(on=on)
        if self.tabs is not None:
            self._show_tab(self.tabs.current())

    def show_tab(self, index: int) -> None:
        """In a narrow window, bring one of the tabs to the front; what is not words needs its room back."""
        if self.large and index != _WORDS:
            self.set_large(on=False)
        if self.tabs is not None:
            self.tabs.choose(index)

    def go_to(self, missing: Missing) -> None:
        """Put the cursor where a missing thing is to be filled in."""
        if missing.what == "comment":
            self.show_tab(1)
            kind = self.comments.kind
            self.comments.open_kind(kind if kind in ("strength", "ofi") else "strength")
        else:
            self.show_tab(0)
            self.answer.focus_point(missing.point)
