# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The reports' screen: choose at the left, see the pages at the right, then save one or all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, Signal

from pmqa_desktop.progress import Cancelled, Progress
from pmqa_desktop.services.registry.service import RegistryService
from pmqa_desktop.services.reporting import ReportingService, ReportName, write_whole
from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.text import _
from ui import shortcuts, theme
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.models.numbers import agency_name
from ui.screens.base import Screen
from ui.screens.reports.choosing import ChoicePane
from ui.screens.reports.offer import Offer, Remembered, Wanted, offer_of
from ui.screens.reports.preview import PreviewPane
from ui.screens.reports.saving import SavingPane
from ui.screens.tables import shorten
from ui.tasks import TaskRunner
from ui.widgets.boxes import Box, Rule, Scroll
from ui.widgets.buttons import Button, Segments
from ui.widgets.signs import Banner

WIDE = 800
SIDE_WIDTH = 390
NARROW_BAR = 1000


@dataclass(frozen=True, slots=True)
class ReportsPlace:
    """Where one is: the report, its agency, seat and page, and how many files a batch had written when it was left."""

    report: str = ""
    agency: str = ""
    seat: str = ""
    page: int = 1
    stopped: int | None = None


class _Steps(Progress):
    """A progress that knows how many files are complete, also when it is stopped."""

    def __init__(self, report: Callable[[int, int, str], None]) -> None:
        super().__init__(report)
        self.done = 0

    def step(self, done: int, of: int = 0, what: str = "") -> None:
        """Note the count, then report it."""
        self.done = done
        super().step(done, of, what)


