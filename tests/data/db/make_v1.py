# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Make a file of schema 1 for the upgrade test: `python tests/data/db/make_v1.py TARGET`, from the project's folder."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[3]), str(Path(__file__).parents[2] / "helpers")]

from made_documents import declaration, sheet  # noqa: E402
from sqlite_utils import Database  # noqa: E402

from pmqa_desktop.store.connection import APPLICATION_ID, Store  # noqa: E402
from pmqa_desktop.store.documents import DocumentRepository  # noqa: E402
from pmqa_desktop.store.meta import MetaRepository  # noqa: E402
from pmqa_desktop.store.migrations import steps  # noqa: E402

_EDIT = (
    "INSERT INTO edits (area, agency, item, field, value, at, device, counter, act, step) "
    "VALUES ('sheet', 'dpt', '1.1', 'answer', ?, '2026-11-23T08:00:00.000000+00:00', 'laptop-1', ?, 'set', ?)"
)


def make(target: Path) -> None:
    """Apply the first step alone and put in two documents and two edits."""
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(target, isolation_level=None)) as conn:
        conn.execute("PRAGMA trusted_schema=OFF")
        store = Store(target, Database(conn, execute_plugins=False))
        with store.write():
            steps.apply(store.db, stop_before="m002_derived_tables")
            conn.execute(f"PRAGMA application_id={APPLICATION_ID}")
            conn.execute("PRAGMA user_version=1")
            DocumentRepository(store).add([sheet("p1"), declaration("p2")])
            MetaRepository(store).set("device", "laptop-1")
            conn.executemany(_EDIT, [("old", 1, 1), ("new", 2, 2)])


if __name__ == "__main__":
    make(Path(sys.argv[1]))
