# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Who sits on a panel, what has come from each seat, and who may look at it.

Nobody sees a peer's score here before the own scored sheet is signed and the reveal is signed by the chair
(docs/bundle-format.md, "The reveal, honestly").
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.domain.documents import Panel, Scoresheet, Seat
from pmqa_desktop.domain.scoring import score_item
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.panel.values import SeatState
from pmqa_desktop.services.session import Session, chair_of

Sheets: TypeAlias = Mapping[str, tuple[str, Scoresheet]]
"""The sheets in force by person: digest and document."""


class Table:
    """The panels of a round as this workspace knows them."""

    def __init__(self, session: Session) -> None:
        """Look into an open workspace."""
        self._session = session

    def panel(self, agency: str) -> Panel:
        """Return the panel of an agency.

        Raises:
            Expected: `not-your-agency`.
        """
        panel = self._session.round().panels.get(agency)
        if panel is None:
            raise Expected("not-your-agency", agency=agency)
        return panel

    def let_look(self, agency: str) -> None:
        """Let nobody see peers' scores before the own sheet and the reveal are signed, and nobody who recused.

        Raises:
            Expected: `not-your-agency`; `recused`; `own-sheet-first`; `not-revealed`.
        """
        panel = self.panel(agency)
        person = self._session.person
        if any(seat.person == person and self.seat_state(agency, seat)[0] == "recused" for seat in panel.seats):
            raise Expected("recused", agency=agency)
        if self._session.current(("scoresheet", agency, person)) is None:
            raise Expected("own-sheet-first", agency=agency)
        if self.reveal(agency) is None:
            raise Expected("not-revealed", agency=agency)

    def let_decide(self, agency: str) -> None:
        """Let only the chair decide, and see before.

        Raises:
            Expected: `not-the-chair`; what `let_look` raises.
        """
        self.let_look(agency)
        if chair_of(self.panel(agency)) != self._session.person:
            raise Expected("not-the-chair", agency=agency)

    def blocked(self, agency: str, panel: Panel) -> str | None:
        """Return the code of what keeps me from signing the reveal; None when nothing does."""
        if chair_of(panel) != self._session.person:
            return "not-the-chair"
        if self._session.current(("scoresheet", agency, self._session.person)) is None:
            return "own-sheet-first"
        if self.reveal(agency) is not None:
            return "already-revealed"
        cell = self._session.view().cells.get(("reveal", agency))
        return "reveal-waits" if cell is not None and cell.state == "held" else None

    def seat_state(self, agency: str, seat: Seat) -> tuple[SeatState, int]:
        """Return what has come from a seat, and which revision."""
        cells = self._session.view().cells
        declared = cells.get(("declaration", agency, seat.person))
        if declared is not None and declared.state == "recused":
            return "recused", declared.seq
        cell = cells.get(("scoresheet", agency, seat.person))
        if cell is None:
            return "awaited", 0
        states: Mapping[str, SeatState] = {"current": "received", "recused": "recused", "held": "held"}
        return states.get(cell.state, "conflict"), cell.seq

    def reveal(self, agency: str) -> str | None:
        """Return the digest of the reveal in force."""
        return self._session.current(("reveal", agency))

    def sheets(self, agency: str) -> Sheets:
        """Return the sheets in force by person: digest and document."""
        found: dict[str, tuple[str, Scoresheet]] = {}
        for seat in self.panel(agency).seats:
            if self.seat_state(agency, seat)[0] != "received":
                continue
            digest = self._session.current(("scoresheet", agency, seat.person))
            document = self._session.document(digest) if digest else None
            if digest and isinstance(document, Scoresheet):
                found[seat.person] = (digest, document)
        return found

    def scoring_seats(self, agency: str) -> tuple[Seat, ...]:
        """Return the seats that did not recuse themselves."""
        return tuple(s for s in self.panel(agency).seats if self.seat_state(agency, s)[0] != "recused")

    def missing(self, agency: str) -> tuple[Seat, ...]:
        """Return the scoring seats whose sheet is not there."""
        present = self.sheets(agency)
        return tuple(seat for seat in self.scoring_seats(agency) if seat.person not in present)

    def quorum(self, agency: str) -> tuple[int, int]:
        """Return how many sheets are in force and how many are needed."""
        return len(self.sheets(agency)), self._session.round().criteria.settings.quorum_consensus

    def exact(self, item: str, answer: Answer) -> Fraction | None:
        """Return an answer's exact score."""
        return score_item(self._session.round().criteria, item, answer).exact


def answers_given(sheets: Sheets, seats: Sequence[Seat], item: str) -> tuple[Answer | None, ...]:
    """Return what each seat answered to an item, in the seats' order; None where there is no sheet or no answer."""
    return tuple(answers_of(sheets[seat.person][1]).get(item) if seat.person in sheets else None for seat in seats)


def answers_of(sheet: Scoresheet) -> dict[str, Answer]:
    """Return a sheet's answers by item."""
    return {one.item: one.answer for one in sheet.body.items}
