# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The one place that wires: from a home folder to open workspaces with their services."""

import os
import platform
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pmqa_desktop import __version__
from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.trust import roster_of
from pmqa_desktop.errors import Expected, PmqaError
from pmqa_desktop.progress import Progress
from pmqa_desktop.services.attachments import AttachmentService
from pmqa_desktop.services.attempts import Attempts
from pmqa_desktop.services.backups import BackupService, Restored, restore_workspace
from pmqa_desktop.services.bringing import BringingService
from pmqa_desktop.services.checking import documents_of
from pmqa_desktop.services.closing import ClosingService
from pmqa_desktop.services.exchange import ExchangeService
from pmqa_desktop.services.first_roster import FirstRoster, check_setup, first_roster_in
from pmqa_desktop.services.identity import OwnKey, open_identity
from pmqa_desktop.services.keyring import Keyring
from pmqa_desktop.services.mirror import MirrorService, MirrorState
from pmqa_desktop.services.overview import OverviewService
from pmqa_desktop.services.packing import PackingService
from pmqa_desktop.services.packs import ReceivedPack, receive_pack
from pmqa_desktop.services.panel import PanelService
from pmqa_desktop.services.portable import PortableService
from pmqa_desktop.services.practice import PASSPHRASE, build_practice
from pmqa_desktop.services.publishing import PublishingService
from pmqa_desktop.services.reading import ReadingService
from pmqa_desktop.services.recovery import RecoveryService
from pmqa_desktop.services.registry import RegistryService
from pmqa_desktop.services.reporting import ReportingService
from pmqa_desktop.services.roster_desk import RosterDesk
from pmqa_desktop.services.rosters import newest, read_rosters
from pmqa_desktop.services.round_draft import RoundDrafts
from pmqa_desktop.services.scoring import ScoringService
from pmqa_desktop.services.session import Clock, Me, RoundInfo, Session
from pmqa_desktop.services.shelf import PackShelf
from pmqa_desktop.store.audit import AuditLog
from pmqa_desktop.store.connection import Store, open_store
from pmqa_desktop.store.meta import MetaRepository, NamedRound
from pmqa_desktop.store.occupancy import Occupancy, occupy
from pmqa_desktop.sync.importing import private_folder, read_file

APP = f"pmqa-desktop {__version__}"
Role = Literal["evaluator", "chair", "secretariat"]
PRACTICE_SEED = 7
_PRACTICE_PERSON: dict[Role, str] = {"evaluator": "expert-2", "chair": "chair", "secretariat": "secretariat"}


def utc_now() -> datetime:
    """Return the laptop's idea of the time; it only advises, the roster's number is the round's clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class WorkspaceInfo:
    """A workspace on this laptop, for the start screen; `closed_on` is the date (ISO) on which it was closed here."""

    path: Path
    title_th: str
    title_en: str
    person: str
    office_th: str
    office_en: str
    rehearsal: bool
    closed_on: str = ""


@dataclass(frozen=True, slots=True)
class _RegistryRequest:
    """A registry to make or open: the round's documents, the name of their file, whose key, and where."""

    documents: Sequence[Admitted]
    file: str
    key: Path
    folder: Path
    person: str


