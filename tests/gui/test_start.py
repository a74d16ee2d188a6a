# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The start screen: open, go on, practise, and a text size that can be read."""

import shutil
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget
from windows import click, named, on_screen, settle, there, workspace, write

from pmqa_desktop.services.practice import PASSPHRASE
from pmqa_desktop.settings import read_settings
from ui import theme


def _choose(shell, practice, seat="expert-2"):
    screen = shell.window.screen_now
    screen.set_pack(practice / "packs" / f"{seat}.pmqa")
    screen.set_key(practice / "keys" / f"{seat}.key")


def test_practice_as_evaluator_begins_with_all_work_and_goes_on_to_the_first_declaration(open_window):
    shell = open_window()

    click(shell, "role-evaluator")
    click(shell, "begin-practice")
    assert on_screen(shell) == "overview-screen"

    click(shell, "go-on")
    assert on_screen(shell) == "declaration-screen"
    assert there(shell, "rehearsal-pill")
    assert workspace(shell).round.rehearsal


def test_text_size_is_kept_for_the_next_start(open_window, prepared_home):
    shell = open_window()

    click(shell, "scale-150")

    assert theme.percent() == 150
    assert read_settings(prepared_home).text_scale == 150
    assert named(shell, "begin-practice").font().pixelSize() == 27


def test_language_button_words_everything_in_english_and_back(open_window):
    shell = open_window()
    thai = named(shell, "begin-practice").text()

    click(shell, "language")
    english = named(shell, "begin-practice").text()
    click(shell, "language")

    assert english == "Begin to practise"
    assert thai != english
    assert named(shell, "begin-practice").text() == thai


def test_a_pack_opens_with_its_key_and_passphrase(open_window, practice_round):
    shell = open_window()
    _choose(shell, practice_round)
    assert not named(shell, "open-pack").isEnabled()

    write(shell, "pack-passphrase", PASSPHRASE)
    click(shell, "open-pack")
    click(shell, "skip-comparing")

    assert on_screen(shell) == "overview-screen"
    assert workspace(shell).me.person == "expert-2"


def test_the_only_key_of_the_laptop_is_chosen_already(open_window, practice_round, prepared_home):
    shutil.copytree(
        practice_round / "keys", prepared_home / "keys", ignore=shutil.ignore_patterns("[!e]*", "*-[13].key")
    )
    shell = open_window()

    shell.window.screen_now.set_pack(practice_round / "packs" / "expert-2.pmqa")
    write(shell, "pack-passphrase", PASSPHRASE)
    click(shell, "open-pack")

    assert on_screen(shell) == "first-roster-screen"


def test_a_chair_who_has_not_scored_begins_at_the_own_work_and_is_led_there_from_the_panel(open_window, practice_round):
    shell = open_window()
    _choose(shell, practice_round, "chair")
    write(shell, "pack-passphrase", PASSPHRASE)
    click(shell, "open-pack")
    click(shell, "skip-comparing")
    assert on_screen(shell) == "overview-screen"

    click(shell, "to-panels")
    click(shell, "open-sample-dept")
    assert on_screen(shell) == "declaration-screen"
    assert named(shell, "agency-sample-dept").isChecked()

    click(shell, "to-panels")
    shell.window.screen_now.panel_opened.emit("sample-office")
    settle(shell)
    click(shell, "gate-own-sheet")
    assert named(shell, "agency-sample-office").isChecked()


def test_a_wrong_passphrase_is_told_and_opens_nothing(open_window, practice_round, prepared_home):
    shell = open_window()
    _choose(shell, practice_round)

    write(shell, "pack-passphrase", "not this one")
    click(shell, "open-pack")

    assert on_screen(shell) == "start-screen"
    assert shell.window.screen_now.trouble.body.count() > 0
    assert not (prepared_home / "workspaces").exists()


