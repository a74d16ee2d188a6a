# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Run the stand-alone verifier as a stranger does: a copy, alone in a folder, that can use nothing of ours."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).parents[2] / "docs" / "verifier" / "verify_bundle.py"


def second_opinion(folder: Path, *arguments: object) -> tuple[int, dict[str, Any]]:
    """Return the verifier's exit code and JSON; isolated mode keeps the project off its path."""
    alone = folder / "verify_bundle.py"
    shutil.copyfile(PROGRAM, alone)
    command = [sys.executable, "-I", str(alone), *map(str, arguments)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stderr == ""
    return done.returncode, json.loads(done.stdout)
