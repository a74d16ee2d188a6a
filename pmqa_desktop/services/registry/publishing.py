# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Publish: one signed result per agency, the ranking, and the roster's public extract.

A result carries no seat and no origin of a text; its salt keeps an outsider from guessing the bytes of
documents that it names only by digest.
"""

from collections.abc import Sequence
from typing import Any

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.domain.documents import (
    Approval,
    Consensus,
    Extract,
    ExtractBody,
    PublishedCategory,
    PublishedComment,
    PublishedItem,
    RankedAgency,
    Ranking,
    RankingBody,
    Result,
    ResultBody,
    Slot,
)
from pmqa_desktop.domain.plaintext import typed
from pmqa_desktop.domain.results import Results
from pmqa_desktop.domain.scoring import display, official, ratio, score_sheet
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.session import Session, Signed, iso
from pmqa_desktop.sync.container import bundle_bytes
from pmqa_desktop.sync.envelope import sign_document
from pmqa_desktop.sync.keys import Identity

_KEPT = ("counted", "superseded")


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


class PublishingService:
    """What the secretariat signs at the end."""

    def __init__(self, session: Session) -> None:
        """Work in an open registry."""
        self._session = session

    def publish(
        self, results: Results, passphrase: str, *, approval: Approval | None = None, reason: str = ""
    ) -> tuple[Signed, ...]:
        """Sign a result for every ranked agency, then the ranking.

        Args:
            results: The results as computed from the registry.
            passphrase: Opens the secretariat's key.
            approval: The approving act for official results; None publishes drafts.
            reason: Needed where an earlier result or ranking is superseded.

        Raises:
            Expected: `nothing-to-publish`; `reason-needed`; the key's own codes.
        """
        ranked = [row for row in results.ranking if row.rank is not None]
        if not ranked:
            raise Expected("nothing-to-publish")
        identity = self._session.unlock(passphrase)
        signed = {row.agency: self._result(row.agency, identity, approval, typed(reason).strip()) for row in ranked}
        rows = tuple(
            RankedAgency(row.rank, row.agency, signed[row.agency].digest, ratio(row.total))
            for row in ranked
            if row.rank is not None and row.total is not None
        )
        body = RankingBody("official" if approval else "draft", rows, results.unranked, approval)
        header = self._header(identity, ("ranking",), typed(reason).strip())
        ranking = self._session.sign(Ranking(**header, body=body), identity, "publish-ranking")
        return (*signed.values(), ranking)

    def extract(self, passphrase: str, reason: str = "") -> Signed:
        """Sign the roster's public part."""
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
            self._stored(("extract",)) or sign_document(self._extract_document(identity, ""), identity),
            *self._session.documents.admitted((seen.criteria_digest,)),
            self._stored(("result", agency))
            or sign_document(self._result_document(agency, identity, None, ""), identity),
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

    def _result(self, agency: str, identity: Identity, approval: Approval | None, reason: str) -> Signed:
        document = self._result_document(agency, identity, approval, reason)
        return self._session.sign(document, identity, "publish-result")

    def _result_document(self, agency: str, identity: Identity, approval: Approval | None, reason: str) -> Result:
        digest = self._session.current(("consensus", agency)) or ""
        consensus = self._session.document(digest)
        if not isinstance(consensus, Consensus):
            raise Expected("no-consensus", agency=agency)
        criteria = self._session.round().criteria
        body = result_body(criteria, digest, consensus, self._session.entropy(16), approval)
        header = self._header(identity, ("result", agency), reason, agency)
        return Result(**header, body=body)

    def _header(self, identity: Identity, slot: Sequence[str], reason: str, agency: str = "") -> dict[str, Any]:
        seq, supersedes = self._session.lineage(tuple(slot))
        if seq > 1 and not reason:
            raise Expected("reason-needed", what="revision")
        more = {"supersedes": supersedes, "reason": reason} if seq > 1 else {}
        others = (root.key for root in self._session.round().roster.roots if root.key != identity.key)
        return self._session.header(identity, agency=agency, seq=seq, cosigners=tuple(sorted(others)), **more)
