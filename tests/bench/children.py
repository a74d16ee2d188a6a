# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Run one measurement in a process of its own, so that none warms the next and memory is its own."""

import importlib
import json
import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def in_child(module: str, function: str, *arguments: object) -> dict[str, float]:
    """Call `function(*arguments, home)` of a bench module; return its figures and the child's `peak_mb`.

    The function returns its figures by name, or one number, its `seconds`.
    """
    done = subprocess.run(
        [sys.executable, __file__, module, function],
        input=pickle.dumps(arguments),
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    if done.returncode:
        raise RuntimeError(f"{module}.{function} failed:\n{done.stderr.decode(errors='replace')}")
    return json.loads(done.stdout.splitlines()[-1])


def peak_mb() -> float:
    """Return the most memory this process ever held, in megabytes; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Be the child: take the arguments from standard input, print one line of JSON."""
    module, function = sys.argv[1:]
    arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own parent
    with tempfile.TemporaryDirectory() as home:
        found = getattr(importlib.import_module(module), function)(*arguments, Path(home))
    figures = found if isinstance(found, dict) else {"seconds": found}
    print(json.dumps({**figures, "peak_mb": peak_mb()}))


if __name__ == "__main__":
    main()
