# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The immutable set of signed documents, as rows, and what waits outside it.

Rows have integer ids and the digest only as a unique index: child tables keyed by digest grow faster than linearly
(docs/architecture.md). Beside the payload's exact bytes a row keeps the document's fact, so that what counts can
be worked out without parsing a payload. Manifests and blobs of papers never go in.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from pmqa_desktop.domain.admitted import Admitted, Signature
from pmqa_desktop.domain.documents import Kind
from pmqa_desktop.domain.facts import COLUMNS, Fact, fact_of
from pmqa_desktop.domain.merging import state_digest
from pmqa_desktop.domain.payload import decode_payload, digest_of
from pmqa_desktop.errors import Damage, Expected, PmqaError
from pmqa_desktop.store.connection import Store

Added = Literal["new", "known", "new-signatures"]
"""What adding one document did to the set."""

HOLDING_DOCUMENTS = 2_000
"""How many documents may wait in the holding area."""

HOLDING_BYTES = 32 * 1024 * 1024
"""How many payload bytes may wait in the holding area."""

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as the file keeps it: exact payload bytes and signatures, sorted by key id."""

    digest: str
    kind: Kind
    payload: bytes
    signatures: tuple[Signature, ...]

    def admitted(self) -> Admitted:
        """Return the document with its parsed payload.

        Raises:
            Damage: `document-damaged`, the payload is not what its digest says.
        """
        if digest_of(self.payload) != self.digest:
            raise Damage("document-damaged", where=self.digest)
        return Admitted(self.digest, self.payload, decode_payload(self.payload), self.signatures)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document in the holding area: its signer is in no stored roster yet; `file` is the name it came under."""

    stored: StoredDocument
    round: str
    person: str
    file: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A sealed file kept beside the workspace: its name (never a path), digest of its bytes, agencies it serves."""

    file: str
    digest: str
    agencies: tuple[str, ...]


class DocumentRepository:
    """Read and extend the set of documents of one file.

    Nothing in it is ever changed, nor taken out before the round is closed on the laptop (`forget`).
    """

    def __init__(
        self, store: Store, *, holding_documents: int = HOLDING_DOCUMENTS, holding_bytes: int = HOLDING_BYTES
    ) -> None:
        """Use the documents of `store`; the two limits are the holding area's quota."""
        self._store = store
        self._quota = (holding_documents, holding_bytes)
        self._rosters: dict[str, Admitted] = {}

    def add(self, admitted: Sequence[Admitted], facts: Sequence[Fact] = ()) -> tuple[Added, ...]:
        """Join documents to the set and tell for each, in order, what that did; a manifest is passed over as known.

        `facts` are those of the documents, in order, where the caller has them already. Joins the running transaction
        (as a savepoint) or is an own one.
        """
        with self._store.within() as conn:
            ids = self._ids(one.digest for one in admitted)
            signed = self._keyids(ids.values())
            next_id = conn.execute("SELECT coalesce(max(id), 0) + 1 FROM documents").fetchone()[0]
            outcomes: list[Added] = []
            rows: list[tuple[object, ...]] = []
            for place, one in enumerate(admitted):
                if one.kind == "manifest":
                    outcomes.append("known")
                    continue
                if one.digest not in ids:
                    ids[one.digest] = next_id + len(rows)
                    signed[ids[one.digest]] = set(one.keyids)
                    rows.append(_row(ids[one.digest], one, facts[place] if facts else fact_of(one)))
                    outcomes.append("new")
                    continue
                have = signed.setdefault(ids[one.digest], set())
                outcomes.append("known" if have.issuperset(one.keyids) else "new-signatures")
                have.update(one.keyids)
            _insert(conn, rows, [(ids[one.digest], one.signatures) for one in admitted if one.kind != "manifest"])
            return tuple(outcomes)

    def get(self, digest: str) -> StoredDocument | None:
        """Return one document, or None where the set does not have it."""
        return next(self.envelopes([digest]), None)

    def __contains__(self, digest: str) -> bool:
        return self._store.value("SELECT 1 FROM documents WHERE digest = ?", (digest,)) is not None

    def admitted(self, digests: Iterable[str]) -> tuple[Admitted, ...]:
        """Return the named documents with their parsed payloads, in the order asked for.

        Raises:
            Damage: `document-missing`, one is not in the set; `document-damaged`.
        """
        wanted = list(digests)
        found = {one.digest: one for one in self.envelopes(wanted)}
        if missing := [digest for digest in wanted if digest not in found]:
            raise Damage("document-missing", digest=missing[0])
        return tuple(found[digest].admitted() for digest in wanted)

    def envelopes(
        self, digests: Iterable[str] | None = None, *, kind: Kind | None = None, agency: str | None = None
    ) -> Iterator[StoredDocument]:
        """Yield documents in the order of their digests: all, the named ones, or those of a kind or agency."""
        wanted = sorted(
            digests
            if digests is not None
            else (
                digest
                for (digest,) in self._store.rows(
                    "SELECT digest FROM documents WHERE (?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR agency = ?2)",
                    (kind, agency),
                )
            )
        )
        for start in range(0, len(wanted), _CHUNK):
            yield from self._load(wanted[start : start + _CHUNK])

    def facts(self) -> tuple[Fact, ...]:
        """Return the light metadata of every document, sorted by digest; no payload is parsed for it.

        Raises:
            Damage: `document-damaged`, a row cannot be read.
        """
        return tuple(self._facts())

    def _facts(self) -> Iterator[Fact]:
        keyids: dict[int, list[str]] = {}
        for document, keyid in self._store.rows("SELECT document, keyid FROM signatures ORDER BY document, keyid"):
            keyids.setdefault(document, []).append(keyid)
        columns = ", ".join("id" if name == "keyids" else name for name in COLUMNS)
        place = COLUMNS.index("keyids")
        for row in self._store.rows(f"SELECT {columns} FROM documents ORDER BY digest"):  # noqa: S608 - fixed names
            try:
                fact = Fact.from_row((*row[:place], json.dumps(keyids.get(row[place], [])), *row[place + 1 :]))
            except (msgspec.MsgspecError, ValueError, TypeError) as error:
                raise Damage("document-damaged", where=str(row[0])) from error
            yield fact

    def rosters(self) -> Mapping[str, Admitted]:
        """Return every stored roster by digest; each is parsed once, as long as its bytes and signatures stay."""
        found: dict[str, Admitted] = {}
        for one in self.envelopes(kind="roster"):
            before = self._rosters.get(one.digest)
            same = before is not None and (before.payload, before.signatures) == (one.payload, one.signatures)
            found[one.digest] = before if before is not None and same else one.admitted()
        self._rosters = found
        return dict(found)

    def state(self) -> str:
        """Return the digest of the whole set (bundle format, section 4): equal sets have equal states."""
        entries: dict[str, tuple[str, list[str]]] = {}
        for digest, kind, keyid in self._store.rows(
            "SELECT d.digest, d.kind, s.keyid FROM documents d JOIN signatures s ON s.document = d.id"
        ):
            entries.setdefault(digest, (kind, []))[1].append(keyid)
        return state_digest((digest, keyids, kind) for digest, (kind, keyids) in entries.items())

    def damaged(self, *, facts: bool = False) -> tuple[str, ...]:
        """Return the digests of documents that are not what was put in: bits that flipped on disk.

        Looks at the payloads; with `facts` also parses each and compares the metadata kept beside it. Signatures
        are checked by whoever knows cryptography.
        """
        kept = self._readable_facts() if facts else {}
        wrong = []
        for (digest,) in self._store.rows("SELECT digest FROM documents ORDER BY digest"):
            try:
                one = self._load([digest])[0]
                sound = digest_of(one.payload) == digest
                if sound and facts:
                    sound = fact_of(one.admitted()) == kept.get(digest)
            except (PmqaError, LookupError, TypeError):
                sound = False
            if not sound:
                wrong.append(str(digest))
        return tuple(wrong)

    def _readable_facts(self) -> dict[str, Fact]:
        try:
            return {fact.digest: fact for fact in self._facts()}
        except Damage:
            return {}  # every document is told then: which row is broken is no use to anybody

    def hold(self, admitted: Admitted, file: str) -> bool:
        """Let a document wait outside the set until a roster names its signer; tell whether it is newly there.

        `file` is the name (not the path) it came under.

        Raises:
            Expected: `holding-area-full`; the document is not kept and stays where it was.
        """
        with self._store.within() as conn:
            if conn.execute("SELECT 1 FROM holding WHERE digest = ?", (admitted.digest,)).fetchone():
                return False
            count, size = conn.execute("SELECT count(*), coalesce(sum(length(payload)), 0) FROM holding").fetchone()
            if count >= self._quota[0] or size + len(admitted.payload) > self._quota[1]:
                raise Expected("holding-area-full", file=file, documents=count)
            document = admitted.document
            conn.execute(
                "INSERT INTO holding (digest, kind, round, person, file, signatures, payload) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    admitted.digest, admitted.kind, document.round, document.author.person, file,
                    json.dumps([[one.keyid, one.sig.hex()] for one in admitted.signatures]), admitted.payload,
                ),
            )  # fmt: skip
            return True

    def waiting(self) -> tuple[Waiting, ...]:
        """Return what waits in the holding area, sorted by digest."""
        found = self._store.rows(
            "SELECT digest, kind, round, person, file, signatures, payload FROM holding ORDER BY digest"
        )
        return tuple(_waiting(*row) for row in found)

    def release(self, digests: Iterable[str]) -> None:
        """Take documents out of the holding area, because they go into the set now or are given up."""
        with self._store.within() as conn:
            conn.executemany("DELETE FROM holding WHERE digest = ?", [(digest,) for digest in digests])

    def forget(self, digests: Iterable[str]) -> int:
        """Take documents out for good, because the round is closed on this laptop; tell how many went."""
        with self._store.within() as conn:
            gone = [(digest,) for digest in digests]
            conn.executemany("DELETE FROM documents WHERE digest = ?", gone)
            return len(gone)

    def forget_packs(self) -> None:
        """Forget which sealed files lie beside the workspace: they are deleted."""
        with self._store.within() as conn:
            conn.execute("DELETE FROM packs")

    def keep_pack(self, pack: Pack) -> None:
        """Note a sealed file that lies beside the workspace."""
        with self._store.within() as conn:
            conn.execute(
                "INSERT INTO packs (file, digest, agencies) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (pack.file, pack.digest, json.dumps(sorted(pack.agencies))),
            )

    def packs(self) -> tuple[Pack, ...]:
        """Return the sealed files that lie beside the workspace, by name."""
        found = self._store.rows("SELECT file, digest, agencies FROM packs ORDER BY file")
        return tuple(Pack(file, digest, tuple(json.loads(agencies))) for file, digest, agencies in found)

    def _ids(self, digests: Iterable[str]) -> dict[str, int]:
        wanted = list(digests)
        found: dict[str, int] = {}
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            marks = ",".join("?" * len(part))
            found.update(self._store.rows(f"SELECT digest, id FROM documents WHERE digest IN ({marks})", part))  # noqa: S608
        return found

    def _keyids(self, rows: Iterable[int]) -> dict[int, set[str]]:
        wanted = list(rows)
        found: dict[int, set[str]] = {row: set() for row in wanted}
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            marks = ",".join("?" * len(part))
            for row, keyid in self._store.rows(
                f"SELECT document, keyid FROM signatures WHERE document IN ({marks})",  # noqa: S608 - question marks only
                part,
            ):
                found[row].add(keyid)
        return found

    def _load(self, digests: Sequence[str]) -> list[StoredDocument]:
        marks = ",".join("?" * len(digests))
        rows = self._store.rows(
            f"SELECT id, digest, kind, payload FROM documents WHERE digest IN ({marks}) ORDER BY digest",  # noqa: S608
            digests,
        )
        signatures: dict[int, list[Signature]] = {row[0]: [] for row in rows}
        marks = ",".join("?" * len(rows))
        for document, keyid, sig in self._store.rows(
            f"SELECT document, keyid, sig FROM signatures WHERE document IN ({marks}) ORDER BY document, keyid",  # noqa: S608
            list(signatures),
        ):
            signatures[document].append(Signature(keyid, sig))
        return [StoredDocument(digest, kind, payload, tuple(signatures[row])) for row, digest, kind, payload in rows]


