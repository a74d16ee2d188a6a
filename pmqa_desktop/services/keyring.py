# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The keys of this device, in the program's home folder."""

from collections.abc import Callable
from pathlib import Path

from pmqa_desktop.services import identity
from pmqa_desktop.services.attempts import Attempts, Clock
from pmqa_desktop.services.identity import Applicant, BackedUp, OwnKey
from pmqa_desktop.services.session import iso
from pmqa_desktop.sync.exporting import Written


class Keyring:
    """Own keys, each with its count of wrong passphrases while the program runs."""

    def __init__(self, home: Path, clock: Clock, entropy: Callable[[int], bytes], app: str) -> None:
        """Keep keys in the folder `keys` of `home`; `app` is written into enrolments."""
        self._home = home
        self._clock = clock
        self._entropy = entropy
        self._app = app
        self._attempts: dict[Path, Attempts] = {}

    def keys(self) -> tuple[OwnKey, ...]:
        """Return the keys of this device, without opening them."""
        return identity.own_keys(self._home / "keys")

    def make(self, person: str, passphrase: str, *, rehearsal: bool) -> OwnKey:
        """Make a person's key on this device; the errors are those of `make_identity`."""
        return identity.make_identity(
            self._home / "keys", person, passphrase, rehearsal=rehearsal, entropy=self._entropy
        )

    def change_passphrase(self, key: Path, old: str, new: str) -> tuple[Path, ...]:
        """Give a key another passphrase, in the copies beside workspaces too; return the files written.

        Raises:
            Expected: `wrong-passphrase`, `passphrase-wait`, `passphrase-short`; the drive's own codes.
        """
        copies = tuple(sorted((self._home / "workspaces").glob("*/*.key")))
        return identity.change_passphrase(
            key, old, new, copies=copies, attempts=self._tries(key), entropy=self._entropy
        )

    def back_up(self, key: Path, folder: Path) -> BackedUp:
        """Copy a key file to another drive; the errors are those of `identity.back_up`."""
        return identity.back_up(key, folder)

    def enrol(self, key: Path, passphrase: str, applicant: Applicant, folder: Path) -> tuple[Written, OwnKey]:
        """Write the enrolment file of a key; return it and the key, whose fingerprint is to be compared.

        Raises:
            Expected: `wrong-passphrase`, `passphrase-wait`, `name-missing`, `round-invalid`; the drive's own codes.
        """
        held = identity.open_identity(key, passphrase, self._tries(key))
        try:
            made_at = iso(self._clock())
            written, _ = identity.write_enrolment(held, applicant, folder, made_at=made_at, app=self._app)
            return written, OwnKey(key, held.person, held.key, held.recipient, held.rehearsal)
        finally:
            held.close()

    def _tries(self, key: Path) -> Attempts:
        return self._attempts.setdefault(key, Attempts(self._clock))
