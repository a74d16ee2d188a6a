# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""audit, rebuild-index, backup, restore, results, score, self-test, and the program started for real."""

import json
import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from round_files import EXPECTED, small_round

from pmqa_desktop.cli import run
from pmqa_desktop.services.readiness import SelfCheck
from pmqa_desktop.sync.keys import Cost, seeded_identity, write_key_file

ROOT = Path(__file__).parents[2]


@pytest.fixture
def call(capfdbinary):
    """Run a command; return exit code, the JSON on stdout (None without), and the text on stderr."""

    def made(*arguments, open_window=None):
        code = run([str(argument) for argument in arguments], open_window)
        out, err = capfdbinary.readouterr()
        value = json.loads(out) if "--json" in arguments else None
        assert b"Traceback" not in err
        return code, value, err.decode()

    return made


@pytest.fixture
def registry(tmp_path, call):
    """A registry with the small round in it."""
    small_round().write(tmp_path / "stick")
    assert call("merge", "--into", tmp_path / "registry.db", tmp_path / "stick")[0] == 0
    return tmp_path / "registry.db"


def spoil(registry, sql, *values):
    with closing(sqlite3.connect(registry, isolation_level=None)) as conn:
        (trigger,) = conn.execute("SELECT sql FROM sqlite_master WHERE name = 'documents_stay'").fetchone()
        conn.execute("DROP TRIGGER documents_stay")
        conn.execute(sql, values)
        conn.execute(trigger)


def test_audit_of_a_sound_registry_is_clean_and_changes_nothing(call, registry):
    before = registry.read_bytes()
    code, value, _ = call("audit", registry, "--json")
    assert code == 0
    assert (value["ok"], value["problems"], value["derived"]) == (True, [], "equal")
    assert value["documents"] == value["signatures"] > EXPECTED
    assert registry.read_bytes() == before


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE documents SET payload = CAST(replace(CAST(payload AS TEXT), '1.1', '1.2') AS BLOB) "
         "WHERE kind = 'scoresheet'", "document-damaged"),
        ("UPDATE documents SET seq = 7 WHERE kind = 'scoresheet'", "document-damaged"),
        ("UPDATE documents SET person = 'somebody' WHERE kind = 'consensus'", "document-damaged"),
        ("UPDATE signatures SET sig = zeroblob(64)", "signature-invalid"),
        ("UPDATE signatures SET keyid = substr(keyid, 2) || substr(keyid, 1, 1)", "signature-not-allowed"),
        ("DELETE FROM statuses", "derived-different"),
        ("UPDATE item_scores SET exact = '499'", "derived-different"),
        ("UPDATE cells SET state = 'current', seq = 9", "derived-different"),
        ("UPDATE comments SET text = 'อื่น'", "derived-different"),
    ],
)  # fmt: skip
def test_audit_finds_every_tampering_and_exits_with_3(call, registry, sql, code):
    spoil(registry, sql)
    exit_code, value, err = call("audit", registry, "--json")
    assert exit_code == 3
    assert code in {problem["code"] for problem in value["problems"]}
    assert value["ok"] is False
    assert err


def test_a_flipped_bit_anywhere_in_the_documents_is_found_or_harmless(call, registry, tmp_path):
    whole, choose, found = registry.read_bytes(), random.Random(11), 0
    right = call("results", registry, "--json")[1]
    for _ in range(25):
        flipped = bytearray(whole)
        flipped[choose.randrange(100, len(flipped))] ^= 1 << choose.randrange(8)
        copy = tmp_path / "flipped.db"
        copy.write_bytes(flipped)
        code, value, _ = call("audit", copy, "--json")
        assert code in (0, 1, 3)
        if code:
            found += 1
        else:
            assert value["state"] is not None
            assert call("results", copy, "--json")[1] == right
    assert found > 5


def test_rebuilding_the_index_repairs_the_derived_tables(call, registry):
    spoil(registry, "DELETE FROM statuses")
    assert call("audit", registry)[0] == 3
    assert call("rebuild-index", registry, "--json")[0] == 0
    assert call("audit", registry)[0] == 0


