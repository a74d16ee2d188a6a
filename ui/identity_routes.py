# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The way through the own keys of this laptop, and the look at a new round's first roster."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject

from pmqa_desktop.app import APP, App, utc_now
from pmqa_desktop.services.attempts import Attempts
from pmqa_desktop.services.identity import (
    Applicant,
    OwnKey,
    back_up,
    change_passphrase,
    make_identity,
    open_identity,
    own_keys,
    write_enrolment,
)
from pmqa_desktop.services.rounds.first_roster import FirstRoster, first_roster_in
from pmqa_desktop.services.rounds.rosters import countersign, newest, pending, read_rosters, review, write_rosters
from pmqa_desktop.services.session import iso
from pmqa_desktop.text import _
from ui.dialogs.choosing import Chooser
from ui.drives import size_words
from ui.main_window import MainWindow
from ui.screens.identity.acts import EnrolRequest
from ui.screens.identity.first_opening import FirstRosterScreen
from ui.screens.identity.making import MakeKeyScreen, NewKey
from ui.screens.identity.own_key import KeyScreen
from ui.screens.identity.roster_review import Proposals, RosterReviewScreen, SignRequest
from ui.screens.start import StartScreen
from ui.tasks import TaskRunner

T = TypeVar("T")


def proposals_in(paths: tuple[Path, ...]) -> Proposals:
    """Read roster files; the round is named by their one first roster, which a person compares before signing.

    Raises:
        Refused: any code of reading a file.
        Expected: `roster-not-here`; the chain's own problem.
    """
    documents = read_rosters(paths)
    first = first_roster_in(documents.values(), paths[0].name)
    waiting = pending(documents, first.digest)
    in_force = 0 if waiting else newest(documents, first.digest).document.seq
    return Proposals(documents, first, waiting, in_force)


