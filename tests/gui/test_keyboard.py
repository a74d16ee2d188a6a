# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A whole sheet without the mouse: every step goes to whatever has the cursor, as the keys of a keyboard do."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from windows import in_store, on_screen, settle, there, workspace

from ui import shortcuts, theme
from ui.dialogs.ask import AskDialog

AGENCY = "moi-ops"


def focused():
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the cursor"
    return widget


def at():
    return focused().objectName()


def keys(*sequences):
    for one in sequences:
        QTest.keySequence(focused(), one)
        QApplication.processEvents()


def typed(text):
    """Type letter by letter where the cursor is."""
    widget = focused()
    for letter in text:
        for event in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(event, 0, Qt.KeyboardModifier.NoModifier, letter))


def tab_to(name, most=60):
    """Press Tab until the cursor is on the part with this name (or name's end, given as `*end`)."""
    for _step in range(most):
        keys("Tab")
        if at() == name or (name.startswith("*") and at().endswith(name[1:])):
            return
    raise AssertionError(f"{name} is not reached by Tab, the cursor is on {at()}")


@pytest.fixture
def declared(open_window):
    """Return the window at the first item, come there by keys alone."""
    shell = open_window()
    assert at() == "begin-practice"
    keys("Space")
    settle(shell)
    assert on_screen(shell) == "overview-screen"
    if at() != "go-on":
        tab_to("go-on")
    keys("Space")
    settle(shell)
    assert on_screen(shell) == "declaration-screen" and at() == "declare-no_conflict"
    keys("Space")
    tab_to("sign-declaration")
    keys("Space")
    assert on_screen(shell) == "scoring-screen"
    return shell


def _in_view():
    """Tell whether what has the cursor lies inside the scrolled part around it."""
    widget = focused()
    area = widget.parentWidget()
    while not isinstance(area, QScrollArea):
        area = area.parentWidget()
    place = QRect(widget.mapTo(area.viewport(), QPoint()), widget.size())
    return area.viewport().rect().contains(place)


def _answer(item, shell):
    """Answer the item at hand, whatever its kind, and link the page on screen to one point."""
    if item.kind == "checklist":
        points = [point.id for point in item.points]
        assert at() == f"point-{points[0]}"
        for point in points:
            assert at() == f"point-{point}"
            assert _in_view(), point
            keys("Space", "Down")
        keys("Ctrl+L")
    else:
        for indicator in item.indicators:
            if at() != f"indicator-{indicator.code}-result":
                tab_to(f"indicator-{indicator.code}-result")
            typed("92.5")
        keys("Return", "Ctrl+L")


def _answer_remarks(shell):
    """Keep every remark with the word that is offered."""
    lines = shell.window.screen_now.notices.lines
    for line in lines:
        if not line.tick.isChecked():
            if focused() is not line.tick:
                tab_to(line.tick.objectName())
            keys("Space")
            settle(shell)


def test_a_whole_sheet_is_scored_signed_and_exported_by_the_keyboard_alone(declared, chosen_folder):
    shell = declared
    items = workspace(shell).round.criteria.edition.items
    for number, item in enumerate(items):
        assert shell.window.screen_now.place().item == item.code
        _answer(item, shell)
        keys("Ctrl+Shift+1")
        typed(f"จุดแข็งของหัวข้อ {item.code}: ที่นี่มีน้ำใจ ฐุ ญู")
        keys("Ctrl+Return")
        if number % 10 == 9:
            settle(shell)
    settle(shell)

    sheet = in_store(shell, lambda: workspace(shell).scoring.sheet(AGENCY))
    assert set(sheet.answers) == {item.code for item in items}
    assert {one.item for one in sheet.evidence} == {item.code for item in items}
    assert sheet.comments["7.6", "strength"].startswith("จุดแข็งของหัวข้อ 7.6: ที่นี่มีน้ำใจ")
    assert on_screen(shell) == "signing-screen"
    _answer_remarks(shell)
    if at() != "read-all":
        tab_to("read-all")
    keys("Space")
    tab_to("change-folder")
    keys("Space")
    tab_to("sign-sheet")
    keys("Space")
    settle(shell)

    assert there(shell, "safe-to-remove")
    (file,) = chosen_folder.glob("*.pmqa")
    report = in_store(shell, lambda: workspace(shell).exchange.import_paths([file]))
    assert [one.outcome for one in report.files] == ["known"]


