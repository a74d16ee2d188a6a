# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Which screen follows which: opens workspaces on the store's thread and gives every screen what it uses."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStorageInfo
from PySide6.QtGui import QFontDatabase

from pmqa_desktop.app import App, Role, Workspace, WorkspaceInfo
from pmqa_desktop.domain.documents import Paper
from pmqa_desktop.errors import Expected
from pmqa_desktop.progress import Cancelled, Progress
from pmqa_desktop.services.exchange import What
from pmqa_desktop.services.first_roster import FirstRoster
from pmqa_desktop.services.scoring import AgencyWork, ReadBack
from pmqa_desktop.services.session import Me, RoundInfo
from pmqa_desktop.text import _, pick
from ui import theme
from ui.bridge import EventBridge
from ui.committee_routes import CommitteeRoutes
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.identity_routes import IdentityRoutes
from ui.main_window import MainWindow
from ui.screens.declaration import DeclarationScreen, Declared
from ui.screens.export_box import ExportBox, other_drives, size_words
from ui.screens.identity.acts import key_trouble
from ui.screens.scoring.desk import OpenSheet, SheetDesk
from ui.screens.scoring.reader import Reader
from ui.screens.scoring.screen import ScoringScreen
from ui.screens.signing.screen import Opened, SigningScreen, SignWork
from ui.screens.start import PackRequest, Ready, StartScreen, packs_on_drives
from ui.screens.workspace.elsewhere import is_elsewhere, tell_elsewhere
from ui.tasks import TaskRunner
from ui.widgets.buttons import Button
from ui.widgets.labels import qt_breaks_thai
from ui.workspace_routes import Ways, WorkspaceRoutes


@dataclass(frozen=True, slots=True)
class Desk:
    """An open workspace and what was read from it when it was opened; `closed`: the round is closed here."""

    workspace: Workspace
    me: Me
    seen: RoundInfo
    closed: bool = False


