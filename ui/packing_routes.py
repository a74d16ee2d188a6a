# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The way to the secretariat's packs."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from pmqa_desktop.app import Workspace
from pmqa_desktop.services.session import RoundInfo
from ui.dialogs.choosing import Chooser
from ui.main_window import MainWindow
from ui.screens.packing.screen import PackingScreen
from ui.tasks import TaskRunner


class PackingRoutes(QObject):
    """Show the screen that writes the packs of all seats."""

    def __init__(
        self,
        window: MainWindow,
        tasks: TaskRunner,
        workspace: Workspace,
        seen: RoundInfo,
        chooser: Chooser,
        *,
        back: Callable[[], None],
    ) -> None:
        """Show screens in `window`; `back` leads to the board."""
        super().__init__(window)
        self._window, self._tasks, self._workspace = window, tasks, workspace
        self._seen, self._chooser, self._back = seen, chooser, back

    def open(self) -> None:
        """Show what each seat would get, and write it."""
        workspace = self._workspace

        def make() -> PackingScreen:
            screen = PackingScreen(
                workspace.packing, workspace.reporting, workspace.unlock, self._seen, self._tasks, chooser=self._chooser
            )
            screen.back_asked.connect(self._back)
            screen.fill_passphrase(workspace.practice_passphrase)
            return screen

        self._window.open(make)
