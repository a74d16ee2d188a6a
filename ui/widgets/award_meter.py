# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The total on the scale of the award lines: where it stands, and how far the next line is."""

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pmqa_desktop.pictures.scales import Ladder, Step
from ui import theme
from ui.widgets.drawing import measure, paint
from ui.widgets.scores import Post


class AwardMeter(QWidget):
    """From the first line to the best total; from 0 where the total stays below the first line."""

    def __init__(self) -> None:
        """Start without a total."""
        super().__init__()
        self.setObjectName("award-meter")
        self._share: Fraction | None = None
        self._steps: tuple[Step, ...] = ()
        self.setFixedHeight(round(self.figure().height) + theme.px(20))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_total(self, value: Fraction | None, posts: Sequence[Post], top: int, said: str) -> None:
        """Show a total among its lines; `said` tells it in words."""
        self._share = None if value is None else value / top
        self._steps = tuple(Step(post.at / top, (post.text,)) for post in posts)
        self.setAccessibleName(said)
        self.update()

    def figure(self) -> Ladder:
        """Return the picture at the widget's width."""
        return Ladder(self._steps, self._share, float(self.width()), float(theme.px(16)), measure)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the scale, the stretch to the next line, posts and pointer."""
        paint(QPainter(self), self.figure().picture())
