# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The reports' screen: what is seen is what is saved, one or all, and the choices are there the next day."""

import io
import shutil
import threading

import pytest
from committee import practise, visible_text
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from windows import click, in_store, named, on_screen, press, settle, there, workspace, write

from pmqa_desktop.services.reporting import REPORTS
from pmqa_desktop.settings import read_settings

AGENCY = "moi-ops"


def _open(shell, chosen_folder):
    practise(shell, "secretariat", chosen_folder)
    click(shell, "registry-results")
    click(shell, "reports-preview")
    return shell


@pytest.fixture
def empty(open_window, chosen_folder):
    """Return the reports' screen of a round in which nothing is settled."""
    return _open(open_window(), chosen_folder)


@pytest.fixture
def full(open_window, prepared_home, everything, chosen_folder):
    """Return the reports' screen of a round in which all is settled; the folder is chosen."""
    shutil.copytree(everything, prepared_home / "practice" / "secretariat")
    shutil.copyfile(everything.parents[1] / "laptop", prepared_home / "laptop")
    shell = _open(open_window(), chosen_folder)
    click(shell, "change-folder")
    return shell


def _screen(shell):
    return shell.window.screen_now


def _choose(shell, report):
    _screen(shell).choices.list.choose(report)
    settle(shell)


def _set_combo(shell, name, value):
    combo = named(shell, name)
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())
    settle(shell)


def _seen(shell):
    """Return the text of the pages that are shown."""
    document = _screen(shell).preview.reader.document
    return "\n".join(document.getAllText(page).text() for page in range(document.pageCount()))


def test_nothing_settled_is_said_with_the_way_out(empty):
    assert on_screen(empty) == "reports"
    assert named(empty, "report-list").hasFocus()
    assert "ยังไม่มีหน่วยงานใดที่มีมติแล้ว" in visible_text(empty)
    assert not named(empty, "report-save").isEnabled()
    assert not named(empty, "report-save-all").isEnabled()

    click(empty, "reports-to-board")

    assert on_screen(empty) == "registry"


def test_what_needs_no_result_can_be_printed_before_one_is_there(empty, chosen_folder):
    click(empty, "change-folder")
    for report in ("letter", "fingerprint", "readiness"):
        _choose(empty, report)
        assert _screen(empty).preview.reader.pages
        click(empty, "report-save")
    assert len(list(chosen_folder.glob("*.pdf"))) == 3


def test_the_pages_are_seen_before_anything_is_written(full, chosen_folder):
    assert _screen(full).preview.reader.pages > 5
    assert "รายงานป้อนกลับ" in named(full, "preview-title").accessibleName()
    assert not list(chosen_folder.iterdir())

    data = _screen(full)._shown[1]
    click(full, "report-save")

    (file,) = chosen_folder.iterdir()
    assert file.name.startswith("feedback-")
    assert file.read_bytes() == data
    assert len(PdfReader(io.BytesIO(data)).pages) == _screen(full).preview.reader.pages
    assert file.name in visible_text(full)


def test_saving_again_says_that_the_former_file_was_replaced(full, chosen_folder):
    click(full, "report-save")
    press(full, "Ctrl+S")

    assert len(list(chosen_folder.iterdir())) == 1
    assert "บันทึกทับแฟ้มเดิม" in visible_text(full)


def test_every_report_has_a_preview(full):
    for report in REPORTS:
        _choose(full, report)

        assert _screen(full).preview.reader.pages, report
        assert named(full, "report-save").isEnabled(), report


def test_pages_turn_and_grow_by_buttons_and_keys(full):
    reader = _screen(full).preview.reader
    assert not named(full, "preview-before").isEnabled()

    click(full, "preview-after")
    press(full, "PgDown", named(full, "preview-page"))
    assert reader.page == 3
    named(full, "preview-number").clear()
    write(full, "preview-number", str(reader.pages))
    press(full, "Return", named(full, "preview-number"))
    assert reader.page == reader.pages
    assert not named(full, "preview-after").isEnabled()

    click(full, "preview-larger")
    assert named(full, "preview-zoom", QLabel).text() == "125 %"


def test_language_and_digits_change_what_is_seen(full):
    thai = _seen(full)
    click(full, "preview-digits-1")
    digits = _seen(full)
    click(full, "preview-language-1")
    english = _seen(full)

    assert "๒๕๖" not in thai
    assert "๒๕๖" in digits
    assert "Feedback report" in english
    assert not named(full, "preview-digits-1").isEnabled()


def test_another_language_stays_at_the_page(full):
    click(full, "preview-after")
    click(full, "preview-language-1")

    assert _screen(full).preview.reader.page == 2


def test_only_the_last_of_quick_choices_is_shown(full):
    for report in ("panel", "minutes", "memo", "summary"):
        _screen(full).choices.list.choose(report)
    settle(full)

    assert _screen(full)._shown[0].report == "summary"


