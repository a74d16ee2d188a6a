# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A round that is being set up: kept on disk, told what it lacks, signed, and opened as the secretariat's registry."""

from datetime import date

import pytest
from laptops import PASSPHRASE
from msgspec.structs import replace
from officers import LIVE, MADE_AT, OFFICERS, Office, clock

from pmqa_desktop.app import App
from pmqa_desktop.domain import roster_edits as edits
from pmqa_desktop.domain.documents import Due
from pmqa_desktop.errors import Expected, Refused
from pmqa_desktop.services.attempts import Attempts
from pmqa_desktop.services.editions import edition_of
from pmqa_desktop.services.identity import OwnKey, open_identity
from pmqa_desktop.services.rounds.agency_table import read_agencies, read_persons
from pmqa_desktop.services.rounds.checks import begun, by_step, lacks
from pmqa_desktop.services.rounds.draft import RoundDraft, RoundDrafts, empty_draft, told_groups
from pmqa_desktop.services.rounds.rosters import countersign, read_rosters, review, write_rosters
from pmqa_desktop.sync.keys import Cost, write_key_file
from pmqa_desktop.thai import parse_date

CHEAP = Cost(64 * 1024, 1)
EDITION = edition_of("pmqa40")


@pytest.fixture
def office(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return Office(folder)


@pytest.fixture
def own(tmp_path, office):
    return own_key(tmp_path, office, "office-1")


@pytest.fixture
def drafts(home):
    return RoundDrafts(home, clock, lambda size: bytes(range(size)), "test")


def own_key(folder, office, person):
    """Put an officer's key on the laptop."""
    identity = office.identities[person]
    path = folder / f"{person}.key"
    path.write_bytes(write_key_file(identity, PASSPHRASE, cost=CHEAP))
    return OwnKey(path, person, identity.key, identity.recipient)


def full(office, person="office-1"):
    """The draft of a round to which nothing is lacking."""
    confirmed = tuple(one.key for one in EDITION.settings)
    plan = replace(office.plan, due=(Due(what="scoresheet", date="2026-06-30"),))
    return RoundDraft(plan=plan, person=person, confirmed=confirmed)


def taken(drafts, opened, office):
    """Take everybody's enrolment in and compare each by telephone."""
    paths = []
    for name, identity in office.identities.items():
        if name != "office-1":
            office.enrolled(identity)
    paths = sorted(office.folder.glob("*.pmqa"))
    found = drafts.take(opened.folder, opened.draft, paths)
    return replace(
        opened.draft, compared=tuple(told_groups(one, " ".join(one.fingerprint[2].split())) for one in found)
    )


def codes(draft, enrolled=()):
    return {one.code for one in lacks(draft, enrolled, EDITION) if one.grave}


# --- keeping -------------------------------------------------------------------------------------------------


def test_a_draft_outlives_a_crash_and_its_enrolments_are_proven_anew(drafts, own, office, home):
    opened = drafts.begin(own)
    drafts.save(opened.folder, full(office))
    drafts.save(opened.folder, taken(drafts, drafts.open(opened.folder), office))

    again = RoundDrafts(home, clock, bytes, "test")
    (info,) = again.all()
    back = again.open(info.folder)
    assert back.draft.plan == info.draft.plan and back.draft.plan.agencies == office.plan.agencies
    assert {one.person for one in back.enrolled if one.compared} == set(office.identities) - {"office-1"}

    file = next((info.folder / "enrolments").iterdir())
    file.write_bytes(file.read_bytes()[:-40])
    assert again.open(info.folder).broken == (file.name,)
    assert len(again.open(info.folder).enrolled) == 4


def test_a_draft_file_that_was_spoilt_is_told_and_left_alone(drafts, own):
    opened = drafts.begin(own)
    (opened.folder / "draft.json").write_bytes(b"{")

    (info,) = drafts.all()
    assert info.draft is None
    with pytest.raises(Expected, match="draft-unreadable"):
        drafts.open(opened.folder)
    assert (opened.folder / "draft.json").read_bytes() == b"{"


def test_a_removed_draft_comes_back(drafts, own):
    opened = drafts.begin(own)
    away = drafts.remove(opened.folder)
    assert drafts.all() == () and [one.folder for one in drafts.removed()] == [away]
    assert drafts.removed()[0].draft == opened.draft
    assert drafts.put_back(away) == opened.folder
    assert [one.folder for one in drafts.all()] == [opened.folder] and drafts.removed() == ()


def test_an_enrolment_for_another_round_is_not_kept(drafts, own, office):
    opened = drafts.begin(own)
    office.enrolled(office.identities["chair"])
    (path,) = office.folder.glob("*.pmqa")
    with pytest.raises(Refused, match="other-round"):
        drafts.take(opened.folder, opened.draft, [path])
    assert drafts.open(opened.folder).enrolled == ()


# --- what is lacking -----------------------------------------------------------------------------------------


def test_a_fresh_live_round_lacks_persons_officers_agencies_and_confirmed_settings(own):
    found = lacks(empty_draft(own, 2569), (), EDITION)
    told = by_step(found)

    assert {one.code for one in told("criteria")} == {"setup-unconfirmed"}
    assert {one.code for one in told("people")} == {"setup-office"}
    assert {one.code for one in told("officers")} == {"setup-roots"}
    assert {one.code for one in told("agencies")} == {"setup-no-agency"}
    assert told("basics") == told("panels") == ()
    assert not begun(empty_draft(own, 2569), "agencies")


def test_a_rehearsal_asks_for_less(own):
    rehearsal = empty_draft(OwnKey(own.path, own.person, own.key, own.recipient, rehearsal=True), 2569)
    assert rehearsal.plan.threshold == 1
    found = lacks(rehearsal, (), EDITION)
    assert not by_step(found)("officers")
    assert [one.grave for one in found if one.code == "setup-unconfirmed"] == [False]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"year_be": 2026}, "setup-year"),
        ({"round": "รอบ"}, "round-invalid"),
        ({"title_th": " "}, "setup-title"),
        ({"threshold": 1}, "setup-threshold"),
        ({"threshold": 3}, "setup-roots"),
        ({"secretariat": ()}, "setup-secretariat"),
        ({"roots": ("office-1", "office-2", "nobody")}, "roster-person-unknown"),
        ({"agencies": ()}, "setup-no-agency"),
        ({"recovery": "age1short"}, "setup-recovery"),
        ({"panels": ()}, "setup-no-panel"),
        ({"due": (Due(what="scoresheet", date="30/6"),)}, "setup-date"),
        ({"settings": {"evaluators_consensus_min": 0}}, "setting-invalid"),
        ({"roots": tuple(f"office-{n}" for n in range(17))}, "setup-roots-many"),
    ],
)
def test_each_thing_that_is_wrong_is_told_before_signing(office, change, code):
    draft = full(office)
    assert codes(draft) == {"setup-no-key"}
    assert code in codes(replace(draft, plan=replace(draft.plan, **change)))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"chair": "nobody"}, "setup-no-chair"),
        ({"seats": ()}, "setup-chair-unseated"),
        ({"twice": True}, "setup-seat-twice"),
        ({"items": ("9.9",)}, "setup-items-unknown"),
        ({"items": ("1.1",)}, "setup-items-unjudged"),
        ({"person": "nobody"}, "setup-seat-empty"),
        ({"title_th": ""}, "setup-seat-title"),
    ],
)
def test_a_panel_is_looked_at_seat_by_seat(office, change, code):
    draft = full(office)
    (panel,) = draft.plan.panels
    seats = panel.seats
    if "twice" in change:
        panel = replace(panel, seats=(*seats, replace(seats[0], seat="again")))
    elif change.keys() & {"items", "person", "title_th"}:
        panel = replace(panel, seats=tuple(replace(seat, **change) for seat in seats))
    else:
        panel = replace(panel, **change)
    found = lacks(replace(draft, plan=replace(draft.plan, panels=(panel,))), (), EDITION)
    assert code in {one.code for one in found if one.step == "panels"}


