# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Find words in all comments and private notes: of this agency or of all own ones, with the words around each hit."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStackedWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from shiboken6 import isValid

from pmqa_desktop.domain.answers import CommentKind
from pmqa_desktop.services.evaluation.finding import Hit
from pmqa_desktop.services.evaluation.sheets import KIND_WORDS
from pmqa_desktop.text import N_, _
from ui import theme
from ui.screens.scoring.drawer import SidePane
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Segments
from ui.widgets.inputs import Field
from ui.widgets.labels import Label, draw_text
from ui.widgets.marked import MarkedText, Piece
from ui.widgets.signs import EmptyState

PAUSE_MS = 250
"""Typing is followed by a search after a pause of this many milliseconds; Enter does not wait."""
MOST_SHOWN = 500
NOTE_WORDS = N_("Private note")
_HIT = Qt.ItemDataRole.UserRole
_EXCERPT_LINES = 2

Search = Callable[[str, bool, Callable[[tuple[Hit, ...]], None]], None]
"""What a search is asked of: the words, whether on all agencies, and who gets the hits."""


def kind_words(kind: CommentKind | str) -> str:
    """Return the name of a kind of comment, or of the private note."""
    return _(KIND_WORDS[kind]) if kind in KIND_WORDS else _(NOTE_WORDS)


class SearchField(Field):
    """One line to search by: the arrow down leads to the hits."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go down to the list with the arrow."""
        if Qt.Key(event.key()) is Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)


class HitDelegate(QStyledItemDelegate):
    """Draws a hit: item, kind and agency above, the words around it below."""

    def __init__(self, agencies: Mapping[str, str]) -> None:
        """Name agencies by `agencies`."""
        super().__init__()
        self._agencies = agencies

    def head(self, hit: Hit) -> str:
        """Return the line that says where a hit is."""
        return " · ".join((hit.item, kind_words(hit.kind), self._agencies.get(hit.agency, hit.agency)))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of one line and of the lines of the excerpt."""
        small, body = (QFontMetricsF(theme.font(size)).height() for size in ("micro", "small"))
        return QSize(theme.px(120), round(small + body * _EXCERPT_LINES) + theme.px(14))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row."""
        hit: Hit = index.data(_HIT)
        area = QRectF(option.rect)
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(area, theme.colour("soft" if on else "surface"))
        painter.fillRect(QRectF(area.x(), area.y(), 4, area.height()), theme.colour("primary" if on else "line"))
        painter.fillRect(QRectF(area.x(), area.bottom() - 1, area.width(), 1), theme.colour("line"))
        inner = area.adjusted(theme.px(12), theme.px(5), -theme.px(8), -theme.px(6))
        painter.setPen(theme.colour("text2"))
        used = draw_text(painter, inner, self.head(hit), theme.font("micro", 600))
        painter.setPen(theme.colour("text"))
        pieces = (Piece(hit.before), Piece(hit.found, "found"), Piece(hit.after))
        text = MarkedText(pieces, theme.font("small"), inner.width(), _EXCERPT_LINES)
        text.draw(painter, QPointF(inner.x(), inner.y() + used), area)
        painter.restore()


class FindPane(SidePane):
    """Search field, scope and hits; `hit_chosen` carries a hit and the words that were searched for."""

    icon = "search"
    hit_chosen = Signal(object, str)

    def __init__(
        self, search: Search, agencies: Mapping[str, str], *, words: str = "", everywhere: bool = False
    ) -> None:
        """Search by `search` among `agencies` (names by id)."""
        super().__init__("find-pane")
        self._search = search
        self._jump = False
        self._asked: tuple[str, bool] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self.field = SearchField("find-words", _("Find in comments and notes"), words,
                                 _("Find in comments and notes"), limit=200)  # fmt: skip
        self.field.textChanged.connect(self._pause.start)
        self.field.returnPressed.connect(self._go)
        self.field.down.connect(self._to_list)
        self.scope = Segments("find-scope", (_("This agency"), _("All my agencies")), "plain", int(everywhere))
        self.scope.chosen.connect(lambda _index: self.refresh())
        self.count = Label("", "micro", 600, "text2")
        self.count.setObjectName("find-count")
        self._delegate = HitDelegate(agencies)
        self._model = QStandardItemModel(self)
        self.list = _HitView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._delegate)
        self.list.chosen.connect(self._choose)
        self._stack = QStackedWidget()
        self._notice = Box(gap=0)
        self._stack.addWidget(self._notice)
        self._stack.addWidget(self.list)
        self.add(self.field, self.scope, row(self.count, None))
        self.scope.setVisible(len(agencies) > 1)
        self.add(self._stack, stretch=1)
        self._show(())
        if words:
            self.refresh()

    def title(self) -> str:
        """Return the words on top."""
        return _("Find in comments and notes")

    @property
    def everywhere(self) -> bool:
        """Tell whether all own agencies are searched."""
        return self.scope.current() == 1

    def focus_first(self) -> None:
        """Put the cursor into the search field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def refresh(self) -> None:
        """Search again."""
        self._pause.stop()
        asked = self.field.text(), self.everywhere
        self._asked = asked
        if asked[0].strip():
            self._search(*asked, lambda hits: self._found(asked, hits))
        else:
            self._show(())

    def _go(self) -> None:
        self._jump = True
        self.refresh()

    def _found(self, asked: tuple[str, bool], hits: tuple[Hit, ...]) -> None:
        # the pane may be gone, or another text asked for, before the hits come
        if isValid(self) and asked == self._asked:
            self._show(hits)
            if self._jump and hits:
                self._jump = False
                self._to_list()
                self._choose(self.list.currentIndex())
            self._jump = False

    def _show(self, hits: tuple[Hit, ...]) -> None:
        kept = self.list.currentIndex().row()
        self._model.clear()
        for hit in hits[:MOST_SHOWN]:
            entry = QStandardItem(hit.excerpt)
            entry.setEditable(False)
            entry.setData(hit, _HIT)
            entry.setData(f"{self._delegate.head(hit)}: {hit.excerpt}", Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(entry)
        more = _("{n} places; the first {shown} are shown") if len(hits) > MOST_SHOWN else _("{n} places")
        self.count.setText(more.format(n=len(hits), shown=MOST_SHOWN) if hits else "")
        if hits:
            self.list.setCurrentIndex(self._model.index(max(0, min(kept, len(hits) - 1, MOST_SHOWN - 1)), 0))
            self._stack.setCurrentWidget(self.list)
            return
        self._notice.clear()
        words = self.field.text().strip()
        sentence = _("“{words}” stands in no comment and no note.").format(words=words) if words else _(
            "Write a few letters. Small and capital letters, Thai digits and the order of the marks make no difference."
        )  # fmt: skip
        self._notice.add(EmptyState("search", sentence), stretch=1)
        self._stack.setCurrentWidget(self._notice)

    def _to_list(self) -> None:
        if self._model.rowCount():
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _choose(self, index: QModelIndex | QPersistentModelIndex) -> None:
        hit = index.data(_HIT)
        if hit is not None:
            self.hit_chosen.emit(hit, self.field.text())


class _HitView(QListView):
    """The list itself: Enter or a click chooses."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("find-hits")
        self.setAccessibleName(_("Places found; Enter goes there"))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._click)

    def _click(self, index: QModelIndex) -> None:
        self.chosen.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter."""
        if Qt.Key(event.key()) in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
