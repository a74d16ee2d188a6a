# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The way through the own workspace as a whole: overview, drafts on the move, mirror, closing, the record after it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from pmqa_desktop.app import App
from pmqa_desktop.services.attempts import Attempts
from pmqa_desktop.services.safekeeping.backups import Restored
from pmqa_desktop.services.safekeeping.bringing import SUFFIXES
from pmqa_desktop.services.safekeeping.closing import Closed, ClosingPlan
from pmqa_desktop.services.safekeeping.mirror import MirrorState
from pmqa_desktop.services.safekeeping.portable import Comparison
from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.text import _, pick
from pmqa_desktop.workspace import Workspace
from ui.dialogs.choosing import Chooser
from ui.drives import other_drives
from ui.main_window import MainWindow
from ui.screens.base import Screen
from ui.screens.scoring.screen import ScoringScreen
from ui.screens.workspace.backups import BackingUpAll, BackupScreen, Restoring
from ui.screens.workspace.carrying import BringRequest, CarryRequest, DraftOf
from ui.screens.workspace.closing import ClosedScreen, ClosingScreen, Record
from ui.screens.workspace.comparing import ComparingScreen, TakeRequest
from ui.screens.workspace.drafts import BRING, DraftsScreen
from ui.screens.workspace.overview import Overview, OverviewScreen
from ui.screens.workspace.spent import TimeSpent
from ui.screens.workspace.words import mirror_told, moment_words
from ui.tasks import TaskRunner

MOST_FILES = 4


@dataclass(frozen=True, slots=True)
class Ways:
    """Where else the screens lead.

    To the start, to a sheet (agency, item), to signing one, to the own panels, to the practice round anew.
    """

    start: Callable[[], None]
    evaluate: Callable[[str, str], None]
    sign: Callable[[str], None]
    panels: Callable[[], None]
    anew: Callable[[], None]


def drafts_on_drives(folder: Path | None) -> tuple[Path, ...]:
    """Return drafts and mirrors in the top folders of other drives and in the mirror's own, the newest first."""
    places = [Path(drive.rootPath()) for drive in other_drives()] + ([folder] if folder else [])
    found: dict[Path, float] = {}
    for place in places:
        try:
            for path in place.iterdir():
                if path.suffix in SUFFIXES and path.is_file():
                    found[path] = path.stat().st_mtime
        except OSError:
            continue
    return tuple(sorted(found, key=lambda path: -found[path])[:MOST_FILES])


