# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The one place that words every code of the core, for the window and the command line, in both languages.

Codes are stable once released. A message says where, what was found, why it is so, and what to do next.
Fields may hold text from a hostile file: control characters are replaced and long values cut before wording.
"""

import re
import string
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from pmqa_desktop.errors import PmqaError, Refusal
from pmqa_desktop.messages.criteria import CRITERIA
from pmqa_desktop.messages.desks import DESKS
from pmqa_desktop.messages.files import FILES
from pmqa_desktop.messages.identity import CHANGES, IDENTITY
from pmqa_desktop.messages.setup import SETUP
from pmqa_desktop.messages.storage import STORAGE
from pmqa_desktop.messages.trust import TRUST
from pmqa_desktop.text import N_, current_language, translator

if TYPE_CHECKING:
    from pmqa_desktop.domain.roster_changes import Change

_LONGEST_FIELD = 200
# Fields that may hold a message id of their own (pmqa_desktop.domain.criteria.wording, pmqa_desktop.system).
_WORDED = frozenset({"expected", "found", "why"})
_UNSHOWABLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_LINE = re.compile(r"line (\d+)(?:: (.*))?", re.DOTALL)

# Places in a file that people write themselves, as the field `key` names them.
_KEYS = (
    (re.compile(r"line (?P<line>\d+), column (?P<column>\d+)"), N_("line {line}, column {column}")),
    (re.compile(r"byte (?P<byte>\d+)"), N_("byte {byte}")),
    (re.compile(r"-"), N_("the whole file")),
)

MESSAGES: dict[str, str] = {**FILES, **TRUST, **IDENTITY, **CHANGES, **CRITERIA, **DESKS, **SETUP, **STORAGE}
"""Code -> message id, room by room."""

_UNKNOWN = N_("The program answered with the code {code}. Note it down and tell the secretariat.")
_LINE_ONLY = N_("Line {line}")
_LINE_AND_FIELD = N_("Line {line}, {field}")
_WHOLE_FILE = N_("In this file")


def word(code: str, fields: Mapping[str, object] | Iterable[tuple[str, object]], language: str | None = None) -> str:
    """Word `code` with its fields, in `language` or else the current one; never raises.

    A missing field shows as `?`; an unknown code is told by its name.
    """
    translate = translator(language or current_language())
    known = {str(key): value for key, value in dict(fields).items()}
    for key in _WORDED & known.keys():
        known[key] = translate(str(known[key]))
    if "key" in known:
        known["key"] = _key(str(known["key"]), translate)
    shown = _Shown({key: showable(value) for key, value in known.items() if key != "where"})
    shown["where"] = _place(showable(known.get("where", "")), translate)
    shown["code"] = showable(code)
    return string.Formatter().vformat(translate(MESSAGES.get(code, _UNKNOWN)), (), shown)


def word_error(error: PmqaError, language: str | None = None) -> str:
    """Word an error of the core, in `language` or else the current one."""
    return word(error.code, error.fields, language)


def word_refusal(refusal: Refusal, language: str | None = None) -> str:
    """Word the refusal of a file that a report kept."""
    return word(refusal.code, (("where", refusal.where), *refusal.fields), language)


def word_change(change: "Change", language: str | None = None) -> str:
    """Word one change of a roster, in `language` or else the current one, with names in that language."""
    chosen = language or current_language()
    fields = [(name, thai if chosen == "th" else english) for name, thai, english in change.fields]
    return word(change.code, fields, chosen)


def showable(value: object) -> str:
    """Return `value` as one line of plain text: control and invisible characters replaced, cut after 200."""
    text = str(value)
    cut = text[:_LONGEST_FIELD] + ("…" if len(text) > _LONGEST_FIELD else "")
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in _UNSHOWABLE else c for c in cut)


class _Shown(dict[str, str]):
    """The fields of a message; whatever is missing shows as a question mark."""

    def __missing__(self, key: str) -> str:
        return "?"


def _key(key: str, translate: Callable[[str], str]) -> str:
    for form, message in _KEYS:
        if found := form.fullmatch(key):
            return translate(message).format(**found.groupdict())
    return key


def _place(where: str, translate: Callable[[str], str]) -> str:
    found = _LINE.fullmatch(where)
    if found is None:
        return where or translate(_WHOLE_FILE)
    line, field = found.groups()
    if field:
        return translate(_LINE_AND_FIELD).format(line=line, field=field)
    return translate(_LINE_ONLY).format(line=line)
