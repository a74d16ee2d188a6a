# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The categories on axes around a centre; line style and dots tell consensus and own assessment apart, not hue."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme


@dataclass(frozen=True, slots=True)
class Axis:
    """One category: its name, its best score, what the panel gives (None: nothing yet) and its shown form."""

    name: str
    best: int
    score: Fraction | None
    shown: str
    own: Fraction | None = None


class Radar(QWidget):
    """The consensus solid with dots, the agency's own assessment dashed, rings at the levels darker."""

    def __init__(self, rings: Sequence[int] = (100, 200, 300, 400, 500), strong: Sequence[int] = (300, 400)) -> None:
        """Draw `rings` in percent-free score points of the first axis' best; `strong` ones are the levels."""
        super().__init__()
        self.setObjectName("radar")
        self._axes: tuple[Axis, ...] = ()
        self._rings, self._strong = tuple(rings), frozenset(strong)
        self.setMinimumSize(theme.px(300), theme.px(260))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_axes(self, axes: Sequence[Axis], said: str) -> None:
        """Show scores; `said` reads all of them."""
        self._axes = tuple(axes)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        """Prefer a square."""
        return QSize(theme.px(480), theme.px(460))

    def _frame(self) -> tuple[QPointF, float]:
        centre = QPointF(self.width() / 2, self.height() / 2 + theme.px(6))
        return centre, max(20.0, min(self.width() / 2 - theme.px(88), self.height() / 2 - theme.px(58)))

    def _point(self, number: int, share: float) -> QPointF:
        centre, radius = self._frame()
        angle = 2 * math.pi * number / len(self._axes)
        return QPointF(centre.x() + radius * share * math.sin(angle), centre.y() - radius * share * math.cos(angle))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw rings, axes, both figures and the words."""
        if len(self._axes) < 3:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_net(painter)
        self._draw_figure(painter, [axis.score for axis in self._axes], own=False)
        if any(axis.own is not None for axis in self._axes):
            self._draw_figure(painter, [axis.own for axis in self._axes], own=True)
        self._draw_rings_words(painter)
        for number, axis in enumerate(self._axes):
            self._draw_words(painter, number, axis)

    def _top(self) -> int:
        return max(self._rings) if self._rings else 100

    def _draw_net(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        count = len(self._axes)
        for ring in self._rings:
            edge = ring in self._strong or ring == self._top()
            painter.setPen(QPen(theme.colour("edge" if edge else "line"), 1.4 if ring in self._strong else 1))
            painter.drawPolygon(QPolygonF([self._point(n, ring / self._top()) for n in range(count)]))
        painter.setPen(QPen(theme.colour("line"), 1))
        for number in range(count):
            painter.drawLine(self._frame()[0], self._point(number, 1))

    def _draw_figure(self, painter: QPainter, scores: list[Fraction | None], *, own: bool) -> None:
        points = [
            self._point(n, float((score or 0) / axis.best))
            for n, (score, axis) in enumerate(zip(scores, self._axes, strict=True))
        ]
        if own:
            painter.setPen(QPen(theme.colour("warn"), 2.2, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolygon(QPolygonF(points))
            return
        inside = theme.colour("lv2")
        inside.setAlpha(64)
        painter.setPen(QPen(theme.colour("primary"), 2.6))
        painter.setBrush(inside)
        painter.drawPolygon(QPolygonF(points))
        painter.setPen(QPen(theme.colour("surface"), 2))
        painter.setBrush(theme.colour("primary"))
        for point, score in zip(points, scores, strict=True):
            if score is not None:
                painter.drawEllipse(point, theme.px(6), theme.px(6))

    def _draw_rings_words(self, painter: QPainter) -> None:
        font = theme.font("micro", 600)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        for ring in (*sorted(self._strong), self._top()):
            share = ring / self._top()
            middle = (self._point(0, share) + self._point(len(self._axes) - 1, share)) / 2
            width, height = metrics.horizontalAdvance(str(ring)) + theme.px(6), theme.px(18)
            area = QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
            painter.fillRect(area, theme.colour("surface"))
            painter.setPen(theme.colour("text2"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(ring))

    def _draw_words(self, painter: QPainter, number: int, axis: Axis) -> None:
        tip = self._point(number, 1)
        angle = 2 * math.pi * number / len(self._axes)
        across, up = math.sin(angle), -math.cos(angle)
        width, height = theme.px(150), theme.px(50)
        x, y = tip.x() + across * theme.px(16), tip.y() + up * theme.px(28) - height / 2
        if abs(across) < 0.1:
            align, left = Qt.AlignmentFlag.AlignHCenter, x - width / 2
        elif across > 0:
            align, left = Qt.AlignmentFlag.AlignLeft, x
        else:
            align, left = Qt.AlignmentFlag.AlignRight, x - width
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font("small", 600))
        painter.drawText(QRectF(left, y, width, theme.px(26)), align | Qt.AlignmentFlag.AlignVCenter, axis.name)
        painter.setPen(theme.colour("primary"))
        painter.setFont(theme.font("body", 700))
        lower = QRectF(left, y + theme.px(23), width, theme.px(27))
        painter.drawText(lower, align | Qt.AlignmentFlag.AlignVCenter, axis.shown)


class LineKey(QWidget):
    """A piece of line for the legend: solid with a dot, or dashed."""

    def __init__(self, ink: str, *, dashed: bool) -> None:
        """Draw in the ink of a token."""
        super().__init__()
        self._ink, self._dashed = ink, dashed
        self.setFixedSize(theme.px(36), theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the piece."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style = Qt.PenStyle.DashLine if self._dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(theme.colour(self._ink), 2.6, style))
        middle = self.height() / 2
        painter.drawLine(QPointF(2, middle), QPointF(self.width() - 2, middle))
        if not self._dashed:
            painter.setBrush(theme.colour(self._ink))
            painter.drawEllipse(QPointF(self.width() / 2, middle), theme.px(4), theme.px(4))
