# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Photos and files as evidence: taken in under a limit, kept by digest, sent with the sheet, saved as a copy.

A link names the file's digest as it would a paper's, so the signature over the sheet covers the file. Whether a
document counts never depends on the files: they come along, and a registry keeps those that its sheets name.
"""

from dataclasses import dataclass
from pathlib import Path

from pmqa_desktop.domain.answers import Evidence
from pmqa_desktop.domain.documents import Scoresheet
from pmqa_desktop.domain.media import LARGEST_FILE, MOST_TOGETHER, has_macros, kind_named, kind_of
from pmqa_desktop.errors import Expected
from pmqa_desktop.events import DraftChanged
from pmqa_desktop.services.evaluation.scoring import ScoringService
from pmqa_desktop.services.exchange.attached_files import settle_files, shown_name
from pmqa_desktop.services.session import Session
from pmqa_desktop.store.attachments import Attachment as Attachment
from pmqa_desktop.sync.attached import AttachedFiles, digest_of
from pmqa_desktop.sync.exporting import write_file
from pmqa_desktop.sync.fingerprint import short
from pmqa_desktop.sync.importing import private_folder, stage
from pmqa_desktop.system import worded


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that was just attached and the link that names it; `is_photo`: it may tell where it was taken."""

    attachment: Attachment
    evidence: Evidence
    is_photo: bool


