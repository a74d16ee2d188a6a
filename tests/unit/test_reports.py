# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The reports: what each must say, what none may say, and that they look the same every time."""

import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from io import BytesIO

import pytest
import report_samples as samples
from pdf_reading import page_texts, squeezed
from pypdf import PdfReader

from pmqa_desktop.reports import (
    feedback,
    fingerprint_page,
    memo,
    minutes,
    panel_sheet,
    ranking,
    readiness_page,
    scoresheet,
    seat_letter,
    summary,
)
from pmqa_desktop.reports import models as m
from pmqa_desktop.reports.attachments import Attachment
from pmqa_desktop.reports.models import Options
from pmqa_desktop.reports.words import Writer

REPORTS = {
    "feedback": (feedback, samples.feedback),
    "panel": (panel_sheet, samples.panel_sheet),
    "minutes": (minutes, samples.minutes),
    "ranking": (ranking, samples.ranking),
    "summary": (summary, samples.public_summary),
    "scoresheet": (scoresheet, samples.short_scoresheet),
    "fingerprint": (fingerprint_page, samples.fingerprint_page),
    "letter": (seat_letter, samples.seat_letter),
    "readiness": (readiness_page, samples.readiness_page),
    "memo": (memo, samples.cover_memo),
}
LANGUAGES = ("th", "en")
_RENDERED = {}


def rendered(name, language="th", digits="arabic"):
    """Each report is rendered once for all tests of a process."""
    key = (name, language, digits)
    if key not in _RENDERED:
        _RENDERED[key] = made(name, Options(language, digits))
    return _RENDERED[key]


def made(name, options=Options()):  # noqa: B008 - an immutable value
    module, sample = REPORTS[name]
    whole = name in ("panel", "minutes") or options == Options()
    return module.render(sample(), options) if whole else short(name, options)


def texts_of(name, language="th", digits="arabic"):
    key = ("texts", name, language, digits)
    if key not in _RENDERED:
        _RENDERED[key] = page_texts(rendered(name, language, digits))
    return _RENDERED[key]


def text_of(name, language="th", digits="arabic"):
    return "\n".join(texts_of(name, language, digits))


def short(name, options=Options(), **changes):  # noqa: B008 - an immutable value
    """Print a report with one category only."""
    module, sample = REPORTS[name]
    if name in ("feedback", "panel", "minutes", "scoresheet"):
        changes.setdefault("categories", samples.categories()[:1])
    if name == "panel":
        changes["rows"] = samples.matrix_rows()[:3]
    return module.render(sample(**changes), options)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", REPORTS)
def test_every_page_of_a_rehearsal_says_so(name, language):
    mark = {"th": "รอบซ้อม · คะแนนสมมติ", "en": "Rehearsal · invented scores"}[language]
    assert all(mark in text for text in texts_of(name, language))


@pytest.mark.parametrize("name", REPORTS)
def test_no_page_of_a_real_round_is_marked(name):
    real = short(name, round=samples.round_head(rehearsal=False))
    assert "รอบซ้อม" not in "".join(page_texts(real))


@pytest.mark.parametrize("name", REPORTS)
def test_pages_are_numbered_of_all(name):
    texts = texts_of(name)
    numbered = texts[1:] if name == "feedback" else texts
    first = len(texts) - len(numbered) + 1
    for number, text in enumerate(numbered, start=first):
        assert f"หน้า {number} จาก {len(texts)}" in text


def criteria_texts():
    for category in samples.categories():
        for item in category.items:
            yield item.title.th
            yield from (point.text.th for level in item.levels for point in level.points)
            yield from (indicator.name.th for indicator in item.indicators)


