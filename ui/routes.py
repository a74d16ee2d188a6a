# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Which screen follows which: opens workspaces on the store's thread and gives every screen what it uses."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from pmqa_desktop.app import App, Role
from pmqa_desktop.laptop import WorkspaceInfo
from pmqa_desktop.progress import Cancelled, Progress
from pmqa_desktop.services.packing.packs import ReceivedPack
from pmqa_desktop.services.rounds.first_roster import FirstRoster
from pmqa_desktop.text import _
from pmqa_desktop.workspace import Workspace
from ui.bridge import EventBridge
from ui.committee_routes import CommitteeRoutes
from ui.desk import Desk
from ui.dialogs.ask import tell
from ui.dialogs.choosing import Chooser
from ui.evaluator_routes import EvaluatorRoutes, WaysOut
from ui.front import Front
from ui.identity_routes import IdentityRoutes
from ui.main_window import MainWindow
from ui.packing_routes import PackingRoutes
from ui.round_routes import RoundRoutes
from ui.screens.identity.acts import key_trouble
from ui.screens.start import MOST_RECENT, PackRequest, StartScreen
from ui.screens.workspace.elsewhere import MOVED, MOVED_REGISTER, is_elsewhere, tell_elsewhere
from ui.tasks import TaskRunner
from ui.workspace_routes import Ways, WorkspaceRoutes


