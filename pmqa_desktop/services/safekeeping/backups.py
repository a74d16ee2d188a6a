# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A backup of the whole workspace file, sealed to the own key and the round's recovery key, and its way back.

A backup counts only once it was tried: opened with the key in a private folder, every page and every document of the
copy checked, and its state equal to that of the file it was made of.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pmqa_desktop.domain.payload_rules import is_id
from pmqa_desktop.errors import Damage, Expected
from pmqa_desktop.paths import replace_file
from pmqa_desktop.services.evaluation.overview import THAILAND
from pmqa_desktop.services.registry.service import RegistryService, aside_name, expect_verified, restore
from pmqa_desktop.services.session import Session
from pmqa_desktop.store.connection import open_store
from pmqa_desktop.store.documents import DocumentRepository
from pmqa_desktop.store.meta import MetaRepository
from pmqa_desktop.store.occupancy import Occupancy
from pmqa_desktop.store.soundness import expect_sound_rows
from pmqa_desktop.sync.exporting import write_stream
from pmqa_desktop.sync.importing import private_folder
from pmqa_desktop.sync.keys import Identity
from pmqa_desktop.sync.sealing import seal_stream, unseal
from pmqa_desktop.system import worded

SUFFIX = ".backup"


@dataclass(frozen=True, slots=True)
class BackupWritten:
    """A backup that was written, read back and tried; `recovery` tells whether the recovery key opens it too."""

    path: Path
    size: int
    documents: int
    recovery: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """A workspace that was put back from a backup; `kept` is what stood in its place before, None if nothing did."""

    path: Path
    round: str
    person: str
    kept: Path | None


def write_backup(session: Session, target: Path, identity: Identity) -> BackupWritten:
    """Write a sealed backup of an open workspace or registry as the new file `target`.

    Args:
        session: The open file.
        target: The file, which must not exist.
        identity: The own open key: the backup is sealed to it, and tried with it.

    Raises:
        Damage: `document-damaged`, `store-damaged`: nothing is made of a file that is not sound.
        Expected: `name-taken`, `drive-full`, `drive-gone`, `drive-read-only`, `readback-failed`, `backup-failed`.
    """
    registry = RegistryService(session)
    roster = _recovery(session)
    with private_folder() as staging:
        clear = registry.backup(staging / "copy.db")
        state = session.documents.state()

        def check(path: Path) -> None:
            if _tried(path, identity) != state:
                raise Expected("readback-failed", name=path.name)

        with clear.open("rb") as source:
            written = write_stream(
                target.parent,
                target.name,
                lambda file: seal_stream(source, file, (identity.recipient, *roster)),
                check,
                size=clear.stat().st_size,
            )
    session.note_written("write-backup", {"file": target.name}, written.path)
    return BackupWritten(written.path, written.size, len(session.facts()), bool(roster))


def _recovery(session: Session) -> tuple[str, ...]:
    try:
        recovery = session.round().roster.recovery
    except Expected:  # a registry without its roster yet
        return ()
    return (recovery,) if recovery else ()


def _tried(backup: Path, identity: Identity) -> str:
    """Open a backup as a restore would and return the state of its documents.

    Raises:
        Damage: `store-damaged`, `document-damaged`.
        Refused: the codes of opening a sealed file.
    """
    with _opened(backup, identity) as copy, open_store(copy, migrate=False) as store:
        if found := store.integrity():
            raise Damage("store-damaged", file=backup.name, found=found[0])
        expect_sound_rows(store)
        documents = DocumentRepository(store)
        expect_verified(documents)
        return documents.state()


def restore_backup(backup: Path, target: Path, identity: Identity) -> str:
    """Put a sealed backup back at `target`; what was there stays beside it. Return the state of the restored set.

    Raises:
        Expected: `file-missing`; `backup-failed`.
        Refused: `not-for-this-key`; `sealed-damaged`; the codes of a file that is no sealed one.
        Damage: `backup-damaged`; `target` is untouched then.
    """
    with _opened(backup, identity) as clear:
        return restore(clear, target)


def restore_workspace(
    backup: Path, home: Path, key: Path, identity: Identity, occupy: Callable[[Path], Occupancy | None]
) -> Restored:
    """Put a backup back among the workspaces of this laptop, with the key that opened it where it is the owner's.

    Args:
        backup: The sealed file.
        home: The folder that holds `workspaces`.
        key: The key file.
        identity: The open key.
        occupy: Claims the file that is there, so that no window has it open meanwhile.

    Raises:
        As `restore_backup`; `not-a-workspace`, it holds no person and round.
    """
    with _opened(backup, identity) as clear:
        round_, person = _whose(clear)
        target = home / "workspaces" / f"{round_}-{person}" / "workspace.db"
        with worded(backup.name):
            target.parent.mkdir(parents=True, exist_ok=True)
        claim = occupy(target)
        try:
            kept = aside_name(target) if target.exists() else None
            with _beside(target, key if identity.person == person else None):
                restore(clear, target)
        finally:
            if claim is not None:
                claim.release()
    return Restored(target, round_, person, kept)


@contextmanager
def _beside(target: Path, key: Path | None) -> Iterator[None]:
    """Put a copy of a key file beside `target` when the block has ended well; its room is taken before."""
    if key is None:
        yield
        return
    copy = target.with_name("own.key.restoring")
    try:
        with worded(key.name):
            replace_file(copy, key.read_bytes())
        yield
        with worded(key.name):
            copy.replace(target.with_name("own.key"))
    finally:
        copy.unlink(missing_ok=True)


@contextmanager
def _opened(backup: Path, identity: Identity) -> Iterator[Path]:
    """Open a sealed backup into a private folder and give the clear file in it.

    Raises:
        Expected: `file-missing`; the answers of the computer.
        Refused: the codes of opening a sealed file.
    """
    if not backup.is_file():
        raise Expected("file-missing", name=backup.name)
    with private_folder() as staging:
        with worded(backup.name), backup.open("rb") as source:
            clear = unseal(source, identity, staging)
            named = clear.rename(clear.with_name(backup.name))  # what goes wrong with it is told by that name
        yield named


def _whose(clear: Path) -> tuple[str, str]:
    """Return the round and the person of a workspace file that anybody may have made.

    Nothing is read before the file's schema is known to be ours.
    """
    try:
        with open_store(clear) as store:
            meta = MetaRepository(store)
            named, person = meta.named(), meta.get("person") or ""
    except Damage as damage:
        raise Damage("backup-damaged", file=clear.name, found=damage.fields.get("found", "")) from damage
    if named is None or not is_id(named.round) or not is_id(person):
        raise Expected("not-a-workspace", file=clear.name)
    return named.round, person


class BackupService:
    """Back up the open workspace."""

    def __init__(self, session: Session) -> None:
        """Work in an open workspace."""
        self._session = session

    @property
    def last(self) -> str:
        """Return when the last backup was written here (ISO), empty before the first."""
        return self._session.meta.get("backup-at") or ""

    def write(self, folder: Path, passphrase: str) -> BackupWritten:
        """Write a sealed, tried backup as a new file in `folder`; its name tells the round and the day, no person.

        Raises:
            Expected: the key's own codes; else as `write_backup`.
        """
        identity = self._session.unlock(passphrase)
        now = self._session.clock()
        name = f"PMQA-{self._session.round().round}-{now.astimezone(THAILAND):%Y%m%d-%H%M%S}{SUFFIX}"
        written = write_backup(self._session, folder / name, identity)
        self._session.meta.set("backup-at", now.isoformat())
        return written
