# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Make each report of the round and write it to a file, whole or not at all."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from pmqa_desktop.domain.documents import Scoresheet, Seat
from pmqa_desktop.domain.results import AgencyResult
from pmqa_desktop.domain.scoring import score_sheet
from pmqa_desktop.errors import Expected
from pmqa_desktop.paths import replace_file
from pmqa_desktop.progress import Progress
from pmqa_desktop.reports import models
from pmqa_desktop.reports.models import Options, Words
from pmqa_desktop.services.registry.outcome import STATE_WORDS, round_results
from pmqa_desktop.services.reporting import handover
from pmqa_desktop.services.reporting.basis import (
    Basis,
    basis_of,
    categories_of,
    dissents_of,
    matrix_of,
    outcome_of,
    result_state,
    seats_of,
    themes_of,
)
from pmqa_desktop.services.reporting.heads import agency_head, both, round_head, seat_lines
from pmqa_desktop.services.reporting.scores import (
    award_words,
    category_lines,
    level_words,
    outcome,
    texts_by_kind,
)
from pmqa_desktop.services.session import RoundInfo, Session
from pmqa_desktop.sync.fingerprint import groups
from pmqa_desktop.system import reason
from pmqa_desktop.text import Language
from pmqa_desktop.thai import Digits, sort_key

if TYPE_CHECKING:
    from pmqa_desktop.reports.attachments import Attachment

ReportName = Literal[
    "feedback", "panel", "minutes", "ranking", "summary", "scoresheet", "memo", "letter", "fingerprint", "readiness"
]
REPORTS: tuple[ReportName, ...] = get_args(ReportName)
ABOUT_THE_ROUND: frozenset[ReportName] = frozenset({"ranking", "letter", "fingerprint", "readiness"})
"""Reports that need no agency."""
OF_A_SEAT: frozenset[ReportName] = frozenset({"scoresheet", "letter"})
"""Reports that need a seat."""