class Routes(QObject):
    """The evaluator's way: start, declaration, scoring, signing; and the door to the committee's screens."""

    def __init__(self, app: App, window: MainWindow, tasks: TaskRunner, chooser: Chooser | None = None) -> None:
        """Show screens in `window`; `chooser` asks for files and folders."""
        super().__init__(window)
        self._app, self._window, self._tasks = app, window, tasks
        self.chooser = self._chooser = chooser or Chooser()
        self.desk: Desk | None = None
        self._bridge: EventBridge | None = None
        self.identity = IdentityRoutes(app, window, tasks, self._chooser, start=self.start)
        self.work = WorkspaceRoutes(
            window, tasks, self._chooser,
            Ways(self.start, self.evaluate, self.sign, lambda: self._committee().open_panels()),
        )  # fmt: skip
        self.reader = Reader(self)
        self.reader.page_changed.connect(self._note_page)
        self._works: tuple[AgencyWork, ...] = ()
        self._sheet: SheetDesk | None = None
        window.closing.connect(self.close_workspace)

    # ---- start ----------------------------------------------------------------------------------

    def start(self) -> None:
        """Show the start screen with the workspaces of this laptop."""
        self.close_workspace()
        self._tasks.store(self._app.recent, self.show_known, lambda _error: self.show_known(()), self)

    def show_known(self, recent: tuple[WorkspaceInfo, ...]) -> None:
        """Show the start screen with some workspaces."""

        def make() -> StartScreen:
            screen = StartScreen(recent, readiness(self._app.home), chooser=self._chooser, found=packs_on_drives())
            screen.practice_asked.connect(self.practise)
            screen.workspace_asked.connect(self._open_known)
            screen.pack_asked.connect(self._open_pack)
            screen.keys_asked.connect(self.identity.open_keys)
            screen.restore_asked.connect(self.restore)
            screen.scale_asked.connect(self._window.set_scale)
            screen.dark_asked.connect(self._window.set_dark)
            self._tasks.stepped.connect(screen.show_step)
            return screen

        self._window.open(make)

    def practise(self, role: Role) -> None:
        """Open the practice round in a role; made by walking it once when it is not there yet."""
        progress = self._tasks.progress()
        self._busy(_("Preparing the practice round… this takes a few seconds the first time."), progress)
        self._tasks.store(
            lambda: self._read(self._app.practice_workspace(role, progress)), self._opened, self._not_opened, self
        )

    def restore(self) -> None:
        """Offer to put a backup back."""
        self.work.open_restoring(self._app, self.identity.attempts_at, self._open_restored)

    def _open_restored(self, path: Path) -> None:
        self._tasks.store(lambda: self._read(self._app.open_workspace(path)), self._opened, self._not_opened, self)

    def _open_known(self, info: WorkspaceInfo, take_over: bool = False) -> None:
        def failed(error: Exception) -> None:
            screen = self._window.screen_now
            if is_elsewhere(error) and isinstance(screen, StartScreen):
                tell_elsewhere(screen, error, lambda take: self._open_known(info, take))
            else:
                self._not_opened(error)

        self._busy(_("Opening…"))
        self._tasks.store(
            lambda: self._read(self._app.open_workspace(info.path, take_over=take_over)), self._opened, failed, self
        )

    def _open_pack(self, request: PackRequest) -> None:
        """Open a pack; a round that is new here only once its first roster was compared (or, practising, not)."""

        def work() -> Desk | FirstRoster:
            attempts = self.identity.attempts_at(request.key)
            first = self._app.first_opening(request.pack, request.key, request.passphrase, attempts)
            return first or self._unpack(request, "")

        def done(found: Desk | FirstRoster) -> None:
            if isinstance(found, FirstRoster):
                self.identity.compare(found, lambda compared: self._unpack(request, compared), self._opened)
            else:
                self._opened(found)

        self._tasks.store(work, done, self._not_opened, self)

    def _unpack(self, request: PackRequest, compared: str) -> Desk:
        workspace = self._app.open_pack(request.pack, request.key, request.passphrase, confirmed=compared or None)
        return self._read(workspace)

    def open_file(self, path: Path) -> None:
        """Take a file that the program was started with as the pack to open."""
        screen = self._window.screen_now
        if isinstance(screen, StartScreen):
            screen.set_pack(path)

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

    def home(self) -> None:
        """Show the first screen of the role of the open workspace; the record once the round is closed here."""
        desk = self._desk()
        if desk.closed:
            self.work.open_record()
        elif desk.me.secretariat:
            self._committee().open_registry()
        elif desk.me.chairs:
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
        self.reader.close()
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
        return made

    # ---- the evaluator --------------------------------------------------------------------------

    def evaluate(self, agency: str = "", item: str = "") -> None:
        """Open an agency of the own seat: its declaration first, then its sheet; the first unfinished by default."""
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
        return ExportBox(self._tasks, self._chooser, lambda folder: exchange.export(what, agency, folder), local_time)

    def _load_sheet(self, work: AgencyWork, item: str) -> None:
        scoring = self._desk().workspace.scoring
        agency = work.agency.agency
        self._tasks.store(
            lambda: OpenSheet(work, scoring.sheet(agency), scoring.papers(agency)),
            lambda opened: self._show_sheet(opened, item),
            owner=self,
        )

    def _show_sheet(self, opened: OpenSheet, item: str) -> None:
        desk = self._desk()
        sheet = self._new_sheet(desk, opened)
        self.reader.close()

        def make() -> ScoringScreen:
            screen = ScoringScreen(sheet, self.reader, self._works, desk.seen)
            screen.agency_chosen.connect(self.evaluate)
            screen.sign_asked.connect(lambda: self.sign(opened.work.agency.agency))
            screen.paper_asked.connect(partial(self._open_paper, screen))
            screen.unlock_asked.connect(partial(self._unlock_papers, screen, opened.papers))
            screen.bar_buttons = [*self._ways_out(), *screen.bar_buttons]
            return screen

        screen = self._window.open(make)
        if isinstance(screen, ScoringScreen):
            if item:
                screen.go_to_item(item)
            if opened.papers:
                self._open_paper(screen, opened.papers[0], 1)

    def _new_sheet(self, desk: Desk, opened: OpenSheet) -> SheetDesk:
        """Make the desk of a sheet; the one before goes once its last edit was answered."""
        before = self._sheet
        if before is not None:
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
        return [out, panels]

    def _open_paper(self, screen: ScoringScreen, paper: Paper, page: int) -> None:
        scoring = self._desk().workspace.scoring
        agency = screen.agency

        def failed(error: Exception) -> None:
            if isinstance(error, Expected) and error.code == "key-locked":
                screen.show_sealed()
            else:
                screen.show_paper_error(error)

        self._tasks.store(
            lambda: scoring.paper_bytes(agency, paper.digest),
            lambda data: screen.show_paper(paper, data, page),
            failed,
            screen,
        )

    def _unlock_papers(self, screen: ScoringScreen, papers: tuple[Paper, ...], passphrase: str) -> None:
        workspace = self._desk().workspace
        self._tasks.store(
            lambda: workspace.unlock(passphrase),
            lambda _none: self._open_paper(screen, papers[0], 1),
            lambda error: screen.show_sealed(worded(error)),
            screen,
        )

    def _note_page(self, page: int) -> None:
        """Let the service know that a page was on screen: it remarks on scores whose papers were never opened."""
        screen, paper = self._window.screen_now, self.reader.paper
        if self.desk is not None and paper is not None and isinstance(screen, ScoringScreen):
            scoring, agency = self.desk.workspace.scoring, screen.agency
            self._tasks.store(lambda: scoring.opened_page(agency, paper.digest, page), owner=self)

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


def readiness(home: Path) -> tuple[Ready, ...]:
    """Return what the start screen tells about this laptop."""
    there = home if home.exists() else home.parent
    room = QStorageInfo(str(there if there.exists() else Path.home())).bytesAvailable()
    enough = room >= 500_000_000
    thai = theme.FAMILY in QFontDatabase.families()
    drives = other_drives()
    checks = [
        Ready("ok" if enough else "warn", "ok" if enough else "warn",
              _("Room on this laptop: {size}").format(size=size_words(max(0, room)))),
        Ready("ok" if thai else "warn", "ok" if thai else "warn",
              _("Thai font ready") if thai else _("The Thai font is missing")),
        Ready("ok", "ok", _("Thai lines break between words") if qt_breaks_thai()
              else _("Thai lines break in labels; in text fields anywhere")),
    ]  # fmt: skip
    if drives:
        checks.append(Ready("ok", "ok", _("Another drive is plugged in: {name}").format(name=drives[0].displayName())))
    return tuple(checks)
