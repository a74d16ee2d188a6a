# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The command publish, as a secretariat's script calls it."""

import json
from contextlib import ExitStack

import pytest
from laptops import PASSPHRASE, SECRETARY, SmallRound

from pmqa_desktop.cli import run
from pmqa_desktop.cli.console import MISUSE, NO, OK

APPROVED = ("--official", "--body", "คณะอนุกรรมการ", "--meeting", "3/2569", "--date", "2026-06-30")


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
def office(tmp_path):
    """A folder with a registry that holds everything on alpha, and the keys of its secretary and its chair."""
    with ExitStack() as stack:
        world = SmallRound(tmp_path, stack)
        chair = world.settled(world.judged())
        world.send(chair, world.laptop(SECRETARY), "declaration", "scoresheet", "reveal", "consensus")
    return tmp_path


def test_a_draft_then_official_then_what_needs_a_reason(call, office):
    registry, key = office / SECRETARY / "workspace.db", office / SECRETARY / "own.key"
    code, draft, _ = call("publish", registry, "--key", key)
    assert (code, draft["state"], draft["waits"], len(draft["results"]), draft["path"]) == (OK, "draft", False, 1, None)

    code, value, _ = call("publish", registry, "--key", key, *APPROVED)
    assert (code, value["error"]["code"]) == (NO, "reason-needed")
    stick = office / "stick"
    stick.mkdir()
    code, signed, told = call("publish", registry, "--key", key, *APPROVED, "--reason", "มติ", "--to", stick)

    assert (code, signed["state"], signed["extract"]) == (OK, "official", None) and draft["extract"]
    assert [str(path) for path in stick.iterdir()] == [signed["path"]] and signed["path"] in told
    _code, results, _ = call("results", registry)
    assert results["state"] == "official"
    assert results["agencies"][0]["published"] == {"state": "official", "digest": signed["results"][0]}
    code, value, _ = call("publish", registry, "--key", key, "--countersign")
    assert (code, value["error"]["code"]) == (NO, "nothing-to-countersign-here")


@pytest.mark.parametrize(
    ("options", "code", "expected"),
    [
        (("--body", "คณะ"), MISUSE, "command-misused"),
        (("--countersign", "--official"), MISUSE, "command-misused"),
        (("--official", "--body", "คณะ", "--date", "2026-06-30"), NO, "approval-meeting-missing"),
        (("--official", "--body", "คณะ", "--meeting", "3", "--date", "30/6/2569"), NO, "approval-date-invalid"),
    ],
)
def test_what_does_not_go_together_is_told(call, office, options, code, expected):
    place = office / SECRETARY

    found, value, _ = call("publish", place / "workspace.db", "--key", place / "own.key", *options)

    assert (found, value["error"]["code"]) == (code, expected)


def test_a_member_of_a_panel_cannot_publish(call, office):
    code, value, _ = call("publish", office / SECRETARY / "workspace.db", "--key", office / "chair" / "own.key")

    assert (code, value["error"]["code"]) == (NO, "not-the-secretariat")
