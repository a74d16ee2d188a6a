# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Words marked on a page: cleaned as they come out of a PDF, quoted in a link's note, and found again on the page.

A link carries no coordinates. Its note begins with the marked words in quotation marks, so that everybody who reads
the signed sheet reads the passage too, and the page that holds these words shows where they stand.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pmqa_desktop.domain.plaintext import clean

MOST_WORDS = 1000
"""The most characters of a marked passage; what is longer is a page, not a passage."""

# Old Thai fonts keep second forms of vowels and tone marks at private places; a PDF made with them yields those.
_OLD_FONTS = {
    0xF700: "ฐ", 0xF701: "\u0e34", 0xF702: "\u0e35", 0xF703: "\u0e36", 0xF704: "\u0e37", 0xF705: "\u0e48",
    0xF706: "\u0e49", 0xF707: "\u0e4a", 0xF708: "\u0e4b", 0xF709: "\u0e4c", 0xF70A: "\u0e48", 0xF70B: "\u0e49",
    0xF70C: "\u0e4a", 0xF70D: "\u0e4b", 0xF70E: "\u0e4c", 0xF70F: "ญ", 0xF710: "\u0e31", 0xF711: "\u0e4d",
    0xF712: "\u0e47", 0xF713: "\u0e48", 0xF714: "\u0e49", 0xF715: "\u0e4a", 0xF716: "\u0e4b", 0xF717: "\u0e4c",
    0xF718: "\u0e38", 0xF719: "\u0e39", 0xF71A: "\u0e3a",
}  # fmt: skip
_PARTED_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_LINE_END = re.compile(r"(\S?)[ \t]*\r?\n[ \t]*(\S?)")
_THAI = re.compile("[\u0e01-\u0e5b]")
_CLUSTER = re.compile(
    "[^\u0300-\u036f\u0e31-\u0e3a\u0e47-\u0e4e]?[\u0300-\u036f\u0e31-\u0e3a\u0e47-\u0e4e]*", re.DOTALL
)
_QUOTED = re.compile(r"“([^\n]+)”(?: \(([1-9]\d{0,3})/([1-9]\d{0,3})\))?(?:\n(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one page; where the page has them `of` times, these are the `place`th, counted from 1."""

    words: str
    place: int = 1
    of: int = 1


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a page's text: index of its first character and how many there are."""

    first: int
    count: int


def repaired(text: str) -> str:
    """Return text of a PDF with the letters of old Thai fonts put right and SARA AM in one piece."""
    return _PARTED_AM.sub("\\1\u0e33", text.translate(_OLD_FONTS))


def readable(text: str) -> str:
    """Return a stretch of a page's text as one clean line: NFC, nothing private, lines joined as Thai joins them."""
    joined = _LINE_END.sub(_join, repaired(text))
    return " ".join(clean(joined).split())


def _join(found: re.Match[str]) -> str:
    before, after = found.groups()
    gap = "" if not before or not after or _THAI.match(before) or _THAI.match(after) else " "
    return before + gap + after


def folded(text: str) -> str:
    """Return text as it is compared: repaired, composed, without blanks, case and unseen characters."""
    return "".join(clean(repaired(text)).split()).casefold()


class PageText:
    """The text of one page, made to be searched; positions are those of the page's own text."""

    def __init__(self, text: str) -> None:
        """Take a page's text as the PDF gives it."""
        self.text = text
        self._folded = folded(text)
        self._places: tuple[str, list[int], list[int]] | None = None

    def find(self, wanted: str) -> Iterator[Span]:
        """Yield every place of `wanted`, also where a line ends inside it; places do not overlap."""
        phrase = folded(wanted)
        if not phrase or phrase not in self._folded:
            return
        flat, starts, ends = self._mapped()
        at = flat.find(phrase)
        while at >= 0:
            first, last = starts[at], ends[at + len(phrase) - 1]
            yield Span(first, last - first)
            at = flat.find(phrase, at + len(phrase))

    def _mapped(self) -> tuple[str, list[int], list[int]]:
        """Return the compared text with where each of its characters begins and ends in the page's own text."""
        if self._places is None:
            letters: list[str] = []
            starts: list[int] = []
            ends: list[int] = []
            for found in _CLUSTER.finditer(self.text.translate(_OLD_FONTS)):
                piece = folded(found.group())
                letters.append(piece)
                starts += [found.start()] * len(piece)
                ends += [found.end()] * len(piece)
            self._places = "".join(letters), starts, ends
        return self._places

    def passage(self, span: Span) -> Passage | None:
        """Return the words of a stretch of this page, and which of their places it is; None where no words stand."""
        words = readable(self.text[span.first : span.first + span.count])[:MOST_WORDS].strip()
        places = list(self.find(words))
        here = [n for n, place in enumerate(places, 1) if place.first < span.first + span.count]
        here = [n for n in here if places[n - 1].first + places[n - 1].count > span.first]
        return Passage(words, here[0], len(places)) if here else None

    def span(self, passage: Passage) -> Span | None:
        """Return where a passage stands on this page; None where the page does not hold it."""
        places = list(self.find(passage.words))
        return places[min(passage.place, len(places)) - 1] if places else None

    def around(self, span: Span, room: int = 30) -> tuple[str, str, str]:
        """Return what stands before, at and after a stretch, each as one line."""
        end = span.first + span.count
        before, after = self.text[max(0, span.first - room) : span.first], self.text[end : end + room]
        return readable(before), readable(self.text[span.first : end]), readable(after)


def note_of(passage: Passage | None, own: str = "") -> str:
    """Return the note of a link: the marked words in quotation marks, then the person's own words on a new line."""
    own = clean(own).strip()
    if passage is None:
        return own
    place = f" ({passage.place}/{passage.of})" if passage.of > 1 else ""
    return f"“{passage.words}”{place}" + (f"\n{own}" if own else "")


@lru_cache(maxsize=4096)
def parted_note(note: str) -> tuple[Passage | None, str]:
    """Return the passage that a note quotes, if any, and the person's own words."""
    found = _QUOTED.fullmatch(unicodedata.normalize("NFC", note))
    if found is None:
        return None, note
    words, place, of, own = found.groups()
    return Passage(words, int(place or 1), int(of or 1)), own or ""
