# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A live round set up by the window alone: two officers on two home folders, countersigned, its board opened."""

import shutil

import pytest
from committee import choose
from pdf_reading import page_texts
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit
from windows import click, named, on_screen, press, settle, there, workspace, write

from pmqa_desktop.services.identity import Applicant, make_identity, open_identity, write_enrolment
from pmqa_desktop.services.rounds.enrolling import read_enrolments
from pmqa_desktop.services.rounds.rosters import read_rosters, rosters_among
from pmqa_desktop.sync.fingerprint import groups
from pmqa_desktop.sync.keys import Cost
from ui.dialogs.choosing import Chooser
from ui.shell import Shell

SECRET = "mango river 7 lamp"
CHEAP = Cost(64 * 1024, 1)
ROUND = "pmqa-2569"
TABLE = "alpha\tหน่วยงาน ก\tAgency A\tก\tกระทรวง\tchair\texpert-1\texpert-2\nbeta\tหน่วยงาน ข"
MEMBERS = ("office-2", "office-3", "chair", "expert-1", "expert-2")


class Desktop:
    """One person's computer: a home folder, a window over it, and the answers to questions for files and folders."""

    def __init__(self, home, stick):
        self.home, self.files, self.folder, self.shell = home, (), stick, None

    def start(self):
        chooser = Chooser(
            files=lambda _parent: self.files,
            folder=lambda _parent, _title: self.folder,
            save=lambda _parent, _title, name: self.home / name,
        )
        self.shell = Shell(self.home, chooser=chooser)
        self.shell.routes.start()
        self.shell.window.show()
        self.shell.window.activateWindow()
        settle(self.shell)
        return self.shell

    def stop(self):
        if self.shell is not None:
            self.shell.close()
            self.shell = None
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QApplication.processEvents()


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def desktop(qapp, tmp_path, stick):
    """Return a function that opens a person's window over an own home folder with a live key."""
    made = {}

    def open_for(person, *, rehearsal=False):
        if person not in made:
            home = tmp_path / f"home-{person}"
            if not (home / "keys").exists():
                make_identity(home / "keys", person, SECRET, rehearsal=rehearsal, cost=CHEAP)
            made[person] = Desktop(home, stick)
        for other in made.values():
            other.stop()
        made[person].start()
        return made[person]

    yield open_for
    for one in made.values():
        one.stop()


@pytest.fixture
def enrolments(tmp_path, stick):
    """Everybody's enrolment file, by person, and the keys that made them."""
    found = {}
    for person in MEMBERS:
        own = make_identity(tmp_path / f"home-{person}" / "keys", person, SECRET, rehearsal=False, cost=CHEAP)
        found[person] = enrolment(own, stick)
    return found


def enrolment(own, folder, round_id=ROUND):
    identity = open_identity(own.path, SECRET)
    try:
        applicant = Applicant(round_id, f"ชื่อ {own.person}", f"ตำแหน่ง {own.person}")
        return write_enrolment(identity, applicant, folder, made_at="2026-05-01T00:00:00Z", app="test")[0].path
    finally:
        identity.close()


def begin(one):
    click(one.shell, "my-rounds")
    assert on_screen(one.shell) == "rounds-screen"
    click(one.shell, "begin-round")
    assert on_screen(one.shell) == "round-setup"


def pick(shell, name, value):
    """Choose an entry of a list by its value."""
    choices = named(shell, name)
    at = next(n for n in range(choices.count()) if choices.itemData(n) == value)
    choices.setCurrentIndex(at)
    choices.activated.emit(at)
    settle(shell)


def rewrite(shell, name, text):
    named(shell, name).selectAll()
    write(shell, name, text)
    settle(shell)


def silent(shell):
    kinds = (QAbstractButton, QLineEdit, QComboBox)
    widgets = [one for kind in kinds for one in shell.window.findChildren(kind) if one.isVisibleTo(shell.window)]
    assert widgets
    return [one.objectName() or one for one in widgets if not (one.objectName() and one.accessibleName())]


def confirm_all(shell):
    click(shell, "step-criteria")
    for setting in shell.window.screen_now.desk.edition.settings:
        click(shell, f"confirm-{setting.key}")


