# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The pack of a seat: roster, criteria, assignment and the agencies' papers in one sealed file of up to 2 GiB.

A pack is written and read as a stream: neither its papers nor their clear bytes are ever in memory or on a disk as a
whole. What lies beside a workspace stays sealed (`shelf`); a paper is opened into memory when it is read.
"""

import io
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.documents import Assignment
from pmqa_desktop.errors import Expected
from pmqa_desktop.progress import Meter, Progress
from pmqa_desktop.sync.container import Blob, Bundle, blob_of, bundle_lines
from pmqa_desktop.sync.exporting import ChunkReader, Written, write_stream
from pmqa_desktop.sync.importing import private_folder, read_through, stage
from pmqa_desktop.sync.keys import Identity
from pmqa_desktop.sync.sealing import seal_stream
from pmqa_desktop.system import worded

_OVERHEAD = 64 * 1024
"""What a file is larger than its parts at most, for the check of free room: headers, line ends, sealing."""


@dataclass(frozen=True, slots=True)
class PackContent:
    """What goes into one pack file.

    `documents` are roster chain, criteria, assignment and papers documents, in this order; `recipients` the age
    recipients whose keys open it; `made_at` is advisory, ISO 8601.
    """

    documents: tuple[Admitted, ...]
    blobs: tuple[Blob, ...]
    exporter: Identity
    recipients: tuple[str, ...]
    round_id: str
    rehearsal: bool
    made_at: str
    app: str

    @property
    def size(self) -> int:
        """Return about how many bytes the file will have; a little more rather than less."""
        clear = sum(len(one.payload) for one in self.documents) + sum(blob.entry.bytes for blob in self.blobs)
        parts = clear * 4 // 3 + len(self.documents) * 1024 + (clear // 2**18 + len(self.blobs)) * 256
        return parts + parts // 4096 + _OVERHEAD

    def lines(self) -> ChunkReader:
        """Return the clear bytes as a stream to read; the errors are those of `bundle_lines`."""
        return ChunkReader(
            bundle_lines(
                self.documents, self.exporter, round=self.round_id, rehearsal=self.rehearsal, made_at=self.made_at,
                app=self.app, blobs=self.blobs,
            )
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReceivedPack:
    """A pack that was copied from its drive once and read to its end; the private copy is still sealed.

    It is adopted by a workspace, or closed, which removes the copy. `papers` are the digests of the papers in it,
    `agencies` those that they are on.
    """

    path: Path
    name: str
    size: int
    digest: str
    documents: tuple[Admitted, ...]
    seat: str
    person: str
    agencies: tuple[str, ...]
    papers: tuple[str, ...]
    _kept: ExitStack = field(repr=False, compare=False)

    def close(self) -> None:
        """Remove the private copy if no workspace has taken it."""
        self._kept.close()


def build_pack(
    documents: Sequence[Admitted],
    papers: Sequence[tuple[str, bytes]],
    exporter: Identity,
    recipients: Sequence[str],
    *,
    round_id: str,
    rehearsal: bool,
    made_at: str,
    app: str,
) -> bytes:
    """Return a small pack in memory, for a practice round; `papers` are names to show and bytes."""
    blobs = tuple(blob_of(data, name) for name, data in papers)
    content = PackContent(tuple(documents), blobs, exporter, tuple(recipients), round_id, rehearsal, made_at, app)
    sealed = io.BytesIO()
    seal_stream(content.lines(), sealed, content.recipients)  # type: ignore[arg-type]  # a reader is all that is asked
    return sealed.getvalue()


def write_pack(content: PackContent, folder: Path, name: str, meter: Meter, told: str) -> Written:
    """Write one pack file as a stream, and read it back as its seat would; only then it is safe.

    Args:
        content: What goes in; the exporter must be among the recipients.
        folder: Where to.
        name: The plain name of the file.
        meter: Told of three passes of about `content.size` bytes each; its cancelling leaves nothing behind.
        told: What the progress is told to be about.

    Raises:
        Expected: `read-back-differs`; `blob-changed`, a paper is not the one that was listed; the drive's codes.
    """
    size = content.size

    def fill(target: io.RawIOBase) -> None:
        seal_stream(content.lines(), target, content.recipients)  # type: ignore[arg-type]  # reader and writer suffice

    def check(path: Path) -> None:
        back = read_through(path, content.exporter, step=meter.phase(told, size))
        documents = tuple(one.digest for one in back.documents)
        if documents != tuple(one.digest for one in content.documents) or len(back.blobs) != len(content.blobs):
            raise Expected("read-back-differs", file=path.name)

    step = meter.phase(told, 2 * size)
    return write_stream(folder, name, fill, check, size=size, step=step)  # type: ignore[arg-type]  # fill asks less


PASSES = 3
"""How many times its size a pack moves the meter of `write_pack`."""


def receive_pack(path: Path, identity: Identity, parent: Path, progress: Progress | None = None) -> ReceivedPack:
    """Copy a pack from its drive into a private folder below `parent` and read the copy to its end.

    The drive is read once; memory stays flat. Close the result, or let a workspace adopt it.

    Args:
        path: The sealed file as it came.
        identity: The key of its seat.
        parent: A folder on the drive of the workspaces; made when missing.
        progress: Told of the copying and of the reading.

    Raises:
        Refused: any code of reading a file.
        Expected: `not-a-pack`; the file holds no assignment. `laptop-full`, `system-full`; `cancelled`.
    """
    with worded(path.name):
        parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        folder = stack.enter_context(private_folder(parent))
        size = path.stat().st_size if path.is_file() else 0
        meter = Meter(progress, 2 * size)
        copying = meter.phase(path.name, size)
        staged = stage(path, folder, progress=Progress(lambda done, _of, _what: copying(done)))
        bundle = read_through(staged.path, identity, step=meter.phase(path.name, size))
        found = _assignment(bundle, path.name)
        agencies = tuple(sorted({d.document.agency for d in bundle.documents if d.kind == "papers"}))
        return ReceivedPack(
            staged.path, path.name, staged.size, staged.digest, bundle.documents, found.body.seat, found.body.person,
            agencies, tuple(blob.digest for blob in bundle.blobs), stack.pop_all(),
        )  # fmt: skip


def _assignment(bundle: Bundle, file: str) -> Assignment:
    """Return the newest assignment of a bundle; earlier ones of the seat may be another person's, who left it."""
    found = [one.document for one in bundle.documents if isinstance(one.document, Assignment)]
    if not found or len({one.body.seat for one in found}) > 1:
        raise Expected("not-a-pack", file=file)
    return max(found, key=lambda one: one.seq)
