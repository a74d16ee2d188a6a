# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The packs of all seats in one go: sign what each seat is to judge, and write one sealed file for each.

What is signed is stored before its file is written: a file that fails, or is written again, says the same as before
and takes no new number. Each file is there whole, read back and proven, or not at all.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.documents import (
    AssignedAgency,
    Assignment,
    AssignmentBody,
    Paper,
    Papers,
    PapersBody,
    Slot,
)
from pmqa_desktop.domain.plaintext import typed
from pmqa_desktop.domain.seats import shared_seats
from pmqa_desktop.errors import Expected, PmqaError, Refusal, Refused
from pmqa_desktop.progress import Cancelled, Meter, Progress
from pmqa_desktop.services.packing.packs import PASSES, PackContent, write_pack
from pmqa_desktop.services.packing.paper_files import PaperFile
from pmqa_desktop.services.session import RoundInfo, Session, iso
from pmqa_desktop.sync.container import LARGEST_PAPERS, Blob
from pmqa_desktop.sync.envelope import sign_document
from pmqa_desktop.sync.exporting import Written, expect_room, neutral_name
from pmqa_desktop.sync.fingerprint import Groups, groups
from pmqa_desktop.sync.keys import Identity

PackOutcome = Literal["written", "failed", "unchanged", "open"]
Given = Mapping[str, Sequence[PaperFile]]
"""The papers of this sending by agency; an agency that is not named keeps what was sent before."""

_ROOM_FOR_DOCUMENTS = 32 * 1024 * 1024
LARGEST_TOGETHER = LARGEST_PAPERS - _ROOM_FOR_DOCUMENTS
"""The most bytes of papers in one file as they are written, a third more than they have themselves."""
_DRIVE = frozenset({"drive-full", "drive-gone", "drive-read-only", "disk-full", "laptop-full", "system-full"})
"""Troubles that the next pack would meet too."""
_IN_LINE = frozenset({"counted", "superseded", "two-versions"})
D = TypeVar("D", Assignment, Papers)


@dataclass(frozen=True, slots=True)
class SeatWork:
    """A seat of the newest roster and what its pack would hold; `size` is about the bytes of its file or files.

    `sent` is the number of its last assignment, 0 before the first. `needs_reason` when another assignment is to be
    signed in its place; `unchanged` when this sending has nothing for it. `bare` are the agencies on which the seat
    would get no paper at all, neither now nor before.
    """

    seat: str
    person: str
    title_th: str
    title_en: str
    agencies: tuple[str, ...]
    papers: int
    size: int
    sent: int
    needs_reason: bool
    unchanged: bool
    bare: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackLine:
    """What became of one seat's pack: `written` with its files, `failed` with why, `unchanged`, or still `open`.

    `fingerprint` and `seq` are those of the assignment.
    """

    seat: str
    person: str
    title_th: str
    title_en: str
    outcome: PackOutcome
    files: tuple[Written, ...] = ()
    fingerprint: Groups | None = None
    seq: int = 0
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class PackReport:
    """A line per seat in the roster's order; `stopped` when somebody asked to stop."""

    lines: tuple[PackLine, ...]
    stopped: bool = False

    @property
    def good(self) -> bool:
        """Tell whether every pack that there was to write is written."""
        return all(line.outcome in ("written", "unchanged") for line in self.lines)


