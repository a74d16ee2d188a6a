# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Closing the round on a laptop: the own record stays, what belongs to others is gone from the disk."""

from contextlib import ExitStack

import pytest
from laptops import PASSPHRASE, SmallRound
from refusals import refused

from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.services.reporting import ReportingService
from pmqa_desktop.services.safekeeping.closing import ClosingService
from pmqa_desktop.services.safekeeping.mirror import MirrorService
from pmqa_desktop.services.safekeeping.portable import PortableService

PEER = "ข้อความลับของผู้ทรงคุณวุฒิ 2"
NOTE = "บันทึกส่วนตัวที่ต้องหายไป"


@pytest.fixture
def world(tmp_path):
    with ExitStack() as stack:
        yield SmallRound(tmp_path, stack)


def closing(laptop):
    mirror = MirrorService(laptop.session, PortableService(laptop.session))
    return ClosingService(laptop.session, laptop.scoring, ReportingService(laptop.session), mirror)


@pytest.fixture
def laptop(world):
    """A laptop with an own signed sheet, a peer's sheet, papers, copies, and a private note."""
    laptops = world.judged()
    peer = laptops["expert-2"]
    peer.scoring.save_comment("alpha", "1.1", "ofi", PEER)
    peer.scoring.keep_notices("alpha", "ตั้งใจ")
    peer.scoring.sign("alpha", PASSPHRASE, "เพิ่มข้อความ")
    own = laptops["expert-1"]
    world.send(peer, own, "declaration", "scoresheet")
    own.scoring.save_note("alpha", "1.1", NOTE)
    (own.session.folder / "pack.pmqa").write_bytes(b"sealed papers")
    own.session.store.backup(own.session.folder / "workspace.db.before-import")
    return own


def on_disk(laptop):
    return b"".join(path.read_bytes() for path in laptop.session.folder.rglob("*") if path.is_file())


def test_the_plan_tells_and_changes_nothing(laptop):
    before = on_disk(laptop)
    plan = closing(laptop).plan()

    assert (plan.round_closed, plan.sheets, plan.unsigned) == (False, ("alpha",), ())
    assert (plan.peers, plan.papers, plan.needs_word) == (3, ("pack.pmqa",), True)
    refused("closing-needs-word", closing(laptop).close, "  ")
    assert on_disk(laptop) == before


def test_closing_keeps_the_own_record_and_deletes_the_rest_from_the_disk(laptop, tmp_path):
    drive = tmp_path / "drive"
    drive.mkdir()
    service = closing(laptop)
    service._mirror.choose(drive)
    service._mirror.write()
    own = laptop.scoring.agencies()[0].signed_digest
    assert PEER.encode() in on_disk(laptop) and NOTE.encode() in on_disk(laptop)

    done = service.close("ส่งงานครบแล้ว")

    assert (done.peers, done.papers, done.mirror_cleaned) == (3, 1, True)
    assert PEER.encode() not in on_disk(laptop) and NOTE.encode() not in on_disk(laptop)
    assert sorted(path.name for path in laptop.session.folder.iterdir()) == ["own.key", "record", "workspace.db"]
    assert list(drive.iterdir()) == []
    assert laptop.session.store.value("PRAGMA freelist_count") == 0
    assert [path.name for path in done.record] == ["alpha.pdf"] and done.record[0].read_bytes().startswith(b"%PDF")
    assert laptop.scoring.agencies()[0].signed_digest == own
    assert {f.person for f in laptop.session.facts().values() if f.kind in ("scoresheet", "declaration")} == {
        "expert-1"
    }
    assert laptop.session.documents.damaged(facts=True) == () == laptop.session.store.integrity()
    entry = laptop.session.audit.entries()[-1]
    assert (entry.action, entry.fields["word"], entry.fields["peers"]) == ("close-round-here", "ส่งงานครบแล้ว", "3")


def test_nothing_can_be_edited_afterwards_and_it_is_closed_once(world, laptop):
    closing(laptop).close("ส่งงานครบแล้ว")
    laptop.session.close()
    again = world.laptop("expert-1")

    assert closing(again).closed_on == "2026-05-01"
    assert "2026-05-01" in str(refused("round-closed-here", again.scoring.save_answer, "alpha", "1.1", Answer()))
    refused("round-closed-here", again.scoring.declare, "beta", "no_conflict", "", PASSPHRASE)
    refused("round-closed-here", again.scoring.sign, "alpha", PASSPHRASE, "แก้")
    refused("round-closed-here", closing(again).close, "อีกครั้ง")


def test_unsigned_work_is_named(laptop):
    laptop.scoring.declare("beta", "no_conflict", "", PASSPHRASE)
    laptop.scoring.save_answer("beta", "1.1", Answer())
    laptop.scoring.save_comment("alpha", "1.1", "ofi", "หลังลงนาม")

    laptop.session.drafts.set("panel", "gamma", "1.1", "settled", "x", laptop.session.clock())
    assert closing(laptop).plan().unsigned == ("alpha", "beta", "gamma")
    laptop.session.drafts.set("panel", "gamma", "1.1", "settled", None, laptop.session.clock())
    assert refused("closing-needs-word", closing(laptop).close)["agencies"] == "alpha, beta"


def test_a_closing_cut_short_is_finished_later(laptop):
    laptop.session.meta.set("closing-unfinished", "1")
    closing(laptop).finish()
    assert not (laptop.session.folder / "pack.pmqa").exists()
    (laptop.session.folder / "pack.pmqa").write_bytes(b"new")
    closing(laptop).finish()
    assert (laptop.session.folder / "pack.pmqa").exists()


def test_the_secretariat_does_not_close_this_way(world):
    refused("closing-not-here", closing(world.laptop("secretary")).close, "เหตุผล")
