# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""One signed document as one line: made by signing, admitted only after every signature was checked.

The line is a DSSE 1.0.2 envelope in one exact form of its own (docs/bundle-format.md, section 2). Admission
depends on the bytes alone: whether the signer may sign this is the roster's matter and decided elsewhere.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import NoReturn

import msgspec
from nacl import bindings
from nacl.exceptions import CryptoError

from pmqa_desktop.domain.admitted import Admitted, Signature
from pmqa_desktop.domain.documents import COSIGNED, KINDS, AnyDocument, Enrolment, Kind, kind_of
from pmqa_desktop.domain.payload import decode_payload, digest_of, encode_payload
from pmqa_desktop.domain.payload_rules import MOST_SIGNATURES
from pmqa_desktop.errors import Expected, Refused
from pmqa_desktop.sync.keys import Identity, is_sound_key, key_id, proof_message
from pmqa_desktop.text import N_

LONGEST_LINE = 16 * 1024 * 1024
"""The most bytes of one line, its line end not counted, for the kinds in `LONG_KINDS`."""
LONG_KINDS = frozenset({"roster", "criteria", "consensus", "result", "ranking", "manifest"})
_USUAL_LINE = 4 * 1024 * 1024
_TYPES: dict[Kind, str] = {kind: f"application/vnd.pmqa.{kind}+json;v=1" for kind in KINDS}
_KINDS: dict[str, Kind] = {payload_type: kind for kind, payload_type in _TYPES.items()}

_AUTHOR_KEY = re.compile(rb'"author":\{"key":"([0-9a-f]{64})"')


class _WireSignature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    keyid: str
    sig: bytes


class _Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    payload: bytes
    payloadType: str  # noqa: N815 - the name that DSSE gives it
    signatures: tuple[_WireSignature, ...]


_encoder = msgspec.json.Encoder(order="sorted")
_envelopes = msgspec.json.Decoder(_Envelope)


def line_limit(kind: str) -> int:
    """Return the most bytes of a line that holds a document of this kind."""
    return LONGEST_LINE if kind in LONG_KINDS else _USUAL_LINE


def signed_bytes(kind: Kind, payload: bytes) -> bytes:
    """Return what a signature is made over: the pre-authentication encoding of DSSE v1."""
    payload_type = _TYPES[kind].encode()
    return b"DSSEv1 %d %b %d %b" % (len(payload_type), payload_type, len(payload), payload)


def sign_document(document: AnyDocument, identity: Identity) -> Admitted:
    """Sign a document as its author and return it as an importer would admit it.

    Raises:
        Refused: the document breaks a rule of its kind, or names another author key than the identity's.
        Expected: `identity-closed`.
    """
    payload = encode_payload(document)
    checked = decode_payload(payload)
    if document.author.key != identity.key:
        raise Refused("signature-not-allowed", "author.key", found=identity.keyid)
    signature = Signature(identity.keyid, identity.sign(signed_bytes(kind_of(checked), payload)))
    admitted = Admitted(digest_of(payload), payload, checked, (signature,))
    _check_proof(checked)
    size, limit = len(envelope_line(admitted)), line_limit(admitted.kind)
    if size > limit:
        raise Refused("line-too-long", limit=limit)
    return admitted


def cosign(admitted: Admitted, identity: Identity) -> Admitted:
    """Add the signature of one of the document's co-signers; signing again changes nothing.

    Raises:
        Refused: `signature-not-allowed` when the document does not name the identity's key.
    """
    if identity.keyid in admitted.keyids:
        return admitted
    if identity.key not in admitted.document.cosigners:
        raise Refused("signature-not-allowed", "cosigners", found=identity.keyid)
    signature = Signature(identity.keyid, identity.sign(signed_bytes(admitted.kind, admitted.payload)))
    signatures = tuple(sorted((*admitted.signatures, signature)))
    return Admitted(admitted.digest, admitted.payload, admitted.document, signatures)


def envelope_line(admitted: Admitted) -> bytes:
    """Return the document as its line, without the line end."""
    signatures = tuple(_WireSignature(signature.keyid, signature.sig) for signature in admitted.signatures)
    return _encoder.encode(_Envelope(admitted.payload, _TYPES[admitted.kind], signatures))


def admit_line(line: bytes) -> Admitted:
    """Return the document on this line (without its line end) after checking its form and every signature.

    Raises:
        Refused: with the code of the first rule broken; nothing on the line may be used then.
    """
    if len(line) > LONGEST_LINE:
        raise Refused("line-too-long", limit=LONGEST_LINE)
    envelope = _parse(line)
    kind = _KINDS.get(envelope.payloadType)
    if kind is None:
        raise Refused("type-unknown", found=envelope.payloadType)
    if len(line) > line_limit(kind):
        raise Refused("line-too-long", limit=line_limit(kind))
    if len(envelope.signatures) > (MOST_SIGNATURES if kind in COSIGNED else 1):
        raise Refused("too-many-signatures", limit=MOST_SIGNATURES if kind in COSIGNED else 1)
    document = _decoded(envelope, kind)
    if kind_of(document) != kind:
        raise Refused("kind-mismatch", found=kind)
    signatures = _verified(envelope, document, signed_bytes(kind, envelope.payload))
    _check_proof(document)
    return Admitted(digest_of(envelope.payload), envelope.payload, document, signatures)


