# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The secretariat's rounds on this laptop: those being set up, those waiting for signatures, and a new one."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from pmqa_desktop.errors import Expected
from pmqa_desktop.services.identity import OwnKey
from pmqa_desktop.services.rounds.draft import DraftInfo
from pmqa_desktop.text import _, pick
from ui import theme
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.screens.base import Screen
from ui.widgets.boxes import Box, Scroll, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Choices
from ui.widgets.labels import ElideLabel, IconLabel, Label, WrapLabel
from ui.widgets.signs import Banner, EmptyState, Pill


@dataclass(frozen=True, slots=True)
class OpenOffice:
    """Roster files to open a round's board from, and the own key to do it with."""

    files: tuple[Path, ...]
    own: OwnKey


class RoundsScreen(Screen):
    """Begin, go on, remove; or open the board of a round that other officers set up."""

    back_asked = Signal()
    begin_asked = Signal(object)
    draft_asked = Signal(object)
    remove_asked = Signal(object)
    put_back_asked = Signal(object)
    key_asked = Signal()
    office_asked = Signal(object)

    def __init__(
        self,
        drafts: tuple[DraftInfo, ...],
        keys: tuple[OwnKey, ...],
        chooser: Chooser,
        *,
        removed: tuple[DraftInfo, ...] = (),
        just_removed: bool = False,
    ) -> None:
        """Show `drafts`, and those that were `removed`, the last first; `just_removed`: the first of them just now."""
        super().__init__("rounds-screen", _("My rounds as secretariat"), _("Set up a round, or open its board"))
        self.offers_language = True
        self._keys, self._chooser = tuple(one for one in keys if one.person), chooser
        back = Button("", "to-start", "bar", "left", said=_("Back"))
        back.clicked.connect(self.back_asked)
        self.bar_buttons = [back]
        page = Box(margins=(20, 16, 20, 16), gap=12)
        page.setMaximumWidth(theme.px(1000))
        frame = Box(across=True)
        frame.body.addStretch(1)
        frame.add(page, stretch=1000)
        frame.body.addStretch(1)
        self.add(Scroll(frame, "rounds-scroll"), stretch=1)
        self.trouble = Box(gap=0)
        self.trouble.setObjectName("rounds-trouble")
        page.add(self.trouble)
        if removed and just_removed:
            undo = Button(_("Bring it back"), "put-back", "primary", "undo")
            undo.clicked.connect(lambda: self.put_back_asked.emit(removed[0]))
            page.add(Banner("info", _("The draft was removed"), _("It is kept on this laptop until you bring it back."),
                            action=undo))  # fmt: skip
        page.add(self._new_card())
        page.add(self._drafts_card(drafts))
        page.add(self._office_card())
        if removed:
            page.add(self._removed_card(removed))
        page.body.addStretch(1)

    def focus_first(self) -> None:
        """Begin at the new round."""
        self.first.setFocus()

    def _choice(self, name: str) -> Choices:
        choices = Choices(name, _("My key"))
        for one in self._keys:
            kind = _("practice") if one.rehearsal else _("real rounds")
            choices.addItem(f"{one.person} · {kind} · {one.fingerprint[0]}", one)
        return choices

    def _new_card(self) -> Box:
        card = Box("card", margins=(22, 14, 22, 16), gap=10)
        card.add(row(IconLabel("plus", "primary", 30), Label(_("Set up a new round"), "h1", 600), None, gap=12))
        if not self._keys:
            self.first = Button(_("Make a key"), "make-own-key", "primary", "key")
            self.first.clicked.connect(self.key_asked)
            told = _("The round is signed with a key of yours. Make one on this laptop first.")
            card.add(Banner("warn", _("This laptop has no key of yours yet"), told, action=self.first))
            return card
        card.add(WrapLabel(
            _("Eight steps: the year, criteria and settings, persons, officers, agencies, committees, dates, signature."
              " Everything is kept as you go: stop at any time."), "body", 400, "text2"))  # fmt: skip
        choices = self._choice("new-round-key")
        self.first = Button(_("Begin"), "begin-round", "primary", "right", size="main")
        self.first.clicked.connect(lambda: self.begin_asked.emit(choices.currentData()))
        line = row(gap=10)
        line.add(choices, stretch=1)
        line.add(self.first)
        card.add(line)
        return card

    def _drafts_card(self, drafts: tuple[DraftInfo, ...]) -> Box:
        card = Box("card", margins=(22, 12, 18, 12), gap=8)
        card.add(Label(_("Rounds on this laptop"), "lead", 600))
        if not drafts:
            card.add(EmptyState("list", _("No round was begun on this laptop yet.")))
        for number, info in enumerate(drafts):
            card.add(self._draft(info, number))
        return card

    def _draft(self, info: DraftInfo, number: int) -> Box:
        line = row(gap=10)
        draft = info.draft
        if draft is None:
            told = worded(Expected("draft-unreadable", file=str(info.folder / "draft.json")))
            line.add(IconLabel("err", "err", 22))
            line.add(WrapLabel(told, "small"), stretch=1)
        else:
            plan = draft.plan
            state = _("signed") if draft.signed else _("being set up")
            words = Box(gap=0)
            words.add(ElideLabel(pick(plan.title_th, plan.title_en) or plan.round, "body", 600))
            words.add(Label(f"{plan.round} · {state}", "small", 400, "text2"))
            line.add(IconLabel("lock" if draft.signed else "pen", "primary", 22))
            line.add(words, stretch=1)
            if plan.rehearsal:
                line.add(Pill(_("Rehearsal"), "amber", "flag"))
            go = Button(_("Go on"), f"draft-{number}", "primary" if number == 0 else "", "right")
            go.clicked.connect(lambda: self.draft_asked.emit(info))
            line.add(go)
        gone = Button("", f"remove-draft-{number}", "quiet", "cross", said=_("Remove this draft"))
        gone.clicked.connect(lambda: self.remove_asked.emit(info))
        line.add(gone)
        return line

    def _removed_card(self, removed: tuple[DraftInfo, ...]) -> Box:
        card = Box("card", margins=(22, 12, 22, 12), gap=8)
        card.add(Label(_("Removed rounds"), "lead", 600))
        for number, info in enumerate(removed):
            plan = info.draft.plan if info.draft is not None else None
            title = (pick(plan.title_th, plan.title_en) or plan.round) if plan is not None else info.folder.name
            back = Button(_("Bring it back"), f"put-back-{number}", "", "undo",
                          said=_("Bring back {round}").format(round=title))  # fmt: skip
            back.clicked.connect(partial(self.put_back_asked.emit, info))
            line = row(IconLabel("pen", "text2", 22), gap=10)
            line.add(ElideLabel(title, "body", 400, "text2"), stretch=1)
            line.add(back)
            card.add(line)
        return card

    def _office_card(self) -> Box:
        card = Box("card", margins=(22, 12, 22, 16), gap=10)
        if not self._keys:
            card.hide()
        card.add(Label(_("Open the board of a signed round"), "lead", 600))
        card.add(WrapLabel(
            _("For another person of the secretariat, or on another laptop: choose the roster file with enough "
              "signatures. Copies signed by different officers are joined."), "body", 400, "text2"))  # fmt: skip
        choices = self._choice("office-key")
        choose = Button(_("Choose roster files"), "office-files", "", "usb")
        choose.clicked.connect(lambda: self._ask_office(choices.currentData()))
        line = row(gap=10)
        line.add(choices, stretch=1)
        line.add(choose)
        card.add(line)
        return card

    def _ask_office(self, own: OwnKey) -> None:
        if files := self._chooser.files(self):
            self.office_asked.emit(OpenOffice(files, own))

    def show_error(self, title: str, error: Exception) -> None:
        """Tell what did not go."""
        self.trouble.clear()
        self.trouble.add(Banner("err", title, worded(error)))