class PackingService:
    """The secretariat's desk for packs, over an open registry."""

    def __init__(self, session: Session) -> None:
        """Work in an open registry."""
        self._session = session

    def seats(self, given: Given) -> tuple[SeatWork, ...]:
        """Return every seat of the newest roster, in its order, with what its pack would hold."""
        seen = self._session.round()
        return tuple(self._work(seen, one, given) for one in _holders(seen))

    def _work(self, seen: RoundInfo, holder: "_Holder", given: Given) -> SeatWork:
        slot = ("assignment", holder.seat)
        current = self._current(slot, Assignment)
        body = self._assigned(holder, given)
        blobs = _blobs(given, holder.agencies)
        affected = current is None or current.body != body or any(name in given for name in holder.agencies)
        return SeatWork(
            holder.seat, holder.person, holder.title_th, holder.title_en, holder.agencies,
            papers=sum(len(one.papers) for one in body.agencies),
            size=_written_size(blobs),
            sent=current.seq if current else 0,
            needs_reason=(current is None or current.body != body) and self._session.lineage(slot)[0] > 1,
            unchanged=not affected,
            bare=tuple(one.agency for one in body.agencies if not one.papers),
        )  # fmt: skip

    def write(
        self,
        given: Given,
        folder: Path,
        *,
        reason: str = "",
        seats: Collection[str] = (),
        progress: Progress | None = None,
    ) -> PackReport:
        """Write the packs of all seats, or of some, into `folder`; each with the whole lineage it stands on.

        Args:
            given: The papers, read by `paper_files.read_papers`.
            folder: Usually on another drive; the names of the files tell neither seat nor agency.
            reason: Why a seat that has an assignment gets another one; signed with it.
            seats: Names of seats; empty for all.
            progress: Told KiB of all packs together and the seat under way. Asked to stop, what was complete stays.

        Raises:
            Expected: `key-locked`; `not-the-secretariat`; `unknown-seat`; `unknown-agency`; `reason-needed`;
                `drive-full`, not all packs have room; nothing was signed or written then. `folder-missing`.
        """
        identity = self._session.unlocked()
        seen = self._session.round()
        if identity.person not in seen.roster.secretariat:
            raise Expected("not-the-secretariat")
        holders = [one for one in _holders(seen) if not seats or one.seat in seats]
        for name in set(seats) - {one.seat for one in holders}:
            raise Expected("unknown-seat", seat=name)
        for name in set(given) - set(seen.agencies):
            raise Expected("unknown-agency", agency=name)
        works = [self._work(seen, one, given) for one in holders]
        reason = typed(reason).strip()
        if any(work.needs_reason for work in works) and not reason:
            raise Expected("reason-needed", what="assignment")
        total = sum(work.size for work in works if not work.unchanged)
        _expect_room(folder, total)
        return self._write_all(
            _Sending(identity, seen, given, folder, _drive_of(folder), reason),
            holders,
            works,
            Meter(progress, PASSES * total),
        )

    # ---- one after the other ----------------------------------------------------------------------

    def _write_all(
        self, sending: "_Sending", holders: Sequence["_Holder"], works: Sequence[SeatWork], meter: Meter
    ) -> PackReport:
        lines: list[PackLine] = []
        ended = stopped = False
        for holder, work in zip(holders, works, strict=True):
            if work.unchanged or ended:
                lines.append(holder.line("unchanged" if work.unchanged else "open", seq=work.sent))
                continue
            try:
                lines.append(self._write_one(sending, holder, meter))
            except Cancelled:
                ended = stopped = True
                lines.append(holder.line("open", seq=work.sent))
            except Expected as trouble:
                ended = trouble.code in _DRIVE
                lines.append(holder.line("failed", seq=work.sent, refusal=_refusal(trouble)))
        return PackReport(tuple(lines), stopped)

    def _write_one(self, sending: "_Sending", holder: "_Holder", meter: Meter) -> PackLine:
        # whoever exports is always a recipient: the file is read back with that key
        recipients = (*_recipients(sending.seen, holder), sending.identity.recipient)
        assignment, papers = self._signed(sending, holder)
        files: list[Written] = []
        parts = _parts(sending, holder)
        try:
            for agencies in parts:
                name = assignment if len(parts) == 1 else papers[agencies[0]]
                content = self._content(sending, holder, agencies, recipients)
                file = neutral_name(sending.seen.round, name.digest)
                sending.expect_same_drive()
                files.append(write_pack(content, sending.folder, file, meter, holder.seat))
                sending.expect_same_drive()
        except BaseException as trouble:
            for written in files:  # half a seat's pack is none
                with suppress(OSError):
                    written.path.unlink()
            raise _told(trouble) from trouble
        self._log(sending.identity, holder, assignment, files)
        return holder.line("written", tuple(files), groups(assignment.digest), assignment.document.seq)

    def _log(self, identity: Identity, holder: "_Holder", assignment: Admitted, files: Sequence[Written]) -> None:
        told = {"seat": holder.seat, "digest": assignment.digest, "files": " ".join(one.path.name for one in files)}
        self._session.note_written("write-pack", told, *(one.path for one in files), who=identity.person)

    # ---- what is signed ---------------------------------------------------------------------------

    def _assigned(self, holder: "_Holder", given: Given) -> AssignmentBody:
        """Return what the seat is to judge: the given papers, and those sent before on agencies not given."""
        current = self._current(("assignment", holder.seat), Assignment)
        before: dict[str, tuple[Paper, ...]] = {}
        if current is not None and current.body.person == holder.person:
            before = {one.agency: one.papers for one in current.body.agencies}
        agencies = tuple(
            AssignedAgency(name, tuple(one.paper for one in given[name]) if name in given else before.get(name, ()))
            for name in holder.agencies
        )
        return AssignmentBody(holder.seat, holder.person, agencies)

    def _signed(self, sending: "_Sending", holder: "_Holder") -> tuple[Admitted, dict[str, Admitted]]:
        """Sign what is new for a seat and store it; what says the same already is taken as it stands."""
        body = self._assigned(holder, sending.given)
        new: list[Admitted] = []

        def settled(slot: Slot, kind: type[D], body: Any, agency: str = "") -> Admitted:
            digest = self._session.current(slot)
            current = self._current(slot, kind)
            if digest is not None and current is not None and current.body == body:
                return self._session.documents.admitted((digest,))[0]
            seq, supersedes = self._session.lineage(slot)
            more = {"supersedes": supersedes, "reason": sending.reason} if seq > 1 else {}
            header = self._session.header(sending.identity, agency=agency, seq=seq, **more)
            new.append(sign_document(kind(**header, body=body), sending.identity))
            return new[-1]

        assignment = settled(("assignment", holder.seat), Assignment, body)
        papers = {
            one.agency: settled(
                ("papers", one.agency, holder.seat),
                Papers,
                PapersBody(holder.seat, holder.person, one.papers),
                one.agency,
            )
            for one in body.agencies
            if one.agency in sending.given
        }
        if new:
            self._session.store_signed(tuple(new), "assign")
        return assignment, papers

    def _current(self, slot: Slot, kind: type[D]) -> D | None:
        digest = self._session.current(slot)
        document = self._session.document(digest) if digest else None
        return document if isinstance(document, kind) else None

    def _content(
        self, sending: "_Sending", holder: "_Holder", agencies: Sequence[str], recipients: tuple[str, ...]
    ) -> PackContent:
        session, seen = self._session, sending.seen
        slots: list[Slot] = [("assignment", holder.seat), *(("papers", name, holder.seat) for name in agencies)]
        lineages = [digest for slot in slots for digest in self._lineage(slot)]
        documents = session.documents.admitted((*session.view().chain, seen.criteria_digest, *lineages))
        return PackContent(
            documents, _blobs(sending.given, agencies), sending.identity, recipients,
            seen.round, seen.rehearsal, iso(session.clock()), session.app,
        )  # fmt: skip

    def _lineage(self, slot: Slot) -> list[str]:
        """Return all that stands at a slot, oldest first."""
        status = self._session.view().status
        found = [
            one for one in self._session.facts().values() if one.slot == slot and status.get(one.digest) in _IN_LINE
        ]
        return [one.digest for one in sorted(found, key=lambda one: (one.seq, one.digest))]


