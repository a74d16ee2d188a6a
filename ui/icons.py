# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Icons drawn with lines in a 24 by 24 grid: the bundled font has no signs, and drawn ones follow the theme."""

import math
from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from ui import theme

_RATIO = 2
_Points = tuple[tuple[float, float], ...]

_LINES: dict[str, tuple[_Points, ...]] = {
    "check": (((4.5, 12.5), (10, 18), (20, 6.5)),),
    "dash": (((5, 12), (19, 12)),),
    "minus": (((5, 12), (19, 12)),),
    "plus": (((12, 5), (12, 19)), ((5, 12), (19, 12))),
    "cross": (((6, 6), (18, 18)), ((18, 6), (6, 18))),
    "left": (((15, 5), (8, 12), (15, 19)),),
    "right": (((9, 5), (16, 12), (9, 19)),),
    "up": (((5, 15), (12, 8), (19, 15)),),
    "down": (((5, 9), (12, 16), (19, 9)),),
    "folder": (((2.5, 19.5), (2.5, 5), (9, 5), (11.5, 8), (21.5, 8), (21.5, 19.5), (2.5, 19.5)),),
    "file": (((5, 2.5), (14, 2.5), (19.5, 8), (19.5, 21.5), (5, 21.5), (5, 2.5)), ((14, 2.5), (14, 8), (19.5, 8))),
    "pen": (((4, 20), (5, 15), (16.5, 3.5), (20.5, 7.5), (9, 19), (4, 20)),),
    "flag": (((5, 22), (5, 3), (19, 3), (15.5, 8), (19, 13), (5, 13)),),
    "undo": (((8, 4), (3.5, 8.5), (8, 13)), ((3.5, 8.5), (15, 8.5), (20, 12.5), (20, 19))),
    "redo": (((16, 4), (20.5, 8.5), (16, 13)), ((20.5, 8.5), (9, 8.5), (4, 12.5), (4, 19))),
    "swap": (((4, 8), (20, 8), (16, 4)), ((20, 16), (4, 16), (8, 20))),
    "print": (((7, 8), (7, 3), (17, 3), (17, 8)), ((6, 17), (3, 17), (3, 8), (21, 8), (21, 17), (18, 17)),
              ((7, 14), (17, 14), (17, 21), (7, 21), (7, 14))),
    "list": (((8, 6), (21, 6)), ((8, 12), (21, 12)), ((8, 18), (21, 18)), ((3, 6), (3.2, 6)), ((3, 12), (3.2, 12)),
             ((3, 18), (3.2, 18))),
}  # fmt: skip


def _ink(painter: QPainter, colour: QColor) -> None:
    painter.setBrush(colour)
    painter.setPen(Qt.PenStyle.NoPen)


def _hollow(painter: QPainter) -> None:
    painter.setPen(QPen(theme.colour("surface"), 2.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))


def _line(painter: QPainter, *points: tuple[float, float]) -> None:
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(*point)
    painter.drawPath(path)


def _disc(painter: QPainter, colour: QColor) -> None:
    _ink(painter, colour)
    painter.drawEllipse(QRectF(2, 2, 20, 20))
    _hollow(painter)


def _ok(painter: QPainter, colour: QColor) -> None:
    _disc(painter, colour)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _line(painter, (7, 12.5), (10.8, 16), (17, 8.5))


def _info(painter: QPainter, colour: QColor) -> None:
    _disc(painter, colour)
    _line(painter, (12, 11), (12, 17))
    _line(painter, (12, 7), (12, 7.1))


def _warn(painter: QPainter, colour: QColor) -> None:
    _ink(painter, colour)
    painter.drawPolygon(QPolygonF([QPointF(12, 2), QPointF(23, 21.5), QPointF(1, 21.5)]))
    _hollow(painter)
    _line(painter, (12, 9), (12, 14.2))
    _line(painter, (12, 18), (12, 18.1))


def _err(painter: QPainter, colour: QColor) -> None:
    _ink(painter, colour)
    angles = [math.pi / 8 + corner * math.pi / 4 for corner in range(8)]
    painter.drawPolygon(QPolygonF([QPointF(12 + 10.6 * math.cos(a), 12 + 10.6 * math.sin(a)) for a in angles]))
    _hollow(painter)
    _line(painter, (8, 8), (16, 16))
    _line(painter, (16, 8), (8, 16))


def _held(painter: QPainter, colour: QColor) -> None:
    _ink(painter, colour)
    painter.drawRoundedRect(QRectF(2.5, 2.5, 19, 19), 4, 4)
    _hollow(painter)
    _line(painter, (9, 8), (9, 16))
    _line(painter, (15, 8), (15, 16))


def _none(painter: QPainter, colour: QColor) -> None:
    painter.drawEllipse(QRectF(3.2, 3.2, 17.6, 17.6))


