# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Blocks on pages: nothing lost, nothing torn apart that belongs together."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_reading import SHEET, page_texts, pdf_of, squeezed
from pypdf import PdfReader

from pmqa_desktop.reports.typeset.blocks import PageBreak, Space, Together
from pmqa_desktop.reports.typeset.labels import fitted, label, label_width
from pmqa_desktop.reports.typeset.pages import fill_pages
from pmqa_desktop.reports.typeset.paragraphs import Paragraph, Style
from pmqa_desktop.reports.typeset.pen import Point
from pmqa_desktop.reports.typeset.tables import Cell, Row, Table
from pmqa_desktop.reports.typeset.ties import tied

BODY = Style(11.5, 18.0)
ROOM = SHEET.text_height
LINES = int(ROOM / 18)


def lines(count, start=1):
    return "\n".join(f"บรรทัด{number}" for number in range(start, start + count))


def table(texts, heads=1, **options):
    rows = tuple(Row((Cell((Paragraph(text, BODY),)), Cell((Paragraph("ข", BODY),)))) for text in texts)
    return Table((0.5, 0.5), rows, heads=heads, **options)


@given(st.lists(st.integers(1, 90), min_size=1, max_size=8), st.booleans())
def test_no_line_is_lost_and_none_leaves_the_page(counts, in_table):
    texts = [lines(count) for count in counts]
    blocks = [table(texts, heads=0)] if in_table else [Paragraph(text, BODY) for text in texts]
    pages = fill_pages(blocks, SHEET.text_width, ROOM)
    for page in pages:
        for offset, block in page.blocks:
            assert offset + block.height(SHEET.text_width) <= ROOM + 0.1
    height = sum(block.height(SHEET.text_width) for page in pages for _, block in page.blocks)
    assert height >= sum(counts) * 18 - 0.1


def test_a_paragraph_over_two_pages_leaves_no_single_line_behind():
    data = pdf_of(Paragraph(lines(LINES - 1), BODY), Paragraph(lines(3, 500), BODY), Paragraph(lines(5, 700), BODY))
    first, second = page_texts(data)
    assert "บรรทัด500" not in first
    assert "บรรทัด500" in second
    assert "บรรทัด704" in second


def test_a_cut_paragraph_keeps_two_lines_on_both_pages():
    first, second = page_texts(pdf_of(Paragraph(lines(LINES + 1), BODY)))
    assert len(second.split()) == 2
    assert len(first.split()) == LINES - 1


def test_a_heading_stays_with_the_text_below_it():
    heading = Paragraph("หัวข้อ", BODY.but(keep_with_next=True))
    first, second = page_texts(pdf_of(Paragraph(lines(LINES - 1), BODY), heading, Paragraph(lines(4, 900), BODY)))
    assert "หัวข้อ" not in first
    assert second.split()[0] == "หัวข้อ"


def test_together_moves_whole_and_is_only_cut_when_no_page_holds_it():
    group = Together([Paragraph(lines(4), BODY), Paragraph(lines(4, 50), BODY)])
    first, second = page_texts(pdf_of(Paragraph(lines(LINES - 6, 200), BODY), group))
    assert "บรรทัด1\n" not in first
    assert len(second.split()) == 8
    assert len(page_texts(pdf_of(Together([Paragraph(lines(LINES * 2 + 2), BODY), Space(3)])))) == 3


def test_page_breaks_make_no_empty_pages():
    texts = page_texts(
        pdf_of(PageBreak(), Paragraph("ก", BODY), PageBreak(), PageBreak(), Paragraph("ข", BODY), PageBreak())
    )
    assert [text.strip() for text in texts] == ["ก", "ข"]


def test_a_tables_head_is_repeated_on_every_page():
    texts = page_texts(pdf_of(table(["หัวตาราง", *(f"แถวที่{number}" for number in range(120))])))
    assert len(texts) > 3
    assert all(text.split()[0] == "หัวตาราง" for text in texts)
    rows = [word for text in texts for word in text.split() if word.startswith("แถวที่")]
    assert rows == [f"แถวที่{number}" for number in range(120)]


def test_a_row_higher_than_a_page_is_cut_inside():
    texts = page_texts(pdf_of(table(["หัว", lines(LINES * 2)])))
    assert len(texts) == 3
    found = [word for text in texts for word in text.split() if word.startswith("บรรทัด")]
    assert found == lines(LINES * 2).split()


def test_kept_rows_stay_together():
    rows = [Row((Cell((Paragraph(f"ก{number}", BODY),)),), keep_with_next=number % 2 == 0) for number in range(100)]
    for text in page_texts(pdf_of(Table((1.0,), tuple(rows), heads=0))):
        assert int(text.split()[0][1:]) % 2 == 0


