# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What is shown and certified: half up but never across a line, official as set, distances rounded up."""

from fractions import Fraction

import pytest
from criteria_world import F, bent, frozen, frozen_tree
from hypothesis import given
from hypothesis import strategies as st

from pmqa_desktop.domain.scoring import display, display_distance, distance, official

SCORES = st.fractions(min_value=0, max_value=500, max_denominator=10**6)
NEAR_LINES = st.builds(
    lambda line, off: min(max(line + off, F(0)), F(500)),
    st.sampled_from([F(0), F(300), F(400), F(470), F(500)]),
    st.fractions(min_value=Fraction(-1, 50), max_value=Fraction(1, 50), max_denominator=10**7),
)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1175/4", "293.75"),
        ("200/3", "66.67"),
        ("1000/3", "333.33"),
        ("66.665", "66.67"),
        ("66.664999", "66.66"),
        ("200", "200.00"),
        ("0", "0.00"),
        ("0.001", "0.01"),
        ("0.005", "0.01"),
        ("299.996", "299.99"),
        ("399.9999999", "399.99"),
        ("469.996", "469.99"),
        ("469.995", "469.99"),
        ("469.994", "469.99"),
        ("470", "470.00"),
        ("470.004", "470.00"),
        ("470.005", "470.01"),
        ("499.999", "499.99"),
        ("500", "500.00"),
        ("450.996", "451.00"),
    ],
)
def test_display(value, shown):
    assert display(F(value), frozen()) == shown


def test_display_keeps_to_the_lines_of_its_round():
    assert display(F("449.999"), frozen()) == "450.00"
    assert display(F("449.999"), frozen(award_line_significance=450)) == "449.99"
    assert display(F("54.996"), frozen("pmqa2562")) == "55.00"
    assert display(F("54.996"), frozen("pmqa2562"), lines=[F(55)]) == "54.99"
    assert display(F("649.996"), frozen("pmqa2562", award_line_total=650)) == "649.99"


def test_display_with_other_decimals():
    assert display(F("469.6"), frozen(display_decimals=0)) == "469"
    assert display(F("450.5"), frozen(display_decimals=0)) == "451"
    assert display(F("1/3"), frozen(display_decimals=6)) == "0.333333"


def test_display_across_lines_where_the_edition_allows_it():
    tree = bent("pmqa40")
    tree["scoring"]["display"]["never_across_a_line"] = False
    assert display(F("469.996"), frozen_tree(tree)) == "470.00"
    assert display(F("0.001"), frozen_tree(tree)) == "0.00"


@pytest.mark.parametrize(
    ("value", "decimals", "truncate", "half_up", "half_even"),
    [
        ("469.996", 0, "469", "470", "470"),
        ("399.5", 0, "399", "400", "400"),
        ("400.5", 0, "400", "401", "400"),
        ("299.99", 0, "299", "300", "300"),
        ("450.125", 2, "450.12", "450.13", "450.12"),
        ("450.135", 2, "450.13", "450.14", "450.14"),
        ("500", 0, "500", "500", "500"),
        ("0.04", 1, "0.0", "0.0", "0.0"),
    ],
)
def test_official(value, decimals, truncate, half_up, half_even):
    shown = [
        official(F(value), frozen(official_decimals=decimals, official_rounding=way))
        for way in ("truncate", "half_up", "half_even")
    ]
    assert shown == [truncate, half_up, half_even]


def test_distance_is_exact_and_shown_rounded_up():
    assert distance(F("1175/4"), 300) == F("25/4")
    assert distance(F(470), 400) == 0
    assert display_distance(F("469.996"), 470, frozen()) == "0.01"
    assert display_distance(F("1000/3"), 400, frozen()) == "66.67"
    assert display_distance(F(470), 470, frozen()) == "0.00"


@given(SCORES | NEAR_LINES)
def test_a_shown_score_stays_on_its_side_of_every_line(value):
    criteria = frozen()
    shown = F(display(value, criteria))
    assert abs(shown - value) <= F("1/100")
    for line in criteria.lines:
        assert (value >= line) == (shown >= line)
    assert (value == 0) == (shown == 0)


@given(SCORES)
def test_away_from_lines_display_is_half_up(value):
    criteria = frozen()
    if all(abs(value - line) > F("1/100") for line in criteria.lines):
        assert abs(F(display(value, criteria)) - value) <= F("1/200")


@given(SCORES | NEAR_LINES, st.sampled_from([300, 400, 470]))
def test_adding_the_shown_distance_reaches_the_line(value, line):
    criteria = frozen()
    assert value + F(display_distance(value, line, criteria)) >= line
    assert value + distance(value, line) == max(value, F(line))


@given(SCORES | NEAR_LINES)
def test_truncated_totals_never_exceed_the_exact_one(value):
    assert F(official(value, frozen())) <= value < F(official(value, frozen())) + 1
