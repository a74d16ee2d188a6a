# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Paragraphs: text of one or several looks, set in lines, cut over pages without leaving single lines behind."""

from collections.abc import Sequence
from functools import cached_property

from pmqa_desktop.reports.typeset.atoms import Atom, atomise
from pmqa_desktop.reports.typeset.atoms import Run as Run
from pmqa_desktop.reports.typeset.atoms import Style as Style
from pmqa_desktop.reports.typeset.blocks import Block
from pmqa_desktop.reports.typeset.fonts import face
from pmqa_desktop.reports.typeset.lines import Line, draw_line, fill
from pmqa_desktop.reports.typeset.pen import Pen
from pmqa_desktop.reports.typeset.visible import visible


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
        """The text without its looks, on one line, as it is printed."""
        return " ".join("".join(visible(run.text, face()) for run in self.runs).split())

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
