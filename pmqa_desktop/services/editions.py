# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Find a criteria edition: one that comes with the program, by name, or a file of the user's."""

import re
from functools import cache
from pathlib import Path

from pmqa_desktop.assets import resource
from pmqa_desktop.domain.criteria import Edition, load_edition
from pmqa_desktop.errors import Expected
from pmqa_desktop.system import reason

_NAME = re.compile(r"[a-z0-9_-]{1,40}")
_LARGEST = 4 * 1024 * 1024
SHIPPED: tuple[str, ...] = ("pmqa40", "pmqa2562")
"""Names of the editions that come with the program, the usual one first."""


@cache
def shipped_edition(name: str) -> Edition:
    """Return an edition of the program; raises Expected `edition-not-found` (found, known)."""
    if name not in SHIPPED:
        raise Expected("edition-not-found", found=name[:80], known=", ".join(SHIPPED))
    path = resource(f"criteria/{name}.toml")
    return load_edition(path.read_bytes(), path.name)


def edition_of(name_or_file: str) -> Edition:
    """Return the edition of this name, or read the TOML file at this path.

    Raises Expected `edition-not-found`, `edition-unreadable` (file, found) or `edition-invalid` (file, key,
    found, expected).
    """
    if name_or_file in SHIPPED:
        return shipped_edition(name_or_file)
    path = Path(name_or_file)
    try:
        if _NAME.fullmatch(name_or_file) and not path.exists():
            return shipped_edition(name_or_file)
        with path.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except FileNotFoundError as error:
        raise Expected("edition-not-found", found=name_or_file[:200], known=", ".join(SHIPPED)) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        found = reason(error) if isinstance(error, OSError) else str(error)
        raise Expected("edition-unreadable", file=name_or_file[:200], found=found) from error
    return load_edition(data, path.name)
