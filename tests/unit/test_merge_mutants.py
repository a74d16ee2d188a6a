# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The test of the test: a rule of trust or merge that is broken on purpose must be noticed by the seeded rounds."""

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from merge_swarm import Seeded, Swarm

from pmqa_desktop.domain import merging, trust, view
from pmqa_desktop.domain.facts import Fact
from pmqa_desktop.domain.rights import Rights
from pmqa_desktop.domain.view import Cell

Plant = Callable[[pytest.MonkeyPatch], None]
Judge: Any = view._Judge
SEEDS = range(60)
WHOLE_SEEDS = SEEDS if os.environ.get("PMQA_HYPOTHESIS") == "deep" else range(12)
STEPS = 48


def broken_at(seed: int) -> str:
    """Play one seeded round; return what was noticed, or nothing."""
    swarm = Swarm(Seeded(seed))
    try:
        for step in range(STEPS):
            swarm.pick(swarm.acts())()
            if step % 6 == 5:
                swarm.check()
    except (AssertionError, LookupError) as noticed:
        return repr(noticed)
    return ""


def forgives(owner: Any, method: str, code: str) -> Plant:
    """Return a mutant of a rule that lets one code pass."""
    original = getattr(owner, method)

    def changed(*args: Any) -> str | None:
        found = original(*args)
        return None if found == code else found

    return lambda patch: patch.setattr(owner, method, changed)


def answers(owner: Any, method: str, value: Any) -> Plant:
    return lambda patch: patch.setattr(owner, method, lambda *args, **more: value)


def one_threshold(which: str, patch: pytest.MonkeyPatch) -> None:
    """Ask for the signatures of the parents' roots only, of the own ones only, or of one parent's and the own."""
    original = trust.follow_problem

    def changed(child: Any, parents: Any, foreign: frozenset[str] = frozenset()) -> str | None:
        carried = [trust.meets_threshold(child.keyids, trust.roster_of(parent).body) for parent in parents]
        own = trust.meets_threshold(child.keyids, trust.roster_of(child).body)
        enough = {"parent": all(carried), "own": own, "one side": any(carried) and own}[which]
        found = original(child, parents, foreign)
        return None if found == "under-signed" and enough else found

    patch.setattr(trust, "follow_problem", changed)


def heads_but(chosen: Callable[[dict[str, Any], tuple[str, ...]], tuple[str, ...]]) -> Plant:
    """Return a mutant that overlooks some of the newest rosters."""
    original = trust.Standing.__init__

    def changed(self: Any, *args: Any) -> None:
        original(self, *args)
        self.heads = chosen(self.rosters, self.heads)

    return lambda patch: patch.setattr(trust.Standing, "__init__", changed)


def healings(rosters: dict[str, Any], heads: tuple[str, ...]) -> list[str]:
    return [head for head in heads if len(rosters[head].document.supersedes) > 1]


def a_healing_beats_a_late_side(rosters: dict[str, Any], heads: tuple[str, ...]) -> tuple[str, ...]:
    found = healings(rosters, heads)
    return tuple(found) if len(found) == 1 else heads


def the_first_of_two_healings(rosters: dict[str, Any], heads: tuple[str, ...]) -> tuple[str, ...]:
    found = healings(rosters, heads)
    return tuple(found[:1]) if len(found) > 1 else heads


def forgets_the_healed_sides(patch: pytest.MonkeyPatch) -> None:
    original = trust.Standing.lineage

    def changed(self: Any, digest: str) -> tuple[Any, ...]:
        found = original(self, digest)
        sides = {side for one in found if len(one.document.supersedes) > 1 for side in one.document.supersedes}
        return tuple(one for one in found if one.digest not in sides or one.digest == digest)

    patch.setattr(trust.Standing, "lineage", changed)


