# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The fingerprint of a document: the one form that people compare, on screen, on paper and by telephone."""

import re

Groups = tuple[str, str, str, str]
_PREFIX = "sha256:"
_NOT_HEX = re.compile(r"[^0-9a-f]")


def groups(digest: str) -> Groups:
    """Return a digest as four rows of `ABCD EF01 2345 6789`: its 64 hex digits, in capitals, in 4 x 4 groups of 4."""
    digits = digest.removeprefix(_PREFIX).upper()
    rows = [digits[start : start + 16] for start in range(0, 64, 16)]
    first, second, third, fourth = (" ".join(row[at : at + 4] for at in range(0, 16, 4)) for row in rows)
    return first, second, third, fourth


def short(digest: str) -> str:
    """Return the first eight digits, which file names carry."""
    return digest.removeprefix(_PREFIX)[:8]


def matches(digest: str, typed: str, least: int = 8) -> bool:
    """Tell whether groups typed from paper fit the begin of the fingerprint or stand in it as whole groups.

    Spaces, hyphens and capital letters do not matter. Fewer than `least` digits never match.
    """
    digits = _NOT_HEX.sub("", typed.lower())
    whole = digest.removeprefix(_PREFIX)
    if len(digits) < least or len(digits) > len(whole):
        return False
    return any(whole.startswith(digits, start) for start in range(0, len(whole), 4))
