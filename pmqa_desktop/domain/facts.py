# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What is decided from: the few fields of a document that rights, slots and lineage depend on.

A view of ten thousand bundles needs no payload again: a store keeps one fact per document in columns plus
one JSON text of references, and `Fact.from_row` gives back exactly what `fact_of` made.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import msgspec

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.documents import (
    Assignment,
    Consensus,
    Declaration,
    Endorsement,
    Papers,
    Ranking,
    Result,
    Reveal,
    Scoresheet,
    Slot,
    slot_of,
)  # fmt: skip

Refs = tuple[tuple[str, tuple[str, ...]], ...]
PARENT_ROLES = ("own", "sheets", "reveal", "rests_on", "consensus", "own_sheet", "results")
"""Roles of `Fact.refs` whose values are digests of documents that must be here before this one counts."""

COLUMNS = (
    "digest", "kind", "slot", "agency", "person", "key", "seat", "seq", "supersedes",
    "round", "rehearsal", "roster", "criteria", "keyids", "refs",
)  # fmt: skip
"""Names of the columns of `Fact.to_row`, in order; `slot`, `supersedes`, `keyids` and `refs` are JSON texts."""

_STRINGS = msgspec.json.Decoder(tuple[str, ...])
_REFS = msgspec.json.Decoder(dict[str, tuple[str, ...]])


@dataclass(frozen=True, slots=True)
class Fact:
    """The metadata of one admitted document.

    `slot` is empty for kinds without one; `key` is the author's raw key in hex; `keyids` are the key ids that
    signed, sorted. `refs` are pairs of a role and its values, sorted by role:

    - declaration: `state`;
    - scoresheet: `items` (codes answered), `unclaimed` (codes answered but not scorable yet), `after_reveal`;
    - reveal: `sheets`, `own`;
    - consensus: `reveal`, `rests_on`, `missing` (persons told missing), `stage`;
    - endorsement: `consensus`, `own_sheet`, `agrees` (`yes` or `no`), `dissents` (item codes);
    - result: `consensus`, `state`; ranking: `results`, `state`; assignment and papers: `for` (the person).
    """

    digest: str
    kind: str
    slot: Slot
    agency: str
    person: str
    key: str
    seat: str
    seq: int
    supersedes: tuple[str, ...]
    round: str
    rehearsal: bool
    roster: str
    criteria: str
    keyids: tuple[str, ...]
    refs: Refs = ()

    def ref(self, role: str) -> tuple[str, ...]:
        """Return the values kept under `role`, empty when there are none."""
        for name, values in self.refs:
            if name == role:
                return values
        return ()

    def one(self, role: str) -> str:
        """Return the only value under `role`, or the empty string."""
        values = self.ref(role)
        return values[0] if values else ""

    def parents(self) -> tuple[str, ...]:
        """Return the digests that this document stands on: what it supersedes and what it refers to."""
        found = list(self.supersedes)
        for role, values in self.refs:
            if role in PARENT_ROLES:
                found.extend(values)
        return tuple(found)

    def refs_json(self) -> str:
        """Return the references as compact JSON, an object from role to list of strings."""
        return msgspec.json.encode(dict(self.refs)).decode()

    def to_row(self) -> tuple[str | int, ...]:
        """Return the values of `COLUMNS` for a table row; `rehearsal` is 0 or 1."""
        return (
            self.digest, self.kind, _json(self.slot), self.agency, self.person, self.key, self.seat, self.seq,
            _json(self.supersedes), self.round, int(self.rehearsal), self.roster, self.criteria,
            _json(self.keyids), self.refs_json(),
        )  # fmt: skip

    @classmethod
    def from_row(cls, row: tuple[Any, ...]) -> "Fact":
        """Return the fact that `to_row` put into these columns."""
        (digest, kind, slot, agency, person, key, seat, seq, supersedes,
         round_id, rehearsal, roster, criteria, keyids, refs) = row  # fmt: skip
        return cls(
            digest, kind, _STRINGS.decode(slot), agency, person, key, seat, seq, _STRINGS.decode(supersedes),
            round_id, bool(rehearsal), roster, criteria, _STRINGS.decode(keyids), tuple(_REFS.decode(refs).items()),
        )  # fmt: skip


