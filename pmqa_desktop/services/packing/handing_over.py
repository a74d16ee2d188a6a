# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What goes along with the packs: a letter per seat, and the list that says which file goes to whom.

The names of packs tell nothing, so without the list nobody knows whose they are. It belongs on the secretariat's own
disk, not on the drive that travels.
"""

import csv
import io
from pathlib import Path

from pmqa_desktop.progress import Progress
from pmqa_desktop.reports.sheet_safety import csv_text
from pmqa_desktop.services.packing.service import PackReport
from pmqa_desktop.services.reporting import ReportingService, write_whole
from pmqa_desktop.text import N_, Language, pick, translator
from pmqa_desktop.thai import Digits

LIST_NAME = "hand-over.csv"
_HEADS = (N_("Seat"), N_("Office"), N_("File"), N_("Bytes"), N_("Fingerprint"))


def hand_over(
    reporting: ReportingService,
    report: PackReport,
    folder: Path,
    *,
    language: Language = "th",
    digits: Digits = "arabic",
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Write a letter for every seat whose pack was written, and the list of files; what is there is replaced.

    Args:
        reporting: Makes the letters.
        report: What was written.
        folder: Made when missing; not the drive with the packs.
        language: Of the letters and of the list.
        digits: As for reports.
        progress: Told before each letter.

    Raises:
        Expected: `cannot-write`; `cancelled`.
    """
    steps = progress or Progress()
    written = [line for line in report.lines if line.outcome == "written"]
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, line in enumerate(written):
        steps.step(number, len(written), line.seat)
        out = folder / f"letter-{line.seat}.pdf"
        paths.append(reporting.save("letter", out, seat=line.seat, language=language, digits=digits))
    if written:
        paths.append(write_whole(folder / LIST_NAME, _table(report, language)))
    return tuple(paths)


def _table(report: PackReport, language: Language) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out)
    say = translator(language)
    rows.writerow([say(head) for head in _HEADS])
    for line in report.lines:
        title = pick(line.title_th, line.title_en, language)
        for one in line.files:
            told = (line.seat, title, one.path.name, str(one.size), " ".join(line.fingerprint or ()).upper())
            rows.writerow([csv_text(cell) for cell in told])
    return out.getvalue().encode("utf-8-sig")
