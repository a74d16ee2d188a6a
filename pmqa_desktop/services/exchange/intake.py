# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Take others' files in: any number, in any order, each whole or not at all.

What a file may bring in depends on its bytes and on the round of the open file alone, so every order gives the
same set (bundle format, section 4). Files that look like rosters go first, because documents of signers whom no
stored roster names wait outside the set, in a holding area with a quota.
"""

from collections.abc import Iterable, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.facts import Fact, fact_of
from pmqa_desktop.domain.trust import KnownSigners, roster_of
from pmqa_desktop.domain.view import View
from pmqa_desktop.errors import Expected, Refusal, Refused
from pmqa_desktop.progress import Cancelled, Progress
from pmqa_desktop.services.exchange.attached_files import Incoming, give_up, settle_files
from pmqa_desktop.services.exchange.given import announces_roster, expand
from pmqa_desktop.services.session import Session
from pmqa_desktop.store.documents import Added
from pmqa_desktop.store.meta import NamedRound
from pmqa_desktop.sync.container import Bundle
from pmqa_desktop.sync.importing import private_folder, take_in
from pmqa_desktop.sync.keys import Identity

Outcome = Literal["new", "newer", "known", "partly-known", "held", "conflict", "waiting", "refused"]
GOOD: frozenset[str] = frozenset({"new", "newer", "known", "partly-known"})
"""The outcomes that ask nothing of anybody."""

WAITING = "waiting"
"""The status of a document in the holding area."""

HOLD = "hold"
"""The act in the log that put a document into the holding area; its fields are `digest` and `file`."""

FILES_PER_TRANSACTION = 500


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document of a file: whose it is and whether it counts (`counted`, `superseded`, `waiting` or a code)."""

    digest: str
    kind: str
    person: str
    seat: str
    agency: str
    seq: int
    status: str


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file; `refusal` is there when nothing of it was stored."""

    file: str
    outcome: Outcome
    refusal: Refusal | None = None
    documents: tuple[DocumentLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """A line per file, in the order given, and the state of the set afterwards."""

    files: tuple[FileOutcome, ...]
    state: str

    @property
    def good(self) -> bool:
        """Tell whether every file came in and nothing of it is held, disputed or waiting."""
        return all(one.outcome in GOOD for one in self.files)


@dataclass(slots=True)
class _File:
    """What is known about one file while the import runs."""

    path: Path
    name: str
    refusal: Refusal | None = None
    digests: tuple[str, ...] = ()
    added: dict[str, Added] = field(default_factory=dict)
    waiting: dict[str, Fact] = field(default_factory=dict)
    newer: bool = False


def import_files(
    session: Session, paths: Sequence[Path], progress: Progress | None = None, *, also: Identity | None = None
) -> ImportReport:
    """Join files, and all `.pmqa` files below folders, to the open file's set.

    A file that holds documents already is first copied to `NAME.before-import`, and the copy is checked.
    A transaction takes 500 files, a savepoint one; after a cancel what was complete stays.

    Args:
        session: The open workspace or registry; its key, if unlocked, opens sealed files.
        paths: Files and folders.
        progress: Told before each file.
        also: A second key, for what is sealed to others than the session's own; the caller closes it.

    Raises:
        Cancelled: the person asked to stop.
        Expected: what writing the store can raise; refusals of single files are in the report.
    """
    intake = _Intake(session, also)
    files = [_File(path, name) for path, name in expand(paths)]
    intake.keep_backup()
    intake.take(sorted(files, key=lambda one: not announces_roster(one.path)), progress or Progress())
    return intake.report(files)


def join_documents(session: Session, documents: Sequence[Admitted], file: str) -> None:
    """Join verified documents that came another way than in a bundle, inside the caller's transaction.

    They take the way of an import: a signer whom no stored roster names waits in the holding area.

    Raises:
        Expected: `holding-area-full`.
    """
    facts = tuple(fact_of(one) for one in documents)
    _Intake(session).join(_File(Path(file), file), documents, facts)


def keep_backup(session: Session) -> None:
    """Copy a file that holds documents to `NAME.before-import`, and check the copy."""
    _Intake(session).keep_backup()


def name_round(session: Session, roster: str, known: Iterable[Admitted] = ()) -> None:
    """Name the round of the open file by its first roster, whose fingerprint a person checked.

    Args:
        session: The open file.
        roster: The roster's digest.
        known: Where the roster itself may be found, beside the file's own documents; without it the round becomes
            known when the roster comes. Until then another name may still be given: a digest may be mistyped.

    Raises:
        Expected: `roster-not-first`; `other-round` when the file is named otherwise already.
    """
    found = _roster_at_hand(session, roster, known)
    present = session.meta.named()
    if found is not None and (found.kind != "roster" or found.document.seq != 1):
        raise Expected("roster-not-first", digest=roster)
    if present is not None and present.round:
        if present.roster != roster:
            raise Expected("other-round", found=roster, expected=present.roster)
    elif found is not None:
        session.meta.name(NamedRound(roster, found.document.round, found.document.rehearsal))
    else:
        session.meta.name(NamedRound(roster, "", False))
    session.changed()


def _roster_at_hand(session: Session, roster: str, known: Iterable[Admitted]) -> Admitted | None:
    given = next((one for one in known if one.digest == roster), None)
    stored = session.documents.get(roster) if given is None else None
    return stored.admitted() if stored is not None else given


class _Intake:
    """One import into one open file."""

    def __init__(self, session: Session, also: Identity | None = None) -> None:
        self._session = session
        self._store = session.store
        self._documents = session.documents
        self._identity = _own_key(session) or also
        self._also = also
        self._look_up()

    def _look_up(self) -> None:
        self._named = self._session.meta.named()
        self._signers = KnownSigners(self._documents.rosters())

    def keep_backup(self) -> None:
        if self._store.value("SELECT 1 FROM documents LIMIT 1"):
            path = self._store.path
            self._store.backup(path.with_name(path.name + ".before-import"))

    def take(self, files: Sequence[_File], progress: Progress) -> None:
        again: list[_File] = []
        with private_folder() as staging:
            for start in range(0, len(files), FILES_PER_TRANSACTION):
                part = files[start : start + FILES_PER_TRANSACTION]
                again += self._take_part(part, start, len(files), staging, progress)
            # A roster that came sealed may have been read after files that wait for it.
            for start in range(0, len(again), FILES_PER_TRANSACTION):
                self._take_part(again[start : start + FILES_PER_TRANSACTION], start, 0, staging, progress)

    def _take_part(self, files: Sequence[_File], done: int, of: int, staging: Path, progress: Progress) -> list[_File]:
        """Import some files in one transaction; return those that found the holding area full."""
        try:
            return self._take_all(files, done, of, staging, progress)
        finally:
            settle_files(self._session)

    def _take_all(self, files: Sequence[_File], done: int, of: int, staging: Path, progress: Progress) -> list[_File]:
        stopped: Cancelled | None = None
        full: list[_File] = []
        with self._store.write():
            for place, one in enumerate(files):
                try:
                    progress.step(done + place, of, one.name)
                except Cancelled as cancelled:
                    stopped = cancelled
                    break
                self._take_one(one, staging)
                if one.refusal is not None and one.refusal.code == "holding-area-full":
                    full.append(one)
            self._log(files)
        if stopped is not None:
            self._session.changed()
            raise stopped
        return full

    def _take_one(self, one: _File, staging: Path) -> None:
        one.refusal, one.digests, one.added, one.waiting, one.newer = None, (), {}, {}, False
        facts: tuple[Fact, ...] = ()
        incoming = Incoming(staging)
        try:
            bundle = take_in(one.path, self._identity, staging, also=self._also, on_blob=incoming.sink)
            self._check_round(bundle)
            facts = tuple(fact_of(document) for document in bundle.documents)
            with self._store.savepoint():
                self.join(one, bundle.documents, facts)
                incoming.keep(self._session, bundle.documents, one.waiting)
        except Refused as refused:
            one.refusal = refused.refusal()
        except Expected as expected:
            if expected.code != "holding-area-full":
                raise
            one.refusal = Refusal(expected.code, "", (("documents", str(expected.fields.get("documents", ""))),))
        finally:
            incoming.forget()
        if one.refusal is not None and any(fact.kind == "roster" for fact in facts):
            self._look_up()  # what was learnt from its rosters was taken back with it

    def _check_round(self, bundle: Bundle) -> None:
        """Refuse what can never belong here; depends on the bytes and on the round of the open file alone.

        Raises:
            Refused: `other-round`, `other-rehearsal`, `no-trusted-roster` (live documents into an unnamed file).
        """
        header = bundle.manifest.document
        if self._named is None:
            if not header.rehearsal:
                raise Refused("no-trusted-roster")
        elif self._named.round:
            if header.round != self._named.round:
                raise Refused("other-round", "line 1", found=header.round)
            if header.rehearsal != self._named.rehearsal:
                raise Refused("other-rehearsal", "line 1")

    def join(self, one: _File, documents: Sequence[Admitted], facts: Sequence[Fact]) -> None:
        """Join verified documents to the set, or let them wait; what became of each is noted in `one`."""
        self._find_named_round(documents)
        one.digests = tuple(fact.digest for fact in facts)
        one.newer = any(digest in self._documents for fact in facts if fact.slot for digest in fact.supersedes)
        left = self._add(one, list(zip(documents, facts, strict=True)))
        if any(fact.kind == "roster" for fact in facts):
            self._signers = KnownSigners(self._documents.rosters())
            left = self._add(one, left)
            self._release()
        for document, fact in left:
            newly = self._documents.hold(document, one.name)
            if newly:
                self._session.audit.append(
                    self._session.clock(), self._session.person, HOLD, {"digest": fact.digest, "file": one.name}
                )
            one.added[fact.digest] = "new" if newly else "known"
            one.waiting[fact.digest] = fact

    def _add(self, one: _File, documents: Sequence[tuple[Admitted, Fact]]) -> list[tuple[Admitted, Fact]]:
        """Add what need not wait; return the rest."""
        known = [pair for pair in documents if not self._awaits(pair[1])]
        added = self._documents.add([document for document, _fact in known], [fact for _document, fact in known])
        one.added.update(zip((fact.digest for _document, fact in known), added, strict=True))
        return [pair for pair in documents if pair[0].digest not in one.added]

    def _awaits(self, fact: Fact) -> bool:
        """Tell whether a document must wait: its signer is unknown, or the round of this file is."""
        if self._named is not None and not self._named.round:
            return fact.digest != self._named.roster
        return self._signers.awaits(fact)

    def _find_named_round(self, documents: Iterable[Admitted]) -> None:
        """Learn the round of a file that was named by a digest alone, once that roster is here."""
        if self._named is None or self._named.round:
            return
        for document in documents:
            if document.digest == self._named.roster:
                header = roster_of(document)
                if header.seq != 1:
                    raise Refused("roster-not-first")
                self._named = NamedRound(document.digest, header.round, header.rehearsal)
                self._session.meta.name(self._named)

    def _release(self) -> None:
        """Look again at what waits, until no more of it is a roster that may name the signers of the rest."""
        moved = True
        while moved:
            waiting = [one.stored.admitted() for one in self._documents.waiting()]
            strangers = {one.digest: one for one in waiting if self._is_stranger(one)}
            free = [one for one in waiting if one.digest not in strangers and not self._awaits(fact_of(one))]
            self._documents.add(free)
            self._documents.release([*strangers, *(one.digest for one in free)])
            give_up(self._session, strangers.values())
            moved = any(one.kind == "roster" for one in free)
            self._signers = KnownSigners(self._documents.rosters())

    def _is_stranger(self, one: Admitted) -> bool:
        """Tell whether a waiting document is of another round than the one this file turned out to hold."""
        named, header = self._named, one.document
        if named is None or not named.round:
            return False
        return (header.round, header.rehearsal) != (named.round, named.rehearsal)

    def _log(self, files: Sequence[_File]) -> None:
        refused = sum(one.refusal is not None for one in files)
        told = {"files": str(len(files)), "refused": str(refused)}
        self._session.audit.append(self._session.clock(), self._session.person, "import", told)

    # ---- the report ----------------------------------------------------------------------------

    def report(self, files: Sequence[_File]) -> ImportReport:
        self._session.changed()
        seen = self._session.view()
        held = {digest for cell in seen.cells.values() if cell.state == "held" for digest in cell.candidates}
        disputed = {digest for cell in seen.cells.values() if cell.state == "conflict" for digest in cell.candidates}
        return ImportReport(tuple(_outcome(one, seen, held, disputed) for one in files), self._documents.state())


def _own_key(session: Session) -> Identity | None:
    with suppress(Expected):
        return session.unlocked()
    return None


def _outcome(one: _File, seen: View, held: Set[str], disputed: Set[str]) -> FileOutcome:
    if one.refusal is not None:
        return FileOutcome(one.name, "refused", one.refusal)
    lines = tuple(_line(seen.facts.get(digest) or one.waiting[digest], seen) for digest in one.digests)
    digests = {line.digest for line in lines}
    added = set(one.added.values())
    told: Outcome
    if any(line.status == WAITING for line in lines):
        told = "waiting"
    elif digests & disputed:
        told = "conflict"
    elif digests & held:
        told = "held"
    elif added <= {"known"}:
        told = "known"
    elif one.newer and "new" in added:
        told = "newer"
    else:
        told = "new" if added == {"new"} else "partly-known"
    return FileOutcome(one.name, told, None, lines)


def _line(fact: Fact, seen: View) -> DocumentLine:
    status = seen.status.get(fact.digest, WAITING)
    return DocumentLine(fact.digest, fact.kind, fact.person, fact.seat, fact.agency, fact.seq, status)
