# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A file under a passphrase: a person's own unfinished work on its way to another laptop.

One line of canonical JSON tells the format and the derivation (argon2id, as in key files); then boxes of libsodium's
secretbox (XSalsa20-Poly1305) follow, each over up to 64 KiB of content. A box's nonce is the file's 15 random bytes,
the box's number (8 bytes, big-endian) and 1 for the last box, 0 before it: a box left out, moved or added, and an end
that is missing, all fail to open. The key is fresh for every file, because the salt is.
"""

import os
from collections.abc import Iterator
from typing import Literal

import msgspec
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from pmqa_desktop.errors import Expected, Refused
from pmqa_desktop.sync.keys import LIVE_COST, Cost, Entropy, check_cost, derive_key
from pmqa_desktop.text import N_

FORMAT: Literal["pmqa-draft-v1"] = "pmqa-draft-v1"
LARGEST_DRAFT_FILE = 64 * 1024 * 1024
"""The most bytes of a file under a passphrase."""

_PIECE = 64 * 1024
_BOXED = _PIECE + SecretBox.MACBYTES
_PREFIX_BYTES = 15
_SALT_BYTES = 16
_LONGEST_HEAD = 1024


class _Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: Literal["pmqa-draft-v1"] = FORMAT
    kdf: Literal["argon2id"] = "argon2id"
    memory: int
    passes: int
    salt: bytes
    nonce: bytes


_encoder = msgspec.json.Encoder(order="sorted")
_heads = msgspec.json.Decoder(_Head)


def is_under_passphrase(data: bytes) -> bool:
    """Tell whether a file's bytes begin as one of this format does."""
    head, _end, _rest = data[:_LONGEST_HEAD].partition(b"\n")
    return head.startswith(b'{"format":"' + FORMAT.encode() + b'"')


def lock_up(content: bytes, passphrase: str, *, entropy: Entropy = os.urandom, cost: Cost = LIVE_COST) -> bytes:
    """Return `content` as a file that only `passphrase` opens.

    Args:
        content: Anything; it may be empty.
        passphrase: Chosen for this file.
        entropy: Source of salt and nonce.
        cost: What one guess of the passphrase costs.

    Raises:
        Expected: `passphrase-missing`.
    """
    salt, prefix = entropy(_SALT_BYTES), entropy(_PREFIX_BYTES)
    box = SecretBox(derive_key(passphrase, salt, cost))
    head = _Head(memory=cost.memory, passes=cost.passes, salt=salt, nonce=prefix)
    pieces = [content[start : start + _PIECE] for start in range(0, len(content), _PIECE)] or [b""]
    boxes = (
        box.encrypt(piece, _nonce(prefix, number, last=number == len(pieces) - 1)).ciphertext
        for number, piece in enumerate(pieces)
    )
    return b"".join((_ordered(head), b"\n", *boxes))


def open_up(data: bytes, passphrase: str) -> bytes:
    """Return the content of a file under a passphrase; all of it is whole, or nothing is returned.

    Raises:
        Expected: `wrong-passphrase`, also for a damaged file, which cannot be told apart; `passphrase-missing`.
        Refused: `draft-file-invalid`, `key-file-limits`; nothing was derived then.
    """
    head, boxes = _parse(data)
    box = SecretBox(derive_key(passphrase, head.salt, Cost(head.memory, head.passes)))
    try:
        return b"".join(_opened(box, head.nonce, boxes))
    except CryptoError:
        raise Expected("wrong-passphrase", wait=0) from None


def _opened(box: SecretBox, prefix: bytes, boxes: bytes) -> Iterator[bytes]:
    starts = range(0, len(boxes), _BOXED)
    for number, start in enumerate(starts):
        yield box.decrypt(boxes[start : start + _BOXED], _nonce(prefix, number, last=number == len(starts) - 1))


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(8, "big") + bytes([last])


def _ordered(head: _Head) -> bytes:
    """Return the head with its format first, so that a file is known by its first bytes; the rest is sorted."""
    tree = msgspec.to_builtins(head)
    name = tree.pop("format")
    return b'{"format":' + _encoder.encode(name) + b"," + _encoder.encode(tree)[1:]


def _parse(data: bytes) -> tuple[_Head, bytes]:
    if len(data) > LARGEST_DRAFT_FILE:
        raise Refused("draft-file-invalid", found=f"{len(data)} bytes")
    line, end, boxes = data[: _LONGEST_HEAD + 1].partition(b"\n")
    try:
        head = _heads.decode(line)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise Refused("draft-file-invalid", found=N_("another format")) from None
    boxes = data[len(line) + 1 :]
    sound = len(head.salt) == _SALT_BYTES and len(head.nonce) == _PREFIX_BYTES and len(boxes) >= SecretBox.MACBYTES
    if not end or _ordered(head) != line or not sound:
        raise Refused("draft-file-invalid", found=N_("changed after it was written"))
    check_cost(Cost(head.memory, head.passes))
    return head, boxes