def test_backup_and_restore_give_the_same_state_and_keep_what_was_there(call, registry, tmp_path):
    state = call("audit", registry, "--json")[1]["state"]
    copy = tmp_path / "copy.db"
    assert call("backup", registry, copy, "--json")[1]["state"] == state
    call("merge", "--into", tmp_path / "other.db", tmp_path / "stick" / "roster.pmqa")
    code, value, _ = call("restore", copy, tmp_path / "other.db", "--json")
    assert (code, value["state"]) == (0, state)
    assert call("audit", tmp_path / "other.db")[0] == 0
    assert call("audit", tmp_path / "other.db.before-restore", "--json")[1]["documents"] == 2
    assert not [path.name for path in tmp_path.iterdir() if "restoring" in path.name]


def test_a_damaged_copy_is_not_restored(call, registry, tmp_path):
    spoil(registry, "UPDATE documents SET seq = 7 WHERE kind = 'scoresheet'")
    target = tmp_path / "target.db"
    target.write_bytes(b"precious")
    code, value, _ = call("restore", registry, target, "--json")
    assert (code, value["error"]["code"]) == (3, "backup-damaged")
    assert target.read_bytes() == b"precious"


def test_a_damaged_registry_does_not_replace_a_good_copy(call, registry, tmp_path):
    copy = tmp_path / "copy.db"
    call("backup", registry, copy)
    good = copy.read_bytes()
    spoil(registry, "UPDATE documents SET seq = 7 WHERE kind = 'scoresheet'")
    code, value, _ = call("backup", registry, copy, "--json")
    assert (code, value["error"]["code"]) == (3, "document-damaged")
    assert copy.read_bytes() == good


def test_results_are_told_in_full_and_exit_with_1_while_incomplete(call, registry, tmp_path):
    code, value, _ = call("results", registry, "--json")
    assert code == 0
    assert [(row["rank"], row["agency"]) for row in value["ranking"]] == [(1, "alpha"), (1, "beta")]
    part = tmp_path / "part.db"
    call("merge", "--into", part, *(path for path in (tmp_path / "stick").iterdir() if "beta" not in path.name))
    code, value, err = call("results", part, "--json")
    assert code == 1
    assert [(row["agency"], row["rank"]) for row in value["ranking"]] == [("alpha", 1), ("beta", None)]
    assert value["unranked"] == ["beta"]
    assert "beta" in err
    assert call("results", part, "--out", tmp_path / "out.json")[0] == 1
    assert json.loads((tmp_path / "out.json").read_bytes()) == value


def test_a_workbook_needs_a_file_to_go_to(call, registry):
    assert call("results", registry, "--format", "xlsx")[0] == 2


def test_commands_on_a_missing_or_foreign_registry_make_nothing(call, tmp_path):
    foreign = tmp_path / "foreign.db"
    foreign.write_bytes(b"something else")
    for command in (
        ("audit",),
        ("results",),
        ("rebuild-index",),
        ("report", "ranking", "--out", tmp_path / "r.pdf", "--registry"),
    ):
        assert call(*command, tmp_path / "nothing.db")[0] == 1
        assert call(*command, foreign)[0] == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["foreign.db"]
    assert call("backup", tmp_path / "nothing.db", tmp_path / "b.db")[0] == 1
    assert call("restore", foreign, tmp_path / "b.db")[0] == 1


def test_nothing_is_merged_into_a_damaged_registry(call, registry, tmp_path):
    spoil(registry, "UPDATE documents SET seq = 7 WHERE kind = 'scoresheet'")
    before = registry.read_bytes()

    code, value, _ = call("merge", "--into", registry, tmp_path / "any.pmqa", "--json")

    assert (code, value["error"]["code"]) == (3, "document-damaged")
    assert registry.read_bytes() == before


def test_a_damaged_registry_exits_with_3(call, registry):
    whole = registry.read_bytes()
    registry.write_bytes(whole[:100] + b"\xff" * 6000 + whole[6100:])
    code, value, err = call("audit", registry, "--json")
    assert code == 3
    assert value["error"]["code"] == "store-damaged"
    assert err


def test_a_folder_that_takes_nothing_is_told(call, registry, tmp_path):
    nowhere = tmp_path / "no" / "such" / "folder" / "x"
    assert call("backup", registry, nowhere)[0] == 1
    assert call("merge", "--into", nowhere, tmp_path / "stick")[0] == 1
    (tmp_path / "file").write_bytes(b"")
    assert call("results", registry, "--out", tmp_path / "file" / "x")[0] == 1


