# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What the secretariat does with all files of a round: board, results, checking the whole file, copies of it."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Literal

from pmqa_desktop.domain.board import Board, Conflict, board
from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.domain.results import Results
from pmqa_desktop.errors import Damage, Expected, PmqaError, Refusal
from pmqa_desktop.services.exchange.disputes import Dispute, read_dispute
from pmqa_desktop.services.exchange.intake import (
    GOOD,
    DocumentLine,
    FileOutcome,
    ImportReport,
    Outcome,
    import_files,
    name_round,
)
from pmqa_desktop.services.registry.outcome import round_results
from pmqa_desktop.services.session import Clock, Session
from pmqa_desktop.store.connection import JOURNAL, open_store
from pmqa_desktop.store.documents import DocumentRepository, StoredDocument
from pmqa_desktop.store.index import Index, IndexRepository, derive
from pmqa_desktop.store.migrations import SCHEMA
from pmqa_desktop.store.soundness import expect_sound_rows
from pmqa_desktop.sync.envelope import admit_line, envelope_line
from pmqa_desktop.system import reason

__all__ = [
    "GOOD",
    "AuditReport",
    "DocumentLine",
    "FileOutcome",
    "ImportReport",
    "Outcome",
    "RegistryService",
    "aside_name",
    "copy_registry",
    "import_files",
    "name_round",
    "open_registry",
    "restore",
]

Derived = Literal["equal", "due", "different"]
_INDEXED = "indexed-state"


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What checking a whole file found; `problems` is empty when it is clean.

    `derived` tells whether the derived tables equal the documents, or are due to be made anew since files came in.
    """

    state: str
    documents: int
    signatures: int
    derived: Derived
    problems: tuple[Refusal, ...]

    @property
    def clean(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.problems


class RegistryService:
    """The secretariat's desk over one open file."""

    def __init__(self, session: Session) -> None:
        """Work in an open workspace or registry."""
        self._session = session
        self._index = IndexRepository(session.store)

    def board(self) -> Board:
        """Return what the round expects against what is here."""
        return board(self._session.view())

    def results(self) -> Results:
        """Return the round's results as the documents give them now."""
        return round_results(self._session)

    def dispute(self, conflict: Conflict) -> Dispute:
        """Return the versions of a conflict of the board side by side."""
        return read_dispute(self._session, conflict)

    def rebuild_index(self) -> str:
        """Make the derived tables anew from the documents; return the state they belong to."""
        index = self._derived()
        state = self._session.documents.state()
        with self._session.store.write():
            self._index.rebuild(index)
            self._session.meta.set(_INDEXED, state)
        return state

    def ensure_index(self) -> None:
        """Make the derived tables anew if documents came in since they were made."""
        if self._session.meta.get(_INDEXED) != self._session.documents.state():
            self.rebuild_index()

    def audit(self) -> AuditReport:
        """Verify every digest and signature again, the file itself, and compare derived tables with the documents.

        Reads only. Nothing of what it checks is taken from an earlier check.
        """
        documents = self._session.documents
        file = self._session.store.path.name
        found = self._session.store.integrity()
        problems = [Refusal("store-damaged", "", (("file", file), ("found", line))) for line in found]
        if problems:
            return AuditReport("", 0, 0, "due", tuple(problems))
        wrong = set(documents.damaged(facts=True))
        problems += [Refusal("document-damaged", digest) for digest in sorted(wrong)]
        count = signatures = 0
        for stored in documents.envelopes():
            count += 1
            signatures += len(stored.signatures)
            if stored.digest not in wrong:
                problems += _unsound(stored)
        for waiting in documents.waiting():
            problems += _unsound(waiting.stored)
        derived: Derived = "due" if problems else self._compare()
        if derived == "different":
            problems.append(Refusal("derived-different"))
        return AuditReport(documents.state(), count, signatures, derived, tuple(problems))

    def expect_sound(self) -> None:
        """Read every document again before something is made of them that leaves the house.

        Raises:
            Damage: `document-damaged`, the first that is not what its digest says.
        """
        if wrong := self._session.documents.damaged(facts=True):
            raise Damage("document-damaged", where=wrong[0])

    def backup(self, target: Path) -> Path:
        """Write a checked copy of the whole file.

        Raises:
            Damage: `document-damaged`; a good copy made before is not replaced by a bad one.
        """
        self.expect_sound()
        return self._session.store.backup(target)

    def _compare(self) -> Derived:
        if self._session.meta.get(_INDEXED) != self._session.documents.state():
            return "due"
        return "different" if self._index.differences(self._derived()) else "equal"

    def _derived(self) -> Index:
        self._session.changed()
        sheets = self._session.documents.envelopes(kind="scoresheet")
        settled = self._session.documents.envelopes(kind="consensus")
        documents = (stored.admitted() for kind in (sheets, settled) for stored in kind)
        return derive(self._session.view(), documents, self._criteria())

    def _criteria(self) -> FrozenCriteria | None:
        try:
            return self._session.round().criteria
        except Expected:
            return None


