# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The round's results as a table model: rank, agency, total, level, categories, and why one has no rank."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.domain.results import AgencyResult, Results
from pmqa_desktop.services.registry.outcome import STATE_WORDS
from pmqa_desktop.text import _, pick
from ui import theme
from ui.models.numbers import level_title, total_text

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Column(IntEnum):
    """The columns before the categories."""

    RANK = 0
    AGENCY = 1
    TOTAL = 2
    LEVEL = 3
    STATE = 4


class ResultsModel(QAbstractTableModel):
    """Agencies in the order of rank, those without a rank last."""

    def __init__(self, criteria: FrozenCriteria) -> None:
        """Start empty."""
        super().__init__()
        self._criteria = criteria
        self._rows: tuple[AgencyResult, ...] = ()

    def show(self, results: Results) -> None:
        """Show results."""
        self.beginResetModel()
        self._rows = results.ranking
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of agencies."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return rank, agency, total, level, state and the categories."""
        return 0 if parent.isValid() else len(Column) + len(self._criteria.edition.categories)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the columns' words."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._align(section)
        if section >= len(Column):
            category = self._criteria.edition.categories[section - len(Column)]
            if role == Qt.ItemDataRole.DisplayRole:
                return _("C{code}").format(code=category.code)
            return pick(category.title_th, category.title_en) if role == Qt.ItemDataRole.ToolTipRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return (_("Rank"), _("Agency"), _("Total"), _("Level"), _("State"))[section]
        return None

    def _align(self, column: int) -> Any:
        if column in (Column.AGENCY, Column.LEVEL, Column.STATE):
            return Qt.AlignmentFlag.AlignLeft | _MIDDLE
        return (Qt.AlignmentFlag.AlignHCenter if column == Column.RANK else Qt.AlignmentFlag.AlignRight) | _MIDDLE

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return words, weight, ink, and the sentence for assistive software."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row, column = self._rows[index.row()], index.column()
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            head = self.headerData(column, Qt.Orientation.Horizontal)
            return f"{self._text(row, Column.AGENCY)}, {head}: {self._text(row, column)}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._align(column)
        if role == Qt.ItemDataRole.FontRole:
            return theme.font("small", 700 if column in (Column.RANK, Column.TOTAL) else 400)
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.colour(self._ink(row, column))
        return None

    @staticmethod
    def _ink(row: AgencyResult, column: int) -> str:
        if column == Column.STATE and row.state != "complete":
            return "warn"
        return "text" if column <= Column.LEVEL else "text2"

    def _text(self, row: AgencyResult, column: int) -> str:
        if column == Column.RANK:
            return str(row.rank) if row.rank is not None else "–"
        if column == Column.AGENCY:
            return pick(row.name_th, row.name_en)
        if column == Column.TOTAL:
            return row.display or "–"
        if column == Column.LEVEL:
            return level_title(row.level, self._criteria) if row.total is not None else "–"
        if column == Column.STATE:
            words = _(STATE_WORDS[row.state])
            if row.missing_items:
                words += f" ({len(row.missing_items)})"
            return words + (" · " + _("{count} dissents").format(count=row.dissents) if row.dissents else "")
        code = self._criteria.edition.categories[column - len(Column)].code
        return total_text(dict(row.categories).get(code), self._criteria)
