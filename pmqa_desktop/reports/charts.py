# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The pictures of the reports: radar of the categories, ladder of the levels, stairs and bars.

They are read in grey print too: a level is a number of filled steps and a depth of one hue, a score is written
beside its mark, and lines differ by their dashes.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from pmqa_desktop.reports.styles import EDGE, LEVELS, LINE, NOTE, PRIMARY, SMALL, TEXT, WHITE
from pmqa_desktop.reports.typeset.blocks import Block
from pmqa_desktop.reports.typeset.labels import Anchor, label, label_width
from pmqa_desktop.reports.typeset.paragraphs import Style
from pmqa_desktop.reports.typeset.pen import Pen, Point

_AXIS = SMALL.but(colour=TEXT, weight="SemiBold")
_VALUE = SMALL.but(colour=PRIMARY, weight="Bold", size=10.5)
_RING = NOTE.but(size=8.0)
# Rings nearer to each other than this, in points, share one label: a level's line before the outer edge.
_LABEL_ROOM = 11.0


class Corner(NamedTuple):
    """One corner of the radar: a name, the score as written, its share of the highest score (None: no score)."""

    name: str
    score: str
    fraction: Fraction | None


class Ring(NamedTuple):
    """A ring of the radar or a mark of the ladder: the score as written and its share of the highest score."""

    text: str
    fraction: Fraction


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
        return 2 * self.radius + 76

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the net, the polygon, and the scores outside."""
        centre = Point(x + width / 2, top - self.height(width) / 2 - 2)
        outer = [self._at(centre, index, 1.0) for index in range(len(self.corners))]
        pen.area(outer, edge=EDGE, width=0.7)
        for end in outer:
            pen.line(centre, end, LINE, 0.5)
        for share in (0.2, 0.4):
            pen.area(self._ring(centre, share), edge=LINE, width=0.5)
        for ring in self.rings:
            if ring.fraction < 1:
                pen.area(self._ring(centre, float(ring.fraction)), edge=EDGE, width=0.6)
        self._polygon(pen, centre)
        labelled: list[float] = []
        for ring in sorted(self.rings, key=lambda each: (each.fraction == 1, -each.fraction)):
            at = float(ring.fraction) * self.radius
            if all(abs(other - at) >= _LABEL_ROOM for other in labelled):
                self._ring_label(pen, centre, ring)
                labelled.append(at)
        for index, corner in enumerate(self.corners):
            self._corner_label(pen, centre, index, corner)

    def _at(self, centre: Point, index: int, share: float) -> Point:
        angle = math.pi / 2 - 2 * math.pi * index / len(self.corners)
        return Point(centre.x + self.radius * share * math.cos(angle), centre.y + self.radius * share * math.sin(angle))

    def _ring(self, centre: Point, share: float) -> list[Point]:
        return [self._at(centre, index, share) for index in range(len(self.corners))]

    def _polygon(self, pen: Pen, centre: Point) -> None:
        known = [
            self._at(centre, index, float(corner.fraction))
            for index, corner in enumerate(self.corners)
            if corner.fraction is not None
        ]
        if len(known) > 2 and len(known) == len(self.corners):
            pen.veil(known, LEVELS[0])
            pen.area(known, edge=PRIMARY, width=1.6)
        for point in known:
            pen.disc(point, 3.2, fill=PRIMARY, edge=WHITE, pen=0.8)

    def _ring_label(self, pen: Pen, centre: Point, ring: Ring) -> None:
        angle = math.pi / 2 + math.pi / len(self.corners)
        flat = math.cos(math.pi / len(self.corners)) * self.radius * float(ring.fraction)
        at = Point(centre.x + flat * math.cos(angle), centre.y + flat * math.sin(angle))
        width = label_width(ring.text, _RING) + 4
        pen.box(at.x - width / 2, at.y - 5, width, 10, fill=WHITE)
        label(pen, ring.text, _RING, Point(at.x, at.y - 2.8), "middle")

    def _corner_label(self, pen: Pen, centre: Point, index: int, corner: Corner) -> None:
        at = self._at(centre, index, 1.0 + 9 / self.radius)
        lean = (at.x - centre.x) / self.radius
        rise = (at.y - centre.y) / self.radius
        anchor: Anchor = "middle" if abs(lean) < 0.25 else "start" if lean > 0 else "end"
        y = at.y + (14 if rise > 0.9 else -9 if rise < -0.7 else 2)
        label(pen, corner.name, _AXIS, Point(at.x, y), anchor)
        label(pen, corner.score, _VALUE, Point(at.x, y - 13), anchor)


class Step(NamedTuple):
    """A level on the ladder: its name, its line as written, and the line's share of the highest total."""

    name: str
    text: str
    fraction: Fraction


