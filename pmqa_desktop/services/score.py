# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The headless `score` use-case: answers in, exact scores out, no database (cli.md, score).

Every complaint is Expected with `file`, `key` (the place in the file) and `found`.
"""

import json
import re
from collections.abc import Callable, Collection
from fractions import Fraction
from typing import Any, TypeVar

import msgspec

from pmqa_desktop.domain.answers import Answer, BandChoice, IndicatorAnswer
from pmqa_desktop.domain.criteria import Edition, FrozenCriteria, freeze, wording
from pmqa_desktop.domain.criteria.tree import beside, shown
from pmqa_desktop.domain.scoring import SheetScore, check_answer, display, exact_text, official, score_sheet
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.editions import edition_of

LARGEST_ANSWERS = 16 * 1024 * 1024
_SHEET_KEYS = frozenset({"items", "settings"})
_ANSWER_KEYS = frozenset({"state", "reason", "ticks", "indicators", "percent", "bands"})
_INDICATOR_KEYS = frozenset(IndicatorAnswer.__struct_fields__) - {"code"}
_DEEPEST = 16
_LONGEST_INTEGER = 16
T = TypeVar("T")
S = TypeVar("S", bound=msgspec.Struct)

Tree = dict[str, Any]


def score_command(edition_name_or_file: str, data: bytes, file: str = "ANSWERS.json") -> Tree | list[Tree]:
    """Score the answers in `data`: one object gives one result, a list gives a list.

    `file` is the name to tell in complaints. Raises Expected: the codes of `edition_of`; `answers-invalid`,
    `answers-float`, `answers-key-twice` (file, key, found, expected); the codes of `check_answer`, of `freeze`
    and `item-unknown`, each with `file` and `key` added.
    """
    edition = edition_of(edition_name_or_file)
    tree = _parse(data, file)
    if isinstance(tree, list):
        return [_scored(edition, one, file, f"[{index}]") for index, one in enumerate(tree)]
    return _scored(edition, tree, file, "")


def score_result(criteria: FrozenCriteria, score: SheetScore) -> Tree:
    """Return a sheet's score as the command prints it; missing and not applicable items have null members."""
    items = {code: {**_shown(criteria, one.exact), "level": one.level} for code, one in score.items.items()}
    total = score.total
    return {
        "edition": criteria.edition.id,
        "digest": criteria.edition.digest,
        "items": items,
        "categories": {code: _shown(criteria, value) for code, value in score.categories.items()},
        "total": {**_shown(criteria, total), "official": None if total is None else official(total, criteria)},
        "level": score.level,
        "missing": list(score.missing),
    }


def _shown(criteria: FrozenCriteria, value: Fraction | None) -> dict[str, str | None]:
    if value is None:
        return {"exact": None, "display": None}
    return {"exact": exact_text(value), "display": display(value, criteria)}


def _scored(edition: Edition, tree: object, file: str, key: str) -> Tree:
    sheet = _object(tree, file, key, _SHEET_KEYS)
    settings = _object(sheet.get("settings", {}), file, _inside(key, "settings"))
    criteria = _placed(lambda: freeze(edition, settings), file, _inside(key, "settings"))
    if "items" not in sheet:
        raise _invalid(file, _inside(key, "items"), wording.NOTHING, wording.A_KEY)
    place = _inside(key, "items")
    items = _object(sheet["items"], file, place)
    answers = {code: _answer(criteria, code, value, file, _inside(place, code)) for code, value in items.items()}
    return score_result(criteria, score_sheet(criteria, answers))


def _answer(criteria: FrozenCriteria, code: str, value: object, file: str, key: str) -> Answer:
    item = _placed(lambda: criteria.edition.item(code), file, key)
    plain = dict(_object(value, file, key, _ANSWER_KEYS))
    indicators = _object(plain.pop("indicators", {}), file, _inside(key, "indicators"))
    bands = _object(plain.pop("bands", {}), file, _inside(key, "bands"))
    if item.kind == "checklist" and not {"ticks", "state"} & plain.keys():
        raise _invalid(file, _inside(key, "ticks"), wording.NOTHING, wording.A_KEY)
    answer = msgspec.structs.replace(
        _converted(plain, Answer, file, key),
        indicators=tuple(
            _indicator(name, one, file, f"{key}.indicators.{shown(name)}") for name, one in sorted(indicators.items())
        ),
        bands=tuple(_band(name, band, file, f"{key}.bands.{shown(name)}") for name, band in sorted(bands.items())),
    )
    _placed(lambda: check_answer(criteria, code, answer), file, key)
    return msgspec.structs.replace(answer, ticks=tuple(sorted(answer.ticks)))


