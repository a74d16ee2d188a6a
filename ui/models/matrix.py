# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The chair's matrix as a table model: items by seats, the difference, and what the panel settled."""

from enum import IntEnum
from fractions import Fraction
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt

from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.services.panel import Matrix, MatrixRow
from pmqa_desktop.text import _, pick
from ui.models.numbers import one_decimal, score_text, seat_label, seat_title

Index = QModelIndex | QPersistentModelIndex
Extreme = Literal["", "high", "low"]
ROW_ROLE = Qt.ItemDataRole.UserRole
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
EXTREME_ROLE = Qt.ItemDataRole.UserRole + 2


class Mode(IntEnum):
    """Which rows the matrix shows and in which order: the tabs above it."""

    AGENDA = 0
    ALL = 1
    BY_CATEGORY = 2


def minority_extremes(scores: tuple[Fraction | None, ...]) -> tuple[Extreme, ...]:
    """Tell for every seat whether it stands at an end that fewer than half of the panel chose."""
    nobody: Extreme = ""
    given = [score for score in scores if score is not None]
    if not given or max(given) == min(given):
        return tuple(nobody for _score in scores)
    top, bottom = max(given), min(given)

    def mark(score: Fraction | None) -> Extreme:
        if score is None or score not in (top, bottom) or given.count(score) * 2 >= len(given):
            return ""
        return "high" if score == top else "low"

    return tuple(mark(score) for score in scores)


class MatrixModel(QAbstractTableModel):
    """Rows of a `Matrix`, in its order; columns are item, one per seat, difference, consensus."""

    def __init__(self, criteria: FrozenCriteria, chair: str) -> None:
        """Start empty; `chair` is the person whose column is called the chair's."""
        super().__init__()
        self._criteria = criteria
        self._chair = chair
        self._matrix = Matrix((), (), 0, 0, (0, 0))

    def show(self, matrix: Matrix) -> None:
        """Show another state of the same table; the selection stays where the seats are the same."""
        same = [row.item for row in matrix.rows] == [row.item for row in self._matrix.rows]
        if same and matrix.seats == self._matrix.seats and matrix.rows:
            self._matrix = matrix
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self._matrix = matrix
        self.endResetModel()

    @property
    def matrix(self) -> Matrix:
        """Return what is shown."""
        return self._matrix

    @property
    def spread_column(self) -> int:
        """Return the number of the column of the difference; the consensus follows it."""
        return len(self._matrix.seats) + 1

    def row_of(self, item: str) -> int:
        """Return the row of an item, -1 where there is none."""
        return next((n for n, row in enumerate(self._matrix.rows) if row.item == item), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of items."""
        return 0 if parent.isValid() else len(self._matrix.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return item, seats, difference and consensus."""
        return 0 if parent.isValid() else len(self._matrix.seats) + 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the columns' words: seats by their short names, in full as tool tip."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        seats = self._matrix.seats
        if role == Qt.ItemDataRole.DisplayRole:
            words = [_("Item"), *(seat_label(s, self._chair) for s in seats), _("Difference"), _("Consensus")]
            return words[section]
        if role == Qt.ItemDataRole.ToolTipRole and 0 < section <= len(seats):
            return seat_title(seats[section - 1])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the cell's words, its sentence for assistive software, or the row itself."""
        if not index.isValid() or not 0 <= index.row() < len(self._matrix.rows):
            return None
        row, column = self._matrix.rows[index.row()], index.column()
        if role in (ROW_ROLE, SORT_ROLE):
            return row if role == ROW_ROLE else index.row()
        if role == EXTREME_ROLE:
            return self._extreme(row, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.title(row.item) if column == 0 else row.reason if column > self.spread_column else None
        if role == Qt.ItemDataRole.TextAlignmentRole and column:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def title(self, item: str) -> str:
        """Return an item's code and title."""
        found = self._criteria.edition.item(item)
        return f"{item} {pick(found.title_th, found.title_en)}"

    def _extreme(self, row: MatrixRow, column: int) -> Extreme:
        if not row.over or not 0 < column <= len(row.scores):
            return ""
        return minority_extremes(row.scores)[column - 1]

    def _text(self, row: MatrixRow, column: int) -> str:
        if column == 0:
            return self.title(row.item)
        if column < self.spread_column:
            return one_decimal(row.scores[column - 1], self._criteria) or "–"
        if column == self.spread_column:
            return one_decimal(row.spread, self._criteria) or "–"
        if row.is_settled:
            return one_decimal(row.settled, self._criteria) or _("not applicable")
        return _("to settle") if row.over else _("confirm")

    def _sentence(self, row: MatrixRow, column: int) -> str:
        if column == 0:
            return self.title(row.item)
        if column < self.spread_column:
            who = seat_title(self._matrix.seats[column - 1])
            score = score_text(row.scores[column - 1], self._criteria)
            ends = {"high": _("the highest"), "low": _("the lowest"), "": ""}[self._extreme(row, column)]
            said = (
                _("{who}: {score} points").format(who=who, score=score)
                if score
                else _("{who}: no score").format(who=who)
            )
            return f"{said}, {ends}" if ends else said
        if column == self.spread_column:
            said = _("Difference {score}").format(score=score_text(row.spread, self._criteria) or "–")
            return said + ", " + _("beyond the tolerance") if row.over else said
        if row.is_settled:
            return _("Settled at {score}").format(score=self._text(row, column))
        return self._text(row, column)


class MatrixFilter(QSortFilterProxyModel):
    """The matrix by agenda, whole, or in the order of the criteria."""

    def __init__(self, model: MatrixModel, criteria: FrozenCriteria) -> None:
        """Filter `model`."""
        super().__init__()
        self._mode = Mode.AGENDA
        self._order = {item.code: place for place, item in enumerate(criteria.edition.items)}
        self.setSourceModel(model)
        self.setDynamicSortFilter(True)
        self.sort(0)

    def set_mode(self, mode: Mode) -> None:
        """Show other rows."""
        self._mode = mode
        self.beginFilterChange()
        self.endFilterChange()
        self.sort(0 if self.sortColumn() else -1)
        self.sort(0)

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Let the agenda hold what calls for talk."""
        if self._mode is not Mode.AGENDA:
            return True
        row = self.sourceModel().index(source_row, 0).data(ROW_ROLE)
        return row is not None and row.over

    def lessThan(self, left: Index, right: Index) -> bool:
        """Order as the service does, or as the criteria do."""
        if self._mode is Mode.BY_CATEGORY:
            return self._order[left.data(ROW_ROLE).item] < self._order[right.data(ROW_ROLE).item]
        return bool(left.data(SORT_ROLE) < right.data(SORT_ROLE))
