# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Make each report of the round and write it to a file, whole or not at all."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.domain.documents import Agency, Consensus, Endorsement, Panel, Scoresheet, Seat
from pmqa_desktop.domain.results import AgencyResult, Results
from pmqa_desktop.domain.scoring import display, score_sheet
from pmqa_desktop.errors import Expected
from pmqa_desktop.progress import Progress
from pmqa_desktop.reports import models
from pmqa_desktop.reports.models import Options, Words
from pmqa_desktop.services.outcome import round_results
from pmqa_desktop.services.reporting.heads import agency_head, round_head, seat_lines
from pmqa_desktop.services.reporting.scores import (
    award_words,
    category_lines,
    level_words,
    merged_texts,
    outcome,
    texts_by_kind,
)
from pmqa_desktop.services.session import RoundInfo, Session
from pmqa_desktop.sync.fingerprint import groups
from pmqa_desktop.text import Language
from pmqa_desktop.thai import Digits, sort_key

if TYPE_CHECKING:
    from pmqa_desktop.reports.attachments import Attachment

ReportName = Literal["feedback", "panel", "minutes", "ranking", "summary", "scoresheet"]
REPORTS: tuple[ReportName, ...] = ("feedback", "panel", "minutes", "ranking", "summary", "scoresheet")


@dataclass(frozen=True, slots=True)
class _Basis:
    """One agency's consensus and what surrounds it."""

    seen: RoundInfo
    agency: Agency
    panel: Panel
    digest: str
    consensus: Consensus
    result: AgencyResult
    found: Results

    @property
    def answers(self) -> Mapping[str, Answer]:
        return {one.item: one.answer for one in self.consensus.body.items}

    @property
    def made_on(self) -> date:
        return datetime.fromisoformat(self.consensus.made_at).date()


