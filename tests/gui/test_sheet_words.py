# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Words of a sheet by keyboard only: found, undone, had again, put in order; what counts is what the store has."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from windows import click, declare_here, in_store, named, on_screen, press, settle, there, workspace, write

from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.services.evaluation.scoring import DraftSheet

AGENCY = "moi-ops"


@pytest.fixture
def scoring(evaluator):
    """Return the window at the first item of the first agency."""
    declare_here(evaluator)
    return evaluator


def _sheet(shell, agency=AGENCY):
    return in_store(shell, lambda: workspace(shell).scoring.sheet(agency))


def _fill(shell, comments, notes=None, agency=AGENCY):
    in_store(shell, lambda: workspace(shell).scoring.fill(agency, DraftSheet(comments=comments, notes=notes or {})))


def _open_again(shell, agency=AGENCY, item="1.1"):
    shell.routes.evaluate(agency, item)
    settle(shell)


def _selected():
    return QApplication.focusWidget().textCursor().selectedText()


def _status(shell):
    return named(shell, "status-line").accessibleName()


def _focus():
    return QApplication.focusWidget().objectName()


# ---- find -------------------------------------------------------------------------------------------


def test_words_are_found_and_selected_where_they_stand(scoring):
    text = "มีแผนสำรองข้อมูล\n\nซักซ้อมแผนท\u0e48\u0e35ดี"
    _fill(scoring, {("2.1", "ofi"): text}, {"3.1": "ถามเรื่องแผน"})
    _open_again(scoring)

    press(scoring, "Ctrl+Shift+F")
    assert _focus() == "find-words"
    write(scoring, "find-words", "ท\u0e35\u0e48ด")
    press(scoring, "Return")

    assert scoring.window.screen_now.place().item == "2.1"
    assert _focus() == "comment-ofi"
    assert _selected() == "ท\u0e48\u0e35ด"
    press(scoring, "Ctrl+Shift+F")
    write(scoring, "find-words", "")
    named(scoring, "find-words").clear()
    write(scoring, "find-words", "แผน")
    press(scoring, "Return")
    hits = named(scoring, "find-hits")
    assert hits.model().rowCount() == 3
    hits.setFocus()
    press(scoring, "Down")
    press(scoring, "Down")
    press(scoring, "Return")
    assert _focus() == "private-note"
    assert _selected() == "แผน"


def test_nothing_found_is_told_and_escape_leads_back(scoring):
    press(scoring, "Ctrl+Shift+1")
    press(scoring, "Ctrl+Shift+F")
    write(scoring, "find-words", "ไม่มีคำนี้")
    press(scoring, "Return")

    assert not there(scoring, "find-hits")
    assert there(scoring, "find-pane")
    press(scoring, "Escape")
    assert not there(scoring, "find-pane")
    assert _focus() == "comment-strength"


def test_a_hit_in_another_agency_opens_that_agency(scoring):
    other = in_store(scoring, workspace(scoring).scoring.agencies)[1].agency.agency
    scoring.routes.evaluate(other)
    settle(scoring)
    declare_here(scoring)
    _fill(scoring, {("4.1", "strength"): "ระบบ Dashboard ใช้ได้จริง"}, agency=other)
    _open_again(scoring)

    press(scoring, "Ctrl+Shift+F")
    write(scoring, "find-words", "dashboard")
    press(scoring, "Return")
    assert not there(scoring, "find-hits")
    click(scoring, "find-scope-1")
    named(scoring, "find-words").setFocus()
    press(scoring, "Return")

    screen = scoring.window.screen_now
    assert (screen.agency, screen.place().item) == (other, "4.1")
    assert _selected() == "Dashboard"
    assert named(scoring, "find-words").text() == "dashboard"


# ---- undo and history -------------------------------------------------------------------------------


def _ticks(shell):
    return [point.id for point in workspace(shell).round.criteria.edition.item("1.1").points]


def test_undo_is_one_history_of_words_and_ticks_over_a_restart(scoring, restart):
    write(scoring, "comment-strength", "หนึ่ง\n")
    write(scoring, "comment-strength", "สอง")
    point = _ticks(scoring)[0]
    click(scoring, f"point-{point}")
    again = restart(scoring)
    screen = again.window.screen_now
    screen.go_to_item("2.1")
    settle(again)

    press(again, "Ctrl+Z")

    assert screen.place().item == "1.1"
    assert not named(again, f"point-{point}").isChecked()
    assert "ผลการให้คะแนน" in _status(again) and "1.1" in _status(again)
    press(again, "Ctrl+Z")
    assert _focus() == "comment-strength"
    assert _sheet(again).comments["1.1", "strength"] == "หนึ่ง\n"
    assert named(again, "comment-strength").toPlainText() == "หนึ่ง\n"
    assert "จุดแข็งของหัวข้อ 1.1" in _status(again)
    press(again, "Ctrl+Shift+Z")
    assert _sheet(again).comments["1.1", "strength"] == "หนึ่ง\nสอง"
    press(again, "Ctrl+Y")
    assert named(again, f"point-{point}").isChecked()
    assert not named(again, "redo").isEnabled()


