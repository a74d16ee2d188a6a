# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The agencies' papers before they are packed: one folder for all, or files for one; read with progress."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from pmqa_desktop.domain.documents import Agency
from pmqa_desktop.progress import Cancelled, Progress
from pmqa_desktop.services.packing.paper_files import PaperFile, find_papers, read_papers
from pmqa_desktop.text import _, pick
from ui.dialogs.choosing import Chooser
from ui.drives import size_words
from ui.errors import worded
from ui.tasks import TaskRunner
from ui.widgets.boxes import Box, Rule, row
from ui.widgets.buttons import Button
from ui.widgets.labels import ElideLabel, IconLabel, Label, WrapLabel
from ui.widgets.running import Running
from ui.widgets.signs import Banner

MOST_NAMED = 3
Read = tuple[Mapping[str, tuple[PaperFile, ...]], tuple[str, ...]]
"""Papers by agency, and the names of files that were left out."""


class PapersCard(Box):
    """Which PDF files are of which agency; `changed` when they were read, `busy` while they are."""

    changed = Signal()
    busy = Signal(bool)

    def __init__(self, agencies: Sequence[Agency], tasks: TaskRunner, chooser: Chooser) -> None:
        """Start without any paper."""
        super().__init__("card", margins=(20, 12, 20, 14), gap=8)
        self._agencies, self._tasks, self._chooser = tuple(agencies), tasks, chooser
        self.given: dict[str, tuple[PaperFile, ...]] = {}
        self._progress: Progress | None = None
        self._running: Running | None = None
        self.all = Button(_("One folder for all"), "papers-folder", "primary", "folder")
        self.all.clicked.connect(self._ask_folder)
        head = row(gap=10)
        head.add(Label(_("Papers of the agencies"), "h2", 600), stretch=1)
        head.add(self.all)
        self._told = Box(gap=6)
        self._rows: dict[str, _AgencyRow] = {}
        self.add(head)
        self.add(
            WrapLabel(
                _("PDF files. In the folder for all, each agency has a folder of its own, named after it."),
                "small", 400, "text2",
            ),
            self._told,
        )  # fmt: skip
        for agency in self._agencies:
            line = _AgencyRow(agency)
            line.files.clicked.connect(partial(self._ask_files, agency.agency))
            line.none.clicked.connect(partial(self._drop, agency.agency))
            self._rows[agency.agency] = line
            self.add(Rule(), line)
        tasks.stepped.connect(self._step)

    @property
    def reading(self) -> bool:
        """Tell whether papers are being read."""
        return self._progress is not None

    def show_given(self, given: Mapping[str, tuple[PaperFile, ...]]) -> None:
        """Take papers that were read before."""
        self.given = dict(given)
        for name, line in self._rows.items():
            line.show_papers(self.given.get(name))

    def tell_sent(self, sent: bool) -> None:
        """Word what leaving out papers means: before the first packs there is nothing that could stay."""
        for name, line in self._rows.items():
            line.sent = sent
            line.show_papers(self.given.get(name))

    def cancel(self) -> None:
        """Stop the reading that is under way."""
        if self._progress is not None:
            self._progress.cancel()

    # ---- choosing -------------------------------------------------------------------------------

    def _ask_folder(self) -> None:
        folder = self._chooser.folder(self, _("The folder with one folder per agency"))
        if folder is not None:
            self.read_folder(folder)

    def read_folder(self, folder: Path) -> None:
        """Read the papers of all agencies that have a folder in `folder`."""

        def work(progress: Progress) -> Read:
            found = find_papers(folder, self._agencies)
            return read_papers(found.files, progress), found.left_out

        self._begin(work)

    def _ask_files(self, agency: str) -> None:
        if paths := self._chooser.papers(self):
            self.read_files(agency, paths)

    def read_files(self, agency: str, paths: Sequence[Path]) -> None:
        """Add files to the papers of one agency."""
        before = [one.path for one in self.given.get(agency, ())]
        files = {agency: (*before, *(path for path in paths if path not in before))}
        self._begin(lambda progress: (read_papers(files, progress), ()))

    def _drop(self, agency: str) -> None:
        self.given.pop(agency, None)
        self._rows[agency].show_papers(None)
        self._rows[agency].files.setFocus()
        self.changed.emit()

    # ---- reading --------------------------------------------------------------------------------

    def _begin(self, work: Callable[[Progress], Read]) -> None:
        self._told.clear()
        self._running = Running(_("Reading the papers…"), "papers-stop")
        self._running.stop.clicked.connect(self.cancel)
        self._told.add(self._running)
        self._set_busy(on=True)
        self._progress = self._tasks.free(work, self._read, self._failed, self)

    def _step(self, done: int, of: int, name: str) -> None:
        if self._progress is not None and self._running is not None:
            self._running.show_step(done, of, _("Reading {name}").format(name=name))

    def _end(self) -> None:
        self._progress = self._running = None
        self._told.clear()
        self._set_busy(on=False)

    def _set_busy(self, *, on: bool) -> None:
        for button in (self.all, *(b for line in self._rows.values() for b in (line.files, line.none))):
            button.setEnabled(not on)
        self.busy.emit(on)

    def _read(self, found: Read) -> None:
        self._end()
        papers, left_out = found
        self.show_given({**self.given, **papers})
        if left_out:
            names = ", ".join(left_out[:MOST_NAMED])
            rest = len(left_out) - MOST_NAMED
            names += " " + _("and {count} more").format(count=rest) if rest > 0 else ""
            self._told.add(Banner("info", _("Files that are no PDF were left out"), names))
        self.all.set_kind("")
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, Cancelled):
            self._told.add(Banner("err", _("The papers were not taken"), worded(error)))


class _AgencyRow(Box):
    """An agency and what of its papers is chosen; `sent` after the first packs."""

    def __init__(self, agency: Agency) -> None:
        super().__init__(across=True, gap=10)
        self.sent = False
        name = pick(agency.name_th, agency.name_en)
        self._name = name
        self._icon = IconLabel("none", "text2", 20)
        self._more = ElideLabel("", "small", 400, "text2")
        words = Box(gap=0).add(ElideLabel(name, "body", 600), self._more)
        self.files = Button(_("Add files"), f"papers-of-{agency.agency}", "", "plus")
        self.files.setAccessibleName(_("Add files of {agency}").format(agency=name))
        self.none = Button("", f"no-papers-of-{agency.agency}", "quiet", "cross",
                           said=_("Take out the files of {agency}").format(agency=name))  # fmt: skip
        self.add(self._icon)
        self.add(words, stretch=1)
        self.add(self.none, self.files)
        self.show_papers(None)

    def show_papers(self, papers: Sequence[PaperFile] | None) -> None:
        """Tell number, pages and size; None when nothing is chosen."""
        self.none.setVisible(papers is not None)
        if papers is None:
            told = _("nothing chosen: what was sent before stays") if self.sent else _("no paper is chosen yet")
            self._icon.set_icon("none", "text2")
        else:
            size = size_words(sum(one.paper.bytes for one in papers))
            told = _("Files: {files} · pages: {pages} · {size}").format(
                files=len(papers), pages=sum(one.paper.pages for one in papers), size=size
            )
            self._icon.set_icon("ok", "ok")
        self._more.set_text(told)
        self.setAccessibleName(f"{self._name}: {told}")
