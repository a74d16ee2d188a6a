# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The only labels of the window: always plain text, with Thai line breaks, and never taller than they need.

QLabel guesses rich text (a name with `<img ...>` would load a file) and claims a tall minimum when it wraps.
"""

from functools import cache

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTextBoundaryFinder
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)  # fmt: skip
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from pmqa_desktop.thai import with_breaks
from ui import icons, theme

ZERO_WIDTH_SPACE = "\u200b"
_PROBE = "การประเมินผลงาน"


@cache
def qt_breaks_thai() -> bool:
    """Tell whether Qt found a library that breaks Thai lines; without one it breaks inside words."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, _PROBE)
    return 0 < finder.toNextBoundary() < len(_PROBE)


def breakable(text: str) -> str:
    """Return `text` as a label shows it: breaks where Qt cannot find them itself, none before a repetition mark."""
    shown = text if qt_breaks_thai() else with_breaks(text)
    return shown.replace(" ๆ", "\u00a0ๆ")


class Label(QLabel):
    """One line of plain text in a size of the type scale and the ink of a token."""

    def __init__(
        self,
        text: str = "",
        size: theme.Size | int = "body",
        weight: int = 400,
        ink: str = "text",
        align: Qt.AlignmentFlag | None = None,
    ) -> None:
        """Show `text`; an empty label keeps its line."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(size, weight))
        self.set_ink(ink)
        if align is not None:
            self.setAlignment(align | Qt.AlignmentFlag.AlignVCenter)
        self.setText(text)

    def set_ink(self, ink: str) -> None:
        """Change the colour to that of a token."""
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour(ink))
        self.setPalette(palette)


class WrapLabel(Label):
    """Several lines of plain text that break between Thai words and claim one line as their minimum."""

    def __init__(
        self,
        text: str = "",
        size: theme.Size | int = "body",
        weight: int = 400,
        ink: str = "text",
        align: Qt.AlignmentFlag | None = None,
    ) -> None:
        """Show `text` on as many lines as its width asks for."""
        self._plain = text
        self._heights: dict[int, int] = {}
        super().__init__("", size, weight, ink)
        self.setWordWrap(True)
        self.setAlignment(align or (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop))
        # it may not shrink below its lines because of the minimum height that `_fit` sets
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another text; break points are added here and never reach the data."""
        self._plain = text
        self._heights.clear()
        self.setText(breakable(text))
        self.setAccessibleName(text)
        if self.width() > theme.px(60):
            self._fit()

    def plain(self) -> str:
        """Return the text without break points."""
        return self._plain

    def minimumSizeHint(self) -> QSize:
        """Claim one line only: the layout gives the rest."""
        return QSize(theme.px(60), self.fontMetrics().height())

    def sizeHint(self) -> QSize:
        """Ask for the height of the present width."""
        natural = min(super().sizeHint().width(), theme.px(400))
        width = self.width() if self.width() > theme.px(60) else natural
        return QSize(natural, self.heightForWidth(width))

    def heightForWidth(self, width: int) -> int:
        """Return the height of the text alone: QLabel's own answer never falls below an earlier minimum."""
        if width in self._heights:
            return self._heights[width]
        sides = self.contentsMargins()
        room = QRect(0, 0, max(1, width - sides.left() - sides.right()), 1 << 20)
        flags = Qt.TextFlag.TextWordWrap | self.alignment()
        height = self.fontMetrics().boundingRect(room, int(flags), self.text()).height()
        self._heights[width] = max(self.fontMetrics().height(), height) + sides.top() + sides.bottom()
        return self._heights[width]

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew in another font."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._heights.clear()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Reserve the height that the new width needs."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        height = self.heightForWidth(self.width())
        if height != self.minimumHeight():
            self.setMinimumHeight(height)
            self.updateGeometry()


def draw_text(
    painter: QPainter,
    area: QRectF,
    text: str,
    font: QFont,
    lines: int = 1,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    middle: bool = False,
) -> float:
    """Draw at most `lines` lines with an ellipsis where text is left over; return the height that was used."""
    shown = breakable(text)
    layout = QTextLayout(shown, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    spans: list[tuple[int, int]] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(area.width())
        spans.append((line.textStart(), line.textLength()))
    layout.endLayout()
    metrics = QFontMetricsF(font)
    height, count = metrics.height(), min(len(spans), lines)
    top = area.y() + ((area.height() - height * count) / 2 if middle else 0)
    painter.setFont(font)
    for number in range(count):
        start, length = spans[number]
        piece = shown[start : start + length]
        if number == count - 1 and len(spans) > count:
            piece = metrics.elidedText(
                shown[start:].replace(ZERO_WIDTH_SPACE, ""), Qt.TextElideMode.ElideRight, area.width()
            )
        flags = align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        box = QRectF(area.x(), top + number * height, area.width(), height)
        painter.drawText(box, int(flags), piece.replace(ZERO_WIDTH_SPACE, ""))
    return height * count


class ElideLabel(QWidget):
    """At most some lines of text with an ellipsis; the whole text is its tool tip and accessible name."""

    def __init__(
        self, text: str, size: theme.Size = "body", weight: int = 400, ink: str = "text", lines: int = 1
    ) -> None:
        """Show `text` on `lines` lines at most; the width comes from the layout."""
        super().__init__()
        self._font = theme.font(size, weight)
        self._ink = ink
        self._lines = lines
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(QFontMetrics(self._font).height() * lines)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.update()

    def set_look(self, weight: int, ink: str) -> None:
        """Change weight and ink, for example when the row is selected."""
        self._font.setWeight(QFont.Weight(weight))
        self._ink = ink
        self.update()

    def sizeHint(self) -> QSize:
        """Prefer the width of one line of the text."""
        return QSize(QFontMetrics(self._font).horizontalAdvance(self._text) + theme.px(2), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        painter = QPainter(self)
        painter.setPen(theme.colour(self._ink))
        draw_text(painter, QRectF(self.rect()), self._text, self._font, self._lines)


class IconLabel(QWidget):
    """An icon that stands beside words; it has no name of its own because the words say the same."""

    def __init__(self, name: str, ink: str = "text", size: int = 18) -> None:
        """Draw the icon `name` with an edge of `size` pixels at 100 %."""
        super().__init__()
        self._size = size
        self.set_icon(name, ink)
        self.setFixedSize(icons.icon_size(size))

    def set_icon(self, name: str, ink: str = "text") -> None:
        """Draw another icon."""
        self._picture = icons.pixmap(name, ink, self._size)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        QPainter(self).drawPixmap(QPointF(0, 0), self._picture)
