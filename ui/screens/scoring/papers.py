# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The papers beside the sheet: asks for them, shows them, and tells how their opening goes."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pmqa_desktop.domain.answers import Evidence
from pmqa_desktop.domain.documents import Paper
from pmqa_desktop.domain.passages import parted_note
from ui.errors import worded
from ui.screens.scoring.panes import Panes
from ui.screens.scoring.reader import Reader


class PaperPlace(QObject):
    """Keeps reader and report pane of the present layout told of one paper at a time."""

    paper_asked = Signal(object, int)

    def __init__(self, screen: QWidget, reader: Reader, panes: Panes) -> None:
        """Serve `screen`: show papers in `reader`, words about them in the report of `panes`."""
        super().__init__(screen)
        self._reader, self._panes = reader, panes
        panes.paper_asked.connect(lambda paper: self.paper_asked.emit(paper, 0))

    def turn_to(self, evidence: Evidence, papers: Iterable[Paper]) -> None:
        """Show the page of a piece of evidence; its paper is asked for when another one is open."""
        reader = self._reader
        if reader.paper is not None and reader.paper.digest == evidence.document:
            reader.turn(evidence.page)
        else:
            paper = next((one for one in papers if one.digest == evidence.document), None)
            if paper is not None:
                self.paper_asked.emit(paper, evidence.page)
        reader.point_at(evidence.document, evidence.page, parted_note(evidence.note)[0])

    def show(self, paper: Paper, data: bytes, page: int) -> None:
        """Show a paper that the service opened."""
        self._reader.open(paper, data, page)

    def show_opening(self, paper: Paper, page: int, stop: Callable[[], None]) -> None:
        """Say that a large pack is being read, and offer to stop; stopped, the paper can be asked for again."""
        if self._panes.report is not None:
            again = partial(self.paper_asked.emit, paper, page)
            self._panes.report.show_opening(paper.name, stop, again)

    def show_step(self, done: int, of: int, what: str) -> None:
        """Show how far the reading of a paper is."""
        if self._panes.report is not None:
            self._panes.report.show_step(done, of, what)

    def show_sealed(self, error: str = "") -> None:
        """Offer the passphrase where the report would be."""
        if self._panes.report is not None:
            self._panes.report.ask_passphrase(error)

    def show_error(self, error: Exception) -> None:
        """Tell why a paper does not open."""
        if self._panes.report is not None:
            self._panes.report.say("err", worded(error))
