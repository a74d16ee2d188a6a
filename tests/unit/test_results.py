# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Results and ranking from a view: exact totals, shared ranks, what is open, plain data."""

import json
import random
from fractions import Fraction
from functools import cache

import msgspec
import pytest
from trust_world import World, agency, panel, view_of

from pmqa_desktop.assets import resource
from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.domain.criteria import FrozenCriteria, freeze, load_edition
from pmqa_desktop.domain.documents import Consensus, SettledItem
from pmqa_desktop.domain.results import Results, results
from pmqa_desktop.thai import sort_key

IDS = ("a1", "a2", "a3", "a4")


@cache
def criteria() -> FrozenCriteria:
    edition = load_edition(resource("criteria/pmqa2562.toml").read_bytes(), "pmqa2562.toml")
    return freeze(edition, {})


def answers(percent: int, but: str = "") -> tuple[SettledItem, ...]:
    """Return the same percent on every item but one."""
    items = criteria().edition.items
    return tuple(SettledItem(item=item.code, answer=Answer(percent=percent)) for item in items if item.code != but)


def four_agencies() -> World:
    world = World()
    world.restart(agencies=tuple(agency(name) for name in IDS), panels=tuple(panel(name) for name in IDS))
    return world


def computed(world: World, documents: list[Admitted] | None = None) -> Results:
    def consensus_of(digest: str) -> Consensus:
        document = world.made[digest].document
        assert isinstance(document, Consensus)
        return document

    seen = view_of(world.made.values() if documents is None else documents, world.named)
    return results(seen, criteria(), consensus_of, sort_key)


def ranked(found: Results) -> list[tuple[str, int | None]]:
    return [(result.agency, result.rank) for result in found.ranking]


def test_equal_totals_share_a_rank_and_the_next_is_left_out() -> None:
    world = four_agencies()
    for name, percent in zip(IDS, (50, 70, 70, 40), strict=True):
        world.panel_done(name, items=answers(percent))
    found = computed(world)
    assert ranked(found) == [("a2", 1), ("a3", 1), ("a1", 3), ("a4", 4)]
    assert found.complete
    assert found.of("a2").total == Fraction(700)  # type: ignore[union-attr]
    assert found.unranked == ()


def test_equal_totals_stand_in_the_order_of_names() -> None:
    world = World()
    names = {"a1": "แก้ว", "a2": "ขวด", "a3": "กรม", "a4": "เกาะ"}
    made = [msgspec.structs.replace(agency(name), name_th=names[name]) for name in IDS]
    world.restart(agencies=tuple(made), panels=tuple(panel(name) for name in IDS))
    for name in IDS:
        world.panel_done(name, items=answers(60))
    found = computed(world)
    assert [result.name_th for result in found.ranking] == ["กรม", "เกาะ", "แก้ว", "ขวด"]
    assert {result.rank for result in found.ranking} == {1}
    assert [result.name_th for result in found.agencies] == ["กรม", "เกาะ", "แก้ว", "ขวด"]


def test_agencies_with_something_open_have_no_rank() -> None:
    world = four_agencies()
    gap = criteria().edition.items[0].code
    world.panel_done("a1", items=answers(50))
    world.panel_done("a2", items=answers(90, but=gap))
    stale = world.panel_done("a3", items=answers(80))
    world.sheet("ev1", "a3", seq=2, supersedes=(stale["ev1"].digest,))
    found = computed(world)
    assert ranked(found) == [("a1", 1), ("a2", None), ("a3", None), ("a4", None)]
    assert found.unranked == ("a2", "a3", "a4")
    assert [(result.agency, result.state) for result in found.agencies] == [
        ("a1", "complete"), ("a2", "incomplete"), ("a3", "stale"), ("a4", "awaited"),
    ]  # fmt: skip
    a2, a3 = found.of("a2"), found.of("a3")
    assert a2 is not None
    assert a3 is not None
    assert (a2.total, a2.missing_items) == (None, (gap,))
    assert (a3.total, len(a3.came), len(a3.gone)) == (Fraction(800), 1, 1), "a stale consensus still shows its draft"
    assert not found.complete


