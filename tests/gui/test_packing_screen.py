# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The secretariat packs in the window, and an evaluator opens what came out of it in another."""

import pytest
from committee import choose
from made_papers import pdf
from windows import click, in_store, named, on_screen, press, settle, there, workspace, write

from pmqa_desktop.app import App
from pmqa_desktop.services.practice import PASSPHRASE
from ui.widgets.labels import Label


@pytest.fixture
def desk(open_window, chosen_folder):
    """The window at the packs, as the secretariat."""
    shell = open_window()
    click(shell, "role-secretariat")
    click(shell, "begin-practice")
    choose(shell, "registry-packs")
    assert on_screen(shell) == "packing-screen"
    click(shell, "change-folder")
    return shell


def agencies(shell):
    return [one.agency for one in workspace(shell).round.roster.agencies]


def words(shell):
    return " ".join(one.text() for one in shell.window.screen_now.findChildren(Label) if one.isVisibleTo(shell.window))


def lines(shell):
    seats = dict.fromkeys(seat.seat for panel in workspace(shell).round.roster.panels for seat in panel.seats)
    return {seat: named(shell, f"seat-{seat}").accessibleName() for seat in seats}


def read_folder(shell, folder):
    shell.window.screen_now.papers.read_folder(folder)
    settle(shell)


def write_packs(shell):
    """Agree to agencies without papers where that is asked, then write."""
    if there(shell, "packs-without-papers"):
        assert not named(shell, "write-packs").isEnabled()
        click(shell, "packs-without-papers")
    click(shell, "write-packs")


def test_all_packs_are_written_and_a_seat_opens_its_own(desk, tmp_path, chosen_folder, prepared_home):
    first, second, third = agencies(desk)
    folder = tmp_path / "papers"
    paper = pdf(folder / first / "รายงาน.pdf", pages=2, mark="1")
    pdf(folder / second / "a.pdf", mark="2")
    (folder / second / "old.docx").write_bytes(b"PK")
    read_folder(desk, folder)
    assert f"{second}/old.docx" in words(desk)
    assert "2" in named(desk, f"papers-of-{first}").parentWidget().accessibleName()

    write_packs(desk)

    written = sorted(chosen_folder.glob("PMQA-*.pmqa"))
    assert len(written) == len(lines(desk)) and there(desk, "packs-safe")
    assert all(any(path.name in line for path in written) for line in lines(desk).values())
    listed = {seat: path for seat, line in lines(desk).items() for path in written if path.name in line}
    key = prepared_home / "practice" / "round" / "keys" / "expert-1.key"
    laptop = App(tmp_path / "laptop").open_pack(listed["expert-1"], key, PASSPHRASE)
    try:
        laptop.scoring.declare(first, "no_conflict", "", PASSPHRASE)
        (told,) = laptop.scoring.papers(first)
        assert (told.name, told.pages) == ("รายงาน", 2)
        assert laptop.scoring.paper_bytes(first, told.digest) == paper.read_bytes()
        assert laptop.scoring.papers(third) == ()
    finally:
        laptop.close()

    click(desk, "pack-letters")
    letters = sorted(path.name for path in chosen_folder.glob("letter-*.pdf"))
    assert letters == sorted(f"letter-{seat}.pdf" for seat in listed)
    assert (chosen_folder / "hand-over.csv").exists()


def test_agencies_without_papers_are_named_and_agreed_to_before_anything_is_written(desk, tmp_path, chosen_folder):
    every = agencies(desk)
    shown = {one.agency: one.short_th for one in workspace(desk).round.roster.agencies}
    assert all(name in words(desk) for name in shown.values()) and not named(desk, "write-packs").isEnabled()
    click(desk, "packs-without-papers")
    assert named(desk, "write-packs").isEnabled()

    desk.window.screen_now.papers.read_files(every[0], (pdf(tmp_path / "a.pdf"),))
    settle(desk)
    told = named(desk, "packs-bare").findChildren(Label)
    assert shown[every[0]] not in " ".join(one.text() for one in told)
    assert not named(desk, "write-packs").isEnabled(), "what was agreed to holds for the agencies it named"

    for agency in every[1:]:
        desk.window.screen_now.papers.read_files(agency, (pdf(tmp_path / f"{agency}.pdf", mark=agency),))
        settle(desk)
    assert not there(desk, "packs-bare") and named(desk, "write-packs").isEnabled()
    assert list(chosen_folder.iterdir()) == []


