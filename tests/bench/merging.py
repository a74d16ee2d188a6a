# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""How fast the registry takes files in: against the floor, against Excel, as it grows, and in how much memory."""

import contextlib
import math
import sys
import tempfile
import time
from pathlib import Path

import scale
from children import in_child
from openpyxl import Workbook, load_workbook

_WORKBOOKS = 40
_REPEATS = 3


def measure(full: bool) -> dict[str, object]:
    """Return the four figures of merging, each from this run."""
    small, large = 1_000, 100_000 if full else 10_000
    with tempfile.TemporaryDirectory() as folder:
        few = scale.make_round(Path(folder) / "few", small)
        many = scale.make_round(Path(folder) / "many", large)
        ours = [in_child("merging", "ours", few) for _ in range(_REPEATS)]
        floor = [in_child("merging", "floor", few) for _ in range(_REPEATS)]
        grown = in_child("merging", "ours", many)
        excel = _read_workbooks(Path(folder))
    per_bundle = min(one["seconds"] for one in ours) / small
    return {
        "merge_vs_floor": round(per_bundle / (min(one["seconds"] for one in floor) / small), 2),
        "merge_vs_excel": round(excel / per_bundle, 2),
        "merge_growth_exponent": round(math.log(grown["seconds"] / (per_bundle * small)) / math.log(large / small), 3),
        "merge_peak_mb": round(grown["peak_mb"], 1),
    }


def ours(files: scale.Files, home: Path) -> float:
    """Import the round through the services, as `main.py merge` does; return the seconds of the import alone."""
    from datetime import UTC, datetime

    from pmqa_desktop.services.registry.service import import_files, open_registry

    session = open_registry(home / "registry.db", clock=lambda: datetime.now(UTC), app=scale.APP, create=True)
    with contextlib.closing(session):
        import_files(session, [files.roster])
        began = time.perf_counter()
        report = import_files(session, [files.folder])
        seconds = time.perf_counter() - began
    taken = sum(1 for file in report.files if file.outcome == "new")
    if taken != files.bundles:
        raise RuntimeError(f"{taken} of {files.bundles} files were new")
    return seconds


def floor(files: scale.Files, home: Path) -> float:
    """Import the same files by the hand-written pipeline."""
    from floor import merge

    began = time.perf_counter()
    stored = merge(files.folder, home / "floor.db")
    seconds = time.perf_counter() - began
    if stored != files.bundles:
        raise RuntimeError(f"{stored} of {files.bundles} sheets were stored")
    return seconds


def _read_workbooks(folder: Path) -> float:
    """Return the seconds openpyxl needs to read one sheet's content from a workbook, the usual way today."""
    pattern = scale.patterns()[0]
    for number in range(_WORKBOOKS):
        book = Workbook()
        scores = book.active
        for one in pattern.items:
            scores.append([one.item, *one.answer.ticks])
        words = book.create_sheet()
        for one in pattern.comments:
            words.append([one.item, one.kind, one.text])
        for one in pattern.evidence:
            words.append([one.item, one.point, one.page])
        book.save(folder / f"{number}.xlsx")
    began = time.perf_counter()
    cells = 0
    for number in range(_WORKBOOKS):
        book = load_workbook(folder / f"{number}.xlsx", read_only=False)
        cells += sum(1 for sheet in book for row in sheet.iter_rows(values_only=True) for value in row if value)
    seconds = time.perf_counter() - began
    if cells < _WORKBOOKS * len(pattern.items):
        raise RuntimeError("the workbooks were not read")
    return seconds / _WORKBOOKS


if __name__ == "__main__":
    sys.exit("run: python3 dev.py bench")
