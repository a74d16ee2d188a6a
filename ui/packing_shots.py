# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The scenes of the secretariat's packs for the pictures."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from pmqa_desktop.app import Role
from pmqa_desktop.domain.documents import Paper
from pmqa_desktop.errors import Expected, Refusal
from pmqa_desktop.services.evaluation.shelf import TakenPack
from pmqa_desktop.services.packing.paper_files import PaperFile
from pmqa_desktop.services.packing.service import PackLine, PackReport, SeatWork
from ui.screens.packing.adding import AddPackScreen
from ui.screens.packing.screen import PackingScreen
from ui.screens.registry.screen import RegistryScreen
from ui.shell import Shell

Go = Callable[[Shell], None]
_NAMES = ("รายงานผลการดำเนินการ", "เอกสารหลักฐานหมวด 1-6", "ภาคผนวก ผลลัพธ์หมวด 7")


def _paper(name: str, size: int, pages: int) -> PaperFile:
    digest = "sha256:" + hashlib.sha256(name.encode()).hexdigest()
    return PaperFile(Path(f"/media/papers/{name}.pdf"), Paper(digest, size, name, pages))


def _open(shell: Shell) -> PackingScreen:
    shell.routes.home()
    shell.tasks.finish()
    registry = shell.window.screen_now
    if not isinstance(registry, RegistryScreen):
        raise RuntimeError("the registry is not shown")
    registry.packs_asked.emit()
    shell.tasks.finish()
    screen = shell.window.screen_now
    if not isinstance(screen, PackingScreen):
        raise RuntimeError("the packs are not shown")
    return screen


def _empty(shell: Shell) -> None:
    _open(shell)


def _chosen(shell: Shell) -> PackingScreen:
    screen = _open(shell)
    desk = shell.routes.desk
    names = list(desk.seen.agencies) if desk is not None else []
    screen.restore({
        names[0]: tuple(_paper(name, 48_000_000 * (number + 1), 180 + number) for number, name in enumerate(_NAMES)),
        names[1]: (_paper("รายงาน", 7_400_000, 96),),
    })  # fmt: skip
    shell.tasks.finish()
    return screen


def _ready(shell: Shell) -> None:
    _chosen(shell)


def _running(shell: Shell) -> None:
    screen = _chosen(shell)
    screen.writing.show_running()
    screen.writing.show_step(40, 100, screen.seats.works[1].seat)


def _later(shell: Shell) -> None:
    screen = _chosen(shell)
    wrong = "not this one"
    screen.writing.passphrase.field.setText(wrong)
    works = [_again(work) for work in screen.seats.works]
    screen.seats.show_works(works)
    screen.writing.show_plan(works)
    screen.writing.show_error(Expected("wrong-passphrase", wait=4))


def _again(work: SeatWork) -> SeatWork:
    return SeatWork(
        work.seat, work.person, work.title_th, work.title_en, work.agencies, work.papers, work.size, 1, True, False
    )


def _written(shell: Shell) -> None:
    screen = _chosen(shell)
    lines = [PackLine(one.seat, one.person, one.title_th, one.title_en, "written", seq=1) for one in screen.seats.works]
    last = lines.pop()
    missing = Refusal("paper-changed", "", (("file", _NAMES[0]),))
    lines.append(PackLine(last.seat, last.person, last.title_th, last.title_en, "failed", refusal=missing))
    report = PackReport(tuple(lines))
    screen.seats.show_lines(report.lines)
    screen.writing.show_report(report)


def _adding(shell: Shell) -> None:
    shell.routes.evaluate()
    shell.tasks.finish()
    button = shell.window.findChild(QPushButton, "to-add-pack")
    if not isinstance(button, QPushButton):
        raise RuntimeError("the sheet does not lead to another pack")
    button.click()
    screen = shell.window.screen_now
    if isinstance(screen, AddPackScreen):
        screen.set_pack(Path("/media/stick/PMQA-pmqa-2569-4f1c09d2.pmqa"))
        screen.show_taken(TakenPack(True, ("moi-ops",), 2))


SCENES: tuple[tuple[str, Role, Go], ...] = (
    ("packs-empty", "secretariat", _empty),
    ("packs-ready", "secretariat", _ready),
    ("packs-running", "secretariat", _running),
    ("packs-later", "secretariat", _later),
    ("packs-written", "secretariat", _written),
    ("packs-taken-in", "evaluator", _adding),
)
"""Scenes by name, role, and how to get there."""
