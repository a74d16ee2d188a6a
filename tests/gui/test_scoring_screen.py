# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The evaluator's screen, used as a person uses it; what counts is what the store has afterwards."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTabBar
from windows import click, declare_here, in_store, named, on_screen, press, settle, there, workspace, write

from ui.widgets.labels import WrapLabel

AGENCY = "moi-ops"


@pytest.fixture
def scoring(evaluator):
    """Return the window at the first item of the first agency."""
    declare_here(evaluator)
    return evaluator


def _sheet(shell):
    return in_store(shell, lambda: workspace(shell).scoring.sheet(AGENCY))


def _points(shell, item):
    return [point.id for point in workspace(shell).session._criteria[1].edition.item(item).points]


def _open(shell, item):
    shell.window.screen_now.go_to_item(item)
    settle(shell)


def _score(shell):
    return named(shell, "item-score").text()


def test_papers_open_after_the_declaration_and_no_sooner(evaluator):
    assert on_screen(evaluator) == "declaration-screen"
    assert not there(evaluator, "page-view")
    assert not named(evaluator, "sign-declaration").isEnabled()

    declare_here(evaluator)

    assert on_screen(evaluator) == "scoring-screen"
    assert evaluator.routes.reader.pages > 1
    assert there(evaluator, "page-view")


def test_a_tick_is_there_after_a_restart(scoring, restart):
    point = _points(scoring, "1.1")[0]

    click(scoring, f"point-{point}")
    shown = _score(scoring)
    again = restart(scoring)

    assert named(again, f"point-{point}").isChecked()
    assert _score(again) == shown == "100"


def test_papers_are_read_again_after_a_restart_with_the_passphrase(scoring, restart, practice_round):
    from pmqa_desktop.services.practice import PASSPHRASE

    again = restart(scoring)
    workspace(again).session.lock()
    again.routes.evaluate(AGENCY)
    settle(again)
    assert not again.routes.reader.pages

    write(again, "papers-passphrase", "wrong")
    click(again, "open-papers")
    assert not again.routes.reader.pages
    write(again, "papers-passphrase", PASSPHRASE)
    click(again, "open-papers")

    assert again.routes.reader.pages > 1


def test_a_higher_level_may_be_ticked_but_does_not_count_before_the_lower_one(scoring):
    points = _points(scoring, "1.1")
    significance = points[-1]

    click(scoring, f"point-{significance}")

    tick = named(scoring, f"point-{significance}")
    assert tick.isChecked()
    assert tick.uncounted
    assert _score(scoring) == "0"
    for point in points[:-1]:
        click(scoring, f"point-{point}")
    assert not tick.uncounted
    assert _score(scoring) == "500"


def test_the_last_tick_taken_away_leaves_the_item_missing_not_zero(scoring):
    point = _points(scoring, "1.1")[0]

    click(scoring, f"point-{point}")
    click(scoring, f"point-{point}")

    assert "1.1" not in _sheet(scoring).answers
    assert _score(scoring) == "—"


def test_zero_is_given_only_by_saying_so(scoring):
    click(scoring, "zero-1.1")

    assert _sheet(scoring).answers["1.1"].ticks == ()
    assert _score(scoring) == "0"


def test_words_in_thai_are_kept_at_focus_change_and_after_a_restart(scoring, restart):
    text = "ผู้บริหารสื่อสารทิศทางชัดเจน ที่ น้ำ ฐุ ญู"

    write(scoring, "comment-strength", text)
    named(scoring, "item-after").setFocus()
    settle(scoring)
    assert _sheet(scoring).comments["1.1", "strength"] == text
    again = restart(scoring)

    assert named(again, "comment-strength").toPlainText() == text


def test_words_still_waiting_for_their_pause_are_saved_when_the_window_closes(scoring, restart):
    write(scoring, "comment-strength", "ก่อนปิดหน้าต่าง")
    again = restart(scoring)

    assert named(again, "comment-strength").toPlainText() == "ก่อนปิดหน้าต่าง"


