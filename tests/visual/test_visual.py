# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Every screen in both languages, in four appearances: no words cut off, the bundled font everywhere, no stray window.

Here each screen is looked at in one or two of them in Thai and in the others in English, by turns;
`dev.py check --deep` looks at all. The pictures themselves are for the eye: `dev.py shots`.
"""

import os
import shutil
from contextlib import closing

import pytest
from PySide6.QtCore import QCoreApplication, QElapsedTimer, Qt
from PySide6.QtGui import QFontInfo, QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPushButton, QWidget

from ui import theme
from ui.shots import CLIENT, LAST_SCENES, SCENES, Look, Stage, settle


def _faults(window):
    faults = [f"stray window {one.objectName()}" for one in QApplication.topLevelWidgets()
              if one.isVisible() and one is not window]  # fmt: skip
    wider = window.screen_now.isVisible() and window.screen_now.width() > window.width()
    faults += [f"more than the window: {window.screen_now.width()}"] * wider
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.width() > 0:
            faults += _clipped(widget) + _foreign_font(widget)
    return faults


def _lasting_faults(window, patience_ms=3000):
    """Return what stays cut off once all layouts have settled, which a loaded machine may take a while for."""
    timer = QElapsedTimer()
    timer.start()
    while (faults := _faults(window)) and timer.elapsed() < patience_ms:
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents()
    return faults


def _clipped(widget):
    words, room = _words_and_room(widget)
    if not words:
        return []
    metrics = QFontMetrics(widget.font())
    name = f"{type(widget).__name__} {widget.objectName()} {words[:40]!r}"
    faults = []
    wraps = isinstance(widget, QLabel) and widget.wordWrap()
    if wraps:
        if widget.height() < widget.heightForWidth(widget.width()):
            faults.append(f"{name}: {widget.height()} high of {widget.heightForWidth(widget.width())}")
    elif metrics.horizontalAdvance(words) > room:
        faults.append(f"{name}: {room} wide of {metrics.horizontalAdvance(words)}")
    if widget.height() < metrics.height() - 1 and any(letter.isalpha() for letter in words):
        faults.append(f"{name}: {widget.height()} high, the font needs {metrics.height()}")
    return faults


def _words_and_room(widget):
    if isinstance(widget, QLabel):
        return widget.text(), widget.contentsRect().width()
    if isinstance(widget, QPushButton):
        icon = widget.iconSize().width() + 4 if not widget.icon().isNull() else 0
        return widget.text().replace("&", ""), widget.width() - icon - 2
    if isinstance(widget, QLineEdit) and not widget.text():
        return widget.placeholderText(), widget.width() - 2 * theme.px(9)
    return "", 0


def _foreign_font(widget):
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        family = QFontInfo(widget.font()).family()
        if not family.startswith(theme.FAMILY):
            return [f"{widget.objectName()} is set in {family}"]
    return []


DEEP = os.environ.get("PMQA_HYPOTHESIS") == "deep"
SMALLEST = (1280, 689)
"""What a window of 1280 by 720 leaves inside."""


def _at_smallest(made):
    made.shell.window.resize(*SMALLEST)
    yield
    made.shell.window.resize(*CLIENT)


def _at_largest_text(made):
    made.shell.window.set_scale(200)
    yield
    made.shell.window.set_scale(150)


APPEARANCES = ((100, False, _at_smallest), (150, True, _at_largest_text))
"""Text size in percent, dark or light, and how else each scene is looked at once it is played."""


def _chosen(scenes, language, appearance):
    """Return the scenes to look at in this language and appearance."""
    turn = (language == "en") ^ (appearance is APPEARANCES[1])
    return scenes if DEEP else scenes[turn::2]


@pytest.mark.parametrize("language", ["th", "en"])
def test_no_words_are_cut_off_on_any_screen(qapp, language, home, practice_round):
    shutil.copytree(practice_round, home / "practice" / "round")
    found = {}
    with closing(Stage(home, quick=True)) as made:
        window = made.shell.window
        for scenes in (SCENES, LAST_SCENES):
            for appearance in APPEARANCES:
                percent, dark, otherwise = appearance
                made.look(Look(language, percent, dark=dark))
                for place, scene in enumerate(_chosen(scenes, language, appearance)):
                    made.play(scene)
                    if faults := _lasting_faults(window):
                        found[scene.name, percent] = faults
                    for _changed in otherwise(made) if DEEP or place % 2 else ():
                        settle(made.shell, 1)
                        if faults := _lasting_faults(window):
                            found[scene.name, otherwise.__name__] = faults

    assert found == {}


def test_thai_marks_fit_the_line_of_the_bundled_font(qapp):
    theme.load_fonts()
    font = theme.font("body")
    metrics = QFontMetrics(font)

    highest = metrics.tightBoundingRect("ปั๊ที่ฟื้นน้ำ")
    lowest = metrics.tightBoundingRect("ผู้ฐุญู")

    assert QFontInfo(font).family() == theme.FAMILY
    assert -highest.top() <= metrics.ascent() + 1
    assert lowest.bottom() <= metrics.descent() + 1


def test_labels_show_plain_text_only(qapp):
    from ui.widgets.labels import Label, WrapLabel

    for label in (Label("<b>ชื่อ</b>"), WrapLabel("<img src='/etc/hostname'>")):
        assert label.textFormat() is Qt.TextFormat.PlainText
