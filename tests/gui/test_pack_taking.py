# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""An evaluator takes a later pack in, opens papers of a large one, and stops what takes long."""

from dataclasses import replace

import pytest
from made_papers import pdf
from windows import click, declare_here, in_store, named, on_screen, settle, there, workspace, write

from pmqa_desktop.app import App
from pmqa_desktop.services.packing.paper_files import read_papers
from pmqa_desktop.services.practice import PASSPHRASE
from ui import paper_routes
from ui.dialogs.choosing import Chooser
from ui.widgets.labels import Label

SEAT = "expert-2"


@pytest.fixture
def later(practice_round, tmp_path):
    """A second pack of the evaluator's seat: a registry that knows the first assignment, and one more paper."""
    key = practice_round / "keys" / "secretariat.key"
    office = App(tmp_path / "office").open_registry(practice_round / "roster.pmqa", key, tmp_path / "register")
    try:
        office.unlock(PASSPHRASE)
        seat = App(tmp_path / "seat").open_pack(
            practice_round / "packs" / f"{SEAT}.pmqa", practice_round / "keys" / f"{SEAT}.key", PASSPHRASE
        )
        kinds = ("assignment", "papers")
        sent = [one for one in seat.session.facts().values() if one.kind in kinds]
        office.session.store_signed(seat.session.documents.admitted([one.digest for one in sent]), "import")
        seat.close()
        agency = next(iter(office.round.agencies))
        given = read_papers({agency: (pdf(tmp_path / "เพิ่มเติม.pdf", pages=2, padding=400_000),)})
        folder = tmp_path / "sent"
        folder.mkdir()
        report = office.packing.write(given, folder, reason="เอกสารเพิ่มเติม", seats=(SEAT,))
        return report.lines[0].files[0].path
    finally:
        office.close()


def choosing(shell, *files):
    """Answer every question for files."""
    chooser = replace(shell.routes._chooser, files=lambda _parent: files)
    assert isinstance(chooser, Chooser)
    shell.routes._chooser = chooser


def words(shell):
    return " ".join(one.text() for one in shell.window.screen_now.findChildren(Label) if one.isVisibleTo(shell.window))


def take(shell, pack):
    choosing(shell, pack)
    click(shell, "to-add-pack")
    assert on_screen(shell) == "add-pack-screen"
    click(shell, "add-pack-file")
    click(shell, "add-pack-go")


def test_a_later_pack_joins_the_workspace_in_the_window(evaluator, later):
    agency = workspace(evaluator).round.roster.agencies[0].agency
    before = in_store(evaluator, lambda: workspace(evaluator).scoring.papers(agency))

    take(evaluator, later)
    assert later.name in named(evaluator, "add-pack-screen").window().screen_now.name._text
    click(evaluator, "add-pack-done")

    after = in_store(evaluator, lambda: workspace(evaluator).scoring.papers(agency))
    assert [one.name for one in after] == ["เพิ่มเติม"] and after != before
    declare_here(evaluator)
    assert evaluator.routes.reader.paper == after[0] and evaluator.routes.reader.pages == 2

    take(evaluator, later)
    folder = workspace(evaluator).path.parent
    assert {path.name for path in folder.glob("*.pmqa")} == {"pack.pmqa", "pack-2.pmqa"}
    assert not list(folder.glob("pmqa-private-*"))


def test_a_pack_of_another_seat_is_told_and_nothing_is_taken(evaluator, practice_round):
    take(evaluator, practice_round / "packs" / "expert-1.pmqa")

    assert there(evaluator, "add-pack-outcome") and not there(evaluator, "add-pack-done")
    folder = workspace(evaluator).path.parent
    assert [path.name for path in folder.glob("*.pmqa")] == ["pack.pmqa"]


def test_a_wrong_passphrase_is_told_at_the_field(evaluator, later):
    choosing(evaluator, later)
    click(evaluator, "to-add-pack")
    click(evaluator, "add-pack-file")
    named(evaluator, "add-pack-passphrase").setText("")
    assert not named(evaluator, "add-pack-go").isEnabled()
    write(evaluator, "add-pack-passphrase", "guess")
    click(evaluator, "add-pack-go")
    assert named(evaluator, "add-pack-passphrase-trouble").text()


def test_a_large_pack_that_is_read_can_be_stopped_and_opened_after_all(evaluator, monkeypatch):
    monkeypatch.setattr(paper_routes, "WORTH_A_WORD", 0)
    reads = []
    free = evaluator.tasks.free

    def held(work, done, failed, owner):
        """Hand the work in only when the test lets it go, so that there is time to press the button."""
        progress = evaluator.tasks.progress()
        reads.append(lambda: free(lambda _own: work(progress), done, failed, owner))
        return progress

    monkeypatch.setattr(evaluator.tasks, "free", held)
    declare_here(evaluator)
    assert there(evaluator, "paper-stop") and evaluator.routes.reader.paper is None

    click(evaluator, "paper-stop")
    reads.pop()()
    settle(evaluator)
    assert evaluator.routes.reader.paper is None and there(evaluator, "paper-again")

    monkeypatch.setattr(evaluator.tasks, "free", free)
    click(evaluator, "paper-again")
    assert evaluator.routes.reader.pages > 0 and not there(evaluator, "paper-again")


def test_writing_can_be_stopped_and_leaves_nothing_on_the_drive(evaluator, chosen_folder, monkeypatch):
    click(evaluator, "declare-recused")
    write(evaluator, "declaration-words", "เคยปฏิบัติงานที่นั่น")
    click(evaluator, "sign-declaration")
    click(evaluator, "change-folder")
    progress = evaluator.tasks.progress()
    progress.cancel()
    with monkeypatch.context() as patch:
        patch.setattr(evaluator.tasks, "progress", lambda: progress)
        click(evaluator, "write-file")
    assert list(chosen_folder.iterdir()) == [] and not there(evaluator, "safe-to-remove")
    assert named(evaluator, "write-file").hasFocus()

    click(evaluator, "write-file")
    assert len(list(chosen_folder.iterdir())) == 1 and there(evaluator, "safe-to-remove")
