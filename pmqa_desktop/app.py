# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The one place that wires: from a home folder to open workspaces with their services."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pmqa_desktop import __version__
from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.trust import roster_of
from pmqa_desktop.errors import Expected
from pmqa_desktop.laptop import FILE, Laptop, WorkspaceInfo
from pmqa_desktop.progress import Progress
from pmqa_desktop.services.attempts import Attempts
from pmqa_desktop.services.exchange.checking import documents_of
from pmqa_desktop.services.identity import OwnKey, open_identity
from pmqa_desktop.services.keyring import Keyring
from pmqa_desktop.services.packing.packs import ReceivedPack, receive_pack
from pmqa_desktop.services.practice import PASSPHRASE, build_practice
from pmqa_desktop.services.rounds.draft import RoundDrafts
from pmqa_desktop.services.rounds.first_roster import FirstRoster, check_setup, first_roster_in
from pmqa_desktop.services.rounds.rosters import newest, read_rosters
from pmqa_desktop.services.safekeeping.backups import Restored
from pmqa_desktop.services.session import Clock
from pmqa_desktop.store.meta import NamedRound
from pmqa_desktop.sync.importing import clear_leftovers, private_folder, read_file
from pmqa_desktop.workspace import Workspace

APP = f"pmqa-desktop {__version__}"
Role = Literal["evaluator", "chair", "secretariat"]
PRACTICE_SEED = 7
_PRACTICE_PERSON: dict[Role, str] = {"evaluator": "expert-2", "chair": "chair", "secretariat": "secretariat"}


def utc_now() -> datetime:
    """Return the laptop's idea of the time; it only advises, the roster's number is the round's clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _RegistryRequest:
    """A registry to make or open: the round's documents, the name of their file, whose key, and where."""

    documents: Sequence[Admitted]
    file: str
    key: Path
    folder: Path
    person: str