def _parse(line: bytes) -> _Envelope:
    try:
        envelope = _envelopes.decode(line)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        _refuse_envelope(error)
    # Base64 has spare bits and JSON has spare spellings: only the one form that we write is read.
    if _encoder.encode(envelope) != line:
        raise Refused("envelope-not-canonical")
    return envelope


def _refuse_envelope(error: Exception) -> NoReturn:
    if isinstance(error, msgspec.ValidationError):
        raise Refused("envelope-invalid", found=N_("not an envelope of a signed document")) from None
    raise Refused("envelope-invalid", found=N_("not JSON")) from None


def _decoded(envelope: _Envelope, kind: Kind) -> AnyDocument:
    try:
        return decode_payload(envelope.payload)
    except Refused:
        # What was changed after signing often makes no sense either; then the change is what must be told.
        if _was_changed(envelope, kind):
            raise Refused("signature-invalid") from None
        raise


def _was_changed(envelope: _Envelope, kind: Kind) -> bool:
    found = _AUTHOR_KEY.search(envelope.payload)
    if found is None or not envelope.signatures:
        return False
    raw = bytes.fromhex(found.group(1).decode())
    message = signed_bytes(kind, envelope.payload)
    own = [signature.sig for signature in envelope.signatures if signature.keyid == key_id(raw)]
    return bool(own) and not _verifies(raw, message, own[0])


def _verified(envelope: _Envelope, document: AnyDocument, message: bytes) -> tuple[Signature, ...]:
    keys = _keys_by_id(document)
    keyids = [signature.keyid for signature in envelope.signatures]
    if len(keyids) > 1 and keyids != sorted(set(keyids)):
        raise Refused("signatures-not-sorted")
    for signature in envelope.signatures:
        raw = keys.get(signature.keyid)
        if raw is None:
            raise Refused("signature-not-allowed", found=signature.keyid)
        verify(raw, message, signature.sig)
    if key_id(bytes.fromhex(document.author.key)) not in keyids:
        raise Refused("signature-missing")
    return tuple(Signature(signature.keyid, signature.sig) for signature in envelope.signatures)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a line that was not admitted seems to hold, to show only; `document` is None when it cannot be read."""

    digest: str
    kind: str
    document: AnyDocument | None
    signatures: tuple[tuple[str, bool], ...]


def look_at_line(line: bytes) -> Looked | None:
    """Return what a refused line seems to hold, each signature with whether it verifies; None for anything else."""
    try:
        envelope = _envelopes.decode(line)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    kind = _KINDS.get(envelope.payloadType)
    if kind is None:
        return None
    document: AnyDocument | None = None
    with suppress(Refused):
        document = decode_payload(envelope.payload)
    keys = {} if document is None else _keys_by_id(document)
    message = signed_bytes(kind, envelope.payload)
    signatures = tuple(
        (signature.keyid, _verifies(keys.get(signature.keyid), message, signature.sig))
        for signature in envelope.signatures[:MOST_SIGNATURES]
    )
    return Looked(digest_of(envelope.payload), kind, document, signatures)


def _verifies(raw: bytes | None, message: bytes, signature: bytes) -> bool:
    if raw is None:
        return False
    try:
        verify(raw, message, signature)
    except Refused:
        return False
    return True


def _keys_by_id(document: AnyDocument) -> dict[str, bytes]:
    return {key_id(raw): raw for raw in map(bytes.fromhex, (document.author.key, *document.cosigners))}


def verify(raw: bytes, message: bytes, signature: bytes) -> None:
    """Check one Ed25519 signature with a raw public key.

    Raises:
        Refused: `key-degenerate` or `signature-invalid`.
    """
    if not is_sound_key(raw):
        raise Refused("key-degenerate", found=raw.hex())
    if len(signature) != bindings.crypto_sign_BYTES:
        raise Refused("signature-invalid")
    try:
        bindings.crypto_sign_open(signature + message, raw)
    except (CryptoError, ValueError):
        raise Refused("signature-invalid") from None


def _check_proof(document: AnyDocument) -> None:
    if not isinstance(document, Enrolment):
        return
    body = document.body
    try:
        message = proof_message(body.signing_key, body.age_recipient)
        verify(bytes.fromhex(body.signing_key), message, bytes.fromhex(body.proof))
    except Expected:
        raise Refused("proof-invalid", "body.proof") from None
