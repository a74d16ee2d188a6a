# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The draft of a round under the hands of the window: every change is kept at once and can be undone."""

from collections.abc import Callable, Sequence
from dataclasses import replace as with_fields
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from pmqa_desktop.domain.criteria import Edition
from pmqa_desktop.errors import Expected, PmqaError
from pmqa_desktop.services.editions import edition_of
from pmqa_desktop.services.identity import OwnKey
from pmqa_desktop.services.rounds.checks import Lack, lacks
from pmqa_desktop.services.rounds.draft import OpenedDraft, RoundDraft, RoundDrafts, told_groups
from pmqa_desktop.services.rounds.enrolling import Enrolled
from pmqa_desktop.services.rounds.plan import PlannedPerson, RoundPlan
from pmqa_desktop.services.rounds.recovery import RecoveryKey, make_recovery, recipient_named
from ui.tasks import TaskRunner

MOST_STEPS = 200


class DraftDesk(QObject):
    """One draft: `changed` after every change, `rebuilt` when the fields on screen no longer show what it holds.

    `narrow` tells the pages that there is no room for a list beside what is chosen in it.
    """

    changed = Signal()
    rebuilt = Signal()
    saved = Signal(object)
    unsaved = Signal(object)

    def __init__(
        self, drafts: RoundDrafts, tasks: TaskRunner, opened: OpenedDraft, keys: tuple[OwnKey, ...], parent: QObject
    ) -> None:
        """Work on `opened`; `keys` are the own keys of this laptop."""
        super().__init__(parent)
        self.drafts, self.keys, self.broken = drafts, keys, opened.broken
        self.narrow = False
        self.folder = opened.folder
        self._tasks = tasks
        self._draft, self.enrolled = opened.draft, opened.enrolled
        self._back: list[tuple[RoundDraft, str]] = []
        self._on: list[RoundDraft] = []
        self._waiting: RoundDraft | None = None
        self._writing = False
        self.trouble: Exception | None = None
        self._edition_name: str | None = None
        self._edition: Edition | None = None

    # ---- reading --------------------------------------------------------------------------------

    @property
    def draft(self) -> RoundDraft:
        """Return the draft as it stands."""
        return self._draft

    @property
    def plan(self) -> RoundPlan:
        """Return the plan as it stands."""
        return self._draft.plan

    @property
    def own(self) -> OwnKey | None:
        """Return the key that signs: the signer's on this laptop, of the round's kind."""
        fitting = [one for one in self.keys if one.rehearsal == self.plan.rehearsal]
        return next((one for one in fitting if one.person == self._draft.person), None)

    @property
    def edition(self) -> Edition | None:
        """Return the edition chosen, None where it does not read any more."""
        name = self.plan.edition
        if name != self._edition_name:
            self._edition_name = name
            try:
                self._edition = edition_of(name)
            except PmqaError:
                self._edition = None
        return self._edition

    def lacks(self) -> tuple[Lack, ...]:
        """Return what is missing."""
        return lacks(self._draft, self.enrolled, self.edition)

    def opened(self) -> OpenedDraft:
        """Return draft and enrolments as they stand, to sign."""
        return OpenedDraft(self.folder, self._draft, self.enrolled)

    def keys_of(self, person: str) -> tuple[Enrolled, ...]:
        """Return a person's enrolments."""
        return tuple(one for one in self.enrolled if one.person == person)

    # ---- changing -------------------------------------------------------------------------------

    def change_plan(self, *, tag: str = "", rebuild: bool = True, **fields: Any) -> None:
        """Change fields of the plan; changes of one `tag` in a row are undone together (the letters of a field)."""
        self.change(replace(self._draft, plan=replace(self.plan, **fields)), tag=tag, rebuild=rebuild)

    def change(self, draft: RoundDraft, *, tag: str = "", rebuild: bool = True) -> None:
        """Take a changed draft, keep it, and tell."""
        if draft == self._draft:
            return
        if not (tag and self._back and self._back[-1][1] == tag):
            self._back = [*self._back[-MOST_STEPS:], (self._draft, tag)]
        self._on.clear()
        self._take(draft, rebuild=rebuild)

    def _take(self, draft: RoundDraft, *, rebuild: bool) -> None:
        self._draft = draft
        self.enrolled = tuple(with_fields(one, compared=one.key in draft.compared) for one in self.enrolled)
        self._save()
        self.changed.emit()
        if rebuild:
            self.rebuilt.emit()

    @property
    def can_undo(self) -> bool:
        """Tell whether there is something to undo."""
        return bool(self._back) and not self._draft.signed

    @property
    def can_redo(self) -> bool:
        """Tell whether something was undone."""
        return bool(self._on) and not self._draft.signed

    def undo(self) -> None:
        """Take the last change back."""
        if self.can_undo:
            before, _tag = self._back.pop()
            self._on.append(self._draft)
            self._take(before, rebuild=True)

    def redo(self) -> None:
        """Make again what was undone last."""
        if self.can_redo:
            after = self._on.pop()
            self._back.append((self._draft, ""))
            self._take(after, rebuild=True)

    def signed(self, draft: RoundDraft) -> None:
        """Take the draft over that was signed and kept elsewhere; nothing is undone any more."""
        self._draft = draft
        self._back.clear()
        self._on.clear()

    # ---- keeping --------------------------------------------------------------------------------

    def _save(self) -> None:
        """Write the newest state; while one is being written the next waits, and only the newest of those."""
        self._waiting = self._draft
        if not self._writing:
            self._write()

    def _write(self) -> None:
        draft, self._waiting = self._waiting, None
        if draft is None:
            return
        self._writing = True

        def done(_none: None) -> None:
            self._writing, self.trouble = False, None
            self.saved.emit(datetime.now().astimezone())
            self._write()

        def failed(error: Exception) -> None:
            self._writing, self.trouble = False, error
            self.unsaved.emit(error)

        self._tasks.store(lambda: self.drafts.save(self.folder, draft), done, failed, self)

    def save_again(self) -> None:
        """Try once more what the disk did not take."""
        self._save()

    # ---- enrolments -----------------------------------------------------------------------------

    def take_enrolments(
        self, paths: Sequence[Path], done: Callable[[int], None], failed: Callable[[Exception], None]
    ) -> None:
        """Take enrolment files in; whoever is not in the plan yet is added with the office that the file tells."""
        draft = self._draft

        def took(found: tuple[Enrolled, ...]) -> None:
            keys = {one.key for one in found}
            self.enrolled = (*(one for one in self.enrolled if one.key not in keys), *found)
            known = {one.person for one in self.plan.persons}
            new = {one.person: one for one in found if one.person not in known}
            more = tuple(PlannedPerson(who, one.office or one.name, "") for who, one in new.items())
            self.change_plan(persons=(*self.plan.persons, *more), rebuild=False)
            self.changed.emit()
            self.rebuilt.emit()
            done(len(found))

        self._tasks.store(lambda: self.drafts.take(self.folder, draft, paths), took, failed, self)

    def compared(self, enrolled: Enrolled, typed: str) -> None:
        """Note that a person compared a key's fingerprint; raises Expected `fingerprint-differs`."""
        key = told_groups(enrolled, typed)
        self.change(replace(self._draft, compared=tuple(sorted({*self._draft.compared, key}))))

    def make_recovery(
        self,
        folders: tuple[Path, ...],
        passphrase: str,
        done: Callable[[RecoveryKey], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Make a recovery key onto media; the plan then names it."""
        rehearsal = self.plan.rehearsal
        self._tasks.store(lambda: make_recovery(folders, passphrase, rehearsal=rehearsal), done, failed, self)

    def take_recovery(self, path: Path) -> None:
        """Name the recovery key whose file or card lies at `path`; raises Expected `recovery-card-invalid`."""
        self.change_plan(recovery=recipient_named(str(path)))

    def take_edition(self, path: Path, failed: Callable[[Exception], None]) -> None:
        """Choose an edition from a file, of which a copy is kept."""

        def took(name: str) -> None:
            self.choose_edition(name)

        self._tasks.store(lambda: self.drafts.take_edition(self.folder, path), took, failed, self)

    def choose_edition(self, name: str) -> None:
        """Choose an edition; settings of the former one are gone, as is whatever items seats were to judge."""
        panels = tuple(
            replace(panel, seats=tuple(replace(seat, items=()) for seat in panel.seats)) for panel in self.plan.panels
        )
        plan = replace(self.plan, edition=name, settings={}, panels=panels)
        self.change(replace(self._draft, plan=plan, confirmed=()))


def is_key_trouble(error: Exception) -> bool:
    """Tell whether an error is about the passphrase, to be told at its field."""
    return isinstance(error, Expected) and error.code in ("wrong-passphrase", "passphrase-wait", "passphrase-missing")
