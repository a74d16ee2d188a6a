# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""One open file with the services that work on it: the desks a window or a command asks."""

from pathlib import Path

from pmqa_desktop.services.evaluation.attachments import AttachmentService
from pmqa_desktop.services.evaluation.overview import OverviewService
from pmqa_desktop.services.evaluation.reading import ReadingService
from pmqa_desktop.services.evaluation.scoring import ScoringService
from pmqa_desktop.services.evaluation.shelf import PackShelf
from pmqa_desktop.services.exchange.service import ExchangeService
from pmqa_desktop.services.packing.service import PackingService
from pmqa_desktop.services.panel import PanelService
from pmqa_desktop.services.practice import PASSPHRASE
from pmqa_desktop.services.registry.countersigning import CountersigningService
from pmqa_desktop.services.registry.holding import HoldingService
from pmqa_desktop.services.registry.publishing import PublishingService
from pmqa_desktop.services.registry.service import RegistryService
from pmqa_desktop.services.reporting import ReportingService
from pmqa_desktop.services.rounds.recovery import RecoveryService
from pmqa_desktop.services.rounds.roster_desk import RosterDesk
from pmqa_desktop.services.safekeeping.backups import BackupService
from pmqa_desktop.services.safekeeping.bringing import BringingService
from pmqa_desktop.services.safekeeping.closing import ClosingService
from pmqa_desktop.services.safekeeping.mirror import MirrorService, MirrorState
from pmqa_desktop.services.safekeeping.portable import PortableService
from pmqa_desktop.services.session import Me, RoundInfo, Session
from pmqa_desktop.store.occupancy import Occupancy


class Workspace:
    """One open file with the services that work on it; every call belongs on the thread that opened it."""

    def __init__(
        self,
        session: Session,
        practice_folder: Path | None = None,
        *,
        occupancy: Occupancy | None = None,
        moved: bool = False,
    ) -> None:
        """Compose the services of an open session.

        Args:
            session: The open file.
            practice_folder: Holds the files of a practice round.
            occupancy: The claim that keeps other windows out; given free on closing.
            moved: This file was copied from another laptop: the window tells so, once.
        """
        self.session = session
        self.moved = moved
        self._occupancy = occupancy
        self.bus = session.bus
        self.scoring = ScoringService(session)
        self.attachments = AttachmentService(session, self.scoring)
        self.reading = ReadingService(session)
        self.overview = OverviewService(session, self.scoring)
        self.portable = PortableService(session)
        self.mirror = MirrorService(session, self.portable)
        self.bringing = BringingService(session, self.portable, self.mirror)
        self.panel = PanelService(session)
        self.exchange = ExchangeService(session)
        self.registry = RegistryService(session)
        self.backups = BackupService(session)
        self.rosters = RosterDesk(session)
        self.packing = PackingService(session)
        self.shelf = PackShelf(session)
        self.recovery = RecoveryService(session)
        self.holding = HoldingService(session)
        self.publishing = PublishingService(session)
        self.countersigning = CountersigningService(session)
        self.reporting = ReportingService(session, self._proof, self._lineage)
        self.closing = ClosingService(session, self.scoring, self.reporting, self.mirror)
        self.practice_folder = practice_folder
        self.practice_passphrase = PASSPHRASE if practice_folder is not None else ""

    @property
    def path(self) -> Path:
        """Return the file."""
        return self.session.store.path

    @property
    def me(self) -> Me:
        """Return whose workspace this is."""
        return self.session.me()

    @property
    def round(self) -> RoundInfo:
        """Return what the roster and criteria say."""
        return self.session.round()

    def tick(self) -> MirrorState | None:
        """Do what time asks for: drop a key that was not used for long, mirror the drafts after a quiet while.

        Returns:
            How the mirror stands, if it was written or was to be.
        """
        self.session.drop_idle_key()
        return self.mirror.tick()

    def unlock(self, passphrase: str) -> None:
        """Open the private key for this sitting; raises the key's own codes."""
        self.session.unlock(passphrase)

    def _proof(self, agency: str) -> bytes | None:
        """Return the signed proof for an agency's report, where the secretariat's key is open."""
        if not self.me.secretariat or not self.session.is_unlocked:
            return None
        return self.publishing.proof(agency, self.session.unlocked())

    def _lineage(self, agency: str) -> bytes | None:
        """Return what the panel's own copy carries, for chair and secretariat while their key is open."""
        mine = self.me.secretariat or agency in self.me.chairs
        return self.publishing.lineage(agency, self.session.unlocked()) if mine and self.session.is_unlocked else None

    def close(self) -> None:
        """Mirror what is not mirrored yet, drop the key, close the file and give it free for another window."""
        try:
            self.mirror.on_close()
        finally:
            self.session.close()
            if self._occupancy is not None:
                self._occupancy.release()
