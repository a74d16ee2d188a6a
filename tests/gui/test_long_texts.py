# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Long texts in a field: warned of before they can no longer be signed, never stopped, parted by one press."""

import pytest
from PySide6.QtWidgets import QApplication
from windows import click, declare_here, in_store, named, press, settle, there, workspace, write

from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.domain.payload import LONGEST_TEXT
from pmqa_desktop.services.evaluation.sheets import parted
from ui.widgets.lengths import LengthWarning

AGENCY = "moi-ops"
FIELD = "comment-strength"
LETTERS = LONGEST_TEXT // 3
"""How many Thai letters one entry can hold."""


@pytest.fixture
def scoring(evaluator):
    """Return the window at the first item of the first agency."""
    declare_here(evaluator)
    return evaluator


def _paste(shell, text, field=FIELD):
    named(shell, field).setFocus()
    QApplication.clipboard().setText(text)
    press(shell, "Ctrl+V")


def _kept(shell):
    return in_store(shell, lambda: workspace(shell).scoring.sheet(AGENCY)).comments.get(("1.1", "strength"), "")


def test_an_entry_is_warned_of_at_75_percent_beside_its_field_and_typing_goes_on(scoring):
    _paste(scoring, "ก" * (LETTERS * 3 // 4 - 200))
    assert not there(scoring, f"{FIELD}-length")

    _paste(scoring, "ข" * 200)

    warning = named(scoring, f"{FIELD}-length", LengthWarning)
    assert warning.property("kind") == "warn" and "75 %" in warning.words.plain()
    field = named(scoring, FIELD)
    below, above = (one.mapTo(scoring.window, one.rect().topLeft()).y() for one in (field, warning))
    assert 0 <= below - above - warning.height() < 12
    write(scoring, FIELD, "ค" * 40)
    _paste(scoring, "ง" * (LETTERS // 3))
    assert warning.property("kind") == "err"
    press(scoring, "Ctrl+S")
    assert _kept(scoring) == named(scoring, FIELD).toPlainText()
    assert len(_kept(scoring).encode()) > LONGEST_TEXT


def test_two_entries_of_half_the_size_are_no_matter(scoring):
    half = "ก" * (LETTERS // 2)

    _paste(scoring, f"{half}\n\n{half}")

    assert not there(scoring, f"{FIELD}-length")


def test_one_press_parts_the_longest_entry_and_one_undo_joins_it_again(scoring):
    sentence = "มีแผนสำรองข้อมูลที่ทดสอบทุกไตรมาส "
    long = (sentence * (LETTERS // len(sentence))).strip()
    _paste(scoring, f"สั้น\n\n{long}")

    click(scoring, f"{FIELD}-part")

    texts = parted(_kept(scoring))
    assert len(texts) == 3 and all(len(one.encode()) < LONGEST_TEXT * 0.6 for one in texts)
    assert " ".join(texts[1:]) == long
    assert not there(scoring, f"{FIELD}-length")
    assert QApplication.focusWidget().objectName() == FIELD
    press(scoring, "Ctrl+Z")
    assert parted(_kept(scoring)) == ("สั้น", long)
    assert there(scoring, f"{FIELD}-length")


def test_a_warning_is_there_again_when_the_item_is_opened_anew(scoring):
    _paste(scoring, "ก" * LETTERS)
    press(scoring, "Alt+Down")
    assert not there(scoring, f"{FIELD}-length")

    press(scoring, "Alt+Up")

    assert there(scoring, f"{FIELD}-length")


def test_words_of_a_withdrawal_are_warned_of_too(evaluator):
    click(evaluator, "declare-recused")

    named(evaluator, "declaration-words").setPlainText("ก" * LETTERS)
    settle(evaluator)

    assert "100 %" in named(evaluator, "declaration-words-length", LengthWarning).words.plain()
    assert not there(evaluator, "declaration-words-part")


def _lines_seen(field):
    """Return how many whole lines of a field are seen at once."""
    return field.viewport().height() // field.fontMetrics().lineSpacing()


@pytest.mark.parametrize("percent", [100, 150])
def test_a_thousand_words_get_a_reading_size_by_one_key_and_give_it_back(scoring, percent):
    scoring.window.set_scale(percent)
    settle(scoring)
    press(scoring, "Ctrl+Shift+1")
    paragraph = "มีแผนสำรองข้อมูลที่ทดสอบทุกไตรมาสและรายงานผลต่อผู้บริหาร " * 12
    _paste(scoring, "\n\n".join([paragraph] * 8 + ["คำท้าย"]))
    before = _lines_seen(named(scoring, FIELD))

    press(scoring, "F4")

    field = named(scoring, FIELD)
    assert field.hasFocus() and _lines_seen(field) >= 2 * before and _lines_seen(field) >= 8
    assert field.rect().bottom() + field.mapTo(scoring.window, field.rect().topLeft()).y() < scoring.window.height()
    write(scoring, FIELD, "ต่อ")
    press(scoring, "Ctrl+Home")
    press(scoring, "PgDown")
    press(scoring, "Ctrl+Shift+F")
    write(scoring, "find-words", "คำท้าย")
    press(scoring, "Return")
    assert named(scoring, FIELD).textCursor().selectedText() == "คำท้าย"
    scoring.window.set_language("en")
    settle(scoring)
    assert _lines_seen(named(scoring, FIELD)) >= 8
    press(scoring, "F4")
    assert named(scoring, FIELD).hasFocus() and _lines_seen(named(scoring, FIELD)) == before
    press(scoring, "Ctrl+S")
    assert _kept(scoring).endswith("คำท้ายต่อ")


def test_going_to_what_is_missing_gives_the_room_back(scoring):
    press(scoring, "F4")
    assert not scoring.window.screen_now.panes.editor.answer.isVisible()

    press(scoring, "F8")

    assert scoring.window.screen_now.panes.editor.answer.isVisible()


def _place(shell, widget):
    """Return top and bottom, left and right of a widget in the window."""
    at = widget.mapTo(shell.window, widget.rect().topLeft())
    return at.y(), at.y() + widget.height(), at.x(), at.x() + widget.width()


@pytest.mark.parametrize(("percent", "size"), [(150, (1366, 697)), (150, (1280, 689)), (100, (1280, 689))])
def test_a_long_title_and_what_is_missing_have_their_room(scoring, percent, size):
    scoring.window.set_scale(percent)
    scoring.window.resize(*size)
    in_store(scoring, lambda: workspace(scoring).scoring.save_answer(AGENCY, "4.4", Answer(ticks=("4.4.B1",))))
    scoring.routes.evaluate(AGENCY, "4.4")
    settle(scoring)

    shown = [name for name in ("missing-0", "missing-1", "missing-2") if there(scoring, name)]
    assert shown[0] == "missing-0"
    ends = [_place(scoring, named(scoring, name)) for name in shown]
    left = _place(scoring, named(scoring, "item-before"))[2]
    assert all(end[3] <= left for end in ends)
    assert all(named(scoring, name).width() >= named(scoring, name).sizeHint().width() for name in shown)
    if there(scoring, "item-lift") and there(scoring, "item-title"):
        title, lift = named(scoring, "item-title"), named(scoring, "item-lift")
        assert _place(scoring, title)[1] <= _place(scoring, lift)[0]
