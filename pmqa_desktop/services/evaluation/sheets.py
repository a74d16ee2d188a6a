# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The own draft on one agency as one value: read from its fields, parted into entries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

import msgspec

from pmqa_desktop.domain.answers import COMMENT_KINDS, Answer, Comment, CommentKind, Evidence
from pmqa_desktop.services.session import Session
from pmqa_desktop.text import N_

AREA = "sheet"
"""Where the fields of a sheet lie among the drafts; remarks answered and pages read lie apart."""

NOTE = "note"

KIND_WORDS: dict[CommentKind, str] = {
    "strength": N_("Strengths"),
    "ofi": N_("Opportunities (OFI)"),
    "recommendation": N_("Recommendations"),
    "site_visit_issue": N_("Site-visit issues"),
}
"""What the four kinds of words are called: message ids."""


@dataclass(frozen=True, slots=True)
class DraftSheet:
    """The own sheet on one agency as last saved; notes stay on this laptop and are never exported.

    `changed` names the fields (item, field of its history) that the step changed which led here: an undo, a redo or
    a value given back; it is empty otherwise.
    """

    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))
    comments: Mapping[tuple[str, CommentKind], str] = field(default_factory=lambda: MappingProxyType({}))
    evidence: tuple[Evidence, ...] = ()
    notes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    saved_at: datetime | None = None
    changed: tuple[tuple[str, str], ...] = ()


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
    ordered = sorted(sheet.comments.items(), key=lambda pair: (item_key(pair[0][0]), COMMENT_KINDS.index(pair[0][1])))
    return tuple(Comment(item, kind, entry) for (item, kind), text in ordered for entry in parted(text))


def item_key(code: str) -> tuple[int, ...]:
    """Return what sorts item codes as people count: 1.2 before 1.10."""
    return tuple(int(part) if part.isdigit() else 0 for part in code.split("."))
