# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Two rosters in force at once: both sides beside each other in words, and a roster begun that settles them.

Nobody chooses by a click: what is begun here counts once enough officers of each side have signed it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal

from pmqa_desktop.domain.documents import Person
from pmqa_desktop.domain.roster_changes import GRAVE, Change
from pmqa_desktop.domain.trust import roster_of
from pmqa_desktop.errors import Expected
from pmqa_desktop.messages import word_change
from pmqa_desktop.services.rounds.healing import Fork, ForkSide
from pmqa_desktop.services.rounds.rosters import Review
from pmqa_desktop.services.session import Me, RoundInfo
from pmqa_desktop.text import _
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.screens.export_box import FolderChoice
from ui.screens.identity.acts import key_trouble, written_lines
from ui.screens.identity.following import bring_up
from ui.screens.identity.page import CardScreen
from ui.screens.round_setup.act_form import Ground
from ui.screens.round_setup.desk import is_key_trouble
from ui.screens.round_setup.parts import line
from ui.screens.round_setup.waiting import WaitingCard
from ui.widgets.boxes import Box, Rule
from ui.widgets.buttons import Button
from ui.widgets.inputs import Field, MarkRow, Round
from ui.widgets.labels import Label, WrapLabel
from ui.widgets.passphrase_box import PassphraseBox
from ui.widgets.signs import Banner

LETTERS = "ABCDEFGH"


@dataclass(frozen=True, slots=True)
class Healing:
    """A settling roster to sign: the side whose content goes on, why, and where its file goes."""

    base: str
    reason: str
    passphrase: str
    folder: Path


@dataclass(frozen=True, slots=True)
class ForkPlace:
    """Which side is chosen and the reason as far as it is typed."""

    base: str
    reason: str


