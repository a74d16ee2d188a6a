# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""One sheet on the screen: held in memory, scored at once, sent to the store edit by edit.

Edits never wait for the disk. The stamp follows the acknowledgement of the store, and an edit that could not be
saved stays in memory and is sent again by the next one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from functools import partial
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from pmqa_desktop.domain.answers import COMMENT_KINDS, Answer, CommentKind, Evidence
from pmqa_desktop.domain.criteria import FrozenCriteria, Item
from pmqa_desktop.domain.documents import Paper
from pmqa_desktop.domain.linting import Notice
from pmqa_desktop.domain.scoring import ItemScore, SheetScore, display, score_sheet
from pmqa_desktop.services.evaluation.attachments import Attached, Attachment
from pmqa_desktop.services.evaluation.finding import Hit
from pmqa_desktop.services.evaluation.reading import Reading
from pmqa_desktop.services.evaluation.scoring import AgencyWork, DraftSheet, HistoryEntry, ReadBack, ScoringService
from pmqa_desktop.services.evaluation.sheets import joined, parted
from ui.screens.scoring.missing import Missing, missing_of
from ui.tasks import TaskRunner

PAUSE_MS = 1000
"""A comment is sent to the store after a pause of this many milliseconds, and whenever the cursor leaves."""

CHECK_MS = 2000
"""The remarks and the size of the sheet are asked for after this many milliseconds without an edit."""

CommentKey = tuple[str, CommentKind]
Changed = tuple[tuple[str, str], ...]
"""Fields of the sheet: item, and the field's name in the history."""
StepAct = Literal["undo", "redo", "restore"]


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """What the store gave when the sheet was opened."""

    work: AgencyWork
    sheet: DraftSheet
    papers: tuple[Paper, ...]
    attached: Mapping[str, Attachment] = field(default_factory=dict)
    reading: Reading = field(default_factory=Reading)


