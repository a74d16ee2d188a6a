# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Remarks answered with a word, the history restored, texts found: on real files."""

from contextlib import ExitStack

import pytest
from laptops import PASSPHRASE, SmallRound
from refusals import refused

from pmqa_desktop.domain.answers import Answer, Evidence
from pmqa_desktop.domain.documents import AssignedAgency, Paper
from pmqa_desktop.services.evaluation.sheets import parted
from pmqa_desktop.services.rounds import opening as rounds

PAPER = "sha256:" + "ab" * 32


@pytest.fixture
def world(tmp_path):
    with ExitStack() as stack:
        yield SmallRound(tmp_path, stack)


@pytest.fixture
def desk(world):
    laptop = world.laptop("expert-1")
    for agency in ("alpha", "beta"):
        laptop.scoring.declare(agency, "no_conflict", "", PASSPHRASE)
    return laptop.scoring


def codes(found):
    return [(notice.code, notice.item) for notice in found]


def with_papers(world, laptop):
    """Assign a paper on alpha to the laptop's seat."""
    paper = Paper(PAPER, 10, "รายงาน.pdf", 5)
    assigned = (AssignedAgency("alpha", (paper,)), AssignedAgency("beta"))
    world.desk = rounds.Desk(world.desk.identity, world.desk.round, True, "2026-05-02T00:00:00Z", "test")
    first = next(f for f in laptop.session.facts().values() if f.kind == "assignment")
    document = rounds.assignment(world.desk, world.roster, world.frozen, "expert-1", "expert-1", assigned)
    assert document.digest != first.digest
    with laptop.session.store.write():
        laptop.session.store.db.execute("DELETE FROM documents WHERE digest = ?", (first.digest,))
    laptop.session.store_signed((document,), "open-pack")


def test_open_remarks_stop_the_signing_and_a_word_lets_it_go_on(world, desk):
    desk.fill("alpha", world.full_sheet())
    read = desk.read_back("alpha")
    assert len(read.open) == len(read.notices) == 30 and read.kept == ()
    fields = refused("notices-open", desk.sign, "alpha", PASSPHRASE)
    assert fields["n"] == 30 and str(fields["items"]).startswith("1.1, 1.2")

    desk.keep_notice("alpha", read.open[0], " อ้างอิงจากการสัมภาษณ์ ")
    read = desk.read_back("alpha")
    assert [one.word for one in read.kept] == ["อ้างอิงจากการสัมภาษณ์"]
    assert len(read.open) == 29
    refused("reason-needed", desk.keep_notice, "alpha", read.open[0], " ")

    desk.keep_notices("alpha", "เห็นชอบตามนี้", read.open)
    assert desk.read_back("alpha").open == ()
    assert desk.sign("alpha", PASSPHRASE).seq == 1


def test_a_remark_returns_when_its_item_changes_and_rests_when_that_is_undone(world, desk):
    desk.fill("alpha", world.full_sheet())
    desk.keep_notices("alpha", "ตั้งใจ")
    desk.save_comment("alpha", "2.1", "strength", "เขียนใหม่ให้ชัดเจนกว่าเดิม")

    assert codes(desk.read_back("alpha").open) == [("score-without-evidence", "2.1")]

    desk.undo("alpha")
    assert desk.read_back("alpha").open == ()
    desk.link("alpha", Evidence("2.1", PAPER, 3))
    assert ("score-without-evidence", "2.1") not in codes(desk.read_back("alpha").notices)


def test_words_survive_a_restart_with_their_history_and_undo_leaves_them(world, desk):
    desk.save_answer("alpha", "1.1", Answer())
    desk.keep_notices("alpha", "ครั้งแรก")
    notice = desk.read_back("alpha").notices[0]
    desk.keep_notice("alpha", notice, "ครั้งที่สอง")
    world.laptop("expert-1")

    again = world.laptop("expert-1").scoring
    assert [one.word for one in again.read_back("alpha").kept] == ["ครั้งที่สอง"]
    told = [entry.new for entry in again._session.drafts.history("notices", "alpha", "1.1")]
    assert len(told) == 2 and "ครั้งแรก" in told[0]
    again.undo("alpha")
    assert again.sheet("alpha").answers == {}


