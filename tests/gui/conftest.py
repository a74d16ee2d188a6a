# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The window for tests: over a copy of one practice round, offscreen, without unexpected dialogs or stray windows."""

import shutil

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from shiboken6 import isValid
from windows import click, settle

from ui import theme
from ui.dialogs.choosing import Chooser


@pytest.fixture(autouse=True)
def no_unexpected_dialog(monkeypatch):
    """Fail a test in which a dialog opens that nobody asked for."""
    opened = []
    monkeypatch.setattr(QDialog, "exec", lambda dialog: opened.append(dialog.windowTitle()) or 0)
    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(QFileDialog, name, lambda *args, name=name: opened.append(name) or ("", ""))
    yield opened
    assert not opened, opened


@pytest.fixture(autouse=True)
def plain_look(qapp):
    """Start every test in light colours and at 100 %: the appearance is that of the process, whoever set it last."""
    if theme.is_dark() or theme.percent() != 100:
        theme.apply(qapp)


@pytest.fixture(autouse=True)
def nothing_left(qapp):
    """Fail a test after which parts of screens live on that belong to no window: they would pile up in forty hours."""
    for one in QApplication.topLevelWidgets():
        one.deleteLater()  # of tests in other folders
    settle_app()
    yield
    settle_app()
    left = [one for one in QApplication.topLevelWidgets() if one.parent() is None]
    names = [one.objectName() or (type(one).__name__, getattr(one, "text", str)()) for one in left]
    for one in left:
        one.deleteLater()
    assert not names, f"closed or never shown, and still there: {names}"


@pytest.fixture
def prepared_home(home, practice_round):
    """Return a home folder that has the practice round already."""
    shutil.copytree(practice_round, home / "practice" / "round")
    return home


@pytest.fixture(scope="session")
def everything(tmp_path_factory, practice_round):
    """Return a registry's folder into which all files of the practice round were imported."""
    home = tmp_path_factory.mktemp("register-home")
    shutil.copytree(practice_round, home / "practice" / "round")
    from pmqa_desktop.app import App

    workspace = App(home).practice_workspace("secretariat")
    workspace.exchange.import_paths([practice_round / "clear"])
    workspace.close()
    return home / "practice" / "secretariat"


@pytest.fixture
def chosen_folder(tmp_path):
    """Return the folder that every question for a folder is answered with."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def open_window(qapp, prepared_home, chosen_folder):
    """Return a function that opens the window over the prepared home; every window is closed at the end."""
    from ui.shell import Shell

    opened = []

    def make(begin=lambda shell: shell.routes.start()):
        chooser = Chooser(folder=lambda _parent, _title: chosen_folder)
        shell = Shell(prepared_home, chooser=chooser)
        opened.append(shell)
        begin(shell)
        shell.window.show()
        shell.window.activateWindow()
        settle(shell)
        return shell

    yield make
    windows = [one.objectName() for one in QApplication.topLevelWidgets() if one.isVisible()]
    for shell in opened:
        if isValid(shell.window):
            close(shell)
    assert windows == ["window"], windows


def close(shell):
    """Close a window as its close button does and wait for its threads."""
    shell.close()
    settle_app()


def settle_app():
    """Let Qt delete what was closed."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


@pytest.fixture
def evaluator(open_window):
    """Return the window with the practice round open as an evaluator, at the declaration of the first agency."""
    shell = open_window()
    click(shell, "begin-practice")
    click(shell, "go-on")
    return shell


@pytest.fixture
def restart(open_window):
    """Return a function that closes a window and opens the practice round again in a new one."""

    def again(shell):
        close(shell)
        new = open_window()
        click(new, "begin-practice")
        click(new, "open-moi-ops")
        return new

    return again
