# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The secretariat's last acts: results without seats, ranking, extract; and exports that read back."""

import hashlib
import sqlite3
from contextlib import ExitStack

import pytest
from laptops import PANEL, PASSPHRASE, SECRETARY, SmallRound
from pdf_reading import page_texts, squeezed
from refusals import refused

from pmqa_desktop.domain.answers import Answer, Evidence
from pmqa_desktop.domain.documents import Approval, AssignedAgency, Extract, Paper, Ranking, Result
from pmqa_desktop.errors import PmqaError
from pmqa_desktop.events import DocumentsChanged
from pmqa_desktop.services.exchange.intake import import_files
from pmqa_desktop.services.exchange.service import ExchangeService, recipients
from pmqa_desktop.services.registry.outcome import round_results
from pmqa_desktop.services.registry.publishing import PublishingService
from pmqa_desktop.services.reporting import ReportingService
from pmqa_desktop.services.reporting.basis import paper_names
from pmqa_desktop.services.reporting.scores import category_lines
from pmqa_desktop.services.rounds.opening import assignment
from pmqa_desktop.sync.importing import private_folder, read_file

APPROVAL = Approval("คณะอนุกรรมการ", "3/2569", "2026-04-30")


@pytest.fixture
def world(tmp_path):
    with ExitStack() as stack:
        yield SmallRound(tmp_path, stack)


@pytest.fixture
def office(world):
    """The secretariat's laptop with everything on alpha in it; nothing has come on beta."""
    laptops = world.judged("alpha", {"expert-1": ("1.1.S1",)})
    chair = world.settled(laptops)
    office = world.laptop(SECRETARY)
    world.send(chair, office, "declaration", "scoresheet", "reveal", "consensus")
    return office.session


def test_a_result_tells_scores_and_nobodys_seat(office):
    publishing = PublishingService(office)

    signed = publishing.publish(PASSPHRASE)

    result, ranking = office.document(signed.results[0].digest), office.document(signed.ranking.digest)
    assert isinstance(result, Result) and isinstance(ranking, Ranking)
    payload = office.documents.get(signed.results[0].digest).payload.decode()
    assert not any(person in payload for person in PANEL)
    assert result.body.state == "draft" and len(result.body.items) == 30 and len(result.body.salt) == 32
    assert ranking.body.rows[0].result == signed.results[0].digest and ranking.body.unranked == ("beta",)
    assert office.view().status[signed.results[0].digest] == "counted"


def test_an_official_result_supersedes_the_draft_with_a_reason(office):
    publishing = PublishingService(office)
    draft = publishing.publish(PASSPHRASE)
    refused("reason-needed", publishing.publish, PASSPHRASE, approval=APPROVAL)

    official = publishing.publish(PASSPHRASE, approval=APPROVAL, reason="มติที่ประชุม")

    document = office.document(official.results[0].digest)
    assert (document.seq, document.supersedes) == (2, (draft.results[0].digest,))
    assert round_results(office).of("alpha").published == "official"


def printed(office, report, language, **chosen):
    return squeezed("".join(page_texts(ReportingService(office).prepare(report, language=language, **chosen)())))


def test_reports_of_an_official_result_say_who_approved_it(office):
    publishing = PublishingService(office)
    publishing.publish(PASSPHRASE)
    assert "Approved" not in printed(office, "feedback", "en", agency="alpha") + printed(office, "ranking", "en")

    publishing.publish(PASSPHRASE, approval=APPROVAL, reason="มติที่ประชุม")

    told = squeezed("อนุมัติโดยคณะอนุกรรมการ ในการประชุมครั้งที่ 3/2569 เมื่อวันที่ 30 เมษายน 2569")
    for report, chosen in (("feedback", {"agency": "alpha"}), ("summary", {"agency": "alpha"}), ("ranking", {})):
        assert told in printed(office, report, "th", **chosen), report
        assert squeezed("meeting 3/2569, 30 April 2026") in printed(office, report, "en", **chosen), report
    assert squeezed("Official result") in printed(office, "feedback", "en", agency="alpha")


def test_an_approved_ranking_says_so_only_while_it_is_the_one_shown(office):
    publishing = PublishingService(office)
    publishing.publish(PASSPHRASE, approval=APPROVAL)
    publishing.publish(PASSPHRASE, reason="แก้ผล")
    assert "Approved" not in printed(office, "ranking", "en")


def logged(office):
    return [
        (one.action, dict(one.fields))
        for one in office.audit.entries()
        if one.action in {"publish", "reverse-official"}
    ]


def test_taking_back_something_official_needs_a_reason_and_is_logged_as_such(office):
    publishing = PublishingService(office)
    publishing.publish(PASSPHRASE, approval=APPROVAL)
    assert round_results(office).state == "official"
    refused("reason-needed", publishing.publish, PASSPHRASE, reason=" \n")

    publishing.publish(PASSPHRASE, reason="มติถูกเพิกถอน")

    assert round_results(office).state == "draft" and round_results(office).of("alpha").published == "draft"
    first, second = logged(office)
    assert first == ("publish", {"before": "", "state": "official", "agencies": "1", "body": "คณะอนุกรรมการ",
                                 "meeting": "3/2569", "date": "2026-04-30"})  # fmt: skip
    told = {"before": "official", "state": "draft", "agencies": "1", "reason": "มติถูกเพิกถอน"}
    assert second == ("reverse-official", told)