@dataclass
class Ladder(Block):
    """The total on a scale with the lines of the levels; what is missing to the next line is hatched."""

    steps: Sequence[Step]
    fraction: Fraction | None
    start: Fraction = Fraction(1, 2)
    space_before: float = 6.0
    space_after: float = 6.0
    keep_with_next: bool = False

    def height(self, width: float) -> float:
        """Return the height of pointer, bar and two lines of labels."""
        del width
        return 58.0

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the bar, the lines and the pointer."""
        low, high, y = x + 4, x + width - 4, top - 26

        def place(share: Fraction) -> float:
            part = (max(share, self.start) - self.start) / (1 - self.start)
            return low + float(part) * (high - low)

        pen.box(low, y, high - low, 14, fill="#E8EDF2", edge=EDGE)
        edges = [*(step.fraction for step in self.steps), Fraction(1)]
        for index, step in enumerate(self.steps):
            reached = min(self.fraction or Fraction(0), edges[index + 1])
            if reached > step.fraction:
                fill = LEVELS[min(index, len(LEVELS) - 1)]
                pen.box(place(step.fraction), y, place(reached) - place(step.fraction), 14, fill=fill)
        self._hatch(pen, place, y)
        pen.box(low, y, high - low, 14, edge=EDGE)
        for step in self.steps:
            at = place(step.fraction)
            pen.line(Point(at, y - 3), Point(at, y + 17), TEXT, 1.2)
            anchor: Anchor = "start" if at - x < 40 else "end" if x + width - at < 40 else "middle"
            label(pen, step.text, _VALUE.but(size=10.0), Point(at, y - 13), anchor)
            label(pen, step.name, NOTE, Point(at, y - 25), anchor)
        if self.fraction is not None:
            at = place(self.fraction)
            pen.area([Point(at, y + 16), Point(at - 4.5, y + 24), Point(at + 4.5, y + 24)], fill=TEXT)

    def _hatch(self, pen: Pen, place: Callable[[Fraction], float], y: float) -> None:
        if self.fraction is None:
            return
        reached = self.fraction
        following = next((step for step in self.steps if step.fraction > reached), None)
        if following is None:
            return
        left, right = place(max(self.fraction, self.start)), place(following.fraction)
        at = left + 3
        while at < right:
            rise = min(14.0, right - at)
            pen.line(Point(at, y), Point(at + rise, y + rise), EDGE, 0.5)
            at += 4.0


@dataclass
class LevelMark(Block):
    """A stair with as many filled steps as the level reached, and the level's name beside it."""

    reached: int
    of: int
    name: str
    style: Style
    space_before: float = 0.0
    space_after: float = 0.0
    keep_with_next: bool = False

    def height(self, width: float) -> float:
        """Return the height of one line."""
        del width
        return self.style.leading

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the steps from low to high."""
        del width
        base = top - self.style.leading / 2 - 4.4
        for step in range(self.of):
            high = 8.8 * (step + 1) / self.of
            filled = step < self.reached
            pen.box(x + step * 5.2, base, 4.2, high, fill=LEVELS[-1] if filled else WHITE, edge=LEVELS[-1], pen=0.6)
        start = x + self.of * 5.2 + 4 if self.of else x
        label(pen, self.name, self.style, Point(start, top - self.style.leading / 2 - self.style.size * 0.31))


@dataclass
class Bar(Block):
    """A score as a bar within its full length."""

    fraction: Fraction | None
    line_height: float = 16.0
    space_before: float = 0.0
    space_after: float = 0.0
    keep_with_next: bool = False

    def height(self, width: float) -> float:
        """Return the height of one line."""
        del width
        return self.line_height

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the full length in outline and the score filled."""
        y = top - self.line_height / 2 - 3.5
        pen.box(x, y, width, 7, fill=WHITE, edge=EDGE, pen=0.5)
        if self.fraction:
            pen.box(x, y, float(self.fraction) * width, 7, fill=LEVELS[1])
