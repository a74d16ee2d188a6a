# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Which screen follows which: opens workspaces on the store's thread and gives every screen what it uses."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from pmqa_desktop.app import App, Role, Workspace, WorkspaceInfo
from pmqa_desktop.errors import Expected
from pmqa_desktop.progress import Cancelled, Progress
from pmqa_desktop.services.exchange import What
from pmqa_desktop.services.finding import Hit
from pmqa_desktop.services.first_roster import FirstRoster
from pmqa_desktop.services.packs import ReceivedPack
from pmqa_desktop.services.scoring import AgencyWork, ReadBack
from pmqa_desktop.services.session import Me, RoundInfo
from pmqa_desktop.text import _, pick
from ui.bridge import EventBridge
from ui.committee_routes import CommitteeRoutes
from ui.dialogs.ask import tell
from ui.dialogs.choosing import Chooser
from ui.front import Front
from ui.identity_routes import IdentityRoutes
from ui.main_window import MainWindow
from ui.packing_routes import PackingRoutes
from ui.paper_routes import PaperRoutes
from ui.reading_routes import ReadingRoutes
from ui.round_routes import RoundRoutes
from ui.screens.declaration import DeclarationScreen, Declared
from ui.screens.export_box import ExportBox
from ui.screens.identity.acts import key_trouble
from ui.screens.scoring.desk import OpenSheet, SheetDesk
from ui.screens.scoring.layout import Place
from ui.screens.scoring.reader import Reader
from ui.screens.scoring.screen import ScoringScreen
from ui.screens.signing.screen import Opened, SigningScreen, SignWork
from ui.screens.start import MOST_RECENT, PackRequest, StartScreen
from ui.screens.workspace.elsewhere import MOVED, MOVED_REGISTER, is_elsewhere, tell_elsewhere
from ui.tasks import TaskRunner
from ui.widgets.buttons import Button
from ui.workspace_routes import Ways, WorkspaceRoutes

Then = Callable[[ScoringScreen], None]


@dataclass(frozen=True, slots=True)
class Desk:
    """An open workspace and what was read from it when it was opened; `closed`: the round is closed here."""

    workspace: Workspace
    me: Me
    seen: RoundInfo
    closed: bool = False


