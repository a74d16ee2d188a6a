# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A QR code as sharp squares at every size: the fingerprint for a camera, beside the groups for a person."""

import segno
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

_QUIET = 4
"""Empty squares around the code, as its standard asks for."""


class QrCode(QWidget):
    """Paint `text` as dark squares on white, in dark colours too: cameras expect it that way."""

    def __init__(self, text: str, said: str, edge: int = 168) -> None:
        """Show `text` in a square of `edge` pixels at 100 %; `said` is the accessible name."""
        super().__init__()
        self.setObjectName("qr")
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.text = text
        self.rows = tuple(bytes(line) for line in segno.make(text, error="m", micro=False).matrix)
        self._edge = edge
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Return a square in which every module has the same whole number of pixels."""
        count = len(self.rows) + 2 * _QUIET
        side = max(2, theme.px(self._edge) // count) * count
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill one square per dark module."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        side = self.width() / (len(self.rows) + 2 * _QUIET)
        ink = QColor(Qt.GlobalColor.black)
        for y, line in enumerate(self.rows, _QUIET):
            for x, dark in enumerate(line, _QUIET):
                if dark:
                    painter.fillRect(QRectF(x * side, y * side, side, side), ink)
