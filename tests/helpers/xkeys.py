# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A real X server and real keys: what Qt's own test events leave out, such as the layout and the platform's habits.

Run as a program it shows one field of each kind on the display it is given, presses the keys of its arguments one by
one, and prints as JSON what stands in the fields and what the line below the passphrase tells.
"""

import ctypes
import ctypes.util
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

NEEDED = ("Xvfb", "setxkbmap")
LAYOUTS = {"us": 0, "th": 1}
CODES = {"Control": 37, "Shift": 50, "k": 45, "u": 30, "d": 40, "e": 26, "a": 38, "m": 58, "Home": 110}
"""Key codes of a PC keyboard as X counts them."""
_CORE_KEYBOARD = 0x100


def able() -> bool:
    """Tell whether this machine has an X server without a screen, and the means to press its keys."""
    return all(map(shutil.which, NEEDED)) and bool(ctypes.util.find_library("Xtst"))


@contextmanager
def display() -> Iterator[str]:
    """Give a display of one's own with the English and the Thai layout."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout is not None
            name = f":{server.stdout.readline().strip()}"
            subprocess.run(["setxkbmap", "-display", name, "-layout", "us,th"], check=True)
            yield name
        finally:
            server.terminate()


class Keyboard:
    """Presses keys of the display that the environment names."""

    def __init__(self) -> None:
        """Open the display."""
        self._x: Any = ctypes.CDLL("libX11.so.6")
        self._test: Any = ctypes.CDLL(ctypes.util.find_library("Xtst"))
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(None))

    def choose(self, layout: str) -> None:
        """Change the layout."""
        self._x.XkbLockGroup(self._display, _CORE_KEYBOARD, LAYOUTS[layout])
        self._x.XSync(self._display, 0)

    def press(self, keys: str) -> int:
        """Press keys together, such as `Control+k`; return how many."""
        codes = [CODES[one] for one in keys.split("+")]
        for code, down in [*((code, 1) for code in codes), *((code, 0) for code in reversed(codes))]:
            self._test.XTestFakeKeyEvent(self._display, code, down, 0)
        self._x.XSync(self._display, 0)
        return len(codes)


def main(acts: list[str]) -> None:
    """Do `acts`: a layout, the name of a field to go to, or keys."""
    from PySide6.QtCore import QEvent, QEventLoop, QObject
    from PySide6.QtWidgets import QApplication

    from ui.widgets.boxes import column
    from ui.widgets.inputs import Field, Writing
    from ui.widgets.passphrase import PassphraseEntry

    class Releases(QObject):
        """Counts the keys that the window was told of."""

        count = 0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            self.count += watched.isWindowType() and event.type() is QEvent.Type.KeyRelease
            return False

    app = QApplication([])
    secret = PassphraseEntry("secret", "")
    fields = {"line": Field("line", "", "ABC"), "lines": Writing("lines", "", "ABC"), "secret": secret.field}
    window = column(fields["line"], fields["lines"], secret)
    window.show()
    window.activateWindow()
    more = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
    while not window.isActiveWindow():
        app.processEvents(more)
    seen, keyboard = Releases(), Keyboard()
    app.installEventFilter(seen)
    for act in acts:
        if act in LAYOUTS:
            keyboard.choose(act)
        elif act in fields:
            fields[act].setFocus()
        else:
            awaited = seen.count + keyboard.press(act)
            while seen.count < awaited:
                app.processEvents(more)
    texts = {"line": fields["line"].text(), "lines": fields["lines"].toPlainText(), "secret": secret.value()}
    sys.stdout.write(json.dumps({**texts, "hint": secret.hint.plain()}))


if __name__ == "__main__":
    main(sys.argv[1:])
