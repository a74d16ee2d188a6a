# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""How long the window is deaf after a key: typing a long Thai comment on the scoring screen, with autosave running."""

import math
import os
import time
from pathlib import Path

from children import in_child

_KEYS = 600
_WORDS = "หน่วยงานถ่ายทอดวิสัยทัศน์และพันธกิจสู่บุคลากรทุกระดับอย่างเป็นระบบ "


def measure() -> dict[str, object]:
    """Return the 99th percentile, in milliseconds, of the time from a key to an idle window."""
    return {"typing_block_p99_ms": round(in_child("typing_thai", "type_on_screen")["seconds"] * 1000, 2)}


def type_on_screen(_home: Path) -> float:
    """Type into the comment field of a real sheet and return the 99th percentile in seconds."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    from ui.shots import SCENES, stage
    from ui.widgets.inputs import Writing

    scene = next(scene for scene in SCENES if scene.name == "scoring-comments")
    took = []
    with stage() as made:
        screen = made.play(scene)
        field = next(one for one in screen.findChildren(Writing) if one.isVisible())
        field.setFocus()
        before = len(field.toPlainText())
        for number in range(_KEYS):
            letter = _WORDS[number % len(_WORDS)]
            began = time.perf_counter()
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
            QApplication.processEvents()
            took.append(time.perf_counter() - began)
        made.shell.tasks.finish()
        if len(field.toPlainText()) != before + _KEYS:
            raise RuntimeError("the field did not take what was typed")
    return sorted(took)[math.ceil(len(took) * 0.99) - 1]
