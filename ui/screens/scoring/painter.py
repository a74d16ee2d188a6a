# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Draws pages in a thread of its own, one at a time, so that a page that takes long never holds up the window.

The PDF library lets one call in at a time. So whoever asks a document anything from the window's thread first asks
`free`: while a page is still being drawn, the question waits (docs/decisions, "papers are drawn in a thread").
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from shiboken6 import isValid

MOST_PIXELS = 16_000_000
"""The largest picture of a page: a hostile page size must not fill the memory (4 bytes a pixel)."""
SLOW_MS = 1500
"""A page that takes longer is told about."""
_SHORT = 0.6
"""So many seconds a question from the window may wait for the page being drawn; a usual page takes a tenth of that."""


def within_limit(wanted: QSize) -> QSize:
    """Return the size to draw a page in: the one wanted, or the largest of its shape within `MOST_PIXELS`."""
    width, height = max(1, wanted.width()), max(1, wanted.height())
    if width * height <= MOST_PIXELS:
        return QSize(width, height)
    share = (MOST_PIXELS / (width * height)) ** 0.5
    narrow = max(1, int(width * share))
    return QSize(min(narrow, MOST_PIXELS), max(1, min(int(height * share), MOST_PIXELS // narrow)))


class PagePainter(QObject):
    """Draws the newest page asked for; what was asked before it and not begun is left out."""

    painted = Signal(int, QSize, QImage)
    slow = Signal(bool)
    _done = Signal(object)

    def __init__(self, document: QPdfDocument, parent: QObject | None = None) -> None:
        """Draw pages of `document`."""
        super().__init__(parent)
        self._document = document
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="page")
        self._running: Future[QImage] | None = None
        self._current: tuple[int, QSize] | None = None
        self._next: tuple[int, QSize] | None = None
        self._long = False
        self._waiting: list[Callable[[], None]] = []
        self._done.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(SLOW_MS)
        self._clock.timeout.connect(lambda: self.slow.emit(True))

    def ask(self, page: int, size: QSize) -> None:
        """Draw a page (from 0) in a size in pixels; `painted` brings it."""
        self._next = page, size
        self._begin()

    def forget(self) -> None:
        """Leave out what was asked for and is not drawn yet; a page being drawn is drawn for nobody."""
        self._next = self._current = None

    def _begin(self) -> None:
        if self._running is not None or self._next is None:
            return
        page, size = self._current = self._next
        self._next = None
        self._clock.start()
        self._running = running = self._pool.submit(self._draw, page, size)
        running.add_done_callback(self._tell)

    def _draw(self, page: int, size: QSize) -> QImage:
        return self._document.render(page, size, QPdfDocumentRenderOptions())

    def _tell(self, done: Future[QImage]) -> None:
        if isValid(self):  # the window may have closed meanwhile
            self._done.emit(done)

    def _take(self, done: Future[QImage]) -> None:
        if done is not self._running or done.cancelled():
            return
        self._running, self._long = None, False
        self._clock.stop()
        self.slow.emit(False)
        if self._current is not None:
            self.painted.emit(*self._current, done.result())
        self._current = None
        self._release()
        self._begin()

    def _release(self) -> None:
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()

    def free(self) -> bool:
        """Tell whether the document can be asked now; a usual page in the making is waited for."""
        if self._running is None or self._running.done():
            return True
        if self._long:
            return False
        self._long = bool(wait([self._running], _SHORT).not_done)
        return not self._long

    def when_free(self, act: Callable[[], None]) -> None:
        """Call `act` now, or as soon as the page that takes long is drawn."""
        if self.free() and not self._waiting:
            act()
        else:
            self._waiting.append(act)

    def close(self) -> None:
        """Begin no more pages."""
        self.forget()
        self._waiting.clear()
        self._pool.shutdown(wait=False, cancel_futures=True)
