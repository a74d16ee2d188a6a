# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The chair's table on real files: who may see what when, settling with reasons, signing, endorsing."""

from contextlib import ExitStack
from fractions import Fraction

import pytest
from laptops import PANEL, PASSPHRASE, SmallRound
from refusals import refused

from pmqa_desktop.domain.answers import WHOLE_AGENCY, Answer
from pmqa_desktop.domain.documents import Consensus, ConsensusBody, Endorsement, ItemDissent, Reveal
from pmqa_desktop.reports.models import Themes
from pmqa_desktop.services.exchange.intake import import_files
from pmqa_desktop.services.exchange.service import ExchangeService
from pmqa_desktop.services.registry.publishing import result_body
from pmqa_desktop.services.reporting.filling import feedback_report
from pmqa_desktop.sync.envelope import sign_document

LEFT_OUT = {"chair": ("1.1.S1",), "expert-1": ("1.1.S1", "3.1.B1"), "expert-2": ()}


@pytest.fixture
def world(tmp_path):
    with ExitStack() as stack:
        yield SmallRound(tmp_path, stack)


@pytest.fixture
def laptops(world):
    """Three laptops whose owners have signed their sheets on alpha; nothing was sent yet."""
    return world.judged("alpha", LEFT_OUT)


@pytest.fixture
def table(world, laptops):
    """The chair's laptop with all sheets in and the reveal signed."""
    for name in ("expert-1", "expert-2"):
        world.send(laptops[name], laptops["chair"], "declaration", "scoresheet")
    laptops["chair"].panel.reveal("alpha", PASSPHRASE)
    return laptops["chair"].panel


def settle_all(table):
    table.settle_agreed("alpha")
    for row in table.matrix("alpha").rows:
        if not row.is_settled:
            table.settle("alpha", row.item, table.item("alpha", row.item).proposal, "หารือแล้ว")


def test_peers_stay_hidden_until_the_own_sheet_and_the_reveal_are_signed(world, laptops):
    late = world.laptop("chair", "second")
    world.send(laptops["expert-1"], late, "declaration", "scoresheet")
    refused("own-sheet-first", late.panel.matrix, "alpha")
    refused("own-sheet-first", late.panel.reveal, "alpha", PASSPHRASE)

    chair = laptops["chair"]
    world.send(laptops["expert-1"], chair, "declaration", "scoresheet")
    refused("not-revealed", chair.panel.matrix, "alpha")
    refused("not-revealed", chair.panel.item, "alpha", "1.1")
    refused("not-revealed", chair.panel.outlook, "alpha")


def test_only_the_chair_reveals(laptops):
    refused("not-the-chair", laptops["expert-1"].panel.reveal, "alpha", PASSPHRASE)


def test_the_reveal_names_every_sheet_present(world, laptops, table):
    chair = laptops["chair"].session
    document = chair.document(chair.current(("reveal", "alpha")))

    assert isinstance(document, Reveal)
    assert len(document.body.sheets) == 3 and document.body.own in document.body.sheets
    refused("already-revealed", table.reveal, "alpha", PASSPHRASE)


def test_the_matrix_puts_what_calls_for_talk_first(table):
    matrix = table.matrix("alpha")

    assert [seat.seat for seat in matrix.seats] == list(PANEL)
    assert {row.item for row in matrix.rows if row.over} == {"1.1", "3.1"}
    assert matrix.rows[0].item == "3.1" and matrix.rows[0].scores == (500, 0, 500)
    assert matrix.rows[0].spread == Fraction(500)
    assert (matrix.settled, matrix.to_settle, matrix.quorum) == (0, 30, (3, 3))


def test_a_proposal_is_what_most_seats_ticked(table):
    item = table.item("alpha", "1.1")

    assert "1.1.S1" not in item.proposal.ticks  # one of three ticked it
    assert "3.1.B1" in table.item("alpha", "3.1").proposal.ticks  # two of three did
    assert item.reason_needed


def test_settling_needs_a_reason_where_seats_differ_or_the_range_is_left(table):
    agreed = table.item("alpha", "2.1").proposal

    refused("reason-needed", table.settle, "alpha", "3.1", table.item("alpha", "3.1").proposal)
    refused("reason-needed", table.settle, "alpha", "2.1", Answer(ticks=()))
    refused("reason-needed", table.settle, "alpha", "2.1", Answer(ticks=()), "  ")
    table.settle("alpha", "2.1", agreed)

    assert table.item("alpha", "2.1").settled.answer == agreed