def test_what_waits_for_its_pause_is_undone_first(scoring):
    press(scoring, "Ctrl+Shift+2")
    write(scoring, "comment-ofi", "ยังไม่ได้บันทึก")

    press(scoring, "Ctrl+Z")

    assert named(scoring, "comment-ofi").toPlainText() == ""
    assert _sheet(scoring).comments == {}
    press(scoring, "Ctrl+Z")
    assert there(scoring, "status-line")
    assert "ไม่มี" in _status(scoring)


def test_what_was_undone_is_told_until_the_next_edit(scoring):
    write(scoring, "comment-strength", "ก")
    press(scoring, "Ctrl+Z")
    assert there(scoring, "status-line")

    write(scoring, "comment-strength", "ข")

    assert not there(scoring, "status-line")


def test_an_earlier_value_is_had_again_from_the_history_after_a_restart(scoring, restart):
    point = _ticks(scoring)[0]
    in_store(scoring, lambda: workspace(scoring).scoring.save_comment(AGENCY, "1.1", "ofi", "เดิม"))
    in_store(scoring, lambda: workspace(scoring).scoring.save_answer(AGENCY, "1.1", Answer(ticks=(point,))))
    in_store(scoring, lambda: workspace(scoring).scoring.save_comment(AGENCY, "1.1", "ofi", "ใหม่"))
    in_store(scoring, lambda: workspace(scoring).scoring.save_note(AGENCY, "1.1", "ลับ"))
    again = restart(scoring)

    press(again, "Ctrl+H")
    restore = _focus()
    assert restore.startswith("restore-")
    press(again, "Space")

    assert _sheet(again).comments["1.1", "ofi"] == "เดิม"
    assert named(again, "comment-ofi").toPlainText() == "เดิม"
    press(again, "Ctrl+Z")
    assert _sheet(again).comments["1.1", "ofi"] == "ใหม่"


def test_the_history_says_what_changed_and_marks_notes(scoring):
    from ui.widgets.marked import MarkedLabel

    point = _ticks(scoring)[1]
    click(scoring, f"point-{point}")
    write(scoring, "private-note", "ลับ")
    press(scoring, "Ctrl+H")
    settle(scoring)

    pane = named(scoring, "history-pane")
    told = [one.pieces() for one in pane.findChildren(MarkedLabel) if one.isVisibleTo(pane)]
    assert [(pieces[0].text, pieces[0].mark) for pieces in told] == [("ลับ", "added"), ("ติ๊กจุดที่ 2", "added")]
    press(scoring, "Alt+Down")
    assert "1.2" in named(scoring, "drawer").pane.title()
    assert not [one for one in pane.findChildren(MarkedLabel) if one.isVisibleTo(pane)]


# ---- entries ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("held", ["Alt+Shift", "Ctrl+Shift"])
def test_entries_are_sorted_moved_joined_and_deleted_by_keyboard(scoring, held):
    _fill(scoring, {("1.1", "strength"): "ก\n\nข\n\nค"})
    _open_again(scoring)

    press(scoring, "Ctrl+E")
    assert _focus() == "entry-strength-1"
    press(scoring, f"{held}+Down")
    assert _sheet(scoring).comments["1.1", "strength"] == "ข\n\nก\n\nค"
    assert _focus() == "entry-strength-2"
    press(scoring, f"{held}+Right")
    assert _sheet(scoring).comments["1.1", "ofi"] == "ก"
    assert _focus() == "entry-ofi-1"
    press(scoring, "Up")
    press(scoring, "Up")
    press(scoring, "Ctrl+J")
    assert _sheet(scoring).comments["1.1", "strength"] == "ข\nค"
    press(scoring, "Delete")
    assert ("1.1", "strength") not in _sheet(scoring).comments
    press(scoring, "Ctrl+Z")
    assert _sheet(scoring).comments["1.1", "strength"] == "ข\nค"


