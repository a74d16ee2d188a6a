# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What can be printed: the reports with their names, on which agency and seat, and what a person chose last."""

from dataclasses import dataclass
from typing import Literal

from pmqa_desktop.domain.documents import Seat
from pmqa_desktop.domain.results import Results
from pmqa_desktop.services.reporting import ReportName
from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.text import N_, Language
from pmqa_desktop.thai import Digits
from ui.models.numbers import agency_name

Kind = ReportName | Literal["workbook", "csv"]

OF_AGENCY: tuple[tuple[Kind, str], ...] = (
    ("feedback", N_("Feedback report")),
    ("panel", N_("Panel sheet")),
    ("minutes", N_("Minutes of the evaluation")),
    ("memo", N_("Cover memo of the minutes")),
    ("summary", N_("One-page public summary")),
    ("scoresheet", N_("Evaluator's own record")),
)
OF_ROUND: tuple[tuple[Kind, str], ...] = (
    ("ranking", N_("Ranking and award list")),
    ("letter", N_("Letter to a seat")),
    ("fingerprint", N_("Fingerprint page")),
    ("readiness", N_("Readiness page of this laptop")),
)
OF_PANEL: tuple[tuple[Kind, str], ...] = (*OF_AGENCY[:-1], OF_ROUND[2])
"""What a panel prints of its own agency: nobody's single sheet."""
TABLES: tuple[tuple[Kind, str], ...] = (
    ("workbook", N_("Workbook (XLSX)")),
    ("csv", N_("Results table (CSV)")),
)
NAMES: dict[Kind, str] = dict((*OF_AGENCY, *OF_ROUND, *TABLES))
WITH_AGENCY: frozenset[Kind] = frozenset({*dict(OF_AGENCY), "letter", "fingerprint"})
WITH_SEAT: frozenset[Kind] = frozenset({"scoresheet", "letter"})
NEEDS_CONSENSUS: frozenset[Kind] = frozenset({"feedback", "panel", "minutes", "memo", "summary"})
NEEDS_ANY_RESULT: frozenset[Kind] = frozenset({"ranking", "workbook", "csv"})
_TABLE_FILES: dict[Kind, str] = {"workbook": "results.xlsx", "csv": "results.csv"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One report as chosen; `agency` and `seat` are empty where it is about neither."""

    report: Kind
    agency: str
    seat: str
    language: Language
    digits: Digits

    @property
    def is_table(self) -> bool:
        """Tell whether it is a table for a spreadsheet, which has no pages."""
        return self.report in _TABLE_FILES

    @property
    def file(self) -> str:
        """Return the name of its file; the languages do not overwrite each other."""
        name = _TABLE_FILES.get(self.report) or "-".join(one for one in (self.report, self.agency, self.seat) if one)
        stem, _dot, ending = name.partition(".")
        return f"{stem}{'-en' if self.language == 'en' else ''}.{ending or 'pdf'}"


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was chosen last; an empty report, language or folder was never chosen."""

    report: str = ""
    language: Language | Literal[""] = ""
    digits: Digits = "arabic"
    folder: str = ""


@dataclass(frozen=True, slots=True)
class AgencyOffer:
    """One agency: its seats, and whether its consensus is signed and here."""

    agency: str
    name: str
    seats: tuple[Seat, ...]
    settled: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """The agencies of the round in the roster's order."""

    agencies: tuple[AgencyOffer, ...]

    @property
    def some(self) -> bool:
        """Tell whether at least one agency is settled."""
        return any(one.settled for one in self.agencies)

    def of(self, agency: str) -> AgencyOffer | None:
        """Return one agency's part."""
        return next((one for one in self.agencies if one.agency == agency), None)

    def lacks(self, wanted: Wanted) -> bool:
        """Tell whether a report waits for a consensus that is not here."""
        if wanted.report in NEEDS_ANY_RESULT:
            return not self.some
        found = self.of(wanted.agency)
        if wanted.report == "fingerprint" and not wanted.agency:
            return False
        return wanted.report in (*NEEDS_CONSENSUS, "fingerprint") and not (found is not None and found.settled)


def offer_of(seen: RoundInfo, results: Results) -> Offer:
    """Return what the round offers at present."""
    settled = {one.agency for one in results.agencies if one.consensus}
    return Offer(
        tuple(
            AgencyOffer(name, agency_name(seen.agencies[name]), panel.seats, name in settled)
            for name, panel in seen.panels.items()
        )
    )