@dataclass(frozen=True, slots=True)
class AttachedSize:
    """How much is attached to one sheet, in bytes, and the most that may be."""

    files: int
    bytes: int
    limit: int


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file that came with the sheet in force of a seat, which links it to some items."""

    attachment: Attachment
    seat: str
    items: tuple[str, ...]


class AttachmentService:
    """What a person does with photos and files beside the agency's own papers."""

    def __init__(self, session: Session, scoring: ScoringService) -> None:
        """Work in an open workspace; `scoring` keeps the links."""
        self._session = session
        self._scoring = scoring
        self._files = AttachedFiles(session.folder)

    def known(self) -> dict[str, Attachment]:
        """Return what is known about every attached file, by digest."""
        return self._session.attachments.all()

    def attach(self, agency: str, item: str, point: str, path: Path) -> Attached:
        """Copy a file beside the workspace and link it to an item, or to one of its points.

        Raises:
            Expected: `declare-first`; `recused`; `item-not-yours`; `attachment-kind`; `attachment-macros`;
                `attachment-empty`; `attachments-too-large` (fields: used, limit); the drive's own codes.
            Refused: `file-too-large` and the other codes of reading a file.
        """
        self._scoring.check_item(agency, item)
        with worded(shown_name(path.name)), private_folder() as staging:
            data = stage(path, staging, LARGEST_FILE).path.read_bytes()
        name = shown_name(path.name)
        kind = kind_of(data)
        if not data:
            raise Expected("attachment-empty", name=name)
        if kind is None:
            raise Expected("attachment-macros" if has_macros(data) else "attachment-kind", name=name)
        attachment = Attachment(digest_of(data), name, kind.media_type, len(data))
        self._check_room(agency, attachment)
        evidence = Evidence(item=item, document=attachment.digest, page=1, point=point, note=name)
        self._keep(agency, data, attachment, evidence)
        attachment = self._session.attachments.get(attachment.digest) or attachment
        return Attached(attachment, evidence, kind.is_photo)

    def _keep(self, agency: str, data: bytes, attachment: Attachment, evidence: Evidence) -> None:
        """Put the bytes, their entry and the link down, all or none."""
        try:
            with self._session.store.write():
                self._files.keep(data, attachment.name)
                self._session.attachments.add([attachment])
                self._scoring.put_link(agency, evidence)
        finally:
            settle_files(self._session)
        self._session.bus.publish(DraftChanged(agency=agency, items=(evidence.item,)))

    def _check_room(self, agency: str, new: Attachment) -> None:
        known = self.known()
        linked = {one.document for one in self._scoring.sheet(agency).evidence if one.document in known}
        used = sum(known[digest].bytes for digest in linked - {new.digest})
        if used + new.bytes > MOST_TOGETHER:
            raise Expected("attachments-too-large", used=used, limit=MOST_TOGETHER, name=new.name)

    def size(self, agency: str) -> AttachedSize:
        """Return how much is attached to the own sheet on an agency as it stands."""
        known = self.known()
        linked = {one.document for one in self._scoring.sheet(agency).evidence if one.document in known}
        return AttachedSize(len(linked), sum(known[digest].bytes for digest in linked), MOST_TOGETHER)

    def of_sheet(self, digest: str) -> tuple[Attachment, ...]:
        """Return the attached files that a signed sheet names and that came along with it.

        Raises:
            Expected: `attachment-not-yours`; this person may not see the sheet (yet).
        """
        document = self._session.document(digest)
        if not isinstance(document, Scoresheet) or not self._may_see(document):
            raise Expected("attachment-not-yours")
        known = self.known()
        named = dict.fromkeys(one.document for one in document.body.evidence)
        return tuple(known[one] for one in named if one in known)

    def received(self, agency: str) -> tuple[ReceivedFile, ...]:
        """Return the files of the sheets in force on an agency that are open to this person, by seat."""
        known, found = self.known(), []
        for slot, cell in sorted(self._session.view().cells.items()):
            if slot[:2] != ("scoresheet", agency) or not cell.digest or cell.state != "current":
                continue
            sheet = self._session.document(cell.digest)
            if not isinstance(sheet, Scoresheet) or not self._may_see(sheet):
                continue
            for digest in dict.fromkeys(one.document for one in sheet.body.evidence if one.document in known):
                items = tuple(dict.fromkeys(one.item for one in sheet.body.evidence if one.document == digest))
                found.append(ReceivedFile(known[digest], sheet.body.seat, items))
        return tuple(found)

    def save_copy(self, digest: str, folder: Path) -> Path:
        """Write a copy of an attached file into `folder` under a neutral name, and return it.

        Raises:
            Expected: `attachment-not-here`; `attachment-not-yours`; the drive's own codes.
        """
        attachment = self._session.attachments.get(digest)
        if attachment is None:
            raise Expected("attachment-not-here", name=digest[:15])
        if not self._may_save(digest):
            raise Expected("attachment-not-yours")
        data = self._files.read(digest, attachment.name)
        kind = kind_named(attachment.media_type)
        ending = kind.ending if kind is not None else ".bin"
        written = write_file(folder, _free_name(folder, f"PMQA-{short(digest)}", ending), data, lambda _path: None)
        told = {"digest": digest, "to": written.path.name}
        self._session.note_written("save-attachment", told, written.path)
        return written.path

    # ---- who may see what -----------------------------------------------------------------------

    def _may_save(self, digest: str) -> bool:
        seats = self._session.me().seats
        if any(one.document == digest for agency in seats for one in self._scoring.sheet(agency).evidence):
            return True
        sheets = [fact.digest for fact in self._session.facts().values() if fact.kind == "scoresheet"]
        for sheet in sheets:
            document = self._session.document(sheet)
            if (
                isinstance(document, Scoresheet)
                and self._may_see(document)
                and any(one.document == digest for one in document.body.evidence)
            ):
                return True
        return False

    def _may_see(self, sheet: Scoresheet) -> bool:
        """Tell whether a sheet is open to this person: the own, all for the secretariat, revealed ones for a chair."""
        me = self._session.me()
        if me.secretariat or sheet.author.person == self._session.person:
            return True
        return sheet.agency in me.chairs and self._session.current(("reveal", sheet.agency)) is not None


def _free_name(folder: Path, stem: str, ending: str) -> str:
    for number in range(1, 1000):
        name = f"{stem}{'' if number == 1 else f'-{number}'}{ending}"
        if not (folder / name).exists():
            return name
    return f"{stem}{ending}"
