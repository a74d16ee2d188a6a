# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Documents as a store sees them: right bytes and digests, signatures that nobody checks there."""

import hashlib

from pmqa_desktop.domain.admitted import Admitted, Signature
from pmqa_desktop.domain.answers import Answer, Comment, ItemAnswer, Ratio
from pmqa_desktop.domain.documents import AnyDocument, Author, Declaration, DeclarationBody, Scoresheet, ScoresheetBody
from pmqa_desktop.domain.payload import digest_of, encode_payload


def key_of(person: str) -> str:
    """Return a stand-in for a raw key: 64 hex digits, the same for the same person."""
    return hashlib.sha256(person.encode()).hexdigest()


def keyid_of(person: str) -> str:
    return hashlib.sha256(bytes.fromhex(key_of(person))).hexdigest()


def admitted(document: AnyDocument, *signers: str) -> Admitted:
    """Return the document as if its author, or `signers`, had signed it."""
    payload = encode_payload(document)
    names = signers or (document.author.person,)
    signatures = sorted(Signature(keyid_of(name), hashlib.sha512(payload + name.encode()).digest()) for name in names)
    return Admitted(digest_of(payload), payload, document, tuple(signatures))


def sheet(person: str = "p1", agency: str = "dpt", seq: int = 1, text: str = "ดี", **fields: object) -> Admitted:
    """Return a scoresheet with one item and one strength."""
    body = ScoresheetBody(
        seat=f"seat-{person}",
        items=(ItemAnswer(item="1.1", answer=Answer(ticks=("1.1.B1",)), claimed=Ratio(num=100)),),
        comments=(Comment(item="1.1", kind="strength", text=text),),
    )
    return admitted(Scoresheet(**_common(person, agency, seq, fields), body=body))


def declaration(person: str = "p1", agency: str = "dpt", **fields: object) -> Admitted:
    return admitted(Declaration(**_common(person, agency, 1, fields), body=DeclarationBody(state="no_conflict")))


def _common(person: str, agency: str, seq: int, fields: dict[str, object]) -> dict[str, object]:
    common: dict[str, object] = {
        "round": "r2569", "rehearsal": True, "author": Author(person=person, key=key_of(person)), "seq": seq,
        "app": "test", "made_at": "2026-11-23T08:00:00Z", "agency": agency,
    }  # fmt: skip
    if seq > 1:
        common |= {"supersedes": ("sha256:" + "0" * 64,), "reason": "แก้ไข"}
    return common | fields
