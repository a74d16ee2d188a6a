# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Publish: one signed result per agency, the ranking, and the roster's public extract.

A result carries no seat and no origin of a text; its salt keeps an outsider from guessing the bytes of
documents that it names only by digest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.domain.documents import (
    Approval,
    Consensus,
    Extract,
    ExtractBody,
    PersonKey,
    PublishedCategory,
    PublishedComment,
    PublishedItem,
    RankedAgency,
    Ranking,
    RankingBody,
    Result,
    ResultBody,
    RosterBody,
    Slot,
)
from pmqa_desktop.domain.payload_rules import MOST_SIGNATURES
from pmqa_desktop.domain.plaintext import typed
from pmqa_desktop.domain.results import Published
from pmqa_desktop.domain.scoring import display, official, ratio, score_sheet
from pmqa_desktop.domain.view import COUNTED
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.registry.publication import (
    Outlook,
    checked_approval,
    expect_publishable,
    logged,
    newest_waiting,
    next_place,
    read_outlook,
    today_of,
)
from pmqa_desktop.services.session import Session, Signed, iso
from pmqa_desktop.sync.container import bundle_bytes
from pmqa_desktop.sync.envelope import sign_document
from pmqa_desktop.sync.fingerprint import groups
from pmqa_desktop.sync.keys import Identity

_KEPT = ("counted", "superseded")
_NEWER_ROSTER = "newer roster"
"""Why an extract is signed anew that nobody was asked a reason for."""
_UNSTORED = "draft for this file alone"
"""Why a document that nobody stores stands above one that waits."""


def result_body(
    criteria: FrozenCriteria, digest: str, consensus: Consensus, salt: bytes, approval: Approval | None = None
) -> ResultBody:
    """Return what an agency may see of its consensus.

    Args:
        criteria: The round's frozen criteria.
        digest: The consensus document's digest.
        consensus: The consensus.
        salt: 16 random bytes.
        approval: The approving body's act; None for a draft.

    Raises:
        Expected: `result-incomplete`; an item has no score.
    """
    score = score_sheet(criteria, {one.item: one.answer for one in consensus.body.items})
    if score.total is None:
        raise Expected("result-incomplete", agency=consensus.agency, items=", ".join(score.missing))
    items = []
    for one in consensus.body.items:
        cell = score.items[one.item]
        exact = None if cell.exact is None else ratio(cell.exact)
        shown = "" if cell.exact is None else display(cell.exact, criteria)
        items.append(PublishedItem(one.item, one.answer, exact, shown, cell.level or ""))
    return ResultBody(
        state="official" if approval else "draft",
        consensus=digest,
        salt=salt.hex(),
        items=tuple(items),
        categories=tuple(
            PublishedCategory(code, ratio(value), display(value, criteria))
            for code, value in score.categories.items()
            if value is not None
        ),
        total=ratio(score.total),
        display=display(score.total, criteria),
        official=official(score.total, criteria),
        level=score.level or "",
        awards=score.awards,
        comments=tuple(PublishedComment(one.item, one.kind, one.text) for one in consensus.body.comments),
        evidence=consensus.body.evidence,
        approval=approval,
    )


@dataclass(frozen=True, slots=True)
class Publication:
    """What was signed; `waits` when other officers must sign it before it counts."""

    results: tuple[Signed, ...]
    ranking: Signed
    extract: Signed | None
    state: Published
    waits: bool