def test_the_same_text_under_two_agencies_is_remarked(desk):
    text = "ผู้บริหารสื่อสารทิศทางอย่างทั่วถึง"
    desk.save_comment("beta", "3.1", "ofi", text)
    desk.save_comment("alpha", "1.1", "strength", f"ข้อความอื่นที่ยาวพอ\n\n{text} ")

    found = desk.notices("alpha")

    assert codes(found) == [("same-text-two-agencies", "1.1")]
    assert dict(found[0].fields) == {"agency": "beta"}
    desk.save_comment("beta", "3.1", "ofi", text + " เพิ่มเติม")
    assert desk.notices("alpha") == ()


def test_scores_without_a_paper_opened_are_remarked_until_a_page_is(world, desk):
    with_papers(world, world.laptop("expert-1"))
    desk.save_answer("alpha", "1.1", Answer(ticks=("1.1.B1",)))
    desk.save_answer("alpha", "1.2", Answer(ticks=("1.2.B1",)))
    desk.link("alpha", Evidence("1.2", PAPER, 2))
    assert [item for code, item in codes(desk.notices("alpha")) if code == "papers-not-opened"] == ["1.1"]

    desk.opened_page("alpha", PAPER, 4)
    desk.opened_page("alpha", PAPER, 4)

    assert "papers-not-opened" not in [code for code, _ in codes(desk.notices("alpha"))]
    assert len(desk._session.drafts.history("reading", "alpha")) == 1
    refused("not-your-agency", desk.opened_page, "gamma", PAPER, 1)


def test_any_earlier_value_can_be_given_back_and_that_undone(desk):
    desk.save_comment("alpha", "1.1", "ofi", "ร่างแรก")
    desk.save_comment("alpha", "1.1", "ofi", "ร่างที่สอง")
    desk.save_comment("alpha", "1.1", "ofi", "")
    first = next(entry for entry in desk.history("alpha", "1.1") if entry.new == "ร่างแรก")

    assert desk.restore("alpha", first.number).comments["1.1", "ofi"] == "ร่างแรก"
    assert (desk.can_undo("alpha"), desk.can_redo("alpha")) == (True, False)
    assert desk.undo("alpha").comments == {}
    assert desk.can_redo("alpha")
    refused("no-such-edit", desk.restore, "alpha", 999)
    refused("no-such-edit", desk.restore, "beta", first.number)


def test_texts_are_found_in_comments_and_notes_of_all_agencies(desk):
    desk.save_comment("alpha", "2.1", "ofi", "ควรใช้ Dashboard ติดตาม dashboard รายเดือน")
    desk.save_comment("alpha", "1.1", "strength", "มี DASHBOARD")
    desk.save_note("beta", "1.2", "ถามเรื่อง dashboard")

    hits = desk.find(None, "dashboard")

    assert [(h.agency, h.item, h.kind) for h in hits] == [
        ("alpha", "1.1", "strength"),
        ("alpha", "2.1", "ofi"),
        ("alpha", "2.1", "ofi"),
        ("beta", "1.2", "note"),
    ]
    assert desk.sheet("alpha").comments["2.1", "ofi"][hits[1].start :][: hits[1].length] == "Dashboard"
    assert hits[0].excerpt == "มี DASHBOARD"
    assert desk.find("beta", "เดือน") == () == desk.find("alpha", "  ") == desk.find("alpha", ".*")


def test_entries_are_sorted_parted_and_moved_between_kinds_as_one_act(desk):
    desk.save_comment("alpha", "1.1", "ofi", "หนึ่ง\n\nสอง\nต่อ\n\nสาม")
    desk.save_comment("alpha", "1.1", "strength", "เดิม")
    one, two, three = parted(desk.sheet("alpha").comments["1.1", "ofi"])

    desk.save_entries("alpha", "1.1", {"ofi": [three, one], "recommendation": [two + "\n \n\nท้าย", "  "]})

    sheet = desk.sheet("alpha")
    assert parted(sheet.comments["1.1", "ofi"]) == ("สาม", "หนึ่ง")
    assert parted(sheet.comments["1.1", "recommendation"]) == ("สอง\nต่อ\nท้าย",)
    assert sheet.comments["1.1", "strength"] == "เดิม"
    undone = desk.undo("alpha")
    assert undone is not None and parted(undone.comments["1.1", "ofi"]) == (one, two, three)
    assert ("1.1", "recommendation") not in undone.comments
