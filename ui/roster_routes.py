# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The secretariat's way from the board to the roster: see it, propose a change, sign, hand the file on."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject

from pmqa_desktop.domain.documents import RosterBody
from pmqa_desktop.domain.trust import roster_of
from pmqa_desktop.services.rounds.enrolling import Enrolled
from pmqa_desktop.services.rounds.healing import Fork
from pmqa_desktop.services.rounds.recovery import RecoveryKey, make_recovery
from pmqa_desktop.services.rounds.roster_desk import Keepable
from pmqa_desktop.services.rounds.rosters import Review
from pmqa_desktop.services.session import Me, RoundInfo
from pmqa_desktop.workspace import Workspace
from ui.dialogs.choosing import Chooser
from ui.drives import size_words
from ui.main_window import MainWindow
from ui.screens.round_setup.act_form import Ground
from ui.screens.round_setup.drill_box import Trial
from ui.screens.round_setup.fork import ForkScreen, Healing, everybody
from ui.screens.round_setup.propose import Proposal, ProposeScreen, Standing
from ui.screens.round_setup.waiting import SignWaiting, WriteRoster
from ui.tasks import TaskRunner

RosterScreen = ProposeScreen | ForkScreen
"""What the board leads to: one roster in force, or the sides of a fork."""


class RosterRoutes(QObject):
    """The roster's screen over one open registry; `back` leads to the board."""

    def __init__(
        self,
        window: MainWindow,
        tasks: TaskRunner,
        workspace: Workspace,
        seen: RoundInfo,
        chooser: Chooser,
        *,
        back: Callable[[], None],
    ) -> None:
        """Show screens in `window`."""
        super().__init__(window)
        self._window, self._tasks, self._workspace = window, tasks, workspace
        self._seen, self._chooser, self._back = seen, chooser, back
        self._trial = tasks.progress()

    def open_roster(self, then: Callable[[RosterScreen], None] | None = None) -> None:
        """Show the roster in force and what waits, or both sides of a fork; `then` gets the screen once it is shown."""

        def done(found: tuple[Standing | Fork, Me, RoundInfo]) -> None:
            standing, me, seen = found
            shown = self.show_fork(standing, me, seen) if isinstance(standing, Fork) else self.show(standing, me, seen)
            if then is not None:
                then(shown)

        self._tasks.store(lambda: (self._standing(), self._workspace.me, self._workspace.round), done, owner=self)

    def _standing(self) -> Standing | Fork:
        desk = self._workspace.rosters
        return desk.fork() or Standing(desk.current(), desk.waiting())

    def _ground(self, body: RosterBody, seen: RoundInfo) -> Ground:
        return Ground(
            body, seen.criteria.edition, self._chooser, self._take, self._keep,
            self._make_recovery, seen.rehearsal,
        )  # fmt: skip

    def show_fork(self, fork: Fork, me: Me, seen: RoundInfo) -> ForkScreen:
        """Show both sides of a fork and the form that begins to settle it."""
        ground = self._ground(replace(roster_of(fork.agreed).body, persons=everybody(fork)), seen)

        def make() -> ForkScreen:
            screen = ForkScreen(fork, ground, me, seen, self._chooser, passphrase=self._workspace.practice_passphrase)
            screen.back_asked.connect(self._back)
            screen.heal_asked.connect(self._heal)
            screen.sign_asked.connect(self._sign)
            screen.write_asked.connect(partial(self._write, screen))
            screen.copies_asked.connect(self._take_copies)
            return screen

        screen = self._window.open(make)
        if not isinstance(screen, ForkScreen):
            raise TypeError(screen)
        return screen

    def show(self, standing: Standing, me: Me, seen: RoundInfo) -> ProposeScreen:
        """Show the screen for how things stand."""
        body = roster_of(standing.current.roster).body
        ground = self._ground(body, seen)

        def make() -> ProposeScreen:
            screen = ProposeScreen(
                standing, ground, me, seen, self._chooser, passphrase=self._workspace.practice_passphrase
            )
            screen.back_asked.connect(self._back)
            screen.propose_asked.connect(self._propose)
            screen.sign_asked.connect(self._sign)
            screen.write_asked.connect(partial(self._write, screen))
            screen.copies_asked.connect(self._take_copies)
            screen.drill_asked.connect(partial(self._drill, screen))
            screen.drill_stop_asked.connect(self.stop)
            return screen

        screen = self._window.open(make)
        if not isinstance(screen, ProposeScreen):
            raise TypeError(screen)
        return screen

    def _failed(self, error: Exception) -> None:
        # the screen may have been built anew, in another language, while it was being signed
        if isinstance(screen := self._window.screen_now, ProposeScreen | ForkScreen):
            screen.show_error(error)
        else:
            self._window.tell(error)

    # ---- reading --------------------------------------------------------------------------------

    def _take(
        self,
        files: tuple[Path, ...],
        done: Callable[[tuple[Enrolled, ...]], None],
        failed: Callable[[Exception], None],
    ) -> None:
        screen = self._window.screen_now
        self._tasks.store(lambda: self._workspace.rosters.enrolments(files), done, failed, screen)

    def _keep(self, what: str, agency: str, whose: str, done: Callable[[tuple[Keepable, ...]], None]) -> None:
        desk = self._workspace.rosters

        def work() -> tuple[Keepable, ...]:
            if what == "key":
                return desk.tell(desk.signed_with(whose))
            return desk.tell(desk.led_by(agency, whose) if what == "chair" else desk.acceptable())

        self._tasks.store(work, done, owner=self._window.screen_now)

    # ---- the recovery key -----------------------------------------------------------------------

    def _make_recovery(
        self,
        folders: tuple[Path, ...],
        passphrase: str,
        done: Callable[[RecoveryKey], None],
        failed: Callable[[Exception], None],
    ) -> None:
        rehearsal, screen = self._seen.rehearsal, self._window.screen_now
        self._tasks.store(lambda: make_recovery(folders, passphrase, rehearsal=rehearsal), done, failed, screen)

    def _drill(self, screen: ProposeScreen, asked: Trial) -> None:
        box, progress = screen.drill, self._tasks.progress()
        self._trial = progress
        self._tasks.stepped.connect(box.show_step)
        recovery = self._workspace.recovery
        self._tasks.store(
            lambda: recovery.drill(asked.files, asked.key, asked.passphrase, progress),
            box.show_found, box.show_error, box,
        )  # fmt: skip

    def stop(self) -> None:
        """End a trial of the recovery key at its next file."""
        self._trial.cancel()

    # ---- signing --------------------------------------------------------------------------------

    def _propose(self, asked: Proposal) -> None:
        desk = self._workspace.rosters

        def work() -> tuple[str, Path, int]:
            signed = desk.propose(asked.edit, asked.reason, asked.passphrase)
            written = desk.export(asked.folder, signed.digest)
            return signed.digest, written.path, written.size

        self._tasks.store(work, self._written, self._failed, self)

    def _heal(self, asked: Healing) -> None:
        desk = self._workspace.rosters

        def work() -> tuple[str, Path, int]:
            signed = desk.heal(asked.base, asked.reason, asked.passphrase)
            written = desk.export(asked.folder, signed.digest)
            return signed.digest, written.path, written.size

        self._tasks.store(work, self._written, self._failed, self)

    def _sign(self, asked: SignWaiting) -> None:
        desk = self._workspace.rosters

        def work() -> tuple[str, Path, int]:
            desk.countersign(asked.digest, asked.passphrase)
            written = desk.export(asked.folder, asked.digest)
            return asked.digest, written.path, written.size

        self._tasks.store(work, self._written, self._failed, self)

    def _written(self, made: tuple[str, Path, int]) -> None:
        digest, path, size = made

        def tell(screen: RosterScreen) -> None:
            screen.show_written(path, size_words(size), _waiting_on(screen, digest))

        self.open_roster(tell)

    def _write(self, screen: RosterScreen, asked: WriteRoster) -> None:
        def work() -> tuple[Path, int]:
            written = self._workspace.rosters.write(asked.folder, asked.passphrase, asked.digest)
            return written.path, written.size

        def done(made: tuple[Path, int]) -> None:
            screen.show_written(made[0], size_words(made[1]), _waiting_on(screen, asked.digest))

        self._tasks.store(work, done, screen.show_error, screen)

    def _take_copies(self, files: tuple[Path, ...]) -> None:
        before = _in_force(self._window.screen_now)

        def done(_report: object) -> None:
            self.open_roster(lambda screen: screen.show_taken(in_force=_in_force(screen) not in ("", before)))

        self._tasks.store(lambda: self._workspace.exchange.import_paths(files), done, self._failed, self)


def _waiting_on(screen: RosterScreen, digest: str) -> Review | None:
    waiting = screen.fork.healings if isinstance(screen, ForkScreen) else screen.standing.waiting
    return next((one for one in waiting if one.roster.digest == digest), None)


def _in_force(screen: QObject | None) -> str:
    """Return the digest of the roster in force that a screen shows; none in a fork."""
    return screen.standing.current.roster.digest if isinstance(screen, ProposeScreen) else ""
