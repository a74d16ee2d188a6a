# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A half filled form stays so when language, text size or colours change: every field of every such screen."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from windows import click, named, settle

from ui.shots import LAST_SCENES, SCENES, Look, stage

FORMS = {
    "evaluator": ("words-remarks", "words-find", "declaration", "scoring-comments", "scoring-results",
                  "reader-evidence", "signing", "closing"),
    "chair": ("panel-item", "panel-indicators", "themes", "endorsement"),
    "secretariat": ("packs-later", "roster-seat", "roster-chair", "roster-due", "roster-names", "roster-agency-words",
                    "roster-lost", "roster-close", "fork-settling", "publish", "board-conflict"),
    "nobody": ("key-make", "key-enrolled", "first-roster", "setup-basics", "setup-criteria", "setup-people",
               "setup-agencies-paste", "setup-panels", "setup-dates"),
}  # fmt: skip
"""Scenes with something to type, by who works there."""
LINE, LINES = "12", "ทดสอบ\nสองบรรทัด"
OTHERWISE = {"declaration": "declare-recused"}
"""What brings the fields up first."""
MOVING = ("page-number", "preview-number")
"""Fields that show a page and not what was typed."""


def _fields(shell):
    """Return the fields that a person can type into now, by name and order."""
    found = {}
    for kind in (QLineEdit, QPlainTextEdit):
        for one in shell.window.screen_now.findChildren(kind):
            secret = kind is QLineEdit and one.echoMode() is not QLineEdit.EchoMode.Normal
            usable = one.isVisibleTo(shell.window.screen_now) and one.isEnabled() and not one.isReadOnly()
            name = one.objectName()
            if usable and not secret and name and not name.startswith("qt_") and name not in MOVING:
                count = sum(key[0] == name for key in found)
                found[name, count] = one
    return found


def _type(field, text):
    field.setFocus()
    field.selectAll()
    for letter in text:
        key = Qt.Key.Key_Return if letter == "\n" else Qt.Key(0)
        QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, letter))


def _text(field):
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _there(shell, name):
    """Return the texts of all fields of this name, also where a narrow window shows another tab."""
    return [_text(one) for kind in (QLineEdit, QPlainTextEdit) for one in shell.window.findChildren(kind, name)]


def _fill(shell):
    """Type into every field; a form may bring up others, or be built anew, while one types."""
    for key in list(_fields(shell)):
        field = _fields(shell).get(key)
        if field is not None:
            _type(field, LINE if isinstance(field, QLineEdit) else LINES)
            QApplication.processEvents()
    settle(shell)


@pytest.mark.parametrize("who", FORMS)
def test_nothing_typed_is_lost_when_the_window_looks_otherwise(qapp, who):
    scenes = {scene.name: scene for scene in (*SCENES, *LAST_SCENES)}
    lost = {}
    with stage(quick=True) as made:
        shell = made.shell
        for name in FORMS[who]:
            made.look(Look("th", 100, dark=False))
            made.play(scenes[name])
            if name in OTHERWISE:
                click(shell, OTHERWISE[name])
            _fill(shell)
            typed = {key: _text(one) for key, one in _fields(shell).items()}
            assert typed, name
            for change in (lambda: shell.window.set_language("en"), lambda: shell.window.set_scale(125)):
                change()
                settle(shell)
            missing = [(field, text) for (field, _count), text in typed.items() if text not in _there(shell, field)]
            if missing:
                lost[name] = missing

    assert lost == {}


def test_the_cursor_stays_where_one_writes(qapp):
    scenes = {scene.name: scene for scene in SCENES}
    with stage(quick=True) as made:
        shell = made.shell
        made.look(Look("th", 100, dark=False))
        made.play(scenes["scoring-comments"])
        field = named(shell, "comment-ofi")
        field.setFocus()
        cursor = field.textCursor()
        cursor.setPosition(7)
        field.setTextCursor(cursor)

        shell.window.set_language("en")
        settle(shell)

        focused = QApplication.focusWidget()
        assert (focused.objectName(), focused.textCursor().position()) == ("comment-ofi", 7)
