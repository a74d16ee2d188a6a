# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Tell what is in a file and whether each thing in it verifies, without storing any of it.

What is found good here is good by the file alone; whether the signers had the right to sign is told by the
roster, which the caller adds. For a broken file as much is told as can be seen, each document with its flag.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.documents import AnyDocument
from pmqa_desktop.errors import Refusal, Refused
from pmqa_desktop.sync import pdf
from pmqa_desktop.sync.container import MOST_LINES, Bundle, read_bundle
from pmqa_desktop.sync.envelope import LONGEST_LINE, Looked, admit_line, look_at_line
from pmqa_desktop.sync.importing import LARGEST_FILE, Staged, opened_clear, private_folder, stage
from pmqa_desktop.sync.keys import Identity

Message = Callable[[Refusal], str]
_MOST_SHOWN = 1000


@dataclass(frozen=True, slots=True)
class InspectedSignature:
    """A signature as it stands in the file and whether it verifies."""

    keyid: str
    ok: bool


@dataclass(frozen=True, slots=True)
class InspectedDocument:
    """A document as it stands in the file; `verified` when every check of the format held for it."""

    digest: str
    kind: str
    person: str
    seat: str
    agency: str
    seq: int
    rehearsal: bool
    signatures: tuple[InspectedSignature, ...]
    verified: bool

    def tree(self) -> dict[str, Any]:
        """Return it as the JSON object that `verify` and `inspect` print."""
        return {
            "digest": self.digest,
            "kind": self.kind,
            "person": self.person,
            "seat": self.seat,
            "agency": self.agency,
            "seq": self.seq,
            "rehearsal": self.rehearsal,
            "verified": self.verified,
            "signatures": [{"keyid": signature.keyid, "ok": signature.ok} for signature in self.signatures],
        }


@dataclass(frozen=True, slots=True)
class Inspection:
    """What one file holds; `bundles` are those that were read whole, for whoever knows the roster.

    The manifests are not among `documents`: they are part of the file's form. `text` is what the pages of a report
    say, None for other files and where it cannot be read.
    """

    file: str
    sealed: bool
    documents: tuple[InspectedDocument, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    bundles: tuple[Bundle, ...] = field(default=(), repr=False)
    text: str | None = field(default=None, repr=False)

    @property
    def ok(self) -> bool:
        """Tell whether nothing was refused."""
        return not self.refusals

    @property
    def admitted(self) -> tuple[Admitted, ...]:
        """Return the verified documents of the bundles that were read whole."""
        return tuple(document for bundle in self.bundles for document in bundle.documents)

    def tree(self, message: Message, more: tuple[Refusal, ...] = ()) -> dict[str, Any]:
        """Return it as the JSON object of `verify`, worded by `message`; `more` are refusals that the roster adds."""
        refusals = (*self.refusals, *more)
        return {
            "file": self.file,
            "ok": not refusals,
            "sealed": self.sealed,
            "documents": [document.tree() for document in self.documents],
            "refusals": [{"code": r.code, "where": r.where, "message": message(r)} for r in refusals],
        }


def inspect_file(path: Path, identity: Identity | None = None) -> Inspection:
    """Look into a bundle, sealed or clear, or into the bundles attached to a PDF report.

    Args:
        path: any file; it is copied once and only the copy is looked at.
        identity: opens a sealed file.
    """
    with private_folder() as staging:
        try:
            staged = stage(path, staging, LARGEST_FILE)
        except Refused as refused:
            return Inspection(str(path), sealed=False, refusals=(refused.refusal(),))
        return _inspect_staged(str(path), staged, identity, staging)


def _inspect_staged(name: str, staged: Staged, identity: Identity | None, staging: Path) -> Inspection:
    with staged.path.open("rb") as file:
        is_report = file.read(len(pdf.MAGIC)) == pdf.MAGIC
    if not is_report:
        return _inspect_bundle(name, staged.path, identity, staging)
    try:
        attached = pdf.attached_bundles(staged.path, staging)
    except Refused as refused:
        return Inspection(name, sealed=False, refusals=(refused.refusal(),))
    inside = [_inspect_bundle(name, path, identity, staging) for path in attached]
    return Inspection(
        name,
        sealed=False,
        documents=tuple(document for one in inside for document in one.documents),
        refusals=tuple(refusal for one in inside for refusal in one.refusals),
        bundles=tuple(bundle for one in inside for bundle in one.bundles),
        text=pdf.page_text(staged.path, staging),
    )


def _inspect_bundle(name: str, path: Path, identity: Identity | None, staging: Path) -> Inspection:
    sealed = False
    try:
        with opened_clear(path, identity, staging) as (stream, sealed):
            try:
                bundle = read_bundle(stream)
            except Refused as refused:
                stream.seek(0)
                seen = tuple(_inspect_lines(stream))
                return Inspection(name, sealed, seen, (refused.refusal(),))
    except Refused as refused:
        return Inspection(name, sealed=True, refusals=(refused.refusal(),))
    documents = tuple(_inspected(admitted) for admitted in bundle.documents)
    return Inspection(name, sealed, documents, bundles=(bundle,))


def _inspect_lines(stream: BinaryIO) -> Iterator[InspectedDocument]:
    """Show what a broken file seems to hold; a document twice in it is shown once."""
    shown: set[str] = set()
    for _number in range(MOST_LINES):
        line = stream.readline(LONGEST_LINE + 1).rstrip(b"\n")
        if not line or len(line) > LONGEST_LINE or len(shown) >= _MOST_SHOWN:
            return
        document = _inspect_line(line)
        if document is not None and document.kind != "manifest" and document.digest not in shown:
            shown.add(document.digest)
            yield document


def _inspect_line(line: bytes) -> InspectedDocument | None:
    try:
        return _inspected(admit_line(line))
    except Refused:
        looked = look_at_line(line)
    return None if looked is None else _as_it_stands(looked)


def _inspected(admitted: Admitted) -> InspectedDocument:
    signatures = tuple(InspectedSignature(keyid, ok=True) for keyid in admitted.keyids)
    return _entry(admitted.digest, admitted.kind, admitted.document, signatures, verified=True)


def _as_it_stands(looked: Looked) -> InspectedDocument:
    signatures = tuple(InspectedSignature(keyid, ok) for keyid, ok in looked.signatures)
    return _entry(looked.digest, looked.kind, looked.document, signatures, verified=False)


def _entry(
    digest: str,
    kind: str,
    document: AnyDocument | None,
    signatures: tuple[InspectedSignature, ...],
    *,
    verified: bool,
) -> InspectedDocument:
    if document is None:
        return InspectedDocument(digest, kind, "", "", "", 0, rehearsal=False, signatures=signatures, verified=verified)
    return InspectedDocument(
        digest,
        kind,
        document.author.person,
        getattr(document.body, "seat", ""),
        document.agency,
        document.seq,
        rehearsal=document.rehearsal,
        signatures=signatures,
        verified=verified,
    )
