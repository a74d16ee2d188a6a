# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Text of which some parts are marked: found, added, taken away; by a line and a weight, colour only repeats it."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.widgets.labels import ZERO_WIDTH_SPACE, breakable

Mark = Literal["", "found", "added", "removed"]
_TINTS: dict[Mark, str] = {"found": "warn_bg", "added": "ok_bg", "removed": "err_bg"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with its mark."""

    text: str
    mark: Mark = ""


def _format(mark: Mark) -> QTextCharFormat:
    """Return how a mark looks: what was taken away is struck through, the others are heavy and underlined."""
    made = QTextCharFormat()
    made.setBackground(theme.colour(_TINTS[mark]))
    if mark == "removed":
        made.setFontStrikeOut(True)
    else:
        made.setFontUnderline(True)
        made.setFontWeight(QFont.Weight.DemiBold)
    return made


class MarkedText:
    """Pieces set in lines of a width; `height` is what they take."""

    def __init__(self, pieces: tuple[Piece, ...], font: QFont, width: float, lines: int = 0) -> None:
        """Lay `pieces` out; with `lines`, what does not fit on so many lines is left out."""
        plain = "".join(one.text for one in pieces)
        shown = breakable(plain).replace("\n", "\u2028")
        self._layout = QTextLayout(shown, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setFormats(_ranges(pieces, shown))
        self._layout.beginLayout()
        self.height, count, step = 0.0, 0, QFontMetricsF(font).height()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width))
            if lines and count == lines:
                # the rest is laid out below what is drawn
                line.setPosition(QPointF(0, 1 << 20))
                continue
            line.setPosition(QPointF(0, self.height))
            self.height += step
            count += 1
        self._layout.endLayout()

    def draw(self, painter: QPainter, at: QPointF, clip: QRectF) -> None:
        """Draw at a place; nothing outside `clip`."""
        self._layout.draw(painter, at, [], clip)


def _ranges(pieces: tuple[Piece, ...], shown: str) -> list[QTextLayout.FormatRange]:
    """Return where the marks lie in what is shown, which has break points that the pieces do not have."""
    ranges = []
    here = 0
    for piece in pieces:
        start = here
        for letter in piece.text:
            while shown[here] == ZERO_WIDTH_SPACE != letter:
                here += 1
            here += 1
        if piece.mark and piece.text:
            made = QTextLayout.FormatRange()
            made.start, made.length = qt_length(shown[:start]), qt_length(shown[start:here])
            made.format = _format(piece.mark)
            ranges.append(made)
    return ranges


def qt_length(text: str) -> int:
    """Return how long Qt takes a text to be: it counts a sign beyond the first 65,536 as two."""
    return len(text) + sum(letter > "\uffff" for letter in text)


class MarkedLabel(QWidget):
    """Several lines of text with marks; says as its accessible name what `said` gives, else the text."""

    def __init__(
        self, pieces: tuple[Piece, ...], size: theme.Size = "small", ink: str = "text", said: str = ""
    ) -> None:
        """Show `pieces`."""
        super().__init__()
        self._pieces, self._font, self._ink = pieces, theme.font(size), ink
        self._laid: tuple[int, MarkedText] | None = None
        self.setAccessibleName(said or "".join(one.text for one in pieces))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def pieces(self) -> tuple[Piece, ...]:
        """Return what is shown."""
        return self._pieces

    def _text(self, width: int) -> MarkedText:
        if self._laid is None or self._laid[0] != width:
            self._laid = width, MarkedText(self._pieces, self._font, width)
        return self._laid[1]

    def minimumSizeHint(self) -> QSize:
        """Claim one line only: the layout gives the rest."""
        return QSize(theme.px(60), round(QFontMetricsF(self._font).height()))

    def sizeHint(self) -> QSize:
        """Ask for the height of the present width."""
        width = self.width() if self.width() > theme.px(60) else theme.px(300)
        return QSize(theme.px(300), self.heightForWidth(width))

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        return round(self._text(width).height) + 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Reserve the height that the new width needs."""
        super().resizeEvent(event)
        height = self.heightForWidth(self.width())
        if height != self.minimumHeight():
            self.setMinimumHeight(height)
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        painter = QPainter(self)
        painter.setPen(theme.colour(self._ink))
        self._text(self.width()).draw(painter, QPointF(0, 0), QRectF(self.rect()))
