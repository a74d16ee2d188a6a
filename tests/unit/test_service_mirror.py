# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The mirror on another drive: when it is written, that it is sealed, takes turns, and brings the drafts back."""

import shutil
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laptops import PASSPHRASE, SmallRound
from refusals import refused

from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.services.safekeeping.mirror import LONGEST_WAIT, QUIET, MirrorSchedule, MirrorService
from pmqa_desktop.services.safekeeping.portable import PortableService

START = datetime(2026, 5, 1, tzinfo=UTC)


def at(seconds):
    return START + timedelta(seconds=seconds)


# ---- the schedule ---------------------------------------------------------------------------------


def test_a_quiet_minute_after_the_last_edit_makes_it_due():
    schedule = MirrorSchedule()
    assert not schedule.due(at(1000)) and not schedule.pending
    schedule.edited(at(0))
    schedule.edited(at(50))
    assert schedule.pending and not schedule.due(at(109))
    assert schedule.due(at(110))
    schedule.wrote()
    assert not schedule.due(at(9999)) and not schedule.pending


def test_a_failure_waits_a_minute_before_the_next_attempt():
    schedule = MirrorSchedule()
    schedule.edited(at(0))
    schedule.failed(at(60))
    assert not schedule.due(at(119))
    assert schedule.due(at(120))


@given(st.lists(st.integers(1, 59), min_size=20, max_size=60))
def test_who_types_without_a_pause_is_mirrored_every_ten_minutes(pauses):
    schedule, now, unmirrored = MirrorSchedule(), START, START
    for pause in pauses:
        if not schedule.pending:
            unmirrored = now
        schedule.edited(now)
        now += timedelta(seconds=pause)
        if schedule.due(now):
            assert now - unmirrored >= LONGEST_WAIT
            schedule.wrote()
        else:
            assert now - unmirrored < LONGEST_WAIT


# ---- the files ------------------------------------------------------------------------------------


@pytest.fixture
def world(tmp_path):
    with ExitStack() as stack:
        yield SmallRound(tmp_path, stack)


@pytest.fixture
def laptop(world):
    laptop = world.laptop("expert-1")
    laptop.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
    return laptop


@pytest.fixture
def drive(tmp_path):
    folder = tmp_path / "drive"
    folder.mkdir()
    return folder


def service(laptop):
    return MirrorService(laptop.session, PortableService(laptop.session))


def test_ticks_write_after_a_quiet_minute_and_only_then(world, laptop, drive):
    mirror = service(laptop)
    assert mirror.tick() is None and mirror.on_close() is None
    mirror.choose(drive)
    assert mirror.tick() is None
    laptop.scoring.save_note("alpha", "1.1", "ส่วนตัว")
    assert mirror.tick() is None and mirror.state().pending
    world.clock.now += QUIET

    state = mirror.tick()

    assert state is not None and not state.pending and state.good_at is not None and state.trouble == ""
    (file,) = mirror.files()
    assert "ส่วนตัว".encode() not in file.read_bytes() and b"age-encryption.org" in file.read_bytes()
    assert "expert" not in file.name
    world.clock.now += QUIET
    assert mirror.tick() is None and mirror.on_close() is None


def test_two_files_take_turns_also_across_a_restart_and_with_the_key_locked(world, laptop, drive):
    mirror = service(laptop)
    mirror.choose(drive)
    written = []
    for n in range(3):
        laptop.scoring.save_note("alpha", "1.1", f"ครั้งที่ {n}")
        written.append(mirror.on_close())
        laptop.session.lock()
        laptop = world.laptop("expert-1")
        mirror = service(laptop)
    laptop.scoring.save_note("alpha", "1.1", "สุดท้าย")
    laptop.session.lock()
    mirror.write()

    assert all(state is not None and not state.pending for state in written)
    assert len(mirror.files()) == 2
    laptop.session.unlock(PASSPHRASE)
    notes = [[edit.value for edit in mirror.compare(path).carried.drafts["alpha"]][-1] for path in mirror.files()]
    assert notes == ["สุดท้าย", "ครั้งที่ 2"]


