# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Close the round on this laptop: the own record stays, what belongs to others goes, and the log says so.

Kept: what this person signed, the roster, criteria and assignment it was signed under, the panel's consensus and
results, and a PDF of each own sheet. Deleted: papers, attached files, other persons' sheets, declarations and
endorsements, all drafts with their notes and history, copies of the workspace beside it, and the mirror.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pmqa_desktop.domain.plaintext import typed
from pmqa_desktop.errors import Expected
from pmqa_desktop.events import DocumentsChanged
from pmqa_desktop.progress import Progress
from pmqa_desktop.services.evaluation.overview import THAILAND
from pmqa_desktop.services.evaluation.scoring import AgencyWork, ScoringService
from pmqa_desktop.services.panel import AREA as CONSENSUS
from pmqa_desktop.services.registry.service import RegistryService
from pmqa_desktop.services.reporting import ReportingService
from pmqa_desktop.services.safekeeping.mirror import MirrorService
from pmqa_desktop.services.session import Session
from pmqa_desktop.sync.attached import AttachedFiles
from pmqa_desktop.text import Language

RECORD = "record"
"""The folder beside the workspace that the PDF of the own sheets go into."""

_OF_PEERS = frozenset({"scoresheet", "declaration", "endorsement"})
_UNFINISHED = "closing-unfinished"


@dataclass(frozen=True, slots=True)
class ClosingPlan:
    """What closing would do: `sheets` are the agencies whose signed sheet stays, also as PDF.

    `peers` counts documents of other persons, `papers` names files with papers, `unsigned` the agencies whose draft
    holds what no signed sheet has. Where `needs_word`, the person must write why.
    """

    round_closed: bool
    sheets: tuple[str, ...]
    unsigned: tuple[str, ...]
    peers: int
    papers: tuple[str, ...]

    @property
    def needs_word(self) -> bool:
        """Tell whether closing now needs an explicit word: the round is open, or unsigned work would be lost."""
        return not self.round_closed or bool(self.unsigned)


@dataclass(frozen=True, slots=True)
class Closed:
    """What was done: the PDF written, how much was deleted, and whether the mirror's drive was there to be cleaned."""

    record: tuple[Path, ...]
    peers: int
    papers: int
    mirror_cleaned: bool


class ClosingService:
    """Close the round on an evaluator's or chair's laptop."""

    def __init__(
        self, session: Session, scoring: ScoringService, reporting: ReportingService, mirror: MirrorService
    ) -> None:
        """Work in an open workspace with its services."""
        self._session = session
        self._scoring = scoring
        self._reporting = reporting
        self._mirror = mirror

    @property
    def closed_on(self) -> str:
        """Return the date (ISO) on which the round was closed here; empty while it is open."""
        return self._session.meta.get("closed-here") or ""

    def plan(self) -> ClosingPlan:
        """Return what closing would do; changes nothing.

        Raises:
            Expected: `closing-not-here`, this is the secretariat's register; `round-closed-here`.
        """
        self._session.expect_open_here()
        if self._session.me().secretariat:
            raise Expected("closing-not-here")
        works = self._scoring.agencies()
        return ClosingPlan(
            round_closed=self._session.round().roster.state == "closed",
            sheets=tuple(work.agency.agency for work in works if work.signed_digest),
            unsigned=self._unsigned(works),
            peers=len(self._peers()),
            papers=tuple(path.name for path in self._papers()),
        )

    def close(self, word: str = "", *, language: Language = "th", progress: Progress | None = None) -> Closed:
        """Write the own record, then delete what belongs to others and all drafts.

        Args:
            word: Why, where the plan asks for it; it goes into the log.
            language: Of the PDF.
            progress: Told each sheet of the record; it can be stopped until the last is written.

        Raises:
            Cancelled: nothing was deleted; what is written of the record stays.
            Expected: `closing-not-here`; `round-closed-here`; `closing-needs-word`; the trouble of writing the
                record (nothing was deleted then).
        """
        plan, word = self.plan(), typed(word).strip()
        if plan.needs_word and not word:
            raise Expected("closing-needs-word", agencies=", ".join(plan.unsigned) or "-")
        record = self._write_record(plan.sheets, language, progress or Progress())
        peers = self._peers()
        session = self._session
        with session.store.write():
            session.documents.forget(peers)
            session.documents.release([one.stored.digest for one in session.documents.waiting()])
            session.documents.forget_packs()
            session.drafts.forget()
            session.meta.set("closed-here", session.clock().astimezone(THAILAND).date().isoformat())
            session.meta.set(_UNFINISHED, "1")
            told = {"word": word, "peers": str(len(peers)), "papers": str(len(plan.papers))}
            session.audit.append(session.clock(), session.person, "close-round-here", told)
        session.changed()
        RegistryService(session).rebuild_index()
        self.finish()
        session.bus.publish(DocumentsChanged())
        cleaned = self._mirror.forget()
        session.attachments.forget()
        return Closed(record, len(peers), len(plan.papers), cleaned)

    def finish(self) -> None:
        """Delete the files that a closing left over, also one that was cut short; does nothing otherwise."""
        if self._session.meta.get(_UNFINISHED) is None:
            return
        left = False
        for path in (*self._papers(), *self._copies()):
            with suppress(OSError):
                path.unlink()
            left = left or path.exists()
        AttachedFiles(self._session.folder).forget()
        self._session.store.compact()
        if not left:
            self._session.meta.set(_UNFINISHED, None)

    def record(self) -> tuple[Path, ...]:
        """Return the PDF of the own sheets that closing wrote, by name."""
        return tuple(sorted((self._session.folder / RECORD).glob("*.pdf")))

    # ---- inside ---------------------------------------------------------------------------------

    def _unsigned(self, works: Sequence[AgencyWork]) -> tuple[str, ...]:
        """Return the agencies with a sheet, or a chair's consensus, that no signed document has as it stands."""
        found = [
            work.agency.agency
            for work in works
            if work.changed_since_signed or (not work.signed_digest and self._has_draft(work.agency.agency))
        ]
        drafts = self._session.drafts
        begun = [agency for agency in drafts.agencies(CONSENSUS) if drafts.current(CONSENSUS, agency)]
        found += [agency for agency in begun if self._session.current(("consensus", agency)) is None]
        return tuple(dict.fromkeys(found))

    def _has_draft(self, agency: str) -> bool:
        sheet = self._scoring.sheet(agency)
        return bool(sheet.answers or sheet.comments or sheet.evidence or sheet.notes)

    def _peers(self) -> tuple[str, ...]:
        facts = self._session.facts().values()
        return tuple(f.digest for f in facts if f.kind in _OF_PEERS and f.person != self._session.person)

    def _papers(self) -> tuple[Path, ...]:
        return tuple(sorted(self._session.folder.glob("*.pmqa")))

    def _copies(self) -> tuple[Path, ...]:
        path = self._session.store.path
        return tuple(sorted(path.parent.glob(f"{path.name}.before-*")))

    def _write_record(self, agencies: tuple[str, ...], language: Language, progress: Progress) -> tuple[Path, ...]:
        folder = self._session.folder / RECORD
        if agencies:
            folder.mkdir(exist_ok=True)
        seats = self._session.me().seats
        written = []
        for number, agency in enumerate(agencies):
            progress.step(number, len(agencies), agency)
            out = folder / f"{agency}.pdf"
            seat = seats[agency].seat
            written.append(self._reporting.save("scoresheet", out, agency=agency, seat=seat, language=language))
        progress.step(len(agencies), len(agencies))
        return tuple(written)