def test_disputed_and_held_consensus_have_no_score() -> None:
    world = four_agencies()
    done = world.panel_done("a1", items=answers(50))
    sheets = [done[name] for name in ("chair", "ev1", "ev2")]
    world.consensus(done["reveal"], sheets, "a1", items=answers(51))
    held = world.panel_done("a2", items=answers(50))
    documents = [document for document in world.made.values() if document is not held["reveal"]]
    found = computed(world, documents)
    states = {result.agency: (result.state, result.total) for result in found.agencies}
    assert (states["a1"], states["a2"]) == (("conflict", None), ("held", None))


def test_a_seat_left_out_needs_the_chairs_word() -> None:
    world = four_agencies()
    sheets = [world.sheet(name, "a1") for name in ("chair", "ev1", "ev2")][:2]
    world.made = {d: doc for d, doc in world.made.items() if doc.document.author.person != "ev2"}
    reveal = world.reveal(sheets, "a1")
    silent = world.consensus(reveal, sheets, "a1", items=answers(50))
    result = computed(world).of("a1")
    assert result is not None
    assert (result.state, result.open_seats) == ("seats-open", ("ev2",))
    world.consensus(reveal, sheets, "a1", seq=2, supersedes=(silent.digest,), items=answers(50), missing=("ev2",))
    result = computed(world).of("a1")
    assert result is not None
    assert (result.state, result.sheets, result.open_seats) == ("no-quorum", 2, ())


def test_a_recused_seat_is_not_open() -> None:
    world = four_agencies()
    world.declaration("ev2", "a1", state="recused")
    world.panel_done("a1", ("chair", "ev1"), items=answers(50))
    result = computed(world).of("a1")
    assert result is not None
    assert (result.state, result.open_seats, result.sheets) == ("no-quorum", (), 2)


def test_published_results_and_dissents_are_told() -> None:
    world = four_agencies()
    done = world.panel_done("a1", items=answers(50))
    world.endorsement("ev1", done["consensus"], done["ev1"], "a1", agrees=False)
    draft = world.result(done["consensus"], "a1")
    result = computed(world).of("a1")
    assert result is not None
    assert (result.published, result.result, result.dissents) == ("draft", draft.digest, 1)
    assert computed(world).state == "draft"


def test_no_trust_gives_no_results() -> None:
    world = World(rehearsal=False)
    world.named = None
    found = computed(world)
    assert (found.agencies, found.problem, found.complete) == ((), "no-trusted-roster", False)


def test_an_agency_without_a_panel_keeps_the_round_open() -> None:
    world = World()
    world.restart(agencies=tuple(agency(name) for name in IDS[:2]), panels=(panel("a1"),))
    world.panel_done("a1", items=answers(50))
    found = computed(world)
    assert found.board.complete
    assert not found.complete
    assert ranked(found) == [("a1", 1), ("a2", None)]


@pytest.mark.parametrize("seed", range(3))
def test_results_are_plain_data_and_the_same_in_any_order(seed: int) -> None:
    world = four_agencies()
    for name, percent in zip(IDS[:3], (50, 70, 65), strict=True):
        world.panel_done(name, items=answers(percent))
    expected = computed(world).to_json()
    assert json.loads(json.dumps(expected)) == expected
    documents = list(world.made.values())
    random.Random(seed).shuffle(documents)
    assert json.dumps(computed(world, documents).to_json()) == json.dumps(expected)
    assert expected["agencies"][0]["total"]["exact"] == "500"
    assert expected["ranking"][-1] == {
        "rank": None, "agency": "a4", "name_th": "กรม a4", "exact": None, "display": None, "official": None,
        "level": None, "state": "awaited",
    }  # fmt: skip
