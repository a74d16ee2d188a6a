# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Where a panel differs, what it should talk about first, and a proposal to start from: never a mean.

Source: product.md, Chair. The tolerance and the other triggers are settings fixed in the round beforehand; no
official variance rule was found (domain/pmqa.md section 5).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pmqa_desktop.domain.answers import Answer, BandChoice, IndicatorAnswer
from pmqa_desktop.domain.criteria import FrozenCriteria, Item, decimal
from pmqa_desktop.domain.scoring.bands import band_of_percent, percents_of
from pmqa_desktop.domain.scoring.indicators import indicator_scores
from pmqa_desktop.domain.scoring.sheet import score_item
from pmqa_desktop.domain.scoring.values import ItemScore

TalkReason = Literal["spread", "level", "band_gap", "points", "state"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the seats' answers to one item compare; seats without an answer stand as missing.

    `spread` is highest minus lowest score, in score points or (band items) percentage points, None with fewer
    than two scores. `reasons` says why the item calls for talk, empty when it does not.
    """

    item: str
    scores: tuple[ItemScore, ...]
    spread: Fraction | None
    reasons: tuple[TalkReason, ...]

    @property
    def needs_talk(self) -> bool:
        """Tell whether the panel has to talk about the item and write a reason."""
        return bool(self.reasons)


def compare(criteria: FrozenCriteria, item: str, answers: Sequence[Answer | None]) -> Comparison:
    """Compare the seats' answers to one item under the round's settings."""
    scores = tuple(score_item(criteria, item, answer) for answer in answers)
    found = criteria.edition.item(item)
    values = [score.exact for score in scores if score.exact is not None]
    states = {score.state for score in scores} - {"missing"}
    wide = (max(values) - min(values)) * _best(criteria, found) / found.max_score if len(values) > 1 else None
    reasons = _reasons(criteria, found, scores, answers, wide) + (("state",) if len(states) > 1 else ())
    return Comparison(item, scores, wide, reasons)


def spread(criteria: FrozenCriteria, item: str, answers: Sequence[Answer | None]) -> Fraction | None:
    """Return highest minus lowest score of the item (see `Comparison.spread`)."""
    return compare(criteria, item, answers).spread


def needs_talk(criteria: FrozenCriteria, item: str, answers: Sequence[Answer | None]) -> bool:
    """Tell whether the answers differ so much that the panel must talk.

    A spread equal to the tolerance already does; so do, where their settings say so, different levels reached,
    any checklist point judged differently, or bands that are not near enough; and always a disagreement on
    whether the item applies.
    """
    return compare(criteria, item, answers).needs_talk


def needs_reason(criteria: FrozenCriteria, item: str, answers: Sequence[Answer | None], settled: Answer | None) -> bool:
    """Tell whether the settled answer needs the chair's reason.

    It does where the item called for talk, and where the settled score leaves the range of the individual
    scores (product.md, Chair).
    """
    return needs_talk(criteria, item, answers) or outside_range(criteria, item, answers, settled)


def outside_range(
    criteria: FrozenCriteria, item: str, answers: Sequence[Answer | None], settled: Answer | None
) -> bool:
    """Tell whether a settled answer scores above the highest or below the lowest individual score."""
    if settled is None:
        return False
    scores = [score_item(criteria, item, answer) for answer in answers if answer is not None]
    outcome = score_item(criteria, item, settled)
    if outcome.state == "not_applicable":
        return all(score.state != "not_applicable" for score in scores)
    values = [score.exact for score in scores if score.exact is not None]
    if outcome.exact is None:
        return False
    return not values or not min(values) <= outcome.exact <= max(values)


def item_weight(criteria: FrozenCriteria, item: str) -> Fraction:
    """Return an item's share of the total, 0 to 1, when every item applies."""
    edition = criteria.edition
    found = edition.item(item)
    if edition.scoring.category == "sum_of_items":
        return Fraction(found.max_score, edition.max_score)
    weights = criteria.settings.weights
    return Fraction(weights[found.category], sum(weights.values()) * len(edition.items_of(found.category)))


def agenda_key(criteria: FrozenCriteria, item: str, wide: Fraction | None, over: bool) -> tuple[bool, Fraction, int]:
    """Return what the agenda is sorted by: what calls for talk first, then disagreement x weight, highest first.

    Source: product.md, Chair. `wide` is the item's spread (see `Comparison.spread`) and `over` whether it calls
    for talk; one that does without two scores to compare counts as full disagreement. Equal ones keep the
    edition's order.
    """
    found = criteria.edition.item(item)
    disagreement = Fraction(over) if wide is None else wide / _best(criteria, found)
    place = criteria.edition.items.index(found)
    return not over, -disagreement * item_weight(criteria, item), place


def proposal(criteria: FrozenCriteria, item: str, answers: Sequence[Answer | None]) -> Answer:
    """Return the answer to start the talk from; a proposal until the chair confirms it.

    Source: product.md, Chair. Per checklist point what most seats ticked, a tie is not ticked; per indicator or
    band the lower middle of the sorted answers; not applicable only when most of the seats say so. Seats
    without an answer do not count; when no seat has one, nothing is ticked, answered or chosen.
    """
    given = [answer for answer in answers if answer is not None]
    refused = [answer for answer in given if answer.state == "not_applicable"]
    if 2 * len(refused) > len(given):
        return Answer(state="not_applicable", reason="; ".join(sorted({answer.reason for answer in refused})))
    scored = [answer for answer in given if answer.state == "scored"]
    found = criteria.edition.item(item)
    match found.kind:
        case "checklist":
            return Answer(ticks=_majority([answer.ticks for answer in scored]))
        case "indicators":
            return Answer(indicators=_middle_indicators(criteria, found, scored))
        case "band":
            return _middle_bands(criteria, found, scored)


def _best(criteria: FrozenCriteria, item: Item) -> Fraction:
    return Fraction(100 if criteria.settings.tolerance_in == "percent" else item.max_score)


def _reasons(
    criteria: FrozenCriteria,
    item: Item,
    scores: Sequence[ItemScore],
    answers: Sequence[Answer | None],
    wide: Fraction | None,
) -> tuple[TalkReason, ...]:
    settings = criteria.settings
    scored = [score for score in scores if score.state == "scored"]
    ticked = {frozenset(one.ticks) for one in answers if one is not None and one.state == "scored"}
    checklist = item.kind == "checklist"
    told: dict[TalkReason, bool] = {
        "spread": bool(wide) and wide is not None and wide >= settings.tolerance,
        "level": checklist and settings.level_difference and len({score.level for score in scored}) > 1,
        "points": checklist and settings.point_difference and len(ticked) > 1,
        "band_gap": _bands_apart(criteria, item, answers),
    }
    return tuple(reason for reason, is_so in told.items() if is_so)


def _bands_apart(criteria: FrozenCriteria, item: Item, answers: Sequence[Answer | None]) -> bool:
    gap = criteria.settings.band_gap
    if item.kind != "band" or not gap:
        return False
    codes = [band.code for band in criteria.edition.bands_of(item.scheme)]
    percents = [answer.percent for answer in answers if answer is not None and answer.percent is not None]
    found = [band_of_percent(criteria.edition, item, percent) for percent in percents]
    places = [codes.index(band.code) for band in found if band is not None]
    return bool(places) and max(places) - min(places) >= gap


def _majority(ticks: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for one in ticks:
        for tick in one:
            counts[tick] = counts.get(tick, 0) + 1
    return tuple(sorted(tick for tick, count in counts.items() if 2 * count > len(ticks)))


def _middle_indicators(criteria: FrozenCriteria, item: Item, scored: Sequence[Answer]) -> tuple[IndicatorAnswer, ...]:
    """Take each indicator from the seat in the lower middle, by score; an own one only when most seats have it."""
    offers: dict[str, list[tuple[Fraction, Fraction, bytes, IndicatorAnswer]]] = {}
    for answer in scored:
        exact = {score.code: score.exact for score in indicator_scores(criteria, item, answer)}
        for one in answer.indicators:
            value = exact.get(one.code)
            if value is not None:
                result = decimal(one.result) if one.result else Fraction(0)
                offers.setdefault(one.code, []).append((value, result, repr(one).encode(), one))
    listed = [indicator.code for indicator in item.indicators]
    own = sorted(code for code in offers if code not in listed and 2 * len(offers[code]) > len(scored))
    chosen = (sorted(offers[code], key=lambda offer: offer[:3]) for code in (*listed, *own) if code in offers)
    return tuple(ranked[(len(ranked) - 1) // 2][3] for ranked in chosen)


def _middle_bands(criteria: FrozenCriteria, item: Item, scored: Sequence[Answer]) -> Answer:
    percents = sorted(answer.percent for answer in scored if answer.percent is not None)
    order = [band.code for band in criteria.edition.bands_of(item.scheme)]
    scheme = criteria.edition.scheme(item.scheme)
    choices: list[BandChoice] = []
    for dimension in scheme.dimensions if scheme else ():
        chosen = sorted(order.index(one.band) for a in scored for one in a.bands if one.dimension == dimension)
        if chosen:
            choices.append(BandChoice(dimension=dimension, band=order[(chosen[(len(chosen) - 1) // 2])]))
    percent = percents[(len(percents) - 1) // 2] if percents else None
    return Answer(percent=_capped(criteria, item, percent, choices), bands=tuple(choices))


def _capped(criteria: FrozenCriteria, item: Item, percent: int | None, choices: Sequence[BandChoice]) -> int | None:
    """Keep a proposed percent inside the weakest dimension's band, where the round's setting asks for that."""
    if percent is None or not choices or not criteria.settings.weakest_dimension_cap:
        return percent
    uppers = {band.code: band.upper for band in criteria.edition.bands_of(item.scheme)}
    weakest = min(uppers[choice.band] for choice in choices)
    return max(one for one in (percent, *percents_of(criteria.edition, item)) if one <= min(percent, weakest))
