# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What every step is: a page over the draft, built anew when something but its own fields changed the draft."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.dialogs.choosing import Chooser
from ui.screens.round_setup.desk import DraftDesk
from ui.widgets.boxes import Box
from ui.widgets.labels import Label, WrapLabel


class Page(Box):
    """A step; `choice` is what is chosen in its list and outlives a rebuild."""

    def __init__(self, desk: DraftDesk, chooser: Chooser, choice: str = "") -> None:
        """Build the page over `desk`."""
        super().__init__(margins=(20, 14, 20, 14), gap=12)
        self.desk, self.chooser, self.choice = desk, chooser, choice
        self._then = ""

    def build(self) -> None:
        """Fill the page."""

    def rebuild(self) -> None:
        """Fill it anew and put the cursor back where it was."""
        focused = QApplication.focusWidget()
        here = focused.objectName() if focused is not None and self.isAncestorOf(focused) else ""
        name, self._then = self._then or here, ""
        self.clear()
        self.build()
        if name:
            self.focus_on(name)
            self._then = ""

    def focus_on(self, name: str) -> None:
        """Put the cursor on the part of this name: now, or once the page is built anew for a change just made."""
        self._then = name
        found = [one for one in self.findChildren(QWidget, name) if not one.isHidden()]
        if found:
            found[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def head(self, title: str, told: str) -> None:
        """Begin with a heading and what the step is for."""
        self.add(Label(title, "h2", 600), WrapLabel(told, "body", 400, "text2"))

    def choose(self, value: str) -> None:
        """Choose an entry of the page's list."""
        self.choice = value
        self.rebuild()
