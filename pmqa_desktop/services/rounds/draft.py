# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A round while it is being set up: a plan on the disk of this laptop, with the enrolment files taken in for it.

Nothing of it is signed until the end, so it is a draft and may be changed and thrown away. Every change is written at
once: the old file or the new one, never half of either.
"""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec
from msgspec.structs import replace

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.trust import LIVE_THRESHOLD
from pmqa_desktop.errors import Expected, PmqaError
from pmqa_desktop.paths import private_folder, replace_file
from pmqa_desktop.services.attempts import Attempts
from pmqa_desktop.services.editions import edition_of
from pmqa_desktop.services.identity import OwnKey, open_identity
from pmqa_desktop.services.rounds.enrolling import Enrolled, compare, read_enrolments
from pmqa_desktop.services.rounds.opening import Desk
from pmqa_desktop.services.rounds.plan import PlannedPerson, RoundPlan, settled
from pmqa_desktop.services.rounds.rosters import (
    Review,
    read_rosters,
    review,
    rosters_among,
    start_round,
    write_rosters,
)
from pmqa_desktop.services.session import Clock, iso
from pmqa_desktop.sync.exporting import Written as Written
from pmqa_desktop.sync.keys import Identity
from pmqa_desktop.system import worded
from pmqa_desktop.thai import BUDDHIST_ERA

_DRAFT = "draft.json"
_SIGNED = "signed"
_ENROLMENTS = "enrolments"
_REMOVED = ".removed-"
_LARGEST = 8 * 1024 * 1024


class RoundDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was decided so far.

    `plan` may still lack anything. `person` signs the first roster with the own key. `confirmed` are the settings
    that a person confirmed, by key; `compared` the raw keys whose fingerprint a person compared with its owner.
    `signed` is the digest of the first roster once it was signed; from then on nothing of the plan changes.
    """

    plan: RoundPlan
    person: str = ""
    confirmed: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    signed: str = ""


@dataclass(frozen=True, slots=True)
class DraftInfo:
    """A draft on this laptop, for a list; `draft` is None where the file cannot be read."""

    folder: Path
    draft: RoundDraft | None


@dataclass(frozen=True, slots=True)
class OpenedDraft:
    """A draft with the enrolments taken in for it; `broken` names the files that no longer read."""

    folder: Path
    draft: RoundDraft
    enrolled: tuple[Enrolled, ...] = ()
    broken: tuple[str, ...] = ()


def empty_draft(own: OwnKey, year_be: int) -> RoundDraft:
    """Return the draft that a round begins with: whoever holds `own` is its first officer."""
    plan = RoundPlan(
        round=f"pmqa-{year_be}" + ("-practice" if own.rehearsal else ""),
        title_th=f"รางวัลคุณภาพการบริหารจัดการภาครัฐ (PMQA 4.0) ประจำปี พ.ศ. {year_be}",
        title_en=f"PMQA 4.0 award {year_be - BUDDHIST_ERA}",
        year_be=year_be,
        persons=(PlannedPerson(own.person, "", ""),),
        roots=(own.person,),
        threshold=1 if own.rehearsal else 2,
        secretariat=(own.person,),
        rehearsal=own.rehearsal,
    )
    return RoundDraft(plan=plan, person=own.person)


def with_own(draft: RoundDraft, own: OwnKey) -> RoundDraft:
    """Let another own key sign the first roster in the former's place; the round is of its kind: live or practice."""
    plan, before = draft.plan, draft.person
    here = next((one for one in plan.persons if one.person == own.person), None)
    former = next((one for one in plan.persons if one.person == before), None)
    first = here or PlannedPerson(own.person, former.office_th if former else "", former.office_en if former else "")
    others = tuple(one for one in plan.persons if one.person not in (own.person, before))

    def swapped(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(own.person if name == before else name for name in names))

    least = 1 if own.rehearsal else LIVE_THRESHOLD
    changed = replace(
        plan,
        persons=(first, *others),
        roots=swapped(plan.roots),
        secretariat=swapped(plan.secretariat),
        rehearsal=own.rehearsal,
        threshold=least if own.rehearsal != plan.rehearsal else plan.threshold,
    )
    return replace(draft, plan=changed, person=own.person)


