# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Broken, foreign and hostile editions: each refused with the file, the key and what was found."""

import pytest
from criteria_world import bent
from hypothesis import given
from hypothesis import strategies as st

from pmqa_desktop.assets import resource
from pmqa_desktop.domain.criteria import decimal, edition_from_tree, load_edition
from pmqa_desktop.errors import Expected
from pmqa_desktop.messages import word_error


def _item(tree, code):
    return next(item for item in tree["items"] if item["code"] == code)


def _rule(tree, name):
    return next(rule for rule in tree["scoring"]["rules"] if rule["name"] == name)


def _setting(tree, key):
    return next(setting for setting in tree["settings"] if setting["key"] == key)


def _swap(tree):
    one, two = tree["items"][0], tree["items"][1]
    one["levels"]["basic"]["points"][0]["id"] = two["levels"]["basic"]["points"][0]["id"]


BENT_40 = {
    "format": (lambda t: t.update(format="pmqa-glossary"), "format", "pmqa-glossary"),
    "version": (lambda t: t.update(format_version=2), "format_version", "2"),
    "misspelt key": (lambda t: _rule(t, "gated_checklist").update(gatedd=True), "gated_checklist].gatedd", "key"),
    "missing key": (lambda t: _item(t, "1.1").pop("title_th"), "items[1.1].title_th", "nothing"),
    "number as text": (lambda t: _item(t, "1.1").update(max_score="500"), "items[1.1].max_score", "500"),
    "flag as number": (lambda t: t["scoring"].update(not_applicable_allowed=0), "not_applicable_allowed", "0"),
    "float": (lambda t: _item(t, "7.1")["indicators"][0].update(lower=75.5), "indicators[RM1].lower", "75.5"),
    "not a number": (lambda t: t["scoring"].update(max=float("nan")), "scoring.max", "nan"),
    "bad decimal": (lambda t: _item(t, "7.1")["indicators"][0].update(lower="7,5"), "[RM1].lower", "7,5"),
    "huge integer": (lambda t: t["scoring"].update(max=2**60), "scoring.max", str(2**60)),
    "unknown rule": (lambda t: t["scoring"]["rules"].append({"name": "magic"}), "rules[magic].name", "magic"),
    "rule twice": (lambda t: t["scoring"]["rules"].append(_rule(t, "linear_100_500")), "linear_100_500", "twice"),
    "rule gone": (lambda t: t["scoring"]["rules"].pop(1), "items[7.1]", "linear_100_500"),
    "item twice": (lambda t: _item(t, "1.2").update(code="1.1"), "items[1.1]", "twice"),
    "point twice": (_swap, "points[1.2.B1]", "twice"),
    "bad code": (lambda t: _item(t, "1.2").update(code="1 2"), "items", "1 2"),
    "code as path": (lambda t: _item(t, "1.2").update(code="../x"), "items", "../x"),
    "no such category": (lambda t: _item(t, "1.2").update(category="9"), "items[1.2].category", "9"),
    "no such dimension": (lambda t: _item(t, "1.2").update(dimensions=["zz"]), "items[1.2]", "zz"),
    "levels not cumulative": (lambda t: t["levels"][1].update(cumulative=450), "levels[advance].cumulative", "450"),
    "level worth nothing": (lambda t: t["levels"][1].update(points=0), "levels[advance].points", "0"),
    "level gone": (lambda t: _item(t, "1.1")["levels"].pop("advance"), "items[1.1].levels", "basic, significance"),
    "level empty": (lambda t: _item(t, "1.1")["levels"]["basic"].update(points=[]), "basic.points", "nothing"),
    "best of item": (lambda t: _item(t, "1.1").update(max_score=400), "items[1.1].max_score", "400"),
    "bounds crossed": (lambda t: _item(t, "7.1")["indicators"][0].update(lower=96), "[RM1].lower", "96"),
    "bound gone": (lambda t: _item(t, "7.1")["indicators"][0].pop("upper"), "indicators[RM1]", "lower"),
    "indicator rule": (lambda t: _item(t, "7.1")["indicators"][0].update(rule="band"), "items[7.1]", "band"),
    "kinds mixed": (lambda t: _item(t, "7.1").update(kind="checklist"), "items[7.1]", "checklist"),
    "steps fall": (lambda t: _rule(t, "success_percent_steps")["steps"][0].update(score=200), "steps", "101"),
    "steps with a gap": (lambda t: _rule(t, "success_percent_steps")["steps"][2].update(above=110), "steps", "110"),
    "no last step": (lambda t: _rule(t, "success_percent_steps")["steps"].pop(), "steps", "nothing"),
    "line falls": (lambda t: _rule(t, "linear_100_500").update(at_lower=600), "linear_100_500", "600"),
    "line over the best": (lambda t: _rule(t, "linear_100_500").update(above_upper=501), "linear_100_500", "501"),
    "line below zero": (lambda t: _rule(t, "linear_100_500").update(below_lower=-1), "linear_100_500", "-1"),
    "best of checklist": (lambda t: _rule(t, "gated_checklist").update(max=400), "gated_checklist].max", "400"),
    "factor too large": (lambda t: _rule(t, "success_percent_steps").update(below_100_factor=6), "below_100", "6"),
    "floor below zero": (lambda t: _rule(t, "success_percent_steps").update(floor=-1), "floor", "-1"),
    "other formula": (
        lambda t: _rule(t, "success_percent_steps").update(lower_is_better="target / result"),
        "lower_is_better",
        "target / result",
    ),
    "setting feeds another": (lambda t: _setting(t, "partial_credit").update(default=False), "partial_credit", "True"),
    "choice not offered": (lambda t: _setting(t, "official_rounding").update(default="up"), "official_rounding", "up"),
    "setting of no type": (lambda t: _setting(t, "partial_credit").update(type="maybe"), "credit].type", "maybe"),
    "award without setting": (lambda t: t["awards"][0].update(setting="zz"), "awards[advance].setting", "zz"),
    "source unknown": (lambda t: t["provenance"][0].update(source="zz"), "provenance[edition]", "zz"),
    "confidence unknown": (lambda t: t["provenance"][0].update(confidence="sure"), "confidence", "sure"),
    "bands fall": (lambda t: t["total_bands"][1].update(lower=200), "total_bands[advance]", "200"),
    "rounding unknown": (lambda t: t["scoring"]["official"].update(rounding="up"), "official.rounding", "up"),
    "too many decimals": (lambda t: t["scoring"]["display"].update(decimals=9), "display.decimals", "9"),
    "mean of sums": (lambda t: t["scoring"].update(total="sum_of_categories"), "scoring.total", "sum_of_categories"),
    "missing is zero": (lambda t: t["scoring"].update(missing="zero"), "scoring.missing", "zero"),
    "not exact": (lambda t: t["scoring"].update(keep_exact=False), "scoring.keep_exact", "False"),
    "no items": (lambda t: t.update(items=[]), "items", "0"),
    "category empty": (
        lambda t: t["categories"].append({**t["categories"][0], "code": "8"}),
        "categories[8]",
        "nothing",
    ),
    "items a table": (lambda t: t.update(items={}), "items", "object"),
    "control character": (lambda t: _item(t, "1.1").update(title_th="ก\x07"), "items[1.1].title_th", "\\u{7}"),
    "turned text": (lambda t: _item(t, "1.1").update(title_th="ก\u202eข"), "items[1.1].title_th", "\\u{202e}"),
}  # fmt: skip

