# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What the tests of the committee's screens share: opening a role, menus, the words on screen."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from windows import click, settle

from ui.dialogs.choosing import Chooser


def practise(shell, role, folder, files=()):
    """Open the practice round in a role; questions for folders, names and files are answered."""
    shell.routes._chooser = Chooser(
        files=lambda _parent: tuple(files),
        folder=lambda _parent, _title: folder,
        save=lambda _parent, _title, name: folder / name,
    )
    click(shell, f"role-{role}")
    click(shell, "begin-practice")
    settle(shell)
    return shell


def choose(shell, action):
    """Choose an entry of a menu."""
    found = list(shell.window.screen_now.findChildren(QAction, action))
    if not found:
        found = shell.window.findChildren(QAction, action)
    assert found, f"no menu entry {action}"
    found[-1].trigger()
    settle(shell)


def visible_text(shell):
    """Return all words that are seen or spoken on the screen."""
    words = []
    for widget in shell.window.screen_now.findChildren(QWidget):
        if widget.isVisibleTo(shell.window):
            words += [str(widget.property("text") or ""), widget.accessibleName()]
    return "\n".join(words).replace("\u200b", "")
