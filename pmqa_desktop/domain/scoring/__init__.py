# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Exact scoring: one engine per kind of item, then categories, total, level and awards."""

from pmqa_desktop.domain.scoring.awards import level_of_total
from pmqa_desktop.domain.scoring.bands import band_of_percent, percents_of
from pmqa_desktop.domain.scoring.checking import check_answer
from pmqa_desktop.domain.scoring.rounding import display, display_distance, distance, official
from pmqa_desktop.domain.scoring.sheet import score_item, score_sheet
from pmqa_desktop.domain.scoring.values import (
    IndicatorScore,
    ItemScore,
    LevelCount,
    SheetScore,
    exact_text,
    fraction,
    ratio,
)

__all__ = [
    "IndicatorScore",
    "ItemScore",
    "LevelCount",
    "SheetScore",
    "band_of_percent",
    "check_answer",
    "display",
    "display_distance",
    "distance",
    "exact_text",
    "fraction",
    "level_of_total",
    "official",
    "percents_of",
    "ratio",
    "score_item",
    "score_sheet",
]
