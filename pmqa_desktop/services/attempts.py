# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Wrong passphrases wait longer and longer: typing slips cost nothing, trying many costs time."""

from collections.abc import Callable
from datetime import datetime, timedelta

from pmqa_desktop.errors import Expected

Clock = Callable[[], datetime]
LONGEST_WAIT = 15
"""The most seconds between two tries."""
_FREE_SLIPS = 2


def waiting_time(failures: int) -> int:
    """Return the seconds to wait after so many wrong passphrases in a row: 0, 0, 0, 1, 2, 4, 8, 15, 15, ..."""
    if failures <= _FREE_SLIPS:
        return 0
    doublings = min(failures - _FREE_SLIPS - 1, LONGEST_WAIT.bit_length())
    return min(1 << doublings, LONGEST_WAIT)


class Attempts:
    """Counts wrong passphrases for one key since the last right one; a clock set back never lengthens the wait."""

    def __init__(self, clock: Clock) -> None:
        """Measure time by `clock`."""
        self.failures = 0
        self._clock = clock
        self._until: datetime | None = None

    def waiting(self) -> int:
        """Return the seconds still to wait, rounded up; 0 when a passphrase may be tried."""
        if self._until is None:
            return 0
        left = self._until - self._clock()
        whole = -(-left // timedelta(seconds=1))
        return max(0, min(whole, waiting_time(self.failures)))

    def check(self) -> None:
        """Let the next try pass.

        Raises:
            Expected: `passphrase-wait` with `seconds`.
        """
        if seconds := self.waiting():
            raise Expected("passphrase-wait", seconds=seconds)

    def failed(self) -> int:
        """Count a wrong passphrase and return the seconds to wait."""
        self.failures += 1
        seconds = waiting_time(self.failures)
        self._until = self._clock() + timedelta(seconds=seconds)
        return seconds

    def passed(self) -> None:
        """Forget the wrong ones."""
        self.failures, self._until = 0, None
