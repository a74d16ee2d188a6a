# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Rounding, only for what is shown or certified: inside, every score stays exact."""

import math
from collections.abc import Iterable
from fractions import Fraction

from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.domain.criteria.parts import Rounding

_HALF = Fraction(1, 2)


def rounded(value: Fraction, decimals: int, rounding: Rounding) -> Fraction:
    """Round to `decimals` places: toward zero, half away from zero, or half to even."""
    scaled = value * 10**decimals
    match rounding:
        case "truncate":
            whole = math.trunc(scaled)
        case "half_up":
            whole = math.floor(scaled + _HALF) if scaled >= 0 else -math.floor(-scaled + _HALF)
        case "half_even":
            whole = round(scaled)
    return Fraction(whole, 10**decimals)


def written(value: Fraction, decimals: int) -> str:
    """Write a value that has at most `decimals` places, with exactly so many."""
    whole = int(value * 10**decimals)
    sign, digits = ("-" if whole < 0 else ""), str(abs(whole)).rjust(decimals + 1, "0")
    return sign + (f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits)


def display(value: Fraction, criteria: FrozenCriteria, lines: Iterable[Fraction] = ()) -> str:
    """Write a score for the screen: half up, but never across a line (`scoring.display`; cli.md, score).

    469.996 shows 469.99, not the 470.00 it does not reach, and a score above 0 never shows as 0. The lines are
    the criteria's (levels, awards, gates, floors) and those of `lines`.
    """
    decimals = criteria.settings.display_decimals
    near = rounded(value, decimals, criteria.edition.scoring.display.rounding)
    if criteria.edition.scoring.display.never_across_a_line:
        step = Fraction(1, 10**decimals)
        if any(value < line <= near for line in (*criteria.lines, *lines)):
            near = Fraction(math.floor(value / step)) * step
        elif near == 0 < value:
            near = step
    return written(near, decimals)


def official(value: Fraction, criteria: FrozenCriteria) -> str:
    """Write the official total by the round's own rule.

    Settings `official_rounding` and `official_decimals`: in pmqa40 the integer part, as the one system that was
    seen does it (domain/pmqa.md section 1.2 rule 4, implemented).
    """
    return written(official_value(value, criteria), criteria.settings.official_decimals)


def official_value(value: Fraction, criteria: FrozenCriteria) -> Fraction:
    """Return the official total as an exact value."""
    return rounded(value, criteria.settings.official_decimals, criteria.settings.official_rounding)


def distance(value: Fraction, line: Fraction | int) -> Fraction:
    """Return how much is missing to a line, exactly; 0 where it is reached."""
    return max(Fraction(0), line - value)


def display_distance(value: Fraction, line: Fraction | int, criteria: FrozenCriteria) -> str:
    """Write the distance to a line rounded up, so that adding it does reach the line (cli.md, score)."""
    decimals = criteria.settings.display_decimals
    return written(Fraction(math.ceil(distance(value, line) * 10**decimals), 10**decimals), decimals)
