# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The scenes of the workspace as a whole for the pictures: overview, drafts, comparison, closing, the record."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.errors import Expected
from pmqa_desktop.laptop import WorkspaceInfo
from pmqa_desktop.services.safekeeping.backups import BackupWritten, Restored
from pmqa_desktop.services.safekeeping.closing import Closed
from pmqa_desktop.services.safekeeping.draft_file import CarriedDraft
from pmqa_desktop.services.safekeeping.mirror import MirrorState
from pmqa_desktop.services.safekeeping.portable import AgencyComparison, Comparison, Difference, PortableWritten, Side
from ui.dialogs.choosing import Chooser
from ui.scenes import in_store, workspace_of
from ui.screens.base import Screen
from ui.screens.workspace.backups import BackingUpAll, Restoring
from ui.screens.workspace.closing import ClosedScreen, Record
from ui.screens.workspace.comparing import ComparingScreen
from ui.screens.workspace.drafts import BRING, CARRY, MIRROR, DraftsScreen
from ui.screens.workspace.elsewhere import tell_elsewhere
from ui.shell import Shell

if TYPE_CHECKING:
    from ui.screens.start import StartScreen
    from ui.screens.workspace.backups import BackupScreen
    from ui.screens.workspace.carrying import DraftOf
    from ui.screens.workspace.overview import OverviewScreen

Go = Callable[[Shell], None]
Scene = tuple[str, Literal["evaluator"] | None, Go]
_DAY = datetime(2026, 5, 8, 3, 42, tzinfo=UTC)
_STICK = Path("/media/stick")


def _screen(shell: Shell) -> Screen:
    shell.tasks.finish()
    if shell.window.screen_now is None:
        raise RuntimeError("nothing is shown")
    return shell.window.screen_now


def _begin(shell: Shell) -> None:
    """Declare and begin the first agency, unless an earlier scene did, and spend some time on it."""
    workspace = workspace_of(shell)

    def work() -> None:
        scoring, first = workspace.scoring, workspace.scoring.agencies()[0]
        agency = first.agency.agency
        if not first.declaration:
            scoring.declare(agency, "no_conflict", "", workspace.practice_passphrase)
        if not first.scored:
            for item in workspace.round.criteria.edition.items[:9]:
                scoring.save_answer(agency, item.code, Answer(ticks=tuple(sorted(p.id for p in item.points[:4]))))
        for _turn in range(20 if workspace.overview.seconds(agency) == 0 else 0):
            workspace.overview.tick(agency, 300)

    in_store(shell, work)


def _overview(shell: Shell) -> None:
    _begin(shell)
    shell.routes.work.open_overview()
    screen = cast("OverviewScreen", _screen(shell))
    screen.lift_asked.emit(next(iter(screen.cards)))


def _drafts(act: int) -> Go:
    def go(shell: Shell) -> None:
        _begin(shell)
        shell.routes.work.open_drafts(act)
        screen = cast("DraftsScreen", _screen(shell))
        if act == CARRY:
            screen.carry.show_written(PortableWritten(_STICK / "PMQA-pmqa-2569-5d01fe33.draft", 48_210, ()))
        elif act == BRING:
            screen.bring.set_path(_STICK / "PMQA-pmqa-2569-5d01fe33.draft")
            screen.bring.show_error(Expected("wrong-draft-passphrase", wait=4))
        else:
            screen.mirror.show_state(MirrorState(_STICK, _DAY, pending=True, same_drive=False, trouble="drive-gone"))

    return go


def _empty(shell: Shell) -> None:
    """No draft yet, no file found."""
    seen = workspace_of(shell).round
    nothing = MirrorState(None, None, pending=False, same_drive=False)
    drafts: tuple[DraftOf, ...] = ()
    shell.window.open(lambda: DraftsScreen(seen, drafts, nothing, Chooser()))


