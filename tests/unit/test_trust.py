# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The roster chain: thresholds, the first roster, forks, and who waits in the holding area."""

import hashlib
import random
from typing import Any

import pytest
from trust_world import PEOPLE, ROOTS, World, key_of, keyid_of, people, person, view_of

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.documents import Panel, RootPerson, Seat
from pmqa_desktop.domain.facts import fact_of
from pmqa_desktop.domain.merging import join
from pmqa_desktop.domain.trust import (
    KnownSigners,
    Standing,
    awaits_roster,
    first_problem,
    follow_chain,
    follow_problem,
    key_id,
    meets_threshold,
    rehearsal_keys,
    stored_rosters,
)


def chain(*rosters: Admitted, named: str | None = None):
    return follow_chain({roster.digest: roster for roster in rosters}, named)


def roots(*names: str) -> tuple[RootPerson, ...]:
    return tuple(RootPerson(person=name, key=key_of(name)) for name in names)


def test_a_key_id_is_the_hash_of_the_raw_key() -> None:
    assert key_id("00" * 32) == hashlib.sha256(bytes(32)).hexdigest()
    assert key_id(key_of("root0")) == keyid_of("root0")


def test_text_that_is_no_key_has_no_key_id() -> None:
    assert key_id("no hex") == ""


def test_two_keys_of_one_root_person_count_once() -> None:
    body = World().body(
        roots=(
            RootPerson(person="root0", key=key_of("root0")),
            RootPerson(person="root0", key=key_of("root0-device1")),
            *roots("root1", "root2"),
        )
    )
    assert not meets_threshold([keyid_of("root0"), keyid_of("root0-device1")], body)
    assert meets_threshold([keyid_of("root0"), keyid_of("root1")], body)


def test_a_root_key_that_the_roster_marks_compromised_signs_nothing() -> None:
    body = World().body(persons=(person("root0", ("root0", "compromised")),))
    assert not meets_threshold([keyid_of("root0"), keyid_of("root1")], body)
    assert meets_threshold([keyid_of("root2"), keyid_of("root1")], body)


@pytest.mark.parametrize(
    ("rehearsal", "changes", "code"),
    [
        (False, {}, None),
        (False, {"threshold": 1}, "roster-threshold-low"),
        (True, {"threshold": 1, "roots": roots("root0")}, None),
        (True, {"threshold": 0}, "roster-threshold-low"),
        (False, {"roots": roots("root0", "root1")}, "roster-roots-few"),
        (True, {"roots": roots("root0", "root1")}, None),
        (True, {"roots": roots("root0")}, "roster-roots-few"),
        (True, {"persons": (person("a", ("root0", "active")),)}, "roster-key-twice"),
        (True, {"persons": (person("a", ("x", "active")), person("b", ("x", "active")))}, "roster-key-twice"),
    ],
)
def test_a_first_roster_is_sound_alone(rehearsal: bool, changes: dict, code: str | None) -> None:
    world = World(rehearsal=rehearsal)
    signers = ROOTS[:1] if changes.get("threshold") == 1 else ROOTS[:2]
    assert first_problem(world.first_roster(signers=signers, **changes)) == code


def test_a_person_sits_on_a_panel_once() -> None:
    seat = Seat(seat="s1", person="ev1", title_th="ก", title_en="a")
    other = Seat(seat="s2", person="ev1", title_th="ก", title_en="a")
    twice = Panel(agency="dpt", chair="chair", seats=(seat, other))
    assert first_problem(World().first_roster(panels=(twice,))) == "roster-seat-twice"


def test_a_first_roster_carries_its_own_threshold() -> None:
    world = World()
    alone = world.first_roster(signers=ROOTS[:1], title_en="Alone")
    assert first_problem(alone) == "under-signed"
    assert chain(alone, named=alone.digest).problem == "under-signed"


def test_the_chain_follows_rosters_signed_by_both_thresholds() -> None:
    world = World()
    second = world.next_roster(title_en="Second")
    third = world.next_roster(second, title_en="Third")
    assert chain(third, world.roster, second, named=world.named).digests == (world.named, second.digest, third.digest)


def test_the_parents_threshold_is_needed() -> None:
    """New roots alone can't take a round over, whatever their own roster says."""
    world = World()
    taken = world.next_roster(signers=("x", "y"), roots=roots("x", "y", "z"))
    assert follow_problem(taken, [world.roster]) == "under-signed"
    assert chain(world.roster, taken, named=world.named).digests == (world.named,)


def test_the_rosters_own_threshold_is_needed() -> None:
    world = World()
    raised = world.next_roster(signers=ROOTS[:2], threshold=3, roots=roots(*ROOTS, "root3"))
    assert follow_problem(raised, [world.roster]) == "under-signed"
    world = World()
    swapped = world.next_roster(signers=ROOTS[:2], roots=roots("x", "y", "z"))
    assert follow_problem(swapped, [world.roster]) == "under-signed"
    both = world.next_roster(signers=(*ROOTS[:2], "x", "y"), roots=roots("x", "y", "z"))
    assert follow_problem(both, [world.roster]) is None