class ReportingService:
    """What can be printed and handed over."""

    def __init__(
        self,
        session: Session,
        prove: Callable[[str], bytes | None] | None = None,
        trace: Callable[[str], bytes | None] | None = None,
    ) -> None:
        """Work in an open workspace or registry.

        Args:
            session: The open file.
            prove: Gives the bundle that an agency's feedback report carries, None where nobody can sign one.
            trace: Gives the bundle that the panel's own copy carries, None as above.
        """
        self._session = session
        self._prove = prove
        self._trace = trace

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
            report: Which one. All but those of `ABOUT_THE_ROUND` are about one agency, those of `OF_A_SEAT` about a
                seat; a fingerprint page is of the first roster, an agency's consensus or a seat's sheet.
            out: The file to write; one that is there is replaced when the new one is whole.
            agency: The agency's id.
            seat: The seat's name.
            language: The report's language.
            digits: Digits of the program's own numbers in a Thai report.

        Raises:
            Expected: `unknown-agency`; `unknown-seat`; `no-consensus`; `no-sheet`;
                the trouble of the folder (`cannot-write`).
        """
        return write_whole(out, self.prepare(report, agency=agency, seat=seat, language=language, digits=digits)())

    def prepare(
        self,
        report: ReportName,
        *,
        agency: str = "",
        seat: str = "",
        language: Language = "th",
        digits: Digits = "arabic",
    ) -> Callable[[], bytes]:
        """Take everything a report says out of the store, and return what sets it.

        What is returned gives the PDF's bytes; it touches neither the store nor the disk, so that any thread can
        call it. Arguments and errors are those of `save`.
        """
        # Typesetting is loaded when something is printed, not when the window opens.
        from pmqa_desktop.reports import (  # noqa: PLC0415
            feedback,
            fingerprint_page,
            memo,
            minutes,
            panel_sheet,
            ranking,
            readiness_page,
            scoresheet,
            seat_letter,
            summary,
        )

        told, session = Options(language, digits), self._session
        fillers: Mapping[ReportName, Callable[[], Callable[[], bytes]]] = {
            "feedback": lambda: partial(feedback.render, self.feedback(agency), told, self._attachments(agency)),
            "panel": lambda: partial(panel_sheet.render, self.panel_sheet(agency), told, self._lineage(agency)),
            "minutes": lambda: partial(minutes.render, self.minutes(agency), told),
            "ranking": lambda: partial(ranking.render, self.ranking(), told),
            "summary": lambda: partial(summary.render, self.public_summary(agency), told),
            "scoresheet": lambda: partial(scoresheet.render, self.scoresheet(agency, seat), told),
            "memo": lambda: partial(memo.render, handover.cover_memo(session, agency), told),
            "letter": lambda: partial(seat_letter.render, handover.seat_letter(session, seat, agency), told),
            "fingerprint": lambda: partial(
                fingerprint_page.render, handover.fingerprint_page(session, agency, seat), told
            ),
            "readiness": lambda: partial(readiness_page.render, handover.readiness_page(session), told),
        }
        return fillers[report]()

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
            Expected: `cannot-write`.
        """
        jobs: list[tuple[ReportName, str, str]] = [("ranking", "", ""), ("fingerprint", "", "")]
        jobs += [("letter", "", seat) for seat in self._seat_names()]
        for result in round_results(self._session).agencies:
            if not result.consensus:
                continue
            jobs += [(name, result.agency, "") for name in ("feedback", "panel", "minutes", "memo", "summary")]
            jobs.append(("fingerprint", result.agency, ""))
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
        basis = basis_of(self._session, agency)
        return models.FeedbackReport(
            round=round_head(basis.seen),
            agency=agency_head(basis.agency, basis.consensus.body.record),
            seats=seat_lines(basis.panel, None, {}),
            outcome=outcome_of(basis),
            categories=categories_of(basis),
            themes=themes_of(basis),
            made_on=basis.made_on,
        )

    def panel_sheet(self, agency: str) -> models.PanelSheet:
        """Return the panel's own sheet: matrix, reasons, dissents, fingerprint."""
        basis = basis_of(self._session, agency)
        seats = seats_of(self._session, basis)
        voting = tuple(line for line in seats if line.state not in ("recused", "awaited", "missing"))
        order = [seat for line in voting for seat in basis.panel.seats if seat.seat == line.seat]
        settings = basis.seen.criteria.settings
        return models.PanelSheet(
            round=round_head(basis.seen),
            agency=agency_head(basis.agency, basis.consensus.body.record),
            seats=seats,
            rows=matrix_of(self._session, basis, order),
            categories=categories_of(basis),
            outcome=outcome_of(basis),
            dissents=dissents_of(self._session, basis),
            fingerprint=groups(basis.digest),
            revision=basis.consensus.seq,
            have=len(basis.consensus.body.rests_on),
            need=settings.quorum_consensus,
            tolerance=str(settings.tolerance),
            signed_on=datetime.fromisoformat(basis.consensus.made_at),
        )

    def minutes(self, agency: str) -> models.Minutes:
        """Return the minutes of the evaluation."""
        basis = basis_of(self._session, agency)
        advice = ((one.item, one.text) for one in basis.consensus.body.comments if one.kind == "recommendation")
        return models.Minutes(
            round=round_head(basis.seen),
            agency=agency_head(basis.agency, basis.consensus.body.record),
            seats=seats_of(self._session, basis),
            outcome=outcome_of(basis),
            categories=categories_of(basis),
            recommendations=tuple(advice),
            dissents=dissents_of(self._session, basis),
            fingerprint=groups(basis.digest),
            made_on=basis.made_on,
        )

    def public_summary(self, agency: str) -> models.PublicSummary:
        """Return the one page for the public."""
        basis = basis_of(self._session, agency)
        return models.PublicSummary(
            round=round_head(basis.seen),
            agency=agency_head(basis.agency, basis.consensus.body.record),
            seats=seat_lines(basis.panel, None, {}),
            outcome=outcome_of(basis),
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
        )

    def round_results(self) -> models.RoundResults:
        """Return all results of the round, for tables."""
        seen = self._session.round()
        found = round_results(self._session)
        rows, comments = [], []
        rested: list[tuple[str, str]] = []
        for row in found.ranking:
            basis = basis_of(self._session, row.agency) if row.consensus else None
            rows.append(self._table_row(seen, row, basis))
            if basis is not None:
                rested.append((f"consensus {row.agency}", basis.digest))
                rested += [(f"scoresheet {row.agency}", digest) for digest in basis.consensus.body.rests_on]
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
            *rested,
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

    def _lineage(self, agency: str) -> "tuple[Attachment, ...]":
        """Return what lets the panel check its own copy: every document that the consensus rests on."""
        from pmqa_desktop.reports.attachments import Attachment  # noqa: PLC0415

        whole = self._trace(agency) if self._trace is not None else None
        if whole is None:
            return ()
        return (Attachment("consensus.pmqa", whole, "Consensus, sheets, declarations, criteria and roster"),)

    def _table_row(self, seen: RoundInfo, row: AgencyResult, basis: Basis | None) -> models.AgencyResult:
        rank = "" if row.rank is None else str(row.rank)
        if basis is None:
            nothing = outcome(seen, score_sheet(seen.criteria, {}), "provisional")
            return models.AgencyResult(agency_head(seen.agencies[row.agency]), nothing, (), rank)
        seats = seats_of(self._session, basis)
        voting = [s for line in seats for s in basis.panel.seats if s.seat == line.seat and line.state != "recused"]
        return models.AgencyResult(
            agency_head(basis.agency, basis.consensus.body.record),
            outcome_of(basis),
            categories_of(basis),
            rank,
            tuple(line for line in seats if line.state != "recused"),
            matrix_of(self._session, basis, voting),
        )

    def _seat_names(self) -> tuple[str, ...]:
        """Return the names of all seats, each once, in the order of the panels."""
        panels = self._session.round().panels.values()
        return tuple(dict.fromkeys(seat.seat for panel in panels for seat in panel.seats))

    def _signed_seats(self, agency: str) -> tuple[Seat, ...]:
        view = self._session.view()
        found = []
        for seat in self._session.round().panels[agency].seats:
            cell = view.cells.get(("scoresheet", agency, seat.person))
            if cell is not None and cell.state == "current":
                found.append(seat)
        return tuple(sorted(found, key=lambda seat: sort_key(seat.title_th)))


def write_whole(out: Path, data: bytes) -> Path:
    """Write a file so that it is the old one or the new one, never half.

    Raises:
        Expected: `cannot-write` (file, why).
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        return replace_file(out, data)
    except OSError as error:
        raise Expected("cannot-write", file=out.name, why=reason(error)) from error
