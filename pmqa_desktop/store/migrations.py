# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The schema, step by step: numbered, self-contained, never edited after a release.

All pending steps run in one transaction with a checked backup before the first; a failing step leaves the file as
it was. Own DDL, because CHECKs are wanted; never `executescript`, which would commit the open transaction.
"""

from sqlite_utils import Database, Migrations

steps = Migrations("workspace")

TABLES = frozenset(
    {
        "documents", "signatures", "holding", "meta", "packs", "edits", "audit",
        "cells", "statuses", "item_scores", "comments", "attachments", "_sqlite_migrations", "sqlite_sequence",
    }
)  # fmt: skip
"""Every table that a file has: a misspelt name must not add one."""

_DIGEST = "length({0}) = 71 AND {0} GLOB 'sha256:*' AND substr({0}, 8) NOT GLOB '*[^0-9a-f]*'"

_DOCUMENTS = f"""CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE CHECK ({_DIGEST.format("digest")}),
    kind TEXT NOT NULL CHECK (kind IN ('enrolment', 'criteria', 'roster', 'assignment', 'papers', 'declaration',
        'scoresheet', 'reveal', 'consensus', 'endorsement', 'result', 'ranking', 'extract')),
    slot TEXT NOT NULL CHECK (slot GLOB '[[]*'),
    agency TEXT NOT NULL,
    person TEXT NOT NULL,
    key TEXT NOT NULL CHECK (length(key) = 64 AND key NOT GLOB '*[^0-9a-f]*'),
    seat TEXT NOT NULL,
    seq INTEGER NOT NULL CHECK (seq >= 1),
    supersedes TEXT NOT NULL CHECK (supersedes GLOB '[[]*'),
    round TEXT NOT NULL,
    rehearsal INTEGER NOT NULL CHECK (rehearsal IN (0, 1)),
    roster TEXT NOT NULL,
    criteria TEXT NOT NULL,
    refs TEXT NOT NULL CHECK (refs GLOB '{{*}}'),
    payload BLOB NOT NULL CHECK (length(payload) > 0)) STRICT"""
_SIGNATURES = """CREATE TABLE signatures (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    keyid TEXT NOT NULL CHECK (length(keyid) = 64 AND keyid NOT GLOB '*[^0-9a-f]*'),
    sig BLOB NOT NULL CHECK (length(sig) = 64),
    PRIMARY KEY (document, keyid)) STRICT, WITHOUT ROWID"""
_HOLDING = f"""CREATE TABLE holding (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE CHECK ({_DIGEST.format("digest")}),
    kind TEXT NOT NULL,
    round TEXT NOT NULL,
    person TEXT NOT NULL,
    file TEXT NOT NULL,
    signatures TEXT NOT NULL CHECK (signatures GLOB '[[]*'),
    payload BLOB NOT NULL CHECK (length(payload) > 0)) STRICT"""
_META = "CREATE TABLE meta (name TEXT PRIMARY KEY CHECK (length(name) > 0), value TEXT NOT NULL) STRICT, WITHOUT ROWID"
_PACKS = f"""CREATE TABLE packs (
    id INTEGER PRIMARY KEY,
    file TEXT NOT NULL UNIQUE CHECK (length(file) > 0 AND file NOT GLOB '*[/\\]*'),
    digest TEXT NOT NULL UNIQUE CHECK ({_DIGEST.format("digest")}),
    agencies TEXT NOT NULL CHECK (agencies GLOB '[[]*')) STRICT"""
_EDITS = """CREATE TABLE edits (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    area TEXT NOT NULL CHECK (length(area) > 0),
    agency TEXT NOT NULL,
    item TEXT NOT NULL,
    field TEXT NOT NULL CHECK (length(field) > 0),
    value TEXT,
    at TEXT NOT NULL,
    device TEXT NOT NULL,
    counter INTEGER NOT NULL CHECK (counter >= 1),
    act TEXT NOT NULL CHECK (act IN ('set', 'undo', 'redo', 'restore')),
    step INTEGER NOT NULL CHECK (step >= 1)) STRICT"""
_AUDIT = """CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL CHECK (length(action) > 0),
    fields TEXT NOT NULL CHECK (fields GLOB '{*}')) STRICT"""


def _unchangeable(table: str) -> str:
    return (
        f"CREATE TRIGGER {table}_stay BEFORE UPDATE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'rows of {table} never change'); END"
    )


@steps()
def m001_documents_and_drafts(db: Database) -> None:
    """Create the immutable documents, the holding area, one's own drafts and the log."""
    for ddl in (_DOCUMENTS, _SIGNATURES, _HOLDING, _META, _PACKS, _EDITS, _AUDIT):
        db.conn.execute(ddl)
    for table in ("documents", "edits", "audit"):
        db.conn.execute(_unchangeable(table))
    db.conn.execute("CREATE INDEX documents_by_kind ON documents (kind, agency)")
    db.conn.execute("CREATE INDEX edits_by_field ON edits (area, agency, item, field, id)")
    db.conn.execute("CREATE INDEX edits_by_draft ON edits (area, agency)")


@steps()
def m002_derived_tables(db: Database) -> None:
    """Create what can be made anew from the documents at any time."""
    for ddl in (
        """CREATE TABLE cells (
            slot TEXT PRIMARY KEY CHECK (slot GLOB '[[]*'),
            state TEXT NOT NULL,
            digest TEXT NOT NULL,
            seq INTEGER NOT NULL CHECK (seq >= 0)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE statuses (
            document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
            status TEXT NOT NULL CHECK (length(status) > 0)) STRICT""",
        """CREATE TABLE item_scores (
            document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
            item TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('scored', 'not_applicable', 'missing')),
            exact TEXT NOT NULL,
            level TEXT NOT NULL,
            PRIMARY KEY (document, item)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE comments (
            document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
            position INTEGER NOT NULL CHECK (position >= 0),
            item TEXT NOT NULL,
            kind TEXT NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (document, position)) STRICT, WITHOUT ROWID""",
    ):
        db.conn.execute(ddl)


@steps()
def m003_attachments(db: Database) -> None:
    """Create the list of files attached as evidence."""
    db.conn.execute(
        f"""CREATE TABLE attachments (
            digest TEXT PRIMARY KEY CHECK ({_DIGEST.format("digest")}),
            name TEXT NOT NULL CHECK (length(name) > 0),
            media_type TEXT NOT NULL CHECK (length(media_type) > 0),
            bytes INTEGER NOT NULL CHECK (bytes >= 1)) STRICT, WITHOUT ROWID"""
    )
    db.conn.execute(_unchangeable("attachments"))


SCHEMA = 3
"""The number of the newest step, as it stands in a file's `user_version`."""