def test_countersigning_completes_a_roster() -> None:
    world = World()
    half = world.next_roster(signers=("root0",), title_en="Second")
    other_half = Admitted(half.digest, half.payload, half.document, World().next_roster(signers=("root1",)).signatures)
    assert chain(world.roster, half, named=world.named).digests == (world.named,)
    joined = join({half.digest: half}, {half.digest: other_half})
    assert chain(world.roster, *joined.values(), named=world.named).digests == (world.named, half.digest)


def test_a_number_left_out_is_no_follower() -> None:
    world = World()
    second = world.next_roster()
    skipping = world.next_roster(second)
    assert chain(world.roster, skipping, named=world.named).digests == (world.named,)


@pytest.mark.parametrize("change", [{"round": "r2570"}, {"rehearsal": False}])
def test_round_and_rehearsal_never_change(change: dict) -> None:
    world = World()
    other = world.next_roster(header=change)
    assert follow_problem(other, [world.roster]) == "roster-round-changed"
    assert chain(world.roster, other, named=world.named).digests == (world.named,)


def test_a_fork_stops_the_chain_and_shows_the_newest_of_both_sides() -> None:
    world = World()
    one = world.next_roster(title_en="One")
    two = world.next_roster(title_en="Two", signers=ROOTS[1:])
    after = world.next_roster(one, title_en="After")
    for rosters, fork in (((one, two), (one, two)), ((one, two, after), (after, two))):
        found = chain(world.roster, *rosters, named=world.named)
        assert found.digests == (world.named,)
        assert found.fork == tuple(sorted(side.digest for side in fork))
        assert found.sides == tuple(sorted(side.digest for side in rosters))
        assert found.problem == "roster-fork"


# --- healing a fork

EVERYBODY = (*ROOTS, "x", "y")


def parted(world: World, **second: Any) -> tuple[Admitted, Admitted]:
    """Return two sound followers of the first roster; the second by other officers, or of changed fields."""
    signers = second.pop("signers", ROOTS[1:])
    return world.next_roster(title_en="One"), world.next_roster(signers=signers, title_en="Two", **second)


def test_a_roster_that_follows_both_sides_heals_the_fork_and_keeps_both_in_the_chain() -> None:
    world = World()
    one, two = parted(world)
    healed = world.healing((one, two))
    found = chain(world.roster, healed, two, one, named=world.named)
    assert (found.fork, found.problem, found.sides) == ((), None, ())
    assert found.digests == (world.named, *sorted((one.digest, two.digest)), healed.digest)
    later = world.next_roster(healed, title_en="Later")
    assert chain(later, world.roster, healed, two, one, named=world.named).digests[-1] == later.digest


@pytest.mark.parametrize("missing", [0, 1])
def test_without_one_of_the_sides_a_healing_waits(missing: int) -> None:
    """The side that is here stands meanwhile, as it did before the other came."""
    world = World()
    sides = parted(world)
    here = sides[1 - missing]
    healed = world.healing(sides)
    found = chain(world.roster, healed, here, named=world.named)
    assert (found.digests, found.problem) == ((world.named, here.digest), None)
    assert set(stored_rosters({one.digest: one for one in (world.roster, healed, here)})) == {world.named, here.digest}


@pytest.mark.parametrize(
    ("signers", "heals"),
    [(ROOTS[:2], False), (("root2", "x"), False), (("root0", "root2", "x"), True), (EVERYBODY, True)],
)
def test_a_healing_needs_the_threshold_of_every_side(signers: tuple[str, ...], heals: bool) -> None:
    """Neither half takes the round over alone, whatever the last agreed roster would let it do."""
    world = World()
    sides = parted(world, signers=("root0", "root2", "x"), roots=roots("root2", "x", "y"))
    healed = world.healing(sides, signers)
    found = chain(world.roster, *sides, healed, named=world.named)
    assert (found.problem is None) is heals
    assert follow_problem(healed, sorted(sides, key=lambda one: one.digest)) == (None if heals else "under-signed")


def test_a_healing_needs_its_own_threshold_too() -> None:
    world = World()
    sides = parted(world)
    taken = world.healing(sides, roots=roots("x", "y", "z"))
    assert chain(world.roster, *sides, taken, named=world.named).problem == "roster-fork"
    both = world.healing(sides, (*ROOTS[:2], "x", "y"), roots=roots("x", "y", "z"))
    assert chain(world.roster, *sides, taken, both, named=world.named).digests[-1] == both.digest


