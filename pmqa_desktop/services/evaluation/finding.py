# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Finding words in the own comments and notes as a reader would: what looks the same is the same.

Capital letters, Thai and Arabic digits, the order in which the marks over and under a letter were typed, and how
spaces and line ends fall make no difference. Unicode's own order (NFC) leaves Thai vowels and tone marks as typed, so
that a tone before its vowel would not be found.
"""

import re
from dataclasses import dataclass
from typing import Literal

from pmqa_desktop.domain.answers import COMMENT_KINDS, CommentKind
from pmqa_desktop.domain.plaintext import clean
from pmqa_desktop.services.evaluation.sheets import NOTE, DraftSheet, item_key

_SURROUNDINGS = 40
_LONGEST_WISH = 200
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_LETTER_WITH_MARKS = re.compile(f"[{_MARKS}]{{2,}}")
_SARA_AM, _NIKHAHIT, _SARA_AA = "\u0e33", "\u0e4d", "\u0e32"
_DIGITS = {chr(0x0E50 + digit): str(digit) for digit in range(10)}


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a text was found: `start` and `length` count characters of the field.

    `kind` is a kind of comment, or `note` for a private note. `before`, `found` and `after` show the place on one
    line.
    """

    agency: str
    item: str
    kind: CommentKind | Literal["note"]
    start: int
    length: int
    before: str
    found: str
    after: str

    @property
    def excerpt(self) -> str:
        """Return the found words with those around them."""
        return f"{self.before}{self.found}{self.after}"


def find(agency: str, sheet: DraftSheet, wanted: str) -> tuple[Hit, ...]:
    """Return every place of `wanted` in the comments and notes of a sheet, item by item."""
    order: tuple[str, ...] = (*COMMENT_KINDS, NOTE)
    fields: list[tuple[str, CommentKind | Literal["note"], str]] = [
        (item, kind, text) for (item, kind), text in sheet.comments.items()
    ]
    fields += [(item, "note", text) for item, text in sheet.notes.items()]
    fields.sort(key=lambda one: (item_key(one[0]), order.index(one[1])))
    return tuple(
        Hit(agency, item, kind, start, end - start, *_excerpt(text, start, end))
        for item, kind, text in fields
        for start, end in places(text, wanted)
    )


def places(text: str, wanted: str) -> tuple[tuple[int, int], ...]:
    """Return start and end of every place in `text` that reads as `wanted` begins; none for an empty wish."""
    parts = [_folded(part)[0] for part in clean(wanted[:_LONGEST_WISH]).split()]
    if not parts:
        return ()
    pattern = re.compile(r"\s+".join(re.escape(part) for part in parts))
    folded, origin = _folded(text)
    return tuple(
        (min(origin[found.start() : found.end()]), max(origin[found.start() : found.end()]) + 1)
        for found in pattern.finditer(folded)
    )


def _folded(text: str) -> tuple[str, list[int]]:
    """Return `text` without the differences that mean nothing, and for each character where it comes from."""
    letters: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(text):
        plain = _NIKHAHIT + _SARA_AA if letter == _SARA_AM else _DIGITS.get(letter) or letter.casefold()
        letters += plain
        origin += [place] * len(plain)
    whole = "".join(letters)
    for run in _LETTER_WITH_MARKS.finditer(whole):
        start, end = run.span()
        ordered = sorted(range(start, end), key=lambda n: whole[n])
        letters[start:end] = [whole[n] for n in ordered]
        origin[start:end] = [origin[n] for n in ordered]
    return "".join(letters), origin


def _excerpt(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Return the found text and its surroundings, each on one line."""
    before = _one_line(text[max(0, start - _SURROUNDINGS) : start])
    after = _one_line(text[end : end + _SURROUNDINGS])
    left = "…" if start > _SURROUNDINGS else ""
    right = "…" if end + _SURROUNDINGS < len(text) else ""
    return left + before.lstrip(), _one_line(text[start:end]), after.rstrip() + right


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
