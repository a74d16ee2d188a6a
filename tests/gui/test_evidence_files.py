# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Photos and files beside the report, and coming back to the page one was reading: by keys, after a restart too."""

from dataclasses import replace

import pytest
from committee import practise
from made_files import photo
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from windows import click, declare_here, in_store, named, on_screen, press, settle, there, workspace, write

from ui.shots import _whole_sheet
from ui.widgets.labels import WrapLabel

AGENCY = "moi-ops"


@pytest.fixture
def scoring(evaluator):
    """Return the window at the first item of the first agency."""
    declare_here(evaluator)
    return evaluator


@pytest.fixture
def offer(tmp_path):
    """Return a function that lets the question for a file be answered with one of these bytes."""

    def answer(shell, data, name="ภาพถ่าย.jpg"):
        path = tmp_path / name
        path.write_bytes(data)
        reading = shell.routes.reading
        reading._chooser = replace(reading._chooser, attachment=lambda _parent: path)

    return answer


def _sheet(shell):
    return in_store(shell, lambda: workspace(shell).scoring.sheet(AGENCY))


def _attach(shell):
    """Attach to the point at hand, by keys alone."""
    click(shell, "dock-tab-2")
    named(shell, "attach-file").setFocus()
    press(shell, "Space")


def _point(shell):
    return workspace(shell).session._criteria[1].edition.item("1.1").points[0].id


def test_a_photo_is_attached_to_the_point_at_hand_and_a_copy_saved(scoring, offer, chosen_folder, restart):
    point = _point(scoring)
    named(scoring, f"point-{point}").setFocus()
    offer(scoring, photo())
    _attach(scoring)

    (evidence,) = _sheet(scoring).evidence
    assert (evidence.point, evidence.note) == (point, "ภาพถ่าย.jpg")
    assert "ภาพถ่ายอาจมีข้อมูลสถานที่" in scoring.window.screen_now.panes.dock.evidence.used.plain()
    again = restart(scoring)
    click(again, f"page-{point}-1")
    assert there(again, f"evidence-{point}-1-copy"), "a file is shown in the list, never opened"
    named(again, f"evidence-{point}-1-copy").setFocus()
    press(again, "Space")
    (copy,) = chosen_folder.glob("PMQA-*.jpg")
    assert copy.read_bytes() == photo()
    assert copy.name in named(again, "file-told").text().replace("\u200b", "")
    named(again, f"evidence-{point}-1-remove").setFocus()
    press(again, "Space")
    assert _sheet(again).evidence == ()
    press(again, "Ctrl+Z")
    assert _sheet(again).evidence == (evidence,)


def test_a_program_is_refused_in_plain_words_and_nothing_changes(scoring, offer):
    offer(scoring, b"MZ" + bytes(100), "ภาพถ่าย.jpg")
    _attach(scoring)
    assert "แนบแฟ้ม ภาพถ่าย.jpg ไม่ได้" in named(scoring, "file-told").text().replace("\u200b", "")
    assert _sheet(scoring).evidence == ()


def test_the_read_back_tells_of_the_files(scoring, offer):
    offer(scoring, photo())
    _attach(scoring)
    scoring.routes.sign(AGENCY)
    assert on_screen(scoring) == "signing-screen"
    shown = [label.plain() for label in scoring.window.findChildren(WrapLabel) if label.isVisibleTo(scoring.window)]
    assert any("แนบแล้ว 1 แฟ้ม" in words for words in shown)


def test_page_and_size_are_there_again_after_a_restart(scoring, restart):
    write(scoring, "page-number", "")
    field = named(scoring, "page-number")
    field.selectAll()
    write(scoring, "page-number", "7")
    press(scoring, "Return", field)
    click(scoring, "page-larger")
    assert scoring.routes.reader.page == 7
    again = restart(scoring)
    reader = again.routes.reader
    assert (reader.page, reader.zoom, reader.actual) == (7, 125, False)
    click(again, "page-zoom")
    assert reader.actual
    once_more = restart(again)
    assert once_more.routes.reader.actual
    settle(once_more)


def test_keys_turn_to_the_ends_and_search_goes_round(scoring):
    reader = scoring.routes.reader
    view = named(scoring, "page-view")
    view.setFocus()
    press(scoring, "End", view)
    assert reader.page == reader.pages
    press(scoring, "PgUp", view)
    assert reader.page == reader.pages - 1
    press(scoring, "Home", view)
    assert reader.page == 1
    press(scoring, "Ctrl+F")
    write(scoring, "page-find", "ผู้บริหาร")
    press(scoring, "Return", named(scoring, "page-find"))
    for _turn in range(2000):
        settle(scoring)
        if not reader.looking:
            break
    first = reader.hit
    press(scoring, "F3")
    assert reader.hit == (first + 1) % len(reader.hits)
    press(scoring, "Shift+F3")
    assert reader.hit == first
    assert named(scoring, "find-hits").count() == len(reader.hits)
    press(scoring, "Escape", named(scoring, "page-find"))
    assert not there(scoring, "page-find")


def test_the_secretariat_sees_a_sheets_files_and_saves_a_copy(evaluator, open_window, tmp_path, chosen_folder):
    from pmqa_desktop.services.practice import PASSPHRASE

    declare_here(evaluator)
    path = tmp_path / "ภาพถ่าย.jpg"
    path.write_bytes(photo())

    def signed():
        here = workspace(evaluator)
        here.unlock(PASSPHRASE)
        here.attachments.attach(AGENCY, "1.1", "", path)
        criteria = here.round.criteria
        here.scoring.fill(AGENCY, _whole_sheet(criteria, here.scoring.papers(AGENCY)[0].digest))
        here.attachments.attach(AGENCY, "1.1", "", path)
        here.scoring.keep_notices(AGENCY, "คงไว้")
        here.scoring.sign(AGENCY, PASSPHRASE)
        return here.exchange.export("scoresheet", AGENCY, tmp_path).path

    file = in_store(evaluator, signed)
    evaluator.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    office = practise(open_window(), "secretariat", chosen_folder)
    in_store(office, lambda: workspace(office).unlock(PASSPHRASE))
    in_store(office, lambda: workspace(office).exchange.import_paths([file]))
    screen = office.window.screen_now
    screen.reload()
    settle(office)
    screen._show_notes(AGENCY)
    settle(office)

    named(office, "received-0-copy").setFocus()
    press(office, "Space")

    (copy,) = chosen_folder.glob("PMQA-*.jpg")
    assert copy.read_bytes() == photo()
    assert copy.name in named(office, "received-told").text().replace("\u200b", "")
