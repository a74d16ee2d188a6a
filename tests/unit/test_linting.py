# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Remarks on judgements: when each speaks, when it is silent, and that each can be worded."""

import pytest
from criteria_world import frozen, level_ticks, results, ticks

from pmqa_desktop.domain.answers import Answer, BandChoice, Comment, Evidence
from pmqa_desktop.domain.linting import RULES, notices, same_text_elsewhere
from pmqa_desktop.messages import MESSAGES, word

PAGE = "sha256:" + "0" * 64
QUIET = {"comment_required": False, "evidence_required": False}


def told(criteria, item, answer, *kinds, cited=False):
    comments = [Comment(item=item, kind=kind, text=f"ข้อความ {kind}") for kind in kinds]
    evidence = [Evidence(item=item, document=PAGE, page=3)] if cited else []
    return [notice.code for notice in notices(criteria, {item: answer}, comments, evidence)]


def reached(item="1.1", **counts):
    return level_ticks(frozen().edition, item, **counts)


def test_a_score_without_comment_and_evidence():
    answer = reached(basic=3)
    assert told(frozen(), "1.1", answer) == ["score-without-comment", "score-without-evidence"]
    assert told(frozen(), "1.1", answer, "strength", cited=True) == []
    assert told(frozen(), "1.1", answer, "ofi", cited=True) == []
    assert told(frozen(), "1.1", answer, "recommendation") == ["score-without-comment", "score-without-evidence"]
    assert told(frozen(**QUIET), "1.1", answer) == []


def test_zero_needs_no_evidence_but_an_ofi():
    assert told(frozen(), "1.1", ticks()) == ["low-without-ofi"]
    assert told(frozen(), "1.1", ticks(), "ofi") == []


def test_high_scores_want_a_strength_from_the_second_level_on():
    assert told(frozen(**QUIET), "1.1", reached(basic=3, advance=1)) == ["high-without-strength"]
    assert told(frozen(**QUIET), "1.1", reached(basic=3, advance=1), "strength") == []
    assert told(frozen(**QUIET), "7.2", results(RM3="89.9")) == []
    assert told(frozen(**QUIET), "7.2", results(RM3="90")) == ["high-without-strength"]


def test_low_scores_want_an_ofi():
    assert told(frozen(**QUIET), "1.1", reached(basic=2)) == ["low-without-ofi"]
    assert told(frozen(**QUIET), "1.1", reached(basic=2), "ofi") == []
    assert told(frozen(**QUIET), "7.2", results(RM3="84.9")) == ["low-without-ofi"]


@pytest.mark.parametrize(
    ("percent", "codes"),
    [(45, ["low-without-ofi"]), (50, []), (65, []), (70, ["high-without-strength"])],
)
def test_bands_have_their_own_thresholds(percent, codes):
    criteria = frozen("pmqa2562", rate_each_dimension=False, **QUIET)
    assert told(criteria, "1.1", Answer(percent=percent)) == codes


def test_a_dimension_without_a_band_is_told_by_its_letter():
    bands = tuple(BandChoice(dimension=name, band="ADLI-50-65") for name in ("approach", "learning"))
    found = notices(frozen("pmqa2562", **QUIET), {"1.1": Answer(percent=50, bands=bands)}, [], [])
    assert [(notice.code, notice.fields) for notice in found] == [
        ("dimension-without-band", (("dimensions", "D, I"),)),
    ]


def test_points_behind_the_gate_are_told():
    found = notices(frozen(**QUIET), {"1.1": ticks("1.1.B1", "1.1.A1", "1.1.S1")}, [], [])
    assert [notice.code for notice in found] == ["low-without-ofi", "points-beyond-gate"]
    assert found[1].fields == (("points", "1.1.A1, 1.1.S1"),)
    assert told(frozen(gated_levels=False, **QUIET), "1.1", ticks("1.1.A1"), "ofi") == []


def test_a_missing_result_is_told():
    found = notices(frozen(), {"7.1": results(RM1="85")}, [], [])
    assert [(notice.code, notice.fields) for notice in found] == [
        ("indicator-without-result", (("indicators", "RM2"),)),
    ]


def test_the_same_text_under_two_items():
    comments = [
        Comment(item="1.2", kind="ofi", text="ควรกำหนดผู้รับผิดชอบ ให้ชัดเจน"),
        Comment(item="1.1", kind="strength", text="ควรกำหนดผู้รับผิดชอบให้  ชัดเจน"),
        Comment(item="2.1", kind="ofi", text="ดี"),
        Comment(item="2.2", kind="ofi", text="ดี"),
        Comment(item="1.1", kind="ofi", text="ควรกำหนดผู้รับผิดชอบให้ชัดเจน"),
    ]
    found = notices(frozen(), {}, comments, [])
    assert [(notice.code, notice.item, notice.fields) for notice in found] == [
        ("same-text-two-items", "1.2", (("other", "1.1"),)),
    ]


def test_the_same_text_under_two_agencies():
    mine = [Comment(item="1.1", kind="ofi", text="ควรทบทวนแผนรับเหตุฉุกเฉินทุกปี")]
    other = [Comment(item="6.4", kind="ofi", text="ควรทบทวนแผนรับเหตุฉุกเฉินทุกปี")]
    found = same_text_elsewhere(mine, {"b": other, "a": [], "c": other})
    assert [(notice.item, notice.fields) for notice in found] == [
        ("1.1", (("agency", "b"),)),
        ("1.1", (("agency", "c"),)),
    ]


def test_not_applicable_and_missing_items_get_no_remark():
    criteria = frozen(not_applicable_allowed=True)
    assert told(criteria, "1.1", Answer(state="not_applicable", reason="ไม่มี")) == []
    assert notices(criteria, {}, [], []) == ()


def test_remarks_follow_the_order_of_the_items():
    answers = {"2.1": ticks(), "1.1": ticks(), "1.2": ticks()}
    assert [notice.item for notice in notices(frozen(), answers, [], [])] == ["1.1", "1.2", "2.1"]


def test_every_remark_is_worded_in_both_languages():
    codes = [rule.code for rule in RULES] + ["same-text-two-items", "same-text-two-agencies"]
    fields = {"item": "1.1", "points": "p", "indicators": "i", "dimensions": "d", "other": "2.1", "agency": "a"}
    for code in codes:
        assert code in MESSAGES
        thai, english = word(code, fields, "th"), word(code, fields, "en")
        assert "1.1" in thai
        assert "1.1" in english
        assert thai != english
        assert "?" not in thai + english