def test_a_pause_in_typing_saves_and_the_stamp_tells_it(scoring, qtbot):
    write(scoring, "comment-strength", "พัก")

    qtbot.waitUntil(lambda: ("1.1", "strength") in _sheet(scoring).comments, timeout=5000)
    settle(scoring)

    assert there(scoring, "saved-stamp")
    assert "บันทึกแล้ว" in named(scoring, "saved-stamp").accessibleName()


def test_a_private_note_is_kept_but_never_in_what_is_signed(scoring):
    write(scoring, "private-note", "ถามช่วงบ่าย")
    named(scoring, "item-after").setFocus()
    settle(scoring)

    assert _sheet(scoring).notes["1.1"] == "ถามช่วงบ่าย"
    body = in_store(scoring, lambda: workspace(scoring).scoring._body(AGENCY, False))
    assert "ถามช่วงบ่าย" not in repr(body)


def test_the_shown_page_is_linked_to_the_point_at_hand(scoring):
    point = _points(scoring, "1.1")[1]
    named(scoring, f"point-{point}").setFocus()
    click(scoring, "page-after")

    click(scoring, "link-page")

    (evidence,) = _sheet(scoring).evidence
    assert (evidence.item, evidence.point, evidence.page) == ("1.1", point, 2)
    assert there(scoring, f"page-{point}-2")
    assert "จุดที่ 2" in named(scoring, "link-page").text()


def test_a_link_can_be_taken_away_in_the_list_of_evidence(scoring):
    click(scoring, "link-page")
    before = _sheet(scoring).evidence

    point = before[0].point or "item"
    click(scoring, "dock-tab-2")
    click(scoring, f"evidence-{point}-1-remove")

    assert before
    assert _sheet(scoring).evidence == ()


def test_a_phrase_is_found_in_the_report(scoring, qtbot):
    click(scoring, "page-search")
    reader = scoring.routes.reader
    phrase = next(
        text
        for page in range(5, reader.pages)
        for text in [reader.document.getAllText(page).text().split("\r\n")[2][:18].strip()]
        if text
    )

    write(scoring, "page-find", phrase)
    press(scoring, "Return", named(scoring, "page-find"))
    qtbot.waitUntil(lambda: reader.found[0] > 0, timeout=5000)

    assert reader.page == reader.found[0]
    assert reader.found[1]


def test_results_are_scored_while_they_are_typed_in(scoring):
    _open(scoring, "7.1")
    indicators = workspace(scoring).session._criteria[1].edition.item("7.1").indicators

    for indicator in indicators:
        write(scoring, f"indicator-{indicator.code}-result", "95")
        press(scoring, "Return", named(scoring, f"indicator-{indicator.code}-result"))

    assert _score(scoring) == "500"
    assert {one.result for one in _sheet(scoring).answers["7.1"].indicators} == {"95"}


def test_a_result_that_is_no_number_is_not_taken_over(scoring):
    _open(scoring, "7.1")
    code = workspace(scoring).session._criteria[1].edition.item("7.1").indicators[0].code

    write(scoring, f"indicator-{code}-result", "เก้าสิบ")
    press(scoring, "Return", named(scoring, f"indicator-{code}-result"))

    assert named(scoring, f"indicator-{code}-result").property("need") is True
    assert "7.1" not in _sheet(scoring).answers


def test_an_indicator_of_the_agency_is_added_scored_and_removed(scoring):
    _open(scoring, "7.1")

    click(scoring, "add-indicator")
    write(scoring, "indicator-OWN1-name", "จำนวนเรื่องร้องเรียน")
    write(scoring, "indicator-OWN1-target", "100")
    press(scoring, "Tab")
    write(scoring, "indicator-OWN1-result", "110")
    press(scoring, "Return", named(scoring, "indicator-OWN1-result"))
    own = next(one for one in _sheet(scoring).answers["7.1"].indicators if one.code == "OWN1")
    assert (own.name, own.target, own.result) == ("จำนวนเรื่องร้องเรียน", "100", "110")
    click(scoring, "indicator-OWN1-remove")

    assert "7.1" not in _sheet(scoring).answers


