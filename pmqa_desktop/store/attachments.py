# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The list of files attached as evidence; their bytes lie beside the workspace, named by their digest."""

from collections.abc import Iterable
from dataclasses import dataclass

from pmqa_desktop.store.connection import Store


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attached file: `name` is what its owner called it and is shown only, never used as a path."""

    digest: str
    name: str
    media_type: str
    bytes: int


class AttachmentRepository:
    """Read and append the attached files known to one workspace or registry."""

    def __init__(self, store: Store) -> None:
        """Use the list of `store`."""
        self._store = store

    def add(self, found: Iterable[Attachment]) -> None:
        """List files; one that is listed already stays as it was. Joins the running transaction or is an own one."""
        rows = [(one.digest, one.name, one.media_type, one.bytes) for one in found]
        with self._store.within() as conn:
            conn.executemany(
                "INSERT INTO attachments (digest, name, media_type, bytes) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (digest) DO NOTHING",
                rows,
            )

    def get(self, digest: str) -> Attachment | None:
        """Return one file's entry, or None."""
        found = self._store.rows("SELECT digest, name, media_type, bytes FROM attachments WHERE digest = ?", (digest,))
        return Attachment(*found[0]) if found else None

    def all(self) -> dict[str, Attachment]:
        """Return every entry by digest."""
        found = self._store.rows("SELECT digest, name, media_type, bytes FROM attachments ORDER BY digest")
        return {row[0]: Attachment(*row) for row in found}

    def take_off(self, digests: Iterable[str]) -> None:
        """Take some entries off the list, because nothing here names them any more."""
        with self._store.within() as conn:
            conn.executemany("DELETE FROM attachments WHERE digest = ?", [(digest,) for digest in digests])

    def forget(self) -> None:
        """Take every entry off, because the round is closed here."""
        with self._store.within() as conn:
            conn.execute("DELETE FROM attachments")
