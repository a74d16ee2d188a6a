# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Paragraphs: text into lines by real word breaks, lines onto the page, justified where Thai practice allows.

A line is filled word by word. Justified lines are widened at the spaces first, then a little between Thai
letters (as Thai word processors do); a line that would need more stays ragged.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from pmqa_desktop.reports.typeset.blocks import Block
from pmqa_desktop.reports.typeset.fonts import SARA_AM, Face, Glyph, advance, face
from pmqa_desktop.reports.typeset.pen import Pen, Point
from pmqa_desktop.reports.typeset.visible import visible
from pmqa_desktop.thai import break_points, has_thai

Align = Literal["left", "center", "right", "justify"]
Weight = Literal["Regular", "SemiBold", "Bold"]

_TOKEN = re.compile(r"(?P<end>\n)|(?P<space> +)|(?P<word>[^ \n]+)")
# How far a justified line may be widened, in em: a space at first, a gap between Thai letters, a space at last.
_SPACE_FIRST, _LETTER, _SPACE_LAST = 0.30, 0.045, 0.75
# A last line narrower than the first share of the width gets a word from the line above it, unless that word is
# wider than the second share: the line above would look torn.
_ORPHAN, _MOVED = 0.06, 0.10
_CACHED_WORD = 64
_UNDERLINE_DEPTH, _UNDERLINE_PEN = 0.22, 0.05


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look; what is None comes from the paragraph's style."""

    text: str
    weight: Weight | None = None
    italic: bool = False
    underline: bool = False
    colour: str = ""
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph looks; lengths are points."""

    size: float
    leading: float
    align: Align = "left"
    weight: Weight = "Regular"
    italic: bool = False
    colour: str = "#15202B"
    first_indent: float = 0.0
    left_indent: float = 0.0
    space_before: float = 0.0
    space_after: float = 0.0
    keep_with_next: bool = False
    widow_lines: int = 2

    def but(self, **changes: object) -> "Style":
        """Return the style with some of its values changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


class Segment(NamedTuple):
    """Shaped text of one look."""

    face: Face
    size: float
    colour: str
    underline: bool
    glyphs: tuple[Glyph, ...]
    width: float

    def with_glyphs(self, glyphs: tuple[Glyph, ...]) -> "Segment":
        """Return a segment of the same look with other glyphs."""
        return self._replace(glyphs=glyphs, width=advance(glyphs) * self.size / 1000)


class Atom(NamedTuple):
    """What a line break never cuts, and the space behind it (dropped at a line's end)."""

    segments: tuple[Segment, ...]
    width: float
    space: tuple[Segment, ...] = ()
    space_width: float = 0.0
    ends_line: bool = False


class Line(NamedTuple):
    """The atoms of one line; `last` marks the end of a paragraph or a forced line end."""

    atoms: tuple[Atom, ...]
    indent: float
    last: bool

    @property
    def width(self) -> float:
        """The natural width in points, without the space behind the last atom."""
        inner = sum(atom.space_width for atom in self.atoms[:-1])
        return sum(atom.width for atom in self.atoms) + inner


