# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The dark bar on top: where one is, whether it is a rehearsal, when it was saved, text size and language."""

from datetime import datetime

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pmqa_desktop.text import _, current_language
from ui import theme
from ui.widgets.boxes import Box
from ui.widgets.buttons import Button
from ui.widgets.labels import ElideLabel, IconLabel, Label
from ui.widgets.signs import Pill


class Logo(QWidget):
    """Three rising bars: the program's mark."""

    def __init__(self) -> None:
        """Draw at 30 pixels."""
        super().__init__()
        self.setFixedSize(theme.px(30), theme.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        side = self.width()
        for step, ink in enumerate(("#9CC3E8", "#D2E6FA", "#FFFFFF")):
            painter.setBrush(QColor(ink))
            height = (step + 1) * side * 0.26
            painter.drawRoundedRect(QRectF(2 + step * side * 0.32, side * 0.86 - height, side * 0.26, height), 2, 2)


class SavedStamp(Box):
    """When the last edit reached the disk; a triangle when it did not."""

    def __init__(self) -> None:
        """Stay invisible until something was saved."""
        super().__init__(across=True, gap=4)
        self.setObjectName("saved-stamp")
        self.icon = IconLabel("check", "on_bar", 16)
        self.label = Label("", "small", 400, "on_bar")
        self.add(self.icon, self.label)
        self.hide()

    def show_saved(self, at: datetime | None, *, short: bool = False) -> None:
        """Tell the local time of the last saved edit; None hides the stamp."""
        self.setVisible(at is not None)
        if at is None:
            return
        clock = at.astimezone().strftime("%H:%M" if short else "%H:%M:%S")
        self._say("check", "on_bar", _("Saved at {time}").format(time=clock))

    def show_unsaved(self) -> None:
        """Tell that the last edit is not on the disk."""
        self.setVisible(True)
        self._say("warn", "amber", _("Not saved yet"))

    def _say(self, icon: str, ink: str, text: str) -> None:
        self.icon.set_icon(icon, ink)
        self.label.setText(text)
        self.label.set_ink(ink)
        self.setAccessibleName(text)


class MirrorSign(Box):
    """Whether the copy on another drive is in order: a shape, its words as tool tip and accessible name."""

    def __init__(self) -> None:
        """Stay invisible until a mirror is kept."""
        super().__init__(across=True, gap=3)
        self.setObjectName("mirror-sign")
        self.drive = IconLabel("usb", "on_bar", 16)
        self.state = IconLabel("check", "on_bar", 14)
        self.add(self.drive, self.state)
        self.hide()

    def tell(self, words: str, *, trouble: bool) -> None:
        """Show `words`; a triangle stands for a drive that is away."""
        self.state.set_icon("warn" if trouble else "check", "amber" if trouble else "on_bar")
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.show()


class AppBar(Box):
    """The bar itself; a screen sets its words and its own buttons, the window the rest."""

    smaller = Signal()
    larger = Signal()
    language_asked = Signal(str)
    help_asked = Signal()

    def __init__(self) -> None:
        """Build an empty bar."""
        super().__init__("bar", across=True, margins=(14, 0, 12, 0), gap=10)
        self.setObjectName("app-bar")
        self.setFixedHeight(theme.px(52))
        self.title = ElideLabel("", "body", 600, "on_bar")
        self.subtitle = ElideLabel("", "micro", 400, "on_bar2")
        self.title.setFixedHeight(theme.px(26))
        self.subtitle.setFixedHeight(theme.px(23))
        words = Box(gap=0)
        words.body.addStretch(1)
        words.add(self.title, self.subtitle)
        words.body.addStretch(1)
        self.rehearsal = Pill(_("Rehearsal · invented scores"), "amber", "flag")
        self.rehearsal.setObjectName("rehearsal-pill")
        self.rehearsal.hide()
        self.stamp = SavedStamp()
        self.mirror = MirrorSign()
        self.own_buttons = Box(across=True, gap=8)
        self._shown: list[Button] = []
        other = "en" if current_language() == "th" else "th"
        self.language = Button("English" if other == "en" else "ไทย", "language", "bar")
        self.language.setAccessibleName("Show the window in English" if other == "en" else "แสดงหน้าต่างเป็นภาษาไทย")
        self.language.clicked.connect(lambda: self.language_asked.emit(other))
        smaller = Button("ก−", "text-smaller", "bar", said=_("Smaller text"))
        larger = Button("ก+", "text-larger", "bar", said=_("Larger text"))
        smaller.clicked.connect(self.smaller)
        larger.clicked.connect(self.larger)
        self.help = Button("?", "help-button", "bar", tip="F1", said=_("Help (F1)"))
        self.help.clicked.connect(self.help_asked)
        self.add(Logo())
        self.add(words, stretch=1)
        self.add(self.rehearsal, self.stamp, self.mirror, self.own_buttons, self.language, smaller, larger, self.help)

    def set_heading(self, title: str, subtitle: str) -> None:
        """Say where one is."""
        self.title.set_text(title)
        self.subtitle.set_text(subtitle)
        self.subtitle.setVisible(bool(subtitle))

    def set_rehearsal(self, rehearsal: bool) -> None:
        """Show the amber pill that stands on every screen of a rehearsal."""
        self.rehearsal.setVisible(rehearsal)

    def set_room(self, *, narrow: bool, small: bool) -> None:
        """Leave room for the title: a short pill in a narrow window, in a small one a stamp without words too."""
        self.rehearsal.label.setText(_("Rehearsal") if narrow else _("Rehearsal · invented scores"))
        self.stamp.label.setVisible(not small)
        self.stamp.setToolTip(self.stamp.accessibleName())

    def set_actions(self, buttons: list[Button]) -> None:
        """Show the screen's own buttons."""
        if self._shown != buttons:
            self.own_buttons.clear()
            self.own_buttons.add(*buttons)
            self._shown = list(buttons)
