# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The pen that draws the program's pictures on paper: names of inks and roles become colours and letters."""

from collections.abc import Iterable, Mapping

from pmqa_desktop.pictures.shapes import Area, At, Disc, Ink, Role, Shape, Stroke
from pmqa_desktop.reports.styles import (
    EDGE,
    LEVELS,
    LINE,
    NOTE,
    PRIMARY,
    SMALL,
    SURFACE_2,
    TEXT,
    TEXT_2,
    WARN,
    WHITE,
)
from pmqa_desktop.reports.typeset.labels import label, label_width
from pmqa_desktop.reports.typeset.paragraphs import Style
from pmqa_desktop.reports.typeset.pen import Pen, Point

INKS: Mapping[Ink, str] = {
    "": "", "text": TEXT, "text2": TEXT_2, "primary": PRIMARY, "edge": EDGE, "line": LINE, "surface": WHITE,
    "surface2": SURFACE_2, "warn": WARN, "lv1": LEVELS[0], "lv2": LEVELS[1], "lv3": LEVELS[2],
}  # fmt: skip
_ROLES: Mapping[Role, Style] = {
    "name": SMALL.but(weight="SemiBold"),
    "value": SMALL.but(weight="Bold", size=10.5),
    "ring": NOTE.but(size=8.0),
    "post": SMALL.but(weight="Bold"),
    "note": NOTE,
}
_DASH = (4.0, 3.0)
_MIDDLE = 0.31  # of the letters' size: how far their middle is above the baseline


def measure(text: str, role: Role) -> float:
    """Return how wide words of a role are, in points."""
    return label_width(text, _ROLES[role])


def draw_picture(pen: Pen, picture: Iterable[Shape], x: float, top: float) -> None:
    """Draw a picture, measured in points, with its upper left corner at (`x`, `top`) of the page."""

    def at(place: At) -> Point:
        return Point(x + place.x, top - place.y)

    for shape in picture:
        if isinstance(shape, Stroke):
            pen.line(at(shape.start), at(shape.end), INKS[shape.ink], shape.width)
        elif isinstance(shape, Area):
            corners = [at(corner) for corner in shape.corners]
            if shape.veil:
                pen.veil(corners, INKS[shape.fill])
            else:
                dash = _DASH if shape.dashed else ()
                pen.area(corners, INKS[shape.fill], INKS[shape.edge], shape.width, dash)
        elif isinstance(shape, Disc):
            pen.disc(at(shape.centre), shape.radius, INKS[shape.fill], INKS[shape.edge], shape.width)
        else:
            style = _ROLES[shape.role].but(colour=INKS[shape.ink])
            place = at(shape.at)
            if shape.back:
                width = label_width(shape.text, style) + 4
                pen.box(place.x - width / 2, place.y - style.size * 0.62, width, style.size * 1.24, INKS[shape.back])
            label(pen, shape.text, style, Point(place.x, place.y - style.size * _MIDDLE), shape.anchor)
