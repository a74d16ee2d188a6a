# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What a proposed roster changes, as coded facts that are told in plain words before anybody countersigns.

Two different bodies always have at least one change to tell: a field is compared as a whole first, and what its
own comparison does not explain is told as another order of the same entries.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pmqa_desktop.domain.documents import Panel, Person, PersonKey, RosterBody, Seat
from pmqa_desktop.domain.trust import key_id
from pmqa_desktop.thai import format_date


@dataclass(frozen=True, slots=True)
class Change:
    """One change; `fields` are (name, Thai, English) and fill the words of `code`."""

    code: str
    fields: tuple[tuple[str, str, str], ...] = ()


GRAVE = frozenset({
    "change-root-added", "change-root-removed", "change-root-key", "change-threshold", "change-secretariat-added",
    "change-secretariat-removed", "change-key-added", "change-key-removed", "change-key-retired",
    "change-key-compromised", "change-key-active", "change-recovery", "change-closed", "change-reopened",
    "change-kept-less", "change-accepted",
})  # fmt: skip
"""Codes of changes that move power: who may sign, what stays valid, and the end of the round."""


def roster_changes(old: RosterBody, new: RosterBody) -> tuple[Change, ...]:
    """Return what changes from `old` to `new`, in the order of the roster's fields; empty when they are equal."""
    found: list[Change] = []
    names = _Names(old, new)
    for field in RosterBody.__struct_fields__:
        if getattr(old, field) != getattr(new, field):
            read = _READERS.get(field)
            told = list(read(old, new, names)) if read else []
            found += told or [Change("change-order", _same(field=field))]
    return tuple(found)


def _same(**values: object) -> tuple[tuple[str, str, str], ...]:
    return tuple((name, str(value), str(value)) for name, value in values.items())


def key_row(key: str) -> str:
    """Return the first row of a key's fingerprint as it is shown everywhere: four groups of four, in capitals."""
    digits = key_id(key)[:16].upper()
    return " ".join(digits[at : at + 4] for at in range(0, 16, 4))


class _Names:
    """Words for persons and agencies: office and id, in both languages."""

    def __init__(self, old: RosterBody, new: RosterBody) -> None:
        self._persons = {one.person: one for body in (old, new) for one in body.persons}
        self._agencies = {one.agency: one for body in (old, new) for one in body.agencies}

    def person(self, name: str, field: str = "who") -> tuple[str, str, str]:
        one = self._persons.get(name)
        if one is None:
            return (field, name or "-", name or "-")
        return (field, f"{one.office_th} ({name})", f"{one.office_en} ({name})")

    def agency(self, name: str) -> tuple[str, str, str]:
        one = self._agencies.get(name)
        return ("agency", one.name_th, one.name_en) if one else ("agency", name, name)


_Reader = Callable[[RosterBody, RosterBody, _Names], Iterable[Change]]


def _by_id(entries: Sequence[Any], field: str) -> dict[str, Any]:
    return {getattr(entry, field): entry for entry in entries}


def _one_field(name: str, code: str) -> _Reader:
    def read(old: RosterBody, new: RosterBody, _names: _Names) -> Iterator[Change]:
        fields = _same(field=name, before=getattr(old, name) or "-", after=getattr(new, name) or "-")
        yield Change(code, fields)

    return read


def _roots(old: RosterBody, new: RosterBody, names: _Names) -> Iterator[Change]:
    before, after = _by_id(old.roots, "person"), _by_id(new.roots, "person")
    for person in sorted(before.keys() | after.keys()):
        if person not in after:
            yield Change("change-root-removed", (names.person(person),))
        elif person not in before:
            yield Change("change-root-added", (names.person(person), *_same(key=key_row(after[person].key))))
        elif before[person] != after[person]:
            yield Change("change-root-key", (names.person(person), *_same(key=key_row(after[person].key))))


