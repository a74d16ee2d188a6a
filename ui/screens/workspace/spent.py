# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Counts the time that somebody works in front of a screen: not the night the window stayed open."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QWidget

IDLE = 180.0
"""Seconds without a key, a click, the wheel or a movement of the mouse, after which nobody is there: reading a page
of a report takes about two minutes."""

_SIGNS_OF_LIFE = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
})  # fmt: skip


class TimeSpent(QObject):
    """Notices input to one window; `take` gives the seconds worked since it was last asked."""

    def __init__(self, window: QWidget, clock: Callable[[], float] = time.monotonic) -> None:
        """Watch `window`; `clock` gives seconds and never goes back."""
        super().__init__(window)
        self._window, self._clock = window, clock
        self._watched: QObject | None = None
        self._taken = self._alive = clock()

    def take(self, *, front: bool) -> int:
        """Return the whole seconds since the last call, 0 when the screen was not in `front` or nobody was there."""
        self._watch()
        now = self._clock()
        worked = int(now - self._taken) if front and now - self._alive < IDLE else 0
        self._taken = self._taken + worked if worked else now
        return worked

    def _watch(self) -> None:
        """Look at what the system sends to the window: one object instead of every widget, so typing stays quick."""
        handle = self._window.windowHandle()
        if handle is not self._watched and isinstance(handle, QWindow):
            handle.installEventFilter(self)
            self._watched = handle

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note a sign of life; nothing is kept back."""
        if event.type() in _SIGNS_OF_LIFE:
            self._alive = self._clock()
        return False
