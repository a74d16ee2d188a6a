# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The merge proven: replicas in any order come to one state and one view, and nothing counts that must not.

The Hypothesis machine looks for counterexamples; the seeded rounds reach every rare state a least number of
times; the mutants show that both would notice a broken rule.
"""

from collections import Counter

from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from merge_swarm import Seeded, Swarm

SEEDS = range(48)
STEPS = 48


class _Drawn:
    """Chooses by Hypothesis."""

    def __init__(self) -> None:
        self.data: st.DataObject | None = None

    def below(self, limit: int) -> int:
        assert self.data is not None
        return self.data.draw(st.integers(0, limit - 1))


class MergeMachine(RuleBasedStateMachine):
    """Acts one by one, checked after each few."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn = _Drawn()
        self.swarm = Swarm(self.drawn)
        self.steps = 0

    @rule(data=st.data(), number=st.integers(0, 10**6))
    def act(self, data: st.DataObject, number: int) -> None:
        self.drawn.data = data
        acts = self.swarm.acts()
        acts[number % len(acts)]()
        self.steps += 1

    @invariant()
    def holds(self) -> None:
        if self.steps % 6 == 0:
            self.swarm.check()

    def teardown(self) -> None:
        self.swarm.check()
        for state in sorted(self.swarm.seen):
            event(state)


class TestMerge(MergeMachine.TestCase):
    """Run the machine."""


def played(seed: int, steps: int = STEPS) -> Counter[str]:
    """Play one seeded round, checking every few acts; return how often each state was seen."""
    swarm = Swarm(Seeded(seed))
    for step in range(steps):
        swarm.pick(swarm.acts())()
        if step % 6 == 5:
            swarm.check()
    return swarm.seen


LEAST = {
    "conflict": 40, "two-versions": 40, "held": 40, "parent-awaited": 3, "stale": 20, "fork": 10, "roster-fork": 20,
    "waiting": 40, "key-compromised": 20, "key-not-yours": 40, "key-retired": 4, "recused": 20, "signer-recused": 10,
    "corrupt refused": 10, "other-roster": 40, "under-signed": 40, "chair-replaced": 5, "after-closing": 20,
    "other-criteria": 20, "criteria-unsettled": 10, "own-sheet-missing": 5, "own-sheet-mismatch": 2, "official": 4,
    "endorsed": 5, "chain of three": 20, "unnamed": 20, "role-not-yours": 40, "current": 400,
    "healed fork": 40, "healed twice": 10, "counted from a healed side": 40, "two healings": 5, "a side too late": 10,
    "seq-jump": 40,
}  # fmt: skip


def test_the_rare_states_are_reached() -> None:
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        seen += played(seed)
    assert {state: seen[state] for state, least in LEAST.items() if seen[state] < least} == {}
