# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Derived tables: what counts, item scores and comments as rows, for search and lists.

They hold nothing that is not in the documents. `derive` is the pure function of the documents; the tables are equal to
it, can be compared with it, and can be made anew from it at any time.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.domain.documents import Comment, Consensus, MergedComment, Scoresheet
from pmqa_desktop.domain.scoring import exact_text, score_sheet
from pmqa_desktop.domain.view import View
from pmqa_desktop.errors import Expected
from pmqa_desktop.store.connection import Store

Row = tuple[str | int, ...]

_ROW_TABLES = {
    "statuses": ("document", "status"),
    "item_scores": ("document", "item", "state", "exact", "level"),
    "comments": ("document", "position", "item", "kind", "text"),
}


@dataclass(frozen=True, slots=True)
class Index:
    """The rows of every derived table; a document is named by its digest.

    `cells`: slot (JSON), state, digest shown (empty without one), highest seq. `statuses`: digest, status.
    `item_scores`: digest, item, state, exact score (`""` when missing or not applicable), level. `comments`:
    digest, position in the document, item, kind, text.
    """

    cells: frozenset[Row] = frozenset()
    statuses: frozenset[Row] = frozenset()
    item_scores: frozenset[Row] = frozenset()
    comments: frozenset[Row] = frozenset()


def derive(seen: View, documents: Iterable[Admitted], criteria: FrozenCriteria | None) -> Index:
    """Return the rows that follow from what counts and from the documents.

    Item scores are told for sheets and consensuses made under the round's criteria, counted or not; a document
    whose answers break the edition's rules has none.
    """
    scores: list[Row] = []
    comments: list[Row] = []
    for one in documents:
        if isinstance(one.document, Scoresheet | Consensus):
            comments += _comments(one.digest, one.document)
            if criteria is not None and one.document.criteria == seen.criteria_digest:
                scores += _scores(one.digest, one.document, criteria)
    return Index(
        cells=frozenset(
            (json.dumps(slot, ensure_ascii=False), cell.state, cell.digest, cell.seq)
            for slot, cell in seen.cells.items()
        ),
        statuses=frozenset(seen.status.items()),
        item_scores=frozenset(scores),
        comments=frozenset(comments),
    )


def _scores(digest: str, document: Scoresheet | Consensus, criteria: FrozenCriteria) -> list[Row]:
    try:
        score = score_sheet(criteria, {one.item: one.answer for one in document.body.items})
    except Expected:
        return []
    return [
        (digest, code, item.state, "" if item.exact is None else exact_text(item.exact), item.level or "")
        for code, item in score.items.items()
    ]


def _comments(digest: str, document: Scoresheet | Consensus) -> list[Row]:
    texts: tuple[Comment | MergedComment, ...] = document.body.comments
    return [(digest, place, one.item, one.kind, one.text) for place, one in enumerate(texts)]


class IndexRepository:
    """Write, read and compare the derived tables of one file."""

    def __init__(self, store: Store) -> None:
        """Use the derived tables of `store`."""
        self._store = store

    def rebuild(self, index: Index) -> None:
        """Make every derived table anew; joins the running transaction or is an own one."""
        with self._store.within() as conn:
            conn.execute("DELETE FROM cells")
            conn.executemany("INSERT INTO cells (slot, state, digest, seq) VALUES (?, ?, ?, ?)", sorted(index.cells))
            for table, columns in _ROW_TABLES.items():
                conn.execute(f"DELETE FROM {table}")  # noqa: S608 - a fixed name
                marks = ", ".join("?" * (len(columns) - 1))
                conn.executemany(
                    f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608 - fixed names
                    f"VALUES ((SELECT id FROM documents WHERE digest = ?), {marks})",
                    sorted(getattr(index, table)),
                )

    def read(self) -> Index:
        """Return what the tables hold."""
        return Index(
            cells=frozenset(self._store.rows("SELECT slot, state, digest, seq FROM cells")),
            **{table: self._read(table, columns) for table, columns in _ROW_TABLES.items()},
        )

    def differences(self, index: Index) -> tuple[str, ...]:
        """Return the names of the tables that do not hold exactly what `index` says."""
        kept = self.read()
        return tuple(one.name for one in fields(Index) if getattr(kept, one.name) != getattr(index, one.name))

    def _read(self, table: str, columns: Sequence[str]) -> frozenset[Row]:
        rest = ", ".join(f"t.{column}" for column in columns[1:])
        return frozenset(
            self._store.rows(f"SELECT d.digest, {rest} FROM {table} t JOIN documents d ON d.id = t.document")  # noqa: S608
        )