def _waiting(digest: str, kind: Kind, round_: str, person: str, file: str, signed: str, payload: bytes) -> Waiting:
    try:
        signatures = tuple(Signature(keyid, bytes.fromhex(sig)) for keyid, sig in json.loads(signed))
    except (ValueError, TypeError) as error:
        raise Damage("document-damaged", where=digest) from error
    return Waiting(StoredDocument(digest, kind, payload, signatures), round_, person, file)


def _row(number: int, one: Admitted, fact: Fact) -> tuple[object, ...]:
    values = fact.to_row()
    return (number, *(value for name, value in zip(COLUMNS, values, strict=True) if name != "keyids"), one.payload)


def _insert(
    conn: sqlite3.Connection, rows: list[tuple[object, ...]], signed: list[tuple[int, tuple[Signature, ...]]]
) -> None:
    """Write new rows, and signatures of new and known documents.

    Of two signatures by one key the smaller stays, so that the order of joining leaves no trace.
    """
    names = ("id", *(name for name in COLUMNS if name != "keyids"), "payload")
    marks = ",".join("?" * len(names))
    conn.executemany(f"INSERT INTO documents ({','.join(names)}) VALUES ({marks})", rows)  # noqa: S608 - fixed names
    conn.executemany(
        "INSERT INTO signatures (document, keyid, sig) VALUES (?, ?, ?) "
        "ON CONFLICT (document, keyid) DO UPDATE SET sig = excluded.sig WHERE excluded.sig < sig",
        [(number, one.keyid, one.sig) for number, signatures in signed for one in signatures],
    )
