# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What a file says about itself: its round, its first roster as a person checked it, and this device's id.

A file holds one round, named by its first roster. One without a named roster is unnamed: it takes seq-1 rehearsal
rosters of every round and no live documents (bundle format, section 3).
"""

from dataclasses import dataclass

from pmqa_desktop.errors import Expected
from pmqa_desktop.store.connection import Store


@dataclass(frozen=True, slots=True)
class NamedRound:
    """The round that a file holds: `roster` is the digest of its first roster."""

    roster: str
    round: str
    rehearsal: bool


class MetaRepository:
    """Read and set the few facts about one file; values are texts by name."""

    def __init__(self, store: Store) -> None:
        """Use the facts of `store`."""
        self._store = store

    def get(self, name: str) -> str | None:
        """Return one value, or None."""
        value: str | None = self._store.value("SELECT value FROM meta WHERE name = ?", (name,))
        return value

    def set(self, name: str, value: str | None) -> None:
        """Set one value, or take it away with None; joins the running transaction or is an own one."""
        with self._store.within() as conn:
            if value is None:
                conn.execute("DELETE FROM meta WHERE name = ?", (name,))
            else:
                conn.execute(
                    "INSERT INTO meta (name, value) VALUES (?, ?) "
                    "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                    (name, value),
                )

    def named(self) -> NamedRound | None:
        """Return the round that a person named for this file, or None while it is unnamed."""
        roster = self.get("named-roster")
        return NamedRound(roster, self.get("round") or "", self.get("rehearsal") == "1") if roster else None

    def name(self, named: NamedRound) -> None:
        """Fix the round of this file, once; naming the same again does nothing.

        A roster named by its digest alone, with an empty `round`, may be completed later, or named otherwise: nothing
        was taken in under that name, and a person may have mistyped it.

        Raises:
            Expected: `other-round`, the file is named already by another first roster.
        """
        with self._store.within():
            present = self.named()
            if present == named:
                return
            if present is not None and present.round:
                raise Expected("other-round", found=named.round, expected=present.round)
            self.set("named-roster", named.roster)
            self.set("round", named.round)
            self.set("rehearsal", str(int(named.rehearsal)))
