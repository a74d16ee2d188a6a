# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The one way in for text: nothing typed is lost and nothing hidden stays hidden.

Characters that the face cannot draw, and those that act without being seen (controls, bidirectional marks,
zero-width joints, private use), are printed as their code, for example `[U+202E]`. Markup has no meaning
anywhere behind this door, so it is printed as typed.
"""

import unicodedata
from functools import lru_cache

from pmqa_desktop.reports.typeset.fonts import Face

_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_SPACES = {"\t": "    ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": "\u00a0", "\r": ""}


@lru_cache(maxsize=4096)
def _shown(face: Face, character: str) -> str:
    if character == "\n":
        return character
    if character in _SPACES:
        return _SPACES[character]
    if unicodedata.category(character) in _HIDDEN or not face.has(character):
        return f"[U+{ord(character):04X}]"
    return character


def visible(text: str, face: Face) -> str:
    """Return `text` as it will be printed with `face`: NFC, line ends as LF, every hidden character told by code."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if all(character == "\n" or (face.has(character) and character.isprintable()) for character in set(composed)):
        return composed
    return "".join(_shown(face, character) for character in composed)
