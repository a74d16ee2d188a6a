# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Attached files beside a workspace: named by their digest, written whole or not at all, checked when read.

The program never opens what is inside. A name that a file brought along never becomes a path.
"""

import hashlib
import shutil
from contextlib import suppress
from pathlib import Path

from pmqa_desktop.errors import Expected
from pmqa_desktop.sync.exporting import write_file

FOLDER = "attached"
"""The folder beside the workspace."""


def digest_of(data: bytes) -> str:
    """Return the digest that an attached file is named by."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


class AttachedFiles:
    """The attached files of one workspace or registry."""

    def __init__(self, folder: Path) -> None:
        """Keep them in the folder `attached` below `folder`."""
        self._folder = folder / FOLDER

    def keep(self, data: bytes) -> str:
        """Put a file's bytes on disk for good and return their digest; what is there and whole stays.

        Raises:
            Expected: the drive's own codes (`drive-full` ...).
        """
        digest = digest_of(data)
        path = self._path(digest)
        if path.exists():
            if self.has(digest):
                return digest
            path.unlink()  # damaged: the good bytes are at hand
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_file(self._folder, path.name, data, lambda _path: None)
        path.chmod(0o600)
        return digest

    def has(self, digest: str) -> bool:
        """Tell whether a file is here and whole."""
        with suppress(OSError):
            return digest_of(self._path(digest).read_bytes()) == digest
        return False

    def read(self, digest: str, name: str = "") -> bytes:
        """Return a file's bytes.

        Raises:
            Expected: `attachment-not-here`; it is not on this laptop, or damaged. `name` is for the message.
        """
        with suppress(OSError):
            data = self._path(digest).read_bytes()
            if digest_of(data) == digest:
                return data
        raise Expected("attachment-not-here", name=name or digest[:15])

    def forget(self) -> None:
        """Remove every file, because the round is closed here."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _path(self, digest: str) -> Path:
        return self._folder / digest.removeprefix("sha256:")
