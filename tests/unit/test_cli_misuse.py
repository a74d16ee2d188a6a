# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What people type wrongly, and what sticks bring: answered in their language, and nothing is lost by it."""

import json
import os
import re

import click
import pytest
from round_files import EXPECTED, live_round, small_round

from pmqa_desktop.cli import commands, run

LATIN_SENTENCE = re.compile(r"[a-z]+ (?:is|not|no|of|a|the|valid|this)\b")


@pytest.fixture
def call(capfdbinary):
    """Run a command; return exit code, stdout and stderr."""

    def made(*arguments):
        code = run([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return code, out, err.decode()

    return made


@pytest.fixture
def merged(call, tmp_path):
    """Run a merge into one registry; return exit code and the JSON on stdout."""

    def made(*arguments):
        code, out, _ = call("merge", "--into", tmp_path / "r.db", *arguments, "--json")
        return code, json.loads(out)

    return made


@pytest.fixture
def stick(tmp_path):
    small_round().write(tmp_path / "stick")
    return tmp_path / "stick"


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        (("score", "--edition", "pmqa40"), "ANSWERS"),
        (("nonsense",), "nonsense"),
        (("audit", "r.db", "--nonsense"), "--nonsense"),
        (("score", "--edition"), "--edition"),
        (("audit", "r.db", "--json=1"), "--json"),
        (("results", "r.db", "--format", "pdf"), "json, csv, xlsx"),
        (("report", "poster", "--registry", "r.db", "--out", "o.pdf"), "feedback, panel"),
        (("practice", "out", "--seed", "seven"), "--seed"),
        (("audit", "r.db", "more"), "more"),
        (("backup", "r.db", "."), "TARGET"),
        (("backup", "r.db", ""), "TARGET"),
        (("restore", "b.db", "a\0b"), "REGISTRY"),
        (("restore", "b.db", "/"), "REGISTRY"),
        (("results", "r.db", "--out", "."), "--out"),
        (("report", "ranking", "--registry", "r.db", "--out", "/"), "--out"),
        (("merge", "--into", "r.db"), "PATHS"),
        (("identity",), "--help"),
        (("audit", "a\0b"), "REGISTRY"),
        (("verify", "\ud800"), "FILES"),
        (("identity", "enrol", "a\0b", "--round", "r", "--name", "n", "--office", "o"), "KEY_FILE"),
    ],
)
def test_misuse_is_told_in_the_persons_language_and_names_what_is_wrong(call, typed, named):
    code, _, thai = call(*typed)
    assert code == 2
    assert named in thai
    assert not LATIN_SENTENCE.search(thai)
    code, _, english = call("--lang", "en", *typed)
    assert (code, named in english) == (2, True)
    assert LATIN_SENTENCE.search(english)


def test_results_in_a_file_are_told_on_stdout_when_json_is_asked_for(call, merged, stick, tmp_path):
    merged(stick)
    code, out, _ = call("results", tmp_path / "r.db", "--out", tmp_path / "results.json", "--json")
    assert json.loads(out) == {"file": str(tmp_path / "results.json"), "complete": code == 0}
    assert json.loads((tmp_path / "results.json").read_bytes())


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_results_never_take_the_place_of_a_register_or_a_signed_file(call, merged, stick, tmp_path, form):
    merged(stick)
    for precious in (tmp_path / "r.db", stick / "roster.pmqa"):
        before = precious.read_bytes()
        code, out, _ = call("results", tmp_path / "r.db", "--format", form, "--out", precious, "--json")
        assert (code, json.loads(out)["error"]["code"]) == (1, "name-taken")
        assert precious.read_bytes() == before


def test_results_as_a_table_on_stdout_are_the_table_alone(call, merged, stick, tmp_path):
    merged(stick)
    _, out, _ = call("results", tmp_path / "r.db", "--format", "csv", "--json")
    assert out.startswith("\ufeff".encode()) and b"{" not in out


def test_a_folder_that_leads_to_itself_is_told(call, tmp_path, monkeypatch):
    monkeypatch.setenv("PMQA_PASSPHRASE", "สามคำที่จำได้ง่าย")
    (tmp_path / "loop").symlink_to("loop")
    code, out, _ = call("identity", "recovery", "new", "--rehearsal", "--to", tmp_path / "loop", "--json")
    assert (code, set(json.loads(out))) == (1, {"error"})


@pytest.mark.parametrize("name", [None, *commands.commands])
def test_help_is_wholly_in_thai(call, name):
    code, out, _ = call(*([name] if name else []), "--help")
    told = out.decode()
    assert code == 0
    assert "วิธีใช้:" in told and "ตัวเลือก:" in told
    assert not re.search(r"Usage|Options|Commands|Show ", told)


def test_a_folder_without_files_is_told(call, tmp_path):
    (tmp_path / "empty").mkdir()
    code, _, told = call("--lang", "en", "verify", tmp_path / "empty")
    assert (code, "No file" in told) == (1, True)
    code, _, told = call("--lang", "en", "merge", "--into", tmp_path / "r.db", tmp_path / "empty")
    assert (code, "No file" in told) == (0, True)


