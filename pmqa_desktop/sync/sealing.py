# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Encrypt a bundle to its recipients with age, and open what was sealed to an own key.

Sealing hides who scored what while a file travels; what makes a file believable are the signatures inside. A
sealed file costs no work before its header was looked at, and its content goes to private staging only: age
gives out the begin of a file before it can know that the end is missing.
"""

import errno
import io
import os
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TypeVar

import pyrage

from pmqa_desktop.errors import Refused
from pmqa_desktop.sync.keys import Identity

_MAGIC = b"age-encryption.org/v1\n"
_ARMOUR = b"-----BEGIN AGE ENCRYPTED FILE-----"
HEAD_BYTES = len(_ARMOUR)
"""How many bytes at the begin of a file `is_sealed` needs."""
LONGEST_HEADER = 64 * 1024
"""The most bytes of an age header that is read."""
MOST_STANZAS = 256
"""The most recipient stanzas of an age header."""
_PIPED = 256 * 1024
_PIPE_GONE = (errno.EPIPE, errno.EINVAL)
"""What a pipe answers whose reader had enough; the second is Windows' word for it."""
T = TypeVar("T")
_STANZA = re.compile(rb"-> ([!-~]+)(?: [!-~]+)*")


def is_sealed(head: bytes) -> bool:
    """Tell from the first `HEAD_BYTES` bytes whether a file is an age file of either form."""
    return head.startswith((_MAGIC, _ARMOUR))


def seal(data: bytes, recipients: Iterable[str]) -> bytes:
    """Return `data` sealed to age recipients (`age1...`).

    Raises:
        Refused: `recipient-invalid`.
    """
    return bytes(pyrage.encrypt(data, _recipients(recipients)))


def seal_stream(source: BinaryIO, target: BinaryIO, recipients: Iterable[str]) -> None:
    """Seal a stream in flat memory; the errors are those of `seal`, and whatever the streams raise themselves."""
    keys = _recipients(recipients)
    with _own_faults(source, target) as (read, write):
        pyrage.encrypt_io(read, write, keys)


def _recipients(texts: Iterable[str]) -> list[object]:
    unique = dict.fromkeys(texts)
    if not unique:
        raise Refused("recipient-invalid", found="-")
    return [_recipient(text) for text in unique]


def _recipient(text: str) -> object:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise Refused("recipient-invalid", found=text) from None


def unseal(source: BinaryIO, identity: Identity, staging: Path) -> Path:
    """Open a sealed stream, at its begin, into a new private file inside `staging` and return its path.

    The file is whole, or there is none.

    Raises:
        Refused: `age-passphrase-refused, age-armour-refused, sealed-header-invalid, not-for-this-key,
            sealed-damaged`.
        Expected: `identity-closed`.
        OSError: the staging has no room.
    """
    check_header(source)
    target = staging / f"{os.urandom(8).hex()}.clear"
    try:
        with create_private(target) as clear:
            _decrypt(source, clear, [identity.age_identity])
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return target


def unseal_bytes(data: bytes, identity: Identity) -> bytes:
    """Open a small sealed file in memory; the errors are those of `unseal`."""
    source, clear = io.BytesIO(data), io.BytesIO()
    check_header(source)
    _decrypt(source, clear, [identity.age_identity])
    return clear.getvalue()


