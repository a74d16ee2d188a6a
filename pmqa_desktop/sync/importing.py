# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Take a file in from a drive: copied once under a cap, then only the private copy is looked at.

The drive is never read twice: what was hashed, opened and parsed are the same bytes, and pulling the drive
out in the middle cannot change them.
"""

import hashlib
import io
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pmqa_desktop.errors import Expected, Refused
from pmqa_desktop.progress import Progress
from pmqa_desktop.sync.container import LARGEST_PAPERS, Bundle, OnBlob, read_blob, read_bundle
from pmqa_desktop.sync.keys import Identity
from pmqa_desktop.sync.sealing import HEAD_BYTES, create_private, forget, is_sealed, passing_clear, unseal
from pmqa_desktop.system import worded

LARGEST_FILE = LARGEST_PAPERS + 64 * 1024 * 1024
"""The most bytes of any file that is taken in: the largest bundle and what sealing adds."""
_CHUNK = 1024 * 1024
"""The bytes read at once; a clear file of fewer is taken into memory and needs no copy on disk."""
_PRIVATE = "pmqa-private-"
_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Staged:
    """A private copy of a file; `digest` is that of its bytes, `name` the file's own name, to show only."""

    path: Path
    size: int
    digest: str
    name: str


@contextmanager
def private_folder(parent: Path | None = None) -> Iterator[Path]:
    """Make a folder that only this user can read, and remove it with all in it at the end.

    What a killed program left of its own is removed first: it may hold unsealed bytes.
    """
    forget_leftovers(parent or Path(tempfile.gettempdir()))
    with worded():
        folder = tempfile.TemporaryDirectory(prefix=f"{_PRIVATE}{os.getpid()}-", dir=parent)
    with folder as name:
        yield Path(name)


def clear_leftovers() -> None:
    """Remove what killed programs left in this computer's temporary folder, as far as it can be read."""
    with suppress(OSError):
        forget_leftovers(Path(tempfile.gettempdir()))


def forget_leftovers(parent: Path) -> None:
    """Remove the private folders in `parent` whose program has ended; where that can't be told, those a day old."""
    for folder in parent.glob(f"{_PRIVATE}*-*"):
        pid = folder.name.removeprefix(_PRIVATE).partition("-")[0]
        with suppress(OSError):
            if pid.isdigit() and folder.is_dir() and not folder.is_symlink() and _has_ended(int(pid), folder):
                shutil.rmtree(folder, ignore_errors=True)


def _has_ended(pid: int, folder: Path) -> bool:
    if os.name == "nt":  # asking a process there would end it
        return time.time() - folder.stat().st_mtime > _DAY
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def stage(path: Path, folder: Path, cap: int = LARGEST_FILE, *, progress: Progress | None = None) -> Staged:
    """Copy a file once into a private folder.

    Args:
        path: what the person chose; it may be on any drive and of any kind.
        folder: an existing private folder, see `private_folder`.
        cap: the most bytes to copy.
        progress: told the bytes copied; its cancelling leaves no copy.

    Raises:
        Refused: `file-missing, file-not-regular, file-unreadable, file-too-large, drive-gone`.
        Expected: `laptop-full`, `system-full`; the private folder has no room for the copy.
    """
    with _opened(path) as source:
        return _staged(source, path.name, folder, cap, progress=progress)


def _staged(
    source: BinaryIO, name: str, folder: Path, cap: int, begin: bytes = b"", progress: Progress | None = None
) -> Staged:
    """Copy `begin`, which was read already, and all that follows in `source`."""
    target = folder / f"{os.urandom(8).hex()}.staged"
    try:
        needed = min(os.fstat(source.fileno()).st_size, cap)
        if needed > shutil.disk_usage(folder).free:
            raise Expected("laptop-full", about=f"{name}: ", needed=needed)
        with worded(name), create_private(target) as copy:
            digest, size = _copy(source, copy, name, cap, begin, progress)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return Staged(target, size, digest, name)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        # Not blocking: a named pipe must not hold the program up before it is refused.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (FileNotFoundError, NotADirectoryError):
        raise Refused("file-missing", name=path.name) from None
    except OSError:
        raise Refused("file-unreadable", name=path.name) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Refused("file-not-regular", name=path.name)
    with os.fdopen(handle, "rb", buffering=0) as source:
        yield source


def _copy(
    source: BinaryIO, copy: BinaryIO, name: str, cap: int, begin: bytes, progress: Progress | None
) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    expected = os.fstat(source.fileno()).st_size
    chunk = begin
    while chunk := chunk or _next_chunk(source, name):
        size += len(chunk)
        if size > cap:
            raise Refused("file-too-large", name=name, limit=cap)
        digest.update(chunk)
        copy.write(chunk)
        if progress is not None:
            progress.step(size, max(size, expected), name)
        chunk = b""
    return "sha256:" + digest.hexdigest(), size


def _next_chunk(source: BinaryIO, name: str) -> bytes:
    try:
        return source.read(_CHUNK)
    except OSError:
        raise Refused("drive-gone", name=name) from None


