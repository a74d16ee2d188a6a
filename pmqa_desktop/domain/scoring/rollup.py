# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""From items to categories to the total; missing, zero and not applicable stay three different things."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from pmqa_desktop.domain.criteria import Edition, FrozenCriteria
from pmqa_desktop.domain.scoring.values import ItemScore

Scores = Mapping[str, Fraction | None]


@dataclass(frozen=True, slots=True)
class Sums:
    """Categories and total; None where an item is missing or nothing applies."""

    categories: Scores
    total: Fraction | None


def roll_up(criteria: FrozenCriteria, items: Mapping[str, ItemScore]) -> Sums:
    """Return the final categories and total: a missing item leaves its category and the total without a value."""
    edition = criteria.edition
    missing = {edition.item(code).category for code, score in items.items() if score.state == "missing"}
    sums = roll_up_scored(criteria, items)
    categories = {code: None if code in missing else value for code, value in sums.categories.items()}
    return Sums(categories, None if missing else sums.total)


def roll_up_scored(criteria: FrozenCriteria, items: Mapping[str, ItemScore]) -> Sums:
    """Return categories and total over the items scored so far, as if the others did not apply.

    Sources: domain/pmqa.md section 1.2 rules 3 and 4 (a category is the mean of its items, the total the mean
    of the categories, weighted by setting `category_weights`, all 1 by default); section 2 for PMQA 2562 (a
    category is the sum of its items, the total the sum of the categories). Not applicable, rule `leave_out`
    (cli.md, score): the item leaves its category's mean, a category without items leaves the total's; where
    points are summed its points leave both sides and the sum is scaled to the best total.
    """
    edition = criteria.edition
    scored = {code: score.exact for code, score in items.items() if score.exact is not None}
    summed = edition.scoring.category == "sum_of_items"
    categories: dict[str, Fraction | None] = {}
    for category in edition.categories:
        values = [scored[item.code] for item in edition.items_of(category.code) if item.code in scored]
        categories[category.code] = (sum(values, Fraction(0)) if summed else _mean(values)) if values else None
    if summed:
        return Sums(categories, _scaled(edition, scored))
    return Sums(categories, _weighted(criteria.settings.weights, categories))


def category_percent(edition: Edition, items: Mapping[str, ItemScore], code: str) -> Fraction | None:
    """Return what a category or an item reached in percent of the best it could, None where it has no score."""
    members = (edition.item(code),) if edition.has_item(code) else edition.items_of(code)
    values = [(items[item.code].exact, item.max_score) for item in members if items[item.code].exact is not None]
    if not values or any(items[item.code].state == "missing" for item in members):
        return None
    return 100 * sum((value for value, _ in values if value is not None), Fraction(0)) / sum(best for _, best in values)


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _weighted(weights: Mapping[str, int], categories: Scores) -> Fraction | None:
    entering = [(weights[code], value) for code, value in categories.items() if value is not None]
    weight = sum(one for one, _ in entering)
    return sum((one * value for one, value in entering), Fraction(0)) / weight if weight else None


def _scaled(edition: Edition, scored: Mapping[str, Fraction]) -> Fraction | None:
    points = _points(edition, scored)
    return sum(scored.values(), Fraction(0)) * edition.max_score / points if points else None


def _points(edition: Edition, codes: Iterable[str]) -> int:
    return sum(edition.item(code).max_score for code in codes)