def test_scores_come_without_a_registry(call, tmp_path):
    answers = tmp_path / "answers.json"
    answers.write_text('{"items": {"1.1": {"ticks": []}}}', encoding="utf-8")
    code, value, _ = call("score", "--edition", "pmqa40", answers, "--json")
    assert code == 0
    assert (value["items"]["1.1"]["exact"], value["total"]["exact"]) == ("0", None)
    assert "1.1" not in value["missing"]
    answers.write_text('[{"items": {}}, {"items": {}}]', encoding="utf-8")
    assert len(call("score", "--edition", "pmqa2562", answers, "--json")[1]) == 2
    answers.write_text('{"items": {"9.9": {"ticks": []}}}', encoding="utf-8")
    assert call("score", "--edition", "pmqa40", answers, "--json")[0] == 1
    assert call("score", "--edition", "none-such", answers, "--json")[0] == 1
    assert call("score", "--edition", "pmqa40", tmp_path / "nothing.json", "--json")[0] == 1
    assert call("score", "--edition", "pmqa40", tmp_path, "--json")[0] == 1


def test_self_test_tells_every_check_and_warnings_are_no_failure(call):
    code, value, _ = call("self-test", "--json")
    assert code == 0
    assert {one["name"]: one["state"] for one in value["checks"]}["window"] == "left-out"
    warning = SelfCheck("window", "warning", "The window was not tried.")
    assert call("self-test", "--json", open_window=lambda: (warning,))[0] == 0
    failed = SelfCheck("window", "failed", "The window was not tried.")
    code, value, _ = call("self-test", "--json", open_window=lambda: (failed,))
    assert (code, value["ok"]) == (1, False)


def test_self_test_survives_a_window_that_cannot_open(call):
    def broken():
        raise ImportError("libEGL.so.1")

    code, value, _ = call("self-test", "--json", "--lang", "en", open_window=broken)
    assert code == 1
    assert "libEGL.so.1" in value["checks"][-1]["message"]


# ---------------------------------------------------------------------------------------------- the real program
def start(*arguments, **environment):
    command = [sys.executable, ROOT / "main.py", *arguments]
    return subprocess.run(command, capture_output=True, env={**os.environ, **environment}, check=False, cwd=ROOT.parent)


def test_the_program_prints_one_json_value_and_loads_no_window(tmp_path):
    small_round().write(tmp_path / "stick")
    done = start(
        "merge", "--into", tmp_path / "registry.db", tmp_path / "stick", "--json", PYTHONIOENCODING="ascii", LC_ALL="C"
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["board"]["received"] == EXPECTED
    assert b"Traceback" not in done.stderr
    code = (
        "import sys; from pmqa_desktop.cli import run; run(['audit', sys.argv[1]]); "
        "print([m for m in sys.modules if 'PySide' in m])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "registry.db"], capture_output=True, cwd=ROOT, check=True
    )
    assert loaded.stdout.strip() == b"[]"


def test_a_reader_that_goes_away_causes_no_traceback(tmp_path):
    small_round().write(tmp_path / "stick")
    command = f"{sys.executable} {ROOT / 'main.py'} verify {tmp_path / 'stick'} --json | head -c 10"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert b"Traceback" not in done.stderr


def test_the_module_runs_the_same_commands():
    done = subprocess.run(
        [sys.executable, "-m", "pmqa_desktop", "--version"], capture_output=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip()


def test_a_sealed_backup_needs_its_key_to_come_back(call, registry, tmp_path, monkeypatch):
    owner, other = seeded_identity("secretary", b"s" * 32), seeded_identity("other", b"o" * 32)
    cheap = Cost(memory=8 * 1024 * 1024, passes=1)
    for identity in (owner, other):
        key = tmp_path / f"{identity.person}.key"
        key.write_bytes(write_key_file(identity, "open sesame", rehearsal=True, cost=cheap))
    monkeypatch.setenv("PMQA_PASSPHRASE", "open sesame")
    sealed, back = tmp_path / "a.backup", tmp_path / "back.db"

    code, value, _ = call("backup", registry, sealed, "--key", tmp_path / "secretary.key", "--json")
    assert code == 0 and b"SQLite" not in sealed.read_bytes()
    assert call("restore", sealed, back, "--json")[0] == 1
    assert call("restore", sealed, back, "--key", tmp_path / "other.key", "--json")[0] == 1
    assert not back.exists()
    code, restored, _ = call("restore", sealed, back, "--key", tmp_path / "secretary.key", "--json")
    assert code == 0 and restored["state"] == value["state"]
