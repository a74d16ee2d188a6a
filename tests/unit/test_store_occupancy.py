# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""One window at a time: a second one is told, a killed one leaves nothing, another computer's claim asks the person."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from refusals import refused

from pmqa_desktop.store.occupancy import occupy

ROOT = Path(__file__).parents[2]
SINCE = datetime(2026, 5, 1, 2, 0, tzinfo=UTC)
HOLDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from pmqa_desktop.store.occupancy import occupy
held = occupy(Path(sys.argv[1]), since=datetime(2026, 5, 1, 2, 0, tzinfo=UTC), host="here")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "workspace.db"


def claim(path, **more):
    return occupy(path, since=SINCE, host=more.pop("host", "here"), **more)


def test_a_second_window_is_told_since_when_and_gets_in_after_the_first_closed(path):
    first = claim(path)

    fields = refused("workspace-open-elsewhere", claim, path)
    assert (fields["file"], fields["host"], fields["here"]) == ("workspace.db", "here", True)
    assert fields["since"] == SINCE.astimezone().strftime("%Y-%m-%d %H:%M")
    refused("workspace-open-elsewhere", claim, path, take_over=True)

    first.release()
    first.release()
    second = claim(path)
    second.release()
    assert list(path.parent.iterdir()) == []


def test_another_program_holds_it_until_it_is_killed(path):
    command = [sys.executable, "-c", HOLDER, path]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as holder:
        assert holder.stdout.readline() == "held\n"
        refused("workspace-open-elsewhere", claim, path)
        os.kill(holder.pid, signal.SIGKILL)
    assert path.with_name("workspace.db.open").exists()
    claim(path).release()


def test_the_claim_of_another_computer_is_told_and_can_be_taken_over(path):
    beside = path.with_name("workspace.db.open")
    beside.write_text('{"host":"there","pid":1,"since":"2026-05-01T02:00:00Z"}')

    fields = refused("workspace-open-elsewhere", claim, path)
    assert (fields["host"], fields["here"]) == ("there", False)

    held = claim(path, take_over=True)
    assert '"host":"here"' in beside.read_text()
    held.release()


@pytest.mark.parametrize("torn", [b"", b'{"host":"the', b"\x00" * 40, b"[" * 4000])
def test_a_torn_claim_stops_nobody(path, torn):
    path.with_name("workspace.db.open").write_bytes(torn)
    claim(path).release()
