# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The results of a round: each agency's score from its consensus in force, the ranking, and what is open.

Everything is computed from the view, the frozen criteria and the consensus documents; no clock time, path or
import order comes in. Ranking: exact total, equal totals share a rank (1, 1, 3), then the order of names.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal, cast

from pmqa_desktop.domain.board import Board, BoardCell, BoardRow, board
from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.domain.documents import Agency, Consensus
from pmqa_desktop.domain.scoring import SheetScore, display, official, score_sheet
from pmqa_desktop.domain.view import View

AgencyState = Literal["complete", "awaited", "held", "conflict", "stale", "incomplete", "seats-open", "no-quorum"]
Published = Literal["", "draft", "official"]


@dataclass(frozen=True, slots=True)
class AgencyResult:
    """One agency's result.

    `state` is `complete`, or why the agency has no rank: `awaited`, `held`, `conflict` and `stale` are the state
    of its consensus; `incomplete` has items without a score (`missing_items`); `seats-open` leaves out seats
    that neither signed nor recused themselves nor stand in the consensus with a reason (`open_seats`, persons);
    `no-quorum` rests on fewer sheets than the round asks for. `came` and `gone` are sheets, as in `Cell`.
    A stale consensus is scored too, for a draft. `published` is the state of the signed result that counts.
    """

    agency: str
    name_th: str
    name_en: str
    fictitious: bool
    state: AgencyState
    rank: int | None = None
    total: Fraction | None = None
    display: str = ""
    official: str = ""
    level: str | None = None
    awards: tuple[str, ...] = ()
    categories: tuple[tuple[str, Fraction | None], ...] = ()
    missing_items: tuple[str, ...] = ()
    open_seats: tuple[str, ...] = ()
    sheets: int = 0
    consensus: str = ""
    consensus_seq: int = 0
    stage: str = ""
    came: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    dissents: int = 0
    published: Published = ""
    result: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return plain data; exact numbers as `N` or `N/D`, what is not there as null."""
        total = None if self.total is None else {
            "exact": str(self.total), "display": self.display, "official": self.official,
        }  # fmt: skip
        consensus = (
            {"digest": self.consensus, "seq": self.consensus_seq, "stage": self.stage} if self.consensus else None
        )
        return {
            "agency": self.agency, "name_th": self.name_th, "name_en": self.name_en, "fictitious": self.fictitious,
            "state": self.state, "rank": self.rank, "total": total, "level": self.level, "awards": list(self.awards),
            "categories": {code: None if exact is None else str(exact) for code, exact in self.categories},
            "missing_items": list(self.missing_items), "open_seats": list(self.open_seats), "sheets": self.sheets,
            "consensus": consensus,
            "came": list(self.came), "gone": list(self.gone), "dissents": self.dissents,
            "published": {"state": self.published, "digest": self.result} if self.published else None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Results:
    """The results of a round.

    `agencies` stand in the order of names; `ranking` in the order of rank and name, those without a rank last;
    `unranked` are the ids of the latter. `state` is `official` while a signed official ranking counts, else `draft`.
    `complete` means: everything expected is here and every agency has its rank.
    """

    round: str
    rehearsal: bool
    state: Literal["draft", "official"]
    roster: str | None
    criteria: str | None
    agencies: tuple[AgencyResult, ...]
    ranking: tuple[AgencyResult, ...]
    unranked: tuple[str, ...]
    board: Board
    problem: str | None = None

    @property
    def complete(self) -> bool:
        """Tell whether nothing is open."""
        return self.board.complete and bool(self.agencies) and not self.unranked and self.criteria is not None

    def of(self, agency: str) -> AgencyResult | None:
        """Return one agency's result."""
        return next((result for result in self.agencies if result.agency == agency), None)

    def to_json(self) -> dict[str, Any]:
        """Return the output of the command `results`: plain data, the same for the same set of documents."""
        return {
            "round": self.round, "rehearsal": self.rehearsal, "state": self.state, "complete": self.complete,
            "problem": self.problem, "roster": self.roster, "criteria": self.criteria,
            "agencies": [result.to_json() for result in self.agencies],
            "ranking": [_ranking_line(result) for result in self.ranking],
            "unranked": list(self.unranked), "board": self.board.to_json(),
        }  # fmt: skip


def _ranking_line(result: AgencyResult) -> dict[str, Any]:
    return {
        "rank": result.rank,
        "agency": result.agency,
        "name_th": result.name_th,
        "exact": None if result.total is None else str(result.total),
        "display": result.display or None,
        "official": result.official or None,
        "level": result.level,
        "state": result.state,
    }


