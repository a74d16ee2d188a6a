# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What must hold inside one edition beyond the types of its keys.

Nothing here fixes a number of categories, items, points or levels: an edition with three items in a category is
as good as one with four (pmqa-second-pass.md section 5).
"""

import re
from collections.abc import Iterable
from typing import Any

from pmqa_desktop.domain.criteria import wording
from pmqa_desktop.domain.criteria.numbers import number
from pmqa_desktop.domain.criteria.parts import (
    EditionFile,
    GatedChecklist,
    IndicatorPart,
    ItemPart,
    Linear,
    Number,
    Rule,
    SuccessSteps,
)
from pmqa_desktop.domain.criteria.tree import invalid
from pmqa_desktop.errors import Expected

MOST_ITEMS = 500
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_INDICATOR_RULES = ("linear_100_500", "success_percent_steps")
_ITEM_RULE = {"checklist": "gated_checklist", "indicators": "mean_of_indicators", "band": "band_percent"}
_MOST_DECIMALS = 6


def check(raw: EditionFile, tree: dict[str, Any], file: str) -> None:
    """Check one edition; raises Expected `edition-invalid` with the first thing that does not agree."""
    _check_codes(raw, file)
    _check_frame(raw, tree, file)
    _check_levels(raw, file)
    _check_rules(raw, file)
    for item in raw.items:
        _check_item(raw, item, file)
    _check_bands(raw, file)
    _check_sums(raw, file)
    _check_awards(raw, file)


def _need(condition: bool, file: str, key: str, found: object, expected: str, limit: object = "") -> None:
    if not condition:
        raise invalid(file, key, found, expected, limit)


def _unique(file: str, key: str, codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        _need(bool(_CODE.fullmatch(code)), file, key, code, wording.A_CODE)
        _need(code not in seen, file, f"{key}[{code}]", wording.TWICE, wording.ONCE)
        seen.add(code)


def _check_codes(raw: EditionFile, file: str) -> None:
    _need(bool(_CODE.fullmatch(raw.edition.id)), file, "edition.id", raw.edition.id, wording.A_CODE)
    _need(bool(raw.categories), file, "categories", wording.NOTHING, wording.AT_LEAST_ONE)
    count = len(raw.items)
    _need(0 < count <= MOST_ITEMS, file, "items", count, wording.A_WHOLE_NUMBER_BETWEEN, f"1–{MOST_ITEMS}")
    _unique(file, "categories", (one.code for one in raw.categories))
    _unique(file, "items", (one.code for one in raw.items))
    _unique(file, "points", (p.id for i in raw.items for level in i.levels.values() for p in level.points))
    _unique(file, "indicators", (one.code for item in raw.items for one in item.indicators))
    _unique(file, "areas", (one.code for item in raw.items for one in item.areas))
    _unique(file, "levels", (one.code for one in raw.levels))
    _unique(file, "settings", (one.key for one in raw.settings))
    _unique(file, "awards", (one.code for one in raw.awards))
    _unique(file, "bands", (one.code for one in raw.bands))
    _unique(file, "schemes", (one.code for one in raw.schemes))
    _unique(file, "dimensions", (one.code for one in raw.dimensions))
    _unique(file, "mechanisms", (one.code for one in raw.mechanisms))
    _unique(file, "sources", (one.id for one in raw.sources))


def _check_frame(raw: EditionFile, tree: dict[str, Any], file: str) -> None:
    maximum = raw.scoring.max
    _need(maximum > 0, file, "scoring.max", maximum, wording.MORE_THAN_ZERO)
    told = raw.edition.max_score
    _need(told == maximum, file, "edition.max_score", told, wording.EXACTLY, maximum)
    sums = (raw.scoring.category == "sum_of_items", raw.scoring.total == "sum_of_categories")
    _need(sums[0] == sums[1], file, "scoring.total", raw.scoring.total, wording.SAME_ROLL_UP)
    for name, decimals in (("display", raw.scoring.display.decimals), ("official", raw.scoring.official.decimals)):
        good, key = 0 <= decimals <= _MOST_DECIMALS, f"scoring.{name}.decimals"
        _need(good, file, key, decimals, wording.A_WHOLE_NUMBER_BETWEEN, f"0–{_MOST_DECIMALS}")
    sources = {source.id for source in raw.sources}
    for entry in raw.provenance:
        _need(entry.source in sources, file, f"provenance[{entry.block}]", entry.source, wording.A_LISTED_CODE)
    for setting in raw.settings:
        key = f"settings[{setting.key}]"
        if setting.choices or setting.type == "choice":
            good, choices = setting.default in setting.choices, ", ".join(setting.choices)
            _need(good, file, f"{key}.default", setting.default, wording.ONE_OF, choices)
        if setting.path:
            fed = _at(tree, setting.path)
            same = fed == setting.default and isinstance(fed, bool) == isinstance(setting.default, bool)
            _need(same, file, f"{key}.path", f"{setting.path} = {fed}", wording.A_DEFAULT_HOLDER)


def _at(tree: object, path: str) -> object:
    """Return the value at a dotted path; a member of a list of tables goes by its name."""
    here = tree
    for step in path.split("."):
        if isinstance(here, list):
            here = next((one for one in here if isinstance(one, dict) and one.get("name") == step), None)
        else:
            here = here.get(step) if isinstance(here, dict) else None
    return here


def _check_levels(raw: EditionFile, file: str) -> None:
    total = 0
    for level in raw.levels:
        total += level.points
        _need(level.points > 0, file, f"levels[{level.code}].points", level.points, wording.MORE_THAN_ZERO)
        key = f"levels[{level.code}].cumulative"
        _need(level.cumulative == total, file, key, level.cumulative, wording.EXACTLY, total)
    codes = {level.code for level in raw.levels}
    last = 0
    for band in raw.total_bands:
        _need(band.level in codes, file, "total_bands.level", band.level, wording.A_LISTED_CODE)
        _need(last < band.lower <= band.upper, file, f"total_bands[{band.level}]", band.lower, wording.RISING)
        last = band.upper
    for result in raw.result_levels:
        _need(result.level in codes, file, "result_levels.level", result.level, wording.A_LISTED_CODE)


def _check_rules(raw: EditionFile, file: str) -> None:
    names = [_rule_name(rule) for rule in raw.scoring.rules]
    _unique(file, "scoring.rules", names)
    for rule in raw.scoring.rules:
        _check_bounds(rule, raw.scoring.max, file)
        if isinstance(rule, SuccessSteps):
            _check_steps(rule, raw.scoring.max, file)
    for item in raw.items:
        wanted = {_ITEM_RULE[item.kind], *(one.rule for one in item.indicators)}
        wanted |= {item.rule, item.added_indicator_rule} - {""}
        for rule_name in sorted(wanted):
            _need(rule_name in names, file, f"items[{item.code}]", rule_name, wording.ONE_OF, ", ".join(names))


def _rule_name(rule: object) -> str:
    return str(type(rule).__struct_config__.tag)  # type: ignore[attr-defined]


def _check_bounds(rule: Rule, maximum: int, file: str) -> None:
    """See that no rule can leave 0 to the best score, nor fall while the result gets better."""
    match rule:
        case Linear():
            scores = (0, rule.below_lower, rule.at_lower, rule.at_upper, rule.above_upper, maximum)
            told, rises = scores[1:-1], list(scores) == sorted(scores)
            _need(rises, file, "scoring.rules[linear_100_500]", told, wording.A_RISING_ROW, f"0–{maximum}")
        case GatedChecklist():
            _need(rule.max == maximum, file, "scoring.rules[gated_checklist].max", rule.max, wording.EXACTLY, maximum)
        case SuccessSteps():
            key, most = "scoring.rules[success_percent_steps]", maximum // 100
            good, limit = 0 <= rule.below_100_factor <= most, f"0–{most}"
            _need(good, file, f"{key}.below_100_factor", rule.below_100_factor, wording.A_WHOLE_NUMBER_BETWEEN, limit)
            _need(rule.floor == 0, file, f"{key}.floor", rule.floor, wording.EXACTLY, 0)
        case _:
            return


def _check_steps(rule: SuccessSteps, maximum: int, file: str) -> None:
    key = "scoring.rules[success_percent_steps].steps"
    _need(bool(rule.steps) and rule.steps[-1].above is not None, file, key, wording.NOTHING, wording.STEPS)
    bound, score = number(100), rule.below_100_factor * 100
    for step in rule.steps[:-1]:
        _need(step.up_to is not None and step.above is None, file, key, step.above, wording.STEPS)
        upper = _number(step.up_to if step.up_to is not None else 0, file, key)
        _need(bound < upper and score <= step.score, file, key, f"up_to {upper}", wording.RISING)
        bound, score = upper, step.score
    last = rule.steps[-1]
    _need(last.up_to is None, file, key, last.up_to, wording.STEPS)
    above = _number(last.above if last.above is not None else 0, file, key)
    _need(above == bound, file, key, f"above {above}", wording.RISING)
    _need(score <= last.score <= maximum, file, key, last.score, wording.A_WHOLE_NUMBER_BETWEEN, f"{score}–{maximum}")


def _number(value: Number, file: str, key: str) -> Any:
    try:
        return number(value)
    except Expected as error:
        raise invalid(file, key, value, wording.A_NUMBER) from error


def _check_item(raw: EditionFile, item: ItemPart, file: str) -> None:
    key = f"items[{item.code}]"
    categories = {category.code for category in raw.categories}
    _need(item.category in categories, file, f"{key}.category", item.category, wording.A_LISTED_CODE)
    known = {dimension.code for dimension in raw.dimensions} | {one.code for one in raw.mechanisms}
    for code in (*item.dimensions, *item.mechanisms):
        _need(code in known, file, key, code, wording.A_LISTED_CODE)
    _need(item.kind == "checklist" or not item.levels, file, f"{key}.levels", item.kind, wording.NOTHING_HERE)
    only = item.kind == "indicators" or not (item.indicators or item.rule or item.added_indicator_rule)
    _need(only, file, f"{key}.indicators", item.kind, wording.NOTHING_HERE)
    match item.kind:
        case "checklist":
            _check_checklist(raw, item, file)
        case "indicators":
            _check_indicators(raw, item, file)
        case "band":
            schemes = {scheme.code for scheme in raw.schemes}
            _need(
                item.scheme in schemes, file, f"{key}.scheme", item.scheme, wording.ONE_OF, ", ".join(sorted(schemes))
            )
            _need(item.points > 0, file, f"{key}.points", item.points, wording.MORE_THAN_ZERO)


def _check_checklist(raw: EditionFile, item: ItemPart, file: str) -> None:
    key = f"items[{item.code}]"
    codes = [level.code for level in raw.levels]
    found = ", ".join(sorted(item.levels))
    _need(set(item.levels) == set(codes), file, f"{key}.levels", found, wording.EXACTLY, ", ".join(codes))
    for code, level in item.levels.items():
        _need(bool(level.points), file, f"{key}.levels.{code}.points", wording.NOTHING, wording.AT_LEAST_ONE)
    best = sum(level.points for level in raw.levels)
    _need(item.max_score == best, file, f"{key}.max_score", item.max_score, wording.EXACTLY, best)


def _check_indicators(raw: EditionFile, item: ItemPart, file: str) -> None:
    key = f"items[{item.code}]"
    _need(item.max_score > 0, file, f"{key}.max_score", item.max_score, wording.MORE_THAN_ZERO)
    _need(item.rule == "mean_of_indicators", file, f"{key}.rule", item.rule, wording.EXACTLY, "mean_of_indicators")
    added = item.added_indicator_rule
    good = added in ("", "success_percent_steps")
    _need(good, file, f"{key}.added_indicator_rule", added, wording.EXACTLY, "success_percent_steps")
    for one in item.indicators:
        _check_indicator(one, file, f"{key}.indicators[{one.code}]")


def _check_indicator(one: IndicatorPart, file: str, key: str) -> None:
    _need(one.rule in _INDICATOR_RULES, file, f"{key}.rule", one.rule, wording.ONE_OF, ", ".join(_INDICATOR_RULES))
    values = {
        name: _number(value, file, f"{key}.{name}")
        for name in ("lower", "upper", "default_target")
        if (value := getattr(one, name)) is not None
    }
    if one.rule == "linear_100_500":
        _need({"lower", "upper"} <= set(values), file, key, ", ".join(sorted(values)), wording.BOTH_BOUNDS)
        _need(values["lower"] < values["upper"], file, f"{key}.lower", one.lower, wording.LESS_THAN_UPPER)


def _check_bands(raw: EditionFile, file: str) -> None:
    dimensions = {dimension.code for dimension in raw.dimensions if dimension.scheme}
    for scheme in raw.schemes:
        key = f"schemes[{scheme.code}]"
        for code in scheme.dimensions:
            _need(code in dimensions, file, f"{key}.dimensions", code, wording.A_LISTED_CODE)
        last = -1
        bands = [band for band in raw.bands if band.scheme == scheme.code]
        _need(bool(bands), file, key, wording.NOTHING, wording.AT_LEAST_ONE)
        for band in bands:
            inside = [last < band.lower <= percent <= band.upper <= 100 for percent in band.percents]
            rising = list(band.percents) == sorted(set(band.percents))
            good = bool(inside) and all(inside) and rising
            _need(good, file, f"bands[{band.code}]", band.percents, wording.RISING)
            last = band.upper
    codes = {scheme.code for scheme in raw.schemes}
    for band in raw.bands:
        _need(
            band.scheme in codes,
            file,
            f"bands[{band.code}].scheme",
            band.scheme,
            wording.ONE_OF,
            ", ".join(sorted(codes)),
        )


def _check_sums(raw: EditionFile, file: str) -> None:
    summed = raw.scoring.category == "sum_of_items"
    for category in raw.categories:
        members = [item for item in raw.items if item.category == category.code]
        key = f"categories[{category.code}]"
        _need(bool(members), file, key, wording.NOTHING, wording.AT_LEAST_ONE)
        if summed:
            total = sum(item.points for item in members)
            _need(category.points == total, file, f"{key}.points", category.points, wording.EXACTLY, total)
            continue
        best = raw.scoring.max
        _need(category.max_score == best, file, f"{key}.max_score", category.max_score, wording.EXACTLY, best)
        for item in members:
            same = item.kind != "band" and item.max_score == best
            _need(same, file, f"items[{item.code}].max_score", item.max_score, wording.EXACTLY, best)
    if summed:
        total = sum(category.points for category in raw.categories)
        _need(total == raw.scoring.max, file, "categories", total, wording.EXACTLY, raw.scoring.max)
        kinds = {item.kind for item in raw.items} - {"band"}
        _need(not kinds, file, "items", ", ".join(sorted(kinds)), wording.BAND_ITEMS)


def _check_awards(raw: EditionFile, file: str) -> None:
    settings = {setting.key for setting in raw.settings}
    codes = {category.code for category in raw.categories} | {item.code for item in raw.items}
    for award in raw.awards:
        key = f"awards[{award.code}]"
        _need(
            not award.setting or award.setting in settings, file, f"{key}.setting", award.setting, wording.A_LISTED_CODE
        )
        _need(
            not award.category or award.category in codes,
            file,
            f"{key}.category",
            award.category,
            wording.A_LISTED_CODE,
        )
        if award.rule is None:
            continue
        total = _number(award.rule.total, file, f"{key}.rule.total")
        good = 0 <= total <= raw.scoring.max
        _need(good, file, f"{key}.rule.total", total, wording.A_NUMBER_BETWEEN, f"0–{raw.scoring.max}")
        for least in award.rule.least:
            _need(least.of in codes, file, f"{key}.rule.least", least.of, wording.A_LISTED_CODE)
            percent = _number(least.percent, file, f"{key}.rule.least")
            _need(0 <= percent <= 100, file, f"{key}.rule.least", least.percent, wording.A_NUMBER_BETWEEN, "0–100")
