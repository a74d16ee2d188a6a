# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Packs for all seats in one go: real PDFs, real keys, files that are read back; opened by the seats' own laptops."""

import errno
import resource
from contextlib import ExitStack
from dataclasses import replace

import pytest
from laptops import PANEL, PASSPHRASE, SECRETARY, SmallRound
from made_papers import pdf
from refusals import refused

from pmqa_desktop.app import App
from pmqa_desktop.domain.documents import Assignment
from pmqa_desktop.errors import Expected
from pmqa_desktop.progress import Progress
from pmqa_desktop.services.packing import service as packing
from pmqa_desktop.services.packing.paper_files import find_papers, read_papers
from pmqa_desktop.services.packing.service import PackingService
from pmqa_desktop.services.session import Session
from pmqa_desktop.store.meta import NamedRound
from pmqa_desktop.sync.exporting import _Counted


@pytest.fixture
def world(tmp_path):
    with ExitStack() as stack:
        yield SmallRound(tmp_path / "laptops", stack)


@pytest.fixture
def office(world):
    (world.folder).mkdir(exist_ok=True)
    laptop = world.laptop(SECRETARY)
    laptop.session.unlock(PASSPHRASE)
    return laptop


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """One paper on alpha, two on beta; read once for all tests, none of which changes a file."""
    papers = tmp_path_factory.mktemp("papers")
    return read_papers({
        "alpha": (pdf(papers / "alpha" / "รายงาน ก.pdf", pages=3, padding=100_000, mark="a"),),
        "beta": (pdf(papers / "beta" / "1.pdf", mark="b1"), pdf(papers / "beta" / "2.pdf", padding=900_000, mark="b2")),
    })  # fmt: skip


@pytest.fixture
def drive(tmp_path):
    folder = tmp_path / "drive"
    folder.mkdir()
    return folder


def outcomes(report):
    return [(line.seat, line.outcome, line.refusal.code if line.refusal else "") for line in report.lines]


def open_as(world, person, file, home):
    """Open a pack on a person's new laptop."""
    key = world.folder / person / "own.key"
    if not key.exists():
        world.laptop(person)
    return App(home / person).open_pack(file, key, PASSPHRASE)


def file_of(report, seat):
    (line,) = [line for line in report.lines if line.seat == seat]
    (written,) = line.files
    return written.path


# --- one go --------------------------------------------------------------------------------------------------


def test_every_seat_gets_one_sealed_file_with_a_name_that_tells_nothing(office, given, drive):
    report = PackingService(office.session).write(given, drive)

    assert report.good and outcomes(report) == [(name, "written", "") for name in PANEL]
    names = sorted(path.name for path in drive.iterdir())
    assert names == sorted(file_of(report, name).name for name in PANEL)
    assert all(name.startswith("PMQA-r-2569-") and name.endswith(".pmqa") for name in names)
    assert not any(name in " ".join(names) for name in (*PANEL, "alpha", "beta"))
    assert b"%PDF" not in file_of(report, "chair").read_bytes()


def test_a_seat_opens_its_pack_and_reads_its_papers_only_after_the_declaration(world, office, given, drive, tmp_path):
    file = file_of(PackingService(office.session).write(given, drive), "expert-1")
    laptop = open_as(world, "expert-1", file, tmp_path / "homes")
    try:
        first, second = laptop.scoring.papers("beta")
        assert (first.name, first.pages) == ("1", 1) and laptop.scoring.papers("alpha")[0].name == "รายงาน ก"
        refused("declare-first", laptop.scoring.paper_bytes, "beta", second.digest)

        laptop.scoring.declare("beta", "no_conflict", "", PASSPHRASE)

        assert laptop.scoring.paper_bytes("beta", second.digest) == given["beta"][1].path.read_bytes()
        # a paper of another agency does not open by way of this one
        other = laptop.scoring.papers("alpha")[0].digest
        refused("paper-not-here", laptop.scoring.paper_bytes, "beta", other)
        assert (laptop.path.parent / "pack.pmqa").exists()
        assert not any(b"%PDF" in path.read_bytes() for path in laptop.path.parent.iterdir() if path.is_file())
        assert list((tmp_path / "homes" / "expert-1" / "incoming").iterdir()) == []
    finally:
        laptop.close()


