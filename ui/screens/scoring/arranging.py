# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The entries of an item one by one: sorted, moved to another kind, parted, joined, left out; all can be undone."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy

from pmqa_desktop.domain.answers import COMMENT_KINDS
from pmqa_desktop.domain.criteria import Item
from pmqa_desktop.services.evaluation.sheets import KIND_WORDS, parted
from pmqa_desktop.text import _
from ui import shortcuts, theme
from ui.screens.scoring import entries
from ui.screens.scoring.desk import SheetDesk
from ui.screens.scoring.drawer import SidePane
from ui.screens.scoring.entries import At, Texts
from ui.screens.scoring.writing import SheetWriting
from ui.widgets.boxes import Box, Scroll, row
from ui.widgets.buttons import Button
from ui.widgets.labels import Label, WrapLabel

_ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
Act = Callable[[], object]


class EntryField(SheetWriting):
    """The words of one entry while they are changed; Esc and leaving the field end it."""

    ended = Signal()

    def event(self, event: QEvent) -> bool:
        """Take Esc for the end of writing before the drawer takes it for closing."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and Qt.Key(event.key()) is Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End with Esc."""
        if Qt.Key(event.key()) is Qt.Key.Key_Escape:
            self.ended.emit()
        else:
            super().keyPressEvent(event)


