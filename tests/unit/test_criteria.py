# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The shipped editions and the glossary: what must hold in them, and that they travel unchanged."""

import re
import tomllib
import unicodedata

import msgspec
import pytest
from criteria_world import F, bent, frozen

from pmqa_desktop.assets import resource
from pmqa_desktop.domain.criteria import criteria_from_body, edition_from_tree, freeze, load_edition
from pmqa_desktop.domain.documents import CriteriaBody
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.editions import SHIPPED, edition_of, shipped_edition

THAI = re.compile("[\u0e01-\u0e5b]")


def _texts(value, key=""):
    if isinstance(value, dict):
        for name, child in value.items():
            yield from _texts(child, name)
    elif isinstance(value, list):
        for child in value:
            yield from _texts(child, key)
    elif isinstance(value, str):
        yield key, value


def test_pmqa40_has_the_structure_of_the_form():
    edition = shipped_edition("pmqa40")
    checklist = [f"{c}.{n}" for c in range(1, 7) for n in range(1, 5)]
    assert [item.code for item in edition.items] == checklist + [f"7.{n}" for n in range(1, 7)]
    assert [category.code for category in edition.categories] == list("1234567")
    counts = {"basic": 0, "advance": 0, "significance": 0}
    for item in edition.items:
        for level in item.levels:
            counts[level.code] += len(level.points)
            for number, point in enumerate(level.points, 1):
                assert point.id == f"{item.code}.{level.code[0].upper()}{number}"
    assert counts == {"basic": 60, "advance": 53, "significance": 47}
    assert [level.cumulative for level in edition.levels] == [300, 400, 500]
    assert [one.code for item in edition.items for one in item.indicators] == [f"RM{n}" for n in range(1, 11)]
    assert len(edition.dimensions) == len(edition.mechanisms) == 3
    assert edition.head.compiled == "2026-11-23"


def test_pmqa2562_has_the_points_of_the_manual():
    edition = shipped_edition("pmqa2562")
    points = {category.code: category.best for category in edition.categories}
    assert points == {"1": 120, "2": 80, "3": 110, "4": 100, "5": 90, "6": 100, "7": 400}
    assert [item.max_score for item in edition.items_of("7")] == [60, 70, 70, 70, 60, 70]
    assert [item.assumed for item in edition.items] == [True] * 12 + [False] * 6
    for scheme in edition.schemes:
        bands = edition.bands_of(scheme.code)
        assert [(b.lower, b.upper) for b in bands] == [(0, 5), (10, 25), (30, 45), (50, 65), (70, 85), (90, 100)]
        assert [p for band in bands for p in band.percents] == list(range(0, 101, 5))
        assert [one.code for one in edition.dimensions_of(scheme.code)] == list(scheme.dimensions)
    assert [award.category for award in edition.awards] == list("123456")


@pytest.mark.parametrize("name", SHIPPED)
def test_every_setting_ships_unconfirmed_and_every_block_tells_its_source(name):
    edition = shipped_edition(name)
    assert edition.settings
    assert not any(setting.confirmed for setting in edition.settings)
    assert {entry.source for entry in edition.provenance} <= {source.id for source in edition.sources}
    assert edition.provenance


@pytest.mark.parametrize("name", [*SHIPPED, "glossary"])
def test_texts_are_clean_and_in_the_language_their_key_says(name):
    tree = tomllib.loads(resource(f"criteria/{name}.toml").read_text("utf-8"))
    count = 0
    for key, text in _texts(tree):
        count += 1
        assert text == unicodedata.normalize("NFC", text).strip()
        assert not any(unicodedata.category(c) in {"Cc", "Cf", "Co", "Cn", "Cs"} for c in text), text
        if key.endswith("_th") or key == "th":
            assert THAI.search(text), text
            assert "เเ" not in text
            assert "\u0e4d\u0e32" not in text
        if key.endswith("_en") or key == "en":
            assert not THAI.search(text), text
    assert count > 100


def test_the_glossary_has_each_word_once():
    tree = tomllib.loads(resource("criteria/glossary.toml").read_text("utf-8"))
    groups = {group["code"] for group in tree["groups"]}
    for key in ("code", "th", "en"):
        words = [term[key].casefold() for term in tree["terms"]]
        assert len(set(words)) == len(words)
    assert {term["group"] for term in tree["terms"]} <= groups


