# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Write a file to a drive so that it is whole and proven, or not there at all.

Order: room checked, temporary name, flushed, renamed, folder flushed, opened again and checked as an importer
would. Only after that may anybody be told that the drive can be taken off. Whatever fails, nothing is left.
"""

import errno
import hashlib
import io
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pmqa_desktop.errors import Expected
from pmqa_desktop.progress import Progress
from pmqa_desktop.sync.fingerprint import short
from pmqa_desktop.system import FULL, NOT_ALLOWED, READ_ONLY

SUFFIX = ".pmqa"
_NAME = re.compile(r"""[^\x00-\x1f\x7f/\\:*?"<>|. ][^\x00-\x1f\x7f/\\:*?"<>|]{0,149}""")
_CHUNK = 1024 * 1024
# A virus scanner on Windows may hold a new file open for a moment.
_RENAME_TRIES = 5
_RENAME_PAUSE = 0.2

Check = Callable[[Path], object]
"""Opens the written file as an importer would, and raises when it is not good."""
Fill = Callable[[BinaryIO], None]
"""Writes the content to an open file."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written, flushed, read back and checked; `fingerprint` is the digest of its bytes."""

    path: Path
    size: int
    fingerprint: str


def neutral_name(round: str, digest: str) -> str:
    """Return the name of an exported file: it tells the round and eight digits, no agency and no person."""
    return f"PMQA-{round}-{short(digest)}{SUFFIX}"


def write_file(folder: Path, name: str, chunks: Iterable[bytes] | bytes, check: Check, *, size: int = 0) -> Written:
    """Write `chunks` as the file `name` in `folder`.

    Args:
        folder: an existing folder, usually on another drive.
        name: a plain file name; never one that came out of a file.
        chunks: the content, in pieces or whole.
        check: called with the final path; whatever it raises undoes the writing.
        size: the expected size in bytes, for the check of free room; 0 when unknown.

    Raises:
        Expected: `drive-full, drive-read-only, drive-gone, name-taken, name-invalid, readback-failed`.
    """
    pieces = [chunks] if isinstance(chunks, bytes) else chunks
    expected = len(chunks) if isinstance(chunks, bytes) else size

    def fill(target: BinaryIO) -> None:
        for piece in pieces:
            target.write(piece)

    return write_stream(folder, name, fill, check, size=expected)


def write_stream(
    folder: Path, name: str, fill: Fill, check: Check, *, size: int = 0, step: Callable[[int], None] | None = None
) -> Written:
    """Do the same as `write_file` for content that writes itself, such as a sealed stream.

    Args:
        folder: as for `write_file`.
        name: as for `write_file`.
        fill: writes the content.
        check: as for `write_file`.
        size: as for `write_file`.
        step: told the bytes written so far, and then the bytes read back after them; what it raises stops the
            work, which leaves nothing behind.

    Raises:
        Expected: as `write_file`.
    """
    if _NAME.fullmatch(name) is None:
        raise Expected("name-invalid", name=name)
    target = folder / name
    part = folder / f"{name}.{os.urandom(4).hex()}.part"
    with _worded(folder, size, name):
        expect_room(folder, size, name)
        if target.exists():
            raise Expected("name-taken", name=name)
        drive = folder.stat().st_dev
        with _removed_on_failure(part):
            digest, written = _write_part(part, fill, step)
            _rename(part, target)
        with _removed_on_failure(target):
            flush_folder(folder)
            _read_back(target, digest, written, step)
            check(target)
            if folder.stat().st_dev != drive:  # the empty folder that a drive leaves where it was mounted
                raise Expected("drive-gone")
    return Written(target, written, f"sha256:{digest}")


def with_progress(chunks: Iterable[bytes], progress: Progress, of: int = 0, what: str = "") -> Iterator[bytes]:
    """Pass chunks on and report the bytes so far; cancelling stops the writing, which leaves nothing behind."""
    done = 0
    for chunk in chunks:
        progress.step(done, of, what)
        yield chunk
        done += len(chunk)
    progress.step(done, of, what)


