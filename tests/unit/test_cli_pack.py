# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The command pack, as a secretariat's script calls it."""

import csv
import json

import pytest
from laptops import PANEL, PASSPHRASE
from made_papers import pdf
from round_files import small_round

from pmqa_desktop.cli import run
from pmqa_desktop.sync.keys import Cost, write_key_file


@pytest.fixture
def call(capfdbinary, monkeypatch):
    monkeypatch.setenv("PMQA_PASSPHRASE", PASSPHRASE)

    def made(*arguments):
        code = run([*map(str, arguments), "--json"])
        out, err = capfdbinary.readouterr()
        assert b"Traceback" not in err
        return code, json.loads(out), err.decode()

    return made


@pytest.fixture
def registry(tmp_path, call):
    """A registry with the roster, and a key of the secretariat and of a member beside it."""
    small_round().write(tmp_path / "stick")
    for name in ("secretary", "expert-1"):
        key = write_key_file(small_round().identities[name], PASSPHRASE, cost=Cost(8 * 2**20, 1))
        (tmp_path / f"{name}.key").write_bytes(key)
    path = tmp_path / "registry.db"
    assert call("merge", "--into", path, tmp_path / "stick" / "roster.pmqa")[0] == 0
    return path


def test_a_folder_per_agency_becomes_a_pack_per_seat_with_letters_and_a_list(call, registry, tmp_path):
    pdf(tmp_path / "papers" / "alpha" / "report.pdf", mark="a")
    (tmp_path / "papers" / "alpha" / "notes.txt").write_text("x", encoding="ascii")
    late = pdf(tmp_path / "beta.pdf", mark="b")
    drive = tmp_path / "drive"
    drive.mkdir()

    code, value, told = call(
        "pack", registry, "--key", tmp_path / "secretary.key", "--papers", tmp_path / "papers",
        "--paper", f"beta={late}", "--letters", tmp_path / "desk", "--to", drive,
    )  # fmt: skip

    assert code == 0 and "alpha/notes.txt" in told
    assert [(one["seat"], one["outcome"], one["seq"]) for one in value["packs"]] == [(s, "written", 1) for s in PANEL]
    files = [one["files"][0]["path"] for one in value["packs"]]
    assert sorted(files) == sorted(str(path) for path in drive.iterdir())
    rows = list(csv.reader((tmp_path / "desk" / "hand-over.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row[0] for row in rows[1:]] == list(PANEL)
    assert [str(drive / row[2]) for row in rows[1:]] == files
    letters = [tmp_path / "desk" / f"letter-{seat}.pdf" for seat in PANEL]
    assert all(path.read_bytes().startswith(b"%PDF-") for path in letters) and len(value["letters"]) == 4

    checked, (one,), _ = call("verify", files[0], "--key", tmp_path / "secretary.key")
    kinds = [document["kind"] for document in one["documents"]]
    assert checked == 0 and kinds == ["roster", "criteria", "assignment", "papers", "papers"]

    # the same once more, with another paper: a reason is needed, then the next number is given
    pdf(tmp_path / "papers" / "alpha" / "second.pdf", mark="c")
    again = ["pack", registry, "--key", tmp_path / "secretary.key", "--papers", tmp_path / "papers", "--to", drive]
    code, value, _ = call(*again)
    assert code == 1 and value["error"]["code"] == "reason-needed"
    code, value, _ = call(*again, "--reason", "เพิ่มเอกสาร", "--seat", "chair")
    assert code == 0 and [(one["seat"], one["seq"]) for one in value["packs"]] == [("chair", 2)]


def test_only_the_secretariats_key_packs(call, registry, tmp_path):
    code, value, _ = call("pack", registry, "--key", tmp_path / "expert-1.key", "--to", tmp_path)
    assert code == 1 and value["error"]["code"] == "not-the-secretariat"


def test_a_failed_pack_is_told_and_exits_1(call, registry, tmp_path):
    drive = tmp_path / "drive"
    drive.mkdir()
    arguments = ["pack", registry, "--key", tmp_path / "secretary.key", "--to", drive]
    assert call(*arguments)[0] == 0
    paper = pdf(tmp_path / "a.pdf")
    code, value, _ = call(*arguments, "--paper", f"gamma={paper}")
    assert code == 1 and value["error"]["code"] == "unknown-agency"
    code, value, told = call(*arguments, "--paper", f"alpha={paper}", "--reason", "x", "--seat", "chair")
    assert code == 0
    code, value, told = call(*arguments, "--paper", f"alpha={paper}", "--seat", "chair")
    (one,) = value["packs"]
    assert (code, one["outcome"], one["code"]) == (1, "failed", "name-taken") and one["message"] in told
