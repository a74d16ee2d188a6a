# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The evaluator's way through one agency: declaration, sheet, signing, and on to the next."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject

from pmqa_desktop.errors import Expected
from pmqa_desktop.services.evaluation.finding import Hit
from pmqa_desktop.services.evaluation.scoring import AgencyWork, ReadBack
from pmqa_desktop.services.exchange.service import What
from pmqa_desktop.text import _, pick
from ui.desk import Desk
from ui.dialogs.choosing import Chooser
from ui.main_window import MainWindow
from ui.paper_routes import PaperRoutes
from ui.reading_routes import ReadingRoutes
from ui.screens.declaration import DeclarationScreen, Declared
from ui.screens.export_box import ExportBox
from ui.screens.scoring.desk import OpenSheet, SheetDesk
from ui.screens.scoring.layout import Place
from ui.screens.scoring.reader import Reader
from ui.screens.scoring.screen import ScoringScreen
from ui.screens.signing.screen import Opened, SigningScreen, SignWork
from ui.tasks import TaskRunner
from ui.widgets.buttons import Button

Then = Callable[[ScoringScreen], None]


@dataclass(frozen=True, slots=True)
class WaysOut:
    """Where the own sheet leads besides: to all of my work, to the own panels, to taking in another pack."""

    overview: Callable[[], None]
    panels: Callable[[], None]
    packs: Callable[[], None]


class EvaluatorRoutes(QObject):
    """Show the agencies of the own seat, one at a time."""

    def __init__(
        self, window: MainWindow, tasks: TaskRunner, chooser: Chooser, desk: Callable[[], Desk], ways: WaysOut
    ) -> None:
        """Show screens in `window`; `desk` tells which workspace is open, `ways` lead elsewhere."""
        super().__init__(window)
        self._window, self._tasks, self._chooser, self._desk, self._ways = window, tasks, chooser, desk, ways
        self.reader = Reader(self)
        self.reading = ReadingRoutes(tasks, chooser, self.reader, self)
        self._papers = PaperRoutes(tasks, self.reader, self.reading, self)
        self._works: tuple[AgencyWork, ...] = ()
        self._then: Then | None = None
        self._sheet: SheetDesk | None = None

    def close(self) -> None:
        """Put sheet and papers away; the workspace closes."""
        if self._sheet is not None:
            self._sheet.put_away()
        self.reading.end()
        self.reader.close()
        self._papers.stop()

    # ---- declaration and sheet ------------------------------------------------------------------

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
            screen = DeclarationScreen(work, self._works, desk.seen, partial(self._export_box, "declaration", agency))
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
        out.clicked.connect(self._ways.overview)
        panels = Button("", "to-panels", "bar", "user", said=_("My panels"))
        panels.clicked.connect(self._ways.panels)
        more = Button("", "to-add-pack", "bar", "folder", said=_("Take in another pack"))
        more.clicked.connect(self._ways.packs)
        return [out, panels, more]

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
            on = self._ways.overview if following is None else partial(self.evaluate, following.agency.agency)
            screen.next_asked.connect(on)
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
