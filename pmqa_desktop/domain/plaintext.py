# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Which characters may stand in human text: cleaned once at input, then signed exactly as shown.

What a reader cannot see must not be signed: control characters, characters that reorder the line, and
private ones that look different on every computer (docs/bundle-format.md, section 1).
"""

import re
import unicodedata
from dataclasses import dataclass

from pmqa_desktop.errors import Expected

LONGEST_TEXT = 64 * 1024
"""The most bytes (UTF-8) of one text in a signed document."""
LONGEST_FIELD = 4 * LONGEST_TEXT
"""The most bytes of a field of a sheet while it is written: several entries, each of which may be as long as a text, or
one that is still to be parted."""

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
_REFUSED = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b{_BIDI}{_PRIVATE}\ud800-\udfff]")
# Input is cleaned of more than is refused: these are harmless in a signed text and useless in Thai. They come with
# texts copied from word processors and web pages: soft hyphens, joiners, word joiners, marks of byte order, invisible
# operators, variation selectors, fillers, tags, and the signs that annotations and objects leave behind.
_INVISIBLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2064\u206a-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc\U000e0000-\U000e01ef"
)
_DROPPED = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_INVISIBLE}{_BIDI}{_PRIVATE}\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\u0085\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BULLETS = "\u00b7\u2022\u2023\u2043\u2219\u25a0\u25aa\u25ab\u25cf\u25e6\u2756\u27a2\uf0a7\uf0b7\uf0d8\uf0fc"
_BULLET = re.compile(f"^([ \t]*)[{_BULLETS}][ \t\u00a0]*", re.MULTILINE)


def clean(text: str) -> str:
    """Return typed or pasted text in the form that may be signed.

    Line ends become LF, wide and unbreakable spaces plain ones, the bullets that a word processor puts before lines
    `- `; the text is composed (Unicode NFC), and control, bidirectional, invisible and private-use characters are
    dropped. The result is stable: cleaning it again changes nothing.
    """
    lines = _BULLET.sub(r"\1- ", _LINE_ENDS.sub("\n", text))
    composed = unicodedata.normalize("NFC", _SPACES.sub(" ", _DROPPED.sub("", lines)))
    # a bullet may have stood behind something invisible, or be one only once composed
    return _BULLET.sub(r"\1- ", composed)


def typed(text: str, most: int = LONGEST_TEXT) -> str:
    """Return `clean(text)` of what somebody typed or pasted, if it is not longer than what may be signed.

    Args:
        text: What was typed.
        most: The most bytes, where it is another number.

    Raises:
        Expected: `typed-too-long`, with its `size` and the `limit` in letters.
    """
    if len(text) > 4 * most:  # not even cleaned: a whole book would hold up the window
        raise Expected("typed-too-long", size=len(text), limit=most // 3)
    cleaned = clean(text)
    size = len(cleaned.encode())
    if size > most:
        raise Expected("typed-too-long", size=len(cleaned), limit=len(cleaned) * most // size)
    return cleaned


@dataclass(frozen=True, slots=True)
class Removed:
    """What `clean` changes in a text, counted: characters nobody sees, unknown signs, bullets, special spaces."""

    invisible: int = 0
    private: int = 0
    bullets: int = 0
    spaces: int = 0

    @property
    def anything(self) -> bool:
        """Tell whether anything was changed that a person may want to know of."""
        return bool(self.invisible or self.private or self.bullets or self.spaces)


def removed_by_cleaning(text: str) -> Removed:
    """Return what cleaning `text` would take away or exchange; line ends and composition are not told."""
    lines = _LINE_ENDS.sub("\n", text)
    bullets = len(_BULLET.findall(lines))
    rest = _BULLET.sub("", lines)
    dropped = "".join(_DROPPED.findall(rest))
    private = len(re.findall(f"[{_PRIVATE}]", dropped))
    return Removed(len(dropped) - private, private, bullets, len(_SPACES.findall(rest)))


def refused_character(text: str) -> str | None:
    """Return the first character that may not be signed, as `U+200B ZERO WIDTH SPACE`; None when there is none."""
    found = _REFUSED.search(text)
    if found is None:
        return None
    character = found.group()
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
