# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Identities of a device: made, opened with patience, given another passphrase, backed up, enrolled, put away."""

import os
import stat
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from laptops import PASSPHRASE, SmallRound

from pmqa_desktop.domain.documents import Enrolment
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.attempts import LONGEST_WAIT, Attempts, waiting_time
from pmqa_desktop.services.identity import (
    Applicant,
    back_up,
    change_passphrase,
    key_fingerprint,
    make_identity,
    open_identity,
    own_keys,
    write_enrolment,
)
from pmqa_desktop.services.session import IDLE_MINUTES
from pmqa_desktop.sync.importing import private_folder, read_file
from pmqa_desktop.sync.keys import LIVE_COST, REHEARSAL_COST, Cost, _parse_key_file

CHEAP = Cost(64 * 1024, 1)
SECRET = "ฝนตกหนัก เมื่อวาน"
AT = {"made_at": "2026-05-01T00:00:00Z", "app": "test"}


class Clock:
    def __init__(self):
        self.now = datetime(2026, 5, 1, tzinfo=UTC)

    def __call__(self):
        return self.now

    def pass_by(self, **time):
        self.now += timedelta(**time)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def own(tmp_path):
    return make_identity(tmp_path / "keys", "expert-1", SECRET, rehearsal=False, cost=CHEAP)


def code_of(work):
    with pytest.raises(Expected) as caught:
        work()
    return caught.value.code