def test_a_folder_that_may_not_be_read_is_told_and_does_not_stop_the_others(merged, stick, tmp_path, monkeypatch):
    (tmp_path / "locked").mkdir()
    monkeypatch.setattr(os, "access", lambda path, mode: path != tmp_path / "locked")  # root may read everything
    code, value = merged(tmp_path / "locked", stick)
    assert (code, value["files"][0]["file"], value["files"][0]["outcome"]) == (1, "locked", "refused")
    assert value["board"]["received"] == EXPECTED


def test_names_in_capitals_and_too_long_a_name_do_not_stop_the_others(merged, stick):
    (stick / "roster.pmqa").rename(stick / "ROSTER.PMQA")
    code, value = merged("x" * 5000, stick)
    assert code == 1
    assert [one["code"] for one in value["files"]][:2] == ["file-unreadable", None]
    assert value["board"]["received"] == EXPECTED


def test_a_name_in_another_encoding_is_shown_and_its_documents_may_wait(call, merged, stick):
    name = os.fsdecode("ใบให้คะแนน.pmqa".encode("tis-620"))
    (stick / name).write_bytes((stick / "sheet-chair-alpha.pmqa").read_bytes())
    code, value = merged(stick / name)
    assert (code, value["files"][0]["outcome"]) == (1, "waiting")
    assert "\N{REPLACEMENT CHARACTER}" in value["files"][0]["file"]
    for command in ("verify", "inspect"):
        code, out, _ = call(command, stick / name, "--json")
        assert code == 0
        assert name in json.dumps(json.loads(out), ensure_ascii=False)
    assert merged(stick)[1]["board"]["received"] == EXPECTED


def test_a_mistyped_digest_can_be_corrected_until_its_round_is_known(merged, tmp_path):
    live = live_round()
    live.write(tmp_path / "live")
    mistyped = live.roster.digest[:-1] + ("0" if live.roster.digest[-1] != "0" else "1")
    code, value = merged("--trust", mistyped, tmp_path / "live")
    assert (code, value["board"]["problem"]) == (1, "trusted-roster-missing")
    code, value = merged("--trust", live.roster.digest, tmp_path / "live")
    assert (code, value["board"]["received"], value["board"]["problem"]) == (0, EXPECTED, None)
    code, value = merged("--trust", mistyped, tmp_path / "live")
    assert (code, value["error"]["code"]) == (1, "other-round")


def test_a_registry_is_named_by_a_roster_that_it_holds_already(merged, stick):
    merged(stick / "roster.pmqa")
    code, value = merged("--trust", small_round().roster.digest, stick / "sheet-chair-alpha.pmqa")
    assert (code, value["files"][0]["outcome"]) == (0, "new")


@pytest.mark.parametrize("trust", ["", "sha256:12", "nothing.pmqa"])
def test_what_is_neither_file_nor_digest_names_no_round(merged, stick, tmp_path, trust):
    code, value = merged("--trust", trust, stick)
    assert (code, value["error"]["code"]) == (1, "trust-not-found")
    assert not (tmp_path / "r.db").exists()


@pytest.fixture
def not_keys(tmp_path):
    """What `--key` may be given by mistake or malice: a pipe that never ends, a folder, nothing, rubbish."""
    os.mkfifo(tmp_path / "pipe.key")
    (tmp_path / "folder.key").mkdir()
    (tmp_path / "rubbish.key").write_bytes(b"rubbish")
    return {name: tmp_path / f"{name}.key" for name in ("pipe", "folder", "nothing", "rubbish")}


def test_merging_with_what_is_no_key_waits_for_nothing_and_makes_no_registry(merged, stick, not_keys, monkeypatch):
    monkeypatch.setenv("PMQA_PASSPHRASE", "practice")
    told = {name: merged("--key", path, stick)[1]["error"]["code"] for name, path in not_keys.items()}
    assert told == {
        "pipe": "file-not-regular", "folder": "file-not-regular", "nothing": "file-missing",
        "rubbish": "key-file-invalid",
    }  # fmt: skip
    assert not (stick.parent / "r.db").exists()


def test_only_key_files_are_listed_and_backed_up(call, tmp_path, not_keys):
    (tmp_path / "drive").mkdir()
    for name, path in not_keys.items():
        code, out, _ = call("identity", "backup", path, "--to", tmp_path / "drive", "--json")
        assert (code, json.loads(out)["error"]["code"] in {"no-key-file", "file-unreadable", "key-file-invalid"}) == (
            1, True,
        ), name  # fmt: skip
    assert list((tmp_path / "drive").iterdir()) == []
    _, out, _ = call("identity", "show", "--folder", tmp_path, "--json")
    assert [one["path"] for one in json.loads(out)] == [str(not_keys["rubbish"])]


def test_no_path_is_tried_before_the_command_looks_at_it():
    """Click answers a file that may not be read as misuse; it is a file's own refusal, and the others go on."""
    found = [commands]
    for group in found:
        found += [one for one in group.commands.values() if isinstance(one, click.Group)]
    paths = [
        (one.name, parameter.name)
        for group in found
        for one in group.commands.values()
        for parameter in one.params
        if isinstance(parameter.type, click.Path) and parameter.type.readable
    ]
    assert paths == []


def test_files_without_a_roster_are_told_as_such(call, stick):
    code, out, _ = call("roster", "show", stick / "sheet-chair-alpha.pmqa", "--json")
    assert (code, json.loads(out)["error"]["code"]) == (1, "no-roster-given")
