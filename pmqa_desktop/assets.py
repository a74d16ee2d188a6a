# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Find the program's own data, from source and from a frozen folder alike.

The package objects are passed to importlib.resources: by name it fails in a frozen program.
"""

from importlib.resources import files
from pathlib import Path, PurePosixPath

import i18n
import resources


def _inside(package: object, relative: str) -> Path:
    path = PurePosixPath(relative)
    if path.is_absolute() or ".." in path.parts:
        raise ValueError(f"not a path inside the program's data: {relative}")
    return Path(str(files(package).joinpath(*path.parts)))  # type: ignore[arg-type]


def resource(relative: str) -> Path:
    """Return the path of a file below `resources/`, for example `fonts/PMQASarabun-Regular.ttf`."""
    return _inside(resources, relative)


def catalogue_folder() -> Path:
    """Return the folder that holds `<language>/LC_MESSAGES/pmqa.mo`."""
    return Path(str(files(i18n)))
