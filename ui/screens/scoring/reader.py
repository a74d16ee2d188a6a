# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The agency's papers on the screen: what is open, at which page, what was found and which words are marked."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QPointF, QRectF, QSizeF, QTimer, Signal
from PySide6.QtPdf import QPdfBookmarkModel, QPdfDocument

from pmqa_desktop.domain.documents import Paper
from pmqa_desktop.domain.passages import PageText, Passage, Span
from ui.screens.scoring.painter import PagePainter

ZOOMS: tuple[int, ...] = (100, 125, 150, 200, 300)
"""Widths of a page in percent of the view's width; the first fits it."""
MOST_HITS = 500
"""The most places that one search lists."""
MOST_HEADINGS = 1000
_DEEPEST = 8
_TEXTS_KEPT = 32
_POINTS_PER_INCH, _PIXELS_PER_INCH = 72, 96

Trouble = Literal["", "damaged", "locked"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One place of what was looked for, with the words around it; `page` counts from 1."""

    page: int
    span: Span
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Words marked on a page; `passage` is None where the stretch holds no words. Areas are in points."""

    page: int
    span: Span
    passage: Passage | None
    areas: tuple[QRectF, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """One entry of a paper's outline; `level` is 0 at the top, `page` counts from 1."""

    level: int
    title: str
    page: int


class Reader(QObject):
    """One open paper: page, zoom, search and mark; outlives the widgets that show it."""

    page_changed = Signal(int)
    opened = Signal()
    failed = Signal()
    found_changed = Signal()
    mark_changed = Signal()
    recalled = Signal(QRectF)

    def __init__(self, parent: QObject | None = None) -> None:
        """Start without a paper."""
        super().__init__(parent)
        # without a parent: a thread that still draws keeps its document alive
        self.document = QPdfDocument()
        self.painter = PagePainter(self.document, self)
        self.paper: Paper | None = None
        self.trouble: Trouble = ""
        self.page = 1
        self.zoom = ZOOMS[0]
        self.actual = False
        self.mark: Mark | None = None
        self.hits: list[Hit] = []
        self.hit = -1
        self.phrase = ""
        self.looking = False
        self._sizes: list[QSizeF] = []
        self._texts: OrderedDict[int, PageText] = OrderedDict()
        self._areas: dict[tuple[int, Span], tuple[QRectF, ...]] = {}
        self._headings: tuple[Heading, ...] | None = None
        self._wanted: tuple[str, int, Passage] | None = None
        self._buffer: QBuffer | None = None
        self._search = 0

    # ---- opening --------------------------------------------------------------------------------

    @property
    def pages(self) -> int:
        """Return how many pages the paper has; 0 without a paper."""
        return len(self._sizes) if self.paper is not None else 0

    def open(self, paper: Paper, data: bytes, page: int = 1) -> None:
        """Show a page of `paper`, whose bytes were checked by the service."""
        self.close()
        self.painter.when_free(lambda: self._load(paper, data, page))

    def _load(self, paper: Paper, data: bytes, page: int) -> None:
        self._put_away()
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self.trouble = self._trouble()
        if self.trouble:
            self._put_away()
            self.failed.emit()
            return
        # asked once: later a page in the making would have to be waited for
        self._sizes = [self.document.pagePointSize(number) for number in range(self.document.pageCount())]
        self.paper = paper
        self.page = min(max(1, page), self.pages)
        self.opened.emit()
        self.page_changed.emit(self.page)
        self._recall()

    def _trouble(self) -> Trouble:
        if self.document.error() in (
            QPdfDocument.Error.IncorrectPassword,
            QPdfDocument.Error.UnsupportedSecurityScheme,
        ):
            return "locked"
        ready = self.document.status() == QPdfDocument.Status.Ready and self.document.pageCount() > 0
        return "" if ready else "damaged"

    def close(self) -> None:
        """Put the paper away."""
        self.paper, self.trouble = None, ""
        self._sizes, self._headings = [], None
        self._texts.clear()
        self._areas.clear()
        self.mark, self.hits, self.hit, self.phrase, self.looking = None, [], -1, "", False
        self._search += 1
        self.painter.forget()
        self.painter.when_free(self._put_away)

    def _put_away(self) -> None:
        if self.paper is None:
            self.document.close()
            self._buffer = None

    # ---- where it is ----------------------------------------------------------------------------

    def size(self, page: int) -> QSizeF:
        """Return a page's size in points, counted from 1; empty where the paper gives none."""
        size = self._sizes[page - 1] if 1 <= page <= self.pages else QSizeF()
        return size if size.width() > 0 and size.height() > 0 else QSizeF()

    def turn(self, page: int) -> None:
        """Show another page; beyond the ends nothing happens."""
        if 1 <= page <= self.pages and page != self.page:
            self.page = page
            self._set_mark(None)
            self.page_changed.emit(page)

    def step_zoom(self, step: int) -> None:
        """Draw larger (1) or smaller (-1); 100 % fits the width."""
        here = ZOOMS.index(self.zoom) if not self.actual else 0
        self.show_zoom(ZOOMS[max(0, min(len(ZOOMS) - 1, here + step))])

    def show_zoom(self, zoom: int, *, actual: bool = False) -> None:
        """Draw in one of `ZOOMS`, or as large as on paper."""
        self.zoom, self.actual = (zoom if zoom in ZOOMS else ZOOMS[0]), actual
        if self.pages:
            self.page_changed.emit(self.page)

    def width_in(self, room: int) -> float:
        """Return how many pixels wide the page is to be in a view with `room` pixels for it."""
        if self.actual:
            return self.size(self.page).width() * _PIXELS_PER_INCH / _POINTS_PER_INCH
        return room * self.zoom / 100

    def outline(self) -> tuple[Heading, ...]:
        """Return the paper's own outline; empty where it has none, or while a page takes long to draw."""
        if self._headings is None and self.pages and self.painter.free():
            model = QPdfBookmarkModel()
            model.setDocument(self.document)
            self._headings = tuple(_headings(model, self.pages))
        return self._headings or ()

    # ---- words ----------------------------------------------------------------------------------

    def text(self, page: int) -> PageText:
        """Return the words of a page, counted from 1; empty while a page takes long to draw."""
        if page in self._texts:
            self._texts.move_to_end(page)
            return self._texts[page]
        if not (1 <= page <= self.pages and self.painter.free()):
            return PageText("")
        self._texts[page] = text = PageText(self.document.getAllText(page - 1).text())
        if len(self._texts) > _TEXTS_KEPT:
            self._texts.popitem(last=False)
        return text

    def areas(self, page: int, span: Span) -> tuple[QRectF, ...]:
        """Return where a stretch of a page's text stands, one rectangle a line, in points."""
        if (page, span) not in self._areas:
            if span.count < 1 or not self.painter.free():
                return ()
            chosen = self.document.getSelectionAtIndex(page - 1, span.first, span.count)
            self._areas[page, span] = united(polygon.boundingRect() for polygon in chosen.bounds())
        return self._areas[page, span]

    def passage_areas(self, page: int, passage: Passage) -> tuple[QRectF, ...]:
        """Return where a passage stands on a page; nothing where the page does not hold its words."""
        span = self.text(page).span(passage)
        return self.areas(page, span) if span is not None else ()

    def point_at(self, document: str, page: int, passage: Passage | None) -> None:
        """Bring a passage into view, now or as soon as its paper is open at its page."""
        self._wanted = (document, page, passage) if passage is not None else None
        self._recall()

    def _recall(self) -> None:
        wanted = self._wanted
        if wanted is None or self.paper is None or (self.paper.digest, self.page) != wanted[:2]:
            return
        self._wanted = None
        areas = self.passage_areas(self.page, wanted[2])
        if areas:
            self.recalled.emit(areas[0])

    # ---- the mark -------------------------------------------------------------------------------

    def mark_between(self, begin: QPointF, end: QPointF) -> None:
        """Mark the words between two places of the page, in points."""
        if not (self.pages and self.painter.free()):
            return
        chosen = self.document.getSelection(self.page - 1, begin, end)
        first, last = chosen.startIndex(), chosen.endIndex()
        self.mark_span(Span(first, last - first) if chosen.isValid() and last > first else None)

    def mark_span(self, span: Span | None) -> None:
        """Mark a stretch of the page's text; None takes the mark away."""
        if span is None or not self.pages:
            self._set_mark(None)
            return
        text = self.text(self.page)
        first = max(0, min(span.first, len(text.text)))
        span = Span(first, max(0, min(span.count, len(text.text) - first)))
        self._set_mark(Mark(self.page, span, text.passage(span), self.areas(self.page, span)))

    def _set_mark(self, mark: Mark | None) -> None:
        if mark != self.mark:
            self.mark = mark
            self.mark_changed.emit()

    # ---- searching ------------------------------------------------------------------------------

    @property
    def found(self) -> tuple[int, tuple[QRectF, ...]]:
        """Return the page of the hit at hand and where it stands; page 0 while there is none."""
        if not 0 <= self.hit < len(self.hits):
            return 0, ()
        hit = self.hits[self.hit]
        return hit.page, self.areas(hit.page, hit.span)

    def find(self, phrase: str) -> None:
        """Look for `phrase` in all pages, one a turn so that the window stays alive; the same again goes on."""
        phrase = phrase.strip()
        if phrase and phrase == self.phrase and self.hits:
            self.step_hit(1)
            return
        self._search += 1
        self.phrase, self.hits, self.hit = phrase, [], -1
        self.looking = bool(phrase and self.pages)
        self.found_changed.emit()
        if self.looking:
            search = self._search
            self.painter.when_free(lambda: self._look(search, 1))

    def _look(self, search: int, page: int) -> None:
        if search != self._search:
            return
        text = self.text(page)
        self.hits += [Hit(page, span, *text.around(span)) for span in text.find(self.phrase)]
        self.looking = page < self.pages and len(self.hits) < MOST_HITS
        if self.hit < 0:
            ahead = next((n for n, hit in enumerate(self.hits) if hit.page >= self.page), -1)
            self.go_to_hit(ahead if ahead >= 0 or self.looking else 0)
        if self.looking:
            QTimer.singleShot(0, self, lambda: self.painter.when_free(lambda: self._look(search, page + 1)))
        else:
            self.hits = self.hits[:MOST_HITS]
            self.found_changed.emit()

    def step_hit(self, step: int) -> None:
        """Go to the next (1) or the previous (-1) place, round the ends."""
        if self.hits:
            self.go_to_hit((self.hit + step) % len(self.hits))

    def go_to_hit(self, number: int) -> None:
        """Show one of the places found."""
        if 0 <= number < len(self.hits):
            self.hit = number
            self.page = self.hits[number].page
            self._set_mark(None)
            self.page_changed.emit(self.page)
            self.found_changed.emit()

    def mark_hit(self) -> None:
        """Mark the place at hand, to be linked."""
        if 0 <= self.hit < len(self.hits):
            hit = self.hits[self.hit]
            self.turn(hit.page)
            self.mark_span(hit.span)


def united(pieces: Iterable[QRectF]) -> tuple[QRectF, ...]:
    """Join rectangles of words that stand on one line, so that a line is one stretch of colour."""
    lines: list[QRectF] = []
    for piece in pieces:
        if piece.isEmpty():
            continue
        last = lines[-1] if lines else QRectF()
        shared = min(last.bottom(), piece.bottom()) - max(last.top(), piece.top())
        if lines and shared > min(last.height(), piece.height()) / 2:
            lines[-1] = last.united(piece)
        else:
            lines.append(piece)
    return tuple(lines)


def _headings(model: QPdfBookmarkModel, pages: int) -> Iterable[Heading]:
    left = MOST_HEADINGS
    stack = [model.index(row, 0) for row in reversed(range(min(left, model.rowCount())))]
    while stack and left:
        index = stack.pop()
        left -= 1
        level = int(index.data(QPdfBookmarkModel.Role.Level))
        page = int(index.data(QPdfBookmarkModel.Role.Page)) + 1
        title = " ".join(str(index.data(QPdfBookmarkModel.Role.Title)).split())[:200]
        if 1 <= page <= pages and title.strip():
            yield Heading(min(level, _DEEPEST), title, page)
        if level < _DEEPEST:
            stack += [model.index(row, 0, index) for row in reversed(range(min(left, model.rowCount(index))))]