def take_and_compare(one, enrolments):
    shell = one.shell
    click(shell, "step-people")
    one.files = tuple(enrolments.values())
    click(shell, "take-enrolments")
    persons = [person.person for person in shell.window.screen_now.desk.plan.persons]
    for person, path in enrolments.items():
        click(shell, f"person-{persons.index(person)}")
        (asked,) = read_enrolments(path)
        write(shell, "compare-groups-0", " ".join(asked.fingerprint[2].split()[:2]))
        click(shell, "compare-0")
        rewrite(shell, "person-office-en", f"Office {person}")
    click(shell, f"person-{persons.index('office-1')}")
    rewrite(shell, "person-office-th", "หัวหน้าฝ่ายเลขานุการ")


def set_up(one, enrolments):
    """Go through every step and come to the last one."""
    shell = one.shell
    rewrite(shell, "setup-year", "2569")
    rewrite(shell, "setup-round", ROUND)
    confirm_all(shell)
    take_and_compare(one, enrolments)
    click(shell, "step-officers")
    for tick in ("root-office-2", "root-office-3", "secretariat-office-2"):
        click(shell, tick)
    click(shell, "step-agencies")
    click(shell, "paste-agencies")
    named(shell, "paste-agency-text").setPlainText(
        "alpha\tหน่วยงาน ก\tAgency A\tก\tกระทรวง\tchair\texpert-1\texpert-2\nbeta\tหน่วยงาน ข"
    )
    click(shell, "paste-agency-go")
    click(shell, "step-panels")
    click(shell, "copy-panel")
    click(shell, "copy-panel-go")
    click(shell, "step-dates")
    rewrite(shell, "due-scoresheet", "30 มิ.ย. 2569")
    click(shell, "step-review")


# --- the whole way -------------------------------------------------------------------------------------------


def sign_here(one):
    shell = one.shell
    click(shell, "change-folder")
    write(shell, "setup-passphrase", SECRET)
    click(shell, "sign-round")
    assert on_screen(shell) == "round-signed"


def countersign(one, files):
    """Let an officer sign under My key; return the file written."""
    shell = one.shell
    one.files = files
    before = set(one.folder.iterdir())
    click(shell, "my-key")
    click(shell, "sign-rosters")
    click(shell, "choose-rosters")
    click(shell, "roster-compared")
    click(shell, "change-folder")
    write(shell, "roster-passphrase", SECRET)
    click(shell, "sign-roster")
    (written,) = set(one.folder.iterdir()) - before
    return written


def test_two_officers_set_up_a_live_round_and_open_its_board(desktop, enrolments, stick):
    one = desktop("office-1")
    begin(one)
    set_up(one, enrolments)
    assert named(one.shell, "sign-round").isEnabled()
    assert not silent(one.shell)
    before = set(stick.iterdir())
    sign_here(one)
    (first,) = set(stick.iterdir()) - before
    assert there(one.shell, "round-written") and not there(one.shell, "open-board")
    the_fingerprint_page_is_offered(one, first)
    assert not silent(one.shell)

    copy = countersign(desktop("office-2"), (first,))

    one = desktop("office-1")
    click(one.shell, "my-rounds")
    click(one.shell, "draft-0")
    assert on_screen(one.shell) == "round-signed"
    one.files = (copy,)
    click(one.shell, "take-copies")
    click(one.shell, "open-board")
    assert on_screen(one.shell) == "registry"
    seen = workspace(one.shell).round
    assert (seen.round, seen.rehearsal, len(seen.panels)) == (ROUND, False, 2)
    assert [due.date for due in seen.roster.due] == ["2026-06-30"]
    assert seen.panels["beta"].chair == "chair" and len(seen.panels["beta"].seats) == 3
    one = changes_the_laptop_of_a_member(one, desktop, stick)
    (person,) = [one for one in workspace(one.shell).round.roster.persons if one.person == "expert-1"]
    assert [key.state for key in person.keys] == ["retired", "active"]


def the_fingerprint_page_is_offered(one, file):
    """Save the page to print; it says what the screen says."""
    click(one.shell, "save-fingerprint")
    (text,) = page_texts((one.home / f"fingerprint-{ROUND}.pdf").read_bytes())
    (digest,) = rosters_among(read_rosters((file,)))
    assert all(row.upper() in text for row in groups(digest))
    assert "บัญชีรายชื่อและกุญแจฉบับแรกของรอบ" in text


