# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The total on the scale of the award lines: where it stands, and how far the next line is."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.widgets.scores import Post

_INKS = ("lv1", "lv2", "lv3")


class AwardMeter(QWidget):
    """From the first line to the best total; from 0 where the total stays below the first line."""

    def __init__(self) -> None:
        """Start without a total."""
        super().__init__()
        self.setObjectName("award-meter")
        self._value: Fraction | None = None
        self._posts: tuple[Post, ...] = ()
        self._top = 500
        self.setFixedHeight(theme.px(64))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_total(self, value: Fraction | None, posts: Sequence[Post], top: int, said: str) -> None:
        """Show a total among its lines; `said` tells it in words."""
        self._value, self._posts, self._top = value, tuple(posts), top
        self.setAccessibleName(said)
        self.update()

    def _start(self) -> Fraction:
        if not self._posts or self._value is None or self._value < self._posts[0].at:
            return Fraction(0)
        return self._posts[0].at

    def _x(self, value: Fraction | int) -> float:
        margin, start = theme.px(4), self._start()
        return margin + (self.width() - 2 * margin) * float((value - start) / (self._top - start))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the scale, the stretch to the next line, posts and pointer."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = QRectF(self._x(self._start()), theme.px(16), self._x(self._top) - self._x(self._start()), theme.px(14))
        painter.fillRect(bar, theme.colour("surface2"))
        if self._value is not None:
            self._draw_value(painter, bar, self._value)
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar)
        self._draw_posts(painter, bar)
        if self._value is not None:
            x, tip = self._x(self._value), theme.px(7)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("text"))
            top = bar.y() - 1
            painter.drawPolygon(QPolygonF([QPointF(x, top), QPointF(x - tip, top - 10), QPointF(x + tip, top - 10)]))

    def _draw_value(self, painter: QPainter, bar: QRectF, value: Fraction) -> None:
        """Fill what is reached in the depth of its level; hatch what is missing to the next line."""
        edges = [post.at for post in self._posts if post.at >= self._start()]
        marks = [self._start(), *(edge for edge in edges if edge > self._start()), Fraction(self._top)]
        skipped = 0 if self._start() else -1
        for number, (left, right) in enumerate(pairwise(marks)):
            if value > left:
                ink = _INKS[min(max(number + skipped, 0), len(_INKS) - 1)]
                piece = QRectF(self._x(left), bar.y(), self._x(min(right, value)) - self._x(left), bar.height())
                painter.fillRect(piece, theme.colour(ink))
        following = next((edge for edge in edges if edge > value), None)
        if following is not None:
            gap = QRectF(self._x(value), bar.y(), self._x(following) - self._x(value), bar.height())
            painter.fillRect(gap, QBrush(theme.colour("edge"), Qt.BrushStyle.BDiagPattern))

    def _draw_posts(self, painter: QPainter, bar: QRectF) -> None:
        font = theme.font("micro", 600)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        edge = 0.0
        for post in self._posts:
            x = self._x(post.at)
            painter.setPen(QPen(theme.colour("text"), 2))
            painter.drawLine(QPointF(x, bar.y() - 3), QPointF(x, bar.bottom() + 4))
            width = metrics.horizontalAdvance(post.text) + 2
            left = max(edge, min(max(0.0, x - width / 2), self.width() - width))
            edge = left + width + theme.px(8)
            painter.setPen(theme.colour("text2"))
            area = QRectF(left, bar.bottom() + theme.px(4), width, metrics.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, post.text)
