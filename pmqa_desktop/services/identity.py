# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A person's identity on this device: made, opened, given another passphrase, backed up, enrolled.

A key belongs to one device and a person may have several: moving to another laptop is a new key and a new
enrolment, a backup is only ever restored onto the same laptop (docs/bundle-format.md, sections 6 and 7). Beside
each key file lies a card with what is public in it, so that the keys of a device can be listed without opening
them; the card proves nothing and is written anew whenever the key was opened.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.documents import Author, Enrolment, EnrolmentBody
from pmqa_desktop.domain.payload_rules import is_id
from pmqa_desktop.domain.plaintext import typed
from pmqa_desktop.errors import Expected, Refused
from pmqa_desktop.paths import private_folder, replace_file
from pmqa_desktop.services.attempts import Attempts
from pmqa_desktop.sync.container import bundle_bytes
from pmqa_desktop.sync.envelope import sign_document
from pmqa_desktop.sync.exporting import Check, Written, neutral_name, write_file
from pmqa_desktop.sync.fingerprint import Groups, groups, short
from pmqa_desktop.sync.importing import private_folder as staging_folder
from pmqa_desktop.sync.importing import read_file
from pmqa_desktop.sync.keys import (
    LARGEST_KEY_FILE,
    Cost,
    Entropy,
    Identity,
    check_key_file,
    key_id,
    new_identity,
    read_key_file,
    write_key_file,
)
from pmqa_desktop.sync.keys import change_passphrase as rewritten
from pmqa_desktop.system import worded

KEY_ENDING = ".key"
SHORTEST_PASSPHRASE = 8
"""The least characters of a passphrase for real work; practice takes any."""
CARD_ENDING = ".card"
"""The ending of what lies beside a key file and tells, without the passphrase, whose it is: nothing secret."""
_LARGEST_CARD = 4096


@dataclass(frozen=True, slots=True)
class OwnKey:
    """A key file of this device; `person` and all after it are empty while no card tells them.

    `fingerprint` is that of the public key: four rows of four groups, compared by people on enrolment.
    """

    path: Path
    person: str = ""
    key: str = ""
    recipient: str = ""
    rehearsal: bool = False

    @property
    def fingerprint(self) -> Groups:
        """Return the key's fingerprint, empty rows while the key is not known."""
        return key_fingerprint(self.key) if self.key else ("", "", "", "")