def changes_the_laptop_of_a_member(one, desktop, stick):
    """Propose another laptop for expert-1, let the second officer countersign, and take the copy in."""
    new = make_identity(one.home.parent / "new-laptop", "expert-1", SECRET, rehearsal=False, cost=CHEAP)
    shell = one.shell
    choose(shell, "registry-roster")
    click(shell, "step-laptop")
    one.files = (enrolment(new, stick),)
    click(shell, "act-enrolment")
    assert not named(shell, "act-sign").isEnabled()
    write(shell, "compare-groups-0", " ".join(new.fingerprint[0].split()[:2]))
    click(shell, "compare-0")
    write(shell, "act-reason", "เครื่องเดิมเสีย")
    click(shell, "change-folder")
    write(shell, "act-passphrase", SECRET)
    before = set(stick.iterdir())
    click(shell, "act-sign")
    (proposal,) = set(stick.iterdir()) - before
    assert there(shell, "waiting-0") and not there(shell, "waiting-sign-0")
    assert workspace(shell).round.roster_digest == workspace(shell).rosters.current().roster.digest
    assert not silent(shell)

    copy = countersign(desktop("office-2"), (proposal,))

    one = desktop("office-1")
    shell = one.shell
    click(shell, "recent-0")
    choose(shell, "registry-roster")
    assert there(shell, "waiting-0")
    one.files = (copy,)
    click(shell, "roster-copies")
    assert not there(shell, "waiting-0")
    click(shell, "roster-back")
    assert on_screen(shell) == "registry"
    return one


def test_another_of_the_secretariat_opens_the_board_after_comparing_the_first_roster(desktop, enrolments, stick):
    one = desktop("office-1")
    begin(one)
    set_up(one, enrolments)
    before = set(stick.iterdir())
    sign_here(one)
    (first,) = set(stick.iterdir()) - before
    two = desktop("office-2")
    two.files = (countersign(two, (first,)),)
    click(two.shell, "to-key")
    click(two.shell, "to-start")

    click(two.shell, "my-rounds")
    click(two.shell, "office-files")
    assert on_screen(two.shell) == "first-roster-screen"
    click(two.shell, "compared")
    click(two.shell, "open-compared")

    assert on_screen(two.shell) == "registry"
    assert workspace(two.shell).me.secretariat


# --- keeping and undoing -------------------------------------------------------------------------------------


def test_what_was_typed_is_there_after_a_crash(desktop, tmp_path):
    one = desktop("office-1")
    begin(one)
    rewrite(one.shell, "setup-title-th", "รอบที่เครื่องดับ")
    after = tmp_path / "after-the-crash"
    shutil.copytree(one.home, after)  # nothing was closed in order

    again = Desktop(after, one.folder)
    one.stop()
    again.start()
    try:
        click(again.shell, "my-rounds")
        click(again.shell, "draft-0")
        assert named(again.shell, "setup-title-th").text() == "รอบที่เครื่องดับ"
    finally:
        again.stop()


def test_a_removed_agency_comes_back_with_its_committee(desktop):
    one = desktop("office-1")
    shell = one.shell
    begin(one)
    click(shell, "step-agencies")
    click(shell, "paste-agencies")
    named(shell, "paste-agency-text").setPlainText("a\tกรม ก\t\t\t\tchair\tx\nb\tกรม ข\nb\tซ้ำ")
    click(shell, "paste-agency-go")
    desk = shell.window.screen_now.desk
    assert "3" in named(shell, "paste-agency-result").text()
    click(shell, "remove-agency")
    assert [agency.agency for agency in desk.plan.agencies] == ["b"] and desk.plan.panels == ()

    press(shell, "Ctrl+Z")
    assert [agency.agency for agency in desk.plan.agencies] == ["a", "b"]
    assert [panel.agency for panel in desk.plan.panels] == ["a"]
    click(shell, "setup-redo")
    assert desk.plan.panels == ()


def test_letters_of_one_field_are_undone_together(desktop):
    one = desktop("office-1")
    begin(one)
    before = named(one.shell, "setup-title-en").text()
    rewrite(one.shell, "setup-title-en", "Another title")
    click(one.shell, "setup-undo")
    assert named(one.shell, "setup-title-en").text() == before


def test_a_removed_draft_can_be_brought_back(desktop):
    one = desktop("office-1")
    begin(one)
    click(one.shell, "setup-back")
    click(one.shell, "remove-draft-0")
    assert not there(one.shell, "draft-0")
    click(one.shell, "put-back")
    assert there(one.shell, "draft-0") and not there(one.shell, "put-back-0")


