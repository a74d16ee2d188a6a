# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A QR code of vector squares (ISO/IEC 18004), sharp in every size and small in the file."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import segno

from pmqa_desktop.reports.typeset.blocks import Block
from pmqa_desktop.reports.typeset.pen import Pen, number

_QUIET = 4
_BLACK = "#000000"


@dataclass
class QrCode(Block):
    """The code of a short text with its quiet zone, `side` points wide, at the left edge."""

    text: str
    side: float = 130.0
    space_before: float = 0.0
    space_after: float = 0.0
    keep_with_next: bool = False

    @cached_property
    def modules(self) -> tuple[tuple[bool, ...], ...]:
        """The rows of squares from the top, dark ones True; up to 15 % of the code may be unreadable (level M)."""
        made = segno.make(self.text, error="m", micro=False)
        return tuple(tuple(bool(square) for square in row) for row in made.matrix)

    def height(self, width: float) -> float:
        """Return the side."""
        del width
        return self.side

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the dark squares, those beside each other as one."""
        del width
        pen.box(x, top - self.side, self.side, self.side, fill="#FFFFFF")
        with pen.moved(x, top):
            pen.shape(" ".join(self._rectangles()), _BLACK)

    def _rectangles(self) -> Iterator[str]:
        size = self.side / (len(self.modules) + 2 * _QUIET)
        for at, row in enumerate(self.modules):
            start = 0
            while start < len(row):
                end = start
                while end < len(row) and row[end]:
                    end += 1
                if end > start:
                    left, low = (_QUIET + start) * size, -(_QUIET + at + 1) * size
                    yield f"{number(left)} {number(low)} {number((end - start) * size)} {number(size)} re"
                start = end + 1