def test_agreed_items_are_confirmed_in_one_go_and_can_be_reopened(table):
    assert table.settle_agreed("alpha") == 28
    assert table.outlook("alpha").unsettled == ("1.1", "3.1")
    table.reopen("alpha", "2.2")
    assert table.outlook("alpha").unsettled == ("1.1", "2.2", "3.1")
    assert table.outlook("alpha").provisional


def test_no_consensus_leaves_with_open_items(table):
    table.settle_agreed("alpha")

    fields = refused("items-unsettled", table.sign, "alpha", PASSPHRASE)

    assert fields["items"] == "1.1, 3.1"


def test_the_signed_consensus_rests_on_the_reveal_and_every_sheet(laptops, table):
    settle_all(table)
    sheet = next(c for c in table.item("alpha", "1.2").comments if c.person == "expert-1")
    table.adopt("alpha", "1.2", "strength", sheet.text, (sheet.sheet,))
    table.announce_dissent("alpha", "expert-2", "ไม่เห็นด้วยกับหัวข้อ 3.1")

    signed = table.sign("alpha", PASSPHRASE)

    session = laptops["chair"].session
    document = session.document(signed.digest)
    assert isinstance(document, Consensus)
    assert len(document.body.rests_on) == 3
    assert document.body.reveal == session.current(("reveal", "alpha"))
    assert document.body.comments[0].origin == (sheet.sheet,)
    assert document.body.announced_dissent[0].person == "expert-2"
    assert session.view().status[signed.digest] == "counted"


def test_a_missing_seat_needs_the_chairs_reason_and_the_quorum_is_kept(world, laptops):
    chair = laptops["chair"]
    world.send(laptops["expert-1"], chair, "declaration", "scoresheet")
    chair.panel.reveal("alpha", PASSPHRASE)
    settle_all(chair.panel)

    fields = refused("quorum-short", chair.panel.sign, "alpha", PASSPHRASE)

    assert (fields["have"], fields["need"]) == (2, 3)
    assert [seat.person for seat in chair.panel.outlook("alpha").missing] == ["expert-2"]


def test_members_endorse_or_dissent_once_they_hold_the_consensus(world, laptops, table):
    settle_all(table)
    refused("no-consensus", laptops["expert-1"].panel.endorse, "alpha", PASSPHRASE, agrees=True)
    table.sign("alpha", PASSPHRASE)
    for name in ("expert-1", "expert-2"):
        world.send(laptops["chair"], laptops[name], "reveal", "scoresheet", "declaration", "consensus")
    world.send(laptops["expert-2"], laptops["expert-1"], "scoresheet", "declaration")
    world.send(laptops["expert-1"], laptops["expert-2"], "scoresheet", "declaration")
    refused("reason-needed", laptops["expert-2"].panel.endorse, "alpha", PASSPHRASE, agrees=False)

    agreed = laptops["expert-1"].panel.endorse("alpha", PASSPHRASE, agrees=True)
    dissent = laptops["expert-2"].panel.endorse(
        "alpha", PASSPHRASE, agrees=False, reason="หลักฐานไม่พอ", items=(ItemDissent("3.1", "ไม่พบหน้า"),)
    )

    assert laptops["expert-1"].session.view().status[agreed.digest] == "counted"
    document = laptops["expert-2"].session.document(dissent.digest)
    assert isinstance(document, Endorsement) and not document.body.agrees and document.body.items[0].item == "3.1"


def test_a_sheet_that_changes_after_the_consensus_makes_it_stale_until_the_chair_signs_again(world, laptops, table):
    settle_all(table)
    table.sign("alpha", PASSPHRASE)
    expert = laptops["expert-1"]
    expert.scoring.save_answer("alpha", "6.4", Answer(ticks=()))
    expert.scoring.keep_notices("alpha", "ตั้งใจ")
    expert.scoring.sign("alpha", PASSPHRASE, "ทบทวนใหม่")
    world.send(expert, laptops["chair"], "scoresheet")
    assert table.agencies()[0].stale

    refused("reason-needed", table.sign, "alpha", PASSPHRASE)
    signed = table.sign("alpha", PASSPHRASE, reason="ใบใหม่ของผู้ทรงคุณวุฒิ 1 ไม่เปลี่ยนมติ")

    assert not table.agencies()[0].stale
    assert table.agencies()[0].consensus_seq == 2 == signed.seq


