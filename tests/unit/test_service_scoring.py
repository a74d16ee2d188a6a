# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The evaluator's desk on real files: nothing before the declaration, nothing lost, nothing signed unread."""

from contextlib import ExitStack

import pytest
from laptops import PASSPHRASE, SmallRound
from refusals import refused

from pmqa_desktop.domain.answers import Answer, Evidence, IndicatorAnswer
from pmqa_desktop.domain.documents import Scoresheet
from pmqa_desktop.domain.payload import LONGEST_TEXT
from pmqa_desktop.messages import word

PAPER = "sha256:" + "ab" * 32


@pytest.fixture
def world(tmp_path):
    with ExitStack() as stack:
        yield SmallRound(tmp_path, stack)


@pytest.fixture
def desk(world):
    return world.laptop("expert-1")


def test_nothing_can_be_judged_before_the_declaration(desk):
    refused("declare-first", desk.scoring.save_answer, "alpha", "1.1", Answer())
    refused("declare-first", desk.scoring.save_comment, "alpha", "1.1", "strength", "ดี")
    refused("declare-first", desk.scoring.paper_bytes, "alpha", PAPER)
    refused("declare-first", desk.scoring.sign, "alpha", PASSPHRASE)

    assert desk.scoring.sheet("alpha").answers == {}


def test_a_recusal_needs_words_and_closes_the_agency(desk):
    refused("reason-needed", desk.scoring.declare, "alpha", "recused", "  ", PASSPHRASE)

    desk.scoring.declare("alpha", "recused", "เคยทำงานที่นี่", PASSPHRASE)

    refused("recused", desk.scoring.save_answer, "alpha", "1.1", Answer())
    work = {one.agency.agency: one for one in desk.scoring.agencies()}
    assert (work["alpha"].declaration, work["beta"].declaration) == ("recused", "")


def test_a_book_pasted_into_any_field_is_refused_at_once_and_what_stood_there_stays(desk):
    book = "ข้อความ " * 1_500_000
    refused("typed-too-long", desk.scoring.declare, "alpha", "recused", book, PASSPHRASE)
    desk.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
    desk.scoring.save_comment("alpha", "1.1", "strength", "ดี")
    before = desk.scoring.sheet("alpha")
    refused("typed-too-long", desk.scoring.save_comment, "alpha", "1.1", "strength", book)
    refused("typed-too-long", desk.scoring.save_note, "alpha", "1.1", book)
    assert desk.scoring.sheet("alpha") == before and desk.scoring.find("alpha", book) == ()


