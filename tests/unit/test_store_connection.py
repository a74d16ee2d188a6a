# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Opening, refusing, transactions and verified copies of a workspace file."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from made_documents import sheet

from pmqa_desktop.errors import Damage, Expected
from pmqa_desktop.store.audit import AuditLog
from pmqa_desktop.store.connection import APPLICATION_ID, open_store
from pmqa_desktop.store.documents import DocumentRepository
from pmqa_desktop.store.meta import MetaRepository
from pmqa_desktop.store.migrations import SCHEMA, TABLES


def _code(call, *args, **kwargs):
    with pytest.raises((Expected, Damage)) as caught:
        call(*args, **kwargs)
    return caught.value.code


@pytest.fixture
def path(tmp_path):
    return tmp_path / "งานตรวจ.pmqadb"


def _run(path, sql):
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        return conn.execute(sql).fetchall()


def test_a_new_file_has_exactly_the_known_tables_and_marks(path):
    with open_store(path, create=True) as store:
        assert {name for (name,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")} == TABLES
        assert store.value("PRAGMA application_id") == APPLICATION_ID
        assert store.value("PRAGMA user_version") == SCHEMA
        assert store.integrity() == ()


def test_durable_and_strict_settings_are_in_force(path):
    with open_store(path, create=True) as store:
        found = {
            name: store.value(f"PRAGMA {name}")
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "trusted_schema",
                "cell_size_check",
                "cache_size",
            )
        }
        tables = store.rows(
            "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%'"
        )
    assert found == {
        "journal_mode": "delete", "synchronous": 3, "foreign_keys": 1, "trusted_schema": 0, "cell_size_check": 1,
        "cache_size": -65536,
    }  # fmt: skip
    assert {name for name, strict in tables if not strict} == {"_sqlite_migrations"}


def test_no_file_is_made_unless_asked_for(path):
    assert _code(open_store, path) == "store-missing"
    assert not path.exists()


def test_foreign_files_are_refused_and_left_as_they_are(path):
    for content in (b"", b"hello", b"PK\x03\x04" * 50):
        path.write_bytes(content)
        assert _code(open_store, path) == "not-a-workspace"
        assert path.read_bytes() == content
    path.write_bytes(b"hello")
    assert _code(open_store, path, create=True) == "not-a-workspace"


def test_another_programs_database_is_refused_and_left_as_it_is(path):
    _run(path, "CREATE TABLE notes (text)")
    before = path.read_bytes()
    assert _code(open_store, path, create=True) == "not-a-workspace"
    assert path.read_bytes() == before


def test_a_folder_cannot_be_opened(tmp_path):
    assert _code(open_store, tmp_path) in {"store-cannot-open", "not-a-workspace"}


def test_a_newer_schema_is_refused_and_left_as_it_is(path):
    open_store(path, create=True).close()
    _run(path, f"PRAGMA user_version = {SCHEMA + 1}")
    before = path.read_bytes()
    assert _code(open_store, path) == "store-too-new"
    assert path.read_bytes() == before


def test_damage_is_told_as_damage(path):
    with open_store(path, create=True) as store:
        DocumentRepository(store).add([sheet(f"p{n}") for n in range(50)])
    whole = path.read_bytes()
    path.write_bytes(b"\x00" * 16 + whole[16:])
    assert _code(open_store, path) == "store-damaged"
    path.write_bytes(whole[:100] + b"\xff" * 4000 + whole[4100:])
    assert _code(open_store, path) == "store-damaged"
    path.write_bytes(whole[: len(whole) - 8192])
    assert _open_and_check(path) != ()


def test_a_schema_that_is_no_text_is_told_as_damage(path):
    open_store(path, create=True).close()
    whole = path.read_bytes()
    assert b"CREATE TABLE " in whole
    path.write_bytes(whole.replace(b"CREATE TABLE ", b"CREATE T\xc5BLE "))
    assert _code(open_store, path) == "store-damaged"


def _open_and_check(path):
    try:
        with open_store(path) as store:
            return store.integrity()
    except Damage as damage:
        return (damage.code,)


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE more (a INTEGER)",
        "CREATE TRIGGER spy AFTER INSERT ON documents BEGIN DELETE FROM edits; END",
        "DROP TRIGGER documents_stay",
        "DROP INDEX edits_by_draft",
        "CREATE VIEW documents_too AS SELECT 1",
    ],
)
def test_a_file_with_other_tables_or_triggers_than_ours_is_refused(path, sql):
    open_store(path, create=True).close()
    _run(path, sql)
    assert _code(open_store, path) == "store-damaged"


def test_a_second_process_waits_and_then_answers_busy(path, monkeypatch):
    open_store(path, create=True).close()
    monkeypatch.setattr("pmqa_desktop.store.connection.BUSY_SECONDS", 0.05)
    with open_store(path) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert _code(MetaRepository(store).set, "a", "b") == "store-busy"
        other.execute("ROLLBACK")
        MetaRepository(store).set("a", "b")
        assert MetaRepository(store).get("a") == "b"


@pytest.mark.parametrize("where", ["file", "connection"])
def test_a_read_only_file_is_told_as_such(path, where):
    open_store(path, create=True).close()
    if where == "file" and os.geteuid() != 0:
        path.chmod(0o444)
    with open_store(path) as store:
        store.rows("PRAGMA query_only = ON")
        assert _code(MetaRepository(store).set, "a", "b") == "store-read-only"
        assert MetaRepository(store).get("a") is None


def test_a_write_inside_a_write_is_a_bug_of_ours(path):
    with open_store(path, create=True) as store:
        with store.write(), pytest.raises(RuntimeError):
            store.write().__enter__()
        with pytest.raises(RuntimeError):
            store.savepoint().__enter__()


