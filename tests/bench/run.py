# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Print one JSON object of ratios and sizes, each measured in this run (`python3 dev.py bench`).

The figures compare the program with a floor on the same machine in the same minute, so they can be compared
between machines: `merge_vs_floor` 2 means twice the time of the hand-written pipeline. `merge_vs_excel` is how many
times faster than openpyxl. Milliseconds and megabytes are this machine's.
"""

import json
import sys

import merging
import papers
import starting
import typing_thai
import writing

KEYS = (
    "merge_vs_floor", "merge_vs_excel", "merge_growth_exponent", "merge_peak_mb", "start_vs_bare_window",
    "start_ready_vs_bare_window", "autosave_vs_raw_commit", "typing_block_p99_ms", "report_vs_plain",
    "report_pages",
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """Measure everything; `--full` grows the registry to 100,000 files."""
    full = "--full" in arguments
    measures = {
        "merging": lambda: merging.measure(full),
        "start": starting.measure,
        "edits": writing.measure,
        "typing": typing_thai.measure,
        "reports": papers.measure,
    }
    found: dict[str, object] = {}
    for name, measure in measures.items():
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        found |= measure()
    print(json.dumps({key: found[key] for key in KEYS}, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
