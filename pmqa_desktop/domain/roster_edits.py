# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The changes that a secretariat makes to a roster: each takes a body and returns the next one, nothing else.

None of them decides whether the result is sound; `pmqa_desktop.domain.trust.roster_problem` does.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from pmqa_desktop.domain.documents import Agency, Due, Panel, Person, PersonKey, RootPerson, RosterBody, Seat
from pmqa_desktop.domain.rights import KeyState
from pmqa_desktop.errors import Expected

_GRAVITY: dict[KeyState, int] = {"active": 0, "retired": 1, "compromised": 2}


def with_person(body: RosterBody, person: Person) -> RosterBody:
    """Add a person; raises Expected `roster-person-known`."""
    if any(one.person == person.person for one in body.persons):
        raise Expected("roster-person-known", person=person.person)
    return replace(body, persons=(*body.persons, person))


def with_key(body: RosterBody, person: str, key: str, recipient: str) -> RosterBody:
    """Add a device's key to a person.

    Raises:
        Expected: `roster-person-unknown`; `roster-key-known`.
    """
    if any(entry.key == key for one in body.persons for entry in one.keys):
        raise Expected("roster-key-known", person=person)
    found = _person(body, person)
    return _with_changed(body, replace(found, keys=(*found.keys, PersonKey(key, recipient))))


def with_key_state(body: RosterBody, key: str, state: KeyState, kept: Iterable[str] = ()) -> RosterBody:
    """Take a key out of use, or into use again.

    Args:
        body: The roster until now.
        key: The raw key.
        state: `retired`: what it signed stays valid. `compromised`: what it signed is void, but for `kept`.
        kept: Digests of documents that stay valid all the same.

    Raises:
        Expected: `roster-key-unknown`.
    """
    for one in body.persons:
        if any(entry.key == key for entry in one.keys):
            keys = tuple(replace(entry, state=state) if entry.key == key else entry for entry in one.keys)
            return with_kept(_with_changed(body, replace(one, keys=keys)), kept)
    raise Expected("roster-key-unknown", found=key)


def with_root(body: RosterBody, person: str, key: str) -> RosterBody:
    """Let a person sign rosters with this key; it takes the place of the person's former one."""
    others = tuple(root for root in body.roots if root.person != person)
    if len(others) == len(body.roots):
        return replace(body, roots=(*body.roots, RootPerson(person, key)))
    return replace(body, roots=tuple(RootPerson(person, key) if r.person == person else r for r in body.roots))


def without_root(body: RosterBody, person: str) -> RosterBody:
    """Let a person no longer sign rosters."""
    return replace(body, roots=tuple(root for root in body.roots if root.person != person))


def with_secretariat(body: RosterBody, persons: Iterable[str]) -> RosterBody:
    """Let exactly these persons be the secretariat; raises Expected `roster-person-unknown`."""
    named = tuple(dict.fromkeys(persons))
    for one in named:
        _person(body, one)
    return replace(body, secretariat=named)


def with_threshold(body: RosterBody, threshold: int) -> RosterBody:
    """Ask for this many signatures on every roster from now on."""
    return replace(body, threshold=threshold)


def with_due(body: RosterBody, what: str, day: str) -> RosterBody:
    """Set the due date of one kind of work (an ISO date), or take it away with an empty `day`."""
    others = tuple(one for one in body.due if one.what != what)
    if not day:
        return replace(body, due=others)
    if len(others) == len(body.due):
        return replace(body, due=(*body.due, Due(what=what, date=day)))
    return replace(body, due=tuple(Due(what=what, date=day) if one.what == what else one for one in body.due))


def with_titles(body: RosterBody, title_th: str, title_en: str) -> RosterBody:
    """Give the round these titles; its short name stands in every document and stays."""
    return replace(body, title_th=title_th, title_en=title_en)


def with_confidentiality(body: RosterBody, secrecy: str) -> RosterBody:
    """Set the class of secrecy that stands on every page of a report; empty: none."""
    return replace(body, confidentiality=secrecy)


def with_recovery(body: RosterBody, recipient: str) -> RosterBody:
    """Name the secretariat's recovery key by its age recipient; empty: there is none any more."""
    return replace(body, recovery=recipient)


