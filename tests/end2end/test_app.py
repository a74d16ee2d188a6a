# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The composition: opening packs and workspaces, and the practice round in each role."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from pmqa_desktop.app import App
from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.errors import Expected
from pmqa_desktop.sync.keys import change_passphrase


@pytest.fixture
def app(practice, tmp_path):
    """An app whose practice round is made already."""
    folder = tmp_path / "home" / "practice" / "round"
    shutil.copytree(practice, folder)
    return App(tmp_path / "home")


def test_the_evaluator_starts_undeclared_and_finds_the_work_again(app):
    first = app.practice_workspace("evaluator")
    assert {work.declaration for work in first.scoring.agencies()} == {""}
    first.scoring.declare("moi-ops", "no_conflict", "", first.practice_passphrase)
    first.scoring.save_answer("moi-ops", "1.1", Answer(ticks=("1.1.B1",)))
    first.close()

    again = app.practice_workspace("evaluator")

    assert again.scoring.sheet("moi-ops").answers["1.1"].ticks == ("1.1.B1",)
    again.close()


def test_papers_open_from_the_sealed_pack_after_the_declaration_only(app):
    workspace = app.practice_workspace("evaluator")
    paper = workspace.scoring.papers("moi-ops")[0]
    with pytest.raises(Expected) as caught:
        workspace.scoring.paper_bytes("moi-ops", paper.digest)
    assert caught.value.code == "declare-first"

    workspace.scoring.declare("moi-ops", "no_conflict", "", workspace.practice_passphrase)
    data = workspace.scoring.paper_bytes("moi-ops", paper.digest)

    assert data.startswith(b"%PDF") and len(data) == paper.bytes
    assert b"%PDF" not in (workspace.path.parent / "pack.pmqa").read_bytes()
    workspace.session.lock()
    with pytest.raises(Expected) as locked:
        workspace.scoring.paper_bytes("moi-ops", paper.digest)
    assert locked.value.code == "key-locked"
    workspace.close()


def test_the_chair_imports_reveals_settles_signs_and_exports(app, tmp_path):
    chair = app.practice_workspace("chair")
    assert {agency.blocked for agency in chair.panel.agencies()} == {None}
    report = chair.exchange.import_paths(sorted((chair.practice_folder / "sheets").glob("*-moi-ops.pmqa")))
    assert [one.outcome for one in report.files] == ["known", "new", "new", "new"]

    chair.panel.reveal("moi-ops", chair.practice_passphrase)
    chair.panel.settle_agreed("moi-ops")
    for row in chair.panel.matrix("moi-ops").rows:
        if not row.is_settled:
            chair.panel.settle("moi-ops", row.item, chair.panel.item("moi-ops", row.item).proposal, "หารือแล้ว")
    chair.panel.sign("moi-ops", chair.practice_passphrase)
    written = chair.exchange.export("consensus", "moi-ops", tmp_path)

    assert written.path.exists() and written.sealed and written.documents == 2
    assert "moi-ops" not in written.path.name and "chair" not in written.path.name
    chair.close()


def test_the_secretariat_imports_everything_in_any_order_and_again(app):
    office = app.practice_workspace("secretariat")
    office.unlock(office.practice_passphrase)
    folders = [office.practice_folder / name for name in ("endorsements", "consensus", "sheets")]

    first = office.exchange.import_paths(folders)
    second = office.exchange.import_paths(reversed(folders))

    assert {one.outcome for one in first.files} == {"new"}
    assert {one.outcome for one in second.files} == {"known"}
    assert first.state == second.state
    assert office.registry.board().received == 15 and office.registry.results().complete
    office.close()


def test_a_pack_of_another_seat_is_refused_and_leaves_nothing(app, practice, tmp_path):
    key = practice / "keys" / "expert-1.key"

    with pytest.raises(Expected) as caught:
        app.open_pack(practice / "packs" / "expert-2.pmqa", key, "practice")

    assert caught.value.code == "not-for-this-key"
    assert not (app.home / "workspaces").exists()


def test_recent_lists_opened_packs_and_passes_over_damage(app, practice):
    opened = app.open_pack(practice / "packs" / "expert-1.pmqa", practice / "keys" / "expert-1.key", "practice")
    opened.close()
    broken = app.home / "workspaces" / "broken" / "workspace.db"
    broken.parent.mkdir()
    broken.write_bytes(b"not a database at all" * 100)

    assert [(one.person, one.rehearsal) for one in app.recent()] == [("expert-1", True)]


