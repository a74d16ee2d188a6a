# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A proposal that waits: what it changes, who has signed, and the own signature where it is still wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal

from pmqa_desktop.domain.roster_changes import GRAVE, Change
from pmqa_desktop.errors import Expected
from pmqa_desktop.messages import word_change
from pmqa_desktop.services.rounds.rosters import Review
from pmqa_desktop.services.session import Me
from pmqa_desktop.text import _
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.screens.export_box import FolderChoice
from ui.screens.identity.acts import key_trouble
from ui.screens.round_setup.act_form import Ground
from ui.screens.round_setup.desk import is_key_trouble
from ui.screens.round_setup.parts import line
from ui.widgets.boxes import Box, Rule, row
from ui.widgets.buttons import Button
from ui.widgets.labels import Label, WrapLabel
from ui.widgets.passphrase_box import PassphraseBox
from ui.widgets.signs import Banner


@dataclass(frozen=True, slots=True)
class WriteRoster:
    """A waiting roster to write once more."""

    digest: str
    passphrase: str
    folder: Path


@dataclass(frozen=True, slots=True)
class SignWaiting:
    """A waiting roster to sign here, and where its file goes."""

    digest: str
    passphrase: str
    folder: Path


class WaitingCard(Box):
    """`sign_asked` and `write_asked` carry the request."""

    sign_asked = Signal(object)
    write_asked = Signal(object)

    def __init__(
        self, review: Review, number: int, ground: Ground, me: Me, chooser: Chooser, *, passphrase: str = ""
    ) -> None:
        """Show `review`, the proposal of this number on the screen."""
        super().__init__("card", margins=(20, 14, 20, 16), gap=8)
        self.setObjectName(f"waiting-{number}")
        self.review = review
        self.asked = False
        document = review.roster.document
        self.add(Label(_("Proposal of roster number {number}").format(number=document.seq), "h2", 600))
        by = _("Proposed by {who}. Reason: {reason}")
        self.add(WrapLabel(by.format(who=ground.office(document.author.person), reason=document.reason)))
        if review.problem:
            self.add(Banner("err", _("This roster cannot be used"), worded(Expected(review.problem))))
        if review.rivals:
            self.add(Banner("warn", _("There is another roster of this number"), worded(Expected("roster-fork"))))
        self._tell(review.changes)
        if review.sides:
            told = _("Two rosters were in force at once, so the round stood still. This one takes the place of both.")
            self.add(Banner("info", _("It settles a contradiction"), told))
        for side in review.sides:
            told = _("Against roster number {number} that begins with {groups}")
            groups = side.fingerprint[0][:9]
            self.add(WrapLabel(told.format(number=side.roster.document.seq, groups=groups), "body", 600))
            self._tell(side.changes)
        self.add(Rule())
        for quorum in review.quorums:
            told = _("By the rules of roster {number}: {have} of {need} have signed")
            words = told.format(number=quorum.of, have=len(quorum.signed), need=quorum.need)
            self.add(line("ok" if quorum.met else "part", "ok" if quorum.met else "warn", words, weight=600))
        signed = sorted({who for quorum in review.quorums for who in quorum.signed})
        for who in signed:
            self.add(line("ok", "ok", _("{office} has signed").format(office=ground.office(who))))
        for who in review.may_sign:
            self.add(line("none", "text2", _("{office} may still sign").format(office=ground.office(who))))
        self._build_key(
            number, chooser, passphrase, mine=me.person in review.may_sign and not (review.problem or review.rivals)
        )

    def _tell(self, changes: Sequence[Change]) -> None:
        """Tell changes in words, those that move power first."""
        for change in sorted(changes, key=lambda one: one.code not in GRAVE):
            tone = "warn" if change.code in GRAVE else "info"
            self.add(line(tone, tone, word_change(change), weight=600 if change.code in GRAVE else 400))

    def _build_key(self, number: int, chooser: Chooser, passphrase: str, *, mine: bool) -> None:
        self.passphrase = PassphraseBox(f"waiting-passphrase-{number}")
        self.passphrase.field.setText(passphrase)
        self.passphrase.edited.connect(lambda: self.passphrase.show_trouble(""))
        self.folder = FolderChoice(chooser)
        write = Button(_("Write the file again"), f"waiting-write-{number}", "", "usb")
        write.clicked.connect(lambda: self._ask(WriteRoster))
        buttons = row(gap=8)
        if mine:
            sign = Button(_("Sign and write the file"), f"waiting-sign-{number}", "primary", "pen")
            sign.clicked.connect(lambda: self._ask(SignWaiting))
            buttons.add(sign)
        buttons.add(write, None)
        self.add(self.passphrase, self.folder, buttons)

    def _ask(self, kind: type[WriteRoster] | type[SignWaiting]) -> None:
        if not self.passphrase.text():
            self.passphrase.show_trouble(_("Type the passphrase of your key first."))
            self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.asked = True
        asked = kind(self.review.roster.digest, self.passphrase.text(), self.folder.folder)
        (self.sign_asked if kind is SignWaiting else self.write_asked).emit(asked)

    def take_error(self, error: Exception) -> bool:
        """Tell trouble with the key where it was typed; False when it is none, or not of this card."""
        mine, self.asked = self.asked, False
        if not (mine and is_key_trouble(error)):
            return False
        self.passphrase.show_trouble(key_trouble(error))
        self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
        return True
