# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What each report says, taken from the signed documents: one function per report, plain values out."""

from datetime import datetime

from pmqa_desktop.domain.documents import Ranking, Scoresheet
from pmqa_desktop.domain.results import AgencyResult, Results
from pmqa_desktop.domain.scoring import score_sheet
from pmqa_desktop.errors import Expected
from pmqa_desktop.messages.choices import CHOICES
from pmqa_desktop.reports import models
from pmqa_desktop.reports.models import Words
from pmqa_desktop.services.registry.outcome import STATE_WORDS, round_results
from pmqa_desktop.services.reporting.basis import (
    Basis,
    approval_line,
    basis_of,
    categories_of,
    dissents_of,
    matrix_of,
    outcome_of,
    paper_names,
    result_state,
    seats_of,
    themes_of,
)
from pmqa_desktop.services.reporting.heads import agency_head, both, round_head, seat_lines
from pmqa_desktop.services.reporting.scores import award_words, category_lines, level_words, outcome, texts_by_kind
from pmqa_desktop.services.session import RoundInfo, Session
from pmqa_desktop.sync.fingerprint import groups
from pmqa_desktop.text import N_

_CONSENSUS = N_("Consensus on {agency}")
_SHEET = N_("Score sheet on {agency}")


def feedback_report(session: Session, agency: str) -> models.FeedbackReport:
    """Return what the agency reads: no seat's state, no origin of a text."""
    basis = basis_of(session, agency)
    return models.FeedbackReport(
        round=round_head(basis.seen),
        agency=agency_head(basis.agency, basis.consensus.body.record),
        seats=seat_lines(basis.panel, None, {}),
        outcome=outcome_of(basis),
        categories=categories_of(basis),
        themes=themes_of(basis),
        made_on=basis.made_on,
    )


def panel_sheet(session: Session, agency: str) -> models.PanelSheet:
    """Return the panel's own sheet: matrix, reasons, dissents, fingerprint."""
    basis = basis_of(session, agency)
    seats = seats_of(session, basis)
    voting = tuple(line for line in seats if line.state not in ("recused", "awaited", "missing"))
    order = [seat for line in voting for seat in basis.panel.seats if seat.seat == line.seat]
    settings = basis.seen.criteria.settings
    return models.PanelSheet(
        round=round_head(basis.seen),
        agency=agency_head(basis.agency, basis.consensus.body.record),
        seats=seats,
        rows=matrix_of(session, basis, order),
        categories=categories_of(basis),
        outcome=outcome_of(basis),
        dissents=dissents_of(session, basis),
        fingerprint=groups(basis.digest),
        revision=basis.consensus.seq,
        have=len(basis.consensus.body.rests_on),
        need=settings.quorum_consensus,
        tolerance=str(settings.tolerance),
        signed_on=datetime.fromisoformat(basis.consensus.made_at),
    )


def minutes(session: Session, agency: str) -> models.Minutes:
    """Return the minutes of the evaluation."""
    basis = basis_of(session, agency)
    advice = ((one.item, one.text) for one in basis.consensus.body.comments if one.kind == "recommendation")
    return models.Minutes(
        round=round_head(basis.seen),
        agency=agency_head(basis.agency, basis.consensus.body.record),
        seats=seats_of(session, basis),
        outcome=outcome_of(basis),
        categories=categories_of(basis),
        recommendations=tuple(advice),
        dissents=dissents_of(session, basis),
        fingerprint=groups(basis.digest),
        made_on=basis.made_on,
    )


def public_summary(session: Session, agency: str) -> models.PublicSummary:
    """Return the one page for the public."""
    basis = basis_of(session, agency)
    return models.PublicSummary(
        round=round_head(basis.seen),
        agency=agency_head(basis.agency, basis.consensus.body.record),
        seats=seat_lines(basis.panel, None, {}),
        outcome=outcome_of(basis),
        made_on=basis.made_on,
    )


def scoresheet(session: Session, agency: str, seat: str) -> models.ScoresheetRecord:
    """Return one seat's own record.

    Raises:
        Expected: `no-sheet`; the seat has none in force.
    """
    seen = session.round()
    panel = seen.panels.get(agency)
    place = next((one for one in panel.seats if one.seat == seat), None) if panel else None
    digest = session.current(("scoresheet", agency, place.person)) if place else None
    document = session.document(digest) if digest else None
    if place is None or digest is None or not isinstance(document, Scoresheet):
        raise Expected("no-sheet", agency=agency, seat=seat)
    answers = {one.item: one.answer for one in document.body.items}
    texts = texts_by_kind((one.item, one.kind, one.text) for one in document.body.comments)
    return models.ScoresheetRecord(
        round=round_head(seen),
        agency=agency_head(seen.agencies[agency]),
        seat=models.SeatLine(seat, Words(place.title_th, place.title_en)),
        outcome=outcome(seen, score_sheet(seen.criteria, answers), "provisional"),
        categories=category_lines(seen, answers, texts, document.body.evidence, paper_names(session, agency)),
        revision=document.seq,
        fingerprint=groups(digest),
        signed_on=datetime.fromisoformat(document.made_at),
        after_reveal=document.body.after_reveal,
    )