class SheetDesk(QObject):
    """The answers, words and links of one agency's sheet, with their scores."""

    answer_changed = Signal(str)
    comment_changed = Signal(str, str)
    evidence_changed = Signal(str)
    reloaded = Signal()
    stepped = Signal(str, object)
    steps_changed = Signal(bool, bool)
    checked = Signal(object)
    saved = Signal(object)
    unsaved = Signal(object)

    def __init__(
        self,
        service: ScoringService,
        tasks: TaskRunner,
        criteria: FrozenCriteria,
        opened: OpenSheet,
        parent: QObject | None = None,
    ) -> None:
        """Take over what `opened` holds."""
        super().__init__(parent)
        self._service = service
        self._tasks = tasks
        self.criteria = criteria
        self.work = opened.work
        self.agency = opened.work.agency
        self.seat = opened.work.seat
        self.papers = opened.papers
        self.attached = dict(opened.attached)
        self._pending: dict[CommentKey, str] = {}
        self._pending_notes: dict[str, str] = {}
        self.not_yet: dict[str, str] = {}
        """Reasons, by item, that were typed and not given yet."""
        self._unsent: dict[tuple[object, ...], Callable[[], datetime]] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self._check = QTimer(self)
        self._check.setSingleShot(True)
        self._check.setInterval(CHECK_MS)
        self._check.timeout.connect(self.check)
        self.read: ReadBack | None = None
        self._away = False
        self.can_undo = self.can_redo = False
        self._take(opened.sheet)
        self.opened_at = self.saved_at
        self._ask_steps()

    def _take(self, sheet: DraftSheet) -> None:
        self._answers = dict(sheet.answers)
        self._comments = dict(sheet.comments)
        self._evidence = list(sheet.evidence)
        self._notes = dict(sheet.notes)
        self.saved_at = sheet.saved_at
        self._score: SheetScore | None = None

    # ---- reading --------------------------------------------------------------------------------

    def judges(self, item: str) -> bool:
        """Tell whether the seat judges this item; others are shown but closed."""
        return not self.seat.items or item in self.seat.items

    def answer(self, item: str) -> Answer | None:
        """Return the answer to an item; None is missing."""
        return self._answers.get(item)

    def comment(self, item: str, kind: CommentKind) -> str:
        """Return the words of one field."""
        return self._comments.get((item, kind), "")

    def note(self, item: str) -> str:
        """Return the private note on an item."""
        return self._notes.get(item, "")

    def evidence(self, item: str, point: str | None = None) -> tuple[Evidence, ...]:
        """Return the linked pages of an item; those of one point (`""`: of the item as a whole) if it is given."""
        return tuple(one for one in self._evidence if one.item == item and point in (None, one.point))

    def all_evidence(self) -> tuple[Evidence, ...]:
        """Return every linked page of the sheet."""
        return tuple(self._evidence)

    @property
    def score(self) -> SheetScore:
        """Return the scores of the sheet as it stands in memory."""
        if self._score is None:
            self._score = score_sheet(self.criteria, self._answers)
        return self._score

    def item_score(self, item: str) -> ItemScore:
        """Return the score of one item."""
        return self.score.items[item]

    def shown(self, value: Fraction | None) -> str:
        """Return a score as the window writes it; empty where there is none."""
        return "" if value is None else short_number(display(value, self.criteria))

    def missing(self, item: Item) -> tuple[Missing, ...]:
        """Return what an item still lacks."""
        return missing_of(
            self.criteria, item, self.answer(item.code), self.item_score(item.code), self._comments, self._evidence
        )

    def entries(self, item: str, kind: CommentKind) -> int:
        """Return how many entries a field has: paragraphs with a blank line between."""
        return len(parted(self.comment(item, kind)))

    def longest(self) -> tuple[str, CommentKind, int] | None:
        """Return item, kind and size in bytes of the longest comment; None while there is none."""
        sizes = [(len(text.encode()), item, kind) for (item, kind), text in self._comments.items() if text]
        size, item, kind = max(sizes, default=(0, "", "strength"))
        return (item, kind, size) if size else None

    def begun(self, item: str) -> bool:
        """Tell whether anything was put down about an item."""
        return item in self._answers or any(self._comments.get((item, kind), "").strip() for kind in COMMENT_KINDS)

    def scored_of(self, category: str) -> tuple[int, int]:
        """Return how many items of a category that the seat judges have an answer, and how many there are."""
        codes = [item.code for item in self.criteria.edition.items_of(category) if self.judges(item.code)]
        return sum(self.item_score(code).state != "missing" for code in codes), len(codes)

    def progress(self) -> tuple[int, int]:
        """Return the same over the whole sheet."""
        counts = [self.scored_of(category.code) for category in self.criteria.edition.categories]
        return sum(done for done, _of in counts), sum(of for _done, of in counts)

    # ---- edits ----------------------------------------------------------------------------------

    def set_answer(self, item: str, answer: Answer | None) -> None:
        """Put an answer down, or take it back to missing."""
        if answer == self._answers.get(item):
            return
        if answer is None:
            self._answers.pop(item, None)
        else:
            self._answers[item] = answer
        self._score = None
        self.answer_changed.emit(item)
        self._send(("answer", item), partial(self._service.save_answer, self.agency.agency, item, answer))

    def tick(self, item: str, point: str, on: bool) -> None:
        """Tick or untick a point; the last one taken away leaves the item missing, never a silent zero."""
        before = self._answers.get(item) or Answer()
        ticks = set(before.ticks) | {point} if on else set(before.ticks) - {point}
        self.set_answer(item, Answer(ticks=tuple(sorted(ticks))) if ticks else None)

    def set_comment(self, item: str, kind: CommentKind, text: str) -> None:
        """Take words over; they are sent after a pause or by `flush`."""
        if text == self.comment(item, kind):
            return
        self._comments[item, kind] = text
        self._pending[item, kind] = text
        self._pause.start()
        self.comment_changed.emit(item, kind)

    def set_entries(self, item: str, texts: Mapping[CommentKind, Sequence[str]]) -> None:
        """Put the entries of some kinds of an item in another order, as one act."""
        self.flush()
        kept = {kind: tuple(text for text in several if text.strip()) for kind, several in texts.items()}
        for kind, several in kept.items():
            self._comments[item, kind] = joined(several)
        for kind in kept:
            self.comment_changed.emit(item, kind)
        key = ("entries", item, *sorted(kept))
        self._send(key, partial(self._service.save_entries, self.agency.agency, item, kept))

    def set_note(self, item: str, text: str) -> None:
        """Take a private note over; it is sent after a pause or by `flush`."""
        if text != self.note(item):
            self._notes[item] = text
            self._pending_notes[item] = text
            self._pause.start()

    def put_away(self) -> None:
        """Send what waits and ask the store nothing more: the workspace is about to be closed."""
        self.flush()
        self._away = True
        self._check.stop()

    def flush(self) -> None:
        """Send all words that wait for their pause."""
        self._pause.stop()
        agency = self.agency.agency
        comments, self._pending = self._pending, {}
        notes, self._pending_notes = self._pending_notes, {}
        for (item, kind), text in comments.items():
            self._send(("comment", item, kind), partial(self._service.save_comment, agency, item, kind, text))
        for item, text in notes.items():
            self._send(("note", item), partial(self._service.save_note, agency, item, text))

    def retry(self) -> None:
        """Send again what could not be saved."""
        self.flush()
        for key, work in tuple(self._unsent.items()):
            self._send(key, work)

    def link(self, evidence: Evidence) -> None:
        """Link a page; linking twice changes nothing."""
        if evidence not in self._evidence:
            self._evidence.append(evidence)
            self.evidence_changed.emit(evidence.item)
            self._send(("page", evidence), partial(self._service.link, self.agency.agency, evidence))

    def unlink(self, evidence: Evidence) -> None:
        """Take a linked page away."""
        if evidence in self._evidence:
            self._evidence.remove(evidence)
            self.evidence_changed.emit(evidence.item)
            self._send(("page", evidence), partial(self._service.unlink, self.agency.agency, evidence))

    def relink(self, before: Evidence, after: Evidence) -> None:
        """Put another link in the place of one, for example with a note; as one act."""
        if before in self._evidence and before != after:
            self._evidence[self._evidence.index(before)] = after
            self.evidence_changed.emit(after.item)
            self._send(("page", before), partial(self._service.relink, self.agency.agency, before, after))

    def take_attached(self, found: Attached) -> None:
        """Show a file that the service attached and linked already."""
        self.attached[found.attachment.digest] = found.attachment
        if found.evidence not in self._evidence:
            self._evidence.append(found.evidence)
        self.evidence_changed.emit(found.evidence.item)

    def attached_size(self) -> tuple[int, int]:
        """Return how many files are attached to the sheet, and how many bytes they are together."""
        linked = {one.document for one in self._evidence if one.document in self.attached}
        return len(linked), sum(self.attached[digest].bytes for digest in linked)

    @property
    def has_unsaved(self) -> bool:
        """Tell whether an edit is not on the disk."""
        return bool(self._unsent or self._pending or self._pending_notes)

    def undo(self) -> None:
        """Take the last edit back, also one from before a restart."""
        self._step("undo", self._service.undo)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._step("redo", self._service.redo)

    def restore(self, number: int) -> None:
        """Give a field the value again that an entry of its history gave it."""
        self._step("restore", lambda agency: self._service.restore(agency, number))

    def _step(self, act: StepAct, work: Callable[[str], DraftSheet | None]) -> None:
        self.flush()
        agency = self.agency.agency
        self._tasks.store(lambda: work(agency), partial(self._reload, act), self.unsaved.emit, self)

    def _reload(self, act: StepAct, sheet: DraftSheet | None) -> None:
        if sheet is None:
            self.stepped.emit(act, ())
            return
        self._take(sheet)
        # what was typed while the store answered is newer
        self._comments.update(self._pending)
        self._notes.update(self._pending_notes)
        self.reloaded.emit()
        self.saved.emit(self.saved_at)
        self.stepped.emit(act, sheet.changed)
        self._ask_steps()
        self._check_later()

    # ---- questions to the store -----------------------------------------------------------------

    def _ask_steps(self) -> None:
        if self._away:
            return
        agency, service = self.agency.agency, self._service
        self._tasks.store(lambda: (service.can_undo(agency), service.can_redo(agency)), self._take_steps, owner=self)

    def _take_steps(self, steps: tuple[bool, bool]) -> None:
        if steps != (self.can_undo, self.can_redo):
            self.can_undo, self.can_redo = steps
            self.steps_changed.emit(*steps)

    def find(self, words: str, everywhere: bool, done: Callable[[tuple[Hit, ...]], None]) -> None:
        """Search the own comments and notes on this agency, or on all own ones."""
        self.flush()
        agency = None if everywhere else self.agency.agency
        self._tasks.store(lambda: self._service.find(agency, words), done, owner=self)

    def history(self, item: str, done: Callable[[tuple[HistoryEntry, ...]], None]) -> None:
        """Read every earlier value of an item's fields, newest first."""
        self.flush()
        self._tasks.store(lambda: self._service.history(self.agency.agency, item), done, owner=self)

    def _check_later(self) -> None:
        if not self._away:
            self._check.start()

    def check(self) -> None:
        """Ask for the remarks and the size of the sheet; `checked` tells them."""
        self._check.stop()
        if self._away:
            return
        self._tasks.store(lambda: self._service.read_back(self.agency.agency), self._take_check, owner=self)

    def _take_check(self, read: ReadBack) -> None:
        self.read = read
        self.checked.emit(read)

    def keep(self, notices: Sequence[Notice], word: str) -> None:
        """Answer remarks with a word: it is meant so."""
        self.flush()
        agency = self.agency.agency
        self._tasks.store(
            lambda: self._service.keep_notices(agency, word, notices), lambda _at: self.check(), self.unsaved.emit, self
        )

    def _send(self, key: tuple[object, ...], work: Callable[[], datetime]) -> None:
        self._tasks.store(
            work,
            lambda at: self._acknowledged(key, at),
            lambda error: self._refused(key, work, error),
            self,
        )

    def _acknowledged(self, key: tuple[object, ...], at: datetime) -> None:
        self._unsent.pop(key, None)
        self.saved_at = at
        self._ask_steps()
        self._check_later()
        if not self._unsent:
            self.saved.emit(at)

    def _refused(self, key: tuple[object, ...], work: Callable[[], datetime], error: Exception) -> None:
        self._unsent[key] = work
        self.unsaved.emit(error)


def short_number(text: str) -> str:
    """Return a shown score without decimals that are all zero: `400`, but `366.67`."""
    whole, _dot, places = text.partition(".")
    return text if places.strip("0") else whole


def level_number(criteria: FrozenCriteria, code: str | None) -> int:
    """Return the place of a level, 1 for the lowest; 0 below the lowest."""
    codes = [level.code for level in criteria.edition.levels]
    return codes.index(code) + 1 if code in codes else 0


def reached_level(criteria: FrozenCriteria, score: ItemScore) -> int:
    """Return the level a score stands on: by its ticks, or by the value where an item has no levels of its own."""
    if score.level is not None or score.levels:
        return level_number(criteria, score.level)
    value = score.exact
    return 0 if value is None else sum(value >= level.cumulative for level in criteria.edition.levels)
