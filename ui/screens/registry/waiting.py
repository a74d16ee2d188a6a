# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What waits outside the register: documents whose signer no roster here names, and the way to give them up."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal

from pmqa_desktop.services.registry.holding import Held
from pmqa_desktop.text import _, current_language
from pmqa_desktop.thai import format_date, format_time
from ui.screens.importing import KIND_WORDS
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.labels import IconLabel, Label, WrapLabel
from ui.widgets.signs import Banner

MOST_SHOWN = 20


class WaitingBox(Box):
    """The holding area as a list: file, kind, whose by its own word, since when; one or all can be discarded."""

    discard_asked = Signal(object)

    def __init__(self) -> None:
        """Show nothing until something waits."""
        super().__init__(gap=6)
        self.setObjectName("waiting-box")
        self._waiting: tuple[Held, ...] = ()
        self._open = False
        self._asked: tuple[str, ...] = ()
        self.hide()

    def show_waiting(self, waiting: Sequence[Held]) -> None:
        """Show what waits now; a question that was open is taken back."""
        self._waiting, self._asked = tuple(waiting), ()
        self.setVisible(bool(waiting))
        self._build()

    def _build(self) -> None:
        self.clear()
        if not self._waiting:
            return
        title = _("Waiting outside the register: {count}").format(count=len(self._waiting))
        words = "hide" if self._open else "show"
        turn = Button(_("Hide the list") if self._open else _("Show the list"), f"waiting-{words}", "", "list")
        turn.clicked.connect(self._turn)
        self.add(row(IconLabel("held", "held", 20), WrapLabel(title, "body", 600), None, turn, gap=8))
        self.add(WrapLabel(
            _("No roster here names their signers. They come in by themselves with the roster that does."),
            "small", 400, "text2",
        ))  # fmt: skip
        if self._open:
            self._build_list()
        if self._asked:
            self._build_question()

    def _build_list(self) -> None:
        for number, one in enumerate(self._waiting[:MOST_SHOWN]):
            kind = _(KIND_WORDS.get(one.kind, one.kind))
            told = [kind, one.agency, _("says it is by {person}").format(person=one.person)]
            box = Box("card", margins=(12, 6, 12, 8), gap=2)
            give_up = Button(_("Discard…"), f"waiting-discard-{number}", "", "cross",
                             said=_("Discard {file}").format(file=one.file))  # fmt: skip
            give_up.clicked.connect(partial(self._ask, (one.digest,)))
            box.add(row(WrapLabel(one.file, "small", 600), None, give_up, gap=8))
            box.add(WrapLabel(" · ".join(part for part in told if part), "small"))
            if one.since is not None:
                at, language = one.since.astimezone(), current_language()
                since = f"{format_date(at.date(), language, 'short')} {format_time(at, language)}"
                box.add(Label(_("since {time}").format(time=since), "small", 400, "text2"))
            self.add(box)
        more = len(self._waiting) - MOST_SHOWN
        if more > 0:
            self.add(Label(_("and {count} more").format(count=more), "small", 400, "text2"))
        every = Button(_("Discard all…"), "waiting-discard-all", "", "cross")
        every.clicked.connect(lambda: self._ask(tuple(one.digest for one in self._waiting)))
        self.add(row(every, None))

    def _build_question(self) -> None:
        box = Box("info", margins=(14, 8, 14, 10), gap=6)
        box.setObjectName("waiting-question")
        words = _("Discard {count} documents? They are taken off the list and noted in the log. "
                  "Importing the same file brings them back.")  # fmt: skip
        box.add(WrapLabel(words.format(count=len(self._asked)), "small", 600))
        yes = Button(_("Discard"), "waiting-yes", "primary", "cross")
        yes.clicked.connect(lambda: self.discard_asked.emit(self._asked))
        no = Button(_("Keep"), "waiting-no", "")
        no.clicked.connect(lambda: self._ask(()))
        box.add(row(yes, no, None, gap=8))
        self.add(box)
        no.setFocus()

    def _turn(self) -> None:
        self._open = not self._open
        self._asked = ()
        self._build()

    def _ask(self, digests: tuple[str, ...]) -> None:
        self._asked = digests
        self._build()

    def show_trouble(self, words: str) -> None:
        """Tell why nothing was discarded."""
        self.add(Banner("warn", _("Nothing was discarded"), words))
