# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The agency's papers on the screen: one page at a time, drawn by Qt's own thread, found by our own search."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions, QPdfPageRenderer
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from pmqa_desktop.domain.documents import Paper
from pmqa_desktop.text import _
from ui import theme

MOST_PIXELS = 24_000_000
"""The largest picture of a page: a hostile page size must not fill the memory."""
ZOOMS: tuple[int, ...] = (100, 125, 150, 200, 300)


class Reader(QObject):
    """One open paper: page, zoom and the last search; outlives the widgets that show it."""

    page_changed = Signal(int)
    opened = Signal()
    failed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Start without a paper."""
        super().__init__(parent)
        self.document = QPdfDocument(self)
        self.renderer = QPdfPageRenderer(self)
        self.renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self.renderer.setDocument(self.document)
        self.paper: Paper | None = None
        self.page = 1
        self.zoom = 100
        self.found: tuple[int, tuple[QRectF, ...]] = (0, ())
        self._buffer: QBuffer | None = None

    @property
    def pages(self) -> int:
        """Return how many pages the paper has; 0 without a paper."""
        return self.document.pageCount() if self.paper is not None else 0

    def open(self, paper: Paper, data: bytes, page: int = 1) -> None:
        """Show a page of `paper`, whose bytes were checked by the service."""
        self.close()
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        if self.document.status() != QPdfDocument.Status.Ready:
            self.failed.emit()
            return
        self.paper = paper
        self.page = min(max(1, page), max(1, self.document.pageCount()))
        self.found = (0, ())
        self.opened.emit()
        self.page_changed.emit(self.page)

    def close(self) -> None:
        """Put the paper away."""
        self.paper = None
        self.document.close()
        if self._buffer is not None:
            self._buffer.close()
            self._buffer.deleteLater()
            self._buffer = None

    def turn(self, page: int) -> None:
        """Show another page; beyond the ends nothing happens."""
        if 1 <= page <= self.pages and page != self.page:
            self.page = page
            self.page_changed.emit(page)

    def step_zoom(self, step: int) -> None:
        """Draw larger (1) or smaller (-1); 100 % fits the width."""
        here = ZOOMS.index(self.zoom)
        self.zoom = ZOOMS[max(0, min(len(ZOOMS) - 1, here + step))]
        self.page_changed.emit(self.page)

    def find_next(self, phrase: str, done: Callable[[bool], None]) -> None:
        """Look for `phrase` from the place of the last find on, a page at a time so that the window stays alive."""
        flat = "".join(phrase.split("\n")).casefold().strip()
        if not flat or not self.pages:
            done(False)
            return
        self._look(flat, self.page, self.pages, self.found[0] == self.page, done)

    def _look(self, phrase: str, page: int, left: int, skip: bool, done: Callable[[bool], None]) -> None:
        rectangles = () if skip else find_on_page(self.document, page - 1, phrase)
        if rectangles:
            self.found = (page, rectangles)
            self.page = page
            self.page_changed.emit(page)
            done(True)
        elif left <= 0:
            done(False)
        else:
            following = page % self.pages + 1
            QTimer.singleShot(0, self, lambda: self._look(phrase, following, left - 1, False, done))


def find_on_page(document: QPdfDocument, page: int, phrase: str) -> tuple[QRectF, ...]:
    """Return where `phrase` (case-folded) stands on a page, in points; also when a line break lies inside it."""
    text = document.getAllText(page).text()
    where = [index for index, letter in enumerate(text) if letter not in "\r\n"]
    flat = "".join(text[index] for index in where).casefold()
    if len(flat) != len(where):
        return ()
    areas: list[QRectF] = []
    at = flat.find(phrase)
    while at >= 0:
        first, last = where[at], where[at + len(phrase) - 1]
        chosen = document.getSelectionAtIndex(page, first, last - first + 1)
        areas += [polygon.boundingRect() for polygon in chosen.bounds()]
        at = flat.find(phrase, at + 1)
    return tuple(areas)


class PageView(QScrollArea):
    """The open page, fitted to the width; scrolls when it is zoomed. PgUp and PgDn turn pages."""

    def __init__(self, reader: Reader, is_linked: Callable[[int], bool]) -> None:
        """Show what `reader` has open; `is_linked(page)` tells the pages that support the present item."""
        super().__init__()
        self.setObjectName("page-view")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme.px(40))
        self._reader = reader
        self.sheet = _PageSheet(reader, is_linked)
        self.setWidget(self.sheet)
        self.setWidgetResizable(False)
        reader.page_changed.connect(self._show_page)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(60)
        self._later.timeout.connect(self._fit)

    def _show_page(self, page: int) -> None:
        self.setAccessibleName(_("Page {n} of {of} of the report").format(n=page, of=self._reader.pages))
        self._fit()
        found, areas = self._reader.found
        top = int(self.sheet.place(areas[0]).y()) - theme.px(60) if found == page and areas else 0
        self.verticalScrollBar().setValue(max(0, top))

    def _fit(self) -> None:
        self.sheet.fit(self.viewport().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page to the new width, once resizing rests."""
        super().resizeEvent(event)
        self._later.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages."""
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self._reader.turn(self._reader.page + step)
        else:
            super().keyPressEvent(event)


class _PageSheet(QWidget):
    """The page itself, with the marks of linked pages and of what was found."""

    def __init__(self, reader: Reader, is_linked: Callable[[int], bool]) -> None:
        super().__init__()
        self._reader = reader
        self._is_linked = is_linked
        self._image = QImage()
        self._view_width = 0
        self._wanted: tuple[int, QSize] = (0, QSize())
        reader.renderer.pageRendered.connect(self._take)

    def _size(self, width: int) -> QSizeF:
        points = self._reader.document.pagePointSize(self._reader.page - 1)
        if points.width() <= 0 or points.height() <= 0:
            return QSizeF()
        room = max(60, width - theme.px(24)) * self._reader.zoom / 100
        return QSizeF(room, room * points.height() / points.width())

    def fit(self, width: int) -> None:
        """Ask for the page's picture for a view of `width` pixels."""
        self._view_width = width
        size = self._size(width)
        if not self._reader.pages or size.isEmpty():
            self.resize(width, theme.px(120))
            return
        self.resize(max(width, int(size.width()) + theme.px(24)), int(size.height()) + theme.px(20))
        ratio = self.devicePixelRatioF()
        pixels = QSize(int(size.width() * ratio), int(size.height() * ratio))
        if pixels.width() * pixels.height() > MOST_PIXELS:
            share = (MOST_PIXELS / (pixels.width() * pixels.height())) ** 0.5
            pixels = QSize(int(pixels.width() * share), int(pixels.height() * share))
        wanted = (self._reader.page, pixels)
        if wanted != self._wanted:
            self._wanted = wanted
            self._reader.renderer.requestPage(self._reader.page - 1, pixels, QPdfDocumentRenderOptions())
        self.update()

    def _take(self, page: int, size: QSize, image: QImage) -> None:
        if (page + 1, size) == self._wanted:
            self._image = image
            self.update()

    def _area(self) -> QRectF:
        size = self._size(self._view_width)
        left = max(theme.px(12), (self.width() - size.width()) / 2)
        return QRectF(QPointF(left, theme.px(10)), size)

    def place(self, area: QRectF) -> QRectF:
        """Return where a rectangle of the page, in points, stands in this widget."""
        shown = self._area()
        points = self._reader.document.pagePointSize(self._reader.page - 1)
        scale = shown.width() / max(1.0, points.width())
        return QRectF(shown.x() + area.x() * scale, shown.y() + area.y() * scale, area.width() * scale,
                      area.height() * scale)  # fmt: skip

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page on white, then the marks."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("#5B6670"))
        if not self._reader.pages:
            return
        shown = self._area()
        painter.fillRect(shown, theme.colour("#FFFFFF"))
        if not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(shown, self._image)
        if self._is_linked(self._reader.page):
            painter.fillRect(QRectF(shown.x(), shown.y(), theme.px(5), shown.height()), theme.colour("#B84A00"))
        page, areas = self._reader.found
        if page == self._reader.page:
            wash = theme.colour("#FFD65C")
            wash.setAlpha(110)
            for area in areas:
                painter.fillRect(self.place(area), wash)
