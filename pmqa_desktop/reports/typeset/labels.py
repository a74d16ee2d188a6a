# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Single lines of text at a given place, for pictures and page furniture; and text drawn as a shape."""

from typing import Literal

import uharfbuzz as hb

from pmqa_desktop.reports.typeset.atoms import Run, Style, atomise
from pmqa_desktop.reports.typeset.fonts import Face, advance, face
from pmqa_desktop.reports.typeset.pen import Pen, Point, number
from pmqa_desktop.reports.typeset.visible import visible

Anchor = Literal["start", "middle", "end"]
_CUT = "…"


def label_width(text: str, style: Style) -> float:
    """Return the width of a line of text in points."""
    return sum(atom.width + atom.space_width for atom in atomise([Run(text)], style))


def fitted(text: str, style: Style, width: float) -> str:
    """Return the text on one line, its end replaced by `…` between two letters where it is wider than `width`."""
    line = " ".join(text.split())
    if label_width(line, style) <= width:
        return line
    room = (width - label_width(_CUT, style)) * 1000 / style.size
    kept = ""
    for atom in atomise([Run(line)], style):
        for segment in (*atom.segments, *atom.space):
            for glyph in segment.glyphs:
                room -= glyph.advance
                if room < 0:
                    return kept.rstrip() + _CUT
                kept += glyph.text
    return kept


def label(pen: Pen, text: str, style: Style, at: Point, anchor: Anchor = "start") -> None:
    """Write one line whose baseline begins, is centred or ends at `at`; it is never broken or shortened."""
    width = label_width(text, style)
    x = at.x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    for atom in atomise([Run(text)], style):
        for segment in (*atom.segments, *atom.space):
            pen.glyphs(segment.face, segment.size, Point(x, at.y), segment.glyphs, segment.colour)
            x += segment.width


def outline(text: str, size: float, weight: str = "Bold") -> tuple[str, float]:
    """Return PDF path operators that draw `text` from the origin, and its width in points.

    A watermark is drawn so: it is seen, but it does not mix into the text that is searched and copied.
    """
    used = face(weight)
    glyphs = used.shape(visible(text, used))
    scale = size / 1000
    path: list[str] = []
    x = 0.0
    for glyph in glyphs:
        for part in glyph.parts:
            path += _contours(used, part.gid, x + part.dx * scale, part.dy * scale, scale)
        x += glyph.advance * scale
    return " ".join(path), advance(glyphs) * scale


class _Path:
    """Collects one glyph's contours as PDF operators; quadratic curves become cubic ones."""

    def __init__(self, x: float, y: float, scale: float) -> None:
        self._x, self._y, self._scale = x, y, scale
        self._pen = (0.0, 0.0)
        self.operators: list[str] = []

    def _at(self, x: float, y: float) -> str:
        return f"{number(self._x + x * self._scale)} {number(self._y + y * self._scale)}"

    def move(self, x: float, y: float, _: object) -> None:
        self._pen = (x, y)
        self.operators.append(f"{self._at(x, y)} m")

    def line(self, x: float, y: float, _: object) -> None:
        self._pen = (x, y)
        self.operators.append(f"{self._at(x, y)} l")

    def quadratic(self, control_x: float, control_y: float, x: float, y: float, _: object) -> None:
        start_x, start_y = self._pen
        first = (start_x + 2 * (control_x - start_x) / 3, start_y + 2 * (control_y - start_y) / 3)
        second = (x + 2 * (control_x - x) / 3, y + 2 * (control_y - y) / 3)
        self._pen = (x, y)
        self.operators.append(f"{self._at(*first)} {self._at(*second)} {self._at(x, y)} c")

    def close(self, _: object) -> None:
        self.operators.append("h")


def _contours(used: Face, gid: int, x: float, y: float, scale: float) -> list[str]:
    path = _Path(x, y, scale)
    functions = hb.DrawFuncs()
    functions.set_move_to_func(path.move)
    functions.set_line_to_func(path.line)
    functions.set_quadratic_to_func(path.quadratic)
    functions.set_close_path_func(path.close)
    used.draw(gid, functions)
    return path.operators
