# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The scenes of what opens beside a sheet: find, history, entries, remarks; and of the help."""

from collections.abc import Callable

from pmqa_desktop.app import Role
from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.services.evaluation.scoring import DraftSheet
from pmqa_desktop.workspace import Workspace
from ui.scenes import rest, workspace_of
from ui.screens.scoring.screen import ScoringScreen
from ui.shell import Shell
from ui.widgets.inputs import Field

Go = Callable[[Shell], None]
ITEM = "2.3"


def _write(workspace: Workspace, agency: str) -> None:
    """Put words and ticks down in several acts, so that there is a history."""
    scoring = workspace.scoring
    if (ITEM, "ofi") in scoring.sheet(agency).comments:
        return
    points = [point.id for point in workspace.round.criteria.edition.item(ITEM).points]
    scoring.save_comment(agency, ITEM, "ofi", "ยังไม่เห็นการซักซ้อมแผนสำรองข้อมูล")
    answer = scoring.sheet(agency).answers.get(ITEM)
    if answer is not None:
        scoring.save_answer(agency, ITEM, type(answer)(ticks=tuple(sorted(points[:2]))))
    scoring.save_comment(agency, ITEM, "ofi", "ควรแสดงผลการซักซ้อมแผนสำรองข้อมูลรายปี (น.15)\n\nยังไม่พบตัวชี้วัดนำ (น.21)")
    entries = "มีแผนสำรองข้อมูลที่ทดสอบทุกไตรมาส\n\nผู้บริหารติดตามแผนผ่าน Dashboard รายเดือน"
    scoring.save_comment(agency, ITEM, "strength", entries)
    scoring.save_comment(agency, ITEM, "recommendation", "ถ่ายทอดแผนสู่หน่วยงานในพื้นที่")
    scoring.save_note(agency, ITEM, "ถามเรื่องแผนสำรองตอนประชุมช่วงบ่าย")


def _sheet(shell: Shell) -> ScoringScreen:
    workspace = workspace_of(shell)

    def work() -> str:
        scoring = workspace.scoring
        agency = scoring.agencies()[0].agency.agency
        if not scoring.declaration(agency):
            scoring.declare(agency, "no_conflict", "", workspace.practice_passphrase)
            edition = workspace.round.criteria.edition
            full = {
                code: tuple(sorted(point.id for point in edition.item(code).points)) for code in ("2.1", "2.2", ITEM)
            }
            scoring.fill(agency, DraftSheet({code: Answer(ticks=ticks) for code, ticks in full.items()}))
        _write(workspace, agency)
        return agency

    got: list[str] = []
    shell.tasks.store(work, got.append)
    shell.tasks.finish()
    shell.routes.evaluate(got[0], ITEM)
    rest(shell)
    screen = shell.window.screen_now
    if not isinstance(screen, ScoringScreen):
        raise RuntimeError("the sheet is not open")
    return screen


def _look_for(shell: Shell, words: str) -> None:
    screen = _sheet(shell)
    screen.side.words = words
    screen.side.open("find")


def _find(shell: Shell) -> None:
    _look_for(shell, "แผนสำรอง")


def _nothing_found(shell: Shell) -> None:
    _look_for(shell, "ดาวเทียม")


def _fill(field: Field, words: str) -> None:
    """Write into a field what a person would."""
    field.setText(words)


def _history(shell: Shell) -> None:
    _sheet(shell).side.open("history")


def _entries(shell: Shell) -> None:
    _sheet(shell).side.open("entries")


def _remarks(shell: Shell) -> None:
    _sheet(shell).side.open("remarks")


def _undone(shell: Shell) -> None:
    workspace = workspace_of(shell)
    screen = _sheet(shell)
    shell.tasks.store(lambda: workspace.scoring.save_comment(screen.agency, ITEM, "site_visit_issue", "ดูห้องข้อมูล"))
    shell.tasks.finish()
    screen.desk.undo()


def _long_entry(shell: Shell) -> None:
    """Write more into one entry than can be signed; on the desk only, so that no other scene meets it."""
    screen = _sheet(shell)
    screen.open_comment("recommendation")
    field = screen.panes.editor.comments.fields["recommendation"]
    field.blockSignals(True)
    field.setPlainText("ควรซักซ้อมแผนสำรองข้อมูลทุกไตรมาสและรายงานผลต่อผู้บริหาร " * 450)
    field.blockSignals(False)
    screen.panes.editor.comments.warnings["recommendation"].refresh()


def _large(shell: Shell) -> None:
    """Show a comment of about a thousand words with all the room; on the screen only, as above."""
    screen = _sheet(shell)
    screen.open_comment("recommendation")
    field = screen.panes.editor.comments.fields["recommendation"]
    field.blockSignals(True)
    sentence = "ควรซักซ้อมแผนสำรองข้อมูลทุกไตรมาส บันทึกผลการซักซ้อม และรายงานผลต่อผู้บริหารของหน่วยงาน "
    field.setPlainText("\n\n".join(f"{number}. " + sentence * 6 for number in range(1, 11)))
    field.blockSignals(False)
    screen.panes.editor.set_large(on=True)


def _help(shell: Shell) -> None:
    _sheet(shell)
    shell.window.toggle_help()


def _help_search(shell: Shell) -> None:
    _sheet(shell)
    shell.window.show_help("words")
    if shell.window.help is not None:
        _fill(shell.window.help.field, "Ctrl+Z")


SCENES: tuple[tuple[str, Role, Go], ...] = (
    ("words-find", "evaluator", _find),
    ("words-found-nothing", "evaluator", _nothing_found),
    ("words-history", "evaluator", _history),
    ("words-entries", "evaluator", _entries),
    ("words-remarks", "evaluator", _remarks),
    ("words-undone", "evaluator", _undone),
    ("words-long-entry", "evaluator", _long_entry),
    ("words-large", "evaluator", _large),
    ("help", "evaluator", _help),
    ("help-search", "evaluator", _help_search),
)
"""Scenes by name, role of the practice round, and how to get there."""
