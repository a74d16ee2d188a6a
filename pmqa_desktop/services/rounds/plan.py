# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A round as the secretariat plans it, before anybody's key is in it: who, on which agencies, by which criteria."""

from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from pmqa_desktop.domain.criteria.tree import complaint, parse_toml, plain_tree
from pmqa_desktop.domain.documents import Agency, Due, Panel
from pmqa_desktop.domain.seats import expect_own_seats, seats_by_person
from pmqa_desktop.errors import Expected

LARGEST_PLAN = 4 * 1024 * 1024
"""The most bytes of a plan file."""
Plan = TypeVar("Plan", bound=msgspec.Struct)


class PlannedPerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person of the plan, told by office and never by name."""

    person: str
    office_th: str
    office_en: str


class RoundPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a round begins with; keys come from enrolments.

    `edition` is the name of a shipped edition or a file; `settings` are those that differ from its defaults and
    are hereby confirmed. `roots` are the persons who sign rosters, `threshold` of them each time.
    """

    round: str
    title_th: str
    title_en: str
    year_be: int
    persons: tuple[PlannedPerson, ...]
    roots: tuple[str, ...]
    threshold: int
    secretariat: tuple[str, ...]
    rehearsal: bool = False
    edition: str = "pmqa40"
    settings: dict[str, Any] = {}
    agencies: tuple[Agency, ...] = ()
    panels: tuple[Panel, ...] = ()
    due: tuple[Due, ...] = ()
    recovery: str = ""
    confidentiality: str = ""


class MorePlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a later roster adds or changes: persons are added, agencies added, panels added or replaced."""

    persons: tuple[PlannedPerson, ...] = ()
    agencies: tuple[Agency, ...] = ()
    panels: tuple[Panel, ...] = ()


def settled(plan: RoundPlan) -> RoundPlan:
    """Return the plan with every seat named after its person, as the rosters of a window's draft name them."""
    return replace(plan, panels=seats_by_person(plan.panels))


def load_plan(data: bytes, file: str) -> RoundPlan:
    """Read a plan from TOML.

    Raises:
        Expected: `plan-invalid` with file, key, found, expected; `seat-name-shared`.
    """
    plan = _convert(data, file, RoundPlan)
    expect_own_seats(plan.panels)
    return plan


def load_more(data: bytes, file: str) -> MorePlan:
    """Read an addition from TOML; raises Expected `plan-invalid` and `seat-name-shared`."""
    more = _convert(data, file, MorePlan)
    expect_own_seats(more.panels)
    return more


def _convert(data: bytes, file: str, to: type[Plan]) -> Plan:
    try:
        return _typed(data, file, to)
    except Expected as told:
        raise Expected("plan-invalid", **told.fields) from told


def _typed(data: bytes, file: str, to: type[Plan]) -> Plan:
    tree: dict[str, Any] = plain_tree(parse_toml(data, file), file)
    try:
        return msgspec.convert(tree, to)
    except msgspec.ValidationError as error:
        raise complaint(tree, file, str(error)) from error
