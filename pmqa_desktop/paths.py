# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Where the program keeps a person's files on this laptop, and how a small one of them is replaced."""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

_FOLDER = "PMQA Desktop"


def user_data_folder(
    environment: Mapping[str, str] | None = None, platform: str = sys.platform, home: Path | None = None
) -> Path:
    """Return the folder for workspaces, keys, settings and logs; it may not exist yet.

    `PMQA_HOME` names it outright. Else it is `%LOCALAPPDATA%` on Windows (never the roaming profile: it would
    carry drafts over the network), `~/Library/Application Support` on macOS and `$XDG_DATA_HOME` elsewhere.
    """
    environment = os.environ if environment is None else environment
    if chosen := environment.get("PMQA_HOME", ""):
        return Path(chosen)
    home = home or Path.home()
    if platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local") / _FOLDER
    if platform == "darwin":
        return home / "Library" / "Application Support" / _FOLDER
    data = environment.get("XDG_DATA_HOME", "")
    # A relative XDG_DATA_HOME is to be ignored (XDG base directory specification).
    return (Path(data) if Path(data).is_absolute() else home / ".local" / "share") / "pmqa-desktop"


def private_folder(folder: Path) -> Path:
    """Make `folder` and its parents where missing, readable by its owner alone, and return it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def replace_file(target: Path, data: bytes) -> Path:
    """Write a file so that the old one or the new one is there, never half of either, and return it.

    Raises:
        OSError: the disk does not take it; the old file is as it was, and nothing else is left.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        return part.replace(target)
    except BaseException:
        with suppress(OSError):  # a name that is too long cannot even be removed
            part.unlink()
        raise
