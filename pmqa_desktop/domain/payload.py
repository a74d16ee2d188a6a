# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The exact bytes of a document: written in one form, read back only from that form.

Bytes are signed and the same bytes are parsed (docs/bundle-format.md, section 1). A payload is admitted only
if its typed content, written again, gives the same bytes: that leaves no room for duplicate keys, `1.0` for
`1`, explicit nulls or defaults, white space, or other escapes. Reading is on the way of every import, so the
rules that need a walk over all values are guarded by one pass over the bytes that is enough for almost all.
"""

import hashlib
import re
from typing import Any, NoReturn

import msgspec

from pmqa_desktop.domain.documents import AnyDocument, Criteria
from pmqa_desktop.domain.payload_rules import check_rules
from pmqa_desktop.domain.plaintext import LONGEST_TEXT as LONGEST_TEXT
from pmqa_desktop.domain.plaintext import refused_character
from pmqa_desktop.errors import Refused
from pmqa_desktop.text import N_

DEEPEST = 32
"""How many arrays and objects may lie inside each other."""
LARGEST_INTEGER = 2**53
"""The largest absolute value that every JSON reader keeps exactly."""

_SIXTEEN_DIGITS = b"0" * 16
_ODD_ESCAPE = re.compile(rb'\\[^"\\nt]')
# Bytes that only refused characters hold, and first bytes that refused and harmless characters share (UTF-8).
# Thai letters begin with E0.
_REFUSED_LEADS = frozenset({*range(0x20), 0x7F, 0xEE, 0xF4})
_SHARED_LEADS = frozenset({0xC2, 0xD8, 0xE2, 0xEF, 0xF3})
_SORTS = bytes(
    ord("!") if byte in _REFUSED_LEADS
    else ord("?") if byte in _SHARED_LEADS
    else ord("0") if 0x30 <= byte <= 0x39
    else ord(".")
    for byte in range(256)
)  # fmt: skip
# One expression per first byte: searching for a fixed first byte is quick, for one of several is not.
_REFUSED_SEQUENCES = tuple(
    re.compile(sequence)
    for sequence in (
        rb"\xe2(?:\x80[\x8b\x8e\x8f\xaa-\xae]|\x81[\xa6-\xa9])",
        rb"\xc2[\x80-\x9f]",
        rb"\xd8\x9c",
        rb"\xef[\x80-\xa3]",
        rb"\xf3[\xb0-\xbf]",
    )
)
_PLACE = re.compile(r" - at `\$\.?(.*)`$")
_UNKNOWN_FIELD = re.compile(r"unknown field `(.*?)`")


class _FloatFoundError(Exception):
    """The decoder met a number that is no integer; no ValueError, which the decoder would make its own."""


def _float_found(written: str) -> NoReturn:
    raise _FloatFoundError(written)


_encoder = msgspec.json.Encoder(order="sorted")
_typed = msgspec.json.Decoder(AnyDocument, float_hook=_float_found)
_plain = msgspec.json.Decoder(float_hook=_float_found)


def encode_payload(document: AnyDocument) -> bytes:
    """Return the payload bytes of a document: UTF-8 JSON, keys sorted, no white space, absent fields left out."""
    return _encoder.encode(document)


def digest_of(payload: bytes) -> str:
    """Return the digest that names a document: `sha256:` and 64 hex digits."""
    return "sha256:" + hashlib.sha256(payload).hexdigest()


def decode_payload(payload: bytes) -> AnyDocument:
    """Return the document that these bytes are, after every check that needs the bytes alone.

    Raises:
        Refused: with the code of the first rule broken and the field as `where`.
    """
    try:
        document: AnyDocument = _typed.decode(payload)
        exact = _encoder.encode(document) == payload
    except (_FloatFoundError, msgspec.MsgspecError, ValueError, RecursionError) as error:
        _refuse(payload, error)
    if not exact:
        _refuse(payload, None)
    if isinstance(document, Criteria) or len(payload) > LONGEST_TEXT or _needs_walk(payload):
        check_values(_plain.decode(payload))
    check_rules(document)
    return document


def _needs_walk(payload: bytes) -> bool:
    sorts = payload.translate(_SORTS)
    if b"!" in sorts or _SIXTEEN_DIGITS in sorts or (b"\\" in payload and _ODD_ESCAPE.search(payload)):
        return True
    return b"?" in sorts and any(sequence.search(payload) for sequence in _REFUSED_SEQUENCES)


def check_values(tree: object, where: str = "", depth: int = 0) -> None:
    """Walk a plain JSON tree and check each value against the rules that hold for every kind.

    Raises:
        Refused: `too-deep, integer-too-large, text-too-long, text-refused, key-not-ascii, value-invalid` (a null).
    """
    match tree:
        case str():
            _check_text(tree, where)
        case bool():
            pass
        case int():
            if abs(tree) > LARGEST_INTEGER:
                raise Refused("integer-too-large", where)
        case dict() | list():
            _check_members(tree, where, depth + 1)
        case _:
            raise Refused("value-invalid", where, found="null")


def _check_members(tree: dict[Any, Any] | list[Any], where: str, depth: int) -> None:
    if depth > DEEPEST:
        raise Refused("too-deep", where, limit=DEEPEST)
    if isinstance(tree, list):
        for index, member in enumerate(tree):
            check_values(member, f"{where}[{index}]", depth)
        return
    for key, member in tree.items():
        if not (key.isascii() and key.isprintable()):
            raise Refused("key-not-ascii", where, found=key)
        check_values(member, f"{where}.{key}" if where else key, depth)


def _check_text(text: str, where: str) -> None:
    if len(text) * 4 > LONGEST_TEXT and len(text.encode()) > LONGEST_TEXT:
        raise Refused("text-too-long", where, limit=LONGEST_TEXT)
    found = refused_character(text)
    if found is not None:
        raise Refused("text-refused", where, found=found)


def _refuse(payload: bytes, error: Exception | None) -> NoReturn:
    """Name the first rule that a payload breaks, which the quick way found wrong without saying how."""
    tree = _plain_tree(payload)
    check_values(tree)
    if not isinstance(tree, dict):
        raise Refused("not-a-document", found=N_("not a JSON object"))
    if _encoder.encode(tree) != payload or error is None:
        raise Refused("not-canonical")
    message = str(error)
    place = _PLACE.search(message)
    where = place.group(1) if place else ""
    unknown = _UNKNOWN_FIELD.search(message)
    if unknown:
        raise Refused("unknown-field", where, found=unknown.group(1))
    raise Refused("not-a-document", where, found=N_("a field is missing or of another kind"))


def _plain_tree(payload: bytes) -> object:
    try:
        return _plain.decode(payload)
    except _FloatFoundError as error:
        raise Refused("has-float", found=str(error)) from None
    except RecursionError:
        raise Refused("too-deep", limit=DEEPEST) from None
    except UnicodeDecodeError:
        raise Refused("not-a-document", found=N_("not UTF-8")) from None
    except msgspec.MsgspecError as error:
        if "out of range" in str(error):
            raise Refused("has-float", found="1e…") from None
        raise Refused("not-a-document", found=N_("not JSON")) from None
