# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Which points lift an item: a reading of the checklist engine backwards, for advice only."""

from dataclasses import dataclass
from fractions import Fraction

from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.domain.scoring.checklist import score_checklist


@dataclass(frozen=True, slots=True)
class Lift:
    """What reaching a level takes: its code, the points still to be met, and what the item gains by them."""

    level: str
    points: tuple[str, ...]
    gain: Fraction


def lifts(criteria: FrozenCriteria, item: str, answer: Answer) -> tuple[Lift, ...]:
    """Return, for each level of a checklist item not yet reached, the points that reach it and the gain.

    Source: product.md, Criteria and scoring ('which points lift the agency to the next level'). Empty for
    items of other kinds, for items that do not apply, and for an item with every point met.
    """
    found = criteria.edition.item(item)
    if found.kind != "checklist" or answer.state != "scored":
        return ()
    ticked = set(answer.ticks)
    now = score_checklist(criteria, found, answer).exact or Fraction(0)
    lacking: list[str] = []
    steps: list[Lift] = []
    for level in found.levels:
        lacking += [point.id for point in level.points if point.id not in ticked]
        if lacking:
            lifted = Answer(ticks=tuple(sorted(ticked.union(lacking))))
            gain = (score_checklist(criteria, found, lifted).exact or Fraction(0)) - now
            steps.append(Lift(level.code, tuple(lacking), gain))
    return tuple(steps)
