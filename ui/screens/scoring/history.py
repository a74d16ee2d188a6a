# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The history of an item: when which field had which value; any of them can be had again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from pmqa_desktop.domain.criteria import Item
from pmqa_desktop.services.evaluation.scoring import HistoryEntry
from pmqa_desktop.text import _, current_language
from pmqa_desktop.thai import format_date
from ui import theme
from ui.screens.scoring.changes import Names, field_words, lines_of
from ui.screens.scoring.desk import SheetDesk
from ui.screens.scoring.drawer import SidePane
from ui.widgets.boxes import Box, Scroll, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import MarkRow, Tick
from ui.widgets.labels import Label, WrapLabel
from ui.widgets.marked import MarkedLabel
from ui.widgets.signs import EmptyState, Pill

TOGETHER = timedelta(minutes=5)
"""Edits of one field of words that follow each other within this time stand as one."""
SHOWN_AT_ONCE = 30


def together(entries: Sequence[HistoryEntry]) -> tuple[HistoryEntry, ...]:
    """Join edits of one field of words that follow each other closely; `entries` and the result are newest first."""
    joined: list[HistoryEntry] = []
    oldest: datetime | None = None
    for entry in entries:
        words = entry.field == "note" or entry.field.startswith("comment:")
        last = joined[-1] if joined else None
        if words and last is not None and oldest and last.field == entry.field and oldest - entry.at <= TOGETHER:
            joined[-1] = replace(last, old=entry.old)
        else:
            joined.append(entry)
        oldest = entry.at
    return tuple(joined)


def told_time(at: datetime) -> str:
    """Return day and time of an edit as the laptop's clock had them, to the second."""
    here = at.astimezone()
    language = current_language()
    clock = f"{here:%H:%M:%S} น." if language == "th" else f"{here:%H:%M:%S}"
    return f"{format_date(here, language, 'short')} {clock}"


class EntryCard(Box):
    """One edit: its time and field, what changed, and the button that gives its value again."""

    def __init__(self, entry: HistoryEntry, names: Names, desk: SheetDesk, *, current: bool) -> None:
        """Show `entry`; `current` is the value that the field has now."""
        note = entry.field == "note"
        super().__init__("note" if note else "sunk", margins=(12, 6, 8, 8), gap=3)
        what = field_words(names.item.code, entry.field)
        what = what[:1].upper() + what[1:]
        time = told_time(entry.at)
        head = row(gap=8)
        head.add(WrapLabel(what, "small", 600), stretch=1)
        if note:
            head.add(Pill(_("only here"), "idle", "lock"), align=Qt.AlignmentFlag.AlignTop)
        self.add(head)
        self.button: Button | None = None
        foot = row(Label(time, "micro", 400, "text2"), None, gap=8)
        lines = lines_of(entry, names) or ((),)
        for line in lines:
            if line:
                self.add(MarkedLabel(line))
            else:
                self.add(WrapLabel(_("empty"), "small", 400, "text2"))
        if current:
            foot.add(Pill(_("value now"), "ok", "ok"))
        elif desk.judges(names.item.code):
            said = _("Use the value of {time} again: {what}").format(time=time, what=what)
            self.button = Button(_("Use this value"), f"restore-{entry.number}", "quiet", "history", said=said)
            self.button.clicked.connect(lambda: desk.restore(entry.number))
            foot.add(self.button)
        self.add(foot)


class HistoryPane(SidePane):
    """Every edit of the open item, newest first."""

    icon = "history"

    def __init__(self, desk: SheetDesk) -> None:
        """Read from `desk`."""
        super().__init__("history-pane")
        self._desk = desk
        self._item: Item | None = None
        self._entries: tuple[HistoryEntry, ...] = ()
        self._shown: tuple[object, ...] | None = None
        self._most = SHOWN_AT_ONCE
        self._cards: list[EntryCard] = []
        self._wants_focus = False
        self.each = Tick("history-each", _("Show every single edit"))
        self.each.clicked.connect(self._fill)
        self._list = Box(gap=8)
        self._scroll = Scroll(self._list, "history-scroll")
        self.add(MarkRow(self.each, _("Show every single edit"), size="small"))
        self.add(self._scroll, stretch=1)

    def title(self) -> str:
        """Return the words on top."""
        return _("History of item {item}").format(item=self._item.code if self._item else "")

    def show_item(self, item: Item) -> None:
        """Read the history of another item."""
        if self._item is None or item.code != self._item.code:
            self._item, self._most, self._entries = item, SHOWN_AT_ONCE, ()
            self.refresh()

    def refresh(self) -> None:
        """Read the history again."""
        if self._item is not None:
            code = self._item.code
            self._desk.history(code, lambda entries: self._take(code, entries))

    def _take(self, item: str, entries: tuple[HistoryEntry, ...]) -> None:
        if isValid(self) and self._item is not None and item == self._item.code:
            self._entries = entries
            self._fill()

    def _fill(self) -> None:
        if self._item is None:
            return
        entries = self._entries if self.each.isChecked() else together(self._entries)
        shown = (self._item.code, entries, self._most)
        if shown == self._shown:
            return
        self._shown = shown
        focused = QApplication.focusWidget()
        refocus = self._wants_focus or (focused is not None and self._list.isAncestorOf(focused))
        self._list.clear()
        names = Names(self._item, {paper.digest: paper.name for paper in self._desk.papers})
        newest: set[str] = set()
        self._cards = []
        for entry in entries[: self._most]:
            self._cards.append(EntryCard(entry, names, self._desk, current=entry.field not in newest))
            newest.add(entry.field)
        self._list.add(*self._cards)
        if not entries:
            self._list.add(EmptyState("history", _("Nothing was written or ticked on this item yet.")), stretch=1)
        if len(entries) > self._most:
            more = Button(
                _("Show {n} earlier ones").format(n=len(entries) - self._most), "history-more", "quiet", "down"
            )
            more.clicked.connect(self._show_more)
            self._list.add(more)
        self._list.body.addStretch(1)
        if refocus:
            self.focus_first()

    def _show_more(self) -> None:
        self._most += SHOWN_AT_ONCE
        self._fill()

    def _buttons(self) -> list[Button]:
        return [card.button for card in self._cards if card.button is not None]

    def focus_first(self) -> None:
        """Put the cursor on the first value that can be had again."""
        buttons = self._buttons()
        self._wants_focus = self._shown is None
        (buttons[0] if buttons else self.each).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from value to value with the arrows."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        buttons = self._buttons()
        if step is None or not buttons:
            super().keyPressEvent(event)
            return
        focused = QApplication.focusWidget()
        here = buttons.index(focused) if focused in buttons else (-1 if step > 0 else 0)
        button = buttons[max(0, min(len(buttons) - 1, here + step))]
        button.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(button, 0, theme.px(120))
