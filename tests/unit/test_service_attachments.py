# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Photos and files as evidence: from the evaluator's disk, under the signature, into the registry, and out again."""

import random
import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest
from laptops import PANEL, PASSPHRASE, SECRETARY, SmallRound
from made_files import package, pdf, photo
from refusals import refused

from pmqa_desktop.domain.documents import Scoresheet
from pmqa_desktop.domain.media import LARGEST_FILE, MOST_TOGETHER
from pmqa_desktop.services.evaluation.attachments import AttachmentService
from pmqa_desktop.services.exchange.intake import import_files
from pmqa_desktop.services.exchange.service import ExchangeService
from pmqa_desktop.services.reporting import ReportingService
from pmqa_desktop.services.safekeeping.closing import ClosingService
from pmqa_desktop.services.safekeeping.mirror import MirrorService
from pmqa_desktop.services.safekeeping.portable import PortableService
from pmqa_desktop.sync.attached import AttachedFiles, digest_of
from pmqa_desktop.sync.keys import Cost

CHEAP = Cost(memory=8 * 1024, passes=1)
SECRET = "a passphrase of the day"


@pytest.fixture
def world(tmp_path):
    with ExitStack() as stack:
        folder = tmp_path / "round"
        folder.mkdir()
        yield SmallRound(folder, stack)


@pytest.fixture
def own(world):
    laptop = world.laptop("expert-1")
    laptop.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
    return laptop


def service(laptop):
    return AttachmentService(laptop.session, laptop.scoring)


@pytest.fixture
def put(tmp_path):
    """Return a function that writes a file to be attached."""

    def write(data: bytes, name: str = "IMG_0042.JPG") -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def attached(laptop, put, data=None, name="ภาพถ่ายหน้างาน.jpg", point="1.1.B1"):
    return service(laptop).attach("alpha", "1.1", point, put(data or photo(), name))


def signed(world, laptop, reason=""):
    """Fill what is missing, sign, and return the sheet's digest."""
    sheet = world.full_sheet()
    for item, answer in sheet.answers.items():
        laptop.scoring.save_answer("alpha", item, answer)
    for (item, kind), text in sheet.comments.items():
        laptop.scoring.save_comment("alpha", item, kind, text)
    laptop.scoring.keep_notices("alpha", "ตั้งใจ")
    return laptop.scoring.sign("alpha", PASSPHRASE, reason).digest


def sent(laptop, folder):
    folder.mkdir(exist_ok=True)
    laptop.session.unlock(PASSPHRASE)
    return ExchangeService(laptop.session).export("scoresheet", "alpha", folder).path


def office(world):
    laptop = world.laptop(SECRETARY)
    laptop.session.unlock(PASSPHRASE)
    return laptop


# ------------------------------------------------------------------------------------------------- attaching


def test_a_photo_is_copied_under_its_digest_and_linked(own, put):
    data = photo()
    found = attached(own, put, data)

    assert found.is_photo
    assert (found.attachment.name, found.attachment.media_type) == ("ภาพถ่ายหน้างาน.jpg", "image/jpeg")
    assert found.attachment.digest == digest_of(data) == found.evidence.document
    (evidence,) = own.scoring.sheet("alpha").evidence
    assert (evidence, evidence.note) == (found.evidence, "ภาพถ่ายหน้างาน.jpg")
    (file,) = (own.session.folder / "attached").iterdir()
    assert file.read_bytes() == data
    assert file.stat().st_mode & 0o077 == 0
    assert own.scoring.undo("alpha").evidence == ()
    assert own.scoring.redo("alpha").evidence == (evidence,)


def test_the_same_file_twice_lies_there_once(own, put):
    attached(own, put)
    attached(own, put, name="again.jpg", point="1.1.B2")
    assert len(list((own.session.folder / "attached").iterdir())) == 1
    assert service(own).size("alpha").files == 1
    assert len(own.scoring.sheet("alpha").evidence) == 2


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"MZ" + bytes(100), "photo.jpg", "attachment-kind"),
        (b"", "empty.pdf", "attachment-empty"),
        (package("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), "table.xlsx", "attachment-macros"),
        (b"%PDF-" + bytes(LARGEST_FILE), "large.pdf", "file-too-large"),
    ],
)
def test_what_may_not_be_attached_changes_nothing(own, put, data, name, code):
    refused(code, service(own).attach, "alpha", "1.1", "", put(data, name))
    assert own.scoring.sheet("alpha").evidence == ()
    assert not (own.session.folder / "attached").exists()


def test_nothing_is_attached_before_the_declaration_or_to_what_is_not_there(world, own, put):
    refused("declare-first", service(own).attach, "beta", "1.1", "", put(photo()))
    refused("item-not-yours", service(own).attach, "alpha", "9.9", "", put(photo()))
    refused("file-missing", service(own).attach, "alpha", "1.1", "", Path("/nowhere/photo.jpg"))


