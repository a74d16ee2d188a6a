# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The one place that opens a workspace file, begins its transactions and words SQLite's errors as ours.

A rollback journal with `synchronous=EXTRA`: what was acknowledged survives a power cut, and the file can be copied
about and read from read-only media (docs/architecture.md). One process, one connection; `BEGIN IMMEDIATE` makes
a second process wait instead of fail halfway.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pmqa_desktop.errors import Damage, Expected, PmqaError
from pmqa_desktop.store.migrations import SCHEMA, steps
from pmqa_desktop.system import reason
from pmqa_desktop.text import N_

APPLICATION_ID = 0x504D5141
"""What marks a file as ours in SQLite's header: "PMQA"."""

BUSY_SECONDS = 5.0
"""How long a write waits for another process before it answers `store-busy`."""

JOURNAL = "-journal"
"""What SQLite appends to a file's name for its rollback journal; a file and its journal belong together."""

_MAGIC = b"SQLite format 3\x00"
_PRAGMAS = (
    "trusted_schema=OFF",
    "foreign_keys=ON",
    "cell_size_check=ON",
    "journal_mode=DELETE",
    "synchronous=EXTRA",
    "cache_size=-65536",
    "temp_store=MEMORY",
)
_SAID = (N_("disk I/O error"), N_("database disk image is malformed"), N_("file is not a database"))
"""What SQLite says most when a drive or a file is broken: its own words are the message ids."""
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT})
_SITUATIONS = {
    sqlite3.SQLITE_BUSY: "store-busy",
    sqlite3.SQLITE_LOCKED: "store-busy",
    sqlite3.SQLITE_PROTOCOL: "store-busy",
    sqlite3.SQLITE_FULL: "disk-full",
    sqlite3.SQLITE_READONLY: "store-read-only",
    sqlite3.SQLITE_PERM: "store-read-only",
    sqlite3.SQLITE_CANTOPEN: "store-cannot-open",
    sqlite3.SQLITE_AUTH: "store-cannot-open",
}


