# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A picture of every screen, in both languages and two text sizes, light and dark, and of every page of the reports.

`python -m ui.shots FOLDER [PART OF A NAME]`; the pictures of the reports begin with `paper-`.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from pmqa_desktop.app import Role
from pmqa_desktop.domain.answers import Answer, Evidence, IndicatorAnswer
from pmqa_desktop.domain.criteria import FrozenCriteria, Item
from pmqa_desktop.services.evaluation.scoring import DraftSheet
from pmqa_desktop.text import Language
from ui import (
    committee_shots,
    identity_shots,
    packing_shots,
    publish_shots,
    reading_shots,
    reports_shots,
    round_shots,
    trust_shots,
    words_shots,
    workspace_shots,
)
from ui.paper_shots import write_papers
from ui.scenes import in_store, workspace_of
from ui.screens.base import Screen
from ui.screens.scoring.screen import ScoringScreen
from ui.screens.signing.screen import SigningScreen
from ui.shell import Shell

CLIENT = (1366, 697)
"""The room that a 1366x768 desktop leaves for the window's inside."""
_PATIENCE_MS = 20_000


@dataclass(frozen=True, slots=True)
class Look:
    """One appearance of the window."""

    language: Language
    percent: int
    dark: bool

    @property
    def name(self) -> str:
        """Return the part of a picture's name."""
        return f"{self.language}-{self.percent}-{'dark' if self.dark else 'light'}"


