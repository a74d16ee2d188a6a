# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Thai line breaks, collation, digits, dates."""

import random
import time
import tomllib
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmqa_desktop import thai
from pmqa_desktop.assets import resource

ANY_TEXT = st.text(
    alphabet=st.one_of(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B), st.sampled_from(" aB1.-()/\n"))
)


def texts(tree):
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for value in tree.values():
            yield from texts(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from texts(value)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("การแพร่ระบาดของโรคติดเชื้อไวรัสโคโรนา 2019", "การแพร่ระบาด|ของ|โรคติดเชื้อ|ไวรัส|โคโรนา 2019"),
        ("ผู้มีส่วนได้ส่วนเสียและตัวชี้วัด", "ผู้มีส่วนได้ส่วนเสีย|และ|ตัวชี้วัด"),
        ("ติดตามผลอย่างต่อเนื่อง", "ติดตาม|ผล|อย่าง|ต่อเนื่อง"),
        ("ตอบสนองความต้องการของประชาชน", "ตอบสนอง|ความต้องการ|ของ|ประชาชน"),
        ("อาคารศาลาว่าการกระทรวงมหาดไทย", "อาคารศาลาว่าการ|กระทรวงมหาดไทย"),
        ("PMQA 4.0", "PMQA 4.0"),
        ("", ""),
    ],
)  # fmt: skip
def test_lines_break_between_words(text, cut):
    assert "|".join(thai.pieces(text)) == cut


@pytest.mark.parametrize("text", ["ต่างๆ", "กรุงเทพฯ", "ฯลฯ", "พ.ศ.", "น้ำ", "(โควิด-19)", "ก.พ.ร.", "๒๕๖๔"])
def test_what_belongs_together_is_not_cut(text):
    assert thai.pieces(text) == (text,)


def test_repetition_and_abbreviation_marks_stay_with_their_word():
    cut = thai.pieces("หน่วยงานต่างๆที่เกี่ยวข้องกับกรุงเทพฯและปริมณฑลที่อยู่ใกล้เคียง")
    assert not any(piece.startswith(("ๆ", "ฯ")) for piece in cut)
    assert any(piece.endswith("ๆ") for piece in cut)


def test_borders_of_scripts_and_brackets_may_break():
    assert thai.pieces("กรุงเทพฯและระบบe-Serviceผู้รับบริการ(ภายนอก)และ") == (
        "กรุงเทพฯ", "และ", "ระบบe-Service", "ผู้รับบริการ", "(ภายนอก)", "และ",
    )  # fmt: skip


def test_no_short_piece_is_left_for_the_last_line():
    assert thai.pieces("กระบวนการที่ดี")[-1] != "ดี"
    assert all(len("การประเมินตนเอง") - point >= 3 for point in thai.break_points("การประเมินตนเอง"))


def test_letters_no_word_explains_are_never_cut():
    assert thai.break_points("ฆฌฎฏฐฑฒณ" * 5) == ()


@given(ANY_TEXT)
def test_breaks_keep_the_text_and_never_part_a_letter_from_its_marks(text):
    cut = thai.pieces(text)
    assert "".join(cut) == text
    marks = set("ะัาำิีึืฺุูเแโใไๅๆ็่้๊๋์ํ๎") - set("เแโใไ")
    assert all(piece[0] not in marks for piece in cut[1:])
    assert all(piece[-1] not in "เแโใไ(" for piece in cut[:-1])
    assert thai.with_breaks(text).replace("\u200b", "") == text.replace("\u200b", "")


def test_award_vocabulary_is_known():
    for name in ("criteria/pmqa40.toml", "criteria/glossary.toml"):
        for text in texts(tomllib.loads(resource(name).read_text(encoding="utf-8"))):
            for run in thai._RUN.findall(text):
                if len(run) > 40:
                    longest = max(len(piece) for piece in thai.pieces(run))
                    assert longest <= 32, run


def test_long_text_takes_linear_time():
    text = "การตรวจประเมินรางวัลคุณภาพการบริหารจัดการภาครัฐ" * 200
    thai.break_points("ก")
    started = time.perf_counter()
    thai.break_points(text)
    once = time.perf_counter() - started
    started = time.perf_counter()
    thai.break_points(text * 8)
    assert time.perf_counter() - started < 8 * once * 6 + 0.5


def test_importing_reads_no_word_list():
    import subprocess
    import sys

    code = "import pmqa_desktop.thai as t; assert t.segmenter.cache_info().currsize == 0"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_names_sort_as_in_a_thai_dictionary():
    ordered = [
        "Zebra", "กข", "กระทรวง", "กาง", "ก้าว", "เกา", "เก่า", "แก", "ไก่", "ขา", "จังหวัดนนทบุรี", "จังหวัดน่าน",
        "ชลบุรี", "เชียงราย", "เชียงใหม่", "ปลา", "ปา", "ป่า", "ป้า", "สำนักงาน ก", "สำนักงาน ข",
    ]  # fmt: skip
    assert sorted(random.Random(1).sample(ordered, len(ordered)), key=thai.sort_key) == ordered


@given(st.lists(ANY_TEXT))
def test_sorting_is_total(names):
    turned = list(reversed(names))
    assert sorted(names, key=thai.sort_key) == sorted(turned, key=thai.sort_key)


def test_digits_change_and_nothing_else():
    assert thai.thai_digits("ฉบับที่ 1/2564 (PMQA)") == "ฉบับที่ ๑/๒๕๖๔ (PMQA)"
    assert thai.with_digits("448.35", "arabic") == "448.35"


@pytest.mark.parametrize(
    ("language", "style", "digits", "told"),
    [
        ("th", "short", "arabic", "3 ส.ค. 2564"),
        ("th", "long", "thai", "๓ สิงหาคม ๒๕๖๔"),
        ("th", "formal", "arabic", "3 สิงหาคม พ.ศ. 2564"),
        ("th", "weekday", "thai", "วันอังคารที่ ๓ สิงหาคม พ.ศ. ๒๕๖๔"),
        ("en", "short", "thai", "3 Aug 2021"),
        ("en", "formal", "arabic", "3 August 2021"),
        ("en", "weekday", "arabic", "Tuesday, 3 August 2021"),
    ],
)
def test_dates_are_in_the_buddhist_era_in_thai(language, style, digits, told):
    assert thai.format_date(date(2021, 8, 3), language, style, digits) == told


def test_leap_day_and_first_of_january_keep_their_day():
    assert thai.format_date(date(2024, 2, 29)) == "29 กุมภาพันธ์ 2567"
    assert thai.format_date(date(2023, 1, 1), style="short") == "1 ม.ค. 2566"


def test_time_and_year():
    moment = datetime(2021, 8, 3, 9, 0, tzinfo=timezone(timedelta(hours=7)))
    assert thai.format_time(moment) == "09.00 น."
    assert thai.format_time(moment, digits="thai") == "๐๙.๐๐ น."
    assert thai.format_time(moment, "en") == "09:00"
    assert thai.format_year(2564) == "พ.ศ. 2564"
    assert thai.format_year(2564, "en") == "2021"