class IdentityRoutes(QObject):
    """Show and make the keys of this laptop; enrol, back up, change their passphrase."""

    def __init__(
        self, app: App, window: MainWindow, tasks: TaskRunner, chooser: Chooser, *, start: Callable[[], None]
    ) -> None:
        """Show screens in `window`; `start` leads back."""
        super().__init__(window)
        self._app, self._window, self._tasks, self._chooser = app, window, tasks, chooser
        self._start = start
        self._attempts: dict[Path, Attempts] = {}
        self._applicants: dict[Path, Applicant] = {}

    @property
    def keys_folder(self) -> Path:
        """Return the folder of this laptop's keys."""
        return self._app.home / "keys"

    # ---- own keys -------------------------------------------------------------------------------

    def open_keys(self) -> None:
        """Show the first key of this laptop, or ask for one to be made where there is none."""
        self._with_keys(lambda keys: self.show_key(keys[0], keys) if keys else self._show_making(first=True))

    def _with_keys(self, use: Callable[[tuple[OwnKey, ...]], None]) -> None:
        self._tasks.store(lambda: own_keys(self.keys_folder), use, owner=self)

    def _show_making(self, *, first: bool) -> None:
        def make() -> MakeKeyScreen:
            screen = MakeKeyScreen(first=first)
            screen.back_asked.connect(self._start if first else self.open_keys)
            screen.make_asked.connect(self._make)
            return screen

        self._window.open(make)

    def _make(self, asked: NewKey) -> None:
        def work() -> tuple[OwnKey, tuple[OwnKey, ...]]:
            made = make_identity(self.keys_folder, asked.person, asked.passphrase, rehearsal=asked.rehearsal)
            return made, own_keys(self.keys_folder)

        def done(found: tuple[OwnKey, tuple[OwnKey, ...]]) -> None:
            own, keys = found
            self._applicants[own.path] = Applicant("", asked.name, asked.office)
            self.show_key(own, keys, fresh=True)

        def failed(error: Exception) -> None:
            # the screen may have been built anew, in another language, while the key was being made
            screen = self._window.screen_now
            if isinstance(screen, MakeKeyScreen):
                screen.show_error(error)
            else:
                self._window.tell(error)

        self._tasks.store(work, done, failed, self)

    def show_key(self, own: OwnKey, keys: tuple[OwnKey, ...], *, fresh: bool = False) -> None:
        """Show one of the keys of this laptop; `fresh` when it was made just now."""

        def make() -> KeyScreen:
            applicant = self._applicants.get(own.path, Applicant("", "", ""))
            screen = KeyScreen(own, keys, applicant, self._chooser, fresh=fresh)
            screen.back_asked.connect(self._start)
            screen.make_asked.connect(lambda: self._show_making(first=False))
            screen.rosters_asked.connect(lambda: self.review_rosters(own))
            screen.key_chosen.connect(lambda chosen: self.show_key(chosen, keys))
            screen.enrol.asked.connect(partial(self._enrol, screen))
            screen.backup.asked.connect(partial(self._back_up, screen))
            screen.change.asked.connect(partial(self._change, screen))
            return screen

        self._window.open(make)

    def attempts_at(self, key: Path) -> Attempts:
        """Return the count of wrong passphrases for a key file since the window was opened."""
        return self._attempts.setdefault(key, Attempts(utc_now))

    def _enrol(self, screen: KeyScreen, asked: EnrolRequest) -> None:
        own, attempts = screen.own, self.attempts_at(screen.own.path)

        def work() -> tuple[Path, int, tuple[OwnKey, ...]]:
            identity = open_identity(own.path, asked.passphrase, attempts)
            try:
                written, _admitted = write_enrolment(
                    identity, asked.applicant, asked.folder, made_at=iso(utc_now()), app=APP
                )
            finally:
                identity.close()
            return written.path, written.size, own_keys(self.keys_folder)

        def done(found: tuple[Path, int, tuple[OwnKey, ...]]) -> None:
            path, size, keys = found
            self._applicants[own.path] = asked.applicant
            shown = screen
            if not own.key:
                # opening the key told its fingerprint: show it now
                known = next((one for one in keys if one.path == own.path), own)
                self.show_key(known, keys)
                shown = self._key_screen() or screen
            shown.enrol.show_written(path, size_words(size))

        self._tasks.store(work, done, screen.enrol.show_error, screen)

    def _key_screen(self) -> KeyScreen | None:
        screen = self._window.screen_now
        return screen if isinstance(screen, KeyScreen) else None

    def _back_up(self, screen: KeyScreen, folder: Path) -> None:
        own = screen.own
        self._tasks.store(
            lambda: back_up(own.path, folder),
            lambda copy: screen.backup.show_copied(
                copy.path, size_words(copy.path.stat().st_size), same_drive=copy.same_drive
            ),
            screen.backup.show_error,
            screen,
        )

    def _change(self, screen: KeyScreen, old: str, new: str) -> None:
        own, attempts = screen.own, self.attempts_at(screen.own.path)

        def work() -> int:
            copies = tuple(sorted(self._app.home.glob("workspaces/*/*.key")))
            return len(change_passphrase(own.path, old, new, copies=copies, attempts=attempts))

        self._tasks.store(work, screen.change.show_changed, screen.change.show_error, screen)

    # ---- rosters --------------------------------------------------------------------------------

    def review_rosters(self, own: OwnKey, opened: Proposals | None = None, which: int = 0) -> RosterReviewScreen | None:
        """Show the screen on which an officer signs rosters with an own key; `opened` is what the files hold."""

        def make() -> RosterReviewScreen:
            screen = RosterReviewScreen(own, self._chooser, opened, which=which)
            screen.back_asked.connect(self.open_keys)
            screen.files_asked.connect(partial(self._read_rosters, screen))
            screen.sign_asked.connect(partial(self._countersign, screen))
            screen.review_chosen.connect(lambda number: self.review_rosters(own, opened, number))
            return screen

        screen = self._window.open(make)
        return screen if isinstance(screen, RosterReviewScreen) else None

    def _read_rosters(self, screen: RosterReviewScreen, paths: tuple[Path, ...]) -> None:
        def done(opened: Proposals) -> None:
            self.review_rosters(screen.own, opened)

        self._tasks.store(lambda: proposals_in(paths), done, screen.show_error, screen)

    def _countersign(self, screen: RosterReviewScreen, asked: SignRequest) -> None:
        own, attempts = screen.own, self.attempts_at(screen.own.path)

        def work() -> tuple[Proposals, Path, int]:
            identity = open_identity(own.path, asked.passphrase, attempts)
            try:
                signed = countersign(asked.review, identity)
                documents = {**asked.proposals.documents, signed.digest: signed}
                written = write_rosters(documents, asked.folder, identity, made_at=iso(utc_now()), app=APP)
            finally:
                identity.close()
            seen = review(documents, signed.digest)
            others = tuple(
                review(documents, one.roster.digest) if one.roster.digest != signed.digest else seen
                for one in asked.proposals.waiting
            )
            return Proposals(documents, asked.proposals.first, others), written.path, written.size

        def done(found: tuple[Proposals, Path, int]) -> None:
            opened, path, size = found
            digests = [one.roster.digest for one in opened.waiting]
            at = digests.index(asked.review.roster.digest)
            if (shown := self.review_rosters(own, opened, at)) is not None:
                shown.show_written(path, size_words(size), in_force=opened.waiting[at].in_force)

        self._tasks.store(work, done, screen.show_error, screen)

    # ---- a new round ----------------------------------------------------------------------------

    def compare(self, first: FirstRoster, open_by: Callable[[str], T], opened: Callable[[T], None]) -> None:
        """Show the first roster of a round that is new here.

        Args:
            first: What to compare.
            open_by: Opens the round, on the store's thread, with what was compared (empty when skipped).
            opened: Gets what `open_by` returned.
        """

        def make() -> FirstRosterScreen:
            screen = FirstRosterScreen(first)
            screen.back_asked.connect(self._start)
            screen.differs.connect(lambda: self._warn(screen))
            screen.confirmed.connect(
                lambda compared: self._tasks.store(lambda: open_by(compared), opened, screen.show_error, screen)
            )
            return screen

        self._window.open(make)

    def _warn(self, screen: FirstRosterScreen) -> None:
        """Lead back to the start and say what to do about groups that differ."""

        def told() -> None:
            if isinstance(start := self._window.screen_now, StartScreen):
                start.show_trouble(
                    _("The round was not opened"),
                    _("Its first roster is not the one on your paper. Call the secretariat on a number that you know, "
                      "and use nothing from this file."),
                    "warn",
                )  # fmt: skip

        self._start()
        # the start screen comes after its list was read on the same thread
        self._tasks.store(lambda: None, lambda _none: told(), owner=self)
