# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The secretariat's screen: the board with imports, and the results with reports."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QStackedWidget

from pmqa_desktop.domain.board import Board, Conflict
from pmqa_desktop.domain.results import Results
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.evaluation.attachments import AttachmentService
from pmqa_desktop.services.exchange.disputes import Dispute
from pmqa_desktop.services.exchange.service import ExchangeService, Exported
from pmqa_desktop.services.registry.holding import Held, HoldingService
from pmqa_desktop.services.registry.publication import Outlook
from pmqa_desktop.services.registry.publishing import PublishingService
from pmqa_desktop.services.registry.service import ImportReport, RegistryService
from pmqa_desktop.services.rounds.recovery import RecoveryService
from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.text import _, pick
from ui import theme
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.models.board import BoardModel
from ui.screens.base import Screen
from ui.screens.importing import Importer, ImportPane, Recovery, Unlocks, import_menu
from ui.screens.received_files import FileCopies, ReceivedFiles
from ui.screens.registry.board_view import BoardPane, CountStrip
from ui.screens.registry.notes import AgencyNotes, DisputePanel
from ui.screens.registry.results_page import ResultsPage
from ui.screens.registry.waiting import WaitingBox
from ui.screens.registry.warnings import RosterWarnings
from ui.screens.tables import shorten
from ui.tasks import TaskRunner
from ui.widgets.boxes import Box, Rule, Scroll
from ui.widgets.buttons import Button, Segments
from ui.widgets.passphrase_box import PassphraseBox
from ui.widgets.signs import Banner, EmptyState

WIDE = 1100
SIDE_WIDTH = 470
NARROW_BAR = 1200
TIGHT_BAR = 760


