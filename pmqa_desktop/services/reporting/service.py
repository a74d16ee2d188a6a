# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Make each report of the round and write it to a file, whole or not at all."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.documents import Seat
from pmqa_desktop.errors import Expected
from pmqa_desktop.paths import replace_file
from pmqa_desktop.progress import Progress
from pmqa_desktop.reports.models import Options
from pmqa_desktop.services.registry.outcome import round_results
from pmqa_desktop.services.reporting import filling, handover
from pmqa_desktop.services.session import Session
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
            "feedback": lambda: partial(
                feedback.render, filling.feedback_report(session, agency), told, self._attachments(agency)
            ),
            "panel": lambda: partial(
                panel_sheet.render, filling.panel_sheet(session, agency), told, self._lineage(agency)
            ),
            "minutes": lambda: partial(minutes.render, filling.minutes(session, agency), told),
            "ranking": lambda: partial(ranking.render, filling.ranking(session), told),
            "summary": lambda: partial(summary.render, filling.public_summary(session, agency), told),
            "scoresheet": lambda: partial(scoresheet.render, filling.scoresheet(session, agency, seat), told),
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

        return write_whole(out, workbook.render(filling.all_results(self._session), Options(language)))

    def csv(self, out: Path, language: Language = "th") -> Path:
        """Write the results table as CSV (UTF-8 with byte order mark, as spreadsheets expect)."""
        from pmqa_desktop.reports import tables  # noqa: PLC0415

        return write_whole(out, tables.render(filling.all_results(self._session), Options(language)))

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


def save_first_roster_page(first: Admitted, out: Path, language: Language = "th") -> Path:
    """Write the fingerprint page of a first roster whose round is open nowhere yet.

    Raises:
        Expected: `cannot-write`.
    """
    from pmqa_desktop.reports import fingerprint_page  # noqa: PLC0415

    return write_whole(out, fingerprint_page.render(handover.first_roster_page(first), Options(language)))


_HEAD = 16 * 1024
_BEGINNINGS = (b"SQLite format 3\0", b"age-encryption.org/", b'{"payload":"')
"""How workspaces, sealed files and signed files begin; keys and drafts name their format."""


def write_whole(out: Path, data: bytes) -> Path:
    """Write a file so that it is the old one or the new one, never half.

    Raises:
        Expected: `cannot-write` (file, why); `name-taken`, a register, a key or a signed file lies there.
    """
    try:
        if _is_precious(out):
            raise Expected("name-taken", name=out.name)
        out.parent.mkdir(parents=True, exist_ok=True)
        return replace_file(out, data)
    except OSError as error:
        raise Expected("cannot-write", file=out.name, why=reason(error)) from error


def _is_precious(path: Path) -> bool:
    """Tell by its first bytes whether a file is one that no report may ever take the place of."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    return head.startswith(_BEGINNINGS) or b'"format":"pmqa-' in head
