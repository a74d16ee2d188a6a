# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""One agency's consensus and what surrounds it: seats, dissent, matrix, outcome."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from pmqa_desktop.domain.answers import WHOLE_AGENCY, Answer, CommentKind
from pmqa_desktop.domain.documents import (
    Agency,
    Approval,
    Assignment,
    Consensus,
    Endorsement,
    Panel,
    Result,
    Scoresheet,
    Seat,
)
from pmqa_desktop.domain.results import AgencyResult, Results
from pmqa_desktop.domain.scoring import display, score_sheet
from pmqa_desktop.errors import Expected
from pmqa_desktop.reports import models
from pmqa_desktop.reports.models import Words
from pmqa_desktop.services.registry.outcome import round_results
from pmqa_desktop.services.reporting.heads import seat_lines
from pmqa_desktop.services.reporting.scores import category_lines, level_words, merged_texts, outcome
from pmqa_desktop.services.session import RoundInfo, Session


@dataclass(frozen=True, slots=True)
class Basis:
    """One agency's consensus and what surrounds it."""

    seen: RoundInfo
    agency: Agency
    panel: Panel
    digest: str
    consensus: Consensus
    result: AgencyResult
    found: Results
    approval: models.ApprovalLine | None
    papers: Mapping[str, str]

    @property
    def answers(self) -> Mapping[str, Answer]:
        """The settled judgement by item."""
        return {one.item: one.answer for one in self.consensus.body.items}

    @property
    def made_on(self) -> date:
        """The day on which the chair signed."""
        return datetime.fromisoformat(self.consensus.made_at).date()


def basis_of(session: Session, agency: str) -> Basis:
    """Return an agency's consensus in force.

    Raises:
        Expected: `unknown-agency`; `no-consensus`.
    """
    seen = session.round()
    if agency not in seen.agencies or agency not in seen.panels:
        raise Expected("unknown-agency", agency=agency)
    found = round_results(session)
    result = found.of(agency)
    document = session.document(result.consensus) if result and result.consensus else None
    if result is None or not isinstance(document, Consensus):
        raise Expected("no-consensus", agency=agency)
    return Basis(
        seen=seen,
        agency=seen.agencies[agency],
        panel=seen.panels[agency],
        digest=result.consensus,
        consensus=document,
        result=result,
        found=found,
        approval=_approval_of(session, result),
        papers=paper_names(session, agency),
    )


def _approval_of(session: Session, result: AgencyResult) -> models.ApprovalLine | None:
    signed = session.document(result.result) if result.published == "official" else None
    return approval_line(signed.body.approval) if isinstance(signed, Result) else None


def approval_line(approval: Approval | None) -> models.ApprovalLine | None:
    """Return an approving act as a report tells it; the signed day is any text, so it may be no day."""
    if approval is None:
        return None
    try:
        day: date | str = date.fromisoformat(approval.date)
    except ValueError:
        day = approval.date
    return models.ApprovalLine(approval.body, approval.meeting, day)


def paper_names(session: Session, agency: str) -> Mapping[str, str]:
    """Return the names of an agency's papers by digest where there are several: of a single one a page says enough."""
    found: dict[str, str] = {}
    for slot in session.view().cells:
        digest = session.current(slot) if slot[0] == "assignment" else None
        document = session.document(digest) if digest else None
        if isinstance(document, Assignment):
            given = (one for one in document.body.agencies if one.agency == agency)
            found.update((paper.digest, paper.name) for one in given for paper in one.papers)
    return found if len(found) > 1 else {}


def outcome_of(basis: Basis) -> models.Outcome:
    """Return the total with its level, whether it is official, and by whose approval."""
    found = outcome(basis.seen, score_sheet(basis.seen.criteria, basis.answers), result_state(basis.result))
    return replace(found, approval=basis.approval if found.state == "official" else None)


def categories_of(basis: Basis) -> tuple[models.CategoryResult, ...]:
    """Return the categories with their items as settled."""
    body = basis.consensus.body
    return category_lines(basis.seen, basis.answers, merged_texts(body.comments), body.evidence, basis.papers)


