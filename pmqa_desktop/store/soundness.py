# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What SQLite cannot check in a file that anybody may have made: that texts are the times and numbers they should be.

A backup comes from a drive. What is read at every start must be sound before it is put in a workspace's place, or one
bad value would keep the program from opening it, or lead it to a file elsewhere.
"""

import json
import re
from collections.abc import Callable
from datetime import date, datetime

from pmqa_desktop.errors import Damage
from pmqa_desktop.store.audit import AuditLog
from pmqa_desktop.store.connection import Store
from pmqa_desktop.store.moments import foreign_moment, stamp


def _number(text: str) -> None:
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise ValueError(text)


def _word(text: str) -> None:
    if not re.fullmatch(r"[0-9A-Za-z@_-][0-9A-Za-z@._-]{0,99}", text):
        raise ValueError(text)


_META: dict[str, Callable[[str], object]] = {
    "mirror-number": _number, "time-spent": _number, "mirror-at": datetime.fromisoformat,
    "backup-at": datetime.fromisoformat, "closed-here": date.fromisoformat, "mirror-name": _word, "mirror-slot": _word,
    "device": _word, "key-file": _word, "reading": json.loads,
}  # fmt: skip
"""How a value of `meta` is read, by its name up to a colon; the others are texts that are only compared or shown."""
_JSON = ("answer", "evidence")
"""The fields of a draft whose values are JSON."""


def expect_sound_meta(store: Store) -> None:
    """Read what the file says about itself as the program does at a start.

    Raises:
        Damage: `store-damaged`, with the name of what cannot be read.
    """
    for name, value in store.rows("SELECT name, value FROM meta ORDER BY name"):
        read = _META.get(name.partition(":")[0])
        try:
            if read is not None:
                read(value)
        except (ValueError, RecursionError) as error:
            raise Damage("store-damaged", file=store.path.name, found=name) from error


def expect_sound_rows(store: Store) -> None:
    """Read every edit and every entry of the log, and what `expect_sound_meta` reads.

    Raises:
        Damage: `store-damaged`, with where it is.
    """
    expect_sound_meta(store)
    place = "audit"
    try:
        for entry in AuditLog(store).entries():
            foreign_moment(stamp(entry.at))
        for number, field, value, at in store.rows("SELECT id, field, value, at FROM edits"):
            place = f"edits {number}"
            foreign_moment(at)
            if field in _JSON and value is not None:
                json.loads(value)
    except (ValueError, TypeError, RecursionError) as error:
        raise Damage("store-damaged", file=store.path.name, found=place) from error
