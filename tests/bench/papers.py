# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What a Thai report costs, against the same words set by stock reportlab without shaping, word breaks or tables."""

import contextlib
import time
from datetime import UTC, datetime
from pathlib import Path

from children import in_child

_REPEATS = 3


def measure() -> dict[str, object]:
    """Return how many times the plain setting of its words the first feedback report takes."""
    return {"report_vs_plain": round(in_child("papers", "set_both")["seconds"], 2)}


def set_both(home: Path) -> float:
    """Set the practice agency's feedback report by the program and its words by stock reportlab; return the ratio."""
    from pypdf import PdfReader

    from pmqa_desktop.services.practice import build_practice
    from pmqa_desktop.services.registry.service import import_files, open_registry
    from pmqa_desktop.services.reporting import ReportingService

    practice = build_practice(home / "round", 7)
    clear = [practice.dir / "roster.pmqa", practice.dir / "clear"]
    session = open_registry(home / "registry.db", clock=lambda: datetime.now(UTC), app="bench", create=True)
    with contextlib.closing(session):
        import_files(session, clear)
        reporting = ReportingService(session)
        agency = next(iter(session.round().agencies))
        ours = []
        for _ in range(_REPEATS):
            began = time.perf_counter()
            written = reporting.save("feedback", home / "ours.pdf", agency=agency)
            ours.append(time.perf_counter() - began)
    lines = [line for page in PdfReader(written).pages for line in page.extract_text().splitlines() if line.strip()]
    plain = []
    for _ in range(_REPEATS):
        began = time.perf_counter()
        _plain(lines, home / "plain.pdf")
        plain.append(time.perf_counter() - began)
    return min(ours) / min(plain)


def _plain(lines: list[str], target: Path) -> None:
    from xml.sax.saxutils import escape

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    from pmqa_desktop.assets import resource

    pdfmetrics.registerFont(TTFont("Plain", str(resource("fonts/PMQASarabun-Regular.ttf"))))
    style = ParagraphStyle("plain", fontName="Plain", fontSize=11, leading=18)
    SimpleDocTemplate(str(target)).build([Paragraph(escape(line), style) for line in lines])