def _compared(shell: Shell) -> None:
    workspace = workspace_of(shell)
    agencies = [one.agency for one in workspace.scoring.agencies()]
    names = {one.agency: one.name_th for one in agencies}
    words = "มีการซักซ้อมแผนปีละสองครั้งและนำผลไปปรับปรุง (น.19) ควรขยายไปยังหน่วยงานในภูมิภาค"
    sides = Side(214, 21, _DAY, "a", 1), Side(198, 19, _DAY.replace(hour=9), "b", 1)
    found = (
        Difference("1.1", "answer", '{"ticks":["1.1.B1"]}', '{"ticks":["1.1.B1","1.1.B2"]}'),
        Difference("4.4", "comment:ofi", "ยังไม่พบหลักฐานการซักซ้อมแผน", words),
        Difference("5.2", "note", None, "ถามตอนประชุมช่วงบ่าย"),
        Difference("6.1", "comment:strength", "ผู้บริหารติดตามผลทุกเดือน", None),
    )
    seen = AgencyComparison(agencies[0].agency, "branches", *sides, found)
    other = replace(seen, agency=agencies[1].agency, relation="newer", differences=found[2:3])
    carried = CarriedDraft(app="", made_at="", round="", rehearsal=True, first_roster="", person="", drafts={})
    comparison = Comparison("PMQA-pmqa-2569-5d01fe33.draft", "", (seen, other), carried)
    shell.window.open(lambda: ComparingScreen(workspace.round, comparison, names))


def _closing(shell: Shell) -> None:
    _begin(shell)
    shell.routes.work.open_closing()


def _closed(shell: Shell) -> None:
    workspace = workspace_of(shell)
    agencies = [one.agency for one in workspace.scoring.agencies()]
    names = {one.agency: one.name_th for one in agencies}
    files = tuple(Path("record") / f"{one.agency}.pdf" for one in agencies[:2])
    record = Record("2026-08-14", files, Closed(files, 14, 3, mirror_cleaned=False))
    shell.window.open(lambda: ClosedScreen(workspace.round, record, names))
    papers = in_store(shell, lambda: workspace.scoring.papers(agencies[0].agency))
    data = in_store(shell, lambda: workspace.scoring.paper_bytes(agencies[0].agency, papers[0].digest))
    cast("ClosedScreen", _screen(shell)).show_file(files[0], data)


def _elsewhere(shell: Shell) -> None:
    screen = cast("StartScreen", _screen(shell))
    error = Expected(
        "workspace-open-elsewhere", file="workspace.db", host="OFFICE-PC", since="2026-05-08 10:42", here=False
    )
    tell_elsewhere(screen, error, lambda _take: None)


def _known(shell: Shell) -> None:
    """A start screen on which one round is closed here."""
    title, name = "การประเมินรางวัล PMQA 4.0 พ.ศ. 2569", "ผู้ทรงคุณวุฒิ 2"
    known = tuple(
        WorkspaceInfo(Path("/w"), title, "PMQA 4.0 award 2569", "expert-2", name, "Expert 2", False, closed)
        for closed in ("", "2026-08-14")
    )
    shell.front.show(known)


def _restoring(shell: Shell) -> None:
    shell.routes.restore()
    act = cast("BackupScreen", _screen(shell)).act
    if isinstance(act, Restoring):
        act.show_restored(Restored(Path("workspace.db"), "pmqa-2569", "secretary", Path("workspace.db.before-restore")))


def _backup(shell: Shell) -> None:
    shell.routes.work.open_backup(shell.routes.home)
    act = cast("BackupScreen", _screen(shell)).act
    if isinstance(act, BackingUpAll):
        written = BackupWritten(_STICK / "PMQA-pmqa-2569-20260508-104200.backup", 8_400_000, 214, recovery=False)
        act.show_written(written)


SCENES: tuple[Scene, ...] = (
    ("start-elsewhere", None, _elsewhere),
    ("start-closed", None, _known),
    ("restore", None, _restoring),
    ("backup", "evaluator", _backup),
    ("overview", "evaluator", _overview),
    ("drafts-empty", "evaluator", _empty),
    ("drafts-carry", "evaluator", _drafts(CARRY)),
    ("drafts-bring", "evaluator", _drafts(BRING)),
    ("drafts-mirror", "evaluator", _drafts(MIRROR)),
    ("comparing", "evaluator", _compared),
    ("closing", "evaluator", _closing),
    ("closed", "evaluator", _closed),
)
"""Scenes by name, role (none: they start at the first screen), and how to get there."""
