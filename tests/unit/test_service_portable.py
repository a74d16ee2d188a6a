# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Unfinished work on its way between two laptops: nothing lost, nothing overwritten, nothing of others believed."""

import shutil
import zlib
from contextlib import ExitStack

import msgspec
import pytest
from laptops import PANEL, PASSPHRASE, SmallRound
from refusals import refused

from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.events import DocumentsChanged
from pmqa_desktop.services.safekeeping.bringing import BringingService, kind_of
from pmqa_desktop.services.safekeeping.draft_file import read_carried
from pmqa_desktop.services.safekeeping.mirror import MirrorService
from pmqa_desktop.services.safekeeping.own_signed import own_lines
from pmqa_desktop.services.safekeeping.portable import PortableService
from pmqa_desktop.sync.envelope import envelope_line
from pmqa_desktop.sync.keys import Cost
from pmqa_desktop.sync.portable import open_up

CHEAP = Cost(memory=8 * 1024, passes=1)
SECRET = "a passphrase of the day"


@pytest.fixture
def world(tmp_path):
    with ExitStack() as stack:
        yield SmallRound(tmp_path, stack)


def opened(world, name):
    """Open one of expert-1's laptops, with a device of its own and the declaration on alpha."""
    laptop = world.laptop("expert-1", name)
    laptop.session.meta.set("device", name)
    laptop.session.drafts.use_device(name)
    return laptop


@pytest.fixture
def office(world):
    laptop = opened(world, "office")
    laptop.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
    return laptop


@pytest.fixture
def hotel(world, office):
    laptop = opened(world, "hotel")
    world.send(office, laptop, "declaration")
    return laptop


