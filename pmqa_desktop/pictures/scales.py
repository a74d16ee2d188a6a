# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Scores on straight scales: the ladder of the award lines, and the level as a stair."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from pmqa_desktop.pictures.shapes import LEVEL_INKS, Area, At, Ink, Measure, Picture, Shape, Stroke, Words, box


@dataclass(frozen=True, slots=True)
class Step:
    """An award line: its share of the best total, and the words below it, line by line."""

    share: Fraction
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The total on the scale of the award lines: what is reached is filled, what is missing to the next is hatched.

    The scale runs from the first line to the best total, and from zero where the total stays below the first line.
    """

    steps: Sequence[Step]
    share: Fraction | None
    width: float
    em: float
    measure: Measure

    @property
    def start(self) -> Fraction:
        """Where the scale begins."""
        if not self.steps or self.share is None or self.share < self.steps[0].share:
            return Fraction(0)
        return self.steps[0].share

    @property
    def height(self) -> float:
        """The height of pointer, bar and words."""
        lines = max((len(step.words) for step in self.steps), default=0)
        return self.em * (2.6 + 1.2 * lines)

    def place(self, share: Fraction) -> float:
        """Return where a share of the best total stands."""
        edge = self.em * 0.3
        return edge + (self.width - 2 * edge) * float((share - self.start) / (1 - self.start))

    def picture(self) -> Picture:
        """Return bar, lines, pointer and words."""
        top, high = self.em, self.em * 1.2
        left, right = self.place(self.start), self.place(Fraction(1))
        found: list[Shape] = [box(left, top, right - left, high, fill="surface2")]
        if self.share is not None:
            found += self._filled(self.share, top, high)
            found += self._hatch(self.share, top, high)
        found.append(box(left, top, right - left, high, edge="edge", pen=self.em * 0.06))
        for step in self._shown():
            x = self.place(step.share)
            found.append(Stroke(At(x, top - self.em * 0.2), At(x, top + high + self.em * 0.25), "text", self.em * 0.12))
        if self.share is not None:
            x, tip = self.place(self.share), self.em * 0.45
            found.append(
                Area((At(x, top - 1), At(x - tip, top - self.em * 0.8), At(x + tip, top - self.em * 0.8)), "text")
            )
        return (*found, *self._words(top + high))

    def _shown(self) -> list[Step]:
        return [step for step in self.steps if step.share >= self.start]

    def _filled(self, share: Fraction, top: float, high: float) -> list[Shape]:
        """Return what is reached, each stretch in the depth of its level."""
        edges = [step.share for step in self._shown() if step.share > self.start]
        first = 0 if self.start else -1
        found: list[Shape] = []
        for number, (low, end) in enumerate(pairwise((self.start, *edges, Fraction(1)))):
            if share > low:
                ink: Ink = LEVEL_INKS[min(max(number + first, 0), len(LEVEL_INKS) - 1)]
                left = self.place(low)
                found.append(box(left, top, self.place(min(end, share)) - left, high, fill=ink))
        return found

    def _hatch(self, share: Fraction, top: float, high: float) -> list[Shape]:
        """Return slanted lines over what is missing to the next line."""
        following = next((step for step in self.steps if step.share > share), None)
        if following is None:
            return []
        x, right = self.place(share) + self.em * 0.25, self.place(following.share)
        found: list[Shape] = []
        while x < right:
            rise = min(high, right - x)
            found.append(Stroke(At(x, top + high), At(x + rise, top + high - rise), "edge", self.em * 0.05))
            x += self.em * 0.35
        return found

    def _words(self, low: float) -> list[Shape]:
        """Return the words below the lines, inside the picture and moved so that no two of them touch."""
        found: list[Shape] = []
        edge = 0.0
        for step in self._shown():
            width = max(self.measure(words, "post") for words in step.words)
            left = max(edge, min(max(0.0, self.place(step.share) - width / 2), self.width - width))
            edge = left + width + self.em * 0.6
            for number, words in enumerate(step.words):
                at = At(left + width / 2, low + self.em * (0.85 + 1.2 * number))
                found.append(Words(words, at, "note" if number else "post", "text2"))
        return found


def stair(reached: int, of: int, width: float, height: float, *, gap: float, pen: float) -> Picture:
    """Return a stair of `of` steps, as many filled as levels are reached."""
    step = width / of if of else width
    found: list[Shape] = []
    for number in range(of):
        high = height * (number + 1) / of
        fill: Ink = "primary" if number < reached else "surface"
        found.append(box(number * step, height - high, step - gap, high, fill, "primary", pen))
    return tuple(found)
