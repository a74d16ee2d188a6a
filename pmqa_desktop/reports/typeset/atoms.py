# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""From text to atoms: shaped pieces that a line break never cuts."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from pmqa_desktop.reports.typeset.fonts import Face, Glyph, advance, face
from pmqa_desktop.reports.typeset.ties import counts_on, tied
from pmqa_desktop.reports.typeset.visible import visible
from pmqa_desktop.thai import break_points

Align = Literal["left", "center", "right", "justify"]
Weight = Literal["Regular", "SemiBold", "Bold"]

_TOKEN = re.compile(r"(?P<end>\n)|(?P<space> +)|(?P<word>[^ \n]+)")
_CACHED_WORD = 64


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
    """What a line break never cuts, and the space behind it (dropped at a line's end).

    `tied` wishes the next atom to stand on the same line.
    """

    segments: tuple[Segment, ...]
    width: float
    space: tuple[Segment, ...] = ()
    space_width: float = 0.0
    ends_line: bool = False
    tied: bool = False


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
    text, breaks = shaper.text, break_points(shaper.text)
    atoms: list[Atom] = []
    before, cut = "", False
    for token in _TOKEN.finditer(text):
        if token["word"]:
            inner = breaks[bisect_right(breaks, token.start()) : bisect_left(breaks, token.end())]
            places = (token.start(), *inner, token.end())
            if before and tied(before, text[places[0] : places[1]]):
                _tie(atoms, 2 if cut and counts_on(before) else 1)
            atoms += [atom_of(shaper.shape(start, end)) for start, end in pairwise(places)]
            before, cut = text[places[-2] : places[-1]], len(places) > 2
            continue
        if not atoms or atoms[-1].ends_line:
            atoms.append(Atom((), 0.0))
        if token["end"]:
            atoms[-1] = atoms[-1]._replace(ends_line=True)
            before = ""
        else:
            space = shaper.shape(token.start(), token.end())
            atoms[-1] = atoms[-1]._replace(space=space, space_width=sum(segment.width for segment in space))
    return atoms


def _tie(atoms: list[Atom], count: int) -> None:
    for at in range(-count, 0):
        atoms[at] = atoms[at]._replace(tied=True)


def atom_of(segments: tuple[Segment, ...]) -> Atom:
    """Return an atom of the segments, without a space behind it."""
    return Atom(segments, sum(segment.width for segment in segments))


def _segment(run: Run, style: Style, text: str) -> Segment:
    used = _face_of(run, style)
    size = run.size or style.size
    glyphs = used.shape(text) if len(text) <= _CACHED_WORD else used.shape_anew(text)
    return Segment(used, size, run.colour or style.colour, run.underline, glyphs, advance(glyphs) * size / 1000)
