# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Expected against received: the completeness proof of a round, drawn from its view alone.

Expected are one scoresheet or recusal per seat and one consensus per agency; `expected` is always
`received` plus the length of `missing`. Endorsements are counted apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pmqa_desktop.domain.documents import Panel, Seat, Slot
from pmqa_desktop.domain.view import Cell, View

BoardState = Literal["awaited", "received", "recused", "held", "conflict", "stale"]
EndorsementState = Literal["", "awaited", "agrees", "dissents"]

UNEXPECTED = frozenset({
    "not-this-round", "key-unknown", "key-not-yours", "key-compromised", "key-retired", "after-closing",
    "role-not-yours", "seat-not-yours", "chair-replaced", "signer-recused",
})  # fmt: skip
"""Codes of documents that are nobody's to expect: kept, shown, never counted."""

_STATES: Mapping[str, BoardState] = {
    "current": "received",
    "recused": "recused",
    "held": "held",
    "conflict": "conflict",
    "stale": "stale",
}
_RECEIVED = frozenset({"received", "recused", "stale"})


@dataclass(frozen=True, slots=True)
class BoardCell:
    """One expected document.

    `kind` is `scoresheet` or `consensus`; `seat` and `person` are empty for a consensus. `digest` is what counts
    or is shown, `seq` the highest number seen, `code` why it is held. `late` marks a sheet outside the reveal in
    force; `came` and `gone` tell why a consensus is stale. `endorsement` is empty while none is due.
    """

    agency: str
    kind: str
    seat: str
    person: str
    state: BoardState
    seq: int = 0
    digest: str = ""
    code: str = ""
    late: bool = False
    came: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    endorsement: EndorsementState = ""

    @property
    def received(self) -> bool:
        """Tell whether it is here; a stale consensus is, a held or disputed document is not."""
        return self.state in _RECEIVED

    def to_json(self) -> dict[str, Any]:
        """Return the line of `missing` in the output of `merge`."""
        told = {"agency": self.agency, "kind": self.kind, "seat": self.seat, "person": self.person}
        return {key: value for key, value in told.items() if value} | {"state": self.state, "code": self.code or None}


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One agency: a cell per seat in roster order, and its consensus; `revealed` tells whether a reveal is in force."""

    agency: str
    seats: tuple[BoardCell, ...]
    consensus: BoardCell
    revealed: bool


@dataclass(frozen=True, slots=True)
class Unexpected:
    """A document that the roster has no place for, and the code of why it isn't counted."""

    digest: str
    kind: str
    person: str
    agency: str
    code: str

    def to_json(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "digest": self.digest,
            "kind": self.kind,
            "person": self.person,
            "agency": self.agency,
            "code": self.code,
        }


@dataclass(frozen=True, slots=True)
class Conflict:
    """A slot with different versions at one number; superseding all `candidates` settles it."""

    slot: Slot
    candidates: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return plain data."""
        return {"slot": list(self.slot), "candidates": list(self.candidates)}


@dataclass(frozen=True, slots=True)
class Endorsements:
    """How many endorsements the shown consensus documents ask for, how many came, and how many of these dissent."""

    expected: int = 0
    received: int = 0
    dissents: int = 0


@dataclass(frozen=True, slots=True)
class Board:
    """What a round expects and what is here.

    `missing` are the expected cells without a value (awaited, held, in conflict); `stale` the consensus documents
    that a later sheet overtook. `problem` is the view's.
    """

    expected: int = 0
    received: int = 0
    missing: tuple[BoardCell, ...] = ()
    unexpected: tuple[Unexpected, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    stale: tuple[BoardCell, ...] = ()
    endorsements: Endorsements = Endorsements()
    rows: tuple[BoardRow, ...] = ()
    problem: str | None = None

    @property
    def complete(self) -> bool:
        """Tell whether everything expected is here, undisputed and up to date."""
        return self.problem is None and self.expected == self.received and not self.conflicts and not self.stale

    def to_json(self) -> dict[str, Any]:
        """Return the `board` of the output of `merge` and `results`."""
        counts = self.endorsements
        return {
            "expected": self.expected,
            "received": self.received,
            "missing": [cell.to_json() for cell in self.missing],
            "unexpected": [one.to_json() for one in self.unexpected],
            "conflicts": [one.to_json() for one in self.conflicts],
            "stale": [{"agency": c.agency, "came": list(c.came), "gone": list(c.gone)} for c in self.stale],
            "endorsements": {"expected": counts.expected, "received": counts.received, "dissents": counts.dissents},
            "complete": self.complete,
            "problem": self.problem,
        }


def board(view: View) -> Board:
    """Return the board of a view; rows stand in the roster's order of panels. Without trust it expects nothing."""
    panels = view.roster.panels if view.roster else ()
    rows = tuple(_row(view, panel) for panel in panels)
    cells = [cell for row in rows for cell in (*row.seats, row.consensus)]
    asked = [cell.endorsement for cell in cells if cell.endorsement]
    given = [word for word in asked if word != "awaited"]
    return Board(
        expected=len(cells),
        received=sum(cell.received for cell in cells),
        missing=tuple(cell for cell in cells if not cell.received),
        unexpected=_unexpected(view),
        conflicts=tuple(Conflict(s, c.candidates) for s, c in sorted(view.cells.items()) if c.state == "conflict"),
        stale=tuple(cell for cell in cells if cell.state == "stale"),
        endorsements=Endorsements(len(asked), len(given), given.count("dissents")),
        rows=rows,
        problem=view.problem,
    )


def _unexpected(view: View) -> tuple[Unexpected, ...]:
    found = []
    for digest in sorted(view.status):
        code = view.status[digest]
        fact = view.facts[digest]
        if code in UNEXPECTED and fact.kind != "roster":
            found.append(Unexpected(digest, fact.kind, fact.person, fact.agency, code))
    return tuple(found)


def _row(view: View, panel: Panel) -> BoardRow:
    words = _endorsements(view, panel.agency)
    consensus = _cell(view.cell("consensus", panel.agency), panel.agency, "consensus")
    seats = tuple(_seat(view, panel.agency, seat, words) for seat in panel.seats)
    return BoardRow(panel.agency, seats, consensus, bool(view.current("reveal", panel.agency)))


def _seat(view: View, agency: str, seat: Seat, words: Mapping[str, EndorsementState]) -> BoardCell:
    cell = view.cell("scoresheet", agency, seat.person)
    return _cell(cell, agency, "scoresheet", seat.seat, seat.person, words.get(seat.person, ""))


def _cell(
    cell: Cell | None, agency: str, kind: str, seat: str = "", person: str = "", word: EndorsementState = ""
) -> BoardCell:
    if cell is None:
        return BoardCell(agency, kind, seat, person, "awaited", endorsement=word)
    return BoardCell(
        agency, kind, seat, person, _STATES[cell.state], cell.seq, cell.digest, cell.code, cell.late,
        cell.came, cell.gone, word,
    )  # fmt: skip


def _endorsements(view: View, agency: str) -> Mapping[str, EndorsementState]:
    """Return, per person whose sheet the shown consensus rests on, the word given on it."""
    cell = view.cell("consensus", agency)
    if cell is None or not cell.digest:
        return {}
    words: dict[str, EndorsementState] = {}
    for digest in view.facts[cell.digest].ref("rests_on"):
        person = view.facts[digest].person
        given = view.current("endorsement", cell.digest, person)
        words[person] = ("agrees" if view.facts[given].one("agrees") == "yes" else "dissents") if given else "awaited"
    return words
