# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The look of plain tables, and of buttons of the bar on a narrow window."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui import theme
from ui.widgets.buttons import Button
from ui.widgets.labels import draw_text


def ring() -> str:
    """Return the rule that draws a table's focus ring; its width never changes, or Qt would not lay out anew."""
    surface, focus = theme.colour("surface").name(), theme.colour("focus").name()
    return f"QTableView {{ border: 2px solid {surface}; }} QTableView:focus {{ border: 2px solid {focus}; }}"


def bare_table(view: QTableView, row_height: int) -> None:
    """Take from a table what a list to read does not need: frame, grid, row numbers, single cells."""
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setStyleSheet(ring())
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(theme.px(row_height))


def dress_table(view: QTableView, row_height: int, stretched: int, *, tight: bool = False) -> None:
    """Give a table rows of `row_height` with lines below; the column `stretched` takes the room that is left.

    `tight` leaves less room at the sides, for tables of many numbers.
    """
    bare_table(view, row_height)
    view.setWordWrap(False)
    line, soft, text = (theme.colour(token).name() for token in ("line", "soft", "text"))
    left, right = (theme.px(4), theme.px(4)) if tight else (theme.px(12), theme.px(8))
    view.setStyleSheet(
        ring() + f"QTableView::item {{ padding: 0 {right}px 0 {left}px; border: 0; border-bottom: 1px solid {line}; }}"
        f"QTableView::item:selected {{ background: {soft}; color: {text}; }}"
    )
    header = view.horizontalHeader()
    header.setStyleSheet(
        f"QHeaderView::section {{ font-size: {theme.px(14)}px; padding: 2px {right}px 2px {left}px; }}"
    )
    header.setSectionsClickable(False)
    header.setHighlightSections(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)


class NameDelegate(QStyledItemDelegate):
    """Writes a name on two lines where one is too short."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the cell without its words, then the words."""
        self._bare = True
        super().paint(painter, option, index)
        self._bare = False
        painter.save()
        painter.setPen(theme.colour("text"))
        room = QRectF(option.rect).adjusted(theme.px(6), 0, -theme.px(6), 0)
        draw_text(painter, room, index.data(), index.data(Qt.ItemDataRole.FontRole), 2, middle=True)
        painter.restore()

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Leave the words out while the rest of the cell is drawn."""
        super().initStyleOption(option, index)
        if self._bare:
            option.text = ""

    _bare = False


def shorten(button: Button, words: str, *, narrow: bool) -> None:
    """Show a bar button's icon alone on a narrow window; its words stay its accessible name and tool tip."""
    button.setText("" if narrow else words)
    button.setAccessibleName(words)
    button.setToolTip(words if narrow else "")
