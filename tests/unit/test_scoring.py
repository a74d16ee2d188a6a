# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Scores of single items: the worked checks of the domain brief and every rule at its edges."""

import pytest
from criteria_world import F, bent, frozen, frozen_tree, level_ticks, own, results, ticks

from pmqa_desktop.domain.answers import Answer, BandChoice
from pmqa_desktop.domain.scoring import band_of_percent, fraction, percents_of, ratio, score_item
from pmqa_desktop.domain.scoring.lifts import lifts


def exact(criteria, item, answer):
    return score_item(criteria, item, answer).exact


# ---- checklist ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "counts", "score", "level"),
    [
        ("1.1", {"basic": 2, "advance": 1}, 200, None),  # worked check: the gate holds the advance point back
        ("1.1", {"basic": 3}, 300, "basic"),  # worked check: all basic
        ("5.2", {"basic": 4, "advance": 3, "significance": 2}, 375, "basic"),  # worked check
        ("6.4", {"basic": 2, "advance": 3, "significance": 2}, 500, "significance"),  # worked check
        ("5.2", {"basic": 4, "advance": 4, "significance": 1}, 450, "advance"),
        ("1.1", {}, 0, None),
        ("2.1", {"basic": 1}, 75, None),
        ("1.1", {"basic": 1}, 100, None),
        ("1.2", {"basic": 3, "advance": 1}, "1000/3", "basic"),
    ],
)
def test_checklist_items(item, counts, score, level):
    criteria = frozen()
    found = score_item(criteria, item, level_ticks(criteria.edition, item, **counts))
    assert (found.exact, found.level, found.state) == (F(score), level, "scored")


def test_levels_tell_what_counts_and_what_waits_at_the_gate():
    score = score_item(frozen(), "1.1", ticks("1.1.B1", "1.1.B2", "1.1.A1"))
    basic, advance, significance = score.levels
    assert (basic.met, basic.of, basic.counted, basic.uncounted, basic.full) == (2, 3, 200, 0, False)
    assert (advance.met, advance.of, advance.counted, advance.uncounted, advance.full) == (1, 1, 0, 100, True)
    assert (significance.met, significance.counted, significance.uncounted) == (0, 0, 0)


def test_without_the_gate_every_level_counts_but_the_level_reached_stays_gated():
    score = score_item(frozen(gated_levels=False), "1.1", ticks("1.1.B1", "1.1.B2", "1.1.A1"))
    assert (score.exact, score.level) == (300, None)
    assert all(level.uncounted == 0 for level in score.levels)


def test_without_partial_credit_a_level_gives_all_or_nothing():
    criteria = frozen(partial_credit=False)
    assert exact(criteria, "1.1", ticks("1.1.B1", "1.1.B2")) == 0
    assert exact(criteria, "5.2", level_ticks(criteria.edition, "5.2", basic=4, advance=3)) == 300
    assert exact(criteria, "5.2", level_ticks(criteria.edition, "5.2", basic=4, advance=4)) == 400


def test_lifts_tell_the_points_that_reach_each_level_and_the_gain():
    criteria = frozen()
    steps = lifts(criteria, "1.1", ticks("1.1.B1", "1.1.A1"))
    assert [(step.level, step.points, step.gain) for step in steps] == [
        ("basic", ("1.1.B2", "1.1.B3"), 300),  # 100 -> 400: the waiting advance point starts to count
        ("advance", ("1.1.B2", "1.1.B3"), 300),
        ("significance", ("1.1.B2", "1.1.B3", "1.1.S1"), 400),
    ]
    assert lifts(criteria, "1.1", level_ticks(criteria.edition, "1.1", basic=3, advance=1, significance=1)) == ()
    assert lifts(criteria, "7.1", results(RM1="85", RM2="85")) == ()


# ---- indicators -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "score"),
    [
        ("85", 300),  # worked check: RM1 at 85 %
        ("75", 100),
        ("95", 500),
        ("74.999999999", 0),
        ("75.1", 102),
        ("95.1", 500),
        ("120", 500),
        ("0", 0),
        ("-3", 0),
        ("80", 200),
        ("88.25", 365),
    ],
)
def test_the_straight_line_between_the_bounds(result, score):
    assert exact(frozen(), "7.2", results(RM3=result)) == F(score)


@pytest.mark.parametrize(
    ("result", "score"),
    [("75", 500), ("95", 100), ("95.000000001", 0), ("74", 500), ("0", 500), ("85", 300), ("90", 200), ("-1", 500)],
)
def test_the_line_is_mirrored_where_lower_is_better(result, score):
    tree = bent("pmqa40")
    item = next(item for item in tree["items"] if item["code"] == "7.2")
    item["indicators"][0]["direction"] = "lower_is_better"
    assert exact(frozen_tree(tree), "7.2", results(RM3=result)) == F(score)


def test_the_scores_at_and_beyond_the_bounds_are_data():
    tree = bent("pmqa40")
    rule = next(rule for rule in tree["scoring"]["rules"] if rule["name"] == "linear_100_500")
    rule.update(below_lower=50, at_upper=450)
    scores = [exact(frozen_tree(tree), "7.2", results(RM3=result)) for result in ("74", "75", "95", "95.1")]
    assert scores == [50, 100, 450, 500]


