# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Which level and which awards a sheet's scores reach; comparisons are exact unless the edition says otherwise."""

from collections.abc import Mapping
from fractions import Fraction

from pmqa_desktop.domain.criteria import FrozenCriteria, PassRule
from pmqa_desktop.domain.scoring.rollup import Scores, category_percent
from pmqa_desktop.domain.scoring.rounding import official_value
from pmqa_desktop.domain.scoring.values import ItemScore


def compared(value: Fraction, criteria: FrozenCriteria) -> Fraction:
    """Return what is held against a line: the exact value, or the official one where `compare_exact` is false."""
    return value if criteria.edition.scoring.official.compare_exact else official_value(value, criteria)


def level_of_total(total: Fraction | None, criteria: FrozenCriteria) -> str | None:
    """Return the highest level whose line the total reaches, None below the first or without levels.

    Source: pmqa-second-pass.md section 1: bands 300-399, 400-469, 470-500; under 300 no level (inferred). The
    lines of the awards are settings, the first one is the edition's band.
    """
    if total is None:
        return None
    levels = {level.code for level in criteria.edition.levels}
    value = compared(total, criteria)
    reached = [line.code for line in criteria.settings.award_lines if line.code in levels and line.least <= value]
    return reached[-1] if reached else None


def awards_of(
    criteria: FrozenCriteria, items: Mapping[str, ItemScore], categories: Scores, total: Fraction | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the awards won, and the awards whose lines are reached whether or not their rule is known.

    Of the awards by a line on the total only the highest is won. Floors (settings `category_floor`,
    `category_floor_percent`, `item_level_floor`; default none, no official rule found) must all be kept.
    """
    if total is None or not floors_kept(criteria, items, categories):
        return (), ()
    value = compared(total, criteria)
    by_line = {award.code for award in criteria.edition.awards if award.setting}
    lines = [line.code for line in criteria.settings.award_lines if line.code in by_line and line.least <= value]
    passed = [rule for rule in criteria.pass_rules if _passes(criteria, items, rule, value)]
    founded = tuple(rule.award.code for rule in passed if rule.founded)
    return (*lines[-1:], *founded), (*lines, *(rule.award.code for rule in passed))


def floors_kept(criteria: FrozenCriteria, items: Mapping[str, ItemScore], categories: Scores) -> bool:
    """Tell whether every category and every checklist item keeps the floors of the settings."""
    settings, edition = criteria.settings, criteria.edition
    for code, value in categories.items():
        percent = category_percent(edition, items, code)
        if value is None or percent is None:
            continue
        if value < settings.category_floor or percent < settings.category_floor_percent:
            return False
    codes = [level.code for level in edition.levels]
    if settings.item_level_floor not in codes:
        return True
    good = codes[codes.index(settings.item_level_floor) :]
    judged = (items[item.code] for item in edition.items if item.kind == "checklist")
    return all(score.level in good for score in judged if score.state == "scored")


def _passes(criteria: FrozenCriteria, items: Mapping[str, ItemScore], rule: PassRule, total: Fraction) -> bool:
    percents = ((category_percent(criteria.edition, items, code), least) for code, least in rule.least)
    return total >= rule.total and all(percent is not None and percent >= least for percent, least in percents)
