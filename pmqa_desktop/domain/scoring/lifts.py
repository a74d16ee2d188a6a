# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Which points lift an item, or the agency: a reading of the checklist engine backwards, for advice only."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.domain.criteria import FrozenCriteria, Item, Line
from pmqa_desktop.domain.scoring.awards import compared
from pmqa_desktop.domain.scoring.checklist import score_checklist
from pmqa_desktop.domain.scoring.rollup import roll_up_scored
from pmqa_desktop.domain.scoring.sheet import score_item
from pmqa_desktop.domain.scoring.values import ItemScore


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


@dataclass(frozen=True, slots=True)
class SheetLift:
    """What reaching the next line takes: the fewest points of checklist items, by item in the edition's order.

    `line` is the code of the level or award, `least` its line, `total` what the agency would have then, over the
    items answered so far.
    """

    line: str
    least: Fraction
    total: Fraction
    points: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """The most that some more points of one item give: what the item gains, and which points."""

    gain: Fraction
    points: tuple[str, ...]


def next_line(criteria: FrozenCriteria, total: Fraction) -> Line | None:
    """Return the lowest line of the settings that `total` does not reach, None when all are reached."""
    above = [line for line in criteria.settings.award_lines if line.least > compared(total, criteria)]
    return min(above, key=lambda line: line.least, default=None)


def sheet_lift(criteria: FrozenCriteria, answers: Mapping[str, Answer]) -> SheetLift | None:
    """Return the fewest points, not ticked yet, that lift the agency to its next line.

    Items without an answer, indicators and bands stay as they are. None when nothing is scored, when every line is
    reached, or when all points together do not reach the next one. Exact: for each number of points the best
    choice over all items is known (a knapsack over whole numbers), so that no smaller set exists.
    """
    edition = criteria.edition
    items = {item.code: score_item(criteria, item.code, answers.get(item.code)) for item in edition.items}
    total = roll_up_scored(criteria, items).total
    line = next_line(criteria, total) if total is not None else None
    if total is None or line is None:
        return None
    open_items = [one for one in edition.items if one.kind == "checklist" and items[one.code].state == "scored"]
    ladders = [_ladder(criteria, item, answers[item.code]) for item in open_items]
    weights = [_weight(criteria, items, item.code, total) for item in open_items]
    for chosen in _best_choices(ladders, weights):
        gains = (weight * ladder[k].gain for weight, ladder, k in zip(weights, ladders, chosen, strict=True))
        reached = total + sum(gains, Fraction(0))
        if compared(reached, criteria) >= line.least:
            points = (
                (item.code, ladder[k].points) for item, ladder, k in zip(open_items, ladders, chosen, strict=True)
            )
            return SheetLift(line.code, line.least, reached, tuple((code, ids) for code, ids in points if ids))
    return None


def _ladder(criteria: FrozenCriteria, item: Item, answer: Answer) -> list[_Step]:
    """Return, for 0, 1, 2 ... more points of one item, the most they give; lower levels first where it is equal."""
    ticked = set(answer.ticks)
    lacking = [[point.id for point in level.points if point.id not in ticked] for level in item.levels]
    now = score_checklist(criteria, item, answer).exact or Fraction(0)
    best: dict[int, _Step] = {}
    # The points of a level are worth the same, so only how many of each level are taken matters.
    for counts in product(*(range(len(level), -1, -1) for level in lacking)):
        taken = tuple(point for level, n in zip(lacking, counts, strict=True) for point in level[:n])
        lifted = Answer(ticks=tuple(sorted(ticked.union(taken))))
        gain = (score_checklist(criteria, item, lifted).exact or Fraction(0)) - now
        if len(taken) not in best or gain > best[len(taken)].gain:
            best[len(taken)] = _Step(gain, taken)
    return [best[k] for k in range(len(best))]


def _weight(criteria: FrozenCriteria, items: Mapping[str, ItemScore], code: str, total: Fraction) -> Fraction:
    """Return what one point of an item's score adds to the total, which is linear in it."""
    score = items[code]
    raised = {**items, code: replace(score, exact=(score.exact or Fraction(0)) + 1)}
    return (roll_up_scored(criteria, raised).total or Fraction(0)) - total


def _best_choices(ladders: Sequence[Sequence[_Step]], weights: Sequence[Fraction]) -> list[list[int]]:
    """Return, for 0, 1, 2 ... points in all, how many to take of each item so that the total gains most."""
    worths = [[weight * step.gain for step in ladder] for ladder, weight in zip(ladders, weights, strict=True)]
    scale = math.lcm(*(worth.denominator for ladder in worths for worth in ladder))
    best = [0]  # by number of points: the most gained so far, in whole units of 1/scale
    taken: list[list[int]] = []
    for ladder in worths:
        units = [int(worth * scale) for worth in ladder]
        grown = [-1] * (len(best) + len(units) - 1)
        choice = [0] * len(grown)
        for before, gained in enumerate(best):
            for k, unit in enumerate(units):
                if gained + unit > grown[before + k]:
                    grown[before + k], choice[before + k] = gained + unit, k
        best = grown
        taken.append(choice)
    return [_trace(taken, n) for n in range(len(best))]


def _trace(taken: Sequence[Sequence[int]], points: int) -> list[int]:
    """Walk back through the choices of each item that make up `points` points in all."""
    chosen: list[int] = []
    for choice in reversed(taken):
        chosen.append(choice[points])
        points -= choice[points]
    return chosen[::-1]
