# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A mirror of the own drafts on another drive, with the own signed documents, for the day the workspace is lost.

It is sealed to the own key. Two files take turns, so that a drive pulled out while one is written leaves the other.
A mirror counts only after it was read back. It is written after a minute without edits, at the latest every ten
minutes, and on closing.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from msgspec import UNSET, structs

from pmqa_desktop.errors import Expected, Refused
from pmqa_desktop.services.evaluation.sheets import AREA as SHEET
from pmqa_desktop.services.safekeeping.draft_file import CarriedDraft, carried, linked_files
from pmqa_desktop.services.safekeeping.own_signed import signed_agencies, signed_count
from pmqa_desktop.services.safekeeping.portable import Comparison, PortableService
from pmqa_desktop.services.session import Session
from pmqa_desktop.sync.attached import AttachedFiles, digest_of
from pmqa_desktop.sync.exporting import write_file
from pmqa_desktop.sync.importing import private_folder, stage
from pmqa_desktop.sync.portable import LARGEST_DRAFT_FILE
from pmqa_desktop.sync.sealing import seal, unseal_bytes

QUIET = timedelta(seconds=60)
"""So long nobody edits before a mirror is written."""

LONGEST_WAIT = timedelta(minutes=10)
"""So long edits may stay without a mirror while somebody types on and on."""

SUFFIX = ".mirror"
ATTACHED = ".attached"
"""The ending of an attached file beside a mirror, sealed as the mirror is."""
_SLOTS = ("a", "b")


class MirrorSchedule:
    """When a mirror is due: a pure rule over the moments of edits, attempts and successes."""

    def __init__(self) -> None:
        """Begin with everything mirrored."""
        self._first: datetime | None = None
        self._last: datetime | None = None
        self._failed: datetime | None = None

    @property
    def pending(self) -> bool:
        """Tell whether an edit waits for its mirror."""
        return self._last is not None

    def edited(self, at: datetime) -> None:
        """Note an edit."""
        self._first, self._last = self._first or at, at

    def due(self, now: datetime) -> bool:
        """Tell whether to write now; after a failure a quiet time passes before the next attempt."""
        if self._first is None or self._last is None:
            return False
        if self._failed is not None and now - self._failed < QUIET:
            return False
        return now - self._last >= QUIET or now - self._first >= LONGEST_WAIT

    def wrote(self) -> None:
        """Note that everything edited so far is mirrored."""
        self._first = self._last = self._failed = None

    def failed(self, at: datetime) -> None:
        """Note that the mirror could not be written."""
        self._failed = at


@dataclass(frozen=True, slots=True)
class MirrorState:
    """How the mirror stands: `folder` None while none is wanted; `trouble` is the code of the last failure.

    `good_at` is when the last good mirror was written, `pending` whether edits wait, `same_drive` whether the folder
    lies on the workspace's own drive, where it protects little.
    """

    folder: Path | None
    good_at: datetime | None
    pending: bool
    same_drive: bool
    trouble: str = ""


