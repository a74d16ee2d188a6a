# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Signing the results in the window: a draft, then officially with the approving act, and back with a reason."""

import shutil
from dataclasses import replace

import pytest
from committee import practise, visible_text
from pdf_reading import page_texts, squeezed
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from windows import click, in_store, named, on_screen, press, settle, there, workspace, write

from pmqa_desktop.domain.documents import Approval
from ui.screens.registry.publish import Seen

AGENCY = "moi-ops"
BODY = "คณะอนุกรรมการพิจารณารางวัล"


@pytest.fixture
def full(open_window, prepared_home, everything, chosen_folder):
    """Return the secretariat's results, with everything imported."""
    shutil.copytree(everything, prepared_home / "practice" / "secretariat")
    shutil.copyfile(everything.parents[1] / "laptop", prepared_home / "laptop")
    shell = practise(open_window(), "secretariat", chosen_folder)
    click(shell, "registry-results")
    return shell


def state(shell):
    return named(shell, "results-state").text().replace("\u200b", "").replace("\u2060", "")


def approve(shell, day="30/6/2569", meeting="3/2569"):
    click(shell, "publish-official")
    write(shell, "publish-body", BODY)
    write(shell, "publish-meeting", meeting)
    write(shell, "publish-date", day)


def report_text(shell):
    prepare = in_store(shell, lambda: workspace(shell).reporting.prepare("feedback", agency=AGENCY, language="th"))
    return squeezed("".join(page_texts(prepare())))


def test_a_draft_then_the_official_results_which_the_reports_carry(full, chosen_folder):
    shell = full
    assert "ยังไม่มีผลที่เผยแพร่" in state(shell)
    click(shell, "results-sign")
    assert on_screen(shell) == "publish"
    assert "หน่วยงานที่จะลงนามผล: 3" in visible_text(shell)
    click(shell, "publish-sign")
    assert "ลงนามฉบับร่างแล้ว" in visible_text(shell)
    click(shell, "publish-done")
    assert on_screen(shell) == "registry" and "ฉบับร่าง" in state(shell)
    assert "อนุมัติโดย" not in report_text(shell)

    click(shell, "results-sign")
    approve(shell)
    assert "30 มิถุนายน พ.ศ. 2569" in named(shell, "publish-date-told").text()
    write(shell, "publish-reason", "มติที่ประชุม")
    click(shell, "publish-sign")

    assert "ผลการประเมินเป็นผลทางการแล้ว" in visible_text(shell)
    click(shell, "change-folder")
    click(shell, "write-file")
    (file,) = chosen_folder.glob("*.pmqa")
    assert file.read_bytes().startswith(b"age-encryption.org")
    click(shell, "publish-reports")
    assert on_screen(shell) == "reports"
    told = squeezed(f"อนุมัติโดย{BODY} ในการประชุมครั้งที่ 3/2569 เมื่อวันที่ 30 มิถุนายน 2569")
    assert told in report_text(shell)
    shell.window.screen_now.back_asked.emit(AGENCY)
    assert on_screen(shell) == "registry" and told in squeezed(state(shell))


def test_what_is_missing_is_named_and_nothing_is_signed(full):
    shell = full
    before = in_store(shell, workspace(shell).session.documents.state)
    click(shell, "results-sign")
    click(shell, "publish-official")
    click(shell, "publish-sign")
    assert "คณะที่อนุมัติ" in named(shell, "publish-trouble").text()
    assert QApplication.focusWidget() is named(shell, "publish-body")

    approve(shell, day="30/6/2699")
    click(shell, "publish-sign")
    assert "ยังมาไม่ถึง" in named(shell, "publish-trouble").text()
    named(shell, "publish-date", QLineEdit).clear()
    write(shell, "publish-date", "31/2/2569")
    click(shell, "publish-sign")
    assert "ไม่ใช่วันที่" in named(shell, "publish-trouble").text()
    named(shell, "publish-passphrase", QLineEdit).setText("wrong")
    named(shell, "publish-date", QLineEdit).clear()
    write(shell, "publish-date", "30/6/2569")
    click(shell, "publish-sign")
    assert named(shell, "publish-passphrase-trouble").text()

    assert in_store(shell, workspace(shell).session.documents.state) == before


def test_official_results_are_taken_back_with_a_reason_only(full):
    shell = full
    approval = Approval(BODY, "3/2569", "2026-06-30")
    in_store(shell, lambda: workspace(shell).publishing.publish("practice", approval=approval))
    click(shell, "results-sign")
    assert there(shell, "publish-reversal") and BODY in visible_text(shell)
    click(shell, "publish-sign")
    assert QApplication.focusWidget() is named(shell, "publish-reason", QPlainTextEdit)

    write(shell, "publish-reason", "มติถูกเพิกถอน")
    click(shell, "publish-sign")

    assert in_store(shell, workspace(shell).publishing.outlook).state == "draft"
    click(shell, "publish-done")
    assert "ฉบับร่าง" in state(shell)


def test_results_that_changed_meanwhile_are_shown_anew_and_not_signed(full):
    shell = full
    click(shell, "results-sign")
    screen = shell.window.screen_now
    seen = in_store(shell, screen._read)
    lines = (replace(seen.outlook.lines[0], changed=True), *seen.outlook.lines[1:])
    screen.show_seen(Seen(replace(seen.outlook, lines=lines), ()))
    settle(shell)

    click(shell, "publish-sign")

    assert "ผลการประเมินเปลี่ยนไป" in named(shell, "publish-trouble").text()
    assert in_store(shell, workspace(shell).publishing.outlook).state == ""


def test_a_draft_is_signed_by_the_keyboard_alone(full):
    shell = full
    named(shell, "results-sign").setFocus(Qt.FocusReason.TabFocusReason)
    press(shell, "Return")
    assert QApplication.focusWidget() is named(shell, "publish-draft")
    for _step in range(20):
        if QApplication.focusWidget().objectName() == "publish-sign":
            break
        press(shell, "Tab")
    press(shell, "Return")

    assert QApplication.focusWidget() is named(shell, "publish-reports")
    assert in_store(shell, workspace(shell).publishing.outlook).state == "draft"
