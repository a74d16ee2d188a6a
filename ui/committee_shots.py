# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The committee's scenes for the pictures: the chair's table, signing, endorsing, the secretariat's board."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from pmqa_desktop.app import App, Role
from pmqa_desktop.domain.answers import Answer, CommentKind, IndicatorAnswer
from pmqa_desktop.domain.documents import Scoresheet
from pmqa_desktop.services.evaluation.scoring import DraftSheet
from pmqa_desktop.workspace import Workspace
from ui.committee_routes import CommitteeRoutes
from ui.dialogs.choosing import Chooser
from ui.models.matrix import Mode
from ui.scenes import in_store, photo_bytes, rest, workspace_of
from ui.screens.endorsement import EndorsementScreen
from ui.screens.panel.screen import PanelScreen
from ui.screens.panel.signing import ConsensusSignScreen
from ui.screens.registry.screen import RegistryScreen
from ui.shell import Shell

Go = Callable[[Shell], None]
PASSPHRASE = "practice"  # noqa: S105 - the practice keys are public by design
AGENCY = "moi-ops"
OTHER = "sample-office"
FILED = "4.4"
"""The item that a photo was attached to."""
REASON = "คณะกรรมการเห็นตรงกันว่ามีหลักฐานครบ (น.15) ส่วนผลการลดต้นทุนให้ตรวจเพิ่มในการสัมภาษณ์ผ่าน Zoom"
THEMES: dict[CommentKind, tuple[str, ...]] = {
    "strength": ("ใช้ข้อมูลร่วมกันข้ามกรมในหลายหมวด และช่วยให้แก้ปัญหาของประชาชนได้เร็วขึ้น (ข้อความซ้อม)",),
    "ofi": ("ยังเทียบผลก่อนและหลังการปรับปรุงไม่ครบทุกกระบวนการสำคัญ (ข้อความซ้อม)",),
}
DISSENT = "เห็นว่าควรคงที่ 300 จนกว่าจะเห็นผลการซักซ้อม"


def _committee(shell: Shell) -> CommitteeRoutes:
    desk = shell.routes.desk
    if desk is None:
        raise RuntimeError("no workspace is open")
    return CommitteeRoutes(
        shell.window, shell.tasks, desk.workspace, desk.me, desk.seen, Chooser(),
        start=shell.routes.start, evaluate=shell.routes.evaluate,
    )  # fmt: skip


def _files(shell: Shell) -> Path:
    folder = workspace_of(shell).practice_folder
    if folder is None:
        raise RuntimeError("not a practice round")
    return folder


def _panels(shell: Shell) -> None:
    _committee(shell).open_panels()


def _gate(shell: Shell) -> None:
    _committee(shell).open_panel(OTHER)


def _bring(shell: Shell, *, without: str = "") -> None:
    """Import the members' files, reveal one agency and settle most of it; a second time changes nothing."""
    workspace, files = workspace_of(shell), _files(shell)

    def work() -> None:
        panel = workspace.panel
        workspace.exchange.import_paths([one for one in sorted((files / "sheets").iterdir()) if one.stem != without])
        if any(one.agency.agency == AGENCY and one.revealed for one in panel.agencies()):
            return
        _attach(workspace, shell.home)
        panel.reveal(AGENCY, workspace.practice_passphrase)
        panel.announce_dissent(AGENCY, "expert-3", DISSENT)
        agenda = [row.item for row in panel.matrix(AGENCY).rows if row.over]
        for item in agenda[:4]:
            panel.settle(AGENCY, item, panel.item(AGENCY, item).proposal, REASON)
        for comment in panel.item(AGENCY, agenda[4]).comments[:2]:
            panel.adopt(AGENCY, agenda[4], comment.kind, comment.text, (comment.sheet,))
        panel.keep_draft(AGENCY, agenda[4], panel.item(AGENCY, agenda[4]).proposal, REASON)

    in_store(shell, work)


