# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Changes of a roster proposed in the window: each form tells its consequence before anything is signed."""

import pytest
from bureau import SECRET, Bureau
from msgspec.structs import replace
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit
from windows import click, in_store, named, on_screen, press, settle, there, workspace, write

from pmqa_desktop.domain import roster_edits as edits
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.rounds.recovery import make_recovery
from pmqa_desktop.services.rounds.rosters import propose
from pmqa_desktop.sync.keys import Cost, read_key_file
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.screens.round_setup.act_form import Ground
from ui.screens.round_setup.name_acts import AgencyWordsForm


@pytest.fixture
def bureau(qapp, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    made = Bureau(tmp_path / "home", stick)
    yield made
    made.close()


def silent(shell):
    kinds = (QAbstractButton, QLineEdit, QComboBox)
    widgets = [one for kind in kinds for one in shell.window.findChildren(kind) if one.isVisibleTo(shell.window)]
    return [one.objectName() or one for one in widgets if not (one.objectName() and one.accessibleName())]


def test_every_form_opens_names_its_controls_and_signs_nothing_while_empty(bureau):
    shell = bureau.shell
    assert on_screen(shell) == "roster-screen"
    for name in (
        "laptop",
        "person",
        "retire",
        "lost",
        "chair",
        "seat",
        "agency",
        "agency-words",
        "due",
        "officers",
        "recovery",
        "names",
        "close",
    ):
        click(shell, f"step-{name}")
        write(shell, "act-reason", "เหตุผล")
        assert not named(shell, "act-sign").isEnabled(), name
        assert not silent(shell), name
        assert bureau.told(), name


def test_an_acting_chair_is_proposed_and_told_in_words_first(bureau):
    shell = bureau.shell
    click(shell, "step-chair")
    bureau.choose("act-agency", "alpha")
    bureau.choose("act-how", "acting")
    bureau.choose("act-person", "expert-1")
    assert "expert-1" in bureau.told()
    assert not named(shell, "act-sign").isEnabled()

    bureau.sign("ประธานป่วย")
    assert there(shell, "waiting-0")
    assert bureau.body().panels[0].acting_chair == "expert-1"
    shown = " ".join(one.text().replace("\u200b", "") for one in named(shell, "waiting-0").findChildren(QLabel))
    assert "ประธานป่วย" in shown and "office-2" in shown


def test_due_dates_are_changed_by_the_keyboard_alone(bureau):
    shell = bureau.shell
    named(shell, "step-due").setFocus()
    press(shell, "Space")
    write(shell, "act-due-scoresheet", "30/6/2569")
    press(shell, "Return")
    assert QApplication.focusWidget().objectName() == "act-due-consensus"
    write(shell, "act-due-consensus", "31 ก.ค. 2569")
    write(shell, "act-reason", "เลื่อนการประชุม")
    write(shell, "act-passphrase", SECRET)
    named(shell, "change-folder").setFocus()
    press(shell, "Space")
    named(shell, "act-passphrase").setFocus()
    press(shell, "Return")
    assert [(one.what, one.date) for one in bureau.body().due] == [
        ("scoresheet", "2026-06-30"), ("consensus", "2026-07-31"),
    ]  # fmt: skip


def test_a_date_that_is_none_is_told_and_not_signed(bureau):
    click(bureau.shell, "step-due")
    write(bureau.shell, "act-due-scoresheet", "31/2/2569")
    write(bureau.shell, "act-reason", "x")
    assert "31/2/2569" in named(bureau.shell, "act-due-scoresheet-told").text()
    assert not named(bureau.shell, "act-sign").isEnabled()


def test_a_new_person_joins_from_an_enrolment(bureau):
    shell = bureau.shell
    new = bureau.office.new_key("expert-3")
    bureau.office.enrolled(new)
    newest = max(bureau.stick.glob("*.pmqa"), key=lambda path: path.stat().st_mtime_ns)
    bureau.files = (newest,)
    click(shell, "step-person")
    click(shell, "act-enrolment")
    named(shell, "compare-all-0").click()
    settle(shell)
    click(shell, "act-secretariat")
    bureau.sign()
    body = bureau.body()
    assert body.persons[-1].person == "expert-3" and body.persons[-1].keys[0].key == new.key
    assert body.secretariat == ("office-1", "office-2", "expert-3")


def test_somebody_who_is_in_the_roster_is_no_new_person(bureau):
    new = bureau.office.new_key("expert-1")
    bureau.office.enrolled(new)
    bureau.files = (max(bureau.stick.glob("*.pmqa"), key=lambda path: path.stat().st_mtime_ns),)
    click(bureau.shell, "step-person")
    click(bureau.shell, "act-enrolment")
    named(bureau.shell, "compare-all-0").click()
    settle(bureau.shell)
    write(bureau.shell, "act-reason", "x")
    assert not named(bureau.shell, "act-sign").isEnabled()


def test_an_officers_new_laptop_signs_rosters_from_then_on(bureau):
    shell = bureau.shell
    new = bureau.office.new_key("office-3")
    bureau.office.enrolled(new)
    bureau.files = (max(bureau.stick.glob("*.pmqa"), key=lambda path: path.stat().st_mtime_ns),)
    click(shell, "step-laptop")
    click(shell, "act-enrolment")
    named(shell, "compare-all-0").click()
    settle(shell)
    bureau.sign()
    assert {root.person: root.key for root in bureau.body().roots}["office-3"] == new.key


def test_a_stolen_key_keeps_what_is_ticked(bureau):
    shell = bureau.shell
    key = bureau.office.identities["office-1"].key
    click(shell, "step-lost")
    bureau.choose("act-key", key)
    assert there(shell, "keep-list") and there(shell, "keep-0")
    click(shell, "keep-none")
    assert named(shell, "keep-count").text().startswith("0") or " 0 " in f" {named(shell, 'keep-count').text()} "
    click(shell, "keep-0")
    expert = bureau.office.identities["expert-1"].key
    bureau.choose("act-key", expert)
    bureau.sign("เครื่องถูกขโมย")
    states = {entry.key: entry.state for person in bureau.body().persons for entry in person.keys}
    assert states[expert] == "compromised" and bureau.body().kept == ()


def test_a_key_of_an_officer_goes_only_while_enough_officers_are_left(bureau):
    shell = bureau.shell
    click(shell, "step-retire")
    bureau.choose("act-key", bureau.office.identities["office-3"].key)
    write(shell, "act-reason", "x")
    assert worded(Expected("roster-roots-few")) in bureau.told()
    assert not named(shell, "act-sign").isEnabled()
    assert in_store(shell, workspace(shell).rosters.waiting) == ()


def test_an_agency_joins_with_the_committee_of_another(bureau):
    shell = bureau.shell
    click(shell, "step-agency")
    write(shell, "act-agency-th", "หน่วยงาน ข")
    write(shell, "act-agency-code", "alpha")
    bureau.choose("act-like", "alpha")
    write(shell, "act-reason", "x")
    assert not named(shell, "act-sign").isEnabled()
    named(shell, "act-reason").clear()
    named(shell, "act-agency-code").clear()
    write(shell, "act-agency-code", "beta")
    bureau.sign()
    body = bureau.body()
    assert [one.agency for one in body.agencies] == ["alpha", "beta"]
    assert body.panels[1].chair == "chair" and len(body.panels[1].seats) == 3


def test_a_seat_changes_hands_and_judges_fewer_items(bureau):
    shell = bureau.shell
    click(shell, "step-seat")
    bureau.choose("act-agency", "alpha")
    bureau.choose("act-seat", "expert-2")
    bureau.choose("act-person", "office-3")
    click(shell, "item-1.1")
    bureau.sign()
    seat = next(one for one in bureau.body().panels[0].seats if one.seat == "office-3")
    assert seat.person == "office-3" and seat.items and "1.1" not in seat.items


def test_a_seat_is_taken_away(bureau):
    click(bureau.shell, "step-seat")
    bureau.choose("act-agency", "alpha")
    bureau.choose("act-seat", "expert-2")
    click(bureau.shell, "act-seat-gone")
    bureau.sign()
    assert [one.seat for one in bureau.body().panels[0].seats] == ["chair", "expert-1"]


def test_officers_and_threshold_are_changed_together(bureau):
    shell = bureau.shell
    click(shell, "step-officers")
    click(shell, "act-root-chair")
    click(shell, "act-root-expert-1")
    bureau.choose("act-threshold", "3")
    click(shell, "act-secretariat-office-3")
    bureau.sign()
    body = bureau.body()
    assert body.threshold == 3 and {root.person for root in body.roots} >= {"chair", "expert-1"}
    assert body.secretariat == ("office-1", "office-2", "office-3")


def test_the_round_is_closed_with_what_is_accepted(bureau):
    shell = bureau.shell
    click(shell, "step-close")
    click(shell, "act-close-sure")
    bureau.sign("ประกาศผลแล้ว")
    body = bureau.body()
    assert body.state == "closed" and body.accepted


def test_a_wrong_passphrase_proposes_nothing(bureau):
    shell = bureau.shell
    click(shell, "step-due")
    write(shell, "act-due-scoresheet", "30/6/2569")
    write(shell, "act-reason", "x")
    write(shell, "act-passphrase", "not this one")
    click(shell, "act-sign")
    assert there(shell, "act-passphrase-trouble")
    assert in_store(shell, workspace(shell).rosters.waiting) == ()


def test_a_proposal_of_another_officer_is_countersigned_here(bureau):
    shell = bureau.shell
    office = bureau.office
    body = edits.with_acting_chair(bureau.first.document.body, "alpha", "expert-1")
    child = propose(office.desk("office-2"), bureau.first, body, "ประธานลา")
    bureau.files = (bureau.sent({bureau.first.digest: bureau.first, child.digest: child}),)
    click(shell, "roster-copies")
    assert there(shell, "waiting-0")
    write(shell, "waiting-passphrase-0", "not this one")
    click(shell, "waiting-sign-0")
    assert there(shell, "waiting-passphrase-0-trouble")

    named(shell, "waiting-passphrase-0").clear()
    write(shell, "waiting-passphrase-0", SECRET)
    click(shell, "change-folder")
    click(shell, "waiting-sign-0")
    assert not there(shell, "waiting-0")
    assert in_store(shell, workspace(shell).rosters.current).roster.digest == child.digest


def test_a_waiting_proposal_is_written_again_and_keeps_its_form_in_another_language(bureau):
    shell = bureau.shell
    click(shell, "step-due")
    write(shell, "act-due-scoresheet", "30/6/2569")
    bureau.sign()
    before = set(bureau.stick.iterdir())
    out = bureau.stick / "again"
    out.mkdir()
    named(shell, "waiting-0").folder.set_folder(out)
    write(shell, "waiting-passphrase-0", SECRET)
    click(shell, "waiting-write-0")
    assert len(list(out.iterdir())) == 1 and set(bureau.stick.iterdir()) - before == {out}
    click(shell, "step-agency")
    click(shell, "language")
    assert there(shell, "act-agency-code")


def test_titles_and_the_class_of_secrecy_are_changed(bureau):
    shell = bureau.shell
    click(shell, "step-names")
    for name, words in (("act-title-th", "ชื่อใหม่"), ("act-secrecy", "ลับ")):
        named(shell, name).clear()
        write(shell, name, words)
    assert "ชื่อใหม่" in bureau.told() and "ลับ" in bureau.told()
    bureau.sign()
    body = bureau.body()
    assert (body.title_th, body.title_en, body.confidentiality) == ("ชื่อใหม่", "Test round", "ลับ")


def test_the_names_of_an_agency_are_corrected_and_its_committee_stays(bureau):
    shell = bureau.shell
    click(shell, "step-agency-words")
    bureau.choose("act-agency", "alpha")
    assert named(shell, "act-agency-th").text() == "หน่วยงาน ก"
    named(shell, "act-agency-th").clear()
    write(shell, "act-reason", "x")
    assert not named(shell, "act-sign").isEnabled()
    write(shell, "act-agency-th", "หน่วยงาน กขค")
    named(shell, "act-reason").clear()
    bureau.sign()
    body = bureau.body()
    assert body.agencies[0].name_th == "หน่วยงาน กขค" and body.agencies[0].name_en == "Agency A"
    assert body.panels == bureau.first.document.body.panels


def test_a_live_round_without_a_recovery_key_is_warned_and_gets_one_onto_two_media(bureau):
    shell = bureau.shell
    click(shell, "roster-back")
    click(shell, "board-recovery")
    click(shell, "name-recovery")
    click(shell, "act-recovery-make")
    write(shell, "recovery-passphrase", "words for the safe")
    write(shell, "recovery-passphrase-again", "words for the safe")
    click(shell, "make-recovery")
    assert named(shell, "recovery-trouble").findChildren(QLabel)
    for number, folder in enumerate(named(shell, "recovery-box").folders):
        place = bureau.stick / f"safe-{number}"
        place.mkdir()
        folder.set_folder(place)
    click(shell, "make-recovery")
    bureau.sign("เผื่อเครื่องหาย")
    keys = [read_key_file(next((bureau.stick / f"safe-{n}").glob("*.key")).read_bytes(), "words for the safe")
            for n in (0, 1)]  # fmt: skip
    assert {key.recipient for key in keys} == {bureau.body().recovery}


def test_the_recovery_key_of_a_card_is_named_and_another_file_is_refused(bureau):
    shell = bureau.shell
    safe = (bureau.stick / "safe-0", bureau.stick / "safe-1")
    for place in safe:
        place.mkdir()
    made = make_recovery(safe, "words for the safe", rehearsal=False, cost=Cost(64 * 1024, 1))
    click(shell, "step-recovery")
    bureau.key = bureau.stick / "nothing.key"
    click(shell, "act-recovery-take")
    write(shell, "act-reason", "x")
    assert not named(shell, "act-sign").isEnabled()
    bureau.key = made.keys[0].path
    click(shell, "act-recovery-take")
    named(shell, "act-reason").clear()
    bureau.sign()
    assert bureau.body().recovery == made.recipient


def test_what_is_not_on_the_form_of_an_agency_stays(bureau):
    body = bureau.first.document.body
    agency = replace(body.agencies[0], ministry_th="กระทรวง", mechanisms=("กลไก",), dimensions_th=("มิติ",))
    body = replace(body, agencies=(agency,))
    form = AgencyWordsForm(Ground(body, None, Chooser(), None, None, None))
    form.agency.setCurrentIndex(0)
    form.agency.activated.emit(0)
    assert form.edit()(body) == body
    form.findChild(QLineEdit, "act-agency-short").setText("กข")
    assert form.edit()(body).agencies == (replace(agency, short_th="กข"),)
    form.deleteLater()
