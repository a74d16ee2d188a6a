# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""One window at a time for one workspace: a small file beside it says who has it open, and since when.

On one computer the system itself holds the claim (a lock on that file), so a program that was killed leaves nothing
to clean up. A claim of another computer, found in a shared or copied folder, can't be asked whether it still
lives: it is told, and the person decides to take over.
"""

import errno
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from pmqa_desktop.errors import Expected
from pmqa_desktop.system import FULL

SUFFIX = ".open"
"""What the claim's file is called after: the workspace's name and this."""

_LARGEST = 4096
_FAR = 1 << 30  # Windows locks bytes against reading too, so a byte is locked that no claim reaches
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})
_HELD = frozenset({errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


class _Claim(msgspec.Struct, frozen=True):
    host: str
    pid: int
    since: datetime


@dataclass(slots=True)
class Occupancy:
    """A claim on one workspace, held until `release`; one on read-only media holds nothing and needs nothing."""

    path: Path
    _handle: int | None

    def release(self) -> None:
        """Give the workspace free; a second call does nothing."""
        handle, self._handle = self._handle, None
        if handle is None:
            return
        if sys.platform == "win32":
            os.close(handle)
            with suppress(OSError):
                self.path.unlink()
        else:
            # Removed while still locked: whoever waits finds that the file is another one and asks again.
            with suppress(OSError):
                self.path.unlink()
            os.close(handle)


def occupy(path: Path, *, since: datetime, host: str, take_over: bool = False) -> Occupancy:
    """Claim the workspace at `path` for this program.

    Args:
        path: The workspace file.
        since: Now, as the claim tells others.
        host: This computer's name.
        take_over: Go on although another computer's claim is there: the person said that it is closed.

    Raises:
        Expected: `workspace-open-elsewhere` (fields: file, host, since, here), another window or another computer
            has it open; one on this computer cannot be taken over.
    """
    claim = path.with_name(path.name + SUFFIX)
    while True:
        try:
            handle = os.open(claim, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        except OSError as error:
            if error.errno in _READ_ONLY:
                return Occupancy(claim, None)
            raise Expected("store-cannot-open", file=path.name) from error
        try:
            if _claimed(handle, claim, path.name, host, take_over=take_over):
                _write(handle, _Claim(host, os.getpid(), since))
                return Occupancy(claim, handle)
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _claimed(handle: int, claim: Path, name: str, host: str, *, take_over: bool) -> bool:
    """Tell whether the claim is ours to write; False when the file was removed meanwhile, so ask again."""
    locked = _lock(handle)
    other = _read(handle)
    if locked is None:
        alive = other is not None and other.host == host and other.pid != os.getpid() and _runs(other.pid)
    else:
        alive = not locked
    if alive or (other is not None and other.host != host and not take_over):
        raise Expected(
            "workspace-open-elsewhere",
            file=name,
            host=other.host if other else "?",
            since=other.since.astimezone().strftime("%Y-%m-%d %H:%M") if other else "?",
            here=alive,
        )
    try:
        return os.path.samestat(os.fstat(handle), claim.stat())
    except FileNotFoundError:
        return False


def _lock(handle: int) -> bool | None:
    """Lock the claim for this program: True, False when another has it, None where the drive knows no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - exists on this system only

            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - does not exist on Windows

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            return False
        if error.errno in _NO_LOCKS:
            return None
        raise
    return True


def _runs(pid: int) -> bool:
    """Tell whether a program of this number runs here; where that can't be asked, that it does."""
    if sys.platform != "win32":  # there the call would end the program instead of asking
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except OSError:
            return True
    return True


def _read(handle: int) -> _Claim | None:
    os.lseek(handle, 0, os.SEEK_SET)
    data = os.read(handle, _LARGEST)
    try:
        return msgspec.json.decode(data, type=_Claim) if data else None
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None  # torn by a power cut: whoever wrote it is gone


def _write(handle: int, claim: _Claim) -> None:
    os.lseek(handle, 0, os.SEEK_SET)
    os.truncate(handle, 0)
    try:
        os.write(handle, msgspec.json.encode(claim))
    except OSError as error:
        if error.errno not in FULL:  # with no room left the lock still holds; only who holds it cannot be told
            raise
