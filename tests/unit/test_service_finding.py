# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Finding as a reader would: what looks the same is found, and the place given is that of the text as it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmqa_desktop.services.evaluation.finding import find, places
from pmqa_desktop.services.evaluation.sheets import DraftSheet


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("มี Dashboard", "dashBOARD", "Dashboard"),
        ("ท\u0e48\u0e35น\u0e49\u0e33", "ท\u0e35\u0e48", "ท\u0e48\u0e35"),  # the tone was typed before its vowel
        ("ดื่มน\u0e4d\u0e49\u0e32ใจ", "น\u0e49\u0e33", "น\u0e4d\u0e49\u0e32"),  # sara am in two parts
        ("ดื่มน\u0e49\u0e33ใจ", "น\u0e4d\u0e49\u0e32", "น\u0e49\u0e33"),
        ("กุ\u0e48ง", "ก\u0e48\u0e38ง", "กุ\u0e48ง"),
        ("พ.ศ. ๒๕๖๔", "2564", "๒๕๖๔"),
        ("ปี 2564", "๒๕๖๔", "2564"),
        ("แผน\nสำรอง", "แผน สำรอง", "แผน\nสำรอง"),
        ("ราคา (บาท)", "(บาท)", "(บาท)"),
        ("สำรอง", "สำ\u200bรอง", "สำรอง"),  # invisible characters of a copied word
    ],
)
def test_what_looks_the_same_is_found(text, wanted, found):
    assert [text[start:end] for start, end in places(text, wanted)] == [found]


@pytest.mark.parametrize("wanted", ["", "  ", "\u200b", "ไม่มี", ".*"])
def test_nothing_is_found_where_nothing_is(wanted):
    assert places("มีแผนสำรอง", wanted) == ()


@given(st.text(alphabet="กขนท\u0e33\u0e34\u0e35\u0e38\u0e48\u0e49\u0e4dา aB1๑\n", max_size=30), st.data())
def test_a_text_finds_itself_and_no_place_lies_outside(text, data):
    start = data.draw(st.integers(0, len(text)))
    piece = text[start : data.draw(st.integers(start, len(text)))]

    assert bool(places(text, text)) == bool(text.split())
    assert all(0 <= first < last <= len(text) for first, last in places(text, piece))


def test_the_words_around_a_hit_stand_on_one_line():
    text = "ก" * 60 + "\nแผน\n\nสำรอง " + "ข" * 60

    (hit,) = find("alpha", DraftSheet(comments={("1.1", "ofi"): text}), "แผน สำรอง")

    assert (hit.item, hit.kind, hit.found) == ("1.1", "ofi", "แผน สำรอง")
    assert hit.before == "…" + "ก" * 39 + " "
    assert hit.after == " " + "ข" * 39 + "…"
    assert text[hit.start :][: hit.length] == "แผน\n\nสำรอง"