def ranking(session: Session) -> models.Ranking:
    """Return the round's ranking, those without a rank last."""
    seen = session.round()
    found = round_results(session)
    best = seen.criteria.edition.max_score
    rows = tuple(
        models.RankingLine(
            rank="" if row.rank is None else str(row.rank),
            agency=Words(row.name_th, row.name_en),
            total=row.display,
            level=level_words(seen.criteria, row.level),
            level_code=row.level or "",
            awards=award_words(seen.criteria, row.awards),
            state=result_state(row),
            note=Words("") if row.rank is not None else both(STATE_WORDS[row.state]),
            fraction=None if row.total is None else row.total / best,
            ministry=seen.agencies[row.agency].ministry_th,
        )
        for row in found.ranking
    )
    return models.Ranking(
        round=round_head(seen),
        rows=rows,
        ladder=outcome(seen, score_sheet(seen.criteria, {}), "draft").ladder,
        expected=found.board.expected,
        received=found.board.received,
        approval=_ranking_approval(session, found),
    )


def _ranking_approval(session: Session, found: Results) -> models.ApprovalLine | None:
    """Return the approval of the signed ranking, if it ranks the very results that are shown."""
    digest = session.current(("ranking",))
    signed = session.document(digest) if digest else None
    if not isinstance(signed, Ranking):
        return None
    shown = [(row.rank, row.agency, row.result) for row in found.ranking if row.rank is not None]
    same = [(row.rank, row.agency, row.result) for row in signed.body.rows] == shown
    return approval_line(signed.body.approval) if same else None


def all_results(session: Session) -> models.RoundResults:
    """Return all results of the round, for tables."""
    seen = session.round()
    found = round_results(session)
    rows, comments = [], []
    rested: list[tuple[Words, Words]] = []
    for row in found.ranking:
        basis = basis_of(session, row.agency) if row.consensus else None
        rows.append(_table_row(session, seen, row, basis))
        if basis is not None:
            rested.append((_about(_CONSENSUS, row), Words(basis.digest)))
            rested += [(_about(_SHEET, row), Words(digest)) for digest in basis.consensus.body.rests_on]
        for one in basis.consensus.body.comments if basis else ():
            comments.append(models.CommentLine(Words(row.name_th, row.name_en), one.item, one.kind, one.text))
    settings = tuple(
        (Words(setting.title_th, setting.title_en), _value(seen.criteria.values[setting.key]))
        for setting in seen.criteria.edition.settings
    )
    sources = (
        (N_("Round"), seen.round),
        (N_("Roster"), seen.roster_digest),
        (N_("Criteria"), seen.criteria_digest),
        (N_("Edition"), f"{seen.criteria.edition.id} {seen.criteria.edition.digest}"),
        (N_("State of all documents"), session.documents.state()),
        (N_("Program"), session.app),
    )
    provenance = (*((both(name), Words(value)) for name, value in sources), *rested)
    return models.RoundResults(round_head(seen), tuple(rows), tuple(comments), settings, provenance)


def _about(message: str, row: AgencyResult) -> Words:
    words, name = both(message), Words(row.name_th, row.name_en)
    return Words(words.th.format(agency=name.th), words.en.format(agency=name.told("en")))


def _value(value: object) -> Words:
    """Return the value of a setting in words where it has any."""
    if isinstance(value, bool):
        return both(N_("yes") if value else N_("no"))
    if isinstance(value, list | tuple):
        return Words(" ".join(map(str, value)))
    return both(CHOICES[value]) if isinstance(value, str) and value in CHOICES else Words(str(value))


def _table_row(session: Session, seen: RoundInfo, row: AgencyResult, basis: Basis | None) -> models.AgencyResult:
    rank = "" if row.rank is None else str(row.rank)
    if basis is None:
        nothing = outcome(seen, score_sheet(seen.criteria, {}), "provisional")
        return models.AgencyResult(agency_head(seen.agencies[row.agency]), nothing, (), rank)
    seats = seats_of(session, basis)
    voting = [s for line in seats for s in basis.panel.seats if s.seat == line.seat and line.state != "recused"]
    return models.AgencyResult(
        agency_head(basis.agency, basis.consensus.body.record),
        outcome_of(basis),
        categories_of(basis),
        rank,
        tuple(line for line in seats if line.state != "recused"),
        matrix_of(session, basis, voting),
    )
