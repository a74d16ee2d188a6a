# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The side of the scoring screen that opens for one thing at a time: find, history, entries, remarks; Esc closes it."""

from PySide6.QtCore import Qt, Signal

from pmqa_desktop.domain.criteria import Item
from pmqa_desktop.text import _
from ui import shortcuts, theme
from ui.screens.scoring.layout import Mode
from ui.screens.scoring.layout import Side as Side
from ui.widgets.boxes import Box, Scroll, row
from ui.widgets.buttons import Button
from ui.widgets.labels import ElideLabel, IconLabel


class SidePane(Box):
    """What the drawer holds: it follows the item that is open."""

    icon = "list"

    def __init__(self, name: str) -> None:
        """Start empty; `name` is the object name."""
        super().__init__("plain", margins=(14, 6, 14, 8), gap=8)
        self.setObjectName(name)

    def title(self) -> str:
        """Return the words on top of the drawer."""
        return ""

    def show_item(self, item: Item) -> None:
        """Follow the screen to another item."""

    def refresh(self) -> None:
        """Show what the sheet holds now."""

    def focus_first(self) -> None:
        """Put the cursor where one begins."""


class Drawer(Box):
    """A frame with a heading and a way out; `closed` is emitted by Esc and by its button."""

    closed = Signal()

    def __init__(self, mode: Mode) -> None:
        """Start hidden; in a narrow window it takes the room of the editor."""
        super().__init__("plain", gap=0)
        self.setObjectName("drawer")
        if mode in ("wide", "normal"):
            self.setFixedWidth(theme.px(560 if mode == "wide" else 420))
        self.pane: SidePane | None = None
        self._icon = IconLabel("list", "primary", 20)
        self._title = ElideLabel("", "lead", 600)
        close = Button("", "drawer-close", "quiet", "cross", said=_("Close (Esc)"))
        close.clicked.connect(self.closed)
        head = row(self._icon, gap=8, margins=(14, 8, 8, 4))
        head.add(self._title, stretch=1)
        head.add(close)
        self._inside = Box(gap=0)
        self.add(head)
        self.add(Scroll(self._inside, "drawer-scroll") if mode == "small" else self._inside, stretch=1)
        self.hide()
        shortcuts.bind(self, ("Esc",), self.closed.emit, Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def open(self, pane: SidePane) -> None:
        """Show a pane in place of the one before."""
        self._inside.clear()
        self.pane = pane
        self._icon.set_icon(pane.icon, "primary")
        self._title.set_text(pane.title())
        self._inside.add(pane, stretch=1)
        self.show()

    def follow(self, item: Item) -> None:
        """Let the pane follow the screen to another item."""
        if self.pane is not None:
            self.pane.show_item(item)
            self._title.set_text(self.pane.title())

    def refresh(self) -> None:
        """Let the pane show what the sheet holds now."""
        if self.pane is not None:
            self.pane.refresh()

    def shut(self) -> None:
        """Put the pane away."""
        self.pane = None
        self._inside.clear()
        self.hide()
