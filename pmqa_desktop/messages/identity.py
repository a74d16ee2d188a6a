# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Answers about a person's identity, about enrolling, and about the secretariat's work on the roster."""

from pmqa_desktop.text import N_

IDENTITY: dict[str, str] = {
    # --- identities ---
    "person-invalid": N_(
        "{found} cannot be the short name of a person: use plain English letters, digits, dot, hyphen and "
        "underscore, at most 64. Take the one that the secretariat gave you."
    ),
    "passphrase-short": N_("This passphrase is too short. Choose at least {limit} characters, best several words."),
    "passphrase-wait": N_(
        "The passphrase was wrong several times. Wait {seconds} more seconds, then try again with care."
    ),
    "name-missing": N_("Type the name that the secretariat should see, then go on."),
    "round-invalid": N_(
        "{found} cannot be the short name of a round. Take the one in the secretariat's letter: plain English "
        "letters, digits, dot, hyphen and underscore."
    ),
}
