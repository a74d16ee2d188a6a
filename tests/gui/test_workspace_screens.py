# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The own workspace as a whole, as a person uses it: overview, drafts between two laptops, mirror, closing."""

import os
import shutil
from dataclasses import replace
from datetime import date

import pytest
from committee import choose
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid
from windows import click, declare_here, in_store, named, on_screen, press, settle, there, workspace, write

from pmqa_desktop.domain.answers import Answer, IndicatorAnswer
from pmqa_desktop.services.evaluation.overview import DueDate
from pmqa_desktop.services.evaluation.scoring import DraftSheet
from pmqa_desktop.services.practice import PASSPHRASE
from ui.dialogs.ask import AskDialog
from ui.dialogs.choosing import Chooser
from ui.screens.workspace.spent import IDLE, TimeSpent
from ui.screens.workspace.words import due_told
from ui.shell import Shell
from ui.widgets.labels import WrapLabel

AGENCY = "moi-ops"
SECRET = "แม่น้ำ สามสาย ไหลลง"


def tab_to(shell, name, most=80):
    """Go to a widget by the Tab key alone, as somebody without a mouse does."""
    for _step in range(most):
        focused = QApplication.focusWidget()
        if focused is not None and focused.objectName() == name:
            return focused
        press(shell, "Tab")
    raise AssertionError(f"{name} is not reached by Tab from {shell.window.screen_now.objectName()}")


@pytest.fixture
def laptop(qapp, prepared_home, tmp_path):
    """Return a function that opens a window over a home of its own, in the practice round as an evaluator."""
    opened = []

    def make(home=prepared_home, chooser=None, role="evaluator"):
        shell = Shell(home, chooser=chooser or Chooser(folder=lambda _parent, _title: tmp_path))
        opened.append(shell)
        shell.routes.start()
        shell.window.show()
        shell.window.activateWindow()
        settle(shell)
        click(shell, f"role-{role}")
        click(shell, "begin-practice")
        return shell

    yield make
    for shell in opened:
        if isValid(shell.window):
            gone(shell)


def gone(shell):
    """Close a window as its close button does and let Qt delete it."""
    shell.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


@pytest.fixture
def other_home(prepared_home, tmp_path):
    """Return the home of another laptop, which has the practice round and nothing else."""
    home = tmp_path / "other-home"
    shutil.copytree(prepared_home / "practice" / "round", home / "practice" / "round")
    return home


# ---- overview -------------------------------------------------------------------------------------


def test_the_overview_is_worked_by_keys_alone(laptop):
    shell = laptop()
    assert on_screen(shell) == "overview-screen"
    assert QApplication.focusWidget().objectName() == "go-on"

    press(shell, "Space")
    assert on_screen(shell) == "declaration-screen"
    declare_here(shell)
    in_store(shell, lambda: workspace(shell).scoring.save_answer(AGENCY, "1.1", Answer(ticks=("1.1.B1",))))
    tab_to(shell, "to-overview")
    press(shell, "Space")

    assert on_screen(shell) == "overview-screen"
    assert "1.2" in named(shell, "go-on").accessibleName()
    tab_to(shell, f"missing-{AGENCY}-1.3")
    press(shell, "Space")
    assert on_screen(shell) == "scoring-screen"
    assert shell.window.screen_now.place().item == "1.3"


def test_the_overview_tells_what_lifts_the_agency_and_the_scoring_screen_does_not(laptop):
    shell = laptop()
    click(shell, "go-on")
    declare_here(shell)
    in_store(shell, lambda: workspace(shell).scoring.save_answer(AGENCY, "1.1", Answer(ticks=("1.1.B1",))))
    lift = in_store(shell, lambda: workspace(shell).overview.lift(AGENCY))
    assert not there(shell, f"lift-{AGENCY}")
    click(shell, "to-overview")

    assert not there(shell, f"lifts-{AGENCY}")
    click(shell, f"lift-{AGENCY}")
    told = [label.plain() for label in named(shell, f"lifts-{AGENCY}").findChildren(WrapLabel)]
    assert lift is not None and any("1.1" in line for line in told)
    click(shell, f"lift-{AGENCY}")
    assert not there(shell, f"lifts-{AGENCY}")