def themes_of(basis: Basis) -> models.Themes:
    """Return the key themes: the panel's texts on the agency as a whole."""
    texts = merged_texts(basis.consensus.body.comments)

    def written(kind: CommentKind) -> tuple[str, ...]:
        return texts.get((WHOLE_AGENCY, kind), ())

    return models.Themes(written("strength"), written("ofi"), written("recommendation"), written("site_visit_issue"))


def seats_of(session: Session, basis: Basis) -> tuple[models.SeatLine, ...]:
    """Return the seats with what came from each, and why one is missing, recused or of another mind."""
    row = next((one for one in basis.found.board.rows if one.agency == basis.agency.agency), None)
    reasons = {one.person: one.reason for one in basis.consensus.body.missing_seats}
    reasons |= {one.author.person: one.body.reason for one in _endorsements(session, basis) if not one.body.agrees}
    for seat in basis.panel.seats:
        told = session.current(("declaration", basis.agency.agency, seat.person))
        document = session.document(told) if told else None
        if document is not None and getattr(document.body, "state", "") == "recused":
            reasons[seat.person] = getattr(document.body, "text", "")
    return seat_lines(basis.panel, row, reasons)


def _endorsements(session: Session, basis: Basis) -> tuple[Endorsement, ...]:
    found = []
    for seat in basis.panel.seats:
        digest = session.current(("endorsement", basis.digest, seat.person))
        document = session.document(digest) if digest else None
        if isinstance(document, Endorsement):
            found.append(document)
    return tuple(found)


def dissents_of(session: Session, basis: Basis) -> tuple[models.DissentLine, ...]:
    """Return the signed dissents, with the whole and with single items."""
    titles = {seat.person: Words(seat.title_th, seat.title_en) for seat in basis.panel.seats}
    lines = []
    for one in _endorsements(session, basis):
        if not one.body.agrees:
            seat = titles[one.author.person]
            if one.body.reason:
                lines.append(models.DissentLine(seat, one.body.reason))
            lines += [models.DissentLine(seat, item.reason, item.item) for item in one.body.items]
    return tuple(lines)


def matrix_of(session: Session, basis: Basis, seats: list[Seat]) -> tuple[models.MatrixLine, ...]:
    """Return the panel's matrix from the very sheets that the consensus rests on."""
    criteria = basis.seen.criteria
    sheets = {}
    for digest in basis.consensus.body.rests_on:
        document = session.document(digest)
        if isinstance(document, Scoresheet):
            answers = {one.item: one.answer for one in document.body.items}
            sheets[document.author.person] = score_sheet(criteria, answers)
    settled = {one.item: one for one in basis.consensus.body.items}
    final = score_sheet(criteria, basis.answers)
    lines = []
    for item in criteria.edition.items:
        cells = [sheets[s.person].items[item.code].exact if s.person in sheets else None for s in seats]
        given = [cell for cell in cells if cell is not None]
        wide = max(given) - min(given) if len(given) > 1 else None
        exact = final.items[item.code].exact

        def share(value: Fraction | None, best: int = item.max_score) -> Fraction | None:
            return None if value is None else value / best

        lines.append(
            models.MatrixLine(
                code=item.code,
                title=Words(item.title_th, item.title_en),
                scores=tuple("" if cell is None else display(cell, criteria) for cell in cells),
                settled="" if exact is None else display(exact, criteria),
                level=level_words(criteria, final.items[item.code].level),
                level_code=final.items[item.code].level or "",
                spread="" if wide is None else display(wide, criteria),
                over=wide is not None and wide >= criteria.settings.tolerance,
                reason=settled[item.code].reason if item.code in settled else "",
                fractions=tuple(share(cell) for cell in cells),
                settled_fraction=share(exact),
                has_levels=bool(item.levels),
            )
        )
    return tuple(lines)


def result_state(result: AgencyResult) -> models.ResultState:
    """Return whether a result is official, a draft, or not yet complete."""
    if result.state != "complete":
        return "provisional"
    return "official" if result.published == "official" else "draft"
