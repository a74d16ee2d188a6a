# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The pictures of the reports as blocks of a page: radar, ladder of the levels, stairs, bars, a panel's scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pmqa_desktop.pictures import scales, seats
from pmqa_desktop.pictures.radar import Corner, Ring
from pmqa_desktop.pictures.radar import Radar as RadarFigure
from pmqa_desktop.pictures.shapes import At, box
from pmqa_desktop.reports.drawing import draw_picture, measure
from pmqa_desktop.reports.styles import NOTE
from pmqa_desktop.reports.typeset.blocks import Block
from pmqa_desktop.reports.typeset.labels import label, label_width
from pmqa_desktop.reports.typeset.paragraphs import Style
from pmqa_desktop.reports.typeset.pen import Pen, Point

EM = 10.0
_STEP, _STEP_GAP, _STAIR_HIGH = 5.2, 1.0, 8.8


@dataclass
class Radar(Block):
    """The categories' scores as a polygon, with a ring at each level."""

    corners: Sequence[Corner]
    rings: Sequence[Ring]
    radius: float = 104.0
    space_before: float = 4.0
    space_after: float = 4.0
    keep_with_next: bool = False

    def height(self, width: float) -> float:
        """Return the height: the circle and two lines of text above and below."""
        del width
        return 2 * self.radius + 7.6 * EM

    def figure(self, width: float) -> RadarFigure:
        """Return the picture in the middle of a width."""
        centre = At(width / 2, self.height(width) / 2 + 2)
        return RadarFigure(self.corners, self.rings, centre, self.radius, EM)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the net, the polygon, and the scores outside."""
        draw_picture(pen, self.figure(width).picture(), x, top)


@dataclass
class Ladder(Block):
    """The total on a scale with the lines of the levels; what is missing to the next line is hatched."""

    steps: Sequence[scales.Step]
    share: Fraction | None
    space_before: float = 6.0
    space_after: float = 6.0
    keep_with_next: bool = False

    def figure(self, width: float) -> scales.Ladder:
        """Return the picture at a width."""
        return scales.Ladder(self.steps, self.share, width, EM, measure)

    def height(self, width: float) -> float:
        """Return the height of pointer, bar and words."""
        return self.figure(width).height

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the bar, the lines and the pointer."""
        draw_picture(pen, self.figure(width).picture(), x, top)


class _OneLine(Block):
    """A picture as high as a line of the letters beside it."""

    style: Style

    def height(self, width: float) -> float:
        """Return the height of one line."""
        del width
        return self.style.leading


@dataclass
class LevelMark(_OneLine):
    """A stair with as many filled steps as the level reached, and the level's name beside it."""

    reached: int
    of: int
    name: str
    style: Style

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the steps from low to high."""
        del width
        middle = top - self.style.leading / 2
        steps = scales.stair(self.reached, self.of, self.of * _STEP, _STAIR_HIGH, gap=_STEP_GAP, pen=0.6)
        draw_picture(pen, steps, x, middle + _STAIR_HIGH / 2)
        start = x + self.of * _STEP + 4 if self.of else x
        label(pen, self.name, self.style, Point(start, middle - self.style.size * 0.31))


@dataclass
class Bar(Block):
    """A score as a bar within its full length."""

    fraction: Fraction | None
    line_height: float = 16.0

    def height(self, width: float) -> float:
        """Return the height of one line."""
        del width
        return self.line_height

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the full length in outline and the score filled."""
        whole = box(0, 0, width, 7, "surface", "edge", 0.5)
        reached = box(0, 0, float(self.fraction or 0) * width, 7, "lv2")
        draw_picture(pen, (whole, reached) if self.fraction else (whole,), x, top - self.line_height / 2 + 3.5)


@dataclass
class SeatMark(_OneLine):
    """A seat's number with its mark before it, at the right or left edge of a cell."""

    seat: int
    number: str
    style: Style
    right: bool = False

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw mark and number."""
        middle = top - self.style.leading / 2
        left = x + width - label_width(self.number, self.style) - 10 if self.right else x
        draw_picture(pen, (seats.paper_mark(self.seat, At(3, 0), 2.6),), left, middle)
        label(pen, self.number, self.style, Point(left + 10, middle - self.style.size * 0.31))


@dataclass
class Scale(Block):
    """The head above the pictures: where their common scale begins and ends, and what it is."""

    low: str
    name: str
    high: str
    style: Style

    def _crowded(self, width: float) -> bool:
        texts = ((self.low, NOTE), (self.name, self.style), (self.high, NOTE))
        return sum(label_width(text, style) + EM * 0.5 for text, style in texts) > width

    def height(self, width: float) -> float:
        """Return the height of one line, of two where the name has no room between the ends."""
        return self.style.leading * (2 if self._crowded(width) else 1)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Write the ends at the edges and the name between or above them."""
        above = self._crowded(width)
        middle = top - self.style.leading / 2 - self.style.size * 0.31
        base = middle - self.style.leading * above
        left = x + EM * 0.5
        label(pen, self.low, NOTE, Point(left, base))
        label(pen, self.high, NOTE, Point(x + width, base), "end")
        taken = 0.0 if above else label_width(self.low, NOTE) - label_width(self.high, NOTE)
        label(pen, self.name, self.style, Point((left + taken + x + width) / 2, middle), "middle")


@dataclass
class Spread(Block):
    """One item's scores as shares of the highest: a mark per seat, equal ones heaped, a pointer at the settled one.

    The scale runs from `start` to the highest score; `over` tells a spread beyond the tolerance.
    """

    scores: Sequence[Fraction | None]
    settled: Fraction | None
    over: bool
    start: Fraction = Fraction(0)

    def figure(self, width: float) -> seats.Heaps:
        """Return the picture at a width."""
        return seats.Heaps(self.scores, self.settled, self.over, self.start, width, EM)

    def height(self, width: float) -> float:
        """Return the height of the line and of the highest heap on it."""
        return self.figure(width).height

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the scale, the heaps and the pointer."""
        draw_picture(pen, self.figure(width).picture(), x, top)
