# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The scenes of a round being set up, for the pictures."""

import hashlib
from collections.abc import Callable
from dataclasses import replace as replace_fields
from pathlib import Path

from msgspec.structs import replace

from pmqa_desktop.app import App, Role
from pmqa_desktop.domain.documents import Due
from pmqa_desktop.domain.roster_changes import roster_changes
from pmqa_desktop.domain.roster_edits import with_due
from pmqa_desktop.domain.trust import roster_of
from pmqa_desktop.services.editions import edition_of
from pmqa_desktop.services.identity import OwnKey
from pmqa_desktop.services.rounds.agency_table import new_seat, read_agencies
from pmqa_desktop.services.rounds.draft import OpenedDraft, RoundDraft, empty_draft
from pmqa_desktop.services.rounds.enrolling import Enrolled
from pmqa_desktop.services.rounds.first_roster import first_roster_in
from pmqa_desktop.services.rounds.plan import PlannedPerson
from pmqa_desktop.services.rounds.rosters import Quorum, Review, read_rosters, review
from ui.dialogs.choosing import Chooser
from ui.roster_routes import RosterRoutes
from ui.screens.round_setup.agencies import AgenciesPage
from ui.screens.round_setup.parts import PasteBox
from ui.screens.round_setup.propose import ProposeScreen, Standing
from ui.screens.round_setup.setup import SetupScreen
from ui.shell import Shell
from ui.widgets.inputs import Choices

Go = Callable[[Shell], None]
_TABLE = "\n".join(
    "\t".join(cells)
    for cells in (
        ("moi", "สำนักงานปลัดกระทรวงตัวอย่าง", "Office of the Permanent Secretary (invented)", "สป.", "กระทรวงตัวอย่าง",
         "chair", "expert-1", "expert-2"),
        ("dept-a", "กรมพัฒนาตัวอย่าง", "Department of Invented Development", "กพต.", "กระทรวงตัวอย่าง",
         "chair", "expert-1", "expert-2"),
        ("dept-b", "กรมส่งเสริมสมมุติ", "Department of Imagined Promotion", "กสส.", "กระทรวงสมมุติ"),
    )
)  # fmt: skip
_REASON = "ประธานลาป่วยตั้งแต่วันที่ 3 สิงหาคม"
_PERSONS = (
    PlannedPerson("office-1", "ผู้อำนวยการกลุ่มพัฒนาระบบบริหาร", "Director, administrative development group"),
    PlannedPerson("office-2", "นักวิเคราะห์นโยบายและแผนชำนาญการพิเศษ", "Senior policy analyst"),
    PlannedPerson("office-3", "นักพัฒนาระบบราชการชำนาญการ", "Public sector developer"),
    PlannedPerson("chair", "ประธานอนุกรรมการตรวจประเมิน", "Chair of the sub-committee"),
    PlannedPerson("expert-1", "ผู้ทรงคุณวุฒิด้านดิจิทัล", "Expert in digital government"),
    PlannedPerson("expert-2", "", ""),
)