def test_time_counts_while_somebody_works_in_front_of_the_sheet(laptop):
    shell = laptop()
    click(shell, "go-on")
    declare_here(shell)
    now = [1000.0]
    shell.routes.work.spent = TimeSpent(shell.window, lambda: now[0])
    shell.tick()

    now[0] += 70
    shell.tick()
    assert in_store(shell, lambda: workspace(shell).overview.seconds(AGENCY)) == 70
    now[0] += IDLE  # nobody touched anything meanwhile
    shell.tick()
    QTest.keyClick(shell.window.windowHandle(), Qt.Key.Key_Shift)  # as the system sends it
    now[0] += 20
    shell.tick()
    assert in_store(shell, lambda: workspace(shell).overview.seconds(AGENCY)) == 90

    now[0] += 9
    click(shell, "to-overview")
    assert in_store(shell, lambda: workspace(shell).overview.seconds(AGENCY)) == 99
    now[0] += 9  # on the overview, and before the clock's next turn
    click(shell, f"open-{AGENCY}")
    now[0] += 4
    shell.tick()
    assert in_store(shell, lambda: workspace(shell).overview.seconds(AGENCY)) == 103

    now[0] += 7
    gone(shell)
    again = laptop()
    assert in_store(again, lambda: workspace(again).overview.seconds(AGENCY)) == 110


# ---- drafts on the move ---------------------------------------------------------------------------


def carry_by_keys(shell, folder):
    """Write a portable draft without a mouse, mistyping the passphrase once; return the file."""
    shell.routes.work.open_overview()
    settle(shell)
    tab_to(shell, "to-drafts")
    press(shell, "Space")
    assert on_screen(shell) == "drafts-screen"
    tab_to(shell, "carry-passphrase")
    write(shell, "carry-passphrase", SECRET)
    write(shell, "carry-passphrase-again", SECRET + "x")
    tab_to(shell, "change-folder")
    press(shell, "Space")
    tab_to(shell, "carry-go")
    press(shell, "Space")
    assert there(shell, "carry-passphrase-trouble") and not list(folder.glob("*.draft"))
    named(shell, "carry-passphrase-again").clear()
    write(shell, "carry-passphrase-again", SECRET + "\n")
    settle(shell)
    assert there(shell, "safe-to-remove")
    (draft,) = folder.glob("*.draft")
    return draft


def bring_by_keys(shell):
    """Open a draft without a mouse, mistyping the passphrase once."""
    tab_to(shell, "open-drafts")
    press(shell, "Space")
    tab_to(shell, "draft-act-0")
    press(shell, "Right")
    press(shell, "Space")
    tab_to(shell, "choose-draft")
    press(shell, "Space")
    write(shell, "draft-passphrase", "guess\n")
    settle(shell)
    assert there(shell, "draft-passphrase-trouble")
    named(shell, "draft-passphrase").clear()
    write(shell, "draft-passphrase", SECRET + "\n")
    settle(shell)


