# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""An officer of the secretariat who leads a panel, or sits on one, comes from the register to it and back."""

import pytest
from bureau import Bureau
from windows import click, in_store, on_screen, there, workspace

from pmqa_desktop.domain import roster_edits as edits
from pmqa_desktop.domain.documents import Seat
from pmqa_desktop.services.rounds.rosters import propose


@pytest.fixture
def bureau(qapp, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    made = Bureau(tmp_path / "home", stick)
    yield made
    made.close()


def changed(bureau, body):
    """Put a changed roster in force at the open register, and show the board anew."""
    office = bureau.office
    child = propose(office.desk(), bureau.first, body, "จำเป็น")
    known = {bureau.first.digest: bureau.first, child.digest: child}
    file = bureau.sent(office.signed(known, child.digest, "office-3"))
    in_store(bureau.shell, lambda: workspace(bureau.shell).exchange.import_paths([file]))
    click(bureau.shell, "roster-back")


def test_an_acting_chair_of_the_secretariat_goes_to_the_panels_and_back_to_the_register(bureau):
    shell = bureau.shell
    changed(bureau, edits.with_acting_chair(bureau.first.document.body, "alpha", "office-1"))
    assert on_screen(shell) == "registry"

    click(shell, "to-panels")
    assert on_screen(shell) == "panel-list" and there(shell, "open-alpha") and not there(shell, "to-my-work")

    click(shell, "panel-home")
    assert on_screen(shell) == "registry"


def test_an_officer_with_a_seat_finds_the_own_sheet_beside_the_panels(bureau):
    shell = bureau.shell
    seat = Seat(seat="seat-9", person="office-1", title_th="ที่นั่ง", title_en="Seat")
    changed(bureau, edits.with_seat(bureau.first.document.body, "alpha", seat))

    click(shell, "to-panels")
    click(shell, "to-my-work")
    assert on_screen(shell) == "declaration-screen"
    click(shell, "to-panels")
    assert on_screen(shell) == "panel-list"


def test_an_officer_without_a_panel_is_shown_no_way_there(bureau):
    shell = bureau.shell
    click(shell, "roster-back")
    assert on_screen(shell) == "registry" and not there(shell, "to-panels")
