# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The panel's table for one agency: first the gate, then the matrix; everything is kept as it is typed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.domain.documents import MergedComment, MissingSeat
from pmqa_desktop.services.evaluation.attachments import AttachmentService, ReceivedFile
from pmqa_desktop.services.exchange.service import ExchangeService
from pmqa_desktop.services.panel import Matrix, PanelAgency, PanelComment, PanelItem, PanelService
from pmqa_desktop.services.session import RoundInfo, chair_of
from pmqa_desktop.text import _
from ui import shortcuts
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.models.matrix import Mode
from ui.models.numbers import agency_name
from ui.screens.base import Screen
from ui.screens.importing import Importer, ImportPane, Unlocks, import_menu
from ui.screens.panel.gate import RevealGate
from ui.screens.panel.table_page import WIDE, TablePage
from ui.screens.received_files import FileCopies
from ui.screens.tables import shorten
from ui.tasks import TaskRunner
from ui.widgets.buttons import Button

NARROW_BAR = 1200
SETTLE = ("Ctrl+Return", "Ctrl+Enter")


@dataclass(frozen=True, slots=True)
class PanelPlace:
    """Where one is at the table."""

    item: str
    tab: int


@dataclass(frozen=True, slots=True)
class _Table:
    """What the table needs at once, read in one go."""

    matrix: Matrix
    announced: tuple[MissingSeat, ...]


