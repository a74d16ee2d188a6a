# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What stands in the window first: the start screen, painted before the rest of the program is loaded.

Whatever is asked for on it goes to the routes, which are loaded by then, or at that moment. So nothing here may import
the core's services or another screen: a test sees to it.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QStorageInfo
from PySide6.QtGui import QFontDatabase

from pmqa_desktop.text import _
from ui import theme
from ui.dialogs.choosing import Chooser
from ui.drives import other_drives, size_words
from ui.main_window import MainWindow
from ui.screens.start import MOST_RECENT, Ready, StartScreen, packs_on_drives
from ui.tasks import TaskRunner
from ui.widgets.labels import qt_breaks_thai

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmqa_desktop.app import Role
    from pmqa_desktop.laptop import WorkspaceInfo
    from ui.screens.start import PackRequest

ENOUGH_ROOM = 500_000_000
"""Bytes that should be free on the laptop."""


class Ways(Protocol):
    """Where one can go from here; each may be called before anything else is loaded."""

    def practise(self, role: "Role") -> None:
        """Open the practice round in a role."""

    def open_known(self, info: "WorkspaceInfo") -> None:
        """Open a workspace of this laptop."""

    def open_pack(self, request: "PackRequest") -> None:
        """Open a pack with a key."""

    def open_keys(self) -> None:
        """Show the own keys."""

    def open_rounds(self) -> None:
        """Show the own rounds as secretariat."""

    def restore(self) -> None:
        """Offer to put a backup back."""


class Front:
    """Show the start screen and lead from it to the routes."""

    def __init__(
        self, home: Path, window: MainWindow, tasks: TaskRunner, chooser: Chooser, ways: "Callable[[], Ways]"
    ) -> None:
        """Show it in `window`; `ways` loads the rest of the program when it is first called."""
        self._home, self._window, self._tasks, self._chooser, self._ways = home, window, tasks, chooser, ways
        self._recent: tuple[WorkspaceInfo, ...] | int = 0

    def open(self) -> None:
        """Show the start screen with room for the workspaces of this laptop, before they are read."""
        found = (self._home / "workspaces").glob("*/workspace.db")
        self.show(sum(1 for _file, _most in zip(found, range(MOST_RECENT), strict=False)))

    def show(self, recent: "tuple[WorkspaceInfo, ...] | int") -> None:
        """Show the start screen with the workspaces of this laptop, or with room for a number of them."""
        self._recent = recent
        self._window.open(self._make)

    def fill(self, recent: "tuple[WorkspaceInfo, ...]") -> None:
        """Show the workspaces, now that they are read, if the start screen is still there."""
        self._recent = recent
        if (screen := self.screen) is not None:
            screen.show_recent(recent)

    def _keys(self) -> tuple[Path, ...]:
        return tuple(sorted((self._home / "keys").glob("*.key")))

    @property
    def screen(self) -> StartScreen | None:
        """Return the start screen while it is the one that is shown."""
        screen = self._window.screen_now
        return screen if isinstance(screen, StartScreen) else None

    def open_file(self, path: Path) -> None:
        """Take a file that the program was started with as the pack to open."""
        if (screen := self.screen) is not None:
            screen.set_pack(path)

    def _make(self) -> StartScreen:
        screen = StartScreen(
            self._recent, readiness(self._home), chooser=self._chooser, found=packs_on_drives(), keys=self._keys()
        )
        screen.practice_asked.connect(lambda role: self._ways().practise(role))
        screen.workspace_asked.connect(lambda info: self._ways().open_known(info))
        screen.pack_asked.connect(lambda request: self._ways().open_pack(request))
        screen.keys_asked.connect(lambda: self._ways().open_keys())
        screen.rounds_asked.connect(lambda: self._ways().open_rounds())
        screen.restore_asked.connect(lambda: self._ways().restore())
        screen.scale_asked.connect(self._window.set_scale)
        screen.dark_asked.connect(self._window.set_dark)
        self._tasks.stepped.connect(screen.show_step)
        return screen


def readiness(home: Path) -> tuple[Ready, ...]:
    """Return what the start screen tells about this laptop."""
    there = home if home.exists() else home.parent
    room = QStorageInfo(str(there if there.exists() else Path.home())).bytesAvailable()
    enough = room >= ENOUGH_ROOM
    thai = theme.FAMILY in QFontDatabase.families()
    drives = other_drives()
    checks = [
        Ready("ok" if enough else "warn", "ok" if enough else "warn",
              _("Room on this laptop: {size}").format(size=size_words(max(0, room)))),
        Ready("ok" if thai else "warn", "ok" if thai else "warn",
              _("Thai font ready") if thai else _("The Thai font is missing")),
        Ready("ok", "ok", _("Thai lines break between words") if qt_breaks_thai()
              else _("Thai lines break in labels; in text fields anywhere")),
    ]  # fmt: skip
    if drives:
        checks.append(Ready("ok", "ok", _("Another drive is plugged in: {name}").format(name=drives[0].displayName())))
    return tuple(checks)
