# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Why a document is stored and does not count, and what is wrong with a roster."""

from pmqa_desktop.text import N_

TRUST: dict[str, str] = {
    # --- trust and merge: why a document is stored and does not count ---
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
        "and shows both. Settle it with the other officers by a roster that takes the place of both."
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
    "seq-jump": N_(
        "The number of this revision does not follow the number of the one it replaces, so it is not counted and takes "
        "nobody's place. Ask the signer to sign the next revision from the laptop that signed the last one."
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
    "to-endorse": N_(
        "Complete and checked; nothing is missing here. The other members' sheets go to the chair and the secretariat "
        "only. Next: press Read and endorse at this agency, read it, and sign whether you agree."
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
}