BENT_2562 = {
    "points do not sum": (lambda t: _item(t, "1.1").update(points=61), "categories[1].points", "120"),
    "categories do not sum": (
        lambda t: (_item(t, "1.1").update(points=61), t["categories"][0].update(points=121)),
        "categories",
        "1001",
    ),
    "no such scheme": (lambda t: _item(t, "1.1").update(scheme="zz"), "items[1.1].scheme", "zz"),
    "percents outside": (lambda t: t["bands"][0].update(percents=[0, 5, 10]), "bands[ADLI-0-5]", "10"),
    "percents out of order": (lambda t: t["bands"][0].update(percents=[5, 0]), "bands[ADLI-0-5]", "(5, 0)"),
    "band of no scheme": (lambda t: t["bands"][0].update(scheme="zz"), "bands[ADLI-0-5].scheme", "zz"),
    "dimension not listed": (lambda t: t["schemes"][0]["dimensions"].append("zz"), "schemes[ADLI].dimensions", "zz"),
    "gloss half": (lambda t: t["bands"][0]["gloss"]["approach"].pop("th"), "gloss[...].th", "nothing"),
    "award rule of nobody": (
        lambda t: t["awards"][0].update(rule={"least": [{"of": "9.9", "percent": 50}]}),
        "awards[category_1].rule.least",
        "9.9",
    ),
    "award rule over all": (
        lambda t: t["awards"][0].update(rule={"least": [{"of": "1", "percent": 101}]}),
        "awards[category_1].rule.least",
        "101",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "bend", "key", "found"),
    [("pmqa40", *case) for case in BENT_40.values()] + [("pmqa2562", *case) for case in BENT_2562.values()],
    ids=[*BENT_40, *BENT_2562],
)
def test_a_bent_edition_is_refused_at_its_key(name, bend, key, found):
    tree = bent(name)
    bend(tree)
    with pytest.raises(Expected) as told:
        edition_from_tree(tree, "bent.toml")
    fields = told.value.fields
    assert told.value.code == "edition-invalid"
    assert fields["file"] == "bent.toml"
    assert key in fields["key"]
    assert found in fields["found"]
    for language in ("th", "en"):
        sentence = word_error(told.value, language)
        assert "bent.toml" in sentence
        assert fields["key"] in sentence
        assert "?" not in sentence


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"format = ",
        b"[" * 5000,
        b"x = 1" + b"0" * 5000,
        b"format = 'pmqa-criteria'\x00",
        b"a = 1979-05-27T07:32:00Z\n",
        b"PK\x03\x04" + bytes(100),
        b"x = '" + b"a" * (4 * 1024 * 1024) + b"'",
    ],
    ids=["empty", "utf-16", "half", "nested", "long number", "nul", "date", "archive", "large"],
)
def test_what_is_no_edition_at_all_is_refused(data):
    with pytest.raises(Expected, match="edition-invalid"):
        load_edition(data, "x.toml")