class PanelScreen(Screen):
    """The chair's screen for one agency."""

    list_asked = Signal()
    sheet_asked = Signal(str)
    summary_asked = Signal(str)

    def __init__(
        self,
        panel: PanelService,
        exchange: ExchangeService,
        unlock: Unlocks,
        seen: RoundInfo,
        tasks: TaskRunner,
        agency: str,
        *,
        chooser: Chooser | None = None,
    ) -> None:
        """Open the table of `agency`; `chooser` asks for files to import."""
        name = agency_name(seen.agencies[agency])
        super().__init__("panel-screen", name, _("Committee chair · consensus"), rehearsal=seen.rehearsal)
        self.agency = agency
        self._panel, self._seen, self._tasks = panel, seen, tasks
        self._chair = chair_of(seen.panels[agency])
        self.page: TablePage | None = None
        self.gate: RevealGate | None = None
        self._wanted: PanelPlace | None = None
        self._copies: FileCopies | None = None
        self._em_width = WIDE
        self._back = Button(_("All agencies"), "panel-list", "bar", "left")
        self._back.clicked.connect(self.list_asked)
        self._summary = Button(_("Summary and signing"), "panel-summary", "barmain", "pen")
        self._summary.clicked.connect(lambda: self.summary_asked.emit(self.agency))
        self._summary.setEnabled(False)
        self.bar_buttons = [self._back, self._summary]
        self._importer = Importer(exchange, unlock, tasks, self)
        self._importer.finished.connect(lambda _report: self.reload())
        self._chooser = chooser or Chooser()
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, act in (
            (SETTLE, self.save_item),
            (("Alt+Down",), lambda: self._step_row(1)),
            (("Alt+Up",), lambda: self._step_row(-1)),
            (shortcuts.NEXT_TAB, self._next_tab),
            (shortcuts.NEXT_PANE, lambda: self._step_pane(1)),
            (shortcuts.PREVIOUS_PANE, lambda: self._step_pane(-1)),
        ):
            shortcuts.bind(self, keys, act, inside)
        self.reload()

    # ---- gate or table --------------------------------------------------------------------------

    def reload(self) -> None:
        """Ask what is here and show the gate or the table."""
        self._tasks.store(self._panel.agencies, self._show_agencies, owner=self)

    def _show_agencies(self, agencies: tuple[PanelAgency, ...]) -> None:
        entry = next(one for one in agencies if one.agency.agency == self.agency)
        here = sum(seat.state in {"received", "recused"} for seat in entry.seats)
        told = _("Committee chair · consensus · {here} of {all} seats").format(here=here, all=len(entry.seats))
        if entry.revealed:
            self.set_heading(self.title, told + " · " + _("all signed before the comparison"))
            self._load_table()
        else:
            self.set_heading(self.title, told)
            self._show_gate(entry)

    def _show_gate(self, entry: PanelAgency) -> None:
        if self.gate is None:
            button = Button(_("Import the members' files"), "gate-import", "", "usb")
            import_menu(button, self._importer, self._chooser, self)
            hint = _("Nothing imported in this sitting. Plug in the drive and import the members' files.")
            pane = ImportPane(self._importer, self._seen, self._tasks, hint=hint)
            self.gate = RevealGate(pane, button)
            self.gate.reveal_asked.connect(self._reveal)
            self.gate.sheet_asked.connect(lambda: self.sheet_asked.emit(self.agency))
            self.gate.passphrase.field.setText(self._importer.passphrase)
            self.gate.reflow(self._em_width)
            self.add(self.gate, stretch=1)
            self.gate.passphrase.field.setFocus()
        self.gate.show_agency(entry, self._chair)

    def import_files(self, paths: tuple[object, ...]) -> None:
        """Take files in without asking for them."""
        self._importer.run(tuple(paths))  # type: ignore[arg-type]

    def offer_files(self, attachments: AttachmentService) -> None:
        """Show at each item the files that came with the members' sheets, once these are open."""
        self._copies = FileCopies(attachments, self._tasks, self._chooser)

    def offer_practice(self, files: tuple[Path, ...]) -> None:
        """Offer the files that come with a practice round beside those of a drive."""
        self._importer.practice_files = files

    def fill_passphrase(self, passphrase: str) -> None:
        """Type the passphrase of a practice round wherever it is asked for."""
        self._importer.passphrase = passphrase
        if self.gate is not None:
            self.gate.passphrase.field.setText(passphrase)

    def _reveal(self, passphrase: str) -> None:
        gate = self.gate
        if gate is not None:
            self._tasks.store(
                lambda: self._panel.reveal(self.agency, passphrase),
                lambda _signed: self.reload(),
                lambda error: gate.failed(worded(error)),
                self,
            )

    def _load_table(self) -> None:
        self._tasks.store(
            lambda: _Table(self._panel.matrix(self.agency), self._panel.announced(self.agency)),
            self._show_table,
            owner=self,
        )

    def _show_table(self, table: _Table) -> None:
        if self.gate is not None:
            self.gate.hide()
            self.gate.deleteLater()
            self.gate = None
        if self.page is None:
            self.page = TablePage(self._seen.criteria, table.matrix, self._chair)
            self._connect(self.page)
            self.page.reflow(self._em_width)
            self.add(self.page, stretch=1)
            self._summary.setEnabled(True)
            place = self._wanted
            if place is not None:
                self.page.pane.tabs.choose(place.tab)
            if place is None or not self.page.view.choose(place.item):
                self.page.view.choose_first()
            if not self.page.view.chosen():
                self.page.pane.tabs.choose(Mode.ALL)
            self.page.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.page.show_matrix(table.matrix)
        self.page.detail.show_announced(table.announced)
        if self._copies is not None:
            self._copies.load(self.agency, self, self._show_files)

    def _show_files(self, received: tuple[ReceivedFile, ...]) -> None:
        if self.page is not None:
            self.page.detail.show_files(received)

    def _connect(self, page: TablePage) -> None:
        detail = page.detail
        page.view.item_chosen.connect(self._load_item)
        page.pane.agreed_asked.connect(self._settle_agreed)
        detail.settle_asked.connect(self._settle)
        detail.draft_changed.connect(self._keep_draft)
        detail.reopen_asked.connect(self._reopen)
        detail.adopt_asked.connect(self._adopt)
        detail.merged_changed.connect(self._save_merged)
        detail.dissent_noted.connect(self._note_dissent)
        if (copies := self._copies) is not None:
            detail.files.copy_asked.connect(lambda digest: copies.save(digest, detail.files))

    # ---- one item -------------------------------------------------------------------------------

    def _load_item(self, item: str) -> None:
        if self.page is not None:
            self.page.detail.flush()
        self._tasks.store(lambda: self._panel.item(self.agency, item), self._show_item, owner=self)

    def _show_item(self, given: PanelItem) -> None:
        if self.page is not None and self.page.view.chosen() in ("", given.item):
            self.page.detail.show_item(given)

    def save_item(self) -> None:
        """Keep the consensus of the chosen item and go to the next one."""
        if self.page is not None:
            self.page.detail.save()

    def _settle(self, item: str, answer: Answer, reason: str) -> None:
        after = self._after(item)

        def work() -> tuple[datetime, Matrix]:
            at = self._panel.settle(self.agency, item, answer, reason)
            return at, self._panel.matrix(self.agency)

        def done(result: tuple[datetime, Matrix]) -> None:
            self.tell_saved(result[0])
            if self.page is not None:
                self.page.show_matrix(result[1])
                self._go_on(item, after)

        self._tasks.store(work, done, self._not_kept, self)

    def _after(self, item: str) -> tuple[str, ...]:
        """Return the items shown, those below the present one first."""
        if self.page is None:
            return ()
        shown = self.page.view.items()
        place = shown.index(item) + 1 if item in shown else 0
        return (*shown[place:], *shown[:place])

    def _go_on(self, item: str, after: tuple[str, ...]) -> None:
        if self.page is None:
            return
        rows = {row.item: row for row in self.page.model.matrix.rows}
        following = next((code for code in after if not rows[code].is_settled), None)
        if following is not None:
            self.page.view.choose(following)
        else:
            self._load_item(item)

    def _not_kept(self, error: Exception) -> None:
        if self.page is not None:
            self.page.detail.settling.show_trouble(worded(error))

    def _write(self, work: Callable[[], datetime], *, item: str = "", comments: bool = False) -> None:
        """Run a service call that writes; show the item anew, or its feedback texts only."""

        def done(at: datetime) -> None:
            self.tell_saved(at)
            if item and self.page is not None and self.page.detail.item() == item:
                show = self.page.detail.refresh_comments if comments else self.page.detail.show_item
                self._tasks.store(lambda: self._panel.item(self.agency, item), show, owner=self)

        self._tasks.store(work, done, owner=self)

    def _keep_draft(self, item: str, answer: Answer, reason: str) -> None:
        self._write(lambda: self._panel.keep_draft(self.agency, item, answer, reason))

    def _reopen(self, item: str) -> None:
        self._write(lambda: self._panel.reopen(self.agency, item), item=item)
        self._load_table()

    def _adopt(self, item: str, comment: PanelComment) -> None:
        def work() -> datetime:
            return self._panel.adopt(self.agency, item, comment.kind, comment.text, (comment.sheet,))

        self._write(work, item=item, comments=True)

    def _save_merged(self, item: str, merged: tuple[MergedComment, ...]) -> None:
        self._write(lambda: self._panel.save_merged(self.agency, item, merged), item=item, comments=True)

    def _note_dissent(self, person: str, text: str) -> None:
        def work() -> datetime:
            return self._panel.announce_dissent(self.agency, person, text)

        self._write(work)
        self._load_table()

    def _settle_agreed(self) -> None:
        def done(_count: int) -> None:
            self._load_table()
            if self.page is not None:
                # the button is gone with its work
                self.page.view.setFocus(Qt.FocusReason.OtherFocusReason)
            if self.page is not None and self.page.detail.item():
                self._load_item(self.page.detail.item())

        self._tasks.store(lambda: self._panel.settle_agreed(self.agency), done, owner=self)

    # ---- keys -----------------------------------------------------------------------------------

    def _step_row(self, step: int) -> None:
        """Go to the item above or below in the matrix."""
        if self.page is not None:
            items = self.page.view.items()
            here = items.index(self.page.view.chosen()) if self.page.view.chosen() in items else 0
            if items:
                self.page.view.choose(items[max(0, min(len(items) - 1, here + step))])

    def _next_tab(self) -> None:
        if self.page is not None:
            tabs = self.page.pane.tabs
            tabs.choose((tabs.current() + 1) % len(tabs.buttons))

    def _stops(self, page: TablePage) -> list[tuple[QWidget, QWidget]]:
        """Return the rooms of the table with the widget that takes the cursor, in reading order."""
        detail, table = page.detail, page.detail.table
        tabs = detail.comments.tabs
        stops: list[tuple[QWidget, QWidget | None]] = [
            (page.pane, page.view),
            (table or detail, table.first_field() if table is not None else None),
            (detail.comments, tabs.buttons[tabs.current()]),
            (detail.settling, detail.settling.reason),
        ]
        return [(room, target) for room, target in stops if target is not None and target.isVisible()]

    def _step_pane(self, step: int) -> None:
        """Move the cursor between matrix, consensus column, comments and reason."""
        if self.page is None:
            return
        stops = self._stops(self.page)
        focus = QApplication.focusWidget() or self
        here = next((n for n, (room, _target) in enumerate(stops) if room.isAncestorOf(focus)), -1)
        if stops:
            stops[(here + step) % len(stops)][1].setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ---- screen ---------------------------------------------------------------------------------

    def place(self) -> object:
        """Return the chosen item and tab."""
        if self.page is None:
            return self._wanted
        return PanelPlace(self.page.view.chosen(), self.page.pane.tabs.current())

    def restore(self, place: object) -> None:
        """Go to an item once the table is there."""
        if isinstance(place, PanelPlace):
            self._wanted = place
            if self.page is not None:
                self.page.pane.tabs.choose(place.tab)
                self.page.view.choose(place.item)

    def leave(self) -> None:
        """Keep what was typed."""
        if self.page is not None:
            self.page.detail.flush()

    def reflow(self, em_width: int) -> None:
        """Put matrix and item beside each other where there is room."""
        self._em_width = em_width
        shorten(self._back, _("All agencies"), narrow=em_width < NARROW_BAR)
        if self.gate is not None:
            self.gate.reflow(em_width)
        if self.page is not None:
            self.page.reflow(em_width)
