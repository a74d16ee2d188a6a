# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A live round of several panels with different chairs: from the pasted table to packs that everybody opens."""

import pytest
from laptops import PASSPHRASE
from made_papers import pdf
from msgspec.structs import replace
from officers import OFFICERS, PANEL, Office, clock

from pmqa_desktop.app import App
from pmqa_desktop.domain import roster_edits as edits
from pmqa_desktop.domain.documents import Due, Seat
from pmqa_desktop.domain.seats import expect_own_seats, seats_by_person, shared_seats, with_sitter
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.editions import edition_of
from pmqa_desktop.services.identity import OwnKey
from pmqa_desktop.services.packing.paper_files import read_papers
from pmqa_desktop.services.packing.service import PackingService
from pmqa_desktop.services.rounds.agency_table import read_agencies
from pmqa_desktop.services.rounds.draft import RoundDraft, RoundDrafts, told_groups
from pmqa_desktop.services.rounds.plan import load_plan
from pmqa_desktop.services.rounds.rosters import countersign, planned_body, read_rosters, review, write_rosters
from pmqa_desktop.sync.keys import Cost, write_key_file

TABLE = (
    "alpha\tหน่วยงาน ก\tAgency A\tก\tกระทรวง\tchair\texpert-1\texpert-2\n"
    "beta\tหน่วยงาน ข\tAgency B\tข\tกระทรวง\texpert-1\tchair\texpert-2\n"
    "gamma\tหน่วยงาน ค\tAgency C\tค\tกระทรวง\texpert-2\texpert-1\tchair"
)


@pytest.fixture
def office(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return Office(folder)


def key_file(office, person, folder):
    path = folder / f"{person}.key"
    path.write_bytes(write_key_file(office.identities[person], PASSPHRASE, cost=Cost(64 * 1024, 1)))
    return path


def planned(office):
    table = read_agencies(TABLE)
    return replace(
        office.plan, agencies=table.agencies, panels=table.panels, due=(Due(what="scoresheet", date="2026-06-30"),)
    )


def set_up(office, home, tmp_path):
    """Set the round up on a draft, let a second officer sign, and open the registry."""
    identity = office.identities["office-1"]
    own = OwnKey(key_file(office, "office-1", tmp_path), "office-1", identity.key, identity.recipient)
    drafts = RoundDrafts(home, clock, lambda size: bytes(range(size)), "test")
    opened = drafts.begin(own)
    confirmed = tuple(one.key for one in edition_of("pmqa40").settings)
    drafts.save(opened.folder, RoundDraft(plan=planned(office), person="office-1", confirmed=confirmed))
    for name in (*OFFICERS[1:], *PANEL):
        office.enrolled(office.identities[name])
    opened = drafts.open(opened.folder)
    found = drafts.take(opened.folder, opened.draft, sorted(office.folder.glob("*.pmqa")))
    compared = tuple(told_groups(one, " ".join(one.fingerprint[2].split())) for one in found)
    drafts.save(opened.folder, replace(opened.draft, compared=compared))
    out = tmp_path / "out"
    out.mkdir()
    draft, written = drafts.sign(drafts.open(opened.folder), own, PASSPHRASE, out)
    documents = read_rosters((written.path,))
    second = office.identities["office-2"]
    both = {**documents, draft.signed: countersign(review(documents, draft.signed), second)}
    copy = write_rosters(both, out, second, made_at="2026-05-01T00:00:00Z", app="test").path
    drafts.take_signed(opened.folder, draft, (copy,))
    return App(home, clock=clock).take_office(drafts.signed_files(opened.folder), own, confirmed=draft.signed)


def test_every_member_of_panels_with_different_chairs_gets_one_pack_and_opens_it(office, home, tmp_path):
    drive = tmp_path / "drive"
    drive.mkdir()
    given = read_papers({
        name: (pdf(tmp_path / name / "1.pdf", mark=name),) for name in ("alpha", "beta", "gamma")
    })  # fmt: skip
    registry = set_up(office, home, tmp_path)
    first = registry.session.view().chain[0]
    try:
        registry.session.unlock(PASSPHRASE)
        report = PackingService(registry.session).write(given, drive)
        assert [(line.person, line.outcome) for line in report.lines] == [(name, "written") for name in PANEL]
    finally:
        registry.close()

    for line in report.lines:
        (file,) = line.files
        path = key_file(office, line.person, tmp_path)
        laptop = App(tmp_path / "laptops" / line.person, clock=clock)
        workspace = laptop.open_pack(file.path, path, PASSPHRASE, confirmed=first)
        try:
            assert {work.agency.agency for work in workspace.scoring.agencies()} == {"alpha", "beta", "gamma"}
            (led,) = workspace.me.chairs
            assert workspace.me.seats[led].title_th == "ประธาน"
        finally:
            workspace.close()


def test_a_plan_file_with_a_shared_seat_name_is_refused_with_who_and_where(office):
    table = read_agencies(TABLE)
    assert {one.seat for one in shared_seats(table.panels)} == {"chair", "seat-1", "seat-2"}
    with pytest.raises(Expected, match="seat-name-shared") as told:
        planned_body(planned(office), ())
    assert told.value.fields == {
        "seat": "chair", "persons": "chair, expert-1, expert-2", "agencies": "alpha, beta, gamma",
    }  # fmt: skip

    seat = '[[panels.seats]]\nseat = "head"\nperson = "{}"\ntitle_th = "ประธาน"\ntitle_en = "Chair"\n'
    text = "\n".join(
        f'[[panels]]\nagency = "{agency}"\nchair = "{who}"\n{seat.format(who)}'
        for agency, who in (("alpha", "chair"), ("beta", "expert-1"))
    )
    begin = 'round="r"\ntitle_th="ร"\ntitle_en="R"\nyear_be=2569\nthreshold=2\nroots=[]\nsecretariat=[]\npersons=[]\n'
    with pytest.raises(Expected, match="seat-name-shared"):
        load_plan((begin + text).encode(), "plan.toml")


def test_a_seat_that_changes_hands_takes_the_name_of_its_person(office):
    keys = [office.enrolled(identity) for identity in office.identities.values()]
    body = planned_body(replace(planned(office), panels=seats_by_person(planned(office).panels)), keys)
    expect_own_seats(body.panels)

    handed = with_sitter(body, "alpha", "expert-2", Seat("x", "office-3", "ผู้ตรวจ", "Evaluator"))
    assert [one.seat for one in handed.panels[0].seats] == ["chair", "expert-1", "office-3"]
    kept = with_sitter(body, "alpha", "expert-2", Seat("x", "expert-2", "ผู้ตรวจคนใหม่", "Evaluator"))
    assert [one.seat for one in kept.panels[0].seats] == ["chair", "expert-1", "expert-2"]
    joined = with_sitter(body, "beta", "", Seat("x", "office-3", "ผู้ตรวจ", "Evaluator"))
    assert joined.panels[1].seats[-1].seat == "office-3"

    mixed = edits.with_seat(body, "beta", Seat("expert-2", "office-3", "ผู้ตรวจ", "Evaluator"))
    with pytest.raises(Expected, match="seat-name-shared"):
        expect_own_seats(mixed.panels, body.panels)
    expect_own_seats(mixed.panels, mixed.panels)
    mended = with_sitter(mixed, "beta", "expert-2", Seat("x", "office-3", "ผู้ตรวจ", "Evaluator"))
    expect_own_seats(mended.panels)
