# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""From atoms to lines, and lines onto the page.

A line is filled word by word. Justified lines are widened at the spaces first, then a little between Thai
letters (as Thai word processors do); a line that would need more stays ragged.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pmqa_desktop.reports.typeset.atoms import Atom, Segment, Style, atom_of
from pmqa_desktop.reports.typeset.fonts import SARA_AM, Glyph
from pmqa_desktop.reports.typeset.pen import Pen, Point
from pmqa_desktop.thai import has_thai

# How far a justified line may be widened, in em: a space at first, a gap between Thai letters, a space at last.
_SPACE_FIRST, _LETTER, _SPACE_LAST = 0.30, 0.045, 0.75
# A last line narrower than the first share of the width gets a word from the line above it, unless that word is
# wider than the second share: the line above would look torn.
_ORPHAN, _MOVED = 0.06, 0.10
# What is tied to the first word of the next line moves down with it, unless it is wider than this share of the width.
_TIED = 0.4
_UNDERLINE_DEPTH, _UNDERLINE_PEN = 0.22, 0.05


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


def fill(atoms: Sequence[Atom], width: float, first_indent: float = 0.0) -> tuple[Line, ...]:
    """Fill lines of `width` with atoms; an atom wider than a line is cut between letters."""
    lines: list[Line] = []
    current: list[Atom] = []
    used, indent = 0.0, first_indent

    def close(*, last: bool, moved: int = 0) -> None:
        nonlocal used, indent
        kept = len(current) - moved
        lines.append(Line(tuple(current[:kept]), indent, last))
        del current[:kept]
        used, indent = sum(atom.width + atom.space_width for atom in current), 0.0

    for whole in atoms:
        for atom in _fitting(whole, width - indent if not current else width):
            if current and used + atom.width > width - indent + 0.01:
                close(last=False, moved=_tied_to(atom, current, width))
            current.append(atom)
            used += atom.width + atom.space_width
        if whole.ends_line:
            close(last=True)
    if current or not lines:
        close(last=True)
    if lines[-1].last is False:
        lines[-1] = lines[-1]._replace(last=True)
    return tuple(_without_orphan(lines, width))


def _tied_to(atom: Atom, line: Sequence[Atom], width: float) -> int:
    """Return how many atoms at the end of a full line move down with the atom that begins the next one."""
    count, room = 0, min(width * _TIED, width - atom.width)
    for before in reversed(line):
        room -= before.width + before.space_width
        if not before.tied or room < 0:
            break
        count += 1
    return count if count < len(line) else 0


def _without_orphan(lines: list[Line], width: float) -> list[Line]:
    """Give a very short last line one more word."""
    if len(lines) < 2 or lines[-2].last:
        return lines
    before, final = lines[-2:]
    if len(before.atoms) < 4 or len(final.atoms) != 1 or final.width > width * _ORPHAN:
        return lines
    moved = before.atoms[-1]
    if moved.width > width * _MOVED or before.atoms[-2].tied:
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
                parts.append(atom_of(tuple(held)))
                held, start, used = [], index, 0.0
            used += step
        if start < len(segment.glyphs):
            held.append(segment.with_glyphs(segment.glyphs[start:]))
    parts.append(atom_of(tuple(held))._replace(space=atom.space, space_width=atom.space_width))
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
    looks: list[Segment] = []
    glyphs: list[list[Glyph]] = []
    spreads: list[list[float]] = []
    for index, atom in enumerate(line.atoms):
        final = index == len(line.atoms) - 1
        for segment in atom.segments if final else (*atom.segments, *atom.space):
            if not looks or looks[-1][:4] != segment[:4]:
                looks.append(segment)
                glyphs.append([])
                spreads.append([])
            glyphs[-1] += segment.glyphs
            spreads[-1] += _spread(segment, per_space, per_letter)
    return [(look.with_glyphs(tuple(some)), spread) for look, some, spread in zip(looks, glyphs, spreads, strict=True)]


def _spread(segment: Segment, per_space: float, per_letter: float) -> list[float]:
    """Return the widening behind each glyph: a segment is all spaces or holds none."""
    count, unit = len(segment.glyphs), 1000 / segment.size
    if segment.glyphs[:1] and segment.glyphs[0].text == " ":
        return [per_space * unit] * count
    if not per_letter:
        return [0.0] * count
    return [per_letter * unit if _spreadable(segment.glyphs, at) else 0.0 for at in range(count)]