def test_a_removed_draft_is_offered_after_a_restart_too(desktop):
    one = desktop("office-1")
    begin(one)
    click(one.shell, "setup-back")
    click(one.shell, "remove-draft-0")
    again = desktop("office-1")
    click(again.shell, "my-rounds")
    assert not there(again.shell, "draft-0") and not there(again.shell, "put-back")
    click(again.shell, "put-back-0")
    assert there(again.shell, "draft-0") and not there(again.shell, "put-back-0")


# --- what is told --------------------------------------------------------------------------------------------


def test_groups_of_another_key_are_told_and_compare_nothing(desktop, enrolments):
    one = desktop("office-1")
    begin(one)
    rewrite(one.shell, "setup-round", ROUND)
    click(one.shell, "step-people")
    one.files = (enrolments["chair"],)
    click(one.shell, "take-enrolments")
    click(one.shell, "person-1")
    write(one.shell, "compare-groups-0", "0000 1111")
    click(one.shell, "compare-0")

    assert named(one.shell, "compare-trouble-0").text()
    assert one.shell.window.screen_now.desk.draft.compared == ()
    named(one.shell, "compare-all-0").click()
    settle(one.shell)
    assert len(one.shell.window.screen_now.desk.draft.compared) == 1
    assert not there(one.shell, "compare-0")


def test_an_enrolment_for_another_round_is_refused_with_its_name(desktop, tmp_path, stick):
    one = desktop("office-1")
    begin(one)
    click(one.shell, "step-people")
    own = make_identity(tmp_path / "other", "expert-9", SECRET, rehearsal=False, cost=CHEAP)
    one.files = (enrolment(own, stick, "another-2570"),)
    click(one.shell, "take-enrolments")
    assert len(one.shell.window.screen_now.desk.plan.persons) == 1
    assert one.shell.window.screen_now.desk.enrolled == ()


def test_a_changed_setting_is_not_confirmed_any_more_and_a_wrong_one_cannot_be(desktop):
    one = desktop("office-1")
    shell = one.shell
    begin(one)
    click(shell, "step-criteria")
    click(shell, "confirm-award_line_advance")
    desk = shell.window.screen_now.desk
    assert desk.draft.confirmed == ("award_line_advance",)
    rewrite(shell, "setting-award_line_advance", "480")
    assert desk.draft.confirmed == () and desk.plan.settings == {"award_line_advance": 480}
    assert not named(shell, "confirm-award_line_advance").isChecked()

    rewrite(shell, "setting-evaluators_consensus_min", "many")
    click(shell, "confirm-evaluators_consensus_min")
    assert desk.draft.confirmed == ()
    rewrite(shell, "setting-evaluators_consensus_min", "3")
    assert "evaluators_consensus_min" not in desk.plan.settings


def test_live_and_rehearsal_look_and_ask_differently(desktop):
    one = desktop("office-1")
    begin(one)
    assert not there(one.shell, "rehearsal-pill")
    click(one.shell, "kind-rehearsal")
    assert there(one.shell, "rehearsal-pill")
    assert there(one.shell, "make-own-key")
    assert one.shell.window.screen_now.desk.plan.threshold == 1
    click(one.shell, "kind-live")
    assert one.shell.window.screen_now.desk.plan.threshold == 2
    assert not there(one.shell, "make-own-key")


def test_what_is_missing_leads_to_its_step(desktop):
    one = desktop("office-1")
    begin(one)
    click(one.shell, "step-review")
    assert not named(one.shell, "sign-round").isEnabled()
    click(one.shell, "go-officers")
    assert there(one.shell, "setup-threshold")
    click(one.shell, "setup-next")
    assert there(one.shell, "paste-agencies")


def test_seats_are_changed_and_items_chosen(desktop):
    one = desktop("office-1")
    shell = one.shell
    begin(one)
    click(shell, "step-people")
    click(shell, "add-person")
    click(shell, "step-agencies")
    click(shell, "add-agency")
    write(shell, "agency-name-th", "กรม ก")
    click(shell, "step-panels")
    click(shell, "begin-panel")
    pick(shell, "panel-chair", "office-1")
    pick(shell, "seat-person-1", "expert-1")
    click(shell, "remove-seat-3")
    click(shell, "remove-seat-2")
    click(shell, "seat-items-1")
    click(shell, "item-1.1")
    rewrite(shell, "seat-conflict-1", "เคยเป็นที่ปรึกษา")
    desk = shell.window.screen_now.desk
    (panel,) = desk.plan.panels
    assert (panel.chair, [seat.person for seat in panel.seats]) == ("office-1", ["office-1", "expert-1"])
    assert "1.1" not in panel.seats[1].items and len(panel.seats[1].items) == len(desk.edition.items) - 1
    assert panel.seats[1].conflict == "เคยเป็นที่ปรึกษา"
    assert not silent(shell)
    click(shell, "items-all")
    assert desk.plan.panels[0].seats[1].items == ()


