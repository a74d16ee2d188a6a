# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A sealed backup of a whole workspace: tried when written, put back whole or not at all."""

import sqlite3
from contextlib import ExitStack, closing

import msgspec
import pytest
from laptops import PASSPHRASE, SmallRound
from refusals import refused

from pmqa_desktop.app import App
from pmqa_desktop.errors import Damage, Expected
from pmqa_desktop.services.safekeeping.backups import BackupService, restore_backup, write_backup
from pmqa_desktop.store.connection import open_store
from pmqa_desktop.store.meta import NamedRound
from pmqa_desktop.sync.keys import seeded_identity
from pmqa_desktop.sync.sealing import seal

RECOVERY = seeded_identity("recovery", b"r" * 32)


class RecoverableRound(SmallRound):
    """A small round whose roster names a recovery key."""

    def _body(self):
        return msgspec.structs.replace(super()._body(), recovery=RECOVERY.recipient)


@pytest.fixture
def world(tmp_path):
    with ExitStack() as stack:
        yield RecoverableRound(tmp_path / "round", stack)


@pytest.fixture
def laptop(world, tmp_path):
    world.folder.mkdir()
    laptop = world.laptop("expert-1")
    laptop.session.meta.name(NamedRound(world.roster.digest, "r-2569", True))
    laptop.session.meta.set("person", "expert-1")
    laptop.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
    laptop.scoring.save_note("alpha", "1.1", "ก่อนดิสก์เสีย")
    return laptop


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_a_backup_is_sealed_tried_and_put_back_beside_what_was_there(laptop, stick, tmp_path):
    service = BackupService(laptop.session)
    assert service.last == ""
    refused("wrong-passphrase", service.write, stick, "guess")
    assert list(stick.iterdir()) == []

    written = service.write(stick, PASSPHRASE)
    assert written.recovery and written.documents == len(laptop.session.facts()) and service.last
    data = written.path.read_bytes()
    assert b"SQLite" not in data and "ก่อนดิสก์เสีย".encode() not in data and "expert" not in written.path.name

    app = App(tmp_path / "home")
    key = world_key(laptop)
    first = app.restore_backup(written.path, key, PASSPHRASE)
    assert (first.round, first.person, first.kept) == ("r-2569", "expert-1", None)
    workspace = app.open_workspace(first.path)
    assert workspace.scoring.sheet("alpha").notes == {"1.1": "ก่อนดิสก์เสีย"}
    workspace.unlock(PASSPHRASE)
    refused("workspace-open-elsewhere", app.restore_backup, written.path, key, PASSPHRASE)
    workspace.close()

    again = app.restore_backup(written.path, key, PASSPHRASE)
    assert again.kept is not None and again.kept.exists()


def world_key(laptop):
    return laptop.session.folder / "own.key"


def test_the_recovery_key_opens_it_too_and_nobody_elses(world, laptop, stick, tmp_path):
    written = write_backup(laptop.session, stick / "a.backup", world.identities["expert-1"])
    target = tmp_path / "back.db"

    refused("not-for-this-key", restore_backup, written.path, target, world.identities["expert-2"])
    assert not target.exists()
    assert restore_backup(written.path, target, RECOVERY) == laptop.session.documents.state()
    refused("name-taken", write_backup, laptop.session, written.path, world.identities["expert-1"])
    refused("file-missing", restore_backup, stick / "b.backup", target, RECOVERY)


def test_a_damaged_or_foreign_file_changes_nothing(world, laptop, stick, tmp_path):
    written = write_backup(laptop.session, stick / "a.backup", world.identities["expert-1"])
    data = bytearray(written.path.read_bytes())
    data[-20] ^= 1
    bad = stick / "bad.backup"
    bad.write_bytes(bytes(data))
    app, key = App(tmp_path / "home"), world_key(laptop)

    refused("sealed-damaged", app.restore_backup, bad, key, PASSPHRASE)
    refused("sealed-header-invalid", app.restore_backup, world_key(laptop), key, PASSPHRASE)
    assert not (tmp_path / "home" / "workspaces").exists()


def test_nothing_is_made_of_a_file_that_is_not_sound(world, laptop, stick):
    with laptop.session.store.write() as conn:
        conn.execute("DROP TRIGGER documents_stay")
        conn.execute("UPDATE documents SET seq = 7 WHERE kind = 'declaration'")
    with pytest.raises(Damage) as caught:
        write_backup(laptop.session, stick / "a.backup", world.identities["expert-1"])
    assert caught.value.code == "document-damaged" and list(stick.iterdir()) == []


def test_a_name_that_leads_elsewhere_is_not_followed(world, laptop, stick, tmp_path):
    laptop.session.meta.set("person", "../../evil")
    written = write_backup(laptop.session, stick / "a.backup", world.identities["expert-1"])

    with pytest.raises(Expected) as caught:
        App(tmp_path / "home").restore_backup(written.path, world_key(laptop), PASSPHRASE)
    assert caught.value.code == "not-a-workspace"
    assert not (tmp_path / "home").exists()


def test_a_second_restore_keeps_what_the_first_set_aside(laptop, stick, tmp_path):
    written = BackupService(laptop.session).write(stick, PASSPHRASE)
    app, key = App(tmp_path / "home"), world_key(laptop)
    first = app.restore_backup(written.path, key, PASSPHRASE)
    with closing(app.open_workspace(first.path)) as workspace:
        workspace.scoring.save_note("alpha", "1.1", "งานหลังสำรอง")

    kept = [app.restore_backup(written.path, key, PASSPHRASE).kept for _ in range(2)]
    assert kept[0] != kept[1]
    with open_store(kept[0], migrate=False) as store:
        assert store.value("SELECT count(*) FROM edits WHERE value LIKE '%งานหลังสำรอง%'")


def test_a_backup_with_a_forged_signature_is_not_put_back(world, laptop, stick, tmp_path):
    """Anybody can seal a file to a key that the roster names; the digests of a forged document are right."""
    forged = tmp_path / "forged.db"
    laptop.session.store.backup(forged)
    with closing(sqlite3.connect(forged)) as conn:
        conn.execute("UPDATE signatures SET sig = zeroblob(64)")
        conn.commit()
    sealed = stick / "forged.backup"
    sealed.write_bytes(seal(forged.read_bytes(), [world.identities["expert-1"].recipient]))

    with pytest.raises(Damage) as caught:
        App(tmp_path / "home").restore_backup(sealed, world_key(laptop), PASSPHRASE)
    assert caught.value.code == "backup-damaged"
    assert not list((tmp_path / "home").rglob("workspace.db*"))


def test_no_backup_is_called_good_whose_signatures_a_restore_would_refuse(world, laptop, stick):
    with laptop.session.store.write() as conn:
        conn.execute("UPDATE signatures SET sig = zeroblob(64)")

    with pytest.raises(Damage) as caught:
        write_backup(laptop.session, stick / "a.backup", world.identities["expert-1"])
    assert caught.value.code == "document-damaged" and list(stick.iterdir()) == []
