# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The workspaces that lie on this laptop: listed, made, and opened for one window alone."""

import platform
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.errors import Expected, PmqaError
from pmqa_desktop.paths import replace_file
from pmqa_desktop.services.attempts import Attempts
from pmqa_desktop.services.exchange.attached_files import settle_files
from pmqa_desktop.services.identity import open_identity
from pmqa_desktop.services.rounds.first_roster import first_roster_in
from pmqa_desktop.services.safekeeping.backups import Restored, restore_workspace
from pmqa_desktop.services.session import Clock, Session
from pmqa_desktop.store.audit import AuditLog
from pmqa_desktop.store.connection import JOURNAL, Store, open_store
from pmqa_desktop.store.meta import MetaRepository, NamedRound
from pmqa_desktop.store.occupancy import Occupancy, occupy
from pmqa_desktop.store.soundness import expect_sound_meta
from pmqa_desktop.system import worded
from pmqa_desktop.workspace import Workspace

FILE = "workspace.db"
"""The name of a workspace's file in its folder."""
KEY = "own.key"
"""The name of the copy of its owner's key beside it."""


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


class Laptop:
    """The home folder's files, and which laptop they lie on."""

    def __init__(self, home: Path, clock: Clock, entropy: Callable[[int], bytes], app: str) -> None:
        """Work under `home`, which is made when first needed; `app` names the program and its version."""
        self._home = home
        self._clock = clock
        self._entropy = entropy
        self._app = app

    def recent(self, most: int | None = None) -> tuple[WorkspaceInfo, ...]:
        """Return the workspaces on this laptop, the last used first; one that cannot be read is passed over.

        Args:
            most: Read no more than this many.
        """
        found: list[WorkspaceInfo] = []
        files = sorted(
            (self._home / "workspaces").glob("*/workspace.db"), key=lambda p: p.stat().st_mtime, reverse=True
        )
        for path in sorted(files, key=lambda file: file.stat().st_mtime, reverse=True):
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

    def open(self, path: Path, practice_folder: Path | None = None, *, take_over: bool = False) -> Workspace:
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
                settle_files(workspace.session)
                return workspace
            except BaseException:
                store.close()
                raise
        except BaseException:
            if occupancy is not None:
                occupancy.release()
            raise

    def open_for(self, path: Path, documents: Sequence[Admitted], file: str, practice_folder: Path | None) -> Workspace:
        """Open a workspace for documents that must be of the round it is named by.

        Args:
            path: The workspace's file.
            documents: The round's documents with its first roster.
            file: The name of the file they came in, for what goes wrong.
            practice_folder: The files of the practice round this belongs to.

        Raises:
            Expected: `other-round`; `roster-not-here`; what `open` raises.
        """
        workspace = self.open(path, practice_folder)
        named = workspace.session.meta.named()
        first = first_roster_in(documents, file).digest
        if named is not None and named.roster != first:
            workspace.close()
            raise Expected("other-round", found=first, expected=named.roster)
        return workspace

    def make(self, folder: Path, person: str, named: NamedRound, key: Path) -> None:
        """Make the workspace of a person in a round, with a copy of the person's key beside it, whole or not at all.

        Raises:
            Expected: `disk-full`, `system-full` and the other answers of the computer.
        """
        path = folder / FILE
        making = path.with_name(f"{FILE}.making")
        try:
            with worded(key.name):
                folder.mkdir(parents=True, exist_ok=True)
                replace_file(folder / KEY, key.read_bytes())
                making.unlink(missing_ok=True)  # left by a program that was killed here
            with open_store(making, create=True) as store:
                meta = MetaRepository(store)
                with store.write():
                    meta.name(named)
                    meta.set("person", person)
                    meta.set("device", self._entropy(8).hex())
                    meta.set("laptop", self._name())
            with worded(path.name):
                making.replace(path)
        except BaseException:
            self.unmake(folder, key)
            raise

    @staticmethod
    def unmake(folder: Path, key: Path) -> None:
        """Remove a workspace that was just made with the key file `key` and has taken nothing in yet."""
        for name in (FILE, f"{FILE}.making", f"{FILE}.making{JOURNAL}"):
            with suppress(OSError):
                (folder / name).unlink()
        copy = folder / KEY
        with suppress(OSError):
            if not copy.samefile(key) and copy.read_bytes() == key.read_bytes():
                copy.unlink()
        with suppress(OSError):  # it holds something else: that stays
            folder.rmdir()

    def rosters_at(self, path: Path) -> Mapping[str, Admitted]:
        """Return the rosters of a workspace, none while it is not there."""
        if not path.exists():
            return {}
        # only looked at: who opens it afterwards is told whether it came from another laptop
        session = self._session(open_store(path))
        try:
            return dict(session.documents.rosters())
        finally:
            session.close()

    def restore(self, backup: Path, key: Path, passphrase: str, attempts: Attempts | None = None) -> Restored:
        """Put a sealed backup back among the workspaces of this laptop; what was there stays beside it.

        Raises:
            Expected: `workspace-open-elsewhere`, it is open now; `not-a-workspace`; the key's own codes.
            Refused: `not-for-this-key`; the codes of opening a sealed file.
            Damage: the backup is not whole; nothing was changed then.
        """
        identity = open_identity(key, passphrase, attempts)
        try:
            return restore_workspace(
                backup, self._home, key, identity, lambda path: self._occupy(path, take_over=False)
            )
        finally:
            identity.close()

    def _occupy(self, path: Path, *, take_over: bool) -> Occupancy | None:
        if not path.exists():
            return None
        return occupy(path, since=self._clock(), host=platform.node(), take_over=take_over)

    def _session(self, store: Store) -> Session:
        expect_sound_meta(store)
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
            app=self._app,
        )

    def _settle(self, store: Store) -> bool:
        """Note whose laptop the file lies on; tell whether it came from another one, and part their edits then."""
        meta, here = MetaRepository(store), self._name()
        before = meta.get("laptop")
        if before == here:
            return False
        with suppress(Expected), store.write():  # on read-only media nothing can be edited, so nothing need be noted
            meta.set("laptop", here)
            if before is not None:
                meta.set("device", self._entropy(8).hex())
                AuditLog(store).append(self._clock(), meta.get("person") or "", "moved-to-another-laptop")
        return before is not None

    def _name(self) -> str:
        """Return this laptop's id: random, made once below the home folder, and the computer's name."""
        file = self._home / "laptop"
        if not file.exists():
            with worded():
                self._home.mkdir(parents=True, exist_ok=True)
                replace_file(file, self._entropy(8).hex().encode("ascii"))
        return f"{file.read_text(encoding='ascii').strip()}@{platform.node()}"
