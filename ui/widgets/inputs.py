# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Fields and ticks of the window. The wheel never changes a value; a pasted text is plain text."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QStyleOptionComboBox,
    QWidget,
)  # fmt: skip

from ui import icons, shortcuts, theme
from ui.widgets.boxes import Box, restyle
from ui.widgets.labels import Label, WrapLabel


def _mark_need(field: QWidget, *, need: bool) -> None:
    if bool(field.property("need")) != need:
        field.setProperty("need", need)
        restyle(field)


class Field(QLineEdit):
    """One line of plain text; `left` is emitted when the cursor goes elsewhere."""

    left = Signal()

    def __init__(self, name: str, said: str, text: str = "", hint: str = "", *, limit: int = 500) -> None:
        """Start with `text`; `said` is the accessible name, `hint` stands in the empty field."""
        super().__init__(text)
        self.setObjectName(name)
        self.setAccessibleName(said)
        self.setPlaceholderText(hint)
        self.setMaxLength(limit)

    def set_need(self, need: bool) -> None:
        """Draw the dashed edge of a field that is empty but needed."""
        _mark_need(self, need=need)

    def event(self, event: QEvent) -> bool:
        """Leave the keys that delete a line on some systems to the window."""
        if shortcuts.is_line_key(event):
            event.ignore()
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the cursor left."""
        super().focusOutEvent(event)
        self.left.emit()


class Writing(QPlainTextEdit):
    """Several lines of plain text; `left` is emitted when the cursor goes elsewhere. Tab moves on."""

    left = Signal()

    def __init__(self, name: str, said: str, text: str = "", hint: str = "", kind: str = "") -> None:
        """Start with `text`; `kind` may be `note` (the private paper)."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(said)
        self.setProperty("kind", kind)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.setPlaceholderText(hint)
        self.setPlainText(text)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_need(self, need: bool) -> None:
        """Draw the dashed edge of a field that is empty but needed."""
        _mark_need(self, need=need)

    def event(self, event: QEvent) -> bool:
        """Leave the keys that delete a line on some systems to the window."""
        if shortcuts.is_line_key(event):
            event.ignore()
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the cursor left."""
        super().focusOutEvent(event)
        self.left.emit()


class Choices(QComboBox):
    """A list to choose from that the wheel leaves alone."""

    def __init__(self, name: str, said: str) -> None:
        """Start empty; fill with `addItem(text, value)`."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(said)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.currentTextChanged.connect(self.setToolTip)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """End a text that is too long with an ellipsis instead of cutting a letter."""
        super().initStyleOption(option)
        room = self.width() - theme.px(46)
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field and its arrow, which a style sheet alone leaves out."""
        super().paintEvent(event)
        side = theme.px(16)
        place = QPointF(self.width() - side - theme.px(9), (self.height() - side) / 2)
        ink = "primary" if self.isEnabled() else "idle"
        QPainter(self).drawPixmap(place, icons.pixmap("down", ink, 16))


def _draw_mark(button: QAbstractButton, *, round_box: bool, uncounted: bool) -> None:
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = theme.px(22)
    area = QRectF(1, 1, edge, edge).adjusted(1.5, 1.5, -1.5, -1.5)
    on, alive = button.isChecked(), button.isEnabled()
    radius = edge / 2 if round_box else 4.0
    strong = theme.colour("primary" if alive else "idle")
    if on and not uncounted:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(strong)
    else:
        painter.setBrush(theme.colour("surface" if alive else "surface2"))
        dashed = Qt.PenStyle.DashLine if on else Qt.PenStyle.SolidLine
        painter.setPen(QPen(strong if on else theme.colour("edge"), 2, dashed))
    painter.drawRoundedRect(area, radius, radius)
    if on:
        ink = theme.colour("on_primary") if not uncounted else strong
        pen = QPen(ink, edge / 10, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        x, y, side = area.x(), area.y(), area.width()
        path = QPainterPath()
        path.moveTo(x + side * 0.22, y + side * 0.53)
        path.lineTo(x + side * 0.42, y + side * 0.72)
        path.lineTo(x + side * 0.79, y + side * 0.28)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
    if button.hasFocus():
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("focus"), 3))
        painter.drawRoundedRect(QRectF(1, 1, edge, edge).adjusted(0.5, 0.5, -0.5, -0.5), radius + 1, radius + 1)


class Tick(QCheckBox):
    """A box of 22 pixels to tick; `uncounted` draws it dashed: ticked, but a lower level is not full yet."""

    def __init__(self, name: str, said: str) -> None:
        """Start unticked; the words stand in a label beside it (see `TickRow`)."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(said)
        self.uncounted = False
        self.setFixedSize(theme.px(24), theme.px(24))

    def set_uncounted(self, uncounted: bool) -> None:
        """Draw the tick dashed, or solid."""
        if self.uncounted != uncounted:
            self.uncounted = uncounted
            self.update()

    def hitButton(self, position: object) -> bool:
        """Take a click anywhere on the box."""
        return True

    def sizeHint(self) -> QSize:
        """Return the fixed size of the box."""
        return QSize(theme.px(24), theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, tick and focus ring."""
        _draw_mark(self, round_box=False, uncounted=self.uncounted)


class Round(QRadioButton):
    """One of several: a round box of 22 pixels."""

    def __init__(self, name: str, said: str) -> None:
        """Start off; the words stand in a label beside it."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(said)
        self.setFixedSize(theme.px(24), theme.px(24))

    def hitButton(self, position: object) -> bool:
        """Take a click anywhere on the box."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, mark and focus ring."""
        _draw_mark(self, round_box=True, uncounted=False)


class MarkRow(Box):
    """A tick or a round mark with its words; the whole row is clickable. `end` widgets stand at the right."""

    def __init__(
        self, mark: QAbstractButton, text: str, *end: QWidget, weight: int = 400, size: theme.Size = "body"
    ) -> None:
        """Show `mark` and `text`."""
        super().__init__(across=True, margins=(0, 1, 0, 1), gap=9)
        self.mark = mark
        self.label: Label = WrapLabel(text, size, weight)
        self.add(mark, align=Qt.AlignmentFlag.AlignTop)
        self.add(self.label, stretch=1)
        for widget in end:
            self.add(widget, align=Qt.AlignmentFlag.AlignTop)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take a click on the words for a click on the mark."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.mark.setFocus(Qt.FocusReason.MouseFocusReason)
            self.mark.click()
