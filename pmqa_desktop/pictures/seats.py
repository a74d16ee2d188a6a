# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A panel's scores of one item on a line; each seat has a shape of its own, on the screen and on paper."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pmqa_desktop.pictures.shapes import Area, At, Disc, Ink, Measure, Picture, Shape, Stroke, Words, box, moved


def _regular(count: int, turn: float, reach: float) -> tuple[tuple[float, float], ...]:
    angles = [math.radians(turn + 360 * corner / count) for corner in range(count)]
    return tuple((reach * math.sin(angle), -reach * math.cos(angle)) for angle in angles)


# Diamond, disc, square, triangle up, triangle down, upright cross, bow tie, hexagon: of a half width of about 1.
_CORNERS: tuple[tuple[tuple[float, float], ...], ...] = (
    _regular(4, 0.0, 1.25),
    (),
    _regular(4, 45.0, 1.25),
    _regular(3, 0.0, 1.25),
    _regular(3, 180.0, 1.25),
    ((-0.4, -1.1), (0.4, -1.1), (0.4, -0.4), (1.1, -0.4), (1.1, 0.4), (0.4, 0.4),
     (0.4, 1.1), (-0.4, 1.1), (-0.4, 0.4), (-1.1, 0.4), (-1.1, -0.4), (-0.4, -0.4)),
    ((-1.0, -0.9), (1.0, 0.9), (1.0, -0.9), (-1.0, 0.9)),
    _regular(6, 0.0, 1.1),
)  # fmt: skip


def seat_shape(seat: int, at: At, half: float, fill: Ink, edge: Ink, width: float) -> Shape:
    """Return the mark of seat number `seat`, from 0; after eight the shapes begin again."""
    corners = _CORNERS[seat % len(_CORNERS)]
    if corners:
        return Area(moved(corners, at, half), fill, edge, width)
    return Disc(at, half, fill, edge, width)


def paper_mark(seat: int, at: At, half: float) -> Shape:
    """Return a seat's mark for paper: eight hollow shapes, then the same eight filled."""
    fill: Ink = "text" if seat // len(_CORNERS) % 2 else "surface"
    return seat_shape(seat, at, half, fill, "text", half * 0.35)