class Workspace:
    """One open file with the services that work on it; every call belongs on the thread that opened it."""

    def __init__(
        self,
        session: Session,
        practice_folder: Path | None = None,
        *,
        occupancy: Occupancy | None = None,
        moved: bool = False,
    ) -> None:
        """Compose the services of an open session.

        Args:
            session: The open file.
            practice_folder: Holds the files of a practice round.
            occupancy: The claim that keeps other windows out; given free on closing.
            moved: This file was copied from another laptop: the window tells so, once.
        """
        self.session = session
        self.moved = moved
        self._occupancy = occupancy
        self.bus = session.bus
        self.scoring = ScoringService(session)
        self.attachments = AttachmentService(session, self.scoring)
        self.reading = ReadingService(session)
        self.overview = OverviewService(session, self.scoring)
        self.portable = PortableService(session)
        self.mirror = MirrorService(session, self.portable)
        self.bringing = BringingService(session, self.portable, self.mirror)
        self.panel = PanelService(session)
        self.exchange = ExchangeService(session)
        self.registry = RegistryService(session)
        self.backups = BackupService(session)
        self.rosters = RosterDesk(session)
        self.packing = PackingService(session)
        self.shelf = PackShelf(session)
        self.recovery = RecoveryService(session)
        self.publishing = PublishingService(session)
        self.reporting = ReportingService(session, self._proof, self._lineage)
        self.closing = ClosingService(session, self.scoring, self.reporting, self.mirror)
        self.practice_folder = practice_folder
        self.practice_passphrase = PASSPHRASE if practice_folder is not None else ""

    @property
    def path(self) -> Path:
        """Return the file."""
        return self.session.store.path

    @property
    def me(self) -> Me:
        """Return whose workspace this is."""
        return self.session.me()

    @property
    def round(self) -> RoundInfo:
        """Return what the roster and criteria say."""
        return self.session.round()

    def tick(self) -> MirrorState | None:
        """Do what time asks for: drop a key that was not used for long, mirror the drafts after a quiet while.

        Returns:
            How the mirror stands, if it was written or was to be.
        """
        self.session.drop_idle_key()
        return self.mirror.tick()

    def unlock(self, passphrase: str) -> None:
        """Open the private key for this sitting; raises the key's own codes."""
        self.session.unlock(passphrase)

    def _proof(self, agency: str) -> bytes | None:
        """Return the signed proof for an agency's report, where the secretariat's key is open."""
        if not self.me.secretariat or not self.session.is_unlocked:
            return None
        return self.publishing.proof(agency, self.session.unlocked())

    def _lineage(self, agency: str) -> bytes | None:
        """Return what the panel's own copy carries, for chair and secretariat while their key is open."""
        mine = self.me.secretariat or agency in self.me.chairs
        return self.publishing.lineage(agency, self.session.unlocked()) if mine and self.session.is_unlocked else None

    def close(self) -> None:
        """Mirror what is not mirrored yet, drop the key, close the file and give it free for another window."""
        try:
            self.mirror.on_close()
        finally:
            self.session.close()
            if self._occupancy is not None:
                self._occupancy.release()


