# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The passphrase entry of a signing place: with a line below it that says what was wrong."""

from PySide6.QtCore import Signal

from pmqa_desktop.text import _
from ui.widgets.labels import WrapLabel
from ui.widgets.passphrase import PassphraseEntry


class PassphraseBox(PassphraseEntry):
    """`edited` is emitted on every change; trouble is told in words and clears nothing."""

    edited = Signal()

    def __init__(self, name: str = "passphrase", title: str = "") -> None:
        """Start empty; `name` is the field's object name, `title` asks for another one than the key's."""
        super().__init__(name, title or _("Passphrase of the signing key"))
        self.trouble = WrapLabel("", "small", 600, "warn")
        self.trouble.setObjectName(f"{name}-trouble")
        self.trouble.hide()
        self.add(self.trouble)
        self.field.textChanged.connect(lambda _text: self.edited.emit())

    def text(self) -> str:
        """Return what was typed."""
        return self.value()

    def show_trouble(self, words: str) -> None:
        """Say below the field what is wrong; an empty text takes it away."""
        self.trouble.set_text(words)
        self.trouble.setVisible(bool(words))
