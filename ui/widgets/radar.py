# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The categories on axes around a centre; line style and dots tell consensus and own assessment apart, not hue."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pmqa_desktop.pictures.radar import Corner, Ring
from pmqa_desktop.pictures.radar import Radar as RadarFigure
from pmqa_desktop.pictures.shapes import At
from ui import theme
from ui.widgets.drawing import paint


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
        """Draw `rings` in score points of the first axis' best; `strong` ones are the levels and say so."""
        super().__init__()
        self.setObjectName("radar")
        self._axes: tuple[Axis, ...] = ()
        top = max(rings, default=100)
        told = {*strong, top}
        self._rings = tuple(Ring(str(ring) if ring in told else "", Fraction(ring, top), ring in strong)
                            for ring in rings)  # fmt: skip
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

    def figure(self) -> RadarFigure:
        """Return the picture at the widget's size."""
        corners = [
            Corner(
                axis.name,
                axis.shown,
                None if axis.score is None else axis.score / axis.best,
                None if axis.own is None else axis.own / axis.best,
            )
            for axis in self._axes
        ]
        centre = At(self.width() / 2, self.height() / 2 + theme.px(6))
        radius = max(20.0, min(self.width() / 2 - theme.px(88), self.height() / 2 - theme.px(58)))
        return RadarFigure(corners, self._rings, centre, radius, float(theme.px(18)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw rings, axes, both figures and the words."""
        paint(QPainter(self), self.figure().picture())


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