@pytest.mark.parametrize("name", REPORTS)
def test_a_thai_report_speaks_thai(name):
    words = set(re.findall(r"[A-Za-z]{3,}", text_of(name)))
    of_the_data = {"PMQA", "Office", "Permanent", "Secretary", "for", "the", "Interior"}
    of_the_data |= {"Zoom", "Video", "Conference", "pdf", "and", "Desktop", "expert"}
    of_the_data |= set(samples.agency_head().mechanisms)
    groups = {word for group in samples.FINGERPRINT for word in re.findall(r"[A-Z]{3,}", group)}
    criteria = {word for text in criteria_texts() for word in re.findall(r"[A-Za-z]{3,}", text)}
    assert words - of_the_data - groups - criteria == set()


@pytest.mark.parametrize("name", REPORTS)
def test_an_english_report_leaves_no_thai_of_the_program(name):
    program = (" จาก ", "รอบซ้อม", "คะแนนรวม", "ลำดับ", "ข้อเสนอแนะ", "ลงชื่อ", "ผู้มาประชุม", "พ.ศ.")
    assert not [word for word in program if word in text_of(name, "en")]


@pytest.mark.parametrize("name", REPORTS)
def test_thai_digits_are_used_for_scores_dates_and_pages(name):
    text = text_of(name, "th", "thai")
    assert "หน้า ๑ จาก" in text or "หน้า ๒ จาก" in text
    assert "๒๕๖๔" in text
    assert not re.search(r"หน้า [0-9]+ จาก", text)


