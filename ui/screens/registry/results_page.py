# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Results in rank order, and everything that can be printed or handed over from them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTableView

from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.domain.results import AgencyResult, Results
from pmqa_desktop.text import N_, Language, _, current_language, pick
from pmqa_desktop.thai import Digits
from ui import theme
from ui.dialogs.choosing import Chooser
from ui.models.results import ROW_ROLE, Column, ResultsModel
from ui.screens.tables import dress_table
from ui.widgets.boxes import Box, Rule, Scroll, row
from ui.widgets.buttons import Button, Segments
from ui.widgets.labels import ElideLabel, IconLabel, Label, WrapLabel
from ui.widgets.scores import ProgressBar
from ui.widgets.signs import Banner

What = Literal["feedback", "panel", "minutes", "summary", "ranking", "workbook", "csv", "all"]


@dataclass(frozen=True, slots=True)
class Order:
    """One thing to write: which report, on which agency, where, in which language."""

    what: What
    out: Path
    agency: str
    language: Language
    digits: Digits


OF_AGENCY: tuple[tuple[What, str], ...] = (
    ("feedback", N_("Feedback report")),
    ("panel", N_("Panel sheet")),
    ("minutes", N_("Minutes of the evaluation")),
    ("summary", N_("One-page public summary")),
)
OF_ROUND: tuple[tuple[What, str], ...] = (
    ("ranking", N_("Ranking (PDF)")),
    ("workbook", N_("Workbook (XLSX)")),
    ("csv", N_("Results table (CSV)")),
    ("all", N_("Everything into one folder")),
)
TIGHT = 800
ENDINGS: dict[str, str] = {"workbook": ".xlsx", "csv": ".csv"}


class ReportsPane(Box):
    """Buttons that write reports to a place of one's choice, and what was written."""

    wanted = Signal(object)
    preview_asked = Signal(str)

    def __init__(self, chooser: Chooser) -> None:
        """Start without an agency."""
        super().__init__("plain", margins=(18, 8, 16, 8), gap=6)
        self._chooser = chooser
        self._agency: AgencyResult | None = None
        self._bar: ProgressBar | None = None
        self._count: Label | None = None
        self.buttons: dict[str, Button] = {}
        language = current_language()
        self.language = Segments(
            "report-language", (_("Thai report"), _("English report")), "", current=int(language == "en")
        )
        self.language.body.setContentsMargins(0, 0, 0, 0)
        self.digits = Segments("report-digits", (_("Digits 123"), _("Digits ๑๒๓")), "", current=0)
        self.digits.body.setContentsMargins(0, 0, 0, 0)
        self.name = WrapLabel("", "body", 600)
        self.preview = Button(_("Preview and print"), "reports-preview", "primary", "print")
        self.preview.clicked.connect(self._ask_preview)
        self.add(Label(_("Reports"), "lead", 600), self.preview, self.language, self.digits, Rule(), self.name)
        for what, words in OF_AGENCY:
            self._add_button(what, words, "file")
        self.add(4, Rule(), Label(_("The whole round"), "body", 600))
        for what, words in OF_ROUND:
            self._add_button(what, words, "folder" if what == "all" else "file")
        self.written = Box(gap=4)
        self.add(4, self.written)
        self.body.addStretch(1)
        self.show_agency(None)

    def _add_button(self, what: What, words: str, icon: str) -> None:
        button = Button(_(words), f"report-{what}", "", icon)
        button.clicked.connect(lambda: self._ask(what))
        self.buttons[what] = button
        self.add(button)

    def show_agency(self, result: AgencyResult | None) -> None:
        """Offer the reports of an agency; those need its consensus."""
        self._agency = result
        self.name.set_text(
            pick(result.name_th, result.name_en) if result is not None else _("Choose an agency in the table")
        )
        for what, _words in OF_AGENCY:
            self.buttons[what].setEnabled(result is not None and bool(result.consensus))

    def show_round(self, results: Results) -> None:
        """Offer what needs at least one result."""
        some = any(one.consensus for one in results.agencies)
        for what, _words in OF_ROUND:
            self.buttons[what].setEnabled(some)

    def _ask_preview(self) -> None:
        self.preview_asked.emit(self._agency.agency if self._agency is not None else "")

    def _ask(self, what: What) -> None:
        agency = self._agency.agency if what in dict(OF_AGENCY) and self._agency is not None else ""
        title = _("Where the report goes")
        name = "-".join(part for part in (what, agency) if part) + ENDINGS.get(what, ".pdf")
        out = self._chooser.folder(self, title) if what == "all" else self._chooser.save(self, title, name)
        if out is not None:
            language: Language = "en" if self.language.current() else "th"
            self.wanted.emit(Order(what, out, agency, language, "thai" if self.digits.current() else "arabic"))

    def show_running(self, words: str) -> None:
        """Say that a report is being made."""
        self.written.clear()
        self._bar = ProgressBar(0, 1, 8)
        self._count = Label(words, "small")
        self.written.add(self._count, self._bar)

    def show_step(self, done: int, of: int, name: str) -> None:
        """Show how far many reports are."""
        if of and self._bar is not None and self._count is not None:
            self._bar.set_progress(done, of)
            self._count.setText(_("{done} of {of} files · {name}").format(done=done, of=of, name=name[:40]))

    def show_written(self, paths: tuple[Path, ...]) -> None:
        """Say what was written and where."""
        self.written.clear()
        self._bar = self._count = None
        if len(paths) == 1:
            words = _("Written: {name}").format(name=paths[0].name)
        else:
            words = _("{count} files written").format(count=len(paths))
        line = row(IconLabel("ok", "ok", 16), gap=6)
        line.add(ElideLabel(words, "small", 600, "ok"), stretch=1)
        self.written.add(line)
        if paths:
            self.written.add(WrapLabel(str(paths[0].parent), "small", 400, "text2"))

    def show_trouble(self, words: str) -> None:
        """Say why nothing was written."""
        self.written.clear()
        self._bar = self._count = None
        self.written.add(Banner("err", _("The report was not written"), words))