def test_a_typed_passphrase_does_not_stay_in_its_field(desk):
    desk.window.screen_now.fill_passphrase("")
    write(desk, "pack-passphrase", PASSPHRASE)
    write_packs(desk)
    assert there(desk, "packs-safe") and named(desk, "pack-passphrase").text() == ""


def test_another_sending_asks_for_a_reason(desk, tmp_path, chosen_folder):
    first = agencies(desk)[0]
    write_packs(desk)
    named(desk, "to-registry").click()
    settle(desk)
    choose(desk, "registry-packs")
    click(desk, "change-folder")
    assert not named(desk, "write-packs").isEnabled() and not there(desk, "pack-reason")

    desk.window.screen_now.papers.read_files(first, (pdf(tmp_path / "late.pdf"),))
    settle(desk)
    assert not named(desk, "write-packs").isEnabled()
    write(desk, "pack-reason", "เอกสารเพิ่มเติม")
    write_packs(desk)

    facts = in_store(desk, lambda: [f for f in workspace(desk).session.facts().values() if f.kind == "assignment"])
    assert {fact.seq for fact in facts} == {1, 2}


def test_a_wrong_passphrase_is_told_at_the_field_and_nothing_is_written(desk, chosen_folder):
    named(desk, "pack-passphrase").setText("guess")
    write_packs(desk)
    assert named(desk, "pack-passphrase-trouble").text() and list(chosen_folder.iterdir()) == []
    assert named(desk, "pack-passphrase").hasFocus()


def test_papers_that_are_no_pdf_are_told_and_change_nothing(desk, tmp_path):
    broken = tmp_path / "ไม่ใช่.pdf"
    broken.write_bytes(b"PK")
    desk.window.screen_now.papers.read_files(agencies(desk)[0], (broken,))
    settle(desk)
    assert "ไม่ใช่.pdf" in words(desk) and desk.window.screen_now.papers.given == {}


def test_stopping_leaves_whole_packs_and_says_what_is_missing(desk, chosen_folder, monkeypatch):
    seats = list(lines(desk))
    progress = desk.tasks.progress()

    def report(done, of, seat):
        if seat == seats[1]:
            progress.cancel()

    monkeypatch.setattr(desk.tasks, "progress", lambda: progress)
    progress._report = report
    write_packs(desk)

    (whole,) = chosen_folder.iterdir()
    assert whole.name in lines(desk)[seats[0]]
    assert not any(whole.name in lines(desk)[seat] for seat in seats[1:])
    assert named(desk, "packs-outcome").findChild(type(named(desk, "packs-safe"))) is not None


def test_a_drive_that_is_gone_is_told_in_words(desk, chosen_folder):
    desk.window.screen_now.writing.folder.set_folder(chosen_folder / "gone")
    write_packs(desk)
    assert "gone" in words(desk) and list(chosen_folder.iterdir()) == []
    assert not in_store(desk, lambda: [f for f in workspace(desk).session.facts().values() if f.kind == "assignment"])


def test_the_papers_stay_when_the_text_grows(desk, tmp_path):
    first = agencies(desk)[0]
    desk.window.screen_now.papers.read_files(first, (pdf(tmp_path / "a.pdf"),))
    settle(desk)
    desk.window.set_scale(150)
    settle(desk)
    assert [one.path.name for one in desk.window.screen_now.papers.given[first]] == ["a.pdf"]


def test_everything_can_be_reached_by_the_keyboard(desk):
    seen = set()
    for _step in range(40):
        focused = desk.window.focusWidget()
        seen.add(focused.objectName() if focused else "")
        if focused is not None and focused.objectName() == "packs-without-papers":
            press(desk, "Space")
        press(desk, "Tab")
    assert {
        "papers-folder",
        f"papers-of-{agencies(desk)[0]}",
        "pack-passphrase",
        "change-folder",
        "write-packs",
    } <= seen
