# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""From a paper that is wanted to its page on screen: asked for on the store's thread, read beside it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pmqa_desktop.domain.documents import Paper
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.evaluation.shelf import PaperSource
from pmqa_desktop.workspace import Workspace
from ui.errors import worded
from ui.reading_routes import ReadingRoutes
from ui.screens.scoring.reader import Reader
from ui.screens.scoring.screen import ScoringScreen
from ui.tasks import TaskRunner

if TYPE_CHECKING:
    from pmqa_desktop.progress import Progress

WORTH_A_WORD = 24_000_000
"""From so many bytes on the reading of a pack is told while it runs."""


class PaperRoutes(QObject):
    """Open papers for the scoring screen, one at a time; edits are saved while a large pack is read."""

    def __init__(self, tasks: TaskRunner, reader: Reader, places: ReadingRoutes, parent: QObject) -> None:
        """Show papers in `reader`, at the places that `places` remembers."""
        super().__init__(parent)
        self._tasks, self._reader, self._places = tasks, reader, places
        self._reading: Progress | None = None
        self._shown: tuple[ScoringScreen, Workspace] | None = None
        reader.page_changed.connect(self._note_page)

    def serve(self, screen: ScoringScreen, workspace: Workspace, papers: tuple[Paper, ...]) -> None:
        """Answer what a screen asks for from now on."""
        self._shown = (screen, workspace)
        screen.paper_asked.connect(partial(self.open, screen, workspace))
        screen.unlock_asked.connect(partial(self._unlock, screen, workspace, papers))
        self._tasks.stepped.connect(screen.papers.show_step)

    def open(self, screen: ScoringScreen, workspace: Workspace, paper: Paper, page: int) -> None:
        """Open a paper at a page, 0 where it was left; one that is still being read is given up."""
        agency = screen.agency
        page = page or self._places.resume(paper)
        self.stop_reading()

        def failed(error: Exception) -> None:
            if isinstance(error, Expected) and error.code in ("key-locked", "identity-closed"):
                screen.papers.show_sealed()
            else:
                screen.papers.show_error(error)

        def read(source: PaperSource) -> None:
            self.stop_reading()
            reading = self._tasks.free(
                source.read,
                lambda data: screen.papers.show(paper, data, page) if reading is self._reading else None,
                lambda error: failed(error) if reading is self._reading else None,
                screen,
            )
            self._reading = reading
            if source.size > WORTH_A_WORD:
                screen.papers.show_opening(paper, page, self.stop_reading)

        self._tasks.store(lambda: workspace.scoring.paper_source(agency, paper.digest), read, failed, screen)

    def stop_reading(self) -> None:
        """Give up a paper that is being read."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def stop(self) -> None:
        """The workspace is put away."""
        self.stop_reading()
        self._shown = None

    def _unlock(self, screen: ScoringScreen, workspace: Workspace, papers: tuple[Paper, ...], passphrase: str) -> None:
        self._tasks.store(
            lambda: workspace.unlock(passphrase),
            lambda _none: self.open(screen, workspace, self._places.first(papers), 0),
            lambda error: screen.papers.show_sealed(worded(error)),
            screen,
        )

    def _note_page(self, page: int) -> None:
        """Let the service know that a page was on screen: it remarks on scores whose papers were never opened."""
        paper = self._reader.paper
        if self._shown is not None and paper is not None:
            screen, workspace = self._shown
            agency = screen.agency
            self._tasks.store(lambda: workspace.scoring.opened_page(agency, paper.digest, page), owner=self)
