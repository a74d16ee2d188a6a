# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What a picture is made of. x grows to the right, y downwards from the picture's upper left corner.

Lengths are in the unit of who asks: points on paper, pixels on the screen. Inks and roles are names; each pen has its
own colours and letters for them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Ink = Literal["", "text", "text2", "primary", "edge", "line", "surface", "surface2", "warn", "lv1", "lv2", "lv3"]
Role = Literal["name", "value", "ring", "post", "note"]
Anchor = Literal["start", "middle", "end"]
Measure = Callable[[str, Role], float]
"""Tells how wide words of a role are."""
LEVEL_INKS: tuple[Ink, ...] = ("lv1", "lv2", "lv3")


class At(NamedTuple):
    """A place in the picture."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line."""

    start: At
    end: At
    ink: Ink
    width: float


@dataclass(frozen=True, slots=True)
class Area:
    """A polygon; an empty ink fills or edges nothing, a veil lets what lies below it be seen."""

    corners: tuple[At, ...]
    fill: Ink = ""
    edge: Ink = ""
    width: float = 0.0
    veil: bool = False
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled or edged circle."""

    centre: At
    radius: float
    fill: Ink = ""
    edge: Ink = ""
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text whose middle height is at `at`; `back` is the ink of the ground right behind it."""

    text: str
    at: At
    role: Role
    ink: Ink
    anchor: Anchor = "middle"
    back: Ink = ""


Shape = Stroke | Area | Disc | Words
Picture = tuple[Shape, ...]


def box(left: float, top: float, width: float, height: float, fill: Ink = "", edge: Ink = "", pen: float = 0.0) -> Area:
    """Return a rectangle."""
    right, low = left + width, top + height
    return Area((At(left, top), At(right, top), At(right, low), At(left, low)), fill, edge, pen)


def moved(corners: Sequence[tuple[float, float]], at: At, scale: float) -> tuple[At, ...]:
    """Return corners around the origin, enlarged and moved to a place."""
    return tuple(At(at.x + x * scale, at.y + y * scale) for x, y in corners)