def test_the_wheel_changes_no_value(scoring):
    _open(scoring, "7.1")
    click(scoring, "add-indicator")
    tabs = named(scoring, "category-tabs", QTabBar)
    choice = named(scoring, "indicator-OWN1-direction", QComboBox)
    field = named(scoring, "indicator-OWN1-result", QLineEdit)
    before = (tabs.currentIndex(), choice.currentIndex(), field.text())

    for widget in (tabs, choice, field):
        widget.setFocus()
        for turn in (-120, 120):
            event = QWheelEvent(
                QPointF(5, 5), widget.mapToGlobal(QPointF(5, 5)), QPoint(), QPoint(0, turn),
                Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QApplication.sendEvent(widget, event)

    assert (tabs.currentIndex(), choice.currentIndex(), field.text()) == before


def test_keys_move_between_categories_items_and_points(scoring):
    screen = scoring.window.screen_now

    press(scoring, "Ctrl+4")
    assert screen.place().item == "4.1"
    press(scoring, "Alt+Up")
    assert screen.place().item == "3.4"
    press(scoring, "Alt+Down")
    assert screen.place().item == "4.1"
    first, second = _points(scoring, "4.1")[:2]
    named(scoring, f"point-{first}").setFocus()
    press(scoring, "Down")
    assert QApplication.focusWidget().objectName() == f"point-{second}"
    press(scoring, "Space")
    assert second in _sheet(scoring).answers["4.1"].ticks


def test_the_footer_leads_to_what_is_missing(scoring):
    for point in _points(scoring, "1.1"):
        click(scoring, f"point-{point}")

    press(scoring, "F8")
    assert QApplication.focusWidget().objectName().startswith("point-1.1")
    click(scoring, "link-page")
    for _turn in range(9):
        press(scoring, "F8")
    assert there(scoring, "missing-0")


def test_undo_takes_the_last_edit_back_also_after_a_restart(scoring, restart):
    one, two = _points(scoring, "1.1")[:2]
    click(scoring, f"point-{one}")
    click(scoring, f"point-{two}")
    again = restart(scoring)

    press(again, "Ctrl+Z", named(again, f"point-{one}"))

    assert _sheet(again).answers["1.1"].ticks == (one,)
    assert not named(again, f"point-{two}").isChecked()
    press(again, "Ctrl+Y", named(again, f"point-{one}"))
    assert named(again, f"point-{two}").isChecked()


def test_every_layout_shows_the_same_sheet(scoring):
    point = _points(scoring, "1.1")[0]
    click(scoring, f"point-{point}")

    for width, height in ((1920, 1009), (1366, 697), (1100, 700), (960, 700)):
        scoring.window.resize(width, height)
        settle(scoring)
        assert named(scoring, f"point-{point}").isChecked()
        assert _score(scoring) == "100"


def test_all_controls_have_object_names_and_spoken_names(scoring):
    for item in ("1.1", "7.1"):
        _open(scoring, item)
        controls = [
            one
            for kind in (QAbstractButton, QLineEdit, QPlainTextEdit)
            for one in scoring.window.findChildren(kind)
            if one.isVisibleTo(scoring.window)
        ]
        silent = [one for one in controls if not (one.objectName() and one.accessibleName())]
        assert controls
        assert not silent


def test_language_and_text_size_keep_the_place(scoring):
    _open(scoring, "4.4")

    click(scoring, "text-larger")
    click(scoring, "text-larger")

    assert scoring.window.screen_now.place().item == "4.4"


def test_leaving_the_note_for_another_category_puts_the_cursor_on_its_first_field(scoring):
    press(scoring, "Ctrl+Shift+5")
    press(scoring, "Ctrl+7")

    assert scoring.window.screen_now.panes.editor.answer.isAncestorOf(QApplication.focusWidget())


def _passage(shell):
    """Find a word in the report by keys alone, mark it and the letters after it, and link it."""
    point = _points(shell, "1.1")[0]
    named(shell, f"point-{point}").setFocus()
    press(shell, "Ctrl+F")
    write(shell, "page-find", "ผู้บริหาร")
    press(shell, "Return", named(shell, "page-find"))
    reader = shell.routes.reader
    for _turn in range(2000):
        settle(shell)
        if not reader.looking:
            break
    press(shell, "F3")
    press(shell, "Ctrl+K")
    view = named(shell, "page-view")
    view.setFocus()
    press(shell, "Shift+Right", view)
    words = named(shell, "marked-words").accessibleName()
    press(shell, "Ctrl+L")
    return point, words


def test_words_are_found_marked_and_linked_by_keys_and_seen_again_after_a_restart(scoring, restart):
    from pmqa_desktop.domain.passages import parted_note

    point, words = _passage(scoring)

    (evidence,) = _sheet(scoring).evidence
    passage, own = parted_note(evidence.note)
    assert (evidence.point, own) == (point, "")
    assert passage.words.startswith("ผู้บริหาร")
    assert len(passage.words) > len("ผู้บริหาร")
    assert words == f"“{passage.words}”"
    assert scoring.routes.reader.mark is None
    again = restart(scoring)
    reader = again.routes.reader
    brought = []
    reader.recalled.connect(brought.append)
    click(again, f"page-{point}-{evidence.page}")
    assert reader.page == evidence.page
    assert brought == [reader.passage_areas(evidence.page, passage)[0]]


def test_a_page_linked_before_gets_its_passage_instead_of_a_second_link(scoring):
    point, _words = _passage(scoring)
    (evidence,) = _sheet(scoring).evidence
    press(scoring, "Ctrl+Z")
    assert _sheet(scoring).evidence == ()
    named(scoring, f"point-{point}").setFocus()
    press(scoring, "Ctrl+L")
    assert [one.note for one in _sheet(scoring).evidence] == [""]

    press(scoring, "Ctrl+F")
    press(scoring, "Ctrl+K")
    press(scoring, "Ctrl+L")

    (now,) = _sheet(scoring).evidence
    assert (now.page, now.point, bool(now.note)) == (evidence.page, point, True)


def test_a_note_on_a_link_is_kept_beside_the_passage_and_taken_back(scoring):
    from pmqa_desktop.domain.passages import parted_note

    point, _words = _passage(scoring)
    (evidence,) = _sheet(scoring).evidence
    click(scoring, "dock-tab-2")
    write(scoring, f"evidence-{point}-{evidence.page}-note", "ดูภาคผนวก")
    press(scoring, "Return", named(scoring, f"evidence-{point}-{evidence.page}-note"))

    (now,) = _sheet(scoring).evidence
    assert parted_note(now.note) == (parted_note(evidence.note)[0], "ดูภาคผนวก")
    click(scoring, f"evidence-{point}-{evidence.page}-remove")
    assert _sheet(scoring).evidence == ()
    press(scoring, "Ctrl+Z")
    assert _sheet(scoring).evidence == (now,)
    press(scoring, "Ctrl+Z")
    assert _sheet(scoring).evidence == (evidence,)
    click(scoring, "dock-tab-2")
    assert named(scoring, f"evidence-{point}-{evidence.page}-note").text() == ""


def test_the_list_of_evidence_shows_all_items_sorts_and_tells_what_has_none(scoring):
    first, second = _points(scoring, "1.1")[:2]
    click(scoring, f"point-{first}")
    click(scoring, f"point-{second}")
    named(scoring, f"point-{second}").setFocus()
    click(scoring, "link-page")
    _open(scoring, "1.2")
    click(scoring, "page-after")
    click(scoring, "link-page")
    _open(scoring, "1.1")
    click(scoring, "dock-tab-2")
    pane = scoring.window.screen_now.panes.dock.evidence

    said = [label.plain() for label in pane.findChildren(WrapLabel) if label.isVisibleTo(pane)]
    assert "จุดที่ติ๊กแล้วแต่ยังไม่มีหลักฐาน: 1" in said
    assert not there(scoring, "evidence-item-2")
    click(scoring, "evidence-scope-1")
    elsewhere = next(one for one in _sheet(scoring).evidence if one.item == "1.2")
    name = f"evidence-{elsewhere.point or 'item'}-{elsewhere.page}"
    assert there(scoring, name)
    click(scoring, "evidence-order")
    click(scoring, name)
    assert scoring.window.screen_now.place().item == "1.2"
    assert scoring.routes.reader.page == elsewhere.page
