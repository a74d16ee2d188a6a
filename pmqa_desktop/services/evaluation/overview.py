# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Where an evaluator stands: progress per agency and category, due dates, time spent, and which points would lift.

The time spent is for the own eyes only: it lies in the workspace file and goes into no document, export or report.
"""

from dataclasses import dataclass
from datetime import date, timedelta, timezone
from fractions import Fraction

from pmqa_desktop.domain.scoring import distance, score_sheet
from pmqa_desktop.domain.scoring.lifts import Lift, SheetLift, lifts, next_line, sheet_lift
from pmqa_desktop.services.evaluation.scoring import AgencyWork, ScoringService
from pmqa_desktop.services.session import Session, judged_items

LONGEST_TICK = 300
"""The most seconds that one tick may add: a laptop that slept in between must not count its sleep."""

THAILAND = timezone(timedelta(hours=7))
"""The round's days are days in Thailand, wherever the laptop is."""


@dataclass(frozen=True, slots=True)
class CategoryProgress:
    """How far one category is: items of the own seat that have a score or do not apply, and all of them."""

    category: str
    scored: int
    of: int


@dataclass(frozen=True, slots=True)
class AgencyOverview:
    """Where the sheet on one agency stands.

    `provisional` is the total over what is scored so far; `line` the next level or award not reached yet and
    `to_line` what is missing to it; `missing` the own items without a score, in the edition's order;
    `open_notices` the remarks that wait for a word; `seconds` the time spent.
    """

    work: AgencyWork
    categories: tuple[CategoryProgress, ...]
    missing: tuple[str, ...]
    provisional: Fraction | None
    line: str
    to_line: Fraction | None
    open_notices: int
    seconds: int

    @property
    def left(self) -> int:
        """Return how many items have no score yet."""
        return self.work.of - self.work.scored


@dataclass(frozen=True, slots=True)
class DueDate:
    """A due date of the round; `days_left` counts days in Thailand, 0 today, negative when it has passed."""

    what: str
    date: date
    days_left: int


class OverviewService:
    """What an evaluator sees before going on with the work."""

    def __init__(self, session: Session, scoring: ScoringService) -> None:
        """Look at the open workspace that `scoring` works in."""
        self._session = session
        self._scoring = scoring

    def agencies(self) -> tuple[AgencyOverview, ...]:
        """Return where each own agency stands, in the roster's order."""
        return tuple(self._overview(work) for work in self._scoring.agencies())

    def _overview(self, work: AgencyWork) -> AgencyOverview:
        agency = work.agency.agency
        criteria = self._session.round().criteria
        sheet = self._scoring.sheet(agency)
        mine = frozenset(judged_items(criteria, work.seat))
        score = score_sheet(criteria, sheet.answers)
        categories = []
        missing: list[str] = []
        for category in criteria.edition.categories:
            codes = [item.code for item in criteria.edition.items_of(category.code) if item.code in mine]
            lacking = [code for code in codes if score.items[code].state == "missing"]
            categories.append(CategoryProgress(category.code, len(codes) - len(lacking), len(codes)))
            missing += lacking
        total = score.provisional
        line = next_line(criteria, total) if total is not None else None
        return AgencyOverview(
            work=work,
            categories=tuple(categories),
            missing=tuple(missing),
            provisional=total,
            line=line.code if line else "",
            to_line=distance(total, line.least) if total is not None and line else None,
            open_notices=0 if work.declaration in ("", "recused") else len(self._scoring.read_back(agency).open),
            seconds=self.seconds(agency),
        )

    def due(self) -> tuple[DueDate, ...]:
        """Return the round's due dates, the earliest first; one that is no date is passed over."""
        today = self._session.clock().astimezone(THAILAND).date()
        found = []
        for one in self._session.round().roster.due:
            try:
                day = date.fromisoformat(one.date)
            except ValueError:
                continue
            found.append(DueDate(one.what, day, (day - today).days))
        return tuple(sorted(found, key=lambda one: (one.date, one.what)))

    # ---- time spent -----------------------------------------------------------------------------

    def tick(self, agency: str, seconds: int) -> int:
        """Add time spent on `agency` and return the whole; for a screen that is in front and not idle.

        Args:
            agency: The agency's id.
            seconds: Since the last tick; what exceeds `LONGEST_TICK`, or is below 1, is not counted.
        """
        whole = self.seconds(agency)
        counted = max(0, min(seconds, LONGEST_TICK))
        if counted:
            whole += counted
            self._session.meta.set(f"time-spent:{agency}", str(whole))
        return whole

    def seconds(self, agency: str) -> int:
        """Return the time spent on `agency` on this laptop, in seconds."""
        return int(self._session.meta.get(f"time-spent:{agency}") or 0)

    # ---- what would lift ------------------------------------------------------------------------

    def item_lifts(self, agency: str, item: str) -> tuple[Lift, ...]:
        """Return what each level of an item that is not reached still takes; empty without an answer."""
        answer = self._scoring.sheet(agency).answers.get(item)
        return () if answer is None else lifts(self._session.round().criteria, item, answer)

    def lift(self, agency: str) -> SheetLift | None:
        """Return the fewest points that lift the agency to its next line, None when no points can."""
        return sheet_lift(self._session.round().criteria, self._scoring.sheet(agency).answers)