class Paragraph(Block):
    """Text of one or several looks, set in lines; with a `label` (a bullet or number) hanging left of it."""

    def __init__(self, text: str | Run | Sequence[Run], style: Style, *, label: str = "", bookmark: int = -1) -> None:
        """Take the text as typed; `bookmark` >= 0 puts the paragraph into the outline at that level."""
        runs = [text] if isinstance(text, Run) else [Run(text)] if isinstance(text, str) else list(text)
        self.runs, self.style, self.label, self.bookmark_level = tuple(runs), style, label, bookmark
        self.space_before, self.space_after = style.space_before, style.space_after
        self.keep_with_next = style.keep_with_next
        self._lines: dict[float, tuple[Line, ...]] = {}

    def lines(self, width: float) -> tuple[Line, ...]:
        """Return the lines at a width; they are worked out once per width."""
        found = self._lines.get(width)
        if found is None:
            found = self._lines[width] = fill(self.atoms, width - self.style.left_indent, self.style.first_indent)
        return found

    @cached_property
    def atoms(self) -> tuple[Atom, ...]:
        """The unbreakable pieces of the text."""
        return tuple(atomise(self.runs, self.style))

    @property
    def plain(self) -> str:
        """The text without its looks, on one line."""
        return " ".join("".join(run.text for run in self.runs).split())

    def natural_width(self) -> float:
        """Return the width the text would take in one line."""
        return sum(atom.width + atom.space_width for atom in self.atoms)

    def height(self, width: float) -> float:
        """Return the height at this width."""
        return len(self.lines(width)) * self.style.leading

    def least(self, width: float) -> float:
        """Return the height of the fewest lines that may stand alone at a page's end."""
        count = len(self.lines(width))
        alone = count if count <= self.style.widow_lines + 1 else self.style.widow_lines
        return alone * self.style.leading

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Cut between two lines so that neither part is a single line, if there are enough lines."""
        lines = self.lines(width)
        fitting = int((room + 0.01) / self.style.leading)
        fitting = min(fitting, len(lines) - min(self.style.widow_lines, len(lines) - 1))
        if fitting < min(self.style.widow_lines, len(lines) - 1) or fitting < 1:
            return None
        return SetLines(self, lines[:fitting], first=True), SetLines(self, lines[fitting:], first=False)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the lines."""
        SetLines(self, self.lines(width), first=True).draw(pen, x, top, width)


class SetLines(Block):
    """Some lines of a paragraph that was cut at a page's end."""

    def __init__(self, whole: Paragraph, lines: tuple[Line, ...], *, first: bool) -> None:
        """Take lines that `whole` has set; `first` draws its label and bookmark too."""
        self.whole, self.set_lines, self.first = whole, lines, first
        self.space_before = whole.space_before if first else 0.0
        self.space_after = whole.space_after

    def height(self, width: float) -> float:
        """Return the height of the lines."""
        del width
        return len(self.set_lines) * self.whole.style.leading

    def least(self, width: float) -> float:
        """Return the height of the fewest lines that may stand alone."""
        del width
        return min(len(self.set_lines), self.whole.style.widow_lines) * self.whole.style.leading

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Cut between two lines."""
        del width
        fitting = int((room + 0.01) / self.whole.style.leading)
        if fitting < 1 or fitting >= len(self.set_lines):
            return None
        head, tail = self.set_lines[:fitting], self.set_lines[fitting:]
        return SetLines(self.whole, head, first=self.first), SetLines(self.whole, tail, first=False)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the lines."""
        style = self.whole.style
        if self.first and self.whole.bookmark_level >= 0:
            pen.bookmark(self.whole.plain, self.whole.bookmark_level, top + style.size)
        if self.first and self.whole.label:
            mark = atomise([Run(self.whole.label)], style)
            line = Line(tuple(mark), 0.0, last=True)
            draw_line(pen, line, style.but(align="left"), x, top, style.left_indent)
        for line in self.set_lines:
            draw_line(pen, line, style, x + style.left_indent, top, width - style.left_indent)
            top -= style.leading


# --- From text to atoms ----------------------------------------------------------------------------------------


def _face_of(run: Run, style: Style) -> Face:
    return face(run.weight or style.weight, italic=run.italic or style.italic)


class _Shaper:
    """Shapes stretches of several runs' joined text, each part in the look of its run."""

    def __init__(self, runs: Sequence[Run], style: Style) -> None:
        texts = [visible(run.text, _face_of(run, style)) for run in runs]
        self.text = "".join(texts)
        self._runs, self._style = runs, style
        self._ends = list(accumulate(len(text) for text in texts))

    def shape(self, start: int, end: int) -> tuple[Segment, ...]:
        segments: list[Segment] = []
        for run, stop in zip(self._runs, self._ends, strict=True):
            if start < min(end, stop):
                segments.append(_segment(run, self._style, self.text[start : min(end, stop)]))
                start = stop
        return tuple(segments)


