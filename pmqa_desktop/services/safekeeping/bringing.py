# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Bring unfinished work back in: a portable draft under its passphrase, or a mirror sealed to the own key.

Both are told apart by their first bytes, never by their name. Wrong passphrases wait longer and longer, for a draft
by the file and for a mirror by the key.
"""

from pathlib import Path
from typing import Literal

from pmqa_desktop.errors import Expected
from pmqa_desktop.services.attempts import Attempts
from pmqa_desktop.services.safekeeping.mirror import SUFFIX as MIRROR_SUFFIX
from pmqa_desktop.services.safekeeping.mirror import MirrorService
from pmqa_desktop.services.safekeeping.portable import SUFFIX as DRAFT_SUFFIX
from pmqa_desktop.services.safekeeping.portable import Comparison, PortableService
from pmqa_desktop.services.session import Session
from pmqa_desktop.sync.portable import is_under_passphrase
from pmqa_desktop.sync.sealing import HEAD_BYTES, is_sealed

Kind = Literal["draft", "mirror", "other"]
SUFFIXES = (DRAFT_SUFFIX, MIRROR_SUFFIX)
"""The endings of the files that can be brought in."""

_HEAD = max(HEAD_BYTES, 1024)


def kind_of(path: Path) -> Kind:
    """Tell what a file is from its first bytes; `other` also where it cannot be read."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return "other"
    if is_under_passphrase(head):
        return "draft"
    return "mirror" if is_sealed(head[:HEAD_BYTES]) else "other"


class BringingService:
    """Set a file of unfinished work beside the drafts of an open workspace."""

    def __init__(self, session: Session, portable: PortableService, mirror: MirrorService) -> None:
        """Work in an open workspace."""
        self._session = session
        self._portable = portable
        self._mirror = mirror
        self._attempts: dict[Path, Attempts] = {}

    def compare(self, path: Path, passphrase: str) -> Comparison:
        """Open a draft or mirror and set it beside the drafts here; changes nothing.

        Args:
            path: The file.
            passphrase: That of the file, or, for a mirror, that of the own key.

        Raises:
            Expected: `wrong-draft-passphrase` with the seconds to `wait`; `passphrase-wait`;
                `passphrase-missing`; `round-closed-here`; `draft-of-another-person`; `draft-of-another-round`; the
                key's own codes.
            Refused: `draft-file-invalid`; `not-for-this-key`; the codes of reading a file.
        """
        self._session.expect_open_here()
        if kind_of(path) == "mirror":
            self._session.unlock(passphrase)
            return self._mirror.compare(path)
        attempts = self._attempts.setdefault(path, Attempts(self._session.clock))
        attempts.check()
        try:
            found = self._portable.compare(path, passphrase)
        except Expected as error:
            if error.code == "wrong-passphrase":
                raise Expected("wrong-draft-passphrase", wait=attempts.failed()) from None
            raise
        attempts.passed()
        return found
