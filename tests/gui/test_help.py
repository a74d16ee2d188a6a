# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The help by keyboard: it opens at the page of the screen, is searched, and leaves the work as it was."""

from pdf_reading import page_texts
from PySide6.QtWidgets import QApplication
from windows import click, declare_here, named, on_screen, press, there, write


def _focus():
    return QApplication.focusWidget().objectName()


def _page(shell):
    return named(shell, "help").code


def test_f1_opens_the_page_of_the_screen_and_escape_leads_back(evaluator):
    click(evaluator, "declare-tie_told")
    typed = "declaration-words"
    write(evaluator, typed, "ครึ่งคำ")

    press(evaluator, "F1")
    assert _page(evaluator) == "first-day"
    assert _focus() == "help-contents"
    assert not there(evaluator, typed)
    press(evaluator, "Escape")

    assert not there(evaluator, "help")
    assert on_screen(evaluator) == "declaration-screen"
    assert _focus() == typed
    assert named(evaluator, typed).toPlainText() == "ครึ่งคำ"


def test_keys_of_the_screen_rest_while_the_help_is_open(evaluator):
    declare_here(evaluator)
    screen = evaluator.window.screen_now

    press(evaluator, "F1")
    press(evaluator, "Alt+Down")
    press(evaluator, "Ctrl+4")

    assert screen.place().item == "1.1"
    press(evaluator, "F1")
    assert there(evaluator, "item-after")
    press(evaluator, "Alt+Down")
    assert screen.place().item == "1.2"


def test_pages_are_searched_and_turned_by_keyboard(evaluator):
    press(evaluator, "F1")

    press(evaluator, "Ctrl+F")
    write(evaluator, "help-search", "แฟลชไดรฟ์")
    assert there(evaluator, "help-count")
    press(evaluator, "Return")
    press(evaluator, "End")
    assert _page(evaluator) == "signing"
    assert named(evaluator, "help-page").extraSelections()
    named(evaluator, "help-search").clear()
    press(evaluator, "Up")
    assert _page(evaluator) == "nothing-lost"
    press(evaluator, "F6")
    assert _focus() == "help-page"


def test_a_link_leads_to_its_page(evaluator):
    press(evaluator, "F1")
    view = named(evaluator, "help-page")
    view.setFocus()

    press(evaluator, "Tab", view)
    press(evaluator, "Return", view)

    assert _page(evaluator) == "scoring"


def test_nothing_found_in_the_help_is_told(evaluator):
    press(evaluator, "F1")
    press(evaluator, "Ctrl+F")

    write(evaluator, "help-search", "ไม่มีคำนี้")

    assert "ไม่พบ" in named(evaluator, "help-count").text()


def test_the_language_changes_while_the_help_is_open(evaluator):
    click(evaluator, "help-button")
    click(evaluator, "language")

    assert named(evaluator, "help").title == "An evaluator's first day"
    press(evaluator, "Escape")
    assert on_screen(evaluator) == "declaration-screen"


def test_the_whole_help_is_saved_as_a_pdf_in_the_language_of_the_window(evaluator, chosen_folder):
    press(evaluator, "F1")

    press(evaluator, "Ctrl+P")

    path = chosen_folder / "PMQA-help-th.pdf"
    assert path.name in named(evaluator, "help-told").plain()
    pages = page_texts(path.read_bytes())
    first = "".join(pages[0].split())
    assert "สารบัญ" in first and "คู่มือการใช้โปรแกรม" in first
    number = next(n for n, text in enumerate(pages, 1) if n > 1 and "ผู้ตรวจประเมินวันแรก" in "".join(text.split()))
    assert f"วันแรกของผู้ตรวจประเมิน{number}" in first
    press(evaluator, "Escape")
    assert on_screen(evaluator) == "declaration-screen"


def test_a_folder_that_cannot_be_written_is_told_in_the_help(evaluator, chosen_folder):
    chosen_folder.rmdir()
    chosen_folder.write_bytes(b"a file in the place of the folder")
    press(evaluator, "F1")

    click(evaluator, "help-save")

    assert "ไม่ได้" in named(evaluator, "help-told").plain()
    assert chosen_folder.read_bytes() == b"a file in the place of the folder"
