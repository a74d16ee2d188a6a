# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What is typed into a PDF is what is searched and copied out of it."""

import time
import tomllib
import unicodedata
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_reading import by_pdftotext, by_pypdf, pdf_of, squeezed
from pypdf import PdfReader

from pmqa_desktop.assets import resource
from pmqa_desktop.reports.typeset.fonts import face
from pmqa_desktop.reports.typeset.paragraphs import Paragraph, Run, Style
from pmqa_desktop.reports.typeset.visible import visible

BODY = Style(11.5, 18.0, align="justify")
HARD_CASES = (
    "ที่ ปู่ กี่ ญี่ปุ่น น้ำ ผู้ ฐุ ฏุ ญู ป้ ฝี่ เก้าอี้ ก็ กำ ก่ำ ฟื้นฟู ปั๊ม ใบ้ ป่ำ ฝ้าย จุฬาฯ ๐๑๒๓๔๕๖๗๘๙ ฬ่ กฎุ ฎู ญ่ ฐ้ "
    "ไม้ ซื้อ สั้น ยิ้ม ลิ้น ฤๅษี ทฤษฎี เสร็จ เปี๊ยะ โต๊ะ จ๋า ศักดิ์ พันธุ์ สิทธิ์ น้ำแข็ง ค้ำ ล้ำ ย้ำ ส้ม ผึ้ง ปลั๊ก ฝรั่ง พิมพ์"
)
READERS = [by_pypdf, by_pdftotext]


def corpus():
    for name in ("criteria/pmqa40.toml", "criteria/glossary.toml"):
        tree = tomllib.loads(resource(name).read_text(encoding="utf-8"))
        stack = [tree]
        while stack:
            value = stack.pop()
            if isinstance(value, str):
                yield value
            elif isinstance(value, dict):
                stack.extend(value.values())
            elif isinstance(value, list):
                stack.extend(value)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("weight", ["Regular", "SemiBold", "Bold"])
@pytest.mark.parametrize("italic", [False, True])
def test_hard_words_come_back_word_by_word(read, weight, italic):
    words = HARD_CASES.split()
    style = Style(16, 28, weight=weight, italic=italic)
    read_back = read(pdf_of(*(Paragraph(word, style) for word in words)))
    assert read_back.split() == words


@pytest.mark.parametrize("read", READERS)
def test_the_awards_vocabulary_comes_back_as_typed(read):
    typed = [text for text in dict.fromkeys(corpus()) if text.strip()]
    read_back = read(pdf_of(*(Paragraph(text, BODY) for text in typed)))
    assert squeezed(read_back) == squeezed("".join(visible(text, face()) for text in typed))


@pytest.mark.parametrize("read", READERS)
def test_spaces_and_digits_of_a_line_come_back(read):
    line = "ครั้งที่ 1/2564 เมื่อวันที่ ๓ ส.ค. ๒๕๖๔ เวลา 09.00 น. (Zoom) คะแนน 448.35 จาก 500"
    assert read(pdf_of(Paragraph(line, BODY))).strip() == line


@pytest.mark.parametrize("read", READERS)
def test_widened_lines_gain_no_spaces(read):
    text = (
        "สำนักงานปลัดกระทรวงมหาดไทยขับเคลื่อนการพัฒนาพื้นที่อย่างยั่งยืนตามหลักปรัชญาเศรษฐกิจพอเพียงและแก้ไขปัญหาความเดือดร้อนของประชาชนทุกกลุ่ม"
        * 3
    )
    assert squeezed(read(pdf_of(Paragraph(text, BODY)))) == text
    for line in read(pdf_of(Paragraph(text, BODY))).splitlines():
        assert " " not in line.strip()


@pytest.mark.parametrize("read", READERS)
def test_looks_change_inside_a_word_without_changing_the_text(read):
    runs = [
        Run("ตัวหนาที่นี่", weight="Bold"),
        Run("ตัวเอียงน้ำใจ", italic=True),
        Run("ขีดเส้นใต้ที่ญี่ปุ่น", underline=True),
        Run("แดงก่ำ", colour="#A11B1B"),
    ]
    assert squeezed(read(pdf_of(Paragraph(runs, BODY)))) == "".join(run.text for run in runs)


