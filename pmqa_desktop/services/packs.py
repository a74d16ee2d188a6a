# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The pack of a seat: roster, criteria, assignment and the agencies' papers in one sealed file.

The file stays sealed on disk beside the workspace; a paper is opened into memory when it is read.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.documents import Assignment, ManifestBlob
from pmqa_desktop.errors import Expected
from pmqa_desktop.sync.container import blob_of, bundle_bytes
from pmqa_desktop.sync.importing import private_folder, read_file
from pmqa_desktop.sync.keys import Identity
from pmqa_desktop.sync.sealing import seal

PACK_NAME = "pack.pmqa"


@dataclass(frozen=True, slots=True)
class Pack:
    """An opened pack: its documents, and the seat and person it is for."""

    documents: tuple[Admitted, ...]
    seat: str
    person: str


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
    """Return one seat's pack, sealed to `recipients` (age recipients of the seat).

    Args:
        documents: Roster chain, criteria, assignment and papers documents, in this order.
        papers: Name to show and bytes of each paper.
        exporter: Who signs the manifest.
        recipients: Whose keys open the pack.
        round_id: The round's id.
        rehearsal: Whether the round is a rehearsal.
        made_at: Advisory time, ISO 8601.
        app: Program name and version.
    """
    blobs = tuple(blob_of(data, name) for name, data in papers)
    clear = bundle_bytes(
        documents, exporter, round=round_id, rehearsal=rehearsal, made_at=made_at, app=app, blobs=blobs
    )
    return seal(clear, recipients)


def open_pack(path: Path, identity: Identity) -> Pack:
    """Read a pack file with the key of its seat.

    Raises:
        Refused: any code of reading a file.
        Expected: `not-a-pack`; the file holds no assignment.
    """
    with private_folder() as staging:
        bundle = read_file(path, identity, staging)
    for admitted in bundle.documents:
        if isinstance(admitted.document, Assignment):
            body = admitted.document.body
            return Pack(bundle.documents, body.seat, body.person)
    raise Expected("not-a-pack", file=path.name)


def read_paper(folder: Path, digest: str, identity: Identity) -> bytes:
    """Return the bytes of one paper out of the sealed packs in `folder`.

    Raises:
        Expected: `paper-not-here`; no pack in the folder holds it.
    """
    for path in sorted(folder.glob("*.pmqa")):
        found = _blob(path, digest, identity)
        if found is not None:
            return found
    raise Expected("paper-not-here", digest=digest[:15])


def _blob(path: Path, digest: str, identity: Identity) -> bytes | None:
    """Return one attached file of a sealed pack, used only after the whole pack was read and every hash held."""
    wanted = io.BytesIO()

    def sink(entry: ManifestBlob) -> io.BytesIO:
        return wanted if entry.digest == digest else io.BytesIO()

    with private_folder() as staging:
        bundle = read_file(path, identity, staging, on_blob=sink)
    return wanted.getvalue() if any(blob.digest == digest for blob in bundle.blobs) else None
