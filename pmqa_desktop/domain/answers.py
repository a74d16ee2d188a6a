# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What a person puts down about one item: the same values in a draft, a signed sheet and a consensus.

The values are msgspec structs: one definition is the value, its wire form and its strict parser
(docs/decisions/0002). Decimals travel as strings such as `"85.0"`; no float exists anywhere.
"""

from typing import Literal

import msgspec

State = Literal["scored", "not_applicable"]
Direction = Literal["higher_is_better", "lower_is_better"]
CommentKind = Literal["strength", "ofi", "recommendation", "site_visit_issue"]
COMMENT_KINDS: tuple[CommentKind, ...] = ("strength", "ofi", "recommendation", "site_visit_issue")
WHOLE_AGENCY = ""
"""Stands where an item's code stands: a feedback text on the agency as a whole, a key theme."""
THEME_KINDS: tuple[CommentKind, ...] = ("strength", "ofi")
"""The kinds of key themes that a panel writes."""


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Base of all signed values: immutable, absent fields left out, unknown fields refused."""


class IndicatorAnswer(Value, frozen=True):
    """The result of one indicator of category 7.

    A `code` that the edition does not have is the agency's own indicator (it then carries `name`, `target`
    and `direction`). `result` and `target` are decimals as strings; an empty `result` is missing, not zero.
    `score` (0-500) with a `reason` is allowed only where the target is zero. `years` holds results of
    earlier years as `"2562=81.5"`, for reading only.
    """

    code: str
    result: str = ""
    target: str = ""
    direction: Direction | None = None
    name: str = ""
    unit: str = ""
    years: tuple[str, ...] = ()
    score: int | None = None
    reason: str = ""


class BandChoice(Value, frozen=True):
    """The band that one ADLI or LeTCI dimension was judged to be in: advice, scores nothing."""

    dimension: str
    band: str


class Answer(Value, frozen=True):
    """The judgement on one item; that it exists means the item is not missing.

    `ticks` are checklist point ids, sorted and unique; `percent` is one of the edition's listed percents;
    `state` not_applicable needs a `reason` and carries nothing else.
    """

    state: State = "scored"
    reason: str = ""
    ticks: tuple[str, ...] = ()
    indicators: tuple[IndicatorAnswer, ...] = ()
    percent: int | None = None
    bands: tuple[BandChoice, ...] = ()


class Ratio(Value, frozen=True):
    """An exact score as numerator and denominator in lowest terms, `den` >= 1."""

    num: int
    den: int = 1


class ItemAnswer(Value, frozen=True):
    """One item of a sheet: the answer and the score its signer saw (absent while an indicator lacks a result)."""

    item: str
    answer: Answer
    claimed: Ratio | None = None


class Comment(Value, frozen=True):
    """One strength, OFI, recommendation or site-visit issue; several of a kind keep their order in the sheet."""

    item: str
    kind: CommentKind
    text: str


class Evidence(Value, frozen=True):
    """A page of one of the agency's papers that supports an item, or one checklist point or indicator of it."""

    item: str
    document: str
    page: int
    point: str = ""
    note: str = ""
