# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Backups, mirrors and portable drafts that somebody spoiled or made up: each is refused once, and nothing changes."""

import json
import random
import sqlite3
import zlib
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from laptops import PASSPHRASE, SmallRound
from made_files import photo

from pmqa_desktop.app import App
from pmqa_desktop.errors import Damage, Expected, PmqaError
from pmqa_desktop.messages import MESSAGES
from pmqa_desktop.services.evaluation.attachments import AttachmentService
from pmqa_desktop.services.safekeeping.backups import restore_workspace
from pmqa_desktop.services.safekeeping.mirror import MirrorService
from pmqa_desktop.services.safekeeping.portable import PortableService
from pmqa_desktop.store.meta import NamedRound
from pmqa_desktop.sync.keys import Cost
from pmqa_desktop.sync.sealing import seal, unseal_bytes

CHEAP = Cost(memory=8 * 1024, passes=1)
SECRET = "a passphrase of the day"
STEP = 97


class Own:
    """An evaluator's laptop with work on it, and the three files that this work can leave by."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.world = SmallRound(folder, stack)
        self.laptop = self.world.laptop("expert-1")
        session = self.session = self.laptop.session
        session.meta.name(NamedRound(self.world.roster.digest, "r-2569", True))
        session.meta.set("person", "expert-1")
        self.laptop.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
        self.laptop.scoring.fill("alpha", self.world.full_sheet())
        self.laptop.scoring.save_note("alpha", "1.1", "คำของตน")
        self.laptop.scoring.undo("alpha")
        (folder / "ภาพ.jpg").write_bytes(photo())
        AttachmentService(session, self.laptop.scoring).attach("alpha", "1.1", "", folder / "ภาพ.jpg")
        session.unlock(PASSPHRASE)
        self.key = self.world.identities["expert-1"]
        self.portable = PortableService(session, CHEAP)
        self.mirror = MirrorService(session, self.portable)
        self.drive = folder / "drive"
        self.drive.mkdir()
        self.mirror.choose(self.drive)
        self.mirrored = self.mirror.write().read_bytes()
        self.content = unseal_bytes(self.mirrored, self.key)
        self.draft = self.portable.export(self.drive, SECRET, ("alpha",)).path.read_bytes()
        session.store.backup(folder / "good.db")
        self.database = (folder / "good.db").read_bytes()

    def state(self) -> object:
        return (
            self.session.documents.state(), self.session.drafts.newest(), sorted(self.session.attachments.all()),
            sorted(path.name for path in self.session.folder.rglob("*")),
        )  # fmt: skip

    def sealed(self, content: bytes) -> bytes:
        return seal(content, [self.key.recipient])

    def changed(self, change) -> bytes:
        """Return a mirror whose content a stranger changed and sealed again."""
        tree = json.loads(zlib.decompress(self.content))
        change(tree)
        text = json.dumps(tree, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return self.sealed(zlib.compress(text.encode()))

    def altered(self, *statements: str) -> bytes:
        """Return the workspace's file after some SQL by a stranger."""
        path = self.folder / "altered.db"
        path.write_bytes(self.database)
        with closing(sqlite3.connect(path, isolation_level=None)) as conn:
            for one in statements:
                conn.execute(one)
        return path.read_bytes()


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    with ExitStack() as stack:
        yield Own(tmp_path_factory.mktemp("own"), stack)


def refusal(work, *arguments):
    """Return the code that a call is refused with, empty where it is not; whatever else it raises fails the test."""
    try:
        work(*arguments)
    except PmqaError as error:
        return error.code if error.code in MESSAGES else f"no words for {error.code}"
    return ""


def flipped(data: bytes, times: int, seed: int):
    choose = random.Random(seed)
    for _ in range(times):
        spoilt = bytearray(data)
        spoilt[choose.randrange(len(spoilt))] ^= 1 << choose.randrange(8)
        yield bytes(spoilt)


# ------------------------------------------------------------------------------------------------- mirrors


def compared(own, data):
    """Compare a mirror file; it must change nothing."""
    path = own.drive / "x.mirror"
    path.write_bytes(data)
    before = own.state()
    code = refusal(own.mirror.compare, path)
    assert own.state() == before
    return code


def test_a_mirror_cut_anywhere_or_with_a_flipped_bit_is_refused(own):
    cut = {compared(own, own.mirrored[:end]) for end in range(0, len(own.mirrored), STEP)}
    spoilt = {compared(own, data) for data in flipped(own.mirrored, 60, 1)}
    assert cut <= {"sealed-header-invalid", "sealed-damaged"} and len(cut) == 2
    assert spoilt <= {"sealed-header-invalid", "sealed-damaged", "not-for-this-key"}