@dataclass(frozen=True, slots=True)
class _Sending:
    """What all packs of one go have in common."""

    identity: Identity
    seen: RoundInfo
    given: Given
    folder: Path
    drive: int
    reason: str

    def expect_same_drive(self) -> None:
        """Refuse to go on in the empty folder that a drive leaves where it was mounted."""
        if _drive_of(self.folder) != self.drive:
            raise Expected("drive-gone")


@dataclass(frozen=True, slots=True)
class _Holder:
    """Who holds a seat, and on which agencies' panels; `others` hold a seat of the same name."""

    seat: str
    person: str
    title_th: str
    title_en: str
    agencies: tuple[str, ...]
    others: tuple[str, ...]

    def line(
        self,
        outcome: PackOutcome,
        files: tuple[Written, ...] = (),
        fingerprint: Groups | None = None,
        seq: int = 0,
        refusal: Refusal | None = None,
    ) -> PackLine:
        """Return the report's line of this seat."""
        return PackLine(
            self.seat, self.person, self.title_th, self.title_en, outcome, files, fingerprint, seq, refusal
        )  # fmt: skip


def _holders(seen: RoundInfo) -> list[_Holder]:
    """Return the seats of the newest roster in its order, one line per name and person."""
    agencies: dict[tuple[str, str], list[str]] = {}
    titles: dict[tuple[str, str], tuple[str, str]] = {}
    for panel in seen.roster.panels:
        for seat in panel.seats:
            agencies.setdefault((seat.seat, seat.person), []).append(panel.agency)
            titles.setdefault((seat.seat, seat.person), (seat.title_th, seat.title_en))
    return [
        _Holder(
            seat, person, *titles[seat, person], tuple(found),
            tuple(other for name, other in agencies if name == seat and other != person),
        )
        for (seat, person), found in agencies.items()
    ]  # fmt: skip


