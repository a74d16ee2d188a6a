# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The scenes of a round in trouble for the pictures: a fork, a lost key, files that wait, the recovery key tried."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from pmqa_desktop.app import APP, App, Role
from pmqa_desktop.domain import roster_edits as edits
from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.trust import roster_of
from pmqa_desktop.errors import Refusal
from pmqa_desktop.services.exchange.intake import FileOutcome, ImportReport
from pmqa_desktop.services.identity import OwnKey, key_fingerprint, open_identity
from pmqa_desktop.services.practice import PASSPHRASE
from pmqa_desktop.services.registry.holding import Held
from pmqa_desktop.services.rounds.first_roster import FirstRoster, first_roster_in
from pmqa_desktop.services.rounds.healing import Fork, fork_of, heal, healed_body
from pmqa_desktop.services.rounds.opening import Desk
from pmqa_desktop.services.rounds.recovery import Drill, Drilled
from pmqa_desktop.services.rounds.rosters import Quorum, propose, read_rosters, review
from ui.dialogs.choosing import Chooser
from ui.roster_routes import RosterRoutes
from ui.screens.identity.roster_review import Proposals
from ui.screens.importing import FOR_OTHERS
from ui.screens.registry.screen import RegistryScreen
from ui.screens.round_setup.fork import ForkScreen
from ui.screens.round_setup.propose import ProposeScreen
from ui.shell import Shell
from ui.widgets.buttons import Button
from ui.widgets.inputs import Choices, Field

Go = Callable[[Shell], None]
_AGENCY = "moi-ops"
_AGREED = "ที่ประชุมวันที่ 5 สิงหาคมตกลงใช้ทั้งสองเรื่อง"
_MOVED = "ย้ายหน่วยงาน"
_RENAMED = "สำนักงานปลัดกระทรวงตัวอย่าง (ชื่อใหม่)"
_ASK = Quorum(2, 2, ("secretariat",), ("chair", "expert-2"))


