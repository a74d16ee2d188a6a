# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The hard cases of Thai script as pictures at 300 dpi, against references that were looked at by eye.

`PYTHONPATH=.:tests/helpers python tests/visual/test_engine_pictures.py` draws the references anew: look at every one
before it is committed. Without poppler there is nothing to collect.
"""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter
from reportlab.pdfgen.canvas import Canvas

from pmqa_desktop.reports.typeset.pages import About, Sheet, fill_pages, write_pdf
from pmqa_desktop.reports.typeset.paragraphs import Paragraph, Style

REFERENCES = Path(__file__).with_name("references")
POPPLER = shutil.which("pdftoppm")
WORDS = Style(16, 30)
CASES = {
    "marks-above": ("ที่ ปู่ กี่ ญี่ปุ่น ปั๊ม ฝี่ ป้ ฟื้นฟู เก้าอี้ ก็", WORDS, 1),
    "marks-below": ("ฐุ ฏุ ญู ฐู ฎู ผู้ ญ่ ฐ้ กฎุ ฤๅษี ใบ้ ฝ้าย", WORDS, 1),
    "sara-am": ("น้ำ กำ ก่ำ ป่ำ ค้ำ ล้ำ ย้ำ น้ำแข็ง ทำ จำ", WORDS, 1),
    "digits-and-latin": ("๐๑๒๓๔๕๖๗๘๙ จุฬาฯ PMQA 4.0", WORDS, 1),
    "bold": ("ที่ ปู่ น้ำ ผู้ ฐุ ญู ฟื้นฟู ปั๊ม ก่ำ", WORDS.but(weight="Bold"), 1),
    "italic": ("ที่ ปู่ น้ำ ผู้ ฐุ ญู ฟื้นฟู ปั๊ม ก่ำ", WORDS.but(italic=True), 1),
    "justified": (
        "การบริหารสถานการณ์การแพร่ระบาดของโรคติดเชื้อไวรัสโคโรนา 2019 ทำให้ผู้บริหารปรับปรุงที่ทำการและน้ำใช้ของศูนย์ดำรงธรรมอย่างต่อเนื่อง",
        Style(11.5, 20, align="justify"),
        3,
    ),
}
TILE = 16
NEAR = 3
TOLERANCE = 0.05


def picture(text, style, lines):
    """Draw a text alone on a sheet of its own size; return the sheet at 300 dpi in grey."""
    sheet = Sheet(270, style.leading * lines + 8, 6, 6, 4, 4)
    pages = fill_pages([Paragraph(text, style)], sheet.text_width, sheet.text_height)
    about = About("hard cases", "", "", "th-TH")
    data = write_pdf(pages, sheet, about, lambda pen, page, of: None, _nothing)
    command = [POPPLER, "-r", "300", "-gray", "-png", "-singlefile", "-"]
    drawn = subprocess.run(command, input=data, capture_output=True, check=True, timeout=60).stdout
    return Image.open(io.BytesIO(drawn)).convert("L")


def _nothing(_canvas: Canvas) -> None:
    """Add nothing to the file."""


def worst_tile(first, second):
    """Return the largest mean difference of any tile of two pictures, of 1 for black against white.

    A dot counts only by what it is darker or lighter than all dots around it in the other picture, so edges that
    another release of poppler smooths otherwise do not count.
    """
    if first.size != second.size:
        return 1.0
    difference = ImageChops.lighter(_outside(first, second), _outside(second, first))
    size = (first.width // TILE + 1, first.height // TILE + 1)
    tiles = Image.new("L", (size[0] * TILE, size[1] * TILE))
    tiles.paste(difference)
    return max(tiles.resize(size, Image.Resampling.BOX).get_flattened_data()) / 255


def _outside(first, second):
    darkest, lightest = second.filter(ImageFilter.MinFilter(NEAR)), second.filter(ImageFilter.MaxFilter(NEAR))
    return ImageChops.lighter(ImageChops.subtract(darkest, first), ImageChops.subtract(first, lightest))


if POPPLER:

    @pytest.mark.parametrize("name", CASES)
    def test_hard_cases_look_as_they_did(name):
        reference = Image.open(REFERENCES / f"{name}.png").convert("L")

        assert worst_tile(picture(*CASES[name]), reference) < TOLERANCE

    @pytest.mark.parametrize(
        ("one", "other"),
        [("ปู่ย่า", "ปุ่ย่า"), ("ที่ดิน", "ที้ดิน"), ("น้ำ", "นำ"), ("ญู", "ญุ"), ("ก็ดี", "กดี"), ("ฐาน", "ธาน")],
    )
    def test_one_other_mark_is_seen(one, other):
        assert worst_tile(picture(one, WORDS, 1), picture(other, WORDS, 1)) > 1.5 * TOLERANCE

    def test_a_mark_out_of_place_is_seen():
        whole = picture("ที่", WORDS, 1)
        ink = whole.point(lambda grey: 255 - grey).getbbox()
        mark = (ink[0], ink[1], ink[2], ink[1] + (ink[3] - ink[1]) // 4)
        moved = whole.copy()
        moved.paste(255, mark)
        moved.paste(whole.crop(mark), (mark[0] + 14, mark[1]))

        assert worst_tile(whole, moved) > TOLERANCE


if __name__ == "__main__":
    REFERENCES.mkdir(exist_ok=True)
    for case, drawing in CASES.items():
        picture(*drawing).save(REFERENCES / f"{case}.png", optimize=True)
