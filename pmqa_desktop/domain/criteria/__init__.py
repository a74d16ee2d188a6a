# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Criteria editions: read strictly, frozen with the round's settings, and never constants in code."""

from pmqa_desktop.domain.criteria.edition import Edition, Indicator, Item, ItemLevel
from pmqa_desktop.domain.criteria.frozen import FrozenCriteria, PassRule, criteria_from_body, freeze
from pmqa_desktop.domain.criteria.numbers import decimal, number
from pmqa_desktop.domain.criteria.parts import (
    Area,
    Award,
    Band,
    Category,
    Dimension,
    Level,
    Point,
    ResultLevel,
    Scheme,
    Setting,
)
from pmqa_desktop.domain.criteria.reading import edition_from_tree, load_edition
from pmqa_desktop.domain.criteria.settings import Line, Settings

__all__ = [
    "Area",
    "Award",
    "Band",
    "Category",
    "Dimension",
    "Edition",
    "FrozenCriteria",
    "Indicator",
    "Item",
    "ItemLevel",
    "Level",
    "Line",
    "PassRule",
    "Point",
    "ResultLevel",
    "Scheme",
    "Setting",
    "Settings",
    "criteria_from_body",
    "decimal",
    "edition_from_tree",
    "freeze",
    "load_edition",
    "number",
]
