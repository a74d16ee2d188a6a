# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The files attached to a sheet on their way: out with the newest sheet, in with a sheet that names them.

They come in also with a sheet that waits for a roster to name its signer, under a limit of their own, and go again when
that sheet is given up.
"""

from collections.abc import Container, Iterable, Sequence, Set
from contextlib import suppress
from pathlib import Path

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.documents import ManifestBlob, Scoresheet
from pmqa_desktop.domain.media import LARGEST_FILE, MOST_TOGETHER, kind_of
from pmqa_desktop.domain.plaintext import clean
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.session import Session
from pmqa_desktop.store.attachments import Attachment
from pmqa_desktop.sync.attached import AttachedFiles
from pmqa_desktop.sync.container import Blob, blob_of
from pmqa_desktop.system import worded

_LONGEST_NAME = 150
MOST_WAITING = 512 * 1024 * 1024
"""The most bytes of the attached files of all sheets in the holding area."""


def attached_blobs(session: Session, documents: Sequence[Admitted]) -> tuple[Blob, ...]:
    """Return the attached files that the newest sheet among `documents` names, to go with it.

    Raises:
        Expected: `attachment-not-here`; a file that the sheet names is gone or damaged.
    """
    sheets = [one.document for one in documents if isinstance(one.document, Scoresheet)]
    if not sheets:
        return ()
    newest = max(sheets, key=lambda sheet: sheet.seq)
    known, files = session.attachments.all(), AttachedFiles(session.folder)
    named = dict.fromkeys(one.document for one in newest.body.evidence if one.document in known)
    chosen = [known[digest] for digest in named]
    return tuple(blob_of(files.read(one.digest, one.name), one.name, one.media_type) for one in chosen)


class Incoming:
    """The attached files of one file that is being imported: set aside, and kept only with a sheet that names them."""

    def __init__(self, staging: Path) -> None:
        """Set them aside in a private folder."""
        self._staging = staging
        self._paths: list[tuple[ManifestBlob, Path]] = []

    def sink(self, entry: ManifestBlob) -> "_Part | _Nowhere":
        """Return where an attached file's bytes go; what is too large to be one is dropped."""
        if entry.bytes > LARGEST_FILE or sum(blob.bytes for blob, _path in self._paths) + entry.bytes > MOST_TOGETHER:
            return _Nowhere()
        path = self._staging / f"{len(self._paths)}.attached"
        path.unlink(missing_ok=True)
        self._paths.append((entry, path))
        return _Part(path, shown_name(entry.name))

    def keep(self, session: Session, documents: Sequence[Admitted], waiting: Container[str]) -> None:
        """Keep those that a sheet of the same file names which is in the set now, or which waits.

        Call it inside the transaction, and `settle_files` after it.

        Args:
            session: The open file.
            documents: Those of the same file.
            waiting: The digests of those among them that wait in the holding area.

        Raises:
            Expected: `holding-area-full`; the answers of the laptop's own drive.
        """
        here = named_by(one for one in documents if one.digest in session.documents)
        early = named_by(one for one in documents if one.digest in waiting) - here
        self._expect_room(session, early)
        files = AttachedFiles(session.folder)
        for entry, path in self._paths:
            data = path.read_bytes() if entry.digest in here | early else b""
            kind = kind_of(data)
            if kind is not None:
                name = shown_name(entry.name)
                digest = files.keep(data, name)
                session.attachments.add([Attachment(digest, name, kind.media_type, len(data))])

    def _expect_room(self, session: Session, early: Set[str]) -> None:
        new = sum(entry.bytes for entry, _path in self._paths if entry.digest in early)
        if not new:
            return
        held = [one.stored.admitted() for one in session.documents.waiting()]
        known = session.attachments.all()
        if new + sum(known[digest].bytes for digest in named_by(held) & known.keys()) > MOST_WAITING:
            raise Expected("holding-area-full", documents=len(held))

    def forget(self) -> None:
        """Remove what was set aside."""
        for _entry, path in self._paths:
            path.unlink(missing_ok=True)
        self._paths.clear()


class _Part:
    """Appends to a file that is closed between the parts, so that none stays open when reading stops."""

    def __init__(self, path: Path, name: str) -> None:
        self._path, self._name = path, name

    def write(self, data: bytes, /) -> object:
        with worded(self._name), self._path.open("ab") as file:
            return file.write(data)


class _Nowhere:
    """Drops what it is given."""

    def write(self, data: bytes, /) -> object:
        return len(data)


def named_by(documents: Iterable[Admitted]) -> frozenset[str]:
    """Return the digests that the sheets among some documents link: of attached files, and of papers too."""
    sheets = (one.document for one in documents)
    return frozenset(link.document for one in sheets if isinstance(one, Scoresheet) for link in one.body.evidence)


def give_up(session: Session, documents: Iterable[Admitted]) -> None:
    """Take the files of documents that wait no more off the list, but for those that anything else here names.

    Call it inside the transaction that released the documents, and `settle_files` after it.
    """
    gone = named_by(documents) & session.attachments.all().keys()
    if not gone:
        return
    present = (stored.admitted() for stored in session.documents.envelopes(kind="scoresheet"))
    held = (one.stored.admitted() for one in session.documents.waiting())
    gone = gone - named_by(present) - named_by(held)
    gone = frozenset(digest for digest in gone if not session.drafts.mentions(digest))
    session.attachments.take_off(gone)
    files = AttachedFiles(session.folder)
    for digest in gone:
        files.set_aside(digest)


def settle_files(session: Session) -> None:
    """Make the attached files what their list says, after a transaction ended or a program was killed in one.

    Where the file cannot be written now, the next start does it.
    """
    files = AttachedFiles(session.folder)
    if files.unsettled():
        with suppress(Expected), session.store.write():  # no other program may be about to list one
            files.settle(session.attachments.all())


def shown_name(name: str) -> str:
    """Return a file's name as one clean line; it is shown, and never becomes a path."""
    return " ".join(clean(name).split())[:_LONGEST_NAME] or "?"