def test_nothing_that_lies_beside_a_pack_hides_its_papers_and_a_swapped_pack_shows_nothing(
    world, office, given, drive, tmp_path
):
    report = PackingService(office.session).write(given, drive)
    laptop = open_as(world, "expert-1", file_of(report, "expert-1"), tmp_path / "homes")
    try:
        laptop.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
        folder, (paper,) = laptop.path.parent, laptop.scoring.papers("alpha")
        (folder / "gone.pmqa").symlink_to(folder / "nothing")
        (folder / "folder.pmqa").mkdir()
        foreign = file_of(report, "chair").read_bytes()
        (folder / "foreign.pmqa").write_bytes(foreign)
        assert laptop.scoring.paper_bytes("alpha", paper.digest) == given["alpha"][0].path.read_bytes()

        (folder / "pack.pmqa").unlink()
        (folder / "pack.pmqa").symlink_to(folder / "foreign.pmqa")
        refused("not-for-this-key", laptop.scoring.paper_bytes, "alpha", paper.digest)
    finally:
        laptop.close()


def test_nobody_but_the_secretariat_packs_and_only_with_an_open_key(world, office, given, drive):
    member = world.laptop("expert-1").session
    member.unlock(PASSPHRASE)
    refused("not-the-secretariat", PackingService(member).write, given, drive)
    office.session.lock()
    refused("key-locked", PackingService(office.session).write, given, drive)
    assert list(drive.iterdir()) == []


def test_some_seats_alone_can_be_packed(office, given, drive):
    report = PackingService(office.session).write(given, drive, seats=("expert-2",))
    assert outcomes(report) == [("expert-2", "written", "")]
    refused("unknown-seat", PackingService(office.session).write, given, drive, seats=("expert-9",))


def test_what_is_signed_stands_in_the_registry_and_is_signed_once(office, given, drive, tmp_path):
    service = PackingService(office.session)
    first = service.write(given, drive)
    state = office.session.documents.state()
    again = tmp_path / "again"
    again.mkdir()

    second = service.write(given, again)

    assert office.session.documents.state() == state
    assert [line.fingerprint for line in second.lines] == [line.fingerprint for line in first.lines]
    assert all(line.seq == 1 for line in second.lines)
    taken = service.write(given, again)
    assert {line.refusal.code for line in taken.lines} == {"name-taken"} and not taken.good


# --- a later sending -----------------------------------------------------------------------------------------


def test_a_later_paper_supersedes_the_assignment_with_a_reason_and_joins_the_workspace(
    world, office, given, drive, tmp_path
):
    service = PackingService(office.session)
    laptop = open_as(world, "expert-1", file_of(service.write(given, drive), "expert-1"), tmp_path / "homes")
    laptop.close()
    more = read_papers({"alpha": (given["alpha"][0].path, pdf(tmp_path / "late.pdf", mark="late"))})
    later = tmp_path / "later"
    later.mkdir()
    works = {one.seat: one for one in service.seats(more)}
    assert works["expert-1"].needs_reason and works["expert-1"].sent == 1
    refused("reason-needed", service.write, more, later)

    report = service.write(more, later, reason="เอกสารเพิ่มเติมจากหน่วยงาน")

    assert report.good and {line.seq for line in report.lines} == {2}
    laptop = open_as(world, "expert-1", file_of(report, "expert-1"), tmp_path / "homes")
    try:
        laptop.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
        laptop.scoring.declare("beta", "no_conflict", "", PASSPHRASE)
        old, new = laptop.scoring.papers("alpha")
        assert laptop.scoring.paper_bytes("alpha", new.digest) == (tmp_path / "late.pdf").read_bytes()
        assert laptop.scoring.paper_bytes("alpha", old.digest) == given["alpha"][0].path.read_bytes()
        # beta's papers were not sent again: they are in the pack that came first
        kept = laptop.scoring.papers("beta")
        assert laptop.scoring.paper_bytes("beta", kept[1].digest) == given["beta"][1].path.read_bytes()
        assert {path.name for path in laptop.path.parent.glob("*.pmqa")} == {"pack.pmqa", "pack-2.pmqa"}
        reasons = [laptop.session.document(f.digest) for f in laptop.session.facts().values() if f.kind == "assignment"]
        assert sorted(one.reason for one in reasons if isinstance(one, Assignment)) == ["", "เอกสารเพิ่มเติมจากหน่วยงาน"]
    finally:
        laptop.close()
    again = open_as(world, "expert-1", file_of(report, "expert-1"), tmp_path / "homes")
    assert len(list(again.path.parent.glob("*.pmqa"))) == 2
    again.close()


def test_a_seat_that_a_sending_does_not_concern_gets_nothing(office, given, drive, tmp_path):
    service = PackingService(office.session)
    service.write(given, drive)
    nothing = tmp_path / "nothing"
    nothing.mkdir()

    report = service.write({}, nothing)

    assert {line.outcome for line in report.lines} == {"unchanged"} and list(nothing.iterdir()) == []


