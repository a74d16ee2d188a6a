# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What every screen is: a page with a heading for the bar, its own buttons there, and a place to come back to."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.boxes import Box

if TYPE_CHECKING:
    from ui.widgets.buttons import Button


class Screen(Box):
    """A page of the window.

    Screens are built anew when language, text size or colours change: `place` says what to come back to and
    `restore` goes there. `leave` is called before a screen is taken away; it hands pending edits to the store.
    """

    heading_changed = Signal()
    saved = Signal(object)
    unsaved = Signal()

    def __init__(self, name: str, title: str, subtitle: str = "", *, rehearsal: bool = False) -> None:
        """Build an empty page; `name` is its object name."""
        super().__init__("page", gap=0)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = title
        self.subtitle = subtitle
        self.rehearsal = rehearsal
        self.bar_buttons: list[Button] = []
        self.saved_at: datetime | None = None
        self.offers_language = False

    def set_heading(self, title: str, subtitle: str) -> None:
        """Change the words in the bar."""
        self.title, self.subtitle = title, subtitle
        self.heading_changed.emit()

    def tell_saved(self, at: datetime | None) -> None:
        """Show the time of the last edit that reached the disk."""
        self.saved_at = at
        self.saved.emit(at)

    def place(self) -> object:
        """Return where one is inside the screen."""
        return None

    def restore(self, place: object) -> None:
        """Go to what `place` returned in a screen of the same kind."""

    def focus_first(self) -> None:
        """Put the cursor where work begins; called once the screen is shown."""

    def focus_part(self, name: str) -> None:
        """Put the cursor on the part of this object name, after all was built anew; nothing happens without it."""
        parts = [part for part in self.findChildren(QWidget, name) if part.isVisibleTo(self)]
        if parts:
            parts[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Hand pending edits to the store."""

    def has_unsaved(self) -> bool:
        """Tell whether words are left that the store did not take."""
        return False

    def reflow(self, em_width: int) -> None:
        """Choose a layout for the window's width in pixels at 100 % text size."""
