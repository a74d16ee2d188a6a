# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Answers of the desks: evaluator, chair, secretariat; and of long work."""

from pmqa_desktop.text import N_

DESKS: dict[str, str] = {
    # --- everywhere ---
    "cancelled": N_("Stopped as you asked. What was complete is kept; the rest was not begun."),
    "workspace-open-elsewhere": N_(
        "The file {file} is open already, on the computer {host} since {since}. Close it there first, so that no "
        "edit is lost."
    ),
    # --- drafts on the move ---
    "draft-file-invalid": N_(
        "This file is no draft that can be opened: {found}. Nothing was changed. Write the draft anew on the other "
        "laptop."
    ),
    "wrong-draft-passphrase": N_(
        "This passphrase does not open the draft. Check the keyboard language and Caps Lock, then type it again. "
        "It is the one chosen when the file was written, not that of your key."
    ),
    "draft-of-another-person": N_("This draft is another person's. Nothing was changed. Choose your own file."),
    "draft-of-another-round": N_(
        "This draft belongs to the round {found}, and this workspace to {expected}. Nothing was changed."
    ),
    "draft-too-large": N_(
        "The drafts with their attached files are too large for one file ({size} of at most {limit} bytes). Write "
        "fewer agencies at a time."
    ),
    "folder-missing": N_("There is no folder {folder} any more. Choose another folder."),
    "not-a-workspace": N_(
        "The backup {file} holds no workspace of a person in a round. Nothing was changed. Choose another backup."
    ),
    "mirror-not-chosen": N_("No drive is chosen for the mirror of your drafts. Choose one first."),
    "mirror-no-key": N_(
        "The roster has no key of yours that the mirror could be sealed to. Ask the secretariat for a new roster."
    ),
    "closing-not-here": N_(
        "The round cannot be closed on the secretariat's computer this way: its register is the round's record."
    ),
    "closing-needs-word": N_(
        "Closing would delete what is still needed: the secretariat has not closed the round, or work is unsigned "
        "({agencies}). Write why you close it all the same."
    ),
    "round-closed-here": N_(
        "The round was closed on this laptop on {date}: its drafts are deleted and nothing can be edited here."
    ),
    # --- desks: evaluator, chair, secretariat ---
    "not-your-agency": N_("This agency is not among those of your seat. Nothing was changed. Ask the secretariat."),
    "item-not-yours": N_("Item {item} is not judged by your seat. Nothing was changed."),
    "declare-first": N_("Declare your ties with this agency first. Its papers and its score sheet open after that."),
    "already-declared": N_("You have signed this declaration already. Nothing was changed."),
    "recused": N_("You have recused yourself from this agency, so its papers and scores stay closed to you."),
    "reason-needed": N_("Write the reason first. It is signed together with your decision."),
    "sheet-incomplete": N_("The sheet cannot be signed yet: there is no score for {items}. Score them, then sign."),
    "notices-open": N_(
        "The sheet cannot be signed yet: {n} remarks wait for an answer, on {items}. "
        "Mend each or say why it is meant so."
    ),
    "no-such-edit": N_("The history of this sheet has no entry {number}. Nothing was changed."),
    "entry-too-long": N_(
        "{found} of item {item}: one entry is longer than can be signed. Go back to the item and put a blank line "
        "where a new entry begins, or link the report's page instead of copying from it; then sign."
    ),
    "sheet-too-large": N_("The sheet is too large for one file. Shorten the longest comments, then sign."),
    "nothing-changed": N_("Nothing has changed since you last signed, so there is nothing to sign."),
    "key-locked": N_("Your key is locked. Enter your passphrase to go on."),
    "no-key-file": N_("There is no signing key on this laptop. Open the key file that you made for this round."),
    "key-of-another-person": N_("This key belongs to another person. Choose your own key file."),
    "not-a-pack": N_("This file is not a pack of a seat. Choose the file that the secretariat made for you."),
    "pack-of-another-person": N_("This pack is for the seat {seat} of another person. Choose your own pack."),
    "paper-not-here": N_(
        "This paper is in no pack on this laptop. Take in the pack that it came with, or ask the secretariat for it."
    ),
    "attachment-kind": N_(
        "The file {name} cannot be attached: only photos (JPEG, PNG, HEIC), PDF and office documents can. Nothing was "
        "changed. Save it as one of these, then attach it."
    ),
    "attachment-macros": N_(
        "The file {name} cannot be attached: it holds macros. Nothing was changed. Save it without macros, then attach "
        "it."
    ),
    "attachment-empty": N_("The file {name} is empty. Nothing was attached."),
    "attachments-too-large": N_(
        "The file {name} does not fit: {used} bytes are attached to this sheet already, and {limit} is the most. Take "
        "a file away, or attach a smaller one."
    ),
    "attachment-not-here": N_(
        "The attached file {name} is not on this laptop, or it is damaged. Attach it again, take its link away, or "
        "import the sheet's file once more."
    ),
    "attachment-not-yours": N_("This file belongs to a sheet that is not open to you."),
    "no-recipient": N_(
        "The roster has no key of {person} in use, so the file cannot be sealed. Ask the secretariat for a new roster."
    ),
    # --- packs for the seats ---
    "typed-too-long": N_(
        "This text has {size} letters, and about {limit} can be kept in one field. It is not saved: shorten it, or "
        "attach the long text as a file. What was saved before is as it was."
    ),
    "laptop-full": N_(
        "{about}There is not enough room on this computer: {needed} bytes are needed. Delete files that you do not "
        "need, then try again."
    ),
    "paper-not-pdf": N_(
        "The file {file} is not a PDF. Papers of agencies must be PDF files: save it as PDF in the program it was made "
        "with, then choose it again."
    ),
    "paper-unreadable": N_(
        "The pages of {file} cannot be counted: the PDF is damaged, or it asks for a password. Ask the agency for a "
        "PDF that opens without one."
    ),
    "paper-twice": N_("The files {file} and {other} are the same to the last byte. Take one of them out."),
    "paper-changed": N_(
        "The file {file} has changed since it was read for the packs. Nothing of this pack was left on the drive. "
        "Choose the papers anew, then write the packs again."
    ),
    "papers-too-large": N_(
        "The papers on {agency} together are {size} bytes, and one file takes at most {limit}. Make the PDF files "
        "smaller or leave some out."
    ),
    "seat-name-shared": N_(
        "The seat name {seat} belongs to several persons ({persons}; agencies: {agencies}), so their packs cannot be "
        "told apart. Give each person's seat a name of its own: in a plan file change the line seat; in the program "
        "open Roster and changes, A seat of a committee, choose the seat and sign it anew."
    ),
    "no-agency-folders": N_(
        "The folder {folder} has no folder that is named after an agency. Name one for each agency, for example "
        "{example}, and put its PDF files into it."
    ),
    "not-the-secretariat": N_("Only the secretariat of the round does this. Nothing was changed."),
    "nothing-to-export": N_("There is nothing signed to export yet. Sign first."),
    "read-back-differs": N_(
        "The file {file} was written but reads back differently. It was removed. Try another drive."
    ),
    "not-the-chair": N_("Only the committee chair of this agency can do this. Nothing was changed."),
    "own-sheet-first": N_("Sign your own score sheet on this agency first. The others' scores open after that."),
    "not-revealed": N_("The scores are not opened yet. The chair signs the list of all sheets first."),
    "reveal-waits": N_(
        "You have signed the reveal already; it names sheets that are not on this laptop. Import the members' files, "
        "then the scores open. Nothing was signed."
    ),
    "already-revealed": N_("The scores of this agency are open already. Nothing was changed."),
    "items-unsettled": N_("The consensus cannot be signed yet: still open are {items}. Settle them, then sign."),
    "quorum-short": N_(
        "The consensus cannot be signed: there are {have} score sheets and the round asks for {need}. "
        "Import the missing sheets first."
    ),
    "missing-seat-unexplained": N_("Write the reason why no sheet has come from {seats}, then sign."),
    "no-consensus": N_("There is no signed consensus on this agency yet. Import it, or sign it first."),
    "no-sheet": N_("There is no signed score sheet of this seat yet."),
    "unknown-seat": N_("No panel of the round has a seat named {seat}. Choose one from the list of seats."),
    "unknown-agency": N_("The round has no agency named {agency}. Choose one from the list of agencies."),
    "no-criteria": N_("The criteria of the round are not here yet. Import the file with the roster and the criteria."),
    "result-incomplete": N_("The result cannot be published: there is no score for {items}."),
    "nothing-to-publish": N_("No agency has a complete result yet, so there is nothing to publish."),
    "results-changed": N_(
        "The results have changed since this page was opened. Nothing was signed. Read the new results, then sign."
    ),
    "official-blocked": N_(
        "The results cannot become official yet: the consensus of {agencies} is out of date, held or in conflict. "
        "Let the chair sign a new consensus and import it; a draft can be signed now."
    ),
    "publish-after-closing": N_(
        "The round is closed by its roster, so a result signed now would not count. Nothing was signed."
    ),
    "approval-body-missing": N_("Write which body approved the results. Nothing was signed."),
    "approval-meeting-missing": N_("Write the number of the meeting that approved the results. Nothing was signed."),
    "approval-date-invalid": N_(
        "The date of the meeting, {found}, is no date. Nothing was signed. Type day, month and Buddhist year."
    ),
    "approval-date-future": N_(
        "The date of the meeting, {found}, is still to come. Nothing was signed. Check the year, and this "
        "computer's clock."
    ),
    "publication-not-waiting": N_(
        "These results do not wait for a signature any more. Nothing was signed. Open the results again."
    ),
    "publication-incomplete": N_(
        "Some of the results that are to be signed are not here. Nothing was signed. Import the file of the officer "
        "who signed first once more."
    ),
    "publication-differs": N_(
        "The results to be signed are not those that this register computes, for {agencies}. Nothing was signed. "
        "Import all files of the committees in both registers, then compare again."
    ),
    "countersign-not-asked": N_(
        "The key of {person} is not among those that may sign these results. Let an officer of the secretariat sign, "
        "or publish the results anew under the roster in force."
    ),
    "already-countersigned": N_(
        "{person} has signed these results already. Nothing was changed. Another officer has to sign, on another "
        "computer."
    ),
    "nothing-to-countersign-here": N_("No official results wait for a signature here."),
    "several-publications": N_(
        "{found} different publications wait for a signature. Nothing was signed. Compare them in the window, agree on "
        "one, and sign the results anew: that takes the place of all."
    ),
    "folder-not-empty": N_("The folder {folder} holds other files. Choose an empty folder; nothing was written."),
    "cannot-write": N_("The file {file} could not be written ({why}). Choose another place, then try again."),
    "document-missing": N_("A signed document of this file is missing. Stop here and restore the last backup."),
}
