# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A fork settled in the window, and the recovery key tried there: real rosters, real keys, real files."""

import pytest
from bureau import CHEAP, SECRET, Bureau
from officers import LIVE, MADE_AT
from PySide6.QtWidgets import QAbstractButton, QLabel
from windows import click, in_store, named, on_screen, press, settle, there, workspace, write

from pmqa_desktop.domain import roster_edits as edits
from pmqa_desktop.services.rounds.recovery import make_recovery
from pmqa_desktop.services.rounds.rosters import propose, read_rosters
from pmqa_desktop.sync.container import bundle_bytes
from pmqa_desktop.sync.sealing import seal
from pmqa_desktop.text import _

SAFE = "words for the safe"


def words_in(shell, name):
    found = named(shell, name).findChildren(QLabel)
    return " ".join(one.text().replace("\u200b", "") for one in found)


@pytest.fixture
def stick(tmp_path):
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def bureau(qapp, tmp_path, stick):
    made = Bureau(tmp_path / "home", stick)
    yield made
    made.close()


@pytest.fixture
def sides(bureau):
    """Officers 1 and 2 report a key stolen; officers 3 and 2 replace the chair."""
    office, first = bureau.office, bureau.first
    body = first.document.body
    stolen = edits.with_key_state(body, office.identities["expert-1"].key, "compromised")
    found = []
    for by, changed, why in (
        ("office-1", stolen, "เครื่องหาย"), ("office-3", edits.with_chair(body, "alpha", "expert-2"), "ประธานลา"),
    ):  # fmt: skip
        child = propose(office.desk(by), first, changed, why)
        found.append(office.signed({first.digest: first, child.digest: child}, child.digest, "office-2")[child.digest])
    return found


@pytest.fixture
def forked(bureau, sides):
    """The registry with both sides taken in, at the screen that shows them."""
    bureau.files = (bureau.sent({bureau.first.digest: bureau.first, **{one.digest: one for one in sides}}),)
    click(bureau.shell, "roster-copies")
    assert on_screen(bureau.shell) == "fork-screen"
    return bureau.shell


def number_of(shell, side):
    return [one.digest for one in shell.window.screen_now.fork.sides].index(side.digest)


def test_both_sides_stand_beside_each_other_in_words_and_take_no_signature(forked, sides):
    shell = forked
    stolen, replaced = (words_in(shell, f"fork-card-{number_of(shell, one)}") for one in sides)
    assert "เครื่องหาย" in stolen and "office-1" in stolen and "office-3" not in stolen
    assert "ประธานลา" in replaced and "expert-2" in replaced and "office-3" in replaced
    assert not there(shell, "waiting-0") and not there(shell, "waiting-sign-0")
    assert not named(shell, "fork-sign").isEnabled()


def test_the_board_says_that_the_round_stands_still_and_leads_to_both_sides(forked):
    click(forked, "roster-back")
    assert there(forked, "roster-warnings")
    click(forked, "board-fork")
    assert on_screen(forked) == "fork-screen"


def test_a_fork_is_settled_by_the_keyboard_alone(bureau, forked, sides):
    shell = forked
    _stolen, replaced = sides
    number = number_of(shell, replaced)
    named(shell, "fork-side-0").setFocus()
    if number:
        while shell.window.focusWidget().objectName() != "fork-side-1":
            press(shell, "Tab")
    press(shell, "Space")
    told = words_in(shell, "fork-outcome")
    assert "expert-1" in told and "expert-2" in told
    while shell.window.focusWidget().objectName() != "fork-reason":
        press(shell, "Tab")
    write(shell, "fork-reason", "ประชุมตกลงแล้ว")
    bureau.folder = bureau.stick / "settled"
    bureau.folder.mkdir()
    while shell.window.focusWidget().objectName() != "fork-passphrase":
        press(shell, "Tab")
    write(shell, "fork-passphrase", SECRET)
    while shell.window.focusWidget().objectName() != "change-folder":
        press(shell, "Tab")
    press(shell, "Space")
    named(shell, "fork-passphrase").setFocus()
    press(shell, "Return")

    assert on_screen(shell) == "fork-screen" and there(shell, "waiting-0")
    shown = words_in(shell, "fork-trouble")
    assert "office-2" in shown and "office-3" in shown and "office-1" not in shown
    (file,) = bureau.folder.glob("*.pmqa")
    (healing,) = shell.window.screen_now.fork.healings
    assert healing.roster.digest in read_rosters([file])

    digest = healing.roster.digest
    signed = bureau.office.signed(read_rosters([file]), digest, "office-2", "office-3")
    bureau.files = (bureau.sent(signed),)
    named(shell, "roster-copies").setFocus()
    press(shell, "Space")
    assert on_screen(shell) == "roster-screen"
    current = in_store(shell, workspace(shell).rosters.current)
    body = current.roster.document.body
    states = {key.key: key.state for person in body.persons for key in person.keys}
    assert current.roster.digest == digest and body.panels[0].chair == "expert-2"
    assert states[bureau.office.identities["expert-1"].key] == "compromised"
    assert named(shell, "roster-screen-trouble").findChildren(QLabel)


