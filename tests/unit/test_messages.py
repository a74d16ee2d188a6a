# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pmqa_desktop
from pmqa_desktop import messages
from pmqa_desktop.errors import Expected, Refusal, Refused
from pmqa_desktop.messages import MESSAGES, showable, word, word_error, word_refusal
from pmqa_desktop.text import LANGUAGES, translator

THAI = re.compile("[\u0e00-\u0e7f]")


def placeholders(message):
    return sorted(name for _text, name, _spec, _conversion in string.Formatter().parse(message) if name is not None)


@pytest.mark.parametrize("code", MESSAGES)
def test_every_code_is_worded_in_both_languages_with_the_same_fields(code):
    thai = translator("th")(MESSAGES[code])

    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", code)
    assert THAI.search(thai)
    assert not THAI.search(MESSAGES[code])
    assert placeholders(thai) == placeholders(MESSAGES[code])
    assert all(name.isidentifier() for name in placeholders(thai))


@pytest.mark.parametrize("code", MESSAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_can_be_worded_without_its_fields(code, language):
    assert word(code, {}, language)


def test_no_two_codes_are_worded_alike():
    assert len(set(MESSAGES.values())) == len(MESSAGES)


def raised_codes():
    """Every code that the core raises by name, with the file that does."""
    raising = re.compile(r'\b(?:Expected|Refused|Damage)\(\s*"([^"]+)"')
    for path in sorted(Path(pmqa_desktop.__file__).parent.rglob("*.py")):
        for code in raising.findall(path.read_text(encoding="utf-8")):
            yield path.name, code


def test_every_code_that_is_raised_has_words():
    assert [(file, code) for file, code in raised_codes() if code not in MESSAGES] == []


def test_an_unknown_code_is_told_by_its_name():
    assert "no-such-code" in word("no-such-code", {}, "en")
    assert "no-such-code" in word("no-such-code", {}, "th")


def test_a_message_says_where():
    refused = Refused("value-invalid", "line 2: body.evidence", found=0)

    assert word_error(refused, "en").startswith("Line 2, body.evidence: the value 0 is not allowed")
    assert word_error(refused, "th").startswith("บรรทัดที่ 2 ช่อง body.evidence")
    assert word_refusal(refused.refusal(), "th") == word_error(refused, "th")
    assert word_refusal(Refusal("entry-missing", "line 3"), "th").startswith("บรรทัดที่ 3:")


def test_a_missing_field_is_a_question_mark():
    assert "?" in word_error(Expected("name-taken"), "en")


@pytest.mark.parametrize("hostile", ["a\nb", "\x1b[31m", "\u202eexe.pdf", "\u200b", "\ue000", "\ud800"])
def test_hostile_fields_are_made_plain(hostile):
    told = word("name-taken", {"name": hostile}, "en")

    assert hostile not in told
    assert "\ufffd" in told


def test_long_fields_are_cut():
    assert len(showable("ก" * 5000)) == 201


@given(st.sampled_from([*MESSAGES, "unknown"]), st.dictionaries(st.text(max_size=9), st.text()), st.text())
def test_wording_never_raises(code, fields, found):
    for language in LANGUAGES:
        assert word(code, fields | {"found": found, "where": found}, language)


def test_thai_text_passes_unchanged():
    assert showable("น้ำ ที่ ๑๒๓") == "น้ำ ที่ ๑๒๓"
    assert messages.showable(7) == "7"