class PublishingService:
    """What the secretariat signs at the end."""

    def __init__(self, session: Session) -> None:
        """Work in an open registry."""
        self._session = session

    def outlook(self) -> Outlook:
        """Return what publishing would sign now, and what stands in the way.

        Raises:
            Expected: the view's own problem, or `no-criteria`.
        """
        return read_outlook(self._session)

    def approved(self, body: str, meeting: str, day: str) -> Approval:
        """Return an approving act as it would be signed; `day` is ISO.

        Raises:
            Expected: `approval-body-missing`; `approval-meeting-missing`; `approval-date-invalid`;
                `approval-date-future`; `typed-too-long`.
        """
        return checked_approval(body, meeting, day, today=today_of(self._session))

    def publish(
        self, passphrase: str, *, approval: Approval | None = None, reason: str = "", seen: Outlook | None = None
    ) -> Publication:
        """Sign a result for every ranked agency, the ranking and, where it is due, the roster's extract: all or none.

        Args:
            passphrase: Opens the secretariat's key.
            approval: The approving act for official results; None publishes drafts.
            reason: Needed where something signed before is superseded.
            seen: What the person saw; if the results are others by now, nothing is signed.

        Raises:
            Expected: `nothing-to-publish`; `official-blocked`; `reason-needed`; `results-changed`;
                `publish-after-closing`; `not-the-secretariat`; the codes of `approved`; the key's own codes.
        """
        identity = self._session.unlock(passphrase)
        return self.publish_with(identity, approval=approval, reason=reason, seen=seen)

    def publish_with(
        self, identity: Identity, *, approval: Approval | None = None, reason: str = "", seen: Outlook | None = None
    ) -> Publication:
        """Do the same as `publish` with a key that is open."""
        self._expect_secretariat(identity)
        outlook, why = self.outlook(), typed(reason).strip()
        if seen is not None and seen.lines != outlook.lines:
            raise Expected("results-changed")
        if approval is not None:
            approval = self.approved(approval.body, approval.meeting, approval.date)
        expect_publishable(self._session, outlook, official=approval is not None)
        if outlook.needs_reason and not why:
            raise Expected("reason-needed", what="revision")
        results = self._signed_results(outlook, identity, approval, why)
        ranking = self._signed_ranking(outlook, results, identity, approval, why)
        extract = self._due_extract(identity, why, outlook, official=approval is not None)
        with self._session.store.write():
            self._session.put_signed(tuple(results.values()), "publish-result")
            self._session.put_signed((ranking,), "publish-ranking")
            self._session.put_signed(extract, "publish-extract")
            action, told = logged(outlook, approval, why)
            self._session.audit.append(self._session.clock(), identity.person, action, told)
        everything = (*results.values(), ranking, *extract)
        self._session.tell_signed(everything)
        counted = self._session.view().status.get(ranking.digest) == COUNTED
        return Publication(
            tuple(_signed(one) for one in results.values()),
            _signed(ranking),
            next(map(_signed, extract), None),
            "official" if approval is not None else "draft",
            waits=not counted,
        )

    def _expect_secretariat(self, identity: Identity) -> None:
        roster = self._session.round().roster
        active = {
            key.key for one in roster.persons if one.person == identity.person for key in one.keys if _active(key)
        }
        if identity.person not in roster.secretariat or identity.key not in active:
            raise Expected("not-the-secretariat")

    def _signed_results(
        self, outlook: Outlook, identity: Identity, approval: Approval | None, reason: str
    ) -> dict[str, Admitted]:
        return {
            row.agency: sign_document(self._result_document(row.agency, identity, approval, reason), identity)
            for row in outlook.ranked
        }

    def _signed_ranking(
        self,
        outlook: Outlook,
        results: Mapping[str, Admitted],
        identity: Identity,
        approval: Approval | None,
        reason: str,
    ) -> Admitted:
        rows = tuple(
            RankedAgency(row.rank, row.agency, results[row.agency].digest, ratio(row.total))
            for row in outlook.ranked
            if row.rank is not None and row.total is not None
        )
        without = tuple(row.agency for row in outlook.left_out)
        body = RankingBody("official" if approval else "draft", rows, without, approval)
        return sign_document(Ranking(**self._header(identity, ("ranking",), reason), body=body), identity)

    def _due_extract(
        self, identity: Identity, reason: str, outlook: Outlook, *, official: bool
    ) -> tuple[Admitted, ...]:
        """Return the roster's extract newly signed, unless the one of this roster is signed or could not count."""
        slot = ("extract",)
        there = self._session.current(slot)
        known = [*self._session.documents.admitted([there] if there else [])]
        known += self._session.documents.admitted([one.digest for one in newest_waiting(self._session, slot)])
        if any(one.document.roster == self._session.round().roster_digest for one in known):
            return ()
        if outlook.need > 1 and not official:
            return ()
        return (sign_document(self._extract_document(identity, reason or _NEWER_ROSTER), identity),)

    def extract(self, passphrase: str, reason: str = "") -> Signed:
        """Sign the roster's public part alone."""
        identity = self._session.unlock(passphrase)
        document = self._extract_document(identity, typed(reason).strip())
        return self._session.sign(document, identity, "publish-extract")

    def _extract_document(self, identity: Identity, reason: str) -> Extract:
        roster = self._session.round().roster
        keys = (k.key for p in roster.persons if p.person in roster.secretariat for k in p.keys if k.state == "active")
        body = ExtractBody(roster.roots, roster.threshold, tuple(sorted(keys)))
        return Extract(**self._header(identity, ("extract",), reason), body=body)

    def proof(self, agency: str, identity: Identity) -> bytes:
        """Return the bundle that the agency's report carries: extract, criteria, result, and nobody's seat.

        The published result and extract are taken where they are; else a draft of each is signed for this
        bundle alone and not stored.

        Raises:
            Expected: `no-consensus`; `result-incomplete`.
        """
        seen = self._session.round()
        parts = (
            self._stored(("extract",)) or sign_document(self._extract_document(identity, _UNSTORED), identity),
            *self._session.documents.admitted((seen.criteria_digest,)),
            self._stored(("result", agency))
            or sign_document(self._result_document(agency, identity, None, _UNSTORED), identity),
        )
        return self._bundle(parts, identity)

    def lineage(self, agency: str, identity: Identity) -> bytes:
        """Return the bundle that the panel's own copy carries: all that its consensus rests on, every revision of it.

        Only for the panel and the secretariat: it tells who scored what.
        """
        seen = self._session.round()
        status = self._session.view().status
        kept = [
            fact.digest
            for fact in self._session.facts().values()
            if fact.agency == agency and fact.kind != "result" and status.get(fact.digest) in _KEPT
        ]
        digests = (*self._session.view().chain, seen.criteria_digest, *sorted(kept))
        return self._bundle(self._session.documents.admitted(digests), identity)

    def _bundle(self, parts: Sequence[Admitted], identity: Identity) -> bytes:
        seen = self._session.round()
        return bundle_bytes(
            parts,
            identity,
            round=seen.round,
            rehearsal=seen.rehearsal,
            made_at=iso(self._session.clock()),
            app=self._session.app,
        )

    def _stored(self, slot: Slot) -> Admitted | None:
        digest = self._session.current(slot)
        return next(iter(self._session.documents.admitted((digest,))), None) if digest else None

    def _result_document(self, agency: str, identity: Identity, approval: Approval | None, reason: str) -> Result:
        digest = self._session.current(("consensus", agency)) or ""
        consensus = self._session.document(digest)
        if not isinstance(consensus, Consensus):
            raise Expected("no-consensus", agency=agency)
        criteria = self._session.round().criteria
        body = result_body(criteria, digest, consensus, self._session.entropy(16), approval)
        header = self._header(identity, ("result", agency), reason, agency)
        return Result(**header, body=body)

    def _header(self, identity: Identity, slot: Slot, reason: str, agency: str = "") -> dict[str, Any]:
        seq, supersedes = next_place(self._session, slot)
        if seq > 1 and not reason:
            raise Expected("reason-needed", what="revision")
        more = {"supersedes": supersedes, "reason": reason} if seq > 1 else {}
        cosigners = countersigners(self._session.round().roster, identity.key)
        return self._session.header(identity, agency=agency, seq=seq, cosigners=cosigners, **more)


def countersigners(roster: RosterBody, own: str) -> tuple[str, ...]:
    """Return the keys, sorted, that may sign beside `own`: of the root persons, then of the rest of the secretariat."""
    states = {key.key: key.state for one in roster.persons for key in one.keys}
    roots = [root.key for root in roster.roots if states.get(root.key, "active") != "compromised"]
    office = [key.key for one in roster.persons if one.person in roster.secretariat for key in one.keys if _active(key)]
    others = [key for key in dict.fromkeys([*roots, *sorted(office)]) if key != own]
    return tuple(sorted(others[: MOST_SIGNATURES - 1]))


def _active(key: PersonKey) -> bool:
    return key.state == "active"


def _signed(admitted: Admitted) -> Signed:
    return Signed(admitted.digest, groups(admitted.digest), admitted.document.seq)
