# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The keys of the window on one page, for whoever pressed F1."""

from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from pmqa_desktop.text import N_, _
from ui import theme
from ui.widgets.boxes import row
from ui.widgets.buttons import Button
from ui.widgets.labels import Label

KEYS: tuple[tuple[str, str], ...] = (
    ("Ctrl+1 … 7, Ctrl+Tab", N_("Open a category; the next one")),
    ("Alt+↑, Alt+↓", N_("Previous or next item")),
    ("↑ ↓, Space", N_("Move between points; tick")),
    ("Ctrl+L", N_("Link the page shown, or the words marked, to the point")),
    ("Ctrl+Shift+1 … 4, 5", N_("The four comment fields; the private note")),
    ("F6", N_("Next part of the screen")),
    ("F8", N_("Next thing that is missing")),
    ("Ctrl+F, F3", N_("Find in the report; next place")),
    ("Ctrl+K, Shift+↑ ↓ ← →", N_("Mark the words found; mark more of the page")),
    ("Ctrl+Enter", N_("Save the settlement, or go on to the next item")),
    ("Ctrl+Z, Ctrl+Y", N_("Undo; do again")),
    ("Ctrl+Plus, Ctrl+Minus, Ctrl+0", N_("Larger, smaller, normal text")),
)


class KeysDialog(QDialog):
    """A table of keys; any of Esc, Enter and its button closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """List every key once."""
        super().__init__(parent)
        self.setObjectName("keys-dialog")
        self.setWindowTitle(_("Keys"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(20),) * 4)
        layout.setSpacing(theme.px(12))
        layout.addWidget(Label(_("Keys"), "h2", 600))
        table = QGridLayout()
        table.setHorizontalSpacing(theme.px(24))
        table.setVerticalSpacing(theme.px(2))
        for line, (keys, words) in enumerate(KEYS):
            table.addWidget(Label(keys, "body", 600), line, 0)
            table.addWidget(Label(_(words)), line, 1)
        layout.addLayout(table)
        close = Button(_("Close"), "keys-close", "primary")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        layout.addWidget(row(None, close))
        close.setFocus()
