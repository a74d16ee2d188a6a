# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What an edit costs until it is on disk, against one bare commit of the same text to a database of the same kind."""

import contextlib
import sqlite3
import statistics
import time
from pathlib import Path

from children import in_child

_EDITS = 300
_TEXT = "หน่วยงานถ่ายทอดวิสัยทัศน์สู่การปฏิบัติอย่างเป็นระบบ " * 13  # about 2 KB, a usual comment


def measure() -> dict[str, object]:
    """Return how many times a bare commit an acknowledged edit takes; both medians of one process."""
    return {"autosave_vs_raw_commit": round(in_child("writing", "edit_and_commit")["seconds"], 2)}


def edit_and_commit(home: Path) -> float:
    """Save comments through the service and rows through SQLite, in turns, and return the ratio of the medians."""
    from pmqa_desktop.app import App

    workspace = App(home).practice_workspace("evaluator")
    with contextlib.closing(workspace), contextlib.closing(_bare_database(home / "bare.db")) as bare:
        agency = workspace.scoring.agencies()[0].agency.agency
        workspace.scoring.declare(agency, "no_conflict", "", workspace.practice_passphrase)
        ours, raw = [], []
        for number in range(_EDITS):
            text = f"{_TEXT}{number}"
            began = time.perf_counter()
            workspace.scoring.save_comment(agency, "1.1", "strength", text)
            saved = time.perf_counter()
            bare.execute("begin immediate")
            bare.execute("insert into edits (text) values (?)", (text,))
            bare.execute("commit")
            raw.append(time.perf_counter() - saved)
            ours.append(saved - began)
    return statistics.median(ours) / statistics.median(raw)


def _bare_database(path: Path) -> sqlite3.Connection:
    conn = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=DELETE", "synchronous=EXTRA"):
        conn.execute(f"pragma {pragma}")
    conn.execute("create table edits (id integer primary key, text text not null) strict")
    return conn
