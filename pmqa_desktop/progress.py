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


class Meter:
    """Tell one progress about bytes that go by in several phases: read, sealed, read back.

    Steps are told in KiB, so that a window can count them, and not for every chunk; asking to stop is answered at
    every chunk.
    """

    _STEPS = 400

    def __init__(self, progress: Progress | None, of: int) -> None:
        """Tell `progress` about `of` bytes in all phases together; without one nothing is told."""
        self._progress = progress or Progress()
        self._of = max(1, of)
        self._before = self._told = 0
        self.what = ""

    def phase(self, what: str, size: int) -> Callable[[int], None]:
        """Begin a phase of `size` bytes, named `what` in the report; the result takes the bytes done in it.

        Raises:
            Cancelled: somebody asked to stop; so does the result when it is called.
        """
        begin, self.what = self._before, what
        self._before += size
        self._tell(begin, must=True)
        return lambda done: self._tell(begin + min(done, size))

    def _tell(self, done: int, *, must: bool = False) -> None:
        if must or self._progress.cancelled or abs(done - self._told) * self._STEPS >= self._of:
            self._told = done
            self._progress.step(min(done, self._of) // 1024, -(-self._of // 1024), self.what)
