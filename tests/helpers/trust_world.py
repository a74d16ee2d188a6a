# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A small round for the rules of trust and merge: three roots, a secretariat, panels, and every kind of document.

Keys are real and seeded. The signatures of `World` are stand-ins, because the rules under test look at key ids
only and have to be shown documents that no program of ours would sign; those of `SignedWorld` are real.
"""

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import msgspec

from pmqa_desktop.domain.admitted import Admitted, Signature
from pmqa_desktop.domain.answers import Answer, ItemAnswer, Ratio
from pmqa_desktop.domain.documents import (
    Agency,
    AnyDocument,
    Approval,
    Author,
    Consensus,
    ConsensusBody,
    Criteria,
    CriteriaBody,
    Declaration,
    DeclarationBody,
    Endorsement,
    EndorsementBody,
    Extract,
    ExtractBody,
    MissingSeat,
    Panel,
    Person,
    PersonKey,
    RankedAgency,
    Ranking,
    RankingBody,
    Result,
    ResultBody,
    Reveal,
    RevealBody,
    RootPerson,
    Roster,
    RosterBody,
    Scoresheet,
    ScoresheetBody,
    Seat,
    SettledItem,
)
from pmqa_desktop.domain.facts import fact_of
from pmqa_desktop.domain.payload import digest_of, encode_payload
from pmqa_desktop.domain.view import View, view
from pmqa_desktop.sync.envelope import cosign, sign_document
from pmqa_desktop.sync.keys import Identity, seeded_identity

ROOTS = ("root0", "root1", "root2")
PEOPLE = ("sec0", "sec1", "chair", "ev1", "ev2", "ev3")
AGENCIES = ("dpt", "oic")
TITLES = {"title_th": "ที่นั่ง", "title_en": "Seat"}


@cache
def identity_of(name: str) -> Identity:
    """Return the key pair of a device; a person's first device has the person's name."""
    return seeded_identity(name, hashlib.sha256(name.encode()).digest())


def key_of(name: str) -> str:
    return identity_of(name).key


def keyid_of(name: str) -> str:
    return identity_of(name).keyid


def stand_in(document: AnyDocument, *signers: str) -> Admitted:
    """Return a document with made-up signatures of these devices."""
    payload = encode_payload(document)
    made = sorted(Signature(keyid_of(name), hashlib.sha512(payload + name.encode()).digest()) for name in signers)
    return Admitted(digest_of(payload), payload, document, tuple(made))


def person(name: str, *keys: tuple[str, str]) -> Person:
    """Return a person with keys given as (device, state)."""
    made = tuple(PersonKey(key=key_of(of), state=state) for of, state in keys or ((name, "active"),))  # type: ignore[arg-type]
    return Person(person=name, office_th="สำนักงาน", office_en="Office", keys=made)


def people(*changed: Person, but: tuple[str, ...] = ()) -> tuple[Person, ...]:
    """Return the usual persons with some of them changed, or left out."""
    named = {one.person for one in changed} | set(but)
    return (*(person(name) for name in PEOPLE if name not in named), *changed)


def panel(agency: str, members: Sequence[str] = ("chair", "ev1", "ev2"), **fields: Any) -> Panel:
    seats = tuple(Seat(seat=f"s-{name}", person=name, **TITLES) for name in members)
    return Panel(agency=agency, **{"chair": "chair", "seats": seats, **fields})


def agency(name: str) -> Agency:
    return Agency(agency=name, name_th=f"กรม {name}", name_en=name, short_th=name)


class World:
    """Makes documents of one round; remembers them in `made` and answers with their view."""

    def __init__(self, *, rehearsal: bool = True, round_id: str = "r2569", app: str = "test") -> None:
        self.rehearsal = rehearsal
        self.round = round_id
        self.app = app
        self.made: dict[str, Admitted] = {}
        self.restart()

    def restart(self, **changes: Any) -> None:
        """Begin anew with a first roster of changed fields and its criteria."""
        self.made.clear()
        self.roster: Admitted = self.first_roster(**changes)
        self.named: str | None = self.roster.digest
        self.criteria: Admitted = self.criteria_document(criteria="")

    def admit(self, document: AnyDocument, *signers: str) -> Admitted:
        """Sign a document by these devices and remember it."""
        return self.keep(stand_in(document, *signers))

    def keep(self, document: Admitted) -> Admitted:
        self.made[document.digest] = document
        return document

    def header(self, who: str, seq: int = 1, **fields: Any) -> dict[str, Any]:
        by = fields.pop("device", who)
        common = {
            "round": self.round, "rehearsal": self.rehearsal, "author": Author(person=who, key=key_of(by)),
            "seq": seq, "app": self.app, "made_at": "2026-11-23T08:00:00Z",
        } | ({"reason": "แก้ไข"} if seq > 1 else {})  # fmt: skip
        return common | fields

    def body(self, **changes: Any) -> RosterBody:
        least = {
            "title_th": "รอบซ้อม", "title_en": "Round", "year_be": 2569, "threshold": 2, "secretariat": ("sec0", "sec1"),
            "roots": tuple(RootPerson(person=name, key=key_of(name)) for name in ROOTS),
            "persons": tuple(person(name) for name in PEOPLE),
            "agencies": tuple(agency(name) for name in AGENCIES),
            "panels": tuple(panel(name) for name in AGENCIES),
        }  # fmt: skip
        return RosterBody(**(least | changes))  # type: ignore[arg-type]

    def first_roster(
        self, signers: Sequence[str] = ROOTS[:2], header: dict[str, Any] | None = None, **changes: Any
    ) -> Admitted:
        common = self.header(signers[0], **(header or {}))
        return self.admit(Roster(**common, body=self.body(**changes)), *signers)

    def next_roster(
        self,
        parent: Admitted | None = None,
        signers: Sequence[str] = ROOTS[:2],
        header: dict[str, Any] | None = None,
        **changes: Any,
    ) -> Admitted:
        """Return a follower of `parent` (default: the world's roster) with changed fields of its body."""
        parent = parent or self.roster
        document = parent.document
        assert isinstance(document, Roster)
        common = self.header(signers[0], document.seq + 1, supersedes=(parent.digest,), **(header or {}))
        kept = {field: getattr(document.body, field) for field in document.body.__struct_fields__}
        return self.admit(Roster(**common, body=RosterBody(**(kept | changes))), *signers)

    def healing(
        self,
        sides: Sequence[Admitted],
        signers: Sequence[str] = ROOTS[:2],
        header: dict[str, Any] | None = None,
        **changes: Any,
    ) -> Admitted:
        """Return a roster that follows all `sides` at once, with the body of the first but for some fields."""
        base = sides[0].document
        assert isinstance(base, Roster)
        number = 1 + max(side.document.seq for side in sides)
        parents = tuple(sorted(side.digest for side in sides))
        common = self.header(signers[0], **({"seq": number, "supersedes": parents, "reason": "รวม"} | (header or {})))
        kept = {field: getattr(base.body, field) for field in base.body.__struct_fields__}
        return self.admit(Roster(**common, body=RosterBody(**(kept | changes))), *signers)

    def signed(
        self, kind: Any, who: str, body: Any, seq: int = 1, signers: Sequence[str] = (), **fields: Any
    ) -> Admitted:
        links = {"roster": self.roster.digest, "criteria": self.criteria.digest if hasattr(self, "criteria") else ""}
        common = self.header(who, seq, **(links | fields))
        return self.admit(kind(**common, body=body), *(signers or (fields.get("device", who),)))

    def criteria_document(self, who: str = "sec0", tolerance: int = 1, seq: int = 1, **fields: Any) -> Admitted:
        body = CriteriaBody(edition={"code": "pmqa40"}, settings={"tolerance": tolerance})
        return self.signed(Criteria, who, body, seq, **({"criteria": ""} | fields))

    def declaration(
        self, who: str, at: str = "dpt", state: str = "no_conflict", seq: int = 1, **fields: Any
    ) -> Admitted:
        body = DeclarationBody(state=state, text="" if state == "no_conflict" else "เคยทำงานที่นี่")  # type: ignore[arg-type]
        return self.signed(Declaration, who, body, seq, agency=at, **fields)

    def sheet(
        self,
        who: str,
        at: str = "dpt",
        seq: int = 1,
        score: int = 100,
        items: Iterable[str] = ("1.1", "1.2"),
        **fields: Any,
    ) -> Admitted:
        answers = tuple(ItemAnswer(item=item, answer=Answer(), claimed=Ratio(num=score)) for item in items)
        body = ScoresheetBody(
            seat=fields.pop("seat", f"s-{who}"), items=answers, after_reveal=fields.pop("after", False)
        )
        return self.signed(Scoresheet, who, body, seq, agency=at, **fields)

    def reveal(
        self,
        sheets: Sequence[Admitted],
        at: str = "dpt",
        who: str = "chair",
        own: str = "",
        seq: int = 1,
        **fields: Any,
    ) -> Admitted:
        mine = own or next((s.digest for s in sheets if s.document.author.person == who), sheets[0].digest)
        body = RevealBody(sheets=tuple(sorted(s.digest for s in sheets)), own=mine)
        return self.signed(Reveal, who, body, seq, agency=at, **fields)

    def consensus(
        self, reveal: Admitted, sheets: Sequence[Admitted], at: str = "dpt", who: str = "chair", seq: int = 1,
        missing: Sequence[str] = (), **fields: Any,
    ) -> Admitted:  # fmt: skip
        body = ConsensusBody(
            stage="consensus",
            reveal=reveal.digest,
            rests_on=tuple(sorted(s.digest for s in sheets)),
            items=fields.pop("items", None)
            or (SettledItem(item="1.1", answer=Answer(), claimed=Ratio(num=fields.pop("score", 100))),),
            missing_seats=tuple(MissingSeat(person=name, reason="ป่วย") for name in missing),
        )
        return self.signed(Consensus, who, body, seq, agency=at, **fields)

    def endorsement(
        self, who: str, consensus: Admitted, own: Admitted, at: str = "dpt", agrees: bool = True, **fields: Any
    ) -> Admitted:
        body = EndorsementBody(
            consensus=consensus.digest, own_sheet=own.digest, agrees=agrees, reason="" if agrees else "ไม่เห็นด้วย"
        )
        return self.signed(Endorsement, who, body, agency=at, **fields)

    def result(
        self, consensus: Admitted, at: str = "dpt", who: str = "sec0", official: bool = False, **fields: Any
    ) -> Admitted:
        approval = Approval(body="อ.ก.พ.ร.", meeting="1/2569", date="2026-11-23") if official else None
        body = ResultBody(
            state="official" if official else "draft", consensus=consensus.digest, salt="0" * 32, items=(),
            categories=(), total=Ratio(num=300), display="300.00", official="300", approval=approval,
        )  # fmt: skip
        return self.signed(Result, who, body, agency=at, **fields)

    def ranking(self, *results: Admitted, who: str = "sec0", **fields: Any) -> Admitted:
        rows = tuple(
            RankedAgency(rank=n, agency=r.document.agency, result=r.digest, total=Ratio(num=300))
            for n, r in enumerate(results, 1)
        )
        return self.signed(Ranking, who, RankingBody(state="draft", rows=rows), **fields)

    def extract(self, signers: Sequence[str] = ("sec0", "sec1")) -> Admitted:
        roots = tuple(RootPerson(person=name, key=key_of(name)) for name in ROOTS)
        return self.signed(Extract, signers[0], ExtractBody(roots=roots, threshold=2), signers=signers)

    def panel_done(
        self, at: str = "dpt", members: Sequence[str] = ("chair", "ev1", "ev2"), **fields: Any
    ) -> dict[str, Admitted]:
        """Make a sheet per member, the reveal and the consensus of one agency."""
        sheets = {name: self.sheet(name, at) for name in members}
        reveal = self.reveal(list(sheets.values()), at)
        return sheets | {"reveal": reveal, "consensus": self.consensus(reveal, list(sheets.values()), at, **fields)}

    def view(self, documents: Iterable[Admitted] | None = None) -> View:
        return view_of(self.made.values() if documents is None else documents, self.named)

    def without(self, *left_out: Admitted) -> View:
        """Return the view of all that was made but these."""
        gone = {document.digest for document in left_out}
        return self.view(document for document in self.made.values() if document.digest not in gone)


class SignedWorld(World):
    """The same with real signatures; rosters leave room for every root person to countersign."""

    def admit(self, document: AnyDocument, *signers: str) -> Admitted:
        names = set(signers) | (set(ROOTS) if isinstance(document, Roster) else set())
        others = tuple(sorted(key_of(name) for name in names if key_of(name) != document.author.key))
        signed = sign_document(msgspec.structs.replace(document, cosigners=others), identity_of(signers[0]))
        for name in signers[1:]:
            signed = cosign(signed, identity_of(name))
        return self.keep(signed)


def view_of(documents: Iterable[Admitted], named: str | None) -> View:
    """Return the view of documents, whatever their order."""
    known = {document.digest: document for document in documents}
    rosters = {digest: document for digest, document in known.items() if document.kind == "roster"}
    return view([fact_of(document) for document in known.values()], rosters, named)
