# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmqa_desktop.domain.plaintext import (
    LONGEST_TEXT,
    Removed,
    clean,
    refused_character,
    removed_by_cleaning,
    typed,
)
from pmqa_desktop.errors import Expected

REFUSED = {
    "null": "\0",
    "carriage return": "\r",
    "escape": "\x1b",
    "delete": "\x7f",
    "next line": "\x85",
    "zero-width space": "\u200b",
    "arabic letter mark": "\u061c",
    "right-to-left mark": "\u200f",
    "right-to-left override": "\u202e",
    "isolate": "\u2066",
    "private use": "\ue000",
    "last private use": "\uf8ff",
    "private use plane": "\U000f0000",
    "last code point": "\U0010ffff",
    "lone surrogate": "\ud800",
}


@pytest.mark.parametrize("character", REFUSED.values(), ids=REFUSED)
def test_refuses_and_cleans_what_a_reader_cannot_see(character):
    assert refused_character(f"ก{character}ข").startswith(f"U+{ord(character):04X}")
    assert refused_character(clean(f"ก{character}ข")) is None


@pytest.mark.parametrize("text", ["ที่ ปู่ น้ำ ฐุ ญู", "a\tb\nc", "“quoted” – 50 %", "é 😀 \ufffd", "ก\u0e33"])
def test_ordinary_text_stays_as_it_is(text):
    assert refused_character(text) is None
    assert clean(text) == text


def test_names_the_character_that_was_refused():
    assert refused_character("ก\u200bข") == "U+200B ZERO WIDTH SPACE"


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\u2028", "\x85"])
def test_every_line_end_becomes_a_line_feed(ending):
    assert clean(f"หนึ่ง{ending}สอง") == "หนึ่ง\nสอง"


def test_composes_text_once_at_input():
    assert clean("e\u0301") == "é"


@given(st.text())
def test_cleaned_text_is_stable_composed_and_may_be_signed(text):
    cleaned = clean(text)

    assert clean(cleaned) == cleaned
    assert refused_character(cleaned) is None
    assert unicodedata.is_normalized("NFC", cleaned)


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("\u2022\tแผน\n\uf0b7 ผล", "- แผน\n- ผล"),  # bullets of a word processor, one of them in a symbol font
        ("  ▪\u00a0ย่อย", "  - ย่อย"),
        ("กว้าง\u00a0และ\u2003แคบ\u202fกว่า\u3000นี้", "กว้าง และ แคบ กว่า นี้"),
        ("ประ\u00adเมิน\u200dผล\ufeff\u2060", "ประเมินผล"),
        ("❤\ufe0f\ufffc\U000e0041", "❤"),
        ("บน\x0bล่าง\x0cหน้าใหม่", "บน\nล่าง\nหน้าใหม่"),
        ("\u200b• หลังตัวที่มองไม่เห็น", "- หลังตัวที่มองไม่เห็น"),
    ],
)
def test_what_a_word_processor_leaves_behind_is_folded(pasted, kept):
    assert clean(pasted) == kept


def test_what_was_taken_away_is_counted():
    pasted = "\u2022 แผน\u200b\u200b\u00adผล\u00a0ดี\ue001\r\nจบ"

    assert removed_by_cleaning(pasted) == Removed(invisible=3, private=1, bullets=1, spaces=1)
    assert not removed_by_cleaning("e\u0301 ตามเดิม\r\n").anything


# --- what is longer than may be signed ---------------------------------------------------------------------------


@pytest.mark.parametrize("letter", ["x", "ก", "\n", "•", "\u202e", "e\u0301"])
def test_a_whole_book_pasted_into_a_field_is_refused_with_the_limit_in_letters(letter):
    with pytest.raises(Expected) as caught:
        typed(letter * 5_000_000)
    assert caught.value.code == "typed-too-long" and caught.value.fields["limit"] >= LONGEST_TEXT // 3


def test_a_text_as_long_as_may_be_signed_is_taken_and_one_letter_more_is_not():
    longest = "ก" * (LONGEST_TEXT // 3)
    assert typed(longest) == longest
    with pytest.raises(Expected) as caught:
        typed(longest + "ก")
    assert caught.value.fields == {"size": len(longest) + 1, "limit": len(longest)}