@pytest.mark.parametrize("name", REPORTS)
def test_the_same_values_give_the_same_bytes(name):
    assert made(name) == rendered(name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", REPORTS)
def test_the_file_names_itself(name, language):
    reader = PdfReader(BytesIO(rendered(name, language)))
    assert reader.metadata.title.count("·") == 1
    assert reader.trailer["/Root"]["/Lang"] == {"th": "th-TH", "en": "en"}[language]
    assert len(reader.outline) >= 1


@pytest.mark.parametrize("name", REPORTS)
def test_the_security_class_stands_at_head_and_foot(name):
    secret = short(name, round=samples.round_head(confidentiality="ลับมาก"))
    assert all(text.count("ลับมาก") == 2 for text in page_texts(secret))


@pytest.mark.parametrize("name", REPORTS)
def test_an_english_report_words_the_security_class_and_keeps_the_rounds_own(name):
    secret = short(name, Options("en"), round=samples.round_head(confidentiality="ลับ"))
    assert all(text.count("Confidential (ลับ)") == 2 for text in page_texts(secret))
    own = short(name, Options("en"), round=samples.round_head(confidentiality="เฉพาะคณะ"))
    assert all(text.count("เฉพาะคณะ") == 2 for text in page_texts(own))


def test_the_feedback_report_names_no_evaluator_and_no_origin():
    seats = tuple(
        replace(seat, office=m.Words(f"สำนักลับที่{index}"), reason=f"เหตุลับ{index}", state="dissents")
        for index, seat in enumerate(samples.SEATS)
    )
    text = squeezed("".join(page_texts(short("feedback", seats=seats))))
    assert "สำนักลับ" not in text
    assert "เหตุลับ" not in text
    assert "สงวนความเห็น" not in text
    assert "expert-1" not in text


def test_the_feedback_report_holds_all_that_the_panel_wrote():
    text = squeezed(text_of("feedback"))
    for category in samples.categories():
        assert squeezed(category.title.th) in text
        for item in category.items:
            assert squeezed(f"{item.code}{item.title.th}") in text
            assert item.score in text
    for written in (*samples.STRENGTHS, *samples.OFIS, *samples.RECOMMENDATIONS):
        assert squeezed(written) in text
    assert squeezed("รายงานผลการดำเนินการพัฒนาองค์การ.pdf หน้า 12, 15") in text
    assert squeezed(samples.round_head().notice.th) in text
    assert squeezed("ขาดอีก 21.65 คะแนน จะถึงเกณฑ์ระดับพัฒนาจนเกิดผล (470 คะแนน)") in text


def test_the_feedback_report_tells_missing_from_not_applicable_and_zero():
    first = samples.categories()[0]
    items = (
        m.ItemResult("1.1", m.Words("ก"), "missing", ""),
        m.ItemResult("1.2", m.Words("ข"), "not_applicable", "", reason="ไม่มีภารกิจนี้"),
        m.ItemResult("1.3", m.Words("ค"), "scored", "0.00"),
    )
    report = samples.feedback(categories=(replace(first, items=items, score="", fraction=None),))
    text = squeezed("".join(page_texts(feedback.render(report, Options()))))
    assert "1.1กยังไม่ให้คะแนน–" in text
    assert "1.2ขไม่เกี่ยวข้อง–" in text
    assert "ไม่มีภารกิจนี้" in text
    assert "1.3ค0.00" in text


def test_the_feedback_report_of_a_round_of_points_needs_no_levels():
    bare = m.Outcome(total="650", fraction=Fraction(13, 20), level=m.Words(""))
    report = samples.feedback(outcome=bare, categories=(), agency=m.AgencyHead("a", m.Words("กรมหนึ่ง")), seats=())
    text = "".join(page_texts(feedback.render(report, Options())))
    assert "650" in text
    assert "กรมหนึ่ง" in text


def test_the_outline_leads_to_every_category_and_item():
    reader = PdfReader(BytesIO(rendered("feedback")))
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert [title for title in titles if title.startswith("หมวด ")] == [
        f"หมวด {category.code} {category.title.th}" for category in samples.categories()
    ]
    inner = [entry.title for group in reader.outline if isinstance(group, list) for entry in group]
    assert sum(title.startswith("1.") for title in inner) == 4


def test_the_panel_sheet_holds_matrix_reasons_dissent_and_fingerprint():
    text = squeezed(text_of("panel"))
    for row in samples.matrix_rows():
        assert squeezed(f"{row.code}{row.title.th}") in text
        assert squeezed("".join(row.scores)) in text
        assert squeezed(row.reason) in text
    assert squeezed(samples.SEATS[2].reason) in text
    assert all(squeezed(group) in text for group in samples.FINGERPRINT)
    assert "ประธานลงนามเมื่อ3สิงหาคม256416.12น." in text
    assert text.count("ลงชื่อ") == len(samples.SEATS) + 1
    assert all("ภายใน" in page for page in texts_of("panel"))


def test_the_panel_sheet_takes_seats_without_a_sheet_and_many_seats():
    absent = (replace(samples.SEATS[1], state="recused", reason="เคยเป็นที่ปรึกษา"), samples.SEATS[0])
    rows = tuple(replace(row, scores=row.scores[:1], fractions=row.fractions[:1]) for row in samples.matrix_rows()[:2])
    text = squeezed("".join(page_texts(panel_sheet.render(samples.panel_sheet(seats=absent, rows=rows), Options()))))
    assert "ถอนตัวเคยเป็นที่ปรึกษา" in text
    assert text.count("ลงชื่อ") == 2
    eight = tuple(replace(samples.SEATS[1], seat=f"e{index}") for index in range(8))
    wide = tuple(replace(row, scores=row.scores * 2, fractions=row.fractions * 2) for row in samples.matrix_rows())
    page = PdfReader(BytesIO(panel_sheet.render(samples.panel_sheet(seats=eight, rows=wide), Options()))).pages[0]
    assert page.mediabox.width > page.mediabox.height


def test_times_of_signing_are_told_in_thailand():
    assert Writer(Options()).local(datetime(2021, 8, 3, 20, 30, tzinfo=UTC)) == "4 สิงหาคม 2564 03.30 น."


def test_the_minutes_follow_the_offices_form():
    text = squeezed(text_of("minutes"))
    order = [
        "ผู้มาประชุม",
        "เริ่มประชุมเวลา09.00น.",
        *(f"ระเบียบวาระที่{number}" for number in range(1, 6)),
        "มติที่ประชุม",
        "เลิกประชุม",
        "ผู้จดรายงานการประชุม",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    session = samples.agency_head().session
    for told in (session.represented_by, session.on_behalf_of, session.venue, *session.highlights):
        assert squeezed(told) in text
    assert squeezed("วันอังคารที่ 3 สิงหาคม พ.ศ. 2564") in text


def test_the_minutes_name_absent_seats_with_their_reason():
    seats = (samples.SEATS[0], replace(samples.SEATS[1], state="missing", reason="ติดราชการ"))
    text = squeezed("".join(page_texts(minutes.render(samples.minutes(seats=seats), Options()))))
    assert "ผู้ไม่มาประชุม1.กรรมการผู้ทรงคุณวุฒิ(ขาด)ติดราชการ" in text


def test_minutes_of_an_evaluation_without_a_record_still_print():
    bare = replace(samples.agency_head(), session=None, history=(), dimensions=())
    assert "ระเบียบวาระที่ 1" in "".join(
        page_texts(minutes.render(samples.minutes(agency=bare, recommendations=()), Options()))
    )


def test_the_ranking_shows_shared_ranks_and_those_without_a_result():
    text = squeezed(text_of("ranking"))
    assert "1สำนักงานปลัดกระทรวงมหาดไทย" in text
    assert text.count("401.20") == 2
    assert "–กรมตัวอย่างเพื่อการซ้อมค" in text
    assert "ยังขาดมติของคณะกรรมการ" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_public_summary_is_one_page_without_scores(language):
    texts = texts_of("summary", language)
    assert len(texts) == 1
    assert "448.35" not in texts[0]
    shown = page_texts(summary.render(samples.public_summary(show_total=True), Options(language)))
    assert "448.35" in shown[0]


def test_the_evaluators_record_is_told_apart_and_proven():
    text = squeezed("".join(page_texts(short("scoresheet", after_reveal=True, revision=2))))
    assert "ฉบับที่2" in text
    assert "แก้ไขหลังเปิดเผยคะแนนของคณะแล้ว" in text
    assert all(squeezed(group) in text for group in samples.FINGERPRINT)


def test_hostile_texts_of_others_are_printed_and_open_no_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("ความลับในแฟ้ม", encoding="utf-8")
    nasty = f"<img src='{secret}'/> <b>&lt; \u202e\x00 \U0001f600 \ud800 %(x)s {{0}} " + "ยาว" * 1000
    item = replace(
        samples.categories()[0].items[0], strengths=(nasty,), reason=nasty, evidence=(m.EvidenceLine(nasty, 1),)
    )
    category = replace(samples.categories()[0], items=(item,), title=m.Words(nasty))
    report = samples.feedback(categories=(category,), agency=replace(samples.agency_head(), name=m.Words(nasty[:300])))
    text = "".join(page_texts(feedback.render(report, Options())))
    assert "<img" in text
    assert "[U+202E][U+0000]" in squeezed(text)
    assert "ความลับในแฟ้ม" not in text


def test_attachments_are_found_as_they_were_given(tmp_path):
    files = (
        Attachment("result.pmqa", b"\x00signed\xff" * 100, "เอกสารผล"),
        Attachment("criteria.pmqa", b"criteria", "เกณฑ์", "application/json"),
    )
    data = summary.render(samples.public_summary(), Options(), files)
    assert data == summary.render(samples.public_summary(), Options(), files[::-1])
    reader = PdfReader(BytesIO(data))
    assert {name: held[0] for name, held in reader.attachments.items()} == {one.name: one.data for one in files}
    assert not PdfReader(BytesIO(rendered("summary"))).attachments


@pytest.mark.parametrize("name", REPORTS)
def test_poppler_finds_nothing_to_complain_about(name, tmp_path):
    import shutil

    if shutil.which("pdffonts") is None:
        assert PdfReader(BytesIO(rendered(name)), strict=True).pages
        return
    path = tmp_path / "report.pdf"
    path.write_bytes(rendered(name))
    told = subprocess.run(["pdffonts", str(path)], capture_output=True, check=True, text=True)
    assert told.stderr == ""
    assert all(re.search(r"yes yes yes", line) for line in told.stdout.splitlines()[2:])