def expect_room(folder: Path, size: int, name: str = "") -> None:
    """Refuse to begin what cannot end: `size` bytes more in `folder`, for a file called `name` if it is one.

    Raises:
        Expected: `drive-full`.
        OSError: the folder cannot be asked.
    """
    free = shutil.disk_usage(folder).free
    if size > free:
        raise Expected("drive-full", about=f"{name}: " if name else "", needed=size, free=free)


@contextmanager
def _worded(folder: Path, size: int, name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _trouble(error, folder, size, name) from error


def _trouble(error: OSError, folder: Path, size: int, name: str) -> Expected:
    if error.errno in FULL:
        free = 0
        with suppress(OSError):
            free = shutil.disk_usage(folder).free
        return Expected("drive-full", about=f"{name}: ", needed=size or "?", free=free)
    if error.errno in READ_ONLY | NOT_ALLOWED:
        return Expected("drive-read-only")
    return Expected("drive-gone")


@contextmanager
def _removed_on_failure(path: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def _write_part(part: Path, fill: Fill, step: Callable[[int], None] | None) -> tuple[str, int]:
    with part.open("xb") as file:
        counted = _Counted(file, step)
        fill(counted)  # type: ignore[arg-type]  # it is a writer, which is all that is asked of it
        flush_file(file)
    return counted.digest.hexdigest(), counted.size


class _Counted(io.RawIOBase):
    """A writer that remembers what went through it; every byte is written before it is counted."""

    def __init__(self, target: BinaryIO, step: Callable[[int], None] | None = None) -> None:
        super().__init__()
        self.digest = hashlib.sha256()
        self.size = 0
        self._target = target
        self._step = step

    def writable(self) -> bool:
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # bytes are what is written here
        self._target.write(data)
        self.digest.update(data)
        self.size += len(data)
        if self._step is not None:
            self._step(self.size)
        return len(data)


def flush_file(file: BinaryIO) -> None:
    """Bring what was written to an open file down to the drive itself."""
    file.flush()
    if sys.platform == "darwin":
        import fcntl  # noqa: PLC0415 - exists on this system only

        with suppress(OSError):  # some file systems do not know it; the plain way follows
            fcntl.fcntl(file.fileno(), fcntl.FFULLFSYNC)
            return
    os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Bring the names in a folder down to the drive itself."""
    if os.name == "nt":
        return  # Windows has no such thing; reading back is the check there
    handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network file systems refuse it for folders
            raise
    finally:
        os.close(handle)


def _rename(part: Path, target: Path) -> None:
    for attempt in range(1, _RENAME_TRIES + 1):
        try:
            if target.exists():
                raise Expected("name-taken", name=target.name)
            part.rename(target)
        except PermissionError:
            if os.name != "nt" or attempt == _RENAME_TRIES:
                raise
            time.sleep(_RENAME_PAUSE)
        else:
            return


def _read_back(target: Path, digest: str, size: int, step: Callable[[int], None] | None) -> None:
    found, length = hashlib.sha256(), 0
    with target.open("rb") as file:
        if hasattr(os, "posix_fadvise"):  # ask the drive, not the memory of this computer
            with suppress(OSError):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while chunk := file.read(_CHUNK):
            found.update(chunk)
            length += len(chunk)
            if step is not None:
                step(size + length)
    if found.hexdigest() != digest or length != size:
        raise Expected("readback-failed", name=target.name)


class ChunkReader(io.RawIOBase):
    """Lets chunks be read like a file, so that a bundle can be sealed while it is written."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        """Take the chunks when they are needed, one after another."""
        super().__init__()
        self._chunks = iter(chunks)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Tell that this can be read."""
        return True

    def readinto(self, buffer: bytearray, /) -> int:  # type: ignore[override]  # any writable buffer
        """Fill `buffer` with what comes next and return how much that was; 0 at the end."""
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count