def atomise(runs: Sequence[Run], style: Style) -> list[Atom]:
    """Shape the runs into atoms: words between spaces, cut further where Thai words meet."""
    shaper = _Shaper(runs, style)
    breaks = break_points(shaper.text)
    atoms: list[Atom] = []
    for token in _TOKEN.finditer(shaper.text):
        if token["word"]:
            inner = breaks[bisect_right(breaks, token.start()) : bisect_left(breaks, token.end())]
            for start, end in pairwise((token.start(), *inner, token.end())):
                atoms.append(_atom(shaper.shape(start, end)))
            continue
        if not atoms or atoms[-1].ends_line:
            atoms.append(Atom((), 0.0))
        if token["end"]:
            atoms[-1] = atoms[-1]._replace(ends_line=True)
        else:
            space = shaper.shape(token.start(), token.end())
            atoms[-1] = atoms[-1]._replace(space=space, space_width=sum(segment.width for segment in space))
    return atoms


def _atom(segments: tuple[Segment, ...]) -> Atom:
    return Atom(segments, sum(segment.width for segment in segments))


def _segment(run: Run, style: Style, text: str) -> Segment:
    used = _face_of(run, style)
    size = run.size or style.size
    glyphs = used.shape(text) if len(text) <= _CACHED_WORD else used.shape_anew(text)
    return Segment(used, size, run.colour or style.colour, run.underline, glyphs, advance(glyphs) * size / 1000)


# --- From atoms to lines ---------------------------------------------------------------------------------------


def fill(atoms: Sequence[Atom], width: float, first_indent: float = 0.0) -> tuple[Line, ...]:
    """Fill lines of `width` with atoms; an atom wider than a line is cut between letters."""
    lines: list[Line] = []
    current: list[Atom] = []
    used, indent = 0.0, first_indent

    def close(*, last: bool) -> None:
        nonlocal used, indent
        lines.append(Line(tuple(current), indent, last))
        current.clear()
        used, indent = 0.0, 0.0

    for whole in atoms:
        for atom in _fitting(whole, width - indent if not current else width):
            if current and used + atom.width > width - indent + 0.01:
                close(last=False)
            current.append(atom)
            used += atom.width + atom.space_width
        if whole.ends_line:
            close(last=True)
    if current or not lines:
        close(last=True)
    if lines[-1].last is False:
        lines[-1] = lines[-1]._replace(last=True)
    return tuple(_without_orphan(lines, width))


def _without_orphan(lines: list[Line], width: float) -> list[Line]:
    """Give a very short last line one more word."""
    if len(lines) < 2 or lines[-2].last:
        return lines
    before, final = lines[-2:]
    if len(before.atoms) < 4 or len(final.atoms) != 1 or final.width > width * _ORPHAN:
        return lines
    moved = before.atoms[-1]
    if moved.width > width * _MOVED:
        return lines
    return [*lines[:-2], before._replace(atoms=before.atoms[:-1]), final._replace(atoms=(moved, *final.atoms))]


def _fitting(atom: Atom, width: float) -> list[Atom]:
    """Cut an atom wider than a line between letters, never before a mark."""
    if atom.width <= width or not atom.segments:
        return [atom]
    parts: list[Atom] = []
    held: list[Segment] = []
    used = 0.0
    for segment in atom.segments:
        start = 0
        scale = segment.size / 1000
        for index, glyph in enumerate(segment.glyphs):
            step = glyph.advance * scale
            if used + step > width and used > 0 and glyph.advance > 0:
                if index > start:
                    held.append(segment.with_glyphs(segment.glyphs[start:index]))
                parts.append(_atom(tuple(held)))
                held, start, used = [], index, 0.0
            used += step
        if start < len(segment.glyphs):
            held.append(segment.with_glyphs(segment.glyphs[start:]))
    parts.append(_atom(tuple(held))._replace(space=atom.space, space_width=atom.space_width))
    return parts


