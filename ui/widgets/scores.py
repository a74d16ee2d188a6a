# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Scores as drawings: stair, meter, chip, progress ring and bar. Ink and shape carry the level, hue only repeats it."""

from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from pmqa_desktop.pictures.scales import stair
from pmqa_desktop.text import _
from ui import icons, theme
from ui.widgets.drawing import paint


def draw_stair(painter: QPainter, area: QRectF, filled: int, steps: int = 3) -> None:
    """Draw steps of which `filled` are full; still read in grey print and by the colour-blind."""
    painter.save()
    painter.translate(area.topLeft())
    paint(painter, stair(filled, steps, area.width(), area.height(), gap=2, pen=1), smooth=False)
    painter.restore()


class Stair(QWidget):
    """The level as a stair; `said` is its accessible name."""

    def __init__(self, filled: int, width: int = 21, height: int = 15, said: str = "", steps: int = 3) -> None:
        """Fill `filled` of `steps` steps; width and height in pixels at 100 %."""
        super().__init__()
        self._filled = filled
        self._steps = steps
        self.setFixedSize(theme.px(width), theme.px(height))
        self.setAccessibleName(said)

    def set_level(self, filled: int, said: str = "") -> None:
        """Show another level."""
        self._filled = filled
        self.setAccessibleName(said)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the steps."""
        draw_stair(QPainter(self), QRectF(self.rect()).adjusted(0, 1, 0, -1), self._filled, self._steps)


@dataclass(frozen=True, slots=True)
class Post:
    """A mark on the scale: where it stands, and the words below it."""

    at: Fraction
    text: str


class Meter(QWidget):
    """The scale of an item: solid = counted, hatched = ticked but not counted, posts = where the levels begin."""

    def __init__(self, top: int = 500, posts: tuple[Post, ...] = (), *, low: bool = False) -> None:
        """Draw a scale from 0 to `top` with its posts (those between draw a line, all print their words).

        A `low` one takes less height.
        """
        super().__init__()
        self._bar = (8, 9) if low else (10, 12)
        self._top = top
        self._posts = posts
        self._value: Fraction | None = None
        self._gated: tuple[tuple[Fraction, Fraction], ...] = ()
        self.setFixedHeight(theme.px(sum(self._bar)) + round(QFontMetricsF(theme.font("micro")).height()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_value(
        self, value: Fraction | None, gated: tuple[tuple[Fraction, Fraction], ...] = (), said: str = ""
    ) -> None:
        """Move the pointer to `value`; `gated` are the stretches that wait for a lower level."""
        self._value, self._gated = value, gated
        self.setAccessibleName(said)
        self.update()

    def _x(self, value: Fraction | int) -> float:
        return 1 + (self.width() - 3) * float(value) / self._top

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the scale."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        above, thick = self._bar
        bar = QRectF(1, theme.px(above), self.width() - 3, theme.px(thick))
        painter.fillRect(bar, theme.colour("surface2"))
        self._draw_counted(painter, bar)
        for start, end in self._gated:
            piece = QRectF(self._x(start), bar.y(), self._x(end) - self._x(start), bar.height())
            painter.fillRect(piece, QBrush(theme.colour("edge"), Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar)
        self._draw_posts(painter, bar)
        if self._value is not None:
            x, tip = self._x(self._value), theme.px(6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("text"))
            top = bar.y() - 1
            painter.drawPolygon(QPolygonF([QPointF(x, top), QPointF(x - tip, top - 9), QPointF(x + tip, top - 9)]))

    def _draw_counted(self, painter: QPainter, bar: QRectF) -> None:
        marks = [Fraction(0), *(post.at for post in self._posts if 0 < post.at < self._top), Fraction(self._top)]
        inks = ("lv1", "lv2", "lv3", "lv3", "lv3")
        for start, end, ink in zip(marks, marks[1:], inks, strict=False):
            if self._value is not None and self._value > start:
                width = self._x(min(end, self._value)) - self._x(start)
                painter.fillRect(QRectF(self._x(start), bar.y(), width, bar.height()), theme.colour(ink))

    def _draw_posts(self, painter: QPainter, bar: QRectF) -> None:
        font = theme.font("micro")
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        for post in self._posts:
            x = self._x(post.at)
            inner = 0 < post.at < self._top
            if inner:
                painter.setPen(QPen(theme.colour("text"), 2))
                painter.drawLine(QPointF(x, bar.y() - 2), QPointF(x, bar.bottom() + 3))
            width = metrics.horizontalAdvance(post.text)
            left = min(max(0.0, x - width / 2), self.width() - width - 1)
            painter.setPen(theme.colour("text2"))
            area = QRectF(left, bar.bottom() + 1, width + 2, metrics.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, post.text)


class ScoreChip(QWidget):
    """A stair and a bold number; a dashed box where there is no score. Zero is a number, never a blank."""

    def __init__(self, text: str = "", filled: int = 0, said: str = "", width: int = 86) -> None:
        """Show the score `text` (empty: not scored yet) and its level; below 0 without a stair."""
        super().__init__()
        self._text, self._filled = text, filled
        self.setFixedSize(theme.px(width), theme.px(30))
        self.setAccessibleName(said)

    def set_score(self, text: str, filled: int, said: str) -> None:
        """Show another score."""
        self._text, self._filled = text, filled
        self.setAccessibleName(said)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if not self._text:
            painter.setPen(QPen(theme.colour("edge"), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(area, 5, 5)
            painter.setPen(theme.colour("text2"))
            painter.setFont(theme.font("micro"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, _("no score"))
            return
        if self._filled >= 0:
            draw_stair(painter, QRectF(theme.px(6), theme.px(8), theme.px(20), theme.px(14)), self._filled)
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font("body", 600))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(area.adjusted(theme.px(26), 0, -theme.px(2), 0), flags, self._text)


class ProgressBar(QWidget):
    """A thin bar of `done` of `of`; words beside it carry the number."""

    def __init__(self, done: int = 0, of: int = 1, height: int = 6, ink: str = "primary") -> None:
        """Fill the bar by `done` of `of`."""
        super().__init__()
        self._done, self._of, self._ink = done, of, ink
        self.setFixedHeight(theme.px(height))
        self.setMinimumWidth(theme.px(40))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_progress(self, done: int, of: int, ink: str = "primary") -> None:
        """Fill it otherwise."""
        self._done, self._of, self._ink = done, of, ink
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(QRectF(self.rect()), 2, 2)
        painter.setBrush(theme.colour(self._ink))
        painter.drawRoundedRect(QRectF(0, 0, self.width() * self._done / max(1, self._of), self.height()), 2, 2)


def draw_ring(painter: QPainter, area: QRectF, done: int, of: int, icon: str = "", ink: str = "primary") -> None:
    """Draw progress as a ring; the count stands inside until an icon takes its place."""
    thick = theme.px(5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour("line"), thick))
    painter.drawEllipse(area)
    if of and done:
        painter.setPen(QPen(theme.colour(ink), thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawArc(area, 90 * 16, -round(360 * 16 * done / of))
    if icon:
        half = theme.px(10)
        centre = area.center()
        painter.drawPixmap(QPointF(centre.x() - half, centre.y() - half), icons.pixmap(icon, ink, 20))
    elif of:
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font("small", 600))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, f"{done}/{of}")


class ProgressRing(QWidget):
    """Progress as a ring with the count inside."""

    def __init__(self, done: int, of: int, icon: str = "", ink: str = "primary", said: str = "") -> None:
        """Draw `done` of `of`; `icon` replaces the count; `said` is the accessible name."""
        super().__init__()
        self._shown = (done, of, icon, ink)
        self.setFixedSize(theme.px(56), theme.px(56))
        self.setAccessibleName(said or f"{done}/{of}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = theme.px(4)
        draw_ring(painter, QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), *self._shown)
