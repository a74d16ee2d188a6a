# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Answers that the edition does not allow: each told with the item, the field and what was found."""

import pytest
from criteria_world import bent, frozen, frozen_tree, own, results, ticks

from pmqa_desktop.domain.answers import Answer, BandChoice, IndicatorAnswer
from pmqa_desktop.domain.scoring import check_answer, score_item
from pmqa_desktop.errors import Expected
from pmqa_desktop.messages import MESSAGES, word_error


def bands(**chosen):
    return tuple(BandChoice(dimension=dimension, band=band) for dimension, band in chosen.items())


def added(**fields):
    return Answer(indicators=(IndicatorAnswer(code="X1", **fields),))


REFUSED_40 = [
    ("1.1", ticks("1.1.B9"), "tick-unknown", "ticks"),
    ("1.1", ticks("1.2.B1"), "tick-of-other-item", "ticks"),
    ("1.1", Answer(ticks=("1.1.B1", "1.1.B1")), "tick-repeated", "ticks"),
    ("1.1", Answer(percent=45), "answer-of-other-kind", "percent"),
    ("1.1", results(RM1="1"), "answer-of-other-kind", "indicators"),
    ("7.1", ticks("1.1.B1"), "answer-of-other-kind", "ticks"),
    ("1.1", Answer(state="not_applicable", reason="ไม่มี"), "not-applicable-not-allowed", "state"),
    ("7.1", results(RM3="85"), "indicator-of-other-item", "indicators.RM3"),
    ("7.1", Answer(indicators=results(RM1="1").indicators * 2), "indicator-repeated", "indicators"),
    ("7.1", results(RM1="85,0"), "decimal-invalid", "indicators.RM1.result"),
    ("7.1", results(RM1="๘๕"), "decimal-invalid", "indicators.RM1.result"),
    ("7.1", results(RM1="1e2"), "decimal-invalid", "indicators.RM1.result"),
    ("7.1", added(result="1", target="x"), "decimal-invalid", "indicators.X1.target"),
    ("7.1", Answer(indicators=(IndicatorAnswer(code=" "),)), "indicator-needs-code", "indicators"),
    ("7.1", added(result="1"), "indicator-needs-target", "indicators.X1.target"),
    ("7.1", added(result="1", target="-5"), "indicator-target-negative", "indicators.X1.target"),
    ("7.1", added(result="1", target="0"), "indicator-needs-score", "indicators.X1.score"),
    ("7.1", added(result="1", target="0.0", score=501, reason="r"), "indicator-score-range", "indicators.X1.score"),
    ("7.1", added(result="1", target="0", score=-1, reason="r"), "indicator-score-range", "indicators.X1.score"),
    (
        "7.1",
        added(result="1", target="0", score=300, reason=" "),
        "indicator-score-needs-reason",
        "indicators.X1.reason",
    ),
    ("7.1", added(result="1", target="5", score=300, reason="r"), "indicator-score-not-allowed", "indicators.X1.score"),
    (
        "7.1",
        Answer(indicators=(IndicatorAnswer(code="RM1", result="85", score=300, reason="r"),)),
        "indicator-score-not-allowed",
        "indicators.RM1.score",
    ),
    (
        "7.1",
        Answer(indicators=(IndicatorAnswer(code="RM1", result="85", direction="lower_is_better"),)),
        "indicator-direction-fixed",
        "indicators.RM1.direction",
    ),
]

REFUSED_2562 = [
    ("1.1", Answer(), "percent-missing", "percent"),
    ("1.1", Answer(percent=46), "percent-not-listed", "percent"),
    ("1.1", Answer(percent=-5), "percent-not-listed", "percent"),
    ("1.1", Answer(percent=105), "percent-not-listed", "percent"),
    ("1.1", ticks("1.1.B1"), "answer-of-other-kind", "ticks"),
    ("1.1", Answer(percent=45, bands=bands(levels="ADLI-30-45")), "dimension-unknown", "bands"),
    ("1.1", Answer(percent=45, bands=bands(approach="LeTCI-30-45")), "band-unknown", "bands.approach"),
    ("1.1", Answer(percent=45, bands=bands(approach="ADLI-0-5") * 2), "dimension-repeated", "bands"),
]


@pytest.mark.parametrize(
    ("name", "item", "answer", "code", "field"),
    [("pmqa40", *case) for case in REFUSED_40] + [("pmqa2562", *case) for case in REFUSED_2562],
)
def test_what_the_edition_does_not_allow_is_told(name, item, answer, code, field):
    with pytest.raises(Expected) as told:
        check_answer(frozen(name), item, answer)
    assert (told.value.code, told.value.fields["item"], told.value.fields["field"]) == (code, item, field)
    for language in ("th", "en"):
        sentence = word_error(told.value, language)
        assert item in sentence
        assert "?" not in sentence
    assert word_error(told.value, "th") != word_error(told.value, "en")


@pytest.mark.parametrize("reason", ["", "  "])
def test_not_applicable_needs_a_reason(reason):
    with pytest.raises(Expected, match="not-applicable-needs-reason"):
        check_answer(frozen(not_applicable_allowed=True), "1.1", Answer(state="not_applicable", reason=reason))


def test_not_applicable_carries_nothing_else():
    answer = Answer(state="not_applicable", reason="ไม่มี", ticks=("1.1.B1",))
    with pytest.raises(Expected, match="not-applicable-with-score"):
        check_answer(frozen(not_applicable_allowed=True), "1.1", answer)


def test_the_cap_at_the_weakest_dimension_is_a_setting():
    answer = Answer(percent=70, bands=bands(approach="ADLI-70-85", learning="ADLI-50-65"))
    check_answer(frozen("pmqa2562"), "1.1", answer)
    with pytest.raises(Expected) as told:
        check_answer(frozen("pmqa2562", weakest_dimension_cap=True), "1.1", answer)
    assert (told.value.code, told.value.fields["most"]) == ("percent-over-weakest", 65)
    check_answer(frozen("pmqa2562", weakest_dimension_cap=True), "1.1", Answer(percent=65, bands=answer.bands))


def test_free_percents_only_where_the_edition_says_so():
    tree = bent("pmqa2562")
    tree["scoring"]["rules"][0]["free_percent"] = True
    check_answer(frozen_tree(tree), "1.1", Answer(percent=46))
    with pytest.raises(Expected, match="percent-not-listed"):
        check_answer(frozen_tree(tree), "1.1", Answer(percent=101))


def test_an_item_without_a_rule_for_added_indicators_takes_none():
    tree = bent("pmqa40")
    next(item for item in tree["items"] if item["code"] == "7.1")["added_indicator_rule"] = ""
    with pytest.raises(Expected, match="indicator-unknown"):
        check_answer(frozen_tree(tree), "7.1", Answer(indicators=(own("1", "1"),)))


@pytest.mark.parametrize(
    ("name", "item", "answer"),
    [
        ("pmqa40", "7.1", added(result="1")),
        ("pmqa40", "7.1", added(result="1", target="0")),
        ("pmqa40", "7.1", added(target="5")),
        ("pmqa40", "7.1", Answer()),
        ("pmqa2562", "1.1", Answer()),
    ],
)
def test_a_half_filled_answer_scores_as_missing(name, item, answer):
    check_answer(frozen(name), item, answer, finished=False)
    assert score_item(frozen(name), item, answer).state == "missing"


def test_every_code_of_the_room_is_worded():
    codes = {case[2] for case in (*REFUSED_40, *REFUSED_2562)}
    assert codes <= set(MESSAGES)
