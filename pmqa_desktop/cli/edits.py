# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The changes that `roster propose` understands, from options to the next roster's body."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from pmqa_desktop.cli.console import APP, any_file, now, read_small
from pmqa_desktop.domain import roster_edits
from pmqa_desktop.domain.documents import AnyDocument, Person, RosterBody
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.registry.service import open_registry
from pmqa_desktop.services.rounds.enrolling import Enrolled, expect_compared
from pmqa_desktop.services.rounds.keeping import acceptable, led_by, signed_with
from pmqa_desktop.services.rounds.plan import LARGEST_PLAN, load_more
from pmqa_desktop.services.rounds.recovery import recipient_named
from pmqa_desktop.services.rounds.rosters import key_named
from pmqa_desktop.services.session import Session, chair_of
from pmqa_desktop.text import N_

F = TypeVar("F", bound=Callable[..., Any])
_OPTIONS = (
    click.option("--add", type=any_file, help=N_("TOML file with persons and agencies to add and committees to set.")),
    click.option(
        "--add-key", "add_keys", type=any_file, multiple=True, help=N_("Enrolment file of a new key; repeat.")
    ),
    click.option("--retire", multiple=True, help=N_("Key that goes out of use, by groups of its fingerprint.")),
    click.option("--compromised", multiple=True, help=N_("Key that was lost to others, by groups of its fingerprint.")),
    click.option("--root", multiple=True, help=N_("Person who may sign rosters, with the newest key in use.")),
    click.option("--drop-root", multiple=True, help=N_("Person who may no longer sign rosters.")),
    click.option("--chair", multiple=True, help=N_("AGENCY=PERSON: replace the chair for good.")),
    click.option("--acting-chair", multiple=True, help=N_("AGENCY=PERSON: let another lead; AGENCY= ends it.")),
    click.option("--recovery", help=N_("Recovery key to seal to: age1... or its .card file; - for none.")),
    click.option(
        "--registry", type=any_file, help=N_("Registry whose documents are kept, or accepted, by the change.")
    ),
    click.option("--close", is_flag=True, help=N_("Close the round and accept what the registry counts.")),
)


def edit_options(function: F) -> F:
    """Give a command the options of all changes."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def edited(body: RosterBody, header: AnyDocument, enrolled: Sequence[Enrolled], options: dict[str, Any]) -> RosterBody:
    """Return the next roster's body; `header` tells the round.

    Raises:
        Expected: the codes of `roster_edits`, `fingerprint-not-compared`, `other-round`, `command-misused`.
    """
    registry = _opened(options["registry"])
    try:
        body = _with_more(body, options["add"])
        body = _with_keys(body, enrolled, header.round, rehearsal=header.rehearsal)
        body = _without_keys(body, options, registry)
        body = _with_chairs(body, options, registry)
        for person in options["root"]:
            body = roster_edits.with_root(body, person, _newest_key(body, person))
        for person in options["drop_root"]:
            body = roster_edits.without_root(body, person)
        if told := options["recovery"]:
            body = roster_edits.with_recovery(body, "" if told == "-" else recipient_named(told))
        if options["close"]:
            if registry is None:
                raise Expected("command-misused", found="--close: --registry")
            body = roster_edits.closed(body, acceptable(registry))
        return body
    finally:
        if registry is not None:
            registry.close()


def _opened(path: Path | None) -> Session | None:
    return None if path is None else open_registry(path, clock=now, app=APP)


def _with_more(body: RosterBody, path: Path | None) -> RosterBody:
    if path is None:
        return body
    more = load_more(read_small(path, LARGEST_PLAN), path.name)
    for one in more.persons:
        body = roster_edits.with_person(body, Person(one.person, one.office_th, one.office_en, ()))
    for agency in more.agencies:
        body = roster_edits.with_agency(body, agency)
    for panel in more.panels:
        body = roster_edits.with_panel(body, panel)
    return body


def _with_keys(body: RosterBody, enrolled: Sequence[Enrolled], round_id: str, *, rehearsal: bool) -> RosterBody:
    expect_compared(enrolled)
    for one in enrolled:
        if one.round != round_id:
            raise Expected("other-round", found=one.round)
        if one.rehearsal != rehearsal:
            raise Expected("other-rehearsal")
        body = roster_edits.with_key(body, one.person, one.key, one.recipient)
    return body


def _without_keys(body: RosterBody, options: dict[str, Any], registry: Session | None) -> RosterBody:
    for typed in options["retire"]:
        body = roster_edits.with_key_state(body, key_named(body, typed), "retired")
    for typed in options["compromised"]:
        key = key_named(body, typed)
        kept = signed_with(registry, key) if registry is not None else ()
        body = roster_edits.with_key_state(body, key, "compromised", kept)
    return body


def _with_chairs(body: RosterBody, options: dict[str, Any], registry: Session | None) -> RosterBody:
    for edit, pairs in (
        (roster_edits.with_chair, options["chair"]),
        (roster_edits.with_acting_chair, options["acting_chair"]),
    ):
        for pair in pairs:
            agency, _, person = pair.partition("=")
            before = next((chair_of(panel) for panel in body.panels if panel.agency == agency), "")
            kept = led_by(registry, agency, before) if registry is not None else ()
            body = edit(body, agency, person, kept)
    return body


def _newest_key(body: RosterBody, person: str) -> str:
    keys = [entry.key for one in body.persons if one.person == person for entry in one.keys if entry.state == "active"]
    if not keys:
        raise Expected("roster-person-unknown", person=person)
    return keys[-1]
