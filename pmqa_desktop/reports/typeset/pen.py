# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The one place that writes to a PDF page: text by glyphs, lines, areas, bookmarks.

Distances are points (1/72 inch), y grows upwards from the lower edge of the sheet, colours are `#RRGGBB`.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas

from pmqa_desktop.reports.typeset.embedding import EmbeddedFace
from pmqa_desktop.reports.typeset.fonts import Face, Glyph, advance


class Point(NamedTuple):
    """A place on the page."""

    x: float
    y: float


def number(value: float) -> str:
    """Return a number as PDF writes it: at most three decimals, no exponent, the same on every machine."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


class Pen:
    """Draws on the current page of a reportlab canvas."""

    def __init__(self, canvas: Canvas) -> None:
        """Draw on `canvas`."""
        self._canvas = canvas
        self._faces: dict[str, EmbeddedFace] = {}
        self._bookmarks = 0
        self._stamps: set[str] = set()

    def _write(self, code: str) -> None:
        self._canvas._code.append(code)  # type: ignore[attr-defined]  # noqa: SLF001 - reportlab has no public way in

    def _embedded(self, face: Face) -> EmbeddedFace:
        found = self._faces.get(face.key)
        if found is None:
            document = self._canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001 - as above
            found = self._faces[face.key] = EmbeddedFace(face, f"T{len(self._faces) + 1}")
            document.delayedFonts.append(found)
        return found

    def glyphs(
        self, face: Face, size: float, at: Point, glyphs: Sequence[Glyph], colour: str, spread: Sequence[float] = ()
    ) -> None:
        """Show shaped text with its baseline beginning at `at`; `spread` adds units of the face after each glyph."""
        embedded = self._embedded(face)
        shown: list[str] = []
        codes = ""
        for index, glyph in enumerate(glyphs):
            code, back = embedded.shown(glyph)
            codes += code
            move = back - (spread[index] if spread else 0.0)
            if move and index < len(glyphs) - 1:
                shown.append(f"<{codes}>{number(move)}")
                codes = ""
        shown.append(f"<{codes}>" if codes else "")
        red, green, blue = _channels(colour)
        self._write(
            f"BT {red} {green} {blue} rg /{embedded.name} {number(size)} Tf "
            f"1 0 0 1 {number(at.x)} {number(at.y)} Tm [{''.join(shown)}]TJ ET"
        )

    def line(self, start: Point, end: Point, colour: str, width: float = 0.5, dash: Sequence[float] = ()) -> None:
        """Draw a straight line, dashed by the lengths of `dash`."""
        red, green, blue = _channels(colour)
        pattern = " ".join(number(length) for length in dash)
        self._write(
            f"q {red} {green} {blue} RG {number(width)} w [{pattern}] 0 d "
            f"{number(start.x)} {number(start.y)} m {number(end.x)} {number(end.y)} l S Q"
        )

    def area(
        self,
        corners: Sequence[Point],
        fill: str = "",
        edge: str = "",
        width: float = 0.5,
        dash: Sequence[float] = (),
    ) -> None:
        """Draw a closed polygon, filled and edged in the colours given."""
        path = " ".join(
            f"{number(corner.x)} {number(corner.y)} {'l' if index else 'm'}" for index, corner in enumerate(corners)
        )
        paint = {(True, True): "b", (True, False): "f", (False, True): "s"}.get((bool(fill), bool(edge)))
        if paint is None:
            return
        colours = f"{' '.join(_channels(fill))} rg " if fill else ""
        colours += f"{' '.join(_channels(edge))} RG " if edge else ""
        pattern = " ".join(number(length) for length in dash)
        self._write(f"q {colours}{number(width)} w [{pattern}] 0 d {path} {paint} Q")

    def box(
        self, x: float, y: float, width: float, height: float, fill: str = "", edge: str = "", pen: float = 0.5
    ) -> None:
        """Draw a rectangle from its lower left corner."""
        corners = [Point(x, y), Point(x + width, y), Point(x + width, y + height), Point(x, y + height)]
        self.area(corners, fill, edge, pen)

    def disc(self, centre: Point, radius: float, fill: str = "", edge: str = "", pen: float = 0.5) -> None:
        """Draw a circle by four Bezier arcs."""
        bend = radius * 0.5523
        x, y, r = centre.x, centre.y, radius
        arcs = (
            (x + r, y + bend, x + bend, y + r, x, y + r),
            (x - bend, y + r, x - r, y + bend, x - r, y),
            (x - r, y - bend, x - bend, y - r, x, y - r),
            (x + bend, y - r, x + r, y - bend, x + r, y),
        )
        path = f"{number(x + r)} {number(y)} m "
        path += " ".join(f"{' '.join(number(value) for value in arc)} c" for arc in arcs)
        paint = {(True, True): "b", (True, False): "f", (False, True): "s"}.get((bool(fill), bool(edge)), "n")
        colours = f"{' '.join(_channels(fill))} rg " if fill else ""
        colours += f"{' '.join(_channels(edge))} RG " if edge else ""
        self._write(f"q {colours}{number(pen)} w {path} {paint} Q")

    def veil(self, corners: Sequence[Point], fill: str) -> None:
        """Fill a polygon so that what lies below it stays visible."""
        self._canvas.saveState()
        self._canvas.setFillAlpha(0.55)
        self.area(corners, fill)
        self._canvas.restoreState()

    def stamp(self, name: str, draw: Callable[[], None]) -> None:
        """Draw what `draw` draws; the file holds it once, however many pages it is stamped on."""
        if name not in self._stamps:
            self._stamps.add(name)
            self._canvas.beginForm(name)
            draw()
            self._canvas.endForm()
        self._canvas.doForm(name)

    def shape(self, path: str, colour: str) -> None:
        """Fill a path of PDF operators around the origin."""
        self._write(f"q {' '.join(_channels(colour))} rg {path} f Q")

    def moved(self, x: float, y: float) -> "Turned":
        """Return a context in which everything is drawn moved by (`x`, `y`)."""
        return Turned(self._canvas, Point(x, y), 0.0)

    def scaled(self, x: float, y: float, share: float) -> "Turned":
        """Return a context whose origin is (`x`, `y`) and in which everything is drawn `share` times as large."""
        return Turned(self._canvas, Point(x, y), 0.0, share)

    def turned(self, centre: Point, degrees: float) -> "Turned":
        """Return a context in which everything is drawn turned about `centre`, which becomes the origin."""
        return Turned(self._canvas, centre, degrees)

    def bookmark(self, title: str, level: int, top: float) -> None:
        """Add an entry to the document's outline that leads to `top` of this page."""
        self._bookmarks += 1
        key = f"b{self._bookmarks}"
        self._canvas.bookmarkHorizontal(key, 0, top)
        self._canvas.addOutlineEntry(title, key, level, closed=level > 0)


class Turned:
    """Saves the canvas, moves the origin, turns and scales it; restores it afterwards."""

    def __init__(self, canvas: Canvas, centre: Point, degrees: float, share: float = 1.0) -> None:
        """Remember where, how far and how large."""
        self._canvas, self._centre, self._degrees, self._share = canvas, centre, degrees, share

    def __enter__(self) -> None:
        self._canvas.saveState()
        self._canvas.translate(self._centre.x, self._centre.y)
        self._canvas.rotate(self._degrees)
        if self._share != 1.0:
            self._canvas.scale(self._share, self._share)

    def __exit__(self, *_: object) -> None:
        self._canvas.restoreState()


def _channels(colour: str) -> tuple[str, str, str]:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return number(red), number(green), number(blue)


def width_of(glyphs: tuple[Glyph, ...], size: float) -> float:
    """Return the width of shaped text in points."""
    return advance(glyphs) * size / 1000
