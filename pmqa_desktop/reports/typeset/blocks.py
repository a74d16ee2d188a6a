# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What a page is made of: blocks that know their height, can be cut, and draw themselves."""

import itertools
from abc import ABC, abstractmethod
from collections.abc import Sequence

from pmqa_desktop.reports.typeset.pen import Pen


class Block(ABC):
    """A piece of a page; heights and widths are points.

    `space_before` and `space_after` are gaps to the neighbours (the larger one counts, none at a page's edge);
    `keep_with_next` keeps a block on the page of the following one.
    """

    space_before: float = 0.0
    space_after: float = 0.0
    keep_with_next: bool = False

    @abstractmethod
    def height(self, width: float) -> float:
        """Return the height the block takes at this width."""

    @abstractmethod
    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the block with its upper left corner at (`x`, `top`)."""

    def least(self, width: float) -> float:
        """Return the height below which the block shall not begin on a page: the whole of it, unless it can be cut."""
        return self.height(width)

    def split(self, width: float, room: float) -> "tuple[Block, Block] | None":
        """Cut the block so that the first part fits into `room`; None where no good cut exists."""
        del width, room
        return None


class Space(Block):
    """An empty height, for example above signatures."""

    def __init__(self, height: float) -> None:
        """Take the height in points."""
        self._height = height

    def height(self, width: float) -> float:
        """Return the height."""
        del width
        return self._height

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw nothing."""


class PageBreak(Space):
    """What follows begins on a new page."""

    def __init__(self) -> None:
        """Take no height."""
        super().__init__(0.0)


class Together(Block):
    """Blocks that stay on one page if one page can hold them."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        """Take at least one block."""
        self.blocks = tuple(blocks)
        self.space_before = self.blocks[0].space_before
        self.space_after = self.blocks[-1].space_after
        self.keep_with_next = self.blocks[-1].keep_with_next

    def height(self, width: float) -> float:
        """Return the height of all blocks with the gaps between them."""
        return stacked(self.blocks, width)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the blocks below each other."""
        draw_stacked(self.blocks, pen, x, top, width)


class Shrunk(Block):
    """Blocks drawn smaller, so that they take less height and still the whole width."""

    def __init__(self, blocks: Sequence[Block], share: float) -> None:
        """Take the blocks and their size, of 1 as they are."""
        self._blocks, self._share = tuple(blocks), share

    def height(self, width: float) -> float:
        """Return the height of the blocks as drawn."""
        return stacked(self._blocks, width / self._share) * self._share

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the blocks below each other in their smaller size."""
        with pen.scaled(x, top, self._share):
            draw_stacked(self._blocks, pen, 0.0, 0.0, width / self._share)


def shrunk_to_page(blocks: Sequence[Block], width: float, room: float, least: float) -> list[Block] | None:
    """Return the blocks as they are or as much smaller as fits `room`; None where that were below `least` of 1."""
    steps = round((1 - least) * 100)
    for step in range(0, steps + 1, 3):
        share = 1 - step / 100
        whole = Shrunk(blocks, share)
        if whole.height(width) <= room:
            return [whole] if step else list(blocks)
    return None


def gap(upper: Block, lower: Block) -> float:
    """Return the distance between two blocks: the larger of the two wishes."""
    return max(upper.space_after, lower.space_before)


def stacked(blocks: Sequence[Block], width: float) -> float:
    """Return the height of blocks below each other."""
    gaps = sum(gap(upper, lower) for upper, lower in itertools.pairwise(blocks))
    return sum(block.height(width) for block in blocks) + gaps


def draw_stacked(blocks: Sequence[Block], pen: Pen, x: float, top: float, width: float) -> None:
    """Draw blocks below each other."""
    for index, block in enumerate(blocks):
        if index:
            top -= gap(blocks[index - 1], block)
        block.draw(pen, x, top, width)
        top -= block.height(width)
