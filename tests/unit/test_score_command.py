# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The headless score command: the manual's example, the form of its answer, and every fault told with its place."""

import json

import pytest
from criteria_world import frozen, uniform
from hypothesis import given
from hypothesis import strategies as st

from pmqa_desktop.assets import resource
from pmqa_desktop.errors import Expected
from pmqa_desktop.messages import word_error
from pmqa_desktop.services.score import LARGEST_ANSWERS, score_command

X1 = {"target": "80", "result": "85", "direction": "lower_is_better"}
EXAMPLE = {
    "items": {
        "1.1": {"ticks": ["1.1.B1", "1.1.B2", "1.1.A1"]},
        "7.1": {"indicators": {"RM1": {"result": "85.0"}, "RM2": {"result": "85.0"}, "X1": X1}},
    }
}


def run(tree, edition="pmqa40"):
    return score_command(edition, json.dumps(tree, ensure_ascii=False).encode())


def whole(edition="pmqa40", **changes):
    items = {}
    for code, answer in uniform(frozen(edition).edition).items():
        if answer.indicators:
            items[code] = {"indicators": {one.code: {"result": one.result} for one in answer.indicators}}
        elif answer.percent is not None:
            items[code] = {"percent": answer.percent}
        else:
            items[code] = {"ticks": list(answer.ticks)}
    return {"items": {**items, **changes}}


def test_the_manuals_example():
    result = run(EXAMPLE)
    assert result["edition"] == "pmqa40"
    assert result["digest"] == frozen().edition.digest
    assert result["items"]["1.1"] == {"exact": "200", "display": "200.00", "level": None}
    assert result["items"]["7.1"] == {"exact": "1175/4", "display": "293.75", "level": None}
    assert result["items"]["1.2"] == {"exact": None, "display": None, "level": None}
    assert result["categories"]["1"] == {"exact": None, "display": None}
    assert result["total"] == {"exact": None, "display": None, "official": None}
    assert result["level"] is None
    assert len(result["missing"]) == 28
    assert set(result) == {"edition", "digest", "items", "categories", "total", "level", "missing"}


def test_a_whole_sheet():
    result = run(whole())
    assert result["items"]["1.1"] == {"exact": "500", "display": "500.00", "level": "significance"}
    assert result["categories"]["1"] == {"exact": "500", "display": "500.00"}
    assert result["total"] == {"exact": "13025/28", "display": "465.18", "official": "465"}
    assert (result["level"], result["missing"]) == ("advance", [])


def test_pmqa2562():
    result = run(whole("pmqa2562"), "pmqa2562")
    assert result["items"]["5.1"] == {"exact": "81/4", "display": "20.25", "level": None}
    assert result["total"] == {"exact": "450", "display": "450.00", "official": "450.00"}
    assert result["level"] is None


def test_bands_are_advice():
    with_bands = whole("pmqa2562", **{"1.1": {"percent": 45, "bands": {"approach": "ADLI-90-100"}}})
    assert run(with_bands, "pmqa2562") == run(whole("pmqa2562"), "pmqa2562")


def test_an_item_that_is_present_is_scored_and_an_absent_one_is_missing():
    result = run({"items": {"1.1": {"ticks": []}}})
    assert result["items"]["1.1"]["exact"] == "0"
    assert "1.1" not in result["missing"]
    assert run({"items": {"7.2": {"indicators": {}}}})["missing"][-5] == "7.2"
    assert run({"items": {}})["missing"] == [item.code for item in frozen().edition.items]


def test_a_list_gives_a_list():
    assert run([EXAMPLE, {"items": {}}]) == [run(EXAMPLE), run({"items": {}})]
    assert run([]) == []


def test_an_edition_file_and_a_byte_order_mark_are_taken(tmp_path):
    path = tmp_path / "own.toml"
    path.write_bytes(b"\xef\xbb\xbf" + resource("criteria/pmqa40.toml").read_bytes())
    assert score_command(str(path), b"\xef\xbb\xbf" + json.dumps(EXAMPLE).encode()) == run(EXAMPLE)


def test_settings_may_come_along():
    settings = {"not_applicable_allowed": True, "display_decimals": 0, "official_rounding": "half_up"}
    away = {"state": "not_applicable", "reason": "ไม่มีภารกิจนี้"}
    result = run({**whole(**{"1.1": away}), "settings": settings})
    assert result["items"]["1.1"] == {"exact": None, "display": None, "level": None}
    assert result["missing"] == []
    assert result["categories"]["1"] == {"exact": "500", "display": "500"}