def test_a_wrong_passphrase_settles_nothing_and_the_choice_stays_in_another_language(bureau, forked):
    shell = forked
    click(shell, "fork-side-1")
    write(shell, "fork-reason", "ตกลงแล้ว")
    write(shell, "fork-passphrase", "not this one")
    click(shell, "fork-sign")
    assert there(shell, "fork-passphrase-trouble")
    assert in_store(shell, workspace(shell).rosters.fork).healings == ()
    click(shell, "language")
    assert named(shell, "fork-side-1").isChecked() and named(shell, "fork-reason").text() == "ตกลงแล้ว"
    buttons = shell.window.screen_now.findChildren(QAbstractButton)
    assert all(one.accessibleName() for one in buttons if one.isVisible())


# --- the recovery key tried ---


@pytest.fixture
def safe(stick):
    places = (stick / "safe-0", stick / "safe-1")
    for place in places:
        place.mkdir()
    return make_recovery(places, SAFE, rehearsal=False, cost=CHEAP)


@pytest.fixture
def guarded(qapp, tmp_path, stick, safe):
    made = Bureau(tmp_path / "home", stick, recovery=safe.recipient)
    yield made
    made.close()


def sealed_to(bureau, *recipients):
    data = bundle_bytes((bureau.first,), bureau.office.identities["office-2"], round=LIVE, rehearsal=False,
                        made_at=MADE_AT, app="test")  # fmt: skip
    path = bureau.stick / f"sealed-{len(recipients)}.pmqa"
    path.write_bytes(seal(data, recipients))
    return path


def try_key(bureau, key, *files):
    shell = bureau.shell
    if not there(shell, "drill-box"):
        click(shell, "step-drill")
    bureau.key, bureau.files = key, files
    click(shell, "drill-key")
    click(shell, "drill-files")
    write(shell, "drill-passphrase", SAFE)
    press(shell, "Return", named(shell, "drill-passphrase"))
    settle(shell)
    return words_in(shell, "drill-result") if there(shell, "drill-result") else ""


def test_the_recovery_key_is_tried_and_nothing_is_taken_in(guarded, safe):
    shell = guarded.shell
    assert not there(shell, "name-recovery")
    before = in_store(shell, lambda: workspace(shell).registry.audit().state)
    file = sealed_to(guarded, safe.recipient)
    told = try_key(guarded, safe.keys[1].path, file)
    assert file.name in told and _("The recovery key works") in told
    assert named(shell, "drill-passphrase").text() == ""
    assert in_store(shell, lambda: workspace(shell).registry.audit().state) == before
    plain = guarded.stick / "plain.pmqa"
    plain.write_bytes(guarded.sent({guarded.first.digest: guarded.first}).read_bytes())
    assert plain.name not in try_key(guarded, safe.keys[1].path, plain)


def test_a_recovery_key_that_the_roster_does_not_name_is_told(bureau, safe):
    shell = bureau.shell
    assert there(shell, "name-recovery")
    told = try_key(bureau, safe.keys[0].path, sealed_to(bureau, safe.recipient))
    assert _("This key is not the one that the roster names") in told
    write(shell, "drill-passphrase", "x")
    press(shell, "Return", named(shell, "drill-passphrase"))
    settle(shell)
    assert there(shell, "drill-passphrase-trouble")
