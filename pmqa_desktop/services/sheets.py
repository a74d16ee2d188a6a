# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The own draft on one agency as one value: read from its fields, parted into entries, searched."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Literal

import msgspec

from pmqa_desktop.domain.answers import COMMENT_KINDS, Answer, Comment, CommentKind, Evidence
from pmqa_desktop.services.session import Session

AREA = "sheet"
"""Where the fields of a sheet lie among the drafts; remarks answered and pages read lie apart."""

NOTE = "note"
_EXCERPT = 40


@dataclass(frozen=True, slots=True)
class DraftSheet:
    """The own sheet on one agency as last saved; notes stay on this laptop and are never exported."""

    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))
    comments: Mapping[tuple[str, CommentKind], str] = field(default_factory=lambda: MappingProxyType({}))
    evidence: tuple[Evidence, ...] = ()
    notes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a text was found: `start` and `length` count characters of the field, `excerpt` shows the place.

    `kind` is a kind of comment, or `note` for a private note.
    """

    agency: str
    item: str
    kind: CommentKind | Literal["note"]
    start: int
    length: int
    excerpt: str


def read_sheet(session: Session, agency: str) -> DraftSheet:
    """Return the own draft on `agency`; empty when nothing was put down yet."""
    answers: dict[str, Answer] = {}
    comments: dict[tuple[str, CommentKind], str] = {}
    evidence: list[Evidence] = []
    notes: dict[str, str] = {}
    kinds = {f"comment:{kind}": kind for kind in COMMENT_KINDS}
    for (item, name), value in session.drafts.current(AREA, agency).items():
        if name == "answer":
            answers[item] = msgspec.json.decode(value, type=Answer)
        elif name in kinds:
            comments[item, kinds[name]] = value
        elif name == "evidence":
            evidence += msgspec.json.decode(value, type=list[Evidence])
        elif name == NOTE:
            notes[item] = value
    order = {item.code: n for n, item in enumerate(session.round().criteria.edition.items)}
    evidence.sort(key=lambda e: (order.get(e.item, 0), e.point, e.page, e.document, e.note))
    return DraftSheet(answers, comments, tuple(evidence), notes, session.drafts.saved_at(AREA, agency))


def parted(text: str) -> tuple[str, ...]:
    """Return the entries of one comment field: paragraphs with a blank line between."""
    return tuple(entry.strip() for entry in text.split("\n\n") if entry.strip())


def joined(texts: Iterable[str]) -> str:
    """Return entries as one comment field; `parted` gives them back, without blank lines of their own."""
    closed = ("\n".join(line for line in text.split("\n") if line.strip()) for text in texts)
    return "\n\n".join(text for text in closed if text)


def entries(sheet: DraftSheet) -> tuple[Comment, ...]:
    """Split every comment field of a sheet into its entries, by item and kind."""
    ordered = sorted(sheet.comments.items(), key=lambda pair: (_item_key(pair[0][0]), COMMENT_KINDS.index(pair[0][1])))
    return tuple(Comment(item, kind, entry) for (item, kind), text in ordered for entry in parted(text))


def find(agency: str, sheet: DraftSheet, wanted: str) -> tuple[Hit, ...]:
    """Return every place of `wanted` in the comments and notes of a sheet, item by item; case means nothing."""
    if not wanted.strip():
        return ()
    pattern = re.compile(re.escape(wanted), re.IGNORECASE)
    order: tuple[str, ...] = (*COMMENT_KINDS, NOTE)
    fields: list[tuple[str, CommentKind | Literal["note"], str]] = [
        (item, kind, text) for (item, kind), text in sheet.comments.items()
    ]
    fields += [(item, "note", text) for item, text in sheet.notes.items()]
    fields.sort(key=lambda one: (_item_key(one[0]), order.index(one[1])))
    return tuple(
        Hit(agency, item, kind, found.start(), found.end() - found.start(), _excerpt(text, found.start(), found.end()))
        for item, kind, text in fields
        for found in pattern.finditer(text)
    )


def _excerpt(text: str, start: int, end: int) -> str:
    """Return the found text with its surroundings as one line."""
    before, after = text[max(0, start - _EXCERPT) : start], text[end : end + _EXCERPT]
    left = "…" if start > _EXCERPT else ""
    right = "…" if end + _EXCERPT < len(text) else ""
    return " ".join(f"{left}{before}{text[start:end]}{after}{right}".split())


def _item_key(code: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in code.split("."))
