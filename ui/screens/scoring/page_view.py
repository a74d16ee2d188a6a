# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The open page with everything drawn upon it: linked passages, what was found, and the words being marked."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from pmqa_desktop.domain.answers import Evidence
from pmqa_desktop.domain.passages import Span, parted_note
from pmqa_desktop.text import _
from ui import theme
from ui.screens.scoring.painter import within_limit
from ui.screens.scoring.reader import Reader
from ui.widgets.labels import draw_text

Links = Callable[[int], Iterable[Evidence]]
"""Tells the links of the present item that go to a page of the open paper."""

_LARGEST_SIDE = 4_000_000
"""The most pixels a page is high on the screen: Qt counts widgets up to 16 million."""
_DRAG = 4
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class PageView(QScrollArea):
    """The open page, fitted to the width; scrolls when it is zoomed.

    PgUp and PgDn turn pages, Home and End go to the ends of the paper, plus and minus change the size. A stretch is
    marked by dragging, or with Shift and the arrows; Esc takes the mark away.
    """

    def __init__(self, reader: Reader, linked: Links) -> None:
        """Show what `reader` has open; `linked(page)` gives the links of the present item to that page."""
        super().__init__()
        self.setObjectName("page-view")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme.px(40))
        self._reader = reader
        self.sheet = PageSheet(reader, linked)
        self.setWidget(self.sheet)
        self.setWidgetResizable(False)
        reader.page_changed.connect(self._show_page)
        reader.recalled.connect(self._bring)
        reader.mark_changed.connect(self.sheet.update)
        reader.found_changed.connect(self.sheet.update)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(60)
        self._later.timeout.connect(self._fit)

    def _show_page(self, page: int) -> None:
        self.setAccessibleName(_("Page {n} of {of} of the report").format(n=page, of=self._reader.pages))
        self._fit()
        found, areas = self._reader.found
        if found == page and areas:
            self._bring(areas[0])
        else:
            self.verticalScrollBar().setValue(0)

    def _bring(self, area: QRectF) -> None:
        """Scroll to a place of the page, in points."""
        place = self.sheet.place(area)
        self.verticalScrollBar().setValue(max(0, int(place.y()) - theme.px(60)))
        if not self.sheet.visibleRegion().boundingRect().contains(place.center().toPoint()):
            self.horizontalScrollBar().setValue(max(0, int(place.x()) - theme.px(40)))

    def _fit(self) -> None:
        self.sheet.fit(self.viewport().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page to the new width, once resizing rests."""
        super().resizeEvent(event)
        self._later.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages, change the size, move the end of the mark."""
        key, reader = Qt.Key(event.key()), self._reader
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if shift and key in (*_STEPS, Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._extend(key, words=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key == Qt.Key.Key_Escape and reader.mark is not None:
            reader.mark_span(None)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            reader.turn(reader.page + (1 if key == Qt.Key.Key_PageDown else -1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            reader.turn(1 if key == Qt.Key.Key_Home else reader.pages)
        elif event.text() in ("+", "-") and event.text():
            reader.step_zoom(1 if event.text() == "+" else -1)
        else:
            super().keyPressEvent(event)

    def _extend(self, key: Qt.Key, *, words: bool) -> None:
        """Move the end of the mark; without one it begins at the first word on the page."""
        reader = self._reader
        text = reader.text(reader.page).text
        span = reader.mark.span if reader.mark is not None else Span(len(text) - len(text.lstrip()), 0)
        end = span.first + span.count
        if key in _STEPS:
            end = _next_place(text, end, _STEPS[key], words=words)
        else:
            end = _next_line(text, end, down=key == Qt.Key.Key_Down)
        reader.mark_span(Span(span.first, max(1, end - span.first)))
        if reader.mark is not None and reader.mark.areas:
            self.ensureVisible(*_corner(self.sheet.place(reader.mark.areas[-1])))


def _corner(area: QRectF) -> tuple[int, int]:
    return int(area.right()), int(area.bottom())


def _next_place(text: str, end: int, step: int, *, words: bool) -> int:
    """Return the place one visible character, or one blank-parted word, further on."""
    end += step
    while 0 < end < len(text) and (_inside(text, end) or (words and not text[end].isspace())):
        end += step
    return max(0, min(len(text), end))


def _inside(text: str, place: int) -> bool:
    """Tell whether a place lies before a mark that belongs to the letter before it, or inside a line end."""
    return text[place] in "\n\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a" or "\u0e47" <= text[place] <= "\u0e4e"


def _next_line(text: str, end: int, *, down: bool) -> int:
    if down:
        here = text.find("\n", end + 1)
        return here if here > 0 else len(text)
    return max(0, text.rfind("\n", 0, max(0, end - 1)))


class PageSheet(QWidget):
    """The page itself, with the marks of linked passages and of what was found; words are marked by dragging."""

    def __init__(self, reader: Reader, linked: Links) -> None:
        """Draw what `reader` has open."""
        super().__init__()
        self._reader = reader
        self._linked = linked
        self._image = QImage()
        self._shown = 0
        self._view_width = 0
        self._wanted: tuple[int, QSize] = (0, QSize())
        self._slow = False
        self._pressed: QPointF | None = None
        self.coarse = False
        self.setCursor(Qt.CursorShape.IBeamCursor)
        reader.painter.painted.connect(self._take)
        reader.painter.slow.connect(self._show_slow)
        reader.opened.connect(self._forget)

    def _forget(self) -> None:
        self._image, self._shown, self._wanted = QImage(), 0, (0, QSize())

    def _size(self, width: int) -> QSizeF:
        points = self._reader.size(self._reader.page)
        if points.isEmpty():
            return QSizeF()
        room = self._reader.width_in(max(60, width - theme.px(24)))
        height = min(_LARGEST_SIDE, room * points.height() / points.width())
        return QSizeF(height * points.width() / points.height(), height)

    def fit(self, width: int) -> None:
        """Ask for the page's picture for a view of `width` pixels."""
        self._view_width = width
        size = self._size(width)
        if not self._reader.pages or size.isEmpty():
            self.resize(width, theme.px(120))
            return
        self.resize(max(width, int(size.width()) + theme.px(24)), int(size.height()) + theme.px(20))
        ratio = self.devicePixelRatioF()
        whole = QSize(max(1, int(size.width() * ratio)), max(1, int(size.height() * ratio)))
        pixels = within_limit(whole)
        self.coarse = pixels != whole
        wanted = (self._reader.page, pixels)
        if wanted != self._wanted or self._shown != self._reader.page:
            self._wanted = wanted
            self._reader.painter.ask(self._reader.page - 1, pixels)
        self.update()

    def _take(self, page: int, size: QSize, image: QImage) -> None:
        if (page + 1, size) == self._wanted:
            self._image, self._shown = image, page + 1
            self.update()

    def _show_slow(self, slow: bool) -> None:
        self._slow = slow
        self.update()

    def _area(self) -> QRectF:
        size = self._size(self._view_width)
        left = max(theme.px(12), (self.width() - size.width()) / 2)
        return QRectF(QPointF(left, theme.px(10)), size)

    def _scale(self) -> float:
        return self._area().width() / max(1.0, self._reader.size(self._reader.page).width())

    def place(self, area: QRectF) -> QRectF:
        """Return where a rectangle of the page, in points, stands in this widget."""
        shown, scale = self._area(), self._scale()
        return QRectF(shown.x() + area.x() * scale, shown.y() + area.y() * scale, area.width() * scale,
                      area.height() * scale)  # fmt: skip

    def on_page(self, place: QPointF) -> QPointF:
        """Return which point of the page, in points, stands at a place of this widget."""
        shown, scale = self._area(), self._scale() or 1.0
        return QPointF((place.x() - shown.x()) / scale, (place.y() - shown.y()) / scale)

    # ---- marking by the mouse -------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a mark."""
        if event.button() is Qt.MouseButton.LeftButton and self._reader.pages:
            self._pressed = event.position()
            self._reader.mark_span(None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark from where the button went down to here."""
        if self._pressed is None or (event.position() - self._pressed).manhattanLength() < _DRAG:
            return
        begin, end = self.on_page(self._pressed), self.on_page(event.position())
        self._reader.mark_between(begin, end)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the mark."""
        self._pressed = None

    # ---- drawing --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page on white, then the marks."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colour("#5B6670"))
        if not self._reader.pages:
            return
        shown = self._area()
        painter.fillRect(shown, theme.colour("#FFFFFF"))
        if self._shown == self._reader.page and not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(shown, self._image)
        elif self._slow:
            painter.setPen(theme.colour("#15202B"))
            words = _("This page takes long to draw. You can go on.")
            draw_text(painter, shown.adjusted(12, 12, -12, -12), words, theme.font("small"), lines=3)
        self._draw_links(painter, shown)
        page, areas = self._reader.found
        if page == self._reader.page:
            self._wash(painter, areas, "#FFD65C", 110)
        mark = self._reader.mark
        if mark is not None and mark.page == self._reader.page:
            self._wash(painter, mark.areas, "#2F72B0", 90)
            painter.setPen(QPen(theme.colour("#14426F"), max(1, theme.px(2))))
            for area in mark.areas[-1:]:
                end = self.place(area)
                painter.drawLine(end.topRight(), end.bottomRight())

    def _draw_links(self, painter: QPainter, shown: QRectF) -> None:
        """Draw an amber wash and a bar for each linked passage; a bar along the page where it is linked whole."""
        for link in self._linked(self._reader.page):
            passage, _own = parted_note(link.note)
            areas = self._reader.passage_areas(self._reader.page, passage) if passage is not None else ()
            self._wash(painter, areas, "#FFB000", 80)
            bars = [self.place(area) for area in areas] or [shown]
            top, bottom = bars[0].top(), bars[-1].bottom()
            painter.fillRect(QRectF(shown.x(), top, theme.px(5), bottom - top), theme.colour("#B84A00"))

    def _wash(self, painter: QPainter, areas: Iterable[QRectF], colour: str, alpha: int) -> None:
        ink = theme.colour(colour)
        ink.setAlpha(alpha)
        for area in areas:
            painter.fillRect(self.place(area), ink)
