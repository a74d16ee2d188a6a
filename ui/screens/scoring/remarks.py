# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What a careful reader would ask about the sheet, while it is written: mend it, or say that it is meant so."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication

from pmqa_desktop import messages
from pmqa_desktop.domain.criteria import Item
from pmqa_desktop.domain.linting import Notice
from pmqa_desktop.services.evaluation.scoring import ReadBack
from pmqa_desktop.text import _
from ui.drives import size_words
from ui.screens.scoring.desk import SheetDesk
from ui.screens.scoring.drawer import SidePane
from ui.widgets.boxes import Box, Scroll, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Field
from ui.widgets.labels import IconLabel, Label, WrapLabel
from ui.widgets.signs import EmptyState, Pill

REQUIRED = frozenset({"score-without-comment", "score-without-evidence", "indicator-without-result"})
"""Remarks about what the round's settings ask for: drawn as warnings, the others as hints."""


def remark_target(code: str) -> str:
    """Return what mends a remark: a kind of comment, or `report`; empty for the answer itself."""
    return {
        "score-without-comment": "strength",
        "high-without-strength": "strength",
        "low-without-ofi": "ofi",
        "same-text-two-items": "strength",
        "same-text-two-agencies": "strength",
        "score-without-evidence": "report",
        "papers-not-opened": "report",
    }.get(code, "")


class RemarkCard(Box):
    """One remark: what it says, the way to mend it, and a word that keeps it."""

    mend_asked = Signal(object)
    keep_asked = Signal(object, str)

    def __init__(self, notice: Notice, name: str, *, kept: str, word: str, closed: bool) -> None:
        """Show `notice`; `kept` is the answer given, `word` what was typed so far; `closed`: not the seat's item."""
        super().__init__("sunk", margins=(12, 6, 8, 8), gap=4)
        self.setObjectName(name)
        self.notice = notice
        tone = "warn" if notice.code in REQUIRED else "info"
        words = messages.word(notice.code, {"item": notice.item, **dict(notice.fields)})
        head = row(gap=8)
        head.add(IconLabel("ok" if kept else tone, "ok" if kept else tone, 18), align=Qt.AlignmentFlag.AlignTop)
        head.add(WrapLabel(words, "small"), stretch=1)
        self.add(head)
        self.mend = Button(_("Go to item {item}").format(item=notice.item), f"{name}-mend", "quiet", "pen")
        self.mend.setAccessibleName(_("Mend it at item {item}: {remark}").format(item=notice.item, remark=words))
        self.mend.clicked.connect(lambda: self.mend_asked.emit(notice))
        self.word = Field(f"{name}-word", _("Meant so, because: {remark}").format(remark=words), word,
                          _("Because…"), limit=200)  # fmt: skip
        self.word.setModified(bool(word))
        self.keep = Button(_("Keep"), f"{name}-keep", "", "check")
        self.keep.setAccessibleName(_("Keep: {remark}").format(remark=words))
        line = row(self.mend, gap=6)
        if kept:
            line.add(WrapLabel(_("Kept: {word}").format(word=kept), "small", 600, "ok"), stretch=1)
        line.add(self.word, stretch=0 if kept else 1)
        line.add(self.keep)
        for part in (self.word, self.keep):
            part.setVisible(not kept)
        self.word.setEnabled(not closed)
        self.keep.setEnabled(not closed)
        self.add(line)
        self.keep.clicked.connect(self._keep)
        self.word.returnPressed.connect(self._keep)
        self.word.textEdited.connect(lambda: self.word.set_need(False))

    def _keep(self) -> None:
        word = self.word.text().strip()
        if word:
            self.keep_asked.emit(self.notice, word)
        else:
            self.word.set_need(True)
            self.word.setFocus(Qt.FocusReason.OtherFocusReason)


class RemarksPane(SidePane):
    """The remarks on the sheet: those on the open item first, answered ones last; and the sheet's size."""

    icon = "info"
    mend_asked = Signal(object)

    def __init__(self, desk: SheetDesk) -> None:
        """Read from `desk`."""
        super().__init__("remarks-pane")
        self._desk = desk
        self._item: Item | None = None
        self._shown: tuple[object, ...] | None = None
        self._typed: dict[Notice, str] = {}
        self.cards: list[RemarkCard] = []
        self._list = Box(gap=8)
        self.count = Pill("", "warn", "warn")
        self.size_words = Label("", "micro", 400, "text2")
        self.size_words.setObjectName("sheet-size")
        self.add(row(self.count, None, self.size_words))
        self.add(Scroll(self._list, "remarks-scroll"), stretch=1)
        self.count.hide()
        desk.checked.connect(self._take)
        desk.check()

    def title(self) -> str:
        """Return the words on top."""
        return _("Remarks")

    def show_item(self, item: Item) -> None:
        """Put the remarks on another item first."""
        self._item = item
        self.refresh()

    def refresh(self) -> None:
        """Show the remarks as they were found last."""
        if self._desk.read is not None:
            self._take(self._desk.read)

    def _take(self, read: ReadBack) -> None:
        kept = {one.notice: one.word for one in read.kept}
        here = self._item.code if self._item else ""
        shown = (here, read.notices, tuple(kept.items()))
        share = size_share(read)
        self.size_words.setText(_("Size {size} of {limit}, {share} %").format(
            size=size_words(read.size), limit=size_words(read.limit), share=share
        ))  # fmt: skip
        self.count.label.setText(_("{n} without an answer").format(n=len(read.open)))
        self.count.setVisible(bool(read.open))
        if shown != self._shown:
            self._shown = shown
            self._fill(read, kept, here)

    def _fill(self, read: ReadBack, kept: Mapping[Notice, str], here: str) -> None:
        self._typed.update({card.notice: card.word.text() for card in self.cards})
        focused = QApplication.focusWidget()
        held = next((card.notice for card in self.cards if focused is card.word), None)
        inside = focused is not None and self._list.isAncestorOf(focused)
        self._list.clear()
        self.cards = []
        order = sorted(read.notices, key=lambda one: (one in kept, one.item != here))
        if not order:
            self._list.add(EmptyState("ok", _("There is nothing to remark on this sheet.")), stretch=1)
        group = None
        for number, notice in enumerate(order, 1):
            label = _("Answered") if notice in kept else _("This item") if notice.item == here else _("Other items")
            if label != group:
                self._list.add(Label(label, "small", 600, "primary"))
                group = label
            card = RemarkCard(
                notice, f"remark-{number}", kept=kept.get(notice, ""), word=self._typed.get(notice, ""),
                closed=not self._desk.judges(notice.item),
            )  # fmt: skip
            card.mend_asked.connect(self.mend_asked)
            card.keep_asked.connect(lambda found, word: self._desk.keep((found,), word))
            self.cards.append(card)
            self._list.add(card)
        self._list.body.addStretch(1)
        if inside:
            again = next((card for card in self.cards if card.notice == held and card.notice not in kept), None)
            if again is not None:
                again.word.setFocus()
            else:
                self.focus_first()

    def focus_first(self) -> None:
        """Put the cursor on the first remark that waits."""
        first = next((card.mend for card in self.cards), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)


def size_share(read: ReadBack) -> int:
    """Return how much of what can be signed the sheet takes, in whole percent, rounded up."""
    return -(-read.size * 100 // read.limit)
