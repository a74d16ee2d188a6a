# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Encrypt a bundle to its recipients with age, and open what was sealed to an own key.

Sealing hides who scored what while a file travels; what makes a file believable are the signatures inside. A
sealed file costs no work before its header was looked at, and its content goes to private staging only: age
gives out the begin of a file before it can know that the end is missing.
"""

import io
import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

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
    """Seal a stream in flat memory; the errors are those of `seal`."""
    pyrage.encrypt_io(source, target, _recipients(recipients))


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
        pyrage.decrypt_io(source, target, identities)
    except pyrage.DecryptError as error:
        code = "not-for-this-key" if "No matching keys" in str(error) else "sealed-damaged"
        raise Refused(code) from None
    except OSError as error:
        # A real fault of the disk carries a number; age's own complaint about the body does not.
        if error.errno is not None:
            raise
        raise Refused("sealed-damaged") from None


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