def with_revocations(body: RosterBody, other: RosterBody) -> RosterBody:
    """Take out of use what another roster took out of use, and keep what it keeps.

    For healing a fork: a key that one side reported lost to others must not come back by the choice of the other side.
    """
    states = {entry.key: entry.state for person in other.persons for entry in person.keys}
    changed = body
    for entry in (entry for person in body.persons for entry in person.keys):
        told = states.get(entry.key, entry.state)
        if _GRAVITY[told] > _GRAVITY[entry.state]:
            changed = with_key_state(changed, entry.key, told)
    return with_kept(changed, other.kept)


def with_kept(body: RosterBody, digests: Iterable[str]) -> RosterBody:
    """Keep documents valid though their key or their chair goes."""
    return replace(body, kept=tuple(sorted({*body.kept, *digests})))


def with_agency(body: RosterBody, agency: Agency, panel: Panel | None = None) -> RosterBody:
    """Add an agency, with its panel where that is known.

    Raises:
        Expected: `roster-agency-known`.
    """
    if any(one.agency == agency.agency for one in body.agencies):
        raise Expected("roster-agency-known", agency=agency.agency)
    added = replace(body, agencies=(*body.agencies, agency))
    return with_panel(added, panel) if panel else added


def with_agency_words(body: RosterBody, agency: Agency) -> RosterBody:
    """Correct the names of an agency that is in the roster; its short code stays, as documents name it.

    Raises:
        Expected: `roster-agency-unknown`.
    """
    if not any(one.agency == agency.agency for one in body.agencies):
        raise Expected("roster-agency-unknown", agency=agency.agency)
    return replace(body, agencies=tuple(agency if one.agency == agency.agency else one for one in body.agencies))


def with_panel(body: RosterBody, panel: Panel) -> RosterBody:
    """Set the panel of an agency, in the place of its former one.

    Raises:
        Expected: `roster-agency-unknown`.
    """
    if not any(one.agency == panel.agency for one in body.agencies):
        raise Expected("roster-agency-unknown", agency=panel.agency)
    if not any(one.agency == panel.agency for one in body.panels):
        return replace(body, panels=(*body.panels, panel))
    return replace(body, panels=tuple(panel if one.agency == panel.agency else one for one in body.panels))


def with_seat(body: RosterBody, agency: str, seat: Seat) -> RosterBody:
    """Add a seat to an agency's panel, or change the seat of that name; raises Expected `roster-agency-unknown`."""
    panel = _panel(body, agency)
    names = [one.seat for one in panel.seats]
    seats = tuple(seat if one.seat == seat.seat else one for one in panel.seats)
    return with_panel(body, replace(panel, seats=seats if seat.seat in names else (*seats, seat)))


def without_seat(body: RosterBody, agency: str, seat: str) -> RosterBody:
    """Take a seat away; raises Expected `roster-agency-unknown`."""
    panel = _panel(body, agency)
    return with_panel(body, replace(panel, seats=tuple(one for one in panel.seats if one.seat != seat)))


def with_chair(body: RosterBody, agency: str, chair: str, kept: Iterable[str] = ()) -> RosterBody:
    """Replace the chair for good and end any acting chair; what the former one signed counts only when `kept`.

    Raises:
        Expected: `roster-agency-unknown`; `roster-person-unknown`.
    """
    _person(body, chair)
    return with_kept(with_panel(body, replace(_panel(body, agency), chair=chair, acting_chair="")), kept)


def with_acting_chair(body: RosterBody, agency: str, person: str, kept: Iterable[str] = ()) -> RosterBody:
    """Let a person lead in the chair's stead, or end that with an empty `person`; errors as of `with_chair`."""
    if person:
        _person(body, person)
    return with_kept(with_panel(body, replace(_panel(body, agency), acting_chair=person)), kept)


def closed(body: RosterBody, accepted: Iterable[str]) -> RosterBody:
    """Close the round: besides rosters, extracts and enrolments only the accepted documents count from now on."""
    return replace(body, state="closed", accepted=tuple(sorted(set(accepted))))


def _person(body: RosterBody, person: str) -> Person:
    for one in body.persons:
        if one.person == person:
            return one
    raise Expected("roster-person-unknown", person=person)


def _panel(body: RosterBody, agency: str) -> Panel:
    for one in body.panels:
        if one.agency == agency:
            return one
    raise Expected("roster-agency-unknown", agency=agency)


def _with_changed(body: RosterBody, person: Person) -> RosterBody:
    return replace(body, persons=tuple(person if one.person == person.person else one for one in body.persons))
