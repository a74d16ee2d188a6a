# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What each setting of a round means for the people who work by it, and the words of its choices."""

from pmqa_desktop.text import N_

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Talk in the committee"), (
        "consensus_tolerance", "consensus_tolerance_percent", "consensus_on_level_difference",
        "consensus_on_point_difference", "consensus_on_band_gap",
    )),
    (N_("Lines of the award"), (
        "award_line_advance", "award_line_significance", "award_line_category_percent", "award_line_total",
        "gate_line_step1", "gate_line_step2", "category_floor", "category_floor_percent", "item_level_floor",
    )),
    (N_("How many must take part"), ("evaluators_individual_min", "evaluators_consensus_min")),
    (N_("What a sheet needs"), ("not_applicable_allowed", "comment_required", "evidence_required", "show_self_score")),
    (N_("How scores are counted"), (
        "partial_credit", "gated_levels", "category_weights", "truncate_inside_category7", "results_years",
        "weakest_dimension_cap", "rate_each_dimension", "official_rounding", "official_decimals", "display_decimals",
    )),
    (N_("Checked against the manual of the year"), (
        "wording_confirmed", "indicators_confirmed", "item_points_confirmed", "category_points_confirmed",
    )),
)  # fmt: skip
"""Settings by what they are about; one that stands nowhere here comes last."""

OTHERS = N_("Other settings")
MEANINGS: dict[str, str] = {
    "not_applicable_allowed": N_(
        "Yes: an evaluator may mark an item as not applicable, with a reason, and it is left out of the mean. No: "
        "every item gets a score."
    ),
    "award_line_advance": N_("From this total on an agency is proposed for the Advance award."),
    "award_line_significance": N_("From this total on an agency is proposed for the Significance award."),
    "award_line_category_percent": N_("From this share of the category's points on the category award is proposed."),
    "award_line_total": N_("The least total for a category award; 0 means that the total is not asked for."),
    "gate_line_step1": N_("The least self-score to be evaluated at all; 0 means that everybody is."),
    "gate_line_step2": N_("From this consensus total on the agency is visited."),
    "category_floor": N_("Below this score in any category no award is proposed; 0 means no floor."),
    "category_floor_percent": N_("Below this share in any category no award is proposed; 0 means no floor."),
    "item_level_floor": N_("Below this level in any item no award is proposed."),
    "category_weights": N_("How much each category counts in the total; equal numbers give the plain mean."),
    "official_rounding": N_("What happens to digits behind the last one that the official total shows."),
    "official_decimals": N_("Digits behind the point in the official total."),
    "display_decimals": N_("Digits behind the point on screens. The program always counts exactly."),
    "truncate_inside_category7": N_(
        "Yes: scores of indicators and items lose their fraction before they are averaged, which can lower a total."
    ),
    "partial_credit": N_("Yes: each point met inside a level counts in part. No: only a full level counts."),
    "gated_levels": N_("Yes: a higher level counts only once the lower one is full."),
    "consensus_tolerance": N_(
        "When the highest and the lowest score of an item lie this far apart or farther, the committee must talk."
    ),
    "consensus_tolerance_percent": N_(
        "When the highest and the lowest percentage of an item lie this far apart or farther, the committee must talk."
    ),
    "consensus_on_level_difference": N_("Yes: different levels call for talk even when the scores are close."),
    "consensus_on_point_difference": N_("Yes: a single point seen differently calls for talk."),
    "consensus_on_band_gap": N_(
        "So many bands apart call for talk: 2 means bands that do not touch; 0 switches it off."
    ),
    "evaluators_individual_min": N_("So many signed sheets are needed before the chair may open them."),
    "evaluators_consensus_min": N_("So many members must stand behind a consensus for it to be complete."),
    "comment_required": N_("Yes: a score above zero cannot be signed without a strength or an opportunity to improve."),
    "evidence_required": N_("Yes: a score above zero cannot be signed without a page of the report."),
    "show_self_score": N_("An evaluator who sees the agency's own score first is drawn towards it."),
    "results_years": N_("So many years of results are asked for in category 7."),
    "wording_confirmed": N_("Until this is yes, every report carries a notice that the wording is not official."),
    "indicators_confirmed": N_("Until this is yes, every report carries a notice about the indicators of category 7."),
    "item_points_confirmed": N_("Until this is yes, every report carries a notice that points of items are assumed."),
    "category_points_confirmed": N_(
        "Until this is yes, every report carries a notice that points of categories are assumed."
    ),
    "weakest_dimension_cap": N_("Yes: no band above that of the weakest dimension. No: the band that fits best."),
    "rate_each_dimension": N_("Yes: evaluators put down a band for every dimension before the item's own."),
}
