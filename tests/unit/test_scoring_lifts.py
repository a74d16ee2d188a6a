# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The fewest points that lift an agency to its next line: exact, smallest, and silent where nothing helps."""

from fractions import Fraction
from itertools import combinations

import pytest
from criteria_world import frozen, level_ticks, results, ticks, uniform
from hypothesis import given
from hypothesis import strategies as st

from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.domain.scoring import score_sheet
from pmqa_desktop.domain.scoring.lifts import next_line, sheet_lift

CRITERIA = frozen()
EDITION = CRITERIA.edition


def provisional(answers, criteria=CRITERIA):
    return score_sheet(criteria, answers).provisional


def with_points(answers, points):
    """Tick some more points."""
    return {
        code: ticks(*answer.ticks, *(p.id for p in EDITION.item(code).points if p.id in points)) if answer.ticks or
        EDITION.item(code).levels else answer
        for code, answer in answers.items()
    }  # fmt: skip


def test_the_next_line_is_the_lowest_not_reached():
    assert next_line(CRITERIA, Fraction(0)).least == 300
    assert next_line(CRITERIA, Fraction(300)).least == 400
    assert next_line(CRITERIA, Fraction(500)) is None


def test_one_gate_that_holds_much_back_is_opened_first():
    answers = {
        "1.1": level_ticks(EDITION, "1.1", basic=2, advance=1, significance=1),  # 200, one basic point from 500
        "1.2": level_ticks(EDITION, "1.2", basic=0),
    }
    assert provisional(answers) == 100

    lift = sheet_lift(CRITERIA, {"1.1": answers["1.1"]})

    assert lift is not None
    assert (lift.line, lift.least, lift.total, lift.points) == ("basic", 300, 500, (("1.1", ("1.1.B3",)),))
    both = sheet_lift(CRITERIA, answers)
    assert both is not None and both.points[0] == ("1.1", ("1.1.B3",)) and both.total >= 300


@given(st.lists(st.sampled_from([p.id for code in ("1.1", "1.2") for p in EDITION.item(code).points]), unique=True))
def test_no_smaller_set_of_points_reaches_the_line(ticked):
    answers = {code: ticks(*(t for t in ticked if t.startswith(code))) for code in ("1.1", "1.2")}
    answers["7.1"] = results(RM1="85", RM2="85")
    lift = sheet_lift(CRITERIA, answers)
    lacking = [p.id for code in ("1.1", "1.2") for p in EDITION.item(code).points if p.id not in ticked]
    line = next_line(CRITERIA, provisional(answers))
    if lift is None:
        assert line is None or provisional(with_points(answers, lacking)) < line.least
        return
    chosen = {point for _item, points in lift.points for point in points}
    assert chosen and chosen.isdisjoint(ticked)
    assert provisional(with_points(answers, chosen)) == lift.total >= lift.least == line.least
    for smaller in combinations(lacking, len(chosen) - 1):
        assert provisional(with_points(answers, smaller)) < lift.least


@pytest.mark.parametrize("settings", [{}, {"gated_levels": False}, {"partial_credit": False}])
def test_a_whole_sheet_is_lifted_under_every_rule(settings):
    criteria = frozen(not_applicable_allowed=True, **settings)
    answers = uniform(criteria.edition, level=1)
    answers["1.1"] = Answer(state="not_applicable", reason="ไม่มีภารกิจนี้")

    lift = sheet_lift(criteria, answers)

    assert lift is not None and "1.1" not in dict(lift.points)
    lifted = {
        code: ticks(*answer.ticks, *dict(lift.points)[code]) if code in dict(lift.points) else answer
        for code, answer in answers.items()
    }
    assert provisional(lifted, criteria) == lift.total >= lift.least > provisional(answers, criteria)


def test_nothing_is_advised_where_nothing_helps():
    assert sheet_lift(CRITERIA, {}) is None
    assert sheet_lift(CRITERIA, uniform(EDITION, level=3, result="100")) is None
    assert sheet_lift(CRITERIA, {"7.1": results(RM1="10", RM2="10")}) is None
    bands = frozen("pmqa2562", rate_each_dimension=False)
    assert sheet_lift(bands, uniform(bands.edition)) is None