def test_a_zero_target_takes_a_score_and_a_reason():
    added = {"target": "0", "score": 300, "reason": "ไม่มีเหตุการณ์"}
    result = run({"items": {"7.2": {"indicators": {"RM3": {"result": "95"}, "X1": added}}}})
    assert result["items"]["7.2"]["exact"] == "400"


def item(answer, code="1.1"):
    return {"items": {code: answer}}


def indicator(value, code="RM1"):
    return item({"indicators": {code: value}}, "7.1")


FAULTS = [
    ("pmqa40", item({"ticks": ["1.1.B9"]}), "tick-unknown", "items.1.1.ticks", "1.1.B9"),
    ("pmqa40", item({"ticks": ["1.2.B1"]}), "tick-of-other-item", "items.1.1.ticks", "1.2.B1"),
    ("pmqa40", item({"ticks": ["1.1.B1", "1.1.B1"]}), "tick-repeated", "items.1.1.ticks", "1.1.B1"),
    ("pmqa40", item({"ticks": []}, "1.9"), "item-unknown", "items.1.9", None),
    ("pmqa40", item({"tick": []}), "answers-invalid", "items.1.1.tick", "(this key)"),
    ("pmqa40", item({}), "answers-invalid", "items.1.1.ticks", "(nothing)"),
    ("pmqa40", item([]), "answers-invalid", "items.1.1", None),
    ("pmqa40", item(None), "answers-invalid", "items.1.1", None),
    ("pmqa40", item({"ticks": "1.1.B1"}), "answers-invalid", "items.1.1.ticks", None),
    ("pmqa40", item({"ticks": [1]}), "answers-invalid", "items.1.1.ticks[0]", None),
    ("pmqa40", item({"state": "away"}), "answers-invalid", "items.1.1.state", None),
    ("pmqa40", item({"percent": 45, "ticks": []}), "answer-of-other-kind", "items.1.1.percent", "percent"),
    ("pmqa40", item({"ticks": [], "percent": 4.5}), "answers-float", "items.1.1.percent", "4.5"),
    ("pmqa40", item({"state": "not_applicable", "reason": "x"}), "not-applicable-not-allowed", "items.1.1.state", None),
    ("pmqa40", indicator({"result": 85}), "answers-invalid", "items.7.1.indicators.RM1.result", None),
    ("pmqa40", indicator({"result": 85.5}), "answers-float", "items.7.1.indicators.RM1.result", "85.5"),
    ("pmqa40", indicator({"result": "85%"}), "decimal-invalid", "items.7.1.indicators.RM1.result", "85%"),
    ("pmqa40", indicator({"code": "RM1"}), "answers-invalid", "items.7.1.indicators.RM1.code", "(this key)"),
    ("pmqa40", indicator("85"), "answers-invalid", "items.7.1.indicators.RM1", None),
    ("pmqa40", indicator({"result": "1"}, "RM3"), "indicator-of-other-item", "items.7.1.indicators.RM3", "RM3"),
    ("pmqa40", indicator({"result": "1"}, "X1"), "indicator-needs-target", "items.7.1.indicators.X1.target", None),
    ("pmqa40", indicator({**X1, "target": "0"}, "X"), "indicator-needs-score", "items.7.1.indicators.X.score", None),
    ("pmqa40", indicator({**X1, "direction": "up"}, "X"), "answers-invalid", "items.7.1.indicators.X.direction", None),
    ("pmqa2562", item({"percent": 46}), "percent-not-listed", "items.1.1.percent", "46"),
    ("pmqa2562", item({"percent": "45"}), "answers-invalid", "items.1.1.percent", None),
    ("pmqa2562", item({"percent": True}), "answers-invalid", "items.1.1.percent", None),
    ("pmqa2562", item({}), "percent-missing", "items.1.1.percent", None),
    ("pmqa2562", item({"percent": 5, "bands": {"A": "x"}}), "dimension-unknown", "items.1.1.bands", "A"),
    ("pmqa2562", item({"percent": 5, "bands": {"approach": 3}}), "answers-invalid", "items.1.1.bands.approach", None),
    ("pmqa40", {}, "answers-invalid", "items", "(nothing)"),
    ("pmqa40", {"items": []}, "answers-invalid", "items", None),
    ("pmqa40", {"items": {}, "agency": "x"}, "answers-invalid", "agency", "(this key)"),
    ("pmqa40", {"items": {}, "settings": {"zz": 1}}, "setting-unknown", "settings.zz", None),
    ("pmqa40", {"items": {}, "settings": {"partial_credit": 1}}, "setting-invalid", "settings.partial_credit", "1"),
    ("pmqa40", [{"items": {}}, {"items": {"9.9": {}}}], "item-unknown", "[1].items.9.9", None),
    ("pmqa40", "text", "answers-invalid", "-", None),
    ("pmqa40", item({"ticks": ["\ud800"]}), "tick-unknown", "items.1.1.ticks", "\\u{d800}"),
    ("nosuch", {"items": {}}, "edition-not-found", None, "nosuch"),
]


