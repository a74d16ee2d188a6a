# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Buttons by kind: one filled button per region of a screen is the next step, the others are plain or quiet."""

from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from ui import icons, theme
from ui.widgets.boxes import Box, Kind, restyle

ButtonKind = Literal["", "primary", "quiet", "bar", "barmain", "seg", "chip", "choice", "row", "score"]
_ICON_INK = {"primary": "on_primary", "bar": "on_bar", "barmain": "on_bar_button", "seg": "text2"}


class Button(QPushButton):
    """A push button; its object name is what tests and assistive software find it by."""

    def __init__(
        self,
        text: str,
        name: str,
        kind: ButtonKind = "",
        icon: str = "",
        *,
        tip: str = "",
        said: str = "",
        size: Literal["", "main", "big", "tight", "tool"] = "",
    ) -> None:
        """Show `text`; `said` is the accessible name where the text alone is not a sentence (icons only)."""
        super().__init__(text)
        self.setObjectName(name)
        self.setProperty("kind", kind)
        self.setProperty("measure", size)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setAccessibleName(said or text or tip)
        self.setToolTip(tip or (said if not text else ""))
        self._icon = icon
        if icon:
            self.setIcon(icons.icon(icon, _ICON_INK.get(kind, "primary")))
            self.setIconSize(icons.icon_size())

    def set_text(self, text: str) -> None:
        """Change the words, spoken ones too."""
        self.setText(text)
        self.setAccessibleName(text)

    def set_kind(self, kind: ButtonKind) -> None:
        """Change the kind: the filled button moves to what is the next step now."""
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            if self._icon:  # white on a filled button, it would not be seen on a plain one
                self.setIcon(icons.icon(self._icon, _ICON_INK.get(kind, "primary")))
            restyle(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw; on a filled button the focus ring stands outside a gap, or it would not be seen."""
        super().paintEvent(event)
        if self.hasFocus() and self.property("kind") == "primary":
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area, radius = QRectF(self.rect()), theme.px(6)
            painter.setPen(QPen(theme.colour("focus"), 3))
            painter.drawRoundedRect(area.adjusted(1.5, 1.5, -1.5, -1.5), radius, radius)
            painter.setPen(QPen(theme.colour("surface"), 2))
            painter.drawRoundedRect(area.adjusted(4, 4, -4, -4), radius - 1, radius - 1)


class Segments(Box):
    """A row of flat buttons of which one is on: the tabs inside a pane. `chosen` is emitted with the index."""

    def __init__(self, name: str, texts: tuple[str, ...], kind: Kind = "band", current: int = 0) -> None:
        """Show one button per text; their object names are `name` with the index."""
        super().__init__(kind, across=True, margins=(8, 4, 8, 0), gap=0)
        self.group = QButtonGroup(self)
        self.group.setExclusive(True)
        self.buttons: list[Button] = []
        for index, text in enumerate(texts):
            button = Button(text, f"{name}-{index}", "seg")
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            self.group.addButton(button, index)
            self.buttons.append(button)
            self.add(button)
        self.buttons[current].setChecked(True)
        self.chosen = self.group.idClicked
        self.moved = False
        """Whether another than the first choice was ever made."""
        self.chosen.connect(self._note_moved)
        self.body.addStretch(1)

    def _note_moved(self, _index: int) -> None:
        self.moved = True

    def set_text(self, index: int, text: str) -> None:
        """Change one button's words, for example its count."""
        self.buttons[index].set_text(text)

    def choose(self, index: int) -> None:
        """Switch to a tab as a click would."""
        self.buttons[index].click()

    def turn_to(self, index: int) -> None:
        """Switch to a tab on the program's own account: `chosen` stays silent."""
        self.buttons[index].setChecked(True)

    def current(self) -> int:
        """Return the index of the button that is on."""
        return self.group.checkedId()

    def append(self, widget: QWidget) -> None:
        """Put a widget at the far end of the row."""
        self.body.addWidget(widget)
