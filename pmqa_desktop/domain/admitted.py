# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A document whose bytes were checked: what the set of documents is made of."""

from dataclasses import dataclass

from pmqa_desktop.domain.documents import AnyDocument, Kind, kind_of


@dataclass(frozen=True, slots=True, order=True)
class Signature:
    """One verified Ed25519 signature: key id (hex of the SHA-256 of the raw key) and its 64 bytes."""

    keyid: str
    sig: bytes


@dataclass(frozen=True, slots=True)
class Admitted:
    """A document with its exact payload bytes and its verified signatures, sorted by key id.

    Only `sync.envelope` makes these: from bytes that it verified or signed itself.
    """

    digest: str
    payload: bytes
    document: AnyDocument
    signatures: tuple[Signature, ...]

    @property
    def kind(self) -> Kind:
        """Return the document's kind."""
        return kind_of(self.document)

    @property
    def keyids(self) -> tuple[str, ...]:
        """Return the key ids that signed, sorted."""
        return tuple(signature.keyid for signature in self.signatures)
