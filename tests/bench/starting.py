# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""From nothing to a painted window, against the smallest window that Qt can show: both in fresh processes.

The program is shipped compiled, so all turns share one folder of compiled modules, which the first, unused one fills.
"""

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
shell.start()
shell.window.show()
shell.application.processEvents()
print("shown", flush=True)
"""
_END = """
shell.close()
"""
_READY = _OURS.replace("print(", "shell.routes; shell.tasks.finish(); print(")


def measure() -> dict[str, object]:
    """Return how many times the bare window's start the program's takes: until painted, and until all is loaded.

    Medians of turns, the first unused.
    """
    scripts = {"bare": _BARE, "ours": _OURS + _END, "ready": _READY + _END}
    took: dict[str, list[float]] = {name: [] for name in scripts}
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as compiled:
        for _ in range(_REPEATS + 1):
            for name, script in scripts.items():
                took[name].append(_seconds(script, home, compiled))
    bare, ours, ready = (statistics.median(took[name][1:]) for name in ("bare", "ours", "ready"))
    return {
        "start_vs_bare_window": round(ours / bare, 2),
        "start_ready_vs_bare_window": round(ready / bare, 2),
    }


def _seconds(script: str, home: str, compiled: str) -> float:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": compiled}
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", script, home],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
    ) as child:
        line = child.stdout.readline() if child.stdout else ""
        seconds = time.perf_counter() - began
        _, trouble = child.communicate()
    if line.strip() != "shown":
        raise RuntimeError(f"no window was shown:\n{trouble}")
    return seconds
