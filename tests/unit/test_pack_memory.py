# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Memory stays flat however large the papers are: measured as the peak of a process of its own."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
MB = 1_000_000


def peak(folder: Path, size: int) -> int:
    folder.mkdir()
    told = subprocess.run(
        [sys.executable, ROOT / "tests/helpers/pack_memory.py", folder, str(size)],
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'tests/helpers'}", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=True,
        text=True,
    )
    return int(told.stdout)


def test_packing_receiving_and_opening_take_no_more_memory_for_larger_papers(tmp_path):
    small, large = peak(tmp_path / "small", 1 * MB), peak(tmp_path / "large", 60 * MB)

    # one line of 512 KiB, its decoded part and the buffers of the pipe, but never a share of the paper
    assert large - small < 16 * MB, (small, large)