class RoundDrafts:
    """The drafts of this laptop, each in a folder of its own below `rounds` of the home folder."""

    def __init__(self, home: Path, clock: Clock, entropy: Callable[[int], bytes], app: str) -> None:
        """Work below `home`; `app` is written into what is signed."""
        self._folder = home / "rounds"
        self._clock, self._entropy, self._app = clock, entropy, app

    # ---- keeping --------------------------------------------------------------------------------

    def all(self) -> tuple[DraftInfo, ...]:
        """Return the drafts, the one changed last first."""
        files = sorted(self._folder.glob(f"*/{_DRAFT}"), key=lambda one: one.stat().st_mtime, reverse=True)
        return tuple(DraftInfo(one.parent, _read(one)) for one in files if not one.parent.name.startswith("."))

    def removed(self) -> tuple[DraftInfo, ...]:
        """Return the drafts that were put out of the list and are still here, the one removed last first."""
        away = sorted(self._folder.glob(f"{_REMOVED}*"), key=lambda one: one.stat().st_mtime, reverse=True)
        return tuple(DraftInfo(one, _read(one / _DRAFT)) for one in away if one.is_dir())

    def begin(self, own: OwnKey) -> OpenedDraft:
        """Begin a round with an own key and keep it."""
        year = self._clock().astimezone().year + BUDDHIST_ERA
        folder = self._folder / f"round-{self._entropy(4).hex()}"
        draft = empty_draft(own, year)
        try:
            with worded():
                private_folder(folder)
            self.save(folder, draft)
        except Expected:
            with suppress(OSError):
                folder.rmdir()
            raise
        return OpenedDraft(folder, draft)

    def open(self, folder: Path) -> OpenedDraft:
        """Open a draft and read its enrolment files again: each proves anew that its sender holds the key.

        Raises:
            Expected: `draft-unreadable` with the file.
        """
        draft = _read(folder / _DRAFT)
        if draft is None:
            raise Expected("draft-unreadable", file=str(folder / _DRAFT))
        found: list[Enrolled] = []
        broken: list[str] = []
        for path in sorted((folder / _ENROLMENTS).glob("*.pmqa")):
            try:
                found += read_enrolments(path)
            except PmqaError:
                broken.append(path.name)
        return OpenedDraft(folder, draft, _marked(found, draft.compared), tuple(broken))

    def save(self, folder: Path, draft: RoundDraft) -> None:
        """Write a draft, or leave the old one as it is.

        Raises:
            Expected: `setup-too-large`; `system-full` and the other answers of the computer.
        """
        data = msgspec.json.format(msgspec.json.encode(draft)) + b"\n"
        if len(data) > _LARGEST:  # it would not be read again
            raise Expected("setup-too-large", size=len(data), limit=_LARGEST)
        with worded():
            replace_file(folder / _DRAFT, data)

    def remove(self, folder: Path) -> Path:
        """Put a draft out of the list; return where it lies, for `put_back`: the same one, after a restart too."""
        away = folder.with_name(_REMOVED + folder.name)
        with worded():
            os.utime(folder)  # its time tells since when it is away
            folder.rename(away)
        return away

    def put_back(self, away: Path) -> Path:
        """Take a removed draft into the list again."""
        folder = away.with_name(away.name.removeprefix(_REMOVED))
        with worded():
            away.rename(folder)
        return folder

    def take_edition(self, folder: Path, path: Path) -> str:
        """Keep a copy of an edition's file beside the draft, so that no drive need stay plugged in; return its name.

        Raises:
            Expected: `edition-not-found`, `edition-unreadable`, `edition-invalid`, the answers of the computer; nothing
                is kept then.
        """
        edition_of(str(path))
        kept = folder / f"edition-{self._entropy(4).hex()}.toml"
        with worded(path.name):
            replace_file(kept, path.read_bytes())
        return str(kept)

    # ---- enrolments -----------------------------------------------------------------------------

    def take(self, folder: Path, draft: RoundDraft, paths: Sequence[Path]) -> tuple[Enrolled, ...]:
        """Read enrolment files of this round and keep a copy of each beside the draft.

        Raises:
            Refused: any code of reading a file; `other-round`; `other-rehearsal`.
            Expected: `not-an-enrolment`; none of the files is kept then.
        """
        plan = draft.plan
        read = [(path, read_enrolments(path, plan.round, rehearsal=plan.rehearsal)) for path in paths]
        kept = private_folder(folder / _ENROLMENTS)
        for path, found in read:
            with worded(path.name):
                replace_file(kept / f"{found[0].digest.removeprefix('sha256:')[:16]}.pmqa", path.read_bytes())
        return _marked([one for _path, found in read for one in found], draft.compared)

    # ---- signing --------------------------------------------------------------------------------

    def sign(
        self, opened: OpenedDraft, own: OwnKey, passphrase: str, to: Path, attempts: Attempts | None = None
    ) -> tuple[RoundDraft, Written]:
        """Sign the first roster and the criteria, keep both beside the draft, and write the file for the others.

        Args:
            opened: The draft with its enrolments.
            own: The signer's key on this laptop; what is entered for the signer is read from the key itself.
            passphrase: Opens it.
            to: The folder for the file, usually on a drive.
            attempts: Counts wrong passphrases.

        Raises:
            Expected: the codes of `rosters.start_round`; `key-of-another-person`; the key's and the drive's own codes.
        """
        identity = open_identity(own.path, passphrase, attempts)
        try:
            draft, plan = opened.draft, opened.draft.plan
            if identity.person != draft.person:
                raise Expected("key-of-another-person")
            desk = Desk(identity, plan.round, plan.rehearsal, iso(self._clock()), self._app)
            signed = start_round(desk, settled(plan), (*self._others(opened, identity), _own(identity, plan)))
            documents = {one.digest: one for one in signed}
            self._keep(opened.folder, documents, identity)
            done = replace(draft, signed=signed[0].digest)
            self.save(opened.folder, done)
            return done, self._write(documents, to, identity)
        finally:
            identity.close()

    @staticmethod
    def _others(opened: OpenedDraft, own: Identity) -> tuple[Enrolled, ...]:
        named = {one.person for one in opened.draft.plan.persons}
        return tuple(one for one in opened.enrolled if one.person in named and one.key != own.key)

    def _write(self, documents: dict[str, Admitted], to: Path, identity: Identity) -> Written:
        return write_rosters(documents, to, identity, made_at=iso(self._clock()), app=self._app)

    def _keep(self, folder: Path, documents: dict[str, Admitted], identity: Identity) -> None:
        self._write(documents, private_folder(folder / _SIGNED), identity)

    # ---- after signing --------------------------------------------------------------------------

    def signed_files(self, folder: Path) -> tuple[Path, ...]:
        """Return the files of the signed roster kept beside the draft: the own one and the copies taken in."""
        return tuple(sorted((folder / _SIGNED).glob("*.pmqa")))

    def first_review(self, folder: Path, draft: RoundDraft) -> Review:
        """Return the signed first roster with everybody's signatures that came back so far.

        Raises:
            Expected: `roster-not-here`.
            Refused: any code of reading a kept file.
        """
        return review(read_rosters(self.signed_files(folder)), draft.signed)

    def take_signed(self, folder: Path, draft: RoundDraft, paths: Sequence[Path]) -> Review:
        """Take countersigned copies of the first roster in; each file is kept as it came.

        Raises:
            Expected: `roster-not-here`, a file without this roster; nothing is kept then.
            Refused: any code of reading a file.
        """
        for path in paths:
            if draft.signed not in rosters_among(read_rosters((path,))):
                raise Expected("roster-not-here", file=path.name, found=0)
        for number, path in enumerate(paths, len(self.signed_files(folder)) + 1):
            with worded(path.name):
                replace_file(folder / _SIGNED / f"copy-{number:03}.pmqa", path.read_bytes())
        return self.first_review(folder, draft)

    def write_again(self, folder: Path, own: OwnKey, passphrase: str, to: Path, attempts: Attempts) -> Written:
        """Write the signed roster with all signatures that are here once more, for a drive that was lost.

        Raises:
            Expected: the key's and the drive's own codes.
        """
        identity = open_identity(own.path, passphrase, attempts)
        try:
            return self._write(read_rosters(self.signed_files(folder)), to, identity)
        finally:
            identity.close()


def told_groups(enrolled: Enrolled, typed: str) -> str:
    """Return the raw key of an enrolment whose fingerprint has the groups typed; raises `fingerprint-differs`."""
    return compare(enrolled, typed).key


def _own(identity: Identity, plan: RoundPlan) -> Enrolled:
    """Return the signer's own enrolment: there is nothing to compare, the key was opened here."""
    return Enrolled(
        "", "", plan.round, identity.rehearsal, identity.person, "", "", identity.key, identity.recipient, True
    )


def _marked(found: Sequence[Enrolled], compared: Sequence[str]) -> tuple[Enrolled, ...]:
    """Mark those whose key a person compared before; the same enrolment in two files counts once."""
    whole = {one.key: compare(one, " ".join(one.fingerprint)) if one.key in compared else one for one in found}
    return tuple(whole.values())


def _read(path: Path) -> RoundDraft | None:
    try:
        with path.open("rb") as stream:
            return msgspec.json.decode(stream.read(_LARGEST), type=RoundDraft)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
