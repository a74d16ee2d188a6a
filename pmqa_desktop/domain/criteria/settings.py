# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The settings that the secretariat confirms for a round: checked against the edition, then typed.

Their only home is the signed criteria document (bundle-format.md section 2). An edition that lacks a setting
takes the scoring parameter itself, or the neutral value told below.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from pmqa_desktop.domain.criteria import wording
from pmqa_desktop.domain.criteria.edition import Edition
from pmqa_desktop.domain.criteria.numbers import number
from pmqa_desktop.domain.criteria.parts import BandPercent, GatedChecklist, MeanOfIndicators, Rounding, Setting
from pmqa_desktop.domain.criteria.tree import LARGEST_INTEGER, beside, shown
from pmqa_desktop.errors import Expected

_RANGES: Mapping[str, tuple[int, int]] = {
    "official_decimals": (0, 6),
    "display_decimals": (0, 6),
    "evaluators_individual_min": (1, 99),
    "evaluators_consensus_min": (1, 99),
    "results_years": (1, 20),
    "consensus_on_band_gap": (1, 99),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line on the total: the level or award `code` and the least total for it."""

    code: str
    least: Fraction


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force, typed.

    `tolerance` is in score points for checklist and indicator items and in percentage points for band items
    (`tolerance_in` says which); a spread equal to it calls for talk. `band_gap` 2 means: not in adjacent bands;
    0 switches it off. `weights` are per category. Gate lines and floors of 0 mean none; `category_floor` is in
    score points, `category_floor_percent` in percent of the category's best score.
    """

    not_applicable_allowed: bool
    award_lines: tuple[Line, ...]
    gate_line_step1: Fraction
    gate_line_step2: Fraction
    category_floor: Fraction
    category_floor_percent: Fraction
    item_level_floor: str
    weights: Mapping[str, int]
    official_rounding: Rounding
    official_decimals: int
    display_decimals: int
    truncate_indicator: bool
    truncate_item: bool
    partial_credit: bool
    gated_levels: bool
    tolerance: Fraction
    tolerance_in: Literal["score", "percent"]
    level_difference: bool
    point_difference: bool
    band_gap: int
    quorum_individual: int
    quorum_consensus: int
    comment_required: bool
    evidence_required: bool
    show_self_score: str
    results_years: int
    wording_confirmed: bool
    indicators_confirmed: bool
    points_confirmed: bool
    weakest_dimension_cap: bool
    rate_each_dimension: bool
    category_award_percent: Fraction
    category_award_total: Fraction


def settings_values(edition: Edition, overrides: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value of every setting of the edition: the default, or the override where there is one.

    Raises Expected `setting-unknown` (key) or `setting-invalid` (key, found, expected).
    """
    for key in overrides:
        if edition.setting(key) is None:
            raise Expected("setting-unknown", key=shown(key), place="", edition=edition.id)
    values = {
        setting.key: _checked(edition, setting, overrides.get(setting.key, setting.default))
        for setting in edition.settings
    }
    _check_lines(edition, values)
    return values


def typed_settings(edition: Edition, values: Mapping[str, Any]) -> Settings:
    """Type checked values (see `settings_values`)."""
    scoring = edition.scoring
    checklist = next((rule for rule in scoring.rules if isinstance(rule, GatedChecklist)), None)
    results = next((rule for rule in scoring.rules if isinstance(rule, MeanOfIndicators)), None)
    bands = next((rule for rule in scoring.rules if isinstance(rule, BandPercent)), None)
    percent = "consensus_tolerance_percent" in values
    truncate = values.get("truncate_inside_category7")
    weights = values.get("category_weights", [1] * len(edition.categories))
    return Settings(
        not_applicable_allowed=values.get("not_applicable_allowed", scoring.not_applicable_allowed),
        award_lines=award_lines(edition, values),
        gate_line_step1=number(values.get("gate_line_step1", 0)),
        gate_line_step2=number(values.get("gate_line_step2", 0)),
        category_floor=number(values.get("category_floor", 0)),
        category_floor_percent=number(values.get("category_floor_percent", 0)),
        item_level_floor=values.get("item_level_floor", "none"),
        weights=dict(zip((category.code for category in edition.categories), weights, strict=True)),
        official_rounding=values.get("official_rounding", scoring.official.rounding),
        official_decimals=values.get("official_decimals", scoring.official.decimals),
        display_decimals=values.get("display_decimals", scoring.display.decimals),
        truncate_indicator=bool(results and results.truncate_indicator) if truncate is None else truncate,
        truncate_item=bool(results and results.truncate_item) if truncate is None else truncate,
        partial_credit=values.get("partial_credit", checklist.partial_credit if checklist else True),
        gated_levels=values.get("gated_levels", checklist.gated if checklist else True),
        tolerance=number(values.get("consensus_tolerance_percent" if percent else "consensus_tolerance", 0)),
        tolerance_in="percent" if percent else "score",
        level_difference=values.get("consensus_on_level_difference", False),
        point_difference=values.get("consensus_on_point_difference", False),
        band_gap=values.get("consensus_on_band_gap", 0),
        quorum_individual=values.get("evaluators_individual_min", 1),
        quorum_consensus=values.get("evaluators_consensus_min", 1),
        comment_required=values.get("comment_required", False),
        evidence_required=values.get("evidence_required", False),
        show_self_score=values.get("show_self_score", "never"),
        results_years=values.get("results_years", results.years_of_results if results else 0),
        wording_confirmed=values.get("wording_confirmed", edition.head.official_wording),
        indicators_confirmed=values.get("indicators_confirmed", True),
        points_confirmed=values.get("item_points_confirmed", True) and values.get("category_points_confirmed", True),
        weakest_dimension_cap=values.get("weakest_dimension_cap", bool(bands and bands.weakest_dimension_cap)),
        rate_each_dimension=values.get("rate_each_dimension", False),
        category_award_percent=number(values.get("award_line_category_percent", 0)),
        category_award_total=number(values.get("award_line_total", 0)),
    )


def award_lines(edition: Edition, values: Mapping[str, Any]) -> tuple[Line, ...]:
    """Return the lines on the total, rising: each award's with a setting, and the levels' without an award.

    The bands 300-399, 400-469, 470-500 are printed on a scoring slide (pmqa-second-pass.md section 1, medium);
    that an award uses the lower end of its band is inferred, so these lines are settings. An edition without
    levels has none.
    """
    awarded = {award.code: number(values[award.setting]) for award in edition.awards if award.setting}
    printed = {band.level: Fraction(band.lower) for band in edition.total_bands}
    lines = {level.code: printed.get(level.code, Fraction(level.cumulative)) for level in edition.levels}
    lines.update(awarded)
    return tuple(Line(code, least) for code, least in sorted(lines.items(), key=lambda line: line[1]))


def _check_lines(edition: Edition, values: Mapping[str, Any]) -> None:
    """Refuse award lines that do not rise with the levels, or lie above the best total."""
    lines = {line.code: line.least for line in award_lines(edition, values)}
    keys = {award.code: award.setting for award in edition.awards if award.setting}
    last = Fraction(-1)
    for level in edition.levels:
        least = lines[level.code]
        if not last < least <= edition.max_score:
            key = keys.get(level.code, level.code)
            limit = f"> {last}, ≤ {edition.max_score}" if last >= 0 else f"0–{edition.max_score}"
            raise _wrong(key, values.get(key, least), wording.A_NUMBER_BETWEEN, limit)
        last = least


def _checked(edition: Edition, setting: Setting, value: object) -> Any:
    """Return the value in its plain form (lists as lists) or raise Expected `setting-invalid`."""
    limit = ""
    match setting.type:
        case "boolean":
            good, wanted = isinstance(value, bool), wording.TRUE_OR_FALSE
        case "integer":
            low, high = _RANGES.get(setting.key, (0, 1_000_000))
            good, wanted, limit = _whole(value, low, high), wording.A_WHOLE_NUMBER_BETWEEN, f"{low}–{high}"
        case "choice":
            good, wanted, limit = value in setting.choices, wording.ONE_OF, ", ".join(setting.choices)
        case "numbers":
            count = len(edition.categories)
            good, wanted, limit = _weights(value, count), wording.WEIGHTS, str(count)
            value = list(value) if isinstance(value, Sequence) else value
        case "number":
            most = _most(edition, setting.key)
            good, wanted, limit = _amount(value, most), wording.A_NUMBER_BETWEEN, f"0–{most}"
    if not good:
        raise _wrong(setting.key, value, wanted, limit)
    return value


def _wrong(key: str, found: object, expected: str, limit: str) -> Expected:
    told = {"found": shown(found), "expected": expected, "limit": beside(limit)}
    return Expected("setting-invalid", key=key, place="", **told)


def _most(edition: Edition, key: str) -> int:
    return 100 if key.endswith("percent") else edition.max_score


def _whole(value: object, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _weights(value: object, count: int) -> bool:
    if not isinstance(value, list | tuple) or len(value) != count:
        return False
    return all(_whole(one, 0, LARGEST_INTEGER) for one in value) and any(value)


def _amount(value: object, most: int) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return False
    try:
        return 0 <= number(value) <= most
    except Expected:
        return False
