# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""How long work tells where it is, and how it is asked to stop."""

import threading
from collections.abc import Callable

from pmqa_desktop.errors import Expected


class Cancelled(Expected):
    """The person asked to stop; what was complete stays, the rest was not begun."""

    def __init__(self) -> None:
        """Carry the code `cancelled`."""
        super().__init__("cancelled")


class Progress:
    """Report steps done of steps expected, and stop at the next step once cancelled."""

    def __init__(self, report: Callable[[int, int, str], None] | None = None) -> None:
        """Call `report(done, of, what)` at each step; `of` is 0 while unknown."""
        self._report = report
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; safe from any thread."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Tell whether somebody asked to stop."""
        return self._stop.is_set()

    def step(self, done: int, of: int = 0, what: str = "") -> None:
        """Report one step.

        Raises:
            Cancelled: somebody asked to stop.
        """
        if self._stop.is_set():
            raise Cancelled
        if self._report is not None:
            self._report(done, of, what)
