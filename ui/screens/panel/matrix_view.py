# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The matrix on screen: a real table, so that keyboard and assistive software read what the delegate paints."""

from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.services.panel import MatrixRow
from pmqa_desktop.text import _
from ui import icons, theme
from ui.models.matrix import EXTREME_ROLE, ROW_ROLE, Extreme, Index, MatrixFilter, MatrixModel, Mode
from ui.screens.tables import bare_table
from ui.widgets.labels import draw_text

_MIDDLE_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class MatrixDelegate(QStyledItemDelegate):
    """Paint rows of 48 pixels: code and title, scores, the difference as number and bar, the consensus."""

    def __init__(self, criteria: FrozenCriteria, model: MatrixModel) -> None:
        """Paint what `model` tells."""
        super().__init__()
        self._best = {item.code: item.max_score for item in criteria.edition.items}
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        row: MatrixRow = index.data(ROW_ROLE)
        area = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, theme.colour("soft" if chosen else "surface"))
        painter.fillRect(QRectF(area.x(), area.bottom() - 1, area.width(), 1), theme.colour("line"))
        column = index.column()
        if column == 0:
            self._draw_item(painter, area, row, index.data(), chosen)
        elif column < self._model.spread_column:
            self._draw_score(painter, area, index.data(), index.data(EXTREME_ROLE))
        elif column == self._model.spread_column:
            self._draw_spread(painter, area, row, index.data())
        else:
            self._draw_settled(painter, area, row, index.data())
        painter.restore()

    def _draw_item(self, painter: QPainter, area: QRectF, row: MatrixRow, title: str, chosen: bool) -> None:
        if chosen:
            painter.fillRect(QRectF(area.x(), area.y(), 4, area.height() - 1), theme.colour("primary"))
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font("body", 700))
        painter.drawText(area.adjusted(theme.px(12), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, row.item)
        words = title.removeprefix(row.item).strip()
        room = area.adjusted(theme.px(46), 0, -theme.px(6), 0)
        draw_text(painter, room, words, theme.font("micro", 600 if chosen else 400), 2, middle=True)

    def _draw_score(self, painter: QPainter, area: QRectF, text: str, extreme: Extreme) -> None:
        painter.setFont(theme.font("body", 700 if extreme else 400))
        painter.setPen(theme.colour("text" if extreme else "text2"))
        painter.drawText(area.adjusted(0, 0, -theme.px(10), 0), _MIDDLE_RIGHT, text)
        if extreme:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("text"))
            centre, size = QPointF(area.x() + theme.px(6), area.center().y()), theme.px(4)
            tip = size if extreme == "high" else -size
            corners = (QPointF(0, -tip), QPointF(-size, tip), QPointF(size, tip))
            painter.drawPolygon(QPolygonF([centre + corner for corner in corners]))

    def _draw_spread(self, painter: QPainter, area: QRectF, row: MatrixRow, text: str) -> None:
        ink = "warn" if row.over else "text2"
        inset = theme.px(10)
        bar = QRectF(area.x() + inset, area.bottom() - theme.px(13), area.width() - 2 * inset, theme.px(5))
        painter.fillRect(bar, theme.colour("line"))
        given = [score for score in row.scores if score is not None]
        if given and row.spread:
            best = self._best[row.item]
            piece = QRectF(
                bar.x() + bar.width() * float(min(given) / best),
                bar.y(),
                max(2.0, bar.width() * float(Fraction(row.spread) / best)),
                bar.height(),
            )
            painter.fillRect(piece, theme.colour("warn" if row.over else "edge"))
        painter.setFont(theme.font("body", 700 if row.over else 400))
        painter.setPen(theme.colour(ink))
        painter.drawText(area.adjusted(0, 0, -inset, -theme.px(12)), _MIDDLE_RIGHT, text)
        if row.over:
            painter.drawPixmap(QPointF(area.x() + inset, area.y() + theme.px(10)), icons.pixmap("warn", "warn", 16))

    def _draw_settled(self, painter: QPainter, area: QRectF, row: MatrixRow, text: str) -> None:
        if row.is_settled:
            place = QPointF(area.x() + theme.px(6), area.center().y() - theme.px(8))
            painter.drawPixmap(place, icons.pixmap("ok", "ok", 16))
            painter.setPen(theme.colour("text"))
            painter.setFont(theme.font("body", 600))
            painter.drawText(area.adjusted(theme.px(24), 0, -theme.px(8), 0), _MIDDLE_RIGHT, text)
            return
        painter.setPen(theme.colour("text2"))
        painter.setFont(theme.font("small", 600))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


class MatrixView(QTableView):
    """The matrix; `item_chosen` is emitted with an item's code when the cursor comes to its row."""

    item_chosen = Signal(str)
    item_opened = Signal(str)

    def __init__(self, criteria: FrozenCriteria, model: MatrixModel) -> None:
        """Show `model` through a filter of its own."""
        super().__init__()
        self.setObjectName("matrix")
        self.setAccessibleName(_("Scores of all seats by item"))
        self.source = model
        self.filter = MatrixFilter(model, criteria)
        self.setModel(self.filter)
        self._delegate = MatrixDelegate(criteria, model)
        self.setItemDelegate(self._delegate)
        self._dress()
        model.modelReset.connect(self._fit)
        self.selectionModel().currentRowChanged.connect(self._tell)
        self.activated.connect(lambda index: self.item_opened.emit(index.data(ROW_ROLE).item))
        self.doubleClicked.connect(lambda index: self.item_opened.emit(index.data(ROW_ROLE).item))

    def _dress(self) -> None:
        bare_table(self, 48)
        header = self.horizontalHeader()
        header.setFixedHeight(theme.px(36))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        # the window's style sheet sets the section's font, so a font set here would not be seen
        header.setStyleSheet(f"QHeaderView::section {{ font-size: {theme.px(14)}px; padding: 2px; }}")
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(theme.px(40))

    def _tell(self, current: Index) -> None:
        row = current.data(ROW_ROLE) if current.isValid() else None
        if row is not None:
            self.item_chosen.emit(row.item)

    def set_mode(self, mode: Mode) -> None:
        """Show the agenda, all, or by category; the chosen item stays chosen where it is still shown."""
        item = self.chosen()
        self.filter.set_mode(mode)
        if not item or not self.choose(item):
            self.choose_first()

    def chosen(self) -> str:
        """Return the code of the chosen item, or nothing."""
        row = self.currentIndex().data(ROW_ROLE) if self.currentIndex().isValid() else None
        return row.item if row is not None else ""

    def choose(self, item: str) -> bool:
        """Put the cursor on an item; tell whether it is shown."""
        index = self.filter.mapFromSource(self.source.index(self.source.row_of(item), 0))
        if not index.isValid():
            return False
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def choose_first(self) -> None:
        """Put the cursor on the first row."""
        if self.filter.rowCount():
            self.setCurrentIndex(self.filter.index(0, 0))

    def items(self) -> tuple[str, ...]:
        """Return the codes shown, from top to bottom."""
        return tuple(self.filter.index(row, 0).data(ROW_ROLE).item for row in range(self.filter.rowCount()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give seats, difference and consensus what their numbers need, and the title the rest."""
        columns = self.source.columnCount()
        seats = columns - 3
        room = self.viewport().width()
        seat = max(theme.px(50), min(theme.px(64), (room - theme.px(158 + 166)) // max(1, seats)))
        widths = [seat] * seats + [theme.px(84), theme.px(76)]
        for column, width in enumerate(widths, start=1):
            self.setColumnWidth(column, width)
        self.setColumnWidth(0, max(theme.px(110), room - sum(widths)))
