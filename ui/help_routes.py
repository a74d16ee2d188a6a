# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""From the help to paper: the whole of it as one PDF file, in the language of the window."""

from pathlib import Path

from PySide6.QtCore import QObject
from shiboken6 import isValid

from pmqa_desktop.services import handbook
from pmqa_desktop.text import _, current_language
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.main_window import MainWindow
from ui.tasks import TaskRunner


class HelpRoutes(QObject):
    """Writes the help where a person chooses, beside the work that goes on."""

    def __init__(self, window: MainWindow, tasks: TaskRunner, chooser: Chooser) -> None:
        """Serve the help of `window`."""
        super().__init__(window)
        self._window, self._tasks, self._chooser = window, tasks, chooser

    def save(self) -> None:
        """Ask for a folder and write the file there; what came of it is told in the help."""
        view = self._window.help
        folder = self._chooser.folder(self._window, _("Where the help goes")) if view is not None else None
        if view is None or folder is None:
            return
        language = current_language()
        view.say(_("Setting the pages…"))

        def done(path: Path) -> None:
            if isValid(view):
                view.say(_("Saved as {name}").format(name=path.name))

        def failed(error: Exception) -> None:
            if isValid(view):
                view.say(worded(error), bad=True)

        self._tasks.free(lambda _progress: handbook.save(folder, language), done, failed, self)
