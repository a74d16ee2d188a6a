# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Where reports go: the folder, saving the one that is seen or all of the round, and what came of it."""

from pathlib import Path

from PySide6.QtCore import Signal

from pmqa_desktop.errors import PmqaError
from pmqa_desktop.text import _
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.screens.export_box import FolderChoice
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.labels import ElideLabel, IconLabel, Label
from ui.widgets.running import Running
from ui.widgets.signs import Banner


class SavingPane(Box):
    """The folder and two buttons, and above them the progress or the outcome."""

    save_asked = Signal()
    all_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, chooser: Chooser, folder: Path | None) -> None:
        """Start with a folder of last time if it is still there."""
        super().__init__("foot", margins=(14, 6, 14, 8), gap=6)
        self.folder = FolderChoice(chooser, folder)
        self.save = Button(_("Save this report"), "report-save", "primary", "file", tip="Ctrl+S")
        self.save.clicked.connect(self.save_asked)
        self.all = Button(_("All reports of the round"), "report-save-all", "", "folder")
        self.all.clicked.connect(self.all_asked)
        self.outcome = Box(gap=4)
        self.outcome.setObjectName("report-outcome")
        line = row(gap=10).add(self.folder, stretch=1)
        line.add(self.all, self.save)
        self.add(self.outcome, line)
        self._running: Running | None = None
        self._ready = self._some = False
        self._arrange()

    @property
    def running(self) -> bool:
        """Tell whether all reports are being written."""
        return self._running is not None

    def _arrange(self) -> None:
        self.save.setEnabled(self._ready and not self.running)
        self.all.setEnabled(self._some and not self.running)
        self.folder.setEnabled(not self.running)

    def set_ready(self, ready: bool) -> None:
        """Tell whether the chosen report can be saved as it is seen."""
        self._ready = ready
        self._arrange()

    def set_some(self, some: bool) -> None:
        """Tell whether the round has a result at all."""
        self._some = some
        self._arrange()

    def show_running(self) -> None:
        """Say that all reports are being written, and offer to stop."""
        self._running = Running(_("Making the reports…"), "report-cancel")
        self._running.stop.clicked.connect(self.cancel_asked)
        self._arrange()
        self.outcome.clear()
        self.outcome.add(self._running)
        self._running.stop.setFocus()

    def show_step(self, done: int, of: int, name: str) -> None:
        """Show how far many reports are."""
        if self._running is not None and of:
            self._running.show_step(done, of, _("{done} of {of} files · {name}").format(done=done, of=of, name=name))

    def _end(self) -> None:
        self._running = None
        self._arrange()
        self.outcome.clear()

    def show_written(self, path: Path, *, replaced: bool) -> None:
        """Say that one report is written."""
        self._end()
        words = _("Written: {name}").format(name=path.name)
        told = _("It replaced the former file of this name.") if replaced else str(path.parent)
        self.outcome.add(self._line("ok", words, told))

    def show_all_written(self, count: int, folder: Path) -> None:
        """Say that all reports are written."""
        self._end()
        self.outcome.add(self._line("ok", _("{count} files written").format(count=count), str(folder)))
        self.all.setFocus()

    def show_stopped(self, count: int, folder: Path) -> None:
        """Say what is there after stopping."""
        self._end()
        words = _("Stopped. {count} files are written and stay.").format(count=count)
        self.outcome.add(self._line("info", words, str(folder)))
        self.all.setFocus()

    def show_trouble(self, error: Exception, folder: Path, count: int = 0) -> None:
        """Say why something was not written, and how many files were before."""
        self._end()
        if isinstance(error, OSError) or (isinstance(error, PmqaError) and error.code == "cannot-write"):
            title = _("This folder cannot be written")
            text = _(
                "{folder} is write-protected, full or not there any more. Choose another folder below, then save again."
            ).format(folder=folder)
        else:
            title, text = _("The report was not written"), worded(error)
        if count:
            text = f"{text} " + _("{count} files were written before and stay.").format(count=count)
        self.outcome.add(Banner("err", title, text))

    def _line(self, icon: str, words: str, more: str) -> Box:
        line = row(IconLabel(icon, icon, 16), Label(words, "small", 600, icon), gap=8)
        line.add(ElideLabel(more, "small", 400, "text2"), stretch=1)
        return line
