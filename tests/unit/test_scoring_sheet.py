# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Categories, totals, levels and awards; and that missing, zero and not applicable stay three things."""

import pytest
from criteria_world import F, bent, frozen, frozen_tree, results, ticks, uniform

from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.domain.scoring import level_of_total, score_sheet
from pmqa_desktop.errors import Expected

NOT_APPLICABLE = Answer(state="not_applicable", reason="ไม่มีภารกิจนี้")


def sheet(criteria, **changes):
    answers = uniform(criteria.edition)
    for name, answer in changes.items():
        code = name.removeprefix("i").replace("_", ".")
        if answer is None:
            del answers[code]
        else:
            answers[code] = answer
    return score_sheet(criteria, answers)


def test_all_basic_is_300_in_every_checklist_category():
    criteria = frozen()
    score = score_sheet(criteria, uniform(criteria.edition, level=1))
    assert [score.categories[code] for code in "123456"] == [300] * 6


def test_category_is_the_mean_of_its_items_and_total_of_its_categories():
    score = sheet(frozen(), i1_1=ticks("1.1.B1", "1.1.B2"))
    assert score.categories["1"] == F("1700/4")
    assert score.total == sum(score.categories.values()) / 7
    assert score.provisional == score.total
    assert score.missing == ()


def test_weights_of_categories_are_a_setting():
    even = sheet(frozen())
    heavy = sheet(frozen(category_weights=[1, 1, 1, 1, 1, 1, 4]))
    assert heavy.total == (6 * 500 + 4 * even.categories["7"]) / 10
    only = sheet(frozen(category_weights=[1, 0, 0, 0, 0, 0, 0]))
    assert only.total == 500


def test_a_missing_item_is_not_zero():
    score = sheet(frozen(), i1_1=None)
    assert score.missing == ("1.1",)
    assert (score.categories["1"], score.total, score.level) == (None, None, None)
    assert score.categories["2"] == 500
    assert (score.awards, score.reached) == ((), ())
    assert score.provisional_categories["1"] == 500
    assert score.items["1.1"].state == "missing"
    zero = sheet(frozen(), i1_1=Answer())
    assert zero.items["1.1"].state == "scored"
    assert zero.categories["1"] == 375


def test_an_empty_sheet_has_no_scores_at_all():
    score = score_sheet(frozen(), {})
    assert len(score.missing) == 30
    assert score.total is None
    assert score.provisional is None
    assert set(score.provisional_categories.values()) == {None}


def test_a_not_applicable_item_leaves_its_categorys_mean():
    criteria = frozen(not_applicable_allowed=True)
    score = sheet(criteria, i1_1=NOT_APPLICABLE, i1_2=ticks("1.2.B1"))
    assert score.categories["1"] == (100 + 500 + 500) / F(3)
    assert score.missing == ()
    assert score.items["1.1"].state == "not_applicable"


def test_a_category_without_items_leaves_the_total():
    criteria = frozen(not_applicable_allowed=True)
    changes = {f"i7_{n}": NOT_APPLICABLE for n in range(1, 7)}
    score = sheet(criteria, **changes)
    assert score.categories["7"] is None
    assert (score.total, score.level, score.missing) == (500, "significance", ())


def test_nothing_applies():
    criteria = frozen(not_applicable_allowed=True)
    score = score_sheet(criteria, {item.code: NOT_APPLICABLE for item in criteria.edition.items})
    assert (score.total, score.level, score.missing, score.awards) == (None, None, (), ())


def test_pmqa2562_sums_points():
    criteria = frozen("pmqa2562")
    score = sheet(criteria)
    assert score.categories == {"1": 54, "2": 36, "3": F("99/2"), "4": 45, "5": F("81/2"), "6": 45, "7": 180}
    assert (score.total, score.level) == (450, None)


def test_pmqa2562_scales_what_applies_to_1000():
    criteria = frozen("pmqa2562", not_applicable_allowed=True)
    score = sheet(criteria, i1_1=NOT_APPLICABLE, i7_1=Answer(percent=100))
    # 1.1 takes 60 of 1,000 points out: (450 - 27 - 27 + 60) / 940 x 1,000
    assert score.total == F(456 * 1000) / 940
    assert score.categories["1"] == 27
    assert score.missing == ()


def test_pmqa2562_provisional_scales_what_is_scored():
    score = sheet(frozen("pmqa2562"), i1_1=None)
    assert score.total is None
    assert score.provisional == 450


def test_an_item_of_another_edition_is_told():
    with pytest.raises(Expected, match="item-unknown"):
        score_sheet(frozen("pmqa2562"), {"1.3": Answer()})