@dataclass(frozen=True, slots=True)
class Mark:
    """One seat on the line: its number, which gives the shape, its short name and its score as a share of the best."""

    seat: int
    name: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class SeatLine:
    """All seats on one line with their names above, posts with their words below."""

    marks: Sequence[Mark]
    posts: Sequence[tuple[str, Fraction]]
    width: float
    em: float
    measure: Measure

    def place(self, share: Fraction) -> float:
        """Return where a score stands."""
        margin = self.em * 1.1
        return margin + (self.width - 2 * margin) * float(share)

    def picture(self) -> Picture:
        """Return line, stretch between the seats, posts, shapes and names."""
        middle, half = self.em * 1.75, self.em * 0.22
        left, right = self.place(Fraction(0)), self.place(Fraction(1))
        found: list[Shape] = [box(left, middle - half, right - left, 2 * half, fill="surface2")]
        if self.marks:
            low, high = (self.place(end(mark.share for mark in self.marks)) for end in (min, max))
            found.append(box(low, middle - half, high - low, 2 * half, fill="lv1"))
        for text, share in self.posts:
            x = self.place(share)
            found.append(Stroke(At(x, middle - self.em * 0.5), At(x, middle + self.em * 0.5), "edge", self.em * 0.05))
            found.append(Words(text, At(x, middle + self.em * 0.95), "note", "text2"))
        places = self._places()
        found += [
            seat_shape(mark.seat, At(x, middle), self.em * 0.44, "primary", "surface", self.em * 0.11)
            for mark, x in zip(self.marks, places, strict=True)
        ]
        return (*found, *self._names())

    def _places(self) -> list[float]:
        """Return where each shape stands: as near to its score as its neighbours let it."""
        step = self.em * 0.9
        order = sorted(range(len(self.marks)), key=lambda number: self.marks[number].share)
        wanted = [self.place(self.marks[number].share) for number in order]
        found = spread_out(wanted, [step] * len(order), self.width)
        return [place for _number, place in sorted(zip(order, found, strict=True))]

    def _names(self) -> list[Shape]:
        """Return the names above the shapes, equal scores together, pushed apart where they would meet."""
        groups: dict[Fraction, list[str]] = {}
        for mark in self.marks:
            groups.setdefault(mark.share, []).append(mark.name)
        shares = sorted(groups)
        texts = [", ".join(groups[share]) for share in shares]
        widths = [self.measure(text, "name") + self.em * 0.45 for text in texts]
        places = spread_out([self.place(share) for share in shares], widths, self.width)
        return [
            Words(text, At(place, self.em * 0.65), "name", "text") for text, place in zip(texts, places, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Heaps:
    """The same for a narrow cell: a mark per seat above the line, equal scores heaped, a pointer at the settled one.

    The scale runs from `start` to the best score. A bar joins the lowest and the highest score; it is thick where
    they lie further apart than the tolerance (`over`).
    """

    scores: Sequence[Fraction | None]
    settled: Fraction | None
    over: bool
    start: Fraction
    width: float
    em: float

    @property
    def edge(self) -> float:
        """How far the scale's ends are from the picture's."""
        return self.em * 0.8

    @property
    def height(self) -> float:
        """The height of the line, the pointer below it and the highest heap on it."""
        return self.em * (1.3 + 0.6 * max((len(heap) for heap in self.heaps().values()), default=0))

    def heaps(self) -> dict[Fraction, list[int]]:
        """Return the seats by score; their order within a heap is that of the panel."""
        found: dict[Fraction, list[int]] = {}
        for seat, score in enumerate(self.scores):
            if score is not None:
                found.setdefault(score, []).append(seat)
        return found

    def place(self, share: Fraction) -> float:
        """Return where a score stands; one below the scale's beginning stands there."""
        part = max(share - self.start, Fraction(0)) / (1 - self.start)
        return self.edge + float(part) * (self.width - 2 * self.edge)

    def picture(self) -> Picture:
        """Return line, bar, heaps and pointer."""
        em, axis = self.em, self.height - self.em * 0.75
        low, high = self.edge, self.width - self.edge
        found: list[Shape] = [Stroke(At(low, axis), At(high, axis), "line", em * 0.07)]
        found += [Stroke(At(x, axis - em * 0.25), At(x, axis + em * 0.25), "edge", em * 0.07) for x in (low, high)]
        heaps = self.heaps()
        if len(heaps) > 1:
            ink: Ink = "warn" if self.over else "edge"
            ends = (At(self.place(min(heaps)), axis), At(self.place(max(heaps)), axis))
            found.append(Stroke(*ends, ink, em * (0.34 if self.over else 0.14)))
        for score, heap in heaps.items():
            for rise, seat in enumerate(heap):
                found.append(paper_mark(seat, At(self.place(score), axis - em * (0.55 + 0.6 * rise)), em * 0.23))
        if self.settled is not None:
            x, low_edge = self.place(self.settled), axis + em * 0.72
            found.append(
                Area((At(x, axis + em * 0.12), At(x - em * 0.4, low_edge), At(x + em * 0.4, low_edge)), "primary")
            )
        return tuple(found)


def spread_out(centres: Sequence[float], widths: Sequence[float], room: float) -> list[float]:
    """Return centres, in the given rising order, moved so little that no two of these widths overlap.

    Those that would meet form a cluster around the mean of their wanted places; clusters stay in the room.
    """
    clusters: list[list[int]] = []
    for number in range(len(centres)):
        clusters.append([number])
        while len(clusters) > 1:
            left, right = (_extent(cluster, centres, widths, room) for cluster in clusters[-2:])
            if left[1] <= right[0]:
                break
            last = clusters.pop()
            clusters[-1] += last
    places = [0.0] * len(centres)
    for cluster in clusters:
        edge = _extent(cluster, centres, widths, room)[0]
        for number in cluster:
            places[number] = edge + widths[number] / 2
            edge += widths[number]
    return places


def _extent(
    cluster: Sequence[int], centres: Sequence[float], widths: Sequence[float], room: float
) -> tuple[float, float]:
    """Return the left and right edge of a cluster around the mean of its wanted centres, inside the room."""
    total = sum(widths[number] for number in cluster)
    middle = sum(centres[number] for number in cluster) / len(cluster)
    left = max(0.0, min(middle - total / 2, room - total))
    return left, left + total
