# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Who may import whom (docs/architecture.md): the contracts of pyproject.toml, and the core without Qt."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

IMPORT_THE_CORE = """
import importlib, pkgutil, sys

class Block:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"PySide6", "shiboken6", "ui"}:
            raise ImportError(f"the core asked for {name}")

sys.meta_path.insert(0, Block())
import pmqa_desktop
names = [found.name for found in pkgutil.walk_packages(pmqa_desktop.__path__, "pmqa_desktop.")]
names = [name for name in names if not name.endswith("__main__")]
for name in names:
    importlib.import_module(name)
assert not {"PySide6", "shiboken6", "ui"} & set(sys.modules)
print(len(names))
"""


def test_import_contracts_hold():
    lint = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, "NO_COLOR": "1"}
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_the_whole_core_imports_while_qt_is_blocked():
    command = [sys.executable, "-c", IMPORT_THE_CORE]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 10
