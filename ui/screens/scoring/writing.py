# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Where words of the sheet are typed: plain, cleaned when pasted, undone by the sheet's own undo, entries told apart.

Qt's undo of a text field knows nothing of ticks and pages, forgets all at a restart, and would be a second history
beside that of the sheet. So there is one: an act of typing ends with a pause, a new line, a paste, or by leaving the
field, and Ctrl+Z takes back the last act wherever it was made.
"""

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QTextCursor

from pmqa_desktop.domain.plaintext import clean, removed_by_cleaning
from ui import shortcuts, theme
from ui.widgets.inputs import Writing
from ui.widgets.marked import qt_length

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class SheetWriting(Writing):
    """A field of the sheet.

    `act_ended` asks for the words to be saved as one act; `move_asked` for the entry at the cursor to go up (-1) or
    down (1); `pasted_clean` tells what a pasted text lost.
    """

    act_ended = Signal()
    move_asked = Signal(int)
    pasted_clean = Signal(object)

    def __init__(self, name: str, said: str, text: str = "", hint: str = "", kind: str = "") -> None:
        """Start with `text`; the arguments are those of `Writing`."""
        super().__init__(name, said, text, hint, kind)
        self.setUndoRedoEnabled(False)
        self._parts = kind != "note"

    def show_text(self, text: str) -> None:
        """Show another text; only what differs is exchanged, and the cursor stands behind it."""
        now = self.toPlainText()
        if now == text:
            return
        same = _same_start(now, text)
        tail = _same_start(now[same:][::-1], text[same:][::-1])
        self.select(same, len(now) - tail - same)
        cursor = self.textCursor()
        cursor.insertText(text[same : len(text) - tail])
        self.setTextCursor(cursor)

    def select(self, start: int, length: int) -> None:
        """Select a stretch, counted in characters, and bring it into view."""
        text = self.toPlainText()
        cursor = self.textCursor()
        cursor.setPosition(qt_length(text[:start]))
        cursor.setPosition(qt_length(text[: start + length]), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def place(self) -> int:
        """Return how many characters stand before the cursor."""
        before = self.textCursor()
        before.setPosition(0, QTextCursor.MoveMode.KeepAnchor)
        return len(before.selectedText())

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the sheet: the field would take their keys for itself."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _steps(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move an entry with an arrow (see `shortcuts.moves`); end an act of typing with a new line."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and shortcuts.moves(event):
            self.move_asked.emit(step)
            return
        super().keyPressEvent(event)
        if Qt.Key(event.key()) in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.act_ended.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take a pasted or dropped text in the form that may be signed, as an act of its own."""
        if not source.hasText() or self.isReadOnly():
            return
        text = source.text()
        self.act_ended.emit()
        self.textCursor().insertText(clean(text))
        self.ensureCursorVisible()
        self.act_ended.emit()
        if (removed := removed_by_cleaning(text)).anything:
            self.pasted_clean.emit(removed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a dashed line in every blank line: that is where the next entry begins."""
        super().paintEvent(event)
        if not self._parts:
            return
        painter = QPainter(self.viewport())
        painter.setPen(QPen(theme.colour("edge"), 1, Qt.PenStyle.DashLine))
        block = self.firstVisibleBlock()
        bottom = self.viewport().height()
        while block.isValid():
            area = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if area.top() > bottom:
                break
            if not block.text().strip() and block.previous().text().strip() and block.next().isValid():
                middle = round(area.center().y())
                painter.drawLine(theme.px(2), middle, self.viewport().width() - theme.px(8), middle)
            block = block.next()


def _steps(event: QKeyEvent) -> bool:
    return is_undo(event) or is_redo(event)


def is_undo(event: QKeyEvent) -> bool:
    """Tell whether this is the key to undo."""
    return event.matches(QKeySequence.StandardKey.Undo)


def is_redo(event: QKeyEvent) -> bool:
    """Tell whether this is one of the two ways to redo; a platform's own list knows only one of them."""
    if event.matches(QKeySequence.StandardKey.Redo):
        return True
    control = Qt.KeyboardModifier.ControlModifier
    shift = Qt.KeyboardModifier.ShiftModifier
    pressed = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return pressed in ((Qt.Key.Key_Y, control), (Qt.Key.Key_Z, control | shift))


def _same_start(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their start."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count
