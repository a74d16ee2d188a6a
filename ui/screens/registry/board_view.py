# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The board on screen: counts, tabs, search, and a real table whose exceptions stand out in tinted boxes."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from pmqa_desktop.text import N_, _
from ui import icons, theme
from ui.models.board import LOOKS, ROW_ROLE, STATE_ROLE, BoardFilter, BoardModel, Index, Show, ShownState
from ui.screens.tables import bare_table
from ui.widgets.boxes import Box, Rule, Scroll, row
from ui.widgets.buttons import Segments
from ui.widgets.inputs import Field
from ui.widgets.labels import ElideLabel, IconLabel, Label, draw_text
from ui.widgets.signs import EmptyState

ROW_HEIGHT = 56


class BoardDelegate(QStyledItemDelegate):
    """Paint icon and word; only what needs somebody gets a box."""

    def __init__(self, model: BoardModel) -> None:
        """Paint what `model` tells."""
        super().__init__()
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        area = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, theme.colour("soft" if chosen else "surface"))
        painter.fillRect(QRectF(area.x(), area.bottom() - 1, area.width(), 1), theme.colour("line"))
        state: ShownState = index.data(STATE_ROLE)
        if index.column() == 0:
            self._draw_name(painter, area, index.data(), chosen)
        elif state:
            self._draw_state(painter, area, state, index.data())
        else:
            painter.setPen(theme.colour("text"))
            painter.setFont(theme.font("body", 700))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(area.adjusted(0, 0, -theme.px(12), 0), flags, index.data())
        painter.restore()

    def _draw_name(self, painter: QPainter, area: QRectF, name: str, chosen: bool) -> None:
        if chosen:
            painter.fillRect(QRectF(area.x(), area.y(), 4, area.height() - 1), theme.colour("primary"))
        painter.setPen(theme.colour("text"))
        room = area.adjusted(theme.px(12), 0, -theme.px(8), 0)
        draw_text(painter, room, name, theme.font("small", 600 if chosen else 400), 2, middle=True)

    def _draw_state(self, painter: QPainter, area: QRectF, state: ShownState, words: str) -> None:
        look = LOOKS[state]
        box = area.adjusted(theme.px(4), theme.px(6), -theme.px(4), -theme.px(6))
        if look.boxed:
            painter.setPen(QPen(theme.colour(look.ink), 1.5))
            painter.setBrush(theme.colour(f"{look.ink}_bg"))
            painter.drawRoundedRect(box, 5, 5)
        font = theme.font("small", 600 if look.boxed or state == "received" else 400)
        metrics = QFontMetricsF(font)
        icon_room = theme.px(22) if look.icon else 0
        room = box.width() - icon_room - theme.px(4)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(shown) + icon_room
        left = box.center().x() - width / 2
        if look.icon:
            place = QPointF(left, box.center().y() - theme.px(8))
            painter.drawPixmap(place, icons.pixmap(look.icon, look.ink, 16))
        ink = look.ink if look.boxed else "text" if state == "received" else "text2"
        painter.setPen(theme.colour(ink))
        painter.setFont(font)
        area_text = QRectF(left + icon_room, box.y(), width, box.height())
        painter.drawText(area_text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class BoardView(QTableView):
    """The board's table; `agency_chosen` is emitted with the id of the row under the cursor."""

    agency_chosen = Signal(str)

    def __init__(self, model: BoardModel) -> None:
        """Show `model` through a filter of its own."""
        super().__init__()
        self.setObjectName("board")
        self.setAccessibleName(_("Expected and received results by agency"))
        self.source = model
        self.filter = BoardFilter(model)
        self.setModel(self.filter)
        self._delegate = BoardDelegate(model)
        self.setItemDelegate(self._delegate)
        bare_table(self, ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setFixedHeight(theme.px(36))
        edge = theme.px(12)
        header.setStyleSheet(
            f"QHeaderView::section {{ font-size: {theme.px(14)}px; padding: 2px {theme.px(4)}px; }}"
            f"QHeaderView::section:first {{ padding-left: {edge}px; }}"
            f"QHeaderView::section:last {{ padding-right: {edge}px; }}"
        )
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(theme.px(40))
        model.modelReset.connect(self._fit)
        self.selectionModel().currentRowChanged.connect(self._tell)

    def _tell(self, current: Index) -> None:
        found = current.data(ROW_ROLE) if current.isValid() else None
        if found is not None:
            self.agency_chosen.emit(found.agency)

    def chosen(self) -> str:
        """Return the id of the chosen agency, or nothing."""
        found = self.currentIndex().data(ROW_ROLE) if self.currentIndex().isValid() else None
        return found.agency if found is not None else ""

    def choose(self, agency: str) -> bool:
        """Put the cursor on an agency; tell whether it is shown."""
        for number in range(self.filter.rowCount()):
            index = self.filter.index(number, 0)
            if index.data(ROW_ROLE).agency == agency:
                self.setCurrentIndex(index)
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        columns = self.source.columnCount()
        room = self.viewport().width()
        count = theme.px(80)
        name = min(theme.px(260), max(theme.px(140), room * 28 // 100))
        share = max(theme.px(60), (room - name - count) // max(1, columns - 2))
        self.setColumnWidth(0, max(name, room - count - share * (columns - 2)))
        for column in range(1, columns - 1):
            self.setColumnWidth(column, share)
        self.setColumnWidth(columns - 1, count)


class CountStrip(Box):
    """What is expected, and how it stands, as numbers with shape and word."""

    def __init__(self) -> None:
        """Start with zeros."""
        super().__init__("plain", margins=(16, 6, 16, 6), gap=0)
        self.setObjectName("counts")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(8))
        self.body.addLayout(self._grid)
        self._numbers: dict[str, Label] = {}
        self._words = {state: _(word) for state, _icon, word, _ink in TILES}
        self._tiles: dict[str, Box] = {}
        for column, (state, icon, word, ink) in enumerate(TILES):
            number = Label("0", "h1", 700, "text" if ink == "text2" else ink)
            number.setObjectName(f"count-{state}")
            head = row(gap=7)
            if icon:
                head.add(IconLabel(icon, ink, 20))
            head.add(number, None)
            head.setFixedHeight(theme.px(36))
            tile = Box(gap=0)
            word_label = ElideLabel(_(word), "small", 400, "text2")
            word_label.setFixedHeight(theme.px(24))
            tile.add(head, word_label)
            self._numbers[state], self._tiles[state] = number, tile
            self._grid.addWidget(tile, 0, column)
            self._grid.setColumnStretch(column, 1)

    def show_counts(self, counts: dict[ShownState, int]) -> None:
        """Show how many cells stand in each state; states that are rare disappear at zero."""
        shown: dict[str, int] = {str(state): number for state, number in counts.items()}
        shown["expected"] = sum(counts.values())
        for state, number in self._numbers.items():
            number.setText(str(shown[state]))
            self._tiles[state].setAccessibleName(f"{self._words[state]}: {shown[state]}")
        stale = bool(counts["stale"])
        self._tiles["stale"].setVisible(stale)
        self._grid.setColumnStretch([tile[0] for tile in TILES].index("stale"), int(stale))


TILES: tuple[tuple[str, str, str, str], ...] = (
    ("expected", "", N_("expected"), "text2"),
    ("received", "ok", N_("received"), "ok"),
    ("recused", "dash", N_("recused (complete)"), "text2"),
    ("awaited", "none", N_("awaited"), "text2"),
    ("late", "warn", N_("overdue"), "warn"),
    ("held", "held", N_("held"), "held"),
    ("conflict", "swap", N_("conflict"), "err"),
    ("stale", "history", N_("out of date"), "warn"),
    ("not-due", "", N_("not due yet"), "text2"),
)


class BoardPane(Box):
    """Tabs, search and table."""

    def __init__(self, model: BoardModel, empty: EmptyState) -> None:
        """Show `model`, or `empty` while nothing has come in."""
        super().__init__("plain", gap=0)
        self._model = model
        self.tabs = Segments("board-show", (_("All agencies"), _("Needs action"), _("Complete")), "", current=0)
        self.tabs.chosen.connect(self._choose_tab)
        self.search = Field("board-search", _("Search agencies"), "", _("Search agencies"), limit=100)
        self.search.setFixedWidth(theme.px(190))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find)
        self.tabs.append(self.search)
        self.view = BoardView(model)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(Scroll(empty, "board-empty-scroll"))
        self._none = EmptyState("search", _("No agency is like that."))
        self._pages.addWidget(self._none)
        self.add(self.tabs, Rule())
        self.body.addWidget(self._pages, 1)

    def refresh(self) -> None:
        """Show counts and the right page after the model changed."""
        rows = self._model.board.rows
        needs = sum(self._model.needs_action(one) for one in rows)
        done = sum(self._model.complete(one) for one in rows)
        for number, (words, count) in enumerate((
            (_("All agencies"), len(rows)), (_("Needs action"), needs), (_("Complete"), done),
        )):  # fmt: skip
            self.tabs.set_text(number, f"{words} {count}")
        self.view.filter.set_show(Show(self.tabs.current()))
        self._turn()

    def _choose_tab(self, number: int) -> None:
        self.view.filter.set_show(Show(number))
        self._turn()

    def _find(self, words: str) -> None:
        self.view.filter.set_words(words)
        self._turn()

    def _turn(self) -> None:
        if self._model.board.received == 0 and not self._model.board.conflicts and self._nothing_held():
            self._pages.setCurrentIndex(1)
        else:
            self._pages.setCurrentIndex(0 if self.view.filter.rowCount() else 2)

    def _nothing_held(self) -> bool:
        counts = self._model.counts()
        return not counts["held"] and not counts["conflict"]