class WorkspaceRoutes(QObject):
    """Show what concerns the whole of one open workspace, and let it have its turn as time goes on."""

    def __init__(self, window: MainWindow, tasks: TaskRunner, chooser: Chooser, ways: Ways) -> None:
        """Show screens in `window`; `ways` lead elsewhere."""
        super().__init__(window)
        self._window, self._tasks, self._chooser, self._ways = window, tasks, chooser, ways
        self._opened: tuple[Workspace, RoundInfo] | None = None
        self._moved = False
        self._mirror: MirrorState | None = None
        self.spent = TimeSpent(window)
        window.leaving.connect(self._count)
        # the bar is built anew then
        window.appearance_changed.connect(lambda *_appearance: self._fill_bar())

    # ---- the open workspace ---------------------------------------------------------------------

    def opened(self, workspace: Workspace, seen: RoundInfo) -> None:
        """Serve a workspace that was just opened."""
        self._opened, self._moved = (workspace, seen), workspace.moved
        self._tasks.store(workspace.mirror.state, self._show_mirror, owner=self)

    def closed(self) -> None:
        """Serve none any more."""
        self._count(self._window.screen_now)
        self._opened, self._moved, self._mirror = None, False, None
        self._fill_bar()

    def _now(self) -> tuple[Workspace, RoundInfo]:
        if self._opened is None:
            raise RuntimeError("no workspace is open")
        return self._opened

    def _names(self) -> dict[str, str]:
        _workspace, seen = self._now()
        return {code: pick(agency.name_th, agency.name_en) for code, agency in seen.agencies.items()}

    def tick(self) -> None:
        """Let the workspace do what time asks for, and count the time worked in front of a sheet."""
        self._count(self._window.screen_now)
        if self._opened is not None:
            self._tasks.store(self._opened[0].tick, self._show_mirror, owner=self)

    def _count(self, screen: Screen | None) -> None:
        """Count the time worked on `screen` since this was last called: by the clock, and when a screen is left."""
        front = isinstance(screen, ScoringScreen) and self._window.isActiveWindow()
        seconds = self.spent.take(front=front)
        if seconds and self._opened is not None and isinstance(screen, ScoringScreen):
            overview, agency = self._opened[0].overview, screen.agency
            self._tasks.store(lambda: overview.tick(agency, seconds), owner=self)

    def _show_mirror(self, state: MirrorState | None) -> None:
        if state is None or self._opened is None:
            return
        self._mirror = state
        self._fill_bar()
        screen = self._window.screen_now
        if isinstance(screen, OverviewScreen):
            screen.show_mirror(state)
        elif isinstance(screen, DraftsScreen):
            screen.mirror.show_state(state)

    def _fill_bar(self) -> None:
        """Tell in the bar how the mirror stands, wherever one is; nothing while none is kept."""
        state = self._mirror
        if state is None or state.folder is None:
            self._window.bar.mirror.hide()
            return
        told = mirror_told(state)
        self._window.bar.mirror.tell(told.words, trouble=told.icon == "warn")

    # ---- overview -------------------------------------------------------------------------------

    def open_overview(self) -> None:
        """Show where the own work stands."""
        workspace, seen = self._now()
        moved = self._moved

        def read() -> Overview:
            overview = workspace.overview
            return Overview(overview.agencies(), overview.due(), workspace.mirror.state(), seen, moved)

        self._tasks.store(read, self._show_overview, owner=self)

    def _show_overview(self, found: Overview) -> None:
        def make() -> OverviewScreen:
            screen = OverviewScreen(replace(found, mirror=self._mirror or found.mirror))
            screen.open_asked.connect(self._ways.evaluate)
            screen.sign_asked.connect(self._ways.sign)
            screen.lift_asked.connect(partial(self._lift, screen))
            screen.drafts_asked.connect(self.open_drafts)
            screen.close_asked.connect(self.open_closing)
            screen.start_asked.connect(self._ways.start)
            screen.panels_asked.connect(self._ways.panels)
            return screen

        self._window.open(make)

    def _lift(self, screen: OverviewScreen, agency: str) -> None:
        workspace, _seen = self._now()
        self._tasks.store(
            lambda: workspace.overview.lift(agency), lambda found: screen.show_lift(agency, found), owner=screen
        )

    # ---- drafts ---------------------------------------------------------------------------------

    def open_drafts(self, act: int = 0) -> None:
        """Show what can be done with drafts; `act` is the one to begin with."""
        workspace, seen = self._now()

        def read() -> tuple[tuple[DraftOf, ...], MirrorState, tuple[Path, ...]]:
            state = workspace.mirror.state()
            drafts = tuple(
                DraftOf(one.agency.agency, pick(one.agency.name_th, one.agency.name_en), one.scored, one.of)
                for one in workspace.scoring.agencies()
                if one.declaration != "recused"
                and (one.declaration or workspace.scoring.sheet(one.agency.agency).saved_at is not None)
            )
            return drafts, state, drafts_on_drives(state.folder)

        def show(found: tuple[tuple[DraftOf, ...], MirrorState, tuple[Path, ...]]) -> None:
            drafts, state, files = found
            # built anew in another language, the screen shows how the mirror stands then
            self._window.open(lambda: self._drafts_screen(seen, drafts, self._mirror or state, files), (act, None))

        self._tasks.store(read, show, owner=self)

    def _drafts_screen(
        self, seen: RoundInfo, drafts: tuple[DraftOf, ...], state: MirrorState, files: tuple[Path, ...]
    ) -> DraftsScreen:
        screen = DraftsScreen(seen, drafts, state, self._chooser, files)
        screen.back_asked.connect(self.open_overview)
        screen.carry.asked.connect(partial(self._carry, screen))
        screen.bring.asked.connect(partial(self._bring, screen))
        screen.mirror.chosen.connect(partial(self._choose_mirror, screen))
        screen.mirror.write_asked.connect(partial(self._write_mirror, screen))
        return screen

    def _carry(self, screen: DraftsScreen, asked: CarryRequest) -> None:
        workspace, _seen = self._now()
        self._tasks.store(
            lambda: workspace.portable.export(asked.folder, asked.passphrase, asked.agencies),
            screen.carry.show_written,
            screen.carry.show_error,
            screen,
        )

    def _bring(self, screen: DraftsScreen, asked: BringRequest) -> None:
        workspace, _seen = self._now()
        self._tasks.store(
            lambda: workspace.bringing.compare(asked.path, asked.passphrase),
            self._show_comparison,
            screen.bring.show_error,
            screen,
        )

    def _show_comparison(self, comparison: Comparison) -> None:
        _workspace, seen = self._now()
        names = self._names()

        def make() -> ComparingScreen:
            screen = ComparingScreen(seen, comparison, names)
            screen.back_asked.connect(lambda: self.open_drafts(BRING))
            screen.take_asked.connect(partial(self._take, screen, comparison))
            screen.open_asked.connect(lambda agency: self._ways.evaluate(agency, ""))
            return screen

        self._window.open(make)

    def _take(self, screen: ComparingScreen, comparison: Comparison, asked: TakeRequest) -> None:
        workspace, _seen = self._now()
        self._tasks.store(
            lambda: workspace.portable.take(comparison, (asked.agency,), {asked.agency: asked.fields}),
            lambda _changed: screen.show_taken(asked.agency, len(asked.fields)),
            screen.show_error,
            screen,
        )

    def _choose_mirror(self, screen: DraftsScreen, folder: Path | None) -> None:
        """Turn the mirror on, and write the first copy at once; or turn it off."""
        workspace, _seen = self._now()

        def work() -> MirrorState:
            state = workspace.mirror.choose(folder)
            return workspace.mirror.write_now() if folder is not None else state

        self._mirror_work(screen, work)

    def _write_mirror(self, screen: DraftsScreen) -> None:
        workspace, _seen = self._now()
        self._mirror_work(screen, workspace.mirror.write_now)

    def _mirror_work(self, screen: DraftsScreen, work: Callable[[], MirrorState]) -> None:
        self._tasks.store(work, self._show_mirror, screen.mirror.show_error, screen)

    # ---- backups --------------------------------------------------------------------------------

    def open_backup(self, back: Callable[[], None]) -> None:
        """Offer a backup of the open workspace; `back` leads back."""
        workspace, seen = self._now()

        def make(last: str) -> BackupScreen:
            act = BackingUpAll(self._chooser, moment_words(datetime.fromisoformat(last)) if last else "")
            act.asked.connect(
                lambda asked: self._tasks.store(
                    lambda: workspace.backups.write(asked.folder, asked.passphrase),
                    act.show_written,
                    act.show_error,
                    act,
                )
            )
            screen = BackupScreen(act, _("Backup"), seen)
            screen.back_asked.connect(back)
            return screen

        def show(last: str) -> None:
            self._window.open(lambda: make(last))

        self._tasks.store(lambda: workspace.backups.last, show, owner=self)

    def open_restoring(self, app: App, attempts_at: Callable[[Path], Attempts], opened: Callable[[Path], None]) -> None:
        """Offer to put a backup back; `opened` opens the workspace that came of it."""

        def restored(act: Restoring, found: Restored) -> None:
            act.show_restored(found)
            act.open_asked.connect(lambda: opened(found.path))

        def make() -> BackupScreen:
            act = Restoring(self._chooser)
            act.asked.connect(
                lambda asked: self._tasks.store(
                    lambda: app.restore_backup(asked.backup, asked.key, asked.passphrase, attempts_at(asked.key)),
                    partial(restored, act),
                    act.show_error,
                    act,
                )
            )
            screen = BackupScreen(act, _("Restore from a backup"))
            screen.back_asked.connect(self._ways.start)
            return screen

        self._window.open(make)

    # ---- closing --------------------------------------------------------------------------------

    def open_closing(self, back: Callable[[], None] | None = None) -> None:
        """Show what closing the round on this laptop would do; `back` leads back, by default to the own work."""
        workspace, seen = self._now()
        names = self._names()

        def make(plan: ClosingPlan) -> ClosingScreen:
            screen = ClosingScreen(seen, plan, names)
            screen.back_asked.connect(back or self.open_overview)
            screen.sign_asked.connect(self._ways.sign)
            screen.close_asked.connect(partial(self._close_round, screen))
            self._tasks.stepped.connect(screen.show_step)
            return screen

        def show(plan: ClosingPlan) -> None:
            self._window.open(lambda: make(plan))

        self._tasks.store(workspace.closing.plan, show, owner=self)

    def _close_round(self, screen: ClosingScreen, word: str) -> None:
        workspace, _seen = self._now()
        progress = self._tasks.progress()
        screen.show_busy(progress)
        self._tasks.store(
            lambda: workspace.closing.close(word, progress=progress),
            self.open_record,
            screen.show_error,
            screen,
        )

    def open_record(self, closed: Closed | None = None) -> None:
        """Show what stays of a round that is closed here; `closed` is what was done just now."""
        workspace, seen = self._now()
        names = self._names()

        def show(record: Record) -> None:
            def make() -> ClosedScreen:
                screen = ClosedScreen(seen, record, names)
                screen.start_asked.connect(self._ways.start)
                screen.panels_asked.connect(self._ways.panels)
                screen.anew_asked.connect(self._ways.anew)
                screen.file_asked.connect(partial(self._show_record, screen))
                if record.files:
                    self._show_record(screen, record.files[0])
                return screen

            self._window.open(make)

        self._tasks.store(
            lambda: Record(
                workspace.closing.closed_on, workspace.closing.record(), closed, workspace.practice_folder is not None
            ),
            show,
            owner=self,
        )

    def _show_record(self, screen: ClosedScreen, path: Path) -> None:
        self._tasks.store(path.read_bytes, lambda data: screen.show_file(path, data), screen.show_file_error, screen)
