# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The picture of how a panel's scores lie: a mark per seat above a scale, equal scores heaped, the settled one below.

A seat is told by its shape and by filled or hollow, never by a colour alone, so the picture is read in grey print.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pmqa_desktop.reports.styles import EDGE, LINE, NOTE, PRIMARY, TEXT, WARN, WHITE
from pmqa_desktop.reports.typeset.blocks import Block
from pmqa_desktop.reports.typeset.labels import label, label_width
from pmqa_desktop.reports.typeset.paragraphs import Style
from pmqa_desktop.reports.typeset.pen import Pen, Point

_STEP = 6.0
_EDGE = 8.0
_HALF = 2.3
# Corners of the shapes, of a half width of 1: square, triangle up, triangle down, upright cross, bow tie.
_CORNERS: tuple[tuple[tuple[float, float], ...], ...] = (
    (),
    ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    ((-1.1, -0.9), (1.1, -0.9), (0.0, 1.0)),
    ((-1.1, 0.9), (1.1, 0.9), (0.0, -1.0)),
    ((-0.35, -1.0), (0.35, -1.0), (0.35, -0.35), (1.0, -0.35), (1.0, 0.35), (0.35, 0.35),
     (0.35, 1.0), (-0.35, 1.0), (-0.35, 0.35), (-1.0, 0.35), (-1.0, -0.35), (-0.35, -0.35)),
    ((-1.0, -0.9), (1.0, 0.9), (1.0, -0.9), (-1.0, 0.9)),
)  # fmt: skip


def seat_mark(pen: Pen, seat: int, at: Point, half: float = _HALF) -> None:
    """Draw the mark of the seat number `seat`, from 0: six hollow shapes, then the same six filled."""
    fill = TEXT if seat // len(_CORNERS) % 2 else WHITE
    corners = _CORNERS[seat % len(_CORNERS)]
    if corners:
        pen.area([Point(at.x + x * half, at.y + y * half) for x, y in corners], fill=fill, edge=TEXT, width=0.8)
    else:
        pen.disc(at, half, fill=fill, edge=TEXT, pen=0.8)


@dataclass
class SeatMark(Block):
    """A seat's number with its mark before it, at the right or left edge of a cell."""

    seat: int
    number: str
    style: Style
    right: bool = False
    space_before: float = 0.0
    space_after: float = 0.0
    keep_with_next: bool = False

    def height(self, width: float) -> float:
        """Return the height of one line."""
        del width
        return self.style.leading

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw mark and number."""
        middle = top - self.style.leading / 2
        left = x + width - label_width(self.number, self.style) - 10 if self.right else x
        seat_mark(pen, self.seat, Point(left + 3, middle), 2.6)
        label(pen, self.number, self.style, Point(left + 10, middle - self.style.size * 0.31))


@dataclass
class Scale(Block):
    """The head above the pictures: where their common scale begins and ends, and what it is."""

    low: str
    name: str
    high: str
    style: Style
    space_before: float = 0.0
    space_after: float = 0.0
    keep_with_next: bool = False

    def height(self, width: float) -> float:
        """Return the height of one line."""
        del width
        return self.style.leading

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Write the ends at the edges and the name between them."""
        base = top - self.style.leading / 2 - self.style.size * 0.31
        label(pen, self.low, NOTE, Point(x + _EDGE, base))
        label(pen, self.name, self.style, Point(x + width / 2, base), "middle")
        label(pen, self.high, NOTE, Point(x + width, base), "end")


@dataclass
class Spread(Block):
    """One item's scores as shares of the highest: a mark per seat, equal ones heaped, the settled one a diamond.

    The scale runs from `start` to the highest score. A bar joins the lowest and the highest score; it is thick
    where they lie further apart than the tolerance (`over`).
    """

    scores: Sequence[Fraction | None]
    settled: Fraction | None
    over: bool
    start: Fraction = Fraction(0)
    space_before: float = 0.0
    space_after: float = 0.0
    keep_with_next: bool = False

    def heaps(self) -> dict[Fraction, list[int]]:
        """Return the seats by score; their order within a heap is that of the panel."""
        found: dict[Fraction, list[int]] = {}
        for seat, score in enumerate(self.scores):
            if score is not None:
                found.setdefault(score, []).append(seat)
        return found

    def height(self, width: float) -> float:
        """Return the height of the scale and of the highest heap on it."""
        del width
        return 11.0 + _STEP * max((len(heap) for heap in self.heaps().values()), default=0)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the scale with its ends, the bar, the heaps and the diamond."""
        low, length, axis = x + _EDGE, width - 2 * _EDGE, top - self.height(width) + 5

        def place(score: Fraction) -> float:
            return low + float(max(score - self.start, Fraction(0)) / (1 - self.start)) * length

        pen.line(Point(low, axis), Point(low + length, axis), LINE, 0.7)
        for end in (low, low + length):
            pen.line(Point(end, axis - 2.5), Point(end, axis + 2.5), EDGE, 0.7)
        heaps = self.heaps()
        if len(heaps) > 1:
            colour, thick = (WARN, 3.4) if self.over else (EDGE, 1.4)
            pen.line(Point(place(min(heaps)), axis), Point(place(max(heaps)), axis), colour, thick)
        for score, heap in heaps.items():
            for rise, seat in enumerate(heap):
                seat_mark(pen, seat, Point(place(score), axis + 7.5 + rise * _STEP))
        if self.settled is not None:
            at = place(self.settled)
            pen.area(
                [Point(at, axis + 4.5), Point(at + 3.8, axis), Point(at, axis - 4.5), Point(at - 3.8, axis)],
                fill=PRIMARY,
                edge=WHITE,
            )
