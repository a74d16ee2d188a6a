# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The parts of a criteria edition as its TOML file writes them: each class is value, schema and strict parser.

An edition is data (product.md, 'Criteria and scoring'): nothing here knows how many categories, items, levels or
points there are. Numbers are integers or, where a `Number` is allowed, decimal strings; a float has no place.
"""

from typing import Literal

import msgspec

Number = int | str
"""An integer, or a decimal as a string such as `"94.5"`; turned into a Fraction by `number`."""

Confidence = Literal["high", "medium", "low", "unverified", "ours"]
Direction = Literal["higher_is_better", "lower_is_better"]
Rounding = Literal["truncate", "half_up", "half_even"]
SettingValue = bool | int | str | tuple[int, ...]


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all parts: immutable, and a key that nobody knows is refused (it is a misspelt one)."""


class Head(Part, frozen=True):
    """Who made the edition, for what; `compiled` is an ISO date, `max_score` the best total."""

    id: str
    name: str
    title_th: str
    title_en: str
    owner_th: str
    owner_en: str
    pack_version: str
    compiled: str
    max_score: int
    official_wording: bool
    notice_th: str = ""
    notice_en: str = ""


class Source(Part, frozen=True):
    """A place that parts of the edition come from."""

    id: str
    title: str
    ref: str


class Provenance(Part, frozen=True):
    """Where one block comes from (a `Source` id) and how sure that is."""

    block: str
    source: str
    confidence: Confidence
    note: str = ""


class Level(Part, frozen=True):
    """A level of PMQA 4.0; `points` is what it adds when full, `cumulative` the sum up to it."""

    code: str
    letter: str
    title_th: str
    title_en: str
    points: int
    cumulative: int
    maturity: str = ""


class TotalBand(Part, frozen=True):
    """The whole-number band of totals printed under a level (pmqa-second-pass.md section 1)."""

    level: str
    lower: int
    upper: int


class ResultLevel(Part, frozen=True):
    """What a level means for results: help text only, the indicators score."""

    level: str
    maturity: str
    title_th: str
    title_en: str


class Dimension(Part, frozen=True):
    """A dimension of Government 4.0, a mechanism, or (with `scheme`) one of ADLI or LeTCI."""

    code: str
    title_th: str
    title_en: str
    scheme: str = ""
    letter: str = ""
    meaning_th: str = ""
    meaning_en: str = ""


class Scheme(Part, frozen=True):
    """A way of judging by bands (ADLI, LeTCI): its categories and its dimensions."""

    code: str
    categories: tuple[str, ...]
    title_th: str
    title_en: str
    dimensions: tuple[str, ...]


class Gloss(Part, frozen=True):
    """A short text in both languages."""

    th: str
    en: str


class Band(Part, frozen=True):
    """A band of percents of a scheme: the percents that may be chosen, and a gloss per dimension."""

    code: str
    scheme: str
    lower: int
    upper: int
    percents: tuple[int, ...]
    gloss: dict[str, Gloss]


class AwardLeast(Part, frozen=True):
    """The least percent (0-100) that a category or an item (`of`) must reach."""

    of: str
    percent: Number


class AwardRule(Part, frozen=True):
    """The pass rule of a category award: a total line and least percents (pmqa-second-pass.md section 4)."""

    total: Number = 0
    least: tuple[AwardLeast, ...] = ()


class Award(Part, frozen=True):
    """An award: by its line on the total (`setting`), or of a `category` (by `rule`, where one is known)."""

    code: str
    title_th: str
    title_en: str
    confidence: Confidence
    setting: str = ""
    category: str = ""
    short_title_th: str = ""
    seen_in_year: int | None = None
    ref: str = ""
    note: str = ""
    rule: AwardRule | None = None


class Setting(Part, frozen=True):
    """A value that the secretariat confirms for the award year; `path` names the parameter that it feeds."""

    key: str
    title_th: str
    title_en: str
    type: Literal["boolean", "integer", "number", "choice", "numbers"]
    default: SettingValue
    status: Literal["ours", "implemented"]
    confirmed: bool
    choices: tuple[str, ...] = ()
    path: str = ""
    note: str = ""


class Category(Part, frozen=True):
    """A category: `max_score` where items are averaged, `points` where they are summed."""

    code: str
    title_th: str
    title_en: str
    kind: Literal["checklist", "indicators", "process", "results"]
    max_score: int = 0
    scheme: str = ""
    points: int = 0

    @property
    def best(self) -> int:
        """Return the best score that the category can have."""
        return self.points or self.max_score


class Point(Part, frozen=True):
    """One checklist point; ids such as `1.1.B1` are never reused for another meaning."""

    id: str
    text_th: str
    text_en: str


class Area(Part, frozen=True):
    """An area to address of a band item; areas are not scored apart."""

    code: str
    letter_th: str
    title_th: str
    title_en: str


