# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Two officers' registries that meet through files, and the keys of a device as the window uses them."""

from contextlib import ExitStack

import pytest
from laptops import PASSPHRASE
from officers import clock
from trust_round import AGENCY, TrustRound

from pmqa_desktop.domain import roster_edits as edits
from pmqa_desktop.errors import Expected
from pmqa_desktop.services import identity
from pmqa_desktop.services.identity import Applicant
from pmqa_desktop.services.keyring import Keyring
from pmqa_desktop.services.rounds.roster_desk import RosterDesk
from pmqa_desktop.sync.keys import Cost, write_key_file


@pytest.fixture
def round_(tmp_path):
    with ExitStack() as stack:
        yield TrustRound(tmp_path, stack)


def code_of(work):
    with pytest.raises(Expected) as caught:
        work()
    return caught.value.code


def acting(body):
    return edits.with_acting_chair(body, AGENCY, "expert-1")


def test_two_officers_change_the_roster_on_separate_machines(round_):
    one, three = (round_.laptop(name) for name in ("office-1", "office-3"))
    desk, other = RosterDesk(one.session), RosterDesk(three.session)
    assert desk.current().in_force and desk.waiting() == ()
    assert desk.preview(acting).panels[0].acting_chair == "expert-1"
    offered = desk.propose(acting, "ประธานป่วย", PASSPHRASE)
    assert (offered.seq, desk.current().roster.document.seq) == (2, 1)
    assert desk.waiting()[0].may_sign == ("office-2", "office-3")

    round_.take(three, desk.export(round_.new_folder(), offered.digest).path)
    (seen,) = other.waiting()
    assert [change.code for change in seen.changes] == ["change-acting-chair"]
    other.countersign(offered.digest, PASSPHRASE)
    assert other.current().roster.digest == offered.digest
    round_.take(one, other.export(round_.new_folder()).path)

    assert desk.current().roster.digest == offered.digest and desk.current().in_force
    assert one.session.me().person == "office-1" and desk.waiting() == ()
    assert code_of(lambda: desk.countersign(offered.digest, PASSPHRASE)) == "nothing-to-countersign"


def test_an_enrolment_is_taken_from_its_file_for_this_round_only(round_):
    desk = RosterDesk(round_.laptop("office-1").session)
    new = round_.office.new_key("expert-1")
    applicant = Applicant("another-2570", "ก", "")
    foreign, _ = identity.write_enrolment(new, applicant, round_.new_folder(), made_at="2026-05-01T00:00:00Z", app="t")

    assert code_of(lambda: desk.enrolments([foreign.path])) == "other-round"
    assert code_of(lambda: desk.export(round_.new_folder(), "sha256:" + "0" * 64)) == "roster-not-here"


def test_what_to_keep_is_what_stands_in_good_order(round_):
    registry, expert = round_.laptop("office-1"), round_.laptop("expert-1")
    sheet = round_.judge(expert)
    round_.deliver(expert, registry, "scoresheet")
    desk = RosterDesk(registry.session)

    assert sheet in desk.signed_with(round_.identities["expert-1"].key)
    assert desk.led_by(AGENCY, "chair") == ()
    assert sheet in desk.acceptable() and round_.frozen.digest in desk.acceptable()
    assert round_.first not in desk.acceptable()


def test_the_keys_of_a_device_are_made_changed_and_enrolled(tmp_path):
    ring = Keyring(tmp_path, clock, lambda size: bytes(range(size)), "test")
    assert ring.keys() == ()
    own = ring.make("expert-1", "words", rehearsal=True)
    assert ring.keys() == (own,)
    beside = tmp_path / "workspaces" / "r" / "own.key"
    beside.parent.mkdir(parents=True)
    beside.write_bytes(own.path.read_bytes())

    assert ring.change_passphrase(own.path, "words", "other") == (own.path, beside)
    drive = tmp_path / "drive"
    drive.mkdir()
    assert ring.back_up(own.path, drive).same_drive
    written, told = ring.enrol(own.path, "other", Applicant("r-1", "ก", ""), drive)
    assert written.path.exists() and told.fingerprint == own.fingerprint


def test_wrong_passphrases_wait_across_the_desks_of_one_key(tmp_path):
    ring = Keyring(tmp_path, clock, bytes, "test")
    held = identity.new_identity("expert-1")
    path = tmp_path / "own.key"
    path.write_bytes(write_key_file(held, "words", cost=Cost(64 * 1024, 1)))

    tries = [lambda: ring.change_passphrase(path, "x", "other words"), lambda: ring.enrol(path, "x", None, tmp_path)]
    codes = [code_of(tries[number % 2]) for number in range(4)]

    assert codes == ["wrong-passphrase"] * 3 + ["passphrase-wait"]
