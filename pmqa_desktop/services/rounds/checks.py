# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What a round that is being set up still lacks, step by step: asked on every change, so that nobody hunts for it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pmqa_desktop.domain.criteria import Edition, freeze
from pmqa_desktop.domain.documents import Panel
from pmqa_desktop.domain.payload_rules import MOST_SIGNATURES, is_id, is_recipient
from pmqa_desktop.domain.trust import LIVE_THRESHOLD
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.rounds.draft import RoundDraft
from pmqa_desktop.services.rounds.enrolling import Enrolled
from pmqa_desktop.services.rounds.plan import RoundPlan

Step = Literal["basics", "criteria", "people", "officers", "agencies", "panels", "dates"]
STEPS: tuple[Step, ...] = ("basics", "criteria", "people", "officers", "agencies", "panels", "dates")
_YEARS = (2500, 2700)


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing or wrong; `fields` fill the words of `code`. `grave` ones keep from signing."""

    step: Step
    code: str
    fields: tuple[tuple[str, str], ...] = ()
    grave: bool = True


def lacks(draft: RoundDraft, enrolled: Sequence[Enrolled], edition: Edition | None) -> tuple[Lack, ...]:
    """Return everything that a draft lacks, in the order of the steps; `edition` is None where it does not read."""
    plan = draft.plan
    found = [*_basics(plan), *_criteria(draft, edition), *_people(draft, enrolled), *_officers(plan)]
    return (*found, *_agencies(plan), *_panels(plan, edition), *_dates(plan))


def begun(draft: RoundDraft, step: Step) -> bool:
    """Tell whether anything was put down at a step that begins empty."""
    plan = draft.plan
    at: Mapping[Step, object] = {
        "criteria": draft.confirmed, "people": len(plan.persons) > 1, "agencies": plan.agencies, "panels": plan.panels,
        "dates": plan.due,
    }  # fmt: skip
    return bool(at.get(step, True))


def _lack(step: Step, code: str, *, grave: bool = True, **fields: object) -> Lack:
    return Lack(step, code, tuple((name, str(value)) for name, value in fields.items()), grave)


def _basics(plan: RoundPlan) -> Iterator[Lack]:
    if not _YEARS[0] <= plan.year_be <= _YEARS[1]:
        yield _lack("basics", "setup-year", found=plan.year_be or "–")
    if not is_id(plan.round):
        yield _lack("basics", "round-invalid", found=plan.round or "–")
    if not plan.title_th.strip():
        yield _lack("basics", "setup-title")


def _criteria(draft: RoundDraft, edition: Edition | None) -> Iterator[Lack]:
    plan = draft.plan
    if edition is None:
        yield _lack("criteria", "edition-not-found", found=plan.edition, known="pmqa40, pmqa2562")
        return
    try:
        freeze(edition, plan.settings)
    except Expected as told:
        yield Lack("criteria", told.code, tuple((name, str(value)) for name, value in told.fields.items()))
    left = [one for one in edition.settings if one.key not in draft.confirmed]
    if left:
        yield _lack("criteria", "setup-unconfirmed", grave=not plan.rehearsal, count=len(left))


def _people(draft: RoundDraft, enrolled: Sequence[Enrolled]) -> Iterator[Lack]:
    plan = draft.plan
    keys: dict[str, list[Enrolled]] = {}
    for one in enrolled:
        keys.setdefault(one.person, []).append(one)
    for person in plan.persons:
        who = person.person
        if not is_id(who):
            yield _lack("people", "person-invalid", found=who or "–")
        if not person.office_th.strip():
            yield _lack("people", "setup-office", person=who)
        if who != draft.person and who not in keys:
            yield _lack("people", "setup-no-key", person=who)
        for one in keys.get(who, ()):
            if (one.round, one.rehearsal) != (plan.round, plan.rehearsal):
                yield _lack("people", "setup-other-round", person=who, found=one.round)
            elif not (one.compared or one.rehearsal):
                yield _lack("people", "setup-not-compared", person=who)
    names = [person.person for person in plan.persons]
    for who in sorted({name for name in names if names.count(name) > 1}):
        yield _lack("people", "roster-person-known", person=who)


def _officers(plan: RoundPlan) -> Iterator[Lack]:
    names = {person.person for person in plan.persons}
    least = 1 if plan.rehearsal else LIVE_THRESHOLD
    spare = 0 if plan.rehearsal else 1
    if plan.threshold < least:
        yield _lack("officers", "setup-threshold", least=least)
    if len(plan.roots) < plan.threshold + spare:
        yield _lack("officers", "setup-roots", need=plan.threshold + spare, have=len(plan.roots))
    if len(plan.roots) > MOST_SIGNATURES:
        yield _lack("officers", "setup-roots-many", limit=MOST_SIGNATURES)
    if not plan.secretariat:
        yield _lack("officers", "setup-secretariat")
    if plan.recovery and not is_recipient(plan.recovery):
        yield _lack("officers", "setup-recovery", found=plan.recovery)
    for who in sorted({*plan.roots, *plan.secretariat} - names):
        yield _lack("officers", "roster-person-unknown", person=who)


def _agencies(plan: RoundPlan) -> Iterator[Lack]:
    if not plan.agencies:
        yield _lack("agencies", "setup-no-agency")
    codes = [one.agency for one in plan.agencies]
    for one in plan.agencies:
        if not is_id(one.agency):
            yield _lack("agencies", "setup-agency-code", found=one.agency or "–")
        if not one.name_th.strip():
            yield _lack("agencies", "setup-agency-name", agency=one.agency)
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield _lack("agencies", "roster-agency-known", agency=code)


def _panels(plan: RoundPlan, edition: Edition | None) -> Iterator[Lack]:
    panels = {panel.agency: panel for panel in plan.panels}
    names = {person.person for person in plan.persons}
    named = {agency.agency: agency.name_th or agency.agency for agency in plan.agencies}
    for code, name in named.items():
        panel = panels.get(code)
        if panel is None:
            yield _lack("panels", "setup-no-panel", agency=name)
            continue
        for told, fields, grave in _panel(panel, names, edition):
            yield _lack("panels", told, grave=grave, agency=name, **fields)


_Told = tuple[str, dict[str, object], bool]


def _panel(panel: Panel, names: set[str], edition: Edition | None) -> Iterator[_Told]:
    sitting = [seat.person for seat in panel.seats]
    if panel.chair not in names:
        yield "setup-no-chair", {}, True
    elif panel.chair not in sitting:
        yield "setup-chair-unseated", {"person": panel.chair}, False
    for who in sorted(set(sitting) - names):
        yield "setup-seat-empty", {"person": who or "–"}, True
    for who in sorted({who for who in sitting if sitting.count(who) > 1}):
        yield "setup-seat-twice", {"person": who}, True
    if any(not seat.title_th.strip() for seat in panel.seats):
        yield "setup-seat-title", {}, True
    if edition is not None:
        yield from _items(panel, edition)


def _items(panel: Panel, edition: Edition) -> Iterator[_Told]:
    codes = {item.code for item in edition.items}
    judged: set[str] = set()
    for seat in panel.seats:
        judged |= set(seat.items or codes)
        if not set(seat.items) <= codes:
            yield "setup-items-unknown", {"found": ", ".join(sorted(set(seat.items) - codes))}, True
    if panel.seats and codes - judged:
        yield "setup-items-unjudged", {"found": ", ".join(code for code in sorted(codes - judged))}, False


def _dates(plan: RoundPlan) -> Iterator[Lack]:
    when: dict[str, date] = {}
    for one in plan.due:
        try:
            when[one.what] = date.fromisoformat(one.date)
        except ValueError:
            yield _lack("dates", "setup-date", found=one.date or "–")
    if "scoresheet" not in when:
        yield _lack("dates", "setup-no-date", grave=False)
    if "scoresheet" in when and "consensus" in when and when["consensus"] < when["scoresheet"]:
        yield _lack("dates", "setup-dates-order", grave=False)


def by_step(found: Sequence[Lack]) -> Callable[[Step], tuple[Lack, ...]]:
    """Return the function that picks a step's lacks."""
    return lambda step: tuple(one for one in found if one.step == step)
