# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Attached files beside a workspace: named by their digest, written whole or not at all, checked when read.

The list of them is in the workspace file, so a file and its entry can come and go together only in two steps: inside
the transaction a file is put down, or set aside, under a name that says `pending`; once the transaction has ended
`settle` gives it its own name where it is listed, and removes it where it is not. After a killed program the next
start does the same. A file under its own name is never removed but on closing the round.

The program never opens what is inside. A name that a file brought along never becomes a path.
"""

import hashlib
import re
import shutil
from collections.abc import Container
from contextlib import suppress
from pathlib import Path

from pmqa_desktop.errors import Expected
from pmqa_desktop.sync.exporting import flush_folder, write_file
from pmqa_desktop.system import worded

FOLDER = "attached"
"""The folder beside the workspace."""

_PENDING = ".pending"
_LEFT = re.compile(r"[0-9a-f]{64}\.pending(\.[0-9a-f]{8}\.part)?")
"""The names of what is not settled yet, and of what a killed program had not written to its end."""


def digest_of(data: bytes) -> str:
    """Return the digest that an attached file is named by."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


class AttachedFiles:
    """The attached files of one workspace or registry."""

    def __init__(self, folder: Path) -> None:
        """Keep them in the folder `attached` below `folder`."""
        self._folder = folder / FOLDER

    def keep(self, data: bytes, name: str = "") -> str:
        """Put a file's bytes on disk, pending, and return their digest; what is there and whole stays.

        Args:
            data: The bytes.
            name: What the file is called, for the message.

        Raises:
            Expected: `laptop-full`, `system-full`, and the other answers of the laptop's own drive.
        """
        digest = digest_of(data)
        if self.has(digest):
            return digest
        pending = self._pending(digest)
        with worded(name):
            self._make_folder()
            for damaged in (self._path(digest), pending):
                damaged.unlink(missing_ok=True)  # the good bytes are at hand
            try:
                write_file(self._folder, pending.name, data, lambda _path: None)
            except Expected as error:
                if error.code != "drive-full":
                    raise
                raise Expected("laptop-full", about=f"{name}: " if name else "", needed=len(data)) from error
            pending.chmod(0o600)
        return digest

    def set_aside(self, digest: str) -> None:
        """Make a file pending again, because its entry is taken off the list in the running transaction."""
        with suppress(OSError):
            self._path(digest).replace(self._pending(digest))

    def unsettled(self) -> bool:
        """Tell whether `settle` has anything to do."""
        return bool(self._left())

    def settle(self, listed: Container[str]) -> None:
        """Name what is pending and listed by its digest, and remove what is pending and not listed."""
        for path in self._left():
            digest = "sha256:" + path.name[:64]
            with suppress(OSError):
                if path.suffix == _PENDING and digest in listed:
                    path.replace(self._path(digest))
                else:
                    path.unlink()

    def has(self, digest: str) -> bool:
        """Tell whether a file is here and whole."""
        return self._whole(digest) is not None

    def read(self, digest: str, name: str = "") -> bytes:
        """Return a file's bytes.

        Raises:
            Expected: `attachment-not-here`; it is not on this laptop, or damaged. `name` is for the message.
        """
        data = self._whole(digest)
        if data is None:
            raise Expected("attachment-not-here", name=name or digest[:15])
        return data

    def forget(self) -> None:
        """Remove every file, because the round is closed here."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _whole(self, digest: str) -> bytes | None:
        for path in (self._path(digest), self._pending(digest)):
            with suppress(OSError):
                data = path.read_bytes()
                if digest_of(data) == digest:
                    return data
        return None

    def _make_folder(self) -> None:
        if not self._folder.is_dir():
            self._folder.mkdir(mode=0o700, parents=True)
            flush_folder(self._folder.parent)  # or a power cut could take the folder with all that is in it

    def _left(self) -> tuple[Path, ...]:
        with suppress(OSError):
            return tuple(path for path in self._folder.iterdir() if _LEFT.fullmatch(path.name))
        return ()

    def _path(self, digest: str) -> Path:
        return self._folder / digest.removeprefix("sha256:")

    def _pending(self, digest: str) -> Path:
        return self._folder / (digest.removeprefix("sha256:") + _PENDING)
