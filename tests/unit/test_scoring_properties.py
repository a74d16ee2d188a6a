# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What holds for every sheet: bounds, monotone within the gate, free of order, exact, and one independent count."""

import dataclasses
from fractions import Fraction

import msgspec
from criteria_world import F, frozen, own, results, ticks
from hypothesis import given
from hypothesis import strategies as st

from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.domain.scoring import check_answer, score_item, score_sheet

EDITION = frozen().edition
CHECKLIST = [item for item in EDITION.items if item.kind == "checklist"]
DECIMALS = st.decimals(min_value=-50, max_value=250, places=3).map(lambda value: f"{value:f}")
POSITIVE = st.decimals(min_value="0.001", max_value=500, places=3).map(lambda value: f"{value:f}")
DIRECTIONS = st.sampled_from(["higher_is_better", "lower_is_better", None])
SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "partial_credit": st.booleans(),
        "gated_levels": st.booleans(),
        "truncate_inside_category7": st.booleans(),
        "category_weights": st.lists(st.integers(0, 9), min_size=7, max_size=7).filter(any),
    },
)


@st.composite
def answers_to(draw, item):
    if draw(st.integers(0, 9)) == 0:
        return Answer(state="not_applicable", reason="เหตุผล")
    if item.kind == "band":
        return Answer(percent=draw(st.sampled_from(range(0, 101, 5))))
    if item.kind == "checklist":
        return ticks(*draw(st.sets(st.sampled_from([point.id for point in item.points]))))
    given_results = results(**{one.code: draw(DECIMALS) for one in item.indicators})
    extra = [
        own(draw(DECIMALS), draw(POSITIVE), draw(DIRECTIONS), code=f"X{n}") for n in range(draw(st.integers(0, 2)))
    ]
    return Answer(indicators=(*given_results.indicators, *extra))


@st.composite
def sheets(draw, name="pmqa40", *, whole=False):
    items = frozen(name).edition.items
    kept = items if whole else draw(st.lists(st.sampled_from(items), unique_by=lambda item: item.code))
    return {item.code: draw(answers_to(item)) for item in kept}


def no_floats(value):
    if isinstance(value, float):
        return False
    if dataclasses.is_dataclass(value):
        return all(no_floats(getattr(value, field.name)) for field in dataclasses.fields(value))
    if isinstance(value, dict):
        return all(no_floats(child) for child in value.values())
    if isinstance(value, tuple):
        return all(no_floats(child) for child in value)
    return True


def naive_checklist(item, met):
    """Count a checklist item by hand, level after level."""
    total = Fraction(0)
    for worth, level in zip((300, 100, 100), item.levels, strict=True):
        hits = [point for point in level.points if point.id in met]
        total += Fraction(worth * len(hits), len(level.points))
        if len(hits) < len(level.points):
            break
    return total


@given(st.data())
def test_checklist_agrees_with_a_count_by_hand(data):
    item = data.draw(st.sampled_from(CHECKLIST))
    met = data.draw(st.sets(st.sampled_from([point.id for point in item.points])))
    score = score_item(frozen(), item.code, ticks(*met))
    assert score.exact == naive_checklist(item, met)
    reached = {None: 0, "basic": 300, "advance": 400, "significance": 500}[score.level]
    assert reached <= score.exact
    assert (score.exact >= 300) == (score.level is not None)


@given(st.data(), st.booleans(), st.booleans())
def test_one_more_point_never_lowers_a_score(data, gated, partial):
    criteria = frozen(gated_levels=gated, partial_credit=partial)
    item = data.draw(st.sampled_from(CHECKLIST))
    points = [point.id for point in item.points]
    met = data.draw(st.sets(st.sampled_from(points)))
    more = data.draw(st.sampled_from(points))
    before = score_item(criteria, item.code, ticks(*met - {more}))
    after = score_item(criteria, item.code, ticks(*met | {more}))
    assert after.exact >= before.exact
    level = next(n for n, one in enumerate(item.levels) for point in one.points if point.id == more)
    is_open = not gated or all(count.full for count in before.levels[:level])
    if is_open and partial:
        assert after.exact > before.exact
    if not is_open:
        assert after.exact == before.exact


@given(DECIMALS, DECIMALS, POSITIVE, DIRECTIONS)
def test_a_better_result_never_lowers_a_score(one, two, target, direction):
    worse, better = sorted((one, two), key=F, reverse=direction == "lower_is_better")
    criteria = frozen()

    def own_score(result):
        answer = Answer(indicators=(*results(RM3="85").indicators, own(result, target, direction)))
        return score_item(criteria, "7.2", answer).indicators[1].exact

    assert own_score(worse) <= own_score(better)
    low, high = sorted((one, two), key=F)
    assert score_item(criteria, "7.2", results(RM3=low)).exact <= score_item(criteria, "7.2", results(RM3=high)).exact


@given(sheets(), SETTINGS)
def test_scores_stay_within_bounds_and_are_never_floats(answers, settings):
    criteria = frozen(not_applicable_allowed=True, **settings)
    score = score_sheet(criteria, answers)
    assert no_floats(score)
    for code, one in score.items.items():
        assert (one.exact is not None) == (one.state == "scored")
        assert one.exact is None or 0 <= one.exact <= criteria.edition.item(code).max_score
    for value in (*score.categories.values(), score.total, score.provisional):
        assert value is None or 0 <= value <= 500
    assert set(score.missing) == set(score.items) - set(answers) | {
        code for code in answers if score.items[code].state == "missing"
    }
    if score.missing:
        assert (score.total, score.level, score.awards) == (None, None, ())


@given(sheets("pmqa2562", whole=True))
def test_pmqa2562_stays_within_1000(answers):
    criteria = frozen("pmqa2562", not_applicable_allowed=True)
    score = score_sheet(criteria, answers)
    assert score.total is None or 0 <= score.total <= 1000
    assert score.missing == ()
    assert score.provisional == score.total
    assert no_floats(score)


@given(sheets(whole=True), st.randoms(use_true_random=False))
def test_the_order_of_anything_means_nothing(answers, random):
    criteria = frozen(not_applicable_allowed=True)
    pairs = list(answers.items())
    random.shuffle(pairs)
    turned = {
        code: msgspec.structs.replace(answer, ticks=answer.ticks[::-1], indicators=answer.indicators[::-1])
        for code, answer in pairs
    }
    assert score_sheet(criteria, turned) == score_sheet(criteria, answers)


@given(sheets(whole=True))
def test_what_scores_passes_the_check(answers):
    criteria = frozen(not_applicable_allowed=True)
    for code, answer in answers.items():
        check_answer(criteria, code, answer)
