# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A document's fingerprint: four numbered rows of four groups, wide enough to be read aloud."""

from collections.abc import Sequence

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout

from pmqa_desktop.text import _
from ui import theme
from ui.widgets.boxes import Box
from ui.widgets.labels import Label


class FingerprintBox(Box):
    """The rows on a sunk surface; the accessible name reads them all."""

    def __init__(self, rows: Sequence[str]) -> None:
        """Show `rows`, each of groups with blanks between."""
        super().__init__("sunk", margins=(14, 8, 14, 8), gap=2)
        self.setObjectName("fingerprint")
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(theme.px(2))
        for line, text in enumerate(rows):
            grid.addWidget(Label(f"{line + 1}.", "micro", 400, "text2"), line, 0)
            for column, group in enumerate(text.split(), start=1):
                label = Label(group.upper(), "lead", 600)
                font = QFont(label.font())
                font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, theme.px(2))
                label.setFont(font)
                grid.addWidget(label, line, column)
        self.body.addLayout(grid)
        self.setAccessibleName(_("Fingerprint: {rows}").format(rows=", ".join(rows)))
