# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What is costly and only read is made once for all processes of a test run."""

from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import pytest

try:
    import fcntl
except ImportError:  # Windows: every process makes its own
    fcntl = None


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder `name` that `make` has filled; the first process to ask makes it, the others wait for it."""
    own = factory.getbasetemp()
    shared = own.parent if fcntl and own.name.startswith("popen-") else own
    folder, done = shared / name, shared / f"{name}.done"
    with _alone(shared / f"{name}.lock"):
        if not done.exists():
            make(folder)
            done.touch()
    return folder


@contextmanager
def _alone(lock: Path):
    with lock.open("w") as file:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX)  # given up with the file
        yield
