# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The secretariat's way from the board to the roster: see it, propose a change, sign, hand the file on."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from pmqa_desktop.domain.trust import roster_of
from pmqa_desktop.services.enrolling import Enrolled
from pmqa_desktop.services.roster_desk import Keepable
from pmqa_desktop.services.rosters import Review
from pmqa_desktop.services.session import Me, RoundInfo
from pmqa_desktop.workspace import Workspace
from ui.dialogs.choosing import Chooser
from ui.drives import size_words
from ui.main_window import MainWindow
from ui.screens.round_setup.act_form import Ground
from ui.screens.round_setup.propose import Proposal, ProposeScreen, Standing
from ui.screens.round_setup.waiting import SignWaiting, WriteRoster
from ui.tasks import TaskRunner


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

    def open_roster(self, then: Callable[[ProposeScreen], None] | None = None) -> None:
        """Show the roster in force and what waits; `then` gets the screen once it is shown."""
        desk = self._workspace.rosters

        def done(found: tuple[Standing, Me, RoundInfo]) -> None:
            screen = self.show(*found)
            if then is not None:
                then(screen)

        self._tasks.store(
            lambda: (Standing(desk.current(), desk.waiting()), self._workspace.me, self._workspace.round),
            done,
            owner=self,
        )

    def show(self, standing: Standing, me: Me, seen: RoundInfo) -> ProposeScreen:
        """Show the screen for how things stand."""
        body = roster_of(standing.current.roster).body
        ground = Ground(body, seen.criteria.edition, self._chooser, self._take, self._keep)

        def make() -> ProposeScreen:
            screen = ProposeScreen(
                standing, ground, me, seen, self._chooser, passphrase=self._workspace.practice_passphrase
            )
            screen.back_asked.connect(self._back)
            screen.propose_asked.connect(self._propose)
            screen.sign_asked.connect(self._sign)
            screen.write_asked.connect(partial(self._write, screen))
            screen.copies_asked.connect(self._take_copies)
            return screen

        screen = self._window.open(make)
        if not isinstance(screen, ProposeScreen):
            raise TypeError(screen)
        return screen

    def _failed(self, error: Exception) -> None:
        # the screen may have been built anew, in another language, while it was being signed
        if isinstance(screen := self._window.screen_now, ProposeScreen):
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

    # ---- signing --------------------------------------------------------------------------------

    def _propose(self, asked: Proposal) -> None:
        desk = self._workspace.rosters

        def work() -> tuple[str, Path, int]:
            signed = desk.propose(asked.edit, asked.reason, asked.passphrase)
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

        def tell(screen: ProposeScreen) -> None:
            waiting = next((one for one in screen.standing.waiting if one.roster.digest == digest), None)
            screen.show_written(path, size_words(size), waiting)

        self.open_roster(tell)

    def _write(self, screen: ProposeScreen, asked: WriteRoster) -> None:
        def work() -> tuple[Path, int]:
            written = self._workspace.rosters.write(asked.folder, asked.passphrase, asked.digest)
            return written.path, written.size

        def done(made: tuple[Path, int]) -> None:
            waiting = next((one for one in screen.standing.waiting if one.roster.digest == asked.digest), None)
            screen.show_written(made[0], size_words(made[1]), waiting)

        self._tasks.store(work, done, screen.show_error, screen)

    def _take_copies(self, files: tuple[Path, ...]) -> None:
        before = self._now()

        def work() -> Review:
            self._workspace.exchange.import_paths(files)
            return self._workspace.rosters.current()

        def done(current: Review) -> None:
            in_force = before is not None and current.roster.digest != before.roster.digest
            self.open_roster(lambda screen: screen.show_taken(in_force=in_force))

        self._tasks.store(work, done, self._failed, self)

    def _now(self) -> Review | None:
        screen = self._window.screen_now
        return screen.standing.current if isinstance(screen, ProposeScreen) else None
