# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Own keys through the window: made, enrolled, backed up, their passphrase changed; and a new round's first roster."""

import pytest
from officers import LIVE, MADE_AT, Office
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit
from windows import click, named, on_screen, press, settle, there, workspace, write

from pmqa_desktop.domain import roster_edits as edits
from pmqa_desktop.domain.documents import AssignedAgency
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.identity import make_identity, open_identity, own_keys
from pmqa_desktop.services.packing.packs import build_pack
from pmqa_desktop.services.practice import PASSPHRASE
from pmqa_desktop.services.rounds import opening as rounds
from pmqa_desktop.services.rounds.enrolling import read_enrolments
from pmqa_desktop.services.rounds.rosters import propose, read_rosters, review, write_rosters
from pmqa_desktop.sync.keys import Cost, write_key_file
from ui.widgets.signs import Banner

SECRET = "mango river 7 lamp"
CHEAP = Cost(64 * 1024, 1)


@pytest.fixture
def own(prepared_home):
    """A live key on this laptop that opens quickly."""
    return make_identity(prepared_home / "keys", "expert-2", SECRET, rehearsal=False, cost=CHEAP)


@pytest.fixture
def shell(open_window):
    shell = open_window()
    click(shell, "my-key")
    return shell


@pytest.fixture
def keyed(own, shell):
    return shell


def _fill(shell, *, person="expert-2", name="สมหญิง ใจดี", secret=SECRET, again=SECRET, practice=True):
    write(shell, "key-person", person)
    write(shell, "key-name", name)
    write(shell, "key-office", "กรมตัวอย่าง")
    if practice:
        click(shell, "key-rehearsal")
    write(shell, "new-passphrase", secret)
    write(shell, "new-passphrase-again", again)


def _silent(shell):
    kinds = (QAbstractButton, QLineEdit, QComboBox)
    widgets = [one for kind in kinds for one in shell.window.findChildren(kind) if one.isVisibleTo(shell.window)]
    assert widgets
    return [one for one in widgets if not (one.objectName() and one.accessibleName())]


# --- making --------------------------------------------------------------------------------------------------


def test_a_laptop_without_a_key_makes_one_that_its_passphrase_opens(shell, prepared_home):
    assert on_screen(shell) == "make-key-screen"

    _fill(shell)
    click(shell, "make-key")

    (made,) = own_keys(prepared_home / "keys")
    assert on_screen(shell) == "key-screen"
    assert made.person == "expert-2" and made.rehearsal
    assert there(shell, "rehearsal-pill")
    assert named(shell, "fingerprint").accessibleName() == " ".join(made.fingerprint)
    assert named(shell, "enrol-name").text() == "สมหญิง ใจดี"
    open_identity(made.path, SECRET).close()


def test_a_key_is_made_by_the_keyboard_alone(shell, prepared_home):
    assert QApplication.focusWidget().objectName() == "key-person"

    for words, field in (("expert-2", "key-name"), ("สมหญิง", "key-office"), ("กรม", "key-live")):
        write(shell, QApplication.focusWidget().objectName(), words)
        press(shell, "Return")
        assert QApplication.focusWidget().objectName() == field
    press(shell, "Down")
    assert named(shell, "key-rehearsal").isChecked()
    press(shell, "Tab")
    write(shell, "new-passphrase", SECRET)
    press(shell, "Return")
    write(shell, QApplication.focusWidget().objectName(), SECRET)
    press(shell, "Return")

    assert on_screen(shell) == "key-screen"
    assert [one.person for one in own_keys(prepared_home / "keys")] == ["expert-2"]