class App:
    """Everything that is not one workspace: the home folder, opening, practice."""

    def __init__(self, home: Path, *, clock: Clock = utc_now, entropy: Callable[[int], bytes] = os.urandom) -> None:
        """Work under `home`, which is made when first needed."""
        self.home = home
        self._clock = clock
        self._entropy = entropy
        self.keyring = Keyring(home, clock, entropy, APP)
        self.drafts = RoundDrafts(home, clock, entropy, APP)

    # ---- workspaces -----------------------------------------------------------------------------

    def recent(self, most: int | None = None) -> tuple[WorkspaceInfo, ...]:
        """Return the workspaces on this laptop, the last used first; one that cannot be read is passed over.

        Args:
            most: Read no more than this many.
        """
        found: list[WorkspaceInfo] = []
        files = sorted((self.home / "workspaces").glob("*/workspace.db"), key=lambda p: p.stat().st_mtime, reverse=True)
        for path in files:
            if len(found) == most:
                break
            try:
                session = self._session(open_store(path))
                try:
                    me, seen = session.me(), session.round()
                    found.append(
                        WorkspaceInfo(
                            path,
                            seen.title_th,
                            seen.title_en,
                            me.person,
                            me.office_th,
                            me.office_en,
                            seen.rehearsal,
                            session.meta.get("closed-here") or "",
                        )
                    )
                finally:
                    session.close()
            except PmqaError:
                continue
        return tuple(found)

    def open_workspace(self, path: Path, practice_folder: Path | None = None, *, take_over: bool = False) -> Workspace:
        """Open a workspace or registry file for this window alone, until it is closed.

        A file that was copied from another laptop gets a new device id, so that edits made here and there stay apart
        (`Workspace.moved` tells it).

        Args:
            path: The file.
            practice_folder: The files of the practice round this belongs to.
            take_over: The person says that another computer, which claims the file, has it no longer open.

        Raises:
            Expected: `workspace-open-elsewhere`; what `open_store` raises.
            Damage: `store-damaged`.
        """
        occupancy = self._occupy(path, take_over=take_over)
        try:
            store = open_store(path)
            try:
                moved = self._settle(store)
                workspace = Workspace(self._session(store), practice_folder, occupancy=occupancy, moved=moved)
                workspace.closing.finish()
                return workspace
            except BaseException:
                store.close()
                raise
        except BaseException:
            if occupancy is not None:
                occupancy.release()
            raise

    def restore_backup(self, backup: Path, key: Path, passphrase: str, attempts: Attempts | None = None) -> Restored:
        """Put a sealed backup back among the workspaces of this laptop; what was there stays beside it.

        Raises:
            Expected: `workspace-open-elsewhere`, it is open now; `not-a-workspace`; the key's own codes.
            Refused: `not-for-this-key`; the codes of opening a sealed file.
            Damage: the backup is not whole; nothing was changed then.
        """
        identity = open_identity(key, passphrase, attempts)
        try:
            return restore_workspace(backup, self.home, key, identity, lambda path: self._occupy(path, take_over=False))
        finally:
            identity.close()

    def _occupy(self, path: Path, *, take_over: bool) -> Occupancy | None:
        if not path.exists():
            return None
        return occupy(path, since=self._clock(), host=platform.node(), take_over=take_over)

    def _session(self, store: Store) -> Session:
        meta = MetaRepository(store)
        folder = store.path.parent
        key_file = folder / (meta.get("key-file") or "own.key")
        return Session(
            store,
            person=meta.get("person") or "",
            key_file=key_file if key_file.exists() else None,
            folder=folder,
            clock=self._clock,
            entropy=self._entropy,
            app=APP,
        )

    def _settle(self, store: Store) -> bool:
        """Note whose laptop the file lies on; tell whether it came from another one, and part their edits then."""
        meta, here = MetaRepository(store), self._laptop()
        before = meta.get("laptop")
        if before == here:
            return False
        with suppress(Expected), store.write():  # on read-only media nothing can be edited, so nothing need be noted
            meta.set("laptop", here)
            if before is not None:
                meta.set("device", self._entropy(8).hex())
                AuditLog(store).append(self._clock(), meta.get("person") or "", "moved-to-another-laptop")
        return before is not None

    def _laptop(self) -> str:
        """Return this laptop's id: random, made once below the home folder, and the computer's name."""
        file = self.home / "laptop"
        if not file.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            file.write_text(self._entropy(8).hex(), encoding="ascii")
        return f"{file.read_text(encoding='ascii').strip()}@{platform.node()}"

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
        known = self.home / "workspaces" / f"{first.round}-{received.person}" / "workspace.db"
        return None if known.exists() else first

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
        path = target / "workspace.db"
        check_setup(received.documents, self._rosters_at(path), file=received.name, confirmed=confirmed)
        if not path.exists():
            self._make(target, received.person, NamedRound(roster.digest, header.round, header.rehearsal), key)
        workspace = self._opened_for(path, received.documents, received.name, practice_folder)
        with _closed_on_failure(workspace):
            if not workspace.closing.closed_on:  # what was deleted on closing must not come back
                workspace.shelf.take(received)
            workspace.unlock(passphrase)
        return workspace

    def _opened_for(
        self, path: Path, documents: Sequence[Admitted], file: str, practice_folder: Path | None
    ) -> Workspace:
        """Open a workspace for documents that must be of the round it is named by."""
        workspace = self.open_workspace(path, practice_folder)
        named = workspace.session.meta.named()
        first = first_roster_in(documents, file).digest
        if named is not None and named.roster != first:
            workspace.close()
            raise Expected("other-round", found=first, expected=named.roster)
        return workspace

    def _rosters_at(self, path: Path) -> Mapping[str, Admitted]:
        """Return the rosters of a workspace, none while it is not there."""
        if not path.exists():
            return {}
        # only looked at: who opens it afterwards is told whether it came from another laptop
        session = self._session(open_store(path))
        try:
            return dict(session.documents.rosters())
        finally:
            session.close()

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
        documents, path = asked.documents, asked.folder / "workspace.db"
        if not path.exists():
            checked = check_setup(documents, {}, file=asked.file, confirmed=confirmed)
            first = next(one for one in documents if one.digest == checked.digest)
            named = NamedRound(first.digest, first.document.round, first.document.rehearsal)
            self._make(asked.folder, asked.person or first.document.author.person, named, asked.key)
        workspace = self._opened_for(path, documents, asked.file, practice_folder)
        with _closed_on_failure(workspace):
            workspace.session.store_signed(tuple(documents), "open-round")
        return workspace

    def _make(self, folder: Path, person: str, named: NamedRound, key: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(key, folder / "own.key")
        store = open_store(folder / "workspace.db", create=True)
        try:
            meta = MetaRepository(store)
            with store.write():
                meta.name(named)
                meta.set("person", person)
                meta.set("device", self._entropy(8).hex())
                meta.set("laptop", self._laptop())
        finally:
            store.close()

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
        fresh = not (folder / "workspace.db").exists()
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
