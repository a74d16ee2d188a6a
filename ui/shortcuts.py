# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Keys of the window, in whatever layout the keyboard is.

Letters are found by Qt, which looks under a Thai letter for the Latin one of the same key. Digits are not: on the Thai
layout the key of the 3 gives a minus, which is a key of its own here. So `DigitKeys` goes by the place of the key.
"""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

TEXT_LARGER = ("Ctrl++", "Ctrl+=")
TEXT_SMALLER = ("Ctrl+-",)
TEXT_NORMAL = ("Ctrl+0",)
HELP = ("F1",)
SAVE_HELP = ("Ctrl+P",)
NEXT_TAB = ("Ctrl+Tab",)
NEXT_ITEM = ("Alt+Down", "Ctrl+Return")
PREVIOUS_ITEM = ("Alt+Up",)
LINK_PAGE = ("Ctrl+L",)
NEXT_PANE = ("F6",)
PREVIOUS_PANE = ("Shift+F6",)
NEXT_MISSING = ("F8",)
WRITE_LARGE = ("F4",)
FIND = ("Ctrl+F",)
FIND_NEXT = ("F3",)
FIND_PREVIOUS = ("Shift+F3",)
MARK_FOUND = ("Ctrl+K",)
SAVE = ("Ctrl+S",)
UNDO = ("Ctrl+Z",)
REDO = ("Ctrl+Y", "Ctrl+Shift+Z")
SIDES: dict[Literal["", "find", "history", "entries", "remarks"], tuple[str, ...]] = {
    "find": ("Ctrl+Shift+F",),
    "history": ("Ctrl+H",),
    "entries": ("Ctrl+E",),
    "remarks": ("Ctrl+R",),
}
"""What opens beside the editor of a sheet."""


def moves(event: QKeyEvent) -> bool:
    """Tell whether an arrow with these modifiers moves an entry: Alt+Shift, or Ctrl+Shift.

    There are two because on many Thai desktops Alt+Shift changes the keyboard's language and never arrives.
    """
    held = Qt.KeyboardModifier
    pressed = event.modifiers() & ~held.KeypadModifier
    return pressed in (held.AltModifier | held.ShiftModifier, held.ControlModifier | held.ShiftModifier)


def is_line_key(event: QEvent) -> bool:
    """Tell whether this is a key by which fields on X11 delete, or jump, as an old terminal does.

    There Ctrl+K and Ctrl+U delete the line and Ctrl+D a letter, which nobody here expects: K and E are keys of the
    window. A field that leaves them alone loses no words.
    """
    kinds = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
    if not isinstance(event, QKeyEvent) or event.type() not in kinds:
        return False
    letters = (Qt.Key.Key_K, Qt.Key.Key_U, Qt.Key.Key_D, Qt.Key.Key_E)
    return event.modifiers() == Qt.KeyboardModifier.ControlModifier and Qt.Key(event.key()) in letters


def bind(
    owner: QWidget,
    keys: tuple[str, ...],
    act: Callable[[], object],
    context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> None:
    """Let each of `keys` call `act` while `owner`'s window (or, by `context`, `owner`) has the focus."""
    for key in keys:
        shortcut = QShortcut(QKeySequence(key), owner)
        shortcut.setContext(context)
        shortcut.activated.connect(act)


FIRST_DIGIT: dict[str, int] = {"xcb": 10, "wayland": 10, "windows": 2}
"""The scan code of the key of the 1 by Qt's platform; those of 2 to 9 follow it."""


class DigitKeys(QObject):
    """Watches a window's keys: Ctrl and a digit's key are that shortcut, whatever the layout prints on the key."""

    def __init__(self, owner: QWidget, first: int) -> None:
        """Serve the shortcuts bound in `owner` and below; `first` is the scan code of the key of the 1."""
        super().__init__(owner)
        self._owner, self._first = owner, first

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the key from meaning its sign, then do what its digit is bound to."""
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        shortcut = self._bound(event)
        if shortcut is None:
            return super().eventFilter(watched, event)
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            shortcut.activated.emit()
        return True

    def _bound(self, event: QKeyEvent) -> QShortcut | None:
        digit = event.nativeScanCode() - self._first + 1
        pressed = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift = pressed == Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if not 1 <= digit <= 9 or not (shift or pressed == Qt.KeyboardModifier.ControlModifier):
            return None
        wanted = QKeySequence(f"Ctrl+Shift+{digit}" if shift else f"Ctrl+{digit}")
        for shortcut in self._owner.findChildren(QShortcut):
            place = shortcut.parent()
            if shortcut.key() == wanted and shortcut.isEnabled() and isinstance(place, QWidget) and place.isVisible():
                return shortcut
        return None