def test_a_short_name_moves_wherever_it_stands(desktop):
    one = desktop("office-1")
    shell = one.shell
    begin(one)
    click(shell, "step-people")
    click(shell, "add-person")
    click(shell, "step-officers")
    click(shell, "root-expert-1")
    click(shell, "step-people")
    click(shell, "person-1")
    rewrite(shell, "person-id", "แปลก")
    assert named(shell, "person-id-trouble").text()
    rewrite(shell, "person-id", "somchai")
    desk = shell.window.screen_now.desk
    assert desk.plan.roots == ("office-1", "somchai")
    click(shell, "remove-person")
    assert desk.plan.roots == ("office-1",)


def test_a_recovery_key_is_made_onto_two_media_and_named(desktop, tmp_path):
    one = desktop("office-1")
    shell = one.shell
    begin(one)
    click(shell, "step-officers")
    click(shell, "open-recovery")
    box = named(shell, "recovery-box")
    for folder, choice in zip(("m1", "m2"), box.folders, strict=True):
        (tmp_path / folder).mkdir()
        choice.set_folder(tmp_path / folder)
    write(shell, "recovery-passphrase", SECRET)
    write(shell, "recovery-passphrase-again", SECRET)
    click(shell, "make-recovery")
    desk = shell.window.screen_now.desk
    made = desk.plan.recovery
    assert made.startswith("age1") and not there(shell, "recovery-box")
    assert len(list((tmp_path / "m1").glob("*.key"))) == len(list((tmp_path / "m2").glob("*.key"))) == 1

    click(shell, "setup-undo")
    assert desk.plan.recovery == ""
    desk.take_recovery(next((tmp_path / "m2").glob("*.key")))
    assert desk.plan.recovery == made


def test_another_language_keeps_step_and_choice(desktop):
    one = desktop("office-1")
    begin(one)
    click(one.shell, "step-dates")
    rewrite(one.shell, "due-consensus", "31/7/2569")
    click(one.shell, "language")
    assert on_screen(one.shell) == "round-setup"
    assert named(one.shell, "due-consensus").text() == "31/7/2569"
    assert "2026" in named(one.shell, "due-consensus-told").text()


def test_an_agency_is_entered_by_the_keyboard_alone(desktop):
    one = desktop("office-1")
    shell = one.shell
    begin(one)
    named(shell, "step-agencies").setFocus(Qt.FocusReason.TabFocusReason)
    press(shell, "Space")
    named(shell, "add-agency").setFocus(Qt.FocusReason.TabFocusReason)
    press(shell, "Space")
    for words, field in (
        ("กรมตัวอย่าง", "agency-name-th"), ("Example", "agency-name-en"), ("กต.", "agency-short"),
        ("กระทรวง", "agency-ministry"),
    ):  # fmt: skip
        assert QApplication.focusWidget().objectName() == field
        write(shell, field, words)
        press(shell, "Return")
    assert QApplication.focusWidget().objectName() == "agency-code"
    named(shell, "agency-code").selectAll()
    write(shell, "agency-code", "example")
    (agency,) = shell.window.screen_now.desk.plan.agencies
    assert (agency.agency, agency.name_th, agency.name_en, agency.short_th, agency.ministry_th) == (
        "example", "กรมตัวอย่าง", "Example", "กต.", "กระทรวง",
    )  # fmt: skip


def test_a_wrong_passphrase_signs_nothing(desktop, enrolments, stick):
    one = desktop("office-1")
    begin(one)
    set_up(one, enrolments)
    before = set(stick.iterdir())
    click(one.shell, "change-folder")
    write(one.shell, "setup-passphrase", "not this one")
    click(one.shell, "sign-round")
    assert there(one.shell, "setup-passphrase-trouble")
    assert set(stick.iterdir()) == before