def test_no_private_use_character_is_in_the_text_layer():
    data = pdf_of(*(Paragraph(text, BODY) for text in [HARD_CASES, *list(corpus())[:300]]))
    for text in (by_pypdf(data), by_pdftotext(data)):
        assert not [character for character in text if unicodedata.category(character) in ("Co", "Cn")]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<b>ไม่ใช่ตัวหนา</b> &amp; <img src='/etc/hostname'/>", None),
        ("<para>", None),
        ("a\x00b\x1b[31mc\x07", "a[U+0000]b[U+001B][31mc[U+0007]"),
        ("ก\u202eข\u200bค\u2066", "ก[U+202E]ข[U+200B]ค[U+2066]"),
        ("ยิ้ม \U0001f600\U0001f468\u200d\U0001f469", "ยิ้ม [U+1F600][U+1F468][U+200D][U+1F469]"),
        ("עברית 中文", "[U+05E2][U+05D1][U+05E8][U+05D9][U+05EA] [U+4E2D][U+6587]"),
        ("\ue000\uf8ff\ufffe", "[U+E000][U+F8FF][U+FFFE]"),
        ("โลก\ufeff", "โลก[U+FEFF]"),
        ("%s {0} {name} \\n $HOME", None),
    ],
)
@pytest.mark.parametrize("read", READERS)
def test_hostile_text_is_printed_visibly(typed, shown, read):
    assert squeezed(read(pdf_of(Paragraph(typed, BODY)))) == squeezed(typed if shown is None else shown)


def test_a_lone_surrogate_is_printed_visibly():
    assert squeezed(by_pypdf(pdf_of(Paragraph("a\ud800b", BODY)))) == "a[U+D800]b"


@pytest.mark.parametrize("letter", ["A", "ก", "ผู้", "\U0001f600"])
def test_a_word_of_100_kilobytes_is_printed_whole_and_soon(letter):
    word = letter * (100_000 // len(letter.encode()))
    started = time.process_time()
    data = pdf_of(Paragraph(word, BODY))
    assert time.process_time() - started < 8
    pages = PdfReader(BytesIO(data)).pages
    assert len(pages) > 3
    assert squeezed(pages[0].extract_text()).startswith(squeezed(visible(letter, face())) * 3)


@given(st.text(max_size=60), st.booleans())
def test_any_text_prints_without_a_crash(text, justified):
    style = BODY if justified else BODY.but(align="center")
    lines = Paragraph(text, style).lines(120.0)
    printed = "".join(
        glyph.text for line in lines for atom in line.atoms for segment in atom.segments for glyph in segment.glyphs
    )
    assert squeezed(printed) == squeezed(visible(text, face()))


def test_fonts_are_embedded_and_cut_down():
    data = pdf_of(Paragraph([Run("หนาที่", weight="Bold"), Run("ปกติน้ำ")], BODY))
    fonts = PdfReader(BytesIO(data)).pages[0]["/Resources"]["/Font"]
    names = {str(font.get_object()["/BaseFont"]) for font in fonts.values()}
    assert names == {"/PMQAAA+PMQASarabun-Bold", "/PMQAAA+PMQASarabun-Regular"}
    for font in fonts.values():
        program = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]["/FontFile2"]
        assert len(program.get_data()) < len(face().data) / 2
        assert "/ToUnicode" in font.get_object()


def test_the_same_text_gives_the_same_bytes():
    blocks = [Paragraph(text, BODY) for text in (HARD_CASES, "PMQA 4.0")]
    first = pdf_of(*blocks)
    pdf_of(Paragraph("อื่นที่มาคั่น ฟื้นฟู", BODY))
    assert pdf_of(*[Paragraph(text, BODY) for text in (HARD_CASES, "PMQA 4.0")]) == first


def test_embedded_fonts_open_and_hold_the_marked_letters():
    from fontTools.ttLib import TTFont

    data = pdf_of(Paragraph("ที่ปู่น้ำ", BODY))
    font = next(iter(PdfReader(BytesIO(data)).pages[0]["/Resources"]["/Font"].values())).get_object()
    descendant = font["/DescendantFonts"][0].get_object()
    opened = TTFont(BytesIO(descendant["/FontDescriptor"]["/FontFile2"].get_data()))
    gids = descendant["/CIDToGIDMap"].get_data()
    glyphs = [
        opened["glyf"][opened.getGlyphName(int.from_bytes(gids[at : at + 2], "big"))] for at in range(2, len(gids), 2)
    ]
    assert [len(glyph.components) for glyph in glyphs if glyph.isComposite()] == [3, 3, 2]
    assert all(glyph.numberOfContours for glyph in glyphs)
