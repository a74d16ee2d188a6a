# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Words that read badly on two lines: a number and what it counts or belongs to, a word and its `ๆ`."""

import re

from pmqa_desktop.thai import has_thai, is_month

_NUMBER = re.compile(r"[(\u201c]?[0-9๐-๙]+(?:[.,:/–-][0-9๐-๙]+)*%?[)\u201d.,;:]*")
_UNITS_TH = (
    "กลุ่ม ขั้น ข้อ ครั้ง คน คะแนน ฉบับ ชุด ด้าน เดือน ตัวชี้วัด ท่าน น. บาท ใบ ปี มิติ ระดับ ราย รายการ เรื่อง วัน หน้า หน่วยงาน หมวด หัวข้อ แห่ง"
)
_UNITS = frozenset((*_UNITS_TH.split(), "agencies", "percent", "points"))
_COUNTING = ("ที่", "ละ")
_AROUND = "().,;:\u201c\u201d"
_REPEATED = "ๆ"


def tied(before: str, after: str) -> bool:
    """Tell whether no line should end between two words that one space parts."""
    if after.startswith(_REPEATED):
        return True
    counted, counts = _NUMBER.fullmatch(after) is not None, _NUMBER.fullmatch(before) is not None
    if counted:
        return not counts and _names_a_number(before)
    return counts and before[-1] not in ".,;:)" and _is_unit(after)


def counts_on(word: str) -> bool:
    """Tell a word that belongs to the number behind it and to the word before it, as in `วันอังคารที่ 3`."""
    return word in _COUNTING


def _names_a_number(word: str) -> bool:
    """Tell a word such as `หมวด`, `พ.ศ.` or `Item` from the end of a sentence or bracket."""
    return word[-1].isalpha() or (has_thai(word) and word[-1] not in ")\u201d,;:")


def _is_unit(word: str) -> bool:
    return word in _UNITS or (bare := word.strip(_AROUND)) in _UNITS or is_month(bare)
