# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Which screen follows which for the chair and the secretariat."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject

from pmqa_desktop.services.session import Me, RoundInfo
from pmqa_desktop.settings import read_settings, write_settings
from pmqa_desktop.text import _
from pmqa_desktop.workspace import Workspace
from ui.dialogs.choosing import Chooser
from ui.main_window import MainWindow
from ui.models.matrix import Mode
from ui.packing_routes import PackingRoutes
from ui.roster_routes import RosterRoutes
from ui.screens.endorsement import EndorsementScreen
from ui.screens.panel.agencies import PanelListScreen
from ui.screens.panel.screen import PanelPlace, PanelScreen
from ui.screens.panel.signing import ConsensusSignScreen
from ui.screens.panel.themes import ThemesScreen
from ui.screens.registry.publish import PublishScreen
from ui.screens.registry.screen import RegistryPlace, RegistryScreen
from ui.screens.reports.offer import Remembered
from ui.screens.reports.screen import ReportsScreen
from ui.screens.summary import SummaryScreen
from ui.tasks import TaskRunner
from ui.widgets.buttons import Button

logger = logging.getLogger(__name__)


class CommitteeRoutes(QObject):
    """The chair's way: panels, table, summary, signing, endorsement; and the secretariat's.

    Below `home` the choices of the reports' screen are kept; without it they are not.
    """

    def __init__(
        self,
        window: MainWindow,
        tasks: TaskRunner,
        workspace: Workspace,
        me: Me,
        seen: RoundInfo,
        chooser: Chooser,
        *,
        start: Callable[[], None],
        evaluate: Callable[[str], None],
    ) -> None:
        """Show screens in `window`; `start` leads back to the start screen.

        `evaluate` leads to the own sheet of an agency, or with an empty name to all own work.
        """
        super().__init__(window)
        self._window, self._tasks, self._workspace = window, tasks, workspace
        self._me, self._seen, self._chooser = me, seen, chooser
        self._start, self._evaluate = start, evaluate
        self.home: Path | None = None
        self.closing: Callable[[Callable[[], None]], None] | None = None
        self.backup: Callable[[Callable[[], None]], None] | None = None
        self.packing = PackingRoutes(window, tasks, workspace, seen, chooser, back=self.open_registry)

    def _practice_files(self) -> tuple[Path, ...]:
        """Return the folders a person in my role would be sent; none outside a practice round."""
        folder = self._workspace.practice_folder
        if folder is None:
            return ()
        if self._me.secretariat:
            return tuple(folder / name for name in ("sheets", "consensus", "endorsements"))
        return (folder / "sheets",) if self._me.chairs else ()

    def open_panels(self) -> None:
        """Show the panels that the person chairs or sits on."""
        workspace = self._workspace

        def make() -> PanelListScreen:
            screen = PanelListScreen(
                workspace.panel, workspace.exchange, workspace.unlock, self._seen, self._tasks, chooser=self._chooser
            )
            screen.panel_opened.connect(self.open_panel)
            screen.endorse_asked.connect(self.open_endorsement)
            if self._me.secretariat:
                screen.home_asked.connect(self.open_registry)
                if self._me.seats:
                    own = Button("", "to-my-work", "bar", "pen", said=_("My work"))
                    own.clicked.connect(lambda: self._evaluate(""))
                    screen.bar_buttons = [screen.bar_buttons[0], own, *screen.bar_buttons[1:]]
            else:
                screen.home_asked.connect((lambda: self._evaluate("")) if self._me.seats else self._start)
            screen.sheet_asked.connect(self._evaluate)
            if self.closing is not None and not self._me.seats and not self._me.secretariat:
                screen.close_asked.connect(partial(self.closing, self.open_panels))
                screen.offer_closing()
            screen.offer_practice(self._practice_files())
            screen.fill_passphrase(workspace.practice_passphrase)
            return screen

        self._window.open(make)

    def open_panel(self, agency: str, item: str = "") -> None:
        """Show the table of one agency, at `item` if one is given."""
        workspace = self._workspace

        def make() -> PanelScreen:
            screen = PanelScreen(
                workspace.panel, workspace.exchange, workspace.unlock, self._seen, self._tasks, agency,
                chooser=self._chooser,
            )  # fmt: skip
            screen.list_asked.connect(self.open_panels)
            screen.summary_asked.connect(self.open_summary)
            screen.sheet_asked.connect(self._evaluate)
            screen.offer_files(workspace.attachments)
            screen.offer_practice(self._practice_files())
            screen.fill_passphrase(workspace.practice_passphrase)
            return screen

        self._window.open(make, PanelPlace(item, Mode.ALL) if item else None)

    def open_summary(self, agency: str) -> None:
        """Show the panel's result of one agency."""
        workspace = self._workspace

        def make() -> SummaryScreen:
            screen = SummaryScreen(workspace.panel, self._seen, self._tasks, agency)
            screen.reports_asked.connect(self.open_agency_reports)
            screen.panel_asked.connect(self.open_panel)
            screen.sign_asked.connect(self.open_signing)
            screen.themes_asked.connect(self.open_themes)
            return screen

        self._window.open(make)

    def open_signing(self, agency: str) -> None:
        """Sign the consensus of one agency."""
        workspace = self._workspace

        def make() -> ConsensusSignScreen:
            screen = ConsensusSignScreen(
                workspace.panel, workspace.exchange, self._seen, self._tasks, agency, chooser=self._chooser
            )
            screen.summary_asked.connect(self.open_summary)
            screen.list_asked.connect(self.open_panels)
            screen.themes_asked.connect(self.open_themes)
            screen.fill_passphrase(workspace.practice_passphrase)
            return screen

        self._window.open(make)

    def open_themes(self, agency: str) -> None:
        """Write the key themes of one agency."""
        workspace = self._workspace

        def make() -> ThemesScreen:
            screen = ThemesScreen(workspace.panel, self._seen, self._tasks, agency)
            screen.summary_asked.connect(self.open_summary)
            return screen

        self._window.open(make)

    def open_endorsement(self, agency: str) -> None:
        """Read the consensus on one agency and endorse it or dissent."""
        workspace = self._workspace

        def make() -> EndorsementScreen:
            screen = EndorsementScreen(
                workspace.panel, workspace.exchange, self._seen, self._tasks, agency, chooser=self._chooser
            )
            screen.list_asked.connect(self.open_panels)
            screen.fill_passphrase(workspace.practice_passphrase)
            return screen

        self._window.open(make)

    def open_registry(self, place: RegistryPlace | None = None) -> None:
        """Show the secretariat's board, or the place where one was."""
        workspace = self._workspace

        def make() -> RegistryScreen:
            screen = RegistryScreen(
                workspace.registry, workspace.exchange, workspace.unlock, self._seen, self._tasks,
                chooser=self._chooser,
            )  # fmt: skip
            screen.home_asked.connect(self._start)
            if self._me.chairs or self._me.seats:  # an officer who leads or sits on a panel
                screen.offer_panels()
                screen.panels_asked.connect(self.open_panels)
            if self.backup is not None:
                screen.backup_asked.connect(partial(self.backup, self.open_registry))
            screen.reports_asked.connect(self.open_reports)
            screen.publish_asked.connect(self.open_publish)
            screen.offer_publishing(workspace.publishing)
            screen.offer_rescue(workspace.holding, workspace.recovery)
            screen.roster_asked.connect(self.open_roster)
            screen.packs_asked.connect(self.packing.open)
            screen.offer_files(workspace.attachments)
            screen.offer_practice(self._practice_files())
            screen.fill_passphrase(workspace.practice_passphrase)
            return screen

        self._window.open(make, place)

    def open_roster(self) -> None:
        """Show the roster in force and what may change in it."""
        routes = RosterRoutes(
            self._window, self._tasks, self._workspace, self._seen, self._chooser, back=self._reopen_registry
        )
        routes.open_roster()

    def _reopen_registry(self) -> None:
        """Show the board as the roster in force now has it."""

        def done(read: tuple[Me, RoundInfo]) -> None:
            self._me, self._seen = read
            self.open_registry()

        self._tasks.store(lambda: (self._workspace.me, self._workspace.round), done, owner=self)

    def open_reports(self, agency: str = "") -> None:
        """Show the reports of the round, of `agency` first."""
        workspace = self._workspace

        def make() -> ReportsScreen:
            screen = ReportsScreen(
                workspace.registry, workspace.reporting, self._seen, self._tasks,
                agency=agency, kept=self._choices_kept(), chooser=self._chooser,
            )  # fmt: skip
            screen.back_asked.connect(lambda now: self.open_registry(RegistryPlace(1, 0, now)))
            screen.board_asked.connect(self.open_registry)
            screen.choices_left.connect(self._keep_choices)
            return screen

        self._window.open(make)

    def open_publish(self) -> None:
        """Sign the results, or countersign those that wait."""
        workspace = self._workspace

        def make() -> PublishScreen:
            screen = PublishScreen(
                workspace.publishing, workspace.countersigning, workspace.exchange, self._seen, self._tasks,
                person=self._me.person, chooser=self._chooser,
            )  # fmt: skip
            screen.back_asked.connect(lambda: self.open_registry(RegistryPlace(1, 0, "")))
            screen.reports_asked.connect(self.open_reports)
            screen.fill_passphrase(workspace.practice_passphrase)
            return screen

        self._window.open(make)

    def open_agency_reports(self, agency: str) -> None:
        """Show the reports of one agency to its panel."""
        workspace = self._workspace

        def make() -> ReportsScreen:
            screen = ReportsScreen(
                workspace.registry, workspace.reporting, self._seen, self._tasks,
                agency=agency, alone=True, kept=self._choices_kept(), chooser=self._chooser,
            )  # fmt: skip
            screen.back_asked.connect(lambda _now: self.open_summary(agency))
            screen.board_asked.connect(lambda: self.open_summary(agency))
            screen.choices_left.connect(self._keep_choices)
            return screen

        self._window.open(make)

    def _choices_kept(self) -> Remembered:
        if self.home is None:
            return Remembered()
        kept = read_settings(self.home)
        return Remembered(kept.report, kept.report_language, kept.digits, kept.report_folder)

    def _keep_choices(self, chosen: Remembered) -> None:
        if self.home is None:
            return
        before = read_settings(self.home)
        now = msgspec.structs.replace(
            before, report=chosen.report, report_language=chosen.language, digits=chosen.digits,
            report_folder=chosen.folder,
        )  # fmt: skip
        try:
            if now != before:
                write_settings(self.home, now)
        except OSError:
            # a full disk must not keep anybody from leaving: the choices are a convenience
            logger.warning("the choices of the reports' screen could not be kept")
