# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The least that an import can do, written by hand: read, verify, parse, insert; no rule, no limit, no report.

Every line of a file is verified, the manifest's too: that is what the format asks of any reader. The rows are those
that an import of the program writes: document and signature. The journal is the program's.
"""

import hashlib
import sqlite3
from pathlib import Path

import msgspec
from nacl.bindings import crypto_sign_open

from pmqa_desktop.domain.documents import Manifest, Scoresheet

_BATCH = 500
_DDL = """
create table documents (id integer primary key, digest text not null unique, kind text not null, agency text not null,
    person text not null, seq integer not null, payload blob not null) strict;
create table signatures (document integer not null, keyid text not null, sig blob not null,
    primary key (document, keyid)) strict, without rowid;
"""


class _Signature(msgspec.Struct):
    keyid: str
    sig: bytes


class _Envelope(msgspec.Struct):
    payload: bytes
    payloadType: str  # noqa: N815 - the name that DSSE gives it
    signatures: list[_Signature]


_envelope = msgspec.json.Decoder(_Envelope)
_document = msgspec.json.Decoder(Manifest | Scoresheet)


def merge(folder: Path, database: Path) -> int:
    """Import every file of a folder into a new database and return how many sheets were stored."""
    conn = sqlite3.connect(database, isolation_level=None)
    for pragma in ("journal_mode=DELETE", "synchronous=EXTRA", "cache_size=-65536", "foreign_keys=ON"):
        conn.execute(f"pragma {pragma}")
    for statement in _DDL.strip().split(";\n"):
        conn.execute(statement)
    stored = 0
    files = sorted(folder.iterdir())
    for begin in range(0, len(files), _BATCH):
        conn.execute("begin immediate")
        for path in files[begin : begin + _BATCH]:
            for line in path.read_bytes().splitlines():
                stored += _take(conn, line)
        conn.execute("commit")
    conn.close()
    return stored


def _take(conn: sqlite3.Connection, line: bytes) -> int:
    envelope = _envelope.decode(line)
    document = _document.decode(envelope.payload)
    signature = envelope.signatures[0]
    kind = envelope.payloadType.encode()
    signed = b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(envelope.payload), envelope.payload)
    crypto_sign_open(signature.sig + signed, bytes.fromhex(document.author.key))
    if isinstance(document, Manifest):
        return 0
    digest = "sha256:" + hashlib.sha256(envelope.payload).hexdigest()
    row = (digest, "scoresheet", document.agency, document.author.person, document.seq, envelope.payload)
    cursor = conn.execute(
        "insert into documents (digest, kind, agency, person, seq, payload) values (?, ?, ?, ?, ?, ?)", row
    )
    conn.execute("insert into signatures values (?, ?, ?)", (cursor.lastrowid, signature.keyid, signature.sig))
    return 1