def test_agency_and_seat_choose_the_sheet(full, chosen_folder):
    _choose(full, "scoresheet")
    _set_combo(full, "report-agency", AGENCY)
    _set_combo(full, "report-seat", "chair")

    click(full, "report-save")

    assert (chosen_folder / f"scoresheet-{AGENCY}-chair.pdf").exists()


def test_a_seat_without_a_sheet_is_told_and_cannot_be_saved(full):
    _choose(full, "scoresheet")
    board = in_store(full, workspace(full).registry.board)
    cell = next(cell for row in board.rows for cell in row.seats if cell.state == "recused")
    _set_combo(full, "report-agency", cell.agency)
    _set_combo(full, "report-seat", cell.seat)

    assert "ยังไม่มีรายงานนี้" in visible_text(full)
    assert not named(full, "report-save").isEnabled()


def test_tables_are_saved_without_pages(full, chosen_folder):
    for report, file, head in (("workbook", "results.xlsx", b"PK"), ("csv", "results.csv", b"\xef\xbb\xbf")):
        _choose(full, report)
        assert not there(full, "preview-after")

        click(full, "report-save")

        assert (chosen_folder / file).read_bytes().startswith(head)


def test_a_folder_that_cannot_be_written_is_told_in_thai(full, chosen_folder):
    closed = chosen_folder / "closed"
    closed.touch()
    _screen(full).saving.folder.set_folder(closed)

    for button in ("report-save", "report-save-all"):
        click(full, button)

        assert "เขียนลงโฟลเดอร์นี้ไม่ได้" in visible_text(full)
        assert named(full, "report-save").isEnabled()
        assert list(chosen_folder.iterdir()) == [closed]


def test_all_reports_of_the_round_go_into_a_folder_of_their_own(full, chosen_folder):
    steps = []
    full.tasks.stepped.connect(lambda done, of, name: steps.append((done, of, name)))
    click(full, "report-save-all")

    (folder,) = chosen_folder.iterdir()
    names = {one.name for one in folder.iterdir()}
    assert {"ranking.pdf", f"feedback-{AGENCY}.pdf", "results.xlsx", "results.csv"} <= names
    assert not [name for name in names if name.endswith(".part")]
    assert steps[-1][0] == len(names) - 1
    assert f"บันทึกแล้ว {len(names)} แฟ้ม" in visible_text(full)
    assert named(full, "report-save").isEnabled()


def test_a_batch_that_is_stopped_keeps_what_is_written(full, chosen_folder):
    started, go_on = threading.Event(), threading.Event()

    def wait(done, _of, _name):
        if done == 2:
            started.set()
            go_on.wait(10)

    # in the worker's own thread, so that the batch stands still at a known place
    full.tasks.stepped.connect(wait, Qt.ConnectionType.DirectConnection)
    named(full, "report-save-all").click()
    assert started.wait(10)
    assert not named(full, "report-save").isEnabled()
    QApplication.processEvents()
    named(full, "report-cancel").click()
    go_on.set()
    settle(full)

    (folder,) = chosen_folder.iterdir()
    assert len(list(folder.iterdir())) == 3
    assert "หยุดแล้ว บันทึกไว้แล้ว 3 แฟ้ม" in visible_text(full)
    assert named(full, "report-save-all").isEnabled()


def test_choices_are_there_again_after_a_restart(full, chosen_folder, open_window, prepared_home):
    _choose(full, "minutes")
    click(full, "preview-digits-1")
    click(full, "preview-language-1")
    full.close()
    kept = read_settings(prepared_home)
    assert (kept.report, kept.report_language, kept.digits) == ("minutes", "en", "thai")

    again = _open(open_window(), chosen_folder)
    wanted = _screen(again).choices.wanted()

    assert (wanted.report, wanted.language, wanted.digits) == ("minutes", "en", "thai")
    assert _screen(again).saving.folder.folder == chosen_folder


def test_language_and_size_of_the_window_keep_ones_place_and_choices(full, prepared_home):
    _choose(full, "panel")
    _set_combo(full, "report-agency", AGENCY)
    click(full, "preview-digits-1")

    click(full, "language")
    press(full, "Ctrl++")
    settle(full)

    wanted = _screen(full).choices.wanted()
    assert (wanted.report, wanted.agency, wanted.digits) == ("panel", AGENCY, "thai")
    assert wanted.language == "en"  # never chosen here: the window's
    kept = read_settings(prepared_home)
    assert (kept.language, kept.report, kept.digits) == ("en", "panel", "thai")


def test_arrows_pass_over_headings_and_f6_changes_sides(full):
    listed = named(full, "report-list")
    listed.setFocus()
    for _time in range(6):
        press(full, "Down", listed)
    assert _screen(full).choices.wanted().report == "ranking"

    press(full, "F6", listed)
    assert named(full, "preview-page").hasFocus()
    press(full, "F6", named(full, "preview-page"))
    assert listed.hasFocus()


def test_the_way_back_leads_to_the_results(full):
    _choose(full, "ranking")

    click(full, "reports-back")

    assert on_screen(full) == "registry"
    assert there(full, "results")
