# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Answers about criteria, settings and answers, and remarks on judgements."""

from pmqa_desktop.text import N_

CRITERIA: dict[str, str] = {
    # --- criteria and scoring ---
    "edition-not-found": N_(
        "There is no criteria edition {found}. Give the name of one that comes with the program ({known}) or the path"
        " of a TOML file."
    ),
    "edition-unreadable": N_("The criteria file {file} cannot be read ({found}). Check that it is there and readable."),
    "edition-invalid": N_(
        "The criteria file {file} cannot be used. At {key}: found {found}, expected {expected}{limit}. Correct this "
        "place and try again."
    ),
    "setting-unknown": N_(
        "{key}{place}: the edition {edition} has no such setting. Take it out or correct its name, then try again."
    ),
    "setting-invalid": N_(
        "The setting {key}{place} cannot be used: found {found}, expected {expected}{limit}. Correct it and try again."
    ),
    "answers-invalid": N_(
        "The answers file {file} cannot be used. At {key}: found {found}, expected {expected}{limit}. Correct this "
        "place and try again."
    ),
    "answers-float": N_(
        "{file}, at {key}: the number {found} is written as a decimal number. Write decimals as text in quotation "
        'marks, for example "85.0", so that they stay exact.'
    ),
    "answers-key-twice": N_(
        "{file}, at {key}: the key {found} stands there twice, so it is unclear which one counts. Keep one of them."
    ),
    "item-unknown": N_(
        "Item {item}{place} is not in the edition {edition}. Check the item's number and the edition chosen."
    ),
    "category-unknown": N_("The edition {edition} has no category {found}. Check the number and the edition chosen."),
    "decimal-invalid": N_(
        "Item {item}{place}: {found} is not a number that can be used. Write Arabic digits with a point if needed, "
        "for example 85 or 85.25."
    ),
    "answer-of-other-kind": N_(
        "Item {item}{place}: this item is not scored by {found}. Answer it in the form that its kind asks for."
    ),
    "tick-unknown": N_(
        "Item {item}{place}: the edition has no checklist point {found}. Check the point's number and the edition."
    ),
    "tick-of-other-item": N_("Item {item}{place}: the point {found} belongs to item {home}. Tick it there."),
    "tick-repeated": N_("Item {item}{place}: the point {found} is listed twice. Keep it once."),
    "indicator-needs-code": N_("Item {item}{place}: an indicator has no code. Give it one, for example X1."),
    "indicator-unknown": N_(
        "Item {item}{place}: the edition has no indicator {found} and this item takes none of the agency's own. Check"
        " its code."
    ),
    "indicator-of-other-item": N_("Item {item}{place}: the indicator {found} belongs to item {home}. Enter it there."),
    "indicator-repeated": N_("Item {item}{place}: the indicator {found} is listed twice. Keep it once."),
    "indicator-direction-fixed": N_(
        "Item {item}{place}: the criteria fix whether more or less is better for this indicator. Leave its direction "
        "as it is."
    ),
    "indicator-needs-target": N_(
        "Item {item}{place}: the agency's own indicator has no target, so its result cannot be scored. Enter the "
        "target."
    ),
    "indicator-target-negative": N_(
        "Item {item}{place}: the target {found} is below zero, so no percentage of success can be worked out. Enter a"
        " target of 0 or more."
    ),
    "indicator-needs-score": N_(
        "Item {item}{place}: the target is zero, so no percentage can be worked out. Enter a score yourself, with the"
        " reason."
    ),
    "indicator-score-not-allowed": N_(
        "Item {item}{place}: a score entered by hand ({found}) is allowed only where the agency's own target is zero."
        " Take it out."
    ),
    "indicator-score-range": N_("Item {item}{place}: the score {found} is outside 0 to {most}. Correct it."),
    "indicator-score-needs-reason": N_(
        "Item {item}{place}: a score entered by hand needs its reason. Write the reason beside it."
    ),
    "percent-missing": N_("Item {item}{place}: no percentage is chosen. Choose one of the listed percentages."),
    "percent-not-listed": N_(
        "Item {item}{place}: {found} percent is not one of the listed percentages. Choose one of {listed}."
    ),
    "percent-over-weakest": N_(
        "Item {item}{place}: {found} percent is above the band of the weakest dimension, which this round does not "
        "allow. Choose at most {most}, or look at the dimensions again."
    ),
    "band-unknown": N_("Item {item}{place}: {found} is not a band of {scheme}. Choose one of its bands."),
    "dimension-unknown": N_("Item {item}{place}: {found} is not a dimension of {scheme}. Correct its name."),
    "dimension-repeated": N_("Item {item}{place}: the dimension {found} is judged twice. Keep one of them."),
    "not-applicable-not-allowed": N_(
        "Item {item}{place}: in this round no item may be marked not applicable. Score the item, or ask the "
        "secretariat about the round's settings."
    ),
    "not-applicable-needs-reason": N_(
        "Item {item}{place}: write the reason why the item does not apply to this agency."
    ),
    "not-applicable-with-score": N_(
        "Item {item}{place}: the item is marked not applicable and scored at the same time. Keep one of the two."
    ),
    # --- remarks on judgements ---
    "score-without-comment": N_("Item {item} has a score but neither a strength nor an opportunity for improvement."),
    "high-without-strength": N_("Item {item} has a high score but no strength is written."),
    "low-without-ofi": N_("Item {item} has a low score but no opportunity for improvement is written."),
    "score-without-evidence": N_("Item {item} has a score but no page of the agency's report is cited."),
    "points-beyond-gate": N_(
        "Item {item}: {points} are ticked but not counted, because a lower level is not yet complete."
    ),
    "indicator-without-result": N_("Item {item} has no score yet: the result of {indicators} is missing."),
    "dimension-without-band": N_("Item {item}: no band is chosen for {dimensions}."),
    "same-text-two-items": N_("Items {item} and {other} have the same text."),
    "same-text-two-agencies": N_("Item {item} has the same text as the sheet on another agency ({agency})."),
    "papers-not-opened": N_("Item {item} has a score but no page of the agency's papers was opened here yet."),
}
