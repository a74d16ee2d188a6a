# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The chair's table: reveal, compare, settle item by item, sign; and each member's endorsement.

Nobody sees a peer's score here before the own scored sheet is signed and the reveal is signed by the chair
(docs/bundle-format.md, "The reveal, honestly").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Literal

import msgspec

from pmqa_desktop.domain.answers import THEME_KINDS, WHOLE_AGENCY, Answer, CommentKind
from pmqa_desktop.domain.consensus import Comparison, agenda_key, compare, needs_reason, needs_talk, proposal
from pmqa_desktop.domain.documents import (
    Agency,
    Consensus,
    ConsensusBody,
    Endorsement,
    EndorsementBody,
    ItemDissent,
    MergedComment,
    MissingSeat,
    Panel,
    Reveal,
    RevealBody,
    Scoresheet,
    Seat,
    SettledItem,
)
from pmqa_desktop.domain.documents import (
    Session as Record,
)
from pmqa_desktop.domain.plaintext import clean
from pmqa_desktop.domain.scoring import SheetScore, check_answer, ratio, score_item, score_sheet
from pmqa_desktop.errors import Expected
from pmqa_desktop.events import ConsensusDraftChanged
from pmqa_desktop.services.endorsing import SignedConsensus, read_consensus, shown_consensus
from pmqa_desktop.services.session import Session, Signed, chair_of

AREA = "panel"
SeatState = Literal["awaited", "received", "recused", "held", "conflict"]


@dataclass(frozen=True, slots=True)
class PanelSeat:
    """One seat of a panel and what has come from it."""

    seat: Seat
    state: SeatState
    seq: int


@dataclass(frozen=True, slots=True)
class PanelAgency:
    """One agency of a panel of mine; `blocked` is the code of what keeps the reveal from being signed."""

    agency: Agency
    seats: tuple[PanelSeat, ...]
    chair: bool
    own_signed: bool
    revealed: bool
    consensus_seq: int
    consensus_digest: str
    stale: bool
    blocked: str | None


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One item across the seats; `over` when the difference calls for talk under the round's settings."""

    item: str
    scores: tuple[Fraction | None, ...]
    levels: tuple[str | None, ...]
    spread: Fraction | None
    over: bool
    is_settled: bool
    settled: Fraction | None
    reason: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Items by seats, the agenda first; `quorum` is (scored sheets in force, sheets needed)."""

    seats: tuple[Seat, ...]
    rows: tuple[MatrixRow, ...]
    settled: int
    to_settle: int
    quorum: tuple[int, int]


@dataclass(frozen=True, slots=True)
class PanelComment:
    """A member's text on an item, with the sheet it stands in."""

    person: str
    seat: Seat
    kind: CommentKind
    text: str
    sheet: str
    adopted: bool


@dataclass(frozen=True, slots=True)
class PanelItem:
    """All that the table needs on one item; `answers` and `scores` follow the matrix' seats.

    `draft` is what the chair typed and has not confirmed yet.
    """

    item: str
    answers: tuple[Answer | None, ...]
    scores: tuple[Fraction | None, ...]
    proposal: Answer
    settled: SettledItem | None
    draft: SettledItem | None
    reason_needed: bool
    comments: tuple[PanelComment, ...]
    merged: tuple[MergedComment, ...]


@dataclass(frozen=True, slots=True)
class PanelThemes:
    """The key themes by kind in their order, and the items' feedback texts from which a chair draws them."""

    written: Mapping[CommentKind, tuple[str, ...]]
    texts: tuple[MergedComment, ...]

    @property
    def count(self) -> int:
        """How many themes are written."""
        return sum(len(texts) for texts in self.written.values())


@dataclass(frozen=True, slots=True)
class PanelOutlook:
    """The agency's score if the open items went as proposed; `provisional` while any is open."""

    score: SheetScore
    provisional: bool
    unsettled: tuple[str, ...]
    quorum: tuple[int, int]
    missing: tuple[Seat, ...]


