# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Sign once, then write the file, as often as it takes: a drive that fails never asks for a second signature."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from pmqa_desktop.errors import Expected
from pmqa_desktop.services.exchange.service import Exported
from pmqa_desktop.text import _
from ui.errors import worded
from ui.screens.sign_card import SignCard
from ui.tasks import TaskRunner

Write = Callable[[Path, bool], Exported]


class SignedWriting(QObject):
    """Lead a sign card from the passphrase to the written file."""

    def __init__(self, card: SignCard, tasks: TaskRunner, write: Write, signed: Callable[[], None]) -> None:
        """Work for `card`.

        Args:
            card: Shows what happens; "write again" on it leads back here.
            tasks: Runs the work.
            write: Writes the file into a folder, sealed or not; runs on the store's thread.
            signed: Called in the window's thread once the document is signed, written or not.
        """
        super().__init__(card)
        self._card = card
        self._tasks = tasks
        self._write = write
        self._signed = signed
        card.export_again.connect(self._write_again)

    def begin(self, sign: Callable[[], object], folder: Path, sealed: bool) -> None:
        """Sign by `sign` on the store's thread and write the file into `folder`."""

        def work() -> Exported | Exception:
            sign()
            try:
                return self._write(folder, sealed)
            except (Expected, OSError) as trouble:
                return trouble

        self._tasks.store(work, self._show, self._not_signed, self)

    def _show(self, outcome: Exported | Exception) -> None:
        self._signed()
        if isinstance(outcome, Exported):
            self._written(outcome)
        else:
            self._card.show_export_trouble(worded(outcome))

    def _written(self, exported: Exported) -> None:
        self._card.show_written(exported, _("To my agencies"))

    def _not_signed(self, error: Exception) -> None:
        if isinstance(error, Expected) and error.code == "wrong-passphrase":
            self._card.show_key_trouble(worded(error))
        else:
            self._card.show_trouble(worded(error))

    def _write_again(self, folder: Path, sealed: bool) -> None:
        self._tasks.store(
            lambda: self._write(folder, sealed),
            self._written,
            lambda error: self._card.show_export_trouble(worded(error)),
            self,
        )
