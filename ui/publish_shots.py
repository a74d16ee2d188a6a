# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The scenes of signing the results for the pictures: chosen, signed, countersigned by a second officer, shown."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from pmqa_desktop.app import Role
from pmqa_desktop.domain.documents import Approval
from pmqa_desktop.services.registry.countersigning import WaitingPublication, WaitingRow
from ui.committee_routes import CommitteeRoutes
from ui.dialogs.choosing import Chooser
from ui.scenes import in_store, rest, workspace_of
from ui.screens.registry.publish import PublishPlace, PublishScreen, Seen
from ui.screens.registry.publish_parts import Typed
from ui.screens.registry.screen import RegistryPlace
from ui.shell import Shell
from ui.widgets.buttons import Button

Go = Callable[[Shell], None]
_APPROVAL = Approval("คณะอนุกรรมการพิจารณารางวัลคุณภาพการบริหารจัดการภาครัฐ (ซ้อม)", "3/2569", "2026-06-30")
_REASON = "ที่ประชุมอนุมัติแล้ว (ข้อความซ้อม)"


def _committee(shell: Shell) -> CommitteeRoutes:
    desk = shell.routes.desk
    if desk is None:
        raise RuntimeError("no workspace is open")
    folder = Path(tempfile.mkdtemp(prefix="pmqa-", dir=shell.home))
    return CommitteeRoutes(
        shell.window, shell.tasks, desk.workspace, desk.me, desk.seen, Chooser(folder=lambda _parent, _title: folder),
        start=shell.routes.start, evaluate=shell.routes.evaluate,
    )  # fmt: skip


def _screen(shell: Shell) -> PublishScreen:
    """Import all files of the practice round, and open the screen; a second time changes nothing."""
    workspace = workspace_of(shell)
    if workspace.practice_folder is None:
        raise RuntimeError("not a practice round")
    clear = workspace.practice_folder / "clear"
    in_store(shell, lambda: workspace.exchange.import_paths([clear]))
    _committee(shell).open_publish()
    rest(shell)
    screen = shell.window.screen_now
    if not isinstance(screen, PublishScreen):
        raise RuntimeError("signing the results is not open")
    return screen


def _typed(screen: PublishScreen, *, official: bool) -> None:
    chosen = Typed(official, _APPROVAL.body, _APPROVAL.meeting, _APPROVAL.date, _REASON)
    screen.restore(PublishPlace(chosen, anew=False))


def _chosen(shell: Shell) -> None:
    _typed(_screen(shell), official=True)


def _signed(shell: Shell) -> None:
    screen = _screen(shell)
    _typed(screen, official=True)
    if screen.card.go is not None:
        screen.card.go.click()
    rest(shell)


def _results(shell: Shell) -> None:
    _signed(shell)
    _committee(shell).open_registry(RegistryPlace(1, 0, ""))


def _reversal(shell: Shell) -> None:
    _signed(shell)
    _typed(_screen(shell), official=False)


def _countersign(shell: Shell) -> None:
    """Show what a second officer sees; a practice round needs one signature only, so the waiting one is told here."""
    screen = _screen(shell)
    workspace = workspace_of(shell)
    outlook = in_store(shell, workspace.publishing.outlook)
    rows = tuple(
        WaitingRow(one.rank or 0, one.agency, one.name_th, one.name_en, one.display, one.level or "", same=True)
        for one in outlook.ranked
    )
    waiting = WaitingPublication(
        f"sha256:{'5e' * 32}", _APPROVAL, "chair", "2026-07-01T03:00:00Z", "", rows, ("chair",),
        ("secretariat",), 2, (), complete=True,
    )  # fmt: skip
    screen.show_seen(Seen(outlook, (waiting,)))
    screen.findChildren(Button, "publish-sign")[-1].setFocus()


LAST_SCENES: tuple[tuple[str, Role, Go], ...] = (
    ("publish", "secretariat", _chosen),
    ("publish-signed", "secretariat", _signed),
    ("publish-results", "secretariat", _results),
    ("publish-reversal", "secretariat", _reversal),
    ("publish-countersign", "secretariat", _countersign),
)
"""Scenes that import and sign for good: played after all others."""
