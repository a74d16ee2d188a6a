# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What must hold inside one edition beyond the types of its keys.

Nothing here fixes a number of categories, items, points or levels: an edition with three items in a category is
as good as one with four (pmqa-second-pass.md section 5).
"""

import re
from collections.abc import Iterable
from typing import Any

from pmqa_desktop.domain.criteria.numbers import number
from pmqa_desktop.domain.criteria.parts import EditionFile, IndicatorPart, ItemPart, Number, SuccessSteps
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


def _need(condition: bool, file: str, key: str, found: object, expected: str) -> None:
    if not condition:
        raise invalid(file, key, found, expected)


def _unique(file: str, key: str, codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        _need(bool(_CODE.fullmatch(code)), file, key, code, "a code of letters, digits, '.', '-' and '_'")
        _need(code not in seen, file, f"{key}[{code}]", "the code twice", "each code once")
        seen.add(code)


def _check_codes(raw: EditionFile, file: str) -> None:
    _need(bool(_CODE.fullmatch(raw.edition.id)), file, "edition.id", raw.edition.id, "a short code")
    _need(bool(raw.categories), file, "categories", "none", "at least one category")
    _need(0 < len(raw.items) <= MOST_ITEMS, file, "items", f"{len(raw.items)} items", f"1 to {MOST_ITEMS} items")
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
    _need(maximum > 0, file, "scoring.max", maximum, "more than 0")
    _need(raw.edition.max_score == maximum, file, "edition.max_score", raw.edition.max_score, f"{maximum}")
    sums = (raw.scoring.category == "sum_of_items", raw.scoring.total == "sum_of_categories")
    _need(sums[0] == sums[1], file, "scoring.total", raw.scoring.total, "means with means, sums with sums")
    for name, decimals in (("display", raw.scoring.display.decimals), ("official", raw.scoring.official.decimals)):
        _need(0 <= decimals <= _MOST_DECIMALS, file, f"scoring.{name}.decimals", decimals, f"0 to {_MOST_DECIMALS}")
    sources = {source.id for source in raw.sources}
    for entry in raw.provenance:
        _need(entry.source in sources, file, f"provenance[{entry.block}]", entry.source, "a source listed above")
    for setting in raw.settings:
        key = f"settings[{setting.key}]"
        if setting.choices or setting.type == "choice":
            _need(setting.default in setting.choices, file, f"{key}.default", setting.default, "one of its choices")
        if setting.path:
            fed = _at(tree, setting.path)
            same = fed == setting.default and isinstance(fed, bool) == isinstance(setting.default, bool)
            _need(same, file, f"{key}.path", f"{setting.path} = {fed}", "a parameter that holds the default")


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
        _need(level.points > 0, file, f"levels[{level.code}].points", level.points, "more than 0")
        key = f"levels[{level.code}].cumulative"
        _need(level.cumulative == total, file, key, level.cumulative, f"{total}, the sum of the levels so far")
    codes = {level.code for level in raw.levels}
    last = 0
    for band in raw.total_bands:
        _need(band.level in codes, file, "total_bands.level", band.level, "a level listed above")
        _need(last < band.lower <= band.upper, file, f"total_bands[{band.level}]", band.lower, "bands that rise")
        last = band.upper
    for result in raw.result_levels:
        _need(result.level in codes, file, "result_levels.level", result.level, "a level listed above")


def _check_rules(raw: EditionFile, file: str) -> None:
    names = [_rule_name(rule) for rule in raw.scoring.rules]
    _unique(file, "scoring.rules", names)
    for rule in raw.scoring.rules:
        if isinstance(rule, SuccessSteps):
            _check_steps(rule, raw.scoring.max, file)
    for item in raw.items:
        wanted = {_ITEM_RULE[item.kind], *(one.rule for one in item.indicators)}
        wanted |= {item.rule, item.added_indicator_rule} - {""}
        for rule_name in sorted(wanted):
            _need(rule_name in names, file, f"items[{item.code}]", rule_name, f"a rule of scoring.rules: {names}")


def _rule_name(rule: object) -> str:
    return str(type(rule).__struct_config__.tag)  # type: ignore[attr-defined]


def _check_steps(rule: SuccessSteps, maximum: int, file: str) -> None:
    key = "scoring.rules[success_percent_steps].steps"
    _need(bool(rule.steps) and rule.steps[-1].above is not None, file, key, "no last step", "a last step with 'above'")
    bound, score = number(100), rule.below_100_factor * 100
    for step in rule.steps[:-1]:
        _need(step.up_to is not None and step.above is None, file, key, step.above, "'up_to' in all but the last step")
        upper = _number(step.up_to if step.up_to is not None else 0, file, key)
        _need(bound < upper and score <= step.score, file, key, f"up_to {upper}", "steps that rise")
        bound, score = upper, step.score
    last = rule.steps[-1]
    _need(last.up_to is None, file, key, last.up_to, "a last step without 'up_to'")
    above = _number(last.above if last.above is not None else 0, file, key)
    _need(above == bound, file, key, f"above {above}", f"above {bound}: no gap between steps")
    _need(score <= last.score <= maximum, file, key, last.score, f"at most {maximum}")


def _number(value: Number, file: str, key: str) -> Any:
    try:
        return number(value)
    except Expected as error:
        raise invalid(file, key, value, 'an integer, or a decimal as a string such as "94.5"') from error


def _check_item(raw: EditionFile, item: ItemPart, file: str) -> None:
    key = f"items[{item.code}]"
    categories = {category.code for category in raw.categories}
    _need(item.category in categories, file, f"{key}.category", item.category, "a category listed in the file")
    known = {dimension.code for dimension in raw.dimensions} | {one.code for one in raw.mechanisms}
    for code in (*item.dimensions, *item.mechanisms):
        _need(code in known, file, key, code, "a dimension or mechanism listed in the file")
    none = f"none: its kind is {item.kind}"
    _need(item.kind == "checklist" or not item.levels, file, f"{key}.levels", "levels", none)
    only = item.kind == "indicators" or not (item.indicators or item.rule or item.added_indicator_rule)
    _need(only, file, f"{key}.indicators", "indicators", none)
    match item.kind:
        case "checklist":
            _check_checklist(raw, item, file)
        case "indicators":
            _check_indicators(raw, item, file)
        case "band":
            schemes = {scheme.code for scheme in raw.schemes}
            _need(item.scheme in schemes, file, f"{key}.scheme", item.scheme, f"one of {sorted(schemes)}")
            _need(item.points > 0, file, f"{key}.points", item.points, "more than 0")


def _check_checklist(raw: EditionFile, item: ItemPart, file: str) -> None:
    key = f"items[{item.code}]"
    codes = [level.code for level in raw.levels]
    _need(set(item.levels) == set(codes), file, f"{key}.levels", sorted(item.levels), f"the levels {codes}")
    for code, level in item.levels.items():
        _need(bool(level.points), file, f"{key}.levels.{code}.points", "none", "at least one point")
    best = sum(level.points for level in raw.levels)
    _need(item.max_score == best, file, f"{key}.max_score", item.max_score, f"{best}, the sum of the levels")


def _check_indicators(raw: EditionFile, item: ItemPart, file: str) -> None:
    key = f"items[{item.code}]"
    _need(item.max_score > 0, file, f"{key}.max_score", item.max_score, "more than 0")
    _need(item.rule == "mean_of_indicators", file, f"{key}.rule", item.rule, "mean_of_indicators")
    added = item.added_indicator_rule
    _need(added in ("", "success_percent_steps"), file, f"{key}.added_indicator_rule", added, "success_percent_steps")
    for one in item.indicators:
        _check_indicator(one, file, f"{key}.indicators[{one.code}]")


def _check_indicator(one: IndicatorPart, file: str, key: str) -> None:
    _need(one.rule in _INDICATOR_RULES, file, f"{key}.rule", one.rule, f"one of {list(_INDICATOR_RULES)}")
    values = {
        name: _number(value, file, f"{key}.{name}")
        for name in ("lower", "upper", "default_target")
        if (value := getattr(one, name)) is not None
    }
    if one.rule == "linear_100_500":
        _need({"lower", "upper"} <= set(values), file, key, sorted(values), "both bounds, lower and upper")
        _need(values["lower"] < values["upper"], file, f"{key}.lower", one.lower, "less than upper")


def _check_bands(raw: EditionFile, file: str) -> None:
    dimensions = {dimension.code for dimension in raw.dimensions if dimension.scheme}
    for scheme in raw.schemes:
        key = f"schemes[{scheme.code}]"
        _need(set(scheme.dimensions) <= dimensions, file, f"{key}.dimensions", scheme.dimensions, "listed dimensions")
        last = -1
        bands = [band for band in raw.bands if band.scheme == scheme.code]
        _need(bool(bands), file, key, "no bands", "bands of this scheme")
        for band in bands:
            inside = [last < band.lower <= percent <= band.upper <= 100 for percent in band.percents]
            rising = list(band.percents) == sorted(set(band.percents))
            good = bool(inside) and all(inside) and rising
            _need(good, file, f"bands[{band.code}]", band.percents, "percents that rise inside the band")
            last = band.upper
    codes = {scheme.code for scheme in raw.schemes}
    for band in raw.bands:
        _need(band.scheme in codes, file, f"bands[{band.code}].scheme", band.scheme, f"one of {sorted(codes)}")


def _check_sums(raw: EditionFile, file: str) -> None:
    summed = raw.scoring.category == "sum_of_items"
    for category in raw.categories:
        members = [item for item in raw.items if item.category == category.code]
        key = f"categories[{category.code}]"
        _need(bool(members), file, key, "no items", "at least one item")
        if summed:
            total = sum(item.points for item in members)
            _need(category.points == total, file, f"{key}.points", category.points, f"{total}, the sum of its items")
            continue
        _need(category.max_score == raw.scoring.max, file, f"{key}.max_score", category.max_score, str(raw.scoring.max))
        for item in members:
            same = item.kind != "band" and item.max_score == raw.scoring.max
            _need(same, file, f"items[{item.code}].max_score", item.max_score, str(raw.scoring.max))
    if summed:
        total = sum(category.points for category in raw.categories)
        _need(total == raw.scoring.max, file, "categories", f"{total} points", f"{raw.scoring.max} points together")
        kinds = {item.kind for item in raw.items} - {"band"}
        _need(not kinds, file, "items", sorted(kinds), "only band items where points are summed")


def _check_awards(raw: EditionFile, file: str) -> None:
    settings = {setting.key for setting in raw.settings}
    codes = {category.code for category in raw.categories} | {item.code for item in raw.items}
    for award in raw.awards:
        key = f"awards[{award.code}]"
        _need(not award.setting or award.setting in settings, file, f"{key}.setting", award.setting, "a setting")
        _need(not award.category or award.category in codes, file, f"{key}.category", award.category, "a category")
        if award.rule is None:
            continue
        _need(_number(award.rule.total, file, f"{key}.rule.total") >= 0, file, key, award.rule.total, "0 or more")
        for least in award.rule.least:
            _need(least.of in codes, file, f"{key}.rule.least", least.of, "the code of a category or item")
            percent = _number(least.percent, file, f"{key}.rule.least")
            _need(0 <= percent <= 100, file, f"{key}.rule.least", least.percent, "0 to 100")