def _unsound(stored: StoredDocument) -> list[Refusal]:
    """Read a stored document as an importer would read its line."""
    try:
        admitted = stored.admitted()
        again = admit_line(envelope_line(admitted))
    except PmqaError as error:
        told = tuple((key, str(value)) for key, value in error.fields.items() if key != "where")
        return [Refusal(error.code, stored.digest, told)]
    return [] if again == admitted else [Refusal("document-damaged", stored.digest)]


def open_registry(
    path: Path,
    *,
    clock: Clock,
    app: str,
    create: bool = False,
    key_file: Path | None = None,
    entropy: Callable[[int], bytes] = os.urandom,
) -> Session:
    """Open a registry without a window; nobody's name is on it, the key file opens what is sealed.

    Raises:
        Expected: what `open_store` raises.
        Damage: `store-damaged`.
    """
    store = open_store(path, create=create)
    return Session(store, person="", key_file=key_file, folder=path.parent, clock=clock, entropy=entropy, app=app)


def copy_registry(source: Path, target: Path) -> Path:
    """Write a checked copy of a registry that is not open, as it is, and return `target`."""
    with open_store(source, migrate=False) as present:
        return present.backup(target)


def aside_name(target: Path) -> Path:
    """Return where what is at `target` goes when a backup takes its place: a name that nothing has yet.

    What an earlier restore set aside stays: it may be the only file that holds the latest work.
    """
    path, number = target.with_name(f"{target.name}.before-restore"), 1
    while path.exists() or path.with_name(path.name + JOURNAL).exists():
        number += 1
        path = target.with_name(f"{target.name}.before-restore-{number}")
    return path


def _set_aside(target: Path) -> None:
    """Rename what is there, with its journal: left behind, that would be played into the restored file."""
    aside = aside_name(target)
    for ending in ("", JOURNAL):
        present = target.with_name(target.name + ending)
        if present.exists():
            present.replace(aside.with_name(aside.name + ending))


def expect_verified(documents: DocumentRepository) -> None:
    """Verify every digest and signature: anybody can seal a file to a key that the roster names.

    Raises:
        Damage: `document-damaged`, with the first document that is not what was signed.
    """
    if wrong := documents.damaged(facts=True):
        raise Damage("document-damaged", where=wrong[0])
    waiting = (one.stored for one in documents.waiting())
    for stored in chain(documents.envelopes(), waiting):
        if _unsound(stored):
            raise Damage("document-damaged", where=stored.digest)


def restore(backup: Path, target: Path) -> str:
    """Put a checked copy of `backup` at `target`; what was there stays beside it (`aside_name`).

    Returns:
        The state of the restored set.

    Raises:
        Expected: `backup-failed`, what `open_store` raises.
        Damage: `backup-damaged`; `target` is untouched then.
    """
    part = target.with_name(target.name + ".restoring")
    try:
        state = _checked_copy(backup, part)
        _set_aside(target)
        part.replace(target)
    except OSError as error:
        raise Expected("backup-failed", file=target.name, found=reason(error)) from error
    finally:
        for left in (part, part.with_name(f"{part.name}.before-{SCHEMA}")):
            left.unlink(missing_ok=True)
    return state


def _checked_copy(backup: Path, part: Path) -> str:
    """Copy a backup and read all of the copy that a start will read; return the state of its documents."""
    try:
        copy_registry(backup, part)
        with open_store(part) as copy:
            expect_sound_rows(copy)
            documents = DocumentRepository(copy)
            expect_verified(documents)
            return documents.state()
    except Damage as damage:
        found = damage.fields.get("found") or damage.fields.get("where", "")
        raise Damage("backup-damaged", file=backup.name, found=found) from damage