def test_dates_out_of_order_are_remarked_and_do_not_stop(office):
    plan = replace(
        office.plan, due=(Due(what="scoresheet", date="2026-06-30"), Due(what="consensus", date="2026-06-01"))
    )
    found = [one for one in lacks(replace(full(office), plan=plan), (), EDITION) if one.step == "dates"]
    assert [(one.code, one.grave) for one in found] == [("setup-dates-order", False)]


# --- tables --------------------------------------------------------------------------------------------------


def test_twenty_agencies_with_their_committees_come_from_one_table():
    lines = [f"a-{n}\tกรม {n}\tDept {n}\tก{n}\tกระทรวง\tchair\te1\te2\te3" for n in range(20)]
    table = read_agencies("\r\n".join(lines))

    assert len(table.agencies) == len(table.panels) == 20 and table.troubles == ()
    assert table.agencies[3].name_en == "Dept 3" and table.panels[3].chair == "chair"
    assert [(seat.seat, seat.person) for seat in table.panels[3].seats] == [
        ("chair", "chair"), ("seat-1", "e1"), ("seat-2", "e2"), ("seat-3", "e3"),
    ]  # fmt: skip


def test_headings_may_stand_in_any_order_and_a_code_may_be_missing():
    table = read_agencies("ชื่อหน่วยงาน\tกระทรวง\tรหัส\nกรม ก\tมหาดไทย\t\nกรม ข\tการคลัง\tkhor", {"agency-01"})
    assert [(one.agency, one.name_th, one.ministry_th) for one in table.agencies] == [
        ("agency-02", "กรม ก", "มหาดไทย"), ("khor", "กรม ข", "การคลัง"),
    ]  # fmt: skip


