# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The secretariat's screen for packs: papers in, a list of seats with sizes, files out to a drive, letters."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal

from pmqa_desktop.services.packing.handing_over import hand_over
from pmqa_desktop.services.packing.paper_files import PaperFile
from pmqa_desktop.services.packing.service import PackingService, PackReport, SeatWork
from pmqa_desktop.services.reporting import ReportingService
from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.text import _, current_language, pick
from ui import theme
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.screens.base import Screen
from ui.screens.importing import Unlocks
from ui.screens.packing.papers import PapersCard
from ui.screens.packing.seats import SeatsCard
from ui.screens.packing.writing import WritingCard
from ui.tasks import TaskRunner
from ui.widgets.boxes import Box, Scroll
from ui.widgets.buttons import Button

if TYPE_CHECKING:
    from pmqa_desktop.progress import Progress

TWO_COLUMNS = 1100


class PackingScreen(Screen):
    """Choose papers, see what each seat gets, write all packs, then print what goes along with them."""

    back_asked = Signal()

    def __init__(
        self,
        packing: PackingService,
        reporting: ReportingService,
        unlock: Unlocks,
        seen: RoundInfo,
        tasks: TaskRunner,
        *,
        chooser: Chooser,
    ) -> None:
        """Show the seats of the newest roster."""
        title = pick(seen.title_th, seen.title_en)
        super().__init__("packing-screen", _("Packs for the seats"), title, rehearsal=seen.rehearsal)
        self._packing, self._reporting, self._unlock = packing, reporting, unlock
        self._tasks, self._chooser = tasks, chooser
        self._progress: Progress | None = None
        self._report: PackReport | None = None
        self._two: bool | None = None
        self._known_passphrase = ""
        back = Button("", "to-registry", "bar", "left", said=_("Back to the board"))
        back.clicked.connect(self.back_asked)
        self.bar_buttons = [back]
        self.papers = PapersCard(tuple(seen.agencies.values()), tasks, chooser)
        self.seats = SeatsCard(seen)
        self.writing = WritingCard(
            chooser, {one.agency: pick(one.short_th, one.name_en) for one in seen.agencies.values()}
        )
        self.papers.changed.connect(self.reload)
        self.papers.busy.connect(self.writing.set_waiting)
        self.writing.asked.connect(self._write)
        self.writing.stop_asked.connect(self._cancel)
        self.writing.letters_asked.connect(self._ask_letters)
        tasks.stepped.connect(self._step)
        self._build()
        self.reload()

    def _build(self) -> None:
        page = Box(margins=(20, 14, 20, 14), gap=0)
        page.setMaximumWidth(theme.px(1240))
        frame = Box(across=True)
        frame.body.addStretch(1)
        frame.add(page, stretch=1000)
        frame.body.addStretch(1)
        self._cards = Box(across=True, gap=16)
        left, right = Box(gap=16), Box(gap=16)
        left.add(self.papers, None)
        right.add(self.writing, self.seats, None)
        self._cards.add(left, stretch=1)
        self._cards.add(right, stretch=1)
        page.add(self._cards)
        page.body.addStretch(1)
        self._scroll = Scroll(frame, "packing-scroll")
        self.add(self._scroll, stretch=1)

    def fill_passphrase(self, passphrase: str) -> None:
        """Type the passphrase of a practice round, and again after each writing: it is public."""
        self._known_passphrase = passphrase
        self.writing.passphrase.field.setText(passphrase)

    def reload(self) -> None:
        """Ask anew what each seat's pack would hold."""
        given = dict(self.papers.given)

        def show(works: tuple[SeatWork, ...]) -> None:
            self.papers.tell_sent(any(work.sent for work in works))
            self.seats.show_works(works)
            self.writing.show_plan(self.seats.to_write)

        self._report = None
        self._tasks.store(lambda: self._packing.seats(given), show, self.writing.show_error, self)

    # ---- writing --------------------------------------------------------------------------------

    def _write(self) -> None:
        given, folder = dict(self.papers.given), self.writing.folder.folder
        passphrase, reason = self.writing.passphrase.text(), self.writing.reason.text()
        progress = self._tasks.progress()
        self._progress = progress
        self.papers.setEnabled(False)
        self.writing.show_running()
        self._bring_up()

        def work() -> PackReport:
            self._unlock(passphrase)
            return self._packing.write(given, folder, reason=reason, progress=progress)

        self._tasks.store(work, self._written, self._failed, self)

    def _step(self, done: int, of: int, seat: str) -> None:
        if self._progress is None:
            return
        order = [one.seat for one in self.seats.to_write]
        number = order.index(seat) + 1 if seat in order else 1
        told = _("Pack {n} of {m} · {seat}").format(n=number, m=len(order), seat=seat)
        self.writing.show_step(done, of, told)

    def _cancel(self) -> None:
        if self._progress is not None:
            self._progress.cancel()

    def _written(self, report: PackReport) -> None:
        self._progress = None
        self._report = report
        self.papers.setEnabled(True)
        self.seats.show_lines(report.lines)
        self.writing.show_report(report)
        self.writing.passphrase.field.setText(self._known_passphrase)
        self._bring_up()

    def _failed(self, error: Exception) -> None:
        self._progress = None
        self.papers.setEnabled(True)
        self.writing.show_error(error)
        self._bring_up()

    def _bring_up(self) -> None:
        """Show what came of it, also where the cards stand below each other."""
        QTimer.singleShot(0, self.writing, lambda: self._scroll.ensureWidgetVisible(self.writing.outcome, 0, 60))

    # ---- what goes along ------------------------------------------------------------------------

    def _ask_letters(self) -> None:
        folder = self._chooser.folder(self, _("Where the letters and the list go: not the drive with the packs"))
        if folder is not None and self._report is not None:
            self._write_letters(self._report, folder)

    def _write_letters(self, report: PackReport, folder: Path) -> None:
        self.writing.letters.setEnabled(False)
        language = current_language()
        self._tasks.store(
            lambda: hand_over(self._reporting, report, folder, language=language),
            lambda paths: self.writing.show_letters(len(paths), folder),
            lambda error: self.writing.show_letters_trouble(worded(error)),
            self,
        )

    # ---- screen ---------------------------------------------------------------------------------

    def place(self) -> object:
        """Return the papers that were read."""
        return dict(self.papers.given)

    def restore(self, place: object) -> None:
        """Show them again, without reading them anew."""
        if isinstance(place, dict) and all(isinstance(one, PaperFile) for papers in place.values() for one in papers):
            self.papers.show_given(place)
            self.reload()

    def focus_first(self) -> None:
        """Begin at the folder."""
        self.papers.all.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Stop what is under way; packs that are whole stay."""
        self._cancel()
        self.papers.cancel()

    def reflow(self, em_width: int) -> None:
        """Put the cards beside or below each other."""
        two = em_width >= TWO_COLUMNS
        if two != self._two:
            self._two = two
            across = self._cards.body.Direction.LeftToRight if two else self._cards.body.Direction.TopToBottom
            self._cards.body.setDirection(across)