def _indicator(code: str, value: object, file: str, key: str) -> IndicatorAnswer:
    given = _object(value, file, key, _INDICATOR_KEYS)
    return _converted({**given, "code": code}, IndicatorAnswer, file, key)


def _band(dimension: str, value: object, file: str, key: str) -> BandChoice:
    if not isinstance(value, str):
        raise _invalid(file, key, wording.OTHER_KIND, wording.A_VALUE_OF, "str")
    return BandChoice(dimension=dimension, band=value)


def _converted(plain: Tree, kind: type[S], file: str, key: str) -> S:
    try:
        return msgspec.convert(plain, kind)
    except msgspec.ValidationError as error:
        told, _, path = str(error).partition(" - at `$")
        wanted = re.match("Expected `([^`]+)`", told)
        expected, limit = (wording.A_VALUE_OF, wanted[1]) if wanted else (wording.A_KNOWN_VALUE, "")
        raise _invalid(file, key + path.rstrip("`"), wording.OTHER_KIND, expected, limit) from error


def _placed(work: Callable[[], T], file: str, key: str) -> T:
    """Do a piece of work and add file and place to what it complains about."""
    try:
        return work()
    except Expected as error:
        inner = str(error.fields.get("field", error.fields.get("key", "")))
        fields = {name: value for name, value in error.fields.items() if name != "field"}
        full = _inside(key, inner)
        place = f" ({file}, {full})" if "item" in fields else f" ({file})"
        raise Expected(error.code, **{**fields, "file": file, "key": full, "place": place}) from error


def _object(value: object, file: str, key: str, known: Collection[str] | None = None) -> Tree:
    """Return a JSON object whose keys are all `known` (any, without it)."""
    if not isinstance(value, dict):
        raise _invalid(file, key, wording.OTHER_KIND, wording.AN_OBJECT)
    for name in value:
        if known is not None and name not in known:
            limit = ", ".join(sorted(known))
            raise _invalid(file, _inside(key, shown(name)), wording.THIS_KEY, wording.ONE_OF, limit)
    return value


def _invalid(file: str, key: str, found: object, expected: str, limit: object = "") -> Expected:
    fields = {"file": file, "key": key or "-", "found": shown(found), "expected": expected, "limit": beside(limit)}
    return Expected("answers-invalid", **fields)


def _inside(key: str, name: str) -> str:
    return f"{key}.{name}" if key and name else key or shown(name)


def _parse(data: bytes, file: str) -> object:
    """Parse JSON without ever making a float, and refuse what could be read in two ways."""
    if len(data) > LARGEST_ANSWERS:
        raise _invalid(file, "", len(data), wording.A_SMALLER_FILE, LARGEST_ANSWERS)
    try:
        text = data.decode("utf-8-sig")
        tree = json.loads(text, object_pairs_hook=_Pairs, parse_float=_Float, parse_constant=_Float, parse_int=_Int)
        return _plain(tree, file, "", 0)
    except UnicodeDecodeError as error:
        raise _invalid(file, f"byte {error.start}", data[error.start : error.start + 1], wording.UTF8) from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        rest = error.doc[error.pos :].split("\n", 1)[0].strip()
        raise _invalid(file, place, rest or wording.NOTHING, wording.JSON) from error
    except RecursionError as error:
        raise _invalid(file, "", wording.OTHER_KIND, wording.FEWER_LEVELS) from error


class _Pairs(list[tuple[str, object]]):
    """An object's keys and values as they stand in the file, repeated keys and all."""


class _Float(str):
    """A number with a point or an exponent, as it stands in the file."""

    __slots__ = ()


class _Int(str):
    """A whole number, as it stands in the file."""

    __slots__ = ()


def _plain(value: object, file: str, key: str, depth: int) -> object:
    """Return the parsed value as dicts, lists, texts and whole numbers; complaints tell the place."""
    if depth > _DEEPEST:
        raise _invalid(file, key, wording.OTHER_KIND, wording.FEWER_LEVELS, _DEEPEST)
    match value:
        case _Float():
            raise Expected("answers-float", file=file, key=key or "-", found=shown(str(value)))
        case _Int():
            if len(value) > _LONGEST_INTEGER:
                raise _invalid(file, key, str(value), wording.A_SMALLER_NUMBER)
            return int(value)
        case _Pairs():
            found: Tree = {}
            for name, child in value:
                if name in found:
                    raise Expected("answers-key-twice", file=file, key=key or "-", found=shown(name))
                found[name] = _plain(child, file, _inside(key, shown(name)), depth + 1)
            return found
        case list():
            return [_plain(child, file, f"{key}[{index}]", depth + 1) for index, child in enumerate(value)]
        case _:
            return value