def stands_at_the_first(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(trust.Standing, "agreed", lambda self: next(iter(self.rosters)))


def takes_one_side_of_a_fork(patch: pytest.MonkeyPatch) -> None:
    original = trust.follow_chain

    def changed(rosters: Any, named: str | None, foreign: frozenset[str] = frozenset()) -> trust.Chain:
        found = original(rosters, named, foreign)
        if found.problem != "roster-fork":
            return found
        rest = {d: r for d, r in rosters.items() if d not in found.fork[1:]}
        return changed(rest, named, foreign)

    patch.setattr(view, "follow_chain", changed)


def takes_one_of_two_rivals(patch: pytest.MonkeyPatch) -> None:
    original = trust._first

    def changed(rosters: Any, named: str | None, foreign: frozenset[str]) -> trust.Chain:
        found = original(rosters, named, foreign)
        return trust.Chain((rosters[found.fork[0]],)) if found.problem == "rival-rosters" else found

    patch.setattr(trust, "_first", changed)


def forgets_what_is_kept(patch: pytest.MonkeyPatch) -> None:
    original = Rights.__init__

    def changed(self: Any, chain: Any) -> None:
        original(self, chain)
        self._kept = frozenset()

    patch.setattr(Rights, "__init__", changed)


def takes_one_of_two_versions(patch: pytest.MonkeyPatch) -> None:
    original = Judge._settle

    def changed(self: Any, slot: Any, entries: list[Fact]) -> Cell:
        cell = original(self, slot, entries)
        return Cell(slot, "current", cell.candidates[0], cell.seq) if cell.state == "conflict" else cell

    patch.setattr(Judge, "_settle", changed)


def shows_the_older_while_held(patch: pytest.MonkeyPatch) -> None:
    original = Judge._settle

    def changed(self: Any, slot: Any, entries: list[Fact]) -> Cell:
        cell = original(self, slot, entries)
        older = [fact for fact in entries if fact.seq < cell.seq]
        return original(self, slot, older) if cell.state == "held" and older else cell

    patch.setattr(Judge, "_settle", changed)


def heals_by_number_alone(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Judge, "_lineage", lambda self, tops: set(self.facts) - {top.digest for top in tops})


def jumps_only_over_what_is_here(patch: pytest.MonkeyPatch) -> None:
    original = view.jumped

    def changed(facts: Any) -> frozenset[str]:
        return frozenset(d for d in original(facts) if all(parent in facts for parent in facts[d].supersedes))

    patch.setattr(view, "jumped", changed)


def tells_came_for_gone(patch: pytest.MonkeyPatch) -> None:
    original = Judge._mark_stale_and_late

    def changed(self: Any) -> None:
        original(self)
        for slot, cell in self.cells.items():
            self.cells[slot] = replace(cell, came=cell.gone, gone=cell.came)

    patch.setattr(Judge, "_mark_stale_and_late", changed)


def state_in_order_of_arrival(patch: pytest.MonkeyPatch) -> None:
    def changed(entries: Iterable[tuple[str, Iterable[str], str]]) -> str:
        lines = "".join(f"{digest} {' '.join(keyids)}\n" for digest, keyids, _ in entries)
        return hashlib.sha256(lines.encode()).hexdigest()

    patch.setattr(merging, "state_digest", changed)


MUTANTS: dict[str, Plant] = {
    "only the parent's threshold is asked": partial(one_threshold, "parent"),
    "only the own threshold is asked": partial(one_threshold, "own"),
    "one side's threshold is enough to heal": partial(one_threshold, "one side"),
    "a healing stands against a side that came late": heads_but(a_healing_beats_a_late_side),
    "one of two healings is taken": heads_but(the_first_of_two_healings),
    "what was signed on a healed side is void": forgets_the_healed_sides,
    "a fork takes everything back to the first roster": stands_at_the_first,
    "one side of a fork is taken": takes_one_side_of_a_fork,
    "one of two first rosters is taken": takes_one_of_two_rivals,
    "a root roster signed by too few names signers": lambda patch: patch.setattr(trust, "stored_rosters", dict),
    "nobody waits for a roster": answers(trust.KnownSigners, "awaits", False),
    "a compromised key counts": forgives(Rights, "signer_problem", "key-compromised"),
    "kept documents are forgotten": forgets_what_is_kept,
    "a key speaks for another person": forgives(Rights, "signer_problem", "key-not-yours"),
    "a retired key signs on": forgives(Rights, "signer_problem", "key-retired"),
    "a reveal rests on a peer's sheet": answers(Judge, "_reveal_fault", ""),
    "documents count after the closing": forgives(Rights, "signer_problem", "after-closing"),
    "anybody leads a panel": answers(Rights, "_chair_problem", None),
    "a replaced chair still leads": forgives(Rights, "_chair_problem", "chair-replaced"),
    "anybody is the secretariat": answers(Rights, "_secretariat_problem", None),
    "one of the secretariat makes a result official": forgives(Rights, "_secretariat_problem", "under-signed"),
    "results rest on any consensus": answers(Judge, "_result_fault", ""),
    "a peer's sheet is confirmed": answers(Judge, "_endorsement_fault", ""),
    "anybody has a seat": forgives(Rights, "_seat_problem", "role-not-yours"),
    "a recused person's sheet counts": answers(Judge, "_mark_recused", None),
    "one of two versions is taken": takes_one_of_two_versions,
    "the older sheet is shown while held": shows_the_older_while_held,
    "any later revision heals a conflict": heals_by_number_alone,
    "parents are not awaited": answers(Fact, "parents", ()),
    "other criteria count": answers(Judge, "_criteria_fault", ""),
    "other rosters count": answers(Judge, "_roster_fault", ""),
    "stale is not told": answers(Judge, "_mark_stale_and_late", None),
    "came is told for gone": tells_came_for_gone,
    "numbers may be jumped over": lambda patch: patch.setattr(view, "jumped", lambda facts: frozenset()),
    "a number without anything below it is believed": jumps_only_over_what_is_here,
    "a join forgets signatures": lambda patch: patch.setattr(merging, "join", lambda a, b: {**b, **a}),
    "a join loses documents": lambda patch: patch.setattr(merging, "join", lambda a, b: dict(b or a)),
    "the state depends on the order": state_in_order_of_arrival,
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_broken_rule_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    MUTANTS[name](monkeypatch)
    assert any(broken_at(seed) for seed in SEEDS), f"{name}: nothing noticed it"


def test_nothing_is_noticed_while_every_rule_is_whole() -> None:
    """Otherwise the mutants would die of something else."""
    assert {seed: told for seed in WHOLE_SEEDS if (told := broken_at(seed))} == {}


def test_there_are_mutants_enough_of_both_halves() -> None:
    assert len(MUTANTS) >= 15
