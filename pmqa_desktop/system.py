# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What the computer answered when it would not read or write: the common answers in words, the rest as it said them."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pmqa_desktop.errors import Expected
from pmqa_desktop.text import N_

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What a file system answers that has no more room."""
READ_ONLY = frozenset({errno.EROFS})
"""What a drive answers that takes nothing at all."""
NOT_ALLOWED = frozenset({errno.EACCES, errno.EPERM})
"""What is answered to somebody without the rights."""

_KINDS: tuple[tuple[frozenset[int], str, str], ...] = (
    (FULL, "system-full", N_("there is no room left on the drive")),
    (READ_ONLY, "system-read-only", N_("the drive can only be read")),
    (NOT_ALLOWED, "system-not-allowed", N_("you have no right to do this there")),
    (frozenset({errno.ENOENT, errno.ENOTDIR}), "system-missing", N_("the file or folder is not there any more")),
    (frozenset({errno.EIO, errno.ENXIO, errno.ENODEV}), "system-drive-fault", N_("the drive reported a fault")),
    (frozenset({errno.EMFILE, errno.ENFILE}), "system-too-many-files", N_("too many files are open at once")),
    (frozenset({errno.ENAMETOOLONG}), "system-name-too-long", N_("the name is too long")),
)


def reason(error: OSError) -> str:
    """Return why in a few words: a message id for what is common, else the system's own words."""
    return next((words for numbers, _code, words in _KINDS if error.errno in numbers), error.strerror or str(error))


def told(error: OSError, file: str = "") -> Expected:
    """Return an answer of the computer as a situation that people are told, with its cause and what to do next.

    Args:
        error: What was raised.
        file: The name of the file it was about; by default the one that the system names, if it does.
    """
    name = file or _named(error)
    about = f"{name}: " if name else ""
    for numbers, code, _words in _KINDS:
        if error.errno in numbers:
            return Expected(code, about=about)
    return Expected("system-refused", about=about, found=error.strerror or str(error))


def _named(error: OSError) -> str:
    given = error.filename
    return Path(os.fsdecode(given)).name if isinstance(given, str | bytes) else ""


@contextmanager
def worded(file: str = "") -> Iterator[None]:
    """Raise what the computer answers inside as the situation that `told` makes of it."""
    try:
        yield
    except OSError as error:
        raise told(error, file) from error
