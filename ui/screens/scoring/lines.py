# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Lines of the sheet to type into: saved after a pause and when left, undone by the sheet's own undo.

An act of typing ends with a pause, with Enter, or by leaving the field, as in the fields of words (see `writing`).
What cannot be saved, such as letters for a number, is no act: there Ctrl+Z brings the saved value back.
"""

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from pmqa_desktop.domain.criteria import decimal
from pmqa_desktop.domain.plaintext import clean
from pmqa_desktop.errors import Expected
from pmqa_desktop.text import _
from ui import theme
from ui.screens.scoring.desk import PAUSE_MS
from ui.screens.scoring.writing import is_redo, is_undo
from ui.widgets.inputs import Field

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


class SheetField(Field):
    """One line of the sheet; `accepted` is emitted when its value became another one."""

    accepted = Signal()

    def __init__(self, name: str, said: str, text: str = "", hint: str = "", *, limit: int = 500) -> None:
        """Start with the saved `text`; the arguments are those of `Field`."""
        super().__init__(name, said, text, hint, limit=limit)
        self.saved = text
        """The value that was taken over last."""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.commit)
        self.textEdited.connect(self._pause.start)
        self.editingFinished.connect(self.commit)

    def value(self) -> str:
        """Return what stands in the field, in the form that may be signed."""
        return clean(self.text()).strip()

    def is_valid(self) -> bool:
        """Tell whether what stands in the field can be saved."""
        return True

    def commit(self) -> None:
        """Take over what was typed."""
        self._pause.stop()
        if self.is_valid() and self.value() != self.saved:
            self.saved = self.value()
            self.accepted.emit()

    def show_saved(self, value: str) -> bool:
        """Show what the sheet holds now, if that is another value; what is being typed stays otherwise."""
        if value == self.saved:
            return False
        self.saved = value
        self._show()
        return True

    def _show(self) -> None:
        self._pause.stop()
        self.setText(self.saved)
        self.set_need(False)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the sheet, once it has what was typed; a field's own undo knows nothing of it."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if is_undo(event) and not self.is_valid():
                event.accept()
                return True
            if is_undo(event) or is_redo(event):
                self.commit()
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Bring the saved value back in place of one that cannot be saved."""
        if is_undo(event):
            self._show()
        else:
            super().keyPressEvent(event)


class NotYetField(Field):
    """A line that becomes part of the sheet only by a button: its typing is undone in it first, then the sheet's."""

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the sheet where the field itself has nothing to take back or do again."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undone = is_undo(event) and not self.isUndoAvailable()
            if undone or (is_redo(event) and not self.isRedoAvailable()):
                event.ignore()
                return False
        return super().event(event)


class NumberField(SheetField):
    """A decimal; a text that is none gets the dashed edge and is not taken over."""

    def __init__(self, name: str, said: str, text: str, hint: str = "", *, whole: bool = False) -> None:
        """Start with `text`; `whole` takes no decimals."""
        super().__init__(name, said, text, hint, limit=24)
        self._whole = whole
        self.setFixedWidth(theme.px(92))
        self.editingFinished.connect(self._mark)
        self.textEdited.connect(lambda: self.set_need(False))

    def value(self) -> str:
        """Return the decimal with a dot; empty when there is none or it is not valid."""
        text = self.text().strip().replace(",", "").translate(_THAI_DIGITS)
        return text if (text.isdigit() if self._whole else text and is_decimal(text)) else ""

    def is_valid(self) -> bool:
        """Tell whether the field holds a decimal, or nothing."""
        return not self.text().strip() or bool(self.value())

    def _mark(self) -> None:
        bad = not self.is_valid()
        self.set_need(bad)
        self.setToolTip(_("Write a number such as 85 or 85.5") if bad else "")


def is_decimal(text: str) -> bool:
    """Tell whether a text is a decimal that can be signed, such as `85` or `-0.5`."""
    try:
        decimal(text)
    except Expected:
        return False
    return True


def commit_focused() -> None:
    """Take over what was typed into the line that has the cursor: all others did when it left them."""
    focused = QApplication.focusWidget()
    if isinstance(focused, SheetField):
        focused.commit()