def test_a_draft_written_on_both_laptops_is_compared_and_taken_field_by_field_by_keys(
    laptop, prepared_home, other_home, tmp_path
):
    office = laptop()
    click(office, "go-on")
    declare_here(office)
    in_store(office, lambda: workspace(office).scoring.save_answer(AGENCY, "1.1", Answer(ticks=("1.1.B1",))))
    gone(office)
    shutil.copytree(prepared_home / "practice" / "evaluator", other_home / "practice" / "evaluator")

    hotel = laptop(other_home)
    assert there(hotel, "moved-here")

    def edit():
        desk = workspace(hotel).scoring
        desk.save_comment(AGENCY, "1.1", "ofi", "ที่โรงแรม")
        desk.save_answer(AGENCY, "1.1", Answer(ticks=("1.1.B2",)))
        desk.save_note(AGENCY, "1.2", "ถามตอนบ่าย")

    in_store(hotel, edit)
    draft = carry_by_keys(hotel, tmp_path)
    gone(hotel)

    office = laptop(chooser=replace(Chooser(), draft=lambda _parent: draft))
    assert not there(office, "moved-here")
    in_store(office, lambda: workspace(office).scoring.save_comment(AGENCY, "1.1", "ofi", "ที่ทำงาน"))
    bring_by_keys(office)

    assert on_screen(office) == "comparing-screen"
    assert "แก้ไขทั้งสองฝั่ง" in named(office, "relation").plain()
    # what only the file has is chosen; where both wrote, this laptop's stands until the person says otherwise
    assert named(office, "file-1.2-note").isChecked()
    assert named(office, "here-1.1-comment:ofi").isChecked() and named(office, "here-1.1-answer").isChecked()
    tab_to(office, "here-1.1-answer")
    press(office, "Right")
    assert named(office, "file-1.1-answer").isChecked()
    before = in_store(office, lambda: workspace(office).scoring.sheet(AGENCY))
    assert before.notes == {}
    tab_to(office, "take")
    press(office, "Space")

    assert there(office, "taken")
    sheet = in_store(office, lambda: workspace(office).scoring.sheet(AGENCY))
    assert sheet.answers["1.1"].ticks == ("1.1.B2",) and sheet.notes == {"1.2": "ถามตอนบ่าย"}
    assert sheet.comments["1.1", "ofi"] == "ที่ทำงาน"
    taken = in_store(office, lambda: workspace(office).session.drafts.history("sheet/taken", AGENCY))
    assert "ที่โรงแรม" in [edit.new for edit in taken]
    assert QApplication.focusWidget().objectName() == "open-taken"
    press(office, "Space")
    press(office, "Ctrl+Z")
    assert in_store(office, lambda: workspace(office).scoring.sheet(AGENCY)).notes == {}


def test_there_is_nothing_to_take_along_before_the_first_score(laptop):
    shell = laptop()
    click(shell, "to-drafts")
    assert not named(shell, "carry-go").isEnabled()
    click(shell, "draft-act-1")
    assert not named(shell, "bring-go").isEnabled()


# ---- the mirror -----------------------------------------------------------------------------------


def test_a_lost_laptop_is_restored_from_the_mirror(laptop, prepared_home, other_home, tmp_path):
    drive = tmp_path / "drive"
    drive.mkdir()
    shell = laptop(chooser=Chooser(folder=lambda _parent, _title: drive))
    click(shell, "go-on")
    declare_here(shell)
    assert not there(shell, "mirror-sign")
    in_store(shell, lambda: workspace(shell).scoring.save_answer(AGENCY, "1.1", Answer(ticks=("1.1.B1",))))
    click(shell, "to-overview")
    click(shell, "open-drafts")
    click(shell, "draft-act-2")
    click(shell, "change-folder")
    click(shell, "mirror-go")
    assert len(list(drive.glob("*.mirror"))) == 1 and there(shell, "mirror-sign")
    assert "สำเนาล่าสุด" in named(shell, "mirror-state").plain()
    in_store(shell, lambda: workspace(shell).scoring.save_note(AGENCY, "1.1", "ก่อนเครื่องหาย"))
    gone(shell)
    assert len(list(drive.glob("*.mirror"))) == 2
    newest = max(drive.glob("*.mirror"), key=lambda path: path.stat().st_mtime_ns)
    shutil.rmtree(prepared_home / "practice" / "evaluator")

    found = laptop(other_home, replace(Chooser(), draft=lambda _parent: newest))
    click(found, "to-drafts")
    click(found, "draft-act-1")
    click(found, "choose-draft")
    write(found, "mirror-passphrase", PASSPHRASE)
    click(found, "bring-go")
    assert "แฟ้มใหม่กว่า" in named(found, "relation").plain()
    assert "1" in named(found, "signed-told").plain()
    click(found, "take")
    assert not there(found, "signed-told")
    # the declaration came back with the draft: it is not asked for again, and the papers open
    click(found, "open-taken")
    assert in_store(found, lambda: workspace(found).scoring.declaration(AGENCY)) == "no_conflict"
    assert named(found, "point-1.1.B1").isChecked()
    assert in_store(found, lambda: workspace(found).scoring.sheet(AGENCY)).notes == {"1.1": "ก่อนเครื่องหาย"}


