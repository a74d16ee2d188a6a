# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What scoring answers: exact scores (Fraction, never float), level by level, item by item."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pmqa_desktop.domain.answers import Ratio

ItemState = Literal["scored", "not_applicable", "missing"]


@dataclass(frozen=True, slots=True)
class LevelCount:
    """One level of a checklist item: points met, of how many, and what that gives.

    `counted` is what enters the score; `uncounted` is what the points met would give if the lower levels were
    full; `full` means every point is met.
    """

    code: str
    met: int
    of: int
    counted: Fraction
    uncounted: Fraction
    full: bool


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """One indicator: its score, None while its result (or its target) is missing.

    `success` is the success percent where the rule has one; `own` marks an indicator the agency added.
    """

    code: str
    exact: Fraction | None
    success: Fraction | None
    own: bool


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One item's score out of its best score.

    `exact` is None when missing or not applicable, which `state` tells apart; `level` is the highest level
    with every point met and all lower ones full, None below the first, and None for indicators and bands.
    """

    code: str
    state: ItemState
    exact: Fraction | None = None
    level: str | None = None
    levels: tuple[LevelCount, ...] = ()
    indicators: tuple[IndicatorScore, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetScore:
    """One sheet's scores.

    `categories` and `total` are None while an item is missing, or when nothing in them applies. `level` is the
    highest line the total reaches; `awards` what it wins by known rules with all floors kept; `reached` the
    awards whose lines are reached, known rule or not (those beyond `awards` may not be announced).
    `provisional` and `provisional_categories` stand on what is scored so far, for the screen only.
    """

    items: Mapping[str, ItemScore]
    categories: Mapping[str, Fraction | None]
    total: Fraction | None
    level: str | None
    missing: tuple[str, ...]
    awards: tuple[str, ...]
    reached: tuple[str, ...]
    provisional: Fraction | None
    provisional_categories: Mapping[str, Fraction | None]


def ratio(value: Fraction) -> Ratio:
    """Return an exact score in its wire form, in lowest terms."""
    return Ratio(num=value.numerator, den=value.denominator)


def fraction(value: Ratio) -> Fraction:
    """Return the exact score of its wire form; a denominator below 1 is a ValueError."""
    if value.den < 1:
        raise ValueError("denominator below 1")
    return Fraction(value.num, value.den)


def exact_text(value: Fraction) -> str:
    """Write an exact score as an integer or N/D in lowest terms (cli.md, score)."""
    return str(value)
