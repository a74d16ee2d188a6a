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

_KNOWN_BEFORE = ("windows",)
"""Platforms of Qt that tell the keyboard's language before a letter is typed; the others name the desktop's."""


class _SecretField(Field):
    """A field that tells what its letters show: the keyboard's language, and capitals typed without Shift."""

    letter_typed = Signal(bool, bool)
    """Whether it is a Thai letter, and whether Caps Lock is on."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look at the letter, then take it."""
        typed = event.text()
        if "\u0e00" <= typed <= "\u0e7f":
            self.letter_typed.emit(True, False)
        elif typed.isalpha() and typed.upper() != typed.lower():
            shift = bool(event.modifiers() & event.modifiers().ShiftModifier)
            self.letter_typed.emit(False, typed.isupper() != shift)
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
        self.field.letter_typed.connect(self._tell)
        self.field.returnPressed.connect(self.entered)
        self.hint.set_text(_("The keyboard's language and Caps Lock are shown here as you type"))
        if QGuiApplication.platformName() in _KNOWN_BEFORE:
            QGuiApplication.inputMethod().localeChanged.connect(self._tell_language)
            self._tell_language()

    def value(self) -> str:
        """Return what was typed."""
        return self.field.text()

    def clear_secret(self) -> None:
        """Empty the field."""
        self.field.clear()

    def _show(self, shown: bool) -> None:
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.show_button.set_text(_("Hide") if shown else _("Show"))

    def _tell_language(self) -> None:
        thai = QGuiApplication.inputMethod().locale().language() is QLocale.Language.Thai
        self.hint.set_text(_("Keyboard: Thai") if thai else _("Keyboard: English"))

    def _tell(self, thai: bool, caps: bool) -> None:
        words = _("Keyboard: Thai")
        if not thai:
            words = _("Keyboard: English") + " · " + (_("Caps Lock is on") if caps else _("Caps Lock is off"))
        self.hint.set_text(words)
        self._icon.set_icon("warn" if caps else "info", "warn" if caps else "info")
