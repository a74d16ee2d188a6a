# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Results in rank order, the chosen agency's result at a glance, and the one way to what can be printed."""

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTableView

from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.domain.results import AgencyResult, Results
from pmqa_desktop.services.registry.outcome import STATE_WORDS
from pmqa_desktop.services.registry.publication import Outlook
from pmqa_desktop.text import _, pick
from ui import theme
from ui.models.numbers import level_step, level_title, total_text
from ui.models.results import ROW_ROLE, Column, ResultsModel
from ui.screens.registry.publish_parts import state_words
from ui.screens.tables import NameDelegate, dress_table
from ui.widgets.boxes import Box, Rule, Scroll, row
from ui.widgets.buttons import Button
from ui.widgets.labels import ElideLabel, Label, WrapLabel
from ui.widgets.scores import Stair
from ui.widgets.signs import state_row

TIGHT = 800


class ResultPane(Box):
    """One agency's total, level and categories, why it has no rank, and the way to the reports."""

    reports_asked = Signal(str)
    sign_asked = Signal()

    def __init__(self, criteria: FrozenCriteria) -> None:
        """Start without an agency."""
        super().__init__("plain", margins=(18, 8, 16, 8), gap=8)
        self._criteria = criteria
        self._agency = ""
        self.reports = Button(_("See reports and save"), "reports-preview", "primary", "print")
        self.reports.clicked.connect(lambda: self.reports_asked.emit(self._agency))
        words = _("Reports on the agency and on the round, and tables for a spreadsheet, are seen first, then saved.")
        self.sign = Button(_("Sign the results…"), "results-sign", "", "pen")
        self.sign.clicked.connect(self.sign_asked)
        self.sign.hide()
        self.name = WrapLabel("", "body", 600)
        self.name.setObjectName("result-agency")
        self._room = Box(gap=6)
        self._room.setObjectName("result-at-a-glance")
        self.add(
            self.reports, WrapLabel(words, "small", 400, "text2"), self.sign, 2, Rule(), 2, self.name, self._room, None
        )
        self.show_agency(None)

    def show_agency(self, result: AgencyResult | None) -> None:
        """Show an agency's result, or that none is chosen."""
        self._agency = result.agency if result is not None else ""
        self._room.clear()
        if result is None:
            self.name.set_text(_("Choose an agency in the table"))
            return
        self.name.set_text(pick(result.name_th, result.name_en))
        self._room.add(self._total(result), self._state(result))
        if result.categories:
            self._room.add(2, Rule(), 2)
        titles = {one.code: pick(one.title_th, one.title_en) for one in self._criteria.edition.categories}
        for code, exact in result.categories:
            line = row(gap=8)
            line.add(ElideLabel(f"{code}  {titles.get(code, '')}", "small"), stretch=1)
            line.add(Label(total_text(exact, self._criteria) or "–", "small", 600))
            self._room.add(line)

    def _total(self, result: AgencyResult) -> Box:
        best = self._criteria.edition.max_score
        line = row(Label(result.display or "–", "num", 700), Label(f"/ {best}", "small", 400, "text2"), None, gap=6)
        if self._criteria.edition.levels and result.display:
            line.add(Stair(level_step(result.level, self._criteria), 21, 15))
            line.add(Label(level_title(result.level, self._criteria), "small", 600))
        return line

    def _state(self, result: AgencyResult) -> Box:
        words = _(STATE_WORDS[result.state])
        if result.missing_items:
            words += f" ({len(result.missing_items)})"
        if result.dissents:
            words += " · " + _("{count} dissents").format(count=result.dissents)
        good = result.state == "complete"
        return state_row("ok" if good else "warn", words, "ok" if good else "warn", "small", 600)


def _published(outlook: Outlook) -> Iterator[str]:
    """Say what is published, and what has to be done about it."""
    yield state_words(outlook)
    if outlook.waits:
        yield _("Official results wait for signatures")
    if outlook.changed:
        yield _("the published results are not those of now")


class ResultsPage(Box):
    """The results' table, and beside it the chosen agency."""

    def __init__(self, criteria: FrozenCriteria) -> None:
        """Start empty."""
        super().__init__("page", across=True, gap=1)
        self.model = ResultsModel(criteria)
        self.view = QTableView()
        self.view.setObjectName("results")
        self.view.setAccessibleName(_("Results by rank"))
        self.view.setModel(self.model)
        self._dress(len(criteria.edition.categories))
        left = Box("plain", gap=0)
        self.state = WrapLabel("", "small", 400, "text2")
        self.state.setObjectName("results-state")
        head = Box(margins=(16, 8, 16, 8), gap=0)
        head.add(Label(_("Results"), "lead", 600), self.state)
        left.add(head)
        left.add(self.view, stretch=1)
        self.pane = ResultPane(criteria)
        self._side = Scroll(self.pane, "result-scroll")
        self.add(left, stretch=1)
        self.add(self._side)
        self.view.selectionModel().currentRowChanged.connect(
            lambda now, _before: self.pane.show_agency(now.data(ROW_ROLE))
        )
        self._columns = self.model.columnCount()

    def _dress(self, categories: int) -> None:
        dress_table(self.view, 54, Column.AGENCY, tight=True)
        self.view.setItemDelegateForColumn(Column.AGENCY, NameDelegate(self.view))
        for column, width in ((Column.RANK, 60), (Column.TOTAL, 68), (Column.LEVEL, 116), (Column.STATE, 122)):
            self.view.setColumnWidth(column, theme.px(width))
        for number in range(len(Column), len(Column) + categories):
            self.view.setColumnWidth(number, theme.px(62))

    def show_results(self, results: Results, outlook: Outlook | None = None) -> None:
        """Show results and choose the first agency; `outlook` tells more of what is published."""
        self.model.show(results)
        complete = sum(one.rank is not None for one in results.agencies)
        told = [_("{some} of {all} agencies have a rank").format(some=complete, all=len(results.agencies))]
        if outlook is not None:
            told += _published(outlook)
        else:
            told.append(_("official") if results.state == "official" else _("draft, not approved yet"))
        self.state.set_text(" · ".join(told))
        if self.model.rowCount():
            self.view.selectRow(0)

    def reflow(self, em_width: int) -> None:
        """Hide the categories where there is no room for them."""
        wide = em_width >= 1300
        for number in range(len(Column), self._columns):
            self.view.setColumnHidden(number, not wide)
        self.view.setColumnHidden(Column.LEVEL, em_width < TIGHT)
        self._side.setFixedWidth(theme.px(330 if em_width >= 1000 else 320))
