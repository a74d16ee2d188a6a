# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The consensus by item beside the reader's own scores, as a table model."""

from fractions import Fraction
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.services.panel.endorsing import SignedConsensus
from pmqa_desktop.text import _, pick
from ui import theme
from ui.models.numbers import score_text, signed_text

Index = QModelIndex | QPersistentModelIndex
COLUMNS = 4
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class EndorsingModel(QAbstractTableModel):
    """Rows in the order of the criteria; columns are item, consensus, own, difference."""

    def __init__(self, criteria: FrozenCriteria) -> None:
        """Start empty."""
        super().__init__()
        self._criteria = criteria
        self._seen: SignedConsensus | None = None
        self._items: tuple[str, ...] = ()
        self._dissents: frozenset[str] = frozenset()

    def show(self, seen: SignedConsensus) -> None:
        """Show a consensus."""
        self.beginResetModel()
        self._seen = seen
        self._items = tuple(item.code for item in self._criteria.edition.items)
        self.endResetModel()

    def set_dissents(self, items: frozenset[str]) -> None:
        """Mark the items on which the reader dissents."""
        self._dissents = items
        if self._items:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, COLUMNS - 1))

    def item_at(self, row: int) -> str:
        """Return the code of the item in a row, or nothing."""
        return self._items[row] if 0 <= row < len(self._items) else ""

    def row_of(self, item: str) -> int:
        """Return the row of an item."""
        return self._items.index(item)

    def reason(self, item: str) -> str:
        """Return the panel's reason on an item."""
        if self._seen is None:
            return ""
        return next((one.reason for one in self._seen.body.items if one.item == item), "")

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of items."""
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return item, consensus, own and difference."""
        return 0 if parent.isValid() else COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the columns' words."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < COLUMNS:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (_("Item"), _("Consensus"), _("Own"), _("Difference"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return words, weight, alignment and the sentence for assistive software."""
        if not index.isValid() or self._seen is None or not 0 <= index.row() < len(self._items):
            return None
        item, column = self._items[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(item, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            marked = ", " + _("you dissent") if item in self._dissents else ""
            return f"{self.headerData(column, Qt.Orientation.Horizontal)}: {self._text(item, column)}{marked}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._text(item, 0) if column == 0 else self.reason(item)
        if role == Qt.ItemDataRole.FontRole:
            gap = self._gap(item)
            return theme.font("small", 700 if gap else 400)
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.colour("text" if column < 2 or self._gap(item) else "text2")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _scores(self, item: str) -> tuple[Fraction | None, Fraction | None]:
        if self._seen is None:
            return None, None
        return self._seen.score.items[item].exact, self._seen.own.items[item].exact

    def _gap(self, item: str) -> Fraction | None:
        ours, own = self._scores(item)
        return None if ours is None or own is None else ours - own

    def _text(self, item: str, column: int) -> str:
        if column == 0:
            found = self._criteria.edition.item(item)
            mark = "  · " + _("dissent") if item in self._dissents else ""
            return f"{item}  {pick(found.title_th, found.title_en)}{mark}"
        if column == 3:
            gap = self._gap(item)
            return "–" if gap is None else signed_text(gap, self._criteria) if gap else "0"
        return score_text(self._scores(item)[column - 1], self._criteria) or "–"
