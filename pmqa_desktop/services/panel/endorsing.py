# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What a member reads before endorsing: the panel's signed consensus beside the own sheet.

A member's laptop mostly lacks the peers' sheets (they are sealed to chair and secretariat), so the consensus
waits there for its parents. Its signature and its signer's right are verified all the same, and it names the
digest of the member's own sheet: that is what an endorsement confirms.
"""

from dataclasses import dataclass
from typing import Literal

from pmqa_desktop.domain.documents import Consensus, ConsensusBody, Endorsement, ItemDissent, Scoresheet
from pmqa_desktop.domain.scoring import SheetScore, score_sheet
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.session import Session

Word = Literal["", "agrees", "dissents"]
_WAITS = "parent-awaited"


@dataclass(frozen=True, slots=True)
class SignedConsensus:
    """A consensus as its reader needs it.

    `own` is the reader's sheet in force, `rests_on_own` whether the consensus names it; `word` is what the reader
    signed about this very consensus so far, with `reason` and `dissents`.
    """

    digest: str
    seq: int
    body: ConsensusBody
    score: SheetScore
    own: SheetScore
    rests_on_own: bool
    word: Word
    reason: str
    dissents: tuple[ItemDissent, ...]


def shown_consensus(session: Session, agency: str) -> str:
    """Return the digest of the consensus one may endorse: that in force, or one that waits for peers' sheets."""
    current = session.current(("consensus", agency))
    if current is not None:
        return current
    cell = session.view().cells.get(("consensus", agency))
    if cell is not None and cell.state == "held" and cell.code == _WAITS and len(cell.candidates) == 1:
        return cell.candidates[0]
    return ""


def read_consensus(session: Session, agency: str) -> SignedConsensus:
    """Return the consensus of an agency for one of its members.

    Raises:
        Expected: `no-consensus`; `own-sheet-first`; `recused`.
    """
    person = session.person
    declared = session.view().cells.get(("declaration", agency, person))
    if declared is not None and declared.state == "recused":
        raise Expected("recused", agency=agency)
    own = session.current(("scoresheet", agency, person))
    if own is None:
        raise Expected("own-sheet-first", agency=agency)
    digest = shown_consensus(session, agency)
    document = session.document(digest) if digest else None
    sheet = session.document(own)
    if not isinstance(document, Consensus) or not isinstance(sheet, Scoresheet):
        raise Expected("no-consensus", agency=agency)
    criteria = session.round().criteria
    word, reason, dissents = _word(session, digest)
    return SignedConsensus(
        digest=digest,
        seq=document.seq,
        body=document.body,
        score=score_sheet(criteria, {one.item: one.answer for one in document.body.items}),
        own=score_sheet(criteria, {one.item: one.answer for one in sheet.body.items}),
        rests_on_own=own in document.body.rests_on,
        word=word,
        reason=reason,
        dissents=dissents,
    )


def _word(session: Session, consensus: str) -> tuple[Word, str, tuple[ItemDissent, ...]]:
    """Return what this person signed last about a consensus."""
    mine = [fact for fact in session.facts().values() if fact.slot == ("endorsement", consensus, session.person)]
    if not mine:
        return "", "", ()
    document = session.document(max(mine, key=lambda fact: fact.seq).digest)
    if not isinstance(document, Endorsement):
        return "", "", ()
    body = document.body
    return ("agrees" if body.agrees else "dissents"), body.reason, body.items