def test_two_healings_are_a_fork_again_that_a_third_heals() -> None:
    world = World()
    sides = parted(world)
    healings = (world.healing(sides, title_en="A"), world.healing(sides, title_en="B"))
    found = chain(world.roster, *sides, *healings, named=world.named)
    assert (found.digests, found.fork) == ((world.named,), tuple(sorted(one.digest for one in healings)))
    third = world.healing(healings)
    assert chain(world.roster, *sides, *healings, third, named=world.named).digests[-1] == third.digest


def test_a_side_that_comes_after_the_healing_is_a_fork_again() -> None:
    world = World()
    sides = parted(world)
    healed = world.healing(sides)
    late = world.next_roster(title_en="Late")
    found = chain(world.roster, *sides, healed, late, named=world.named)
    assert (found.digests, found.fork) == ((world.named,), tuple(sorted((healed.digest, late.digest))))
    again = world.healing((healed, late))
    assert chain(world.roster, *sides, healed, late, again, named=world.named).digests[-1] == again.digest


def test_a_long_side_is_healed_at_its_end_and_nothing_signed_on_it_is_lost() -> None:
    world = World()
    one, two = parted(world)
    longer = world.next_roster(one, title_en="Longer")
    early = world.healing((one, two))
    found = chain(world.roster, one, two, longer, early, named=world.named)
    assert found.fork == tuple(sorted((longer.digest, early.digest)))
    world.roster = longer
    sheet = world.sheet("ev1")
    world.roster = two
    other = world.sheet("ev2")
    healed = world.healing((longer, early))
    world.made.pop(healed.digest)
    assert world.view().status[sheet.digest] == world.view().status[other.digest] == "other-roster"
    world.keep(healed)
    seen = world.view()
    assert {seen.status[d.digest] for d in (sheet, other)} == {"counted"}
    assert {seen.status[d.digest] for d in (one, two, longer, early)} == {"superseded"}


def test_the_number_of_a_healing_follows_the_highest_side() -> None:
    world = World()
    one, two = parted(world)
    longer = world.next_roster(one, title_en="Longer")
    for number, sound in ((3, False), (4, True), (5, False)):
        healed = world.healing((longer, two), header={"seq": number})
        found = chain(world.roster, one, two, longer, healed, named=world.named)
        assert (found.problem is None) is sound


@pytest.mark.parametrize("change", [{"round": "r2570"}, {"rehearsal": False}])
def test_a_healing_changes_neither_round_nor_rehearsal(change: dict[str, Any]) -> None:
    world = World()
    sides = parted(world)
    healed = world.healing(sides, EVERYBODY, header=change)
    assert chain(world.roster, *sides, healed, named=world.named).problem == "roster-fork"


def test_a_key_revoked_on_one_side_is_what_the_healing_says() -> None:
    """As ever the newest roster decides; the program proposes the graver state, see test_service_healing."""
    world = World()
    sheet = world.sheet("ev1")
    sides = parted(world, persons=people(person("ev1", ("ev1", "compromised"))))
    for state, status in (("active", "counted"), ("compromised", "key-compromised")):
        healed = world.healing(sides, persons=people(person("ev1", ("ev1", state))))
        assert world.view().status[sheet.digest] == status
        world.made.pop(healed.digest)


def test_an_under_signed_rival_is_no_fork() -> None:
    world = World()
    one = world.next_roster(title_en="One")
    rival = world.next_roster(title_en="Rival", signers=ROOTS[:1])
    assert chain(world.roster, one, rival, named=world.named).digests == (world.named, one.digest)


def test_a_live_round_answers_only_when_named() -> None:
    world = World(rehearsal=False)
    assert chain(world.roster).problem == "no-trusted-roster"
    assert chain(world.roster, named=world.named).digests == (world.named,)


def test_nothing_is_trusted_without_a_roster() -> None:
    assert chain().problem == "no-roster"
    assert chain(World().roster, named="sha256:" + "0" * 64).problem == "trusted-roster-missing"


def test_a_rehearsal_takes_the_only_first_roster() -> None:
    world = World()
    assert chain(world.roster).digests == (world.roster.digest,)


def test_two_first_rosters_are_both_shown_and_none_counts() -> None:
    mine, other = World().roster, World(round_id="r2570").roster
    found = chain(mine, other)
    assert (found.digests, found.problem) == ((), "rival-rosters")
    assert found.fork == tuple(sorted((mine.digest, other.digest)))
    assert chain(mine, other, named=other.digest).digests == (other.digest,)


def test_a_later_roster_is_not_taken_as_the_first() -> None:
    world = World()
    second = world.next_roster()
    assert chain(world.roster, second, named=second.digest).problem == "roster-not-first"
    assert chain(second).problem == "no-roster"