def test_panes_are_cycled_there_and_back_and_each_takes_the_cursor(declared):
    shell, screen = declared, declared.window.screen_now

    def pane():
        here = screen.panes
        panes = {
            "rail": here.rail, "tabs": here.tabs, "items": here.items, "points": here.editor.answer,
            "comments": here.editor.comments, "dock": here.dock,
        }  # fmt: skip
        return next(name for name, one in panes.items() if one is focused() or one.isAncestorOf(focused()))

    order = [pane()]
    for _step in range(6):
        keys("F6")
        order.append(pane())
    back = [pane()]
    for _step in range(6):
        keys("Shift+F6")
        back.append(pane())

    assert order == ["points", "comments", "dock", "rail", "tabs", "items", "points"]
    assert back == order[::-1]
    settle(shell)


def test_every_category_field_and_note_has_its_key(declared):
    screen = declared.window.screen_now

    for category in range(1, 8):
        keys(f"Ctrl+{category}")
        assert screen.place().item.startswith(f"{category}.")
    for number, kind in enumerate(("strength", "ofi", "recommendation", "site_visit_issue"), 1):
        keys(f"Ctrl+Shift+{number}")
        assert at() == f"comment-{kind}"
    keys("Ctrl+Shift+5")
    assert at() == "private-note"
    keys("F8")
    assert isinstance(focused(), QWidget) and screen.panes.editor.answer.isAncestorOf(focused())
    keys("Alt+Up")
    assert screen.place().item == "6.4"
    keys("Ctrl+Tab")
    assert screen.place().item.startswith("7.")


THAI_KEYS = (
    ("/", False, 2, "item 2"), ("-", False, 3, "item 3"), ("ภ", False, 4, "item 4"), ("1", False, 1, "item 1"),
    ("+", True, 1, "comment-strength"), ("๑", True, 2, "comment-ofi"), ("๔", True, 5, "private-note"),
)  # fmt: skip
"""What the Thai layout gives for a digit's key, alone and with Shift, and where the key leads."""


def test_digits_work_on_the_thai_layout_where_their_keys_give_other_signs(declared):
    handle, screen = declared.window.windowHandle(), declared.window.screen_now
    handle.installEventFilter(shortcuts.DigitKeys(declared.window, 10))
    control, both = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

    for sign, shift, digit, place in THAI_KEYS:
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            held = control | both if shift else control
            event = QKeyEvent(kind, ord(sign), held, 9 + digit, ord(sign), 0, sign)
            event.ignore()
            QApplication.sendEvent(handle, event)
            assert event.isAccepted()
        assert place in (at(), f"item {screen.place().item[0]}")

    assert theme.percent() == 100


def test_other_keys_pass_by_the_digits_keys(declared):
    handle = declared.window.windowHandle()
    handle.installEventFilter(shortcuts.DigitKeys(declared.window, 10))
    keys("Ctrl+Shift+1")

    for scan, held in ((12, Qt.KeyboardModifier.NoModifier), (60, Qt.KeyboardModifier.ControlModifier)):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, ord("-"), held, scan, ord("-"), 0, "-")
        event.ignore()
        QApplication.sendEvent(handle, event)
        QApplication.sendEvent(handle, QKeyEvent(QEvent.Type.KeyPress, ord("-"), held, scan, ord("-"), 0, "-"))

    assert declared.window.screen_now.panes.editor.comments.fields["strength"].toPlainText() == "-"


def test_enter_presses_the_button_that_has_the_cursor_and_once_only_while_it_is_held(open_window):
    shell = open_window()
    assert at() == "begin-practice"
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True)

    QApplication.sendEvent(focused(), held)
    assert on_screen(shell) == "start-screen"
    keys("Return")
    assert on_screen(shell) == "overview-screen"
    keys("Return")
    assert on_screen(shell) == "declaration-screen"
    keys("Return")
    assert on_screen(shell) == "declaration-screen" and not focused().isChecked()


def test_the_cursor_stays_on_its_part_while_the_text_is_made_larger(declared):
    keys("Ctrl+Shift+2", "Ctrl++", "Ctrl++")
    settle(declared)
    assert (at(), theme.percent()) == ("comment-ofi", 125)

    for percent in (110, 100):
        declared.window.bar.findChild(QWidget, "text-smaller").setFocus()
        keys("Return")
        settle(declared)
        assert (at(), theme.percent()) == ("text-smaller", percent)


@pytest.mark.parametrize(("answer", "steps"), [("Rejected", ()), ("Accepted", ("Tab",))])
def test_enter_gives_the_answer_that_has_the_cursor_in_a_question(qtbot, answer, steps):
    asked = AskDialog(None, "?", "", "safe", "other")
    qtbot.addWidget(asked)
    with qtbot.waitActive(asked):
        asked.show()
        asked.activateWindow()

    keys(*steps, "Return")

    assert asked.result() == AskDialog.DialogCode[answer].value
    assert not asked.isVisible()