@contextmanager
def opened_clear(path: Path, identity: Identity | None, staging: Path) -> Iterator[tuple[BinaryIO, bool]]:
    """Open a staged file as clear bytes and tell whether it was sealed; the unsealed copy is removed at the end.

    Raises:
        Refused: `sealed-key-needed` without an identity, else as `sealing.unseal`.
    """
    with path.open("rb") as source:
        sealed = is_sealed(source.read(HEAD_BYTES))
        source.seek(0)
        if not sealed:
            yield source, False
            return
        if identity is None:
            raise Refused("sealed-key-needed")
        clear = unseal(source, identity, staging)
    try:
        with clear.open("rb") as stream:
            yield stream, True
    finally:
        forget(clear)


def read_file(path: Path, identity: Identity | None, staging: Path, *, on_blob: OnBlob | None = None) -> Bundle:
    """Read a staged bundle file, sealed or clear, to its end.

    Args:
        path: the private copy that `stage` made (or a file of our own).
        identity: opens a sealed file.
        staging: a private folder for the unsealed copy.
        on_blob: as in `container.read_bundle`.

    Raises:
        Refused: with the code of the first rule broken; nothing may be used then.
    """
    with opened_clear(path, identity, staging) as (stream, _sealed):
        return read_bundle(stream, on_blob=on_blob)


def take_in(
    path: Path,
    identity: Identity | None,
    staging: Path,
    *,
    also: Identity | None = None,
    on_blob: OnBlob | None = None,
) -> Bundle:
    """Read a bundle file from a drive to its end, the drive once; the private copy is gone afterwards.

    A small clear file is copied into memory only. What is not sealed to `identity` may be to `also`. The other
    arguments, and the errors, are those of `stage` and `read_file`.
    """
    with _opened(path) as source:
        begin = _next_chunk(source, path.name)
        if len(begin) < _CHUNK and not is_sealed(begin[:HEAD_BYTES]):
            rest = _next_chunk(source, path.name) if begin else b""
            if not rest:
                return read_bundle(io.BytesIO(begin), on_blob=on_blob)
            begin += rest
        staged = _staged(source, path.name, staging, LARGEST_FILE, begin)
    with worded(path.name):
        return _read_staged(staged, identity, staging, also, on_blob)


def _read_staged(
    staged: Staged, identity: Identity | None, staging: Path, also: Identity | None, on_blob: OnBlob | None
) -> Bundle:
    try:
        return read_file(staged.path, identity, staging, on_blob=on_blob)
    except Refused as refused:
        if refused.code != "not-for-this-key" or also in (None, identity):
            raise
        return read_file(staged.path, also, staging, on_blob=on_blob)
    finally:
        staged.path.unlink(missing_ok=True)


def read_through(
    path: Path, identity: Identity | None, *, on_blob: OnBlob | None = None, step: Callable[[int], None] | None = None
) -> Bundle:
    """Do the same as `read_file` in flat memory and without a clear copy on any disk, for files of any size.

    Args:
        path: as for `read_file`.
        identity: as for `read_file`.
        on_blob: as in `container.read_bundle`; nothing it was given may be used before this has returned.
        step: told the bytes read so far now and then; what it raises stops the reading.

    Raises:
        Refused, Expected: as `read_file`.
    """
    with _passing(path, identity, step) as stream:
        return read_bundle(stream, on_blob=on_blob)


def read_one_blob(path: Path, identity: Identity, digest: str, *, step: Callable[[int], None] | None = None) -> bytes:
    """Return one attached file of a bundle that was read to its end before; empty when it holds none such.

    Args:
        path: a file of our own, verified when it came.
        identity: opens it.
        digest: of the attached file, known from a signed document.
        step: as for `read_through`.

    Raises:
        Refused, Expected: as `read_file`.
    """
    found = io.BytesIO()
    with _passing(path, identity, step) as stream:
        read_blob(stream, digest, found)
    return found.getvalue()


@contextmanager
def _passing(path: Path, identity: Identity | None, step: Callable[[int], None] | None) -> Iterator[BinaryIO]:
    with path.open("rb") as source:
        sealed = is_sealed(source.read(HEAD_BYTES))
        source.seek(0)
        if not sealed:
            yield _metered(source, step)
            return
        if identity is None:
            raise Refused("sealed-key-needed")
        with passing_clear(source, identity) as clear:
            yield _metered(clear, step)


def _metered(stream: BinaryIO, step: Callable[[int], None] | None) -> BinaryIO:
    return stream if step is None else Metered(stream, step)  # type: ignore[return-value]  # read and readline is all


class Metered:
    """A stream to read from that tells how many bytes were read; what `step` raises stops the reading."""

    def __init__(self, stream: BinaryIO, step: Callable[[int], None]) -> None:
        """Count from the stream's present place on."""
        self._stream, self._step, self._done = stream, step, 0

    def read(self, size: int = -1) -> bytes:
        """Read as the stream does."""
        return self._count(self._stream.read(size))

    def readline(self, size: int = -1) -> bytes:
        """Read a line as the stream does."""
        return self._count(self._stream.readline(size))

    def _count(self, data: bytes) -> bytes:
        self._done += len(data)
        self._step(self._done)
        return data
