# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A signed round on its way: who must still sign, copies that come back, and the board once it is in force."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal

from pmqa_desktop.services.rounds.draft import RoundDraft
from pmqa_desktop.services.rounds.rosters import Review
from pmqa_desktop.text import _, pick
from ui import theme
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.screens.base import Screen
from ui.screens.export_box import Fingerprint, FolderChoice
from ui.screens.identity.acts import key_trouble, written_lines
from ui.screens.identity.roster_review import offices
from ui.screens.round_setup.desk import is_key_trouble
from ui.screens.round_setup.parts import line
from ui.screens.round_setup.review import SignRound
from ui.widgets.boxes import Box, Rule, Scroll
from ui.widgets.buttons import Button
from ui.widgets.labels import Label, WrapLabel
from ui.widgets.passphrase_box import PassphraseBox
from ui.widgets.signs import Banner

TWO_COLUMNS = 1100


class SignedRoundScreen(Screen):
    """`copies_asked` carries files, `again_asked` a folder and passphrase, `page_asked` the PDF file to write.

    `board_asked` opens the registry.
    """

    back_asked = Signal()
    copies_asked = Signal(object)
    again_asked = Signal(object)
    page_asked = Signal(object)
    board_asked = Signal()

    def __init__(self, draft: RoundDraft, review: Review, chooser: Chooser) -> None:
        """Show how the first roster of `draft` stands."""
        plan = draft.plan
        super().__init__(
            "round-signed", _("The round is signed"), pick(plan.title_th, plan.title_en), rehearsal=plan.rehearsal
        )
        self.offers_language = True
        self.draft, self.review, self._chooser = draft, review, chooser
        back = Button("", "setup-back", "bar", "left", said=_("My rounds"))
        back.clicked.connect(self.back_asked)
        self.bar_buttons = [back]
        self._two: bool | None = None
        page = Box(margins=(20, 16, 20, 16), gap=12)
        page.setMaximumWidth(theme.px(1120))
        frame = Box(across=True)
        frame.body.addStretch(1)
        frame.add(page, stretch=1000)
        frame.body.addStretch(1)
        self._scroll = Scroll(frame, "round-signed-scroll")
        self.add(self._scroll, stretch=1)
        self.trouble = Box(gap=0)
        self.trouble.setObjectName("round-signed-trouble")
        page.add(self.trouble)
        self._cards = Box(across=True, gap=16)
        page.add(self._cards)
        page.body.addStretch(1)
        self._cards.add(self._state_card(), stretch=1)
        self._cards.add(self._paper_card(), stretch=1)

    def reflow(self, em_width: int) -> None:
        """Put the cards beside or below each other."""
        two = em_width >= TWO_COLUMNS
        if two != self._two:
            self._two = two
            across = self._cards.body.Direction.LeftToRight if two else self._cards.body.Direction.TopToBottom
            self._cards.body.setDirection(across)

    def focus_first(self) -> None:
        """Begin at the next step."""
        self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _state_card(self) -> Box:
        card = Box("card", margins=(20, 14, 20, 16), gap=8)
        review = self.review
        self.main = Button(_("Open the board"), "open-board", "primary", "list", size="main")
        self.main.clicked.connect(self.board_asked)
        take = Button(_("Take countersigned copies in"), "take-copies", "", "usb")
        take.clicked.connect(self._ask_copies)
        if review.in_force:
            then = _("Open the board and make the packs under More: each pack brings this roster along.")
            card.add(Banner("ok", _("The roster is in force"), then))
        else:
            need = _("Give the file to an officer named below. Each opens it under My key, Sign a roster.")
            card.add(Banner("info", _("More signatures are needed"), need))
        names = offices(review)
        for quorum in review.quorums:
            told = _("{have} of {need} officers have signed").format(have=len(quorum.signed), need=quorum.need)
            card.add(line("ok" if quorum.met else "part", "ok" if quorum.met else "warn", told, weight=600))
            for person in quorum.signed:
                card.add(line("ok", "ok", _("{office} ({person}) has signed").format(
                    office=names.get(person, person), person=person)))  # fmt: skip
            for person in quorum.open:
                card.add(line("none", "text2", _("{office} ({person}) may still sign").format(
                    office=names.get(person, person), person=person)))  # fmt: skip
        card.add(6)
        if review.in_force:
            card.add(self.main)
        else:
            self.main.setParent(None)
            self.main = take
            take.set_kind("primary")
        card.add(take)
        card.body.addStretch(1)
        return card

    def _paper_card(self) -> Box:
        card = Box("card", margins=(20, 14, 20, 16), gap=10)
        card.add(Label(_("Fingerprint of the first roster"), "lead", 600), Fingerprint(self.review.fingerprint))
        card.add(WrapLabel(
            _("Everybody compares these groups once, on first opening the round. Print or read them to the persons of "
              "the round yourself; never send them together with the file."), "small", 400, "text2"))  # fmt: skip
        page = Button(_("Save the fingerprint page to print"), "save-fingerprint", "", "print")
        page.clicked.connect(self._ask_page)
        self.written = Box(gap=8)
        self.written.setObjectName("round-written")
        card.add(page, Rule(), self.written)
        card.add(Label(_("Write the file once more"), "body", 600))
        self.passphrase = PassphraseBox("again-passphrase")
        self.passphrase.edited.connect(lambda: self.passphrase.show_trouble(""))
        self.passphrase.entered.connect(self._ask_again)
        self.folder = FolderChoice(self._chooser)
        self.again = Button(_("Write the file"), "write-again", "", "usb")
        self.again.clicked.connect(self._ask_again)
        card.add(self.passphrase, self.folder, self.again)
        card.body.addStretch(1)
        return card

    def _ask_copies(self) -> None:
        if files := self._chooser.files(self):
            self.copies_asked.emit(files)

    def _ask_page(self) -> None:
        name = f"fingerprint-{self.draft.plan.round}.pdf"
        if (out := self._chooser.save(self, _("Where the page goes"), name)) is not None:
            self.page_asked.emit(out)

    def show_page(self, path: Path) -> None:
        """Tell where the page to print lies."""
        self.trouble.clear()
        told = _("The page was written: {file}").format(file=path.name)
        self.trouble.add(Banner("ok", told, _("Print it, compare it with the groups here, and hand it out by hand.")))

    def _ask_again(self) -> None:
        if not self.passphrase.text():
            self.passphrase.show_trouble(_("Type the passphrase of your key first."))
            self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.again_asked.emit(SignRound(self.passphrase.text(), self.folder.folder))

    def show_written(self, path: Path, size: str) -> None:
        """Tell where the file lies."""
        self.trouble.clear()
        self.passphrase.clear_secret()
        self.written.clear()
        self.written.add(written_lines(path, size))

    def show_error(self, error: Exception) -> None:
        """Tell what did not go."""
        if is_key_trouble(error):
            self.passphrase.show_trouble(key_trouble(error))
            self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.trouble.clear()
        self.trouble.add(Banner("err", _("This did not work"), worded(error)))
        self._scroll.verticalScrollBar().setValue(0)
