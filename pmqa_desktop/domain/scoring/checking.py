# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Whether an answer is one that the edition allows; every complaint names the item, the field and what was found."""

from collections.abc import Iterable

from pmqa_desktop.domain.answers import Answer, IndicatorAnswer
from pmqa_desktop.domain.criteria import FrozenCriteria, Item, decimal
from pmqa_desktop.domain.criteria.parts import BandPercent
from pmqa_desktop.domain.criteria.tree import shown
from pmqa_desktop.domain.scoring.bands import percents_of
from pmqa_desktop.errors import Expected


def check_answer(criteria: FrozenCriteria, item: str, answer: Answer, *, finished: bool = True) -> None:
    """Raise Expected with `item`, `field`, `found` (and an empty `place`) when the answer breaks a rule.

    With `finished` false an answer that is only half filled in (an own indicator without its target, a zero
    target without its manual score, a band item without its percent) passes: it scores as missing.
    """
    found = criteria.edition.item(item)
    if answer.state == "not_applicable":
        _check_not_applicable(criteria, found, answer)
        return
    _check_kind(found, answer)
    match found.kind:
        case "checklist":
            _check_ticks(criteria, found, answer)
        case "indicators":
            _check_indicators(criteria, found, answer, finished)
        case "band":
            _check_band(criteria, found, answer, finished)


def _fail(code: str, item: Item, field: str, found: object, **more: object) -> Expected:
    return Expected(code, item=item.code, place="", field=field, found=shown(found), **more)


def _check_not_applicable(criteria: FrozenCriteria, item: Item, answer: Answer) -> None:
    """Allowed only where the round's setting says so, with a reason and nothing else (cli.md, score)."""
    if not criteria.settings.not_applicable_allowed:
        raise _fail("not-applicable-not-allowed", item, "state", "not_applicable")
    if not answer.reason.strip():
        raise _fail("not-applicable-needs-reason", item, "reason", "")
    if answer.ticks or answer.indicators or answer.bands or answer.percent is not None:
        raise _fail("not-applicable-with-score", item, "state", "not_applicable")


def _check_kind(item: Item, answer: Answer) -> None:
    """Each kind of item takes its own part of an answer and no other."""
    parts: dict[str, tuple[str, bool]] = {
        "ticks": ("checklist", bool(answer.ticks)),
        "indicators": ("indicators", bool(answer.indicators)),
        "percent": ("band", answer.percent is not None),
        "bands": ("band", bool(answer.bands)),
    }
    for field, (kind, given) in parts.items():
        if given and kind != item.kind:
            raise _fail("answer-of-other-kind", item, field, field, kind=item.kind)


def _repeated(codes: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            return code
        seen.add(code)
    return None


def _check_ticks(criteria: FrozenCriteria, item: Item, answer: Answer) -> None:
    if (twice := _repeated(answer.ticks)) is not None:
        raise _fail("tick-repeated", item, "ticks", twice)
    for tick in answer.ticks:
        home = criteria.edition.item_of_point(tick)
        if home is None:
            raise _fail("tick-unknown", item, "ticks", tick)
        if home != item.code:
            raise _fail("tick-of-other-item", item, "ticks", tick, home=home)


def _check_indicators(criteria: FrozenCriteria, item: Item, answer: Answer, finished: bool) -> None:
    if (twice := _repeated(one.code for one in answer.indicators)) is not None:
        raise _fail("indicator-repeated", item, "indicators", twice)
    for one in answer.indicators:
        _check_indicator(criteria, item, one, finished)


def _check_indicator(criteria: FrozenCriteria, item: Item, one: IndicatorAnswer, finished: bool) -> None:
    field = f"indicators.{shown(one.code)}"
    if not one.code.strip():
        raise _fail("indicator-needs-code", item, "indicators", one.code)
    home = criteria.edition.item_of_indicator(one.code)
    if home not in (None, item.code):
        raise _fail("indicator-of-other-item", item, field, one.code, home=home)
    if home is None and not item.added_indicator_rule:
        raise _fail("indicator-unknown", item, field, one.code)
    for name, text in (("result", one.result), ("target", one.target)):
        if text:
            _check_decimal(item, f"{field}.{name}", text)
    known = item.indicator(one.code)
    if known is not None and one.direction not in (None, known.direction):
        raise _fail("indicator-direction-fixed", item, f"{field}.direction", one.direction, fixed=known.direction)
    if known is None or known.rule == "success_percent_steps":
        default = known.default_target if known else None
        _check_success(item, one, field, finished, has_default=default is not None)
    elif one.score is not None:
        raise _fail("indicator-score-not-allowed", item, f"{field}.score", one.score)


def _check_decimal(item: Item, field: str, text: str) -> None:
    try:
        decimal(text)
    except Expected as error:
        raise _fail("decimal-invalid", item, field, text) from error


def _check_success(item: Item, one: IndicatorAnswer, field: str, finished: bool, *, has_default: bool) -> None:
    """An indicator scored against its target: a target not below 0, and a manual score only where it is 0."""
    target = decimal(one.target) if one.target else None
    if target is None and finished and not has_default and (one.result or one.score is not None):
        raise _fail("indicator-needs-target", item, f"{field}.target", "")
    if target is not None and target < 0:
        raise _fail("indicator-target-negative", item, f"{field}.target", one.target)
    if one.score is None:
        if target == 0 and finished:
            raise _fail("indicator-needs-score", item, f"{field}.score", "")
        return
    if target != 0:
        raise _fail("indicator-score-not-allowed", item, f"{field}.score", one.score)
    if isinstance(one.score, bool) or not 0 <= one.score <= item.max_score:
        raise _fail("indicator-score-range", item, f"{field}.score", one.score, most=item.max_score)
    if not one.reason.strip() and finished:
        raise _fail("indicator-score-needs-reason", item, f"{field}.reason", "")


def _check_band(criteria: FrozenCriteria, item: Item, answer: Answer, finished: bool) -> None:
    if answer.percent is None:
        if finished:
            raise _fail("percent-missing", item, "percent", "")
    elif answer.percent not in _allowed_percents(criteria, item):
        listed = ", ".join(str(percent) for percent in percents_of(criteria.edition, item))
        raise _fail("percent-not-listed", item, "percent", answer.percent, listed=listed)
    _check_dimension_bands(criteria, item, answer)


def _allowed_percents(criteria: FrozenCriteria, item: Item) -> range | tuple[int, ...]:
    rule = criteria.rules.get(BandPercent)
    if isinstance(rule, BandPercent) and rule.free_percent:
        return range(101)
    return percents_of(criteria.edition, item)


def _check_dimension_bands(criteria: FrozenCriteria, item: Item, answer: Answer) -> None:
    """Bands per dimension are advice; with `weakest_dimension_cap` the percent may not lie above the weakest."""
    scheme = criteria.edition.scheme(item.scheme)
    bands = {band.code: band for band in criteria.edition.bands_of(item.scheme)}
    if (twice := _repeated(one.dimension for one in answer.bands)) is not None:
        raise _fail("dimension-repeated", item, "bands", twice)
    for one in answer.bands:
        if scheme is None or one.dimension not in scheme.dimensions:
            raise _fail("dimension-unknown", item, "bands", one.dimension, scheme=item.scheme)
        if one.band not in bands:
            raise _fail("band-unknown", item, f"bands.{one.dimension}", one.band, scheme=item.scheme)
    if criteria.settings.weakest_dimension_cap and answer.bands and answer.percent is not None:
        weakest = min(bands[one.band].upper for one in answer.bands)
        if answer.percent > weakest:
            raise _fail("percent-over-weakest", item, "percent", answer.percent, most=weakest)