def test_the_pack_of_somebody_else_is_refused(open_window, practice_round):
    shell = open_window()
    shell.window.screen_now.set_pack(practice_round / "packs" / "expert-1.pmqa")
    shell.window.screen_now.set_key(practice_round / "keys" / "expert-2.key")

    write(shell, "pack-passphrase", PASSPHRASE)
    click(shell, "open-pack")

    assert on_screen(shell) == "start-screen"
    assert shell.window.screen_now.trouble.body.count() > 0


def test_work_goes_on_from_the_list_of_known_workspaces(open_window, practice_round):
    shell = open_window()
    _choose(shell, practice_round)
    write(shell, "pack-passphrase", PASSPHRASE)
    click(shell, "open-pack")
    click(shell, "skip-comparing")
    shell.routes.start()
    settle(shell)

    click(shell, "recent-0")

    assert on_screen(shell) == "overview-screen"


def test_the_window_is_painted_before_services_and_other_screens_are_loaded(tmp_path):
    script = (
        "import sys; from pathlib import Path; from ui.shell import Shell\n"
        "shell = Shell(Path(sys.argv[1])); shell.start(); shell.window.show(); shell.window.repaint()\n"
        "print(sorted(one for one in sys.modules if one.startswith(('pmqa_desktop.services', 'ui.screens.'))))\n"
        "[shell.application.processEvents() for _turn in range(3)]; shell.tasks.finish()\n"
        "print('ui.routes' in sys.modules); shell.close()"
    )

    ran = subprocess.run(
        [sys.executable, "-c", script, tmp_path],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert ran.stdout.splitlines() == ["['ui.screens.base', 'ui.screens.start']", "True"]


def test_known_workspaces_come_in_where_room_was_kept_and_what_is_typed_stays(open_window, practice_round):
    before = open_window()
    _choose(before, practice_round)
    write(before, "pack-passphrase", PASSPHRASE)
    click(before, "open-pack")
    click(before, "skip-comparing")
    before.close()

    shell = open_window(begin=lambda shell: shell.start())
    shell.front.open()
    height = named(shell, "start-screen").sizeHint().height()
    assert there(shell, "recent-awaited-0") and not named(shell, "recent-awaited-0").isEnabled()
    write(shell, "pack-passphrase", "half")
    shell.routes.read_recent(shell.front.fill)
    settle(shell)

    assert named(shell, "start-screen").sizeHint().height() == height
    assert named(shell, "pack-passphrase").text() == "half"
    click(shell, "recent-0")
    assert on_screen(shell) == "overview-screen"


def test_a_workspace_that_cannot_be_read_gives_its_room_back(open_window, prepared_home):
    broken = prepared_home / "workspaces" / "one" / "workspace.db"
    broken.parent.mkdir(parents=True)
    broken.write_bytes(b"not a database" * 100)

    shell = open_window(begin=lambda shell: shell.start())

    assert on_screen(shell) == "start-screen"
    assert not there(shell, "recent-awaited-0") and not there(shell, "recent-0")
    assert QApplication.focusWidget() is named(shell, "begin-practice")


def test_every_button_has_a_name_and_says_what_it_is(open_window):
    shell = open_window()

    from PySide6.QtWidgets import QAbstractButton, QLineEdit

    silent = [
        one
        for kind in (QAbstractButton, QLineEdit)
        for one in shell.window.findChildren(kind)
        if isinstance(one, QWidget) and not (one.objectName() and one.accessibleName())
    ]
    assert not silent


def test_the_first_practice_round_shows_its_steps_can_be_stopped_and_begins_anew(open_window, prepared_home):
    rest = prepared_home / "practice" / "round"
    (rest / "complete").unlink()
    (rest / "roster.pmqa").unlink()
    shell = open_window()
    screen = shell.window.screen_now
    seen = []

    def stop(done, of, _what):
        if of and not seen:
            seen.append((done, of, screen.stop_button.isVisibleTo(shell.window)))
            screen.stop_button.click()

    shell.tasks.stepped.connect(stop)
    click(shell, "begin-practice")

    assert seen == [(0, 15, True)]
    assert on_screen(shell) == "start-screen"
    assert named(shell, "begin-practice").isEnabled()
    assert not there(shell, "stop-practice")
    assert not (rest / "complete").exists()
