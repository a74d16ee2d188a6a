# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What stands at the head of every report: the round, the agency, the seats."""

from collections.abc import Mapping
from datetime import datetime

from pmqa_desktop.domain import documents as signed
from pmqa_desktop.domain.board import BoardRow
from pmqa_desktop.reports.models import (
    AgencyHead,
    AwardWonLine,
    RoundHead,
    SeatLine,
    SeatState,
    SessionRecord,
    Words,
)
from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.text import translator


def both(message: str) -> Words:
    """Return a message of the catalogue in both languages."""
    return Words(translator("th")(message), translator("en")(message))


def round_head(seen: RoundInfo) -> RoundHead:
    """Return what every page says about the round."""
    head = seen.criteria.edition.head
    unconfirmed = not seen.criteria.settings.wording_confirmed
    return RoundHead(
        title=Words(seen.title_th, seen.title_en),
        year_be=seen.year_be,
        rehearsal=seen.rehearsal,
        edition=Words(f"{head.name} {head.title_th}", f"{head.name} {head.title_en}"),
        notice=Words(head.notice_th, head.notice_en) if unconfirmed else Words(""),
        owner=Words(head.owner_th, head.owner_en),
        max_score=str(seen.criteria.edition.max_score),
        confidentiality=seen.roster.confidentiality,
    )


def agency_head(agency: signed.Agency, record: signed.Session | None = None) -> AgencyHead:
    """Return who is evaluated; `record` is the evaluation as held, else as planned in the roster."""
    return AgencyHead(
        agency=agency.agency,
        name=Words(agency.name_th, agency.name_en),
        short=agency.short_th,
        ministry=agency.ministry_th,
        fictitious=agency.fictitious,
        history=tuple(AwardWonLine(won.year_be, Words(won.title_th), won.category) for won in agency.award_history),
        dimensions=agency.dimensions_th,
        mechanisms=agency.mechanisms,
        session=_session(record or agency.session),
    )


def _session(record: signed.Session | None) -> SessionRecord | None:
    if record is None:
        return None
    return SessionRecord(
        date=datetime.fromisoformat(record.date),
        mode=record.mode,
        platform=record.platform,
        venue=record.venue_th,
        represented_by=record.represented_by_th,
        on_behalf_of=record.on_behalf_of_th,
        highlights=record.highlights_th,
    )


def seat_lines(panel: signed.Panel, row: BoardRow | None, reasons: Mapping[str, str]) -> tuple[SeatLine, ...]:
    """Return the panel's seats by office, each with what has come from it.

    Args:
        panel: The panel.
        row: The agency's line of the board; None prints the seats alone.
        reasons: Per person: why recused, missing or of another mind.
    """
    cells = {cell.person: cell for cell in row.seats} if row else {}
    lines = []
    for seat in panel.seats:
        cell = cells.get(seat.person)
        state: SeatState = "signed"
        if cell is not None:
            state = _state(cell.state, cell.endorsement)
        if state == "awaited" and reasons.get(seat.person):
            state = "missing"
        title = Words(seat.title_th, seat.title_en)
        lines.append(SeatLine(seat.seat, title, state, reason=reasons.get(seat.person, "")))
    return tuple(lines)


def _state(state: str, endorsement: str) -> SeatState:
    if state == "recused":
        return "recused"
    if state != "received":
        return "awaited"
    words: Mapping[str, SeatState] = {"agrees": "agrees", "dissents": "dissents"}
    return words.get(endorsement, "signed")
