# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Whatever stands in the texts of a round, a report prints it visibly, never fails, and opens no file for it."""

import sys
from dataclasses import replace
from io import BytesIO

import pytest
import report_samples as samples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_reading import squeezed
from pypdf import PdfReader

from pmqa_desktop.reports import feedback, memo, minutes, panel_sheet, ranking, summary
from pmqa_desktop.reports import models as m
from pmqa_desktop.reports.models import Options
from pmqa_desktop.reports.typeset.fonts import face
from pmqa_desktop.reports.typeset.visible import visible

PIECES = (
    "<b>", "</para>", "<img src='/etc/hostname'/>", "<a href=\"file:///etc/passwd\">", "&amp;", "&#0;", "%s", "{0}",
    "\\", "$(id)", "\x00", "\x1b[31m", "\x7f", "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\ue000", "\ufffe",
    "\U0001f600\U0001f468\u200d\U0001f469", "中文", "עברית", "e\u0301", "ก\u0e49\u0e49", "ฐุ", "น้ำ", "๐๑", "\n", "\t",
    " ", "ก" * 300, "A" * 300, "ข้อความ ",
)  # fmt: skip
hostile = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), min_size=1, max_size=8).map("".join)
_opened: list[str] = []
_watching = False


def _watch(event, arguments):
    if _watching and event in ("open", "os.open", "socket.connect", "subprocess.Popen", "urllib.Request"):
        _opened.append(f"{event} {arguments[0]!r}")


sys.addaudithook(_watch)


def spoiled(text):
    """Return reports in which every text that people write is `text`."""
    words = m.Words(text, text)
    first = samples.categories()[0]
    line = m.IndicatorLine("RM1", words, words, text, text, text, text, years=(text, f"2562={text}"), reason=text)
    item = replace(first.items[0], title=words, strengths=(text,), ofis=(text,), recommendations=(text,), reason=text,
                   visit_issues=(text,), evidence=(m.EvidenceLine(text, 3, text),), indicators=(line,))  # fmt: skip
    session = replace(samples.agency_head().session, platform=text, venue=text, represented_by=text, on_behalf_of=text,
                      highlights=(text,))  # fmt: skip
    agency = replace(samples.agency_head(), name=words, short=text, ministry=text, dimensions=(text,),
                     mechanisms=(text,), session=session)  # fmt: skip
    themes = m.Themes((text,), (text,), (text,), (text,))
    dissents = (m.DissentLine(words, text, "1.1"),)
    row = replace(samples.matrix_rows()[0], title=words, reason=text)
    common = {"agency": agency, "categories": (replace(first, title=words, items=(item,)),)}
    seats = tuple(replace(seat, title=words, reason=text) for seat in samples.SEATS[:2])
    return (
        (feedback, samples.feedback(themes=themes, **common)),
        (panel_sheet, samples.panel_sheet(rows=(row,), dissents=dissents, seats=seats, **common)),
        (minutes, samples.minutes(recommendations=(("1.1", text),), dissents=dissents, seats=seats, **common)),
        (memo, samples.cover_memo(agency=agency, office=words, to=words, signer=words)),
        (ranking, samples.ranking(rows=(replace(samples.ranking().rows[0], agency=words, note=words, ministry=text),))),
        (summary, samples.public_summary(agency=agency)),
    )


@pytest.fixture(scope="module", autouse=True)
def warm():
    """Let fonts and word lists be read before anybody watches."""
    for module, report in spoiled("ก"):
        module.render(report, Options())


def rendered_unseen(module, report):
    """Return the file, having seen to it that nothing else was opened for it."""
    global _watching  # noqa: PLW0603 - an audit hook cannot be taken away, only told to look aside
    _opened.clear()
    _watching = True
    try:
        data = module.render(report, Options())
    finally:
        _watching = False
    assert _opened == []
    return data


def shown_by(data):
    return squeezed("".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages))


@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
@given(hostile)
def test_hostile_texts_are_printed_visibly_and_open_no_file(text):
    module, report = spoiled(text)[0]
    assert squeezed(visible(text, face())) in shown_by(rendered_unseen(module, report))


@pytest.mark.parametrize("number", range(6))
def test_every_report_prints_everything_that_is_hostile_at_once(number):
    module, report = spoiled("".join(PIECES))[number]
    printed = shown_by(rendered_unseen(module, report))
    assert squeezed(visible("<img src='/etc/hostname'/>", face())) in printed
    assert "[U+202E]" in printed or module is summary  # which cuts what does not fit its page
