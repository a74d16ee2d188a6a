# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Identities and rosters from the command line: a whole round by script, as a secretariat runs it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from officers import OFFICERS, PANEL, Office, plan_text

from pmqa_desktop.cli import commands
from pmqa_desktop.cli import run as run_command
from pmqa_desktop.messages import MESSAGES
from pmqa_desktop.services.identity import Applicant, key_fingerprint, write_enrolment
from pmqa_desktop.services.rounds.rosters import write_rosters
from pmqa_desktop.sync.keys import new_identity

ROUND = "script-2569"


class Desk:
    """Runs commands in one folder and remembers what they print."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys

    def __call__(self, *arguments, code=0):
        self.capsys.readouterr()
        found = run_command([*map(str, arguments), "--json"])
        told = self.capsys.readouterr()
        assert found == code, told.err
        self.said = told.err
        return json.loads(told.out)

    def refused(self, *arguments):
        return self(*arguments, code=1)["error"]["code"]


@pytest.fixture
def desk(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("PMQA_PASSPHRASE", "practice words")
    return Desk(tmp_path, capsys)


@pytest.fixture
def keys(desk):
    """A rehearsal's keys: quick to open."""
    return {
        name: desk("identity", "new", "--person", name, "--rehearsal", "--folder", desk.folder / name)
        for name in (*OFFICERS, *PANEL)
    }


@pytest.fixture
def begun(desk, keys):
    enrolments = []
    for name, key in keys.items():
        told = ("identity", "enrol", key["path"], "--round", ROUND, "--name", name, "--to", desk.folder)
        enrolments += ["--enrolment", desk(*told)["path"]]
    plan = desk.folder / "plan.toml"
    plan.write_text(plan_text(rehearsal=True, round_id=ROUND), encoding="utf-8")
    return desk("roster", "start", plan, *enrolments, "--key", keys["office-1"]["path"], "--to", desk.folder)


def test_keys_are_made_shown_backed_up_and_given_another_passphrase(desk, tmp_path, monkeypatch):
    made = desk("identity", "new", "--person", "chair", "--rehearsal")
    assert desk("identity", "show") == [made] and len(made["fingerprint"]) == 4
    assert Path(made["path"]).is_relative_to(Path(made["path"]).parents[1])

    copy = desk("identity", "backup", made["path"], "--to", tmp_path)
    assert copy["same_drive"] and "ไดรฟ์" in desk.said
    monkeypatch.setenv("PMQA_NEW_PASSPHRASE", "other words")
    assert desk("identity", "passphrase", made["path"])["files"] == [made["path"]]
    enrol = ("identity", "enrol", made["path"], "--round", ROUND, "--name", "ก", "--to", tmp_path)
    assert desk.refused(*enrol) == "wrong-passphrase"
    monkeypatch.setenv("PMQA_PASSPHRASE", "other words")
    assert desk(*enrol)["person"] == "chair"


def test_a_round_by_script_from_the_plan_to_a_countersigned_change(desk, keys, begun):
    assert (begun["number"], begun["in_force"], begun["may_sign"]) == (1, False, ["office-2", "office-3"])
    sign = ("roster", "countersign", begun["path"], "--yes", "--to", desk.folder, "--key")
    started = desk(*sign, keys["office-2"]["path"])
    assert started["in_force"]
    change = ("--acting-chair", "alpha=expert-1", "--reason", "ป่วย", "--to", desk.folder)
    offered = desk("roster", "propose", started["path"], *change, "--key", keys["office-1"]["path"])
    assert [one["code"] for one in offered["changes"]] == ["change-acting-chair"]
    assert desk("roster", "export", offered["path"], "--key", keys["office-1"]["path"], code=1)["pending"]

    signed = [
        desk("roster", "countersign", offered["path"], "--yes", "--to", desk.folder, "--key", keys[name]["path"])
        for name in ("office-2", "office-3")
    ]
    out = desk.folder / "out"
    out.mkdir()
    final = desk("roster", "export", *(one["path"] for one in signed), "--key", keys["office-1"]["path"], "--to", out)

    assert final["in_force"] and final["number"] == 2
    assert final["signatures"][0]["signed"] == ["office-1", "office-2", "office-3"]
    shown = desk("roster", "show", final["path"])
    assert shown["in_force"]["digest"] == offered["digest"] and shown["pending"] == []