def _secretariat(old: RosterBody, new: RosterBody, names: _Names) -> Iterator[Change]:
    for person in sorted(set(new.secretariat) - set(old.secretariat)):
        yield Change("change-secretariat-added", (names.person(person),))
    for person in sorted(set(old.secretariat) - set(new.secretariat)):
        yield Change("change-secretariat-removed", (names.person(person),))


def _persons(old: RosterBody, new: RosterBody, names: _Names) -> Iterator[Change]:
    before, after = _by_id(old.persons, "person"), _by_id(new.persons, "person")
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            yield Change("change-person-removed", (names.person(name),))
            continue
        if name not in before:
            yield Change("change-person-added", (names.person(name),))
        yield from _person(before.get(name), after[name], names)


def _person(old: Person | None, new: Person, names: _Names) -> Iterator[Change]:
    who = names.person(new.person)
    if old is not None and (old.office_th, old.office_en) != (new.office_th, new.office_en):
        yield Change("change-office", (who, ("before", old.office_th, old.office_en)))
    before: dict[str, PersonKey] = _by_id(old.keys, "key") if old else {}
    after: dict[str, PersonKey] = _by_id(new.keys, "key")
    for key in sorted(before.keys() | after.keys()):
        fields = (who, *_same(key=key_row(key)))
        if key not in after:
            yield Change("change-key-removed", fields)
        elif key not in before:
            yield Change("change-key-added", fields)
            if after[key].state != "active":
                yield Change(f"change-key-{after[key].state}", fields)
        else:
            if before[key].state != after[key].state:
                yield Change(f"change-key-{after[key].state}", fields)
            if before[key].recipient != after[key].recipient:
                yield Change("change-recipient", fields)


def _agencies(old: RosterBody, new: RosterBody, names: _Names) -> Iterator[Change]:
    before, after = _by_id(old.agencies, "agency"), _by_id(new.agencies, "agency")
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            yield Change("change-agency-removed", (names.agency(name),))
        elif name not in before:
            yield Change("change-agency-added", (names.agency(name),))
        elif before[name] != after[name]:
            fields = [f for f in after[name].__struct_fields__ if getattr(before[name], f) != getattr(after[name], f)]
            yield Change("change-agency", (names.agency(name), _fields(fields)))


_FIELDS: Mapping[str, tuple[str, str]] = {
    "name_th": ("ชื่อภาษาไทย", "the name in Thai"), "name_en": ("ชื่อภาษาอังกฤษ", "the name in English"),
    "short_th": ("ชื่อย่อ", "the abbreviation"), "ministry_th": ("กระทรวงต้นสังกัด", "the ministry"),
    "fictitious": ("เครื่องหมายหน่วยงานสมมติ", "the mark of an invented agency"),
    "award_history": ("รางวัลที่เคยได้รับ", "the awards won before"), "dimensions_th": ("มิติที่สมัคร", "the dimensions"),
    "mechanisms": ("กลไก", "the mechanisms"), "session": ("กำหนดการสัมภาษณ์", "the interview session"),
    "title_th": ("ชื่อที่นั่งภาษาไทย", "the title in Thai"), "title_en": ("ชื่อที่นั่งภาษาอังกฤษ", "the title in English"),
    "items": ("หัวข้อที่ประเมิน", "the items judged"), "conflict": ("ส่วนได้เสียที่ทราบก่อน", "the tie known beforehand"),
}  # fmt: skip


def _fields(names: Sequence[str]) -> tuple[str, str, str]:
    words = [_FIELDS.get(name, (name, name)) for name in names]
    return ("fields", ", ".join(thai for thai, _english in words), ", ".join(english for _thai, english in words))


def _panels(old: RosterBody, new: RosterBody, names: _Names) -> Iterator[Change]:
    before, after = _by_id(old.panels, "agency"), _by_id(new.panels, "agency")
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            yield Change("change-panel-removed", (names.agency(name),))
            continue
        if name not in before:
            chair = names.person(after[name].chair, "chair")
            yield Change("change-panel-added", (names.agency(name), chair))
        yield from _panel(before.get(name) or Panel(name, after[name].chair, ()), after[name], names)