def _key(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def _routes(shell: Shell) -> RosterRoutes:
    desk = shell.routes.desk
    if desk is None:
        raise RuntimeError("no workspace is open")
    return RosterRoutes(shell.window, shell.tasks, desk.workspace, desk.seen, Chooser(), back=shell.routes.home)


def _forked(shell: Shell, *, healing: bool) -> tuple[dict[str, Admitted], FirstRoster]:
    """Sign two next rosters of the practice round, one signature each being enough there, and one that heals them."""
    practice = App(shell.home).practice_folder()
    documents = read_rosters((practice / "roster.pmqa",))
    first = first_roster_in(documents.values(), "roster.pmqa")
    parent = documents[first.digest]
    body = roster_of(parent).body
    expert = next(one for one in body.persons if one.person == "expert-2")
    identity = open_identity(practice / "keys" / "secretariat.key", PASSPHRASE)
    try:
        desk = Desk(identity, first.round, first.rehearsal, "2026-05-01T00:00:00Z", APP)
        lost = edits.with_key_state(body, expert.keys[0].key, "compromised")
        sides = [
            propose(desk, parent, lost, "เครื่องของผู้ตรวจประเมินถูกขโมยที่สนามบิน"),
            propose(desk, parent, edits.with_acting_chair(body, _AGENCY, "expert-1"), "ประธานลาป่วยตั้งแต่วันที่ 3 สิงหาคม"),
        ]
        if healing:
            base = sides[1].digest
            sides.append(heal(desk, sides, base, healed_body(sides, base), _AGREED))
    finally:
        identity.close()
    return {**documents, **{one.digest: one for one in sides}}, first


def _fork(shell: Shell) -> ForkScreen:
    documents, first = _forked(shell, healing=False)
    fork, desk = fork_of(documents, first.digest), shell.routes.desk
    if not isinstance(fork, Fork) or desk is None:
        raise TypeError(fork)
    return _routes(shell).show_fork(fork, desk.me, desk.seen)


def _sides(shell: Shell) -> None:
    _fork(shell)


def _settling(shell: Shell) -> None:
    screen = _fork(shell)
    screen.choose(1)
    screen.reason.setText(_AGREED)
    shell.tasks.finish()
    screen.button.setFocus()


def _healing_review(shell: Shell) -> None:
    """An officer reads a roster that settles a fork, as if two of each side had to sign it."""
    documents, first = _forked(shell, healing=True)
    heals = next(one for one in documents.values() if one.kind == "roster" and len(roster_of(one).supersedes) > 1)
    seen = replace(review(documents, heals.digest), quorums=(_ASK, replace(_ASK, of=3)))
    own = OwnKey(shell.routes.identity.keys_folder / "chair.key", "chair", _key("chair"), "", rehearsal=False)
    shell.routes.identity.review_rosters(own, Proposals(documents, replace(first, rehearsal=False), (seen,)))


def _roster(shell: Shell, at: str) -> ProposeScreen:
    _routes(shell).open_roster()
    shell.tasks.finish()
    screen = shell.window.screen_now
    if not isinstance(screen, ProposeScreen):
        raise TypeError(screen)
    screen.go(at)
    shell.tasks.finish()
    return screen


def _at(name: str) -> Go:
    def go(shell: Shell) -> None:
        _roster(shell, name)

    return go


def _making(shell: Shell) -> None:
    button = _roster(shell, "recovery").findChild(Button, "act-recovery-make")
    if button is not None:
        button.click()


def _few(shell: Shell) -> None:
    """The only officer's key taken out of use: too few would be left."""
    screen = _roster(shell, "retire")
    choices = screen.findChild(Choices, "act-key")
    root = screen.standing.current.roster
    if choices is not None:
        choices.setCurrentIndex(choices.findData(roster_of(root).body.roots[0].key))
        choices.activated.emit(choices.currentIndex())
    screen.reason.setText(_MOVED)


def _renamed(shell: Shell) -> None:
    screen = _roster(shell, "agency-words")
    choices = screen.findChild(Choices, "act-agency")
    if choices is not None:
        choices.setCurrentIndex(0)
        choices.activated.emit(0)
    if (field := screen.findChild(Field, "act-agency-th")) is not None:
        field.setText(_RENAMED)
        field.textEdited.emit(field.text())


def _drill(*, good: bool) -> Go:
    def go(shell: Shell) -> None:
        files = [Drilled("PMQA-pmqa-2569-5d01fe33.pmqa", sealed=True, documents=4)]
        files.append(
            Drilled("PMQA-pmqa-2569-77aa0b12.pmqa", sealed=True, documents=9)
            if good
            else Drilled("PMQA-pmqa-2569-77aa0b12.pmqa", sealed=True, documents=0, refusal=Refusal(FOR_OTHERS))
        )
        _roster(shell, "drill").drill.show_found(Drill("age1…", rehearsal=False, named=True, files=tuple(files)))

    return go


def _board(shell: Shell) -> RegistryScreen:
    shell.routes.home()
    shell.tasks.finish()
    screen = shell.window.screen_now
    if not isinstance(screen, RegistryScreen):
        raise TypeError(screen)
    return screen


def _standing_still(shell: Shell) -> None:
    _board(shell).warnings.show_problem("roster-fork")


def _waiting(shell: Shell) -> None:
    since = datetime(2026, 8, 3, 9, 12, tzinfo=UTC)
    held = tuple(
        Held(f"sha256:{_key(who)}", "scoresheet", _AGENCY, who, key_fingerprint(_key(who)),
             f"PMQA-pmqa-2569-{_key(who)[:8]}.pmqa", 9_400, since)
        for who in ("expert-7", "expert-8")
    )  # fmt: skip
    box = _board(shell).waiting
    box.show_waiting(held)
    if (button := box.findChild(Button, "waiting-show")) is not None:
        button.click()


def _rescue(shell: Shell) -> None:
    name = "PMQA-pmqa-2569-5d01fe33.pmqa"
    report = ImportReport((FileOutcome(name, "refused", Refusal(FOR_OTHERS)),), "")
    _board(shell).imports.show_report(report)


SCENES: tuple[tuple[str, Role | None, Go], ...] = (
    ("roster-healing", None, _healing_review),
    ("fork-sides", "secretariat", _sides),
    ("fork-settling", "secretariat", _settling),
    ("roster-recovery", "secretariat", _making),
    ("roster-names", "secretariat", _at("names")),
    ("roster-agency-words", "secretariat", _renamed),
    ("roster-few", "secretariat", _few),
    ("roster-drill", "secretariat", _drill(good=True)),
    ("roster-drill-failed", "secretariat", _drill(good=False)),
    ("board-fork", "secretariat", _standing_still),
    ("board-waiting", "secretariat", _waiting),
    ("board-rescue", "secretariat", _rescue),
)
"""Scenes by name, role (none: they start at the first screen), and how to get there."""