def test_one_window_at_a_time_and_the_list_of_workspaces_stays_whole(app, practice):
    key = practice / "keys" / "expert-1.key"
    first = app.open_pack(practice / "packs" / "expert-1.pmqa", key, "practice")
    assert not first.moved

    with pytest.raises(Expected) as caught:
        App(app.home).open_workspace(first.path)
    assert caught.value.code == "workspace-open-elsewhere" and caught.value.fields["here"]
    assert [one.path for one in app.recent()] == [first.path]

    first.close()
    again = app.open_workspace(first.path)
    assert not again.moved
    again.close()
    assert sorted(one.name for one in first.path.parent.iterdir()) == ["own.key", "pack.pmqa", "workspace.db"]


def test_a_copy_on_another_laptop_is_told_once_and_edits_under_an_own_device(app, practice, tmp_path):
    key = practice / "keys" / "expert-1.key"
    here = app.open_pack(practice / "packs" / "expert-1.pmqa", key, "practice")
    here.scoring.declare("moi-ops", "no_conflict", "", "practice")
    here.scoring.save_answer("moi-ops", "1.1", Answer())
    here.close()
    copied = tmp_path / "copied"
    shutil.copytree(here.path.parent, copied)
    other = App(tmp_path / "elsewhere")

    there = other.open_workspace(copied / "workspace.db")
    assert there.moved
    there.scoring.save_answer("moi-ops", "1.2", Answer())
    devices = {edit.device for edit in there.session.drafts.history("sheet", "moi-ops")}
    assert len(devices) == 2
    assert [entry.action for entry in there.session.audit.entries()].count("moved-to-another-laptop") == 1
    there.close()
    again = other.open_workspace(copied / "workspace.db")
    assert not again.moved
    again.close()


def test_a_workspace_that_could_not_be_got_ready_can_be_opened_again(app, practice):
    pack, key = practice / "packs" / "expert-1.pmqa", practice / "keys" / "expert-1.key"
    first = app.open_pack(pack, key, "practice")
    first.close()
    kept = first.path.with_name("own.key")
    kept.write_bytes(change_passphrase(kept.read_bytes(), "practice", "another"))

    with pytest.raises(Expected) as caught:
        app.open_pack(pack, key, "practice")

    assert caught.value.code == "wrong-passphrase"
    again = app.open_workspace(first.path)
    again.unlock("another")
    again.close()


def test_closing_a_workspace_mirrors_it_and_closing_the_round_leaves_the_own_record(app, tmp_path):
    drive = tmp_path / "drive"
    drive.mkdir()
    first = app.practice_workspace("evaluator")
    first.scoring.declare("moi-ops", "no_conflict", "", "practice")
    first.mirror.choose(drive)
    first.scoring.save_answer("moi-ops", "1.1", Answer(ticks=("1.1.B1",)))
    assert first.overview.agencies()[0].work.scored == 1
    first.close()
    (mirrored,) = drive.iterdir()

    again = app.practice_workspace("evaluator")
    assert [one.relation for one in again.mirror.compare(mirrored).agencies if one.agency == "moi-ops"] == ["same"]
    assert again.closing.plan().unsigned == ("moi-ops",)
    again.closing.close("ซ้อมปิดรอบ")
    again.close()
    assert list(drive.iterdir()) == [] and not (again.path.parent / "pack.pmqa").exists()

    closed = app.practice_workspace("evaluator")
    assert closed.closing.closed_on and closed.scoring.sheet("moi-ops").answers == {}
    with pytest.raises(Expected) as caught:
        closed.exchange.import_paths([closed.practice_folder / "sheets"])
    assert caught.value.code == "round-closed-here"
    assert closed.scoring.agencies()[0].declaration == "no_conflict"
    closed.close()


def test_an_idle_key_is_dropped_when_the_window_gives_the_workspace_its_turn(app):
    workspace = app.practice_workspace("evaluator")
    workspace.unlock(workspace.practice_passphrase)
    workspace.tick()
    assert workspace.session.is_unlocked

    later = datetime.now(UTC) + timedelta(hours=2)
    workspace.session.clock = lambda: later
    workspace.tick()

    assert not workspace.session.is_unlocked
    workspace.close()
