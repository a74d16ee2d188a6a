# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""verify, inspect and merge, exactly as the commands are described."""

import json
import random

import pytest
from laptops import PASSPHRASE
from round_files import EXPECTED, live_round, small_round

from pmqa_desktop.cli import run
from pmqa_desktop.sync.keys import Cost, write_key_file

SHEET = "sheet-chair-alpha.pmqa"


@pytest.fixture
def call(capfdbinary):
    """Run a command; return exit code, the JSON on stdout (None without), and the text on stderr."""

    def made(*arguments):
        code = run([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        value = json.loads(out) if "--json" in arguments else None
        assert b"Traceback" not in err
        return code, value, err.decode()

    return made


@pytest.fixture
def stick(tmp_path):
    small_round().write(tmp_path / "stick")
    return tmp_path / "stick"


@pytest.fixture
def registry(tmp_path):
    return tmp_path / "registry.db"


@pytest.fixture
def secretary_key(tmp_path, monkeypatch):
    monkeypatch.setenv("PMQA_PASSPHRASE", PASSPHRASE)
    path = tmp_path / "secretary.key"
    path.write_bytes(write_key_file(small_round().identities["secretary"], PASSPHRASE, cost=Cost(8 * 2**20, 1)))
    return path


def test_verify_tells_each_document_and_signature(call, stick):
    code, value, _ = call("verify", stick / SHEET, "--json")
    assert code == 0
    (one,) = value
    assert (one["file"], one["ok"], one["sealed"], one["refusals"]) == (str(stick / SHEET), True, False, [])
    assert [document["kind"] for document in one["documents"]] == ["declaration", "scoresheet"]
    sheet = one["documents"][1]
    assert (sheet["person"], sheet["seat"], sheet["agency"], sheet["seq"]) == ("chair", "chair", "alpha", 1)
    assert sheet["rehearsal"] is True
    assert sheet["digest"] == small_round().sheets["chair", "alpha"].digest
    assert sheet["signatures"] == [{"keyid": small_round().identities["chair"].keyid, "ok": True}]


def test_verify_refuses_a_flipped_bit_and_says_where_in_thai_and_english(call, stick):
    data = bytearray((stick / SHEET).read_bytes())
    lines = data.split(b"\n")
    lines[2] = (
        lines[2].replace(b'"sig":"A', b'"sig":"B')
        if b'"sig":"A' in lines[2]
        else lines[2][:-12] + b"AAAA" + lines[2][-8:]
    )
    (stick / SHEET).write_bytes(b"\n".join(lines))
    code, value, thai = call("verify", stick / SHEET, "--json")
    assert code == 1
    (refusal,) = value[0]["refusals"]
    assert refusal["where"].startswith("line 3")
    assert any("\u0e00" <= letter <= "\u0e7f" for letter in thai)
    code, value, english = call("verify", stick / SHEET, "--lang", "en", "--json")
    assert code == 1
    assert refusal["message"] != value[0]["refusals"][0]["message"]
    assert value[0]["refusals"][0]["message"] in english


def test_with_a_roster_both_kinds_of_no_are_refusals(call, stick):
    made = small_round()
    roster = stick / "roster.pmqa"
    assert call("verify", *sorted(stick.iterdir()), "--roster", roster)[0] == 0
    code, value, _ = call("verify", stick / "consensus-alpha.pmqa", "--roster", roster, "--json")
    assert code == 1
    assert {refusal["code"] for refusal in value[0]["refusals"]} == {"parent-awaited"}
    orphan = stick / "orphan.pmqa"
    orphan.write_bytes(made.bundle(made.revised("expert-1", "alpha")))
    assert call("verify", orphan, "--json")[0] == 0
    code, value, _ = call("verify", orphan, "--roster", roster, "--json")
    assert (code, value[0]["ok"]) == (1, False)
    code, value, _ = call("verify", stick / SHEET, "--roster", stick / SHEET, "--json")
    assert (code, value["error"]["code"]) == (1, "roster-not-here")


def test_verify_takes_sealed_files_with_their_key(call, stick, secretary_key):
    made = small_round()
    sealed = stick / "sealed.pmqa"
    sealed.write_bytes(made.bundle(made.roster, sealed_to=(made.identities["secretary"].recipient,)))
    code, value, _ = call("verify", sealed, "--json")
    assert (code, value[0]["sealed"], value[0]["refusals"][0]["code"]) == (1, True, "sealed-key-needed")
    code, value, _ = call("verify", sealed, "--key", secretary_key, "--json")
    assert (code, value[0]["sealed"], value[0]["ok"]) == (0, True, True)


def test_a_wrong_or_absent_passphrase_is_told(call, stick, secretary_key, monkeypatch):
    monkeypatch.setenv("PMQA_PASSPHRASE", "wrong")
    assert call("verify", stick / SHEET, "--key", secretary_key, "--json")[1]["error"]["code"] == "wrong-passphrase"
    monkeypatch.delenv("PMQA_PASSPHRASE")
    assert call("verify", stick / SHEET, "--key", secretary_key, "--json")[1]["error"]["code"] == "passphrase-missing"
    assert call("merge", "--into", stick / "r.db", "--key", stick / "no.key", stick, "--json")[0] == 1


def test_inspect_shows_what_is_inside_even_of_a_broken_file(call, stick):
    code, value, _ = call("inspect", stick / SHEET, "--json")
    assert code == 0
    assert [document["verified"] for document in value["documents"]] == [True, True]
    whole = (stick / SHEET).read_bytes()
    (stick / SHEET).write_bytes(whole[:-3])
    code, value, _ = call("inspect", stick / SHEET, "--json")
    assert code == 1
    assert value["refusals"]
    assert value["documents"][0]["verified"] is True


def test_merge_tells_files_state_and_board(call, stick, registry):
    code, value, err = call("merge", "--into", registry, stick, "--json")
    assert code == 0
    assert {one["outcome"] for one in value["files"]} == {"new"}
    assert {one["code"] for one in value["files"]} == {None}
    board = value["board"]
    assert (board["expected"], board["received"]) == (EXPECTED, EXPECTED)
    assert (board["missing"], board["unexpected"], board["conflicts"]) == ([], [], [])
    assert value["state"].startswith("sha256:")
    assert "roster.pmqa" in err
    again = call("merge", "--into", registry, *sorted(stick.iterdir(), reverse=True), "--json")
    assert again[0] == 0
    assert {one["outcome"] for one in again[1]["files"]} == {"known"}
    assert again[1]["state"] == value["state"]


def test_merging_one_by_one_with_the_roster_last_gives_the_same(call, stick, registry, tmp_path):
    whole = call("merge", "--into", registry, stick, "--json")[1]
    order = [path for path in stick.iterdir() if path.name != "roster.pmqa"]
    random.Random(5).shuffle(order)
    slow = tmp_path / "slow.db"
    for path in order:
        code, value, _ = call("merge", "--into", slow, path, "--json")
        assert (code, value["files"][0]["outcome"]) == (1, "waiting")
    code, value, _ = call("merge", "--into", slow, stick / "roster.pmqa", "--json")
    assert (code, value["state"], value["board"]) == (0, whole["state"], whole["board"])
    assert call("results", slow, "--json")[1:2] == call("results", registry, "--json")[1:2]


def test_merge_exits_with_1_and_the_full_report_when_a_file_is_refused(call, stick, registry):
    (stick / "broken.pmqa").write_bytes(b"hello")
    code, value, err = call("merge", "--into", registry, stick, "--json")
    assert code == 1
    refused = [one for one in value["files"] if one["outcome"] == "refused"]
    assert [(one["file"], one["code"]) for one in refused] == [("broken.pmqa", "not-a-bundle")]
    assert refused[0]["message"] in err
    assert value["board"]["received"] == EXPECTED


def test_a_dry_run_tells_and_changes_nothing(call, stick, registry):
    code, value, _ = call("merge", "--into", registry, "--dry-run", stick, "--json")
    assert (code, value["board"]["received"], value["dry_run"]) == (0, EXPECTED, True)
    assert not registry.exists()
    call("merge", "--into", registry, stick / "roster.pmqa")
    before = registry.read_bytes()
    code, value, _ = call("merge", "--into", registry, "--dry-run", stick, "--json")
    assert (code, value["board"]["received"]) == (0, EXPECTED)
    assert registry.read_bytes() == before


def test_a_live_round_needs_its_trusted_roster_by_file_or_digest(call, registry, tmp_path):
    live = live_round()
    live.write(tmp_path / "live")
    code, value, _ = call("merge", "--into", registry, tmp_path / "live", "--json")
    assert code == 1
    assert {one["code"] for one in value["files"]} == {"no-trusted-roster"}
    for number, trust in enumerate((tmp_path / "live" / "roster.pmqa", live.roster.digest)):
        code, value, _ = call(
            "merge", "--into", tmp_path / f"{number}.db", "--trust", trust, tmp_path / "live", "--json"
        )
        assert (code, value["board"]["received"]) == (0, EXPECTED)
    code, value, _ = call("merge", "--into", registry, "--trust", tmp_path / "nothing", tmp_path / "live", "--json")
    assert (code, value["error"]["code"]) == (1, "trust-not-found")


def test_sealed_files_are_merged_with_the_key(call, stick, registry, secretary_key):
    made = small_round()
    to = (made.identities["secretary"].recipient,)
    (stick / SHEET).write_bytes(made.bundle(made.sheets["chair", "alpha"], sealed_to=to))
    assert call("merge", "--into", registry, stick)[0] == 1
    code, value, _ = call("merge", "--into", registry, "--key", secretary_key, stick / SHEET, "--json")
    assert (code, value["files"][0]["outcome"]) == (0, "new")


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 300, b"{}\n", b'{"payload":"', b'{"payload":"AAAA"}\n', b"%PDF-1.7 rubbish", b"PK\x03\x04",
     b"SQLite format 3\x00", b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----\n",
     "ก".encode() * 5000, b"[" * 100_000],
)  # fmt: skip
def test_no_rubbish_ever_shows_a_traceback(call, tmp_path, registry, content):
    bad = tmp_path / "ชื่อ\u202eแปลก.pmqa"
    bad.write_bytes(content)
    assert call("verify", bad, "--json")[0] == 1
    assert call("verify", bad, "--roster", bad, "--json")[0] == 1
    assert call("inspect", bad, "--json")[0] == 1
    assert call("merge", "--into", registry, bad, "--json")[0] == 1
    assert call("merge", "--into", registry, "--trust", bad, bad, "--json")[0] == 1
    assert call("merge", "--into", bad, bad, "--json")[0] in (0, 1, 3)
    assert call("inspect", bad, "--key", bad, "--json")[0] == 1


def test_misuse_exits_with_2(call, registry):
    for wrong in (("merge",), ("nonsense",), ("verify",), ("merge", "--into", registry), ("verify", "x", "--nonsense"),
                  ("score", "x", "--json"), ("inspect", "a", "b")):  # fmt: skip
        assert call(*wrong)[0] == 2