@pytest.mark.parametrize(("edition", "tree", "code", "key", "found"), FAULTS)
def test_a_fault_is_told_with_its_place(edition, tree, code, key, found):
    with pytest.raises(Expected) as told:
        score_command(edition, json.dumps(tree).encode(), "mine.json")
    fields = told.value.fields
    assert told.value.code == code
    assert key is None or (fields["file"], fields["key"]) == ("mine.json", key)
    assert found is None or fields["found"] == found
    for language in ("th", "en"):
        sentence = word_error(told.value, language)
        assert "?" not in sentence
        assert key is None or "mine.json" in sentence


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "answers-invalid"),
        (b"{", "answers-invalid"),
        (b"\xff\xfe{\x00}\x00", "answers-invalid"),
        (b"[" * 100_000, "answers-invalid"),
        (b'{"items": ' + b"[" * 30 + b"]" * 30 + b"}", "answers-invalid"),
        (b'{"items": ' + b"9" * 6000 + b"}", "answers-invalid"),
        (b'{"items": NaN}', "answers-float"),
        (b'{"items": {"1.1": {"ticks": [-Infinity]}}}', "answers-float"),
        (b'{"items": {"1.1": {"ticks": []}, "1.1": {"ticks": []}}}', "answers-key-twice"),
        (b'{"items": {}, "items": {}}', "answers-key-twice"),
        (b'{"items": {}} trailing', "answers-invalid"),
        (b" " * (LARGEST_ANSWERS + 1), "answers-invalid"),
    ],
)
def test_what_is_no_answers_file_is_refused(data, code):
    with pytest.raises(Expected) as told:
        score_command("pmqa40", data)
    assert told.value.code == code
    assert "?" not in word_error(told.value, "th")


@pytest.mark.parametrize(
    ("data", "place", "found"),
    [
        (b"", "บรรทัดที่ 1 อักขระที่ 1", "(ไม่มี)"),
        (b'{"items":\n  {"1.1": oops}}', "บรรทัดที่ 2 อักขระที่ 11", "oops}}"),
        (b'{"items": \xff}', "ไบต์ที่ 10", "xff"),
        (b"[null]", "[0]", "(ค่าชนิดอื่น)"),
        (b"null", "ทั้งแฟ้ม", "(ค่าชนิดอื่น)"),
    ],
)
def test_a_fault_of_the_text_is_told_by_place_and_by_what_stands_there(data, place, found):
    with pytest.raises(Expected) as told:
        score_command("pmqa40", data)
    sentence = word_error(told.value, "th")
    assert place in sentence and found in sentence
    assert "Expecting" not in sentence


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(["ticks", "indicators", "percent", "bands", "state", "reason", "x"])
SHEETS = st.fixed_dictionaries(
    {"items": st.dictionaries(st.sampled_from(["1.1", "7.1", "9.9"]), st.dictionaries(FIELDS, JSON_VALUES, max_size=3))}
)


def complaint_of(edition, data):
    try:
        score_command(edition, data)
    except Expected as complaint:
        return word_error(complaint, "th")
    return "scored"


@given(SHEETS | JSON_VALUES, st.sampled_from(["pmqa40", "pmqa2562"]))
def test_any_json_is_scored_or_told(tree, edition):
    assert complaint_of(edition, json.dumps(tree).encode())


@given(st.binary(max_size=60))
def test_any_bytes_are_scored_or_told(data):
    assert complaint_of("pmqa40", data)
