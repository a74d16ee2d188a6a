# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Frames, rows and columns: how the screens put things beside and below each other."""

from typing import Literal

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ui import theme

Kind = Literal[
    "", "page", "card", "sunk", "band", "plain", "selected", "bar", "foot", "note", "ok", "warn", "err", "info", "held"
]
Margins = int | tuple[int, int, int, int]
Part = QWidget | int | None
_AROUND = 40
"""Pixels at 100 % that stay visible above and below what has the cursor: the words of a tick take two lines."""


class Box(QFrame):
    """A frame with a layout: `kind` chooses its surface, `add` fills it in reading order."""

    def __init__(self, kind: Kind = "", *, across: bool = False, margins: Margins = 0, gap: int = 8) -> None:
        """Lay out downwards, or `across`; margins (left, top, right, bottom) and gap in pixels at 100 %."""
        super().__init__()
        self.setProperty("kind", kind)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.body: QBoxLayout = QHBoxLayout(self) if across else QVBoxLayout(self)
        sides = (margins,) * 4 if isinstance(margins, int) else margins
        self.body.setContentsMargins(*(theme.px(side) if side else 0 for side in sides))
        self.body.setSpacing(theme.px(gap) if gap else 0)

    def add(self, *parts: Part, stretch: int = 0, align: Qt.AlignmentFlag | None = None) -> "Box":
        """Add widgets; a number is an empty space in pixels at 100 %, None takes all the room left."""
        for part in parts:
            if part is None:
                self.body.addStretch(1)
            elif isinstance(part, int):
                self.body.addSpacing(theme.px(part))
            elif align is None:
                self.body.addWidget(part, stretch)
            else:
                self.body.addWidget(part, stretch, align)
        return self

    def set_kind(self, kind: Kind) -> None:
        """Change the surface."""
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            restyle(self)

    def clear(self) -> None:
        """Take everything out and let it go."""
        while (entry := self.body.takeAt(0)) is not None:
            widget = entry.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def row(*parts: Part, gap: int = 8, margins: Margins = 0, kind: Kind = "") -> Box:
    """Return parts beside each other (see `Box.add`)."""
    return Box(kind, across=True, margins=margins, gap=gap).add(*parts)


def column(*parts: Part, gap: int = 8, margins: Margins = 0, kind: Kind = "") -> Box:
    """Return parts below each other (see `Box.add`)."""
    return Box(kind, margins=margins, gap=gap).add(*parts)


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again at a widget whose properties changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def first_stop(room: QWidget) -> QWidget | None:
    """Return the first part inside `room` that the Tab key stops at."""
    stops = (
        part
        for part in room.findChildren(QWidget)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isEnabled() and part.isVisibleTo(room)
    )
    return next(stops, None)


class Rule(QWidget):
    """A thin line between rows: decoration only."""

    def __init__(self, ink: str = "line") -> None:
        """Draw in the colour of a token."""
        super().__init__()
        self._ink = ink
        self.setFixedHeight(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        QPainter(self).fillRect(QRectF(self.rect()), theme.colour(self._ink))


class Scroll(QScrollArea):
    """Lets a tall part scroll up and down; never sideways. Whatever gets the cursor by the keyboard comes into view."""

    def __init__(self, inside: QWidget, name: str = "") -> None:
        """Take `inside`; `name` is the object name."""
        super().__init__()
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, focused: QWidget | None) -> None:
        # what moves away under a pressed mouse button would miss its click
        held = QApplication.mouseButtons() is not Qt.MouseButton.NoButton
        if focused is not None and not held and self.viewport().isAncestorOf(focused):
            # a part that was built just now has its place only after the layout
            fresh = not self.isVisible()
            QTimer.singleShot(0, focused, lambda: self._bring(focused, fresh=fresh))

    def _bring(self, focused: QWidget, *, fresh: bool) -> None:
        """Scroll to what has the cursor; a page that is new begins at its head all the same."""
        new_page = fresh and focused is first_stop(self.viewport())
        if isValid(self) and self.viewport().isAncestorOf(focused) and not new_page:
            self.ensureWidgetVisible(focused, 0, theme.px(_AROUND))
