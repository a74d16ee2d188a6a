# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The categories' scores on axes around a centre, with rings at the levels."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pmqa_desktop.pictures.shapes import Anchor, Area, At, Disc, Ink, Picture, Shape, Stroke, Words

_LEAST_CORNERS = 3


@dataclass(frozen=True, slots=True)
class Corner:
    """One axis: its name, the score as written, and shares of the best score (None: no score).

    `own` is the agency's own assessment, where it was given.
    """

    name: str
    score: str
    share: Fraction | None
    own: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring at a share of the best score; `text` stands on it, a `strong` one is a level's line."""

    text: str
    share: Fraction
    strong: bool = True


@dataclass(frozen=True, slots=True)
class Radar:
    """The figure's place: its centre and radius; `em` is the size of its letters."""

    corners: Sequence[Corner]
    rings: Sequence[Ring]
    centre: At
    radius: float
    em: float

    def picture(self) -> Picture:
        """Return net, figures and words; nothing with fewer than three corners."""
        if len(self.corners) < _LEAST_CORNERS:
            return ()
        return (*self._net(), *self._figure(), *self._own(), *self._ring_words(), *self._corner_words())

    def at(self, number: int, share: float) -> At:
        """Return a place on an axis; the first axis points up, the others follow clockwise."""
        angle = 2 * math.pi * number / len(self.corners)
        reach = self.radius * share
        return At(self.centre.x + reach * math.sin(angle), self.centre.y - reach * math.cos(angle))

    def _around(self, share: float) -> tuple[At, ...]:
        return tuple(self.at(number, share) for number in range(len(self.corners)))

    def _net(self) -> list[Shape]:
        found: list[Shape] = [Stroke(self.centre, end, "line", self.em * 0.05) for end in self._around(1.0)]
        for ring in sorted(self.rings, key=lambda one: (one.strong, one.share)):
            outer = ring.strong or ring.share == 1
            ink: Ink = "edge" if outer else "line"
            found.append(Area(self._around(float(ring.share)), edge=ink, width=self.em * (0.07 if outer else 0.05)))
        return found

    def _figure(self) -> list[Shape]:
        """Return the scores: a polygon where every category has one, else their points alone."""
        known = [self.at(n, float(one.share)) for n, one in enumerate(self.corners) if one.share is not None]
        found: list[Shape] = []
        if len(known) == len(self.corners):
            found.append(Area(tuple(known), fill="lv1", veil=True))
            found.append(Area(tuple(known), edge="primary", width=self.em * 0.16))
        found += [Disc(at, self.em * 0.32, "primary", "surface", self.em * 0.08) for at in known]
        return found

    def _own(self) -> list[Shape]:
        known = [self.at(n, float(one.own)) for n, one in enumerate(self.corners) if one.own is not None]
        if len(known) < len(self.corners):
            return []
        return [Area(tuple(known), edge="warn", width=self.em * 0.13, dashed=True)]

    def _ring_words(self) -> list[Shape]:
        """Return the rings' words on the edge left of the first axis; those that would touch a level's are left out."""
        found: list[Shape] = []
        taken: list[float] = []
        order = sorted(self.rings, key=lambda one: (not one.strong, one.share == 1, -one.share))
        for ring in order:
            share = float(ring.share)
            if ring.text and all(abs(other - share) * self.radius >= self.em * 1.1 for other in taken):
                first, last = self.at(0, share), self.at(len(self.corners) - 1, share)
                middle = At((first.x + last.x) / 2, (first.y + last.y) / 2)
                found.append(Words(ring.text, middle, "ring", "text2", back="surface"))
                taken.append(share)
        return found

    def _corner_words(self) -> list[Shape]:
        """Return each axis' name and below it its score, outside the net."""
        found: list[Shape] = []
        line = self.em * 1.35
        for number, corner in enumerate(self.corners):
            tip = self.at(number, 1 + 0.95 * self.em / self.radius)
            angle = 2 * math.pi * number / len(self.corners)
            lean, up = math.sin(angle), math.cos(angle)
            middle = tip.y - up * line
            anchor: Anchor = "middle" if abs(lean) < 0.25 else "start" if lean > 0 else "end"
            found.append(Words(corner.name, At(tip.x, middle - line / 2), "name", "text", anchor))
            found.append(Words(corner.score, At(tip.x, middle + line / 2), "value", "primary", anchor))
        return found
