# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Workbook and table: complete, reopenable, and free of formulas whoever wrote the texts."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
import report_samples as samples
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from pmqa_desktop.reports import models as m
from pmqa_desktop.reports import tables, workbook
from pmqa_desktop.reports.models import Options
from pmqa_desktop.reports.sheet_safety import MAX_CELL, csv_text, printable

HOSTILE = (
    "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =HYPERLINK(\"http://x\")", "\n@x", "|calc",
    "#N/A", "＝1+1", "=" * 40_000, "a\x00b\x1bc", "\ud800", "<b>&</b>", "\u200b=1",
)  # fmt: skip


def results(*texts):
    agency = m.AgencyResult(
        agency=samples.agency_head(),
        outcome=samples.outcome(),
        categories=samples.categories(),
        rank="1",
        matrix=samples.matrix_rows(),
    )
    comments = tuple(m.CommentLine(samples.agency_head().name, "1.1", "strength", text) for text in texts)
    named = replace(agency, agency=replace(agency.agency, name=m.Words(texts[0])) if texts else agency.agency)
    return m.RoundResults(
        round=samples.round_head(),
        agencies=(named,),
        comments=comments,
        settings=((m.Words("ค่าต่างที่ต้องหารือ", "Tolerance"), m.Words("100")),),
        provenance=(
            (m.Words("เกณฑ์", "Criteria"), m.Words("sha256:ab")),
            *((m.Words(text), m.Words(text)) for text in texts),
        ),
    )


def opened(data):
    return load_workbook(BytesIO(data))


def test_the_workbook_holds_everything_and_reopens():
    book = opened(workbook.render(results("ดีมาก"), Options()))
    assert [sheet.title for sheet in book] == [
        "ผลการประเมิน",
        "รายหัวข้อ",
        "ตารางคะแนนคณะ",
        "ความเห็น",
        "ค่าที่กำหนด",
        "ที่มาของข้อมูล",
    ]
    rows = list(book.worksheets[0].values)
    assert rows[0][0] == "รอบซ้อม · คะแนนสมมติ"
    assert rows[2][:5] == (1, "ดีมาก", "กระทรวงมหาดไทย", 448.35, "ระดับก้าวหน้า")
    assert book.worksheets[1].max_row == 2 + sum(len(category.items) for category in samples.categories())
    assert book.worksheets[2].max_row == 2 + len(samples.matrix_rows())


def test_every_sheet_prints_on_a4_sideways_with_its_head_on_each_page():
    book = opened(workbook.render(replace(results("ก"), round=samples.round_head(confidentiality="ลับ")), Options()))
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$1:$2"
        assert sheet.freeze_panes == ("C3" if sheet.title == "ผลการประเมิน" else "A3")
        assert sheet.oddHeader.center.text == sheet.oddFooter.center.text == "ลับ"
        assert sheet.title in sheet.oddHeader.left.text
        assert sheet.oddFooter.right.text == "หน้า &P จาก &N"


def test_a_long_text_gets_a_row_that_shows_it_whole_and_none_is_higher_than_the_programs_allow():
    book = opened(workbook.render(results("ข้อความ", "ยาว " * 200, "ที่สุด " * 9000), Options()))
    heights = [book["ความเห็น"].row_dimensions[row].height for row in (3, 4, 5)]
    assert heights == [22.0, 198.0, 409.0]


def test_a_rounds_title_commands_nothing_in_the_head_of_a_page():
    head = replace(samples.round_head(), title=m.Words("ก &A &P\nข"))
    book = opened(workbook.render(replace(results("ก"), round=head), Options()))
    assert book.worksheets[0].oddHeader.left.text.startswith("ก &&A &&P ข")
    full = replace(samples.round_head(), title=m.Words("&" * 300))
    book = opened(workbook.render(replace(results("ก"), round=full), Options()))
    assert book.worksheets[0].oddHeader.left.text == "&" * 200


def test_every_sheet_of_a_rehearsal_says_so_and_none_of_a_real_round():
    rehearsal = opened(workbook.render(results("ก"), Options("en")))
    assert {sheet["A1"].value for sheet in rehearsal} == {"Rehearsal · invented scores"}
    real = replace(results("ก"), round=samples.round_head(rehearsal=False))
    assert "Rehearsal" not in str([list(sheet.values) for sheet in opened(workbook.render(real, Options("en")))])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_texts(text):
    book = opened(workbook.render(results(text), Options()))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert "e" not in kinds
    cell = book.worksheets[3].cell(3, 4)
    assert cell.value == printable(text).replace("\r", "\n") or cell.value == printable(text)
    assert cell.quotePrefix is (text != "a\x00b\x1bc" and text not in ("#N/A", "\ud800", "<b>&</b>"))


@given(st.text(max_size=40))
def test_any_text_reopens(text):
    book = opened(
        workbook.render(
            m.RoundResults(samples_round(), (), (m.CommentLine(m.Words("ก"), "1", "ofi", text),)), Options()
        )
    )
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def samples_round():
    return m.RoundHead(
        m.Words("รอบ"),
        2564,
        rehearsal=False,
        edition=m.Words("ฉ"),
        notice=m.Words("ห"),
        owner=m.Words("จ"),
        max_score="500",
    )


def test_the_longest_cell_is_cut_visibly():
    told = printable("ก" * 50_000)
    assert len(told) == MAX_CELL
    assert told.endswith("[…]")


def test_equal_results_are_equal_files():
    assert workbook.render(results("ก"), Options()) == workbook.render(results("ก"), Options())


def read_csv(data):
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_table_has_a_row_per_agency_and_a_column_per_category():
    head, row = read_csv(tables.render(results(), Options()))
    assert head[:5] == ["ลำดับ", "รหัสหน่วยงาน", "หน่วยงาน", "กระทรวงต้นสังกัด", "คะแนนรวม"]
    assert head[-1] == "หมวด 7"
    assert row[:3] == ["1", "moi-ops", "สำนักงานปลัดกระทรวงมหาดไทย"]
    assert row[4] == "448.35"
    assert row[7] == "ใช่"
    assert len(head) == len(row)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_the_table_begins_a_formula(text):
    for row in read_csv(tables.render(results(text), Options())):
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "|", "\t", "\r"))


def test_ordinary_texts_stay_as_they_are():
    assert csv_text("จุดแข็ง: ดี (1+1=2)") == "จุดแข็ง: ดี (1+1=2)"
    assert csv_text("-5") == "'-5"
