# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The pen that draws the program's pictures on the screen: names of inks and roles become colours and fonts."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from pmqa_desktop.pictures.shapes import Area, At, Disc, Ink, Role, Shape, Stroke, Words
from ui import theme

_ROLES: Mapping[Role, tuple[theme.Size, int]] = {
    "name": ("small", 600), "value": ("body", 700), "ring": ("micro", 600), "post": ("micro", 600),
    "note": ("micro", 400),
}  # fmt: skip
_VEIL = 0.55
_DASH = (4.0, 3.0)


def _font(role: Role) -> QFont:
    return theme.font(*_ROLES[role])


def measure(text: str, role: Role) -> float:
    """Return how wide words of a role are, in pixels."""
    return QFontMetricsF(_font(role)).horizontalAdvance(text)


def paint(painter: QPainter, picture: Iterable[Shape], *, smooth: bool = True) -> None:
    """Draw a picture, measured in pixels, from the painter's origin; upright edges are sharper when not `smooth`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
    for shape in picture:
        if isinstance(shape, Words):
            _paint_words(painter, shape)
        elif isinstance(shape, Stroke):
            painter.setPen(QPen(theme.colour(shape.ink), shape.width))
            painter.drawLine(_point(shape.start), _point(shape.end))
        else:
            _paint_filled(painter, shape)
    painter.restore()


def _point(at: At) -> QPointF:
    return QPointF(at.x, at.y)


def _paint_filled(painter: QPainter, shape: Area | Disc) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    if shape.edge:
        pen = QPen(theme.colour(shape.edge), shape.width)
        if isinstance(shape, Area) and shape.dashed:
            pen.setDashPattern(_DASH)
        painter.setPen(pen)
    painter.setBrush(QBrush(_colour(shape.fill, veil=isinstance(shape, Area) and shape.veil)))
    if isinstance(shape, Disc):
        painter.drawEllipse(_point(shape.centre), shape.radius, shape.radius)
    else:
        painter.drawPolygon(QPolygonF([_point(corner) for corner in shape.corners]))


def _colour(ink: Ink, *, veil: bool) -> QColor:
    if not ink:
        return QColor(Qt.GlobalColor.transparent)
    found = QColor(theme.colour(ink))
    if veil:
        found.setAlphaF(_VEIL)
    return found


def _paint_words(painter: QPainter, words: Words) -> None:
    font = _font(words.role)
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(words.text), metrics.height()
    left = words.at.x - {"start": 0.0, "middle": width / 2, "end": width}[words.anchor]
    area = QRectF(left, words.at.y - height / 2, width + 1, height)
    if words.back:
        low = metrics.ascent() * 0.9
        painter.fillRect(QRectF(left - 3, words.at.y - low / 2, width + 6, low), theme.colour(words.back))
    painter.setFont(font)
    painter.setPen(theme.colour(words.ink))
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words.text)
