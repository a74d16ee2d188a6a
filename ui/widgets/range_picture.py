# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""All seats' scores of one item on one line: each seat has its own shape and its name above it."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pmqa_desktop.pictures.seats import Mark, SeatLine
from ui import theme
from ui.widgets.drawing import measure, paint


class RangePicture(QWidget):
    """A line from 0 to the best score with posts, the stretch between the seats, and their shapes."""

    def __init__(self) -> None:
        """Start without seats."""
        super().__init__()
        self._line = SeatLine((), (), 0.0, 1.0, measure)
        self.setFixedHeight(theme.px(58))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_marks(self, marks: Sequence[Mark], top: int, posts: Sequence[int], said: str) -> None:
        """Show seats on a line up to `top` with `posts` between; `said` tells the same in words."""
        told = tuple((str(post), Fraction(post, top)) for post in (0, *posts, top))
        self._line = SeatLine(tuple(marks), told, 0.0, 1.0, measure)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def figure(self) -> SeatLine:
        """Return the picture at the widget's width."""
        return replace(self._line, width=float(self.width()), em=float(theme.px(18)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw line, posts, stretch, shapes and names."""
        paint(QPainter(self), self.figure().picture())
