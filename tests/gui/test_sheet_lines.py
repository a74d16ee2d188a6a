# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""One-line fields of a sheet: saved without being left, undone by its one undo, told apart from what is wrong."""

import pytest
from PySide6.QtWidgets import QApplication
from windows import click, declare_here, in_store, named, press, settle, workspace, write

from pmqa_desktop.domain.answers import Evidence

AGENCY = "moi-ops"
ITEM = "7.1"


@pytest.fixture
def results(evaluator):
    """Return the window at the first item of results."""
    declare_here(evaluator)
    evaluator.routes.evaluate(AGENCY, ITEM)
    settle(evaluator)
    return evaluator


def _sheet(shell):
    return in_store(shell, lambda: workspace(shell).scoring.sheet(AGENCY))


def _kept(shell):
    answer = _sheet(shell).answers.get(ITEM)
    return {one.code: one.result for one in answer.indicators} if answer else {}


def _fields(shell):
    codes = [one.code for one in workspace(shell).round.criteria.edition.item(ITEM).indicators]
    return [(code, f"indicator-{code}-result") for code in codes]


def _text(shell, name):
    return named(shell, name).text()


def _focus():
    return QApplication.focusWidget().objectName()


def test_undo_in_a_field_takes_back_what_was_saved_from_it_act_by_act(results):
    (code, field), *_rest = _fields(results)
    write(results, field, "85")
    press(results, "Return")
    named(results, field).selectAll()
    write(results, field, "90")

    press(results, "Ctrl+Z")
    assert (_text(results, field), _kept(results), _focus()) == ("85", {code: "85"}, field)
    press(results, "Ctrl+Z")
    assert (_text(results, field), _kept(results)) == ("", {})
    press(results, "Ctrl+Y")
    press(results, "Ctrl+Y")

    assert (_text(results, field), _kept(results)) == ("90", {code: "90"})


def test_undo_from_elsewhere_is_shown_in_its_field_and_no_later_edit_brings_it_back(results):
    (first, one), (second, other), *_rest = _fields(results)
    write(results, one, "85")
    write(results, other, "70")
    write(results, "comment-strength", "ผลลัพธ์ดีขึ้นทุกปี")
    press(results, "Ctrl+Z")
    assert _sheet(results).comments == {}

    press(results, "Ctrl+Z")
    assert (_text(results, other), _focus()) == ("", other)
    named(results, one).selectAll()
    write(results, one, "86")
    press(results, "Return")

    assert _kept(results) == {first: "86"}
    assert second not in _kept(results)


def test_what_is_no_number_is_no_act_and_undo_only_brings_the_value_back(results):
    (code, field), (_second, other), *_rest = _fields(results)
    write(results, other, "70")
    write(results, field, "85")
    press(results, "Return")
    named(results, field).selectAll()
    write(results, field, "แปดสิบ")

    press(results, "Ctrl+Z")

    assert (_text(results, field), bool(named(results, field).property("need"))) == ("85", False)
    assert _kept(results)[code] == "85"
    press(results, "Ctrl+Z")
    assert code not in _kept(results) and len(_kept(results)) == 1


def test_a_value_is_saved_after_a_pause_while_the_cursor_stays(results, qtbot):
    (code, field), *_rest = _fields(results)

    write(results, field, "85")
    qtbot.waitUntil(lambda: _kept(results) == {code: "85"}, timeout=5000)

    assert _focus() == field


def test_a_value_is_not_lost_when_the_window_is_built_anew_or_closed_before_the_pause(results, restart):
    (first, one), (second, other), *_rest = _fields(results)
    write(results, one, "85")
    results.window.set_language("en")
    settle(results)
    assert _text(results, one) == "85"

    write(results, other, "70")
    again = restart(results)

    assert _kept(again) == {first: "85", second: "70"}


def test_own_indicators_names_are_tidied_and_undone_in_place(results):
    click(results, "add-indicator")
    write(results, "indicator-OWN1-name", "เรื่อง\u200bร้องเรียน")
    press(results, "Return")
    write(results, "indicator-OWN1-unit", "ร้อยละ")
    press(results, "Return")
    own = next(one for one in _sheet(results).answers[ITEM].indicators if one.code == "OWN1")
    assert (own.name, own.unit) == ("เรื่องร้องเรียน", "ร้อยละ")

    press(results, "Ctrl+Z")
    assert (_text(results, "indicator-OWN1-unit"), _focus()) == ("", "indicator-OWN1-unit")
    press(results, "Ctrl+Z")

    assert (_text(results, "indicator-OWN1-name"), _focus()) == ("", "indicator-OWN1-name")


def test_a_note_on_a_link_is_undone_with_the_cursor_in_it(results):
    scoring = workspace(results).scoring
    paper = in_store(results, lambda: scoring.papers(AGENCY)[0].digest)
    in_store(results, lambda: scoring.link(AGENCY, Evidence(ITEM, paper, 3)))
    results.routes.evaluate(AGENCY, ITEM)
    settle(results)
    results.window.screen_now.open_field(ITEM, "evidence")
    write(results, "evidence-item-3-note", "ตารางที่ 2")
    press(results, "Return")
    assert _sheet(results).evidence[0].note == "ตารางที่ 2"

    press(results, "Ctrl+Z")

    assert (_sheet(results).evidence[0].note, _text(results, "evidence-item-3-note")) == ("", "")
    assert _focus() == "evidence-item-3-note"
