# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Choosing a passphrase: typed twice, its strength told by its length, nothing of it kept by the screen."""

from PySide6.QtCore import Qt, Signal

from pmqa_desktop.services.identity import SHORTEST_PASSPHRASE
from pmqa_desktop.text import N_, _
from ui.widgets.boxes import Box, row
from ui.widgets.labels import IconLabel, WrapLabel
from ui.widgets.passphrase import PassphraseEntry

GOOD_LENGTH = 12
STRONG_LENGTH = 20
STRENGTHS: tuple[tuple[int, str, str, str], ...] = (
    (STRONG_LENGTH, "ok", "ok", N_("Long: hard to guess")),
    (GOOD_LENGTH, "ok", "ok", N_("Good length; a few more words make it stronger")),
    (SHORTEST_PASSPHRASE, "part", "warn", N_("Short: add a word or two")),
    (1, "warn", "warn", N_("Too short for a real round")),
    (0, "info", "text2", N_("Three or four words that only you put together are easy to keep in mind")),
)
"""From so many characters on: icon, ink and words."""


def strength(passphrase: str) -> tuple[str, str, str]:
    """Return icon, ink and words (a message id) for the length of a passphrase."""
    return next((icon, ink, words) for least, icon, ink, words in STRENGTHS if len(passphrase) >= least)


class NewPassphrase(Box):
    """Two fields that must be equal; `entered` when Return is pressed in the second."""

    entered = Signal()

    def __init__(self, name: str, title: str = "") -> None:
        """Ask for `title`; the fields are named `name` and `name` with `-again`."""
        super().__init__(gap=8)
        self.first = PassphraseEntry(name, title or _("Passphrase of your key"))
        self.again = PassphraseEntry(f"{name}-again", _("The same passphrase again"))
        self._icon = IconLabel("info", "text2", 18)
        self._words = WrapLabel("", "small", 600, "text2")
        self._words.setObjectName(f"{name}-strength")
        told = row(self._icon, gap=6)
        told.add(self._words, stretch=1)
        self.trouble = WrapLabel("", "small", 600, "warn")
        self.trouble.setObjectName(f"{name}-trouble")
        self.trouble.hide()
        self.add(self.first, told, self.again, self.trouble)
        self.first.field.textChanged.connect(self._tell)
        self.again.field.textChanged.connect(lambda _text: self.show_trouble(""))
        self.first.entered.connect(lambda: self.again.field.setFocus(Qt.FocusReason.TabFocusReason))
        self.again.entered.connect(self.entered)
        self._tell()

    def _tell(self) -> None:
        icon, ink, words = strength(self.first.value())
        self._icon.set_icon(icon, ink)
        self._words.set_ink(ink)
        self._words.set_text(_(words))
        self.show_trouble("")

    def value(self) -> str:
        """Return what was typed."""
        return self.first.value()

    def agrees(self, *, rehearsal: bool) -> bool:
        """Tell whether it may be used; else say below what is missing and put the cursor there."""
        chosen = self.first.value()
        if not chosen:
            return self._refuse(_("Choose a passphrase first."))
        if not rehearsal and len(chosen) < SHORTEST_PASSPHRASE:
            least = _("At least {n} characters are needed, best several words.")
            return self._refuse(least.format(n=SHORTEST_PASSPHRASE))
        if chosen != self.again.value():
            self.show_trouble(_("The two are not the same. Type the second one again, or show both and compare."))
            self.again.field.selectAll()
            self.again.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return True

    def _refuse(self, words: str) -> bool:
        self.show_trouble(words)
        self.first.field.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def show_trouble(self, words: str) -> None:
        """Say what is in the way; an empty text takes it away."""
        self.trouble.set_text(words)
        self.trouble.setVisible(bool(words))

    def clear_secret(self) -> None:
        """Empty both fields."""
        self.first.clear_secret()
        self.again.clear_secret()
