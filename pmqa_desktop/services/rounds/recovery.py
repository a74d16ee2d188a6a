# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The secretariat's recovery key: made onto two media for the safe, tried now and then, used when all else is lost.

It is a key file like any other, but no roster names its signing half: it opens what was sealed and signs nothing that
counts. Rosters name its recipient, and what goes to the secretariat is sealed to it too (docs/bundle-format.md,
section 4). It is never kept on a working laptop, and using it on a registry is logged.
"""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pmqa_desktop.domain.documents import Roster
from pmqa_desktop.domain.trust import follow_chain, roster_of
from pmqa_desktop.errors import Expected, Refusal
from pmqa_desktop.progress import Progress
from pmqa_desktop.services.attempts import Attempts
from pmqa_desktop.services.exchange.checking import first_roster_of
from pmqa_desktop.services.exchange.given import expand
from pmqa_desktop.services.exchange.intake import ImportReport, import_files
from pmqa_desktop.services.identity import (
    CARD_ENDING,
    KEY_ENDING,
    OwnKey,
    check_new_passphrase,
    key_bytes,
    key_of_card,
    read_patiently,
    write_key,
)
from pmqa_desktop.services.rounds.rosters import newest, read_rosters
from pmqa_desktop.services.session import Session
from pmqa_desktop.sync.fingerprint import short
from pmqa_desktop.sync.keys import Cost, Entropy, Identity, new_identity, write_key_file
from pmqa_desktop.sync.sealing import HEAD_BYTES, is_sealed
from pmqa_desktop.sync.verifying import inspect_file

RECOVERY = "recovery"
"""The name inside a recovery key file, in the place of a person's."""
LEAST_MEDIA = 2
"""On how many media the key of a real round is written: one drive fails sooner or later."""


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """A new recovery key: `keys` are equal copies; `same_drive` warns that two of them lie on one drive."""

    keys: tuple[OwnKey, ...]
    same_drive: bool

    @property
    def recipient(self) -> str:
        """Return what a roster names: the age recipient."""
        return self.keys[0].recipient


@dataclass(frozen=True, slots=True)
class Drilled:
    """One file of a drill: whether it was sealed, how many documents came out, and what stood in the way."""

    file: str
    sealed: bool
    documents: int
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Drill:
    """What a trial of a recovery key found; `named` tells whether the newest roster names it, None without one."""

    recipient: str
    rehearsal: bool
    named: bool | None
    files: tuple[Drilled, ...]

    @property
    def opened(self) -> int:
        """Return how many sealed files opened."""
        return sum(one.sealed and one.refusal is None for one in self.files)

    @property
    def passed(self) -> bool:
        """Tell whether the key would save the round: it opened something sealed, all of it, and is the one named."""
        return self.opened > 0 and all(one.refusal is None for one in self.files) and self.named is not False


def make_recovery(
    folders: Sequence[Path],
    passphrase: str,
    *,
    rehearsal: bool,
    entropy: Entropy = os.urandom,
    cost: Cost | None = None,
) -> RecoveryKey:
    """Make a recovery key and write it, the same bytes, onto each medium; every copy is read back and opened.

    Beside each key file lies its card, which holds nothing secret: a roster is given the card.

    Args:
        folders: Folders on the media; in a real round two or more. When one fails, none keeps a copy.
        passphrase: Protects every copy; kept apart from them.
        rehearsal: A key for practice only.
        entropy: Source of the keys.
        cost: Another cost of opening than the usual one (tests).

    Raises:
        Expected: `recovery-two-places`; `passphrase-missing`; `passphrase-short`; the drive's own codes.
    """
    check_new_passphrase(passphrase, rehearsal=rehearsal)
    places = list(dict.fromkeys(Path(os.path.realpath(folder)) for folder in folders))
    if len(places) < (1 if rehearsal else LEAST_MEDIA):
        raise Expected("recovery-two-places", limit=LEAST_MEDIA)
    identity = new_identity(RECOVERY, entropy, rehearsal=rehearsal)
    written: list[OwnKey] = []
    try:
        data = write_key_file(identity, passphrase, entropy=entropy, cost=cost)
        name = f"{RECOVERY}-{short(identity.keyid)}{KEY_ENDING}"
        for place in places:
            written.append(write_key(place, name, data, identity, passphrase))
    except BaseException:
        for one in written:
            for left in (one.path, one.path.with_suffix(CARD_ENDING)):
                with suppress(OSError):
                    left.unlink(missing_ok=True)
        raise
    finally:
        identity.close()
    drives = {one.path.stat().st_dev for one in written}
    return RecoveryKey(tuple(written), same_drive=len(drives) < len(written))


def recipient_named(told: str) -> str:
    """Return the recipient that somebody gave as `age1...`, or by the card or key file of the recovery key.

    Raises:
        Expected: `recovery-card-invalid`; a file without a readable card.
    """
    if told.startswith("age1"):
        return told
    try:
        return key_of_card(Path(told).with_suffix(CARD_ENDING)).recipient
    except Expected:
        raise Expected("recovery-card-invalid", file=Path(told).name) from None


