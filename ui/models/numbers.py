# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Scores, levels and seats in words, as the chair's, secretariat's and summary screens write them."""

import math
import re
from fractions import Fraction

from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.domain.documents import Agency, Seat
from pmqa_desktop.domain.scoring import display
from pmqa_desktop.text import _, pick

MINUS = "\u2212"
_NUMBER_AT_END = re.compile(r"(\d+)$")


def score_text(value: Fraction | None, criteria: FrozenCriteria) -> str:
    """Write an item's score with two decimals where it has any: `400`, `366.67`; empty without a score."""
    return "" if value is None else display(value, criteria).removesuffix(".00")


def total_text(value: Fraction | None, criteria: FrozenCriteria) -> str:
    """Write a total or a category's score, always with its decimals; a dash without a score."""
    return "–" if value is None else display(value, criteria)


def one_decimal(value: Fraction | None, criteria: FrozenCriteria) -> str:
    """Write a score for the narrow columns of the matrix: one decimal at most, never across a line."""
    if value is None:
        return ""
    near = Fraction(math.floor(value * 10 + Fraction(1, 2)), 10)
    if any(value < line <= near for line in criteria.lines):
        near = Fraction(math.floor(value * 10), 10)
    whole, tenth = divmod(int(near * 10), 10)
    return f"{whole}.{tenth}" if tenth else str(whole)


def signed_text(value: Fraction, criteria: FrozenCriteria) -> str:
    """Write a difference with its sign: `+8.33`, `−20.83`, `0.00`."""
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return sign + display(abs(value), criteria)


def level_step(level: str | None, criteria: FrozenCriteria) -> int:
    """Return how many steps of the stair a level fills; 0 below the first."""
    codes = [one.code for one in criteria.edition.levels]
    return codes.index(level) + 1 if level in codes else 0


def step_of_score(value: Fraction | None, criteria: FrozenCriteria) -> int:
    """Return how many steps of the stair a score fills by the levels' own sums (300, 400, 500)."""
    return sum(value is not None and value >= level.cumulative for level in criteria.edition.levels)


def level_title(level: str | None, criteria: FrozenCriteria) -> str:
    """Return a level's title in the language of the window; `below the first level` where there is none."""
    found = criteria.edition.level(level) if level else None
    return pick(found.title_th, found.title_en) if found else _("Below the first level")


def seat_label(seat: Seat, chair: str) -> str:
    """Return a seat's short name for a column: the chair, or the expert's number, or the seat's title."""
    if seat.person == chair:
        return _("Chair")
    found = _NUMBER_AT_END.search(seat.seat)
    if found is not None:
        return _("Expert {number}").format(number=found[1])
    return pick(seat.title_th, seat.title_en)


def seat_title(seat: Seat) -> str:
    """Return a seat's full title in the language of the window."""
    return pick(seat.title_th, seat.title_en)


def agency_name(agency: Agency) -> str:
    """Return an agency's name in the language of the window."""
    return pick(agency.name_th, agency.name_en)
