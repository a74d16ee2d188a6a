# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The evaluator's desk: declare, judge, read back, sign. Every edit is durable when the method returns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

import msgspec

from pmqa_desktop.domain.answers import Answer, CommentKind, Evidence, ItemAnswer
from pmqa_desktop.domain.documents import (
    Agency,
    Assignment,
    Declaration,
    DeclarationBody,
    Paper,
    Scoresheet,
    ScoresheetBody,
    Seat,
)
from pmqa_desktop.domain.linting import Notice
from pmqa_desktop.domain.media import MOST_TOGETHER
from pmqa_desktop.domain.payload import LONGEST_TEXT, encode_payload
from pmqa_desktop.domain.plaintext import LONGEST_FIELD, typed
from pmqa_desktop.domain.scoring import SheetScore, check_answer, ratio, score_sheet
from pmqa_desktop.errors import Expected
from pmqa_desktop.events import DraftChanged
from pmqa_desktop.services.evaluation.finding import Hit, find
from pmqa_desktop.services.evaluation.noticing import KeptNotice, NoticeDesk
from pmqa_desktop.services.evaluation.sheets import AREA, KIND_WORDS, entries, joined, read_sheet
from pmqa_desktop.services.evaluation.sheets import DraftSheet as DraftSheet
from pmqa_desktop.services.evaluation.shelf import PackShelf, PaperSource
from pmqa_desktop.services.session import Session, Signed, judged_items

SHEET_LIMIT = 3 * 1024 * 1024
"""The most bytes of a sheet: a line of a bundle holds 4 MiB, a quarter of which its writing as text takes."""
DeclarationState = Literal["no_conflict", "tie_told", "recused"]