class Routes(QObject):
    """The evaluator's way: start, declaration, scoring, signing; and the door to the committee's screens."""

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
        self.reader = Reader(self)
        self.reading = ReadingRoutes(tasks, self._chooser, self.reader, self)
        self._papers = PaperRoutes(tasks, self.reader, self.reading, self)
        self._works: tuple[AgencyWork, ...] = ()
        self._then: Then | None = None
        self._sheet: SheetDesk | None = None
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
        return Desk(workspace, workspace.me, workspace.round, bool(workspace.closing.closed_on))

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
        elif desk.me.chairs and not (desk.workspace.moved and desk.me.seats):
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
        if self._sheet is not None:
            self._sheet.put_away()
        self.reading.end()
        self.reader.close()
        self._drop_received()
        self._papers.stop()
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
            start=self.start, evaluate=self.mine,
        )  # fmt: skip
        made.home = self._app.home
        made.backup = self.work.open_backup
        made.closing = self.work.open_closing
        return made

    # ---- the evaluator --------------------------------------------------------------------------

    def evaluate(self, agency: str = "", item: str = "", then: Then | None = None) -> None:
        """Open an agency of the own seat: its declaration first, then its sheet; the first unfinished by default.

        `then` gets the screen of the sheet once it is open.
        """
        self._then = then
        scoring = self._desk().workspace.scoring
        self._tasks.store(scoring.agencies, lambda works: self._show_agency(works, agency, item), owner=self)

    def _show_agency(self, works: tuple[AgencyWork, ...], agency: str, item: str) -> None:
        self._works = works
        if not works:
            self._window.tell(Expected("not-your-agency", agency=agency))
            return
        open_ones = [work for work in works if work.declaration != "recused"]
        unfinished = [work for work in open_ones if not work.signed_seq or work.changed_since_signed]
        first = (unfinished or open_ones or list(works))[0]
        work = next((one for one in works if one.agency.agency == agency), first)
        if work.declaration in ("no_conflict", "tie_told"):
            self._load_sheet(work, item)
        else:
            self._show_declaration(work)

    def _show_declaration(self, work: AgencyWork) -> None:
        desk = self._desk()
        agency = work.agency.agency

        def make() -> DeclarationScreen:
            screen = DeclarationScreen(work, self._works, desk.seen, self._export_box("declaration", agency))
            screen.declare_asked.connect(partial(self._declare, screen, agency))
            screen.agency_chosen.connect(self.evaluate)
            screen.bar_buttons = [*screen.bar_buttons, *self._ways_out()]
            screen.fill_passphrase(desk.workspace.practice_passphrase)
            return screen

        self._window.open(make)

    def _declare(self, screen: DeclarationScreen, agency: str, declared: Declared) -> None:
        scoring = self._desk().workspace.scoring
        self._tasks.store(
            lambda: scoring.declare(agency, declared.state, declared.text, declared.passphrase),
            lambda _signed: self.evaluate(agency),
            screen.show_error,
            screen,
        )

    def _export_box(self, what: What, agency: str) -> ExportBox:
        exchange = self._desk().workspace.exchange
        return ExportBox(
            self._tasks,
            self._chooser,
            lambda folder, progress: exchange.export(what, agency, folder, progress=progress),
            local_time,
        )

    def _load_sheet(self, work: AgencyWork, item: str) -> None:
        here = self._desk().workspace
        scoring, agency = here.scoring, work.agency.agency
        self._tasks.store(
            lambda: OpenSheet(
                work, scoring.sheet(agency), scoring.papers(agency), here.attachments.known(), here.reading.of(agency)
            ),
            lambda opened: self._show_sheet(opened, item),
            owner=self,
        )

    def _show_sheet(self, opened: OpenSheet, item: str) -> None:
        desk = self._desk()
        sheet = self._new_sheet(desk, opened)
        self.reader.close()
        self.reading.begin(desk.workspace, opened.work.agency.agency, opened.reading)

        def make() -> ScoringScreen:
            screen = ScoringScreen(sheet, self.reader, self._works, desk.seen)
            screen.agency_chosen.connect(self.evaluate)
            screen.hit_asked.connect(self._go_to_hit)
            screen.sign_asked.connect(lambda: self.sign(opened.work.agency.agency))
            self._papers.serve(screen, desk.workspace, opened.papers)
            screen.bar_buttons = [*self._ways_out(), *screen.bar_buttons]
            self.reading.serve(screen, sheet)
            return screen

        screen = self._window.open(make)
        if isinstance(screen, ScoringScreen):
            if item:
                screen.go_to_item(item)
            then, self._then = self._then, None
            if then is not None:
                then(screen)
            if opened.papers:
                self._papers.open(screen, desk.workspace, self.reading.first(opened.papers), 0)

    def _go_to_hit(self, hit: Hit, place: Place) -> None:
        """Open another own agency at the words that were found there, with the search still open."""

        def show(screen: ScoringScreen) -> None:
            screen.restore(replace(place, item=hit.item, point=""))
            screen.side.give_way()
            screen.show_hit(hit, place.words)

        self.evaluate(hit.agency, hit.item, show)

    def _new_sheet(self, desk: Desk, opened: OpenSheet) -> SheetDesk:
        """Make the desk of a sheet; the one before goes once its last edit was answered."""
        before = self._sheet
        if before is not None:
            before.put_away()
            self._tasks.store(lambda: None, lambda _none: before.deleteLater())
        sheet = SheetDesk(desk.workspace.scoring, self._tasks, desk.seen.criteria, opened, self)
        sheet.unsaved.connect(lambda error: self._tell_unsaved(sheet, error))
        self._sheet = sheet
        return sheet

    def _tell_unsaved(self, sheet: SheetDesk, error: Exception) -> None:
        """Tell a failed save that its own screen cannot tell any more."""
        screen = self._window.screen_now
        if not (isinstance(screen, ScoringScreen) and screen.agency == sheet.agency.agency):
            self._window.tell(error)

    def _ways_out(self) -> list[Button]:
        """Return the buttons that lead from the own sheet elsewhere: to all of my work, and to the own panels.

        A member goes to the panels too: that is where a consensus comes in and is endorsed.
        """
        out = Button("", "to-overview", "bar", "left", said=_("My work"))
        out.clicked.connect(self.work.open_overview)
        panels = Button("", "to-panels", "bar", "user", said=_("My panels"))
        panels.clicked.connect(lambda: self._committee().open_panels())
        more = Button("", "to-add-pack", "bar", "folder", said=_("Take in another pack"))
        more.clicked.connect(lambda: self._packs().open_adding())
        return [out, panels, more]

    def _packs(self) -> PackingRoutes:
        desk = self._desk()
        return PackingRoutes(self._window, self._tasks, desk.workspace, desk.seen, self._chooser, back=self._after_pack)

    def _after_pack(self) -> None:
        """Read anew who one is and what the round says: a pack may have brought a newer roster."""

        def reread(desk: Desk) -> None:
            self.desk = desk
            self.work.opened(desk.workspace, desk.seen)
            self.evaluate()

        workspace = self._desk().workspace
        self._tasks.store(lambda: self._read(workspace), reread, owner=self)

    # ---- signing --------------------------------------------------------------------------------

    def sign(self, agency: str) -> None:
        """Read the sheet on an agency back and offer to sign it."""
        scoring = self._desk().workspace.scoring
        self._tasks.store(
            lambda: (scoring.agencies(), scoring.read_back(agency)),
            lambda read: self._show_signing(read[0], read[1], agency),
            owner=self,
        )

    def _show_signing(self, works: tuple[AgencyWork, ...], read: ReadBack, agency: str) -> None:
        desk = self._desk()
        scoring, exchange = desk.workspace.scoring, desk.workspace.exchange
        self._works = works
        work = next(one for one in works if one.agency.agency == agency)
        following = _next_agency(works, agency)
        name = pick(following.agency.name_th, following.agency.name_en) if following else ""
        opened = Opened(work, read, name)
        does = SignWork(
            keep=lambda word, found: scoring.keep_notices(agency, word, found),
            sign=lambda passphrase, reason: scoring.sign(agency, passphrase, reason),
            write=lambda folder: exchange.export("scoresheet", agency, folder),
            clock=local_time,
        )

        def make() -> SigningScreen:
            screen = SigningScreen(opened, desk.seen, self._tasks, does, self._chooser)
            screen.back_asked.connect(lambda item: self.evaluate(agency, item))
            if following is not None:
                screen.next_asked.connect(lambda: self.evaluate(following.agency.agency))
            screen.fill_passphrase(desk.workspace.practice_passphrase)
            return screen

        self._window.open(make)


def _next_agency(works: tuple[AgencyWork, ...], agency: str) -> AgencyWork | None:
    """Return the agency after `agency`, in the rail's order, that still waits for a signed sheet."""
    here = next(n for n, work in enumerate(works) if work.agency.agency == agency)
    order = [*works[here + 1 :], *works[:here]]
    return next((work for work in order if work.declaration != "recused" and not work.signed_seq), None)


def local_time() -> str:
    """Return the time of the laptop as the window shows it."""
    return datetime.now().astimezone().strftime("%H:%M:%S")