def drill(
    key_file: Path,
    passphrase: str,
    paths: Iterable[Path],
    roster_files: Sequence[Path] = (),
    attempts: Attempts | None = None,
    progress: Progress | None = None,
) -> Drill:
    """Try a recovery key on sealed files, without taking anything in: does it open them, is it the one named?

    Args:
        key_file: One copy; try the other one next time.
        passphrase: Its passphrase.
        paths: Sealed files of the round, and folders of them.
        roster_files: Files with the round's rosters, if the roster is to be asked.
        attempts: Counts wrong passphrases.
        progress: Told before each file.

    Raises:
        Cancelled: somebody asked to stop.
        Expected: `nothing-sealed`, no file given is sealed, so nothing was tried; `not-a-recovery-key`;
            `rehearsal-key`, a practice key in a real round; the key's own codes; the chain's own problem.
        Refused: a roster file is refused.
    """
    identity = _open(key_file, passphrase, attempts)
    try:
        return _drill(identity, _rosters_in(roster_files), paths, progress)
    finally:
        identity.close()


def _drill(identity: Identity, rosters: Sequence[Roster], paths: Iterable[Path], progress: Progress | None) -> Drill:
    """Try an open key; `rosters` are the newest ones, several in a fork, none where no roster is asked."""
    if identity.rehearsal and any(not one.rehearsal for one in rosters):
        raise Expected("rehearsal-key")
    named = any(one.body.recovery == identity.recipient for one in rosters) if rosters else None
    found, files = tuple(expand(paths)), []
    for done, (path, name) in enumerate(found):
        (progress or Progress()).step(done, len(found), name)
        files.append(_drilled(path, name, identity))
    if not any(one.sealed for one in files):
        raise Expected("nothing-sealed")
    return Drill(identity.recipient, identity.rehearsal, named, tuple(files))


def _open(key_file: Path, passphrase: str, attempts: Attempts | None) -> Identity:
    identity = read_patiently(key_bytes(key_file), passphrase, attempts)
    if identity.person != RECOVERY:
        identity.close()
        raise Expected("not-a-recovery-key", file=key_file.name)
    return identity


def _rosters_in(roster_files: Sequence[Path]) -> tuple[Roster, ...]:
    if not roster_files:
        return ()
    documents = read_rosters(roster_files)
    first = first_roster_of(tuple(documents.values()), roster_files[0].name)
    return (roster_of(newest(documents, first.digest)),)


def _drilled(path: Path, name: str, identity: Identity) -> Drilled:
    found = inspect_file(path, identity)
    sealed = False
    with suppress(OSError), path.open("rb") as file:
        sealed = is_sealed(file.read(HEAD_BYTES))
    return Drilled(name, sealed, len(found.documents), found.refusals[0] if found.refusals else None)


class RecoveryService:
    """The recovery key at work on one open registry."""

    def __init__(self, session: Session) -> None:
        """Work in an open registry of the secretariat."""
        self._session = session
        self._attempts = Attempts(session.clock)

    def drill(self, paths: Sequence[Path], key_file: Path, passphrase: str, progress: Progress | None = None) -> Drill:
        """Try a recovery key on sealed files of this round: nothing is taken in, and the trial is noted in the log.

        Args:
            paths: Sealed files, and folders of them.
            key_file: One copy, on its medium.
            passphrase: Its passphrase.
            progress: Told before each file.

        Raises:
            Cancelled: somebody asked to stop.
            Expected: `secretariat-only`; the codes of the function `drill`.
        """
        if not self._session.me().secretariat:
            raise Expected("secretariat-only")
        identity = _open(key_file, passphrase, self._attempts)
        try:
            found = _drill(identity, self._newest(), paths, progress)
        finally:
            identity.close()
        self._session.audit.append(self._session.clock(), self._session.person, "try-recovery-key")
        return found

    def _newest(self) -> tuple[Roster, ...]:
        rosters = self._session.documents.rosters()
        named = self._session.meta.named()
        chain = follow_chain(rosters, named.roster if named else None)
        ends = chain.fork or chain.digests[-1:]
        return tuple(roster_of(rosters[digest]) for digest in ends)

    def take(
        self, paths: Sequence[Path], key_file: Path, passphrase: str, progress: Progress | None = None
    ) -> ImportReport:
        """Take in files that were sealed before this laptop's key was in the roster; the key is closed afterwards.

        Args:
            paths: Files and folders, as in any import; what the own key opens is opened by it.
            key_file: The recovery key, on its medium; it is not copied.
            passphrase: Its passphrase.
            progress: Told before each file.

        Raises:
            Expected: `round-closed-here`; `secretariat-only`; `not-a-recovery-key`; `recovery-not-named`, no roster
                here names this one; the key's own codes.
        """
        self._session.expect_open_here()
        if not self._session.me().secretariat:
            raise Expected("secretariat-only")
        identity = _open(key_file, passphrase, self._attempts)
        try:
            rosters = self._session.documents.rosters().values()
            if identity.recipient not in {roster_of(one).body.recovery for one in rosters}:
                raise Expected("recovery-not-named")
            self._session.audit.append(self._session.clock(), self._session.person, "use-recovery-key")
            return import_files(self._session, paths, progress, also=identity)
        finally:
            identity.close()