def _attach(workspace: Workspace, home: Path) -> None:
    """Sign a revision of the chair's own sheet with a photo, as a member's sheet may bring one."""
    session, scoring = workspace.session, workspace.scoring
    signed = session.current(("scoresheet", AGENCY, session.person))
    document = session.document(signed) if signed else None
    if isinstance(document, Scoresheet):
        answers = {one.item: one.answer for one in document.body.items}
        scoring.fill(AGENCY, DraftSheet(answers=answers, evidence=document.body.evidence))
        photo = home / "ภาพถ่ายศูนย์สำรองข้อมูล.jpg"
        photo.write_bytes(photo_bytes())
        workspace.attachments.attach(AGENCY, FILED, "", photo)
        scoring.keep_notices(AGENCY, "ตั้งใจไว้เช่นนี้ (ซ้อม)")
        scoring.sign(AGENCY, workspace.practice_passphrase, "แนบภาพถ่าย (ซ้อม)")


def _table(shell: Shell) -> PanelScreen:
    _bring(shell)
    _committee(shell).open_panel(AGENCY)
    rest(shell)
    screen = shell.window.screen_now
    if not isinstance(screen, PanelScreen) or screen.page is None:
        raise RuntimeError("the table is not open")
    open_ones = [row.item for row in screen.page.model.matrix.rows if row.over and not row.is_settled]
    if open_ones:
        screen.page.view.choose(open_ones[0])
    return screen


def _matrix(shell: Shell) -> None:
    _table(shell)


def _item(shell: Shell) -> None:
    page = _table(shell).page
    if page is not None:
        page.switch.choose(1)


def _item_files(shell: Shell) -> None:
    page = _table(shell).page
    if page is not None:
        page.pane.tabs.choose(Mode.ALL)
        page.view.choose(FILED)
        page.switch.choose(1)
        rest(shell)
        page.detail.pane.ensureWidgetVisible(page.detail.files)


def _indicators(shell: Shell) -> None:
    page = _table(shell).page
    if page is not None:
        page.pane.tabs.choose(Mode.ALL)
        page.view.choose("7.2")
        page.switch.choose(1)


def _summary(shell: Shell) -> None:
    _bring(shell)
    _committee(shell).open_summary(AGENCY)


def _themes(shell: Shell) -> None:
    _bring(shell)
    in_store(shell, lambda: workspace_of(shell).panel.save_themes(AGENCY, THEMES))
    _committee(shell).open_themes(AGENCY)


def _finish(shell: Shell) -> None:
    _bring(shell)
    panel = workspace_of(shell).panel

    def work() -> None:
        panel.settle_agreed(AGENCY)
        for row in panel.matrix(AGENCY).rows:
            if not row.is_settled:
                panel.settle(AGENCY, row.item, panel.item(AGENCY, row.item).proposal, REASON)

    in_store(shell, work)


def _sign(shell: Shell) -> None:
    _finish(shell)
    _committee(shell).open_signing(AGENCY)


def _written(shell: Shell) -> None:
    _sign(shell)
    rest(shell)
    screen = shell.window.screen_now
    if isinstance(screen, ConsensusSignScreen):
        screen.card.folder.set_folder(Path(tempfile.mkdtemp(prefix="pmqa-", dir=shell.home)))
        if screen.revision is not None:
            screen.revision.setPlainText(REASON)
        screen.card.go.click()


def _endorse(shell: Shell) -> None:
    _finish(shell)
    workspace = workspace_of(shell)

    def sign() -> None:
        if not any(one.agency.agency == AGENCY and one.consensus_seq for one in workspace.panel.agencies()):
            workspace.panel.sign(AGENCY, workspace.practice_passphrase)

    in_store(shell, sign)
    _committee(shell).open_endorsement(AGENCY)
    rest(shell)
    screen = shell.window.screen_now
    if isinstance(screen, EndorsementScreen):
        screen.dissent.click()


