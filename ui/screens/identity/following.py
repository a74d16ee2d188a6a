# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Bring what just came into being into view: on a small screen it would lie below the fold."""

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from ui import theme

_PASSES = 4
"""Wrapped lines find their height, then the boxes around them theirs: a few rounds of layout settle both."""


def bring_up(scroll: QScrollArea, widget: QWidget) -> None:
    """Scroll to `widget` after the present event, once everything has found its height."""

    def follow() -> None:
        for _pass in range(_PASSES):
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        if not widget.isHidden():
            scroll.ensureWidgetVisible(widget, 0, theme.px(14))

    QTimer.singleShot(0, widget, follow)
