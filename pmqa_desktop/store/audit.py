# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What was done on this device, when and by whom: an append-only log that the person may export."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pmqa_desktop.store.connection import Store
from pmqa_desktop.store.moments import moment, stamp


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act; `fields` are plain texts by name, never a passphrase, a score of a peer or a private note."""

    number: int
    at: datetime
    who: str
    action: str
    fields: Mapping[str, str]


class AuditLog:
    """Append to and read the log of one file."""

    def __init__(self, store: Store) -> None:
        """Use the log of `store`."""
        self._store = store

    def append(self, at: datetime, who: str, action: str, fields: Mapping[str, str] | None = None) -> None:
        """Note an act in the running transaction, or in an own one; `action` is a kebab-case code."""
        told = json.dumps(dict(fields or {}), ensure_ascii=False, sort_keys=True)
        with self._store.within() as conn:
            conn.execute(
                "INSERT INTO audit (at, who, action, fields) VALUES (?, ?, ?, ?)", (stamp(at), who, action, told)
            )

    def entries(self, *, newest: int | None = None) -> tuple[AuditEntry, ...]:
        """Return all acts, or the `newest` so many, in the order they were done."""
        found = self._store.rows(
            "SELECT id, at, who, action, fields FROM audit ORDER BY id DESC LIMIT ?",
            (-1 if newest is None else newest,),
        )
        return tuple(
            AuditEntry(n, moment(at), who, action, json.loads(told)) for n, at, who, action, told in reversed(found)
        )