def _registry(shell: Shell) -> RegistryScreen:
    _committee(shell).open_registry()
    rest(shell)
    screen = shell.window.screen_now
    if not isinstance(screen, RegistryScreen):
        raise RuntimeError("the board is not open")
    return screen


def _empty_board(shell: Shell) -> None:
    _registry(shell)


def _versions(home: Path, files: Path, stick: Path) -> None:
    """Sign two different sheets of one seat at one revision, on two laptops."""
    pack, key = files / "packs" / "expert-2.pmqa", files / "keys" / "expert-2.key"
    declared = Path(tempfile.mkdtemp(prefix="pmqa-", dir=home))
    for number in range(2):
        laptop = App(Path(tempfile.mkdtemp(prefix="pmqa-", dir=home))).open_pack(pack, key, PASSPHRASE)
        try:
            if number:
                laptop.exchange.import_paths([declared])
            else:
                laptop.scoring.declare(OTHER, "no_conflict", "", PASSPHRASE)
                laptop.exchange.export("declaration", OTHER, declared, sealed=False)
            for item in laptop.round.criteria.edition.items:
                results = tuple(IndicatorAnswer(code=one.code, result="90") for one in item.indicators)
                gap = 1 if number and item.code in ("2.4", "5.1") else 0
                ticks = tuple(sorted(point.id for point in item.points[: len(item.points) - gap]))
                laptop.scoring.save_answer(OTHER, item.code, Answer(ticks=ticks, indicators=results))
            laptop.scoring.keep_notices(OTHER, "ตั้งใจไว้เช่นนี้ (ซ้อม)")
            laptop.scoring.sign(OTHER, PASSPHRASE)
            laptop.exchange.export("scoresheet", OTHER, stick, sealed=False)
        finally:
            laptop.close()


def _board(shell: Shell) -> RegistryScreen:
    """Import most files, two broken ones and a second version; one agency waits for a sheet."""
    files, home = _files(shell), shell.home
    screen = _registry(shell)
    stick = Path(tempfile.mkdtemp(prefix="pmqa-", dir=home))
    (stick / "note.pmqa").write_bytes(b"hello")
    whole = (files / "clear" / f"scoresheet-chair-{AGENCY}.pmqa").read_bytes()
    (stick / "half.pmqa").write_bytes(whole[:3000])
    if not screen.model.board.conflicts:
        in_store(shell, lambda: _versions(home, files, stick))
    away = {f"scoresheet-expert-1-{AGENCY}", f"scoresheet-expert-2-{OTHER}"}
    screen.import_files((*(one for one in sorted((files / "clear").iterdir()) if one.stem not in away), stick))
    rest(shell)
    return screen


def _conflict(shell: Shell) -> None:
    _board(shell).pane.view.choose(OTHER)


def _held(shell: Shell) -> None:
    screen = _board(shell)
    screen.pane.view.choose(AGENCY)
    screen.switch.choose(1)


def _results(shell: Shell) -> None:
    _board(shell).show_page(1)


SCENES: tuple[tuple[str, Role, Go], ...] = (
    ("panels", "chair", _panels),
    ("reveal", "chair", _gate),
    ("panel-matrix", "chair", _matrix),
    ("panel-item", "chair", _item),
    ("panel-files", "chair", _item_files),
    ("panel-indicators", "chair", _indicators),
    ("summary", "chair", _summary),
    ("themes", "chair", _themes),
    ("board-empty", "secretariat", _empty_board),
)
"""Scenes by name, role of the practice round, and how to get there."""

LAST_SCENES: tuple[tuple[str, Role, Go], ...] = (
    ("consensus-sign", "chair", _sign),
    ("endorsement", "chair", _endorse),
    ("consensus-written", "chair", _written),
    ("board-conflict", "secretariat", _conflict),
    ("board-held", "secretariat", _held),
    ("results", "secretariat", _results),
)
"""Scenes that sign or import for good: played after all others."""
