# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Checklist items 1.1-6.4 of PMQA 4.0: gated levels of points."""

from collections.abc import Collection
from fractions import Fraction

from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.domain.criteria import FrozenCriteria, Item
from pmqa_desktop.domain.scoring.values import ItemScore, LevelCount


def score_checklist(criteria: FrozenCriteria, item: Item, answer: Answer) -> ItemScore:
    """Score a checklist item, out of 500.

    Source: domain/pmqa.md section 1.2 rules 1 and 2 (seen in one department's system). Each level gives its
    points (300, 100, 100) x met / all; a level counts only when every lower one is full (setting
    `gated_levels`); without `partial_credit` a level gives all or nothing. The level reached is the highest one
    with every point met and all lower levels full, whatever the settings.
    """
    counts = level_counts(criteria, item, answer.ticks)
    reached = None
    for count in counts:
        if not count.full:
            break
        reached = count.code
    exact = sum((count.counted for count in counts), Fraction(0))
    return ItemScore(item.code, "scored", exact, reached, counts)


def level_counts(criteria: FrozenCriteria, item: Item, ticks: Collection[str]) -> tuple[LevelCount, ...]:
    """Count each level of an item under the settings; the order of `ticks` means nothing."""
    ticked = frozenset(ticks)
    settings = criteria.settings
    worth = {level.code: level.points for level in criteria.edition.levels}
    counts: list[LevelCount] = []
    is_open = True
    for level in item.levels:
        met, of = sum(point.id in ticked for point in level.points), len(level.points)
        full = met == of
        earned = Fraction(worth[level.code] * met, of) if full or settings.partial_credit else Fraction(0)
        counts.append(
            LevelCount(
                code=level.code,
                met=met,
                of=of,
                counted=earned if is_open else Fraction(0),
                uncounted=Fraction(0) if is_open else earned,
                full=full,
            )
        )
        is_open = is_open and (full or not settings.gated_levels)
    return tuple(counts)