def told(error: sqlite3.Error, path: Path) -> PmqaError | None:
    """Return `error` in the words of this program; None for what is a bug of ours (a constraint, wrong SQL)."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _DAMAGED:
        return Damage("store-damaged", file=path.name, found=str(error))
    if code == sqlite3.SQLITE_IOERR:
        return Expected("store-io", file=path.name, found=str(error))
    if code in _SITUATIONS:
        return Expected(_SITUATIONS[code], file=path.name)
    if isinstance(error, sqlite3.ProgrammingError) and "closed database" in str(error):
        return Expected("workspace-closed", file=path.name)
    if isinstance(error, sqlite3.OperationalError) and "decode to UTF-8" in str(error):
        return Damage("store-damaged", file=path.name, found=str(error))
    return None


@contextmanager
def _mapped(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        ours = told(error, path)
        if ours is None:
            raise
        raise ours from error
    except UnicodeDecodeError as error:  # the module trips over SQLite's own complaint about a broken schema
        raise Damage("store-damaged", file=path.name, found="UTF-8") from error


class Store:
    """One open workspace or registry file.

    `path` is the file; `db` its sqlite-utils view. All writing goes through `write` or `within`, all reading
    through `rows`, so that SQLite's errors come out as codes.
    """

    def __init__(self, path: Path, db: Database) -> None:
        """Take over an open, migrated database; use `open_store` instead."""
        self.path = path
        self.db = db
        self._conn: sqlite3.Connection = db.conn

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Run one use-case as one transaction, taken at once.

        Raises:
            Expected: `store-busy`, `disk-full`, `store-read-only`, `store-io`; nothing was written.
            Damage: `store-damaged`.
            RuntimeError: a write inside a write.
        """
        if self.writing():
            raise RuntimeError("a write inside a write")
        with _mapped(self.path):
            self._conn.execute("BEGIN IMMEDIATE")
            try:
                yield self._conn
                self._conn.execute("COMMIT")
            except BaseException:
                # A full disk or an I/O error may have rolled back already; a second ROLLBACK would hide the cause.
                if self.writing():
                    self._conn.execute("ROLLBACK")
                raise

    @contextmanager
    def savepoint(self) -> Iterator[sqlite3.Connection]:
        """Run a part of a transaction that is undone alone when it fails, for example one file of an import."""
        if not self.writing():
            raise RuntimeError("a savepoint outside a write")
        with _mapped(self.path):
            self._conn.execute("SAVEPOINT part")
            try:
                yield self._conn
                self._conn.execute("RELEASE part")
            except BaseException:
                if self.writing():
                    self._conn.execute("ROLLBACK TO part")
                    self._conn.execute("RELEASE part")
                raise

    @contextmanager
    def within(self) -> Iterator[sqlite3.Connection]:
        """Join the running transaction, or be an own one where none runs."""
        with self.savepoint() if self.writing() else self.write() as conn:
            yield conn

    def writing(self) -> bool:
        """Tell whether a transaction runs."""
        return self._conn.in_transaction

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a reading statement."""
        with _mapped(self.path):
            return self._conn.execute(sql, tuple(values)).fetchall()

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Return the first column of the first row, or None."""
        found = self.rows(sql, values)
        return found[0][0] if found else None

    def integrity(self) -> tuple[str, ...]:
        """Return what SQLite finds wrong with the file (pages, rows, foreign keys); empty means nothing.

        Flipped bits inside a value stay unseen here: digests find those (`DocumentRepository.damaged`).
        """
        try:
            pages = self.rows("PRAGMA integrity_check")
            keys = self.rows("PRAGMA foreign_key_check")
        except Damage as damage:
            return (str(damage.fields.get("found", "")),)
        wrong = [str(line) for (line,) in pages if line != "ok"]
        return tuple(wrong + [f"foreign key of {table} row {row}" for table, row, *_rest in keys])

    def compact(self) -> None:
        """Write the file anew without what was deleted from it; never inside a transaction.

        Raises:
            Expected: `disk-full`, `store-busy`, `store-read-only`, `store-io`; the file stays as it was.
        """
        with _mapped(self.path):
            self._conn.execute("VACUUM")

    def backup(self, target: Path) -> Path:
        """Write a checked copy of the whole file to `target`, whole or not at all; return `target`.

        Raises:
            Expected: `backup-failed` (with the reason), `disk-full`, `store-cannot-open`.
            Damage: the copy is not whole, because this file is not.
        """
        part = target.with_name(target.name + ".part")
        part.unlink(missing_ok=True)
        try:
            with _mapped(target), closing(sqlite3.connect(part, isolation_level=None)) as copy:
                self._conn.backup(copy)
                found = copy.execute("PRAGMA integrity_check").fetchall()
            if found != [("ok",)]:
                raise Damage("store-damaged", file=self.path.name, found=str(found[0][0]))
            _flush(part)
            target.with_name(target.name + JOURNAL).unlink(missing_ok=True)
            part.replace(target)
            _flush_folder(target.parent)
        except OSError as error:
            raise Expected("backup-failed", file=target.name, found=reason(error)) from error
        finally:
            part.unlink(missing_ok=True)
        return target

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        self._conn.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()


def _flush(path: Path) -> None:
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())


def _flush_folder(path: Path) -> None:
    if os.name == "nt":
        return  # a folder can't be opened there; NTFS journals the rename
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def engine_version() -> str:
    """Return SQLite's version after trying the strict tables that the schema needs; raises Damage where it can't."""
    with closing(sqlite3.connect(":memory:")) as conn:
        try:
            conn.execute("CREATE TABLE tried (number INTEGER CHECK (number > 0)) STRICT")
        except sqlite3.Error as error:
            raise Damage("store-engine-old", found=sqlite3.sqlite_version) from error
    return sqlite3.sqlite_version


def _looks_foreign(path: Path) -> None:
    """Refuse what is not a database of ours by its first 100 bytes, before SQLite touches it."""
    try:
        with path.open("rb") as handle:
            head = handle.read(100)
    except OSError as error:
        raise Expected("store-cannot-open", file=path.name) from error
    ours = head[68:72] == APPLICATION_ID.to_bytes(4, "big")
    if not head.startswith(_MAGIC):
        if ours:
            raise Damage("store-damaged", file=path.name, found="header")
        raise Expected("not-a-workspace", file=path.name)