def test_all_files_of_a_sheet_together_stay_under_the_limit(own, put):
    part = MOST_TOGETHER // 3 + 10
    noise = random.Random(1).randbytes(part - 8)
    for number in range(2):
        attached(own, put, b"%PDF-1" + bytes([number]) + noise, f"{number}.pdf")
    assert own.scoring.read_back("alpha").attached_bytes == 2 * (part - 1)
    refused("attachments-too-large", attached, own, put, b"%PDF-2" + noise, "2.pdf")
    assert own.scoring.read_back("alpha").attached == 2
    assert len(list((own.session.folder / "attached").iterdir())) == 2
    attached(own, put, b"%PDF-1\0" + noise, "0 again.pdf", "1.1.B2")


def test_a_name_is_shown_clean_and_never_a_path(own, put):
    found = attached(own, put, name="a\u202egpj.exe \u200bจริง.jpg")
    assert found.attachment.name == "agpj.exe จริง.jpg"


# ------------------------------------------------------------------------------------------------- travelling


def test_a_file_travels_with_the_sheet_and_is_saved_by_the_secretariat(world, own, put, tmp_path):
    data = photo()
    found = attached(own, put, data)
    read = own.scoring.read_back("alpha")
    assert (read.attached, read.attached_bytes) == (1, len(data))
    sheet = signed(world, own)
    path = sent(own, tmp_path / "stick")
    registry = office(world)

    report = import_files(registry.session, [path])

    assert [one.outcome for one in report.files] == ["new"]
    (received,) = service(registry).received("alpha")
    assert (received.seat, received.items, service(registry).received("beta")) == ("expert-1", ("1.1",), ())
    (here,) = service(registry).of_sheet(sheet)
    assert received.attachment == here
    assert here == found.attachment
    copy = service(registry).save_copy(here.digest, tmp_path)
    assert copy.read_bytes() == data
    assert copy.name == f"PMQA-{here.digest[7:15]}.jpg"
    assert service(registry).save_copy(here.digest, tmp_path).name == f"PMQA-{here.digest[7:15]}-2.jpg"


def test_the_state_does_not_depend_on_the_files(world, own, put, tmp_path):
    attached(own, put)
    signed(world, own)
    path = sent(own, tmp_path / "stick")
    bare, whole = world.laptop(SECRETARY, "bare"), office(world)
    bare.session.unlock(PASSPHRASE)
    world.send(own, bare, "declaration", "scoresheet")
    import_files(whole.session, [path])

    assert bare.session.documents.state() == whole.session.documents.state()
    assert service(bare).known() == {}
    again = import_files(bare.session, [path])
    assert [one.outcome for one in again.files] == ["known"]
    assert service(bare).known() == service(whole).known() != {}
    assert import_files(bare.session, [path]).state == again.state


def test_only_files_that_the_newest_sheet_names_go_along(world, own, put, tmp_path):
    first = attached(own, put)
    signed(world, own)
    own.scoring.unlink("alpha", first.evidence)
    second = attached(own, put, pdf(), "แผน.pdf")
    signed(world, own, "เปลี่ยนหลักฐาน")
    registry = office(world)
    import_files(registry.session, [sent(own, tmp_path / "stick")])
    assert set(service(registry).known()) == {second.attachment.digest}


def test_a_file_that_is_gone_or_damaged_stops_the_export_and_is_named(world, own, put, tmp_path):
    found = attached(own, put)
    signed(world, own)
    file = own.session.folder / "attached" / found.attachment.digest[7:]
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + b"x")
    error = refused("attachment-not-here", sent, own, tmp_path / "stick")
    assert error["name"] == "ภาพถ่ายหน้างาน.jpg"
    attached(own, put, whole, point="1.1.B2")
    assert file.read_bytes() == whole, "attaching it again mends it"
    assert sent(own, tmp_path / "stick").exists()


def test_a_damaged_file_on_the_way_brings_nothing(world, own, put, tmp_path):
    attached(own, put)
    signed(world, own)
    data = ExchangeService(own.session)
    own.session.unlock(PASSPHRASE)
    clear = data.package("scoresheet", "alpha", sealed=False)
    last = clear.rstrip(b"\n").rfind(b"\n") + 1
    damaged = tmp_path / "damaged.pmqa"
    place = clear.index(b'"data":"', last) + 40
    damaged.write_bytes(clear[:place] + (b"A" if clear[place : place + 1] != b"A" else b"B") + clear[place + 1 :])
    registry = office(world)
    report = import_files(registry.session, [damaged])
    assert [one.refusal.code for one in report.files] == ["blob-changed"]
    assert service(registry).known() == {}
    assert not any(fact.kind == "scoresheet" for fact in registry.session.facts().values())


