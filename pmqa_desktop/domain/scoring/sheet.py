# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Score a whole sheet: a pure function of the frozen criteria and the answers."""

from collections.abc import Mapping

from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.domain.scoring.awards import awards_of, level_of_total
from pmqa_desktop.domain.scoring.bands import score_band
from pmqa_desktop.domain.scoring.checking import check_answer
from pmqa_desktop.domain.scoring.checklist import score_checklist
from pmqa_desktop.domain.scoring.indicators import score_indicators
from pmqa_desktop.domain.scoring.rollup import roll_up, roll_up_scored
from pmqa_desktop.domain.scoring.values import ItemScore, SheetScore


def score_item(criteria: FrozenCriteria, item: str, answer: Answer | None) -> ItemScore:
    """Score one item; no answer means missing. Raises the Expected codes of `check_answer`."""
    found = criteria.edition.item(item)
    if answer is None:
        return ItemScore(item, "missing")
    check_answer(criteria, item, answer, finished=False)
    if answer.state == "not_applicable":
        return ItemScore(item, "not_applicable")
    match found.kind:
        case "checklist":
            return score_checklist(criteria, found, answer)
        case "indicators":
            return score_indicators(criteria, found, answer)
        case "band":
            return score_band(found, answer)


def score_sheet(criteria: FrozenCriteria, answers: Mapping[str, Answer]) -> SheetScore:
    """Score a sheet: items, categories, total, level, awards; exact, and free of the answers' order.

    An item without an answer is missing; an answer that breaks the edition's rules raises the Expected codes of
    `check_answer`, an item that the edition does not have `item-unknown`.
    """
    for code in answers:
        criteria.edition.item(code)
    items = {item.code: score_item(criteria, item.code, answers.get(item.code)) for item in criteria.edition.items}
    final, so_far = roll_up(criteria, items), roll_up_scored(criteria, items)
    awards, reached = awards_of(criteria, items, final.categories, final.total)
    return SheetScore(
        items=items,
        categories=final.categories,
        total=final.total,
        level=level_of_total(final.total, criteria),
        missing=tuple(code for code, score in items.items() if score.state == "missing"),
        awards=awards,
        reached=reached,
        provisional=so_far.total,
        provisional_categories=so_far.categories,
    )
