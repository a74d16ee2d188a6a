# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What takes long: a thousand reports in flat memory, the workbook opened by LibreOffice.

`dev.py check --deep` sets PMQA_DEEP; without it, and where LibreOffice or /proc is missing, nothing is collected.
"""

import faulthandler
import gc
import os
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import report_samples as samples
from openpyxl import load_workbook

from pmqa_desktop.reports import feedback, workbook
from pmqa_desktop.reports import models as m
from pmqa_desktop.reports.models import Options

DEEP = os.environ.get("PMQA_DEEP") == "1"
SOFFICE = os.environ.get("PMQA_SOFFICE") or shutil.which("soffice")
STATM = Path("/proc/self/statm")
MEGABYTE = 1024 * 1024


def resident():
    gc.collect()
    return int(STATM.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def report(number):
    """A feedback report whose words no other one has."""
    text = f"จุดแข็งที่ {number} ของหน่วยงาน{number}: " + f"การพัฒนา{number}อย่างต่อเนื่อง " * 8
    first = samples.categories()[number % 7]
    items = tuple(replace(item, strengths=(text,) * 4, ofis=(text[::2],)) for item in first.items[:2])
    return samples.feedback(categories=(replace(first, items=items),), themes=m.Themes(strengths=(text,)))


if DEEP and STATM.exists():

    def test_a_thousand_reports_need_no_more_memory_than_a_hundred():
        # long, and not hung: no traces of what it is doing
        faulthandler.cancel_dump_traceback_later()
        for number in range(100):
            feedback.render(report(number), Options())
        before = resident()
        for number in range(100, 1000):
            feedback.render(report(number), Options())
        assert resident() - before < 24 * MEGABYTE, f"{(resident() - before) / MEGABYTE:.0f} MB more"


def results():
    agency = m.AgencyResult(
        samples.agency_head(), samples.outcome(), samples.categories(), "1", samples.SEATS, samples.matrix_rows()
    )
    comments = tuple(
        m.CommentLine(samples.agency_head().name, "1.1", "strength", text)
        for text in (*samples.STRENGTHS, "=1+1", "+ดี", "@SUM(A1)", "-2", "'ข้อความ", "บรรทัดหนึ่ง\nบรรทัดสอง")
    )
    provenance = ((m.Words("สถานะเอกสารทั้งหมด", "State of all documents"), m.Words(samples.DIGEST)),)
    settings = ((m.Words("ค่าต่างที่ต้องหารือ", "Tolerance"), m.Words("100")),)
    return m.RoundResults(samples.round_head(confidentiality="ลับ"), (agency,), comments, settings, provenance)


def cells(data):
    book = load_workbook(BytesIO(data))
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows(max_col=12) if any(c.value for c in row)]
        for sheet in book
    }


if DEEP and SOFFICE:

    def test_libreoffice_opens_the_workbook_and_reads_the_same(tmp_path):
        source = tmp_path / "results.xlsx"
        source.write_bytes(workbook.render(results(), Options()))
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [SOFFICE, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
        told = subprocess.run(
            [*command, str(tmp_path / "out"), str(source)], capture_output=True, text=True, check=False, timeout=240
        )
        assert told.returncode == 0, told.stderr

        read_back = cells((tmp_path / "out" / "results.xlsx").read_bytes())

        assert not [line for line in told.stderr.splitlines() if "rror" in line]
        assert read_back == cells(source.read_bytes())
