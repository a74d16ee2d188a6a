# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Answers of the store and the registry."""

from pmqa_desktop.text import N_

STORAGE: dict[str, str] = {
    # --- store and registry ---
    "store-missing": N_("There is no file named {file}. Check the name, or choose the file anew."),
    "not-a-workspace": N_("{file} is not a data file of PMQA Desktop. It was left as it is; choose another file."),
    "store-too-new": N_(
        "{file} was written by a newer PMQA Desktop (data version {found}; this one knows {known}). It was left as"
        " it is; bring this program up to date."
    ),
    "store-damaged": N_(
        "The data file {file} is damaged ({found}). Stop here, keep the file, and restore the last backup."
    ),
    "workspace-closed": N_("{file} is closed. Open it again to go on; everything typed before is kept."),
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
    "store-engine-old": N_("The database engine on this computer is too old ({found}). Install the program anew."),
    "backup-failed": N_("The copy {file} could not be written ({found}). Choose another folder or drive."),
    "backup-damaged": N_(
        "The backup {file} is damaged ({found}), so nothing was put back and everything here is as it was. Take an "
        "earlier backup."
    ),
    "document-damaged": N_(
        "{where}: a stored document is no longer what was signed. Stop here and restore the last backup, or import"
        " the files again into a new registry."
    ),
    "derived-different": N_(
        "The derived tables do not say what the documents say. Make them anew with rebuild-index; no document is "
        "lost by it."
    ),
    "holding-area-full": N_(
        "Too much waits for a roster that names its signers ({documents} documents), so this file was not taken in. "
        "Import the roster first, or discard what does not belong to this round, then import this file again."
    ),
    "not-held": N_(
        "{found} names no document that waits here, or more than one. Look at the list and give more groups of the "
        "fingerprint. Nothing was discarded."
    ),
    "roster-not-here": N_(
        "{file} does not hold exactly one first roster ({found} found). Choose the roster file that the "
        "secretariat sent first."
    ),
    "no-roster-given": N_("There is no roster in what was given. Add the roster file that the secretariat sent first."),
    "trust-not-found": N_(
        "{found} is neither a file nor a digest of 64 letters and digits. Give the file with the round's first roster,"
        " or its digest as a person checked it."
    ),
    "system-full": N_(
        "{about}There is no room left on the drive, so nothing of this step was kept; what was saved before is safe. "
        "Delete files that you do not need, then try again."
    ),
    "system-read-only": N_(
        "{about}The drive can only be read. Take off its write protection or choose another place, then try again."
    ),
    "system-not-allowed": N_(
        "{about}You have no right to read or write there. Ask whoever looks after this computer, or choose another "
        "place."
    ),
    "system-missing": N_("{about}The file or folder is not there any more. Plug its drive in again or choose anew."),
    "system-drive-fault": N_(
        "{about}The drive reported a fault. Plug it in again; if that does not help, use another drive and make a "
        "backup."
    ),
    "system-too-many-files": N_(
        "{about}Too many files are open at once on this computer. Close other programs, then try again."
    ),
    "system-name-too-long": N_("{about}The name is too long for this drive. Choose a shorter name or folder."),
    "system-refused": N_(
        "{about}The computer did not allow this ({found}). Check the folder and your rights there, then try again."
    ),
    "command-misused": N_("The command was not written as it should be: {found}"),
}
