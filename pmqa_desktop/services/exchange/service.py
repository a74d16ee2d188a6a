# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Send signed documents out as one file, and take others' files in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Literal

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.board import Conflict
from pmqa_desktop.domain.documents import Person, RosterBody
from pmqa_desktop.errors import Expected
from pmqa_desktop.progress import Meter, Progress
from pmqa_desktop.services.exchange.attached_files import attached_blobs
from pmqa_desktop.services.exchange.disputes import return_file
from pmqa_desktop.services.exchange.intake import ImportReport, import_files
from pmqa_desktop.services.session import Session, chair_of, iso
from pmqa_desktop.sync.container import bundle_bytes
from pmqa_desktop.sync.exporting import neutral_name, write_stream
from pmqa_desktop.sync.fingerprint import groups
from pmqa_desktop.sync.importing import read_through
from pmqa_desktop.sync.sealing import seal

_CHUNK = 1024 * 1024
_PUBLISHED = ("extract", "result", "ranking")
_PUBLIC_STATES = frozenset({"counted", "superseded", "stale", "under-signed", "two-versions"})
What = Literal["declaration", "scoresheet", "reveal", "consensus", "endorsement"]


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written, read back and verified; `fingerprint` is of the newest document in it."""

    path: Path
    size: int
    fingerprint: tuple[str, str, str, str]
    documents: int
    sealed: bool


class ExchangeService:
    """What goes onto a stick and what comes from one."""

    def __init__(self, session: Session) -> None:
        """Work in an open workspace."""
        self._session = session

    def export(
        self, what: What, agency: str, folder: Path, *, sealed: bool = True, progress: Progress | None = None
    ) -> Exported:
        """Write the own documents of one kind on one agency, with their lineage, as one new file in `folder`.

        Args:
            what: Which kind; a scoresheet's file carries the declaration too, a consensus' file the reveal.
            agency: The agency's id.
            folder: Where to write; the name is neutral.
            sealed: False is the person's conscious choice to export in clear.
            progress: Told of the bytes written and read back; asked to stop, nothing is left on the drive.

        Raises:
            Expected: `nothing-to-export`; `key-locked`; `read-back-differs`; the drive's own codes.
        """
        documents = self.own_documents(what, agency)
        data = self.package(what, agency, sealed=sealed)
        told = {"what": what, "agency": agency}
        return self._write(documents, data, folder, told, sealed=sealed, progress=progress)

    def return_versions(self, conflict: Conflict, folder: Path) -> Exported:
        """Write all versions of a disputed revision as one file sealed to their owner, who alone can settle it.

        Raises:
            Expected: `key-locked`; `no-recipient`; `read-back-differs`; the drive's own codes.
        """
        data, documents = return_file(self._session, conflict)
        return self._write(documents, data, folder, {"what": "return", "agency": " ".join(conflict.slot)}, sealed=True)

    def export_published(self, folder: Path, *, sealed: bool = True, progress: Progress | None = None) -> Exported:
        """Write all results, rankings and extracts that were signed, for the other officers and their registers.

        What lacks signatures is in it too: it goes to whoever countersigns, and comes back the same way.

        Args:
            folder: Where to write; the name is neutral and another one for every set of signatures.
            sealed: False is the person's conscious choice to export in clear.
            progress: As in `export`.

        Raises:
            Expected: `nothing-to-export`; `key-locked`; `read-back-differs`; the drive's own codes.
        """
        documents = self._published()
        if not documents:
            raise Expected("nothing-to-export", what="result", agency="")
        identity, seen = self._session.unlocked(), self._session.round()
        data = bundle_bytes(
            documents, identity, round=seen.round, rehearsal=seen.rehearsal, made_at=iso(self._session.clock()),
            app=self._session.app,
        )  # fmt: skip
        name = f"sha256:{sha256(data).hexdigest()}"
        if sealed:
            data = seal(data, tuple(dict.fromkeys([*officers(seen.roster), identity.recipient])))
        told = {"what": "published", "agency": ""}
        return self._write(documents, data, folder, told, sealed=sealed, progress=progress, name=name)

    def _published(self) -> tuple[Admitted, ...]:
        """Return what was published, every revision, the ranking last."""
        status = self._session.view().status
        found = [
            fact
            for fact in self._session.facts().values()
            if fact.kind in _PUBLISHED and status.get(fact.digest) in _PUBLIC_STATES
        ]
        found.sort(key=lambda fact: (_PUBLISHED.index(fact.kind), fact.seq, fact.agency, fact.digest))
        return self._session.documents.admitted(tuple(fact.digest for fact in found))

    def _write(
        self,
        documents: Sequence[Admitted],
        data: bytes,
        folder: Path,
        told: dict[str, str],
        *,
        sealed: bool,
        progress: Progress | None = None,
        name: str = "",
    ) -> Exported:
        identity, size = self._session.unlocked(), len(data)
        meter = Meter(progress, 3 * size)

        def fill(target: BinaryIO) -> None:
            for start in range(0, size, _CHUNK):
                target.write(data[start : start + _CHUNK])

        def check(path: Path) -> None:
            back = read_through(path, identity, step=meter.phase(path.name, size))
            if tuple(d.digest for d in back.documents) != tuple(d.digest for d in documents):
                raise Expected("read-back-differs", file=path.name)

        name = neutral_name(self._session.round().round, name or documents[-1].digest)
        written = write_stream(folder, name, fill, check, size=size, step=meter.phase(name, 2 * size))
        self._session.note_written("export", told, written.path)
        one, two, three, four = groups(documents[-1].digest)
        return Exported(written.path, written.size, (one, two, three, four), len(documents), sealed)

    def package(self, what: What, agency: str, *, sealed: bool) -> bytes:
        """Return the bytes of the file that `export` writes.

        Raises:
            Expected: `nothing-to-export`; `key-locked`.
        """
        documents = self.own_documents(what, agency)
        if not documents:
            raise Expected("nothing-to-export", what=what, agency=agency)
        identity = self._session.unlocked()
        seen = self._session.round()
        data = bundle_bytes(
            documents,
            identity,
            round=seen.round,
            rehearsal=seen.rehearsal,
            made_at=iso(self._session.clock()),
            app=self._session.app,
            blobs=attached_blobs(self._session, documents) if what == "scoresheet" else (),
        )
        if not sealed:
            return data
        to = recipients(seen.roster, what, agency, self._recused(agency))
        return seal(data, tuple(dict.fromkeys([*to, identity.recipient])))

    def _recused(self, agency: str) -> frozenset[str]:
        cells = self._session.view().cells
        return frozenset(
            slot[2] for slot, cell in cells.items() if slot[:2] == ("declaration", agency) and cell.state == "recused"
        )

    def own_documents(self, what: What, agency: str) -> tuple[Admitted, ...]:
        """Return what an export of `what` on `agency` would carry, oldest first."""
        kinds = {"scoresheet": ("declaration", "scoresheet"), "consensus": ("reveal", "consensus")}.get(what, (what,))
        mine = [
            fact
            for fact in self._session.facts().values()
            if fact.kind in kinds and fact.agency == agency and fact.person == self._session.person
        ]
        if not any(fact.kind == what for fact in mine):
            return ()
        mine.sort(key=lambda fact: (kinds.index(fact.kind), fact.seq, fact.digest))
        return self._session.documents.admitted(tuple(fact.digest for fact in mine))

    def import_paths(self, paths: Sequence[Path], progress: Progress | None = None) -> ImportReport:
        """Take files and folders in; the order never matters, a file comes in whole or not at all.

        Raises:
            Expected: `round-closed-here`; what was deleted on closing must not come back.
        """
        self._session.expect_open_here()
        report = import_files(self._session, paths, progress)
        self._session.changed()
        return report


def recipients(roster: RosterBody, what: What, agency: str, recused: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the age recipients that a kind is sealed to (docs/bundle-format.md, "Sealed").

    Args:
        roster: The newest roster.
        what: The kind.
        agency: The agency it is on.
        recused: Persons who recused themselves from the agency; they never get its consensus.
    """
    panel = next((one for one in roster.panels if one.agency == agency), None)
    persons = {person.person: person for person in roster.persons}
    to = list(roster.secretariat)
    if panel is not None and what == "consensus":
        to += [seat.person for seat in panel.seats if seat.person not in recused]
    elif panel is not None:
        to.append(chair_of(panel))
    keys = _keys(persons[person] for person in to if person in persons)
    return tuple(dict.fromkeys([*keys, *([roster.recovery] if roster.recovery else [])]))


def officers(roster: RosterBody) -> tuple[str, ...]:
    """Return the age recipients of everybody who may sign something official, and of the recovery key."""
    names = {*roster.secretariat, *(root.person for root in roster.roots)}
    keys = _keys(person for person in roster.persons if person.person in names)
    return tuple(dict.fromkeys([*keys, *([roster.recovery] if roster.recovery else [])]))


def _keys(persons: Iterable[Person]) -> list[str]:
    return [key.recipient for person in persons for key in person.keys if key.recipient and key.state == "active"]
