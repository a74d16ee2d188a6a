# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A field for the passphrase of a key: shown or hidden, with the keyboard's language and Caps Lock told below it."""

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from pmqa_desktop.text import _
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Field
from ui.widgets.labels import IconLabel, Label, WrapLabel


class _SecretField(Field):
    """A field that notices capital letters typed without Shift: Caps Lock is on."""

    caps_seen = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look at the letter, then take it."""
        typed = event.text()
        if typed.isalpha() and typed.upper() != typed.lower():
            shift = bool(event.modifiers() & event.modifiers().ShiftModifier)
            self.caps_seen.emit(typed.isupper() != shift)
        super().keyPressEvent(event)


class PassphraseEntry(Box):
    """Label, field, show button and hint; `entered` when Return is pressed in the field."""

    entered = Signal()

    def __init__(self, name: str, title: str) -> None:
        """Ask for `title`; `name` is the object name of the field."""
        super().__init__(gap=6)
        self.field = _SecretField(name, title, limit=1000)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.show_button = Button(_("Show"), f"{name}-show", "", "eye")
        self.show_button.setCheckable(True)
        self.show_button.toggled.connect(self._show)
        line = row(gap=8)
        line.add(self.field, stretch=1)
        line.add(self.show_button)
        self._icon = IconLabel("info", "info", 16)
        self.hint = WrapLabel("", "micro", 400, "text2")
        below = row(self._icon, gap=6)
        below.add(self.hint, stretch=1)
        self.add(Label(title, "body", 600), line, below)
        self._caps = False
        self.field.caps_seen.connect(self._tell_caps)
        self.field.returnPressed.connect(self.entered)
        QGuiApplication.inputMethod().localeChanged.connect(self._tell)
        self._tell()

    def value(self) -> str:
        """Return what was typed."""
        return self.field.text()

    def clear_secret(self) -> None:
        """Empty the field."""
        self.field.clear()

    def _show(self, shown: bool) -> None:
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.show_button.set_text(_("Hide") if shown else _("Show"))

    def _tell_caps(self, on: bool) -> None:
        self._caps = on
        self._tell()

    def _tell(self) -> None:
        thai = QGuiApplication.inputMethod().locale().language() is QLocale.Language.Thai
        keyboard = _("Keyboard: Thai") if thai else _("Keyboard: English")
        caps = _("Caps Lock is on") if self._caps else _("Caps Lock is off")
        self.hint.set_text(f"{keyboard} · {caps}")
        self._icon.set_icon("warn" if self._caps else "info", "warn" if self._caps else "info")