class ForkScreen(CardScreen):
    """`heal_asked`, `sign_asked` and `write_asked` carry requests; `copies_asked` carries files."""

    back_asked = Signal()
    heal_asked = Signal(object)
    sign_asked = Signal(object)
    write_asked = Signal(object)
    copies_asked = Signal(object)

    def __init__(
        self, fork: Fork, ground: Ground, me: Me, seen: RoundInfo, chooser: Chooser, *, passphrase: str = ""
    ) -> None:
        """Show the sides of `fork`; `passphrase` is filled in where practice knows it."""
        number = fork.agreed.document.seq
        told = _("The round stands at roster number {number}, the last that all agreed on.").format(number=number)
        super().__init__("fork-screen", _("Two rosters in force at once"), told, rehearsal=seen.rehearsal)
        self.fork, self._ground, self._me, self._chooser = fork, ground, me, chooser
        self._passphrase, self._base, self._usable = passphrase, "", False
        back = Button(_("Board"), "roster-back", "bar", "left")
        back.clicked.connect(self.back_asked)
        take = Button(_("Take signed copies in"), "roster-copies", "bar", "usb")
        take.clicked.connect(self._ask_copies)
        self.bar_buttons = [back, take]
        self.page, self._scroll = self.make_page("fork-scroll", 1180, 14)
        self.trouble = Box(gap=0)
        self.trouble.setObjectName("fork-trouble")
        self._marks: list[Round] = []
        self._build()

    def _build(self) -> None:
        told = _("Officers signed two different next rosters without knowing of each other. Nothing is lost, but what "
                 "only one of the sides names does not count until it is settled. Talk to the other officers, agree "
                 "on one side, and let one of you begin the roster that takes the place of both.")  # fmt: skip
        self.page.add(self.trouble, Banner("warn", _("The round stands still"), told))
        for number, waiting in enumerate(self.fork.healings):
            card = WaitingCard(waiting, number, self._ground, self._me, self._chooser, passphrase=self._passphrase)
            card.sign_asked.connect(self.sign_asked)
            card.write_asked.connect(self.write_asked)
            self.page.add(card)
        self.page.add(self.cards)
        for number, side in enumerate(self.fork.sides):
            self.cards.add(self._side_card(number, side), stretch=1)
        self.page.add(self._heal_card())
        self.page.body.addStretch(1)

    # ---- the sides ------------------------------------------------------------------------------

    def _side_card(self, number: int, side: ForkSide) -> Box:
        card = Box("card", margins=(20, 14, 20, 16), gap=8)
        card.setObjectName(f"fork-card-{number}")
        document = side.review.roster.document
        title = self._name(number, side)
        card.add(WrapLabel(title, "h2", 600))
        begins = _("Its fingerprint begins with {groups}").format(groups=side.review.fingerprint[0])
        card.add(WrapLabel(begins, "small", 400, "text2"))
        by = _("Proposed by {who}. Reason: {reason}")
        card.add(WrapLabel(by.format(who=self._ground.office(document.author.person), reason=document.reason)))
        against = _("What it changes against roster number {number}").format(number=self.fork.agreed.document.seq)
        card.add(WrapLabel(against, "lead", 600))
        self._tell(card, side.changes)
        card.add(Rule(), Label(_("Who signed it"), "lead", 600))
        for who in side.signed:
            card.add(line("ok", "ok", self._ground.office(who)))
        card.body.addStretch(1)
        words = _("The content of side {letter} goes on").format(letter=LETTERS[number])
        mark = Round(f"fork-side-{number}", words)
        mark.setAutoExclusive(False)
        mark.clicked.connect(lambda _on=False: self.choose(number))
        self._marks.append(mark)
        card.add(Rule(), MarkRow(mark, words, weight=600))
        return card

    @staticmethod
    def _name(number: int, side: ForkSide) -> str:
        told = _("Side {letter}: roster number {number}")
        return told.format(letter=LETTERS[number], number=side.review.roster.document.seq)

    @staticmethod
    def _tell(card: Box, changes: Sequence[Change]) -> None:
        for change in sorted(changes, key=lambda one: one.code not in GRAVE):
            tone = "warn" if change.code in GRAVE else "info"
            card.add(line(tone, tone, word_change(change), weight=600 if change.code in GRAVE else 400))
        if not changes:
            card.add(line("none", "text2", _("Nothing changes.")))

    def choose(self, number: int) -> None:
        """Let a side go on, and tell what that does to each."""
        self._base = self.fork.sides[number].digest
        for at, mark in enumerate(self._marks):
            mark.setChecked(at == number)
        self._outcome.clear()
        for at, (side, changes) in enumerate(self.fork.outcome(self._base)):
            who = self._name(at, side)
            self._outcome.add(WrapLabel(_("For those who follow {side}").format(side=who), "body", 600))
            self._tell(self._outcome, changes)
        problem = self.fork.problem(self._base)
        if problem is not None:
            words = worded(Expected(problem))
            self._outcome.add(Banner("err", _("This side cannot go on as it is"), words))
        self._usable = problem is None
        self._check()

    # ---- settling -------------------------------------------------------------------------------

    def _heal_card(self) -> Box:
        card = Box("card", margins=(20, 14, 20, 16), gap=10)
        card.add(Label(_("Begin the roster that settles it"), "h2", 600))
        if self.fork.healings:
            told = _("Two that are both signed would be another contradiction: let the waiting one come to its end.")
            card.add(Banner("warn", _("A roster that settles it waits for signatures already"), told))
        told = _("Keys that either side took out of use stay out of use, and documents that either side keeps stay "
                 "valid, whichever goes on.")  # fmt: skip
        card.add(line("lock", "primary", told))
        self._outcome = Box(gap=6)
        self._outcome.setObjectName("fork-outcome")
        self._outcome.add(line("none", "text2", _("Choose the side that goes on: what it does is told here.")))
        self.reason = Field("fork-reason", _("How the officers agreed"), limit=300)
        self.reason.textChanged.connect(lambda _text: self._check())
        card.add(self._outcome, Rule(), Label(self.reason.accessibleName(), "body", 600), self.reason)
        told = _("The reason is signed with the roster, and every officer reads it.")
        card.add(WrapLabel(told, "small", 400, "text2"))
        self.passphrase = PassphraseBox("fork-passphrase")
        self.passphrase.field.setText(self._passphrase)
        self.passphrase.edited.connect(lambda: self.passphrase.show_trouble(""))
        self.passphrase.entered.connect(self._ask)
        self.folder = FolderChoice(self._chooser)
        self.button = Button(_("Sign the proposal and write the file"), "fork-sign", "primary", "pen", size="main")
        self.button.clicked.connect(self._ask)
        card.add(self.passphrase, self.folder, self.button)
        self._check()
        return card

    def _check(self) -> None:
        self.button.setEnabled(self._usable and bool(self.reason.text().strip()))

    def _ask(self) -> None:
        if not self.button.isEnabled():
            return
        if not self.passphrase.text():
            self.passphrase.show_trouble(_("Type the passphrase of your key first."))
            self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.button.setEnabled(False)
        self.button.set_text(_("Signing and writing…"))
        self.trouble.clear()
        self.heal_asked.emit(Healing(self._base, self.reason.text(), self.passphrase.text(), self.folder.folder))

    def _ask_copies(self) -> None:
        if files := self._chooser.files(self):
            self.copies_asked.emit(files)

    # ---- answers --------------------------------------------------------------------------------

    def show_error(self, error: Exception) -> None:
        """Tell why nothing was signed."""
        self.button.set_text(_("Sign the proposal and write the file"))
        self._check()
        for card in self.findChildren(WaitingCard):
            if card.take_error(error):
                return
        if is_key_trouble(error):
            self.passphrase.show_trouble(key_trouble(error))
            self.passphrase.field.selectAll()
            self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._show(Banner("err", _("This did not work"), worded(error)))

    def _show(self, *parts: Box) -> None:
        self.trouble.clear()
        self.trouble.add(Box(gap=8).add(*parts))
        bring_up(self._scroll, self.trouble)

    def show_written(self, path: Path, size: str, review: Review | None) -> None:
        """Tell where the file lies and who must still sign."""
        names = ", ".join(self._ground.office(one) for one in review.may_sign) if review else ""
        told = _("Each side's own number of officers must sign: give the file to {names}. Each opens it under My key, "
                 "Sign a roster; then take the signed copies in here.").format(names=names)  # fmt: skip
        self._show(written_lines(path, size), Banner("info", _("What now: more signatures are needed"), told))

    def show_taken(self, *, in_force: bool) -> None:
        """Tell that copies came in and the round still stands; `in_force` never holds here."""
        told = _("See below who has signed.") if not in_force else ""
        self._show(Banner("info", _("The copies were taken in"), told))

    def focus_first(self) -> None:
        """Begin at the choice of a side."""
        self._marks[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> object:
        """Return the chosen side and the reason."""
        return ForkPlace(self._base, self.reason.text())

    def restore(self, place: object) -> None:
        """Choose the side again."""
        if isinstance(place, ForkPlace):
            self.reason.setText(place.reason)
            for number, side in enumerate(self.fork.sides):
                if side.digest == place.base:
                    self.choose(number)


def everybody(fork: Fork) -> tuple[Person, ...]:
    """Return every person that the sides or the last agreed roster name, each once."""
    bodies = [roster_of(one).body for one in (fork.agreed, *(side.review.roster for side in fork.sides))]
    return tuple({one.person: one for body in bodies for one in body.persons}.values())
