# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Files of a sheet whose signer no roster names yet: kept while it waits, there when it is in, gone with it."""

from contextlib import ExitStack
from itertools import permutations
from pathlib import Path

import pytest
from laptops import PASSPHRASE
from made_files import pdf, photo
from msgspec.structs import replace
from refusals import refused
from trust_round import MADE_AT, TrustRound

from pmqa_desktop.domain import roster_edits as edits
from pmqa_desktop.domain.documents import Scoresheet
from pmqa_desktop.services.evaluation.attachments import AttachmentService
from pmqa_desktop.services.exchange import attached_files
from pmqa_desktop.services.exchange.attached_files import settle_files
from pmqa_desktop.services.exchange.intake import import_files, name_round
from pmqa_desktop.services.registry.holding import HoldingService
from pmqa_desktop.services.registry.service import open_registry
from pmqa_desktop.store.attachments import Attachment
from pmqa_desktop.sync.attached import AttachedFiles, digest_of
from pmqa_desktop.sync.container import blob_of, bundle_bytes
from pmqa_desktop.sync.envelope import sign_document

PHOTO, PLAN = photo(), pdf()


class Sent:
    """A round in which a new laptop's sheet with a photo travels apart from the roster that names the laptop's key."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.round = TrustRound(folder, stack)
        self.before = self.round.documents
        self.key = self.round.office.new_key("expert-1")
        asked = self.round.office.enrolled(self.key)
        self.old_roster = self.round.file_of(tuple(self.before.values()))
        self.roster = self.round.change(edits.with_key(self.round.body, "expert-1", asked.key, asked.recipient))
        self.laptop = self.round.laptop("expert-1", "expert-1-new", self.key)
        self.laptop.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
        for name, data in (("ภาพถ่าย.jpg", PHOTO), ("แผน.pdf", PLAN)):
            (folder / name).write_bytes(data)
            AttachmentService(self.laptop.session, self.laptop.scoring).attach("alpha", "1.1", "", folder / name)
        self.round.judge(self.laptop)
        self.sheet = self.round.export(self.laptop, "scoresheet")
        self._offices = 0

    def office(self):
        """Return a registry that knows the first roster only."""
        self._offices += 1
        documents, self.round.documents = self.round.documents, self.before
        try:
            return self.round.laptop("office-1", f"office-{self._offices}")
        finally:
            self.round.documents = documents


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    with ExitStack() as stack:
        yield Sent(tmp_path_factory.mktemp("sent"), stack)


@pytest.fixture
def office(sent):
    return sent.office()


def names(laptop):
    return sorted(one.name for one in laptop.session.attachments.all().values())


def lying(laptop):
    """Return the digests of the files beside a workspace, settled or not."""
    folder = laptop.session.folder / "attached"
    return {digest_of(path.read_bytes()) for path in folder.iterdir()} if folder.exists() else set()


def received(laptop):
    return sorted(one.attachment.name for one in AttachmentService(laptop.session, laptop.scoring).received("alpha"))


ALL = {digest_of(PHOTO), digest_of(PLAN)}


def test_files_come_in_with_their_sheet_in_any_order_of_files(sent):
    states = set()
    for order in permutations([sent.sheet, sent.roster, sent.old_roster]):
        office = sent.office()
        for file in order:
            sent.round.take(office, file)
        assert received(office) == ["ภาพถ่าย.jpg", "แผน.pdf"]
        assert lying(office) == ALL and not AttachedFiles(office.session.folder).unsettled()
        states.add(office.session.documents.state())
    assert len(states) == 1


def test_files_of_a_sheet_that_waits_are_kept_and_shown_to_nobody(sent, office):
    report = sent.round.take(office, sent.sheet)

    assert [one.outcome for one in report.files] == ["waiting"]
    assert names(office) == ["ภาพถ่าย.jpg", "แผน.pdf"] and lying(office) == ALL
    assert received(office) == []
    service = AttachmentService(office.session, office.scoring)
    refused("attachment-not-yours", service.save_copy, digest_of(PHOTO), office.session.folder)


def test_files_go_with_the_sheet_that_is_discarded_and_come_again_with_its_file(sent, office):
    sent.round.take(office, sent.sheet)
    service = HoldingService(office.session)
    by_kind = {one.kind: one.digest for one in service.waiting()}

    service.discard([by_kind["declaration"]])
    assert lying(office) == ALL
    service.discard([by_kind["scoresheet"]])
    assert (names(office), lying(office)) == ([], set())

    sent.round.take(office, sent.sheet, sent.roster)
    assert received(office) == ["ภาพถ่าย.jpg", "แผน.pdf"] and lying(office) == ALL


def test_a_file_that_an_own_draft_named_ever_stays_when_a_stranger_who_named_it_is_discarded(sent, office):
    sent.round.take(office, sent.sheet)
    link = f'[{{"document":"{digest_of(PHOTO)}"}}]'
    office.session.drafts.set("sheet", "alpha", "1.1", "evidence", link, sent.round.clock())
    office.session.drafts.set("sheet", "alpha", "1.1", "evidence", None, sent.round.clock())

    service = HoldingService(office.session)
    service.discard([one.digest for one in service.waiting()])

    assert (names(office), lying(office)) == (["ภาพถ่าย.jpg"], {digest_of(PHOTO)})


def test_waiting_files_have_a_limit_and_what_is_over_it_comes_in_with_the_roster(sent, monkeypatch):
    monkeypatch.setattr(attached_files, "MOST_WAITING", len(PHOTO))
    office = sent.office()

    report = sent.round.take(office, sent.sheet)

    assert [one.refusal.code for one in report.files] == ["holding-area-full"]
    assert (names(office), lying(office), HoldingService(office.session).waiting()) == ([], set(), ())
    assert sent.round.take(office, sent.sheet, sent.roster).good
    assert received(office) == ["ภาพถ่าย.jpg", "แผน.pdf"]


def test_files_of_another_rounds_sheet_go_when_the_round_of_this_file_is_learnt(sent, tmp_path):
    (sheet,) = sent.laptop.session.documents.envelopes(kind="scoresheet")
    other = sign_document(replace(sheet.admitted().document, round="other-2570"), sent.key)
    stray = sent.round.new_folder() / "stray.pmqa"
    blobs = (blob_of(PHOTO, "ก.jpg"), blob_of(PLAN, "ข.pdf"))
    told = {"round": "other-2570", "rehearsal": False, "made_at": MADE_AT, "app": "test"}
    stray.write_bytes(bundle_bytes([other], sent.key, **told, blobs=blobs))
    session = open_registry(tmp_path / "registry.db", clock=sent.round.clock, app="test", create=True)
    name_round(session, sent.round.first)

    import_files(session, [stray])
    assert (len(session.documents.waiting()), len(session.attachments.all())) == (1, 2)
    import_files(session, [sent.old_roster])

    assert (session.documents.waiting(), session.attachments.all()) == ((), {})
    assert list((tmp_path / "attached").iterdir()) == []
    session.close()


# ------------------------------------------------------------------------------------- half done, and done again


@pytest.fixture
def files(tmp_path):
    return AttachedFiles(tmp_path)


def test_a_file_is_pending_until_its_list_says_what_it_is(files, tmp_path):
    digest = files.keep(PHOTO)
    assert files.read(digest) == PHOTO and files.unsettled()

    files.settle({digest})
    assert [path.name for path in (tmp_path / "attached").iterdir()] == [digest[7:]]
    files.settle(())
    assert files.has(digest), "what has its own name is never removed by settling"

    files.set_aside(digest)
    assert files.read(digest) == PHOTO
    files.settle(())
    assert not files.has(digest)


def test_what_a_killed_program_left_half_written_goes_and_what_is_not_ours_stays(files, tmp_path):
    folder = tmp_path / "attached"
    folder.mkdir()
    digest = digest_of(PHOTO)[7:]
    for name in (f"{digest}.pending.0a1b2c3d.part", "notes.txt", f"{digest}.part"):
        (folder / name).write_bytes(PHOTO[:20])
    files.settle({digest_of(PHOTO)})
    assert sorted(path.name for path in folder.iterdir()) == [f"{digest}.part", "notes.txt"]


def test_a_transaction_that_fails_leaves_no_file_and_one_that_succeeded_keeps_it(sent, office):
    session = office.session
    files = AttachedFiles(session.folder)

    def attach(data):
        with session.store.write():
            session.attachments.add([Attachment(files.keep(data), "x", "image/jpeg", len(data))])
            if data == PLAN:
                raise RuntimeError("cut short")

    attach(PHOTO)
    with pytest.raises(RuntimeError):
        attach(PLAN)
    settle_files(session)

    assert lying(office) == {digest_of(PHOTO)}


def test_the_sheet_itself_says_which_files_wait(sent):
    documents = [one.admitted() for one in sent.laptop.session.documents.envelopes() if one.kind == "scoresheet"]
    assert all(isinstance(one.document, Scoresheet) for one in documents)
    assert attached_files.named_by(documents) == ALL
