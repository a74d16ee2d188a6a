# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Changes of a roster proposed in the window: each form tells its consequence before anything is signed."""

import pytest
from committee import choose
from officers import MADE_AT, Office
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit
from windows import click, in_store, named, on_screen, press, settle, there, workspace, write

from pmqa_desktop.app import App
from pmqa_desktop.domain import roster_edits as edits
from pmqa_desktop.services.identity import open_identity, own_keys
from pmqa_desktop.services.rosters import propose, write_rosters
from pmqa_desktop.sync.keys import Cost, write_key_file
from ui.dialogs.choosing import Chooser
from ui.shell import Shell

SECRET = "mango river 7 lamp"
CHEAP = Cost(64 * 1024, 1)


class Bureau:
    """The registry of the first officer, open in a window; `files` answers the next question for files."""

    def __init__(self, home, stick):
        self.home, self.stick, self.files = home, stick, ()
        self.office = Office(stick)
        documents = self.office.start()
        self.first = next(one for one in documents.values() if one.kind == "roster")
        file = self.sent(documents)
        keys = home / "keys"
        keys.mkdir(parents=True)
        path = keys / "office-1.key"
        path.write_bytes(write_key_file(self.office.identities["office-1"], SECRET, cost=CHEAP))
        open_identity(path, SECRET).close()
        (own,) = own_keys(keys)
        App(home).take_office((file,), own, confirmed=self.first.digest).close()
        chooser = Chooser(files=lambda _parent: self.files, folder=lambda _parent, _title: stick)
        self.shell = Shell(home, chooser=chooser)
        self.shell.routes.start()
        self.shell.window.show()
        self.shell.window.activateWindow()
        settle(self.shell)
        click(self.shell, "recent-0")
        choose(self.shell, "registry-roster")

    def sent(self, documents):
        identity = self.office.identities["office-2"]
        return write_rosters(documents, self.stick, identity, made_at=MADE_AT, app="test").path

    def body(self):
        """The body of the one proposal that waits."""
        (seen,) = in_store(self.shell, workspace(self.shell).rosters.waiting)
        return seen.roster.document.body

    def told(self):
        return " ".join(
            one.text().replace("\u200b", "") for one in named(self.shell, "roster-changes").findChildren(QLabel)
        )

    def choose(self, name, value):
        choices = named(self.shell, name)
        at = next(n for n in range(choices.count()) if choices.itemData(n) == value)
        choices.setCurrentIndex(at)
        choices.activated.emit(at)
        settle(self.shell)

    def sign(self, reason="ตามคำสั่ง"):
        write(self.shell, "act-reason", reason)
        click(self.shell, "change-folder")
        write(self.shell, "act-passphrase", SECRET)
        click(self.shell, "act-sign")

    def close(self):
        self.shell.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


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
    for name in ("laptop", "person", "retire", "lost", "chair", "seat", "agency", "due", "officers", "close"):
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
    bureau.sign()
    assert not there(shell, "waiting-0")
    assert named(shell, "roster-screen-trouble").findChildren(QLabel)
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