class LevelPart(Part, frozen=True):
    """One level of one item as written: title, the form's keyword, and the points."""

    title_th: str
    title_en: str
    points: tuple[Point, ...]
    form_tag: str = ""


class IndicatorPart(Part, frozen=True):
    """One indicator as written; bounds and target may be decimal strings."""

    code: str
    name_th: str
    name_en: str
    unit_th: str
    unit_en: str
    rule: str
    direction: Direction = "higher_is_better"
    lower: Number | None = None
    upper: Number | None = None
    default_target: Number | None = None
    required: bool = True
    status: str = ""


class ItemPart(Part, frozen=True):
    """One item as written, of whichever kind."""

    code: str
    category: str
    kind: Literal["checklist", "indicators", "band"]
    title_th: str
    title_en: str
    purpose_th: str = ""
    purpose_en: str = ""
    title_2562_th: str = ""
    dimensions: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = ()
    mapping: str = ""
    max_score: int = 0
    levels: dict[str, LevelPart] = {}
    rule: str = ""
    added_indicator_rule: str = ""
    indicators: tuple[IndicatorPart, ...] = ()
    scheme: str = ""
    points: int = 0
    assumed: bool = False
    areas: tuple[Area, ...] = ()


class GatedChecklist(Part, frozen=True, tag_field="name", tag="gated_checklist"):
    """Parameters of the checklist items."""

    max: int
    gated: bool
    partial_credit: bool
    note_th: str = ""
    note_en: str = ""


class Linear(Part, frozen=True, tag_field="name", tag="linear_100_500"):
    """Scores at and beyond an indicator's two bounds, told for higher-is-better."""

    at_lower: int
    at_upper: int
    below_lower: int
    above_upper: int
    note_th: str = ""
    note_en: str = ""


class Step(Part, frozen=True):
    """Success percents `up_to` (inclusive) a bound, or `above` the last one, and their score."""

    score: int
    up_to: Number | None = None
    above: Number | None = None


class SuccessSteps(Part, frozen=True, tag_field="name", tag="success_percent_steps"):
    """Scores by success percent against the target, for indicators that an agency adds."""

    below_100_factor: int
    steps: tuple[Step, ...]
    higher_is_better: Literal["result / target * 100"]
    lower_is_better: Literal["200 - result / target * 100"]
    floor: int
    zero_result_is_missing: bool
    zero_target: Literal["manual_score"]
    note_th: str = ""
    note_en: str = ""


class MeanOfIndicators(Part, frozen=True, tag_field="name", tag="mean_of_indicators"):
    """How an item of results comes from its indicators."""

    truncate_indicator: bool
    truncate_item: bool
    years_of_results: int
    note_th: str = ""
    note_en: str = ""


class BandPercent(Part, frozen=True, tag_field="name", tag="band_percent"):
    """How a band item is judged."""

    percent_step: int
    free_percent: bool
    choose: Literal["best_fit"]
    weakest_dimension_cap: bool
    note_th: str = ""
    note_en: str = ""


Rule = GatedChecklist | Linear | SuccessSteps | MeanOfIndicators | BandPercent


class Display(Part, frozen=True):
    """Rounding of what is shown."""

    decimals: int
    rounding: Literal["half_up"]
    never_across_a_line: bool


class Official(Part, frozen=True):
    """Rounding of the official total, and whether lines are compared with the exact one."""

    decimals: int
    rounding: Rounding
    compare_exact: bool


class Scoring(Part, frozen=True):
    """The scoring parameters; what is not listed here cannot be configured."""

    max: int
    category: Literal["mean_of_items", "sum_of_items"]
    total: Literal["mean_of_categories", "sum_of_categories"]
    missing: Literal["incomplete"]
    keep_exact: Literal[True]
    not_applicable: Literal["leave_out"]
    not_applicable_allowed: bool
    display: Display
    official: Official
    rules: tuple[Rule, ...]
    checklist_item: Literal["gated_checklist", ""] = ""
    indicators_item: Literal["mean_of_indicators", ""] = ""
    item: Literal["band_percent", ""] = ""


class EditionFile(Part, frozen=True):
    """A whole edition as its file writes it."""

    format: Literal["pmqa-criteria"]
    format_version: Literal[1]
    edition: Head
    scoring: Scoring
    categories: tuple[Category, ...]
    items: tuple[ItemPart, ...]
    settings: tuple[Setting, ...]
    sources: tuple[Source, ...] = ()
    provenance: tuple[Provenance, ...] = ()
    levels: tuple[Level, ...] = ()
    total_bands: tuple[TotalBand, ...] = ()
    result_levels: tuple[ResultLevel, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    mechanisms: tuple[Dimension, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    bands: tuple[Band, ...] = ()
    awards: tuple[Award, ...] = ()