# ---- levels and awards: pmqa-second-pass.md section 1 ----------------------------------------------

VECTORS = [
    ("299.99", None, "basic"),
    ("300", "basic", "basic"),
    ("399.49", "basic", "basic"),
    ("399.50", "basic", "advance"),
    ("400", "advance", "advance"),
    ("469.49", "advance", "advance"),
    ("469.50", "advance", "significance"),
    ("469.996", "advance", "significance"),
    ("470", "significance", "significance"),
    ("500", "significance", "significance"),
]


def compared_rounded():
    tree = bent("pmqa40")
    tree["scoring"]["official"]["compare_exact"] = False
    return tree


@pytest.mark.parametrize(("total", "exact", "half_up"), VECTORS)
def test_boundary_vectors(total, exact, half_up):
    assert level_of_total(F(total), frozen()) == exact
    assert level_of_total(F(total), frozen_tree(compared_rounded())) == exact  # truncation agrees with exact
    assert level_of_total(F(total), frozen_tree(compared_rounded(), official_rounding="half_up")) == half_up
    # With exact comparison the rounding of the official total moves no level.
    assert level_of_total(F(total), frozen(official_rounding="half_up")) == exact


def test_no_level_without_a_total_or_without_levels():
    assert level_of_total(None, frozen()) is None
    assert level_of_total(F(1000), frozen("pmqa2562")) is None


def test_levels_follow_the_lines_of_the_round():
    criteria = frozen(award_line_significance=450)
    assert level_of_total(F(460), criteria) == "significance"
    assert level_of_total(F(460), frozen()) == "advance"


def totalling(criteria, percent):
    """Answer so that categories 1-6 are full and category 7 has one uniform indicator result."""
    return score_sheet(criteria, uniform(criteria.edition, result=percent))


def test_only_the_highest_award_by_a_line_is_won():
    score = totalling(frozen(), "98")
    assert (score.level, score.awards) == ("significance", ("significance",))
    assert score.reached == ("advance", "significance")
    below = score_sheet(frozen(), uniform(frozen().edition, level=1, result="95"))
    assert (below.level, below.awards) == ("basic", ())


def test_floors_hold_awards_back_but_not_the_level():
    weak = {"i1_1": Answer(), "i1_2": Answer(), "i1_3": Answer()}
    assert sheet(frozen(), **weak).awards == ("advance",)
    held = sheet(frozen(category_floor=200), **weak)
    assert (held.level, held.awards, held.reached) == ("advance", (), ())
    assert sheet(frozen(category_floor=125), **weak).awards == ("advance",)
    assert sheet(frozen(item_level_floor="basic"), **weak).awards == ()
    assert sheet(frozen(item_level_floor="basic")).awards == ("advance",)
    assert sheet(frozen(item_level_floor="significance")).awards == ("advance",)


def test_an_item_that_does_not_apply_breaks_no_floor():
    criteria = frozen(not_applicable_allowed=True, item_level_floor="advance")
    assert sheet(criteria, i1_1=NOT_APPLICABLE).awards == ("advance",)


def test_category_awards_without_a_known_rule_are_never_won():
    score = sheet(frozen("pmqa2562", award_line_category_percent=45))
    assert score.awards == ()
    assert score.reached == tuple(f"category_{n}" for n in range(1, 7))
    assert sheet(frozen("pmqa2562")).reached == ()
    assert sheet(frozen("pmqa2562", award_line_category_percent=45, award_line_total="450.01")).reached == ()


def with_rule(total, *least):
    tree = bent("pmqa2562")
    tree["awards"][2]["rule"] = {"total": total, "least": [{"of": of, "percent": percent} for of, percent in least]}
    return tree


@pytest.mark.parametrize(
    ("rule", "won"),
    [
        ((450, ("3", 45), ("7.2", 45)), True),
        (("450.01", ("3", 45)), False),
        ((0, ("3", "45.5")), False),
        ((0, ("7.2", 50)), False),
        ((0,), True),
    ],
)
def test_category_awards_by_a_rule_of_the_edition(rule, won):
    score = sheet(frozen_tree(with_rule(*rule)))
    assert score.awards == (("category_3",) if won else ())


def test_a_floor_in_percent_holds_category_awards_back():
    tree = with_rule(0, ("3", 45))
    assert sheet(frozen_tree(tree, category_floor_percent=45)).awards == ("category_3",)
    assert sheet(frozen_tree(tree, category_floor_percent=46)).awards == ()


def test_results_of_category_7_enter_the_total():
    criteria = frozen()
    score = sheet(criteria, i7_1=results(RM1="95", RM2="95"))
    assert score.items["7.1"].exact == 500
    assert score.items["7.1"].level is None
