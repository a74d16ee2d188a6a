# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A process that writes into a workspace and says what was acknowledged.

`store_writer.py FILE edit|count TIMES [LIMIT]`; LIMIT is the most bytes that its files may have.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from pmqa_desktop.errors import PmqaError
from pmqa_desktop.store.connection import open_store
from pmqa_desktop.store.drafts import DraftRepository

AT = datetime(2026, 11, 23, tzinfo=UTC)


def edit(drafts, times):
    """Write a numbered note again and again; print the number once it is acknowledged."""
    first = drafts.position("sheet", "dpt")[1] + 1
    for number in range(first, first + times):
        drafts.set("sheet", "dpt", "1.1", "note", f"{number} " + "ความเห็น" * 40, AT)
        print(number, flush=True)


def count(store, drafts, times):
    """Add one to a number: read and write in one transaction, so that no addition of the other process is lost."""
    for _ in range(times):
        with store.write():
            now = int(drafts.value("sheet", "dpt", "1.1", "count") or "0")
            drafts.set("sheet", "dpt", "1.1", "count", str(now + 1), AT)


def main(path, task, times, limit=None):
    if limit:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
    try:
        with open_store(path, create=True) as store:
            drafts = DraftRepository(store, "d")
            if task == "edit":
                edit(drafts, int(times))
            else:
                count(store, drafts, int(times))
            print("done", flush=True)
    except PmqaError as error:
        print(error.code, flush=True)


main(*sys.argv[1:])