FURTHEST_ALONE = 10_000
"""The highest number that a revision may have while something that it supersedes is not here."""


def jumped(facts: Mapping[str, Fact]) -> frozenset[str]:
    """Return the documents whose number does not follow that of what they supersede; they take no place anywhere.

    A number is one more than the highest of the superseded. Without this a seat could sign itself the last number that
    there is, and never go on. What cannot be told, because a superseded document is not here, is let pass up to
    `FURTHEST_ALONE`: from there on the owner can still count up. Whoever supersedes a jump, jumps too.
    """
    found: set[str] = set()
    for fact in sorted((one for one in facts.values() if one.seq > 1), key=lambda one: one.seq):
        parents = [facts[digest] for digest in fact.supersedes if digest in facts]
        if len(parents) < len(fact.supersedes):
            wrong = fact.seq > FURTHEST_ALONE
        else:
            wrong = fact.seq != 1 + max((parent.seq for parent in parents), default=0)
        if wrong or any(parent.digest in found for parent in parents):
            found.add(fact.digest)
    return frozenset(found)


def _json(values: tuple[str, ...]) -> str:
    return msgspec.json.encode(values).decode()


def _declaration(document: Declaration) -> Mapping[str, tuple[str, ...]]:
    return {"state": (document.body.state,)}


def _scoresheet(document: Scoresheet) -> Mapping[str, tuple[str, ...]]:
    answers = document.body.items
    return {
        "items": tuple(entry.item for entry in answers),
        "unclaimed": tuple(e.item for e in answers if e.claimed is None and e.answer.state == "scored"),
        "after_reveal": ("yes",) if document.body.after_reveal else (),
    }


def _reveal(document: Reveal) -> Mapping[str, tuple[str, ...]]:
    return {"sheets": document.body.sheets, "own": (document.body.own,)}


def _consensus(document: Consensus) -> Mapping[str, tuple[str, ...]]:
    body = document.body
    return {
        "reveal": (body.reveal,),
        "rests_on": body.rests_on,
        "missing": tuple(entry.person for entry in body.missing_seats),
        "stage": (body.stage,),
    }


def _endorsement(document: Endorsement) -> Mapping[str, tuple[str, ...]]:
    body = document.body
    return {
        "consensus": (body.consensus,),
        "own_sheet": (body.own_sheet,) if body.own_sheet else (),
        "agrees": ("yes" if body.agrees else "no",),
        "dissents": tuple(entry.item for entry in body.items),
    }


def _result(document: Result) -> Mapping[str, tuple[str, ...]]:
    return {"consensus": (document.body.consensus,), "state": (document.body.state,)}


def _ranking(document: Ranking) -> Mapping[str, tuple[str, ...]]:
    return {"results": tuple(row.result for row in document.body.rows), "state": (document.body.state,)}


def _for_seat(document: Assignment | Papers) -> Mapping[str, tuple[str, ...]]:
    return {"for": (document.body.person,)}


_READERS: Mapping[str, Callable[[Any], Mapping[str, tuple[str, ...]]]] = MappingProxyType({
    "declaration": _declaration, "scoresheet": _scoresheet, "reveal": _reveal, "consensus": _consensus,
    "endorsement": _endorsement, "result": _result, "ranking": _ranking, "assignment": _for_seat, "papers": _for_seat,
})  # fmt: skip


def fact_of(admitted: Admitted) -> Fact:
    """Return the metadata of an admitted document; a pure function of its payload and its signatures."""
    document = admitted.document
    kind = admitted.kind
    reader = _READERS.get(kind)
    found = reader(document) if reader else {}
    return Fact(
        digest=admitted.digest,
        kind=kind,
        slot=slot_of(document) or (),
        agency=document.agency,
        person=document.author.person,
        key=document.author.key,
        seat=getattr(document.body, "seat", ""),
        seq=document.seq,
        supersedes=document.supersedes,
        round=document.round,
        rehearsal=document.rehearsal,
        roster=document.roster,
        criteria=document.criteria,
        keyids=admitted.keyids,
        refs=tuple(sorted((role, tuple(values)) for role, values in found.items() if values)),
    )
