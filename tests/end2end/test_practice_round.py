# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The practice round as files: its layout, what its documents say, and that the seed decides everything."""

import json
import shutil
from datetime import UTC, datetime

import pypdf
import pytest

from pmqa_desktop.cli import run
from pmqa_desktop.domain.documents import Consensus, Declaration, Endorsement, Scoresheet
from pmqa_desktop.domain.scoring import exact_text, fraction
from pmqa_desktop.errors import Expected
from pmqa_desktop.progress import Progress
from pmqa_desktop.services.exchange.checking import check_files
from pmqa_desktop.services.practice import PASSPHRASE, PracticeRound, build_practice
from pmqa_desktop.services.practice.build import APP, seeded_clock
from pmqa_desktop.services.practice.finish import merge_and_report
from pmqa_desktop.services.registry.service import RegistryService, import_files, open_registry
from pmqa_desktop.services.reporting import ReportingService
from pmqa_desktop.sync.importing import private_folder, read_file
from pmqa_desktop.sync.keys import read_key_file

SEATS = ("chair", "expert-1", "expert-2", "expert-3")
AGENCIES = ("moi-ops", "sample-dept", "sample-office")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def documents(path, identity=None):
    with private_folder() as staging:
        return [admitted.document for admitted in read_file(path, identity, staging).documents]


@pytest.fixture
def registry(practice, tmp_path):
    session = open_registry(tmp_path / "registry.db", clock=lambda: datetime.now(UTC), app="test", create=True)
    yield session
    session.close()


def test_the_layout_is_the_documented_one(practice):
    pairs = sorted(f"{seat}-{agency}.pmqa" for seat in SEATS for agency in AGENCIES)

    assert names(practice / "packs") == sorted(f"{seat}.pmqa" for seat in SEATS)
    assert names(practice / "sheets") == pairs
    assert names(practice / "consensus") == [f"{agency}.pmqa" for agency in AGENCIES]
    assert names(practice / "endorsements") == [name for name in pairs if name != "expert-3-sample-dept.pmqa"]
    keys = [name for name in names(practice / "keys") if not name.endswith(".card")]  # opening one leaves its card
    assert keys == sorted(f"{person}.key" for person in (*SEATS, "secretariat"))


def test_every_document_is_marked_as_rehearsal_and_names_no_person(practice):
    for path in [practice / "roster.pmqa", *(practice / "clear").iterdir()]:
        for document in documents(path):
            assert document.rehearsal
            assert document.author.person in (*SEATS, "secretariat")


def test_a_recusal_stands_in_the_sheets_place_and_a_revision_carries_both(practice):
    recused = documents(practice / "clear" / "declaration-expert-3-sample-dept.pmqa")
    revised = documents(practice / "clear" / "scoresheet-expert-1-moi-ops.pmqa")

    assert [type(d) for d in recused] == [Declaration] and recused[0].body.state == "recused"
    sheets = [d for d in revised if isinstance(d, Scoresheet)]
    assert [d.seq for d in sheets] == [1, 2] and sheets[1].reason
    assert len(sheets[0].body.items[0].answer.ticks) < len(sheets[1].body.items[0].answer.ticks)


def test_seats_differ_as_people_do(practice):
    sheets = [
        document
        for seat in SEATS
        for document in documents(practice / "clear" / f"scoresheet-{seat}-moi-ops.pmqa")
        if isinstance(document, Scoresheet)
    ]
    ticks = {(s.author.person, i.item): i.answer.ticks for s in sheets for i in s.body.items if i.answer.ticks}
    differing = {item for (_, item), _ in ticks.items() if len({t for (_, i), t in ticks.items() if i == item}) > 1}

    assert 5 <= len(differing) < 24


def test_one_dissent_is_signed_by_the_member_and_announced_in_the_consensus(practice):
    signed = [
        document
        for path in (practice / "clear").glob("endorsement-*.pmqa")
        for document in documents(path)
        if isinstance(document, Endorsement)
    ]
    consensus = documents(practice / "clear" / "consensus-moi-ops.pmqa")[-1]

    assert [d.author.person for d in signed if not d.body.agrees] == ["expert-2"]
    assert isinstance(consensus, Consensus) and consensus.body.announced_dissent[0].person == "expert-2"


def test_sealed_sheets_open_for_the_chair_and_not_for_a_peer(practice):
    chair = read_key_file((practice / "keys" / "chair.key").read_bytes(), PASSPHRASE)
    peer = read_key_file((practice / "keys" / "expert-2.key").read_bytes(), PASSPHRASE)
    sheet = practice / "sheets" / "expert-1-moi-ops.pmqa"

    assert [d.seq for d in documents(sheet, chair) if isinstance(d, Scoresheet)] == [1, 2]
    with pytest.raises(Expected) as caught:
        documents(sheet, peer)
    assert caught.value.code == "not-for-this-key"


def test_the_consensus_never_reaches_who_recused(practice):
    recused = read_key_file((practice / "keys" / "expert-3.key").read_bytes(), PASSPHRASE)

    with pytest.raises(Expected) as caught:
        documents(practice / "consensus" / "sample-dept.pmqa", recused)
    assert caught.value.code == "not-for-this-key"