def test_a_field_of_many_entries_is_kept_beyond_the_length_of_one(desk):
    desk.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
    entries = "\n\n".join(["ก" * (LONGEST_TEXT // 3)] * 3)

    desk.scoring.save_comment("alpha", "1.1", "strength", entries)

    assert desk.scoring.sheet("alpha").comments["1.1", "strength"] == entries


def test_a_wrong_passphrase_signs_nothing(desk):
    before = desk.session.documents.state()

    refused("wrong-passphrase", desk.scoring.declare, "alpha", "no_conflict", "", "guess")

    assert desk.session.documents.state() == before


def test_edits_and_undo_survive_a_restart(world, desk):
    desk.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
    desk.scoring.save_answer("alpha", "1.1", Answer(ticks=("1.1.B1",)))
    desk.scoring.save_comment("alpha", "1.1", "strength", "ชัดเจน\u200b")
    desk.scoring.save_note("alpha", "1.1", "ถามช่วงบ่าย")
    saved = desk.scoring.save_answer("alpha", "1.1", Answer(ticks=("1.1.B1", "1.1.B2")))
    desk.session.close()

    again = world.laptop("expert-1")
    sheet = again.scoring.sheet("alpha")

    assert sheet.answers["1.1"].ticks == ("1.1.B1", "1.1.B2")
    assert sheet.comments["1.1", "strength"] == "ชัดเจน"
    assert sheet.notes["1.1"] == "ถามช่วงบ่าย"
    assert sheet.saved_at == saved
    undone = again.scoring.undo("alpha")
    assert undone is not None and undone.answers["1.1"].ticks == ("1.1.B1",)
    redone = again.scoring.redo("alpha")
    assert redone is not None and redone.answers["1.1"].ticks == ("1.1.B1", "1.1.B2")
    assert again.scoring.redo("alpha") is None
    assert [entry.field for entry in again.scoring.history("alpha", "1.1")][-1] == "answer"


def test_linking_twice_keeps_one_link(desk):
    desk.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
    link = Evidence("1.1", PAPER, 4, "1.1.B1")

    desk.scoring.link("alpha", link)
    desk.scoring.link("alpha", link)
    desk.scoring.link("alpha", Evidence("1.1", PAPER, 2))
    desk.scoring.unlink("alpha", Evidence("1.1", PAPER, 2))

    assert desk.scoring.sheet("alpha").evidence == (link,)


def test_an_unfinished_sheet_cannot_be_signed(desk):
    desk.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
    desk.scoring.save_answer("alpha", "1.1", Answer())

    fields = refused("sheet-incomplete", desk.scoring.sign, "alpha", PASSPHRASE)

    assert str(fields["items"]).startswith("1.2, 1.3") and "1.1" not in str(fields["items"]).split(", ")


def test_signing_keeps_notes_at_home_and_splits_entries(world, desk):
    desk.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
    desk.scoring.fill("alpha", world.full_sheet())
    desk.scoring.save_comment("alpha", "2.1", "ofi", "ข้อแรก\nต่อ\n\n\nข้อสอง")
    desk.scoring.save_note("alpha", "2.1", "ส่วนตัว")

    desk.scoring.keep_notices("alpha", "ตั้งใจ")
    signed = desk.scoring.sign("alpha", PASSPHRASE)

    document = desk.session.document(signed.digest)
    assert isinstance(document, Scoresheet)
    assert [c.text for c in document.body.comments if c.kind == "ofi"] == ["ข้อแรก\nต่อ", "ข้อสอง"]
    assert "ส่วนตัว" not in desk.session.documents.get(signed.digest).payload.decode()
    assert [item.claimed.num for item in document.body.items] == [500] * 30
    assert signed.seq == 1 and len(signed.fingerprint) == 4


def test_signing_names_the_field_of_an_entry_that_is_too_long(world, desk):
    desk.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
    desk.scoring.fill("alpha", world.full_sheet())
    desk.scoring.save_comment("alpha", "2.1", "ofi", "สั้น\n\n" + "ก" * (LONGEST_TEXT // 3 + 1))
    desk.scoring.keep_notices("alpha", "ตั้งใจ")

    fields = refused("entry-too-long", desk.scoring.sign, "alpha", PASSPHRASE)

    assert fields["item"] == "2.1"
    assert word("entry-too-long", fields, "th").startswith("โอกาสในการปรับปรุง ของหัวข้อ 2.1:")
    desk.scoring.save_comment("alpha", "2.1", "ofi", "ก" * (LONGEST_TEXT // 3))
    desk.scoring.keep_notices("alpha", "ตั้งใจ")
    assert desk.scoring.sign("alpha", PASSPHRASE).seq == 1


def test_a_revision_needs_a_change_and_a_reason_and_names_its_parent(world, desk):
    desk.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
    desk.scoring.fill("alpha", world.full_sheet())
    desk.scoring.keep_notices("alpha", "ตั้งใจ")
    first = desk.scoring.sign("alpha", PASSPHRASE)
    refused("nothing-changed", desk.scoring.sign, "alpha", PASSPHRASE, "เหตุผล")
    desk.scoring.save_answer("alpha", "1.1", Answer(ticks=("1.1.B1",)))
    assert desk.scoring.agencies()[0].changed_since_signed
    refused("reason-needed", desk.scoring.sign, "alpha", PASSPHRASE)

    desk.scoring.keep_notices("alpha", "ตั้งใจ")
    second = desk.scoring.sign("alpha", PASSPHRASE, "อ่านภาคผนวกแล้ว")

    document = desk.session.document(second.digest)
    assert (document.seq, document.supersedes, document.reason) == (2, (first.digest,), "อ่านภาคผนวกแล้ว")
    assert desk.session.view().status[first.digest] == "superseded"
    assert not desk.scoring.agencies()[0].changed_since_signed


def test_read_back_counts_what_leaves_and_what_stays(world, desk):
    desk.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
    desk.scoring.fill("alpha", world.full_sheet(leave_out=("1.1.S1",)))
    desk.scoring.save_note("alpha", "1.1", "ส่วนตัว")

    read = desk.scoring.read_back("alpha")

    assert (read.scored, read.of, read.comments, read.notes) == (30, 30, 30, 1)
    assert read.score.items["1.1"].exact == 400
    assert 0 < read.size < read.limit


def test_an_indicator_without_result_is_answered_but_not_scored(world, desk):
    desk.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
    desk.scoring.fill("alpha", world.full_sheet())
    item = desk.session.round().criteria.edition.item("7.1")
    begun = Answer(indicators=(IndicatorAnswer(code=item.indicators[0].code),))
    desk.scoring.save_answer("alpha", "7.1", begun)

    assert desk.scoring.sheet("alpha").answers["7.1"] == begun
    assert desk.scoring.read_back("alpha").scored == 29
    assert desk.scoring.agencies()[0].scored == 29
