# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The remarks on a draft sheet and the person's word on each: meant so, or mended.

A word is kept for a remark on an item as it stood then. Once the item changes (its answer, texts or pages) the remark
comes back; when the change is taken back, the word holds again. Words and pages read are drafts like the rest: they
keep their history, and nothing of them is signed or exported with the sheet.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from pmqa_desktop.domain.answers import Comment
from pmqa_desktop.domain.documents import Paper
from pmqa_desktop.domain.linting import Notice, answered_unread, notices, same_text_elsewhere
from pmqa_desktop.domain.plaintext import clean, typed
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.evaluation.sheets import AREA as SHEET
from pmqa_desktop.services.evaluation.sheets import DraftSheet, entries, read_sheet
from pmqa_desktop.services.session import Session

AREA = "notices"
READING = "reading"
"""Where the pages opened lie: one field per paper and page."""


@dataclass(frozen=True, slots=True)
class KeptNotice:
    """A remark that the person answered with a word, and when."""

    notice: Notice
    word: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Remarks:
    """The remarks on a sheet: all of them in order, and which are answered."""

    all: tuple[Notice, ...]
    kept: tuple[KeptNotice, ...]

    @property
    def open(self) -> tuple[Notice, ...]:
        """Return the remarks that wait for a word."""
        answered = {one.notice for one in self.kept}
        return tuple(notice for notice in self.all if notice not in answered)


class _Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    word: str
    on: str
    at: str


class NoticeDesk:
    """Find the remarks on the own sheets and keep the words on them; not thread-safe, as the session."""

    def __init__(self, session: Session) -> None:
        """Work in an open workspace."""
        self._session = session
        self._visited: set[tuple[str, str, int]] = set()

    # ---- what there is to remark ----------------------------------------------------------------

    def remarks(self, agency: str, papers: Sequence[Paper]) -> Remarks:
        """Return the remarks on the own sheet on `agency`, whose papers are `papers`."""
        sheet = read_sheet(self._session, agency)
        found = self._found(agency, sheet, papers)
        words = self._session.drafts.current(AREA, agency)
        kept = []
        for notice in found:
            text = words.get((notice.item, _field(notice)))
            word = msgspec.json.decode(text, type=_Word) if text else None
            if word is not None and word.on == _basis(sheet, notice):
                kept.append(KeptNotice(notice, word.word, datetime.fromisoformat(word.at)))
        return Remarks(found, tuple(kept))

    def _found(self, agency: str, sheet: DraftSheet, papers: Sequence[Paper]) -> tuple[Notice, ...]:
        criteria = self._session.round().criteria
        texts = entries(sheet)
        found = list(notices(criteria, sheet.answers, texts, sheet.evidence))
        found += same_text_elsewhere(texts, self._other_texts(agency))
        read = not papers or bool(self.pages_read(agency))
        found += answered_unread(sheet.answers, sheet.evidence, papers_read=read)
        order = {item.code: n for n, item in enumerate(criteria.edition.items)}
        return tuple(sorted(found, key=lambda notice: order.get(notice.item, 0)))

    def _other_texts(self, agency: str) -> Mapping[str, Sequence[Comment]]:
        names = {one.agency: one.short_th or one.name_th for one in self._session.round().roster.agencies}
        return {
            names[other]: entries(read_sheet(self._session, other))
            for other in self._session.drafts.agencies(SHEET)
            if other != agency and other in names
        }

    # ---- the word -------------------------------------------------------------------------------

    def keep(self, agency: str, found: Sequence[Notice], word: str) -> datetime:
        """Keep one word on some remarks, as one act.

        Raises:
            Expected: `reason-needed`; the word is empty.
        """
        word = typed(word).strip()
        if not word:
            raise Expected("reason-needed", what="notice")
        sheet = read_sheet(self._session, agency)
        now = self._session.clock()
        changes: dict[tuple[str, str], str | None] = {
            (notice.item, _field(notice)): _text(_Word(word, _basis(sheet, notice), now.isoformat()))
            for notice in found
        }
        with self._session.store.write():
            self._session.drafts.set_many(AREA, agency, changes, now)
        return now

    # ---- pages read -----------------------------------------------------------------------------

    def opened_page(self, agency: str, digest: str, page: int) -> None:
        """Note that a page of a paper was on screen; the second time costs nothing."""
        visit = (agency, digest, page)
        if visit in self._visited:
            return
        with self._session.store.write():
            self._session.drafts.set(READING, agency, digest, f"page:{page}", "1", self._session.clock())
        self._visited.add(visit)

    def pages_read(self, agency: str) -> Mapping[str, frozenset[int]]:
        """Return the numbers of the pages opened on this agency, by the paper's digest."""
        found: dict[str, set[int]] = {}
        for digest, name in self._session.drafts.current(READING, agency):
            found.setdefault(digest, set()).add(int(name.removeprefix("page:")))
        return {digest: frozenset(pages) for digest, pages in found.items()}


def check_word(value: str) -> None:
    """Refuse what is no word on a remark as this module writes it: out of a draft of another laptop.

    Raises:
        ValueError: `value` is none.
    """
    word = msgspec.json.decode(value, type=_Word)
    if not word.word or clean(word.word) != word.word or datetime.fromisoformat(word.at).tzinfo is None:
        raise ValueError("no word on a remark")


def _field(notice: Notice) -> str:
    """Return the field that a remark's word lies in: its code and what fills its sentence."""
    told = hashlib.sha256(_text(notice.fields).encode()).hexdigest()[:16]
    return f"keep:{notice.code}:{told}"


def _basis(sheet: DraftSheet, notice: Notice) -> str:
    """Return a digest of the item as it stands: what a word on its remark was said about."""
    texts = sorted((kind, text) for (item, kind), text in sheet.comments.items() if item == notice.item)
    pages = [one for one in sheet.evidence if one.item == notice.item]
    whole = _text([sheet.answers.get(notice.item), texts, pages])
    return hashlib.sha256(whole.encode()).hexdigest()


def _text(value: object) -> str:
    return msgspec.json.encode(value, order="sorted").decode()
