# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Driving the window as a person does: by object name, with clicks and keys."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def settle(shell):
    """Let all work come to its end and everything be laid out."""
    for _round in range(4):
        shell.tasks.finish()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def named(shell, name, kind=QWidget):
    """Return the one widget of this object name that is not on its way out."""
    found = [one for one in shell.window.findChildren(kind, name) if one.isVisibleTo(shell.window)]
    assert found, f"no widget {name} on {shell.window.screen_now.objectName()}"
    return found[-1]


def there(shell, name):
    """Tell whether a widget of this object name can be seen."""
    return any(one.isVisibleTo(shell.window) for one in shell.window.findChildren(QWidget, name))


def click(shell, name):
    """Press a button, tick or tab by the mouse."""
    widget = named(shell, name)
    assert widget.isEnabled(), f"{name} cannot be pressed"
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    settle(shell)


def write(shell, name, text):
    """Put the cursor into a field and type; any script, letter by letter."""
    widget = named(shell, name)
    widget.setFocus()
    for letter in text:
        key = Qt.Key.Key_Return if letter == "\n" else Qt.Key(0)
        for event in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(event, key, Qt.KeyboardModifier.NoModifier, letter))
    QApplication.processEvents()


def press(shell, keys, widget=None):
    """Press a combination of keys such as `Alt+Down` in the window."""
    target = widget or QApplication.focusWidget() or shell.window
    QTest.keySequence(target, keys)
    settle(shell)


def on_screen(shell):
    """Return the object name of the screen that is shown."""
    settle(shell)
    return shell.window.screen_now.objectName()


def workspace(shell):
    """Return the open workspace."""
    return shell.routes.desk.workspace


def in_store(shell, work):
    """Run `work` where the workspace lives and return its result."""
    got = []
    shell.tasks.store(work, got.append)
    shell.tasks.finish()
    return got[0]


def declare_here(shell, choice="no_conflict", words=""):
    """Sign the declaration that is on the screen."""
    click(shell, f"declare-{choice}")
    if words:
        write(shell, "declaration-words", words)
    click(shell, "sign-declaration")
