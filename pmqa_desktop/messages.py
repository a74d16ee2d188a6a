# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The one place that words every code of the core, for the window and the command line, in both languages.

Codes are stable once released. A message says where, what was found, why it is so, and what to do next.
Fields may hold text from a hostile file: control characters are replaced and long values cut before wording.
"""

import re
import string
import unicodedata
from collections.abc import Callable, Iterable, Mapping

from pmqa_desktop.errors import PmqaError, Refusal
from pmqa_desktop.text import N_, current_language, translator

_LONGEST_FIELD = 200
# Fields that may hold a message id of their own (pmqa_desktop.domain.criteria.wording).
_WORDED = frozenset({"expected", "found"})
_UNSHOWABLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_LINE = re.compile(r"line (\d+)(?:: (.*))?", re.DOTALL)

MESSAGES: dict[str, str] = {
    # --- everywhere -------------------------------------------------------------------------------------------
    "cancelled": N_("Stopped as you asked. What was complete is kept; the rest was not begun."),
    # --- sync: the content of a document ----------------------------------------------------------------------
    "not-a-document": N_(
        "{where}: this is not a PMQA document ({found}). The file was damaged or made by another program; ask the "
        "sender for it again."
    ),
    "not-canonical": N_(
        "{where}: the document is not written in its one exact form, so a signature under it proves nothing. Ask the "
        "sender to export it again with PMQA Desktop."
    ),
    "has-float": N_(
        "{where}: a decimal number ({found}) stands where only whole numbers are allowed. Ask the sender to export it"
        " again with PMQA Desktop."
    ),
    "integer-too-large": N_(
        "{where}: a number is too large to be the same in every program. The file was not made by PMQA Desktop; do "
        "not use it."
    ),
    "too-deep": N_(
        "{where}: the content is nested more than {limit} levels deep. The file was not made by PMQA Desktop; do not "
        "use it."
    ),
    "unknown-field": N_(
        "{where}: the field {found} is not known. The sender may use a newer PMQA Desktop: bring this computer up to "
        "date, then import again."
    ),
    "text-refused": N_(
        "{where}: a text holds the invisible or forbidden character {found}, which could make it look different from "
        "what was signed. Ask the sender to remove it and sign again."
    ),
    "text-too-long": N_("{where}: one text is longer than {limit} bytes. Ask the sender to shorten it and sign again."),
    "key-not-ascii": N_(
        "{where}: the field name {found} has letters other than plain English ones. The file was not made by PMQA "
        "Desktop; do not use it."
    ),
    "id-invalid": N_(
        "{where}: {found} is not a valid identifier (letters, digits, dot, hyphen, underscore; at most 64). Ask the "
        "sender to export it again."
    ),
    "digest-invalid": N_(
        "{where}: {found} is not a document fingerprint of the right form. Ask the sender to export the file again."
    ),
    "key-invalid": N_("{where}: {found} is not a public key of the right form. Ask the sender to make a new identity."),
    "value-invalid": N_("{where}: the value {found} is not allowed here. Ask the sender to correct it and sign again."),
    "seq-invalid": N_(
        "{where}: the revision number {found} is not allowed; it starts at 1. Ask the sender to export the file again."
    ),
    "reason-missing": N_(
        "{where}: a revision or exception is given without its reason. Ask the sender to add the reason and sign again."
    ),
    "parent-missing": N_(
        "{where}: this is a later revision but does not name the one it replaces. Ask the sender to sign it again."
    ),
    "parent-unexpected": N_(
        "{where}: this is a first version but claims to replace another document. Ask the sender to sign it again."
    ),
    "list-not-sorted": N_(
        "{where}: a list is out of order or names something twice. The file was not made by PMQA Desktop; ask the "
        "sender to export it again."
    ),
    "agency-missing": N_(
        "{where}: the document does not say which agency it is about. Ask the sender to sign it again."
    ),
    "cosigners-not-allowed": N_(
        "{where}: this kind of document is signed by one person only, but it names others. Do not use it; tell the "
        "secretariat."
    ),
    # --- sync: the signed line --------------------------------------------------------------------------------
    "envelope-invalid": N_(
        "{where}: this line is not a signed PMQA document ({found}). The file was damaged or is of another kind; ask "
        "the sender for it again."
    ),
    "envelope-not-canonical": N_(
        "{where}: the line is not written in its one exact form. The file was changed after it was made; ask the "
        "sender for it again."
    ),
    "type-unknown": N_(
        "{where}: the document type {found} is not known. The sender may use a newer PMQA Desktop: bring this "
        "computer up to date, then import again."
    ),
    "kind-mismatch": N_(
        "{where}: the document says it is one kind and its envelope says {found}. Do not use it; tell the secretariat."
    ),
    "signature-missing": N_(
        "{where}: the author's signature is missing. Do not use the file; ask the sender to sign it."
    ),
    "signature-invalid": N_(
        "{where}: a signature does not fit the content: the document was changed after signing or damaged on the way."
        " Nothing was imported; ask the sender for the file again."
    ),
    "signature-not-allowed": N_(
        "{where}: somebody signed this document who may not sign it (key {found}). Do not use it; tell the secretariat."
    ),
    "signatures-not-sorted": N_(
        "{where}: the signatures are out of order or one stands twice. Ask the sender to export the file again."
    ),
    "too-many-signatures": N_(
        "{where}: more signatures than allowed ({limit}). Do not use the file; tell the secretariat."
    ),
    "key-degenerate": N_(
        "{where}: the signing key is of a broken kind that would accept false signatures. Do not use the file; tell "
        "the secretariat."
    ),
    "proof-invalid": N_(
        "{where}: the enrolment does not prove that its sender holds the key. Ask the person to make the enrolment "
        "file again."
    ),
    # --- sync: the bundle file --------------------------------------------------------------------------------
    "file-empty": N_("The file is empty. It was probably not copied to the end; ask the sender for it again."),
    "not-a-bundle": N_(
        "This is not a PMQA file ({found}). Choose a file that ends in .pmqa, or ask the sender for it again."
    ),
    "bundle-truncated": N_(
        "{where}: the file ends too early; a part is missing. It was probably not copied to the end; copy it again or"
        " ask the sender."
    ),
    "bundle-too-large": N_(
        "The file is larger than {limit} bytes, the most that is allowed for its kind. Ask the sender about it."
    ),
    "line-too-long": N_(
        "{where}: the line is longer than {limit} bytes, the most that is allowed here. Do not use the file; ask the "
        "sender."
    ),
    "too-many-lines": N_(
        "The file lists more than {limit} parts, the most that is allowed. Ask the sender to split it."
    ),
    "manifest-missing": N_(
        "{where}: the file does not begin with its table of contents. Ask the sender for the file again."
    ),
    "manifest-invalid": N_("{where}: the table of contents is not valid ({found}). Ask the sender for the file again."),
    "entry-duplicate": N_(
        "{where}: the table of contents lists the same thing twice. Ask the sender for the file again."
    ),
    "entry-missing": N_(
        "{where}: a document that the table of contents lists is missing. The file was cut off or changed; ask the "
        "sender for it again."
    ),
    "entry-order": N_(
        "{where}: the documents stand in another order than listed. The file was changed; ask the sender for it again."
    ),
    "entry-mismatch": N_(
        "{where}: the document found is not the one that the table of contents lists. The file was changed; ask the "
        "sender for it again."
    ),
    "trailing-data": N_("{where}: the file goes on after its end. It was changed; ask the sender for it again."),
    "other-round": N_(
        "{where}: the document belongs to another evaluation round ({found}). Open the workspace of that round and "
        "import it there."
    ),
    "other-rehearsal": N_(
        "{where}: practice and real evaluations never mix, and this document is of the other sort. Import it where it"
        " belongs."
    ),
    "blob-part-invalid": N_("{where}: a part of an attached file is not valid. Ask the sender for the file again."),
    "blob-order": N_("{where}: the parts of an attached file are out of order. Ask the sender for the file again."),
    "blob-missing": N_("{where}: an attached file or a part of it is missing. Copy the file again or ask the sender."),
    "blob-changed": N_(
        "{where}: an attached file is not the one that was signed for. Ask the sender for the file again."
    ),
    # --- sync: sealed files -----------------------------------------------------------------------------------
    "sealed-key-needed": N_("The file is sealed. Open it with the key file of the person it was sent to."),
    "not-for-this-key": N_(
        "The file is sealed for somebody else, or for an earlier key of yours. Ask the sender to seal it for your "
        "present key."
    ),
    "age-passphrase-refused": N_(
        "The file is sealed with a passphrase instead of keys. Such files are not opened; ask the sender to export it"
        " from PMQA Desktop."
    ),
    "age-armour-refused": N_(
        "The file is sealed in a text form that is not used here. Ask the sender to export it from PMQA Desktop."
    ),
    "sealed-header-invalid": N_(
        "The sealed file begins wrongly ({found}). It was damaged on the way; ask the sender for it again."
    ),
    "sealed-damaged": N_(
        "The sealed file is damaged or cut off; nothing of it was used. Copy it again or ask the sender for it again."
    ),
    "recipient-invalid": N_(
        "{found} is not an address that a file can be sealed to. Ask the secretariat for a corrected roster."
    ),
    # --- sync: key files --------------------------------------------------------------------------------------
    "wrong-passphrase": N_(
        "The passphrase does not open this key file. Check the keyboard language and Caps Lock, then type it again."
    ),
    "passphrase-missing": N_("A passphrase is needed for this key file. Type it, or set PMQA_PASSPHRASE for a script."),
    "key-file-invalid": N_(
        "This is not a PMQA key file, or it is damaged ({found}). Take the backup copy of your key file."
    ),
    "key-file-limits": N_(
        "The key file asks for more memory or time than allowed ({found}). It was not made by PMQA Desktop; do not "
        "use it."
    ),
    "identity-closed": N_("Your key was put away. Type the passphrase again to go on."),
    # --- sync: drives and files -------------------------------------------------------------------------------
    "drive-full": N_(
        "There is not enough room on the drive: {needed} bytes are needed, {free} are free. Choose another drive or "
        "make room."
    ),
    "drive-read-only": N_("Nothing can be written there. Take off the write protection or choose another place."),
    "drive-gone": N_(
        "The drive could not be read or written to the end; perhaps it was pulled out. Plug it in and try again."
    ),
    "name-taken": N_(
        "A file named {name} is already there and was left as it is. Choose another folder or move that file away."
    ),
    "name-invalid": N_("{name} cannot be the name of a file. Choose another name."),
    "readback-failed": N_(
        "The file just written cannot be read back as it was written, so it was removed. Use another drive."
    ),
    "file-missing": N_("The file {name} is not there any more. Plug the drive in again or choose the file anew."),
    "file-not-regular": N_("{name} is not an ordinary file. Choose a file that ends in .pmqa."),
    "file-unreadable": N_(
        "The file {name} cannot be read. Check that you may open it, or copy it elsewhere and try again."
    ),
    "file-too-large": N_(
        "The file {name} is larger than {limit} bytes, the most that is taken in. Ask the sender about it."
    ),
    "report-invalid": N_("This report cannot be read as a PDF file ({found}). Ask the sender for it again."),
    "report-without-documents": N_(
        "This PDF carries no signed documents, so there is nothing to verify. Ask the secretariat for the full report."
    ),
    # --- trust and merge: why a document is stored and does not count --------------------------------------------
    "no-roster": N_("There is no roster here yet, so nothing can count. Import the round's roster file."),
    "no-trusted-roster": N_(
        "No roster of this live round was named as the trusted one, so nothing counts. Name the round's first "
        "roster after comparing its fingerprint with the secretariat's printed page."
    ),
    "trusted-roster-missing": N_(
        "The roster that this registry was named by is not here. Import the round's roster file again."
    ),
    "rival-rosters": N_(
        "Two first rosters of rehearsals are here and none was named, so nothing counts. Name the right one by "
        "its fingerprint."
    ),
    "roster-fork": N_(
        "Two different next rosters were signed with enough signatures. The program stays at the last agreed one "
        "and shows both; the secretariat must settle which one stands."
    ),
    "roster-not-first": N_(
        "A round is named by its first roster, and this one is a later version. Name roster number 1 of the round."
    ),
    "roster-not-next": N_(
        "This roster does not follow the newest one: its number or the version it replaces does not fit. Ask the "
        "secretariat for the roster file of the round."
    ),
    "roster-round-changed": N_(
        "This roster names another round, or changes between rehearsal and live, than the roster it replaces; "
        "that is never allowed. Ask the secretariat for the right file."
    ),
    "roster-threshold-low": N_(
        "This roster asks for too few signatures: a live round needs at least two. Ask the secretariat for a "
        "roster with a higher threshold."
    ),
    "roster-roots-few": N_(
        "This roster names too few persons who may sign it: a live round needs one more than the signatures asked "
        "for. Ask the secretariat to add a person."
    ),
    "roster-key-twice": N_(
        "This roster gives one key to two persons, so nobody could tell who signed. Ask the secretariat to correct it."
    ),
    "roster-seat-twice": N_(
        "This roster has a seat or a person twice on one panel, or two panels for one agency. Ask the secretariat "
        "to correct it."
    ),
    "rehearsal-key": N_(
        "This live roster names a key that signed in a rehearsal. Keys of a rehearsal are never used in a live "
        "round: let that person make a new key and enrol again."
    ),
    "under-signed": N_(
        "Not enough of the persons who must sign this have signed. Let the missing ones countersign, then import "
        "it again."
    ),
    "other-roster": N_(
        "This was made under a roster that is not part of this round's chain. Ask the sender to import the "
        "round's newest roster and sign again."
    ),
    "not-this-round": N_(
        "This document belongs to another round, or to a rehearsal instead of the live round. It is kept and does "
        "not count here."
    ),
    "key-unknown": N_(
        "The newest roster does not name the key that signed this. If the person changed the laptop, let them "
        "enrol the new key with the secretariat."
    ),
    "key-not-yours": N_(
        "This was signed in one person's name with another person's key, so it does not count. Show it to the "
        "secretariat."
    ),
    "key-compromised": N_(
        "The key that signed this was reported lost or stolen, and the roster does not keep this document. Let "
        "the person sign it again with the new key."
    ),
    "key-retired": N_("This was signed with a key after it was taken out of use. Sign it again with the key in use."),
    "after-closing": N_(
        "The round was closed and this document is not among those that the closing roster accepted. It is kept "
        "and does not count."
    ),
    "role-not-yours": N_(
        "The signer's role in the roster does not allow this kind of document, so it does not count. Ask the "
        "secretariat who is to sign it."
    ),
    "seat-not-yours": N_(
        "The signer has no seat on this agency's panel, or names another seat than the roster does, so this does "
        "not count. Check the roster with the secretariat."
    ),
    "signer-recused": N_(
        "The signer recused themselves from this agency, so this does not count. If that was a mistake, let them "
        "sign a new declaration first."
    ),
    "chair-replaced": N_(
        "The newest roster names another chair for this panel and does not keep this document. Let the present "
        "chair sign anew."
    ),
    "superseded": N_("A newer revision has taken its place; this one is kept for the record."),
    "two-versions": N_(
        "Two different versions were signed under the same number, so none counts. Let the owner sign a new "
        "revision that replaces both."
    ),
    "stale": N_(
        "What this rests on has changed since it was signed: a sheet or a consensus came or was replaced. Look at "
        "what changed and sign a new revision."
    ),
    "parent-awaited": N_(
        "A document that this one rests on is not here yet: an earlier revision, a sheet, or its roster or "
        "criteria. Import that file; this one then counts by itself."
    ),
    "parent-mismatch": N_(
        "This names a document that it cannot rest on: of another person, agency or kind, or not older than "
        "itself. Ask the signer to sign again."
    ),
    "roster-not-named": N_(
        "This does not say under which roster it was signed, so it cannot count. Ask the signer to export it "
        "again with the round's roster."
    ),
    "other-criteria": N_(
        "This was scored under other criteria than the round's present ones. Let the signer import the present "
        "criteria, check the scores and sign again."
    ),
    "criteria-unsettled": N_(
        "It is not settled which criteria the round uses, so no sheet counts. Let the secretariat sign the "
        "criteria that replace the disputed ones."
    ),
    "criteria-not-in-roster": N_(
        "The newest roster names other criteria than these. They count once a roster names them."
    ),
    "own-sheet-missing": N_(
        "The chair revealed the sheets without an own scored sheet among them, so the reveal does not count. Let "
        "the chair sign the own sheet first, then reveal again."
    ),
    "own-sheet-mismatch": N_(
        "The member confirmed a sheet that is not the own one in this consensus. Let the member look at the "
        "consensus and sign again."
    ),
    "reveal-not-counted": N_(
        "The reveal that this consensus rests on does not count. Let the chair sign a new reveal and then a new "
        "revision of the consensus."
    ),
    "consensus-not-counted": N_(
        "The consensus that this rests on does not count. Settle the consensus first, then sign again."
    ),
    "items-not-yours": N_(
        "This sheet answers items that the roster did not give to this seat. Let the signer remove them and sign "
        "again, or ask the secretariat."
    ),
    # --- criteria and scoring ---------------------------------------------------------------------------------
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
    # --- remarks on judgements --------------------------------------------------------------------------------
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
    # --- desks: evaluator, chair, secretariat -----------------------------------------------------------------
    "not-your-agency": N_("This agency is not among those of your seat. Nothing was changed. Ask the secretariat."),
    "item-not-yours": N_("Item {item} is not judged by your seat. Nothing was changed."),
    "declare-first": N_("Declare your ties with this agency first. Its papers and its score sheet open after that."),
    "already-declared": N_("You have signed this declaration already. Nothing was changed."),
    "recused": N_("You have recused yourself from this agency, so its papers and scores stay closed to you."),
    "reason-needed": N_("Write the reason first. It is signed together with your decision."),
    "sheet-incomplete": N_("The sheet cannot be signed yet: there is no score for {items}. Score them, then sign."),
    "sheet-too-large": N_("The sheet is too large for one file. Shorten the longest comments, then sign."),
    "nothing-changed": N_("Nothing has changed since you last signed, so there is nothing to sign."),
    "key-locked": N_("Your key is locked. Enter your passphrase to go on."),
    "no-key-file": N_("There is no signing key on this laptop. Open the key file that you made for this round."),
    "key-of-another-person": N_("This key belongs to another person. Choose your own key file."),
    "not-a-pack": N_("This file is not a pack of a seat. Choose the file that the secretariat made for you."),
    "pack-of-another-person": N_("This pack is for the seat {seat} of another person. Choose your own pack."),
    "paper-not-here": N_("This paper is not in the pack on this laptop. Ask the secretariat for a new pack."),
    "nothing-to-export": N_("There is nothing signed to export yet. Sign first."),
    "read-back-differs": N_(
        "The file {file} was written but reads back differently. It was removed. Try another drive."
    ),
    "not-the-chair": N_("Only the committee chair of this agency can do this. Nothing was changed."),
    "own-sheet-first": N_("Sign your own score sheet on this agency first. The others' scores open after that."),
    "not-revealed": N_("The scores are not opened yet. The chair signs the list of all sheets first."),
    "already-revealed": N_("The scores of this agency are open already. Nothing was changed."),
    "items-unsettled": N_("The consensus cannot be signed yet: still open are {items}. Settle them, then sign."),
    "quorum-short": N_(
        "The consensus cannot be signed: there are {have} score sheets and the round asks for {need}. "
        "Import the missing sheets first."
    ),
    "missing-seat-unexplained": N_("Write the reason why no sheet has come from {seats}, then sign."),
    "no-consensus": N_("There is no signed consensus on this agency yet. Import it, or sign it first."),
    "no-sheet": N_("There is no signed score sheet of this seat yet."),
    "unknown-agency": N_("The round has no agency named {agency}. Choose one from the list of agencies."),
    "no-criteria": N_("The criteria of the round are not here yet. Import the file with the roster and the criteria."),
    "result-incomplete": N_("The result cannot be published: there is no score for {items}."),
    "nothing-to-publish": N_("No agency has a complete result yet, so there is nothing to publish."),
    "folder-not-empty": N_("The folder {folder} holds other files. Choose an empty folder; nothing was written."),
    "cannot-write": N_("The file {file} could not be written ({why}). Choose another place, then try again."),
    "document-missing": N_("A signed document of this file is missing. Stop here and restore the last backup."),
    # --- store and registry ------------------------------------------------------------------------------------
    "store-missing": N_("There is no file named {file}. Check the name, or choose the file anew."),
    "not-a-workspace": N_("{file} is not a data file of PMQA Desktop. It was left as it is; choose another file."),
    "store-too-new": N_(
        "{file} was written by a newer PMQA Desktop (data version {found}; this one knows {known}). It was left as"
        " it is; bring this program up to date."
    ),
    "store-damaged": N_(
        "The data file {file} is damaged ({found}). Stop here, keep the file, and restore the last backup."
    ),
    "store-busy": N_("{file} is in use by another window or program. Close it there, then try again."),
    "disk-full": N_(
        "The drive is full, so nothing of this step was kept; what was saved before is safe. Make room on the "
        "drive, then try again."
    ),
    "store-read-only": N_("{file} can only be read. Copy it to a folder that you may write to and open it there."),
    "store-cannot-open": N_("{file} cannot be opened or made there. Check the folder and that you may write to it."),
    "store-io": N_(
        "The drive did not take the data ({found}), so nothing of this step was kept. Check the drive and its free"
        " room, then try again."
    ),
    "backup-failed": N_("The copy {file} could not be written ({found}). Choose another folder or drive."),
    "document-damaged": N_(
        "{where}: a stored document is no longer what was signed. Stop here and restore the last backup, or import"
        " the files again into a new registry."
    ),
    "derived-different": N_(
        "The derived tables do not say what the documents say. Make them anew with rebuild-index; no document is "
        "lost by it."
    ),
    "holding-area-full": N_(
        "Too many documents ({documents}) wait for a roster that names their signers, so this file was not taken "
        "in. Import the roster first, then this file again."
    ),
    "roster-not-here": N_(
        "{file} does not hold exactly one first roster ({found} found). Choose the roster file that the "
        "secretariat sent first."
    ),
    "system-refused": N_(
        "The computer did not allow this ({found}). Check the folder and your rights there, then try again."
    ),
    "command-misused": N_("The command was not written as it should be: {found}"),
}

_UNKNOWN = N_("The program answered with the code {code}. Note it down and tell the secretariat.")
_LINE_ONLY = N_("Line {line}")
_LINE_AND_FIELD = N_("Line {line}, {field}")
_WHOLE_FILE = N_("In this file")


def word(code: str, fields: Mapping[str, object] | Iterable[tuple[str, object]], language: str | None = None) -> str:
    """Word `code` with its fields, in `language` or else the current one; never raises.

    A missing field shows as `?`; an unknown code is told by its name.
    """
    translate = translator(language or current_language())
    known = {str(key): value for key, value in dict(fields).items()}
    for key in _WORDED & known.keys():
        known[key] = translate(str(known[key]))
    shown = _Shown({key: showable(value) for key, value in known.items() if key != "where"})
    shown["where"] = _place(showable(known.get("where", "")), translate)
    shown["code"] = showable(code)
    return string.Formatter().vformat(translate(MESSAGES.get(code, _UNKNOWN)), (), shown)


def word_error(error: PmqaError, language: str | None = None) -> str:
    """Word an error of the core, in `language` or else the current one."""
    return word(error.code, error.fields, language)


def word_refusal(refusal: Refusal, language: str | None = None) -> str:
    """Word the refusal of a file that a report kept."""
    return word(refusal.code, (("where", refusal.where), *refusal.fields), language)


def showable(value: object) -> str:
    """Return `value` as one line of plain text: control and invisible characters replaced, cut after 200."""
    text = str(value)
    cut = text[:_LONGEST_FIELD] + ("…" if len(text) > _LONGEST_FIELD else "")
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in _UNSHOWABLE else c for c in cut)


class _Shown(dict[str, str]):
    """The fields of a message; whatever is missing shows as a question mark."""

    def __missing__(self, key: str) -> str:
        return "?"


def _place(where: str, translate: Callable[[str], str]) -> str:
    found = _LINE.fullmatch(where)
    if found is None:
        return where or translate(_WHOLE_FILE)
    line, field = found.groups()
    if field:
        return translate(_LINE_AND_FIELD).format(line=line, field=field)
    return translate(_LINE_ONLY).format(line=line)