class MirrorService:
    """Keep the mirror of one open workspace; the window's timer calls `tick` every few seconds."""

    def __init__(self, session: Session, portable: PortableService, schedule: MirrorSchedule | None = None) -> None:
        """Work in an open workspace; `portable` compares and takes what a mirror holds."""
        self._session = session
        self._portable = portable
        self._schedule = schedule or MirrorSchedule()
        self._seen = int(session.meta.get("mirror-number") or 0)
        self._trouble = ""

    # ---- choosing and looking -------------------------------------------------------------------

    def choose(self, folder: Path | None) -> MirrorState:
        """Mirror into `folder` from now on, or with None no more; what was written stays.

        Raises:
            Expected: `folder-missing`; there is no such folder.
        """
        if folder is not None and not folder.is_dir():
            raise Expected("folder-missing", folder=folder.name)
        meta = self._session.meta
        with self._session.store.write():
            meta.set("mirror-folder", str(folder) if folder is not None else None)
            for name in ("mirror-slot", "mirror-at", "mirror-number"):
                meta.set(name, None)
            if folder is not None and meta.get("mirror-name") is None:
                meta.set("mirror-name", self._session.entropy(4).hex())
            self._session.audit.append(self._session.clock(), self._session.person, "choose-mirror")
        self._seen, self._trouble = 0, ""
        self._schedule.wrote()
        return self.state()

    def state(self) -> MirrorState:
        """Return how the mirror stands."""
        folder, good_at = self._folder(), self._session.meta.get("mirror-at")
        same = False
        if folder is not None:
            with suppress(OSError):
                same = folder.stat().st_dev == self._session.store.path.stat().st_dev
        pending = folder is not None and self._newest() != self._mirrored()
        return MirrorState(folder, datetime.fromisoformat(good_at) if good_at else None, pending, same, self._trouble)

    # ---- writing --------------------------------------------------------------------------------

    def tick(self) -> MirrorState | None:
        """Write the mirror when it is due; return how it stands then, None when nothing was to be done."""
        if not self._wanted():
            return None
        now, newest = self._session.clock(), self._newest()
        if newest != self._seen:
            self._seen = newest
            self._schedule.edited(now)
        return self._attempt() if self._schedule.due(now) else None

    def on_close(self) -> MirrorState | None:
        """Write the mirror if an edit waits for it, because the workspace closes; its failure stops nothing."""
        if not self._wanted() or self._newest() == self._mirrored():
            return None
        return self._attempt()

    def write_now(self) -> MirrorState:
        """Write the mirror because the person asks for it; a drive that is away is told by the state.

        Raises:
            Expected: `mirror-not-chosen`; `mirror-no-key`.
        """
        self._folder_chosen()
        self._recipients()
        return self._attempt()

    def _attempt(self) -> MirrorState:
        try:
            self.write()
        except Expected as error:
            self._trouble = error.code
            self._schedule.failed(self._session.clock())
        return self.state()

    def write(self) -> Path:
        """Write the mirror now, in the place of the older of its two files, and return that file.

        Raises:
            Expected: `mirror-not-chosen`; `mirror-no-key`, the roster has no key of this person to seal to;
                `drive-gone`, `drive-full`, `drive-read-only`, `readback-failed`.
        """
        folder = self._folder_chosen()
        newest = self._newest()
        agencies = tuple(sorted({*self._session.drafts.agencies(SHEET), *signed_agencies(self._session)}))
        recipients = self._recipients()
        self._write_files(folder, agencies, recipients)
        data = seal(carried(self._session, agencies, with_files=False), recipients)
        slot = _SLOTS[1] if self._session.meta.get("mirror-slot") == _SLOTS[0] else _SLOTS[0]
        target = self._file(folder, slot)
        with suppress(OSError):  # a drive that is gone is told by the writing
            target.unlink()
        write_file(folder, target.name, data, lambda path: _read_back(path, data))
        with self._session.store.write():
            self._session.meta.set("mirror-slot", slot)
            self._session.meta.set("mirror-at", self._session.clock().isoformat())
            self._session.meta.set("mirror-number", str(newest))
        self._seen, self._trouble = newest, ""
        self._schedule.wrote()
        return target

    def _write_files(self, folder: Path, agencies: tuple[str, ...], recipients: tuple[str, ...]) -> None:
        """Write each attached file once: it never changes, and writing it every minute would hold up the work."""
        files = AttachedFiles(self._session.folder)
        for digest, one in linked_files(self._session, agencies).items():
            name = _attached_name(digest)
            # a file that is gone here must not keep the words from being mirrored
            if not (folder / name).exists() and files.has(digest):
                data = seal(files.read(digest, one.name), recipients)
                write_file(folder, name, data, partial(_read_back, data=data))

    # ---- coming back ----------------------------------------------------------------------------

    def files(self, folder: Path | None = None) -> tuple[Path, ...]:
        """Return the mirror files in a folder, or in the chosen one, the newest first."""
        place = folder or self._folder()
        if place is None:
            return ()
        with suppress(OSError):
            return tuple(sorted(place.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime_ns, reverse=True))
        return ()

    def compare(self, path: Path) -> Comparison:
        """Set a mirror beside the drafts here; `PortableService.take` takes what is chosen of it.

        Raises:
            Expected: `key-locked`; `draft-of-another-person`; `draft-of-another-round`.
            Refused: `not-for-this-key`; `draft-file-invalid`; the codes of reading a file.
        """
        identity = self._session.unlocked()
        with private_folder() as staging:
            data = stage(path, staging, LARGEST_DRAFT_FILE).path.read_bytes()
        comparison = self._portable.compare_content(path.name, unseal_bytes(data, identity))
        return replace(comparison, carried=self._with_files(comparison.carried, path.parent))

    def _with_files(self, draft: CarriedDraft, folder: Path) -> CarriedDraft:
        """Return a mirror's drafts with the attached files beside it; one that is gone or damaged stays away."""
        identity, found = self._session.unlocked(), {}
        for digest, file in (draft.files or {}).items():
            with suppress(OSError, Refused):
                data = unseal_bytes((folder / _attached_name(digest)).read_bytes(), identity)
                if digest_of(data) == digest:
                    found[digest] = structs.replace(file, data=data)
        return structs.replace(draft, files={**(draft.files or {}), **found} or UNSET)

    def forget(self) -> bool:
        """Remove the mirror's own files, because the round is closed here; False when the drive is not there."""
        folder = self._folder()
        if folder is None:
            return True
        if not folder.is_dir():
            return False
        try:
            for slot in _SLOTS:
                self._file(folder, slot).unlink(missing_ok=True)
            for digest in self._session.attachments.all():
                (folder / _attached_name(digest)).unlink(missing_ok=True)
        except OSError:
            return False
        return True

    # ---- inside ---------------------------------------------------------------------------------

    def _wanted(self) -> bool:
        """Tell whether a mirror is kept: a drive is chosen, and the round is not closed here."""
        return self._folder() is not None and not self._session.meta.get("closed-here")

    def _folder(self) -> Path | None:
        name = self._session.meta.get("mirror-folder")
        return Path(name) if name else None

    def _folder_chosen(self) -> Path:
        folder = self._folder()
        if folder is None:
            raise Expected("mirror-not-chosen")
        return folder

    def _newest(self) -> int:
        """Return a number that grows with every edit and with every own document that is signed or comes in."""
        return self._session.drafts.newest() + signed_count(self._session)

    def _mirrored(self) -> int:
        return int(self._session.meta.get("mirror-number") or 0)

    def _file(self, folder: Path, slot: str) -> Path:
        name = self._session.meta.get("mirror-name") or "0"
        return folder / f"PMQA-{self._session.round().round}-{name}-{slot}{SUFFIX}"

    def _recipients(self) -> tuple[str, ...]:
        persons = self._session.round().roster.persons
        own = next((one for one in persons if one.person == self._session.person), None)
        found = tuple(key.recipient for key in own.keys if key.recipient and key.state == "active") if own else ()
        if not found:
            raise Expected("mirror-no-key")
        return found


def _attached_name(digest: str) -> str:
    return f"PMQA-{digest.removeprefix('sha256:')[:32]}{ATTACHED}"


def _read_back(path: Path, data: bytes) -> None:
    # Not opened with the key: a mirror in the background must not count as a use of it.
    if path.read_bytes() != data:
        raise Expected("readback-failed", name=path.name)
