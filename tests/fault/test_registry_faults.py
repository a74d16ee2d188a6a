# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What happens to a registry when an import is killed or the disk is full."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from round_files import EXPECTED, small_round

from pmqa_desktop.services.registry.service import RegistryService, import_files, open_registry, restore
from pmqa_desktop.store.connection import open_store

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 1, 1, tzinfo=UTC)
IMPORT = """
import sys
from pathlib import Path
from pmqa_desktop.cli import run
from pmqa_desktop.services.exchange import intake
intake.FILES_PER_TRANSACTION = 2
if len(sys.argv) > 3:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
print("ready", flush=True)
sys.exit(run(["merge", "--into", sys.argv[1], sys.argv[2], "--json"]))
"""


@pytest.fixture
def stick(tmp_path):
    small_round().write(tmp_path / "stick")
    return tmp_path / "stick"


def start(*arguments):
    command = [sys.executable, "-c", IMPORT, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)


def merged(registry, stick):
    with start(registry, stick) as child:
        out, err = child.communicate()
    assert b"Traceback" not in err
    return child.returncode, json.loads(out.removeprefix(b"ready\n"))


@pytest.fixture
def right(tmp_path, stick):
    """The state that every way of merging the stick must give."""
    session = open_registry(tmp_path / "right.db", clock=lambda: NOW, app="test", create=True)
    state = import_files(session, [stick]).state
    session.close()
    return state


def test_a_killed_import_leaves_a_sound_registry_and_can_be_done_again(tmp_path, stick, right):
    registry, choose = tmp_path / "registry.db", random.Random(5)
    for _round in range(5):
        with start(registry, stick) as child:
            child.stdout.readline()
            with_time = choose.random() * 0.12
            try:
                child.wait(with_time)
            except subprocess.TimeoutExpired:
                os.kill(child.pid, signal.SIGKILL)
        if registry.exists() and registry.stat().st_size:
            with open_store(registry) as store:
                assert store.integrity() == ()
    code, value = merged(registry, stick)
    assert (code, value["state"], value["board"]["received"]) == (0, right, EXPECTED)


@pytest.mark.parametrize("room", [4_096, 60_000, 130_000])
def test_an_import_onto_a_full_disk_is_told_and_can_be_done_again(tmp_path, stick, right, room):
    registry = tmp_path / "registry.db"
    with start(registry, stick, room) as child:
        out, err = child.communicate()
    assert child.returncode == 1
    assert b"Traceback" not in err
    assert json.loads(out.removeprefix(b"ready\n"))["error"]["code"] in {"disk-full", "store-io", "system-refused"}
    code, value = merged(registry, stick)
    assert (code, value["state"]) == (0, right)


def test_a_journal_left_by_a_crash_is_never_played_into_a_restored_file(tmp_path, stick, right):
    registry, copy = tmp_path / "registry.db", tmp_path / "copy.db"
    shutil.copyfile(tmp_path / "right.db", registry)
    with open_store(registry) as store:
        store.backup(copy)
    journal = tmp_path / "registry.db-journal"
    journal.write_bytes(b"left by a crash")
    assert restore(copy, registry) == right
    assert not journal.exists()
    assert (tmp_path / "registry.db.before-restore-journal").read_bytes() == b"left by a crash"
    session = open_registry(registry, clock=lambda: NOW, app="test")
    assert RegistryService(session).audit().clean
    session.close()
