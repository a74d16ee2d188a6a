# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What a Thai report costs, against the same words set by stock reportlab without shaping, word breaks or tables.

The report is a long one: the practice agency's, in which every item also says its purpose and its points at length.
"""

import contextlib
import io
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from children import in_child

if TYPE_CHECKING:
    from pmqa_desktop.domain.criteria import Item
    from pmqa_desktop.reports.models import FeedbackReport, ItemResult

_REPEATS = 5


def measure() -> dict[str, object]:
    """Return how many times the plain setting of its words a long feedback report takes, and how long it is."""
    found = in_child("papers", "set_both")
    return {"report_vs_plain": round(found["ratio"], 2), "report_pages": found["pages"]}


def set_both(home: Path) -> dict[str, float]:
    """Set a long feedback report by the program and its words by stock reportlab; return `ratio` and `pages`."""
    from pypdf import PdfReader

    from pmqa_desktop.reports import feedback
    from pmqa_desktop.reports.models import Options

    report = _long_report(home)
    pages = PdfReader(io.BytesIO(feedback.render(report, Options()))).pages
    lines = [line for page in pages for line in page.extract_text().splitlines() if line.strip()]
    ours, plain = [], []
    for _ in range(_REPEATS):  # in turn, so that a busy minute of the machine slows both
        ours.append(_seconds(lambda: feedback.render(report, Options())))
        plain.append(_seconds(lambda: _plain(lines, home / "plain.pdf")))
    return {"ratio": min(ours) / min(plain), "pages": len(pages)}


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _long_report(home: Path) -> "FeedbackReport":
    """Return the practice agency's report, each item with its purpose and points as further texts."""
    from pmqa_desktop.services.practice import build_practice
    from pmqa_desktop.services.registry.service import import_files, open_registry
    from pmqa_desktop.services.reporting.filling import feedback_report

    practice = build_practice(home / "round", 7)
    clear = [practice.dir / "roster.pmqa", practice.dir / "clear"]
    session = open_registry(home / "registry.db", clock=lambda: datetime.now(UTC), app="bench", create=True)
    with contextlib.closing(session):
        import_files(session, clear)
        seen = session.round()
        report = feedback_report(session, next(iter(seen.agencies)))
        items = {item.code: item for item in seen.criteria.edition.items}
    categories = [
        replace(category, items=tuple(_longer(item, items[item.code]) for item in category.items))
        for category in report.categories
    ]
    return replace(report, categories=tuple(categories))


def _longer(result: "ItemResult", item: "Item") -> "ItemResult":
    told = [point.text_th for level in item.levels for point in level.points]
    told += [f"{one.name_th} ({one.unit_th})" for one in item.indicators]
    return replace(
        result,
        strengths=(*result.strengths, item.purpose_th, *(f"มีแนวทางชัดเจน กล่าวคือ {text}" for text in told)),
        ofis=(*result.ofis, *(f"ยังไม่ครบถ้วนในเรื่อง {text}" for text in told)),
        recommendations=(*result.recommendations, *(f"ควรติดตามและทบทวนว่า {text}" for text in told)),
    )


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
