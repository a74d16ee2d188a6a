# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Where a panel differs, what it talks about first, and the proposal it starts from."""

from fractions import Fraction

import pytest
from criteria_world import F, frozen, level_ticks, own, results, ticks
from hypothesis import given
from hypothesis import strategies as st

from pmqa_desktop.domain.answers import Answer, BandChoice
from pmqa_desktop.domain.consensus import (
    agenda_key,
    compare,
    item_weight,
    needs_reason,
    needs_talk,
    outside_range,
    proposal,
    spread,
)
from pmqa_desktop.domain.scoring import check_answer, score_item

LAX = {"consensus_on_level_difference": False}
NOT_APPLICABLE = Answer(state="not_applicable", reason="ไม่มีภารกิจนี้")


def reached(item="1.1", **counts):
    return level_ticks(frozen().edition, item, **counts)


# ---- proposal -------------------------------------------------------------------------------------


def test_a_point_is_proposed_when_most_seats_ticked_it_and_a_tie_is_not():
    seats = [ticks("1.1.B1", "1.1.B2"), ticks("1.1.B1", "1.1.B2"), ticks("1.1.B1"), ticks()]
    assert proposal(frozen(), "1.1", seats) == ticks("1.1.B1")  # B1 has 3 of 4, B2 a tie
    assert proposal(frozen(), "1.1", seats[:3]) == ticks("1.1.B1", "1.1.B2")


def test_seats_without_an_answer_do_not_count():
    seats = [ticks("1.1.B1"), None, None, ticks("1.1.B1")]
    assert proposal(frozen(), "1.1", seats) == ticks("1.1.B1")
    assert proposal(frozen(), "1.1", [None, None]) == Answer()


def test_an_indicator_takes_the_lower_middle_by_score():
    criteria = frozen()
    four = [results(RM1=value, RM2="85") for value in ("90", "80", "85", "94")]
    assert proposal(criteria, "7.1", four) == results(RM1="85", RM2="85")
    assert proposal(criteria, "7.1", four[:3]) == results(RM1="85", RM2="85")


def test_an_indicator_without_results_is_left_out():
    seats = [results(RM1="85"), results(RM1="90", RM2="")]
    assert proposal(frozen(), "7.1", seats) == results(RM1="85")


def test_the_agencys_own_indicator_needs_most_of_the_seats():
    with_own = Answer(indicators=(*results(RM3="85").indicators, own("85", "80", "lower_is_better")))
    better = Answer(indicators=(*results(RM3="85").indicators, own("80", "80", "lower_is_better")))
    without = results(RM3="85")
    assert proposal(frozen(), "7.2", [with_own, better, without]) == with_own
    assert proposal(frozen(), "7.2", [with_own, without]) == without


def test_bands_take_the_lower_middle_of_percent_and_of_each_dimension():
    def seat(percent, band):
        return Answer(percent=percent, bands=(BandChoice(dimension="approach", band=band),))

    seats = [seat(45, "ADLI-30-45"), seat(70, "ADLI-70-85"), seat(50, "ADLI-50-65"), seat(65, "ADLI-50-65")]
    assert proposal(frozen("pmqa2562"), "1.1", seats) == seat(50, "ADLI-50-65")


def test_a_proposed_percent_keeps_the_cap_of_the_weakest_dimension():
    criteria = frozen("pmqa2562", weakest_dimension_cap=True)
    seats = [Answer(percent=70), Answer(percent=70)]
    rated = Answer(percent=45, bands=(BandChoice(dimension="approach", band="ADLI-30-45"),))
    found = proposal(criteria, "1.1", [*seats, rated])
    assert found == rated
    check_answer(criteria, "1.1", found)


def test_not_applicable_only_when_most_say_so():
    criteria = frozen(not_applicable_allowed=True)
    full = reached(basic=3)
    assert proposal(criteria, "1.1", [NOT_APPLICABLE, NOT_APPLICABLE, full]) == NOT_APPLICABLE
    assert proposal(criteria, "1.1", [NOT_APPLICABLE, full]) == full
    two = Answer(state="not_applicable", reason="อื่น")
    assert proposal(criteria, "1.1", [two, NOT_APPLICABLE]).reason == "อื่น; ไม่มีภารกิจนี้"


POINTS = [point.id for point in frozen().edition.item("5.2").points]


@given(st.lists(st.sets(st.sampled_from(POINTS)), min_size=1, max_size=7), st.randoms(use_true_random=False))
def test_a_proposal_is_a_valid_answer_whatever_the_order_of_seats(met, random):
    seats = [ticks(*one) for one in met]
    found = proposal(frozen(), "5.2", seats)
    check_answer(frozen(), "5.2", found)
    assert set().union(*met) >= set(found.ticks) >= set.intersection(*met)
    random.shuffle(seats)
    assert proposal(frozen(), "5.2", seats) == found


@given(st.lists(st.sampled_from(range(0, 101, 5)), min_size=1, max_size=7))
def test_a_proposed_percent_is_one_that_a_seat_chose(percents):
    found = proposal(frozen("pmqa2562"), "1.1", [Answer(percent=percent) for percent in percents])
    assert found.percent in percents
    assert sum(percent <= found.percent for percent in percents) * 2 >= len(percents)
    assert sum(percent >= found.percent for percent in percents) * 2 > len(percents)


# ---- spread and talk ------------------------------------------------------------------------------


def test_the_spread_is_highest_minus_lowest():
    assert spread(frozen(), "1.1", [reached(basic=3), reached(basic=1), None]) == 200
    assert spread(frozen(), "1.1", [reached(basic=3), None]) is None
    assert spread(frozen("pmqa2562"), "1.1", [Answer(percent=45), Answer(percent=65)]) == 20