def test_furniture_knows_the_number_of_pages():
    def furniture(pen, page, pages):
        label(pen, f"หน้า {page} จาก {pages}", BODY, Point(100, 30))

    texts = page_texts(pdf_of(Paragraph(lines(LINES * 3 - 4), BODY), furniture=furniture))
    assert [f"หน้า {number} จาก 3" in text for number, text in enumerate(texts, start=1)] == [True] * 3


TIED = (
    ("สถานะของหน่วยงานในการเป็นระบบราชการ", "4.0", " ของหน่วยงาน"),
    ("ประชุมเมื่อวันอังคารที่", "3", " สิงหาคม พ.ศ. 2564"),
    ("วันที่ลงนามคือ 3", "สิงหาคม", " ปีนี้"),
    ("ขาดอีกเพียง 12.24", "คะแนน", " จะถึงเกณฑ์"),
    ("ตามที่ปรากฏใน พ.ศ.", "๒๕๖๔", " เป็นต้นมา"),
    ("ใช้แนวทางต่าง", "ๆ", " ให้ครบ"),
    ("ตามที่คณะกรรมการตรวจประเมินประชุมเมื่อวันอังคาร", "ที่ 3", " สิงหาคม พ.ศ. 2564"),
    ("reached by the whole of Government", "4.0", " of today"),
)


@pytest.mark.parametrize(("before", "word", "after"), TIED)
def test_a_number_or_unit_is_not_parted_from_its_word(before, word, after):
    gap = "" if word.startswith("ที่") else " "
    whole = Paragraph(f"{before}{gap}{word}{after}", BODY)
    together = Paragraph(f"{before}{gap}{word}", BODY).natural_width()
    for width in range(int(together) - 30, int(together) + 30):
        starts = ["".join(glyph.text for atom in line.atoms for one in atom.segments for glyph in one.glyphs)
                  for line in whole.lines(float(width))]  # fmt: skip
        assert not [text for text in starts[1:] if text.startswith(squeezed(word))], width


def test_a_sentence_may_end_before_a_number_and_years_stand_in_a_row():
    assert not tied("line.", "12.24")
    assert not tied("2562", "2563")
    assert not tied("3.", "หมวด")


@pytest.mark.parametrize("text", ["ผู้มีส่วนได้ส่วนเสียที่เกี่ยวข้อง" * 9, "A" * 400, "สั้น", "ก\nข"])
@pytest.mark.parametrize("width", [20.0, 200.0])
def test_a_label_that_is_too_wide_is_cut_between_letters(text, width):
    told = fitted(text, BODY, width)
    assert label_width(told, BODY) <= width
    assert told == " ".join(text.split()) or told.endswith("…")
    assert text.startswith(told.rstrip("…")) or "\n" in text


def test_bookmarks_lead_to_their_pages():
    blocks = [
        Paragraph("หมวด 1", BODY, bookmark=0),
        Paragraph("1.1 ระบบ", BODY, bookmark=1),
        PageBreak(),
        Paragraph("หมวด 2", BODY, bookmark=0),
    ]
    reader = PdfReader(BytesIO(pdf_of(*blocks)))
    first, inner, second = reader.outline
    assert (first.title, inner[0].title, second.title) == ("หมวด 1", "1.1 ระบบ", "หมวด 2")
    assert reader.get_destination_page_number(second) == 1


def test_metadata_names_title_and_language():
    reader = PdfReader(BytesIO(pdf_of(Paragraph("ก", BODY))))
    assert (reader.metadata.title, reader.metadata.author) == ("ทดสอบ", "ผู้ทดสอบ")
    assert reader.trailer["/Root"]["/Lang"] == "th-TH"
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]


def test_justified_lines_end_at_the_margin_or_stay_ragged():
    text = "สำนักงานปลัดกระทรวงมหาดไทย ขับเคลื่อนการพัฒนาพื้นที่อย่างยั่งยืน ตามหลักปรัชญาเศรษฐกิจพอเพียง " * 6
    found = Paragraph(text, BODY.but(align="justify")).lines(300.0)
    assert len(found) > 5
    assert all(line.width <= 300.01 for line in found)
    assert [line.last for line in found] == [False] * (len(found) - 1) + [True]


@pytest.mark.parametrize("width", [4.0, 30.0, 61.0])
def test_a_narrow_column_still_prints_everything(width):
    text = "ผู้มีส่วนได้ส่วนเสีย Collaboration"
    printed = Paragraph(text, BODY).lines(width)
    told = "".join(
        glyph.text for line in printed for atom in line.atoms for segment in atom.segments for glyph in segment.glyphs
    )
    assert told == squeezed(text)