class EntryCard(Box):
    """One entry: a card that takes the cursor; its keys are told as `pressed`."""

    focused = Signal(object)
    pressed = Signal(object)

    def __init__(self, at: At, text: str, said: str) -> None:
        """Show `text`, the entry at `at`."""
        super().__init__("sunk", across=True, margins=(10, 6, 10, 6), gap=8)
        self.at = at
        self.setObjectName(f"entry-{at[0]}-{at[1] + 1}")
        self.setAccessibleName(said)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.label = WrapLabel(text, "small")
        self.add(Label(str(at[1] + 1), "small", 600, "text2"), align=Qt.AlignmentFlag.AlignTop)
        self.add(self.label, stretch=1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that this is the entry at hand."""
        super().focusInEvent(event)
        self.focused.emit(self.at)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand every key on; what nobody takes goes its usual way."""
        event.ignore()
        self.pressed.emit(event)
        if not event.isAccepted():
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the words for writing, as Enter does."""
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
        self.pressed.emit(key)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, with a ring while it has the cursor."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("focus"), 3))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 5, 5)


class EntriesPane(SidePane):
    """All entries of the open item by kind, and what can be done with the one at hand."""

    icon = "list"

    def __init__(self, desk: SheetDesk, *, small: bool = False) -> None:
        """Work on `desk`; in a `small` window the buttons are signs in one row."""
        super().__init__("entries-pane")
        self._small = small
        self._desk = desk
        self._item: Item | None = None
        self._at: At = ("strength", 0)
        self._shown: tuple[object, ...] | None = None
        self.cards: dict[At, EntryCard] = {}
        self._field: EntryField | None = None
        self._list = Box(gap=6)
        self._scroll = Scroll(self._list, "entries-scroll")
        hint = WrapLabel(_("Write in the comment fields as always: a blank line begins a new entry. Here entries are "
                           "put in order."), "micro", 400, "text2")  # fmt: skip
        if not small:
            self.add(hint)
        self.add(self._scroll, stretch=1)
        self.add(self._build_tools())

    def _build_tools(self) -> Box:
        acts: tuple[tuple[str, str, str, str, Act], ...] = (
            (_("Up"), "up", "entry-up", "Alt+Shift+↑", lambda: self._shift(-1)),
            (_("Down"), "down", "entry-down", "Alt+Shift+↓", lambda: self._shift(1)),
            (_("Write / split"), "pen", "entry-edit", "Enter", self._edit),
            (_("Kind before"), "left", "entry-kind-before", "Alt+Shift+←", lambda: self._turn(-1)),
            (_("Kind after"), "right", "entry-kind-after", "Alt+Shift+→", lambda: self._turn(1)),
            (_("Join with next"), "plus", "entry-join", "Ctrl+J", self._join),
            (_("Delete"), "cross", "entry-delete", "Del", self._delete),
        )
        box = Box(gap=0)
        grid = QGridLayout()
        grid.setSpacing(theme.px(4))
        box.body.addLayout(grid)
        self.tools: dict[str, Button] = {}
        for place, (words, icon, name, key, act) in enumerate(acts):
            told = _("{what} ({key})").format(what=words, key=key)
            button = Button("" if self._small else words, name, "", icon, tip=told, said=told, size="tool")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _on=False, act=act: act())
            self.tools[name] = button
            columns = len(acts) if self._small else 3
            grid.addWidget(button, place // columns, place % columns)
        return box

    def title(self) -> str:
        """Return the words on top."""
        return _("Entries of item {item}").format(item=self._item.code if self._item else "")

    def show_item(self, item: Item) -> None:
        """Show the entries of another item."""
        if self._item is None or item.code != self._item.code:
            self._end()
            self._item, self._at = item, ("strength", 0)
            self.refresh()

    def texts(self) -> Texts:
        """Return the entries as they stand on the desk."""
        code = self._item.code if self._item else ""
        return {kind: parted(self._desk.comment(code, kind)) for kind in COMMENT_KINDS}

    def refresh(self) -> None:
        """Show the entries as they stand on the desk; not while one of them is written."""
        if self._item is None or self._field is not None:
            return
        texts = self.texts()
        shown = (self._item.code, *texts.values())
        if shown == self._shown:
            return
        self._shown = shown
        had_focus = any(card.hasFocus() for card in self.cards.values())
        for card in self.cards.values():
            # on its way out a card hands the cursor to its neighbour, which is not the entry at hand
            card.blockSignals(True)
        self._list.clear()
        self.cards = {}
        for kind, several in texts.items():
            words = _(KIND_WORDS[kind])
            count = Label(str(len(several)) if several else "–", "small", 600, "text2")
            self._list.add(row(Label(words, "small", 600, "primary"), None, count))
            for number, text in enumerate(several):
                said = _("{kind} {n} of {of}: {text}").format(kind=words, n=number + 1, of=len(several), text=text)
                card = EntryCard((kind, number), text, said)
                card.focused.connect(self._take)
                card.pressed.connect(self._press)
                self.cards[kind, number] = card
                self._list.add(card)
        self._list.body.addStretch(1)
        self._show_tools()
        if had_focus:
            self._focus()

    def _take(self, at: At) -> None:
        self._at = at
        self._show_tools()
        self._scroll.ensureWidgetVisible(self.cards[at], 0, theme.px(40))

    def _show_tools(self) -> None:
        there = self._at in self.cards and self._item is not None and self._desk.judges(self._item.code)
        texts, at = self.texts(), self._at
        place = COMMENT_KINDS.index(at[0])
        able = {
            "entry-up": at[1] > 0,
            "entry-down": at[1] + 1 < len(texts[at[0]]),
            "entry-join": at[1] + 1 < len(texts[at[0]]),
            "entry-kind-before": place > 0,
            "entry-kind-after": place + 1 < len(COMMENT_KINDS),
        }
        for name, button in self.tools.items():
            button.setEnabled(there and able.get(name, True))

    def focus_first(self) -> None:
        """Put the cursor on the entry at hand, else on the first."""
        self._focus()

    def _focus(self) -> None:
        card = self.cards.get(self._at) or next(iter(self.cards.values()), None)
        if card is not None:
            card.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ---- acts -----------------------------------------------------------------------------------

    def _press(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        held = _ALT_SHIFT if shortcuts.moves(event) else event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        none, control = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
        acts: dict[tuple[Qt.Key, Qt.KeyboardModifier], Act] = {
            (Qt.Key.Key_Up, none): lambda: self._step(-1),
            (Qt.Key.Key_Down, none): lambda: self._step(1),
            (Qt.Key.Key_Up, _ALT_SHIFT): lambda: self._shift(-1),
            (Qt.Key.Key_Down, _ALT_SHIFT): lambda: self._shift(1),
            (Qt.Key.Key_Left, _ALT_SHIFT): lambda: self._turn(-1),
            (Qt.Key.Key_Right, _ALT_SHIFT): lambda: self._turn(1),
            (Qt.Key.Key_J, control): self._join,
            (Qt.Key.Key_Delete, none): self._delete,
            (Qt.Key.Key_Return, none): self._edit,
            (Qt.Key.Key_Enter, none): self._edit,
            (Qt.Key.Key_F2, none): self._edit,
        }
        act = acts.get((key, held))
        if act is not None:
            event.accept()
            act()

    def _step(self, step: int) -> None:
        order = list(self.cards)
        if self._at in order:
            self._at = order[max(0, min(len(order) - 1, order.index(self._at) + step))]
        self._focus()

    def _shift(self, step: int) -> None:
        self._do(entries.shifted(self.texts(), self._at, step))

    def _turn(self, step: int) -> None:
        place = COMMENT_KINDS.index(self._at[0]) + step
        if 0 <= place < len(COMMENT_KINDS):
            self._do(entries.turned_into(self.texts(), self._at, COMMENT_KINDS[place]))

    def _join(self) -> None:
        self._do(entries.merged(self.texts(), self._at))

    def _delete(self) -> None:
        self._do(entries.without(self.texts(), self._at))

    def _do(self, change: tuple[Texts, At] | None) -> None:
        """Carry one change out; the cursor follows the entry."""
        if change is None or self._at not in self.cards or self._item is None:
            return
        if self._desk.judges(self._item.code):
            texts, self._at = change
            self._desk.set_entries(self._item.code, texts)
            self.refresh()
            self._focus()

    # ---- writing one ----------------------------------------------------------------------------

    def _edit(self) -> None:
        card = self.cards.get(self._at)
        if card is None or self._item is None or not self._desk.judges(self._item.code):
            return
        said = _("Words of this entry; a blank line parts it, Esc ends")
        field = EntryField("entry-words", said, card.label.plain(), _("Empty: the entry is deleted"))
        field.setFixedHeight(theme.px(150))
        field.ended.connect(self._end)
        field.left.connect(self._end)
        card.label.hide()
        card.add(field, stretch=1)
        self._field = field
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _end(self) -> None:
        field, self._field = self._field, None
        if field is None or self._item is None:
            return
        had_focus = field.hasFocus()
        texts = self.texts()
        text = field.toPlainText()
        if parted(text) != (texts[self._at[0]][self._at[1]],):
            change, self._at = entries.rewritten(texts, self._at, text)
            self._desk.set_entries(self._item.code, change)
        self._shown = None
        self.refresh()
        if had_focus:
            self._focus()
