# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The chair writes the key themes; what is typed is kept, goes into the consensus, and is read before endorsing."""

import shutil

import pytest
from committee import practise, visible_text
from windows import click, in_store, named, settle, there, workspace, write

from pmqa_desktop.app import App
from ui.screens.panel.themes import ThemesScreen
from ui.widgets.inputs import Writing

AGENCY = "sample-dept"
STRENGTH = "ใช้ข้อมูลร่วมกันข้ามกอง"
OFI = "ยังเทียบผลไม่ครบทุกกระบวนการ"


@pytest.fixture(scope="session")
def ready(tmp_path_factory, practice_round):
    """Return a chair's workspace folder in which one agency is revealed and every item settled."""
    home = tmp_path_factory.mktemp("themes-home")
    shutil.copytree(practice_round, home / "practice" / "round")
    desk = App(home).practice_workspace("chair")
    names = (f"*-{AGENCY}.pmqa",)
    desk.exchange.import_paths([path for name in names for path in sorted((practice_round / "clear").glob(name))
                                if not path.name.startswith(("consensus", "endorsement", "result"))])  # fmt: skip
    desk.panel.settle_agreed(AGENCY)
    for row in desk.panel.matrix(AGENCY).rows:
        item = desk.panel.item(AGENCY, row.item)
        if not row.is_settled:
            desk.panel.settle(AGENCY, row.item, item.proposal, "ตามหลักฐาน")
    desk.panel.adopt(AGENCY, "1.1", "ofi", OFI)
    desk.close()
    return home / "practice" / "chair"


@pytest.fixture
def themes(open_window, prepared_home, ready, chosen_folder):
    """Return the window at the key themes of the agency."""
    shutil.copytree(ready, prepared_home / "practice" / "chair")
    shutil.copyfile(ready.parents[1] / "laptop", prepared_home / "laptop")
    shell = practise(open_window(), "chair", chosen_folder)
    shell.routes._committee().open_summary(AGENCY)
    settle(shell)
    click(shell, "summary-themes")
    assert isinstance(shell.window.screen_now, ThemesScreen)
    return shell


def _kept(shell):
    return in_store(shell, lambda: workspace(shell).panel.themes(AGENCY)).written


def test_themes_are_written_moved_and_removed(themes):
    assert "ยังไม่ได้เขียน" in visible_text(themes)
    click(themes, "theme-new-strength")
    write(themes, "theme-strength-1", STRENGTH)
    click(themes, "theme-new-strength")
    write(themes, "theme-strength-2", "ข้อสอง")
    click(themes, "theme-up-strength-2")
    assert _kept(themes) == {"strength": ("ข้อสอง", STRENGTH), "ofi": ()}

    click(themes, "theme-drop-strength-1")
    assert _kept(themes)["strength"] == (STRENGTH,)
    click(themes, "theme-back-strength")
    assert _kept(themes)["strength"] == (STRENGTH, "ข้อสอง")
    assert not there(themes, "theme-back-strength")


def test_a_theme_begins_with_a_text_on_an_item(themes):
    click(themes, "theme-take-ofi-0")

    assert named(themes, "theme-ofi-1", Writing).toPlainText() == OFI
    assert named(themes, "theme-ofi-1", Writing).hasFocus()
    assert _kept(themes)["ofi"] == (OFI,)


def test_what_is_typed_is_kept_when_one_leaves_and_is_there_again(themes):
    click(themes, "theme-new-ofi")
    named(themes, "theme-ofi-1", Writing).setPlainText(OFI)
    click(themes, "themes-back")
    assert _kept(themes)["ofi"] == (OFI,)

    click(themes, "summary-themes")
    assert named(themes, "theme-ofi-1", Writing).toPlainText() == OFI


def test_what_is_typed_is_kept_after_a_pause(themes):
    click(themes, "theme-new-ofi")
    screen = themes.window.screen_now
    named(themes, "theme-ofi-1", Writing).setPlainText(OFI)
    assert screen._pause.isActive()
    screen._pause.timeout.emit()
    settle(themes)
    assert _kept(themes)["ofi"] == (OFI,)


def test_signing_tells_of_the_themes_and_a_reader_sees_them(themes):
    click(themes, "themes-back")
    click(themes, "summary-sign")
    assert "ยังไม่ได้เขียนประเด็นสำคัญ" in visible_text(themes)
    click(themes, "sign-themes")
    click(themes, "theme-new-strength")
    write(themes, "theme-strength-1", STRENGTH)
    click(themes, "themes-back")
    click(themes, "summary-sign")
    assert "เขียนแล้ว 1 ข้อ" in visible_text(themes)

    desk = workspace(themes)
    in_store(themes, lambda: desk.panel.sign(AGENCY, desk.practice_passphrase))
    themes.routes._committee().open_endorsement(AGENCY)
    settle(themes)
    assert f"จุดแข็ง: {STRENGTH}" in visible_text(themes)