def _part(painter: QPainter, colour: QColor) -> None:
    _none(painter, colour)
    _ink(painter, colour)
    painter.drawPie(QRectF(5.5, 5.5, 13, 13), 90 * 16, -180 * 16)


def _lock(painter: QPainter, colour: QColor) -> None:
    painter.drawRoundedRect(QRectF(4.5, 10.5, 15, 10.5), 2, 2)
    painter.drawArc(QRectF(7.5, 3, 9, 14), 0, 180 * 16)


def _link(painter: QPainter, colour: QColor) -> None:
    painter.translate(12, 12)
    painter.rotate(-45)
    painter.drawRoundedRect(QRectF(-11, -4, 11, 8), 4, 4)
    painter.drawRoundedRect(QRectF(0, -4, 11, 8), 4, 4)


def _search(painter: QPainter, colour: QColor) -> None:
    painter.drawEllipse(QRectF(4, 4, 12, 12))
    _line(painter, (14.5, 14.5), (20.5, 20.5))


def _usb(painter: QPainter, colour: QColor) -> None:
    painter.drawRoundedRect(QRectF(7, 8.5, 10, 13), 2, 2)
    _line(painter, (9, 8.5), (9, 2.8), (15, 2.8), (15, 8.5))


def _key(painter: QPainter, colour: QColor) -> None:
    painter.drawEllipse(QRectF(2.5, 8, 8, 8))
    _line(painter, (10.5, 12), (21.5, 12), (21.5, 16))
    _line(painter, (17, 12), (17, 15))


def _eye(painter: QPainter, colour: QColor) -> None:
    painter.drawEllipse(QRectF(8.5, 8.5, 7, 7))
    path = QPainterPath(QPointF(1.5, 12))
    path.quadTo(12, 0, 22.5, 12)
    path.quadTo(12, 24, 1.5, 12)
    painter.drawPath(path)


def _user(painter: QPainter, colour: QColor) -> None:
    painter.drawEllipse(QRectF(8, 3, 8, 8))
    path = QPainterPath(QPointF(3.5, 21))
    path.quadTo(4, 14, 12, 14)
    path.quadTo(20, 14, 20.5, 21)
    painter.drawPath(path)


def _play(painter: QPainter, colour: QColor) -> None:
    _ink(painter, colour)
    painter.drawPolygon(QPolygonF([QPointF(6, 3), QPointF(20, 12), QPointF(6, 21)]))


def _clock(painter: QPainter, colour: QColor) -> None:
    painter.drawEllipse(QRectF(3, 3, 18, 18))
    _line(painter, (12, 7), (12, 12), (16, 14))


def _history(painter: QPainter, colour: QColor) -> None:
    # most of a clock's rim, with the head of an arrow that turns back at its open end
    painter.drawArc(QRectF(3, 3, 18, 18), 190 * 16, -330 * 16)
    _line(painter, (2.5, 4), (3, 10), (8.8, 9))
    _line(painter, (12, 7.5), (12, 12), (15.5, 14))


_SHAPES: dict[str, Callable[[QPainter, QColor], None]] = {
    "ok": _ok, "info": _info, "warn": _warn, "err": _err, "held": _held, "none": _none, "part": _part,
    "lock": _lock, "link": _link, "search": _search, "usb": _usb, "key": _key, "eye": _eye, "user": _user,
    "play": _play, "clock": _clock, "history": _history,
}  # fmt: skip

NAMES: tuple[str, ...] = (*_SHAPES, *_LINES)


@cache
def _drawn(name: str, colour: str, size: int, hollow: str) -> QPixmap:
    picture = QPixmap(size * _RATIO, size * _RATIO)
    picture.setDevicePixelRatio(_RATIO)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / 24, size / 24)
    ink = QColor(colour)
    painter.setPen(QPen(ink, 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    if name in _SHAPES:
        _SHAPES[name](painter, ink)
    else:
        for points in _LINES[name]:
            _line(painter, *points)
    painter.end()
    return picture


def pixmap(name: str, colour: str = "text", size: int = 18) -> QPixmap:
    """Return the icon `name` in the colour of a token; `size` is its edge in pixels at 100 %."""
    return _drawn(name, theme.colour(colour).name(), theme.px(size), theme.tokens().surface)


def icon(name: str, colour: str = "primary", size: int = 18) -> QIcon:
    """Return the same for a button; it keeps its colour when the button is disabled."""
    made = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled, QIcon.Mode.Active):
        made.addPixmap(pixmap(name, "idle" if mode is QIcon.Mode.Disabled else colour, size), mode)
    return made


def icon_size(size: int = 18) -> QSize:
    """Return the edge of an icon at the text size in force."""
    return QSize(theme.px(size), theme.px(size))