@dataclass(frozen=True, slots=True)
class RegistryPlace:
    """Where one is on the secretariat's screen."""

    page: int
    tab: int
    agency: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the screen reads in one go."""

    board: Board
    results: Results
    waiting: tuple[Held, ...] = ()
    outlook: Outlook | None = None


class RegistryScreen(Screen):
    """Expected against received, imports, conflicts, results."""

    home_asked = Signal()
    panels_asked = Signal()
    roster_asked = Signal()
    backup_asked = Signal()
    reports_asked = Signal(str)
    packs_asked = Signal()
    publish_asked = Signal()

    def __init__(
        self,
        registry: RegistryService,
        exchange: ExchangeService,
        unlock: Unlocks,
        seen: RoundInfo,
        tasks: TaskRunner,
        *,
        chooser: Chooser | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        """Show the board of the round; `today` decides what is overdue in a live round."""
        seats = max((len(panel.seats) for panel in seen.panels.values()), default=0)
        # short, so that the bar's buttons leave room for it; the count of results stands over the board
        told = _("Agencies: {agencies} · {seats} seats and the consensus each")
        super().__init__(
            "registry",
            _("Board of results, {year}").format(year=pick(str(seen.year_be), str(seen.year_be - 543))),
            told.format(agencies=len(seen.panels), seats=seats),
            rehearsal=seen.rehearsal,
        )
        self._registry, self._exchange = registry, exchange
        self._holding: HoldingService | None = None
        self._publishing: PublishingService | None = None
        self._unlock, self._round, self._tasks = unlock, seen, tasks
        self._copies: FileCopies | None = None
        self._chooser = chooser or Chooser()
        self._wanted: RegistryPlace | None = None
        self._disputes: dict[tuple[str, ...], Box] = {}
        self._em_width = WIDE
        self._tell_report = False
        self.importer = Importer(exchange, unlock, tasks, self)
        self.importer.finished.connect(self._imported)
        self._build_bar()
        self.model = BoardModel(seen, today)
        self.strip = CountStrip()
        self.results = ResultsPage(seen.criteria)
        self.results.pane.reports_asked.connect(self.reports_asked)
        self.results.pane.sign_asked.connect(self.publish_asked)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._build_board())
        self._pages.addWidget(self.results)
        self.body.addWidget(self._pages, 1)
        self.reload()

    # ---- layout ---------------------------------------------------------------------------------

    def _build_bar(self) -> None:
        self._back = Button(_("Close"), "registry-home", "bar", "left")
        self._back.clicked.connect(self.home_asked)
        self._panels: Button | None = None
        self._turn = Button(_("Results and reports"), "registry-results", "bar", "list")
        self._turn.clicked.connect(lambda: self.show_page(1 - self._pages.currentIndex()))
        self._import = Button(_("Import result files"), "registry-import", "barmain", "usb")
        import_menu(self._import, self.importer, self._chooser, self)
        more = Button(_("More"), "registry-more", "bar")
        self._fill_more(more)
        self.bar_buttons = [self._back, more, self._turn, self._import]

    def _fill_more(self, more: Button) -> None:
        """Put what is seldom needed into a menu: the bar has room for a title then, also in large letters."""
        menu = QMenu(more)
        for name, words, asked in (
            ("registry-packs", _("Packs"), self.packs_asked),
            ("registry-roster", _("Roster and changes"), self.roster_asked),
            ("registry-backup", _("Backup"), self.backup_asked),
        ):
            action = QAction(words, menu)
            action.setObjectName(name)
            action.triggered.connect(lambda _on=False, asked=asked: asked.emit())
            menu.addAction(action)
        more.setMenu(menu)

    def _build_board(self) -> Box:
        page = Box("page", gap=0)
        self.warnings = RosterWarnings(self._round)
        self.warnings.roster_asked.connect(self.roster_asked)
        page.add(self.strip, Rule(), self.warnings)
        take = Button(_("Choose files to import"), "registry-first-import", "primary", "usb")
        take.clicked.connect(lambda: self.importer.run(self._chooser.files(self)))
        packs = Button(_("Packs"), "registry-first-packs", "", "folder", size="main")
        packs.clicked.connect(self.packs_asked)
        sentence = _("No result has come in yet. First the seats get their packs; what comes back is imported here.")
        self.pane = BoardPane(self.model, EmptyState("usb", sentence, packs, take))
        self.pane.view.agency_chosen.connect(self._show_notes)
        self.notes = AgencyNotes(self._round, self.model)
        side = Box("plain", margins=(18, 8, 16, 8), gap=10)
        self.imports = ImportPane(self.importer, self._round, self._tasks,
                                  hint=_(
                                      "Nothing imported in this sitting. Any order, any number of times: it "
                                      "never counts twice."
                                  ))  # fmt: skip
        self.files = ReceivedFiles(_("Files attached to the sheets"))
        self.waiting = WaitingBox()
        self.waiting.discard_asked.connect(self._discard)
        side.add(self.imports, Rule(), self.waiting, self.notes, self.files, None)
        self._side_body = side
        self._side = Scroll(side, "registry-side")
        frame = Box("plain", gap=0)
        frame.add(self._side)
        self._side_frame = frame
        self.switch = Segments("registry-part", (_("Board"), _("Imports and notes")), "band", current=0)
        self.switch.chosen.connect(lambda _part: self._arrange())
        columns = Box(across=True, gap=1)
        columns.add(self.pane, stretch=1)
        columns.add(frame)
        page.add(self.switch)
        page.add(columns, stretch=1)
        self._wide = True
        return page

    def show_page(self, number: int) -> None:
        """Turn to the board (0) or the results (1)."""
        self._pages.setCurrentIndex(number)
        self._name_turn()

    def _name_turn(self) -> None:
        words = _("Board of results") if self._pages.currentIndex() else _("Results and reports")
        shorten(self._turn, words, narrow=self._em_width < NARROW_BAR)

    # ---- reading --------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read board and results anew."""
        self._tasks.store(self._read, self._show, owner=self)

    def _read(self) -> _Seen:
        waiting = self._holding.waiting() if self._holding is not None else ()
        results = self._registry.results()
        outlook = self._publishing.outlook() if self._publishing is not None and results.criteria else None
        return _Seen(self._registry.board(), results, waiting, outlook)

    def _discard(self, digests: tuple[str, ...]) -> None:
        """Give up what waits outside the register, and read everything anew."""
        holding = self._holding
        if holding is not None:
            self._tasks.store(
                lambda: holding.discard(digests),
                lambda _count: self.reload(),
                lambda error: self.waiting.show_trouble(worded(error)),
                self,
            )

    def import_files(self, paths: tuple[Path, ...]) -> None:
        """Take files and folders in without asking for them."""
        self.importer.run(paths)

    def _imported(self, _report: ImportReport) -> None:
        self._tell_report = True
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            # the button that was pressed is gone with its question
            self.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reload()

    def _show(self, seen: _Seen) -> None:
        chosen = self.pane.view.chosen() or (self._wanted.agency if self._wanted else "")
        self.model.show(seen.board)
        self.strip.show_counts(self.model.counts())
        self.pane.refresh()
        self.warnings.show_problem(seen.board.problem)
        self.results.show_results(seen.results, seen.outlook)
        self.waiting.show_waiting(seen.waiting)
        if not chosen or not self.pane.view.choose(chosen):
            first = next((row for row in seen.board.rows if self.model.needs_action(row)), None)
            first = first or next(iter(seen.board.rows), None)
            if first is not None:
                self.pane.view.choose(first.agency)
        self._show_notes(self.pane.view.chosen())
        if self._tell_report:
            self._tell_report = False
            QTimer.singleShot(0, self.imports, lambda: self._side.ensureWidgetVisible(self.imports, 0, 0))

    def _show_notes(self, agency: str) -> None:
        """Show the notes on an agency: above the report where somebody has to act, else below it."""
        self._disputes = {}
        self.notes.show_agency(self.model.board, agency, self._dispute_place)
        row = next((one for one in self.model.board.rows if one.agency == agency), None)
        body = self._side_body.body
        body.removeWidget(self.notes)
        acts = row is not None and self.model.needs_action(row)
        body.insertWidget(0 if acts else body.indexOf(self.imports) + 2, self.notes)
        self._side.verticalScrollBar().setValue(0)
        self.files.show_files(())
        if self._copies is not None and agency:
            self._copies.load(agency, self, self.files.show_files)

    def offer_panels(self) -> None:
        """Show the way to the own panels: an officer may lead one."""
        self._panels = Button(_("My panels"), "to-panels", "bar", "user")
        self._panels.clicked.connect(self.panels_asked)
        self.bar_buttons = [self._back, self._panels, *self.bar_buttons[1:]]

    def offer_files(self, attachments: AttachmentService) -> None:
        """Show the files that came with the sheets of the chosen agency."""
        self._copies = copies = FileCopies(attachments, self._tasks, self._chooser)
        self.files.copy_asked.connect(lambda digest: copies.save(digest, self.files))

    def offer_rescue(self, holding: HoldingService, recovery: RecoveryService) -> None:
        """Show what waits outside the register, and let imports go on with the recovery key."""
        self._holding = holding
        self.importer.recovery = Recovery(lambda: self._chooser.key(self), recovery.take)
        self.reload()

    def offer_publishing(self, publishing: PublishingService) -> None:
        """Show the way to signing the results, and what is signed of them."""
        self._publishing = publishing
        self.results.pane.sign.show()
        self.reload()

    def offer_practice(self, files: tuple[Path, ...]) -> None:
        """Offer the files that come with a practice round beside those of a drive."""
        self.importer.practice_files = files

    def fill_passphrase(self, passphrase: str) -> None:
        """Type the passphrase of a practice round wherever it is asked for."""
        self.importer.passphrase = passphrase

    # ---- conflicts ------------------------------------------------------------------------------

    def _dispute_place(self, conflict: Conflict) -> Box:
        """Return an empty room and fill it when the versions are read."""
        room = Box(gap=0)
        self._disputes[conflict.slot] = room

        def show(dispute: Dispute) -> None:
            if self._disputes.get(conflict.slot) is room:
                room.clear()
                title = self._conflict_title(dispute)
                panel = DisputePanel(dispute, conflict, title, self._round.criteria)
                panel.return_asked.connect(self._return)
                room.add(panel)

        self._tasks.store(lambda: self._registry.dispute(conflict), show, owner=room)
        return room

    def _conflict_title(self, dispute: Dispute) -> str:
        row = next((one for one in self.model.board.rows if one.agency == dispute.agency), None)
        cells = [*row.seats, row.consensus] if row is not None else []
        cell = next((one for one in cells if one.kind == dispute.kind and one.person in ("", dispute.person)), None)
        found = next((one for one in cells if one.person == dispute.person), None)
        best = found if dispute.kind == "scoresheet" and found is not None else cell
        return self.notes.title(best) if best is not None else self.notes.title_of(dispute)

    def _return(self, conflict: Conflict) -> None:
        folder = self._chooser.folder(self, _("Where the file for the owner goes"))
        if folder is None:
            return
        self._tasks.store(
            lambda: self._exchange.return_versions(conflict, folder),
            lambda exported: self._returned(conflict, exported),
            lambda error: self._not_returned(conflict, folder, error),
            self,
        )

    def _returned(self, conflict: Conflict, exported: Exported) -> None:
        room = self._disputes.get(conflict.slot)
        if room is not None:
            words = _("{name} in {folder}. Give it to the owner, who signs one that replaces all versions.")
            told = words.format(name=exported.path.name, folder=exported.path.parent)
            room.add(Banner("ok", _("The file for the owner is written"), told))

    def _not_returned(self, conflict: Conflict, folder: Path, error: Exception) -> None:
        room = self._disputes.get(conflict.slot)
        if room is None:
            return
        if isinstance(error, Expected) and error.code == "key-locked":
            room.add(self._key_box(conflict, folder))
        else:
            room.add(Banner("warn", _("The file was not written"), worded(error)))

    def _key_box(self, conflict: Conflict, folder: Path) -> Box:
        box = Box("info", margins=(14, 8, 14, 10), gap=6)
        field = PassphraseBox("return-passphrase")
        field.field.setText(self.importer.passphrase)
        go = Button(_("Open the key and write"), "return-unlock", "primary", "key")

        def work() -> Exported:
            self._unlock(field.text())
            return self._exchange.return_versions(conflict, folder)

        def run() -> None:
            self._tasks.store(
                work, lambda made: self._returned(conflict, made), lambda e: field.show_trouble(worded(e)), box
            )

        go.clicked.connect(run)
        field.entered.connect(run)
        box.add(field, go)
        return box

    # ---- screen ---------------------------------------------------------------------------------

    def place(self) -> object:
        """Return page, tab and agency."""
        return RegistryPlace(self._pages.currentIndex(), self.pane.tabs.current(), self.pane.view.chosen())

    def restore(self, place: object) -> None:
        """Go to a place once the board is there."""
        if isinstance(place, RegistryPlace):
            self._wanted = place
            self.show_page(place.page)
            self.pane.tabs.choose(place.tab)

    def focus_first(self) -> None:
        """Put the cursor on the board."""
        self.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Stop an import that is under way; what was complete stays."""
        self.importer.cancel()

    def reflow(self, em_width: int) -> None:
        """Put imports and notes behind a tab where the window is narrow."""
        self._wide = em_width >= WIDE
        self._em_width = em_width
        self._name_turn()
        shorten(self._back, _("Close"), narrow=em_width < NARROW_BAR)
        if self._panels is not None:
            shorten(self._panels, _("My panels"), narrow=em_width < NARROW_BAR)
        take = _("Import") if em_width < NARROW_BAR else _("Import result files")
        shorten(self._import, take, narrow=em_width < TIGHT_BAR)
        self.switch.setVisible(not self._wide)
        if self._wide:
            self._side_frame.setFixedWidth(theme.px(min(SIDE_WIDTH, em_width * 35 // 100)))
        else:
            self._side_frame.setMinimumWidth(0)
            self._side_frame.setMaximumWidth(16777215)
        self._arrange()
        self.results.reflow(em_width)

    def _arrange(self) -> None:
        side = self.switch.current() == 1
        self.pane.setVisible(self._wide or not side)
        self._side_frame.setVisible(self._wide or side)
