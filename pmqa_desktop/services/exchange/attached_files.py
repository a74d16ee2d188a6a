# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The files attached to a sheet on their way: out with the newest sheet, in with a sheet that names them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.documents import ManifestBlob, Scoresheet
from pmqa_desktop.domain.media import LARGEST_FILE, MOST_TOGETHER, kind_of
from pmqa_desktop.domain.plaintext import clean
from pmqa_desktop.services.session import Session
from pmqa_desktop.store.attachments import Attachment
from pmqa_desktop.sync.attached import AttachedFiles
from pmqa_desktop.sync.container import Blob, blob_of

_LONGEST_NAME = 150


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
        return _Part(path)

    def keep(self, session: Session, documents: Iterable[Admitted]) -> None:
        """Keep those that a sheet of the same file names which is in the set now.

        Raises:
            Expected: the drive's own codes.
        """
        named = {
            link.document
            for one in documents
            if isinstance(one.document, Scoresheet) and one.digest in session.documents
            for link in one.document.body.evidence
        }
        files = AttachedFiles(session.folder)
        for entry, path in self._paths:
            data = path.read_bytes() if entry.digest in named else b""
            kind = kind_of(data)
            if kind is not None:
                digest = files.keep(data)
                session.attachments.add([Attachment(digest, shown_name(entry.name), kind.media_type, len(data))])

    def forget(self) -> None:
        """Remove what was set aside."""
        for _entry, path in self._paths:
            path.unlink(missing_ok=True)
        self._paths.clear()


class _Part:
    """Appends to a file that is closed between the parts, so that none stays open when reading stops."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, data: bytes, /) -> object:
        with self._path.open("ab") as file:
            return file.write(data)


class _Nowhere:
    """Drops what it is given."""

    def write(self, data: bytes, /) -> object:
        return len(data)


def shown_name(name: str) -> str:
    """Return a file's name as one clean line; it is shown, and never becomes a path."""
    return " ".join(clean(name).split())[:_LONGEST_NAME] or "?"
