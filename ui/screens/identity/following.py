# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Bring what just came into being into view: on a small screen it would lie below the fold."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget
from shiboken6 import isValid

from ui import theme


def bring_up(scroll: QScrollArea, widget: QWidget) -> None:
    """Scroll to `widget` once it is laid out, and again when its wrapped lines have found their height."""

    def follow(*_range: int) -> None:
        if isValid(widget) and not widget.isHidden():
            scroll.ensureWidgetVisible(widget, 0, theme.px(14))

    QTimer.singleShot(0, widget, follow)
    scroll.verticalScrollBar().rangeChanged.connect(follow, Qt.ConnectionType.SingleShotConnection)