def test_a_new_identity_lies_in_a_private_file_that_only_its_passphrase_opens(own):
    opened = open_identity(own.path, SECRET)

    assert (opened.person, opened.key, opened.recipient, opened.rehearsal) == (
        "expert-1",
        own.key,
        own.recipient,
        False,
    )
    assert code_of(lambda: open_identity(own.path, "something else")) == "wrong-passphrase"
    if os.name == "posix":
        assert stat.S_IMODE(own.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(own.path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(("rehearsal", "cost"), [(True, REHEARSAL_COST), (False, LIVE_COST)])
def test_real_keys_cost_more_to_open_than_those_for_practice(tmp_path, monkeypatch, rehearsal, cost):
    monkeypatch.setattr("pmqa_desktop.sync.keys.derive_key", lambda passphrase, salt, paid: bytes(32))

    made = make_identity(tmp_path, "expert-1", SECRET, rehearsal=rehearsal)

    file = _parse_key_file(made.path.read_bytes())
    assert (file.memory, file.passes) == (cost.memory, cost.passes)


def test_two_identities_of_one_person_are_two_keys_in_two_files(own):
    other = make_identity(own.path.parent, "expert-1", SECRET, rehearsal=False, cost=CHEAP)

    assert other.key != own.key
    assert {one.key for one in own_keys(own.path.parent)} == {own.key, other.key}


@pytest.mark.parametrize("person", ["", "../x", "ผู้ตรวจ", "a b", "x" * 65])
def test_a_person_needs_a_plain_short_name(tmp_path, person):
    assert code_of(lambda: make_identity(tmp_path, person, SECRET, rehearsal=True)) == "person-invalid"
    assert list(tmp_path.iterdir()) == []


def test_real_work_asks_for_a_passphrase_worth_the_name(tmp_path):
    assert code_of(lambda: make_identity(tmp_path, "p", "short", rehearsal=False)) == "passphrase-short"
    assert code_of(lambda: make_identity(tmp_path, "p", "", rehearsal=True)) == "passphrase-missing"
    assert make_identity(tmp_path, "p", "short", rehearsal=True, cost=CHEAP).rehearsal


def test_keys_are_listed_without_opening_them_and_a_card_can_be_lost_or_damaged(own):
    card = own.path.with_suffix(".card")
    assert own_keys(own.path.parent) == (own,)
    for damage in (b"{", b'{"person":"../x","key":"","recipient":"","rehearsal":true}', None):
        card.unlink() if damage is None else card.write_bytes(damage)
        assert [(one.path, one.person, one.fingerprint) for one in own_keys(own.path.parent)] == [
            (own.path, "", ("", "", "", ""))
        ]
        open_identity(own.path, SECRET).close()
        assert own_keys(own.path.parent) == (own,)


def test_the_fingerprint_of_a_key_is_four_rows_of_four_groups(own):
    rows = own.fingerprint

    assert rows == key_fingerprint(own.key)
    assert [[len(group) for group in row.split()] for row in rows] == [[4, 4, 4, 4]] * 4


# --- wrong passphrases ---------------------------------------------------------------------------------------


def test_the_waiting_time_grows_to_a_quarter_of_a_minute():
    assert [waiting_time(failures) for failures in range(10)] == [0, 0, 0, 1, 2, 4, 8, 15, 15, 15]
    assert waiting_time(10**6) == LONGEST_WAIT


def test_wrong_passphrases_wait_and_the_right_one_forgets_them(own, clock):
    attempts = Attempts(clock)
    waits = []
    for _ in range(5):
        clock.pass_by(seconds=20)
        with pytest.raises(Expected) as caught:
            open_identity(own.path, "wrong one", attempts)
        waits.append(caught.value.fields["wait"])
    assert waits == [0, 0, 1, 2, 4]

    with pytest.raises(Expected) as early:
        open_identity(own.path, SECRET, attempts)
    assert (early.value.code, early.value.fields["seconds"]) == ("passphrase-wait", 4)
    clock.pass_by(seconds=3, milliseconds=1)
    assert attempts.waiting() == 1
    clock.pass_by(seconds=1)
    open_identity(own.path, SECRET, attempts).close()
    assert (attempts.failures, attempts.waiting()) == (0, 0)


def test_a_clock_set_back_never_lengthens_the_wait(clock):
    attempts = Attempts(clock)
    for _ in range(4):
        attempts.failed()
    clock.pass_by(days=-3)

    assert attempts.waiting() == 2


def test_a_damaged_key_file_is_no_wrong_passphrase(own, clock):
    attempts = Attempts(clock)
    own.path.write_bytes(own.path.read_bytes()[:-9])

    assert code_of(lambda: open_identity(own.path, SECRET, attempts)) == "key-file-invalid"
    assert attempts.failures == 0


# --- passphrase and backup -----------------------------------------------------------------------------------


def test_another_passphrase_reaches_the_copies_beside_workspaces_and_no_other_key(own, tmp_path):
    beside, strange = tmp_path / "own.key", tmp_path / "other.key"
    beside.write_bytes(own.path.read_bytes())
    strange.write_bytes(b"another key file")

    written = change_passphrase(own.path, SECRET, "a new passphrase", copies=(beside, strange), cost=CHEAP)

    assert written == (own.path, beside)
    for path in written:
        assert open_identity(path, "a new passphrase").key == own.key
        assert code_of(lambda path=path: open_identity(path, SECRET)) == "wrong-passphrase"
    assert strange.read_bytes() == b"another key file"
    assert not list(tmp_path.rglob("*.new"))


@pytest.mark.parametrize(("old", "new", "code"), [
    ("not the old one", "a new passphrase", "wrong-passphrase"), (SECRET, "short", "passphrase-short"),
])  # fmt: skip
def test_a_refused_change_leaves_the_file_as_it_was(own, old, new, code):
    before = own.path.read_bytes()

    assert code_of(lambda: change_passphrase(own.path, old, new, cost=CHEAP)) == code
    assert own.path.read_bytes() == before


def test_what_a_power_cut_left_behind_does_not_stop_the_next_change(own):
    own.path.with_name(own.path.name + ".new").write_bytes(b"half a key")

    change_passphrase(own.path, SECRET, "a new passphrase", cost=CHEAP)

    assert open_identity(own.path, "a new passphrase").key == own.key


def test_a_backup_is_the_same_file_and_overwrites_nothing(own, tmp_path):
    drive = tmp_path / "drive"
    drive.mkdir()

    copy = back_up(own.path, drive)

    assert copy.path.read_bytes() == own.path.read_bytes() and copy.same_drive
    assert code_of(lambda: back_up(own.path, drive)) == "name-taken"
    assert code_of(lambda: back_up(own.path.with_name("none.key"), drive)) == "no-key-file"


# --- enrolment -----------------------------------------------------------------------------------------------


def test_an_enrolment_file_proves_the_key_it_asks_for(own, tmp_path):
    identity = open_identity(own.path, SECRET)

    written, made = write_enrolment(identity, Applicant("r-2569", " ผู้ตรวจ\u200b ๑ ", "กรรมการ"), tmp_path, **AT)

    with private_folder() as staging:
        (admitted,) = read_file(written.path, None, staging).documents
    assert admitted == made and isinstance(admitted.document, Enrolment)
    body = admitted.document.body
    assert (body.name, body.signing_key, body.age_recipient) == ("ผู้ตรวจ ๑", own.key, own.recipient)
    assert "expert-1" not in written.path.name and admitted.document.rehearsal is False


@pytest.mark.parametrize(("applicant", "code"), [
    (Applicant("r-2569", " \u200b", ""), "name-missing"), (Applicant("รอบ", "a", ""), "round-invalid"),
])  # fmt: skip
def test_an_enrolment_needs_a_name_and_a_round(own, tmp_path, applicant, code):
    identity = open_identity(own.path, SECRET)

    assert code_of(lambda: write_enrolment(identity, applicant, tmp_path, **AT)) == code
    assert not list(tmp_path.glob("*.pmqa"))


# --- put away when idle --------------------------------------------------------------------------------------


def test_an_idle_key_is_dropped_and_use_keeps_it(tmp_path, clock):
    with ExitStack() as stack:
        session = SmallRound(tmp_path, stack).laptop("chair").session
        session.clock = clock
        identity = session.unlock(PASSPHRASE)
        for _ in range(3):
            clock.pass_by(minutes=IDLE_MINUTES - 1)
            assert session.is_unlocked and session.unlocked() is identity
        clock.pass_by(minutes=IDLE_MINUTES)

        assert not session.is_unlocked and identity.closed
        assert code_of(session.unlocked) == "key-locked"
        assert code_of(lambda: identity.sign(b"")) == "identity-closed"


def test_a_window_can_drop_the_key_without_using_it(tmp_path, clock):
    with ExitStack() as stack:
        session = SmallRound(tmp_path, stack).laptop("chair").session
        session.clock = clock
        session.unlock(PASSPHRASE)
        clock.pass_by(minutes=IDLE_MINUTES - 1)
        assert not session.drop_idle_key()
        clock.pass_by(minutes=1)

        assert session.drop_idle_key() and not session.drop_idle_key() and not session.is_unlocked


def test_a_session_makes_wrong_passphrases_wait(tmp_path):
    with ExitStack() as stack:
        session = SmallRound(tmp_path, stack).laptop("chair").session
        codes = [code_of(lambda: session.unlock("wrong")) for _ in range(5)]
        assert codes[:4] == ["wrong-passphrase"] * 4 and codes[4] == "passphrase-wait"
