# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Drafts and copies: what leaves this laptop unfinished, what comes back, and the mirror on another drive."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal

from pmqa_desktop.services.safekeeping.mirror import MirrorState
from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.text import _, pick
from ui import theme
from ui.dialogs.choosing import Chooser
from ui.screens.base import Screen
from ui.screens.identity.following import bring_up
from ui.screens.workspace.carrying import Bringing, Carrying, DraftOf, Mirroring
from ui.widgets.boxes import Box, Scroll, row
from ui.widgets.buttons import Button, Segments
from ui.widgets.labels import IconLabel, Label, WrapLabel

CARRY, BRING, MIRROR = 0, 1, 2
TWO_COLUMNS = 1000


class DraftsScreen(Screen):
    """Three acts on the own drafts, and what moving to another laptop means."""

    back_asked = Signal()

    def __init__(
        self,
        seen: RoundInfo,
        drafts: tuple[DraftOf, ...],
        mirror: MirrorState,
        chooser: Chooser,
        found: tuple[Path, ...] = (),
    ) -> None:
        """Offer the `drafts` there are, and the files `found` on drives."""
        super().__init__(
            "drafts-screen", _("Drafts and copies"), pick(seen.title_th, seen.title_en), rehearsal=seen.rehearsal
        )
        back = Button("", "to-overview", "bar", "left", said=_("My work"))
        back.clicked.connect(self.back_asked)
        self.bar_buttons = [back]
        self._two: bool | None = None
        self.carry = Carrying(chooser, drafts, rehearsal=seen.rehearsal)
        self.bring = Bringing(chooser, found)
        self.mirror = Mirroring(chooser, mirror)
        self._page = Box(margins=(20, 14, 20, 16), gap=12)
        self._page.setMaximumWidth(theme.px(1180))
        frame = Box(across=True)
        frame.body.addStretch(1)
        frame.add(self._page, stretch=1000)
        frame.body.addStretch(1)
        self._scroll = Scroll(frame, "drafts-scroll")
        self.add(self._scroll, stretch=1)
        self._cards = Box(across=True, gap=16)
        self._cards.add(self._acts_card(), stretch=6)
        self._cards.add(self._told_card(), stretch=4)
        self._page.add(self._cards)
        self._page.body.addStretch(1)

    def reflow(self, em_width: int) -> None:
        """Put the words beside or below the acts."""
        two = em_width >= TWO_COLUMNS
        if two != self._two:
            self._two = two
            across = self._cards.body.Direction.LeftToRight if two else self._cards.body.Direction.TopToBottom
            self._cards.body.setDirection(across)

    def _acts_card(self) -> Box:
        card = Box("card", gap=0)
        self.tabs = Segments("draft-act", (_("Take along"), _("Bring in"), _("Mirror")))
        self._acts = (self.carry, self.bring, self.mirror)
        self.tabs.chosen.connect(self._show_act)
        for act in self._acts:
            act.answered.connect(lambda act=act: bring_up(self._scroll, act.result))
        card.add(self.tabs, *self._acts)
        card.body.addStretch(1)
        self._show_act(CARRY)
        return card

    def _show_act(self, number: int) -> None:
        for at, act in enumerate(self._acts):
            act.setVisible(at == number)

    def _told_card(self) -> Box:
        card = Box("card", margins=(20, 14, 20, 16), gap=8)
        card.add(row(IconLabel("info", "info", 22), Label(_("Working on two laptops"), "lead", 600), None, gap=10))
        for words in (
            _("Every laptop has a key of its own. On the other one make another key, enrol it, and open your pack "
              "with it: a draft file carries no key."),
            _("The draft can be brought in at once. Signing waits until the secretariat has entered the other key in "
              "the roster."),
            _("What you declared and signed travels with the draft: the next signature follows the last one."),
            _("If you wrote on both laptops, both versions are shown side by side, field by field. What you do not "
              "take stays in the history; nothing is overwritten."),
            _("If this laptop is lost: open your pack with the copy of your key, then bring the mirror in."),
        ):  # fmt: skip
            card.add(WrapLabel(words, "small"))
        card.body.addStretch(1)
        return card

    def focus_first(self) -> None:
        """Begin at the tabs."""
        self.tabs.buttons[self.tabs.current()].setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> object:
        """Return the open act and the file chosen to bring in."""
        return self.tabs.current(), self.bring.path

    def restore(self, place: object) -> None:
        """Open the act again."""
        if isinstance(place, tuple):
            self.tabs.choose(place[0])
            if isinstance(place[1], Path):
                self.bring.set_path(place[1])