@pytest.mark.parametrize(
    ("wrong", "told", "at"),
    [
        ({"person": "ผู้ตรวจ 2"}, "key-who-trouble", "key-person"),
        ({"name": ""}, "key-who-trouble", "key-name"),
        ({"secret": "short", "again": "short", "practice": False}, "new-passphrase-trouble", "new-passphrase"),
        ({"secret": "", "again": ""}, "new-passphrase-trouble", "new-passphrase"),
        ({"again": SECRET.upper()}, "new-passphrase-trouble", "new-passphrase-again"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_made(shell, prepared_home, wrong, told, at):
    _fill(shell, **wrong)
    click(shell, "make-key")

    assert there(shell, told) and named(shell, told).text()
    assert QApplication.focusWidget().objectName() == at
    assert on_screen(shell) == "make-key-screen"
    assert not (prepared_home / "keys").exists()


def test_a_folder_that_cannot_be_used_is_told_and_the_making_can_be_tried_again(shell, prepared_home):
    (prepared_home / "keys").write_text("in the way")
    _fill(shell)
    click(shell, "make-key")

    assert on_screen(shell) == "make-key-screen"
    assert there(shell, "make-key-trouble")
    (prepared_home / "keys").unlink()
    click(shell, "make-key")
    assert on_screen(shell) == "key-screen"


def test_strength_is_told_by_length(shell):
    told = []
    for words in ("", "1234567", "12345678", "123456789012", "12345678901234567890"):
        named(shell, "new-passphrase").setText(words)
        told.append(named(shell, "new-passphrase-strength").text())

    assert len(set(told)) == 5


def test_another_language_keeps_what_was_typed_but_not_the_passphrase(shell):
    _fill(shell)
    click(shell, "language")

    assert named(shell, "key-person").text() == "expert-2"
    assert named(shell, "key-rehearsal").isChecked()
    assert named(shell, "new-passphrase").text() == ""
    assert named(shell, "make-key").text() == "Make the key"


# --- the own key ---------------------------------------------------------------------------------------------


def test_the_code_holds_the_fingerprint_in_whole_squares(keyed, own):
    code = named(keyed, "qr")
    picture = code.grab().toImage()
    side = code.width() // (len(code.rows) + 8)

    assert code.text == "".join(own.fingerprint).replace(" ", "")
    assert code.width() == code.height() == side * (len(code.rows) + 8)
    for y, line in enumerate(code.rows, 4):
        for x, dark in enumerate(line, 4):
            seen = picture.pixelColor(x * side + side // 2, y * side + side // 2)
            assert seen == (Qt.GlobalColor.black if dark else Qt.GlobalColor.white)


def test_the_enrolment_file_is_written_for_the_secretariat(keyed, own, chosen_folder):
    write(keyed, "enrol-round", LIVE)
    write(keyed, "enrol-name", "สมหญิง ใจดี")
    write(keyed, "enrol-passphrase", SECRET)
    click(keyed, "change-folder")
    click(keyed, "enrol-go")

    (file,) = chosen_folder.iterdir()
    (asked,) = read_enrolments(file, LIVE, rehearsal=False)
    assert (asked.person, asked.name, asked.key) == ("expert-2", "สมหญิง ใจดี", own.key)
    assert there(keyed, "enrol-result")
    assert named(keyed, "enrol-passphrase").text() == ""


def test_what_was_written_comes_into_view_on_a_small_screen(keyed):
    keyed.window.set_scale(150)
    settle(keyed)
    write(keyed, "enrol-round", LIVE)
    write(keyed, "enrol-name", "สมหญิง")
    write(keyed, "enrol-passphrase", SECRET)
    click(keyed, "change-folder")
    click(keyed, "enrol-go")

    result = named(keyed, "enrol-result")
    bottom = result.mapTo(keyed.window, result.rect().bottomLeft()).y()
    assert result.height() > 100
    assert bottom <= keyed.window.height()


def test_an_enrolment_without_its_round_is_told_at_the_field(keyed, chosen_folder):
    write(keyed, "enrol-name", "สมหญิง")
    write(keyed, "enrol-passphrase", SECRET)
    click(keyed, "change-folder")
    click(keyed, "enrol-go")

    assert there(keyed, "enrol-trouble")
    assert QApplication.focusWidget().objectName() == "enrol-round"
    assert not list(chosen_folder.iterdir())


def test_a_key_whose_card_is_lost_shows_its_fingerprint_once_it_was_opened(own, open_window, chosen_folder):
    own.path.with_suffix(".card").unlink()
    shell = open_window()
    click(shell, "my-key")
    assert not there(shell, "fingerprint")

    write(shell, "enrol-round", LIVE)
    write(shell, "enrol-name", "สมหญิง")
    write(shell, "enrol-passphrase", SECRET)
    click(shell, "change-folder")
    click(shell, "enrol-go")

    assert named(shell, "fingerprint").accessibleName() == " ".join(own.fingerprint)
    assert there(shell, "enrol-result")


def test_a_backup_is_equal_and_a_copy_beside_the_key_is_told(keyed, own, chosen_folder):
    click(keyed, "key-act-1")
    click(keyed, "change-folder")
    click(keyed, "backup-go")

    (copy,) = chosen_folder.iterdir()
    assert copy.read_bytes() == own.path.read_bytes()
    kinds = [one.property("kind") for one in named(keyed, "backup-result").children() if one.property("kind")]
    assert ("warn" in kinds) == (copy.stat().st_dev == own.path.stat().st_dev)

    click(keyed, "backup-go")
    kinds = [one.property("kind") for one in named(keyed, "backup-result").children() if one.property("kind")]
    assert kinds == ["err"]


def test_another_passphrase_opens_the_key_here_and_in_its_workspaces(prepared_home, open_window):
    own = make_identity(prepared_home / "keys", "expert-2", SECRET, rehearsal=True, cost=CHEAP)
    keyed = open_window()
    click(keyed, "my-key")
    beside = prepared_home / "workspaces" / "live-expert-2"
    beside.mkdir(parents=True)
    (beside / "own.key").write_bytes(own.path.read_bytes())
    click(keyed, "key-act-2")
    write(keyed, "old-passphrase", SECRET)
    write(keyed, "changed-passphrase", "a longer one now")
    write(keyed, "changed-passphrase-again", "a longer one now")
    click(keyed, "change-go")

    assert there(keyed, "change-result")
    for file in (own.path, beside / "own.key"):
        open_identity(file, "a longer one now").close()
        with pytest.raises(Expected):
            open_identity(file, SECRET)


def test_wrong_passphrases_are_told_with_the_seconds_to_wait(keyed, own):
    before = own.path.read_bytes()
    click(keyed, "key-act-2")
    write(keyed, "changed-passphrase", "a longer one now")
    write(keyed, "changed-passphrase-again", "a longer one now")
    told = []
    for _try in range(4):
        named(keyed, "old-passphrase").setText("not this one")
        click(keyed, "change-go")
        told.append(named(keyed, "old-passphrase-trouble").text())

    assert told[0] == told[1] != told[2]
    assert any(digit in told[2] for digit in "12")
    assert told[3] not in told[:3]
    assert own.path.read_bytes() == before


def test_several_keys_are_chosen_from_a_list_and_another_can_be_made(own, prepared_home, open_window):
    other = make_identity(prepared_home / "keys", "chair", SECRET, rehearsal=True, cost=CHEAP)
    shell = open_window()
    click(shell, "my-key")

    choices = named(shell, "key-choice")
    at = next(n for n in range(choices.count()) if choices.itemData(n) == own)
    choices.setCurrentIndex(at)
    choices.activated.emit(at)
    settle(shell)
    assert named(shell, "fingerprint").accessibleName() == " ".join(own.fingerprint)
    assert own.key != other.key
    assert not there(shell, "rehearsal-pill")

    click(shell, "make-another")
    assert on_screen(shell) == "make-key-screen"
    click(shell, "to-start")
    assert on_screen(shell) == "key-screen"
    click(shell, "to-start")
    assert on_screen(shell) == "start-screen"


def test_every_control_has_a_name_and_says_what_it_is(keyed):
    for act in range(3):
        click(keyed, f"key-act-{act}")
        assert not _silent(keyed)
    click(keyed, "make-another")
    assert not _silent(keyed)


# --- the first opening of a round ----------------------------------------------------------------------------


def _ask_for(shell, pack, key, secret):
    shell.window.screen_now.set_pack(pack)
    shell.window.screen_now.set_key(key)
    write(shell, "pack-passphrase", secret)
    click(shell, "open-pack")


@pytest.fixture
def live(tmp_path, open_window):
    """The window at the first roster of a live round, and that roster's rows."""
    folder = tmp_path / "sent"
    folder.mkdir()
    office = Office(folder)
    roster, criteria = sorted(office.start().values(), key=lambda one: one.kind != "roster")
    mine = office.identities["expert-1"]
    seat = rounds.assignment(office.desk(), roster, criteria, "expert-1", "expert-1", (AssignedAgency("alpha"),))
    pack, key = folder / "pack.pmqa", folder / "expert-1.key"
    data = build_pack(
        (roster, criteria, seat), (), office.identities["office-1"], (mine.recipient,),
        round_id=LIVE, rehearsal=False, made_at=MADE_AT, app="test",
    )  # fmt: skip
    pack.write_bytes(data)
    key.write_bytes(write_key_file(mine, SECRET, cost=CHEAP))
    shell = open_window()
    _ask_for(shell, pack, key, SECRET)
    return shell, named(shell, "fingerprint").accessibleName()


def test_a_live_round_opens_only_once_its_first_roster_was_compared(live, prepared_home):
    shell, rows = live
    assert on_screen(shell) == "first-roster-screen"
    assert len(rows.split()) == 16
    assert not there(shell, "skip-comparing")
    assert not named(shell, "open-compared").isEnabled()
    assert not (prepared_home / "workspaces").exists()

    click(shell, "compared")
    click(shell, "open-compared")

    assert on_screen(shell) == "declaration-screen"
    assert workspace(shell).session.meta.named().roster == "sha256:" + rows.replace(" ", "").lower()


def test_typed_groups_must_be_those_of_the_roster(live, prepared_home):
    shell, rows = live
    write(shell, "typed-groups", "0000 1111")
    click(shell, "open-compared")
    assert on_screen(shell) == "first-roster-screen"
    assert there(shell, "first-roster-trouble")
    assert not (prepared_home / "workspaces").exists()

    named(shell, "typed-groups").clear()
    write(shell, "typed-groups", " ".join(rows.split()[4:7]).lower() + "\n")
    settle(shell)

    assert on_screen(shell) == "declaration-screen"


def test_a_tick_does_not_stand_for_groups_that_differ(live, prepared_home):
    shell, _rows = live
    click(shell, "compared")
    write(shell, "typed-groups", "0000 1111")
    click(shell, "open-compared")

    assert on_screen(shell) == "first-roster-screen"
    assert not (prepared_home / "workspaces").exists()


def test_trying_passphrases_at_a_pack_waits_too(open_window, practice_round):
    shell = open_window()
    pack, key = practice_round / "packs" / "expert-2.pmqa", practice_round / "keys" / "expert-2.key"
    for _try in range(3):
        named(shell, "pack-passphrase").clear()
        _ask_for(shell, pack, key, "not this one")

    assert shell.routes.identity.attempts_at(key).failures == 3
    told = shell.window.screen_now.trouble.findChildren(Banner)[-1].accessibleName()
    assert "โปรดรอ 1 วินาที" in told
    assert on_screen(shell) == "start-screen"


def test_groups_that_differ_lead_back_with_a_warning(live, prepared_home):
    shell, _rows = live
    click(shell, "groups-differ")

    assert on_screen(shell) == "start-screen"
    assert shell.window.screen_now.trouble.body.count() > 0
    assert not (prepared_home / "workspaces").exists()


def test_a_rehearsal_may_skip_comparing_and_is_not_asked_again(open_window, practice_round):
    shell = open_window()
    pack, key = practice_round / "packs" / "expert-2.pmqa", practice_round / "keys" / "expert-2.key"
    _ask_for(shell, pack, key, PASSPHRASE)
    assert on_screen(shell) == "first-roster-screen"
    assert there(shell, "rehearsal-pill")
    assert not _silent(shell)

    click(shell, "skip-comparing")
    assert on_screen(shell) == "overview-screen"
    shell.routes.start()
    settle(shell)

    _ask_for(shell, pack, key, PASSPHRASE)
    assert on_screen(shell) == "overview-screen"


# --- countersigning ------------------------------------------------------------------------------------------


@pytest.fixture
def officer(tmp_path, prepared_home, open_window):
    """The window of the second of three officers, the office, and a proposal that the first one signed."""
    folder = tmp_path / "sent"
    folder.mkdir()
    office = Office(folder)
    documents = office.start()
    parent = next(one for one in documents.values() if one.kind == "roster")
    body = edits.with_acting_chair(parent.document.body, "alpha", "expert-1")
    child = propose(office.desk(), parent, body, "ประธานป่วย")
    documents = {**documents, child.digest: child}
    file = write_rosters(documents, folder, office.identities["office-1"], made_at=MADE_AT, app="test").path
    keys = prepared_home / "keys"
    keys.mkdir()
    (keys / "office-2.key").write_bytes(write_key_file(office.identities["office-2"], SECRET, cost=CHEAP))
    (keys / "expert-2.key").write_bytes(write_key_file(office.identities["expert-2"], SECRET, cost=CHEAP))
    for key in keys.glob("*.key"):
        open_identity(key, SECRET).close()
    shell = open_window()
    object.__setattr__(shell.routes.identity._chooser, "files", lambda _parent: (file,))
    return shell, child, file


def _at_roster(shell, person):
    click(shell, "my-key")
    choices = named(shell, "key-choice")
    at = next(n for n in range(choices.count()) if choices.itemData(n).person == person)
    choices.activated.emit(at)
    settle(shell)
    click(shell, "sign-rosters")
    assert on_screen(shell) == "roster-review-screen"
    assert not _silent(shell)
    click(shell, "choose-rosters")


def test_an_officer_reads_a_proposal_signs_it_and_passes_the_file_on(officer, chosen_folder):
    shell, child, _file = officer
    _at_roster(shell, "office-2")
    shown = " ".join(one.text().replace("\u200b", "") for one in shell.window.findChildren(QLabel))
    assert "ประธานป่วย" in shown
    assert not named(shell, "sign-roster").isEnabled()
    assert not _silent(shell)

    click(shell, "roster-compared")
    click(shell, "change-folder")
    write(shell, "roster-passphrase", SECRET)
    click(shell, "sign-roster")

    (written,) = chosen_folder.iterdir()
    seen = review(read_rosters((written,)), child.digest)
    assert seen.in_force
    assert there(shell, "roster-result")


def test_a_wrong_passphrase_signs_no_roster(officer, chosen_folder):
    shell, _child, _file = officer
    _at_roster(shell, "office-2")
    click(shell, "roster-compared")
    click(shell, "change-folder")
    write(shell, "roster-passphrase", "not this one")
    click(shell, "sign-roster")

    assert there(shell, "roster-passphrase-trouble")
    assert not list(chosen_folder.iterdir())


def test_whoever_signs_no_rosters_is_told_so(officer, chosen_folder):
    shell, _child, _file = officer
    _at_roster(shell, "expert-2")
    click(shell, "roster-compared")
    click(shell, "change-folder")
    write(shell, "roster-passphrase", SECRET)
    click(shell, "sign-roster")

    assert there(shell, "roster-trouble")
    assert not list(chosen_folder.iterdir())


def test_a_damaged_roster_file_is_told_and_another_can_be_chosen(officer):
    shell, _child, file = officer
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    _at_roster(shell, "office-2")
    assert there(shell, "roster-trouble")

    file.write_bytes(whole)
    click(shell, "choose-rosters")
    assert there(shell, "sign-roster")