def test_who_recused_never_sees_the_table(world, laptops):
    other = laptops["expert-1"]
    other.scoring.declare("beta", "recused", "ญาติทำงานที่นี่", PASSPHRASE)

    refused("recused", other.panel.matrix, "beta")


def test_a_document_that_was_not_its_signers_to_give_cannot_drive_the_number_up(world, laptops, table):
    settle_all(table)
    chair = laptops["chair"].session
    impostor = world.identities["expert-1"]
    header = chair.header(impostor, agency="alpha", seq=9_000, supersedes=("sha256:" + "0" * 64,), reason="x")
    body = ConsensusBody(stage="consensus", reveal=chair.current(("reveal", "alpha")), rests_on=(), items=())
    chair.store_signed((sign_document(Consensus(**header, body=body), impostor),), "import")

    signed = table.sign("alpha", PASSPHRASE)

    assert signed.seq == 1 and table.agencies()[0].consensus_seq == 1


def test_key_themes_go_into_the_consensus_the_result_and_the_feedback_report(laptops, table):
    told = {"strength": ("ใช้ข้อมูลร่วมกัน", " "), "ofi": ("ยังเทียบผลไม่ครบ\u200b", "เรียนรู้ข้ามกองเป็นครั้งคราว")}
    table.save_themes("alpha", told)
    settle_all(table)
    table.adopt("alpha", "1.1", "ofi", "ข้อความของหัวข้อ")
    assert [one.item for one in table.themes("alpha").texts] == ["1.1"]

    signed = table.sign("alpha", PASSPHRASE)

    session = laptops["chair"].session
    consensus = session.document(signed.digest)
    kept = [(one.kind, one.text) for one in consensus.body.comments if one.item == WHOLE_AGENCY]
    assert kept == [
        ("strength", "ใช้ข้อมูลร่วมกัน"), ("ofi", "ยังเทียบผลไม่ครบ"), ("ofi", "เรียนรู้ข้ามกองเป็นครั้งคราว")
    ]  # fmt: skip
    assert not any(one.origin for one in consensus.body.comments)
    published = result_body(session.round().criteria, signed.digest, consensus, bytes(16)).comments
    assert [(one.item, one.text) for one in published][:2] == [("", "ใช้ข้อมูลร่วมกัน"), ("", "ยังเทียบผลไม่ครบ")]
    report = feedback_report(session, "alpha")
    assert report.themes == Themes(("ใช้ข้อมูลร่วมกัน",), ("ยังเทียบผลไม่ครบ", "เรียนรู้ข้ามกองเป็นครั้งคราว"))
    assert "ข้อความของหัวข้อ" in next(item for item in report.categories[0].items if item.code == "1.1").ofis


def test_key_themes_can_be_emptied_and_are_the_chairs_alone(laptops, table):
    table.save_themes("alpha", {"ofi": ("หนึ่ง", "สอง")})
    assert table.themes("alpha").count == 2
    table.save_themes("alpha", {"ofi": ("สอง",)})
    assert table.themes("alpha").written == {"strength": (), "ofi": ("สอง",)}
    table.save_themes("alpha", {})
    assert table.themes("alpha").count == 0

    refused("not-revealed", laptops["expert-2"].panel.themes, "alpha")
    refused("not-revealed", laptops["expert-2"].panel.save_themes, "alpha", {})


def test_a_member_who_gets_the_consensus_alone_is_told_that_nothing_is_missing(world, laptops, table):
    settle_all(table)
    table.sign("alpha", PASSPHRASE)
    laptops["chair"].session.unlock(PASSPHRASE)
    folder = world.folder / "out"
    folder.mkdir()
    file = ExchangeService(laptops["chair"].session).export("consensus", "alpha", folder, sealed=False).path

    report = import_files(laptops["expert-1"].session, [file])
    stranger = import_files(world.laptop("expert-1", "second").session, [file])

    (one,), (other,) = report.files, stranger.files
    assert report.good and one.outcome == "new"
    assert {line.kind: line.status for line in one.documents} == {"reveal": "to-endorse", "consensus": "to-endorse"}
    assert not stranger.good and {line.status for line in other.documents} == {"parent-awaited"}
    assert laptops["expert-1"].panel.consensus("alpha").rests_on_own
