# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Keys of the window. They are bound by key code, so that they work with the Thai keyboard layout too."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

TEXT_LARGER = ("Ctrl++", "Ctrl+=")
TEXT_SMALLER = ("Ctrl+-",)
TEXT_NORMAL = ("Ctrl+0",)
HELP = ("F1",)
NEXT_TAB = ("Ctrl+Tab",)
NEXT_ITEM = ("Alt+Down", "Ctrl+Return")
PREVIOUS_ITEM = ("Alt+Up",)
LINK_PAGE = ("Ctrl+L",)
NEXT_PANE = ("F6",)
PREVIOUS_PANE = ("Shift+F6",)
NEXT_MISSING = ("F8",)
FIND = ("Ctrl+F",)
FIND_NEXT = ("F3",)
FIND_PREVIOUS = ("Shift+F3",)
MARK_FOUND = ("Ctrl+M",)
SAVE = ("Ctrl+S",)
UNDO = ("Ctrl+Z",)
REDO = ("Ctrl+Y", "Ctrl+Shift+Z")
SIDES: dict[Literal["", "find", "history", "entries", "remarks"], tuple[str, ...]] = {
    "find": ("Ctrl+Shift+F",),
    "history": ("Ctrl+H",),
    "entries": ("Ctrl+E",),
    "remarks": ("Ctrl+M",),
}
"""What opens beside the editor of a sheet."""


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