class ReportsScreen(Screen):
    """Every report of the round, seen before it is saved."""

    back_asked = Signal(str)
    board_asked = Signal()
    choices_left = Signal(object)
    choices: ChoicePane
    saving: SavingPane

    def __init__(
        self,
        registry: RegistryService,
        reporting: ReportingService,
        seen: RoundInfo,
        tasks: TaskRunner,
        *,
        agency: str = "",
        alone: bool = False,
        kept: Remembered | None = None,
        chooser: Chooser | None = None,
    ) -> None:
        """Show the reports of a round.

        Args:
            registry: Tells which agencies are settled.
            reporting: Makes the reports.
            seen: The round.
            tasks: Runs reading on the store's thread and typesetting beside it.
            agency: The agency to begin with.
            alone: Offer this agency's reports only, as to its panel; the way back leads to its summary.
            kept: What was chosen last.
            chooser: Asks for the folder.
        """
        told = _("Look at the pages, then save them")
        title = agency_name(seen.agencies[agency]) if alone else _("Reports of the round")
        super().__init__("reports", title, told, rehearsal=seen.rehearsal)
        self._alone, self._back_words = alone, _("Back to the summary") if alone else _("Back to the results")
        self._reporting, self._round, self._tasks = reporting, seen, tasks
        self._agency, self._kept = agency, kept or Remembered()
        self._offer: Offer | None = None
        self._asked = 0
        self._setting = False
        self._shown: tuple[Wanted, bytes] | None = None
        self._subject: tuple[str, str, str] | None = None
        self._batch: _Steps | None = None
        self._place = ReportsPlace(agency=agency)
        self._build(chooser or Chooser())
        tasks.stepped.connect(self.saving.show_step)
        tasks.store(lambda: offer_of(seen, registry.results()), self._show_offer, owner=self)

    # ---- layout ---------------------------------------------------------------------------------

    def _build(self, chooser: Chooser) -> None:
        self._back = Button(self._back_words, "reports-back", "bar", "left")
        self._back.clicked.connect(lambda: self.back_asked.emit(self.choices.agency.currentData() or ""))
        self.bar_buttons = [self._back]
        folder = Path(self._kept.folder) if self._kept.folder else None
        self.choices = ChoicePane(self._kept, alone=self._alone)
        self.saving = SavingPane(chooser, folder if folder is not None and folder.is_dir() else None)
        self._folder_chosen = self._kept.folder
        self.saving.all.setVisible(not self._alone)
        self.preview = PreviewPane()
        self.choices.changed.connect(self._renew)
        self.saving.folder.changed.connect(self._note_folder)
        self.saving.save_asked.connect(self.save)
        self.saving.all_asked.connect(self.save_all)
        self.saving.cancel_asked.connect(self._cancel)
        self._side = Box("plain", gap=0)
        self._side.add(Scroll(self.choices, "report-choices"), stretch=1)
        self.switch = Segments("reports-part", (_("Choices"), _("Pages")), "band", current=0)
        self.switch.chosen.connect(lambda _part: self._arrange())
        columns = Box(across=True, gap=1)
        columns.add(self._side)
        columns.add(self.preview, stretch=1)
        self.add(self.switch)
        self.add(columns, stretch=1)
        self.add(Rule(), self.saving)
        self._wide = True
        shortcuts.bind(self, shortcuts.SAVE, self.save)
        shortcuts.bind(self, shortcuts.NEXT_PANE, self._next_pane)
        shortcuts.bind(self, shortcuts.PREVIOUS_PANE, self._next_pane)

    def _next_pane(self) -> None:
        """Go from the choices to the pages and back."""
        at_pages = self.preview.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        if not self._wide:
            self.switch.choose(int(not at_pages))
        target = self.choices.list if at_pages else self.preview.view
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _note_folder(self) -> None:
        self._folder_chosen = str(self.saving.folder.folder)

    # ---- seeing ---------------------------------------------------------------------------------

    def _show_offer(self, offer: Offer) -> None:
        if self._alone:
            offer = Offer(tuple(one for one in offer.agencies if one.agency == self._agency))
        self._offer = offer
        self.saving.set_some(offer.some)
        self.choices.show_offer(offer, self._place.agency, self._place.seat)

    def _renew(self) -> None:
        """Show the report that is chosen now; while one is being set, only the last choice counts."""
        self._asked += 1
        self._shown = None
        self.saving.set_ready(False)
        self.preview.title.set_text(self.choices.name())
        wanted = self.choices.wanted()
        if self._offer is None:
            self.preview.say("clock", _("Reading…"))
        elif self._offer.lacks(wanted):
            self._say_nothing_there(self._offer)
        elif wanted.is_table:
            self.preview.say("list", _("A table for a spreadsheet. It has no pages: save it, then open it there."))
            self.saving.set_ready(True)
        else:
            self.preview.say("clock", _("Setting the pages…"))
            if not self._setting:
                self._set(wanted)

    def _say_nothing_there(self, offer: Offer) -> None:
        if offer.some:
            words = _("This agency has no signed consensus here yet, so there is no such report on it.")
            self.preview.say("info", words)
            return
        if self._alone:
            self.preview.say("info", _("The consensus on this agency is not signed yet."))
            return
        back = Button(_("To the board of results"), "reports-to-board", "primary", "left")
        back.clicked.connect(self.board_asked)
        words = _(
            "No agency is settled yet. Import the signed consensus of a panel, then its reports are here. "
            "Letters, the fingerprint page and the readiness page can be printed already."
        )
        self.preview.say("info", words, back)

    def _set(self, wanted: Wanted) -> None:
        """Take the values out in the store's thread, set the pages beside it."""
        self._setting = True
        asked = self._asked

        def failed(error: Exception) -> None:
            self._after(asked, lambda: self._show_trouble(error))

        def done(data: bytes) -> None:
            self._after(asked, lambda: self._show_pages(wanted, data))

        def read(render: Callable[[], bytes]) -> None:
            if asked != self._asked:
                self._after(asked, lambda: None)
            else:
                self._tasks.free(lambda _progress: render(), done, failed, self)

        self._tasks.store(lambda: self._prepare(wanted), read, failed, self)

    def _prepare(self, wanted: Wanted) -> Callable[[], bytes]:
        report = cast("ReportName", wanted.report)
        return self._reporting.prepare(
            report, agency=wanted.agency, seat=wanted.seat, language=wanted.language, digits=wanted.digits
        )

    def _after(self, asked: int, show: Callable[[], None]) -> None:
        """Show what was asked for last; what was asked for before is set no more."""
        self._setting = False
        if asked == self._asked:
            show()
            return
        wanted = self.choices.wanted()
        if self._offer is not None and not wanted.is_table and not self._offer.lacks(wanted):
            self._set(wanted)

    def _show_pages(self, wanted: Wanted, data: bytes) -> None:
        subject = (wanted.report, wanted.agency, wanted.seat)
        # another language or other digits: stay at the page
        page = self.preview.reader.page if subject == self._subject else self._place.page
        if self.preview.show_pages(data, page):
            self._shown = (wanted, data)
            self.saving.set_ready(True)
        self._subject, self._place = subject, ReportsPlace()

    def _show_trouble(self, error: Exception) -> None:
        box = Box(margins=20)
        box.add(Banner("warn", _("There is no such report"), worded(error)), None)
        self.preview.show_notice(box)

    # ---- saving ---------------------------------------------------------------------------------

    def save(self) -> None:
        """Write what is seen into the folder."""
        wanted, folder = self.choices.wanted(), self.saving.folder.folder
        out = folder / wanted.file
        if not self.saving.save.isEnabled():
            return
        self._leave_choices()

        def done(replaced: bool) -> None:
            self.saving.show_written(out, replaced=replaced)

        def failed(error: Exception) -> None:
            self.saving.show_trouble(error, folder)

        if self._shown is not None:
            data = self._shown[1]

            def write(_progress: Progress) -> bool:
                replaced = out.exists()
                write_whole(out, data)
                return replaced

            self._tasks.free(write, done, failed, self)
        else:
            self._tasks.store(lambda: self._write_table(wanted, out), done, failed, self)

    def _write_table(self, wanted: Wanted, out: Path) -> bool:
        replaced = out.exists()
        make = self._reporting.workbook if wanted.report == "workbook" else self._reporting.csv
        make(out, wanted.language)
        return replaced

    def batch_folder(self) -> Path:
        """Return the folder of its own that all reports go to."""
        name = f"reports-{self._round.round}"
        return self.saving.folder.folder / (f"{name}-en" if self.choices.wanted().language == "en" else name)

    def save_all(self) -> None:
        """Write all reports and both tables into a folder of their own."""
        wanted, folder = self.choices.wanted(), self.batch_folder()
        self._leave_choices()
        self._batch = steps = _Steps(self._tasks.stepped.emit)
        self.choices.setEnabled(False)
        self.saving.show_running()
        tables = [Wanted(kind, "", "", wanted.language, wanted.digits) for kind in ("workbook", "csv")]

        def work() -> int:
            written = self._reporting.save_all(folder, language=wanted.language, digits=wanted.digits, progress=steps)
            for number, table in enumerate(tables, len(written)):
                steps.step(number, len(written) + len(tables), table.file)
                self._write_table(table, folder / table.file)
            return len(written) + len(tables)

        self._tasks.store(
            work, lambda count: self._all_written(count, folder), lambda error: self._all_failed(error, folder), self
        )

    def _cancel(self) -> None:
        if self._batch is not None:
            self._batch.cancel()

    def _all_written(self, count: int, folder: Path) -> None:
        self._batch = None
        self.choices.setEnabled(True)
        self.saving.show_all_written(count, folder)

    def _all_failed(self, error: Exception, folder: Path) -> None:
        done = self._batch.done if self._batch is not None else 0
        self._batch = None
        self.choices.setEnabled(True)
        if isinstance(error, Cancelled):
            self.saving.show_stopped(done, folder)
        else:
            self.saving.show_trouble(error, folder, done)

    # ---- screen ---------------------------------------------------------------------------------

    def place(self) -> object:
        """Return report, agency, seat and page."""
        wanted = self.choices.wanted()
        stopped = self._batch.done if self._batch is not None else None
        return ReportsPlace(wanted.report, wanted.agency, wanted.seat, self.preview.reader.page, stopped)

    def restore(self, place: object) -> None:
        """Go to a report once the round is read; a batch that was left by the way is told."""
        if isinstance(place, ReportsPlace):
            self._place = place
            self.choices.list.choose(place.report)
            if place.stopped is not None:
                self.saving.show_stopped(place.stopped, self.batch_folder())

    def focus_first(self) -> None:
        """Put the cursor on the list of reports."""
        self.choices.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_choices(self) -> None:
        self.choices_left.emit(self.choices.remembered(self._folder_chosen))

    def leave(self) -> None:
        """Keep the choices, put the pages away, stop a batch; what is written stays."""
        self._leave_choices()
        if self._batch is not None:
            self._batch.cancel()
        self.preview.reader.close()

    def reflow(self, em_width: int) -> None:
        """Put choices and pages behind tabs where the window is narrow."""
        self._wide = em_width >= WIDE
        shorten(self._back, self._back_words, narrow=em_width < NARROW_BAR)
        shorten(self.saving.all, _("All reports of the round"), narrow=not self._wide)
        self.switch.setVisible(not self._wide)
        if self._wide:
            self._side.setFixedWidth(theme.px(min(SIDE_WIDTH, em_width * 40 // 100)))
        else:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16777215)
        self._arrange()

    def _arrange(self) -> None:
        pages = self.switch.current() == 1
        self._side.setVisible(self._wide or not pages)
        self.preview.setVisible(self._wide or pages)
