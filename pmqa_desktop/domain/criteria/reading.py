# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Build an edition from its file or from the tree in a signed criteria document, strictly."""

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from pmqa_desktop.domain.criteria.checking import check
from pmqa_desktop.domain.criteria.edition import Edition, Indicator, Item, ItemLevel
from pmqa_desktop.domain.criteria.numbers import number
from pmqa_desktop.domain.criteria.parts import EditionFile, IndicatorPart, ItemPart
from pmqa_desktop.domain.criteria.tree import parse_toml, plain_tree, typed


def load_edition(data: bytes, file: str) -> Edition:
    """Read an edition from the bytes of its TOML file.

    `file` is the name to tell in complaints. Raises Expected `edition-invalid` with file, key, found and
    expected: the file is not TOML, of another format or version, misses or misspells a key, holds a float, or
    does not agree with itself.
    """
    return edition_from_tree(parse_toml(data, file), file)


def edition_from_tree(tree: Mapping[str, Any], file: str) -> Edition:
    """Read an edition from its plain tree, as a criteria document carries it; complaints as `load_edition`."""
    plain: dict[str, Any] = plain_tree(dict(tree), file)
    raw = typed(plain, file)
    check(raw, plain, file)
    canonical = msgspec.json.encode(plain, order="sorted")
    return _edition(raw, plain, "sha256:" + hashlib.sha256(canonical).hexdigest())


def _edition(raw: EditionFile, tree: dict[str, Any], digest: str) -> Edition:
    return Edition(
        head=raw.edition,
        scoring=raw.scoring,
        categories=raw.categories,
        items=tuple(_item(part, raw) for part in raw.items),
        levels=raw.levels,
        total_bands=raw.total_bands,
        result_levels=raw.result_levels,
        dimensions=raw.dimensions,
        mechanisms=raw.mechanisms,
        schemes=raw.schemes,
        bands=raw.bands,
        awards=raw.awards,
        settings=raw.settings,
        sources=raw.sources,
        provenance=raw.provenance,
        tree=tree,
        digest=digest,
    )


def _item(part: ItemPart, raw: EditionFile) -> Item:
    return Item(
        code=part.code,
        category=part.category,
        kind=part.kind,
        title_th=part.title_th,
        title_en=part.title_en,
        purpose_th=part.purpose_th,
        purpose_en=part.purpose_en,
        max_score=part.points if part.kind == "band" else part.max_score,
        dimensions=part.dimensions,
        mechanisms=part.mechanisms,
        levels=_levels(part, raw),
        indicators=tuple(_indicator(indicator) for indicator in part.indicators),
        rule=part.rule,
        added_indicator_rule=part.added_indicator_rule,
        scheme=part.scheme,
        areas=part.areas,
        assumed=part.assumed,
    )


def _levels(part: ItemPart, raw: EditionFile) -> tuple[ItemLevel, ...]:
    """Return the item's levels in the order of the edition's list, whatever order a tree has them in."""
    written = ((level.code, part.levels[level.code]) for level in raw.levels if level.code in part.levels)
    return tuple(ItemLevel(code, one.title_th, one.title_en, one.form_tag, one.points) for code, one in written)


def _indicator(part: IndicatorPart) -> Indicator:
    return Indicator(
        code=part.code,
        name_th=part.name_th,
        name_en=part.name_en,
        unit_th=part.unit_th,
        unit_en=part.unit_en,
        rule=part.rule,
        direction=part.direction,
        lower=None if part.lower is None else number(part.lower),
        upper=None if part.upper is None else number(part.upper),
        default_target=None if part.default_target is None else number(part.default_target),
        required=part.required,
        status=part.status,
    )