def test_a_drive_that_is_away_is_told_quietly_and_the_copy_goes_on_when_it_is_back(laptop, tmp_path):
    drive = tmp_path / "drive"
    drive.mkdir()
    shell = laptop(chooser=Chooser(folder=lambda _parent, _title: drive))
    click(shell, "go-on")
    declare_here(shell)
    in_store(shell, lambda: workspace(shell).scoring.save_note(AGENCY, "1.1", "ก"))
    click(shell, "to-overview")
    click(shell, "open-drafts")
    click(shell, "draft-act-2")
    click(shell, "change-folder")
    click(shell, "mirror-go")
    drive.rename(tmp_path / "away")
    click(shell, "mirror-now")

    assert "ใช้ไดรฟ์" in named(shell, "mirror-state").plain()
    assert "ใช้ไดรฟ์" in named(shell, "mirror-sign").accessibleName()
    click(shell, "language")
    assert "cannot be used" in named(shell, "mirror-sign").accessibleName()
    click(shell, "language")
    (tmp_path / "away").rename(drive)
    click(shell, "mirror-now")
    assert "สำเนาล่าสุด" in named(shell, "mirror-state").plain()
    click(shell, "mirror-off")
    assert not there(shell, "mirror-sign") and list(drive.glob("*.mirror"))


# ---- another window, another computer -------------------------------------------------------------


def _open_real(shell, practice):
    """Open the pack into a workspace that the start screen lists."""
    screen = shell.window.screen_now
    screen.set_pack(practice / "packs" / "expert-2.pmqa")
    screen.set_key(practice / "keys" / "expert-2.key")
    write(shell, "pack-passphrase", PASSPHRASE)
    click(shell, "open-pack")
    click(shell, "skip-comparing")


def test_a_second_window_is_told_and_opens_once_the_first_is_closed(open_window, practice_round):
    first, second = open_window(), open_window()
    _open_real(first, practice_round)
    second.routes.start()
    settle(second)

    click(second, "recent-0")
    assert on_screen(second) == "start-screen" and there(second, "open-again")
    first.routes.start()
    settle(first)
    gone(first)
    click(second, "open-again")
    assert on_screen(second) == "overview-screen"


def test_another_computers_claim_is_taken_over_only_on_purpose(open_window, practice_round, monkeypatch):
    shell = open_window()
    _open_real(shell, practice_round)
    claim = workspace(shell).path.with_name("workspace.db.open")
    shell.routes.start()
    settle(shell)
    claim.write_text('{"host":"OFFICE-PC","pid":1,"since":"2026-05-08T03:42:00Z"}', encoding="utf-8")

    asked = []
    monkeypatch.setattr(
        AskDialog, "exec", lambda dialog: asked.append(dialog.windowTitle()) or dialog.safe.click() or 0
    )
    click(shell, "recent-0")
    assert "OFFICE-PC" in " ".join(child.accessibleName() for child in shell.window.screen_now.trouble.children()
                                   if hasattr(child, "accessibleName"))  # fmt: skip
    click(shell, "take-over")
    assert on_screen(shell) == "start-screen" and len(asked) == 1

    monkeypatch.setattr(AskDialog, "exec", lambda dialog: dialog.other.click() or dialog.result())
    click(shell, "take-over")
    assert on_screen(shell) == "overview-screen"
    assert str(os.getpid()) in claim.read_text(encoding="utf-8")


def test_a_register_that_was_copied_is_told_to_the_secretariat(laptop, prepared_home, other_home, no_unexpected_dialog):
    gone(laptop(role="secretariat"))
    assert no_unexpected_dialog == []
    shutil.copytree(prepared_home / "practice" / "secretariat", other_home / "practice" / "secretariat")

    shell = laptop(other_home, role="secretariat")

    assert on_screen(shell) == "registry"
    assert no_unexpected_dialog == ["พื้นที่งานนี้คัดลอกมาจากเครื่องอื่น"]
    no_unexpected_dialog.clear()


# ---- closing --------------------------------------------------------------------------------------


def _sign_all_of(shell):
    def work():
        desk = workspace(shell).scoring
        items = workspace(shell).round.criteria.edition.items
        desk.fill(AGENCY, DraftSheet({item.code: _answer(item) for item in items}))
        desk.keep_notices(AGENCY, "ตั้งใจ")
        desk.sign(AGENCY, PASSPHRASE)

    in_store(shell, work)