@pytest.mark.parametrize(
    ("approval", "code"),
    [
        (Approval(" ", "3/2569", "2026-04-30"), "approval-body-missing"),
        (Approval("คณะ", "\u200b", "2026-04-30"), "approval-meeting-missing"),
        (Approval("คณะ", "3/2569", "2026-02-30"), "approval-date-invalid"),
        (Approval("คณะ", "3/2569", ""), "approval-date-invalid"),
        (Approval("คณะ", "3/2569", "1483-06-30"), "approval-date-invalid"),
        (Approval("คณะ", "3/2569", "2569-04-30"), "approval-date-future"),
        (Approval("คณะ", "3/2569", "2026-05-03"), "approval-date-future"),
        (Approval("ก" * 301, "3/2569", "2026-04-30"), "typed-too-long"),
    ],
)
def test_an_approval_that_says_nothing_is_refused_and_nothing_is_signed(office, approval, code):
    before = office.documents.state()

    refused(code, PublishingService(office).publish, PASSPHRASE, approval=approval)

    assert office.documents.state() == before and logged(office) == []


def test_lines_of_the_approval_are_signed_as_one_line_each(office):
    PublishingService(office).publish(PASSPHRASE, approval=Approval(" คณะ\n กรรมการ ", " 3/2569\t", "2026-04-30"))

    assert PublishingService(office).outlook().approval == Approval("คณะ กรรมการ", "3/2569", "2026-04-30")


def test_what_is_seen_before_signing(office):
    publishing = PublishingService(office)
    seen = publishing.outlook()
    assert [one.agency for one in seen.ranked] == ["alpha"] and [one.agency for one in seen.left_out] == ["beta"]
    assert (seen.state, seen.approval, seen.needs_reason, seen.need, seen.blocking) == ("", None, False, 1, ())

    publishing.publish(PASSPHRASE, approval=APPROVAL, seen=seen)

    after = publishing.outlook()
    assert (after.state, after.approval, after.needs_reason, after.changed) == ("official", APPROVAL, True, ())


def test_a_sheet_that_came_later_blocks_official_and_what_was_seen_is_not_signed_as_something_else(world):
    laptops = world.judged()
    chair = world.settled(laptops)
    office = world.laptop(SECRETARY)
    world.send(chair, office, "declaration", "scoresheet", "reveal", "consensus")
    publishing = PublishingService(office.session)
    seen = publishing.outlook()
    publishing.publish(PASSPHRASE)
    laptops["expert-1"].scoring.save_answer("alpha", "1.1", Answer(ticks=()))
    laptops["expert-1"].scoring.keep_notices("alpha", "ตั้งใจ")
    laptops["expert-1"].scoring.sign("alpha", PASSPHRASE, "ทบทวน")
    world.send(laptops["expert-1"], office, "scoresheet")

    refused("results-changed", publishing.publish, PASSPHRASE, reason="ผล", seen=seen)
    refused("nothing-to-publish", publishing.publish, PASSPHRASE, approval=APPROVAL, reason="ผล")
    assert [one.agency for one in publishing.outlook().blocking] == ["alpha"]


def test_a_stale_agency_blocks_official_for_all_and_a_draft_leaves_it_out(world):
    both = {agency: world.judged(agency) for agency in ("alpha", "beta")}
    for agency, laptops in both.items():
        chair = world.settled(laptops, agency)
    office = world.laptop(SECRETARY)
    world.send(chair, office, "declaration", "scoresheet", "reveal", "consensus")
    late = both["beta"]["expert-1"]
    late.scoring.save_answer("beta", "1.1", Answer(ticks=()))
    late.scoring.keep_notices("beta", "ตั้งใจ")
    late.scoring.sign("beta", PASSPHRASE, "ทบทวน")
    world.send(late, office, "scoresheet")
    publishing = PublishingService(office.session)

    told = refused("official-blocked", publishing.publish, PASSPHRASE, approval=APPROVAL)
    signed = publishing.publish(PASSPHRASE)

    assert told["agencies"] == "หน่วยงาน beta"
    assert len(signed.results) == 1 and office.session.document(signed.ranking.digest).body.unranked == ("beta",)


