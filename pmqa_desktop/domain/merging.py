# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The merge: a grow-only set of self-verifying documents, joined by union.

`join` is commutative, associative, idempotent and inflationary, so any order and any duplication of files
gives one set. What counts is decided elsewhere (`pmqa_desktop.domain.view`), from the set alone.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from pmqa_desktop.domain.admitted import Admitted, Signature

Documents = Mapping[str, Admitted]
"""A set of documents by digest."""


def join_signatures(a: Iterable[Signature], b: Iterable[Signature]) -> tuple[Signature, ...]:
    """Return both groups of signatures, one per key id, sorted by key id.

    A signer can make two valid signatures over the same bytes; the smaller one in byte order is kept, so that
    the choice doesn't depend on what came first.
    """
    kept: dict[str, Signature] = {}
    for signature in (*a, *b):
        other = kept.get(signature.keyid)
        if other is None or signature.sig < other.sig:
            kept[signature.keyid] = signature
    return tuple(kept[keyid] for keyid in sorted(kept))


def join(a: Documents, b: Documents) -> dict[str, Admitted]:
    """Return the union of two sets; a document in both carries the signatures of both."""
    joined = dict(a)
    for digest, other in b.items():
        mine = joined.get(digest)
        if mine is None:
            joined[digest] = other
        elif mine.signatures != other.signatures:
            joined[digest] = replace(mine, signatures=join_signatures(mine.signatures, other.signatures))
    return joined


def state_digest(entries: Iterable[tuple[str, Iterable[str], str]]) -> str:
    """Return the digest that tells whether two registries hold the same set.

    Args:
        entries: per document its digest, the key ids that signed it, and its kind.

    Returns:
        `"sha256:"` and the SHA-256, in hex, of these bytes: per document except manifests one line of the
        digest, one space, and the sorted key ids joined by one space each; the lines sorted by byte order,
        each ended by one line feed. The empty set gives the SHA-256 of no bytes. Signature bytes are not part
        of it: a second valid signature by the same key over the same bytes changes nothing.
    """
    counted = ((digest, sorted(set(keyids))) for digest, keyids, kind in entries if kind != "manifest")
    lines = sorted(f"{digest} {' '.join(keyids)}\n" for digest, keyids in counted)
    return "sha256:" + hashlib.sha256("".join(lines).encode("ascii")).hexdigest()


def state_of(documents: Documents) -> str:
    """Return `state_digest` of a set of documents."""
    return state_digest((admitted.digest, admitted.keyids, admitted.kind) for admitted in documents.values())
