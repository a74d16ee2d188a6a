# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The chair signs the consensus; each member signs what to think of it."""

from collections.abc import Mapping, Sequence
from typing import Literal

from pmqa_desktop.domain.answers import WHOLE_AGENCY
from pmqa_desktop.domain.documents import (
    Consensus,
    ConsensusBody,
    Endorsement,
    EndorsementBody,
    ItemDissent,
    MissingSeat,
)
from pmqa_desktop.domain.documents import (
    Session as Record,
)
from pmqa_desktop.domain.plaintext import typed
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.panel.comparing import Comparing
from pmqa_desktop.services.panel.endorsing import shown_consensus
from pmqa_desktop.services.panel.notes import Notes
from pmqa_desktop.services.panel.table import Table
from pmqa_desktop.services.session import Session, Signed


class Signing:
    """Sign the consensus, and endorse it."""

    def __init__(self, session: Session, table: Table, notes: Notes, comparing: Comparing) -> None:
        """Work in an open workspace."""
        self._session = session
        self._table = table
        self._notes = notes
        self._comparing = comparing

    def sign(
        self,
        agency: str,
        passphrase: str,
        *,
        missing_reasons: Mapping[str, str] | None = None,
        record: Record | None = None,
        reason: str = "",
        stage: Literal["consensus", "visit"] = "consensus",
    ) -> Signed:
        """Sign the consensus: every item settled, the quorum met, every missing seat explained."""
        self._table.let_decide(agency)
        body = self._body(agency, missing_reasons or {}, record, stage)
        slot = ("consensus", agency)
        seq, supersedes = self._session.lineage(slot)
        reason = typed(reason).strip()
        if seq > 1 and not reason:
            raise Expected("reason-needed", what="revision")
        identity = self._session.unlock(passphrase)
        more = {"supersedes": supersedes, "reason": reason} if seq > 1 else {}
        document = Consensus(**self._session.header(identity, agency=agency, seq=seq, **more), body=body)
        return self._session.sign(document, identity, "sign-consensus")

    def _body(
        self, agency: str, reasons: Mapping[str, str], record: Record | None, stage: Literal["consensus", "visit"]
    ) -> ConsensusBody:
        outlook = self._comparing.outlook(agency)
        if outlook.unsettled:
            raise Expected("items-unsettled", items=", ".join(outlook.unsettled))
        have, need = outlook.quorum
        if have < need:
            raise Expected("quorum-short", have=have, need=need)
        missing = tuple(
            MissingSeat(seat.person, typed(reasons.get(seat.person, "")).strip()) for seat in outlook.missing
        )
        if any(not one.reason for one in missing):
            raise Expected("missing-seat-unexplained", seats=", ".join(one.person for one in missing if not one.reason))
        sheets = self._table.sheets(agency)
        seen = self._session.round()
        settled = self._notes.settled(agency)
        codes = [item.code for item in seen.criteria.edition.items]
        evidence = {e for _, sheet in sheets.values() for e in sheet.body.evidence}
        return ConsensusBody(
            stage=stage,
            reveal=self._table.reveal(agency) or "",
            rests_on=tuple(sorted(digest for digest, _ in sheets.values())),
            items=tuple(settled[code] for code in codes),
            comments=(*self._notes.merged(agency, WHOLE_AGENCY), *self._notes.feedback(agency)),
            evidence=tuple(sorted(evidence, key=lambda e: (codes.index(e.item), e.point, e.page, e.document, e.note))),
            missing_seats=missing,
            record=record or seen.agencies[agency].session,
            announced_dissent=self._notes.announced(agency),
        )

    def endorse(
        self,
        agency: str,
        passphrase: str,
        *,
        agrees: bool,
        reason: str = "",
        items: Sequence[ItemDissent] = (),
    ) -> Signed:
        """Sign agreement with the agency's consensus, or dissent with reasons, confirming the own sheet."""
        consensus = shown_consensus(self._session, agency)
        own = self._session.current(("scoresheet", agency, self._session.person))
        reason = typed(reason).strip()
        if not consensus:
            raise Expected("no-consensus", agency=agency)
        if own is None:
            raise Expected("own-sheet-first", agency=agency)
        if not agrees and not reason and not items:
            raise Expected("reason-needed", what="dissent")
        identity = self._session.unlock(passphrase)
        seq, supersedes = self._session.lineage(("endorsement", consensus, self._session.person))
        more = {"supersedes": supersedes, "reason": reason or "changed"} if seq > 1 else {}
        body = EndorsementBody(consensus, own, agrees, reason, tuple(items))
        header = self._session.header(identity, agency=agency, seq=seq, **more)
        return self._session.sign(Endorsement(**header, body=body), identity, "endorse")
