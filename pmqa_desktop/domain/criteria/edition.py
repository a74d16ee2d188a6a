# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A criteria edition as the rest of the program uses it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from pmqa_desktop.domain.criteria.parts import (
    Area,
    Award,
    Band,
    Category,
    Dimension,
    Direction,
    Head,
    Level,
    Point,
    Provenance,
    ResultLevel,
    Scheme,
    Scoring,
    Setting,
    Source,
    TotalBand,
)
from pmqa_desktop.errors import Expected

ItemKind = Literal["checklist", "indicators", "band"]


@dataclass(frozen=True, slots=True)
class ItemLevel:
    """One level of one checklist item: its short title, the form's keyword (or empty) and its points."""

    code: str
    title_th: str
    title_en: str
    form_tag: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of the edition; bounds and target are exact, None where the file has none."""

    code: str
    name_th: str
    name_en: str
    unit_th: str
    unit_en: str
    rule: str
    direction: Direction
    lower: Fraction | None
    upper: Fraction | None
    default_target: Fraction | None
    required: bool
    status: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item; `max_score` is its best score (500 in PMQA 4.0, its points in PMQA 2562).

    `levels` only for checklist items, `indicators`, `rule` and `added_indicator_rule` only for indicator
    items, `scheme`, `areas` and `assumed` (points not confirmed) only for band items.
    """

    code: str
    category: str
    kind: ItemKind
    title_th: str
    title_en: str
    purpose_th: str
    purpose_en: str
    max_score: int
    dimensions: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = ()
    levels: tuple[ItemLevel, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    rule: str = ""
    added_indicator_rule: str = ""
    scheme: str = ""
    areas: tuple[Area, ...] = ()
    assumed: bool = False

    @property
    def points(self) -> tuple[Point, ...]:
        """Return all checklist points, level by level."""
        return tuple(point for level in self.levels for point in level.points)

    def indicator(self, code: str) -> Indicator | None:
        """Return the edition's indicator of this code, or None: then it is an agency's own."""
        return next((indicator for indicator in self.indicators if indicator.code == code), None)


@dataclass(frozen=True, eq=False)
class Edition:
    """One year's criteria, frozen; `tree` is the plain tree that travels, `digest` its `sha256:` digest.

    Two editions are equal when their digests are.
    """

    head: Head
    scoring: Scoring
    categories: tuple[Category, ...]
    items: tuple[Item, ...]
    levels: tuple[Level, ...]
    total_bands: tuple[TotalBand, ...]
    result_levels: tuple[ResultLevel, ...]
    dimensions: tuple[Dimension, ...]
    mechanisms: tuple[Dimension, ...]
    schemes: tuple[Scheme, ...]
    bands: tuple[Band, ...]
    awards: tuple[Award, ...]
    settings: tuple[Setting, ...]
    sources: tuple[Source, ...]
    provenance: tuple[Provenance, ...]
    tree: Mapping[str, Any]
    digest: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Edition) and other.digest == self.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def id(self) -> str:
        """Return the edition's short name, for example `pmqa40`."""
        return self.head.id

    @property
    def max_score(self) -> int:
        """Return the best total (500 or 1,000)."""
        return self.scoring.max

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {item.code: item for item in self.items}

    @cached_property
    def _points(self) -> dict[str, str]:
        return {point.id: item.code for item in self.items for point in item.points}

    @cached_property
    def _indicators(self) -> dict[str, str]:
        return {indicator.code: item.code for item in self.items for indicator in item.indicators}

    def item(self, code: str) -> Item:
        """Return the item of this code; raises Expected `item-unknown`."""
        try:
            return self._items[code]
        except KeyError:
            raise Expected("item-unknown", item=code[:80], place="", edition=self.id) from None

    def has_item(self, code: str) -> bool:
        """Tell whether the edition has this item."""
        return code in self._items

    def category(self, code: str) -> Category:
        """Return the category of this code; raises Expected `category-unknown`."""
        for category in self.categories:
            if category.code == code:
                return category
        raise Expected("category-unknown", found=code[:80], edition=self.id)

    def items_of(self, category: str) -> tuple[Item, ...]:
        """Return the items of a category, in the edition's order."""
        return tuple(item for item in self.items if item.category == category)

    def item_of_point(self, point: str) -> str | None:
        """Return the code of the item that a checklist point belongs to, None when there is no such point."""
        return self._points.get(point)

    def item_of_indicator(self, indicator: str) -> str | None:
        """Return the code of the item that an indicator belongs to, None when the edition has no such one."""
        return self._indicators.get(indicator)

    def level(self, code: str) -> Level | None:
        """Return the level of this code, if there is one."""
        return next((level for level in self.levels if level.code == code), None)

    def scheme(self, code: str) -> Scheme | None:
        """Return the scheme of this code, if there is one."""
        return next((scheme for scheme in self.schemes if scheme.code == code), None)

    def bands_of(self, scheme: str) -> tuple[Band, ...]:
        """Return the bands of a scheme from the lowest up."""
        return tuple(sorted((band for band in self.bands if band.scheme == scheme), key=lambda band: band.lower))

    def dimensions_of(self, scheme: str) -> tuple[Dimension, ...]:
        """Return the dimensions of a scheme."""
        return tuple(dimension for dimension in self.dimensions if dimension.scheme == scheme)

    def setting(self, key: str) -> Setting | None:
        """Return the setting of this key, if the edition has one."""
        return next((setting for setting in self.settings if setting.key == key), None)
