# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Buttons for what concerns the whole sheet: undo, redo, find, history, entries, remarks."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy

from pmqa_desktop.services.evaluation.scoring import ReadBack
from pmqa_desktop.text import _
from ui import icons, theme
from ui.screens.scoring.desk import SheetDesk
from ui.widgets.boxes import Box
from ui.widgets.buttons import Button


class Tools(Box):
    """The buttons, in two columns below the agencies, or in one row where there is no rail."""

    side_asked = Signal(str)

    def __init__(self, desk: SheetDesk, *, words: bool, columns: int = 2) -> None:
        """Work on `desk`; with `words` the buttons say what they do."""
        super().__init__("band", margins=(1, 4, 1, 4), gap=0)
        self.setObjectName("sheet-tools")
        self._words = words
        grid = QGridLayout()
        grid.setSpacing(theme.px(2))
        self.body.addLayout(grid)
        self.undo = self._button(_("Undo"), "undo", "undo", "Ctrl+Z")
        self.redo = self._button(_("Redo"), "redo", "redo", "Ctrl+Y")
        self.undo.clicked.connect(desk.undo)
        self.redo.clicked.connect(desk.redo)
        self.remarks = self._button(_("Remarks"), "tool-remarks", "info", "Ctrl+R")
        self.remarks.setIconSize(icons.icon_size(15))
        sides = (
            ("find", self._button(_("Find"), "tool-find", "search", "Ctrl+Shift+F")),
            ("history", self._button(_("History"), "tool-history", "history", "Ctrl+H")),
            ("entries", self._button(_("Entries"), "tool-entries", "list", "Ctrl+E")),
            ("remarks", self.remarks),
        )
        for side, button in sides:
            button.clicked.connect(lambda _on=False, side=side: self.side_asked.emit(side))
        for place, button in enumerate((self.undo, self.redo, *(button for _side, button in sides))):
            grid.addWidget(button, place // columns, place % columns)
        if columns > 2:
            grid.setColumnStretch(columns, 1)
        desk.steps_changed.connect(self._show_steps)
        desk.checked.connect(self._show_remarks)
        self._show_steps(desk.can_undo, desk.can_redo)
        self._show_remarks(desk.read)

    def _button(self, words: str, name: str, icon: str, key: str) -> Button:
        told = _("{what} ({key})").format(what=words, key=key)
        made = Button(words if self._words else "", name, "quiet", icon, tip=told, said=told, size="tool")
        made.setMinimumWidth(theme.px(32))
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # a click leaves the cursor where one was writing; the keys lead here all the same
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def _show_steps(self, can_undo: bool, can_redo: bool) -> None:
        self.undo.setEnabled(can_undo)
        self.redo.setEnabled(can_redo)

    def _show_remarks(self, read: ReadBack | None) -> None:
        count = len(read.open) if read is not None else 0
        words = _("Remarks {n}").format(n=count) if self._words and count else str(count or "")
        self.remarks.setText(words or (_("Remarks") if self._words else ""))
        told = _("{n} remarks without an answer").format(n=count) if count else _("Remarks")
        told = _("{what} ({key})").format(what=told, key="Ctrl+R")
        self.remarks.setAccessibleName(told)
        self.remarks.setToolTip(told)