@dataclass(frozen=True, slots=True)
class AgencyWork:
    """One agency of mine: how far the sheet is, and what was declared and signed."""

    agency: Agency
    seat: Seat
    declaration: str
    scored: int
    of: int
    signed_seq: int
    signed_digest: str
    changed_since_signed: bool


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One earlier value of a field of one item; `number` names it to `restore`, which gives the field `new` again."""

    at: datetime
    field: str
    old: str
    new: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class ReadBack:
    """Everything to read before signing; `size` and `limit` in bytes of the sheet as it would be signed.

    `notices` are all remarks, `kept` those answered with a word, `open` those that still stop the signing. `attached`
    files go along with the sheet, of `attached_bytes` together.
    """

    score: SheetScore
    notices: tuple[Notice, ...]
    scored: int
    of: int
    comments: int
    evidence: int
    notes: int
    size: int
    limit: int
    kept: tuple[KeptNotice, ...] = ()
    open: tuple[Notice, ...] = ()
    attached: int = 0
    attached_bytes: int = 0
    attached_limit: int = MOST_TOGETHER


class ScoringService:
    """What an evaluator does with the agencies of the own seat."""

    def __init__(self, session: Session) -> None:
        """Work in an open workspace."""
        self._session = session
        self._desk = NoticeDesk(session)

    # ---- what there is to do --------------------------------------------------------------------

    def agencies(self) -> tuple[AgencyWork, ...]:
        """Return the own agencies in the roster's order."""
        seen = self._session.round()
        me = self._session.me()
        return tuple(self._work(seen.agencies[name], seat) for name, seat in me.seats.items() if name in seen.agencies)

    def _work(self, agency: Agency, seat: Seat) -> AgencyWork:
        sheet = self.sheet(agency.agency)
        codes = judged_items(self._session.round().criteria, seat)
        signed = self._signed_sheet(agency.agency)
        return AgencyWork(
            agency=agency,
            seat=seat,
            declaration=self.declaration(agency.agency),
            scored=_scored(score_sheet(self._session.round().criteria, sheet.answers), codes),
            of=len(codes),
            signed_seq=signed.seq if signed else 0,
            signed_digest=self._session.current(self._slot("scoresheet", agency.agency)) or "",
            changed_since_signed=signed is not None
            and self._body(agency.agency, signed.body.after_reveal) != signed.body,
        )

    def declaration(self, agency: str) -> str:
        """Return the state of the own declaration on `agency`; empty while there is none."""
        digest = self._session.current(self._slot("declaration", agency))
        document = self._session.document(digest) if digest else None
        return document.body.state if isinstance(document, Declaration) else ""

    def declare(self, agency: str, state: DeclarationState, text: str, passphrase: str) -> Signed:
        """Sign the own declaration on `agency`; a recusal, and a tie, need words.

        Raises:
            Expected: `not-your-agency`; `reason-needed`; `already-declared`; the key's own codes.
        """
        self._session.expect_open_here()
        self._seat(agency)
        text = typed(text).strip()
        if state != "no_conflict" and not text:
            raise Expected("reason-needed", what="declaration")
        if self.declaration(agency) == state:
            raise Expected("already-declared", agency=agency)
        identity = self._session.unlock(passphrase)
        slot = self._slot("declaration", agency)
        seq, supersedes = self._session.lineage(slot)
        more = {"supersedes": supersedes, "reason": text or "changed"} if seq > 1 else {}
        document = Declaration(
            **self._session.header(identity, agency=agency, seq=seq, **more),
            body=DeclarationBody(state=state, text=text),
        )
        return self._session.sign(document, identity, "declare")

    # ---- the draft ------------------------------------------------------------------------------

    def sheet(self, agency: str) -> DraftSheet:
        """Return the own draft on `agency`; empty when nothing was put down yet."""
        return read_sheet(self._session, agency)

    def save_answer(self, agency: str, item: str, answer: Answer | None) -> datetime:
        """Keep the answer to one item; None takes it back to missing.

        Raises:
            Expected: `declare-first`; `recused`; `item-not-yours`; a code of `check_answer`.
        """
        self._open_item(agency, item)
        if answer is not None:
            check_answer(self._session.round().criteria, item, answer, finished=False)
        return self._set(agency, item, "answer", _text(answer))

    def save_comment(self, agency: str, item: str, kind: CommentKind, text: str) -> datetime:
        """Keep the text of one comment field; a blank line separates entries, empty text clears the field."""
        self._open_item(agency, item)
        return self._set(agency, item, f"comment:{kind}", typed(text, LONGEST_FIELD) or None)

    def save_entries(self, agency: str, item: str, texts: Mapping[CommentKind, Sequence[str]]) -> datetime:
        """Keep the entries of some kinds of one item in a new order, as one act: to sort, part, drop or move them.

        Kinds that `texts` does not name stay; a blank line inside an entry would part it, so it is closed up.
        """
        self._open_item(agency, item)
        changes: dict[tuple[str, str], str | None] = {
            (item, f"comment:{kind}"): typed(joined([typed(text, LONGEST_FIELD) for text in several]), LONGEST_FIELD)
            or None
            for kind, several in texts.items()
        }
        now = self._session.clock()
        with self._session.store.write():
            self._session.drafts.set_many(AREA, agency, changes, now)
        self._session.bus.publish(DraftChanged(agency=agency, items=(item,)))
        return now

    def save_note(self, agency: str, item: str, text: str) -> datetime:
        """Keep a private note; it never leaves this laptop."""
        self._open_item(agency, item)
        return self._set(agency, item, "note", typed(text, LONGEST_FIELD) or None)

    def link(self, agency: str, evidence: Evidence) -> datetime:
        """Link a page of a paper to an item or one of its points; linking twice changes nothing."""
        now = self.put_link(agency, evidence)
        self._session.bus.publish(DraftChanged(agency=agency, items=(evidence.item,)))
        return now

    def put_link(self, agency: str, evidence: Evidence) -> datetime:
        """Do what `link` does inside the caller's transaction, who tells the event after it."""
        self._open_item(agency, evidence.item)
        kept = self._evidence(agency, evidence.item)
        kept = kept if evidence in kept else [*kept, evidence]
        return self._put(agency, evidence.item, "evidence", _text(kept or None))

    def unlink(self, agency: str, evidence: Evidence) -> datetime:
        """Take a linked page away again."""
        self._open_item(agency, evidence.item)
        kept = [one for one in self._evidence(agency, evidence.item) if one != evidence]
        return self._save_evidence(agency, evidence.item, kept)

    def relink(self, agency: str, before: Evidence, after: Evidence) -> datetime:
        """Put a link in the place of another one of the same item, as one act; nothing happens when that is gone."""
        self._open_item(agency, before.item)
        kept = self._evidence(agency, before.item)
        changed = [after if one == before else one for one in kept if one == before or one != after]
        return self._save_evidence(agency, before.item, changed if before in kept else kept)

    def fill(self, agency: str, draft: DraftSheet) -> datetime:
        """Put a whole draft down as one act, which is undone as one.

        Raises:
            Expected: as `save_answer`.
        """
        changes: dict[tuple[str, str], str | None] = {}
        criteria = self._session.round().criteria
        for item, answer in draft.answers.items():
            self._open_item(agency, item)
            check_answer(criteria, item, answer, finished=False)
            changes[item, "answer"] = _text(answer)
        for (item, kind), text in draft.comments.items():
            changes[item, f"comment:{kind}"] = typed(text, LONGEST_FIELD) or None
        for item in {one.item for one in draft.evidence}:
            changes[item, "evidence"] = _text([one for one in draft.evidence if one.item == item])
        for item, note in draft.notes.items():
            changes[item, "note"] = typed(note, LONGEST_FIELD) or None
        now = self._session.clock()
        with self._session.store.write():
            self._session.drafts.set_many(AREA, agency, changes, now)
        self._session.bus.publish(DraftChanged(agency=agency))
        return now

    def undo(self, agency: str) -> DraftSheet | None:
        """Take the last edit on `agency` back, also one made before a restart; None when there is none."""
        return self._step(agency, self._session.drafts.undo(AREA, agency, self._session.clock()))

    def redo(self, agency: str) -> DraftSheet | None:
        """Do again what was taken back last; None when there is nothing."""
        return self._step(agency, self._session.drafts.redo(AREA, agency, self._session.clock()))

    def history(self, agency: str, item: str) -> tuple[HistoryEntry, ...]:
        """Return every earlier value of an item's fields, newest first."""
        return tuple(
            HistoryEntry(entry.at, entry.field, entry.old or "", entry.new or "", entry.number)
            for entry in reversed(self._session.drafts.history(AREA, agency, item))
        )

    def restore(self, agency: str, number: int) -> DraftSheet:
        """Give a field the value again that an earlier entry of its history gave it; this can be undone.

        Raises:
            Expected: `declare-first`; `recused`; `no-such-edit`, the history has no such entry.
        """
        self._open_agency(agency)
        before = self._session.drafts.current(AREA, agency)
        try:
            with self._session.store.write():
                self._session.drafts.restore(AREA, agency, number, self._session.clock())
        except LookupError:
            raise Expected("no-such-edit", number=number) from None
        self._session.bus.publish(DraftChanged(agency=agency))
        after = self._session.drafts.current(AREA, agency)
        changed = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
        return replace(self.sheet(agency), changed=tuple(changed))

    def can_undo(self, agency: str) -> bool:
        """Tell whether an edit on `agency` is left to take back."""
        return self._session.drafts.can_undo(AREA, agency)

    def can_redo(self, agency: str) -> bool:
        """Tell whether an edit taken back can be made again."""
        return self._session.drafts.can_redo(AREA, agency)

    def find(self, agency: str | None, text: str) -> tuple[Hit, ...]:
        """Return every place of `text` in the own comments and notes on one agency, or with None on all of them."""
        chosen = self._session.me().seats if agency is None else (agency,)
        return tuple(hit for one in chosen for hit in find(one, self.sheet(one), text))

    # ---- papers ---------------------------------------------------------------------------------

    def papers(self, agency: str) -> tuple[Paper, ...]:
        """Return the list of the agency's papers; the papers themselves open only after the declaration."""
        seat = self._seat(agency)
        digest = self._session.current(("assignment", seat.seat))
        document = self._session.document(digest) if digest else None
        if not isinstance(document, Assignment):
            return ()
        return next((one.papers for one in document.body.agencies if one.agency == agency), ())

    def paper_source(self, agency: str, digest: str) -> PaperSource:
        """Return where one paper is read from; reading a large pack takes a while, and needs the store no more.

        Raises:
            Expected: `declare-first`; `recused`; `key-locked`; `paper-not-here`, it is not a paper of this agency.
        """
        self._open_agency(agency)
        paper = next((one for one in self.papers(agency) if one.digest == digest), None)
        if paper is None:
            raise Expected("paper-not-here", digest=digest[:15])
        return PackShelf(self._session).source(agency, paper)

    def paper_bytes(self, agency: str, digest: str) -> bytes:
        """Open one paper of the sealed packs into memory; the errors are those of `paper_source` and its reading."""
        return self.paper_source(agency, digest).read()

    def opened_page(self, agency: str, digest: str, page: int) -> None:
        """Note that a page (from 1) of a paper was on screen, so that no remark says the papers were not read.

        Raises:
            Expected: `declare-first`; `recused`.
        """
        self._open_agency(agency)
        self._desk.opened_page(agency, digest, page)

    # ---- reading back and signing ---------------------------------------------------------------

    def notices(self, agency: str) -> tuple[Notice, ...]:
        """Return what a careful reader would ask about the draft, answered or not."""
        return self._desk.remarks(agency, self.papers(agency)).all

    def keep_notice(self, agency: str, notice: Notice, word: str) -> datetime:
        """Answer one remark: it is meant so, for the reason in `word`. It comes back when its item changes.

        Raises:
            Expected: `declare-first`; `recused`; `reason-needed`.
        """
        self._open_agency(agency)
        return self._desk.keep(agency, (notice,), word)

    def keep_notices(self, agency: str, word: str, chosen: Sequence[Notice] | None = None) -> datetime:
        """Answer several remarks with one word: those in `chosen`, or all that are open; the errors are the same."""
        self._open_agency(agency)
        if chosen is None:
            chosen = self._desk.remarks(agency, self.papers(agency)).open
        return self._desk.keep(agency, chosen, word)

    def read_back(self, agency: str) -> ReadBack:
        """Return all that is to be read before signing."""
        sheet = self.sheet(agency)
        criteria = self._session.round().criteria
        codes = judged_items(criteria, self._seat(agency))
        remarks = self._desk.remarks(agency, self.papers(agency))
        score = score_sheet(criteria, sheet.answers)
        known = self._session.attachments.all()
        files = {one.document: known[one.document].bytes for one in sheet.evidence if one.document in known}
        return ReadBack(
            score=score,
            notices=remarks.all,
            scored=_scored(score, codes),
            of=len(codes),
            comments=len(entries(sheet)),
            evidence=len(sheet.evidence),
            notes=len(sheet.notes),
            size=len(msgspec.json.encode(self._body(agency, False))),
            limit=SHEET_LIMIT,
            kept=remarks.kept,
            open=remarks.open,
            attached=len(files),
            attached_bytes=sum(files.values()),
        )

    def sign(self, agency: str, passphrase: str, reason: str = "") -> Signed:
        """Sign the own sheet as it stands; after a first signature a `reason` is needed.

        Raises:
            Expected: `declare-first`; `recused`; `sheet-incomplete` (fields: items); `notices-open` (fields: n,
                items); `reason-needed`; `nothing-changed`; `entry-too-long` (fields: item, found); `sheet-too-large`;
                the key's own codes.
        """
        self._open_agency(agency)
        read = self.read_back(agency)
        mine = judged_items(self._session.round().criteria, self._seat(agency))
        missing = [code for code in read.score.missing if code in mine]
        if missing:
            raise Expected("sheet-incomplete", items=", ".join(missing))
        slot = self._slot("scoresheet", agency)
        seq, supersedes = self._session.lineage(slot)
        reason = typed(reason).strip()
        if seq > 1 and not reason:
            raise Expected("reason-needed", what="revision")
        signed = self._signed_sheet(agency)
        after = self._session.current(("reveal", agency)) is not None
        if signed is not None and self._body(agency, signed.body.after_reveal) == signed.body:
            raise Expected("nothing-changed", agency=agency)
        if read.open:
            items = ", ".join(dict.fromkeys(notice.item for notice in read.open))
            raise Expected("notices-open", n=len(read.open), items=items)
        for one in entries(self.sheet(agency)):
            if len(one.text.encode()) > LONGEST_TEXT:
                raise Expected("entry-too-long", item=one.item, found=KIND_WORDS[one.kind])
        identity = self._session.unlock(passphrase)
        more = {"supersedes": supersedes, "reason": reason} if seq > 1 else {}
        document = Scoresheet(
            **self._session.header(identity, agency=agency, seq=seq, **more), body=self._body(agency, after)
        )
        if len(encode_payload(document)) > SHEET_LIMIT:
            raise Expected("sheet-too-large", agency=agency)
        return self._session.sign(document, identity, "sign-sheet")

    # ---- inside ---------------------------------------------------------------------------------

    def _slot(self, kind: str, agency: str) -> tuple[str, ...]:
        return (kind, agency, self._session.person)

    def _seat(self, agency: str) -> Seat:
        seat = self._session.me().seats.get(agency)
        if seat is None:
            raise Expected("not-your-agency", agency=agency)
        return seat

    def _open_agency(self, agency: str) -> Seat:
        self._session.expect_open_here()
        seat = self._seat(agency)
        state = self.declaration(agency)
        if not state:
            raise Expected("declare-first", agency=agency)
        if state == "recused":
            raise Expected("recused", agency=agency)
        return seat

    def check_item(self, agency: str, item: str) -> None:
        """Raise unless the item may be edited now: `declare-first`, `recused`, `item-not-yours`."""
        self._open_item(agency, item)

    def _open_item(self, agency: str, item: str) -> None:
        seat = self._open_agency(agency)
        if item not in judged_items(self._session.round().criteria, seat):
            raise Expected("item-not-yours", item=item)

    def _signed_sheet(self, agency: str) -> Scoresheet | None:
        digest = self._session.current(self._slot("scoresheet", agency))
        document = self._session.document(digest) if digest else None
        return document if isinstance(document, Scoresheet) else None

    def _set(self, agency: str, item: str, name: str, value: str | None) -> datetime:
        now = self._put(agency, item, name, value)
        self._session.bus.publish(DraftChanged(agency=agency, items=(item,)))
        return now

    def _put(self, agency: str, item: str, name: str, value: str | None) -> datetime:
        return self._session.drafts.set(AREA, agency, item, name, value, self._session.clock())

    def _evidence(self, agency: str, item: str) -> list[Evidence]:
        value = self._session.drafts.current(AREA, agency).get((item, "evidence"))
        return msgspec.json.decode(value, type=list[Evidence]) if value else []

    def _save_evidence(self, agency: str, item: str, kept: list[Evidence]) -> datetime:
        return self._set(agency, item, "evidence", _text(kept or None))

    def _step(self, agency: str, changes: Mapping[tuple[str, str], str | None] | None) -> DraftSheet | None:
        if changes is None:
            return None
        self._session.bus.publish(DraftChanged(agency=agency))
        return replace(self.sheet(agency), changed=tuple(sorted(changes)))

    def _body(self, agency: str, after_reveal: bool) -> ScoresheetBody:
        """Return the sheet as it would be signed: items in the edition's order, with the scores seen."""
        sheet = self.sheet(agency)
        criteria = self._session.round().criteria
        score = score_sheet(criteria, sheet.answers)
        seat = self._seat(agency)
        items = []
        for code in judged_items(criteria, seat):
            if code in sheet.answers:
                exact = score.items[code].exact
                items.append(ItemAnswer(code, sheet.answers[code], None if exact is None else ratio(exact)))
        return ScoresheetBody(
            seat=seat.seat,
            items=tuple(items),
            comments=entries(sheet),
            evidence=sheet.evidence,
            after_reveal=after_reveal,
        )


def _scored(score: SheetScore, codes: Sequence[str]) -> int:
    """Count the items with a score or found not applicable; an answer only begun is none."""
    return sum(score.items[code].state != "missing" for code in codes)


def _text(value: object) -> str | None:
    return None if value is None else msgspec.json.encode(value, order="sorted").decode()
