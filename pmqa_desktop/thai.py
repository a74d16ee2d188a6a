# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What Thai text asks for beyond Unicode: where a line may break, how names sort, dates, digits.

Thai is written without spaces between words, so a line breaker needs a word list. `break_points` splits a
run of Thai letters into the fewest words of the list by dynamic programming; letters that no word explains
stay glued together. The list is read at the first question, not at import.

Sources: word list of PyThaiNLP (CC0, see `resources/words/README.md`); years are the Buddhist era (common era
plus 543); date wording follows the Thai office rules (ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526).
"""

import itertools
import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from pmqa_desktop.assets import resource

Digits = Literal["arabic", "thai"]
DateStyle = Literal["short", "long", "formal", "weekday"]

BUDDHIST_ERA = 543
ZERO_WIDTH_SPACE = "\u200b"
WORD_FILES = ("words/words_th.txt", "words/own_words.txt")
LEFT_OUT_FILE = "words/left_out.txt"

_CONSONANTS = "\u0e01-\u0e2e"
_LETTERS = f"{_CONSONANTS}\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e"
_RUN = re.compile(f"[{_LETTERS}]+")
_WORD = re.compile(f"[{_LETTERS}]{{2,}}")
_LEADING_VOWELS = frozenset("เแโใไ")
_STARTERS = frozenset(map(chr, range(0x0E01, 0x0E2F))) | _LEADING_VOWELS
_MAI_HAN_AKAT = "\u0e31"
_THANTHAKHAT = "\u0e4c"
_SILENCED_VOWELS = ("\u0e34", "\u0e38")
# A break at a border of scripts: after a repetition or abbreviation mark, a closing bracket or a slash that a Thai
# word follows, and before an opening bracket or a Latin word that follows a Thai word.
_BEGINS = f"[{_CONSONANTS}เ-ไ][{_LETTERS}]"
_ENDS = f"[{_CONSONANTS}\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]"
_BORDER = re.compile(
    f"(?<={_ENDS})[ๆฯ](?={_BEGINS})|(?<={_ENDS}[)/\u201d])(?={_BEGINS})|(?<={_ENDS})(?=[(\u201c])"
    f"|(?<={_ENDS})(?=[A-Za-z]{{2}})|(?<=[A-Za-z]{{2}})(?={_BEGINS})"
)
_SHORTEST_LAST_PIECE = 3
_REMEMBERED_RUN = 400

# Costs of the dynamic programming: one known word, and one letter cluster that no word explains. An unknown
# cluster costs more than two words, so a word is never given up for a cluster. Of splits into equally many words
# the one with the longer words wins (`ผล|อย่าง`, not `ผลอ|ย่าง`): a word's cost falls with the square of its length.
_KNOWN = 1000
_UNKNOWN = 2600
_LONGEST_REWARDED = 16


class Segmenter:
    """Split runs of Thai letters into the fewest words of a list."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take the words; entries that are not Thai letters only, or a single letter, are left out."""
        self._words = frozenset(word for word in words if _WORD.fullmatch(word))
        self._beginnings = frozenset(word[:n] for word in self._words for n in range(1, len(word)))

    def cuts(self, run: str) -> list[int]:
        """Return the positions between two known words inside one run of Thai letters, ascending.

        There is no cut beside letters that no word explains, and none that leaves a single letter alone.
        """
        steps = self._steps(run)
        cuts: list[int] = []
        position, before = 0, 0
        while position < len(run):
            step = steps[position]
            if before > 1 and step > 1:
                cuts.append(position)
            before = step
            position += abs(step)
        return cuts

    def _steps(self, run: str) -> list[int]:
        """Return for each position the length of the best word starting there, negative where it is unknown."""
        size = len(run)
        edges = [_is_edge(run, position) for position in range(size + 1)]
        cost, steps = [0] * (size + 1), [0] * (size + 1)
        words, beginnings = self._words, self._beginnings
        following = size
        for start in range(size - 1, -1, -1):
            if start + 1 < size and edges[start + 1]:
                following = start + 1
            best, step = _UNKNOWN + cost[following], start - following
            if edges[start]:
                for end in range(start + 1, size + 1):
                    piece = run[start:end]
                    if edges[end] and piece in words:
                        whole = _KNOWN - min(end - start, _LONGEST_REWARDED) ** 2 + cost[end]
                        if whole <= best:
                            best, step = whole, end - start
                    if piece not in beginnings:
                        break
            cost[start], steps[start] = best, step
        return steps