def test_a_mirror_whose_content_was_cut_or_spoilt_before_sealing_is_refused(own):
    cut = {compared(own, own.sealed(own.content[:end])) for end in range(0, len(own.content), STEP)}
    spoilt = {compared(own, own.sealed(data)) for data in flipped(own.content, 60, 2)}
    assert cut == spoilt == {"draft-file-invalid"}


def test_a_mirror_of_another_key_or_person_is_refused_and_so_is_one_from_the_future(own):
    other = own.world.identities["expert-2"].recipient
    assert compared(own, seal(own.content, [other])) == "not-for-this-key"
    assert compared(own, own.changed(lambda tree: tree.update(person="expert-2"))) == "draft-of-another-person"
    assert compared(own, own.changed(lambda tree: tree.update(round="r-2570"))) == "draft-of-another-round"
    assert compared(own, own.changed(lambda tree: tree.update(format="pmqa-draft-v2"))) == "draft-file-invalid"
    assert compared(own, own.changed(lambda tree: tree.update(more=1))) == "draft-file-invalid"


EDIT = {
    0: (-1, 2**54, 2**70, "x"), 1: ("consensus", "", "meta"), 2: ("9.9", "../x"), 3: ("xx", "page:0"),
    4: ("{", '{"ticks":["9.9.Z1"]}', "\u202e"),
    5: ("x", "2026-05-01T00:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59+00:00"),
    6: ("a" * 200, "/"), 7: (0, -1, 2**63, 2**70), 8: ("delete",), 9: (2**63, 2**70),
}  # fmt: skip
"""By place in an edit, values that this program never puts there."""


@pytest.mark.parametrize(("place", "value"), [(place, value) for place, values in EDIT.items() for value in values])
def test_an_edit_that_this_program_would_not_have_made_is_refused(own, place, value):
    def change(tree):
        tree["drafts"]["alpha"][0][place] = value

    assert compared(own, own.changed(change)) == "draft-file-invalid"


def test_files_in_a_mirror_are_no_paths_and_not_without_number(own):
    def renamed(name):
        return lambda tree: [one.update(name=name) for one in tree["files"].values()]

    def many(tree):
        tree["files"].update({f"sha256:{n:064x}": {"name": "x", "media_type": "y", "data": ""} for n in range(6_000)})

    assert compared(own, own.changed(renamed("\u202egpj.exe"))) == "draft-file-invalid"
    assert compared(own, own.changed(many)) == "draft-file-invalid"
    path = own.drive / "x.mirror"
    path.write_bytes(own.changed(renamed("../../ก.jpg")))
    own.portable.take(own.mirror.compare(path), ("alpha",))
    assert not list(own.folder.rglob("ก.jpg"))


@pytest.mark.parametrize("content", [zlib.compress(b"0" * 300_000_000, 1), zlib.compress(b"[" * 1_000_000), b""])
def test_a_bomb_in_a_mirror_is_refused(own, content):
    assert compared(own, own.sealed(content)) == "draft-file-invalid"


# ------------------------------------------------------------------------------------------------- portable drafts


def test_a_portable_draft_cut_anywhere_or_with_a_flipped_bit_is_refused(own):
    path = own.drive / "x.draft"

    def opened(data):
        path.write_bytes(data)
        return refusal(own.portable.compare, path, SECRET)

    before = own.state()
    cut = {opened(own.draft[:end]) for end in range(0, len(own.draft), STEP)}
    spoilt = {opened(data) for data in flipped(own.draft, 60, 3)}
    assert cut == {"draft-file-invalid", "wrong-passphrase"}
    assert spoilt <= {"draft-file-invalid", "wrong-passphrase", "key-file-limits"}
    assert own.state() == before


# ------------------------------------------------------------------------------------------------- backups


def put_back(own, home, data):
    """Restore a file that somebody sealed to the own key; return the refusal, and see that nothing was left."""
    backup = own.folder / "x.backup"
    backup.write_bytes(own.sealed(data))
    key = own.session.folder / "own.key"
    with pytest.raises((Expected, Damage)) as caught:
        restore_workspace(backup, home, key, own.key, lambda _path: None)
    assert caught.value.code in MESSAGES
    assert not [path for path in home.rglob("*") if path.is_file()]
    return caught.value.code, str(caught.value.fields.get("file"))


