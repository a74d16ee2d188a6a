# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Cut the power at every kind of moment: an acknowledged edit is there, a file called safe is whole.

Each test is tried on a disk that lies about its flushes as well: if nothing is found missing there, the test is blind.
"""

import faulthandler
import importlib.util
import os
import random
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from laptops import PASSPHRASE, SmallRound
from power_cuts import Disk, build_recorder, recorded

from pmqa_desktop.errors import PmqaError

HERE = Path(__file__).parent
DEEP = os.environ.get("PMQA_HYPOTHESIS") == "deep"
CUTS = 4_000 if DEEP else 80
EDITS = 200 if DEEP else 25
FILES = 40 if DEEP else 12


def program(name):
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def recorder(tmp_path_factory):
    return build_recorder(tmp_path_factory.mktemp("recorder"))


def cuts(records, disk, times):
    """Walk through the records once and yield the disk at so many moments, each the same in every run."""
    chance = random.Random(7)
    moments = sorted(chance.choices(range(1, len(records) + 1), k=times))
    done = 0
    for moment in moments:
        for record in records[done:moment]:
            disk.take(record)
        done = moment
        yield disk, chance


class Workspace:
    """An evaluator's file, edited at random by another process while its disk is recorded."""

    def __init__(self, recorder, tmp_path):
        folder = tmp_path / "expert-1"
        with ExitStack() as stack:
            laptop = SmallRound(tmp_path, stack).laptop("expert-1")
            laptop.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
        self.writer = program("draft_writer")
        self.before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        command = [sys.executable, HERE / "draft_writer.py", folder, "3"]
        self.records = recorded(recorder, folder, command, EDITS + 1)
        self.left = tmp_path / "after"

    def found_wrong(self, times, **disk):
        """Return what was found wrong after so many cuts of the power, by the word for it."""
        wrong = [self.look(*moment) for moment in cuts(self.records, Disk(self.before, **disk), times)]
        return {word: wrong.count(word) for word in set(wrong) if word}

    def look(self, disk, chance):
        shutil.rmtree(self.left, ignore_errors=True)
        self.left.mkdir()
        for name, data in disk.after_a_cut(chance).items():
            (self.left / name).parent.mkdir(exist_ok=True)
            (self.left / name).write_bytes(data)
        told = disk.said.rpartition("\n")[0].splitlines()
        try:
            session = self.writer.Writer(self.left, 0).session
        except PmqaError:
            return "damaged"
        try:
            return self.compare(session, told[-1].split() if told else ["0", "-"])
        except PmqaError:
            return "damaged"
        finally:
            session.close()

    def compare(self, session, told):
        newest, chain = int(told[0]), told[1]
        if session.store.integrity():
            return "damaged"
        if self.writer.chained(session, 0, b"", newest) != (newest, b"" if chain == "-" else bytes.fromhex(chain)):
            return "lost"
        unanswered = session.store.rows("SELECT DISTINCT device, counter FROM edits WHERE id > ?", (newest,))
        if len(unanswered) > self.writer.MOST_ACTS:
            return "more than was begun"
        return self.writer.files_wrong(session)


def test_no_acknowledged_edit_is_lost_to_a_power_cut(recorder, tmp_path):
    if DEEP:
        faulthandler.cancel_dump_traceback_later()  # it takes minutes, and nothing hangs
    workspace = Workspace(recorder, tmp_path)
    assert workspace.found_wrong(CUTS) == {}
    blind = workspace.found_wrong(40, folder_flushes=False)
    assert blind.get("lost") and blind.get("file lost"), "the journal's end must be flushed too, and a new file's name"
    assert workspace.found_wrong(40, file_flushes=False, folder_flushes=False), "a disk that lies must be noticed"


def test_a_file_that_was_called_safe_is_whole_after_a_power_cut(recorder, tmp_path):
    drive = tmp_path / "drive"
    drive.mkdir()
    records = recorded(recorder, drive, [sys.executable, HERE / "drive_writer.py", drive], FILES)
    content = program("drive_writer").content

    def wrong(**disk):
        return {
            name
            for moment, chance in cuts(records, Disk({}, **disk), CUTS)
            for left in [moment.after_a_cut(chance)]
            for name in {*moment.said.split("\n")[:-1], *(one for one in left if one.endswith(".pmqa"))}
            if left.get(name) != content(name)
        }

    assert wrong() == set()
    assert wrong(folder_flushes=False) and wrong(file_flushes=False)
