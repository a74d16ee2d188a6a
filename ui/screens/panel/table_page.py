# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The opened table: the matrix with its agenda at the left, the chosen item at the right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.services.panel import Matrix
from pmqa_desktop.text import _
from ui import theme
from ui.models.matrix import MatrixModel, Mode
from ui.models.numbers import score_text
from ui.screens.panel.detail import DetailPane
from ui.screens.panel.matrix_view import MatrixView
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button, Segments
from ui.widgets.labels import Label
from ui.widgets.scores import ProgressBar
from ui.widgets.signs import EmptyState

WIDE = 1250
MATRIX_WIDTH = 590


class MatrixPane(Box):
    """Tabs, matrix, progress and quorum."""

    agreed_asked = Signal()

    def __init__(self, criteria: FrozenCriteria, model: MatrixModel) -> None:
        """Show `model`."""
        super().__init__("plain", gap=0)
        self._criteria = criteria
        self.tabs = Segments("agenda", (_("Agenda"), _("All"), _("By category")), "", current=0)
        self.tabs.body.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), 0)
        self.tabs.append(Label(self._tolerance(), "micro", 400, "text2"))
        self.view = MatrixView(criteria, model)
        self.tabs.chosen.connect(self._choose_tab)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(EmptyState("ok", _("Opinions do not differ beyond the tolerance on any item.")))
        self.add(self.tabs)
        self.body.addWidget(self._pages, 1)
        self.count = Label("", "small", 600)
        self.count.setObjectName("settled-count")
        self.bar = ProgressBar()
        self.quorum = Label("", "small", 400, "text2")
        self.quorum.setObjectName("quorum")
        self.agreed = Button("", "settle-agreed", "", "check")
        self.agreed.clicked.connect(self.agreed_asked)
        foot = Box("foot", margins=(14, 6, 12, 6), gap=6)
        line = row(self.count, gap=8)
        line.add(self.bar, stretch=1)
        line.add(self.quorum)
        foot.add(line, self.agreed)
        self.add(foot)

    def _tolerance(self) -> str:
        settings = self._criteria.settings
        tolerance = score_text(settings.tolerance, self._criteria)
        if settings.tolerance_in == "percent":
            return _("Fixed rule: difference ≥ {tolerance} %").format(tolerance=tolerance)
        if settings.level_difference:
            return _("Fixed rule: ≥ {tolerance} or another level").format(tolerance=tolerance)
        return _("Fixed rule: difference ≥ {tolerance}").format(tolerance=tolerance)

    def _choose_tab(self, number: int) -> None:
        self.view.set_mode(Mode(number))
        self._pages.setCurrentIndex(0 if self.view.filter.rowCount() else 1)

    def show_matrix(self, matrix: Matrix) -> None:
        """Show counts; the rows come from the model."""
        over = [one for one in matrix.rows if one.over]
        settled_over = sum(one.is_settled for one in over)
        self.tabs.set_text(0, _("Agenda {count}").format(count=len(over)))
        self.tabs.set_text(1, _("All {count}").format(count=len(matrix.rows)))
        self.count.setText(
            _("Settled {some}/{agenda} on the agenda, {settled}/{all} in all").format(
                some=settled_over, agenda=len(over), settled=matrix.settled, all=matrix.to_settle
            )
        )
        self.bar.set_progress(matrix.settled, matrix.to_settle)
        have, need = matrix.quorum
        enough = have >= need
        words = _("Quorum met {have}/{seats}") if enough else _("Quorum short {have}, needs {need}")
        self.quorum.setText(words.format(have=have, need=need, seats=len(matrix.seats)))
        self.quorum.set_ink("text2" if enough else "warn")
        agreed = sum(not one.is_settled and not one.over for one in matrix.rows)
        self.agreed.set_text(_("Confirm all {count} agreed items").format(count=agreed))
        self.agreed.setVisible(agreed > 0)
        self._pages.setCurrentIndex(0 if self.view.filter.rowCount() else 1)


class TablePage(Box):
    """Matrix and detail: beside each other on a wide window, one at a time on a narrow one."""

    def __init__(self, criteria: FrozenCriteria, matrix: Matrix, chair: str) -> None:
        """Build the table for the seats of `matrix`."""
        super().__init__("page", gap=0)
        self.model = MatrixModel(criteria, chair)
        self.pane = MatrixPane(criteria, self.model)
        self.detail = DetailPane(criteria, matrix.seats, chair)
        self.switch = Segments("side", (_("Matrix"), _("Item")), "band", current=0)
        self.switch.chosen.connect(self._show_side)
        self._row = Box(across=True, gap=1)
        self._row.add(self.pane)
        self._row.add(self.detail, stretch=1)
        self.add(self.switch)
        self.add(self._row, stretch=1)
        self._wide = True
        self._extra = max(0, len(matrix.seats) - 4) * 40
        self.pane.view.item_opened.connect(lambda _item: self.switch.choose(1))
        self.show_matrix(matrix)
        self.reflow(WIDE)

    @property
    def view(self) -> MatrixView:
        """Return the matrix."""
        return self.pane.view

    def show_matrix(self, matrix: Matrix) -> None:
        """Show another state."""
        self.model.show(matrix)
        self.pane.show_matrix(matrix)

    def reflow(self, em_width: int) -> None:
        """Put matrix and detail beside each other where there is room."""
        self._wide = em_width >= WIDE
        self.switch.setVisible(not self._wide)
        self.detail.reflow(em_width)
        if self._wide:
            self.pane.setFixedWidth(theme.px(min(MATRIX_WIDTH + self._extra, em_width // 2)))
        else:
            self.pane.setMinimumWidth(0)
            self.pane.setMaximumWidth(16777215)
        self._show_side(self.switch.current())

    def _show_side(self, side: int) -> None:
        self.pane.setVisible(self._wide or side == 0)
        self.detail.setVisible(self._wide or side == 1)