NO_MORE = {
    f"{table}_stay": f"CREATE TRIGGER {table}_stay BEFORE UPDATE ON {table} "
    f"BEGIN SELECT RAISE(ABORT, 'rows of {table} never change'); END"
    for table in ("edits", "audit")
}
BACKUPS = {
    "of no version": ("backup-damaged", "PRAGMA user_version=0"),
    "of a version below all": ("backup-damaged", "PRAGMA user_version=-5"),
    "no meta": ("backup-damaged", "DROP TABLE meta"),
    "a view for a table": (
        "backup-damaged", "ALTER TABLE meta RENAME TO m", "CREATE VIEW meta AS SELECT name, value FROM m",
    ),
    "from the future": ("store-too-new", "DROP TABLE meta", "PRAGMA user_version=99"),
    "older than its tables": (
        "backup-damaged", "DROP TABLE attachments", "DROP TABLE _sqlite_migrations", "PRAGMA user_version=2",
    ),
    "a trigger for the next migration": (
        "backup-damaged",
        "CREATE TRIGGER t AFTER INSERT ON _sqlite_migrations BEGIN DELETE FROM documents; END",
    ),
    "a trigger for this migration": (
        "backup-damaged", "PRAGMA user_version=2", "DELETE FROM _sqlite_migrations WHERE name LIKE 'm003%'",
        "CREATE TRIGGER t AFTER INSERT ON _sqlite_migrations BEGIN DELETE FROM documents; END",
    ),
    "a path for a person": ("not-a-workspace", "UPDATE meta SET value='../../x' WHERE name='person'"),
    "a path for a round": ("not-a-workspace", "UPDATE meta SET value='a/b' WHERE name='round'"),
    "a path for a mirror": ("backup-damaged", "INSERT OR REPLACE INTO meta VALUES ('mirror-name', '../../x')"),
    "no UTF-8": ("backup-damaged", "UPDATE meta SET value=CAST(x'ff00fe' AS TEXT) WHERE name='person'"),
    "no date of closing": ("backup-damaged", "INSERT INTO meta VALUES ('closed-here', 'yesterday')"),
    "no number of a mirror": ("backup-damaged", "INSERT OR REPLACE INTO meta VALUES ('mirror-number', '-')"),
    "another program's": ("not-a-workspace", "PRAGMA application_id=1"),
    "an edit at no time": (
        "backup-damaged", "DROP TRIGGER edits_stay", "UPDATE edits SET at='soon'", NO_MORE["edits_stay"],
    ),
    "an answer that is none": (
        "backup-damaged", "DROP TRIGGER edits_stay", "UPDATE edits SET value='{' WHERE field='answer'",
        NO_MORE["edits_stay"],
    ),
    "a log that is none": (
        "backup-damaged", "DROP TRIGGER audit_stay", "UPDATE audit SET fields='{no}'", NO_MORE["audit_stay"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BACKUPS)
def test_a_backup_that_somebody_altered_is_refused_by_its_own_name_and_leaves_nothing(own, tmp_path, name):
    code, *statements = BACKUPS[name]
    assert put_back(own, tmp_path / "home", own.altered(*statements)) == (code, "x.backup")


@pytest.mark.parametrize("data", [b"", b"hello" * 100, "head", "cut"])
def test_a_backup_that_is_no_whole_workspace_is_refused(own, tmp_path, data):
    given = {"head": own.database[:100], "cut": own.database[:-1]}.get(data, data)
    assert put_back(own, tmp_path / "home", given)[0] in {"not-a-workspace", "backup-damaged"}


def test_a_backup_that_is_refused_leaves_the_workspace_and_its_key_as_they_were(own, tmp_path):
    home = tmp_path / "home"
    folder = home / "workspaces" / "r-2569-expert-1"
    folder.mkdir(parents=True)
    (folder / "workspace.db").write_bytes(own.database)
    (folder / "own.key").write_bytes(b"an older key")
    backup = own.folder / "x.backup"
    backup.write_bytes(own.sealed(own.altered("UPDATE signatures SET sig = zeroblob(64)")))
    key = own.session.folder / "own.key"

    assert refusal(restore_workspace, backup, home, key, own.key, lambda _path: None) == "backup-damaged"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "workspace.db": own.database, "own.key": b"an older key",
    }  # fmt: skip
    backup.write_bytes(own.sealed(own.database))
    restored = restore_workspace(backup, home, key, own.key, lambda _path: None)
    assert (folder / "own.key").read_bytes() == key.read_bytes() and restored.kept.read_bytes() == own.database


def test_a_workspace_with_a_value_that_cannot_be_read_does_not_keep_the_start_screen_from_the_others(own, tmp_path):
    for name, data in (("a", own.altered("INSERT INTO meta VALUES ('closed-here', 'x')")), ("b", own.database)):
        (tmp_path / "workspaces" / name).mkdir(parents=True)
        (tmp_path / "workspaces" / name / "workspace.db").write_bytes(data)
    app = App(tmp_path)
    assert [one.path.parent.name for one in app.recent()] == ["b"]
    assert refusal(app.open_workspace, tmp_path / "workspaces" / "a" / "workspace.db") == "store-damaged"
