# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Kill the program among an evaluator's edits, again and again: nothing that was acknowledged is lost."""

import faulthandler
import importlib.util
import os
import random
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from laptops import PASSPHRASE, SmallRound

WRITER = Path(__file__).parent / "draft_writer.py"
DEEP = os.environ.get("PMQA_HYPOTHESIS") == "deep"
EDITS = 5_000 if DEEP else 60
MOST_AT_ONCE = 100 if DEEP else 20


def writer_module():
    spec = importlib.util.spec_from_file_location("draft_writer", WRITER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def killed_after(folder, seed, edits):
    """Let the writer make so many acknowledged edits, kill it, and return the last line it told."""
    with subprocess.Popen([sys.executable, WRITER, folder, str(seed)], stdout=subprocess.PIPE, text=True) as writer:
        lines = [writer.stdout.readline() for _ in range(edits + 1)]
        writer.kill()
        lines += writer.stdout.read().splitlines(keepends=True)
    whole = [line for line in lines if line.endswith("\n")]
    assert "lost\n" not in whole and len(whole) > edits
    return whole[-1].split()


def test_no_acknowledged_edit_is_lost_to_kills(tmp_path):
    if DEEP:
        faulthandler.cancel_dump_traceback_later()  # it takes minutes, and nothing hangs
    choose, writer, done, kills = random.Random(11), writer_module(), 0, 0
    with ExitStack() as stack:
        world = SmallRound(tmp_path, stack)
        laptop = world.laptop("expert-1")
        laptop.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
        laptop.session.close()
        while done < EDITS:
            edits = min(choose.randrange(1, MOST_AT_ONCE), EDITS - done)
            newest, chain = killed_after(tmp_path / "expert-1", kills, edits)
            done, kills = done + edits, kills + 1

            laptop = world.laptop("expert-1")
            session = laptop.session
            assert writer.chained(session, 0, b"", int(newest)) == (int(newest), bytes.fromhex(chain))
            unanswered = session.store.rows("SELECT DISTINCT device, counter FROM edits WHERE id > ?", (int(newest),))
            assert len(unanswered) <= writer.MOST_ACTS and session.store.integrity() == ()
            laptop.scoring.sheet("alpha")
            assert writer.files_wrong(session) == ""
            session.close()
        assert kills > 3