LOOKS: tuple[Look, ...] = (
    Look("th", 100, dark=False),
    Look("th", 100, dark=True),
    Look("th", 150, dark=False),
    Look("en", 100, dark=False),
    Look("en", 150, dark=False),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """One screen in one state: its name, the role of the practice round, and how to get there."""

    name: str
    role: Role | None
    go: Callable[[Shell], None]


class Stage:
    """A window over a practice round of its own; scenes are played on it."""

    def __init__(self, home: Path, *, quick: bool = False) -> None:
        """Open the window over `home`; `quick` does not wait for the pages of reports to be drawn."""
        self.home = home
        self._turns = 1 if quick else 6
        self.shell = Shell(home)
        self._troubles: list[Exception] = []
        # a dialog would wait for an answer that nobody gives here
        self.shell.tasks.failed.disconnect(self.shell.window.tell)
        self.shell.tasks.failed.connect(self._troubles.append)
        self.shell.window.resize(*CLIENT)
        self.shell.window.show()
        self._role: Role | None = None

    def look(self, look: Look) -> None:
        """Change the appearance."""
        window = self.shell.window
        window.set_scale(look.percent)
        window.set_dark(look.dark)
        window.set_language(look.language)
        window.resize(*CLIENT)
        window.activateWindow()

    def play(self, scene: Scene) -> Screen:
        """Go to a scene and let it be painted."""
        if scene.role is None:
            self.shell.routes.start()
        elif scene.role != self._role or self.shell.routes.desk is None:
            self.shell.routes.practise(scene.role)
        self._role = scene.role
        settle(self.shell, self._turns)
        scene.go(self.shell)
        settle(self.shell, self._turns)
        screen = self.shell.window.screen_now
        if screen is None or self._troubles:
            raise RuntimeError(f"scene {scene.name} does not play: {self._troubles}")
        return screen

    def close(self) -> None:
        """Close the window."""
        self.shell.close()


def settle(shell: Shell, quiet_turns: int = 6) -> None:
    """Let all work come to its end and everything be painted, also the report's page; `quiet_turns` of 25 ms."""
    timer = QElapsedTimer()
    timer.start()
    quiet = 0
    while quiet < quiet_turns and timer.elapsed() < _PATIENCE_MS:
        shell.tasks.finish()
        loop = QEventLoop()
        QTimer.singleShot(25, loop.quit)
        loop.exec()
        quiet = 0 if shell.tasks.busy else quiet + 1


def _filled(criteria: FrozenCriteria, item: Item, part: int) -> Answer:
    if item.kind == "indicators":
        return Answer(indicators=tuple(
            IndicatorAnswer(code=one.code, result="88.5", years=("2562=81", "2563=85.2")) for one in item.indicators
        ))  # fmt: skip
    points = item.points if part % 4 else item.points[: len(item.levels[0].points) + 1]
    return Answer(ticks=tuple(sorted(point.id for point in points)))


def _half_sheet(criteria: FrozenCriteria, paper: str) -> DraftSheet:
    """A sheet in the middle of the work: item 4.4 has a gap in its second level and ticks beyond it."""
    edition = criteria.edition
    early = [item for item in edition.items if item.category in ("1", "2", "3") or item.code in ("4.1", "4.2", "7.1")]
    answers = {item.code: _filled(criteria, item, n) for n, item in enumerate(early, 1)}
    points = [point.id for point in edition.item("4.4").points]
    answers["4.4"] = Answer(ticks=tuple(sorted([*points[:3], points[-1]])))
    evidence = [
        Evidence(item=item.code, document=paper, page=2 + n, point=point.id)
        for n, item in enumerate(early)
        for point in item.points
    ]
    evidence += [Evidence(item="4.4", document=paper, page=19, point=point) for point in points[:2]]
    comments = {(item.code, "strength"): "ผู้บริหารสื่อสารทิศทางถึงบุคลากรทุกระดับ (ข้อความซ้อม)" for item in early}
    words = (
        "ยังไม่พบหลักฐานการซักซ้อมแผนรองรับภาวะฉุกเฉินและการนำผลไปปรับปรุง รายงานระบุเพียงการสำรองข้อมูลทุกวัน"
        "และการทดสอบเจาะระบบปีละหนึ่งครั้ง (น.15)"
    )
    comments["4.4", "ofi"] = words
    notes = {"4.4": "ถามเรื่องศูนย์สำรองตอนประชุมช่วงบ่าย เทียบกับคำตอบหมวด 6"}
    return DraftSheet(answers, comments, tuple(evidence), notes)  # type: ignore[arg-type]


def _whole_sheet(criteria: FrozenCriteria, paper: str) -> DraftSheet:
    """A sheet that is ready to be signed, with a few things to remark."""
    items = criteria.edition.items
    answers = {item.code: _filled(criteria, item, n) for n, item in enumerate(items, 1)}
    evidence = tuple(Evidence(item=item.code, document=paper, page=1 + n) for n, item in enumerate(items))
    comments = {
        (item.code, "strength"): f"มีหลักฐานชัดเจนในหัวข้อ {item.code} (ข้อความซ้อม)" for item in items if item.code != "2.3"
    }
    return DraftSheet(answers, comments, evidence)  # type: ignore[arg-type]


def _prepare(shell: Shell) -> None:
    """Declare and fill the evaluator's agencies: one half done, one whole; the third stays undeclared."""
    workspace = workspace_of(shell)
    scoring, secret = workspace.scoring, workspace.practice_passphrase

    def work() -> None:
        criteria = workspace.round.criteria
        works = scoring.agencies()
        for entry, make in zip(works, (_half_sheet, _whole_sheet), strict=False):
            agency = entry.agency.agency
            if not entry.declaration:
                scoring.declare(agency, "no_conflict", "", secret)
                scoring.fill(agency, make(criteria, scoring.papers(agency)[0].digest))

    in_store(shell, work)


def _agency(shell: Shell, number: int) -> str:
    scoring = workspace_of(shell).scoring
    return in_store(shell, lambda: scoring.agencies()[number].agency.agency)


def _score(shell: Shell, item: str, page: int = 0) -> ScoringScreen:
    _prepare(shell)
    shell.routes.evaluate(_agency(shell, 0), item)
    settle(shell)
    screen = cast("ScoringScreen", shell.window.screen_now)
    if page:
        shell.routes.reader.turn(page)
    return screen


def _scoring(shell: Shell) -> None:
    screen = _score(shell, "4.4", 19)
    screen.open_point(3)


def _comments(shell: Shell) -> None:
    _score(shell, "4.4", 19).open_comment("ofi")


def _results(shell: Shell) -> None:
    _score(shell, "7.1", 30)


def _declare(shell: Shell) -> None:
    shell.routes.evaluate(_agency(shell, 2))


def _sign(shell: Shell) -> None:
    _prepare(shell)
    shell.routes.sign(_agency(shell, 1))


def _written(shell: Shell) -> None:
    _prepare(shell)
    workspace, agency = workspace_of(shell), _agency(shell, 0)

    def complete() -> None:
        scoring = workspace.scoring
        paper = scoring.papers(agency)[0].digest
        scoring.fill(agency, _whole_sheet(workspace.round.criteria, paper))
        if not scoring.agencies()[0].signed_seq:
            scoring.keep_notices(agency, "คงไว้ตามนี้")
            scoring.sign(agency, workspace.practice_passphrase)

    in_store(shell, complete)
    shell.routes.sign(agency)
    settle(shell)
    screen = shell.window.screen_now
    if isinstance(screen, SigningScreen):
        folder = Path(tempfile.mkdtemp(prefix="pmqa-", dir=shell.home))
        screen.write_into(folder)


SCENES: tuple[Scene, ...] = (
    Scene("start", None, lambda shell: None),
    *(Scene(*one) for one in identity_shots.SCENES),
    *(Scene(*one) for one in round_shots.SCENES),
    Scene("declaration", "evaluator", _declare),
    Scene("scoring", "evaluator", _scoring),
    Scene("scoring-comments", "evaluator", _comments),
    Scene("scoring-results", "evaluator", _results),
    *(Scene(*one) for one in words_shots.SCENES),
    *(Scene(*one) for one in reading_shots.SCENES),
    Scene("signing", "evaluator", _sign),
    *(Scene(*one) for one in workspace_shots.SCENES),
    *(Scene(*one) for one in committee_shots.SCENES),
    *(Scene(*one) for one in packing_shots.SCENES),
    *(Scene(*one) for one in trust_shots.SCENES),
    *(Scene(*one) for one in reports_shots.SCENES),
)
LAST_SCENES: tuple[Scene, ...] = (
    Scene("signing-written", "evaluator", _written),
    *(Scene(*one) for one in committee_shots.LAST_SCENES),
    *(Scene(*one) for one in reports_shots.LAST_SCENES),
    *(Scene(*one) for one in publish_shots.LAST_SCENES),
)
"""Scenes that sign something for good: played after all others."""


@contextmanager
def stage(*, quick: bool = False) -> Iterator[Stage]:
    """Open a window over a folder that vanishes afterwards; `quick` as for `Stage`."""
    with tempfile.TemporaryDirectory(prefix="pmqa-shots-") as folder:
        made = Stage(Path(folder), quick=quick)
        try:
            yield made
        finally:
            made.close()


def write_shots(folder: Path, looks: tuple[Look, ...] = LOOKS, only: str = "") -> list[Path]:
    """Write one PNG per scene and appearance into `folder`; `only` limits the scenes by a part of their name."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    with stage() as made:
        for scenes in (SCENES, LAST_SCENES):
            for look in looks:
                made.look(look)
                for scene in scenes:
                    if only in scene.name:
                        made.play(scene)
                        QApplication.processEvents()
                        path = folder / f"{scene.name}-{look.name}.png"
                        made.shell.window.grab().save(str(path))
                        written.append(path)
    return written


if __name__ == "__main__":
    target, chosen = Path(sys.argv[1] if len(sys.argv) > 1 else "shots"), "".join(sys.argv[2:])
    with tempfile.TemporaryDirectory(prefix="pmqa-papers-") as papers:
        pictures = [*write_shots(target, only=chosen), *write_papers(target, Path(papers), chosen)]
    sys.stdout.write(f"{len(pictures)} pictures in {target}\n")
