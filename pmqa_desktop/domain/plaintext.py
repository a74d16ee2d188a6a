# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Which characters may stand in human text: cleaned once at input, then signed exactly as shown.

What a reader cannot see must not be signed: control characters, characters that reorder the line, and
private ones that look different on every computer (docs/bundle-format.md, section 1).
"""

import re
import unicodedata

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
_REFUSED = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b{_BIDI}{_PRIVATE}\ud800-\udfff]")
# Input is cleaned of more than is refused: these are harmless in a signed text and useless in Thai.
_DROPPED = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200d\u2060\ufeff{_BIDI}{_PRIVATE}\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")


def clean(text: str) -> str:
    """Return typed or pasted text in the form that may be signed.

    Line ends become LF, the text is composed (Unicode NFC), and control, bidirectional, zero-width and
    private-use characters are dropped. The result is stable: cleaning it again changes nothing.
    """
    visible = _DROPPED.sub("", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", visible)


def refused_character(text: str) -> str | None:
    """Return the first character that may not be signed, as `U+200B ZERO WIDTH SPACE`; None when there is none."""
    found = _REFUSED.search(text)
    if found is None:
        return None
    character = found.group()
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
