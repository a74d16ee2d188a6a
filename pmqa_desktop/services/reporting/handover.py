# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The papers that go along with files: fingerprint pages, letters to the seats, the self-test's page, cover memos."""

from datetime import date, datetime

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.documents import AnyDocument, Panel, RosterBody, Seat
from pmqa_desktop.domain.trust import roster_of
from pmqa_desktop.errors import Expected
from pmqa_desktop.reports import models
from pmqa_desktop.reports.models import Words
from pmqa_desktop.services.readiness import self_checks
from pmqa_desktop.services.reporting.basis import basis_of, outcome_of
from pmqa_desktop.services.reporting.heads import agency_head, both, round_head
from pmqa_desktop.services.session import RoundInfo, Session
from pmqa_desktop.sync.fingerprint import groups
from pmqa_desktop.text import N_

_SECRETARIAT = N_("Secretariat")
_APPROVER = N_("Chair of the approving body")


def fingerprint_page(session: Session, agency: str = "", seat: str = "") -> models.FingerprintPage:
    """Return the page of a seat's sheet, of an agency's consensus, or of the round's first roster.

    Raises:
        Expected: `unknown-agency`; `unknown-seat`; `no-sheet`; `no-consensus`.
    """
    seen = session.round()
    if not agency:
        digest = session.view().chain[0]
        signed_on = _signed_on(session.document(digest))
        return models.FingerprintPage(
            round_head(seen), "roster", digest, groups(digest), revision=1, signed_on=signed_on
        )
    if seat:
        place = seat_of(_panel(seen, agency), seat)
        found = session.current(("scoresheet", agency, place.person))
        document = session.document(found) if found else None
        if found is None or document is None:
            raise Expected("no-sheet", agency=agency, seat=seat)
        line = models.SeatLine(seat, Words(place.title_th, place.title_en))
        return _page(seen, "scoresheet", agency, found, document, line)
    basis = basis_of(session, agency)
    return _page(seen, "consensus", agency, basis.digest, basis.consensus)


def first_roster_page(first: Admitted) -> models.FingerprintPage:
    """Return the page of a first roster that was just signed, before its round is open anywhere.

    Nothing is said of the criteria: this page tells one document from another.
    """
    roster = roster_of(first)
    body = roster.body
    head = models.RoundHead(
        title=Words(body.title_th, body.title_en),
        year_be=body.year_be,
        rehearsal=roster.rehearsal,
        edition=Words(""),
        notice=Words(""),
        owner=secretariat_office(body),
        max_score="",
        confidentiality=body.confidentiality,
    )
    told = groups(first.digest)
    return models.FingerprintPage(head, "roster", first.digest, told, revision=1, signed_on=_signed_on(roster))


def _page(
    seen: RoundInfo,
    subject: models.FingerprintSubject,
    agency: str,
    digest: str,
    document: AnyDocument,
    seat: models.SeatLine | None = None,
) -> models.FingerprintPage:
    return models.FingerprintPage(
        round=round_head(seen),
        subject=subject,
        digest=digest,
        fingerprint=groups(digest),
        agency=agency_head(seen.agencies[agency]),
        seat=seat,
        revision=document.seq,
        signed_on=_signed_on(document),
    )


def _signed_on(document: AnyDocument | None) -> datetime | None:
    return datetime.fromisoformat(document.made_at) if document is not None else None


def seat_letter(session: Session, seat: str, agency: str = "") -> models.SeatLetter:
    """Return the letter to whoever holds a seat, with all agencies that this person is to judge.

    Args:
        session: The open file.
        seat: The seat's name.
        agency: Whose panel the seat is on; needed where different persons hold seats of one name.

    Raises:
        Expected: `unknown-agency`; `unknown-seat`.
    """
    seen = session.round()
    panels = [_panel(seen, agency)] if agency else list(seen.panels.values())
    place = next((one for panel in panels for one in panel.seats if one.seat == seat), None)
    if place is None:
        raise Expected("unknown-seat", seat=seat)
    judged = [name for name, panel in seen.panels.items() if any(one.person == place.person for one in panel.seats)]
    digest = session.view().chain[0]
    due = next((one.date for one in seen.roster.due if one.what == "scoresheet"), "")
    return models.SeatLetter(
        round=round_head(seen),
        seat=models.SeatLine(seat, Words(place.title_th, place.title_en)),
        agencies=tuple(agency_head(seen.agencies[name]) for name in judged),
        digest=digest,
        fingerprint=groups(digest),
        signer=secretariat_office(seen.roster),
        due=date.fromisoformat(due) if due else None,
    )


def readiness_page(session: Session) -> models.ReadinessPage:
    """Try what the program needs, but for the window, and return what came of it."""
    lines = tuple(models.ReadinessLine(one.name, one.state, one.message, one.found) for one in self_checks())
    return models.ReadinessPage(round_head(session.round()), lines, session.app, session.clock())


def cover_memo(session: Session, agency: str) -> models.CoverMemo:
    """Return the memo over an agency's minutes.

    Raises:
        Expected: `unknown-agency`; `no-consensus`.
    """
    basis = basis_of(session, agency)
    office = secretariat_office(basis.seen.roster)
    return models.CoverMemo(
        round=round_head(basis.seen),
        agency=agency_head(basis.agency, basis.consensus.body.record),
        outcome=outcome_of(basis),
        office=office,
        to=both(_APPROVER),
        signer=office,
        made_on=basis.made_on,
    )


def secretariat_office(roster: RosterBody) -> Words:
    """Return the office of the round's secretariat, as the roster tells it."""
    for person in roster.persons:
        if person.person in roster.secretariat and person.office_th:
            return Words(person.office_th, person.office_en)
    return both(_SECRETARIAT)


def _panel(seen: RoundInfo, agency: str) -> Panel:
    if agency not in seen.agencies or agency not in seen.panels:
        raise Expected("unknown-agency", agency=agency)
    return seen.panels[agency]


def seat_of(panel: Panel, seat: str) -> Seat:
    """Return a seat of a panel by its name.

    Raises:
        Expected: `unknown-seat`.
    """
    found = next((one for one in panel.seats if one.seat == seat), None)
    if found is None:
        raise Expected("unknown-seat", seat=seat)
    return found