def test_a_column_with_an_unknown_heading_is_asked_about_and_not_read_as_an_evaluator():
    table = read_agencies("รหัส\tชื่อหน่วยงาน\tประธาน\tโทรศัพท์\na\tกรม ก\tchair\t02")
    assert (table.agencies, table.panels) == ((), ())
    assert [(one.row, one.code, one.found) for one in table.troubles] == [(1, "setup-column-unknown", "โทรศัพท์")]

    known = read_agencies("รหัส\tชื่อหน่วยงาน\tประธาน\tผู้ตรวจประเมิน 1\tEvaluator 2\na\tกรม ก\tchair\te1\te2")
    assert [seat.person for seat in known.panels[0].seats] == ["chair", "e1", "e2"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("รหัส\tชื่อหน่วยงาน\t\na\tกรม ก\t02", "3"),
        ("รหัส\t\tชื่อหน่วยงาน\na\t02\tกรม ก", "2"),
        ("รหัส\tชื่อหน่วยงาน\na\tกรม ก\t02", "3"),
    ],
)
def test_a_column_without_a_heading_is_asked_about_unless_it_is_empty(text, found):
    table = read_agencies(text)
    assert (table.agencies, table.panels) == ((), ())
    assert [(one.row, one.code, one.found) for one in table.troubles] == [(1, "setup-column-unnamed", found)]
    empty = read_agencies("รหัส\tชื่อหน่วยงาน\t\t\na\tกรม ก\t\t\t")
    assert [one.agency for one in empty.agencies] == ["a"] and empty.troubles == empty.panels == ()


@pytest.mark.parametrize("read", [read_agencies, read_persons])
def test_a_table_that_is_too_long_is_refused_as_a_whole(read):
    for text, code in (
        ("a\tb\n" * 1002, "setup-table-too-long"),
        ("x" * 10_000_000, "setup-table-too-long"),
        ("a\tb\nc\t" + "ก" * 1001, "setup-cell-too-long"),
    ):
        table = read(text)
        assert [one.code for one in table.troubles] == [code]
        assert not (getattr(table, "agencies", ()) or getattr(table, "persons", ()))
    rows = read("\n".join(f"p{n}\tตำแหน่ง {n}" for n in range(1000)))
    assert rows.troubles == ()


def test_a_draft_that_could_not_be_read_again_is_not_written(drafts, own):
    opened = drafts.begin(own)
    large = replace(opened.draft, plan=replace(opened.draft.plan, title_th="ก" * 4_000_000))
    with pytest.raises(Expected, match="setup-too-large"):
        drafts.save(opened.folder, large)
    assert drafts.open(opened.folder).draft == opened.draft
    assert [path.name for path in opened.folder.iterdir()] == ["draft.json"]


def test_rows_that_cannot_be_taken_are_told_by_their_number():
    table = read_agencies("a\tกรม ก\na\tกรม ข\nรหัส ไทย\tกรม ค\nd\t\n")
    assert [one.agency for one in table.agencies] == ["a"]
    assert [(one.row, one.code) for one in table.troubles] == [
        (2, "roster-agency-known"), (3, "setup-agency-code"), (4, "setup-agency-name"),
    ]  # fmt: skip
    assert read_agencies(" \n") == read_agencies("")


def test_persons_come_from_a_table_too():
    table = read_persons("expert-1\tผู้ทรงคุณวุฒิ\tExpert\nexpert-1\tซ้ำ\nผู้ตรวจ\tx\n", {"chair"})
    assert [(one.person, one.office_th, one.office_en) for one in table.persons] == [
        ("expert-1", "ผู้ทรงคุณวุฒิ", "Expert"),
    ]  # fmt: skip
    assert [one.code for one in table.troubles] == ["roster-person-known", "person-invalid"]
    assert read_persons("").persons == ()


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("30/6/2569", date(2026, 6, 30)),
        ("๓๐ มิ.ย. ๒๕๖๙", date(2026, 6, 30)),
        ("30 มิถุนายน พ.ศ. 2569", date(2026, 6, 30)),
        ("3 Aug 2026", date(2026, 8, 3)),
        ("31/2/2569", None),
        ("พรุ่งนี้", None),
        ("", None),
    ],
)
def test_dates_are_typed_as_officials_write_them(typed, day):
    assert parse_date(typed) == day