class ReportingService:
    """What can be printed and handed over."""

    def __init__(self, session: Session, prove: Callable[[str], bytes | None] | None = None) -> None:
        """Work in an open workspace or registry.

        Args:
            session: The open file.
            prove: Gives the bundle that an agency's feedback report carries, None where nobody can sign one.
        """
        self._session = session
        self._prove = prove

    def save(
        self,
        report: ReportName,
        out: Path,
        *,
        agency: str = "",
        seat: str = "",
        language: Language = "th",
        digits: Digits = "arabic",
    ) -> Path:
        """Write one report as PDF.

        Args:
            report: Which one; all but `ranking` are about one agency, `scoresheet` about one seat of it.
            out: The file to write; one that is there is replaced when the new one is whole.
            agency: The agency's id.
            seat: The seat's name.
            language: The report's language.
            digits: Digits of the program's own numbers in a Thai report.

        Raises:
            Expected: `unknown-agency`; `no-consensus`; `no-sheet`; the trouble of the folder (`cannot-write`).
        """
        # Typesetting is loaded when something is printed, not when the window opens.
        from pmqa_desktop.reports import feedback, minutes, panel_sheet, ranking, scoresheet, summary  # noqa: PLC0415

        options = Options(language, digits)
        makers: Mapping[ReportName, Callable[[], bytes]] = {
            "feedback": lambda: feedback.render(self.feedback(agency), options, self._attachments(agency)),
            "panel": lambda: panel_sheet.render(self.panel_sheet(agency), options),
            "minutes": lambda: minutes.render(self.minutes(agency), options),
            "ranking": lambda: ranking.render(self.ranking(), options),
            "summary": lambda: summary.render(self.public_summary(agency), options),
            "scoresheet": lambda: scoresheet.render(self.scoresheet(agency, seat), options),
        }
        return write_whole(out, makers[report]())

    def workbook(self, out: Path, language: Language = "th") -> Path:
        """Write the round's workbook (XLSX): results, matrix, comments, settings, provenance."""
        from pmqa_desktop.reports import workbook  # noqa: PLC0415

        return write_whole(out, workbook.render(self.round_results(), Options(language)))

    def csv(self, out: Path, language: Language = "th") -> Path:
        """Write the results table as CSV (UTF-8 with byte order mark, as spreadsheets expect)."""
        from pmqa_desktop.reports import tables  # noqa: PLC0415

        return write_whole(out, tables.render(self.round_results(), Options(language)))

    def save_all(
        self, folder: Path, *, language: Language = "th", digits: Digits = "arabic", progress: Progress | None = None
    ) -> tuple[Path, ...]:
        """Write every report of the round into a folder; agencies without a consensus have none.

        Raises:
            Cancelled: what is written stays.
        """
        folder.mkdir(parents=True, exist_ok=True)
        jobs: list[tuple[ReportName, str, str]] = [("ranking", "", "")]
        for result in round_results(self._session).agencies:
            if not result.consensus:
                continue
            jobs += [(name, result.agency, "") for name in ("feedback", "panel", "minutes", "summary")]
            jobs += [("scoresheet", result.agency, seat.seat) for seat in self._signed_seats(result.agency)]
        steps = progress or Progress()
        written = []
        for number, (report, agency, seat) in enumerate(jobs):
            name = "-".join(part for part in (report, agency, seat) if part) + ".pdf"
            steps.step(number, len(jobs), name)
            written.append(self.save(report, folder / name, agency=agency, seat=seat, language=language, digits=digits))
        return tuple(written)

    # ---- filling ----------------------------------------------------------------------------

    def feedback(self, agency: str) -> models.FeedbackReport:
        """Return what the agency reads: no seat's state, no origin of a text."""
        basis = self._basis(agency)
        return models.FeedbackReport(
            round=round_head(basis.seen),
            agency=agency_head(basis.agency, basis.consensus.body.record),
            seats=seat_lines(basis.panel, None, {}),
            outcome=self._outcome(basis),
            categories=self._categories(basis),
            made_on=basis.made_on,
        )

    def panel_sheet(self, agency: str) -> models.PanelSheet:
        """Return the panel's own sheet: matrix, reasons, dissents, fingerprint."""
        basis = self._basis(agency)
        seats = self._seats(basis)
        voting = tuple(line for line in seats if line.state not in ("recused", "awaited", "missing"))
        order = [seat for line in voting for seat in basis.panel.seats if seat.seat == line.seat]
        settings = basis.seen.criteria.settings
        return models.PanelSheet(
            round=round_head(basis.seen),
            agency=agency_head(basis.agency, basis.consensus.body.record),
            seats=seats,
            rows=self._matrix(basis, order),
            categories=self._categories(basis),
            outcome=self._outcome(basis),
            dissents=self._dissents(basis),
            fingerprint=groups(basis.digest),
            revision=basis.consensus.seq,
            have=len(basis.consensus.body.rests_on),
            need=settings.quorum_consensus,
            tolerance=str(settings.tolerance),
            signed_on=datetime.fromisoformat(basis.consensus.made_at),
        )

    def minutes(self, agency: str) -> models.Minutes:
        """Return the minutes of the evaluation."""
        basis = self._basis(agency)
        advice = ((one.item, one.text) for one in basis.consensus.body.comments if one.kind == "recommendation")
        return models.Minutes(
            round=round_head(basis.seen),
            agency=agency_head(basis.agency, basis.consensus.body.record),
            seats=self._seats(basis),
            outcome=self._outcome(basis),
            categories=self._categories(basis),
            recommendations=tuple(advice),
            dissents=self._dissents(basis),
            fingerprint=groups(basis.digest),
            made_on=basis.made_on,
        )

    def public_summary(self, agency: str) -> models.PublicSummary:
        """Return the one page for the public."""
        basis = self._basis(agency)
        return models.PublicSummary(
            round=round_head(basis.seen),
            agency=agency_head(basis.agency, basis.consensus.body.record),
            seats=seat_lines(basis.panel, None, {}),
            outcome=self._outcome(basis),
            made_on=basis.made_on,
        )

    def scoresheet(self, agency: str, seat: str) -> models.ScoresheetRecord:
        """Return one seat's own record.

        Raises:
            Expected: `no-sheet`; the seat has none in force.
        """
        seen = self._session.round()
        panel = seen.panels.get(agency)
        place = next((one for one in panel.seats if one.seat == seat), None) if panel else None
        digest = self._session.current(("scoresheet", agency, place.person)) if place else None
        document = self._session.document(digest) if digest else None
        if place is None or digest is None or not isinstance(document, Scoresheet):
            raise Expected("no-sheet", agency=agency, seat=seat)
        answers = {one.item: one.answer for one in document.body.items}
        texts = texts_by_kind((one.item, one.kind, one.text) for one in document.body.comments)
        return models.ScoresheetRecord(
            round=round_head(seen),
            agency=agency_head(seen.agencies[agency]),
            seat=models.SeatLine(seat, Words(place.title_th, place.title_en)),
            outcome=outcome(seen, score_sheet(seen.criteria, answers), "provisional"),
            categories=category_lines(seen, answers, texts, document.body.evidence),
            revision=document.seq,
            fingerprint=groups(digest),
            signed_on=datetime.fromisoformat(document.made_at),
            after_reveal=document.body.after_reveal,
        )

    def ranking(self) -> models.Ranking:
        """Return the round's ranking, those without a rank last."""
        seen = self._session.round()
        found = round_results(self._session)
        best = seen.criteria.edition.max_score
        rows = tuple(
            models.RankingLine(
                rank="" if row.rank is None else str(row.rank),
                agency=Words(row.name_th, row.name_en),
                total=row.display,
                level=level_words(seen.criteria, row.level),
                level_code=row.level or "",
                awards=award_words(seen.criteria, row.awards),
                state=_state(row),
                note="" if row.rank is not None else row.state,
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
        )

    def round_results(self) -> models.RoundResults:
        """Return all results of the round, for tables."""
        seen = self._session.round()
        found = round_results(self._session)
        rows, comments = [], []
        for row in found.ranking:
            basis = self._basis(row.agency) if row.consensus else None
            rows.append(self._table_row(seen, row, basis))
            for one in basis.consensus.body.comments if basis else ():
                comments.append(models.CommentLine(Words(row.name_th, row.name_en), one.item, one.kind, one.text))
        settings = tuple(
            (setting.key, str(seen.criteria.values[setting.key])) for setting in seen.criteria.edition.settings
        )
        provenance = (
            ("round", seen.round),
            ("roster", seen.roster_digest),
            ("criteria", seen.criteria_digest),
            ("edition", f"{seen.criteria.edition.id} {seen.criteria.edition.digest}"),
            ("state", self._session.documents.state()),
            ("program", self._session.app),
        )
        return models.RoundResults(round_head(seen), tuple(rows), tuple(comments), settings, provenance)

    # ---- inside -----------------------------------------------------------------------------

    def _attachments(self, agency: str) -> "tuple[Attachment, ...]":
        """Return what lets the agency check its own report: the signed result, and nobody's seat."""
        from pmqa_desktop.reports.attachments import Attachment  # noqa: PLC0415

        proof = self._prove(agency) if self._prove is not None else None
        if proof is None:
            return ()
        return (Attachment("result.pmqa", proof, "Signed result, criteria and public extract of the roster"),)

    def _table_row(self, seen: RoundInfo, row: AgencyResult, basis: _Basis | None) -> models.AgencyResult:
        rank = "" if row.rank is None else str(row.rank)
        if basis is None:
            nothing = outcome(seen, score_sheet(seen.criteria, {}), "provisional")
            return models.AgencyResult(agency_head(seen.agencies[row.agency]), nothing, (), rank)
        seats = self._seats(basis)
        voting = [s for line in seats for s in basis.panel.seats if s.seat == line.seat and line.state != "recused"]
        return models.AgencyResult(
            agency_head(basis.agency, basis.consensus.body.record),
            self._outcome(basis),
            self._categories(basis),
            rank,
            tuple(line for line in seats if line.state != "recused"),
            self._matrix(basis, voting),
        )

    def _basis(self, agency: str) -> _Basis:
        seen = self._session.round()
        if agency not in seen.agencies or agency not in seen.panels:
            raise Expected("unknown-agency", agency=agency)
        found = round_results(self._session)
        result = found.of(agency)
        document = self._session.document(result.consensus) if result and result.consensus else None
        if result is None or not isinstance(document, Consensus):
            raise Expected("no-consensus", agency=agency)
        return _Basis(seen, seen.agencies[agency], seen.panels[agency], result.consensus, document, result, found)

    def _outcome(self, basis: _Basis) -> models.Outcome:
        return outcome(basis.seen, score_sheet(basis.seen.criteria, basis.answers), _state(basis.result))

    def _categories(self, basis: _Basis) -> tuple[models.CategoryResult, ...]:
        body = basis.consensus.body
        return category_lines(basis.seen, basis.answers, merged_texts(body.comments), body.evidence)

    def _seats(self, basis: _Basis) -> tuple[models.SeatLine, ...]:
        row = next((one for one in basis.found.board.rows if one.agency == basis.agency.agency), None)
        reasons = {one.person: one.reason for one in basis.consensus.body.missing_seats}
        reasons |= {one.author.person: one.body.reason for one in self._endorsements(basis) if not one.body.agrees}
        for seat in basis.panel.seats:
            told = self._session.current(("declaration", basis.agency.agency, seat.person))
            document = self._session.document(told) if told else None
            if document is not None and getattr(document.body, "state", "") == "recused":
                reasons[seat.person] = getattr(document.body, "text", "")
        return seat_lines(basis.panel, row, reasons)

    def _endorsements(self, basis: _Basis) -> tuple[Endorsement, ...]:
        found = []
        for seat in basis.panel.seats:
            digest = self._session.current(("endorsement", basis.digest, seat.person))
            document = self._session.document(digest) if digest else None
            if isinstance(document, Endorsement):
                found.append(document)
        return tuple(found)

    def _dissents(self, basis: _Basis) -> tuple[models.DissentLine, ...]:
        titles = {seat.person: Words(seat.title_th, seat.title_en) for seat in basis.panel.seats}
        lines = []
        for one in self._endorsements(basis):
            if not one.body.agrees:
                seat = titles[one.author.person]
                if one.body.reason:
                    lines.append(models.DissentLine(seat, one.body.reason))
                lines += [models.DissentLine(seat, item.reason, item.item) for item in one.body.items]
        return tuple(lines)

    def _matrix(self, basis: _Basis, seats: list[Seat]) -> tuple[models.MatrixLine, ...]:
        """Return the panel's matrix from the very sheets that the consensus rests on."""
        criteria = basis.seen.criteria
        sheets = {}
        for digest in basis.consensus.body.rests_on:
            document = self._session.document(digest)
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
                )
            )
        return tuple(lines)

    def _signed_seats(self, agency: str) -> tuple[Seat, ...]:
        view = self._session.view()
        found = []
        for seat in self._session.round().panels[agency].seats:
            cell = view.cells.get(("scoresheet", agency, seat.person))
            if cell is not None and cell.state == "current":
                found.append(seat)
        return tuple(sorted(found, key=lambda seat: sort_key(seat.title_th)))


def _state(result: AgencyResult) -> models.ResultState:
    if result.state != "complete":
        return "provisional"
    return "official" if result.published == "official" else "draft"


def write_whole(out: Path, data: bytes) -> Path:
    """Write a file so that it is the old one or the new one, never half.

    Raises:
        Expected: `cannot-write` (file, why).
    """
    part = out.with_name(out.name + ".part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Expected("cannot-write", file=out.name, why=error.strerror or "") from error
    return out