def _panel(old: Panel, new: Panel, names: _Names) -> Iterator[Change]:
    agency = names.agency(new.agency)
    if old.chair != new.chair:
        yield Change("change-chair", (agency, names.person(old.chair, "before"), names.person(new.chair, "after")))
    if old.acting_chair != new.acting_chair:
        code = "change-acting-chair" if new.acting_chair else "change-acting-chair-ended"
        yield Change(code, (agency, names.person(new.acting_chair or old.acting_chair)))
    before: dict[str, Seat] = _by_id(old.seats, "seat")
    after: dict[str, Seat] = _by_id(new.seats, "seat")
    for seat in sorted(before.keys() | after.keys()):
        told = (agency, *_same(seat=seat))
        if seat not in after:
            yield Change("change-seat-removed", (*told, names.person(before[seat].person)))
        elif seat not in before:
            yield Change("change-seat-added", (*told, names.person(after[seat].person)))
        elif before[seat].person != after[seat].person:
            people = (names.person(before[seat].person, "before"), names.person(after[seat].person, "after"))
            yield Change("change-seat-person", (*told, *people))
        elif before[seat] != after[seat]:
            fields = [f for f in Seat.__struct_fields__ if getattr(before[seat], f) != getattr(after[seat], f)]
            yield Change("change-seat", (*told, _fields(fields)))


def _due(old: RosterBody, new: RosterBody, _names: _Names) -> Iterator[Change]:
    before, after = _by_id(old.due, "what"), _by_id(new.due, "what")
    for what in sorted(before.keys() | after.keys()):
        dates = [one[what].date if what in one else "" for one in (before, after)]
        if dates[0] != dates[1]:
            days = (_day("before", dates[0]), _day("after", dates[1]))
            yield Change("change-due", (("what", *_WORK.get(what, (what, what))), *days))


_WORK: Mapping[str, tuple[str, str]] = {
    "declaration": ("คำแจ้งการมีส่วนได้เสีย", "declarations"), "scoresheet": ("ใบให้คะแนน", "score sheets"),
    "consensus": ("มติคณะกรรมการ", "consensus"), "endorsement": ("การรับรองมติ", "endorsements"),
}  # fmt: skip


def _day(field: str, iso: str) -> tuple[str, str, str]:
    """Word an ISO date in both languages; what is no date stays as it stands, none is a dash."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return (field, iso or "-", iso or "-")
    return (field, format_date(day, "th", "short"), format_date(day, "en", "short"))


def _digests(name: str, more: str, less: str) -> _Reader:
    def read(old: RosterBody, new: RosterBody, _names: _Names) -> Iterator[Change]:
        before, after = set(getattr(old, name)), set(getattr(new, name))
        if after - before:
            yield Change(more, _same(count=len(after - before)))
        if before - after:
            yield Change(less, _same(count=len(before - after)))

    return read


def _state(_old: RosterBody, new: RosterBody, _names: _Names) -> Iterator[Change]:
    yield Change("change-closed" if new.state == "closed" else "change-reopened")


_READERS: Mapping[str, _Reader] = {
    **{name: _one_field(name, "change-field") for name in ("title_th", "title_en", "year_be", "confidentiality")},
    "threshold": _one_field("threshold", "change-threshold"),
    "recovery": _one_field("recovery", "change-recovery"),
    "roots": _roots, "secretariat": _secretariat, "persons": _persons, "agencies": _agencies, "panels": _panels,
    "due": _due, "state": _state,
    "kept": _digests("kept", "change-kept-more", "change-kept-less"),
    "accepted": _digests("accepted", "change-accepted", "change-accepted-less"),
}  # fmt: skip