# --- From lines to the page ------------------------------------------------------------------------------------


def baseline(style: Style) -> float:
    """Return how far below a line's top its baseline lies: small letters stand in the middle of the line."""
    return style.leading / 2 + style.size * 0.31


def draw_line(pen: Pen, line: Line, style: Style, x: float, top: float, width: float) -> None:
    """Draw one line at its place, aligned as the style says."""
    room = width - line.indent
    free = room - line.width
    x += line.indent
    per_space = per_letter = 0.0
    if style.align == "justify" and not line.last and free > 0:
        per_space, per_letter = _widening(line, free, style.size)
    elif style.align == "right":
        x += free
    elif style.align == "center":
        x += free / 2
    y = top - baseline(style)
    for segment, spread in _joined(line, per_space, per_letter):
        extra = sum(spread) if spread else 0.0
        width_now = segment.width + extra * segment.size / 1000
        if segment.glyphs:
            pen.glyphs(segment.face, segment.size, Point(x, y), segment.glyphs, segment.colour, spread)
        if segment.underline:
            depth = y - segment.size * _UNDERLINE_DEPTH
            pen.line(Point(x, depth), Point(x + width_now, depth), segment.colour, segment.size * _UNDERLINE_PEN)
        x += width_now


def _widening(line: Line, free: float, size: float) -> tuple[float, float]:
    """Return what to add per space and per gap between Thai letters, in points; zeros leave the line ragged."""
    spaces = sum(len(segment.glyphs) for atom in line.atoms[:-1] for segment in atom.space)
    gaps = sum(_gaps(segment) for atom in line.atoms for segment in atom.segments)
    per_space = min(free / spaces, _SPACE_FIRST * size) if spaces else 0.0
    rest = free - per_space * spaces
    per_letter = min(rest / gaps, _LETTER * size) if gaps else 0.0
    rest -= per_letter * gaps
    if rest > 0.01:
        if not spaces or per_space + rest / spaces > _SPACE_LAST * size:
            return 0.0, 0.0
        per_space += rest / spaces
    return per_space, per_letter


def _gaps(segment: Segment) -> int:
    return sum(_spreadable(segment.glyphs, index) for index in range(len(segment.glyphs)))


def _spreadable(glyphs: Sequence[Glyph], index: int) -> bool:
    """Tell whether the gap behind this glyph may be widened: it is a Thai letter, and `ำ` does not cling to it."""
    if not has_thai(glyphs[index].text):
        return False
    return index + 1 == len(glyphs) or glyphs[index + 1].text[:1] != SARA_AM


def _joined(line: Line, per_space: float, per_letter: float) -> list[tuple[Segment, list[float]]]:
    """Join the segments of a line that look alike, with the widening behind each glyph in units of the face."""
    joined: list[tuple[Segment, list[float]]] = []
    for index, atom in enumerate(line.atoms):
        final = index == len(line.atoms) - 1
        for segment, is_space in [
            *((segment, False) for segment in atom.segments),
            *((segment, True) for segment in (() if final else atom.space)),
        ]:
            unit = 1000 / segment.size
            if is_space:
                spread = [per_space * unit] * len(segment.glyphs)
            else:
                spread = [
                    per_letter * unit if per_letter and _spreadable(segment.glyphs, at) else 0.0
                    for at in range(len(segment.glyphs))
                ]
            if joined and joined[-1][0][:4] == segment[:4]:
                before, widening = joined[-1]
                whole = before._replace(glyphs=before.glyphs + segment.glyphs, width=before.width + segment.width)
                joined[-1] = (whole, widening + spread)
            else:
                joined.append((segment, spread))
    return joined