def test_a_drive_that_is_gone_is_told_and_tried_again(world, laptop, drive):
    mirror = service(laptop)
    mirror.choose(drive)
    laptop.scoring.save_note("alpha", "1.1", "ก")
    mirror.tick()
    drive.rmdir()
    world.clock.now += QUIET
    state = mirror.tick()
    assert state is not None and state.trouble == "drive-gone" and state.pending and state.good_at is None
    assert mirror.tick() is None
    drive.mkdir()
    world.clock.now += QUIET

    state = mirror.tick()

    assert state is not None and state.trouble == "" and not state.pending
    refused("folder-missing", mirror.choose, drive / "none")
    mirror.choose(None)
    refused("mirror-not-chosen", mirror.write)
    assert len(list(drive.iterdir())) == 1


def test_the_mirror_brings_the_drafts_back_into_a_new_workspace(world, laptop, drive):
    mirror = service(laptop)
    mirror.choose(drive)
    laptop.scoring.save_answer("alpha", "1.1", Answer(ticks=("1.1.B1",)))
    laptop.scoring.save_note("alpha", "1.1", "ส่วนตัว")
    mirror.on_close()
    laptop.session.close()
    shutil.rmtree(world.folder / "expert-1")

    fresh = world.laptop("expert-1")
    found = service(fresh)
    (path,) = found.files(drive)
    refused("key-locked", found.compare, path)
    fresh.session.unlock(PASSPHRASE)
    comparison = found.compare(path)
    assert [(one.agency, one.relation) for one in comparison.agencies] == [("alpha", "newer")]
    PortableService(fresh.session).take(comparison, ("alpha",))

    sheet = fresh.scoring.sheet("alpha")
    assert sheet.answers["1.1"].ticks == ("1.1.B1",) and sheet.notes == {"1.1": "ส่วนตัว"}


def test_nobody_else_opens_it(world, laptop, drive):
    mirror = service(laptop)
    mirror.choose(drive)
    laptop.scoring.save_note("alpha", "1.1", "ส่วนตัว")
    path = mirror.write()
    other = world.laptop("expert-2")
    other.session.unlock(PASSPHRASE)
    refused("not-for-this-key", service(other).compare, path)
    assert mirror.forget() and list(drive.iterdir()) == []


def test_what_was_signed_comes_back_with_the_mirror_and_the_next_revision_is_the_second(world, laptop, drive):
    mirror = service(laptop)
    mirror.choose(drive)
    laptop.scoring.fill("alpha", world.full_sheet())
    laptop.scoring.keep_notices("alpha", "ตั้งใจ")
    mirror.write()
    assert not mirror.state().pending
    laptop.scoring.sign("alpha", PASSPHRASE)
    laptop.scoring.declare("beta", "recused", "ญาติทำงานที่นี่", PASSPHRASE)
    assert mirror.state().pending and mirror.on_close() is not None
    shutil.rmtree(world.folder / "expert-1")

    fresh = world.laptop("expert-1", "bought-anew")
    fresh.session.unlock(PASSPHRASE)
    found = service(fresh)
    comparison = found.compare(found.files(drive)[0])
    assert {one.agency: one.signed for one in comparison.agencies} == {"alpha": 2, "beta": 1}
    PortableService(fresh.session).take(comparison, ("alpha", "beta"))

    assert fresh.scoring.declaration("beta") == "recused"
    fresh.scoring.save_comment("alpha", "1.1", "ofi", "แก้หลังเครื่องหาย")
    fresh.scoring.keep_notices("alpha", "ตั้งใจ")
    assert fresh.scoring.sign("alpha", PASSPHRASE, "แก้คำ").seq == 2
    assert fresh.scoring.declare("alpha", "tie_told", "เคยบรรยาย", PASSPHRASE).seq == 2
