# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""All seats' scores of one item on one line: each seat has its own shape and its name above it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

_CORNERS: tuple[tuple[int, float], ...] = (
    (4, 0.0),
    (0, 0.0),
    (4, 45.0),
    (3, 0.0),
    (3, 180.0),
    (6, 0.0),
    (5, 0.0),
    (8, 22.5),
)


def draw_shape(painter: QPainter, centre: QPointF, radius: float, seat: int) -> None:
    """Draw the shape of seat number `seat`: diamond, disc, square, triangle, then others; they repeat after eight."""
    corners, turn = _CORNERS[seat % len(_CORNERS)]
    if not corners:
        painter.drawEllipse(centre, radius, radius)
        return
    reach = radius * (1.25 if corners < 5 else 1.1)
    angles = [math.radians(turn + 360 * corner / corners) for corner in range(corners)]
    painter.drawPolygon(
        QPolygonF([QPointF(centre.x() + reach * math.sin(a), centre.y() - reach * math.cos(a)) for a in angles])
    )


class SeatShape(QWidget):
    """A seat's shape beside its name."""

    def __init__(self, seat: int, size: int = 14) -> None:
        """Draw the shape of seat number `seat`."""
        super().__init__()
        self._seat = seat
        self.setFixedSize(theme.px(size), theme.px(size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shape."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("primary"))
        draw_shape(painter, QPointF(self.width() / 2, self.height() / 2), self.width() * 0.36, self._seat)


@dataclass(frozen=True, slots=True)
class Mark:
    """One seat on the line: its number (which gives the shape), its short name and its score."""

    seat: int
    name: str
    score: Fraction


class RangePicture(QWidget):
    """A line from 0 to the best score with posts, the stretch between the seats, and their shapes."""

    def __init__(self) -> None:
        """Start without seats."""
        super().__init__()
        self._marks: tuple[Mark, ...] = ()
        self._top = 500
        self._posts: tuple[int, ...] = ()
        self.setFixedHeight(theme.px(58))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_marks(self, marks: Sequence[Mark], top: int, posts: Sequence[int], said: str) -> None:
        """Show seats on a line up to `top` with `posts` between; `said` tells the same in words."""
        self._marks, self._top, self._posts = tuple(marks), top, tuple(posts)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def _x(self, value: Fraction | int) -> float:
        margin = theme.px(20)
        return margin + (self.width() - 2 * margin) * float(value) / self._top

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw line, posts, stretch, shapes and names."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = float(theme.px(32))
        half = theme.px(4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(QRectF(self._x(0), middle - half, self._x(self._top) - self._x(0), 2 * half),
                         theme.colour("surface2"))  # fmt: skip
        if self._marks:
            low, high = (self._x(end([mark.score for mark in self._marks])) for end in (min, max))
            painter.fillRect(QRectF(low, middle - half, high - low, 2 * half), theme.colour("lv1"))
        self._draw_posts(painter, middle)
        self._draw_names(painter)
        painter.setPen(QPen(theme.colour("surface"), 2))
        painter.setBrush(theme.colour("primary"))
        for mark, x in zip(self._marks, self._places(), strict=True):
            draw_shape(painter, QPointF(x, middle), theme.px(8), mark.seat)

    def _draw_posts(self, painter: QPainter, middle: float) -> None:
        font = theme.font("micro")
        painter.setFont(font)
        height = QFontMetricsF(font).height()
        for post in (0, *self._posts, self._top):
            x = self._x(post)
            painter.setPen(QPen(theme.colour("edge"), 1))
            painter.drawLine(QPointF(x, middle - theme.px(9)), QPointF(x, middle + theme.px(9)))
            painter.setPen(theme.colour("text2"))
            area = QRectF(x - theme.px(40), middle + theme.px(7), theme.px(80), height)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(post))

    def _places(self) -> list[float]:
        """Return where each shape stands: as near to its score as its neighbours let it."""
        step = float(theme.px(16))
        order = sorted(range(len(self._marks)), key=lambda number: self._marks[number].score)
        wanted = [self._x(self._marks[number].score) for number in order]
        found = spread_out(wanted, [step] * len(order), float(self.width()))
        places = [0.0] * len(order)
        for number, place in zip(order, found, strict=True):
            places[number] = place
        return places

    def _draw_names(self, painter: QPainter) -> None:
        """Write the names above the shapes, equal scores together, pushed apart where they would meet."""
        font = theme.font("micro", 600)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        groups: dict[Fraction, list[str]] = {}
        for mark in self._marks:
            groups.setdefault(mark.score, []).append(mark.name)
        scores = sorted(groups)
        texts = [", ".join(groups[score]) for score in scores]
        widths = [metrics.horizontalAdvance(text) + theme.px(8) for text in texts]
        places = spread_out([self._x(score) for score in scores], widths, float(self.width()))
        top = theme.px(12) - metrics.height() / 2
        for place, width, text in zip(places, widths, texts, strict=True):
            area = QRectF(place - width / 2, top, width, metrics.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


def spread_out(centres: Sequence[float], widths: Sequence[float], room: float) -> list[float]:
    """Return centres, in the given rising order, moved so little that no two of these widths overlap.

    Those that would meet form a cluster around the mean of their wanted places; clusters stay in the room.
    """
    clusters: list[list[int]] = []
    for number in range(len(centres)):
        clusters.append([number])
        while len(clusters) > 1:
            left, right = (_extent(cluster, centres, widths, room) for cluster in clusters[-2:])
            if left[1] <= right[0]:
                break
            last = clusters.pop()
            clusters[-1] += last
    places = [0.0] * len(centres)
    for cluster in clusters:
        edge = _extent(cluster, centres, widths, room)[0]
        for number in cluster:
            places[number] = edge + widths[number] / 2
            edge += widths[number]
    return places


def _extent(
    cluster: Sequence[int], centres: Sequence[float], widths: Sequence[float], room: float
) -> tuple[float, float]:
    """Return the left and right edge of a cluster around the mean of its wanted centres, inside the room."""
    total = sum(widths[number] for number in cluster)
    middle = sum(centres[number] for number in cluster) / len(cluster)
    left = max(0.0, min(middle - total / 2, room - total))
    return left, left + total