def test_an_error_takes_the_whole_use_case_back(path):
    with open_store(path, create=True) as store:
        meta = MetaRepository(store)
        with pytest.raises(Expected):
            _failing_use_case(store, meta)
        assert meta.get("a") is None
        assert not store.writing()


def _failing_use_case(store, meta):
    with store.write():
        meta.set("a", "b")
        raise Expected("cancelled")


def test_a_misspelt_table_is_an_error_not_a_new_table(path):
    with open_store(path, create=True) as store, pytest.raises(sqlite3.OperationalError, match="no such table"):
        store.rows("SELECT * FROM documnets")


def test_strict_tables_refuse_what_is_not_right(path):
    row = "INSERT INTO signatures (document, keyid, sig) VALUES ({}, '{}', x'00')"
    with open_store(path, create=True) as store:
        for bad in (row.format(1, "x"), row.format("'one'", "a" * 64), "INSERT INTO meta VALUES ('', 'x')"):
            with pytest.raises(sqlite3.IntegrityError), store.write() as conn:
                conn.execute(bad)


def test_a_backup_is_a_whole_copy_and_replaces_the_one_before(path, tmp_path):
    target = tmp_path / "copy.pmqadb"
    target.write_bytes(b"old")
    with open_store(path, create=True) as store:
        DocumentRepository(store).add([sheet()])
        state = DocumentRepository(store).state()
        assert store.backup(target) == target
    with open_store(target) as copy:
        assert DocumentRepository(copy).state() == state
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([path.name, target.name])


def test_a_backup_that_cannot_be_written_leaves_nothing_behind(path, tmp_path):
    with open_store(path, create=True) as store:
        assert _code(store.backup, tmp_path / "missing" / "copy.pmqadb") in {"store-cannot-open", "backup-failed"}
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_the_file_can_be_served_by_another_thread_than_the_one_that_opened_it(path):
    with open_store(path, create=True) as store:
        worker = threading.Thread(target=MetaRepository(store).set, args=("a", "b"))
        worker.start()
        worker.join()
        assert MetaRepository(store).get("a") == "b"


def test_the_log_only_grows(path, moment):
    with open_store(path, create=True) as store:
        log = AuditLog(store)
        log.append(moment, "p1", "signed", {"agency": "dpt", "what": "แบบประเมิน"})
        log.append(moment, "p1", "exported")
        assert [(one.action, dict(one.fields)) for one in log.entries()] == [
            ("signed", {"agency": "dpt", "what": "แบบประเมิน"}),
            ("exported", {}),
        ]
        assert [one.action for one in log.entries(newest=1)] == ["exported"]
        assert log.entries()[0].at == moment
        with pytest.raises(sqlite3.IntegrityError), store.write() as conn:
            conn.execute("UPDATE audit SET who = 'x'")


@pytest.fixture
def moment():
    from datetime import UTC, datetime

    return datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


# ---------------------------------------------------------------------------------------------------- upgrades
DATA = Path(__file__).parent.parent / "data" / "db"


def _schema(store):
    return store.rows("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")


def test_an_old_file_upgrades_to_the_schema_of_a_new_one_and_keeps_its_data(path, tmp_path):
    shutil.copyfile(DATA / "v1.sqlite", path)
    with open_store(path) as old, open_store(tmp_path / "fresh", create=True) as fresh:
        assert _schema(old) == _schema(fresh)
        assert {fact.person for fact in DocumentRepository(old).facts()} == {"p1", "p2"}
        assert MetaRepository(old).get("device") == "laptop-1"
        assert old.value("SELECT count(*) FROM edits") == 2
        assert old.integrity() == ()
    before = tmp_path / f"{path.name}.before-{SCHEMA}"
    assert _run(before, "PRAGMA user_version") == [(1,)]
    assert _run(before, "SELECT count(*) FROM documents") == [(2,)]


def test_a_file_of_the_second_schema_upgrades_too(path, tmp_path):
    from pmqa_desktop.store import migrations
    from pmqa_desktop.store.connection import Store

    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        store = Store(path, migrations.Database(conn, execute_plugins=False))
        with store.write():
            migrations.steps.apply(store.db, stop_before="m003_attachments")
            conn.execute(f"PRAGMA application_id={APPLICATION_ID}")
            conn.execute("PRAGMA user_version=2")
            MetaRepository(store).set("device", "laptop-2")
    with open_store(path) as old, open_store(tmp_path / "fresh", create=True) as fresh:
        assert _schema(old) == _schema(fresh)
        assert MetaRepository(old).get("device") == "laptop-2"


def test_a_failing_upgrade_leaves_the_file_as_it_was(path, monkeypatch):
    shutil.copyfile(DATA / "v1.sqlite", path)
    before = path.read_bytes()
    from pmqa_desktop.store import migrations

    def failing(db):
        db.conn.execute("CREATE TABLE half (a INTEGER) STRICT")
        raise sqlite3.OperationalError("made to fail")

    broken = [*migrations.steps._migrations, migrations.Migrations._Migration("m999_failing", failing)]
    monkeypatch.setattr(migrations.steps, "_migrations", broken)
    with pytest.raises(sqlite3.OperationalError):
        open_store(path)
    assert path.read_bytes() == before


def test_the_script_still_makes_the_old_file(tmp_path):
    made = tmp_path / "v1.sqlite"
    script = DATA / "make_v1.py"
    subprocess.run([sys.executable, script, made], check=True, cwd=DATA.parents[2])
    old, new = (
        _run(file, "SELECT type, name, sql FROM sqlite_master ORDER BY name") for file in (DATA / "v1.sqlite", made)
    )
    assert old == new


def test_a_closed_file_says_so(path):
    store = open_store(path, create=True)
    store.close()

    assert _code(store.rows, "SELECT 1") == "workspace-closed"