# --- trouble -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [lambda data: data + b"%", lambda data: data[:-1], lambda data: b"#" + data[1:]])
def test_a_paper_that_changes_after_it_was_read_is_refused_and_nothing_is_left(office, given, drive, tmp_path, change):
    path = tmp_path / "changing.pdf"
    path.write_bytes(change(given["beta"][1].path.read_bytes()))
    changed = {**given, "beta": (given["beta"][0], replace(given["beta"][1], path=path))}

    report = PackingService(office.session).write(changed, drive)

    assert {code for _, _, code in outcomes(report)} == {"paper-changed"}
    assert report.lines[0].refusal.fields == (("file", given["beta"][1].paper.name),)
    assert list(drive.iterdir()) == []


def test_stopping_keeps_the_packs_that_are_whole(office, given, drive):
    progress = Progress(lambda _done, _of, what: progress.cancel() if what == "expert-1" else None)

    report = PackingService(office.session).write(given, drive, progress=progress)

    assert report.stopped and [line.outcome for line in report.lines] == ["written", "open", "open"]
    assert [path.name for path in drive.iterdir()] == [file_of(report, "chair").name]


def test_progress_goes_forward_through_all_packs_to_the_end(office, given, drive):
    told = []
    PackingService(office.session).write(given, drive, progress=Progress(lambda *step: told.append(step)))

    assert list(dict.fromkeys(what for _, _, what in told)) == list(PANEL)
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert all(0 <= done <= of for done, of, _ in told)


def test_a_drive_that_is_pulled_out_ends_the_go_and_says_so_per_seat(office, given, drive, monkeypatch):
    real, count = _Counted.write, []

    def write(self, data):
        count.append(1)
        if len(count) > 30:
            raise OSError(errno.EIO, "gone")
        return real(self, data)

    monkeypatch.setattr(_Counted, "write", write)
    report = PackingService(office.session).write(given, drive)

    assert report.lines[-1].outcome == "open"
    assert [code for _, outcome, code in outcomes(report) if outcome == "failed"] == ["drive-gone"]
    assert len(list(drive.iterdir())) == [line.outcome for line in report.lines].count("written")


def test_the_empty_folder_that_a_drive_leaves_behind_is_not_written_into(office, given, drive, monkeypatch):
    real, asked = packing._drive_of, []

    def drive_of(folder):
        asked.append(folder)
        return real(folder) if len(asked) < 5 else 0  # gone while the second pack is written

    monkeypatch.setattr(packing, "_drive_of", drive_of)
    report = PackingService(office.session).write(given, drive)

    assert [line.outcome for line in report.lines] == ["written", "failed", "open"]
    assert report.lines[1].refusal.code == "drive-gone"
    assert [path.name for path in drive.iterdir()] == [file_of(report, "chair").name]


def test_a_drive_that_takes_no_more_says_so_and_keeps_no_half_pack(office, given, drive):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, hard))
    try:
        report = PackingService(office.session).write(given, drive)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert [(one.outcome, one.refusal.code if one.refusal else "") for one in report.lines] == [
        ("failed", "drive-full"), ("open", ""), ("open", ""),
    ]  # fmt: skip
    assert list(drive.iterdir()) == []


def test_room_for_all_packs_is_asked_before_anything_is_signed(office, given, drive, monkeypatch):
    state = office.session.documents.state()
    monkeypatch.setattr(packing, "_written_size", lambda _blobs: 2**60)

    refused("drive-full", PackingService(office.session).write, given, drive)

    assert office.session.documents.state() == state and list(drive.iterdir()) == []


def test_papers_beyond_one_file_are_shared_out_by_agency(world, office, given, drive, tmp_path, monkeypatch):
    monkeypatch.setattr(packing, "LARGEST_TOGETHER", 1_500_000)
    report = PackingService(office.session).write(given, drive, seats=("expert-1",))
    (line,) = report.lines
    assert line.outcome == "written" and len(line.files) == 2
    for written in line.files:
        open_as(world, "expert-1", written.path, tmp_path / "homes").close()
    laptop = open_as(world, "expert-1", line.files[0].path, tmp_path / "homes")
    try:
        for agency in ("alpha", "beta"):
            laptop.scoring.declare(agency, "no_conflict", "", PASSPHRASE)
            for paper, one in zip(laptop.scoring.papers(agency), given[agency], strict=True):
                assert laptop.scoring.paper_bytes(agency, paper.digest) == one.path.read_bytes()
    finally:
        laptop.close()


