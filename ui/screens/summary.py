# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What the agency would get: total, level, distance to the next line, seven categories, and what keeps from signing."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from pmqa_desktop.domain.criteria import Category
from pmqa_desktop.domain.scoring import display_distance
from pmqa_desktop.services.panel import PanelAgency, PanelOutlook, PanelService
from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.text import _, pick
from ui import theme
from ui.models.numbers import agency_name, level_step, level_title, signed_text, step_of_score, total_text
from ui.screens.base import Screen
from ui.screens.tables import shorten
from ui.tasks import TaskRunner
from ui.widgets.award_meter import AwardMeter
from ui.widgets.boxes import Box, Scroll, row
from ui.widgets.buttons import Button
from ui.widgets.labels import ElideLabel, IconLabel, Label, WrapLabel
from ui.widgets.radar import Axis, LineKey, Radar
from ui.widgets.scores import Post, Stair
from ui.widgets.signs import Banner

_RIGHT = Qt.AlignmentFlag.AlignRight
WIDE = 1100
NARROW_BAR = 1200
MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the screen reads in one go."""

    entry: PanelAgency
    outlook: PanelOutlook


def named(items: tuple[str, ...]) -> str:
    """Name the first items; count the rest."""
    rest = len(items) - MOST_NAMED
    return ", ".join(items[:MOST_NAMED]) + (" " + _("and {count} more").format(count=rest) if rest > 0 else "")


class SummaryScreen(Screen):
    """The panel's result of one agency before and after signing."""

    panel_asked = Signal(str, str)
    sign_asked = Signal(str)
    reports_asked = Signal(str)
    themes_asked = Signal(str)

    def __init__(
        self,
        panel: PanelService,
        seen: RoundInfo,
        tasks: TaskRunner,
        agency: str,
        *,
        own_scores: Mapping[str, Fraction] | None = None,
    ) -> None:
        """Show `agency`.

        Args:
            panel: Tells the outlook.
            seen: The round.
            tasks: Runs the reading.
            agency: The agency's id.
            own_scores: The agency's own assessment by category, where it was given.
        """
        super().__init__(
            "summary-screen",
            agency_name(seen.agencies[agency]),
            _("Summary of the consensus"),
            rehearsal=seen.rehearsal,
        )
        self.agency, self._round, self._own = agency, seen, own_scores or {}
        self._criteria = seen.criteria
        self._back = Button(_("Back to the table"), "summary-back", "bar", "left")
        self._back.clicked.connect(lambda: self.panel_asked.emit(self.agency, ""))
        self._print = Button(_("Preview and print"), "summary-feedback", "bar", "print")
        self._print.clicked.connect(lambda: self.reports_asked.emit(self.agency))
        self._print.setEnabled(False)
        self._themes = Button(_("Themes"), "summary-themes", "bar", "list")
        self._themes.clicked.connect(lambda: self.themes_asked.emit(self.agency))
        self._themes.setEnabled(False)
        self._sign = Button(_("Sign consensus"), "summary-sign", "barmain", "pen")
        self._sign.clicked.connect(lambda: self.sign_asked.emit(self.agency))
        self._sign.setEnabled(False)
        self.bar_buttons = [self._back, self._themes, self._print, self._sign]
        self._build()
        tasks.store(lambda: self._read(panel), self._show, owner=self)

    def _read(self, panel: PanelService) -> _Seen:
        entry = next(one for one in panel.agencies() if one.agency.agency == self.agency)
        return _Seen(entry, panel.outlook(self.agency))

    # ---- layout ---------------------------------------------------------------------------------

    def _build(self) -> None:
        strong = tuple(level.cumulative for level in self._criteria.edition.levels)[:-1]
        best = max((category.best for category in self._criteria.edition.categories), default=100)
        rings = (100, 200, 300, 400, 500) if best == 500 else (25, 50, 75, 100)
        self.radar = Radar(rings, strong if best == 500 else ())
        self._left = Box("card", margins=(16, 12, 16, 10), gap=2)
        told = _("out of {best} each").format(best=best) if best == 500 else _("in percent of each category")
        head = _("{count} categories").format(count=len(self._criteria.edition.categories))
        self._left.add(row(Label(head, "lead", 600), None, Label(told, "small", 400, "text2")))
        self._left.add(self.radar, stretch=1)
        legend = row(None, LineKey("primary", dashed=False), Label(_("Consensus of the panel"), "small", 600), gap=6)
        if self._own:
            legend.add(16, LineKey("warn", dashed=True), Label(_("Agency's own assessment"), "small"))
        legend.add(None)
        self._left.add(legend)
        self._right = Box(gap=12)
        self._right.add(self._build_total())
        self._table_card = Box("card", margins=(20, 10, 20, 8), gap=0)
        self._right.add(self._table_card, stretch=1)
        self._banners = Box(gap=8)
        self._right.add(self._banners)
        self._columns = Box("page", across=True, margins=(16, 14, 16, 14), gap=14)
        self._columns.add(self._left)
        self._columns.add(self._right, stretch=1)
        self.add(Scroll(self._columns, "summary-scroll"), stretch=1)

    def _build_total(self) -> Box:
        card = Box("card", margins=(20, 10, 20, 10), gap=2)
        self.total = Label("–", "hero", 700)
        self.total.setObjectName("summary-total")
        best = self._criteria.edition.max_score
        number = row(self.total, Label(f"/ {best}", "lead", 400, "text2"), gap=8)
        number.setFixedHeight(theme.px(78))
        self._stair = Stair(0, 30, 22)
        self.level = Label("", "h2", 600)
        self.level.setObjectName("summary-level")
        self.distance = WrapLabel("", "body", 600)
        self.distance.setObjectName("summary-distance")
        words = Box(margins=(0, 8, 0, 4), gap=0)
        words.add(row(self._stair, self.level, None, gap=8), self.distance)
        top = row(number, gap=14)
        top.add(words, stretch=1)
        self.meter = AwardMeter()
        self._note = row(IconLabel("info", "info", 16), gap=6)
        self._note_words = WrapLabel("", "small", 400, "text2")
        self._note.add(self._note_words, stretch=1)
        card.add(top, self.meter, self._note)
        return card

    # ---- content --------------------------------------------------------------------------------

    def _show(self, seen: _Seen) -> None:
        entry, outlook = seen.entry, seen.outlook
        state = (
            _("signed, revision {number}").format(number=entry.consensus_seq)
            if entry.consensus_seq
            else _("not signed")
        )
        draft = _("provisional") if outlook.provisional else _("every item settled")
        self.set_heading(self.title, _("Summary of the consensus · {draft} · {state}").format(draft=draft, state=state))
        self._show_total(outlook)
        self._show_radar(outlook)
        self._show_table(outlook)
        self._show_banners(entry, outlook)
        ready = not outlook.unsettled and outlook.quorum[0] >= outlook.quorum[1]
        self._sign.setEnabled(ready and entry.chair)
        if self._sign.isEnabled():
            self._sign.setFocus()
        self._print.setEnabled(entry.consensus_seq > 0)
        self._themes.setEnabled(entry.chair)

    def _show_total(self, outlook: PanelOutlook) -> None:
        criteria, score = self._criteria, outlook.score
        total = score.total if score.total is not None else score.provisional
        shown = total_text(total, criteria)
        self.total.setText(shown)
        level = score.level
        lines = criteria.settings.award_lines
        if level is None and total is not None:
            level = next((line.code for line in reversed(lines) if line.least <= total), None)
        self._stair.setVisible(bool(criteria.edition.levels))
        self._stair.set_level(level_step(level, criteria))
        self.level.setText(
            _("Level {level}").format(level=level_title(level, criteria)) if level else level_title(None, criteria)
        )
        following = next((line for line in lines if total is not None and line.least > total), None)
        if following is not None and total is not None:
            gap = display_distance(total, following.least, criteria)
            words = _("{gap} points short of the line {line}").format(
                gap=gap, line=total_text(following.least, criteria).removesuffix(".00")
            )
        else:
            words = _("The highest line is reached") if lines and total is not None else ""
        self.distance.set_text(words)
        self.level.setVisible(bool(lines))
        posts = []
        for number, line in enumerate(lines):
            at = total_text(line.least, criteria).removesuffix(".00")
            title = level_title(line.code, criteria)
            posts.append(Post(line.least, at if not number else f"{title} {at}"))
        said = _("Total {total}. {words}").format(total=shown, words=words)
        self.meter.show_total(total, posts, criteria.edition.max_score, said)
        self.meter.setVisible(bool(lines))
        self._note.setVisible(outlook.provisional)
        self._note_words.set_text(
            _(
                "Provisional: open items stand here as proposed. The total never leaves this laptop before "
                "every item is settled."
            )
        )

    def _score_of(self, outlook: PanelOutlook, code: str) -> Fraction | None:
        exact = outlook.score.categories.get(code)
        return exact if exact is not None else outlook.score.provisional_categories.get(code)

    def _show_radar(self, outlook: PanelOutlook) -> None:
        axes = []
        for category in self._criteria.edition.categories:
            score = self._score_of(outlook, category.code)
            name = _("Category {code}").format(code=category.code)
            own = self._own.get(category.code)
            axes.append(Axis(name, category.best, score, total_text(score, self._criteria), own))
        said = _("Radar of the categories: {told}").format(told=", ".join(f"{axis.name} {axis.shown}" for axis in axes))
        self.radar.show_axes(axes, said)

    def _show_table(self, outlook: PanelOutlook) -> None:
        self._table_card.clear()
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(8))
        own = bool(self._own)
        heads = [_("Category"), "", _("Consensus"), *([_("Own"), _("Difference")] if own else []), _("To do")]
        right = {2, 3, 4} if own else {2}
        for column, words in enumerate(heads):
            align = _RIGHT if column in right else Qt.AlignmentFlag.AlignLeft
            grid.addWidget(Label(words, "micro", 600, "text2", align), 0, column)
        for line, category in enumerate(self._criteria.edition.categories, start=1):
            for column, cell in enumerate(self._cells(outlook, category)):
                grid.addWidget(cell, line, column)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(len(heads) - 1, 2)
        grid.setColumnMinimumWidth(0, theme.px(150))
        for column in right:
            grid.setColumnMinimumWidth(column, theme.px(74))
        holder = Box()
        holder.body.addLayout(grid)
        self._table_card.add(holder, None)

    def _cells(self, outlook: PanelOutlook, category: Category) -> list[QWidget]:
        criteria = self._criteria
        score = self._score_of(outlook, category.code)
        name = ElideLabel(f"{category.code}  {pick(category.title_th, category.title_en)}", "body", 600)
        cells: list[QWidget] = [
            name,
            Stair(step_of_score(score, criteria), 21, 15) if criteria.edition.levels else Label(""),
            Label(total_text(score, criteria), "body", 700, align=_RIGHT),
        ]
        if self._own:
            own = self._own.get(category.code)
            cells.append(Label(total_text(own, criteria), "body", 400, "text2", _RIGHT))
            both = own is not None and score is not None
            gap = signed_text((score or Fraction(0)) - (own or Fraction(0)), criteria) if both else "–"
            cells.append(Label(gap, "body", 400, align=_RIGHT))
        codes = {item.code for item in criteria.edition.items_of(category.code)}
        todo = tuple(code for code in outlook.unsettled if code in codes)
        icon, ink = ("warn", "warn") if todo else ("ok", "ok")
        words = _("to settle: {items}").format(items=named(todo)) if todo else _("complete")
        last = row(IconLabel(icon, ink, 16), gap=6)
        last.add(ElideLabel(words, "small", 600 if todo else 400, "warn" if todo else "text2"), stretch=1)
        cells.append(last)
        return cells

    def _show_banners(self, entry: PanelAgency, outlook: PanelOutlook) -> None:
        self._banners.clear()
        have, need = outlook.quorum
        if outlook.unsettled:
            first = outlook.unsettled[0]
            go = Button(_("Go to {item}").format(item=first), "summary-go", "primary")
            go.clicked.connect(lambda: self.panel_asked.emit(self.agency, first))
            title = _("The consensus cannot be signed yet: {count} items are open").format(count=len(outlook.unsettled))
            text = _("{items}. The total above takes them as proposed, for the time being.").format(
                items=named(outlook.unsettled)
            )
            self._banners.add(Banner("warn", title, text, action=go))
        elif have < need:
            title = _("The quorum is not met: {have} of {need} sheets").format(have=have, need=need)
            self._banners.add(
                Banner("warn", title, _("Ask the missing members for their signed sheets and import them."))
            )
        elif entry.stale:
            self._banners.add(Banner("warn", _("The signed consensus is out of date"),
                                     _(
                                         "A sheet came or changed since. Look at the items again and sign a "
                                         "new revision."
                                     )))  # fmt: skip
        elif entry.consensus_seq:
            title = _("Signed, revision {number}").format(number=entry.consensus_seq)
            self._banners.add(
                Banner("ok", title, _("A change opens a new revision with its reason; the old one is kept."))
            )
        else:
            self._banners.add(Banner("ok", _("Ready to sign"), _("Every item is settled and the quorum is met.")))

    def reflow(self, em_width: int) -> None:
        """Put the radar below the numbers where the window is narrow."""
        wide = em_width >= WIDE
        # the numbers were added last and come first on a narrow window
        direction = self._columns.body.Direction.LeftToRight if wide else self._columns.body.Direction.BottomToTop
        self._columns.body.setDirection(direction)
        shorten(self._back, _("Back to the table"), narrow=em_width < NARROW_BAR)
        shorten(self._print, _("Preview and print"), narrow=em_width < NARROW_BAR)
        shorten(self._themes, _("Themes"), narrow=em_width < NARROW_BAR)
        self._left.setMinimumHeight(0 if wide else theme.px(380))
        if wide:
            self._left.setFixedWidth(theme.px(min(520, em_width * 38 // 100)))
        else:
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(16777215)
