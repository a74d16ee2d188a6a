# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Band items of PMQA 2562: a listed percent of the item's points."""

from fractions import Fraction

from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.domain.criteria import Band, Edition, Item
from pmqa_desktop.domain.scoring.values import ItemScore


def score_band(item: Item, answer: Answer) -> ItemScore:
    """Score a band item: percent x item points / 100.

    Source: domain/pmqa.md section 2, bands. The bands of the single dimensions are advice and score nothing;
    without a percent the item is missing.
    """
    if answer.percent is None:
        return ItemScore(item.code, "missing")
    return ItemScore(item.code, "scored", Fraction(answer.percent * item.max_score, 100))


def percents_of(edition: Edition, item: Item) -> tuple[int, ...]:
    """Return the percents that may be chosen for an item, rising."""
    return tuple(percent for band in edition.bands_of(item.scheme) for percent in band.percents)


def band_of_percent(edition: Edition, item: Item, percent: int) -> Band | None:
    """Return the band that a percent lies in, None for one between two bands."""
    return next((band for band in edition.bands_of(item.scheme) if band.lower <= percent <= band.upper), None)
