# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What an officer sees before the results are signed: who is in, who is not and why, what is published already."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pmqa_desktop.domain.documents import Approval, Ranking, Result, Slot
from pmqa_desktop.domain.facts import Fact
from pmqa_desktop.domain.plaintext import typed
from pmqa_desktop.domain.results import AgencyResult, AgencyState, Published, Results
from pmqa_desktop.domain.scoring import ratio
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.registry.outcome import round_results
from pmqa_desktop.services.session import Session
from pmqa_desktop.text import pick

LONGEST_LINE = 300
"""The most letters of the approving body and of the meeting's number."""
BLOCKING: frozenset[AgencyState] = frozenset({"stale", "held", "conflict"})
"""States of an agency that must be settled before anything official is signed: its consensus is contradicted."""
_EARLIEST = 2000


@dataclass(frozen=True, slots=True)
class PublicationLine:
    """One agency: its result now, and what is published of it; `changed` when that is not the result of now."""

    result: AgencyResult
    changed: bool = False

    @property
    def signed(self) -> bool:
        """Tell whether a result of it will be signed."""
        return self.result.rank is not None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What publishing would sign.

    `lines` stand in the order of rank, those without one last. `state` and `approval` are of the ranking that is
    published now. `needs_reason`: something signed before would be superseded. `need` is how many persons must sign
    something official; `waits` tells that an official publication lacks signatures still.
    """

    lines: tuple[PublicationLine, ...]
    state: Published
    approval: Approval | None
    needs_reason: bool
    need: int
    waits: bool = False
    closed: bool = False

    @property
    def ranked(self) -> tuple[AgencyResult, ...]:
        """Return the agencies that get a signed result."""
        return tuple(line.result for line in self.lines if line.signed)

    @property
    def left_out(self) -> tuple[AgencyResult, ...]:
        """Return the agencies that have no rank."""
        return tuple(line.result for line in self.lines if not line.signed)

    @property
    def blocking(self) -> tuple[AgencyResult, ...]:
        """Return the agencies that keep the results from becoming official."""
        return tuple(one for one in self.left_out if one.state in BLOCKING)

    @property
    def changed(self) -> tuple[AgencyResult, ...]:
        """Return the agencies whose published result is not the result of now."""
        return tuple(line.result for line in self.lines if line.changed)


def read_outlook(session: Session, results: Results | None = None) -> Outlook:
    """Return what publishing the results of now would sign."""
    results = results or round_results(session)
    lines = tuple(PublicationLine(one, _changed(session, one)) for one in results.ranking)
    ranking = published_ranking(session)
    roster = session.round().roster
    slots: list[Slot] = [("ranking",), *(("result", one.result.agency) for one in lines if one.signed)]
    return Outlook(
        lines,
        ranking.body.state if ranking is not None else "",
        ranking.body.approval if ranking is not None else None,
        needs_reason=any(next_place(session, slot)[0] > 1 for slot in slots),
        need=max(1, roster.threshold),
        waits=any(newest_waiting(session, ("ranking",))),
        closed=roster.state == "closed",
    )


def published_ranking(session: Session) -> Ranking | None:
    """Return the signed ranking that counts, or None."""
    digest = session.view().current("ranking")
    document = session.document(digest) if digest else None
    return document if isinstance(document, Ranking) else None


def _changed(session: Session, result: AgencyResult) -> bool:
    if not result.result:
        return False
    signed = session.document(result.result)
    if not isinstance(signed, Result) or result.total is None:
        return True
    return (signed.body.consensus, signed.body.total) != (result.consensus, ratio(result.total))


# ---- places -------------------------------------------------------------------------------------------------


def newest_waiting(session: Session, slot: Slot) -> tuple[Fact, ...]:
    """Return the newest documents at a slot that lack signatures and would stand above what counts there."""
    seen = session.view()
    cell = seen.cells.get(slot)
    seq = cell.seq if cell is not None else 0
    found = [
        fact
        for fact in session.facts().values()
        if fact.slot == slot and fact.seq > seq and seen.status.get(fact.digest) == "under-signed"
    ]
    top = max((fact.seq for fact in found), default=0)
    return tuple(sorted((fact for fact in found if fact.seq == top), key=lambda fact: fact.digest))


def next_place(session: Session, slot: Slot) -> tuple[int, tuple[str, ...]]:
    """Return the next `seq` of a slot and what it supersedes, documents that wait for signatures among it.

    A publication that is made anew stands above the one that waits: signed by all in the end, both would contradict
    each other otherwise.
    """
    seq, supersedes = session.lineage(slot)
    waiting = newest_waiting(session, slot)
    if not waiting:
        return seq, supersedes
    return waiting[0].seq + 1, tuple(sorted({*supersedes, *(fact.digest for fact in waiting)}))


# ---- what is typed ------------------------------------------------------------------------------------------


def checked_approval(body: str, meeting: str, day: str, *, today: date) -> Approval:
    """Return the approving act as it is signed.

    Args:
        body: Who approved.
        meeting: The number of the meeting.
        day: Its date, ISO.
        today: No approval is of a later day.

    Raises:
        Expected: `approval-body-missing`; `approval-meeting-missing`; `approval-date-invalid`; `approval-date-future`;
            `typed-too-long`.
    """
    return Approval(_line(body, "approval-body-missing"), _line(meeting, "approval-meeting-missing"), _day(day, today))


def _line(text: str, missing: str) -> str:
    cleaned = " ".join(typed(text).split())
    if not cleaned:
        raise Expected(missing)
    if len(cleaned) > LONGEST_LINE:
        raise Expected("typed-too-long", size=len(cleaned), limit=LONGEST_LINE)
    return cleaned


def _day(text: str, today: date) -> str:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise Expected("approval-date-invalid", found=text.strip()[:40]) from error
    if day > today:
        raise Expected("approval-date-future", found=day.isoformat())
    if day.year < _EARLIEST:
        raise Expected("approval-date-invalid", found=day.isoformat())
    return day.isoformat()


def today_of(session: Session) -> date:
    """Return the laptop's own date."""
    return session.clock().astimezone().date()


def expect_publishable(session: Session, outlook: Outlook, *, official: bool) -> None:
    """Refuse what nobody may sign now.

    Raises:
        Expected: `round-closed-here`; `publish-after-closing`; `nothing-to-publish`; `official-blocked`.
    """
    session.expect_open_here()
    if outlook.closed:
        raise Expected("publish-after-closing")
    if not outlook.ranked:
        raise Expected("nothing-to-publish")
    if official and outlook.blocking:
        raise Expected("official-blocked", agencies=names_of(outlook.blocking))


def names_of(agencies: Iterable[AgencyResult]) -> str:
    """Return the names of agencies in the person's language."""
    return ", ".join(pick(one.name_th, one.name_en) for one in agencies)


def logged(outlook: Outlook, approval: Approval | None, reason: str) -> tuple[str, dict[str, str]]:
    """Return the act and its fields for the log: taking back something official is an act of its own."""
    state = "official" if approval else "draft"
    fields = {"before": outlook.state, "state": state, "agencies": str(len(outlook.ranked))}
    if approval is not None:
        fields |= {"body": approval.body, "meeting": approval.meeting, "date": approval.date}
    if reason:
        fields["reason"] = reason
    reversal = outlook.state == "official" and approval is None
    return ("reverse-official" if reversal else "publish"), fields
