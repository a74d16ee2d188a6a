# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The scenes beside the score: words found and linked on a page, the list of evidence, and files attached."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from pmqa_desktop.app import Role
from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.services.evaluation.scoring import DraftSheet
from ui.scenes import photo_bytes, rest
from ui.screens.scoring.screen import ScoringScreen
from ui.shell import Shell

Go = Callable[[Shell], None]
ITEM = "4.4"
_WORDS = "ข้อมูล"


def _sheet(shell: Shell) -> ScoringScreen:
    """Open item 4.4 of the first agency with a few ticks, at the page that its words stand on."""
    desk = shell.routes.desk
    if desk is None:
        raise RuntimeError("no workspace is open")
    workspace = desk.workspace

    def work() -> str:
        scoring = workspace.scoring
        agency = scoring.agencies()[0].agency.agency
        if not scoring.declaration(agency):
            scoring.declare(agency, "no_conflict", "", workspace.practice_passphrase)
        if ITEM not in scoring.sheet(agency).answers:
            points = [point.id for point in workspace.round.criteria.edition.item(ITEM).points]
            answers = {ITEM: Answer(ticks=tuple(sorted(points[:4])))}
            scoring.fill(agency, DraftSheet(answers, {(ITEM, "strength"): "มีแผนสำรองข้อมูลที่ทดสอบแล้ว"}))
        return agency

    got: list[str] = []
    shell.tasks.store(work, got.append)
    shell.tasks.finish()
    shell.routes.evaluate(got[0], ITEM)
    rest(shell)
    screen = shell.window.screen_now
    if not isinstance(screen, ScoringScreen):
        raise RuntimeError("the sheet is not open")
    screen.open_point(1)
    return screen


def _show_report(shell: Shell) -> ScoringScreen:
    screen = _sheet(shell)
    if screen.panes.dock is not None:
        screen.panes.dock.tabs.choose(0)
    else:
        screen.panes.editor.show_tab(2)
    return screen


def _found(shell: Shell) -> None:
    """Find words, and mark the first place after page 18."""
    screen, reader = _show_report(shell), shell.routes.reader
    reader.turn(18)
    if screen.panes.report is not None:
        screen.panes.report.open_search()
        screen.panes.report.finder.field.setText(_WORDS)
    reader.find(_WORDS)
    for _round in range(3 * max(1, reader.pages)):
        QApplication.processEvents()
        if not reader.looking:
            break
    reader.mark_hit()


def _linked(shell: Shell) -> None:
    _found(shell)
    screen = shell.window.screen_now
    if isinstance(screen, ScoringScreen):
        screen.link_shown()
        rest(shell)


def _files(shell: Shell) -> None:
    """Show the list of evidence with a passage and a photo."""
    _linked(shell)
    screen, desk = shell.window.screen_now, shell.routes.desk
    if not isinstance(screen, ScoringScreen) or desk is None:
        return
    workspace, agency = desk.workspace, screen.agency

    def work() -> None:
        if workspace.attachments.size(agency).files == 0:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "ภาพถ่ายศูนย์สำรองข้อมูล.jpg"
                path.write_bytes(photo_bytes())
                point = workspace.round.criteria.edition.item(ITEM).points[1].id
                workspace.attachments.attach(agency, ITEM, point, path)

    shell.tasks.store(work)
    shell.tasks.finish()
    again = _sheet(shell)
    again.panes.show_evidence()


SCENES: tuple[tuple[str, Role, Go], ...] = (
    ("reader-found", "evaluator", _found),
    ("reader-linked", "evaluator", _linked),
    ("reader-evidence", "evaluator", _files),
)
