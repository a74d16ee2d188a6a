# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A proposed roster before an officer signs it: what it changes in plain words, who has signed, who still may."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal

from pmqa_desktop.domain.roster_changes import GRAVE, Change
from pmqa_desktop.domain.trust import roster_of
from pmqa_desktop.errors import Expected
from pmqa_desktop.messages import word_change
from pmqa_desktop.services.identity import OwnKey
from pmqa_desktop.services.rounds.first_roster import FirstRoster
from pmqa_desktop.services.rounds.rosters import Documents, Quorum, Review
from pmqa_desktop.text import _, pick
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.screens.export_box import Fingerprint, FolderChoice
from ui.screens.identity.acts import key_trouble, written_lines
from ui.screens.identity.following import bring_up
from ui.screens.identity.page import CardScreen
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Choices, MarkRow, Tick
from ui.widgets.labels import ElideLabel, IconLabel, Label, WrapLabel
from ui.widgets.passphrase_box import PassphraseBox
from ui.widgets.signs import Banner, EmptyState

_KEY_CODES = ("wrong-passphrase", "passphrase-wait", "passphrase-missing")


@dataclass(frozen=True, slots=True)
class Proposals:
    """What the chosen files hold: their documents, the round's first roster, and the rosters that wait."""

    documents: Documents
    first: FirstRoster
    waiting: tuple[Review, ...]
    in_force: int = 0


@dataclass(frozen=True, slots=True)
class SignRequest:
    """A reviewed roster to sign and where the file for the next officer goes."""

    proposals: Proposals
    review: Review
    passphrase: str
    folder: Path


def offices(review: Review) -> dict[str, str]:
    """Return how to name the persons of a roster and of the one before it."""
    bodies = [roster_of(one).body for one in (*review.parents, review.roster)]
    return {one.person: pick(one.office_th, one.office_en) for body in bodies for one in body.persons}


