# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""An evaluator takes a later pack of the own seat in, without leaving the workspace."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal

from pmqa_desktop.errors import Expected
from pmqa_desktop.progress import Cancelled, Progress
from pmqa_desktop.services.evaluation.shelf import PackShelf, TakenPack
from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.text import _, pick
from ui import theme
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.screens.base import Screen
from ui.screens.identity.acts import key_trouble
from ui.screens.importing import Unlocks
from ui.tasks import TaskRunner
from ui.widgets.boxes import Box, Scroll
from ui.widgets.buttons import Button
from ui.widgets.labels import ElideLabel, IconLabel, WrapLabel
from ui.widgets.passphrase_box import PassphraseBox
from ui.widgets.running import Running
from ui.widgets.signs import Banner

_KEY_CODES = ("wrong-passphrase", "passphrase-wait", "passphrase-missing")


class AddPackScreen(Screen):
    """Choose the file, type the passphrase, see what came with it."""

    back_asked = Signal()

    def __init__(
        self, shelf: PackShelf, unlock: Unlocks, seen: RoundInfo, tasks: TaskRunner, *, chooser: Chooser
    ) -> None:
        """Start without a file."""
        title = pick(seen.title_th, seen.title_en)
        super().__init__("add-pack-screen", _("Take in another pack"), title, rehearsal=seen.rehearsal)
        self._shelf, self._unlock, self._tasks, self._chooser = shelf, unlock, tasks, chooser
        self._pack: Path | None = None
        self._progress: Progress | None = None
        self._running: Running | None = None
        self._names = {one.agency: pick(one.name_th, one.name_en) for one in seen.agencies.values()}
        back = Button(_("Back to the sheet"), "to-sheets", "bar", "left")
        back.clicked.connect(self.back_asked)
        self.bar_buttons = [back]
        self.choose = Button(_("Choose the pack"), "add-pack-file", "primary")
        self.choose.clicked.connect(self._ask_file)
        self.name = ElideLabel(_("No pack is chosen yet"), "small", 600)
        self.passphrase = PassphraseBox("add-pack-passphrase")
        self.passphrase.edited.connect(self._edited)
        self.passphrase.entered.connect(self._ask)
        self.button = Button(_("Take it in"), "add-pack-go", "primary", "usb", size="main")
        self.button.clicked.connect(self._ask)
        self.outcome = Box(gap=8)
        self.outcome.setObjectName("add-pack-outcome")
        tasks.stepped.connect(self._step)
        self._build()
        self._check()

    def _build(self) -> None:
        card = Box("card", margins=(24, 16, 24, 18), gap=12)
        card.setMaximumWidth(theme.px(760))
        told = _("When an agency sends more papers, the secretariat sends another pack. Your scores and notes stay.")
        line = Box("sunk", across=True, margins=(14, 6, 8, 6), gap=10)
        line.add(IconLabel("usb", "primary", 22))
        line.add(self.name, stretch=1)
        line.add(self.choose)
        card.add(WrapLabel(told), line, self.passphrase, self.button, self.outcome)
        frame = Box(across=True, margins=(20, 18, 20, 18))
        frame.body.addStretch(1)
        frame.add(card, stretch=1000, align=Qt.AlignmentFlag.AlignTop)
        frame.body.addStretch(1)
        self.add(Scroll(frame, "add-pack-scroll"), stretch=1)

    def fill_passphrase(self, passphrase: str) -> None:
        """Type the passphrase of a practice round."""
        self.passphrase.field.setText(passphrase)

    def set_pack(self, pack: Path) -> None:
        """Take a file."""
        self._pack = pack
        self.name.set_text(pack.name)
        self.choose.set_kind("")
        self.button.set_kind("primary")
        self._check()

    def _ask_file(self) -> None:
        if files := self._chooser.files(self):
            self.set_pack(files[0])

    def _edited(self) -> None:
        self.passphrase.show_trouble("")
        self._check()

    def _check(self) -> None:
        idle = self._progress is None
        self.choose.setEnabled(idle)
        self.button.setEnabled(bool(idle and self._pack and self.passphrase.text()))

    # ---- taking in ------------------------------------------------------------------------------

    def _ask(self) -> None:
        if not self.button.isEnabled() or self._pack is None:
            return
        pack, passphrase = self._pack, self.passphrase.text()
        progress = self._tasks.progress()
        self._progress = progress
        self._running = Running(_("Copying the pack and reading it…"), "add-pack-stop")
        self._running.stop.clicked.connect(progress.cancel)
        self.outcome.clear()
        self.outcome.add(self._running)
        self._check()

        def work() -> TakenPack:
            self._unlock(passphrase)
            return self._shelf.receive(pack, progress)

        self._tasks.store(work, self.show_taken, self._failed, self)

    def _step(self, done: int, of: int, _what: str) -> None:
        if self._running is not None:
            self._running.show_step(done, of)

    def _end(self) -> None:
        self._progress = self._running = None
        self.outcome.clear()
        self._check()

    def show_taken(self, taken: TakenPack) -> None:
        """Say what the pack brought."""
        self._end()
        self.button.set_kind("")
        if not taken.new:
            self.outcome.add(Banner("info", _("This pack is here already"), _("Nothing was changed.")))
        else:
            names = ", ".join(self._names.get(one, one) for one in taken.agencies)
            told = _("Papers: {n} · {agencies}").format(n=taken.papers, agencies=names or "–")
            self.outcome.add(Banner("ok", _("The pack is taken in; it stays sealed on this laptop"), told))
        go = Button(_("Back to the sheet"), "add-pack-done", "primary", "right")
        go.clicked.connect(self.back_asked)
        self.outcome.add(go)
        go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, Expected) and error.code in _KEY_CODES:
            self.passphrase.show_trouble(key_trouble(error))
            self.passphrase.field.selectAll()
            self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(error, Cancelled):
            self.outcome.add(Banner("info", _("Stopped as you asked"), _("Nothing was changed.")))
        else:
            self.outcome.add(Banner("err", _("The pack was not taken in"), worded(error)))

    # ---- screen ---------------------------------------------------------------------------------

    def place(self) -> object:
        """Return the chosen file."""
        return self._pack

    def restore(self, place: object) -> None:
        """Take it again."""
        if isinstance(place, Path):
            self.set_pack(place)

    def focus_first(self) -> None:
        """Begin at the choice."""
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Stop what is under way."""
        if self._progress is not None:
            self._progress.cancel()