def test_the_merged_round_is_complete_with_three_levels(practice, registry):
    import_files(registry, [practice / "roster.pmqa", practice / "clear"])

    found = RegistryService(registry).results()

    assert found.complete and (found.board.expected, found.board.received) == (15, 15)
    assert [row.level for row in found.ranking] == ["significance", "advance", "basic"]
    assert found.of("moi-ops").dissents == 1
    assert RegistryService(registry).audit().clean


def test_the_same_seed_writes_the_same_bytes(practice, tmp_path):
    again = build_practice(tmp_path / "again", 7).dir

    assert names(again / "clear") == names(practice / "clear")
    differing = [
        p.name for p in (practice / "clear").iterdir() if p.read_bytes() != (again / "clear" / p.name).read_bytes()
    ]
    assert differing == []
    assert (again / "roster.pmqa").read_bytes() == (practice / "roster.pmqa").read_bytes()


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(Expected) as caught:
        build_practice(tmp_path, 7)

    assert caught.value.code == "folder-not-empty" and names(tmp_path) == ["letter.txt"]


@pytest.fixture(scope="module")
def finished(practice, tmp_path_factory):
    """A practice round with its registry, tables and reports."""
    folder = tmp_path_factory.mktemp("finished") / "round"
    shutil.copytree(practice, folder)
    merge_and_report(PracticeRound(folder, 7, PASSPHRASE), Progress())
    return folder


def test_the_agencys_report_carries_its_own_proof_and_nobodys_seat(practice, finished):
    report = finished / "reports" / "feedback-moi-ops.pdf"

    (alone,) = check_files([report])
    (trusted,) = check_files([report], roster_file=practice / "roster.pmqa")

    assert alone.ok and trusted.ok
    assert alone.proof is not None and alone.proof.shows_the_same is True
    assert [admitted.kind for admitted in alone.inspection.admitted] == ["extract", "criteria", "result"]
    shown = json.loads((finished / "results.json").read_text(encoding="utf-8"))
    total = next(row["total"] for row in shown["agencies"] if row["agency"] == "moi-ops")
    result = alone.inspection.admitted[-1]
    assert exact_text(fraction(result.document.body.total)) == total["exact"]
    assert not any(f'"{seat}"' in result.payload.decode() for seat in SEATS)


@pytest.mark.parametrize("language", ["", "en"])
def test_every_feedback_report_shows_what_it_proves(finished, language):
    for checked in check_files(sorted((finished / "reports" / language).glob("feedback-*.pdf"))):
        assert checked.ok and checked.proof is not None and checked.proof.shows_the_same, checked.proof


def test_the_panels_copy_carries_all_that_its_consensus_rests_on(practice, finished):
    (panel,) = check_files([finished / "reports" / "panel-sample-dept.pdf"], roster_file=practice / "roster.pmqa")

    assert panel.ok
    kinds = [admitted.kind for admitted in panel.inspection.admitted]
    assert [kinds.count(kind) for kind in ("scoresheet", "declaration", "consensus", "endorsement")] == [3, 4, 1, 3]


def test_every_report_stands_in_both_languages_and_says_rehearsal(finished):
    thai, english = names(finished / "reports"), names(finished / "reports" / "en")

    assert [name for name in thai if name != "en"] == english and len(english) == 35
    for folder, word in (("reports", "รอบซ้อม"), ("reports/en", "Rehearsal")):
        for path in (finished / folder).glob("*.pdf"):
            pages = pypdf.PdfReader(path).pages
            for page in (pages[0], pages[-1]):
                assert word.lower() in page.extract_text().lower(), path.name


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (("letter", "--seat", "expert-1"), 0),
        (("readiness",), 0),
        (("fingerprint",), 0),
        (("fingerprint", "--agency", "moi-ops", "--seat", "chair"), 0),
        (("memo", "--agency", "moi-ops"), 0),
        (("letter",), 2),
        (("memo",), 2),
        (("letter", "--seat", "nobody"), 1),
    ],
)
def test_the_command_prints_the_papers_that_go_with_files(finished, tmp_path, report, code):
    out = tmp_path / "paper.pdf"

    assert run(["report", *report, "--registry", str(finished / "registry.db"), "--out", str(out)]) == code

    assert out.exists() is (code == 0)


def test_the_results_are_the_very_bytes_that_the_command_writes(finished, tmp_path):
    assert run(["results", str(finished / "registry.db"), "--out", str(tmp_path / "results.json")]) == 0
    assert (tmp_path / "results.json").read_bytes() == (finished / "results.json").read_bytes()


def test_tables_and_reports_are_the_same_bytes_again(finished, tmp_path):
    session = open_registry(finished / "registry.db", clock=seeded_clock(), app=APP)
    reporting = ReportingService(session)

    made = [
        reporting.workbook(tmp_path / "results.xlsx"),
        reporting.csv(tmp_path / "results.csv"),
        reporting.save("minutes", tmp_path / "reports" / "minutes-sample-dept.pdf", agency="sample-dept"),
        reporting.save("ranking", tmp_path / "reports" / "ranking.pdf"),
    ]
    session.close()

    assert [p.name for p in made if p.read_bytes() != (finished / p.relative_to(tmp_path)).read_bytes()] == []
