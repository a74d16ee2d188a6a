# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""From the bytes of an edition file to a plain, checked tree, and from there to its typed parts.

The tree is what a signed criteria document carries: dates as ISO strings, no floats, no integer beyond 2^53.
Every complaint names the file, the key and what was found there.
"""

import datetime
import re
import tomllib
import unicodedata
from typing import Any

import msgspec

from pmqa_desktop.domain.criteria import wording
from pmqa_desktop.domain.criteria.parts import EditionFile
from pmqa_desktop.errors import Expected

LARGEST_INTEGER = 2**53
LARGEST_FILE = 4 * 1024 * 1024
_DEEPEST = 12
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")
_EXPECTED = re.compile(r"Expected `(?P<want>.+)`, got `(?P<got>.+)`")
_AT = re.compile(r"\(at line (?P<line>\d+), column (?P<column>\d+)\)$")
_FIELD = re.compile(r"Object (?P<what>contains unknown|missing required) field `(?P<name>.+)`")


def invalid(file: str, key: str, found: object, expected: str, limit: object = "") -> Expected:
    """Return the complaint about one key of an edition; `expected` is a message id, `limit` a value beside it."""
    fields = {"file": file, "key": key or "-", "found": shown(found), "expected": expected, "limit": beside(limit)}
    return Expected("edition-invalid", **fields)


def shown(value: object) -> str:
    """Return what was found in a form that is safe to show: at most 80 characters, control characters escaped."""
    text = value if isinstance(value, str) else repr(value)
    safe = "".join(c if unicodedata.category(c)[0] != "C" else f"\\u{{{ord(c):x}}}" for c in text[:80])
    return safe + ("…" if len(text) > 80 else "")


def beside(limit: object) -> str:
    """Return a value that stands right behind the field `expected`: with a blank before it, or empty."""
    text = str(limit)
    return f" {text}" if text else ""


def parse_toml(data: bytes, file: str) -> dict[str, Any]:
    """Parse the bytes of a TOML file; raises Expected `edition-invalid` where they are none."""
    if len(data) > LARGEST_FILE:
        raise invalid(file, "", len(data), wording.A_SMALLER_FILE, LARGEST_FILE)
    try:
        text = data.decode("utf-8-sig")
        return tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise invalid(file, f"byte {error.start}", data[error.start : error.start + 1], wording.UTF8) from error
    except tomllib.TOMLDecodeError as error:
        raise _no_toml(file, text, str(error)) from error
    except ValueError as error:  # a number with thousands of digits
        raise invalid(file, "", wording.OTHER_KIND, wording.A_SMALLER_NUMBER) from error
    except RecursionError as error:
        raise invalid(file, "", wording.OTHER_KIND, wording.FEWER_LEVELS) from error


def _no_toml(file: str, text: str, told: str) -> Expected:
    """Complain at the place that the parser names, with what stands there instead of the parser's own words."""
    place = _AT.search(told)
    if place is None:
        return invalid(file, "", wording.NOTHING, wording.TOML)
    line, column = int(place["line"]), int(place["column"])
    rest = text.split("\n")[line - 1][column - 1 :].strip()
    return invalid(file, f"line {line}, column {column}", rest or wording.NOTHING, wording.TOML)


def plain_tree(value: object, file: str, key: str = "", depth: int = 0) -> Any:
    """Return a JSON-able copy of a parsed file: dates as ISO strings, tuples as lists, floats refused."""
    if depth > _DEEPEST:
        raise invalid(file, key, wording.OTHER_KIND, wording.FEWER_LEVELS, _DEEPEST)
    match value:
        case bool():
            return value
        case str():
            return _plain_text(value, file, key)
        case int():
            if abs(value) > LARGEST_INTEGER:
                raise invalid(file, key, str(value), wording.A_SMALLER_NUMBER, "2^53")
            return value
        case float():
            raise invalid(file, key, value, wording.A_NUMBER)
        case datetime.date() | datetime.time():  # a datetime is a date too
            return value.isoformat()
        case dict():
            return {name: plain_tree(child, file, _inside(key, name), depth + 1) for name, child in value.items()}
        case list() | tuple():
            return [plain_tree(child, file, f"{key}[{_name(child, n)}]", depth + 1) for n, child in enumerate(value)]
        case _:
            raise invalid(file, key, value, wording.A_DATE_OR_PLAIN)


def typed(tree: dict[str, Any], file: str) -> EditionFile:
    """Return the parts of a plain tree; raises Expected `edition-invalid` with the first key that does not fit."""
    try:
        return msgspec.convert(tree, EditionFile)
    except msgspec.ValidationError as error:
        raise complaint(tree, file, str(error)) from error


def _plain_text(value: str, file: str, key: str) -> str:
    for char in value:
        if char != "\n" and unicodedata.category(char)[0] == "C":
            raise invalid(file, key, value, wording.CLEAN_TEXT)
    return value


def _inside(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _name(entry: object, index: int) -> str:
    """Name a member of a list as people know it: by its code, id or key, else by its place."""
    if isinstance(entry, dict):
        for field in ("code", "id", "key", "name", "block"):
            if isinstance(entry.get(field), str) and entry[field]:
                return shown(entry[field])
    return str(index)


def complaint(tree: dict[str, Any], file: str, message: str) -> Expected:
    """Turn what msgspec says of a plain tree into the complaint `edition-invalid`: file, key, found, expected."""
    told, _, path = message.partition(" - at `$")
    key, found = _walk(tree, path.rstrip("`"))
    if field := _FIELD.match(told):
        unknown = field["what"] == "contains unknown"
        key = _inside(key, field["name"])
        if unknown:
            return invalid(file, key, wording.THIS_KEY, wording.A_KNOWN_KEY)
        return invalid(file, key, wording.NOTHING, wording.A_KEY)
    if wanted := _EXPECTED.match(told):
        return invalid(file, key, found if found is not None else wanted["got"], wording.A_VALUE_OF, wanted["want"])
    return invalid(file, key, found if found is not None else told, wording.A_KNOWN_VALUE)


def _walk(tree: object, path: str) -> tuple[str, object]:
    key, here = "", tree
    for name, index in _STEP.findall(path):
        if name:
            key = _inside(key, name)
            here = here.get(name) if isinstance(here, dict) else None
        elif index.isdigit() and isinstance(here, list):
            here = here[int(index)]
            key += f"[{_name(here, int(index))}]"
        else:  # msgspec does not name the member of a free table
            key, here = f"{key}[...]", None
    return key, None if isinstance(here, dict | list) else here
