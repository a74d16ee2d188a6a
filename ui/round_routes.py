# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The secretariat's way before a registry is open: a round set up, signed, countersigned, and its board opened."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from pmqa_desktop.app import App
from pmqa_desktop.services.identity import OwnKey
from pmqa_desktop.services.reporting import save_first_roster_page
from pmqa_desktop.services.rounds.draft import DraftInfo, OpenedDraft, RoundDraft, Written
from pmqa_desktop.services.rounds.first_roster import FirstRoster, first_roster_in
from pmqa_desktop.services.rounds.rosters import Review, read_rosters
from pmqa_desktop.text import _, current_language
from pmqa_desktop.workspace import Workspace
from ui.dialogs.choosing import Chooser
from ui.drives import size_words
from ui.identity_routes import IdentityRoutes
from ui.main_window import MainWindow
from ui.screens.round_setup.desk import DraftDesk
from ui.screens.round_setup.review import SignRound
from ui.screens.round_setup.rounds_list import OpenOffice, RoundsScreen
from ui.screens.round_setup.setup import SetupScreen
from ui.screens.round_setup.signed import SignedRoundScreen
from ui.tasks import TaskRunner


class RoundRoutes(QObject):
    """Drafts of rounds on this laptop, and the way from a signed roster to its board."""

    def __init__(
        self,
        app: App,
        window: MainWindow,
        tasks: TaskRunner,
        chooser: Chooser,
        *,
        identity: IdentityRoutes,
        start: Callable[[], None],
        opened: Callable[[Workspace], None],
    ) -> None:
        """Show screens in `window`; `start` leads back, `opened` gets the secretariat's registry."""
        super().__init__(window)
        self._app, self._window, self._tasks, self._chooser = app, window, tasks, chooser
        self._identity, self._start, self._opened = identity, start, opened
        self._just_removed = False

    # ---- the list -------------------------------------------------------------------------------

    def open_rounds(self) -> None:
        """Show the rounds on this laptop."""
        drafts = self._app.drafts
        self._tasks.store(
            lambda: (drafts.all(), drafts.removed(), self._app.keyring.keys()), self._show_rounds, owner=self
        )

    def _show_rounds(self, found: tuple[tuple[DraftInfo, ...], tuple[DraftInfo, ...], tuple[OwnKey, ...]]) -> None:
        drafts, removed, keys = found
        just, self._just_removed = self._just_removed, False

        def make() -> RoundsScreen:
            screen = RoundsScreen(drafts, keys, self._chooser, removed=removed, just_removed=just)
            screen.back_asked.connect(self._start)
            screen.key_asked.connect(self._identity.open_keys)
            screen.begin_asked.connect(self._begin)
            screen.draft_asked.connect(partial(self._open_draft, screen))
            screen.remove_asked.connect(partial(self._remove, screen))
            screen.put_back_asked.connect(partial(self._put_back, screen))
            screen.office_asked.connect(self._open_office)
            return screen

        self._window.open(make)

    def _remove(self, screen: RoundsScreen, info: DraftInfo) -> None:
        def done(_away: Path) -> None:
            self._just_removed = True
            self.open_rounds()

        self._tasks.store(
            lambda: self._app.drafts.remove(info.folder),
            done,
            lambda error: screen.show_error(_("The draft was not removed"), error),
            screen,
        )

    def _put_back(self, screen: RoundsScreen, info: DraftInfo) -> None:
        self._tasks.store(
            lambda: self._app.drafts.put_back(info.folder),
            lambda _folder: self.open_rounds(),
            lambda error: screen.show_error(_("The draft was not brought back"), error),
            screen,
        )

    # ---- setting up -----------------------------------------------------------------------------

    def _begin(self, own: OwnKey) -> None:
        def work() -> tuple[OpenedDraft, tuple[OwnKey, ...]]:
            return self._app.drafts.begin(own), self._app.keyring.keys()

        def done(found: tuple[OpenedDraft, tuple[OwnKey, ...]]) -> None:
            self.show_draft(*found)

        self._tasks.store(work, done, owner=self)

    def _open_draft(self, screen: RoundsScreen, info: DraftInfo) -> None:
        drafts = self._app.drafts

        def work() -> tuple[OpenedDraft, tuple[OwnKey, ...], Review | None]:
            opened = drafts.open(info.folder)
            signed = drafts.first_review(opened.folder, opened.draft) if opened.draft.signed else None
            return opened, self._app.keyring.keys(), signed

        def done(found: tuple[OpenedDraft, tuple[OwnKey, ...], Review | None]) -> None:
            opened, keys, signed = found
            if signed is not None:
                self.show_signed(opened.folder, opened.draft, signed)
            else:
                self.show_draft(opened, keys)

        self._tasks.store(work, done, lambda error: screen.show_error(_("The round was not opened"), error), screen)

    def show_draft(self, opened: OpenedDraft, keys: tuple[OwnKey, ...]) -> DraftDesk:
        """Show the steps of a draft; return its desk."""
        desk = DraftDesk(self._app.drafts, self._tasks, opened, keys, self)

        def make() -> SetupScreen:
            screen = SetupScreen(desk, self._chooser)
            screen.back_asked.connect(self.open_rounds)
            screen.key_asked.connect(self._identity.open_keys)
            screen.sign_asked.connect(partial(self._sign, desk))
            return screen

        self._window.open(make)
        return desk

    def _sign(self, desk: DraftDesk, asked: SignRound) -> None:
        own = desk.own
        if own is None:
            return
        drafts, opened = self._app.drafts, desk.opened()
        attempts = self._identity.attempts_at(own.path)

        def work() -> tuple[RoundDraft, Written, Review]:
            draft, written = drafts.sign(opened, own, asked.passphrase, asked.folder, attempts)
            return draft, written, drafts.first_review(opened.folder, draft)

        def done(found: tuple[RoundDraft, Written, Review]) -> None:
            draft, written, review = found
            desk.signed(draft)
            screen = self.show_signed(opened.folder, draft, review)
            screen.show_written(written.path, size_words(written.size))

        def failed(error: Exception) -> None:
            # the page may have been built anew, in another language, while it was being signed
            if isinstance(screen := self._window.screen_now, SetupScreen):
                screen.show_error(error)
            else:
                self._window.tell(error)

        self._tasks.store(work, done, failed, self)

    # ---- signed ---------------------------------------------------------------------------------

    def show_signed(self, folder: Path, draft: RoundDraft, review: Review) -> SignedRoundScreen:
        """Show a signed round as `review` has it, kept in `folder`."""

        def make() -> SignedRoundScreen:
            screen = SignedRoundScreen(draft, review, self._chooser)
            screen.back_asked.connect(self.open_rounds)
            screen.copies_asked.connect(partial(self._take_copies, screen, folder))
            screen.again_asked.connect(partial(self._write_again, screen, folder))
            screen.page_asked.connect(partial(self._save_page, screen, folder))
            screen.board_asked.connect(partial(self._open_board, screen, folder))
            return screen

        screen = self._window.open(make)
        if not isinstance(screen, SignedRoundScreen):
            raise TypeError(screen)
        return screen

    def _take_copies(self, screen: SignedRoundScreen, folder: Path, files: tuple[Path, ...]) -> None:
        draft = screen.draft

        def done(review: Review) -> None:
            self.show_signed(folder, draft, review)

        self._tasks.store(lambda: self._app.drafts.take_signed(folder, draft, files), done, screen.show_error, screen)

    def _own_keys(self) -> tuple[OwnKey, ...]:
        return self._app.keyring.keys()

    def _own_of(self, draft: RoundDraft) -> OwnKey:
        keys = [one for one in self._own_keys() if one.rehearsal == draft.plan.rehearsal]
        return next((one for one in keys if one.person == draft.person), OwnKey(self._app.home / "keys" / "none.key"))

    def _write_again(self, screen: SignedRoundScreen, folder: Path, asked: SignRound) -> None:
        def work() -> Written:
            own = self._own_of(screen.draft)
            attempts = self._identity.attempts_at(own.path)
            return self._app.drafts.write_again(folder, own, asked.passphrase, asked.folder, attempts)

        self._tasks.store(
            work, lambda written: screen.show_written(written.path, size_words(written.size)), screen.show_error, screen
        )

    def _save_page(self, screen: SignedRoundScreen, folder: Path, out: Path) -> None:
        digest, language = screen.draft.signed, current_language()

        def work() -> Path:
            first = read_rosters(self._app.drafts.signed_files(folder))[digest]
            return save_first_roster_page(first, out, language)

        self._tasks.store(work, screen.show_page, screen.show_error, screen)

    def _open_board(self, screen: SignedRoundScreen, folder: Path) -> None:
        draft = screen.draft

        def work() -> Workspace:
            # this very program signed the first roster: there is nothing to compare
            files = self._app.drafts.signed_files(folder)
            return self._app.take_office(files, self._own_of(draft), confirmed=draft.signed)

        self._tasks.store(work, self._opened, screen.show_error, screen)

    def _open_office(self, asked: OpenOffice) -> None:
        def work() -> FirstRoster:
            return first_roster_in(read_rosters(asked.files).values(), asked.files[0].name)

        def read(first: FirstRoster) -> None:
            self._identity.compare(
                first,
                lambda compared: self._app.take_office(asked.files, asked.own, confirmed=compared or None),
                self._opened,
            )

        def failed(error: Exception) -> None:
            if isinstance(screen := self._window.screen_now, RoundsScreen):
                screen.show_error(_("The round was not opened"), error)

        self._tasks.store(work, read, failed, self)
