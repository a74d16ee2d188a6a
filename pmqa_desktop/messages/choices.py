# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Words for the values that a setting of an edition can be chosen from."""

from pmqa_desktop.text import N_

CHOICES: dict[str, str] = {
    "none": N_("none"),
    "basic": N_("Basic"),
    "advance": N_("Advance"),
    "significance": N_("Significance"),
    "truncate": N_("cut off"),
    "half_up": N_("round half up"),
    "half_even": N_("round half to even"),
    "never": N_("never"),
    "after_own_score": N_("after scoring the item themselves"),
    "always": N_("from the beginning"),
}