class App:
    """Everything that is not one workspace: the home folder, opening, practice."""

    def __init__(self, home: Path, *, clock: Clock = utc_now, entropy: Callable[[int], bytes] = os.urandom) -> None:
        """Work under `home`, which is made when first needed."""
        self.home = home
        self._laptop = Laptop(home, clock, entropy, APP)
        self.keyring = Keyring(home, clock, entropy, APP)
        self.drafts = RoundDrafts(home, clock, entropy, APP)

    @staticmethod
    def tidy() -> None:
        """Remove what a killed program left in the temporary folder; it may be unsealed bytes. Called at start."""
        clear_leftovers()

    # ---- workspaces -----------------------------------------------------------------------------

    def recent(self, most: int | None = None) -> tuple[WorkspaceInfo, ...]:
        """Return the workspaces on this laptop as `Laptop.recent` does."""
        return self._laptop.recent(most)

    def open_workspace(self, path: Path, practice_folder: Path | None = None, *, take_over: bool = False) -> Workspace:
        """Open a workspace or registry file as `Laptop.open` does, and with its errors."""
        return self._laptop.open(path, practice_folder, take_over=take_over)

    def restore_backup(self, backup: Path, key: Path, passphrase: str, attempts: Attempts | None = None) -> Restored:
        """Put a sealed backup back among the workspaces as `Laptop.restore` does, and with its errors."""
        return self._laptop.restore(backup, key, passphrase, attempts)

    # ---- a round from its files -----------------------------------------------------------------

    def first_roster_fingerprint(self, file: Path, key: Path | None = None, passphrase: str = "") -> FirstRoster:
        """Return the fingerprint of the first roster in a pack or roster file, for a person to compare on paper.

        Args:
            file: The file as it came; nothing of it is stored.
            key: Opens a sealed file.
            passphrase: Opens the key.

        Raises:
            Refused: any code of reading the file.
            Expected: `roster-not-here`; the key's own codes.
        """
        identity = open_identity(key, passphrase) if key is not None else None
        try:
            return first_roster_in(documents_of(file, identity), file.name)
        finally:
            if identity is not None:
                identity.close()

    def receive(
        self,
        pack: Path,
        key: Path,
        passphrase: str,
        attempts: Attempts | None = None,
        progress: Progress | None = None,
    ) -> ReceivedPack:
        """Copy a pack from its drive below the home folder and read it to its end with the key of its seat.

        Close what is returned, or let `open_received` take it.

        Args:
            pack: The sealed file as it came; it is read once.
            key: The key file of the seat's person on this laptop.
            passphrase: Opens the key.
            attempts: Counts wrong passphrases and makes them wait.
            progress: Told of the copying and of the reading.

        Raises:
            Expected: the key's own codes; `not-a-pack`; `pack-of-another-person`; `laptop-full`; `cancelled`.
            Refused: any code of reading the pack.
        """
        identity = open_identity(key, passphrase, attempts)
        try:
            received = receive_pack(pack, identity, self.home / "incoming", progress)
            if received.person != identity.person:
                received.close()
                raise Expected("pack-of-another-person", seat=received.seat)
            return received
        finally:
            identity.close()

    def first_opening(self, received: ReceivedPack) -> FirstRoster | None:
        """Return what to compare before a pack's round is opened here for the first time; None when it is known.

        Raises:
            Expected: `roster-not-here`.
        """
        first = first_roster_in(received.documents, received.name)
        known = self.home / "workspaces" / f"{first.round}-{received.person}" / FILE
        return None if self._laptop.rosters_at(known) else first

    def open_pack(
        self,
        pack: Path,
        key: Path,
        passphrase: str,
        folder: Path | None = None,
        practice_folder: Path | None = None,
        *,
        confirmed: str | None = None,
        progress: Progress | None = None,
    ) -> Workspace:
        """Make a workspace from a seat's pack and key, or take the pack into the one that is already there.

        Args:
            pack: The sealed pack file; it is copied beside the workspace and stays sealed.
            key: The key file of the seat's person on this laptop.
            passphrase: Opens the key.
            folder: Where to; by default below the home folder, one folder per round and person.
            practice_folder: The files of the practice round this belongs to.
            confirmed: Groups of the first roster's fingerprint (`first_roster_fingerprint`) as the person compared
                them, or its digest; a real round needs it on first opening.
            progress: Told of the copying and of the reading.

        Raises:
            Expected: `wrong-passphrase`; `not-a-pack`; `pack-of-another-person`; `first-roster-unconfirmed`;
                `fingerprint-differs`; `roster-older`; the first roster's own problem; `laptop-full`; `cancelled`.
            Refused: any code of reading the pack.
        """
        received = self.receive(pack, key, passphrase, progress=progress)
        try:
            return self.open_received(received, key, passphrase, folder, practice_folder, confirmed=confirmed)
        finally:
            received.close()

    def open_received(
        self,
        received: ReceivedPack,
        key: Path,
        passphrase: str,
        folder: Path | None = None,
        practice_folder: Path | None = None,
        *,
        confirmed: str | None = None,
    ) -> Workspace:
        """Do what `open_pack` does with a pack that was received; it is the caller's to close."""
        roster = min((d for d in received.documents if d.kind == "roster"), key=lambda d: d.document.seq, default=None)
        if roster is None:
            raise Expected("not-a-pack", file=received.name)
        header = roster.document
        target = folder or self.home / "workspaces" / f"{header.round}-{received.person}"
        path = target / FILE
        check_setup(received.documents, self._laptop.rosters_at(path), file=received.name, confirmed=confirmed)
        named = NamedRound(roster.digest, header.round, header.rehearsal)
        with self._made(target, received.person, named, key):
            workspace = self._laptop.open_for(path, received.documents, received.name, practice_folder)
            with _closed_on_failure(workspace):
                if not workspace.closing.closed_on:  # what was deleted on closing must not come back
                    workspace.shelf.take(received)
        with _closed_on_failure(workspace):
            workspace.unlock(passphrase)
        return workspace

    @contextmanager
    def _made(self, folder: Path, person: str, named: NamedRound, key: Path) -> Iterator[None]:
        """Make a workspace where there is none, and remove it again when nothing could be taken into it."""
        fresh = not (folder / FILE).exists()
        if fresh:
            self._laptop.make(folder, person, named, key)
        try:
            yield
        except BaseException:
            if fresh:
                self._laptop.unmake(folder, key)
            raise

    def open_registry(
        self,
        roster_file: Path,
        key: Path,
        folder: Path,
        practice_folder: Path | None = None,
        *,
        confirmed: str | None = None,
        person: str = "",
    ) -> Workspace:
        """Make the secretariat's registry from the first roster, or open the one that is there.

        Args:
            roster_file: The round's rosters and criteria.
            key: The key file of the secretariat's person; needed when the registry is made.
            folder: Where the registry lies.
            practice_folder: The files of the practice round this belongs to.
            confirmed: As for `open_pack`.
            person: Whose key it is; the roster's author when empty.

        Raises:
            Expected: `other-round`; `roster-not-here`; `first-roster-unconfirmed`; `fingerprint-differs`; the first
                roster's own problem.
            Refused: any code of reading the roster's file.
        """
        with private_folder() as staging:
            documents = read_file(roster_file, None, staging).documents
        asked = _RegistryRequest(documents, roster_file.name, key, folder, person)
        return self._registry(asked, confirmed, practice_folder)

    def take_office(self, files: Sequence[Path], own: OwnKey, *, confirmed: str | None = None) -> Workspace:
        """Make the registry of an officer from roster files with enough signatures, or open the one that is there.

        Args:
            files: The round's rosters and criteria; copies signed by different officers are joined.
            own: The officer's key on this laptop.
            confirmed: As for `open_pack`.

        Raises:
            Expected: as `open_registry`; `role-not-yours`, the newest roster does not name the person as of the
                secretariat; `key-unknown`, it does not name this key.
            Refused: any code of reading a file.
        """
        joined = read_rosters(files)
        documents, file = tuple(joined.values()), files[0].name
        first = first_roster_in(documents, file)
        if first.problem:
            raise Expected(first.problem)
        body = roster_of(newest(joined, first.digest)).body
        if own.person not in body.secretariat:
            raise Expected("role-not-yours")
        if not any(key.key == own.key for one in body.persons if one.person == own.person for key in one.keys):
            raise Expected("key-unknown")
        folder = self.home / "workspaces" / f"{first.round}-{own.person}"
        return self._registry(_RegistryRequest(documents, file, own.path, folder, own.person), confirmed)

    def _registry(
        self, asked: _RegistryRequest, confirmed: str | None, practice_folder: Path | None = None
    ) -> Workspace:
        documents, path = asked.documents, asked.folder / FILE
        if path.exists():
            return self._taken(asked, practice_folder)
        checked = check_setup(documents, {}, file=asked.file, confirmed=confirmed)
        first = next(one for one in documents if one.digest == checked.digest)
        named = NamedRound(first.digest, first.document.round, first.document.rehearsal)
        with self._made(asked.folder, asked.person or first.document.author.person, named, asked.key):
            return self._taken(asked, practice_folder)

    def _taken(self, asked: _RegistryRequest, practice_folder: Path | None) -> Workspace:
        """Open a registry and take the round's documents in."""
        workspace = self._laptop.open_for(asked.folder / FILE, asked.documents, asked.file, practice_folder)
        with _closed_on_failure(workspace):
            workspace.session.store_signed(tuple(asked.documents), "open-round")
        return workspace

    # ---- practice -------------------------------------------------------------------------------

    def practice_folder(self, progress: Progress | None = None) -> Path:
        """Return the folder of the practice round, made by walking it once when it is not there yet.

        Raises:
            Expected: `cancelled`; the next call begins anew.
        """
        folder = self.home / "practice" / "round"
        if not (folder / "complete").exists():
            # what a stopped or killed walk left is the program's own and of no use to anybody
            shutil.rmtree(folder, ignore_errors=True)
            build_practice(folder, PRACTICE_SEED, progress)
            (folder / "complete").touch()
        return folder

    def forget_practice(self, role: Role) -> None:
        """Remove a role's workspace of the practice round, so that it begins anew; it must not be open."""
        shutil.rmtree(self.home / "practice" / role, ignore_errors=True)

    def practice_workspace(self, role: Role, progress: Progress | None = None) -> Workspace:
        """Open the practice round in a role.

        The evaluator starts with an unopened pack; the chair with the own sheets signed and the others' files to
        import; the secretariat with the roster and all files to import.
        """
        practice = self.practice_folder(progress)
        person = _PRACTICE_PERSON[role]
        folder = self.home / "practice" / role
        key = practice / "keys" / f"{person}.key"
        if role == "secretariat":
            return self.open_registry(practice / "roster.pmqa", key, folder, practice)
        fresh = not (folder / FILE).exists()
        workspace = self.open_pack(practice / "packs" / f"{person}.pmqa", key, PASSPHRASE, folder, practice)
        if fresh and role == "chair":
            own = sorted((practice / "sheets").glob(f"{person}-*.pmqa"))
            workspace.exchange.import_paths(own)
        return workspace


@contextmanager
def _closed_on_failure(workspace: Workspace) -> Iterator[None]:
    """Close a workspace that could not be got ready, so that it can be opened again."""
    try:
        yield
    except BaseException:
        workspace.close()
        raise
