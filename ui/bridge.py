# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Events of the core as one Qt signal: published in any thread, received in the main thread."""

from PySide6.QtCore import QObject, Signal

from pmqa_desktop.events import Event, EventBus


class EventBridge(QObject):
    """Emit every event of a bus as `published`."""

    published = Signal(object)

    def __init__(self, bus: EventBus, parent: QObject | None = None) -> None:
        """Listen to `bus` until `close`."""
        super().__init__(parent)
        self._unsubscribe = bus.subscribe(Event, self.published.emit)

    def close(self) -> None:
        """Stop listening."""
        self._unsubscribe()