class Stick:
    """Carries a draft from one laptop to another."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()

    def write(self, laptop, *agencies):
        return PortableService(laptop.session, CHEAP).export(self.folder, SECRET, agencies).path

    def compare(self, laptop, path, passphrase=SECRET):
        return PortableService(laptop.session, CHEAP).compare(path, passphrase)

    def take(self, laptop, path):
        service = PortableService(laptop.session, CHEAP)
        return service.take(service.compare(path, SECRET), ("alpha", "beta"))


@pytest.fixture
def stick(tmp_path):
    return Stick(tmp_path / "stick")


def relations(comparison):
    return {one.agency: one.relation for one in comparison.agencies}


def same_sheet(one, other):
    left, right = one.scoring.sheet("alpha"), other.scoring.sheet("alpha")
    return (left.answers, left.comments, left.notes, left.evidence) == (
        right.answers, right.comments, right.notes, right.evidence,
    )  # fmt: skip


def test_a_draft_moves_with_notes_history_words_and_undo(office, hotel, stick):
    desk = office.scoring
    desk.save_answer("alpha", "1.1", Answer(ticks=("1.1.B1",)))
    desk.save_answer("alpha", "1.1", Answer(ticks=("1.1.B1", "1.1.B2")))
    desk.save_note("alpha", "1.1", "ส่วนตัว")
    desk.undo("alpha")
    desk.keep_notices("alpha", "ตั้งใจ")
    path = stick.write(office)
    assert b"1.1" not in path.read_bytes() and "alpha" not in path.name and "expert" not in path.name

    found = stick.compare(hotel, path)
    assert relations(found) == {"alpha": "newer"} and hotel.scoring.sheet("alpha").answers == {}
    assert (found.agencies[0].there.acts, found.agencies[0].there.answered, found.agencies[0].here.acts) == (4, 1, 0)

    assert stick.take(hotel, path) == ("alpha",)
    assert same_sheet(office, hotel)
    there = hotel.scoring
    assert [e.new for e in there.history("alpha", "1.1")] == [e.new for e in desk.history("alpha", "1.1")]
    assert there.read_back("alpha").open == ()
    redone = there.redo("alpha")
    assert redone is not None and redone.notes == {"1.1": "ส่วนตัว"}
    there.undo("alpha")
    undone = there.undo("alpha")
    assert undone is not None and undone.answers["1.1"].ticks == ("1.1.B1",)


def test_there_and_back_again_is_told_as_newer_older_and_same(office, hotel, stick):
    office.scoring.save_answer("alpha", "1.1", Answer())
    first = stick.write(office)
    stick.take(hotel, first)
    assert relations(stick.compare(hotel, first)) == {"alpha": "same"}
    hotel.scoring.save_comment("alpha", "1.1", "ofi", "จากโรงแรม")
    second = stick.write(hotel)

    assert relations(stick.compare(hotel, first)) == {"alpha": "older"}
    assert relations(stick.compare(office, second)) == {"alpha": "newer"}
    stick.take(office, second)
    assert same_sheet(office, hotel) and stick.take(office, second) == ()
    assert relations(stick.compare(office, first)) == {"alpha": "older"}


def test_two_branches_stand_side_by_side_and_nothing_is_overwritten(office, hotel, stick):
    office.scoring.save_answer("alpha", "1.1", Answer(ticks=("1.1.B1",)))
    stick.take(hotel, stick.write(office))
    office.scoring.save_comment("alpha", "1.1", "ofi", "ที่ทำงาน")
    office.scoring.save_note("alpha", "1.2", "อยู่ที่นี่")
    hotel.scoring.save_comment("alpha", "1.1", "ofi", "ที่โรงแรม")
    hotel.scoring.save_answer("alpha", "1.1", Answer(ticks=("1.1.B2",)))
    path = stick.write(hotel)

    found = stick.compare(office, path).agencies[0]
    assert found.relation == "branches"
    assert [(d.item, d.field, d.here is None, d.there is None) for d in found.differences] == [
        ("1.1", "answer", False, False),
        ("1.1", "comment:ofi", False, False),
        ("1.2", "note", False, True),
    ]
    assert office.scoring.sheet("alpha").comments["1.1", "ofi"] == "ที่ทำงาน"

    stick.take(office, path)
    assert same_sheet(office, hotel)
    assert "ที่ทำงาน" in [e.old for e in office.scoring.history("alpha", "1.1")]
    back = office.scoring.undo("alpha")
    assert back is not None and back.comments["1.1", "ofi"] == "ที่ทำงาน" and back.notes == {"1.2": "อยู่ที่นี่"}
    assert relations(stick.compare(office, path)) == {"alpha": "older"}
    again = stick.write(office)
    assert relations(stick.compare(hotel, again)) == {"alpha": "newer"}
    stick.take(hotel, again)
    assert same_sheet(office, hotel)


def test_an_edit_made_after_comparing_is_not_lost(office, hotel, stick):
    office.scoring.save_comment("alpha", "1.1", "ofi", "ก")
    service = PortableService(hotel.session, CHEAP)
    shown = service.compare(stick.write(office), SECRET)
    hotel.scoring.save_comment("alpha", "1.1", "ofi", "เขียนหลังเปรียบเทียบ")

    service.take(shown, ("alpha",))

    assert hotel.scoring.undo("alpha").comments["1.1", "ofi"] == "เขียนหลังเปรียบเทียบ"


def test_only_what_was_chosen_is_taken_and_recused_agencies_stay_closed(world, office, hotel, stick):
    office.scoring.declare("beta", "no_conflict", "", PASSPHRASE)
    office.scoring.save_answer("beta", "1.1", Answer())
    office.scoring.save_answer("alpha", "1.1", Answer())
    path = stick.write(office)
    service = PortableService(hotel.session, CHEAP)
    assert service.take(service.compare(path, SECRET), ("beta",)) == ("beta",)
    assert hotel.scoring.sheet("alpha").answers == {}

    third = opened(world, "third")
    third.scoring.declare("beta", "recused", "ญาติทำงานที่นี่", PASSPHRASE)
    assert relations(stick.compare(third, path)) == {"alpha": "newer"}


def test_foreign_files_are_refused_and_change_nothing(world, office, stick, tmp_path):
    office.scoring.save_answer("alpha", "1.1", Answer())
    path = stick.write(office)
    refused("wrong-passphrase", stick.compare, office, path, "guess")
    other = world.laptop("expert-2")
    refused("draft-of-another-person", stick.compare, other, path)
    refused("passphrase-missing", PortableService(office.session, CHEAP).export, tmp_path, "")
    refused("nothing-to-export", PortableService(other.session, CHEAP).export, tmp_path, SECRET)
    shutil.copyfile(world.folder / "expert-2" / "own.key", tmp_path / "key.draft")
    refused("draft-file-invalid", stick.compare, office, tmp_path / "key.draft")


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (1, "consensus"),  # area
        (2, "9.9"),  # item
        (3, "claimed"),  # field
        (4, '{"ticks":["1.1.X9"]}'),  # answer
        (4, "{"),
        (5, "yesterday"),  # time
        (5, "2026-05-01T00:00:00"),
        (6, "dev ice\n"),  # device
        (7, 0),  # counter
        (8, "forge"),  # act
        (8, "undo"),
        (0, 0),  # number
    ],
)
def test_no_value_of_a_file_is_believed(office, stick, place, value):
    office.scoring.save_answer("alpha", "1.1", Answer())
    tree = msgspec.json.decode(zlib.decompress(open_up(stick.write(office).read_bytes(), SECRET)))
    edit = tree["drafts"]["alpha"][0]
    edit[place] = value
    if (place, value) == (8, "undo"):
        edit[9] = 77
    packed = zlib.compress(msgspec.json.encode(tree, order="sorted"))

    refused("draft-file-invalid", read_carried, office.session, packed)
    refused("draft-file-invalid", read_carried, office.session, zlib.compress(b"[" * 100_000))
    refused("draft-file-invalid", read_carried, office.session, packed[:-3])
    tree["round"] = "other"
    other = zlib.compress(msgspec.json.encode(tree, order="sorted"))
    if (place, value) not in ((7, 0), (8, "forge")):
        assert refused("draft-of-another-round", read_carried, office.session, other)["found"] == "other"


def test_undo_works_where_other_edits_lie_before_and_new_edits_have_a_device_of_their_own(office, hotel, stick):
    hotel.scoring.declare("beta", "no_conflict", "", PASSPHRASE)
    for n in range(3):
        hotel.scoring.save_note("beta", "1.1", f"ก่อนหน้า {n}")
    office.scoring.save_note("alpha", "1.1", "หนึ่ง")
    office.scoring.save_note("alpha", "1.1", "สอง")
    office.scoring.undo("alpha")
    stick.take(hotel, stick.write(office))

    office.scoring.save_note("alpha", "1.2", "สาม")
    office.scoring.undo("alpha")
    office.scoring.redo("alpha")
    office.scoring.undo("alpha")
    office.scoring.redo("alpha")
    stick.take(hotel, stick.write(office))

    there = hotel.scoring
    assert there.undo("alpha").notes == {"1.1": "หนึ่ง"}
    assert there.undo("alpha").notes == {} == office.scoring.sheet("beta").notes
    assert there.redo("alpha").notes == {"1.1": "หนึ่ง"}
    assert there.redo("alpha").notes == {"1.1": "หนึ่ง", "1.2": "สาม"} == office.scoring.sheet("alpha").notes
    assert same_sheet(office, hotel)


def test_an_undone_act_is_undone_there_too(office, hotel, stick):
    hotel.scoring.declare("beta", "no_conflict", "", PASSPHRASE)
    hotel.scoring.save_note("beta", "1.1", "ก่อนหน้า")
    office.scoring.save_note("alpha", "1.1", "หนึ่ง")
    office.scoring.save_note("alpha", "1.1", "สอง")
    office.scoring.undo("alpha")
    stick.take(hotel, stick.write(office))

    there = hotel.scoring
    assert [there.redo("alpha").notes["1.1"], there.undo("alpha").notes["1.1"]] == ["สอง", "หนึ่ง"]
    assert there.undo("alpha").notes == {} and not there.can_undo("alpha")
    there.save_note("alpha", "1.2", "ใหม่")
    devices = [edit.device for edit in hotel.session.drafts.history("sheet", "alpha")]
    assert set(devices[:3]) == {"office"} and devices[-1] not in ("office", "hotel")
    assert hotel.session.meta.get("device") == devices[-1]


def test_field_by_field_only_what_was_chosen_changes_and_the_rest_is_in_the_history(office, hotel, stick):
    office.scoring.save_comment("alpha", "1.1", "ofi", "ที่ทำงาน")
    office.scoring.save_answer("alpha", "1.1", Answer(ticks=("1.1.B1",)))
    office.scoring.save_note("alpha", "1.2", "อยู่ที่นี่")
    hotel.scoring.save_comment("alpha", "1.1", "ofi", "ที่โรงแรม")
    hotel.scoring.save_answer("alpha", "1.1", Answer(ticks=("1.1.B2",)))
    hotel.scoring.save_answer("alpha", "1.3", Answer(ticks=("1.3.B1",)))
    path = stick.write(hotel)
    service = PortableService(office.session, CHEAP)
    shown = service.compare(path, SECRET)

    assert service.take(shown, ("alpha",), {"alpha": {("1.1", "comment:ofi"), ("1.3", "answer")}}) == ("alpha",)

    sheet = office.scoring.sheet("alpha")
    assert sheet.comments["1.1", "ofi"] == "ที่โรงแรม"
    assert (sheet.answers["1.1"].ticks, sheet.answers["1.3"].ticks) == (("1.1.B1",), ("1.3.B1",))
    assert sheet.notes == {"1.2": "อยู่ที่นี่"}
    assert "ที่ทำงาน" in [e.old for e in office.scoring.history("alpha", "1.1")]
    assert relations(stick.compare(office, path)) == {"alpha": "older"}
    assert office.scoring.undo("alpha").comments["1.1", "ofi"] == "ที่ทำงาน"


def test_of_a_newer_file_too_a_part_can_be_taken_or_nothing(office, hotel, stick):
    office.scoring.save_note("alpha", "1.1", "หนึ่ง")
    office.scoring.save_note("alpha", "1.2", "สอง")
    path = stick.write(office)
    service = PortableService(hotel.session, CHEAP)

    service.take(service.compare(path, SECRET), ("alpha",), {"alpha": {("1.2", "note")}})
    assert hotel.scoring.sheet("alpha").notes == {"1.2": "สอง"}
    assert relations(stick.compare(hotel, path)) == {"alpha": "older"}
    back = stick.write(hotel)
    stick.take(office, back)
    assert office.scoring.sheet("alpha").notes == {"1.2": "สอง"}
    assert office.scoring.undo("alpha").notes == {"1.1": "หนึ่ง", "1.2": "สอง"}


def test_a_draft_and_a_mirror_are_told_apart_and_wrong_passphrases_wait(office, stick, tmp_path):
    office.scoring.save_answer("alpha", "1.1", Answer())
    frozen = office.session.clock()
    office.session.clock = lambda: frozen
    portable = PortableService(office.session, CHEAP)
    mirror = MirrorService(office.session, portable)
    mirror.choose(tmp_path)
    bringing = BringingService(office.session, portable, mirror)
    draft, mirrored = stick.write(office), mirror.write()
    assert [kind_of(path) for path in (draft, mirrored, office.session.store.path, tmp_path)] == [
        "draft", "mirror", "other", "other",
    ]  # fmt: skip

    assert relations(bringing.compare(draft, SECRET)) == {"alpha": "same"}
    assert relations(bringing.compare(mirrored, PASSPHRASE)) == {"alpha": "same"}
    refused("wrong-passphrase", bringing.compare, mirrored, SECRET)
    waits = []
    for _slip in range(3):
        waits.append(refused("wrong-draft-passphrase", bringing.compare, draft, PASSPHRASE)["wait"])
    assert waits == [0, 0, 1]
    refused("passphrase-wait", bringing.compare, draft, SECRET)
    refused("draft-file-invalid", bringing.compare, office.session.store.path, SECRET)


# ---- own signed documents travel too ---------------------------------------------------------------


def resigned(packed, change):
    """Return the content of a draft with its `signed` changed; everything else as it was written."""
    plain = msgspec.json.decode(zlib.decompress(packed))
    change(plain["signed"])
    return zlib.compress(msgspec.json.encode(plain, order="sorted"))


def signed_office(world, office):
    office.scoring.fill("alpha", world.full_sheet())
    office.scoring.keep_notices("alpha", "ตั้งใจ")
    office.scoring.sign("alpha", PASSPHRASE)


def test_the_next_signature_on_another_laptop_follows_the_last(world, office, stick):
    signed_office(world, office)
    path = stick.write(office)
    fresh = opened(world, "fresh")
    refused("declare-first", fresh.scoring.paper_source, "alpha", "sha256:" + "0" * 64)
    (found,) = stick.compare(fresh, path).agencies
    assert (found.signed, fresh.scoring.declaration("alpha")) == (2, "")
    changes = []
    fresh.session.bus.subscribe(DocumentsChanged, changes.append)

    assert stick.take(fresh, path) == ("alpha",)

    assert fresh.scoring.declaration("alpha") == "no_conflict"
    refused("paper-not-here", fresh.scoring.paper_source, "alpha", "sha256:" + "0" * 64)
    assert [len(one.digests) for one in changes] == [2] and stick.compare(fresh, path).agencies[0].signed == 0
    fresh.scoring.save_comment("alpha", "1.1", "ofi", "แก้หลังย้ายเครื่อง")
    fresh.scoring.keep_notices("alpha", "ตั้งใจ")
    assert fresh.scoring.sign("alpha", PASSPHRASE, "แก้คำ").seq == 2
    assert fresh.scoring.declare("alpha", "tie_told", "เคยบรรยายให้หน่วยงาน", PASSPHRASE).seq == 2
    board = world.laptop("secretary")
    world.send(office, board, "declaration", "scoresheet")
    world.send(fresh, board, "declaration", "scoresheet")
    cells = board.session.view().cells
    states = {slot[0]: (cell.state, cell.seq) for slot, cell in cells.items() if slot[1:2] == ("alpha",)}
    assert states["declaration"] == ("current", 2) and states["scoresheet"] == ("current", 2)


def test_a_declaration_alone_travels_and_nothing_is_taken_unasked(office, world, stick):
    path = stick.write(office)
    fresh = opened(world, "fresh")
    (found,) = stick.compare(fresh, path).agencies
    assert (found.relation, found.signed, fresh.scoring.declaration("alpha")) == ("same", 1, "")
    service = PortableService(fresh.session, CHEAP)
    assert service.take(service.compare(path, SECRET), ("beta",)) == ()
    assert fresh.scoring.declaration("alpha") == ""
    assert service.take(service.compare(path, SECRET), ("alpha",), {"alpha": ()}) == ("alpha",)
    assert fresh.scoring.declaration("alpha") == "no_conflict"
    assert service.take(service.compare(path, SECRET), ("alpha",), {"alpha": ()}) == ()


def test_a_draft_of_older_days_without_signed_documents_is_still_read(world, office, stick):
    office.scoring.save_note("alpha", "1.1", "ก")
    packed = open_up(stick.write(office).read_bytes(), SECRET)
    plain = msgspec.json.decode(zlib.decompress(packed))
    del plain["signed"]
    older = zlib.compress(msgspec.json.encode(plain, order="sorted"))
    fresh = opened(world, "fresh")
    found = PortableService(fresh.session, CHEAP).compare_content("old.draft", older)
    assert [(one.relation, one.signed) for one in found.agencies] == [("newer", 0)]


def test_only_own_declarations_and_sheets_are_admitted_from_a_draft(world, office, stick):
    packed = open_up(stick.write(office).read_bytes(), SECRET)
    other = world.laptop("expert-2")
    other.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
    foreign = own_lines(other.session, ("alpha",))["alpha"]
    roster = envelope_line(world.roster).decode()
    (mine,) = own_lines(office.session, ("alpha",))["alpha"]
    broken = mine.replace('"sig":"', '"sig":"AAAA')

    def at(agency, *lines):
        return lambda signed: signed.update({agency: list(lines)})

    fresh = opened(world, "fresh")
    service = PortableService(fresh.session, CHEAP)
    before = set(fresh.session.facts())
    for change in (
        at("alpha", *foreign),
        at("alpha", roster),
        at("beta", mine),
        at("alpha", broken),
        at("alpha", "{}"),
    ):
        refused("draft-file-invalid", service.compare_content, "x.draft", resigned(packed, change))
    assert service.compare_content("x.draft", resigned(packed, at("alpha", mine))).agencies[0].signed == 1
    assert set(fresh.session.facts()) == before


def test_a_chair_on_another_laptop_goes_on_after_the_own_reveal_and_consensus(world, stick):
    laptops = world.judged()
    chair = world.settled(laptops)
    path = stick.write(chair)
    fresh = world.laptop("chair", "fresh")
    assert stick.compare(fresh, path).agencies[0].signed == 4
    stick.take(fresh, path)

    assert next(one for one in fresh.panel.agencies() if one.agency.agency == "alpha").blocked == "reveal-waits"
    refused("reveal-waits", fresh.panel.reveal, "alpha", PASSPHRASE)
    refused("not-revealed", fresh.panel.matrix, "alpha")
    for name in PANEL[1:]:
        world.send(laptops[name], fresh, "declaration", "scoresheet")
    refused("already-revealed", fresh.panel.reveal, "alpha", PASSPHRASE)
    settle_all(fresh.panel)
    assert fresh.panel.sign("alpha", PASSPHRASE, reason="แก้หลังย้ายเครื่อง").seq == 2

    board = world.laptop("secretary")
    for laptop in (*laptops.values(), fresh):
        world.send(laptop, board, "declaration", "scoresheet", "reveal", "consensus")
    cells = board.session.view().cells
    assert (cells["reveal", "alpha"].state, cells["reveal", "alpha"].seq) == ("current", 1)
    assert (cells["consensus", "alpha"].state, cells["consensus", "alpha"].seq) == ("current", 2)


def test_a_members_word_on_a_consensus_travels_and_the_next_follows_it(world, stick):
    laptops = world.judged()
    chair, member = world.settled(laptops), laptops["expert-1"]
    for name in ("chair", "expert-2"):
        world.send(laptops[name], member, "declaration", "scoresheet", "reveal", "consensus")
    member.panel.endorse("alpha", PASSPHRASE, agrees=True)
    path = stick.write(member)
    fresh = world.laptop("expert-1", "fresh")
    stick.take(fresh, path)
    world.send(chair, fresh, "declaration", "scoresheet", "reveal", "consensus")

    assert next(one for one in fresh.panel.agencies() if one.agency.agency == "alpha").consensus_seq == 1
    assert fresh.panel.endorse("alpha", PASSPHRASE, agrees=False, reason="เห็นต่าง").seq == 2


def settle_all(panel):
    panel.settle_agreed("alpha")
    for row in panel.matrix("alpha").rows:
        if not row.is_settled:
            panel.settle("alpha", row.item, panel.item("alpha", row.item).proposal, "หารือแล้ว")
