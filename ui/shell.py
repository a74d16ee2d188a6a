# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The window with everything wired: one application, one window, one store thread, the kept appearance."""

import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QTimer

from pmqa_desktop.settings import read_settings, write_settings
from pmqa_desktop.text import Language
from ui.application import make_application
from ui.dialogs.choosing import Chooser
from ui.errors import show_error
from ui.front import Front
from ui.main_window import MainWindow
from ui.tasks import TaskRunner

if TYPE_CHECKING:
    from pmqa_desktop.app import App
    from ui.routes import Routes

_FIRST_SIZE = (1366, 697)
_TICK_MS = 10_000


class Shell:
    """The parts of a running window, wired."""

    def __init__(self, home: Path, *, chooser: Chooser | None = None, app: "App | None" = None) -> None:
        """Build the window over `home` with the appearance that was kept there; `app` replaces the usual one."""
        self.home = home
        self.settings = read_settings(home)
        self.application = make_application(
            sys.argv,
            language=self.settings.language,
            percent=self.settings.text_scale,
            dark=self.settings.theme == "dark",
        )
        self.tasks = TaskRunner()
        self.window = MainWindow(self.tasks)
        self.window.resize(*_FIRST_SIZE)
        self._app, self._chooser = app, chooser or Chooser()
        self.front = Front(home, self.window, self.tasks, self._chooser, lambda: self.routes)
        self.window.appearance_changed.connect(self._keep)
        self.window.help_save_asked.connect(self._save_help)
        self._clock = QTimer(self.window)
        self._clock.timeout.connect(self.tick)
        self._clock.start(_TICK_MS)

    @cached_property
    def routes(self) -> "Routes":
        """Return the ways between the screens; the services and all other screens are loaded by the first call."""
        from pmqa_desktop.app import App  # noqa: PLC0415 - most of the program: the window is painted before it
        from ui.routes import Routes  # noqa: PLC0415 - as above

        return Routes(self._app or App(self.home), self.window, self.tasks, self._chooser, self.front)

    def start(self) -> None:
        """Show the start screen at once; load the rest and read the known workspaces once it is painted."""
        self.front.open()
        self.window.painted_first.connect(self._follow)

    def _follow(self) -> None:
        self.routes.read_recent(self.front.fill)

    def tick(self) -> None:
        """Give the open workspace its turn for what time asks for."""
        self.routes.work.tick()

    def _save_help(self) -> None:
        from ui.help_routes import HelpRoutes  # noqa: PLC0415 - few save the help, all start the program

        HelpRoutes(self.window, self.tasks, self._chooser).save()

    def _keep(self, language: Language, percent: int, dark: bool) -> None:
        # other choices may have been kept since the window opened
        kept = msgspec.structs.replace(
            read_settings(self.home), language=language, text_scale=percent, theme="dark" if dark else "light"
        )
        self.settings = kept
        try:
            write_settings(self.home, kept)
        except OSError as error:  # the choice holds until the window is closed
            show_error(self.window, error)

    def close(self) -> None:
        """Close the window and end the threads; everything typed is on the disk then."""
        self.window.close()
        self.tasks.close()
        self.window.deleteLater()
