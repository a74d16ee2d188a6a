# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Where the packs go: reason, passphrase, drive, progress, and what to do with them afterwards."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal

from pmqa_desktop.errors import Expected
from pmqa_desktop.services.packing.service import PackReport, SeatWork
from pmqa_desktop.text import _
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.screens.export_box import FolderChoice
from ui.screens.identity.acts import key_trouble
from ui.widgets.boxes import Box
from ui.widgets.buttons import Button
from ui.widgets.inputs import Field, MarkRow, Tick
from ui.widgets.labels import Label, WrapLabel
from ui.widgets.passphrase_box import PassphraseBox
from ui.widgets.running import Running
from ui.widgets.signs import Banner

MOST_NAMED = 3
_KEY_CODES = ("wrong-passphrase", "passphrase-wait", "passphrase-missing")


class WritingCard(Box):
    """Write all packs; `asked`, `stop_asked` and `letters_asked` are what a person wants."""

    asked = Signal()
    stop_asked = Signal()
    letters_asked = Signal()
    letters: Button
    """Stands there once packs are written."""

    def __init__(self, chooser: Chooser, names: Mapping[str, str]) -> None:
        """Start with nothing to write; `names` are the agencies' short names."""
        super().__init__("card", margins=(20, 12, 20, 14), gap=10)
        self._count, self._waiting, self._needs_reason = 0, False, False
        self._names, self._bare = names, tuple[str, ...]()
        self.reason = Field("pack-reason", _("Reason for the new assignment"), limit=2000)
        self._reason_box = Box(gap=2).add(
            WrapLabel(_("Why seats get another assignment; it is signed with it"), "small", 600), self.reason
        )
        self._reason_box.hide()
        self.reason.textChanged.connect(lambda _text: self._check())
        self.without = Tick("packs-without-papers", _("Write the packs without papers of these agencies"))
        self.without.toggled.connect(lambda _on: self._check())
        self._bare_box = Box(gap=6)
        self._bare_box.setObjectName("packs-bare")
        self._bare_words = Box(gap=0)
        self._bare_box.add(
            self._bare_words, MarkRow(self.without, _("Write the packs without papers of these agencies"), weight=600)
        )
        self._bare_box.hide()
        self.passphrase = PassphraseBox("pack-passphrase")
        self.passphrase.edited.connect(self._edited)
        self.passphrase.entered.connect(self._ask)
        self.folder = FolderChoice(chooser)
        self.button = Button("", "write-packs", "primary", "usb", size="main")
        self.button.clicked.connect(self._ask)
        self.outcome = Box(gap=8)
        self.outcome.setObjectName("packs-outcome")
        self._running: Running | None = None
        # what came of it stands first: below the fields nobody would see it
        self.add(Label(_("Write to a drive"), "h2", 600), self.outcome)
        self.add(self._bare_box, self._reason_box, self.passphrase, self.folder, self.button)
        self._check()

    def _letters_button(self) -> Button:
        button = Button(_("Letters and list of files"), "pack-letters", "primary", "print")
        button.clicked.connect(self.letters_asked)
        return button

    # ---- what can be done -----------------------------------------------------------------------

    def show_plan(self, works: Sequence[SeatWork]) -> None:
        """Know what there is to write."""
        self._count = len(works)
        self.button.set_kind("primary")
        self._needs_reason = any(work.needs_reason for work in works)
        self._reason_box.setVisible(self._needs_reason)
        self._show_bare(tuple(dict.fromkeys(name for work in works for name in work.bare)))
        self.outcome.clear()
        self._check()

    def _show_bare(self, bare: tuple[str, ...]) -> None:
        """Warn of agencies whose evaluators would get nothing to read; what was agreed to holds for these only."""
        self._bare_box.setVisible(bool(bare))
        if bare == self._bare:
            return
        self._bare = bare
        self.without.setChecked(False)
        self._bare_words.clear()
        names = ", ".join(self._names.get(name, name) for name in bare[:MOST_NAMED])
        rest = len(bare) - MOST_NAMED
        names += " " + _("and {count} more").format(count=rest) if rest > 0 else ""
        title = _("Agencies without any paper: {n}").format(n=len(bare))
        told = _("{agencies}: the evaluators would get nothing to read on them. Add their papers first, or tick below.")
        self._bare_words.add(Banner("warn", title, told.format(agencies=names)))

    def set_waiting(self, waiting: bool) -> None:
        """Wait while papers are being read."""
        self._waiting = waiting
        self._check()

    def _edited(self) -> None:
        self.passphrase.show_trouble("")
        self._check()

    def _check(self) -> None:
        self.reason.set_need(self._needs_reason and not self.reason.text().strip())
        words = _("Write {n} packs").format(n=self._count) if self._count else _("Nothing new to write")
        self.button.set_text(words)
        reasoned = bool(self.reason.text().strip()) or not self._needs_reason
        idle = self._running is None and not self._waiting
        agreed = self.without.isChecked() or not self._bare
        self.without.setEnabled(self._running is None)
        self.button.setEnabled(bool(self._count and reasoned and agreed and idle and self.passphrase.text()))
        self.folder.setEnabled(self._running is None)

    def _ask(self) -> None:
        if self.button.isEnabled():
            self.asked.emit()

    # ---- under way and after --------------------------------------------------------------------

    def show_running(self) -> None:
        """Say that the packs are being written, and offer to stop."""
        self._running = Running(_("Writing the packs…"), "packs-stop")
        self._running.stop.clicked.connect(self.stop_asked)
        self.outcome.clear()
        self.outcome.add(self._running)
        self._check()
        self._running.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_step(self, done: int, of: int, words: str) -> None:
        """Show how far all packs together are."""
        if self._running is not None:
            self._running.show_step(done, of, words)

    def _end(self) -> None:
        self._running = None
        self.outcome.clear()
        self._check()

    def show_report(self, report: PackReport) -> None:
        """Say what is on the drive, and what comes next."""
        self._end()
        self.button.set_kind("")  # what comes next is above it now
        self._bare_box.hide()
        done = sum(line.outcome == "written" for line in report.lines)
        missing = sum(line.outcome in ("failed", "open") for line in report.lines)
        if missing:
            title = _("{n} packs are written, {m} are not").format(n=done, m=missing)
            text = _(
                "Each pack is whole or not there. The list of seats says why; then write again into another folder."
            )
            self.outcome.add(Banner("info" if report.stopped else "err", title, text))
        if done:
            safe = _("Take the drive out by the system's safe removal.")
            banner = Banner("ok", _("{n} packs are written and read back").format(n=done), safe, icon="usb")
            banner.setObjectName("packs-safe")
            told = _("The files' names tell nobody whose they are. Print a letter for each seat, and keep the list.")
            self.letters = self._letters_button()
            self.outcome.add(banner, WrapLabel(told, "small"), self.letters)
            self.letters.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, error: Exception) -> None:
        """Say why no pack was written at all."""
        self._end()
        if isinstance(error, Expected) and error.code in _KEY_CODES:
            self.passphrase.show_trouble(key_trouble(error))
            self.passphrase.field.selectAll()
            self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.outcome.add(Banner("err", _("No pack was written"), worded(error)))

    def show_letters(self, count: int, folder: Path) -> None:
        """Say where the letters and the list are."""
        self.letters.setEnabled(True)
        self.letters.set_kind("")
        self.outcome.add(Banner("ok", _("{count} files written").format(count=count), str(folder)))

    def show_letters_trouble(self, words: str) -> None:
        """Say why they are not."""
        self.letters.setEnabled(True)
        self.outcome.add(Banner("err", _("The letters were not written"), words))
