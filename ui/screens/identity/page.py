# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What the screens of keys and rosters have in common: one centred page, two cards on it."""

from ui import theme
from ui.screens.base import Screen
from ui.widgets.boxes import Box, Scroll

TWO_COLUMNS = 1100
"""From this width, in pixels at 100 % text size, the cards lie beside each other."""


class CardScreen(Screen):
    """A screen whose `cards` lie beside each other, or below each other where there is no room."""

    def __init__(self, name: str, title: str, subtitle: str = "", *, rehearsal: bool = False) -> None:
        """Start without a page; `make_page` gives it one."""
        super().__init__(name, title, subtitle, rehearsal=rehearsal)
        self.offers_language = True
        self.cards = Box(across=True, gap=16)
        self._two: bool | None = None

    def make_page(self, name: str, most: int, edge: int = 16) -> tuple[Box, Scroll]:
        """Return an empty page and what scrolls it.

        Args:
            name: The object name of the latter.
            most: The greatest width of the page, in pixels at 100 %.
            edge: The room above and below what it holds.
        """
        page = Box(margins=(20, edge, 20, edge), gap=12)
        page.setMaximumWidth(theme.px(most))
        frame = Box(across=True)
        frame.body.addStretch(1)
        frame.add(page, stretch=1000)
        frame.body.addStretch(1)
        scroll = Scroll(frame, name)
        self.add(scroll, stretch=1)
        return page, scroll

    def reflow(self, em_width: int) -> None:
        """Put the cards beside or below each other."""
        two = em_width >= TWO_COLUMNS
        if two != self._two:
            self._two = two
            across = self.cards.body.Direction.LeftToRight if two else self.cards.body.Direction.TopToBottom
            self.cards.body.setDirection(across)