class ResultsPage(Box):
    """The results' table and the reports."""

    def __init__(self, criteria: FrozenCriteria, chooser: Chooser) -> None:
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
        self.reports = ReportsPane(chooser)
        self._side = Scroll(self.reports, "reports-scroll")
        self.add(left, stretch=1)
        self.add(self._side)
        self.view.selectionModel().currentRowChanged.connect(
            lambda now, _before: self.reports.show_agency(now.data(ROW_ROLE))
        )
        self._columns = self.model.columnCount()

    def _dress(self, categories: int) -> None:
        dress_table(self.view, 48, Column.AGENCY, tight=True)
        for column, width in ((Column.RANK, 60), (Column.TOTAL, 68), (Column.LEVEL, 122), (Column.STATE, 128)):
            self.view.setColumnWidth(column, theme.px(width))
        for number in range(len(Column), len(Column) + categories):
            self.view.setColumnWidth(number, theme.px(62))

    def show_results(self, results: Results) -> None:
        """Show results and choose the first agency."""
        self.model.show(results)
        complete = sum(one.rank is not None for one in results.agencies)
        state = _("official") if results.state == "official" else _("draft, not approved yet")
        told = _("{some} of {all} agencies have a rank · {state}").format(
            some=complete, all=len(results.agencies), state=state
        )
        self.state.set_text(told)
        self.reports.show_round(results)
        if self.model.rowCount():
            self.view.selectRow(0)

    def reflow(self, em_width: int) -> None:
        """Hide the categories where there is no room for them."""
        wide = em_width >= 1300
        for number in range(len(Column), self._columns):
            self.view.setColumnHidden(number, not wide)
        self.view.setColumnHidden(Column.LEVEL, em_width < TIGHT)
        self._side.setFixedWidth(theme.px(330 if em_width >= 1000 else 290))