class PanelService:
    """What a chair does with the panel's sheets, and a member with the consensus."""

    def __init__(self, session: Session) -> None:
        """Work in an open workspace."""
        self._session = session

    # ---- who has sent what ----------------------------------------------------------------------

    def agencies(self) -> tuple[PanelAgency, ...]:
        """Return the agencies whose panel I sit on or chair."""
        seen = self._session.round()
        mine = set(self._session.me().seats) | self._session.me().chairs
        return tuple(self._agency(seen.agencies[p.agency], p) for p in seen.roster.panels if p.agency in mine)

    def _agency(self, agency: Agency, panel: Panel) -> PanelAgency:
        cell = self._session.view().cells.get(("consensus", agency.agency))
        return PanelAgency(
            agency=agency,
            seats=tuple(PanelSeat(seat, *self._seat_state(agency.agency, seat)) for seat in panel.seats),
            chair=chair_of(panel) == self._session.person,
            own_signed=self._session.current(("scoresheet", agency.agency, self._session.person)) is not None,
            revealed=self._reveal(agency.agency) is not None,
            consensus_seq=cell.seq if cell is not None else 0,
            consensus_digest=shown_consensus(self._session, agency.agency),
            stale=cell is not None and cell.state == "stale",
            blocked=self._blocked(agency.agency, panel),
        )

    def _seat_state(self, agency: str, seat: Seat) -> tuple[SeatState, int]:
        cells = self._session.view().cells
        declared = cells.get(("declaration", agency, seat.person))
        if declared is not None and declared.state == "recused":
            return "recused", declared.seq
        cell = cells.get(("scoresheet", agency, seat.person))
        if cell is None:
            return "awaited", 0
        states: Mapping[str, SeatState] = {"current": "received", "recused": "recused", "held": "held"}
        return states.get(cell.state, "conflict"), cell.seq

    def _blocked(self, agency: str, panel: Panel) -> str | None:
        if chair_of(panel) != self._session.person:
            return "not-the-chair"
        if self._session.current(("scoresheet", agency, self._session.person)) is None:
            return "own-sheet-first"
        if self._reveal(agency) is not None:
            return "already-revealed"
        return None

    # ---- the reveal -----------------------------------------------------------------------------

    def reveal(self, agency: str, passphrase: str) -> Signed:
        """Sign the list of all sheets present, then open them for comparison.

        Raises:
            Expected: `not-the-chair`; `own-sheet-first`; `already-revealed`; the key's own codes.
        """
        panel = self._panel(agency)
        blocked = self._blocked(agency, panel)
        if blocked is not None:
            raise Expected(blocked, agency=agency)
        return self._sign_reveal(agency, passphrase, "")

    def _sign_reveal(self, agency: str, passphrase: str, reason: str) -> Signed:
        identity = self._session.unlock(passphrase)
        own = self._session.current(("scoresheet", agency, self._session.person))
        sheets = tuple(sorted(digest for digest, _ in self._sheets(agency).values()))
        seq, supersedes = self._session.lineage(("reveal", agency))
        more = {"supersedes": supersedes, "reason": reason} if seq > 1 else {}
        header = self._session.header(identity, agency=agency, seq=seq, **more)
        return self._session.sign(
            Reveal(**header, body=RevealBody(sheets=sheets, own=own or "")), identity, "sign-reveal"
        )

    # ---- comparing ------------------------------------------------------------------------------

    def matrix(self, agency: str) -> Matrix:
        """Return all items by seats, ordered by disagreement times weight.

        Raises:
            Expected: `not-revealed`; `recused`.
        """
        self._open(agency)
        criteria = self._session.round().criteria
        sheets = self._sheets(agency)
        seats = self._scoring_seats(agency)
        settled = self._settled(agency)
        rows = [
            self._row(compare(criteria, item.code, _given(sheets, seats, item.code)), settled.get(item.code))
            for item in criteria.edition.items
        ]
        rows.sort(key=lambda row: agenda_key(criteria, row.item, row.spread, row.over))
        return Matrix(seats, tuple(rows), len(settled), len(rows), self._quorum(agency))

    def _row(self, found: Comparison, settled: SettledItem | None) -> MatrixRow:
        return MatrixRow(
            item=found.item,
            scores=tuple(score.exact for score in found.scores),
            levels=tuple(score.level for score in found.scores),
            spread=found.spread,
            over=found.needs_talk,
            is_settled=settled is not None,
            settled=self._exact(found.item, settled.answer) if settled else None,
            reason=settled.reason if settled else "",
        )

    def item(self, agency: str, item: str) -> PanelItem:
        """Return everything on one item.

        Raises:
            Expected: `not-revealed`; `recused`; `unknown-item`.
        """
        self._open(agency)
        criteria = self._session.round().criteria
        criteria.edition.item(item)
        sheets = self._sheets(agency)
        seats = self._scoring_seats(agency)
        given = _given(sheets, seats, item)
        merged = self._merged(agency, item)
        used = {(comment.kind, origin, comment.text) for comment in merged for origin in comment.origin}
        comments = tuple(
            PanelComment(seat.person, seat, c.kind, c.text, digest, (c.kind, digest, c.text) in used)
            for seat in seats
            if seat.person in sheets
            for digest, sheet in [sheets[seat.person]]
            for c in sheet.body.comments
            if c.item == item
        )
        return PanelItem(
            item=item,
            answers=given,
            scores=tuple(None if answer is None else self._exact(item, answer) for answer in given),
            proposal=proposal(criteria, item, given),
            settled=self._settled(agency).get(item),
            draft=self._draft(agency, item),
            reason_needed=needs_talk(criteria, item, given),
            comments=comments,
            merged=merged,
        )

    # ---- settling -------------------------------------------------------------------------------

    def settle(self, agency: str, item: str, answer: Answer, reason: str = "") -> datetime:
        """Keep the panel's answer to one item.

        Raises:
            Expected: `not-revealed`; `not-the-chair`; `reason-needed` where the seats differ beyond the
                tolerance or the answer leaves the range of their scores; a code of `check_answer`.
        """
        self._chairing(agency)
        criteria = self._session.round().criteria
        check_answer(criteria, item, answer)
        reason = clean(reason).strip()
        given = _given(self._sheets(agency), self._scoring_seats(agency), item)
        if not reason and needs_reason(criteria, item, given, answer):
            raise Expected("reason-needed", what="consensus")
        exact = self._exact(item, answer)
        kept = SettledItem(item, answer, None if exact is None else ratio(exact), reason)
        return self._set(agency, item, "settled", kept)

    def keep_draft(self, agency: str, item: str, answer: Answer, reason: str) -> datetime:
        """Keep what the chair typed about an item before confirming it, so that nothing typed is ever lost."""
        self._chairing(agency)
        return self._set(agency, item, "draft", SettledItem(item, answer, None, clean(reason)))

    def settle_agreed(self, agency: str) -> int:
        """Confirm the proposal of every open item on which the seats agree within tolerance; return how many."""
        self._chairing(agency)
        todo = [row.item for row in self.matrix(agency).rows if not row.is_settled and not row.over]
        with self._session.store.write():
            for code in todo:
                answer = self.item(agency, code).proposal
                exact = self._exact(code, answer)
                kept = SettledItem(code, answer, None if exact is None else ratio(exact))
                self._session.drafts.set(AREA, agency, code, "settled", _json(kept), self._session.clock())
        self._session.bus.publish(ConsensusDraftChanged(agency=agency, items=tuple(todo)))
        return len(todo)

    def reopen(self, agency: str, item: str) -> datetime:
        """Take the settlement of one item back; its history stays."""
        self._chairing(agency)
        return self._set(agency, item, "settled", None)

    def adopt(self, agency: str, item: str, kind: CommentKind, text: str, origin: Sequence[str] = ()) -> datetime:
        """Take a text into the feedback, keeping the sheets it came from; adopting twice changes nothing."""
        self._chairing(agency)
        entry = MergedComment(item, kind, clean(text).strip(), tuple(sorted(origin)))
        kept = self._merged(agency, item)
        return self._set(agency, item, "merged", kept if entry in kept else (*kept, entry))

    def save_merged(self, agency: str, item: str, comments: Sequence[MergedComment]) -> datetime:
        """Replace the feedback texts of one item, in this order."""
        self._chairing(agency)
        return self._set(agency, item, "merged", tuple(comments) or None)

    def themes(self, agency: str) -> PanelThemes:
        """Return the key themes: the chair's texts on the agency as a whole, for the feedback report.

        Raises:
            Expected: `not-revealed`; `recused`; `own-sheet-first`.
        """
        self._open(agency)
        kept = self._merged(agency, WHOLE_AGENCY)
        written = {kind: tuple(one.text for one in kept if one.kind == kind) for kind in THEME_KINDS}
        return PanelThemes(written, self._feedback(agency))

    def save_themes(self, agency: str, themes: Mapping[CommentKind, Sequence[str]]) -> datetime:
        """Replace the key themes, in the order given; empty texts are left out.

        Raises:
            Expected: `not-the-chair` and what `themes` raises.
        """
        self._chairing(agency)
        texts = ((kind, clean(text).strip()) for kind in THEME_KINDS for text in themes.get(kind, ()))
        kept = tuple(MergedComment(WHOLE_AGENCY, kind, text) for kind, text in texts if text)
        return self._set(agency, WHOLE_AGENCY, "merged", kept or None)

    def announce_dissent(self, agency: str, person: str, text: str) -> datetime:
        """Note words that a member announced; only the member's endorsement makes them a dissent."""
        self._chairing(agency)
        kept = [one for one in self._announced(agency) if one.person != person]
        text = clean(text).strip()
        return self._set(agency, WHOLE_AGENCY, "dissent", [*kept, MissingSeat(person, text)] if text else kept or None)

    def announced(self, agency: str) -> tuple[MissingSeat, ...]:
        """Return the dissents that members announced, as the chair noted them: person and words."""
        self._open(agency)
        return self._announced(agency)

    def outlook(self, agency: str) -> PanelOutlook:
        """Return what the agency would get, with the open items as proposed."""
        self._open(agency)
        criteria = self._session.round().criteria
        settled = self._settled(agency)
        sheets = self._sheets(agency)
        answers: dict[str, Answer] = {}
        for item in criteria.edition.items:
            given = [a for _, s in sheets.values() if (a := _answers(s).get(item.code)) is not None]
            if item.code in settled:
                answers[item.code] = settled[item.code].answer
            elif given:
                answers[item.code] = proposal(criteria, item.code, given)
        unsettled = tuple(item.code for item in criteria.edition.items if item.code not in settled)
        return PanelOutlook(
            score=score_sheet(criteria, answers),
            provisional=bool(unsettled),
            unsettled=unsettled,
            quorum=self._quorum(agency),
            missing=self._missing(agency),
        )

    # ---- signing --------------------------------------------------------------------------------

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
        self._chairing(agency)
        body = self._body(agency, missing_reasons or {}, record, stage)
        slot = ("consensus", agency)
        seq, supersedes = self._session.lineage(slot)
        reason = clean(reason).strip()
        if seq > 1 and not reason:
            raise Expected("reason-needed", what="revision")
        identity = self._session.unlock(passphrase)
        more = {"supersedes": supersedes, "reason": reason} if seq > 1 else {}
        document = Consensus(**self._session.header(identity, agency=agency, seq=seq, **more), body=body)
        return self._session.sign(document, identity, "sign-consensus")

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
        consensus = shown_consensus(self._session, agency)
        own = self._session.current(("scoresheet", agency, self._session.person))
        reason = clean(reason).strip()
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

    # ---- inside ---------------------------------------------------------------------------------

    def _body(
        self, agency: str, reasons: Mapping[str, str], record: Record | None, stage: Literal["consensus", "visit"]
    ) -> ConsensusBody:
        outlook = self.outlook(agency)
        if outlook.unsettled:
            raise Expected("items-unsettled", items=", ".join(outlook.unsettled))
        have, need = outlook.quorum
        if have < need:
            raise Expected("quorum-short", have=have, need=need)
        missing = tuple(
            MissingSeat(seat.person, clean(reasons.get(seat.person, "")).strip()) for seat in outlook.missing
        )
        if any(not one.reason for one in missing):
            raise Expected("missing-seat-unexplained", seats=", ".join(one.person for one in missing if not one.reason))
        sheets = self._sheets(agency)
        seen = self._session.round()
        settled = self._settled(agency)
        codes = [item.code for item in seen.criteria.edition.items]
        evidence = {e for _, sheet in sheets.values() for e in sheet.body.evidence}
        return ConsensusBody(
            stage=stage,
            reveal=self._reveal(agency) or "",
            rests_on=tuple(sorted(digest for digest, _ in sheets.values())),
            items=tuple(settled[code] for code in codes),
            comments=(*self._merged(agency, WHOLE_AGENCY), *self._feedback(agency)),
            evidence=tuple(sorted(evidence, key=lambda e: (codes.index(e.item), e.point, e.page, e.document, e.note))),
            missing_seats=missing,
            record=record or seen.agencies[agency].session,
            announced_dissent=self._announced(agency),
        )

    def _panel(self, agency: str) -> Panel:
        panel = self._session.round().panels.get(agency)
        if panel is None:
            raise Expected("not-your-agency", agency=agency)
        return panel

    def _open(self, agency: str) -> None:
        """Let nobody see peers' scores before the own sheet and the reveal are signed, and nobody who recused."""
        panel = self._panel(agency)
        person = self._session.person
        if any(seat.person == person and self._seat_state(agency, seat)[0] == "recused" for seat in panel.seats):
            raise Expected("recused", agency=agency)
        if self._session.current(("scoresheet", agency, person)) is None:
            raise Expected("own-sheet-first", agency=agency)
        if self._reveal(agency) is None:
            raise Expected("not-revealed", agency=agency)

    def _chairing(self, agency: str) -> None:
        self._open(agency)
        if chair_of(self._panel(agency)) != self._session.person:
            raise Expected("not-the-chair", agency=agency)

    def _reveal(self, agency: str) -> str | None:
        return self._session.current(("reveal", agency))

    def _sheets(self, agency: str) -> dict[str, tuple[str, Scoresheet]]:
        """Return the sheets in force by person: digest and document."""
        found: dict[str, tuple[str, Scoresheet]] = {}
        for seat in self._panel(agency).seats:
            if self._seat_state(agency, seat)[0] != "received":
                continue
            digest = self._session.current(("scoresheet", agency, seat.person))
            document = self._session.document(digest) if digest else None
            if digest and isinstance(document, Scoresheet):
                found[seat.person] = (digest, document)
        return found

    def _scoring_seats(self, agency: str) -> tuple[Seat, ...]:
        return tuple(s for s in self._panel(agency).seats if self._seat_state(agency, s)[0] != "recused")

    def _missing(self, agency: str) -> tuple[Seat, ...]:
        present = self._sheets(agency)
        return tuple(seat for seat in self._scoring_seats(agency) if seat.person not in present)

    def _quorum(self, agency: str) -> tuple[int, int]:
        return len(self._sheets(agency)), self._session.round().criteria.settings.quorum_consensus

    def _exact(self, item: str, answer: Answer) -> Fraction | None:
        return score_item(self._session.round().criteria, item, answer).exact

    def _settled(self, agency: str) -> dict[str, SettledItem]:
        current = self._session.drafts.current(AREA, agency)
        return {
            item: msgspec.json.decode(value, type=SettledItem)
            for (item, name), value in current.items()
            if name == "settled"
        }

    def _draft(self, agency: str, item: str) -> SettledItem | None:
        """Return what was typed about an item since it was settled or reopened last."""
        value = self._session.drafts.current(AREA, agency).get((item, "draft"))
        return msgspec.json.decode(value, type=SettledItem) if value else None

    def _merged(self, agency: str, item: str) -> tuple[MergedComment, ...]:
        value = self._session.drafts.current(AREA, agency).get((item, "merged"))
        return msgspec.json.decode(value, type=tuple[MergedComment, ...]) if value else ()

    def _feedback(self, agency: str) -> tuple[MergedComment, ...]:
        """Return the feedback texts of all items in the edition's order."""
        items = self._session.round().criteria.edition.items
        return tuple(one for item in items for one in self._merged(agency, item.code))

    def _announced(self, agency: str) -> tuple[MissingSeat, ...]:
        value = self._session.drafts.current(AREA, agency).get((WHOLE_AGENCY, "dissent"))
        return msgspec.json.decode(value, type=tuple[MissingSeat, ...]) if value else ()

    def _set(self, agency: str, item: str, name: str, value: object) -> datetime:
        now = self._session.clock()
        with self._session.store.write():
            self._session.drafts.set(AREA, agency, item, name, None if value is None else _json(value), now)
            if name == "settled" and self._draft(agency, item) is not None:
                self._session.drafts.set(AREA, agency, item, "draft", None, now)
        self._session.bus.publish(ConsensusDraftChanged(agency=agency, items=(item,) if item else ()))
        return now


def _given(sheets: Mapping[str, tuple[str, Scoresheet]], seats: Sequence[Seat], item: str) -> tuple[Answer | None, ...]:
    return tuple(_answers(sheets[seat.person][1]).get(item) if seat.person in sheets else None for seat in seats)


def _answers(sheet: Scoresheet) -> dict[str, Answer]:
    return {one.item: one.answer for one in sheet.body.items}


def _json(value: object) -> str:
    return msgspec.json.encode(value, order="sorted").decode()
