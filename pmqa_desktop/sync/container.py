# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The bundle file: a signed table of contents, the documents, and attached files, as JSON Lines.

Everything listed is there, in that order, and nothing else is there (docs/bundle-format.md, section 3). The
reader takes one line at a time and checks each limit before it parses; it never holds an attached file.
"""

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol

import msgspec

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.documents import Author, Manifest, ManifestBlob, ManifestBody, ManifestEntry
from pmqa_desktop.errors import Refused
from pmqa_desktop.sync.envelope import LONGEST_LINE, admit_line, envelope_line, line_limit, sign_document
from pmqa_desktop.sync.keys import Identity

LARGEST_BUNDLE = 64 * 1024 * 1024
"""The most bytes of a bundle without papers."""
LARGEST_PAPERS = 2 * 1024 * 1024 * 1024
"""The most bytes of a bundle that holds a document of kind papers."""
MOST_LINES = 100_000
"""The most lines of a bundle."""
PART_BYTES = 384 * 1024
"""The bytes of every part of an attached file but the last, which may be shorter."""
_BEGIN = b'{"payload":"'
_PART_LINE = PART_BYTES // 3 * 4 + 256


class Sink(Protocol):
    """Where the bytes of an attached file go; a file opened for writing is one."""

    def write(self, data: bytes, /) -> object:
        """Take the next bytes."""


OnBlob = Callable[[ManifestBlob], Sink]
"""Called at the begin of each attached file; nothing written may be used before the whole bundle was read."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A file to attach: its entry in the table of contents and how to open it for reading."""

    entry: ManifestBlob
    open: Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that was read to its end: every check of the format held."""

    manifest: Admitted
    documents: tuple[Admitted, ...]
    blobs: tuple[ManifestBlob, ...] = ()


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    blob: str
    data: bytes
    part: int


_encoder = msgspec.json.Encoder(order="sorted")
_parts = msgspec.json.Decoder(_Part)


# --- writing -------------------------------------------------------------------------------------------------


def blob_of(data: bytes, name: str, media_type: str = "application/pdf") -> Blob:
    """Return bytes as a file to attach."""
    digest = "sha256:" + hashlib.sha256(data).hexdigest()
    return Blob(
        ManifestBlob(digest=digest, bytes=len(data), media_type=media_type, name=name), lambda: io.BytesIO(data)
    )


def bundle_lines(
    documents: Sequence[Admitted],
    exporter: Identity,
    *,
    round: str,
    rehearsal: bool,
    made_at: str,
    app: str,
    blobs: Sequence[Blob] = (),
) -> Iterator[bytes]:
    """Yield the lines of a bundle, each with its line end; attached files are read part by part.

    A document given twice is written once. The manifest is signed by `exporter` before the first line comes.

    Raises:
        Refused: a document of another round or rehearsal flag, or a limit; nothing was yielded then, except for
            `blob-changed`, which an attached file causes that changed since it was listed.
    """
    unique = tuple({document.digest: document for document in documents}.values())
    entries = tuple(ManifestEntry(digest=d.digest, bytes=len(d.payload), kind=d.kind) for d in unique)
    manifest = sign_document(
        Manifest(
            round=round,
            rehearsal=rehearsal,
            author=Author(person=exporter.person, key=exporter.key),
            seq=1,
            app=app,
            made_at=made_at,
            body=ManifestBody(entries=entries, blobs=tuple(blob.entry for blob in blobs)),
        ),
        exporter,
    )
    _check_limits(manifest)
    for document in unique:
        _check_belongs(document, manifest, document.digest)
    return _lines(manifest, unique, blobs)


def bundle_bytes(
    documents: Sequence[Admitted],
    exporter: Identity,
    *,
    round: str,
    rehearsal: bool,
    made_at: str,
    app: str,
    blobs: Sequence[Blob] = (),
) -> bytes:
    """Return a whole bundle in memory; the arguments and errors are those of `bundle_lines`."""
    lines = bundle_lines(documents, exporter, round=round, rehearsal=rehearsal, made_at=made_at, app=app, blobs=blobs)
    return b"".join(lines)


def _lines(manifest: Admitted, documents: Iterable[Admitted], blobs: Iterable[Blob]) -> Iterator[bytes]:
    for document in (manifest, *documents):
        yield envelope_line(document) + b"\n"
    for blob in blobs:
        yield from _part_lines(blob)


def _part_lines(blob: Blob) -> Iterator[bytes]:
    digest, size = hashlib.sha256(), 0
    with blob.open() as source:
        for number in range(1, _part_count(blob.entry.bytes) + 1):
            data = source.read(PART_BYTES)
            digest.update(data)
            size += len(data)
            yield _encoder.encode(_Part(blob.entry.digest, data, number)) + b"\n"
        size += len(source.read(1))  # a file that grew is another one, too
    if size != blob.entry.bytes or "sha256:" + digest.hexdigest() != blob.entry.digest:
        raise Refused("blob-changed", blob.entry.name)


def _part_count(size: int) -> int:
    return -(-size // PART_BYTES)


def _base64_size(size: int) -> int:
    return -(-size // 3) * 4


# --- reading -------------------------------------------------------------------------------------------------


def read_bundle(stream: BinaryIO, *, on_blob: OnBlob | None = None) -> Bundle:
    """Read a clear bundle to its end and return what it holds.

    Args:
        stream: the file, at its begin; it is read once, line by line.
        on_blob: where attached files go; without it they are checked and dropped.

    Raises:
        Refused: with the code of the first rule broken and the line as `where`; nothing may be used then, not
            even what `on_blob` was given.
    """
    lines = _Lines(stream)
    manifest, body = _read_manifest(lines)
    documents = tuple(_read_document(lines, index, manifest, body) for index in range(len(body.entries)))
    for blob in body.blobs:
        _read_blob(lines, blob, on_blob(blob) if on_blob else None)
    lines.expect_end()
    return Bundle(manifest, documents, body.blobs)


def read_blob(stream: BinaryIO, digest: str, sink: Sink) -> bool:
    """Read a clear bundle up to the end of one attached file; tell whether it is there.

    What comes after it is not looked at, and of the files before it nothing but their lines' lengths. So this is
    only for a bundle that was read to its end before, and for a digest that is known from a signed document:
    the bytes given to `sink` have that digest, or this raises.

    Raises:
        Refused: as `read_bundle`; what `sink` got may not be used then.
    """
    lines = _Lines(stream)
    _manifest, body = _read_manifest(lines)
    if all(blob.digest != digest for blob in body.blobs):
        return False
    for entry in body.entries:
        lines.take(line_limit(entry.kind), "entry-missing")
    for blob in body.blobs:
        if blob.digest == digest:
            _read_blob(lines, blob, sink)
            return True
        for _part in range(_part_count(blob.bytes)):
            lines.take(_PART_LINE, "blob-missing")
    return False


@dataclass(slots=True)
class _Lines:
    """Takes lines from a stream, each under a limit, and knows where it is."""

    stream: BinaryIO
    number: int = 0
    left: int = LARGEST_BUNDLE
    limit: int = LARGEST_BUNDLE
    begin: bytes = b""

    @property
    def where(self) -> str:
        return f"line {self.number}"

    def allow(self, limit: int) -> None:
        """Set the limit of the whole file, once its kind is known."""
        self.left += limit - self.limit
        self.limit = limit

    def expect_begin(self) -> None:
        """Look at the first bytes, so that a foreign file is told as such however it goes on."""
        self.begin = self.stream.read(len(_BEGIN))
        if self.begin and not _BEGIN.startswith(self.begin):
            raise Refused("not-a-bundle", "line 1", found=_as_read(self.begin))

    def take(self, longest: int, missing: str) -> bytes:
        """Return the next line without its end; `missing` is the code if the file ends before it."""
        self.number += 1
        line = self.begin + self.stream.readline(longest + 2 - len(self.begin))
        self.begin = b""
        self.left -= len(line)
        if not line:
            raise Refused(missing, self.where)
        if self.left < 0:
            raise Refused("bundle-too-large", self.where, limit=self.limit)
        if line.endswith(b"\n") and len(line) <= longest + 1:
            return line[:-1]
        if len(line) > longest:
            raise Refused("line-too-long", self.where, limit=longest)
        raise Refused("bundle-truncated", self.where)

    def expect_end(self) -> None:
        self.number += 1
        if self.stream.read(1):
            raise Refused("trailing-data", self.where)


def _admit(lines: _Lines, line: bytes) -> Admitted:
    try:
        return admit_line(line)
    except Refused as refused:
        raise at_line(refused, lines.where) from None


def at_line(refused: Refused, line: str) -> Refused:
    """Return the same refusal with the line put before the field it names."""
    fields = {key: value for key, value in refused.fields.items() if key != "where"}
    return Refused(refused.code, f"{line}: {refused.where}" if refused.where else line, **fields)


def _read_manifest(lines: _Lines) -> tuple[Admitted, ManifestBody]:
    lines.expect_begin()
    line = lines.take(LONGEST_LINE, "file-empty")
    manifest = _admit(lines, line)
    if not isinstance(manifest.document, Manifest):
        raise Refused("manifest-missing", lines.where)
    _check_limits(manifest)
    body = manifest.document.body
    lines.allow(_bundle_limit(body))
    return manifest, body


def _bundle_limit(body: ManifestBody) -> int:
    return LARGEST_PAPERS if any(entry.kind == "papers" for entry in body.entries) else LARGEST_BUNDLE


def _check_limits(manifest: Admitted) -> None:
    """Refuse by the table of contents alone what could never be read to the end."""
    body = manifest.document.body
    if not isinstance(body, ManifestBody):
        raise Refused("manifest-missing", "line 1")
    if 1 + len(body.entries) + sum(_part_count(blob.bytes) for blob in body.blobs) > MOST_LINES:
        raise Refused("too-many-lines", "line 1", limit=MOST_LINES)
    limit = _bundle_limit(body)
    sizes = [entry.bytes for entry in body.entries] + [blob.bytes for blob in body.blobs]
    if sum(map(_base64_size, sizes)) > limit:
        raise Refused("bundle-too-large", "line 1", limit=limit)


def _read_document(lines: _Lines, index: int, manifest: Admitted, body: ManifestBody) -> Admitted:
    entry = body.entries[index]
    document = _admit(lines, lines.take(line_limit(entry.kind), "entry-missing"))
    if document.digest != entry.digest:
        listed = any(other.digest == document.digest for other in body.entries)
        raise Refused("entry-order" if listed else "entry-mismatch", lines.where)
    if len(document.payload) != entry.bytes or document.kind != entry.kind:
        raise Refused("entry-mismatch", lines.where)
    _check_belongs(document, manifest, lines.where)
    return document


def _check_belongs(document: Admitted, manifest: Admitted, where: str) -> None:
    if document.document.round != manifest.document.round:
        raise Refused("other-round", where, found=document.document.round)
    if document.document.rehearsal != manifest.document.rehearsal:
        raise Refused("other-rehearsal", where)


def _read_blob(lines: _Lines, blob: ManifestBlob, sink: Sink | None) -> None:
    digest, left = hashlib.sha256(), blob.bytes
    for number in range(1, _part_count(blob.bytes) + 1):
        part = _read_part(lines)
        if part.blob != blob.digest or part.part != number:
            raise Refused("blob-order", lines.where)
        if len(part.data) != min(left, PART_BYTES):
            raise Refused("blob-part-invalid", lines.where)
        digest.update(part.data)
        left -= len(part.data)
        if sink is not None:
            sink.write(part.data)
    if "sha256:" + digest.hexdigest() != blob.digest:
        raise Refused("blob-changed", lines.where)


def _read_part(lines: _Lines) -> _Part:
    line = lines.take(_PART_LINE, "blob-missing")
    try:
        part = _parts.decode(line)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise Refused("blob-part-invalid", lines.where) from None
    if _encoder.encode(part) != line:
        raise Refused("blob-part-invalid", lines.where)
    return part


def _as_read(begin: bytes) -> str:
    """Return the first bytes of a foreign file as letters where they are some, else as numbers."""
    text = begin.decode("ascii", "replace").strip()
    return text if text.isprintable() and "\ufffd" not in text else begin[:4].hex(" ")
