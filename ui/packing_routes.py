# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The ways to the packs: the secretariat writes them, an evaluator takes a later one in."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.workspace import Workspace
from ui.dialogs.choosing import Chooser
from ui.main_window import MainWindow
from ui.screens.packing.adding import AddPackScreen
from ui.screens.packing.screen import PackingScreen
from ui.tasks import TaskRunner


class PackingRoutes(QObject):
    """Show the screens of packs."""

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
        """Show screens in `window`; `back` leads to the board, or to the sheets."""
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

    def open_adding(self) -> None:
        """Let an evaluator take another pack in."""
        workspace = self._workspace

        def make() -> AddPackScreen:
            screen = AddPackScreen(workspace.shelf, workspace.unlock, self._seen, self._tasks, chooser=self._chooser)
            screen.back_asked.connect(self._back)
            screen.fill_passphrase(workspace.practice_passphrase)
            return screen

        self._window.open(make)
