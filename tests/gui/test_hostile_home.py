# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The window over a home folder that is new, cannot be written or holds broken files: it opens and tells it."""

import pytest
from windows import click, on_screen, settle, there

from pmqa_desktop.log import stop_log
from pmqa_desktop.settings import Settings
from ui import run
from ui.shell import Shell


@pytest.fixture
def begun(qapp):
    """Return a function that starts the window over a home folder as the program does; closed at the end."""
    opened = []

    def make(home):
        shell = Shell(home)
        opened.append(shell)
        shell.start()
        shell.window.show()
        settle(shell)
        return shell

    yield make
    for shell in opened:
        shell.close()
        settle(shell)


@pytest.fixture
def blocked(tmp_path):
    """Return a home folder in which nothing can be made, for root neither: a file stands in its place."""
    (tmp_path / "file").write_bytes(b"")
    return tmp_path / "file" / "home"


@pytest.fixture
def thrown(monkeypatch):
    """Collect what reaches the last resort of the program."""
    found = []
    monkeypatch.setattr("sys.excepthook", lambda _kind, error, _trace: found.append(error))
    return found


def test_the_first_start_on_a_new_laptop_meets_no_error(begun, thrown, tmp_path):
    shell = begun(tmp_path / "บ้าน ใหม่ ของฉัน")
    assert on_screen(shell) == "start-screen"
    assert there(shell, "begin-practice") and not there(shell, "recent-0")
    assert not thrown


def test_a_choice_that_cannot_be_kept_is_told_and_holds_until_the_end(begun, thrown, blocked, monkeypatch):
    told = []
    monkeypatch.setattr("ui.errors.tell", lambda _parent, title, text: told.append((title, text)))
    shell = begun(blocked)
    click(shell, "scale-125")
    assert shell.settings.text_scale == 125 != Settings().text_scale
    assert len(told) == 1 and not thrown
    click(shell, "scale-100")


def test_the_program_starts_where_no_log_can_be_written(qapp, thrown, blocked, monkeypatch):
    monkeypatch.setenv("PMQA_HOME", str(blocked))
    monkeypatch.setattr(run, "install_crash_dialog", lambda: None)
    shells = []
    monkeypatch.setattr(run, "Shell", lambda home: shells.append(Shell(home)) or shells[-1])
    monkeypatch.setattr("PySide6.QtWidgets.QApplication.exec", lambda *_: settle(shells[0]) or 0)
    try:
        assert run.run_window([]) == 0
        assert shells[0].window.isVisible() and on_screen(shells[0]) == "start-screen"
        assert not thrown
    finally:
        stop_log()
        for shell in shells:
            shell.close()


def test_drafts_that_cannot_be_read_are_named(begun, thrown, tmp_path):
    for name, data in (("half", b"{"), ("noise", bytes(range(256))), ("deep", b"[" * 200_000)):
        (tmp_path / "home" / "rounds" / name).mkdir(parents=True)
        (tmp_path / "home" / "rounds" / name / "draft.json").write_bytes(data)
    (tmp_path / "home" / "settings.json").write_bytes(b'{"text_scale": [')
    shell = begun(tmp_path / "home")
    click(shell, "my-rounds")
    assert on_screen(shell) == "rounds-screen"
    assert all(there(shell, f"remove-draft-{number}") for number in range(3))
    assert not thrown