def _is_edge(run: str, position: int) -> bool:
    """Tell whether a word may begin at `position`: never inside a letter cluster, never before a silenced letter."""
    if position <= 0 or position >= len(run):
        return True
    if run[position] not in _STARTERS or run[position - 1] in _LEADING_VOWELS or run[position - 1] == _MAI_HAN_AKAT:
        return False
    if run[position + 1 : position + 2] == _THANTHAKHAT:
        return False
    return not (run[position + 2 : position + 3] == _THANTHAKHAT and run[position + 1] in _SILENCED_VOWELS)


def load_words() -> frozenset[str]:
    """Read the bundled word lists, without the entries that mislead a line breaker (see `words/README.md`)."""
    words: set[str] = set()
    for name in WORD_FILES:
        words.update(resource(name).read_text(encoding="utf-8").split())
    return frozenset(words.difference(resource(LEFT_OUT_FILE).read_text(encoding="utf-8").split()))


@lru_cache(maxsize=1)
def segmenter() -> Segmenter:
    """Return the segmenter over the bundled word lists; they are read once, at the first call (about 0.1 s)."""
    return Segmenter(load_words())


@lru_cache(maxsize=1 << 13)
def _cuts(run: str) -> tuple[int, ...]:
    return tuple(segmenter().cuts(run))


def has_thai(text: str) -> bool:
    """Tell whether `text` holds a Thai letter."""
    return _RUN.search(text) is not None


def break_points(text: str) -> tuple[int, ...]:
    """Return the positions, ascending, where a line of `text` may be broken besides its spaces.

    Never before a mark, a closing bracket, `ๆ` or `ฯ`; never so that a single letter stands alone; never so
    that fewer than three characters are left for the last line.
    """
    if not has_thai(text):
        return ()
    found = {match.end() for match in _BORDER.finditer(text)}
    for match in _RUN.finditer(text):
        run, start = match.group(), match.start()
        cuts = _cuts(run) if len(run) <= _REMEMBERED_RUN else tuple(segmenter().cuts(run))
        found.update(start + cut for cut in cuts)
    last = len(text.rstrip()) - _SHORTEST_LAST_PIECE
    return tuple(sorted(point for point in found if 0 < point <= last))


def pieces(text: str) -> tuple[str, ...]:
    """Return `text` cut at its break points; joined they give `text` again."""
    points = (0, *break_points(text), len(text))
    return tuple(text[start:end] for start, end in itertools.pairwise(points))


@lru_cache(maxsize=4096)
def with_breaks(text: str) -> str:
    """Return `text` with U+200B at its break points: for labels on screen only, never for data or editors."""
    return ZERO_WIDTH_SPACE.join(pieces(text))


# --- Sorting --------------------------------------------------------------------------------------------------

_LEADING_VOWEL_FIRST = re.compile(f"([เ-ไ])([{_CONSONANTS}])")
# Marks that only decide between names that are otherwise equal, in the order of Unicode's default collation.
_SECONDARY = {mark: weight for weight, mark in enumerate("\u0e4e\u0e4c\u0e47\u0e48\u0e49\u0e4a\u0e4b", start=1)}


def sort_key(name: str) -> tuple[str, tuple[int, ...], str]:
    """Return a key that sorts names as a Thai dictionary does: by consonant before a leading vowel, tones last."""
    swapped = _LEADING_VOWEL_FIRST.sub(r"\2\1", name.casefold())
    letters: list[str] = []
    marks: list[int] = []
    for character in swapped:
        weight = _SECONDARY.get(character)
        if weight is None:
            letters.append(character)
            marks.append(0)
        elif marks:
            marks[-1] = marks[-1] * 8 + weight
    return "".join(letters), tuple(marks), name


