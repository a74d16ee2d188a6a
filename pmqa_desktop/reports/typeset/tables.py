# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Tables: rows of cells that hold blocks; cut between rows, or inside a row higher than a page; heads repeat."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from pmqa_desktop.reports.typeset.blocks import Block, draw_stacked, gap, stacked
from pmqa_desktop.reports.typeset.pen import Pen, Point

Vertical = Literal["top", "middle"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: blocks below each other, over `span` columns, on an area of colour `fill`."""

    blocks: tuple[Block, ...]
    span: int = 1
    fill: str = ""
    vertical: Vertical = "top"

    def content_height(self, width: float) -> float:
        """Return the height of the blocks at the width inside the padding."""
        return stacked(self.blocks, width) if self.blocks else 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `keep_with_next` keeps it on the page of the next one; `rule` colours the line below it."""

    cells: tuple[Cell, ...]
    fill: str = ""
    keep_with_next: bool = False
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """The lines and paddings of a table, in points; an empty colour draws no line."""

    row: str = "#D5DCE4"
    head: str = "#14426F"
    column: str = ""
    frame: str = ""
    pad_x: float = 5.0
    pad_y: float = 3.0
    hair: float = 0.5
    head_pen: float = 1.0


@dataclass
class Table(Block):
    """Rows under a head of `heads` rows that is repeated on every page.

    `widths` are shares of the table's width. The rows of the head never stand alone at a page's end.
    """

    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    heads: int = 1
    ruling: Ruling = field(default_factory=Ruling)
    space_before: float = 4.0
    space_after: float = 8.0
    keep_with_next: bool = False
    whole: bool = False

    def _columns(self, width: float) -> list[float]:
        total = sum(self.widths)
        return [width * share / total for share in self.widths]

    def _cell_widths(self, row: Row, width: float) -> list[float]:
        columns = self._columns(width)
        widths: list[float] = []
        at = 0
        for cell in row.cells:
            widths.append(sum(columns[at : at + cell.span]))
            at += cell.span
        return widths

    def _row_height(self, row: Row, width: float) -> float:
        inner = [
            cell.content_height(cell_width - 2 * self.ruling.pad_x)
            for cell, cell_width in zip(row.cells, self._cell_widths(row, width), strict=True)
        ]
        return max(inner, default=0.0) + 2 * self.ruling.pad_y

    def height(self, width: float) -> float:
        """Return the height of all rows."""
        return sum(self._row_height(row, width) for row in self.rows)

    def least(self, width: float) -> float:
        """Return the height of the head and the rows that must stay with the first one."""
        if self.whole:
            return self.height(width)
        count = self.heads + 1
        while count < len(self.rows) and self.rows[count - 1].keep_with_next:
            count += 1
        needed = sum(self._row_height(row, width) for row in self.rows[:count])
        first = self._row_height(self.rows[self.heads], width) if len(self.rows) > self.heads else 0.0
        return needed if first < 160 else needed - first + 80

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Cut between rows; where the first row alone is too high, cut inside it."""
        head, body = self.rows[: self.heads], self.rows[self.heads :]
        used = sum(self._row_height(row, width) for row in head)
        taken = 0
        for row in body:
            height = self._row_height(row, width)
            if used + height > room + 0.01:
                break
            used += height
            taken += 1
        while taken and taken < len(body) and body[taken - 1].keep_with_next:
            taken -= 1
        if 0 < taken < len(body):
            return self._with(body[:taken], first=True), self._with(body[taken:])
        if not body or taken:
            return None
        halves = self._split_row(body[0], width, room - used - 2 * self.ruling.pad_y)
        if halves is None:
            return None
        return self._with((halves[0],), first=True), self._with((halves[1], *body[1:]))

    def _with(self, body: Sequence[Row], *, first: bool = False) -> "Table":
        before = self.space_before if first else 0.0
        return replace(self, rows=(*self.rows[: self.heads], *body), space_before=before, whole=False)

    def _split_row(self, row: Row, width: float, room: float) -> tuple[Row, Row] | None:
        """Cut every cell of a row at `room`; None where not a single line would move up."""
        upper: list[Cell] = []
        lower: list[Cell] = []
        moved = False
        for cell, cell_width in zip(row.cells, self._cell_widths(row, width), strict=True):
            first, rest = _split_blocks(cell.blocks, cell_width - 2 * self.ruling.pad_x, room)
            moved = moved or bool(first)
            upper.append(replace(cell, blocks=first))
            lower.append(replace(cell, blocks=rest))
        return (replace(row, cells=tuple(upper)), replace(row, cells=tuple(lower))) if moved else None

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw areas first, then lines, then what stands in the cells."""
        start = top
        for index, row in enumerate(self.rows):
            height = self._row_height(row, width)
            self._draw_row(pen, row, Point(x, top), width, height)
            top -= height
            last_head = index == self.heads - 1
            colour = self.ruling.head if last_head else self.ruling.row if row.rule is None else row.rule
            if colour:
                thick = self.ruling.head_pen if last_head else self.ruling.hair
                pen.line(Point(x, top), Point(x + width, top), colour, thick)
        if self.ruling.frame:
            pen.box(x, top, width, start - top, edge=self.ruling.frame, pen=self.ruling.hair)

    def _draw_row(self, pen: Pen, row: Row, corner: Point, width: float, height: float) -> None:
        if row.fill:
            pen.box(corner.x, corner.y - height, width, height, fill=row.fill)
        left = corner.x
        for index, (cell, cell_width) in enumerate(zip(row.cells, self._cell_widths(row, width), strict=True)):
            if cell.fill:
                pen.box(left, corner.y - height, cell_width, height, fill=cell.fill)
            if self.ruling.column and index:
                pen.line(Point(left, corner.y), Point(left, corner.y - height), self.ruling.column, self.ruling.hair)
            inner = cell_width - 2 * self.ruling.pad_x
            drop = (height - cell.content_height(inner)) / 2 if cell.vertical == "middle" else self.ruling.pad_y
            draw_stacked(cell.blocks, pen, left + self.ruling.pad_x, corner.y - drop, inner)
            left += cell_width


def _split_blocks(blocks: Sequence[Block], width: float, room: float) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Return the blocks that fit into `room` and those that do not; the one in between is cut where it can be."""
    used = 0.0
    for index, block in enumerate(blocks):
        above = gap(blocks[index - 1], block) if index else 0.0
        height = block.height(width)
        if used + above + height <= room + 0.01:
            used += above + height
            continue
        cut = block.split(width, room - used - above)
        if cut is None:
            return tuple(blocks[:index]), tuple(blocks[index:])
        return (*blocks[:index], cut[0]), (cut[1], *blocks[index + 1 :])
    return tuple(blocks), ()