class Routes(QObject):
    """From the start screen into a workspace, to the first screen of its role, and out again."""

    def __init__(self, app: App, window: MainWindow, tasks: TaskRunner, chooser: Chooser, front: Front) -> None:
        """Show screens in `window`; `chooser` asks for files and folders, `front` is where one starts."""
        super().__init__(window)
        self._app, self._window, self._tasks, self._chooser, self._front = app, window, tasks, chooser, front
        self.desk: Desk | None = None
        self._bridge: EventBridge | None = None
        self.identity = IdentityRoutes(app, window, tasks, self._chooser, start=self.start)
        self.rounds = RoundRoutes(
            app, window, tasks, self._chooser, identity=self.identity, start=self.start, opened=self._registry_opened
        )
        self.work = WorkspaceRoutes(
            window, tasks, self._chooser,
            Ways(self.start, self.evaluate, self.sign, lambda: self._committee().open_panels(), self._practise_anew),
        )  # fmt: skip
        out = WaysOut(self.work.open_overview, lambda: self._committee().open_panels(), self._add_pack)
        self.evaluator = EvaluatorRoutes(window, tasks, self._chooser, self._desk, out)
        self.reader, self.reading = self.evaluator.reader, self.evaluator.reading
        self._received: ReceivedPack | None = None
        window.closing.connect(self.close_workspace)

    # ---- start ----------------------------------------------------------------------------------

    def start(self) -> None:
        """Show the start screen with the workspaces of this laptop."""
        self.close_workspace()
        self.read_recent(self._front.show)

    def read_recent(self, done: Callable[[tuple[WorkspaceInfo, ...]], None]) -> None:
        """Hand the workspaces of this laptop to `done`; none where they cannot be listed."""
        self._tasks.store(lambda: self._app.recent(MOST_RECENT), done, lambda _error: done(()), self)

    def practise(self, role: Role) -> None:
        """Open the practice round in a role; made by walking it once when it is not there yet."""
        progress = self._tasks.progress()
        self._busy(_("Preparing the practice round… this takes a few seconds the first time."), progress)
        self._tasks.store(
            lambda: self._read(self._app.practice_workspace(role, progress)), self._opened, self._not_opened, self
        )

    def _practise_anew(self) -> None:
        role: Role = "chair" if self._desk().me.chairs else "evaluator"
        self.close_workspace()
        self._tasks.store(lambda: self._app.forget_practice(role), lambda _none: self.practise(role), owner=self)

    def restore(self) -> None:
        """Offer to put a backup back."""
        self.work.open_restoring(self._app, self.identity.attempts_at, self._open_restored)

    def _open_restored(self, path: Path) -> None:
        self._tasks.store(lambda: self._read(self._app.open_workspace(path)), self._opened, self._not_opened, self)

    def open_known(self, info: WorkspaceInfo, take_over: bool = False) -> None:
        """Open a workspace of this laptop; `take_over` says that no other computer has it open any more."""

        def failed(error: Exception) -> None:
            screen = self._window.screen_now
            if is_elsewhere(error) and isinstance(screen, StartScreen):
                tell_elsewhere(screen, error, lambda take: self.open_known(info, take))
            else:
                self._not_opened(error)

        self._busy(_("Opening…"))
        self._tasks.store(
            lambda: self._read(self._app.open_workspace(info.path, take_over=take_over)), self._opened, failed, self
        )

    def open_pack(self, request: PackRequest) -> None:
        """Open a pack; a round that is new here only once its first roster was compared (or, practising, not)."""
        progress = self._tasks.progress()
        self._busy(_("Opening the pack…"), progress)

        def work() -> Desk | tuple[ReceivedPack, FirstRoster]:
            attempts = self.identity.attempts_at(request.key)
            received = self._app.receive(request.pack, request.key, request.passphrase, attempts, progress)
            try:
                first = self._app.first_opening(received)
            except BaseException:
                received.close()
                raise
            return (received, first) if first else self._unpack(received, request, "")

        def done(found: Desk | tuple[ReceivedPack, FirstRoster]) -> None:
            if isinstance(found, Desk):
                self._opened(found)
            else:
                received, first = found
                self._received = received
                self.identity.compare(first, lambda told: self._unpack(received, request, told), self._opened)

        self._tasks.store(work, done, self._not_opened, self)

    def open_keys(self) -> None:
        """Show the own keys."""
        self.identity.open_keys()

    def open_rounds(self) -> None:
        """Show the own rounds as secretariat."""
        self.rounds.open_rounds()

    def _unpack(self, received: ReceivedPack, request: PackRequest, compared: str) -> Desk:
        """Let a workspace take a received pack; it stays received while the comparing goes wrong."""
        workspace = self._app.open_received(received, request.key, request.passphrase, confirmed=compared or None)
        received.close()
        return self._read(workspace)

    def _drop_received(self) -> None:
        """Remove the copy of a pack that was not opened after all."""
        if self._received is not None:
            self._tasks.store(self._received.close)
            self._received = None

    def _busy(self, words: str, progress: Progress | None = None) -> None:
        if isinstance(screen := self._window.screen_now, StartScreen):
            screen.show_busy(words, progress)

    def _not_opened(self, error: Exception) -> None:
        screen = self._window.screen_now
        if isinstance(screen, StartScreen) and isinstance(error, Cancelled):
            screen.show_busy("")
            screen.focus_first()
        elif isinstance(screen, StartScreen):
            screen.show_trouble(_("This could not be opened"), key_trouble(error))
        else:
            self._window.tell(error)

    @staticmethod
    def _read(workspace: Workspace) -> Desk:
        me, closed = workspace.me, bool(workspace.closing.closed_on)
        panels = workspace.panel.agencies() if me.chairs and me.seats and not closed else ()
        waits = any(panel.chair and panel.blocked == "own-sheet-first" for panel in panels)
        return Desk(workspace, me, workspace.round, closed, waits)

    def _opened(self, desk: Desk) -> None:
        self.close_workspace()
        self.desk = desk
        self._bridge = EventBridge(desk.workspace.bus, self)
        self.work.opened(desk.workspace, desk.seen)
        self.home()

    def _registry_opened(self, workspace: Workspace) -> None:
        self._tasks.store(lambda: self._read(workspace), self._opened, owner=self)

    def home(self) -> None:
        """Show the first screen of the role of the open workspace; the record once the round is closed here."""
        desk = self._desk()
        if desk.closed:
            self.work.open_record()
        elif desk.me.secretariat:
            self._committee().open_registry()
            if desk.workspace.moved:
                tell(self._window, _(MOVED), _(MOVED_REGISTER))
        elif desk.me.chairs and not (desk.scores_first or (desk.workspace.moved and desk.me.seats)):
            self._committee().open_panels()
        else:
            self.mine()

    def mine(self) -> None:
        """Show the own work: all agencies of the seat, or the only one at once."""
        desk = self._desk()
        if desk.closed:
            self.work.open_record()
        elif len(desk.me.seats) > 1 or desk.workspace.moved:
            self.work.open_overview()
        else:
            self.evaluate()

    def close_workspace(self) -> None:
        """Put the open workspace away."""
        self.evaluator.close()
        self._drop_received()
        if self._bridge is not None:
            self._bridge.close()
            self._bridge = None
        self.work.closed()
        if self.desk is not None:
            workspace, self.desk = self.desk.workspace, None
            self._tasks.store(workspace.close)

    def _desk(self) -> Desk:
        if self.desk is None:
            raise RuntimeError("no workspace is open")
        return self.desk

    def _committee(self) -> CommitteeRoutes:
        desk = self._desk()
        made = CommitteeRoutes(
            self._window, self._tasks, desk.workspace, desk.me, desk.seen, self._chooser,
            start=self.start, evaluate=lambda agency: self.evaluate(agency) if agency else self.mine(),
        )  # fmt: skip
        made.home = self._app.home
        made.backup = self.work.open_backup
        made.closing = self.work.open_closing
        return made

    def evaluate(self, agency: str = "", item: str = "") -> None:
        """Open an agency of the own seat as `EvaluatorRoutes.evaluate` does."""
        self.evaluator.evaluate(agency, item)

    def sign(self, agency: str) -> None:
        """Offer to sign the sheet on an agency."""
        self.evaluator.sign(agency)

    def _add_pack(self) -> None:
        desk = self._desk()
        PackingRoutes(
            self._window, self._tasks, desk.workspace, desk.seen, self._chooser, back=self._after_pack
        ).open_adding()

    def _after_pack(self) -> None:
        """Read anew who one is and what the round says: a pack may have brought a newer roster."""

        def reread(desk: Desk) -> None:
            self.desk = desk
            self.work.opened(desk.workspace, desk.seen)
            self.evaluate()

        workspace = self._desk().workspace
        self._tasks.store(lambda: self._read(workspace), reread, owner=self)