def complaint_of(work):
    """Return the code of what is complained about, and see that it can be worded."""
    try:
        work()
    except Expected as complaint:
        return complaint.code if word_error(complaint, "th") else ""
    return None


@given(st.data())
def test_no_change_of_one_place_makes_anything_but_an_edition_or_a_complaint(data):
    tree = bent("pmqa2562")
    here, steps = tree, data.draw(st.integers(1, 4))
    for _ in range(steps):
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(here[key], dict | list) or not here[key]:
            break
        parent, here = here, here[key]
    else:
        here = parent
    here[key] = data.draw(st.sampled_from([None, -1, 0, 7, 1.5, "", "zz", [], {}, True, [1, "a"], {"a": 1}, b"x"]))
    assert complaint_of(lambda: edition_from_tree(tree, "fuzzed")) in (None, "edition-invalid")


@given(st.binary(max_size=300), st.integers(0, 20000))
def test_scrambled_bytes_give_an_edition_or_a_complaint(noise, at):
    data = resource("criteria/pmqa2562.toml").read_bytes()
    scrambled = data[:at] + noise + data[at + len(noise) :]
    assert complaint_of(lambda: load_edition(scrambled, "noise.toml")) in (None, "edition-invalid")


@pytest.mark.parametrize(
    "text",
    ["", " 1", "1 ", "+1", "1e3", "1,000", ".5", "5.", "--1", "NaN", "๘๕", "1_000", "0x10", "1/2", "9" * 16, "1\n"],
)
def test_what_is_no_decimal_is_refused(text):
    with pytest.raises(Expected, match="decimal-invalid"):
        decimal(text)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_decimals_are_exact(value):
    assert decimal(f"{value:f}") == value.as_integer_ratio()[0] / decimal(str(value.as_integer_ratio()[1]))