def create_private(path: Path) -> BinaryIO:
    """Create a file that only this user can read, and open it for writing; it must not exist yet."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o600), "wb")


def _decrypt(source: BinaryIO, target: BinaryIO, identities: Sequence[object]) -> None:
    try:
        with _own_faults(source, target) as (read, write):
            pyrage.decrypt_io(read, write, identities)
    except pyrage.DecryptError as error:
        code = "not-for-this-key" if "No matching keys" in str(error) else "sealed-damaged"
        raise Refused(code) from None
    except OSError as error:
        # A real fault of the disk carries a number; age's own complaint about the body does not.
        if error.errno is not None:
            raise
        raise Refused("sealed-damaged") from None


class _Remembering:
    """A stream that remembers what it raised: pyrage passes some of it on as its own, and swallows some."""

    def __init__(self, stream: BinaryIO, faults: list[BaseException]) -> None:
        self._stream, self._faults = stream, faults

    def read(self, size: int = -1) -> bytes:
        return self._kept(lambda: self._stream.read(size))

    def write(self, data: bytes) -> int:
        return self._kept(lambda: self._stream.write(data))

    def flush(self) -> None:
        self._kept(self._stream.flush)

    def _kept(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except BaseException as error:
            self._faults.append(error)
            raise


@contextmanager
def _own_faults(source: BinaryIO, target: BinaryIO) -> Iterator[tuple[_Remembering, _Remembering]]:
    """Give both streams to pyrage, and raise the first thing that one of them raised, whatever became of it there."""
    faults: list[BaseException] = []
    try:
        yield _Remembering(source, faults), _Remembering(target, faults)
    except BaseException:
        if faults:
            raise faults[0] from None
        raise
    if faults:
        raise faults[0]


@contextmanager
def passing_clear(source: BinaryIO, identity: Identity) -> Iterator[BinaryIO]:
    """Let the clear bytes of a sealed stream pass by; they are in no file and never in memory as a whole.

    Nothing that was read may be used before the block has ended without an error: age gives out the begin of a
    stream before it can know that its end is missing. Whoever leaves the block before the end of the stream
    must know from elsewhere that what was read is right, for example by its digest.

    Raises:
        Refused, Expected: as `unseal`; they come before any complaint of the reader about bytes that are missing.
    """
    check_header(source)
    key = identity.age_identity
    reading, writing = os.pipe()
    trouble: list[BaseException] = []
    left = threading.Event()

    def decrypt() -> None:
        try:
            with os.fdopen(writing, "wb", buffering=_PIPED) as target:
                _decrypt(source, target, [key])
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that asked
            if not (left.is_set() and getattr(error, "errno", None) in _PIPE_GONE):
                trouble.append(error)

    worker = threading.Thread(target=decrypt, name="unseal", daemon=True)
    worker.start()
    try:
        with os.fdopen(reading, "rb", buffering=_PIPED) as stream:
            try:
                yield stream
            finally:
                left.set()  # before the stream is closed: what the writer meets from here on is that
    except BaseException as error:
        worker.join()
        if trouble and isinstance(error, Refused):
            raise trouble[0] from None
        raise
    worker.join()
    if trouble:
        raise trouble[0]


def check_header(source: BinaryIO) -> None:
    """Look at an age header without any work of decryption and leave the stream at its begin.

    Raises:
        Refused: the header is not one that this program would have written.
    """
    source.seek(0)
    head = source.read(LONGEST_HEADER)
    source.seek(0)
    if head.startswith(_ARMOUR):
        raise Refused("age-armour-refused")
    if not head.startswith(_MAGIC):
        raise Refused("sealed-header-invalid", found="age-encryption.org/v1")
    header, end, _rest = head.partition(b"\n--- ")
    if not end:
        raise Refused("sealed-header-invalid", found="---")
    kinds = [_stanza_kind(line) for line in header.split(b"\n")[1:] if line.startswith(b"->")]
    if b"scrypt" in kinds:
        raise Refused("age-passphrase-refused")
    if b"X25519" not in kinds or len(kinds) > MOST_STANZAS:
        raise Refused("sealed-header-invalid", found=f"{len(kinds)} ->")


def _stanza_kind(line: bytes) -> bytes:
    found = _STANZA.fullmatch(line)
    if found is None:
        raise Refused("sealed-header-invalid", found="->")
    return found.group(1)


def forget(path: Path) -> None:
    """Remove a file of the private staging; that it is gone already is fine."""
    with suppress(FileNotFoundError):
        path.unlink()
