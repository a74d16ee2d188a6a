# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The chair's table: reveal, compare, settle item by item, sign; and each member's endorsement.

Nobody sees a peer's score here before the own scored sheet is signed and the reveal is signed by the chair
(docs/bundle-format.md, "The reveal, honestly").
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from pmqa_desktop.domain.answers import Answer, CommentKind
from pmqa_desktop.domain.documents import ItemDissent, MergedComment, MissingSeat
from pmqa_desktop.domain.documents import (
    Session as Record,
)
from pmqa_desktop.services.panel.comparing import Comparing
from pmqa_desktop.services.panel.endorsing import SignedConsensus, read_consensus
from pmqa_desktop.services.panel.feedback import Feedback
from pmqa_desktop.services.panel.notes import Notes
from pmqa_desktop.services.panel.revealing import Revealing
from pmqa_desktop.services.panel.settling import Settling
from pmqa_desktop.services.panel.signing import Signing
from pmqa_desktop.services.panel.table import Table
from pmqa_desktop.services.panel.values import Matrix, PanelAgency, PanelItem, PanelOutlook, PanelThemes
from pmqa_desktop.services.session import Session, Signed


class PanelService:
    """What a chair does with the panel's sheets, and a member with the consensus; each act has its own module."""

    def __init__(self, session: Session) -> None:
        """Work in an open workspace."""
        table, notes = Table(session), Notes(session)
        self._session = session
        self._revealing = Revealing(session, table)
        self._comparing = Comparing(session, table, notes)
        self._settling = Settling(session, table, notes, self._comparing)
        self._feedback = Feedback(table, notes)
        self._signing = Signing(session, table, notes, self._comparing)

    # ---- who has sent what, and the reveal -------------------------------------------------------

    def agencies(self) -> tuple[PanelAgency, ...]:
        """Return the agencies whose panel I sit on or chair."""
        return self._revealing.agencies()

    def reveal(self, agency: str, passphrase: str) -> Signed:
        """Sign the list of all sheets present, then open them for comparison.

        Raises:
            Expected: `not-the-chair`; `own-sheet-first`; `already-revealed`; the key's own codes.
        """
        return self._revealing.reveal(agency, passphrase)

    # ---- comparing -------------------------------------------------------------------------------

    def matrix(self, agency: str) -> Matrix:
        """Return all items by seats, ordered by disagreement times weight.

        Raises:
            Expected: `not-revealed`; `recused`.
        """
        return self._comparing.matrix(agency)

    def item(self, agency: str, item: str) -> PanelItem:
        """Return everything on one item.

        Raises:
            Expected: `not-revealed`; `recused`; `unknown-item`.
        """
        return self._comparing.item(agency, item)

    def outlook(self, agency: str) -> PanelOutlook:
        """Return what the agency would get, with the open items as proposed."""
        return self._comparing.outlook(agency)

    # ---- settling --------------------------------------------------------------------------------

    def settle(self, agency: str, item: str, answer: Answer, reason: str = "") -> datetime:
        """Keep the panel's answer to one item.

        Raises:
            Expected: `not-revealed`; `not-the-chair`; `reason-needed` where the seats differ beyond the
                tolerance or the answer leaves the range of their scores; a code of `check_answer`.
        """
        return self._settling.settle(agency, item, answer, reason)

    def keep_draft(self, agency: str, item: str, answer: Answer, reason: str) -> datetime:
        """Keep what the chair typed about an item before confirming it, so that nothing typed is ever lost."""
        return self._settling.keep_draft(agency, item, answer, reason)

    def settle_agreed(self, agency: str) -> int:
        """Confirm the proposal of every open item on which the seats agree within tolerance; return how many."""
        return self._settling.settle_agreed(agency)

    def reopen(self, agency: str, item: str) -> datetime:
        """Take the settlement of one item back; its history stays."""
        return self._settling.reopen(agency, item)

    # ---- the panel's words -----------------------------------------------------------------------

    def adopt(self, agency: str, item: str, kind: CommentKind, text: str, origin: Sequence[str] = ()) -> datetime:
        """Take a text into the feedback, keeping the sheets it came from; adopting twice changes nothing."""
        return self._feedback.adopt(agency, item, kind, text, origin)

    def save_merged(self, agency: str, item: str, comments: Sequence[MergedComment]) -> datetime:
        """Replace the feedback texts of one item, in this order."""
        return self._feedback.save_merged(agency, item, comments)

    def themes(self, agency: str) -> PanelThemes:
        """Return the key themes: the chair's texts on the agency as a whole, for the feedback report.

        Raises:
            Expected: `not-revealed`; `recused`; `own-sheet-first`.
        """
        return self._feedback.themes(agency)

    def save_themes(self, agency: str, themes: Mapping[CommentKind, Sequence[str]]) -> datetime:
        """Replace the key themes, in the order given; empty texts are left out.

        Raises:
            Expected: `not-the-chair` and what `themes` raises.
        """
        return self._feedback.save_themes(agency, themes)

    def announce_dissent(self, agency: str, person: str, text: str) -> datetime:
        """Note words that a member announced; only the member's endorsement makes them a dissent."""
        return self._feedback.announce_dissent(agency, person, text)

    def announced(self, agency: str) -> tuple[MissingSeat, ...]:
        """Return the dissents that members announced, as the chair noted them: person and words."""
        return self._feedback.announced(agency)

    # ---- signing ---------------------------------------------------------------------------------

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
        """Sign the consensus: every item settled, the quorum met, every missing seat explained.

        Raises:
            Expected: `items-unsettled`; `quorum-short`; `missing-seat-unexplained`; `reason-needed` for a
                later revision; `not-the-chair`; `not-revealed`; the key's own codes.
        """
        return self._signing.sign(
            agency, passphrase, missing_reasons=missing_reasons, record=record, reason=reason, stage=stage
        )

    def consensus(self, agency: str) -> SignedConsensus:
        """Return the signed consensus for reading before one endorses it.

        Raises:
            Expected: `no-consensus`; `own-sheet-first`; `recused`.
        """
        return read_consensus(self._session, agency)

    def endorse(
        self,
        agency: str,
        passphrase: str,
        *,
        agrees: bool,
        reason: str = "",
        items: Sequence[ItemDissent] = (),
    ) -> Signed:
        """Sign agreement with the agency's consensus, or dissent with reasons, confirming the own sheet.

        Raises:
            Expected: `no-consensus`; `own-sheet-first`; `reason-needed`; the key's own codes.
        """
        return self._signing.endorse(agency, passphrase, agrees=agrees, reason=reason, items=items)