def test_an_entry_is_written_and_parted_in_its_card(scoring):
    _fill(scoring, {("1.1", "ofi"): "ยาวมาก"})
    _open_again(scoring)
    press(scoring, "Ctrl+E")

    press(scoring, "Return")
    assert _focus() == "entry-words"
    QApplication.focusWidget().select(3, 0)
    press(scoring, "Return")
    press(scoring, "Return")
    press(scoring, "Escape")

    assert _sheet(scoring).comments["1.1", "ofi"] == "ยาว\n\nมาก"
    assert _focus() == "entry-ofi-1"
    press(scoring, "Escape")
    assert not there(scoring, "entries-pane")


@pytest.mark.parametrize("held", ["Alt+Shift", "Ctrl+Shift"])
def test_an_entry_moves_in_the_field_where_it_is_written(scoring, held):
    write(scoring, "comment-strength", "แรก\n\nที่สอง")

    press(scoring, f"{held}+Up")

    assert named(scoring, "comment-strength").toPlainText() == "ที่สอง\n\nแรก"
    assert _sheet(scoring).comments["1.1", "strength"] == "ที่สอง\n\nแรก"
    press(scoring, "Ctrl+Z")
    assert named(scoring, "comment-strength").toPlainText() == "แรก\n\nที่สอง"


def test_a_pasted_text_is_tidied_told_and_undone_as_one(scoring):
    write(scoring, "comment-strength", "ก่อน ")
    QGuiApplication.clipboard().setText("\u2022\tแผน\u200b\u00adผล\u00a0ดี\ue000")

    press(scoring, "Ctrl+V")

    assert _sheet(scoring).comments["1.1", "strength"] == "ก่อน - แผนผล ดี"
    assert "2" in _status(scoring)
    press(scoring, "Ctrl+Z")
    assert named(scoring, "comment-strength").toPlainText() == "ก่อน "


# ---- remarks and size -------------------------------------------------------------------------------


def _all_points(shell):
    in_store(shell, lambda: workspace(shell).scoring.save_answer(AGENCY, "1.1", Answer(ticks=tuple(_ticks(shell)))))


def _codes(shell):
    return [card.notice.code for card in named(shell, "remarks-pane").cards]


def test_a_remark_is_mended_or_kept_with_a_word(scoring):
    _all_points(scoring)
    _open_again(scoring, item="2.1")

    press(scoring, "Ctrl+R")
    settle(scoring)
    assert "high-without-strength" in _codes(scoring)
    number = 1 + _codes(scoring).index("high-without-strength")
    named(scoring, f"remark-{number}-mend").setFocus()
    press(scoring, "Space")
    assert scoring.window.screen_now.place().item == "1.1"
    assert _focus() == "comment-strength"

    press(scoring, "Ctrl+R")
    number = 1 + _codes(scoring).index("high-without-strength")
    named(scoring, f"remark-{number}-word").setFocus()
    press(scoring, "Return")
    assert named(scoring, f"remark-{number}-word").property("need")
    write(scoring, f"remark-{number}-word", "ตามหลักฐาน")
    press(scoring, "Return")
    kept = in_store(scoring, lambda: workspace(scoring).scoring.read_back(AGENCY)).kept
    assert [(one.notice.code, one.word) for one in kept] == [("high-without-strength", "ตามหลักฐาน")]
    assert _codes(scoring)[-1] == "high-without-strength"


def test_a_large_sheet_is_warned_of_and_writing_goes_on(scoring, monkeypatch):
    monkeypatch.setattr("pmqa_desktop.services.evaluation.scoring.SHEET_LIMIT", 3000)
    _fill(scoring, {("2.1", "ofi"): "ยาว" * 300})
    _open_again(scoring)

    assert there(scoring, "longest-text")
    click(scoring, "longest-text")
    assert scoring.window.screen_now.place().item == "2.1"
    write(scoring, "comment-ofi", "ต่อ")
    named(scoring, "comment-strength" if there(scoring, "comment-strength") else "item-after").setFocus()
    settle(scoring)
    assert "ต่อ" in _sheet(scoring).comments["2.1", "ofi"]


@pytest.mark.parametrize("size", [(1920, 1009), (1366, 697), (1100, 700), (960, 700)])
def test_every_pane_opens_and_closes_in_every_layout(scoring, size):
    _fill(scoring, {("1.1", "strength"): "ก\n\nข"})
    scoring.window.resize(*size)
    _open_again(scoring)

    for keys, pane in (("Ctrl+H", "history"), ("Ctrl+E", "entries"), ("Ctrl+R", "remarks"), ("Ctrl+Shift+F", "find")):
        press(scoring, keys)
        assert there(scoring, f"{pane}-pane")
        assert named(scoring, "drawer").isAncestorOf(QApplication.focusWidget())
        press(scoring, "Escape")
        assert not there(scoring, f"{pane}-pane")
        assert there(scoring, "item-after")
    assert on_screen(scoring) == "scoring-screen"
