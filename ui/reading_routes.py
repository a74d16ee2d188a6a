# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What goes on beside the score: where somebody was reading, and photos and files attached as evidence."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from pmqa_desktop.domain.documents import Paper
from pmqa_desktop.services.evaluation.attachments import Attached
from pmqa_desktop.services.evaluation.reading import Reading, ReadingPlace
from pmqa_desktop.text import _
from pmqa_desktop.workspace import Workspace
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.screens.scoring.desk import SheetDesk
from ui.screens.scoring.reader import Reader
from ui.screens.scoring.screen import ScoringScreen
from ui.tasks import TaskRunner

PAUSE_MS = 700
"""A place is remembered after the page stood still for so many milliseconds."""


class ReadingRoutes(QObject):
    """Remember places, and answer the scoring screen's wishes about files."""

    def __init__(self, tasks: TaskRunner, chooser: Chooser, reader: Reader, parent: QObject) -> None:
        """Watch `reader`."""
        super().__init__(parent)
        self._tasks, self._chooser, self._reader = tasks, chooser, reader
        self._workspace: Workspace | None = None
        self._agency = ""
        self._places: dict[str, ReadingPlace] = {}
        self._paper = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        reader.page_changed.connect(self._note)

    def begin(self, workspace: Workspace, agency: str, reading: Reading) -> None:
        """Follow the papers of an agency, which were left as `reading` tells."""
        self.flush()
        self._workspace, self._agency = workspace, agency
        self._places, self._paper = dict(reading.places), reading.paper

    def end(self) -> None:
        """Remember the last place; the workspace closes."""
        self.flush()
        self._workspace = None

    def first(self, papers: tuple[Paper, ...]) -> Paper:
        """Return the paper that was at hand last, or the first one."""
        return next((one for one in papers if one.digest == self._paper), papers[0])

    def resume(self, paper: Paper) -> int:
        """Return the page that a paper was left at, and set its size."""
        place = self._places.get(paper.digest, ReadingPlace())
        self._reader.zoom, self._reader.actual = 100, False
        self._reader.show_zoom(place.zoom, actual=place.actual)
        return place.page

    def _note(self, page: int) -> None:
        paper, reader = self._reader.paper, self._reader
        if paper is None or self._workspace is None:
            return
        self._paper = paper.digest
        self._places[paper.digest] = ReadingPlace(page, reader.zoom, reader.actual)
        self._pause.start()

    def flush(self) -> None:
        """Remember the place now, if it waits for its pause."""
        if not self._pause.isActive() or self._workspace is None:
            return
        self._pause.stop()
        keep, agency, paper = self._workspace.reading.keep, self._agency, self._paper
        place = self._places[paper]
        self._tasks.store(lambda: keep(agency, paper, place))

    # ---- files ----------------------------------------------------------------------------------

    def serve(self, screen: ScoringScreen, sheet: SheetDesk) -> None:
        """Answer a scoring screen's wishes to attach a file and to save a copy of one."""
        screen.attach_asked.connect(lambda item, point: self._attach(screen, sheet, item, point))
        screen.copy_asked.connect(lambda digest: self._save_copy(screen, digest))

    def _attach(self, screen: ScoringScreen, sheet: SheetDesk, item: str, point: str) -> None:
        path = self._chooser.attachment(screen)
        if path is None or self._workspace is None:
            return
        attach, agency = self._workspace.attachments.attach, screen.agency
        sheet.flush()

        def done(found: Attached) -> None:
            sheet.take_attached(found)
            screen.tell_file("")

        self._tasks.store(
            lambda: attach(agency, item, point, path),
            done,
            lambda error: screen.tell_file(worded(error), bad=True),
            screen,
        )

    def _save_copy(self, screen: ScoringScreen, digest: str) -> None:
        folder = self._chooser.folder(screen, _("Where the copy goes"))
        if folder is None or self._workspace is None:
            return
        save = self._workspace.attachments.save_copy

        def done(path: Path) -> None:
            screen.tell_file(
                _("Saved as {name}. Open it with care: it is shown by another program.").format(name=path.name)
            )

        self._tasks.store(
            lambda: save(digest, folder), done, lambda error: screen.tell_file(worded(error), bad=True), screen
        )
