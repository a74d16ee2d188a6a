# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The names of seats: over a whole round a name is one person's, or packs could not be told apart.

Nobody reads the name of a seat but the program: people see its title, so that every panel may have a "Chair".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from pmqa_desktop.domain.documents import Panel, RosterBody, Seat
from pmqa_desktop.errors import Expected


@dataclass(frozen=True, slots=True)
class SharedSeat:
    """A seat name that several persons hold: each (person, agency) once, in the order of the panels."""

    seat: str
    held: tuple[tuple[str, str], ...]

    def trouble(self) -> Expected:
        """Return the error that tells who, and on which agencies' panels."""
        agencies = ", ".join(dict.fromkeys(agency for _person, agency in self.held))
        persons = ", ".join(dict.fromkeys(person for person, _agency in self.held))
        return Expected("seat-name-shared", seat=self.seat, persons=persons, agencies=agencies)


def seats_by_person(panels: Iterable[Panel]) -> tuple[Panel, ...]:
    """Name every seat after its person, who thereby holds one name over all panels; empty seats keep theirs."""
    return tuple(
        replace(panel, seats=tuple(replace(seat, seat=seat.person or seat.seat) for seat in panel.seats))
        for panel in panels
    )


def shared_seats(panels: Iterable[Panel]) -> tuple[SharedSeat, ...]:
    """Return the seat names that more than one person holds."""
    held: dict[str, list[tuple[str, str]]] = {}
    for panel in panels:
        for seat in panel.seats:
            held.setdefault(seat.seat, []).append((seat.person, panel.agency))
    return tuple(
        SharedSeat(name, tuple(dict.fromkeys(found)))
        for name, found in held.items()
        if len({person for person, _agency in found}) > 1
    )


def expect_own_seats(panels: Iterable[Panel], before: Iterable[Panel] = ()) -> None:
    """Refuse panels on which several persons share a seat name; what `before` shared already may stay so.

    Raises:
        Expected: `seat-name-shared`.
    """
    known = {(one.seat, frozenset(person for person, _agency in one.held)) for one in shared_seats(before)}
    for one in shared_seats(panels):
        if (one.seat, frozenset(person for person, _agency in one.held)) not in known:
            raise one.trouble()


def seat_name(body: RosterBody, person: str) -> str:
    """Return the name for a person's seat: the one held already where it is the person's alone, else a free one."""
    shared = {one.seat for one in shared_seats(body.panels)}
    seats = [seat for panel in body.panels for seat in panel.seats]
    own = [seat.seat for seat in seats if seat.person == person and seat.seat not in shared]
    others = {seat.seat for seat in seats if seat.person != person}
    return own[0] if own else _free(person, others)


def _free(person: str, taken: set[str]) -> str:
    names: Sequence[str] = (person, *(f"{person[:60]}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def with_sitter(body: RosterBody, agency: str, former: str, seat: Seat) -> RosterBody:
    """Put `seat` in the place of the seat named `former` (empty: it joins at the end), under its person's name.

    A seat that changes hands gets the name of its new person; one that stays in the same hands keeps its name, since
    signed sheets tell it, unless another person's seat has it as well.

    Raises:
        Expected: `roster-agency-unknown`.
    """
    panel = next((one for one in body.panels if one.agency == agency), None)
    if panel is None:
        raise Expected("roster-agency-unknown", agency=agency)
    before = next((one for one in panel.seats if one.seat == former), None)
    shared = {one.seat for one in shared_seats(body.panels)}
    stays = before is not None and before.person == seat.person and former not in shared
    named = replace(seat, seat=former if stays else seat_name(body, seat.person))
    seats = [named if one is before else one for one in panel.seats]
    changed = replace(panel, seats=tuple(seats) if before is not None else (*seats, named))
    return replace(body, panels=tuple(changed if one is panel else one for one in body.panels))