# ------------------------------------------------------------------------------------------------- who may see


def test_a_peer_never_saves_anothers_file_and_the_chair_only_after_the_reveal(world, own, put, tmp_path):
    found = attached(own, put)
    sheet = signed(world, own)
    laptops = {"expert-1": own}
    for name in PANEL:
        if name != "expert-1":
            laptops[name] = world.laptop(name)
            laptops[name].scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
            signed(world, laptops[name])
    path = sent(own, tmp_path / "stick")
    chair, peer = laptops["chair"], laptops["expert-2"]
    for laptop in (chair, peer):
        laptop.session.unlock(PASSPHRASE)
    world.send(own, peer, "declaration", "scoresheet")
    AttachedFiles(peer.session.folder).keep(photo())
    peer.session.attachments.add([found.attachment])
    import_files(chair.session, [path])
    world.send(peer, chair, "declaration", "scoresheet")

    for laptop in (chair, peer):
        refused("attachment-not-yours", service(laptop).of_sheet, sheet)
        assert service(laptop).received("alpha") == ()
        refused("attachment-not-yours", service(laptop).save_copy, found.attachment.digest, tmp_path)
    chair.panel.reveal("alpha", PASSPHRASE)
    assert service(chair).of_sheet(sheet) == (found.attachment,)
    assert service(chair).save_copy(found.attachment.digest, tmp_path).read_bytes() == photo()
    refused("attachment-not-here", service(chair).save_copy, "sha256:" + "0" * 64, tmp_path)


# ------------------------------------------------------------------------------------------------- drafts on the move


def test_files_go_along_in_a_portable_draft(world, own, put, tmp_path):
    data = photo()
    found = attached(own, put, data)
    other = world.laptop("expert-1", "hotel")
    other.session.meta.set("device", "hotel")
    other.session.drafts.use_device("hotel")
    world.send(own, other, "declaration")
    stick = tmp_path / "stick"
    stick.mkdir()
    path = PortableService(own.session, CHEAP).export(stick, SECRET, ("alpha",)).path
    portable = PortableService(other.session, CHEAP)

    comparison = portable.compare(path, SECRET)
    assert service(other).known() == {}
    portable.take(comparison, ("alpha",))

    assert other.scoring.sheet("alpha").evidence == (found.evidence,)
    assert service(other).known() == {found.attachment.digest: found.attachment}
    assert service(other).save_copy(found.attachment.digest, tmp_path).read_bytes() == data


def test_a_mirror_carries_each_file_once_and_gives_it_back(world, own, put, tmp_path):
    data = photo()
    found = attached(own, put, data)
    drive = tmp_path / "drive"
    drive.mkdir()
    mirror = MirrorService(own.session, PortableService(own.session))
    mirror.choose(drive)
    mirror.write()
    (beside,) = drive.glob("*.attached")
    assert data not in beside.read_bytes(), "sealed"
    written = beside.stat().st_mtime_ns
    own.scoring.save_note("alpha", "1.1", "อีกคำ")
    mirror.write()
    assert [path.stat().st_mtime_ns for path in drive.glob("*.attached")] == [written]

    shutil.rmtree(own.session.folder / "attached")
    own.session.attachments.forget()
    own.session.drafts.forget()
    own.session.unlock(PASSPHRASE)
    comparison = mirror.compare(mirror.files()[0])
    PortableService(own.session).take(comparison, ("alpha",))
    assert own.scoring.sheet("alpha").evidence == (found.evidence,)
    assert AttachedFiles(own.session.folder).read(found.attachment.digest) == data


def test_a_file_that_is_gone_does_not_keep_the_words_from_the_mirror(own, put, tmp_path):
    attached(own, put)
    shutil.rmtree(own.session.folder / "attached")
    drive = tmp_path / "drive"
    drive.mkdir()
    mirror = MirrorService(own.session, PortableService(own.session))
    mirror.choose(drive)
    assert mirror.write().exists()
    assert list(drive.glob("*.attached")) == []


def test_closing_the_round_removes_the_files_here_and_beside_the_mirror(world, own, put, tmp_path):
    attached(own, put)
    signed(world, own)
    drive = tmp_path / "drive"
    drive.mkdir()
    mirror = MirrorService(own.session, PortableService(own.session))
    mirror.choose(drive)
    mirror.write()
    ClosingService(own.session, own.scoring, ReportingService(own.session), mirror).close("จบรอบ")
    assert not (own.session.folder / "attached").exists()
    assert list(drive.iterdir()) == []
    assert service(own).known() == {}
    assert any(isinstance(own.session.document(d), Scoresheet) for d in own.session.facts())
