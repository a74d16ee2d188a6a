# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The reports' scenes for the pictures: nothing settled, a report seen, another agency's, a table, a failed save."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from pmqa_desktop.app import Role
from ui.committee_routes import CommitteeRoutes
from ui.dialogs.choosing import Chooser
from ui.scenes import rest
from ui.screens.reports.screen import ReportsScreen
from ui.shell import Shell

Go = Callable[[Shell], None]
AGENCY = "moi-ops"


def _reports(shell: Shell, agency: str = "") -> ReportsScreen:
    desk = shell.routes.desk
    if desk is None:
        raise RuntimeError("no workspace is open")
    CommitteeRoutes(
        shell.window, shell.tasks, desk.workspace, desk.me, desk.seen, Chooser(),
        start=shell.routes.start, evaluate=shell.routes.evaluate,
    ).open_reports(agency)  # fmt: skip
    rest(shell)
    screen = shell.window.screen_now
    if not isinstance(screen, ReportsScreen):
        raise RuntimeError("the reports are not open")
    return screen


def _settled(shell: Shell) -> ReportsScreen:
    """Import all files of the practice round; a second time changes nothing."""
    workspace = shell.routes.desk.workspace if shell.routes.desk is not None else None
    if workspace is None or workspace.practice_folder is None:
        raise RuntimeError("not a practice round")
    clear = workspace.practice_folder / "clear"
    shell.tasks.store(lambda: workspace.exchange.import_paths([clear]))
    rest(shell)
    screen = _reports(shell, AGENCY)
    screen.saving.folder.set_folder(Path(tempfile.mkdtemp(prefix="pmqa-", dir=shell.home)))
    return screen


def _empty(shell: Shell) -> None:
    _reports(shell)


def _feedback(shell: Shell) -> None:
    screen = _settled(shell)
    screen.preview.reader.turn(4)
    screen.save()


def _scoresheet(shell: Shell) -> None:
    screen = _settled(shell)
    screen.choices.list.choose("scoresheet")
    rest(shell)
    if not screen.switch.isHidden():
        screen.switch.choose(1)


def _table(shell: Shell) -> None:
    screen = _settled(shell)
    screen.choices.list.choose("workbook")
    rest(shell)
    closed = shell.home / "closed"
    closed.touch()
    screen.saving.folder.set_folder(closed)
    screen.save()


SCENES: tuple[tuple[str, Role, Go], ...] = (("reports-empty", "secretariat", _empty),)
"""Scenes by name, role of the practice round, and how to get there."""

LAST_SCENES: tuple[tuple[str, Role, Go], ...] = (
    ("reports-feedback", "secretariat", _feedback),
    ("reports-scoresheet", "secretariat", _scoresheet),
    ("reports-table", "secretariat", _table),
)
"""Scenes that import for good: played after all others."""
