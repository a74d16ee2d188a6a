# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The files and folders that somebody gave: which files they are, by what name to show, and which to read first."""

import base64
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

ENDING = ".pmqa"
_HEAD = 64 * 1024


def expand(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Yield every file with the name to show: files as they are, folders by their `.pmqa` files, sorted.

    Sticks come with names in capital letters, and with names in other encodings: the first are taken too, and in
    the name to show a byte that is not UTF-8 is replaced.
    """
    for path in paths:
        if _is_folder(path):
            for inside in sorted(path.rglob("*")):
                if inside.suffix.lower() == ENDING and inside.is_file():
                    yield inside, _shown(inside.relative_to(path).as_posix())
        else:
            yield path, _shown(path.name)


def _is_folder(path: Path) -> bool:
    with suppress(OSError):  # a name that is too long, a folder that may not be read: told when the file is read
        return path.is_dir() and os.access(path, os.R_OK | os.X_OK)
    return False


def _shown(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "replace")


def announces_roster(path: Path) -> bool:
    """Guess from a file's first bytes whether its table of contents lists a roster: it decides the order only."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as handle:
            head = handle.read(_HEAD)
    except OSError:
        return False
    _, _, text = head.partition(b'"payload":"')
    text = text.partition(b'"')[0]
    try:
        return b'"kind":"roster"' in base64.b64decode(text[: len(text) // 4 * 4])
    except ValueError:
        return False
