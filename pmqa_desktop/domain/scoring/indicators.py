# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Indicator items 7.1-7.6 of PMQA 4.0: the mean of their indicators, each by its rule."""

import math
from fractions import Fraction

from pmqa_desktop.domain.answers import Answer, IndicatorAnswer
from pmqa_desktop.domain.criteria import FrozenCriteria, Indicator, Item, decimal, number
from pmqa_desktop.domain.criteria.parts import Direction, Linear, SuccessSteps
from pmqa_desktop.domain.scoring.values import IndicatorScore, ItemScore

_HUNDRED = Fraction(100)


def score_indicators(criteria: FrozenCriteria, item: Item, answer: Answer) -> ItemScore:
    """Score an item of results, out of 500: the mean of the edition's indicators and the agency's own.

    Source: domain/pmqa.md section 1.2 rules 3 and 5. An indicator without a result leaves the item missing
    (missing is not zero); only one that the edition does not require may be left out. With
    `truncate_inside_category7` indicator and item scores keep their integer part, as the one system seen does.
    """
    scores = indicator_scores(criteria, item, answer)
    required = {indicator.code for indicator in item.indicators if indicator.required}
    entering = [score for score in scores if score.own or score.exact is not None or score.code in required]
    values = [score.exact for score in entering if score.exact is not None]
    if not values or len(values) < len(entering):
        return ItemScore(item.code, "missing", indicators=scores)
    mean = sum(values, Fraction(0)) / len(values)
    exact = Fraction(math.trunc(mean)) if criteria.settings.truncate_item else mean
    return ItemScore(item.code, "scored", exact, indicators=scores)


def indicator_scores(criteria: FrozenCriteria, item: Item, answer: Answer) -> tuple[IndicatorScore, ...]:
    """Score each indicator: first the edition's, in its order, then the agency's own by code."""
    given = {one.code: one for one in answer.indicators}
    listed = [
        _of_edition(criteria, item, indicator, given.get(indicator.code, IndicatorAnswer(code=indicator.code)))
        for indicator in item.indicators
    ]
    own = [_own(criteria, item, given[code]) for code in sorted(given) if item.indicator(code) is None]
    return (*listed, *own)


def linear(rule: Linear, lower: Fraction, upper: Fraction, direction: Direction, result: Fraction) -> Fraction:
    """Score by a straight line between the bounds: 100 at the lower one, 500 at the upper one.

    Source: domain/pmqa.md section 1.2 rule 5. Below the lower bound 0, above the upper bound 500. Where lower
    is better the line is mirrored: 500 at the lower bound and better, 100 at the upper, 0 above it (cli.md).
    """
    better = direction == "higher_is_better"
    worst, best = (lower, upper) if better else (upper, lower)
    share = (result - worst) / (best - worst)
    if share < 0:
        return Fraction(rule.below_lower)
    if share > 1:
        return Fraction(rule.above_upper)
    return rule.at_lower + (rule.at_upper - rule.at_lower) * share


def success_percent(direction: Direction, target: Fraction, result: Fraction) -> Fraction:
    """Return result / target x 100, or 200 minus that where lower is better; `target` is not 0.

    Source: domain/pmqa.md section 1.2 rule 5.
    """
    percent = result / target * _HUNDRED
    return percent if direction == "higher_is_better" else 2 * _HUNDRED - percent


def success_steps(rule: SuccessSteps, success: Fraction, best: int) -> Fraction:
    """Score a success percent: 3 x success below 100, then 300 up to 101, 400 up to 105, 500 above.

    Source: domain/pmqa.md section 1.2 rule 5; the bounds belong to the lower step (exactly 101 gives 300, 105
    gives 400). Never below the rule's floor of 0 (ours: a result over twice the target would go negative).
    """
    if success < _HUNDRED:
        return min(max(Fraction(rule.floor), rule.below_100_factor * success), Fraction(best))
    for step in rule.steps:
        if step.up_to is None or success <= number(step.up_to):
            return Fraction(step.score)
    return Fraction(best)


def _of_edition(criteria: FrozenCriteria, item: Item, indicator: Indicator, given: IndicatorAnswer) -> IndicatorScore:
    if indicator.rule == "success_percent_steps":
        target = decimal(given.target) if given.target else indicator.default_target
        return _by_success(criteria, item, given, target, indicator.direction, own=False)
    if not given.result or indicator.lower is None or indicator.upper is None:
        return IndicatorScore(indicator.code, None, None, own=False)
    rule = criteria.rules[Linear]
    if not isinstance(rule, Linear):
        raise TypeError(rule)
    exact = linear(rule, indicator.lower, indicator.upper, indicator.direction, decimal(given.result))
    return IndicatorScore(indicator.code, _kept(criteria, exact), None, own=False)


def _own(criteria: FrozenCriteria, item: Item, given: IndicatorAnswer) -> IndicatorScore:
    target = decimal(given.target) if given.target else None
    return _by_success(criteria, item, given, target, given.direction or "higher_is_better", own=True)


def _by_success(
    criteria: FrozenCriteria,
    item: Item,
    given: IndicatorAnswer,
    target: Fraction | None,
    direction: Direction,
    *,
    own: bool,
) -> IndicatorScore:
    """Score by success percent; a zero target takes the manual score (no division by zero, rule `zero_target`).

    A manual score counts only with its reason (cli.md, score); until then the indicator is missing.
    """
    if target == 0 and given.score is not None and given.reason.strip():
        return IndicatorScore(given.code, _kept(criteria, Fraction(given.score)), None, own)
    rule = criteria.rules[SuccessSteps]
    if not isinstance(rule, SuccessSteps):
        raise TypeError(rule)
    result = decimal(given.result) if given.result else None
    if not target or result is None or (result == 0 and rule.zero_result_is_missing):
        return IndicatorScore(given.code, None, None, own)
    success = success_percent(direction, target, result)
    return IndicatorScore(given.code, _kept(criteria, success_steps(rule, success, item.max_score)), success, own)


def _kept(criteria: FrozenCriteria, exact: Fraction) -> Fraction:
    return Fraction(math.trunc(exact)) if criteria.settings.truncate_indicator else exact