@pytest.mark.parametrize(("tolerance", "talk"), [(100, True), ("100.01", False), ("99.99", True)])
def test_a_spread_equal_to_the_tolerance_calls_for_talk(tolerance, talk):
    criteria = frozen(consensus_tolerance=tolerance, **LAX)
    assert needs_talk(criteria, "1.1", [reached(basic=1), reached(basic=2)]) is talk


def test_agreement_never_calls_for_talk_even_at_tolerance_zero():
    criteria = frozen(consensus_tolerance=0)
    assert not needs_talk(criteria, "1.1", [reached(basic=2), reached(basic=2)])
    assert needs_talk(criteria, "4.1", [reached("4.1", basic=2), reached("4.1", basic=3)])


def test_different_levels_call_for_talk_where_the_setting_says_so():
    seats = [reached("2.2", basic=2), reached("2.2", basic=2, advance=1, significance=0)]
    low = [reached("1.2", basic=3), reached("1.2", basic=2)]
    assert compare(frozen(consensus_tolerance=500), "2.2", seats).reasons == ("level",)
    assert compare(frozen(), "2.2", seats).reasons == ("spread", "level")
    assert not needs_talk(frozen(consensus_tolerance=500, **LAX), "2.2", seats)
    assert compare(frozen(consensus_tolerance=500), "1.2", low).reasons == (
        "level",
    )  # below basic is a level of its own


def test_different_points_call_for_talk_where_the_setting_says_so():
    seats = [ticks("1.1.B1"), ticks("1.1.B2")]
    assert not needs_talk(frozen(), "1.1", seats)
    assert compare(frozen(consensus_on_point_difference=True), "1.1", seats).reasons == ("points",)


def test_a_disagreement_on_whether_the_item_applies_always_calls_for_talk():
    criteria = frozen(not_applicable_allowed=True)
    assert compare(criteria, "1.1", [NOT_APPLICABLE, reached(basic=3)]).reasons == ("state",)
    assert not needs_talk(criteria, "1.1", [NOT_APPLICABLE, NOT_APPLICABLE])
    assert not needs_talk(criteria, "1.1", [NOT_APPLICABLE, None])


@pytest.mark.parametrize(
    ("one", "two", "reasons"),
    [(45, 50, ()), (25, 50, ("spread", "band_gap")), (65, 70, ()), (30, 45, ()), (5, 30, ("spread", "band_gap"))],
)
def test_bands_that_are_not_adjacent_call_for_talk(one, two, reasons):
    assert compare(frozen("pmqa2562"), "1.1", [Answer(percent=one), Answer(percent=two)]).reasons == reasons


def test_a_band_gap_calls_for_talk_within_the_tolerance():
    criteria = frozen("pmqa2562", consensus_tolerance_percent=100)
    assert compare(criteria, "1.1", [Answer(percent=25), Answer(percent=50)]).reasons == ("band_gap",)
    assert compare(criteria, "1.1", [Answer(percent=25), Answer(percent=45)]).reasons == ()


def test_a_settled_score_outside_the_seats_range_needs_a_reason():
    criteria = frozen(**LAX)
    seats = [reached(basic=2), reached(basic=2), None]
    assert not outside_range(criteria, "1.1", seats, reached(basic=2))
    assert outside_range(criteria, "1.1", seats, reached(basic=3))
    assert outside_range(criteria, "1.1", seats, reached(basic=1))
    assert needs_reason(criteria, "1.1", seats, reached(basic=3))
    assert not needs_reason(criteria, "1.1", seats, reached(basic=2))
    assert needs_reason(criteria, "1.1", [None], reached(basic=2))
    assert not outside_range(criteria, "1.1", seats, None)


def test_settling_on_not_applicable_needs_a_reason_unless_a_seat_said_so():
    criteria = frozen(not_applicable_allowed=True)
    assert outside_range(criteria, "1.1", [reached(basic=2)], NOT_APPLICABLE)
    assert not outside_range(criteria, "1.1", [reached(basic=2), NOT_APPLICABLE], NOT_APPLICABLE)


# ---- agenda ---------------------------------------------------------------------------------------


def test_weights_are_shares_of_the_total():
    for criteria in (frozen(), frozen("pmqa2562"), frozen(category_weights=[1, 2, 3, 4, 5, 6, 7])):
        assert sum(item_weight(criteria, item.code) for item in criteria.edition.items) == 1
    assert item_weight(frozen(), "1.1") == F("1/28")
    assert item_weight(frozen(), "7.1") == F("1/42")
    assert item_weight(frozen("pmqa2562"), "1.1") == F("6/100")


def test_the_agenda_has_talk_first_then_disagreement_times_weight():
    criteria = frozen()
    rows = [("1.1", Fraction(50), False), ("7.1", Fraction(200), True), ("2.1", Fraction(200), True),
            ("3.1", None, True), ("1.2", Fraction(50), False), ("4.1", None, False)]  # fmt: skip
    ordered = sorted(rows, key=lambda row: agenda_key(criteria, *row))
    assert [row[0] for row in ordered] == ["3.1", "2.1", "7.1", "1.1", "1.2", "4.1"]


def test_comparing_keeps_every_seats_score():
    found = compare(frozen(), "1.1", [reached(basic=3), None])
    assert [score.state for score in found.scores] == ["scored", "missing"]
    assert found.scores[0] == score_item(frozen(), "1.1", reached(basic=3))
