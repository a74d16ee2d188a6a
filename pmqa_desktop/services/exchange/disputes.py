# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Two signed versions of one revision: how they differ, and the file that lets their owner settle it.

Nobody but the signer may choose: the owner signs one new revision that supersedes all versions, and for that
needs them on the own laptop (docs/bundle-format.md, "Merge").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.board import Conflict
from pmqa_desktop.domain.documents import AnyDocument, Consensus, Declaration, Scoresheet
from pmqa_desktop.domain.scoring import score_sheet
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.session import Session, iso
from pmqa_desktop.sync.container import bundle_bytes
from pmqa_desktop.sync.fingerprint import groups
from pmqa_desktop.sync.sealing import seal


@dataclass(frozen=True, slots=True)
class Version:
    """One of the versions: when its signer says it was made, its first groups, and its scores by item."""

    digest: str
    made_at: str
    fingerprint: tuple[str, str, str, str]
    scores: Mapping[str, Fraction | None]
    words: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """Versions side by side; `items` are the codes whose scores differ."""

    agency: str
    kind: str
    person: str
    seq: int
    versions: tuple[Version, ...]
    items: tuple[str, ...]


def read_dispute(session: Session, conflict: Conflict) -> Dispute:
    """Return the versions of a conflict side by side."""
    versions = tuple(_version(session, digest) for digest in conflict.candidates)
    first = session.facts()[conflict.candidates[0]]
    codes = list(dict.fromkeys(code for version in versions for code in version.scores))
    differ = tuple(code for code in codes if len({version.scores.get(code) for version in versions}) > 1)
    return Dispute(first.agency, first.kind, first.person, first.seq, versions, differ)


def _version(session: Session, digest: str) -> Version:
    document = session.document(digest)
    one, two, three, four = groups(digest)
    words = document.body.state if isinstance(document, Declaration) else ""
    return Version(digest, document.made_at, (one, two, three, four), _scores(session, document), words)


def _scores(session: Session, document: AnyDocument) -> dict[str, Fraction | None]:
    if not isinstance(document, Scoresheet | Consensus):
        return {}
    answers = {one.item: one.answer for one in document.body.items}
    items = score_sheet(session.round().criteria, answers).items
    return {code: items[code].exact for code in answers}


def return_file(session: Session, conflict: Conflict) -> tuple[bytes, tuple[Admitted, ...]]:
    """Return the sealed bytes of the file that carries all versions with their lineage back to their owner.

    Raises:
        Expected: `key-locked`; `no-recipient` when the roster knows no key of the owner.
    """
    facts = session.facts()
    person = facts[conflict.candidates[0]].person
    digests: list[str] = []
    queue = list(conflict.candidates)
    while queue:
        digest = queue.pop(0)
        if digest not in digests and digest in facts:
            digests.append(digest)
            queue += facts[digest].supersedes
    digests.sort(key=lambda digest: (facts[digest].seq, digest))
    documents = session.documents.admitted(tuple(digests))
    seen = session.round()
    keys = [
        key.recipient
        for one in seen.roster.persons
        if one.person == person
        for key in one.keys
        if key.recipient and key.state == "active"
    ]
    if not keys:
        raise Expected("no-recipient", person=person)
    identity = session.unlocked()
    data = bundle_bytes(
        documents,
        identity,
        round=seen.round,
        rehearsal=seen.rehearsal,
        made_at=iso(session.clock()),
        app=session.app,
    )
    return seal(data, tuple(dict.fromkeys([*keys, identity.recipient]))), documents