def _answer(item):
    if item.kind == "indicators":
        return Answer(indicators=tuple(IndicatorAnswer(code=one.code, result="88") for one in item.indicators))
    return Answer(ticks=tuple(sorted(point.id for point in item.points)))


def test_the_round_is_closed_on_purpose_and_the_record_can_be_read(laptop, monkeypatch):
    shell = laptop()
    click(shell, "go-on")
    declare_here(shell)
    _sign_all_of(shell)
    folder = workspace(shell).path.parent
    click(shell, "to-overview")
    click(shell, "close-round")
    assert on_screen(shell) == "closing-screen"
    assert not named(shell, "close-here").isEnabled()
    write(shell, "closing-word", "ซ้อมปิดรอบ")

    asked = []
    monkeypatch.setattr(
        AskDialog, "exec", lambda dialog: asked.append(dialog.windowTitle()) or dialog.safe.click() or 0
    )
    click(shell, "close-here")
    assert asked and on_screen(shell) == "closing-screen" and (folder / "pack.pmqa").exists()

    monkeypatch.setattr(AskDialog, "exec", lambda dialog: dialog.other.click() or dialog.result())
    click(shell, "close-here")
    assert on_screen(shell) == "closed-screen" and not (folder / "pack.pmqa").exists()
    click(shell, "record-0")
    assert (folder / "record" / f"{AGENCY}.pdf").exists() and shell.window.screen_now.pane.reader.pages >= 1

    click(shell, "to-start")
    click(shell, "begin-practice")
    assert on_screen(shell) == "closed-screen"
    click(shell, "practise-anew")
    assert on_screen(shell) == "overview-screen" and (folder / "pack.pmqa").exists()


def test_unsigned_work_is_named_before_closing(laptop):
    shell = laptop()
    click(shell, "go-on")
    declare_here(shell)
    in_store(shell, lambda: workspace(shell).scoring.save_note(AGENCY, "1.1", "ยังไม่ลงนาม"))
    click(shell, "to-overview")
    click(shell, "close-round")

    click(shell, "sign-first")
    assert on_screen(shell) == "signing-screen"


def test_the_start_screen_tells_that_a_round_is_closed_here(open_window, practice_round):
    shell = open_window()
    _open_real(shell, practice_round)
    in_store(shell, lambda: workspace(shell).closing.close("จบงาน"))
    shell.routes.start()
    settle(shell)

    assert "เปิดดูบันทึก" in named(shell, "recent-0").text()
    click(shell, "recent-0")
    assert on_screen(shell) == "closed-screen"


# ---- backups --------------------------------------------------------------------------------------


def test_the_secretariat_backs_the_register_up_and_puts_it_back(open_window, practice_round, chosen_folder):
    shell = open_window()
    click(shell, "role-secretariat")
    click(shell, "begin-practice")
    choose(shell, "registry-backup")
    click(shell, "change-folder")
    write(shell, "backup-passphrase", "guess\n")
    settle(shell)
    assert there(shell, "backup-passphrase-trouble")
    named(shell, "backup-passphrase").clear()
    write(shell, "backup-passphrase", PASSPHRASE + "\n")
    settle(shell)
    assert there(shell, "backup-tried")
    (backup,) = chosen_folder.glob("*.backup")
    click(shell, "backup-back")
    assert on_screen(shell) == "registry"

    shell.routes.start()
    settle(shell)
    click(shell, "restore-backup")
    restoring = shell.window.screen_now.act
    assert not restoring.button.isEnabled()
    restoring.backup, restoring.key = backup, practice_round / "keys" / "secretariat.key"
    write(shell, "restore-passphrase", PASSPHRASE)
    click(shell, "restore-go")
    assert there(shell, "restored")
    click(shell, "open-restored")
    assert on_screen(shell) == "registry"
    assert workspace(shell).path.parent.parent.name == "workspaces"


def test_a_practice_round_tells_its_old_dates_without_alarm():
    long_ago = DueDate("scoresheet", date(2021, 8, 2), -1900)
    assert (due_told(long_ago).ink, due_told(long_ago, rehearsal=True).ink) == ("warn", "text2")
    assert due_told(long_ago, rehearsal=True).words != due_told(long_ago).words