def _key(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def _own(shell: Shell, *, rehearsal: bool = False) -> OwnKey:
    """A key that has no file: nothing is signed in a picture."""
    name = "practice" if rehearsal else "office-1"
    return OwnKey(App(shell.home).home / "keys" / f"{name}.key", "office-1", _key(name), "", rehearsal)


def _draft(own: OwnKey) -> RoundDraft:
    table = read_agencies(_TABLE)
    panels = tuple(
        replace(panel, seats=(*panel.seats[:2], replace(new_seat(2, "expert-2"), items=("1.1", "1.2", "7.1"))))
        for panel in table.panels
    )
    draft = empty_draft(own, 2569)
    plan = replace(
        draft.plan, persons=_PERSONS, roots=("office-1", "office-2"), agencies=table.agencies, panels=panels,
        due=(Due(what="declaration", date="2026-05-29"), Due(what="scoresheet", date="2026-06-30")),
        settings={"consensus_tolerance": 80},
    )  # fmt: skip
    keys = tuple(one.key for one in edition_of("pmqa40").settings[:9])
    return replace(draft, plan=plan, confirmed=(*keys, "consensus_on_level_difference"))


def _enrolled(draft: RoundDraft) -> tuple[Enrolled, ...]:
    return tuple(
        Enrolled(f"{who}.pmqa", "", draft.plan.round, draft.plan.rehearsal, who, "นางสาวตัวอย่าง ใจดี", "กรมตัวอย่าง",
                 _key(who), "", compared=who != "chair")
        for who in ("office-2", "chair", "expert-1")
    )  # fmt: skip


def _setup(shell: Shell, step: str, choice: str = "", *, fresh: bool = False, rehearsal: bool = False) -> SetupScreen:
    own = _own(shell, rehearsal=rehearsal)
    draft = empty_draft(own, 2569) if fresh else _draft(own)
    opened = OpenedDraft(shell.home, draft, () if fresh else _enrolled(draft))
    shell.routes.rounds.show_draft(opened, (own,))
    screen = shell.window.screen_now
    if not isinstance(screen, SetupScreen):
        raise TypeError(screen)
    screen.go(step, choice)
    return screen


def _at(step: str, choice: str = "", *, fresh: bool = False, rehearsal: bool = False) -> Go:
    def go(shell: Shell) -> None:
        _setup(shell, step, choice, fresh=fresh, rehearsal=rehearsal)

    return go


def _pasting(shell: Shell) -> None:
    page = _setup(shell, "agencies", fresh=True).page
    if isinstance(page, AgenciesPage):
        page.turn_pasting()
        box = page.findChildren(PasteBox)[-1]
        box.text.setPlainText(_TABLE)


def _signed(shell: Shell) -> None:
    """The practice round's first roster as if two officers had to sign it."""
    practice = App(shell.home).practice_folder()
    documents = read_rosters((practice / "roster.pmqa",))
    first = first_roster_in(documents.values(), "roster.pmqa").digest
    seen = review(documents, first)
    quorum = replace_fields(seen.quorums[0], need=2, open=("chair", "expert-2"))
    draft = replace(_draft(_own(shell)), signed=first)
    screen = shell.routes.rounds.show_signed(shell.home, draft, replace_fields(seen, quorums=(quorum,)))
    screen.show_written(Path("/media/stick/PMQA-pmqa-2569-5d01fe33.pmqa"), "9.8 KB")


def _routes(shell: Shell) -> RosterRoutes:
    desk = shell.routes.desk
    if desk is None:
        raise RuntimeError("no workspace is open")
    return RosterRoutes(shell.window, shell.tasks, desk.workspace, desk.seen, Chooser(), back=shell.routes.home)


def _roster(shell: Shell, at: str) -> ProposeScreen:
    """The practice round's roster on the secretariat's screen."""
    _routes(shell).open_roster()
    shell.tasks.finish()
    screen = shell.window.screen_now
    if not isinstance(screen, ProposeScreen):
        raise TypeError(screen)
    screen.go(at)
    shell.tasks.finish()
    return screen


def _choose(choices: Choices | None, value: str) -> None:
    if choices is not None:
        choices.setCurrentIndex(choices.findData(value))
        choices.activated.emit(choices.currentIndex())


def _chair(shell: Shell) -> None:
    screen = _roster(shell, "chair")
    for name, value in (("act-agency", "moi-ops"), ("act-how", "acting"), ("act-person", "expert-1")):
        _choose(screen.findChild(Choices, name), value)
    shell.tasks.finish()
    screen.reason.setText(_REASON)


def _lost(shell: Shell) -> None:
    screen = _roster(shell, "lost")
    choices = screen.findChild(Choices, "act-key")
    if choices is not None:
        _choose(choices, choices.itemData(0))
    shell.tasks.finish()


def _waiting(shell: Shell) -> None:
    """A proposal that one of two officers signed."""
    screen = _roster(shell, "waiting")
    current = screen.standing.current
    body = with_due(roster_of(current.roster).body, "scoresheet", "2026-07-15")
    document = replace(roster_of(current.roster), body=body, seq=2, reason="เลื่อนกำหนดส่งตามมติที่ประชุม")
    quorum = Quorum(1, 2, ("secretariat",), ("chair", "expert-2"))
    seen = Review(
        replace_fields(current.roster, document=document), (current.roster,),
        roster_changes(roster_of(current.roster).body, body), (quorum, replace_fields(quorum, of=2)), None,
    )  # fmt: skip
    desk = shell.routes.desk
    if desk is not None:
        _routes(shell).show(Standing(current, (seen,)), desk.me, desk.seen)


def _act(at: str) -> Go:
    def go(shell: Shell) -> None:
        _roster(shell, at)

    return go


SCENES: tuple[tuple[str, Role | None, Go], ...] = (
    ("rounds-list", None, lambda shell: shell.routes.rounds.open_rounds()),
    ("setup-basics", None, _at("basics", fresh=True)),
    ("setup-rehearsal", None, _at("basics", fresh=True, rehearsal=True)),
    ("setup-criteria", None, _at("criteria")),
    ("setup-people", None, _at("people", "chair")),
    ("setup-officers", None, _at("officers")),
    ("setup-agencies-empty", None, _at("agencies", fresh=True)),
    ("setup-agencies-paste", None, _pasting),
    ("setup-agencies", None, _at("agencies")),
    ("setup-panels", None, _at("panels", "dept-a")),
    ("setup-dates", None, _at("dates")),
    ("setup-review", None, _at("review")),
    ("setup-signed", None, _signed),
    ("roster-in-force", "secretariat", _act("waiting")),
    ("roster-waiting", "secretariat", _waiting),
    ("roster-laptop", "secretariat", _act("laptop")),
    ("roster-lost", "secretariat", _lost),
    ("roster-chair", "secretariat", _chair),
    ("roster-seat", "secretariat", _act("seat")),
    ("roster-due", "secretariat", _act("due")),
    ("roster-officers", "secretariat", _act("officers")),
    ("roster-close", "secretariat", _act("close")),
)
"""Scenes by name, role (none: they start at the first screen), and how to get there."""