def test_papers_on_one_agency_that_no_file_can_hold_are_told(office, given, drive, monkeypatch):
    monkeypatch.setattr(packing, "LARGEST_TOGETHER", 500_000)
    report = PackingService(office.session).write(given, drive, seats=("expert-1",))
    assert outcomes(report) == [("expert-1", "failed", "papers-too-large")]


# --- the papers themselves -----------------------------------------------------------------------------------


def test_papers_are_found_in_a_folder_per_agency(world, tmp_path):
    agencies = world.roster.document.body.agencies
    folder = tmp_path / "in"
    pdf(folder / "Agency ALPHA" / "b.PDF")
    pdf(folder / "Agency ALPHA" / "sub" / "a.pdf")
    (folder / "Agency ALPHA" / "notes.docx").write_bytes(b"PK")
    (folder / "beta").mkdir()

    found = find_papers(folder, agencies)

    assert [path.name for path in found.files["alpha"]] == ["b.PDF", "a.pdf"]
    assert found.without == ("beta",) and found.left_out == ("Agency ALPHA/notes.docx",)
    error = refused("no-agency-folders", find_papers, folder / "beta", agencies)
    assert error["example"] == "alpha"


def test_only_pdf_files_that_open_are_taken(tmp_path):
    word = tmp_path / "รายงาน.pdf"
    word.write_bytes(b"PK\x03\x04 a word file in disguise")
    assert refused("paper-not-pdf", read_papers, {"alpha": (word,)})["file"] == "รายงาน.pdf"
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing more")
    assert refused("paper-unreadable", read_papers, {"alpha": (broken,)})["file"] == "broken.pdf"
    one, same = pdf(tmp_path / "one.pdf"), pdf(tmp_path / "same.pdf")
    refused("paper-twice", read_papers, {"alpha": (one, same)})
    assert len(read_papers({"alpha": (one,), "beta": (same,)})) == 2
    refused("file-missing", read_papers, {"alpha": (tmp_path / "none.pdf",)})


def test_reading_papers_can_be_stopped(tmp_path):
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(Expected) as caught:
        read_papers({"alpha": (pdf(tmp_path / "one.pdf"),)}, stopped)
    assert caught.value.code == "cancelled"


# --- a workspace that was half made ------------------------------------------------------------------------------


@pytest.fixture
def seat_pack(world, office, given, drive, tmp_path):
    """Return an app on a new laptop, a seat's pack, and the key of its person."""
    file = file_of(PackingService(office.session).write(given, drive), "expert-1")
    world.laptop("expert-1")
    return App(tmp_path / "new-laptop"), file, world.folder / "expert-1" / "own.key"


def test_what_a_killed_program_left_of_a_workspace_is_in_nobodys_way(seat_pack):
    app, file, key = seat_pack
    folder = app.home / "workspaces" / "r-2569-expert-1"
    folder.mkdir(parents=True)
    (folder / "workspace.db.making").write_bytes(b"SQLite format 3\0" + bytes(500))

    workspace = app.open_pack(file, key, PASSPHRASE)
    workspace.close()

    assert sorted(one.name for one in folder.iterdir()) == ["own.key", "pack.pmqa", "workspace.db"]


def test_a_workspace_that_took_nothing_in_yet_has_the_first_roster_compared_all_the_same(seat_pack, world):
    app, file, key = seat_pack
    folder = app.home / "workspaces" / "r-2569-expert-1"
    app._laptop.make(folder, "expert-1", NamedRound(world.roster.digest, "r-2569", True), key)

    received = app.receive(file, key, PASSPHRASE)

    assert app.first_opening(received).digest == world.roster.digest
    app.open_received(received, key, PASSPHRASE).close()
    again = app.receive(file, key, PASSPHRASE)
    assert app.first_opening(again) is None
    for one in (received, again):
        one.close()


def test_a_pack_whose_documents_cannot_be_stored_leaves_no_workspace_and_can_be_opened_again(seat_pack, monkeypatch):
    app, file, key = seat_pack
    received = app.receive(file, key, PASSPHRASE)
    with monkeypatch.context() as patch:
        patch.setattr(Session, "put_signed", lambda *_args: (_ for _ in ()).throw(Expected("disk-full", file="x")))
        refused("disk-full", app.open_received, received, key, PASSPHRASE)
    assert not (app.home / "workspaces" / "r-2569-expert-1").exists()

    app.open_received(received, key, PASSPHRASE).close()
    received.close()
    assert [one.person for one in app.recent()] == ["expert-1"]