class _Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    person: str
    key: str
    recipient: str
    rehearsal: bool


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who asks to be enrolled: the round as the secretariat's letter names it, and how to be shown."""

    round: str
    name: str
    office: str


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A copy of a key file that was read back; `same_drive` warns that it protects from no broken drive."""

    path: Path
    same_drive: bool


def key_fingerprint(key: str) -> Groups:
    """Return the fingerprint of a raw public key (64 hex digits): its key id as 4 x 4 groups of 4."""
    return groups(key_id(bytes.fromhex(key)))


# --- making and opening --------------------------------------------------------------------------------------


def make_identity(
    folder: Path,
    person: str,
    passphrase: str,
    *,
    rehearsal: bool,
    entropy: Entropy = os.urandom,
    cost: Cost | None = None,
) -> OwnKey:
    """Make new keys for a person and keep them in a file, which is flushed, read back and opened before use.

    Args:
        folder: The device's folder of keys; made when missing, for this user alone.
        person: The person's id as the secretariat uses it in the roster.
        passphrase: Protects the file; there is no other way in.
        rehearsal: Keys for practice only: quicker to open, and never allowed in a real round.
        entropy: Source of the keys.
        cost: Another cost of opening than the usual one (tests).

    Raises:
        Expected: `person-invalid`; `passphrase-missing`; `passphrase-short`; the drive's own codes.
    """
    if not is_id(person):
        raise Expected("person-invalid", found=person)
    check_new_passphrase(passphrase, rehearsal=rehearsal)
    identity = new_identity(person, entropy, rehearsal=rehearsal)
    try:
        data = write_key_file(identity, passphrase, entropy=entropy, cost=cost)
        name = f"{person}-{short(identity.keyid)}{KEY_ENDING}"
        return write_key(private_folder(folder), name, data, identity, passphrase)
    finally:
        identity.close()


def write_key(folder: Path, name: str, data: bytes, identity: Identity, passphrase: str) -> OwnKey:
    """Write a key file and its card; the file is flushed, read back and opened before it is relied on.

    Raises:
        Expected: the drive's own codes; `readback-failed`.
    """
    written = write_file(folder, name, data, lambda path: _opens(path, passphrase, identity.key))
    with suppress(OSError):  # some drives know no rights; the passphrase protects the file there
        written.path.chmod(0o600)
    try:
        with worded(name):
            return _keep_card(written.path, identity)
    except Expected:
        written.path.unlink()
        raise


def check_new_passphrase(passphrase: str, *, rehearsal: bool) -> None:
    """Refuse a passphrase that protects nothing.

    Raises:
        Expected: `passphrase-missing`; `passphrase-short`.
    """
    if not passphrase:
        raise Expected("passphrase-missing")
    if not rehearsal and len(passphrase) < SHORTEST_PASSPHRASE:
        raise Expected("passphrase-short", limit=SHORTEST_PASSPHRASE)


def _opens(path: Path, passphrase: str, key: str) -> None:
    identity = read_key_file(key_bytes(path), passphrase)
    identity.close()
    if identity.key != key:
        raise Expected("readback-failed", name=path.name)


def key_bytes(path: Path) -> bytes:
    """Return the bytes of a key file, at most one more than it may have; a pipe or device is not waited for.

    Raises:
        Expected: `no-key-file`; `file-unreadable`.
    """
    try:
        if path.exists() and not path.is_file():
            raise Expected("file-unreadable", name=path.name)
        with path.open("rb") as file:
            return file.read(LARGEST_KEY_FILE + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise Expected("no-key-file") from None
    except OSError:
        raise Expected("file-unreadable", name=path.name) from None


def open_identity(path: Path, passphrase: str, attempts: Attempts | None = None) -> Identity:
    """Open a key file; whoever gets the identity closes it.

    Args:
        path: The key file.
        passphrase: What the person typed.
        attempts: Counts the wrong ones and makes them wait.

    Raises:
        Expected: `no-key-file`; `passphrase-wait`; `wrong-passphrase`, with `wait` in seconds.
        Refused: `key-file-invalid`, `key-file-limits`.
    """
    identity = read_patiently(key_bytes(path), passphrase, attempts)
    with suppress(OSError):  # the card is a convenience: a key on a read-only drive opens all the same
        _keep_card(path, identity)
    return identity


def read_patiently(data: bytes, passphrase: str, attempts: Attempts | None) -> Identity:
    """Open the bytes of a key file and count wrong passphrases; the errors are those of `open_identity`."""
    if attempts is None:
        return read_key_file(data, passphrase)
    attempts.check()
    try:
        identity = read_key_file(data, passphrase)
    except Expected as error:
        if error.code != "wrong-passphrase":
            raise
        raise Expected("wrong-passphrase", wait=attempts.failed()) from None
    attempts.passed()
    return identity


def _keep_card(path: Path, identity: Identity) -> OwnKey:
    card = _Card(identity.person, identity.key, identity.recipient, identity.rehearsal)
    target = path.with_suffix(CARD_ENDING)
    if _read_card(target) != card:
        replace_file(target, msgspec.json.encode(card) + b"\n")
    return OwnKey(path, card.person, card.key, card.recipient, card.rehearsal)


def _read_card(path: Path) -> _Card | None:
    try:
        with path.open("rb") as file:
            card = msgspec.json.decode(file.read(_LARGEST_CARD), type=_Card)
        return card if is_id(card.person) and len(bytes.fromhex(card.key)) == 32 else None
    except (OSError, msgspec.MsgspecError, ValueError):
        return None


def key_of_card(path: Path) -> OwnKey:
    """Return what a card tells of the key file beside it.

    Raises:
        Expected: `no-key-file`; no card, or none that can be read.
    """
    card = _read_card(path)
    if card is None:
        raise Expected("no-key-file")
    return OwnKey(path.with_suffix(KEY_ENDING), card.person, card.key, card.recipient, card.rehearsal)


def own_keys(folder: Path) -> tuple[OwnKey, ...]:
    """Return the key files of a folder, by name, with what their cards tell."""
    found = []
    for path in sorted(one for one in folder.glob(f"*{KEY_ENDING}") if one.is_file()):
        card = _read_card(path.with_suffix(CARD_ENDING))
        found.append(OwnKey(path, card.person, card.key, card.recipient, card.rehearsal) if card else OwnKey(path))
    return tuple(found)


# --- passphrase and backup -----------------------------------------------------------------------------------


def change_passphrase(
    path: Path,
    old: str,
    new: str,
    *,
    copies: Sequence[Path] = (),
    attempts: Attempts | None = None,
    entropy: Entropy = os.urandom,
    cost: Cost | None = None,
) -> tuple[Path, ...]:
    """Give a key file another passphrase; whatever fails, the file stays as it was and opens by the old one.

    Args:
        path: The key file.
        old: The passphrase until now.
        new: The passphrase from now on.
        copies: Other files on this device that may hold the same key file, such as those beside workspaces.
        attempts: Counts wrong old passphrases.
        entropy: Source of the new salt.
        cost: Another cost than the usual one (tests).

    Returns:
        The files that were written: `path` and those of `copies` that were equal to it.

    Raises:
        Expected: as `open_identity`; `passphrase-missing`; `passphrase-short`; the drive's own codes.
    """
    before = key_bytes(path)
    identity = read_patiently(before, old, attempts)
    identity.close()
    check_new_passphrase(new, rehearsal=identity.rehearsal)
    after = rewritten(before, old, new, entropy=entropy, cost=cost)
    equal = [copy for copy in copies if copy != path and copy.is_file() and copy.read_bytes() == before]
    for target in (path, *equal):
        _replace(target, after, lambda written: _opens(written, new, identity.key))
    return (path, *equal)


def _replace(target: Path, data: bytes, check: Check) -> None:
    name = f"{target.name}.new"
    target.with_name(name).unlink(missing_ok=True)  # left by a power cut: the old file is still the one in force
    written = write_file(target.parent, name, data, check)
    with suppress(OSError):  # as when the key was written
        written.path.chmod(0o600)
    with worded(target.name):
        written.path.replace(target)


def back_up(path: Path, folder: Path) -> BackedUp:
    """Copy a key file, sealed as it is, into a folder on another drive and read the copy back.

    Raises:
        Expected: `no-key-file`; `name-taken`; the drive's own codes.
        Refused: `key-file-invalid`, `key-file-limits`; a copy of it would be no help.
    """
    data = key_bytes(path)
    check_key_file(data)

    def check(copy: Path) -> None:
        if copy.read_bytes() != data:
            raise Expected("readback-failed", name=copy.name)

    written = write_file(folder, path.name, data, check)
    return BackedUp(written.path, same_drive=path.stat().st_dev == written.path.stat().st_dev)


# --- enrolment -----------------------------------------------------------------------------------------------


def enrolment(identity: Identity, applicant: Applicant, *, made_at: str, app: str) -> Admitted:
    """Sign the request to enter this key into the round's roster, with the proof that its sender holds it.

    Raises:
        Expected: `name-missing`; `round-invalid`.
    """
    name, office = typed(applicant.name).strip(), typed(applicant.office).strip()
    if not name:
        raise Expected("name-missing")
    if not is_id(applicant.round):
        raise Expected("round-invalid", found=applicant.round)
    body = EnrolmentBody(name, office, identity.key, identity.recipient, identity.prove_possession())
    document = Enrolment(
        round=applicant.round,
        rehearsal=identity.rehearsal,
        author=Author(identity.person, identity.key),
        seq=1,
        app=app,
        made_at=made_at,
        body=body,
    )
    return sign_document(document, identity)


def write_enrolment(
    identity: Identity, applicant: Applicant, folder: Path, *, made_at: str, app: str
) -> tuple[Written, Admitted]:
    """Write the enrolment file for the secretariat; it is clear, everything in it is public.

    Returns:
        The file, and the enrolment; the secretariat compares the fingerprint of its key (`key_fingerprint`).

    Raises:
        Expected: `name-missing`; `round-invalid`; the drive's own codes.
    """
    admitted = enrolment(identity, applicant, made_at=made_at, app=app)
    header = admitted.document
    data = bundle_bytes((admitted,), identity, round=header.round, rehearsal=header.rehearsal, made_at=made_at, app=app)
    name = neutral_name(header.round, admitted.digest)
    return write_file(folder, name, data, lambda path: _reads_back(path, admitted)), admitted


def _reads_back(path: Path, admitted: Admitted) -> None:
    with staging_folder() as staging:
        found = read_file(path, None, staging).documents
    if found != (admitted,):
        raise Refused("readback-failed", name=path.name)
