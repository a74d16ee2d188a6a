# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A recovery key made onto two media while the round is set up; the roster names its public line."""

from collections.abc import Callable
from pathlib import Path

from pmqa_desktop.services.rounds.recovery import RecoveryKey
from pmqa_desktop.text import _
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.screens.export_box import FolderChoice
from ui.screens.identity.new_passphrase import NewPassphrase
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.labels import Label, WrapLabel
from ui.widgets.signs import Banner, Tone

Make = Callable[[tuple[Path, ...], str, Callable[[RecoveryKey], None], Callable[[Exception], None]], None]
"""Makes the key off the main thread: folders, passphrase, what gets the key, what gets the error."""


def made_words(key: RecoveryKey) -> tuple[Tone, str, str]:
    """Return tone, title and words of what came of making a key; two copies on one drive are warned of."""
    if key.same_drive:
        return "warn", _("The recovery key is written"), _("Both copies lie on one drive. Put one of them elsewhere.")
    told = _("Put both media into the safe, apart from the passphrase.")
    return "ok", _("The recovery key is written"), told


class RecoveryBox(Box):
    """Two folders on different media, a passphrase, one button."""

    def __init__(self, chooser: Chooser, make: Make, made: Callable[[RecoveryKey], None], *, rehearsal: bool) -> None:
        """Ask; `make` does it and `made` gets the key."""
        super().__init__("sunk", margins=(14, 10, 14, 12), gap=8)
        self.setObjectName("recovery-box")
        self._make, self._made, self._rehearsal = make, made, rehearsal
        told = _("The key is written, the same, onto two media that are kept apart in a safe, and never onto this "
                 "laptop.")  # fmt: skip
        self.add(WrapLabel(told, "small", 400, "text2"))
        self.folders = (FolderChoice(chooser), FolderChoice(chooser))
        for number, folder in enumerate(self.folders, 1):
            self.add(Label(_("Medium {n}").format(n=number), "small", 600), folder)
        self.passphrase = NewPassphrase("recovery-passphrase", _("Passphrase of the recovery key"))
        self.trouble = Box(gap=0)
        self.trouble.setObjectName("recovery-trouble")
        self.button = Button(_("Make the recovery key"), "make-recovery", "primary", "key")
        self.button.clicked.connect(self._ask)
        self.passphrase.entered.connect(self._ask)
        self.add(self.passphrase, self.trouble, row(self.button, None))

    def _ask(self) -> None:
        if not self.button.isEnabled() or not self.passphrase.agrees(rehearsal=self._rehearsal):
            return
        self.button.setEnabled(False)
        self.trouble.clear()
        folders = tuple(one.folder for one in self.folders)
        self._make(folders, self.passphrase.value(), self._made, self._failed)

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self.trouble.add(Banner("err", _("No recovery key was made"), worded(error)))