def results(
    view: View,
    criteria: FrozenCriteria | None,
    consensus_of: Callable[[str], Consensus],
    name_key: Callable[[str], Any] = str,
) -> Results:
    """Return the results of a view.

    Args:
        view: what counts.
        criteria: the frozen criteria of `view.criteria_digest`; None while there are none, then nobody has a score.
        consensus_of: gives the consensus document of a digest that the view names.
        name_key: sorts the agencies' Thai names (`pmqa_desktop.thai.sort_key`).
    """
    seen = board(view)
    found = _found(view, criteria, consensus_of, {row.agency: row for row in seen.rows})
    found.sort(key=lambda result: (name_key(result.name_th), result.agency))
    ranked = ranks([result for result in found if result.state == "complete"])
    by_id = {result.agency: result for result in ranked}
    unranked = tuple(result for result in found if result.agency not in by_id)
    ranking = view.current("ranking")
    return Results(
        round=view.round,
        rehearsal=view.rehearsal,
        state="official" if ranking and view.facts[ranking].one("state") == "official" else "draft",
        roster=view.roster_digest,
        criteria=view.criteria_digest,
        agencies=tuple(by_id.get(result.agency, result) for result in found),
        ranking=(*ranked, *unranked),
        unranked=tuple(result.agency for result in unranked),
        board=seen,
        problem=view.problem,
    )


def _found(
    view: View,
    criteria: FrozenCriteria | None,
    consensus_of: Callable[[str], Consensus],
    rows: Mapping[str, BoardRow],
) -> list[AgencyResult]:
    found = []
    for agency in view.roster.agencies if view.roster else ():
        row = rows.get(agency.agency) or _no_panel(agency.agency)
        result = _unscored(view, agency, row)
        if criteria is not None and row.consensus.digest:
            result = _scored(result, criteria, consensus_of(row.consensus.digest), row)
        found.append(result)
    return found


def ranks(complete: Sequence[AgencyResult]) -> tuple[AgencyResult, ...]:
    """Return the results in rank order with their ranks; equal exact totals share one (1, 1, 3).

    Among equals the given order stays.
    """
    ordered = sorted(complete, key=lambda result: -(result.total or Fraction(0)))
    ranked: list[AgencyResult] = []
    for place, result in enumerate(ordered, 1):
        same = bool(ranked) and ranked[-1].total == result.total
        ranked.append(replace(result, rank=ranked[-1].rank if same else place))
    return tuple(ranked)


def _no_panel(agency: str) -> BoardRow:
    """Return the row of an agency that no panel was named for: it awaits everything."""
    return BoardRow(agency, (), BoardCell(agency, "consensus", "", "", "awaited"), revealed=False)


def _unscored(view: View, agency: Agency, row: BoardRow) -> AgencyResult:
    """Return what is known of an agency without its score."""
    cell = row.consensus
    shown = view.current("result", agency.agency)
    official_one = bool(shown) and view.facts[shown].one("state") == "official"
    waits = "awaited" if cell.state == "received" else cell.state
    return AgencyResult(
        agency=agency.agency,
        name_th=agency.name_th,
        name_en=agency.name_en,
        fictitious=agency.fictitious,
        state=cast("AgencyState", waits),
        consensus=cell.digest,
        consensus_seq=cell.seq,
        came=cell.came,
        gone=cell.gone,
        dissents=sum(seat.endorsement == "dissents" for seat in row.seats),
        published="official" if official_one else "draft" if shown else "",
        result=shown,
    )


def _scored(base: AgencyResult, criteria: FrozenCriteria, consensus: Consensus, row: BoardRow) -> AgencyResult:
    """Return the same with the score of its consensus, and whether it can be ranked."""
    body = consensus.body
    score = score_sheet(criteria, {settled.item: settled.answer for settled in body.items})
    explained = {seat.person for seat in body.missing_seats}
    open_seats = tuple(s.person for s in row.seats if not s.received and s.person not in explained)
    sheets = len(body.rests_on)
    enough = sheets >= criteria.settings.quorum_consensus
    return replace(
        base,
        state=_state(row.consensus, score, open_seats, enough),
        total=score.total,
        display="" if score.total is None else display(score.total, criteria),
        official="" if score.total is None else official(score.total, criteria),
        level=score.level,
        awards=score.awards,
        categories=tuple(score.categories.items()),
        missing_items=score.missing,
        open_seats=open_seats,
        sheets=sheets,
        stage=body.stage,
    )


def _state(cell: BoardCell, score: SheetScore, open_seats: tuple[str, ...], enough: bool) -> AgencyState:
    if cell.state == "stale":
        return "stale"
    if score.total is None or score.missing:
        return "incomplete"
    if open_seats:
        return "seats-open"
    return "complete" if enough else "no-quorum"