def _recipients(seen: RoundInfo, holder: _Holder) -> tuple[str, ...]:
    """Return whose keys open the pack: those in use of the seat's person."""
    if holder.others:
        raise next(one for one in shared_seats(seen.roster.panels) if one.seat == holder.seat).trouble()
    person = next((one for one in seen.roster.persons if one.person == holder.person), None)
    keys = [key.recipient for key in (person.keys if person else ()) if key.recipient and key.state == "active"]
    if not keys:
        raise Expected("no-recipient", person=holder.person)
    return tuple(keys)


def _blobs(given: Given, agencies: Sequence[str]) -> tuple[Blob, ...]:
    """Return the files to attach, each once though it may be of several agencies."""
    found = {one.paper.digest: one for name in agencies for one in given.get(name, ())}
    return tuple(one.blob() for one in found.values())


def _written_size(blobs: Sequence[Blob]) -> int:
    parts = sum(blob.entry.bytes for blob in blobs) * 4 // 3
    return parts + parts // 1024 + 256 * 1024


def _parts(sending: _Sending, holder: _Holder) -> list[list[str]]:
    """Share the agencies out to as few files as the limit of one file allows, in their order."""
    parts: list[list[str]] = [[]]
    for name in holder.agencies:
        if name not in sending.given:
            continue
        alone = _written_size(_blobs(sending.given, [name]))
        if alone > LARGEST_TOGETHER:
            raise Expected("papers-too-large", agency=name, size=alone, limit=LARGEST_TOGETHER)
        if parts[-1] and _written_size(_blobs(sending.given, [*parts[-1], name])) > LARGEST_TOGETHER:
            parts.append([])
        parts[-1].append(name)
    return parts


def _drive_of(folder: Path) -> int:
    """Return the number of the drive that a folder lies on, 0 when the folder is gone."""
    try:
        return folder.stat().st_dev
    except OSError:
        return 0


def _expect_room(folder: Path, size: int) -> None:
    try:
        expect_room(folder, size)
    except OSError:
        raise Expected("folder-missing", folder=folder.name or str(folder)) from None


def _told(trouble: BaseException) -> BaseException:
    """Word what a paper that changed is to somebody who packs it."""
    if isinstance(trouble, Refused) and trouble.code == "blob-changed":
        return Expected("paper-changed", file=trouble.where)
    return trouble


def _refusal(trouble: PmqaError) -> Refusal:
    if isinstance(trouble, Refused):
        return trouble.refusal()
    return Refusal(trouble.code, "", tuple((key, str(value)) for key, value in trouble.fields.items()))
