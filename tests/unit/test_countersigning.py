# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Official results of a live round: two officers sign the same bytes on two machines, and only then they count."""

from contextlib import ExitStack

import pytest
from laptops import PASSPHRASE
from refusals import refused
from trust_round import TrustRound

from pmqa_desktop.domain.documents import Approval
from pmqa_desktop.services.exchange.service import ExchangeService
from pmqa_desktop.services.registry.countersigning import CountersigningService
from pmqa_desktop.services.registry.outcome import round_results
from pmqa_desktop.services.registry.publishing import PublishingService

APPROVAL = Approval("คณะอนุกรรมการ", "3/2569", "2026-04-30")
WRONG = Approval("คณะอนุกรรมการ", "2/2569", "2026-04-30")


@pytest.fixture
def world(tmp_path):
    """A live round with two registers that hold everything on the agency; `office-3` is a root person alone."""
    with ExitStack() as stack:
        made = TrustRound(tmp_path, stack)
        made.first_office, made.second_office = made.laptop("office-1"), made.laptop("office-2")
        laptops = made.all_judged(made.first_office)
        made.laptops = laptops
        for one in laptops.values():
            made.take(made.second_office, made.export(one, "scoresheet"))
        chair = settle(laptops["chair"])
        file = made.export(chair, "consensus")
        for office in (made.first_office, made.second_office):
            made.take(office, file)
        yield made


def settle(chair):
    chair.panel.reveal("alpha", PASSPHRASE)
    chair.panel.settle_agreed("alpha")
    for row in chair.panel.matrix("alpha").rows:
        if not row.is_settled:
            chair.panel.settle("alpha", row.item, chair.panel.item("alpha", row.item).proposal, "หารือแล้ว")
    chair.panel.sign("alpha", PASSPHRASE)
    return chair


def publish(office, approval=APPROVAL, reason=""):
    return PublishingService(office.session).publish(PASSPHRASE, approval=approval, reason=reason)


def carry(world, source, target):
    """Write what was published and import it on the other machine."""
    file = ExchangeService(source.session).export_published(world.new_folder()).path
    report = world.take(target, file)
    assert report.good, report
    return file


def waiting(office):
    return CountersigningService(office.session).waiting()


def test_two_officers_make_results_official_by_files(world):
    one, two = world.first_office, world.second_office
    draft = publish(one, None)
    assert not draft.waits and draft.extract is None

    signed = publish(one, reason="มติที่ประชุม")

    assert signed.waits and round_results(one.session).state == "draft"
    assert PublishingService(one.session).outlook().waits
    refused("already-countersigned", CountersigningService(one.session).countersign, signed.ranking.digest, PASSPHRASE)

    carry(world, one, two)
    (seen,) = waiting(two)
    assert (seen.approval, seen.by, seen.signed, seen.open, seen.need) == (
        APPROVAL, "office-1", ("office-1",), ("office-2", "office-3"), 2,
    )  # fmt: skip
    own = round_results(two.session).of("alpha")
    assert [(row.agency, row.rank, row.display, row.same) for row in seen.rows] == [("alpha", 1, own.display, True)]
    assert seen.fingerprint == signed.ranking.fingerprint
    assert CountersigningService(two.session).countersign(seen.ranking, PASSPHRASE)
    assert round_results(two.session).state == "official" and waiting(two) == ()

    carry(world, two, one)

    assert round_results(one.session).state == "official" and waiting(one) == ()
    assert round_results(one.session).of("alpha").published == "official"
    assert one.session.current(("extract",)) == signed.extract.digest
    assert one.session.documents.state() == two.session.documents.state()
    assert [e.action for e in two.session.audit.entries() if "counter" in e.action] == ["countersign-results"]


def test_a_publication_made_anew_stands_above_the_one_that_waits(world):
    one, two = world.first_office, world.second_office
    publish(one, WRONG)
    carry(world, one, two)
    (old,) = waiting(two)
    refused("reason-needed", publish, one)

    publish(one, APPROVAL, "เลขที่ประชุมผิด")
    CountersigningService(two.session).countersign(old.ranking, PASSPHRASE)  # has not heard of it
    assert PublishingService(two.session).outlook().approval == WRONG
    carry(world, one, two)
    (new,) = waiting(two)
    CountersigningService(two.session).countersign(new.ranking, PASSPHRASE)
    carry(world, two, one)

    for office in (one, two):
        assert PublishingService(office.session).outlook().approval == APPROVAL
        assert round_results(office.session).of("alpha").published == "official"
    assert one.session.documents.state() == two.session.documents.state()


def test_figures_that_the_second_register_does_not_compute_are_not_signed(world):
    one, two = world.first_office, world.second_office
    publish(one)
    expert = world.laptops["expert-1"]
    world.judge(expert, leave_out=("1.1.S1",), reason="ทบทวน")
    world.take(two, world.export(expert, "scoresheet"))
    carry(world, one, two)
    (seen,) = waiting(two)

    assert [row.agency for row in seen.different] == ["alpha"]
    told = refused("publication-differs", CountersigningService(two.session).countersign, seen.ranking, PASSPHRASE)
    assert told["agencies"] == "หน่วยงาน ก"
    assert round_results(two.session).state == "draft"


def test_a_root_person_may_be_the_second_and_nobody_of_a_panel(world):
    one, chair = world.first_office, world.laptops["chair"]
    signed = publish(one)
    three = world.laptop("office-3")
    everything = [one.admitted() for one in one.session.documents.envelopes()]
    for laptop in (three, chair):
        world.take(laptop, world.file_of(everything))

    refused(
        "countersign-not-asked", CountersigningService(chair.session).countersign, signed.ranking.digest, PASSPHRASE
    )
    assert CountersigningService(three.session).countersign(signed.ranking.digest, PASSPHRASE)
    carry(world, three, one)
    assert round_results(one.session).state == "official"


def test_a_publication_that_nobody_waits_for_is_told(world):
    refused("publication-not-waiting", CountersigningService(world.first_office.session).countersign, "x", PASSPHRASE)
    assert waiting(world.first_office) == ()