class RosterReviewScreen(CardScreen):
    """Open a proposal, read what it changes, sign it with the own key, pass the file on."""

    back_asked = Signal()
    files_asked = Signal(object)
    sign_asked = Signal(object)
    review_chosen = Signal(int)

    def __init__(self, own: OwnKey, chooser: Chooser, opened: Proposals | None = None, *, which: int = 0) -> None:
        """Ask for files, or show what was `opened`; `which` of the waiting rosters first."""
        title = pick(opened.first.title_th, opened.first.title_en) if opened else own.person
        rehearsal = opened.first.rehearsal if opened else own.rehearsal
        super().__init__("roster-review-screen", _("Sign a roster"), title, rehearsal=rehearsal)
        back = Button("", "to-key", "bar", "left", said=_("Back"))
        back.clicked.connect(self.back_asked)
        self.choose = Button(_("Choose roster files"), "choose-rosters", "bar" if opened else "primary", "usb")
        self.choose.clicked.connect(self._ask_files)
        self.bar_buttons = [back, self.choose] if opened else [back]
        self.own, self.opened, self._chooser = own, opened, chooser
        self.trouble = Box(gap=0)
        self.trouble.setObjectName("roster-trouble")
        self.trouble.hide()
        page, self._scroll = self.make_page("roster-scroll", 1180, 14)
        page.add(self.trouble)
        self.review: Review | None = None
        if opened is None:
            told = _("Choose the roster files that the secretariat sent you: copies signed by others are joined.")
            page.add(EmptyState("list", told, self.choose), stretch=1)
        elif not opened.waiting:
            told = _("Roster number {number} is in force.").format(number=opened.in_force)
            page.add(Banner("ok", _("Nothing waits for a signature"), told))
        else:
            self.review = opened.waiting[min(which, len(opened.waiting) - 1)]
            page.add(self.cards)
            self.cards.add(self._changes_card(self.review), stretch=6)
            self.cards.add(self._sign_card(self.review, opened), stretch=5)
        page.body.addStretch(1)

    def focus_first(self) -> None:
        """Begin at the choice of files: nothing is ticked before it was read."""
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> object:
        """Return whether the first roster was compared."""
        return self.review is not None and self.compared.isChecked()

    def restore(self, place: object) -> None:
        """Tick it again."""
        if self.review is not None and isinstance(place, bool):
            self.compared.setChecked(place)

    def _ask_files(self) -> None:
        if files := self._chooser.files(self):
            self.files_asked.emit(files)

    # ---- what it changes ------------------------------------------------------------------------

    def _changes_card(self, review: Review) -> Box:
        card = Box("card", margins=(20, 14, 20, 16), gap=8)
        if self.opened is not None and len(self.opened.waiting) > 1:
            card.add(self._choice(self.opened))
        roster = review.roster.document
        card.add(Label(_("Roster number {number}").format(number=roster.seq), "h2", 600))
        if roster.reason:
            card.add(WrapLabel(_("Reason: {reason}").format(reason=roster.reason)))
        if review.problem:
            card.add(Banner("err", _("This roster cannot be used"), worded(Expected(review.problem))))
        if review.rivals:
            card.add(Banner("warn", _("There is another roster of this number"), worded(Expected("roster-fork"))))
        card.add(4, Label(_("What it changes"), "lead", 600))
        if not review.parents:
            card.add(WrapLabel(_("It is the first roster of the round: everything in it is new.")))
        self._add_changes(card, review.changes)
        if review.sides:
            told = _("Two rosters were in force at once, so the round stood still. This one takes the place of both.")
            card.add(Banner("info", _("It settles a contradiction"), told))
        for side in review.sides:
            told = _("Against roster number {number} that begins with {groups}")
            groups = side.fingerprint[0][:9]
            card.add(4, WrapLabel(told.format(number=side.roster.document.seq, groups=groups), "body", 600))
            self._add_changes(card, side.changes)
            if not side.changes:
                card.add(WrapLabel(_("Nothing changes."), "body", 400, "text2"))
        card.add(4, Label(_("Fingerprint of this roster"), "body", 600), Fingerprint(review.fingerprint))
        if self.opened is not None and review.parents:
            rows = self.opened.first.fingerprint
            card.add(Label(_("Fingerprint of the first roster"), "body", 600), Fingerprint(rows))
        card.body.addStretch(1)
        return card

    @staticmethod
    def _add_changes(card: Box, changes: tuple[Change, ...]) -> None:
        for change in sorted(changes, key=lambda one: one.code not in GRAVE):
            grave = change.code in GRAVE
            line = row(gap=8)
            line.add(IconLabel("warn" if grave else "info", "warn" if grave else "info", 18),
                     align=Qt.AlignmentFlag.AlignTop)  # fmt: skip
            line.add(WrapLabel(word_change(change), "body", 600 if grave else 400), stretch=1)
            card.add(line)

    def _choice(self, opened: Proposals) -> Choices:
        choices = Choices("roster-choice", _("Which roster"))
        for one in opened.waiting:
            number = _("Roster number {number}").format(number=one.roster.document.seq)
            choices.addItem(f"{number} · {one.fingerprint[0][:9]}", one)
        choices.setCurrentIndex(opened.waiting.index(self.review) if self.review in opened.waiting else 0)
        choices.activated.connect(self.review_chosen)
        return choices

    # ---- signing --------------------------------------------------------------------------------

    def _sign_card(self, review: Review, opened: Proposals) -> Box:
        card = Box("card", margins=(20, 14, 20, 16), gap=8)
        card.add(Label(_("Signatures"), "lead", 600))
        names = offices(review)
        for quorum in review.quorums:
            self._tell_quorum(card, quorum, names)
        self.compared = Tick(
            "roster-compared", _("I compared the first roster with the paper: all sixteen groups agree")
        )
        card.add(4, MarkRow(self.compared, self.compared.accessibleName(), weight=600))
        if opened.first.rehearsal:
            self.compared.setChecked(True)
        self.passphrase = PassphraseBox("roster-passphrase")
        self.passphrase.edited.connect(lambda: self.passphrase.show_trouble(""))
        self.passphrase.entered.connect(self._ask)
        self.folder = FolderChoice(self._chooser)
        self.button = Button(_("Sign and write the file"), "sign-roster", "primary", "pen", size="main")
        self.button.clicked.connect(self._ask)
        self.compared.toggled.connect(lambda _on: self._check())
        self.result = Box(gap=8)
        self.result.setObjectName("roster-result")
        self.result.hide()
        card.add(self.passphrase, self.folder, self.button, self.result)
        card.body.addStretch(1)
        self._check()
        return card

    @staticmethod
    def _tell_quorum(card: Box, quorum: Quorum, names: dict[str, str]) -> None:
        told = _("By the rules of roster {number}: {have} of {need} have signed")
        icon, ink = ("ok", "ok") if quorum.met else ("part", "warn")
        head = row(IconLabel(icon, ink, 18), gap=8)
        words = told.format(number=quorum.of, have=len(quorum.signed), need=quorum.need)
        head.add(WrapLabel(words, "body", 600), stretch=1)
        card.add(head)
        for persons, icon, words in (
            (quorum.signed, "ok", _("has signed")),
            (quorum.open, "none", _("may still sign")),
        ):
            for person in persons:
                line = row(18, IconLabel(icon, "ok" if icon == "ok" else "text2", 16), gap=8)
                line.add(ElideLabel(f"{names.get(person, person)} ({person})", "small"), stretch=1)
                line.add(Label(words, "small", 400, "text2"))
                card.add(line)

    def _check(self) -> None:
        usable = self.review is not None and not (self.review.problem or self.review.rivals)
        self.button.setEnabled(usable and self.compared.isChecked())

    def _ask(self) -> None:
        if not self.button.isEnabled() or self.review is None or self.opened is None:
            return
        if not self.passphrase.text():
            self.passphrase.show_trouble(_("Type the passphrase of your key first."))
            self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.button.setEnabled(False)
        self.button.set_text(_("Signing and writing…"))
        self.sign_asked.emit(SignRequest(self.opened, self.review, self.passphrase.text(), self.folder.folder))

    def show_error(self, error: Exception) -> None:
        """Tell why it was not signed, or why the files do not open."""
        if self.review is None:
            self._tell(_("The files could not be used"), worded(error))
            return
        self.button.set_text(_("Sign and write the file"))
        self._check()
        if isinstance(error, Expected) and error.code in _KEY_CODES:
            self.passphrase.show_trouble(key_trouble(error))
            self.passphrase.field.selectAll()
            self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._tell(_("The file was not written"), worded(error))

    def _tell(self, title: str, words: str) -> None:
        self.trouble.clear()
        self.trouble.add(Banner("err", title, words))
        self.trouble.show()
        self._scroll.verticalScrollBar().setValue(0)

    def show_written(self, path: Path, size: str, *, in_force: bool) -> None:
        """Show the file and who gets it next."""
        following = (
            Banner("ok", _("The roster is in force"), _("Give this file to everybody in the round."))
            if in_force
            else Banner("info", _("More signatures are needed"), _("Give this file to the next officer."))
        )
        self.result.clear()
        self.result.add(written_lines(path, size), following)
        self.result.show()
        bring_up(self._scroll, self.result)
