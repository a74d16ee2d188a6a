# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What happens to a workspace file when the program is killed, the disk is full, two write, or bits flip."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from made_documents import admitted, declaration, sheet

from pmqa_desktop.errors import PmqaError
from pmqa_desktop.store.connection import open_store
from pmqa_desktop.store.documents import DocumentRepository
from pmqa_desktop.store.drafts import DraftRepository

WRITER = Path(__file__).parent / "store_writer.py"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.pmqadb"


def _start(path, *arguments):
    command = [sys.executable, WRITER, path, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def test_killing_the_program_after_an_acknowledged_edit_loses_nothing(path):
    choose = random.Random(7)
    for _round in range(6):
        with _start(path, "edit", 100_000) as writer:
            acknowledged = [int(writer.stdout.readline()) for _ in range(choose.randrange(1, 40))]
            os.kill(writer.pid, signal.SIGKILL)
            acknowledged += [int(line) for line in writer.stdout.read().split("\n")[:-1]]
        with open_store(path) as store:
            drafts = DraftRepository(store)
            kept = [int(one.new.split()[0]) for one in drafts.history("sheet", "dpt")]
            assert store.integrity() == ()
            assert kept == list(range(1, len(kept) + 1))
            assert kept[-1] >= acknowledged[-1]
            assert drafts.value("sheet", "dpt", "1.1", "note").startswith(f"{kept[-1]} ")


def test_a_full_disk_is_told_and_leaves_the_file_whole(path):
    open_store(path, create=True).close()
    with _start(path, "edit", 100_000, path.stat().st_size + 40_000) as writer:
        lines = writer.stdout.read().split()
    assert lines[-1] in {"disk-full", "store-io"}
    with open_store(path) as store:
        drafts = DraftRepository(store, "d")
        assert store.integrity() == ()
        assert [int(one.new.split()[0]) for one in drafts.history("sheet", "dpt")][-1] == int(lines[-2])
        assert drafts.undo("sheet", "dpt", drafts.saved_at("sheet", "dpt")) is not None


def test_two_processes_wait_for_each_other(path):
    open_store(path, create=True).close()
    writers = [_start(path, "count", 40) for _ in range(2)]
    told = [writer.communicate()[0].split()[-1] for writer in writers]
    assert told == ["done", "done"]
    with open_store(path) as store:
        assert DraftRepository(store).value("sheet", "dpt", "1.1", "count") == "80"


def test_no_flipped_bit_stays_unseen(path, tmp_path):
    with open_store(path, create=True) as store:
        DocumentRepository(store).add([make(f"p{n}") for n in range(20) for make in (sheet, declaration)])
    whole, choose, seen = path.read_bytes(), random.Random(3), 0
    right = _content(path)
    flipped = tmp_path / "flipped"
    for _ in range(120):
        damaged = bytearray(whole)
        damaged[choose.randrange(100, len(damaged))] ^= 1 << choose.randrange(8)
        flipped.write_bytes(damaged)
        found = _content(flipped)
        seen += found is None
        assert found in (None, right)
    assert seen > 15


def _content(path):
    """Return the documents of a file, or None when the damage is noticed."""
    try:
        with open_store(path) as store:
            documents = DocumentRepository(store)
            if store.integrity() or documents.damaged(facts=True):
                return None
            if any(one.admitted() != admitted(one.admitted().document) for one in documents.envelopes()):
                return None  # as when a signature no longer verifies
            return documents.state(), documents.facts(), [one.payload for one in documents.envelopes()]
    except (PmqaError, ValueError):
        return None
