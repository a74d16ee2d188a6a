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
    # --- enrolling ---
    "not-an-enrolment": N_("The file {file} holds no enrolment. Ask the sender for the file that the program made."),
    "fingerprint-differs": N_(
        "The groups typed ({found}) are not those of this fingerprint. Compare them again with its owner, on paper or "
        "by telephone; if they still differ, do not use the file."
    ),
    "fingerprint-not-compared": N_(
        "Nobody has compared the fingerprints of {persons} yet. Compare each with its owner and type two groups of it."
    ),
    "enrolment-unexpected": N_(
        "The file {file} enrols {person}, whom the plan does not name. Add the person to the plan, or leave the "
        "file out."
    ),
    "not-enrolled": N_("There is no enrolment of {persons} yet. Ask them for their enrolment files, then try again."),
    "plan-invalid": N_(
        "The plan {file} cannot be used. At {key}: found {found}, expected {expected}{limit}. Correct this place and "
        "try again."
    ),
    # --- the recovery key ---
    "recovery-two-places": N_(
        "A recovery key is written onto at least {limit} media at once, because one may fail. Name two folders on two "
        "drives."
    ),
    "recovery-card-invalid": N_(
        "{file} does not tell the address of a recovery key. Give the file that ends in .card and lies beside the key, "
        "or the line that begins with age1."
    ),
    "not-a-recovery-key": N_(
        "{file} is somebody's own key and no recovery key. Take the medium with the recovery key from the safe."
    ),
    "recovery-not-named": N_(
        "No roster here names this recovery key. Import the round's newest roster first; if it still is not named, it "
        "belongs to another round."
    ),
    "nothing-sealed": N_("None of these files is sealed, so the key was not tried. Choose a sealed file of the round."),
    "secretariat-only": N_("Only the secretariat does this. Nothing was changed."),
    # --- the roster ---
    "roster-unchanged": N_("The new roster would be the same as the one in force. Nothing was signed."),
    "not-a-root-person": N_(
        "{person} is not among the persons who sign this roster, before or after the change. Let one of them sign."
    ),
    "nothing-to-countersign": N_("There is no proposed roster here that waits for a signature."),
    "several-proposals": N_(
        "{found} different rosters wait for signatures. Agree with the other officers on one and name it by groups of "
        "its fingerprint: two in force at once would stop the round."
    ),
    "nothing-to-heal": N_("The rosters here do not contradict each other, so there is nothing to settle."),
    "roster-person-known": N_("The roster has {person} already. Add a key to this person instead."),
    "roster-person-unknown": N_("The roster does not name {person}. Add the person first, or correct the name."),
    "roster-key-known": N_("The roster has this key of {person} already. Nothing was changed."),
    "roster-key-unknown": N_("The roster names no key {found}. Look at the roster and copy the key from it."),
    "roster-agency-known": N_("The roster has the agency {agency} already. Nothing was changed."),
    "roster-agency-unknown": N_("The roster does not name the agency {agency}. Add it first, or correct the name."),
    "first-roster-unconfirmed": N_(
        "This round is new on this computer. Compare the fingerprint of its first roster with the secretariat's "
        "printed page, then confirm it: {fingerprint}."
    ),
    "roster-older": N_(
        "This file stands on roster number {found}, and number {known} is here already. Ask the secretariat for a "
        "file made under the newest roster."
    ),
}

CHANGES: dict[str, str] = {
    # --- what a new roster changes, told before countersigning ---
    "change-field": N_("{field}: was “{before}”, becomes “{after}”."),
    "change-threshold": N_("Signatures needed for a roster: were {before}, become {after}."),
    "change-recovery": N_("The secretariat's recovery key changes: was {before}, becomes {after}."),
    "change-root-added": N_("{who} may sign rosters from now on, with the key {key}."),
    "change-root-removed": N_("{who} may no longer sign rosters."),
    "change-root-key": N_("{who} signs rosters with another key from now on: {key}."),
    "change-secretariat-added": N_("{who} becomes a member of the secretariat."),
    "change-secretariat-removed": N_("{who} is no longer a member of the secretariat."),
    "change-person-added": N_("{who} is added to the round."),
    "change-person-removed": N_("{who} is taken out of the round."),
    "change-office": N_("{who}: the office was “{before}”."),
    "change-key-added": N_("{who} gets a new key: {key}."),
    "change-key-removed": N_("{who}: the key {key} is taken out altogether; nothing signed with it counts any more."),
    "change-key-retired": N_("{who}: the key {key} goes out of use; what it signed until now stays valid."),
    "change-key-compromised": N_(
        "{who}: the key {key} was lost to others; what it signed is void, but for the documents kept."
    ),
    "change-key-active": N_("{who}: the key {key} is in use again."),
    "change-recipient": N_("{who}: files are sealed to another recipient of the key {key}."),
    "change-agency-added": N_("{agency} is added to the round."),
    "change-agency-removed": N_("{agency} is taken out of the round; nothing about it counts any more."),
    "change-agency": N_("{agency}: changed are {fields}."),
    "change-panel-added": N_("{agency} gets a committee, chaired by {chair}."),
    "change-panel-removed": N_("{agency} has no committee any more."),
    "change-chair": N_("{agency}: the chair was {before}, becomes {after}."),
    "change-acting-chair": N_("{agency}: {who} leads the committee in the chair's stead."),
    "change-acting-chair-ended": N_("{agency}: {who} no longer leads in the chair's stead."),
    "change-seat-added": N_("{agency}: {who} gets the seat {seat}."),
    "change-seat-removed": N_("{agency}: {who} loses the seat {seat}."),
    "change-seat-person": N_("{agency}: the seat {seat} was held by {before}, goes to {after}."),
    "change-seat": N_("{agency}, seat {seat}: changed are {fields}."),
    "change-due": N_("Due date of {what}: was {before}, becomes {after}."),
    "change-kept-more": N_("{count} more documents stay valid although their key or chair goes."),
    "change-kept-less": N_("{count} documents that were kept valid no longer are."),
    "change-closed": N_("The round is closed: from now on only the accepted documents count."),
    "change-reopened": N_("The closed round is opened again."),
    "change-accepted": N_("{count} documents are accepted for good."),
    "change-accepted-less": N_("{count} accepted documents no longer are."),
    "change-criteria": N_("The round's criteria change."),
    "change-order": N_("{field}: the same entries in another order."),
}
