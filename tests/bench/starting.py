# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""From nothing to a painted window, against the smallest window that Qt can show: both in fresh processes."""

import os
import statistics
import subprocess
import sys
import tempfile
import time

from children import ROOT

_REPEATS = 5

_BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.show()
app.processEvents()
print("shown", flush=True)
"""

_OURS = """
import sys
from pathlib import Path
from ui.shell import Shell
shell = Shell(Path(sys.argv[1]))
shell.routes.start()
shell.tasks.finish()
shell.window.show()
shell.application.processEvents()
print("shown", flush=True)
shell.close()
"""


def measure() -> dict[str, object]:
    """Return how many times the bare window's start the program's start takes; medians of turns, the first unused."""
    ours, bare = [], []
    with tempfile.TemporaryDirectory() as home:
        for _ in range(_REPEATS + 1):
            ours.append(_seconds(_OURS, home))
            bare.append(_seconds(_BARE, home))
    return {"start_vs_bare_window": round(statistics.median(ours[1:]) / statistics.median(bare[1:]), 2)}


def _seconds(script: str, home: str) -> float:
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", script, home],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        text=True,
    ) as child:
        line = child.stdout.readline() if child.stdout else ""
        seconds = time.perf_counter() - began
        _, trouble = child.communicate()
    if line.strip() != "shown":
        raise RuntimeError(f"no window was shown:\n{trouble}")
    return seconds