def test_changes_are_told_in_words_before_signing(desk, keys, begun):
    signed = desk(
        "roster", "countersign", begun["path"], "--yes", "--to", desk.folder, "--key", keys["office-2"]["path"]
    )
    new = desk("identity", "new", "--person", "expert-1", "--rehearsal", "--folder", desk.folder / "laptop-2")
    asked = desk("identity", "enrol", new["path"], "--round", ROUND, "--name", "ก", "--to", desk.folder)
    told = ("--add-key", asked["path"], "--retire", " ".join(keys["expert-1"]["fingerprint"]), "--reason", "เครื่องใหม่")
    offered = desk("roster", "propose", signed["path"], *told, "--key", keys["office-1"]["path"], "--to", desk.folder)

    assert {one["code"] for one in offered["changes"]} == {"change-key-added", "change-key-retired"}
    assert "ตำแหน่ง expert-1 (expert-1)" in desk.said
    unasked = desk.refused("roster", "countersign", offered["path"], "--key", keys["office-2"]["path"])
    assert unasked == "cancelled"
    assert desk.refused("roster", "countersign", signed["path"], "--yes", "--key", keys["office-3"]["path"]) == (
        "nothing-to-countersign"
    )


def test_enrolments_are_shown_with_the_fingerprints_to_compare(desk, tmp_path):
    held = new_identity("chair")
    at = {"made_at": "2026-05-01T00:00:00Z", "app": "t"}
    asked = write_enrolment(held, Applicant(ROUND, "ก", ""), tmp_path, **at)[0].path

    (shown,) = desk("roster", "take", asked, code=1)
    assert (shown["fingerprint"], shown["compared"]) == (list(key_fingerprint(held.key)), False)
    groups = " ".join(shown["fingerprint"][0].split()[:2])
    (compared,) = desk("roster", "take", asked, "--compared", groups)
    assert compared["compared"]


def test_a_real_round_asks_for_the_first_fingerprint(desk, tmp_path):
    office = Office(tmp_path)
    begun = office.start()
    file = write_rosters(begun, tmp_path, office.identities["office-1"], made_at="2026-05-01T00:00:00Z", app="t").path
    first = next(d for d, one in begun.items() if one.kind == "roster")

    assert desk("roster", "show", file)["first"] == first
    assert desk.refused("roster", "export", file, "--key", tmp_path) == "first-roster-unconfirmed"
    assert desk.refused("roster", "show", file, "--trust", "0000 0000") == "fingerprint-differs"
    assert desk("roster", "show", file, "--trust", first[7:15])["in_force"]["number"] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("identity", "new", "--person", "../x"), ("identity", "backup", "nowhere.key"),
        ("identity", "enrol", "nowhere.key", "--round", "r", "--name", "n"), ("roster", "show", "nowhere.pmqa"),
        ("roster", "take", "nowhere.pmqa"), ("roster", "start", "nowhere.toml", "--key", "nowhere.key"),
        ("roster", "countersign", "nowhere.pmqa", "--key", "k"), ("roster", "export", "nowhere.pmqa", "--key", "k"),
        ("roster", "propose", "nowhere.pmqa", "--reason", "r", "--key", "k"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_one_worded_answer(desk, arguments):
    assert desk.refused(*arguments) in MESSAGES


@pytest.mark.parametrize("group", ["identity", "roster"])
def test_the_help_of_a_group_is_in_thai_and_english(group):
    for language, expected in (("en", "Show"), ("th", "แสดง")):
        told = CliRunner().invoke(commands, ["--lang", language, group, "--help"]).output
        assert expected in told
