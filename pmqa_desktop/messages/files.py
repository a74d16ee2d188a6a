# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Answers about files: documents, lines, bundles, sealing, keys, drives."""

from pmqa_desktop.text import N_

FILES: dict[str, str] = {
    # --- sync: the content of a document ---
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
    # --- sync: the signed line ---
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
    # --- sync: the bundle file ---
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
    # --- sync: sealed files ---
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
    # --- sync: key files ---
    "wrong-passphrase": N_(
        "The passphrase does not open this key file. Check the keyboard language and Caps Lock, then type it again. If "
        "it still does not open, the file may be damaged: take its backup copy."
    ),
    "passphrase-missing": N_(
        "A passphrase is needed for this key file. Type it, or set PMQA_PASSPHRASE for a script, and "
        "PMQA_NEW_PASSPHRASE where a new one is chosen."
    ),
    "key-file-invalid": N_(
        "This is not a PMQA key file, or it is damaged ({found}). Take the backup copy of your key file."
    ),
    "key-file-limits": N_(
        "The key file asks for more memory or time than allowed ({found}). It was not made by PMQA Desktop; do not "
        "use it."
    ),
    "identity-closed": N_("Your key was put away. Type the passphrase again to go on."),
    # --- sync: drives and files ---
    "drive-full": N_(
        "{about}There is not enough room on the drive: {needed} bytes are needed, {free} are free. Choose another "
        "drive or make room."
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
    "file-missing": N_("There is no file {name}. Check its name, plug the drive in again, or choose the file anew."),
    "file-not-regular": N_("{name} is a folder or a device, not an ordinary file. Choose the file itself."),
    "file-unreadable": N_(
        "The file {name} cannot be read. Check that you may open it, or copy it elsewhere and try again."
    ),
    "file-too-large": N_(
        "The file {name} is larger than {limit} bytes, the most that is taken in. Ask the sender about it."
    ),
    "report-invalid": N_("This report cannot be read as a PDF file ({found}). Ask the sender for it again."),
    "report-shows-other": N_(
        "The pages of this report show {shown} where the signed result proves {proven}. Rely on the signed result and "
        "ask the secretariat for a new report."
    ),
    "report-without-documents": N_(
        "This PDF carries no signed documents, so there is nothing to verify. Ask the secretariat for the full report."
    ),
}