@pytest.mark.parametrize(
    ("result", "target", "direction", "score"),
    [
        ("103", "100", "higher_is_better", 400),  # worked check: an extra indicator at 103 %
        ("99.9", "100", "higher_is_better", "2997/10"),
        ("100", "100", "higher_is_better", 300),
        ("101", "100", "higher_is_better", 300),
        ("101.000000001", "100", "higher_is_better", 400),
        ("105", "100", "higher_is_better", 400),
        ("105.000000001", "100", "higher_is_better", 500),
        ("300", "100", "higher_is_better", 500),
        ("0", "100", "higher_is_better", 0),
        ("-5", "100", "higher_is_better", 0),
        ("85", "80", "lower_is_better", "1125/4"),  # 200 - 106.25 = 93.75 %
        ("80", "80", "lower_is_better", 300),
        ("79.2", "80", "lower_is_better", 300),  # 101 %
        ("76", "80", "lower_is_better", 400),  # 105 %
        ("75.9", "80", "lower_is_better", 500),
        ("160", "80", "lower_is_better", 0),
        ("400", "80", "lower_is_better", 0),  # over twice the target: the floor
        ("0", "80", "lower_is_better", 500),
        ("1", "3", None, 100),  # no direction told: more is better
    ],
)
def test_success_percent_steps(result, target, direction, score):
    criteria = frozen()
    alone = Answer(indicators=(*results(RM3="95").indicators, own(result, target, direction)))
    found = score_item(criteria, "7.2", alone)
    assert found.indicators[1].exact == F(score)
    assert found.exact == (500 + F(score)) / 2
    assert found.indicators[1].own
    assert not found.indicators[0].own


def test_the_manuals_example():
    answer = Answer(indicators=(*results(RM1="85.0", RM2="85.0").indicators, own("85", "80", "lower_is_better")))
    score = score_item(frozen(), "7.1", answer)
    assert score.exact == F("1175/4")
    assert score.indicators[2].success == F("375/4")
    assert score.level is None


def test_a_zero_target_takes_the_manual_score():
    more = {"score": 350, "reason": "เหตุผล"}
    answer = Answer(indicators=(*results(RM3="85").indicators, own("0", "0", **more)))
    assert exact(frozen(), "7.2", answer) == 325
    for unsettled in (own("5", "0.00"), own("5", "0", score=300), own("5", "0", score=300, reason=" ")):
        half = Answer(indicators=(*results(RM3="85").indicators, unsettled))
        assert score_item(frozen(), "7.2", half).state == "missing"


@pytest.mark.parametrize("answer", [Answer(), results(RM1="85"), results(RM1="85", RM2="")])
def test_an_indicator_without_a_result_leaves_its_item_missing(answer):
    score = score_item(frozen(), "7.1", answer)
    assert (score.state, score.exact) == ("missing", None)


def test_zero_is_a_result():
    assert exact(frozen(), "7.1", results(RM1="0", RM2="0")) == 0


def test_an_indicator_that_is_not_required_may_be_left_out():
    tree = bent("pmqa40")
    item = next(item for item in tree["items"] if item["code"] == "7.1")
    item["indicators"][1]["required"] = False
    criteria = frozen_tree(tree)
    assert exact(criteria, "7.1", results(RM1="95")) == 500
    assert exact(criteria, "7.1", results(RM1="95", RM2="75")) == 300
    assert score_item(criteria, "7.1", results(RM2="75")).state == "missing"


def test_an_editions_own_success_indicator_uses_its_default_target():
    tree = bent("pmqa40")
    item = next(item for item in tree["items"] if item["code"] == "7.2")
    item["indicators"][0]["rule"] = "success_percent_steps"
    criteria = frozen_tree(tree)
    assert exact(criteria, "7.2", results(RM3="85")) == 300  # the default target is 85
    assert exact(criteria, "7.2", Answer(indicators=(own("85", "170", code="RM3"),))) == 150


def test_truncation_inside_category_7_is_a_setting():
    answer = Answer(indicators=(*results(RM3="85.03").indicators, own("1", "7")))
    exact_mean = (F("1503/5") + F(300) / 7) / 2
    assert exact(frozen(), "7.2", answer) == exact_mean
    assert exact(frozen(truncate_inside_category7=True), "7.2", answer) == 171  # (300 + 42) / 2
    odd = Answer(indicators=(*results(RM3="85.03").indicators, own("11", "75")))
    assert exact(frozen(truncate_inside_category7=True), "7.2", odd) == 172  # (300 + 44) / 2
    half = Answer(indicators=(*results(RM3="85.03").indicators, own("10", "69.5")))
    assert exact(frozen(truncate_inside_category7=True), "7.2", half) == 171  # (300 + 43) / 2 = 171.5


# ---- bands ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "percent", "score"), [("1.1", 45, 27), ("7.2", 65, "91/2"), ("3.1", 0, 0), ("5.1", 5, "9/4")]
)
def test_band_items(item, percent, score):
    assert exact(frozen("pmqa2562"), item, Answer(percent=percent)) == F(score)


def test_the_bands_of_the_dimensions_score_nothing():
    bands = (BandChoice(dimension="approach", band="ADLI-90-100"),)
    assert exact(frozen("pmqa2562"), "1.1", Answer(percent=45, bands=bands)) == 27
    assert score_item(frozen("pmqa2562"), "1.1", Answer(bands=bands)).state == "missing"


def test_percents_and_their_bands():
    edition = frozen("pmqa2562").edition
    item = edition.item("1.1")
    assert percents_of(edition, item) == tuple(range(0, 101, 5))
    assert band_of_percent(edition, item, 45).code == "ADLI-30-45"
    assert band_of_percent(edition, item, 47) is None


# ---- wire form ------------------------------------------------------------------------------------


def test_ratios_are_in_lowest_terms_and_come_back():
    assert (ratio(F("2350/8")).num, ratio(F("2350/8")).den) == (1175, 4)
    assert fraction(ratio(F("-7/3"))) == F("-7/3")
    with pytest.raises(ValueError, match="denominator"):
        fraction(type(ratio(F(1)))(num=1, den=0))
