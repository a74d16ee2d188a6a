# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Read the practice case: its round, seats, agencies and events."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from pmqa_desktop.assets import resource
from pmqa_desktop.domain.answers import THEME_KINDS, CommentKind
from pmqa_desktop.domain.documents import Agency, Due, Panel, Person, PersonKey, RootPerson, RosterBody, Seat
from pmqa_desktop.sync.keys import Identity


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """Something out of the ordinary: a recusal, a revision or a dissent of one person on one agency."""

    what: str
    person: str
    agency: str
    text: str


@dataclass(frozen=True, slots=True)
class PracticeCase:
    """The case as data; `strength` (0-100) is how much the generator lets an agency show, `themes` by kind."""

    round: str
    edition: str
    begins: datetime
    secretariat: str
    seats: tuple[Seat, ...]
    agencies: tuple[Agency, ...]
    strength: dict[str, int]
    themes: dict[str, dict[CommentKind, tuple[str, ...]]]
    events: tuple[CaseEvent, ...]
    tree: dict[str, Any]

    @property
    def persons(self) -> tuple[str, ...]:
        """Return everybody who holds a key: the secretariat, then the seats."""
        return (self.secretariat, *(seat.person for seat in self.seats))

    def event(self, what: str, person: str, agency: str) -> CaseEvent | None:
        """Return the event of one person on one agency, if the case has it."""
        return next((e for e in self.events if (e.what, e.person, e.agency) == (what, person, agency)), None)


def load_case() -> PracticeCase:
    """Read the case that the program ships."""
    tree = tomllib.loads(resource("practice/case.toml").read_text(encoding="utf-8"))
    agencies, strength, themes = [], {}, {}
    for raw in tree["agencies"]:
        fields = {key: value for key, value in raw.items() if key not in {"id", "strength", "themes"}}
        agencies.append(msgspec.convert({"agency": raw["id"], **fields}, Agency))
        strength[raw["id"]] = raw["strength"]
        themes[raw["id"]] = {kind: tuple(raw["themes"][kind]) for kind in THEME_KINDS}
    return PracticeCase(
        round=tree["round"]["id"],
        edition=tree["round"]["edition"],
        begins=datetime.fromisoformat(tree["round"]["begins"]),
        secretariat=tree["secretariat"]["person"],
        seats=tuple(msgspec.convert(seat, Seat) for seat in tree["seats"]),
        agencies=tuple(agencies),
        strength=strength,
        themes=themes,
        events=tuple(CaseEvent(e["what"], e["person"], e["agency"], e["text_th"]) for e in tree["events"]),
        tree=tree,
    )


def roster_body(case: PracticeCase, identities: dict[str, Identity]) -> RosterBody:
    """Return the practice roster: one root (a rehearsal may), the secretariat, four seats on every panel."""
    office = case.tree["secretariat"]
    offices = {case.secretariat: (office["office_th"], office["office_en"])}
    offices |= {seat.person: (seat.title_th, seat.title_en) for seat in case.seats}
    chair = next(seat.person for seat in case.seats if seat.seat == "chair")
    due = case.tree["round"]
    return RosterBody(
        title_th=due["title_th"],
        title_en=due["title_en"],
        year_be=due["year_be"],
        roots=(RootPerson(case.secretariat, identities[case.secretariat].key),),
        threshold=1,
        secretariat=(case.secretariat,),
        persons=tuple(
            Person(name, *offices[name], (PersonKey(identities[name].key, identities[name].recipient),))
            for name in case.persons
        ),
        agencies=case.agencies,
        panels=tuple(Panel(agency.agency, chair, case.seats) for agency in case.agencies),
        due=(Due("scoresheet", due["due_scoresheet"]), Due("consensus", due["due_consensus"])),
    )