# --- signing and opening -------------------------------------------------------------------------------------


def test_a_signed_round_is_countersigned_and_opens_as_the_registry(drafts, own, office, home, tmp_path):
    opened = drafts.begin(own)
    drafts.save(opened.folder, full(office))
    drafts.save(opened.folder, taken(drafts, drafts.open(opened.folder), office))
    opened = drafts.open(opened.folder)
    assert codes(opened.draft, opened.enrolled) == set()
    out = tmp_path / "out"
    out.mkdir()

    draft, written = drafts.sign(opened, own, PASSPHRASE, out)
    assert drafts.open(opened.folder).draft.signed == draft.signed
    seen = drafts.first_review(opened.folder, draft)
    assert not seen.in_force and seen.may_sign == ("office-2", "office-3")
    app = App(home, clock=clock)
    with pytest.raises(Expected, match="under-signed"):
        app.take_office(drafts.signed_files(opened.folder), own, confirmed=draft.signed)

    documents = read_rosters((written.path,))
    signed = countersign(review(documents, draft.signed), office.identities["office-3"])
    both = {**documents, draft.signed: signed}
    copy = write_rosters(both, out, office.identities["office-3"], made_at=MADE_AT, app="test").path
    assert drafts.take_signed(opened.folder, draft, (copy,)).in_force
    workspace = app.take_office(drafts.signed_files(opened.folder), own, confirmed=draft.signed)
    try:
        assert workspace.me.secretariat and workspace.round.round == LIVE
        assert workspace.registry.board().rows[0].agency == "alpha"
        assert workspace.round.criteria.settings.quorum_consensus == 2
    finally:
        workspace.close()
    third = own_key(tmp_path, office, OFFICERS[2])
    with pytest.raises(Expected, match="role-not-yours"):
        app.take_office((copy,), third, confirmed=draft.signed)
    stranger = OwnKey(own.path, own.person, "0" * 64)
    with pytest.raises(Expected, match="key-unknown"):
        app.take_office((copy,), stranger, confirmed=draft.signed)
    again = drafts.write_again(opened.folder, own, PASSPHRASE, tmp_path, Attempts(clock))
    assert review(read_rosters((again.path,)), draft.signed).in_force


def test_a_file_without_this_roster_is_not_taken_for_a_countersigned_copy(drafts, own, office, tmp_path):
    opened = drafts.begin(own)
    drafts.save(opened.folder, full(office))
    drafts.save(opened.folder, taken(drafts, drafts.open(opened.folder), office))
    opened = drafts.open(opened.folder)
    draft, _written = drafts.sign(opened, own, PASSPHRASE, tmp_path)
    other = Office(office.folder)
    strange = write_rosters(other.start(), tmp_path, other.identities["office-1"], made_at=MADE_AT, app="test").path

    with pytest.raises(Expected, match="roster-not-here"):
        drafts.take_signed(opened.folder, draft, (strange,))
    assert len(drafts.signed_files(opened.folder)) == 1


def test_nobody_else_signs_a_draft(drafts, own, office, tmp_path):
    opened = drafts.begin(own)
    drafts.save(opened.folder, full(office, "office-2"))
    opened = drafts.open(opened.folder)
    with pytest.raises(Expected, match="key-of-another-person"):
        drafts.sign(opened, own, PASSPHRASE, tmp_path)
    with pytest.raises(Expected, match="wrong-passphrase"):
        drafts.sign(opened, own, "not this one", tmp_path)
    assert not list(tmp_path.glob("*.pmqa"))
    open_identity(own.path, PASSPHRASE).close()


# --- more edits of a roster ----------------------------------------------------------------------------------


def test_dates_and_the_number_of_signatures_are_changed(office):
    body = next(one for one in office.start().values() if one.kind == "roster").document.body
    more = edits.with_due(edits.with_due(body, "scoresheet", "2026-06-30"), "consensus", "2026-07-30")
    assert [one.date for one in edits.with_due(more, "scoresheet", "2026-07-01").due] == ["2026-07-01", "2026-07-30"]
    assert [one.what for one in edits.with_due(more, "scoresheet", "").due] == ["consensus"]
    assert edits.with_threshold(body, 3).threshold == 3
