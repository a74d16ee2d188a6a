# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Words marked on a page come out clean, travel in the note, and are found again where they stand."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmqa_desktop.domain.passages import MOST_WORDS, PageText, Passage, Span, folded, note_of, parted_note, readable
from pmqa_desktop.domain.plaintext import refused_character

PAGE = "องค์กรมีระบบน้ำ\r\nดื่มสะอาด ทั้งที่ทำการ\r\nReport of the\r\nyear 2565: น้ำดื่มสะอาด"


def test_lines_join_without_a_gap_in_thai_and_with_one_in_english():
    assert readable("ระบบน้ำ\r\nดื่ม") == "ระบบน้ำดื่ม"
    assert readable("of the \r\n year") == "of the year"


def test_letters_of_old_fonts_become_letters_that_may_be_signed():
    old = "ป\uf701\uf70aน \u0e19\u0e4d\u0e49\u0e32 \uf70f\uf718"
    words = readable(old)
    assert words == "ปิ่น น้ำ ญุ"
    assert refused_character(words) is None


def test_a_phrase_is_found_across_a_line_end_and_in_any_case():
    page = PageText(PAGE)
    assert [PAGE[one.first : one.first + one.count] for one in page.find("น้ำดื่มสะอาด")] == [
        "น้ำ\r\nดื่มสะอาด",
        "น้ำดื่มสะอาด",
    ]
    assert [one.first for one in page.find("the YEAR")] == [PAGE.index("the")]
    assert list(page.find("ไม่มี")) == []
    assert list(page.find(" \n")) == []


def test_words_that_stand_twice_are_told_apart():
    page = PageText(PAGE)
    second = list(page.find("น้ำดื่มสะอาด"))[1]
    passage = page.passage(second)
    assert passage == Passage("น้ำดื่มสะอาด", 2, 2)
    assert page.span(passage) == second


def test_a_note_carries_the_words_and_the_own_remark():
    passage = Passage("มี “แผน” แล้ว", 2, 3)
    note = note_of(passage, " ดูภาคผนวก ")
    assert note == "“มี “แผน” แล้ว” (2/3)\nดูภาคผนวก"
    assert parted_note(note) == (passage, "ดูภาคผนวก")
    assert parted_note(note_of(Passage("คำเดียว"))) == (Passage("คำเดียว"), "")
    assert parted_note("แค่บันทึก") == (None, "แค่บันทึก")
    assert note_of(None, " แค่บันทึก") == "แค่บันทึก"


def test_a_stretch_without_words_is_no_passage():
    assert PageText(" \r\n ").passage(Span(0, 4)) is None


def test_a_passage_that_is_too_long_ends_early_and_is_still_found():
    page = PageText("คำ" * MOST_WORDS)
    passage = page.passage(Span(0, 2 * MOST_WORDS))
    assert passage is not None
    assert len(passage.words) == MOST_WORDS
    assert page.span(passage) == Span(0, MOST_WORDS)


@pytest.mark.parametrize("text", ["Straße ก่อน", "กํ่า น้ำ", "e\u0301cole"])
def test_what_was_marked_is_found_again(text):
    page = PageText("หัว " + text + " ท้าย")
    passage = page.passage(Span(4, len(text)))
    assert passage is not None
    assert page.span(passage) == Span(4, len(text))


@given(st.text(alphabet="กขนทป ิีืุู่้ำาํ็เแไโ aAéß\u0301\r\n\uf701\uf70a\u200b", max_size=60), st.data())
def test_any_stretch_is_clean_and_found_again(text, data):
    first = data.draw(st.integers(0, len(text)))
    count = data.draw(st.integers(0, len(text) - first))
    page = PageText(text)
    passage = page.passage(Span(first, count))
    if passage is None:
        return
    assert refused_character(passage.words) is None
    assert unicodedata.is_normalized("NFC", passage.words)
    assert parted_note(note_of(passage, "คำ")) == (passage, "คำ")
    assert page.span(passage) is not None
    assert folded(passage.words)
