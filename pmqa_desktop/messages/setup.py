# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What a round that is being set up still lacks."""

from pmqa_desktop.text import N_

SETUP: dict[str, str] = {
    "draft-unreadable": N_(
        "The draft of the round in {file} cannot be read. It was not changed; restore it from a backup, or remove it "
        "and begin anew."
    ),
    "setup-year": N_("The award year {found} is not a year of the Buddhist era. Type it as four digits, such as 2569."),
    "setup-title": N_("The round has no Thai title yet. It stands on every report."),
    "setup-unconfirmed": N_("{count} settings are not confirmed yet. Look at each and tick it."),
    "setup-office": N_("{person} has no office in Thai yet: reports name persons by their office."),
    "setup-no-key": N_("{person} has sent no enrolment file yet."),
    "setup-other-round": N_(
        "{person} enrolled for the round {found}, or for practice instead of a real round. Ask for another enrolment "
        "file, or correct the round's short name."
    ),
    "setup-not-compared": N_("Nobody has compared the key's fingerprint with {person} yet. Call and compare it."),
    "setup-threshold": N_("At least {least} officers must sign each roster of this round."),
    "setup-roots": N_(
        "{need} officers who sign rosters are needed, and {have} are named: one more than must sign, so that one may "
        "be away or lose a key."
    ),
    "setup-roots-many": N_("At most {limit} officers may sign rosters. Take some off the list."),
    "setup-secretariat": N_("Nobody of the secretariat is named yet."),
    "setup-recovery": N_(
        "{found} is not the public line of a recovery key. It begins with age1; take it from the card beside the key."
    ),
    "setup-no-agency": N_("No agency is entered yet."),
    "setup-agency-code": N_(
        "{found} is no short code of an agency. Use English letters, digits, full stop, hyphen or underscore."
    ),
    "setup-column-unknown": N_(
        "What does the column {found} hold? Nothing was taken yet. If it names evaluators, change its heading to "
        "Evaluator; otherwise delete the column, then take the table again."
    ),
    "setup-column-unnamed": N_(
        "What does column {found} hold? It has no heading, and nothing was taken yet. If it names evaluators, head it "
        "Evaluator; otherwise delete the column, then take the table again."
    ),
    "setup-table-too-long": N_(
        "The table is longer than can be taken at once. Nothing was taken; take at most {found} rows at a time."
    ),
    "setup-cell-too-long": N_(
        "The cell that begins with {found} is too long for a name. Nothing was taken; shorten it, then take the table "
        "again."
    ),
    "setup-too-large": N_(
        "The round holds more text than can be kept ({size} bytes; {limit} may be). What was kept before is as it was: "
        "shorten what was written or pasted last."
    ),
    "setup-agency-name": N_("The agency {agency} has no Thai name yet."),
    "setup-no-panel": N_("{agency}: no committee is set yet."),
    "setup-no-chair": N_("{agency}: no chair is chosen yet."),
    "setup-chair-unseated": N_(
        "{agency}: the chair {person} has no seat. A chair can open the others' sheets only after signing one of the "
        "own: give the chair a seat."
    ),
    "setup-seat-empty": N_("{agency}: a seat names {person}, who is not among the persons of the round."),
    "setup-seat-twice": N_("{agency}: {person} has two seats."),
    "setup-seat-title": N_("{agency}: a seat has no Thai title."),
    "setup-items-unknown": N_("{agency}: a seat judges {found}, which the criteria do not have."),
    "setup-items-unjudged": N_("{agency}: nobody judges {found}."),
    "setup-date": N_("{found} is not a date. Type day, month and Buddhist year, such as 30/6/2569."),
    "setup-no-date": N_("There is no due date for the score sheets yet: the board cannot tell who is late."),
    "setup-dates-order": N_("The consensus is due before the score sheets."),
}
