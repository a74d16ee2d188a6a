# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Dialogs with words of ours: a question as title, the consequence as text, verbs on the buttons.

Only for loss of work, signing, and trouble. Escape and the default button are the safe choice.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from pmqa_desktop.text import _
from ui import theme
from ui.widgets.boxes import row
from ui.widgets.buttons import Button
from ui.widgets.labels import WrapLabel


class AskDialog(QDialog):
    """A question with a safe and, mostly, a second answer; at most 560 pixels wide."""

    def __init__(self, parent: QWidget | None, title: str, text: str, safe: str, other: str = "") -> None:
        """Ask `title`; accepted means that `other` was chosen."""
        super().__init__(parent)
        self.setObjectName("ask-dialog")
        self.setWindowTitle(title)
        self.setModal(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(20),) * 4)
        layout.setSpacing(theme.px(12))
        layout.addWidget(WrapLabel(title, "h2", 600))
        layout.addWidget(WrapLabel(text))
        layout.addSpacing(theme.px(8))
        self.safe = Button(safe, "answer-safe", "primary")
        self.safe.clicked.connect(self.reject)
        buttons = row(None)
        if other:
            self.other = Button(other, "answer-other")
            self.other.clicked.connect(self.accept)
            buttons.add(self.other)
        buttons.add(self.safe)
        layout.addWidget(buttons)
        self.setFixedWidth(min(theme.px(560), 1200))
        for button in buttons.findChildren(Button):
            button.setAutoDefault(True)  # Enter presses the one with the cursor, not always the safe one
        self.safe.setDefault(True)
        self.safe.setFocus(Qt.FocusReason.OtherFocusReason)


def ask(parent: QWidget | None, title: str, text: str, safe: str, other: str) -> bool:
    """Return whether the person chose `other`, the answer that is not the safe one."""
    return AskDialog(parent, title, text, safe, other).exec() == QDialog.DialogCode.Accepted


def tell(parent: QWidget | None, title: str, text: str) -> None:
    """Say something that must be read before going on."""
    AskDialog(parent, title, text, _("Close")).exec()