def test_a_live_roster_must_not_name_a_key_of_a_rehearsal() -> None:
    practice = World()
    used = rehearsal_keys([fact_of(practice.sheet("ev1"))])
    live = World(rehearsal=False)
    assert first_problem(live.roster, used) == "rehearsal-key"
    assert first_problem(practice.roster, used) is None
    assert follow_problem(live.next_roster(), [live.roster], used) == "rehearsal-key"
    documents = [live.roster, practice.sheet("ev1")]
    assert view_of(documents, live.named).problem == "rehearsal-key"


def test_being_named_in_a_rehearsal_spoils_no_live_key() -> None:
    """Only what a key signed itself tells: anybody can write a roster that names somebody else's key."""
    stranger = World().first_roster(signers=("x", "y"), roots=roots("x", "y", "ev1"))
    live = World(rehearsal=False)
    assert view_of([live.roster, stranger], live.named).problem is None


# --- the holding area


def test_a_stranger_waits_until_a_roster_names_the_key() -> None:
    world = World()
    sheet = fact_of(world.sheet("stranger"))
    rosters = {world.roster.digest: world.roster}
    assert awaits_roster(sheet, rosters)
    second = world.next_roster(persons=(*(person(name) for name in PEOPLE), person("stranger")))
    assert not awaits_roster(sheet, rosters | {second.digest: second})


def test_everybody_whom_a_stored_roster_names_comes_in() -> None:
    world = World()
    known = KnownSigners({world.roster.digest: world.roster})
    for name in (*PEOPLE, *ROOTS):
        assert not known.awaits(fact_of(world.declaration(name)))


def test_documents_wait_while_there_is_no_roster() -> None:
    world = World()
    assert awaits_roster(fact_of(world.sheet("ev1")), {})
    assert not awaits_roster(fact_of(world.roster), {})


def test_a_key_of_another_round_waits() -> None:
    world = World()
    other = World(round_id="r2570")
    assert awaits_roster(fact_of(other.sheet("ev1")), {world.roster.digest: world.roster})
    live = World(rehearsal=False)
    assert awaits_roster(fact_of(live.sheet("ev1")), {world.roster.digest: world.roster})


def test_an_under_signed_roster_lets_nobody_in() -> None:
    world = World()
    stranger = (*(person(name) for name in PEOPLE), person("stranger"))
    half = world.next_roster(signers=ROOTS[:1], persons=stranger)
    rosters = {world.roster.digest: world.roster, half.digest: half}
    assert awaits_roster(fact_of(world.sheet("stranger")), rosters)
    assert not awaits_roster(fact_of(half), rosters), "its author is known, so it can gather signatures"


def test_both_sides_of_a_fork_are_stored() -> None:
    world = World()
    one = world.next_roster(title_en="One")
    two = world.next_roster(title_en="Two")
    over_two = world.next_roster(two)
    orphan = World().next_roster(over_two, title_en="Orphan")
    rosters = {r.digest: r for r in (world.roster, one, two, over_two)}
    assert set(stored_rosters(rosters)) == set(rosters)
    assert stored_rosters({orphan.digest: orphan}) == {}


def test_a_roster_of_strangers_waits() -> None:
    world = World()
    hostile = world.next_roster(signers=("x", "y"), roots=roots("x", "y", "z"))
    assert awaits_roster(fact_of(hostile), {world.roster.digest: world.roster, hostile.digest: hostile})


def test_retired_and_compromised_keys_are_known_signers() -> None:
    """Their documents are stored and shown with a code; only strangers wait."""
    world = World()
    others = tuple(person(name) for name in PEOPLE if name != "ev1")
    keys = (("lost", "compromised"), ("old", "retired"), ("new", "active"))
    named = world.first_roster(persons=(*others, person("ev1", *keys)))
    known = KnownSigners({named.digest: named})
    assert [known.awaits(fact_of(world.sheet("ev1", device=device))) for device, _ in keys] == [False] * 3
    assert known.awaits(fact_of(world.sheet("ev1", device="never")))


def test_where_the_sides_part_is_what_every_way_to_every_end_leads_through() -> None:
    choose = random.Random(2569)
    for _ in range(40):
        world = World()
        made = [world.roster]
        for number in range(9):
            sides = choose.sample(made, min(len(made), choose.choice((1, 1, 2, 3))))
            made.append(world.healing(sides, title_en=f"Round {number}"))
        standing = Standing({one.digest: one for one in made}, [world.roster.digest])
        ways: dict[str, frozenset[str]] = {}
        for one in made:  # the plain way: on every way to a roster lie itself and what lies on every way to its parents
            through = [ways[parent] for parent in one.document.supersedes]
            ways[one.digest] = frozenset({one.digest}).union(frozenset.intersection(*through) if through else ())
        common = frozenset.intersection(*(ways[head] for head in standing.heads))
        assert len(standing.rosters) == len(made)
        assert standing.agreed() == max(common, key=lambda digest: standing.rosters[digest].document.seq)