def test_a_write_that_fails_half_way_signs_nothing_at_all(office):
    before, told = office.documents.state(), []
    office.bus.subscribe(DocumentsChanged, told.append)
    with office.store.write() as conn:
        conn.execute(
            "CREATE TEMP TRIGGER full BEFORE INSERT ON documents WHEN NEW.kind = 'extract' "
            "BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )

    with pytest.raises((PmqaError, sqlite3.Error)):
        PublishingService(office).publish(PASSPHRASE, approval=APPROVAL)

    assert office.documents.state() == before and logged(office) == [] and told == []
    assert round_results(office).of("alpha").published == ""


def test_the_extract_is_signed_along_once_for_a_roster(office):
    publishing = PublishingService(office)

    first = publishing.publish(PASSPHRASE)
    second = publishing.publish(PASSPHRASE, approval=APPROVAL, reason="มติ")

    assert first.extract is not None and second.extract is None
    assert office.current(("extract",)) == first.extract.digest


def test_only_the_secretariat_publishes(world):
    chair = world.settled(world.judged())

    refused("not-the-secretariat", PublishingService(chair.session).publish, PASSPHRASE)


def papers_given(world, office, seat, *names):
    """Bring the secretariat the assignment of a seat whose agency has these papers."""
    papers = tuple(Paper("sha256:" + hashlib.sha256(name.encode()).hexdigest(), 9, name, 3) for name in names)
    agencies = (AssignedAgency("alpha", papers),)
    office.store_signed((assignment(world.desk, world.roster, world.frozen, seat, seat, agencies),), "import")
    return [paper.digest for paper in papers]


def test_pages_of_several_papers_are_told_with_the_papers_names(world, office):
    papers_given(world, office, "expert-1", "รายงาน.pdf")
    assert paper_names(office, "alpha") == {}

    (_first, second) = papers_given(world, office, "expert-2", "รายงาน.pdf", "ภาคผนวก.pdf")

    assert sorted(paper_names(office, "alpha").values()) == ["ภาคผนวก.pdf", "รายงาน.pdf"]
    assert paper_names(office, "beta") == {}
    seen = office.round()
    cited = (Evidence("1.1", second, 3), Evidence("1.1", second, 1))
    (lines,) = [
        item.evidence for item in category_lines(seen, {}, {}, cited, paper_names(office, "alpha"))[0].items[:1]
    ]
    assert [(line.document, line.page) for line in lines] == [("ภาคผนวก.pdf", 1), ("ภาคผนวก.pdf", 3)]


def test_nothing_complete_is_nothing_to_publish(world):
    empty = world.laptop(SECRETARY).session

    refused("nothing-to-publish", PublishingService(empty).publish, PASSPHRASE)


def test_the_extract_names_roots_and_no_seat(office):
    signed = PublishingService(office).extract(PASSPHRASE)

    document = office.document(signed.digest)
    assert isinstance(document, Extract) and document.body.threshold == 1
    assert not any(person in office.documents.get(signed.digest).payload.decode() for person in PANEL)


def test_an_export_carries_the_lineage_is_sealed_and_reads_back(world, tmp_path):
    laptops = world.judged()
    expert = laptops["expert-1"]
    expert.scoring.save_answer("alpha", "1.1", Answer(ticks=()))
    expert.scoring.keep_notices("alpha", "ตั้งใจ")
    expert.scoring.sign("alpha", PASSPHRASE, "ทบทวน")
    stick = tmp_path / "stick"
    stick.mkdir()

    written = ExchangeService(expert.session).export("scoresheet", "alpha", stick)

    assert [path.name for path in stick.iterdir()] == [written.path.name]
    with private_folder() as staging:
        opened = read_file(written.path, world.identities["chair"], staging)
    assert [document.kind for document in opened.documents] == ["declaration", "scoresheet", "scoresheet"]
    with private_folder() as staging:
        refused("not-for-this-key", read_file, written.path, world.identities["expert-2"], staging)


def test_what_one_laptop_exports_another_imports(world, tmp_path):
    laptops = world.judged()
    exchange = ExchangeService(laptops["expert-1"].session)
    clear = tmp_path / "sheet.pmqa"
    clear.write_bytes(exchange.package("scoresheet", "alpha", sealed=False))

    report = import_files(laptops["chair"].session, [clear])

    assert [one.outcome for one in report.files] == ["new"]
    assert [seat.state for seat in laptops["chair"].panel.agencies()[0].seats] == ["received", "received", "awaited"]


def test_nothing_signed_is_nothing_to_export(world, tmp_path):
    desk = world.laptop("expert-1")

    refused("nothing-to-export", ExchangeService(desk.session).export, "scoresheet", "alpha", tmp_path)


def test_a_full_or_missing_drive_leaves_nothing_behind(world, tmp_path):
    laptops = world.judged()

    refused("drive-gone", ExchangeService(laptops["chair"].session).export, "scoresheet", "alpha", tmp_path / "gone")

    assert not (tmp_path / "gone").exists()


def test_a_consensus_goes_to_the_panel_but_never_to_who_recused(world):
    body = world.roster.document.body
    mine = {name: identity.recipient for name, identity in world.identities.items()}

    to_all = recipients(body, "consensus", "alpha")
    without = recipients(body, "consensus", "alpha", frozenset({"expert-2"}))
    sheet = recipients(body, "scoresheet", "alpha")

    assert set(to_all) == set(mine.values())
    assert set(to_all) - set(without) == {mine["expert-2"]}
    assert set(sheet) == {mine[SECRETARY], mine["chair"]}