@pytest.mark.parametrize("name", SHIPPED)
def test_a_criteria_document_gives_back_the_same_criteria(name):
    criteria = frozen(name, display_decimals=3)
    wire = msgspec.json.encode(criteria.body(), order="sorted")
    again = criteria_from_body(msgspec.json.decode(wire, type=CriteriaBody))
    assert again == criteria
    assert again.edition.digest == criteria.edition.digest
    assert again.settings == criteria.settings
    assert again.edition.items == criteria.edition.items
    assert again != frozen(name)


def test_the_digest_follows_the_content_and_not_the_layout():
    data = resource("criteria/pmqa40.toml").read_bytes()
    edition = load_edition(data, "a.toml")
    assert load_edition(data + b"\n# a remark\n", "b.toml").digest == edition.digest
    tree = bent("pmqa40")
    tree["items"][0]["title_en"] += "!"
    assert edition_from_tree(tree, "c").digest != edition.digest
    assert re.fullmatch("sha256:[0-9a-f]{64}", edition.digest)
    assert edition == shipped_edition("pmqa40")
    assert hash(edition) == hash(shipped_edition("pmqa40"))


def test_lookups():
    edition = shipped_edition("pmqa40")
    assert edition.item("1.1").points[0].id == "1.1.B1"
    assert edition.item_of_point("2.3.A2") == "2.3"
    assert edition.item_of_point("2.3.Z9") is None
    assert edition.item_of_indicator("RM4") == "7.3"
    assert edition.item("7.1").indicator("RM2").upper == F(95)
    assert edition.level("advance").cumulative == 400
    assert len(edition.items_of("7")) == 6
    with pytest.raises(Expected, match="item-unknown"):
        edition.item("9.9")
    with pytest.raises(Expected, match="category-unknown"):
        edition.category("9")


def test_a_category_of_three_items_and_decimal_bounds_are_accepted():
    tree = bent("pmqa40")
    tree["items"] = [item for item in tree["items"] if item["code"] != "1.4"]
    tree["items"][-6]["indicators"][0]["lower"] = "74.5"
    edition = edition_from_tree(tree, "three")
    assert [item.code for item in edition.items_of("1")] == ["1.1", "1.2", "1.3"]
    assert edition.item("7.1").indicator("RM1").lower == F("149/2")


def test_an_edition_without_results_totals_over_the_categories_in_scope():
    tree = bent("pmqa40")
    tree["items"] = [item for item in tree["items"] if item["category"] != "7"]
    tree["categories"] = [category for category in tree["categories"] if category["code"] != "7"]
    for setting in tree["settings"]:
        if setting["key"] == "category_weights":
            setting["default"] = [1] * 6
    criteria = freeze(edition_from_tree(tree, "six"), {})
    assert list(criteria.settings.weights) == list("123456")


def test_lines_hold_levels_awards_gates_and_both_ends():
    assert frozen().lines == (0, 300, 400, 470, 500)
    assert frozen(award_line_advance="399.5", category_floor=250, gate_line_step2=0).lines == (
        0, 250, 300, F("799/2"), 400, 470, 500,
    )  # fmt: skip


def test_edition_of_takes_names_and_files(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes(resource("criteria/pmqa2562.toml").read_bytes())
    assert edition_of(str(path)) == edition_of("pmqa2562")


@pytest.mark.parametrize(
    ("name", "code"),
    [("pmqa99", "edition-not-found"), ("no/such/file.toml", "edition-not-found"), ("a\0b", "edition-unreadable")],
)
def test_edition_of_tells_what_it_does_not_find(name, code):
    with pytest.raises(Expected) as told:
        edition_of(name)
    assert told.value.code == code


def test_edition_of_refuses_a_folder_and_a_foreign_file(tmp_path):
    with pytest.raises(Expected, match="edition-unreadable"):
        edition_of(str(tmp_path))
    with pytest.raises(Expected) as told:
        edition_of(str(resource("criteria/glossary.toml")))
    assert told.value.fields["key"] == "format"
    assert told.value.fields["found"] == "pmqa-glossary"
