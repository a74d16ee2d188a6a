# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The shipped editions for tests, as trees to bend, as frozen criteria, and answers to fill them with."""

import copy
from fractions import Fraction
from typing import Any

from pmqa_desktop.domain.answers import Answer, IndicatorAnswer
from pmqa_desktop.domain.criteria import Edition, FrozenCriteria, edition_from_tree, freeze
from pmqa_desktop.services.editions import shipped_edition


def bent(name: str) -> dict[str, Any]:
    """Return a tree of a shipped edition that a test may change."""
    return copy.deepcopy(dict(shipped_edition(name).tree))


def frozen(name: str = "pmqa40", **settings: Any) -> FrozenCriteria:
    """Return a shipped edition frozen with some settings."""
    return freeze(shipped_edition(name), settings)


def frozen_tree(tree: dict[str, Any], **settings: Any) -> FrozenCriteria:
    """Return a bent tree frozen with some settings."""
    return freeze(edition_from_tree(tree, "bent.toml"), settings)


def ticks(*points: str) -> Answer:
    """Return a checklist answer."""
    return Answer(ticks=tuple(sorted(points)))


def level_ticks(edition: Edition, item: str, **counts: int) -> Answer:
    """Return an answer that meets the first points of each level: `basic=4, advance=3`."""
    levels = edition.item(item).levels
    return ticks(*(point.id for level in levels for point in level.points[: counts.get(level.code, 0)]))


def results(**given: str) -> Answer:
    """Return an indicator answer with plain results: `RM1="85.0"`."""
    return Answer(indicators=tuple(IndicatorAnswer(code=code, result=result) for code, result in given.items()))


def own(result: str, target: str, direction: Any = None, code: str = "X1", **more: Any) -> IndicatorAnswer:
    """Return an agency's own indicator."""
    return IndicatorAnswer(code=code, result=result, target=target, direction=direction, **more)


def uniform(edition: Edition, level: int = 3, result: str = "85") -> dict[str, Answer]:
    """Answer every item: the first `level` levels full, every indicator with `result`, bands with 45 %."""
    answers: dict[str, Answer] = {}
    for item in edition.items:
        match item.kind:
            case "checklist":
                answers[item.code] = ticks(*(p.id for one in item.levels[:level] for p in one.points))
            case "indicators":
                answers[item.code] = results(**{one.code: result for one in item.indicators})
            case "band":
                answers[item.code] = Answer(percent=45)
    return answers


def F(value: str | int) -> Fraction:
    """Return an exact value."""
    return Fraction(value)