def _connect(path: Path, pragmas: Sequence[str]) -> Database:
    """Open `path` so that only our own BEGIN begins a transaction.

    `check_same_thread` is off because the file may be opened in one thread and then served by the one store
    executor: never two at a time.
    """
    conn = sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False)
    try:
        for pragma in pragmas:
            conn.execute("PRAGMA " + pragma).fetchall()
        return Database(conn, execute_plugins=False)
    except BaseException:
        conn.close()
        raise


def bring_up_to_date(store: Store) -> None:
    """Apply what is pending, all or nothing; before that copy an existing file to `NAME.before-N`.

    Raises:
        Expected: `store-too-new` when a newer program wrote the file; else as `Store.write` and `Store.backup`.
    """
    version = store.value("PRAGMA user_version")
    if version > SCHEMA:
        raise Expected("store-too-new", file=store.path.name, found=version, known=SCHEMA)
    if version == SCHEMA:
        return
    _expect_schema(store, version)  # before anything of it runs
    if version:
        store.backup(store.path.with_name(f"{store.path.name}.before-{SCHEMA}"))
    with store.write() as conn:
        if conn.execute("PRAGMA user_version").fetchone()[0] >= SCHEMA:
            return  # another process was quicker while this one waited
        steps.apply(store.db)  # each step becomes a savepoint of this transaction
        conn.execute(f"PRAGMA application_id={APPLICATION_ID}")
        conn.execute(f"PRAGMA user_version={SCHEMA}")


def _schema(store: Store) -> frozenset[tuple[str, ...]]:
    """Return what the file says it consists of, but for the two tables that sqlite-utils and SQLite keep themselves."""
    return frozenset(
        store.rows(
            "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master WHERE type NOT IN ('table', 'index') "
            "OR tbl_name NOT IN ('_sqlite_migrations', 'sqlite_sequence')"
        )
    )


def _applied(store: Store) -> tuple[str, ...]:
    """Return the steps that the file says were taken, in order."""
    try:
        return tuple(str(one.name) for one in steps.applied(store.db))
    except (sqlite3.Error, LookupError):
        return ("?",)


@cache
def _right_schema(version: int) -> tuple[frozenset[tuple[str, ...]], tuple[str, ...]]:
    """Return what a file of a version consists of, and the steps that led there."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    with Store(Path("right.db"), Database(conn, execute_plugins=False)) as store:
        names = [one.name for one in steps.pending(store.db)]
        if version:
            steps.apply(store.db, stop_before=names[version:])
        return _schema(store), _applied(store)


def _expect_schema(store: Store, version: int) -> None:
    """Refuse a file whose tables, indexes or triggers are not exactly ours: by damage, or by somebody's hand."""
    if version < 0 or (_schema(store), _applied(store)) != _right_schema(version):
        raise Damage("store-damaged", file=store.path.name, found="schema")


def open_store(path: Path | str, *, create: bool = False, migrate: bool = True, lasting: bool = True) -> Store:
    """Open the workspace or registry at `path`; with `create` make it where there is none.

    An older schema is migrated, after a checked backup beside the file (`bring_up_to_date`); without `migrate` the
    file is left as it is, for copying only. One that is not `lasting` never waits for the disk: for a file that is
    thrown away before its program ends.

    Raises:
        Expected: `store-missing`, `not-a-workspace`, `store-too-new`, `store-busy`, `store-read-only`,
            `store-cannot-open`, `disk-full`.
        Damage: `store-damaged`.
    """
    path = Path(path)
    fresh = not path.exists() or path.stat().st_size == 0
    if fresh and not create:
        raise Expected("store-missing" if not path.exists() else "not-a-workspace", file=path.name)
    if not fresh:
        _looks_foreign(path)
    with _mapped(path):
        store = Store(path, _connect(path, _PRAGMAS if lasting else (*_PRAGMAS, "synchronous=OFF")))
    try:
        if not fresh and store.value("PRAGMA application_id") != APPLICATION_ID:
            raise Expected("not-a-workspace", file=path.name)
        if migrate:
            bring_up_to_date(store)
            _expect_schema(store, SCHEMA)
    except BaseException:
        store.close()
        raise
    return store
