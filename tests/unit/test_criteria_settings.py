# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The round's settings: typed, checked against the edition, and none of them silently ignored."""

import pytest
from criteria_world import F, frozen

from pmqa_desktop.errors import Expected
from pmqa_desktop.messages import word_error


def test_the_defaults_of_pmqa40():
    settings = frozen().settings
    assert [(line.code, line.least) for line in settings.award_lines] == [
        ("basic", 300),
        ("advance", 400),
        ("significance", 470),
    ]
    assert (settings.tolerance, settings.tolerance_in) == (100, "score")
    assert settings.level_difference
    assert not settings.point_difference
    assert (settings.quorum_individual, settings.quorum_consensus) == (3, 3)
    assert not settings.not_applicable_allowed
    assert (settings.official_rounding, settings.official_decimals, settings.display_decimals) == ("truncate", 0, 2)
    assert settings.weights == dict.fromkeys("1234567", 1)
    assert settings.comment_required
    assert settings.evidence_required


def test_the_defaults_of_pmqa2562():
    settings = frozen("pmqa2562").settings
    assert settings.award_lines == ()
    assert (settings.tolerance, settings.tolerance_in, settings.band_gap) == (20, "percent", 2)
    assert settings.official_decimals == 2
    assert not settings.points_confirmed
    assert settings.category_award_percent == 50


def test_an_override_is_typed_and_travels():
    criteria = frozen(consensus_tolerance="62.5", category_weights=[1, 1, 1, 1, 1, 1, 4], official_rounding="half_even")
    assert criteria.settings.tolerance == F("125/2")
    assert criteria.settings.weights["7"] == 4
    assert criteria.body().settings["consensus_tolerance"] == "62.5"
    assert criteria.body().settings["category_weights"] == [1, 1, 1, 1, 1, 1, 4]
    assert set(criteria.body().settings) == {setting.key for setting in criteria.edition.settings}


BAD = [
    ("not_applicable_allowed", 1),
    ("not_applicable_allowed", "true"),
    ("official_decimals", 7),
    ("official_decimals", True),
    ("official_decimals", -1),
    ("display_decimals", "2"),
    ("official_rounding", "up"),
    ("official_rounding", ["truncate"]),
    ("award_line_advance", -1),
    ("award_line_advance", 501),
    ("award_line_advance", 400.5),
    ("award_line_advance", "4e2"),
    ("award_line_advance", None),
    ("category_weights", [1, 1, 1]),
    ("category_weights", [0] * 7),
    ("category_weights", [1, 1, 1, 1, 1, 1, -1]),
    ("category_weights", [1, 1, 1, 1, 1, 1, True]),
    ("category_weights", "1111111"),
    ("evaluators_consensus_min", 0),
]


@pytest.mark.parametrize(("key", "value"), BAD)
def test_a_wrong_value_is_refused_with_its_key(key, value):
    with pytest.raises(Expected) as told:
        frozen(**{key: value})
    assert told.value.code == "setting-invalid"
    assert told.value.fields["key"] == key
    assert "?" not in word_error(told.value, "en")


def test_lines_must_rise_with_the_levels():
    for settings in ({"award_line_advance": 470}, {"award_line_significance": 399}, {"award_line_advance": 300}):
        with pytest.raises(Expected, match="setting-invalid"):
            frozen(**settings)
    assert frozen(award_line_advance="300.01").settings.award_lines[1].least == F("30001/100")


def test_a_setting_of_another_edition_is_refused():
    with pytest.raises(Expected) as told:
        frozen("pmqa2562", award_line_advance=400)
    assert told.value.code == "setting-unknown"
    assert told.value.fields["key"] == "award_line_advance"