# --- Digits and dates -----------------------------------------------------------------------------------------

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_MONTHS_TH = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
_MONTHS_TH_SHORT = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS_TH = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def thai_digits(text: str) -> str:
    """Return `text` with the digits 0-9 written ๐-๙."""
    return text.translate(_TO_THAI)


def with_digits(text: str, digits: Digits) -> str:
    """Return `text` with its digits as the reader asked for."""
    return thai_digits(text) if digits == "thai" else text


def format_date(day: date, language: str = "th", style: DateStyle = "long", digits: Digits = "arabic") -> str:
    """Return a date in words; Thai years are พ.ศ., English years are common era.

    Styles for 2021-08-03 are `short` (3 ส.ค. 2564 / 3 Aug 2021), `long` (3 สิงหาคม 2564 / 3 August 2021),
    `formal` (3 สิงหาคม พ.ศ. 2564 / 3 August 2021) and `weekday` (วันอังคารที่ 3 สิงหาคม พ.ศ. 2564 / Tuesday, 3
    August 2021). `digits` applies to Thai only. A datetime is taken as it stands, in its own offset.
    """
    if language != "th":
        month = _MONTHS_EN[day.month - 1]
        plain = f"{day.day} {month[:3] if style == 'short' else month} {day.year}"
        return f"{_WEEKDAYS_EN[day.weekday()]}, {plain}" if style == "weekday" else plain
    month = (_MONTHS_TH_SHORT if style == "short" else _MONTHS_TH)[day.month - 1]
    era = "พ.ศ. " if style in ("formal", "weekday") else ""
    text = f"{day.day} {month} {era}{day.year + BUDDHIST_ERA}"
    if style == "weekday":
        text = f"วัน{_WEEKDAYS_TH[day.weekday()]}ที่ {text}"
    return with_digits(text, digits)


def format_time(moment: datetime, language: str = "th", digits: Digits = "arabic") -> str:
    """Return the time of day: `09.00 น.` in Thai, `09:00` in English, in the moment's own offset."""
    if language != "th":
        return f"{moment:%H:%M}"
    return with_digits(f"{moment:%H.%M} น.", digits)


def format_year(year_be: int, language: str = "th", digits: Digits = "arabic") -> str:
    """Return a year given in the Buddhist era: `พ.ศ. 2564` in Thai, `2021` in English."""
    if language != "th":
        return str(year_be - BUDDHIST_ERA)
    return with_digits(f"พ.ศ. {year_be}", digits)


_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_DATE = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2}|[^\d\s/.\-][^\d/\-]*?)\s*[/.\- ]\s*(?:พ\.ศ\.\s*)?(\d{4})")


def parse_date(typed: str) -> date | None:
    """Return the day that a person typed, or None when it is none.

    Taken are `30/6/2569`, `30 มิ.ย. 2569`, `30 มิถุนายน พ.ศ. 2569` and English months, in Thai or Arabic digits. A year
    from 2400 on is of the Buddhist era, an earlier one of the common era.
    """
    found = _DATE.fullmatch(" ".join(typed.translate(_TO_ARABIC).split()))
    if found is None:
        return None
    day, month, year = int(found[1]), _month(found[2]), int(found[3])
    try:
        return date(year - BUDDHIST_ERA if year >= 2400 else year, month, day)
    except ValueError:
        return None


def is_month(word: str) -> bool:
    """Tell whether a word is the name of a month, Thai or English, written out or short."""
    return not word.isdecimal() and _month(word) > 0


def _month(typed: str) -> int:
    if typed.isdecimal():
        return int(typed)
    for months in (_MONTHS_TH, _MONTHS_TH_SHORT, _MONTHS_EN, tuple(name[:3] for name in _MONTHS_EN)):
        for number, name in enumerate(months, 1):
            if typed.rstrip(".").casefold() == name.rstrip(".").casefold():
                return number
    return 0
