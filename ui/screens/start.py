# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The first screen: open what the secretariat sent, go on where one was, or try a practice round."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QButtonGroup

from pmqa_desktop.progress import Progress
from pmqa_desktop.text import N_, _, current_language, pick
from pmqa_desktop.thai import format_date
from ui import theme
from ui.dialogs.choosing import Chooser
from ui.drives import other_drives
from ui.screens.base import Screen
from ui.widgets.boxes import Box, Scroll, row
from ui.widgets.buttons import Button
from ui.widgets.labels import ElideLabel, IconLabel, Label, WrapLabel
from ui.widgets.passphrase_box import PassphraseBox
from ui.widgets.scores import ProgressBar
from ui.widgets.signs import Banner, Tone

if TYPE_CHECKING:
    # of the core only types: this screen is painted before the core is loaded
    from pmqa_desktop.app import Role
    from pmqa_desktop.laptop import WorkspaceInfo

ROLES: tuple[tuple["Role", str], ...] = (
    ("evaluator", N_("Evaluator")),
    ("chair", N_("Chair")),
    ("secretariat", N_("Secretariat")),
)
PACK_END = ".pmqa"
MOST_FOUND = 3
MOST_RECENT = 3


@dataclass(frozen=True, slots=True)
class Ready:
    """One thing tried before work begins: icon, ink and words."""

    icon: str
    ink: str
    words: str


@dataclass(frozen=True, slots=True)
class PackRequest:
    """A pack to open with a key."""

    pack: Path
    key: Path
    passphrase: str


def packs_on_drives() -> tuple[Path, ...]:
    """Return PMQA files in the top folder of other drives, at most a few."""
    found: list[Path] = []
    for drive in other_drives():
        try:
            found += sorted(Path(drive.rootPath()).glob(f"*{PACK_END}"))[:MOST_FOUND]
        except OSError:
            continue
    return tuple(found[:MOST_FOUND])


def _recent_words(info: "WorkspaceInfo") -> str:
    """Return whose workspace it is, and when its round was closed on this laptop."""
    office = pick(info.office_th, info.office_en)
    if not info.closed_on:
        return office
    day = format_date(date.fromisoformat(info.closed_on), current_language(), "short")
    return _("{office} · the round was closed on this laptop on {date}").format(office=office, date=day)


class StartScreen(Screen):
    """Open, go on, practise; and choose a size of text that can be read."""

    practice_asked = Signal(str)
    workspace_asked = Signal(object)
    pack_asked = Signal(object)
    keys_asked = Signal()
    restore_asked = Signal()
    rounds_asked = Signal()
    scale_asked = Signal(int)
    dark_asked = Signal(bool)

    trouble: Box
    _recent_lines: Box

    def __init__(
        self,
        recent: "tuple[WorkspaceInfo, ...] | int",
        ready: tuple[Ready, ...],
        *,
        chooser: Chooser | None = None,
        found: tuple[Path, ...] = (),
        keys: tuple[Path, ...] = (),
    ) -> None:
        """Offer workspaces and packs.

        Args:
            recent: The workspaces of this laptop; while they are being read only how many there are.
            ready: The checks of this laptop.
            chooser: Asks for files.
            found: Packs on drives.
            keys: The key files of this laptop; a single one need not be looked for.
        """
        super().__init__(
            "start-screen", _("PMQA 4.0 evaluation"),
            _("Public Sector Management Quality Award 4.0 · works without any network"),
        )  # fmt: skip
        self.offers_language = True
        self._chooser = chooser or Chooser()
        self._recent, self._ready = recent, ready
        self._recent_card: Box | None = None
        self._go_on: Button | None = None
        self._narrow: bool | None = None
        self._pack: Path | None = found[0] if found else None
        self._own_key = keys[0] if len(keys) == 1 else None
        self._key: Path | None = self._own_key
        self._under_way: Progress | None = None
        self._page = Box(margins=(0, 22, 0, 16), gap=0)
        self._frame = Box(across=True, gap=0)
        self._frame.body.addStretch(1)
        self._frame.add(self._page, stretch=1000)
        self._frame.body.addStretch(1)
        self._page.setMaximumWidth(theme.px(1040))
        self.add(Scroll(self._frame, "start-scroll"), stretch=1)
        self.setAcceptDrops(True)

    def reflow(self, em_width: int) -> None:
        """Put the two cards beside each other where there is room."""
        narrow = em_width < 900
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self._page.clear()
        self.trouble = Box(gap=0)
        page = self._page
        page.body.setContentsMargins(theme.px(20), theme.px(10), theme.px(20), theme.px(4))
        page.add(WrapLabel(_("Getting started"), "num", 700))
        page.add(WrapLabel(_("Your role is in the file that the secretariat sent you. There is nothing to register."),
                           "lead", 400, "text2"))  # fmt: skip
        page.add(8, self.trouble)
        self._recent_card = self._make_recent_card() if self._recent else None
        if self._recent_card is not None:
            page.add(self._recent_card, 12)
        cards = Box(across=not narrow, gap=20)
        cards.add(self._pack_card(), stretch=3)
        cards.add(self._practice_card(), stretch=2)
        page.add(cards, 12)
        page.add(self._size_card(), 8, self._ready_line())
        page.body.addStretch(1)
        self._show_files()

    def focus_first(self) -> None:
        """Begin where one was; else at the packs, or at the practice button while nothing else can be pressed."""
        self._choose_first().setFocus()

    def _choose_first(self) -> Button:
        if self._go_on is not None and self._go_on.isEnabled():
            return self._go_on
        if self._own_key is not None and not self._recent:  # a key is made, and now the pack is awaited
            return self._choose_pack_button
        return self.open_button if self.open_button.isEnabled() else self.practice_button

    # ---- cards ----------------------------------------------------------------------------------

    def _pack_card(self) -> Box:
        card = Box("card", margins=(26, 13, 26, 16), gap=10)
        own = Button(_("My key"), "my-key", "quiet", "key")
        own.clicked.connect(self.keys_asked)
        office = Button(_("Secretariat"), "my-rounds", "quiet", "list", said=_("My rounds as secretariat"))
        office.clicked.connect(self.rounds_asked)
        card.add(
            row(IconLabel("folder", "primary", 34), Label(_("Open your pack"), "h1", 600), None, office, own, gap=8)
        )
        card.add(
            WrapLabel(_("Choose the .pmqa file of your seat and your key file. The program tells your role, and asks "
                        "for your ties before it opens a report."))
        )  # fmt: skip
        self.pack_name = ElideLabel("", "small", 600)
        self.key_name = ElideLabel("", "small", 600)
        choose = Button(_("Choose the pack"), "choose-pack")
        choose.clicked.connect(self._choose_pack)
        key = Button(_("Choose the key"), "choose-key")
        key.clicked.connect(self._choose_key)
        self._choose_pack_button, self._choose_key_button = choose, key
        for icon, label, button in (("usb", self.pack_name, choose), ("key", self.key_name, key)):
            line = Box("sunk", across=True, margins=(14, 6, 8, 6), gap=10)
            line.add(IconLabel(icon, "primary", 22))
            line.add(label, stretch=1)
            line.add(button)
            card.add(line)
        self.passphrase = PassphraseBox("pack-passphrase")
        self.passphrase.edited.connect(self._show_files)
        self.open_button = Button(_("Open"), "open-pack", "primary", size="big")
        self.open_button.clicked.connect(self._open)
        self.passphrase.entered.connect(self.open_button.click)
        card.add(self.passphrase)
        card.body.addStretch(1)
        card.add(self.open_button)
        return card

    def _practice_card(self) -> Box:
        card = Box("card", margins=(26, 13, 26, 16), gap=10)
        card.add(row(IconLabel("play", "primary", 34), Label(_("Try a practice round"), "h1", 600), None, gap=14))
        card.add(
            WrapLabel(_("Score, sign and export with invented scores, through every step. Practice and real rounds "
                        "never mix."))
        )  # fmt: skip
        card.add(WrapLabel(_("Practise as"), "small", 600, "text2"))
        self.roles = QButtonGroup(self)
        choices = Box(gap=8)
        for number, (role, words) in enumerate(ROLES):
            button = Button(_(words), f"role-{role}", "choice")
            button.setCheckable(True)
            button.setChecked(number == 0)
            self.roles.addButton(button, number)
            choices.add(button)
        card.add(choices)
        card.body.addStretch(1)
        self.progress = WrapLabel("", "small", 400, "text2")
        self.progress.hide()
        self.practice_button = Button(_("Begin to practise"), "begin-practice", size="big")
        self.practice_button.clicked.connect(lambda: self.practice_asked.emit(ROLES[self.roles.checkedId()][0]))
        self.steps = ProgressBar(0, 1, 8)
        self.stop_button = Button(_("Stop"), "stop-practice", "", "cross")
        self.stop_button.clicked.connect(self._stop)
        self._steps_line = row(gap=10)
        self._steps_line.add(self.steps, stretch=1)
        self._steps_line.add(self.stop_button)
        self._steps_line.hide()
        card.add(self.progress, self._steps_line, self.practice_button)
        return card

    def _make_recent_card(self) -> Box:
        card = Box("card", margins=(22, 10, 14, 10), gap=6)
        card.add(Label(_("Go on where you were"), "body", 600))
        self._recent_lines = Box(gap=6)
        card.add(self._recent_lines)
        self._fill_recent()
        return card

    def _fill_recent(self) -> None:
        self._recent_lines.clear()
        self._go_on = None
        if isinstance(self._recent, int):
            for number in range(min(self._recent, MOST_RECENT)):
                wait = Button(_("Go on"), f"recent-awaited-{number}", "", "right")
                wait.setEnabled(False)
                self._recent_lines.add(self._recent_line("file", _("Opening…"), "", wait))
            return
        for number, info in enumerate(self._recent[:MOST_RECENT]):
            verb = _("Open the record") if info.closed_on else _("Go on")
            go = Button(verb, f"recent-{number}", "primary" if number == 0 and not info.closed_on else "", "right")
            go.clicked.connect(lambda _on=False, info=info: self.workspace_asked.emit(info))
            self._go_on = self._go_on or go
            icon = "lock" if info.closed_on else "flag" if info.rehearsal else "file"
            title = pick(info.title_th, info.title_en)
            self._recent_lines.add(self._recent_line(icon, title, _recent_words(info), go))

    def _recent_line(self, icon: str, title: str, office: str, go: Button) -> Box:
        words = Box(gap=0)
        words.add(ElideLabel(title, "body", 600))
        words.add(ElideLabel(office, "small", 400, "text2"))
        line = row(IconLabel(icon, "primary", 22), gap=12)
        line.add(words, stretch=1)
        line.add(go)
        return line

    def show_recent(self, recent: "tuple[WorkspaceInfo, ...]") -> None:
        """Show the workspaces, once they are read, where room for them was kept."""
        self._recent = recent
        if self._recent_card is None:  # a new laptop: no room was kept
            return
        waiting = self.focusWidget() in (None, self.practice_button)
        self._fill_recent()
        self._recent_card.setVisible(bool(recent))
        if waiting:
            self.focus_first()

    def _size_card(self) -> Box:
        card = Box("card", across=True, margins=(22, 6, 22, 6), gap=14)
        card.add(Label(_("Text size"), "body", 600))
        for percent, pixels in ((100, 15), (125, 18), (150, 22), (200, 28)):
            current = theme.percent() == percent
            sample = Button("กขค", f"scale-{percent}", "primary" if current else "",
                            said=_("Text size {percent} %").format(percent=percent))  # fmt: skip
            height = max(theme.px(34), pixels * 13 // 8)
            sample.setStyleSheet(f"font-size:{pixels}px; min-height:{height}px; padding:0 {theme.px(12)}px;")
            sample.clicked.connect(lambda _on=False, percent=percent: self.scale_asked.emit(percent))
            card.add(row(sample, Label(f"{percent} %", "small", 400, "text2"), gap=6))
        card.body.addStretch(1)
        dark = Button(_("Light colours") if theme.is_dark() else _("Dark colours"), "dark-colours", "quiet")
        dark.clicked.connect(lambda: self.dark_asked.emit(not theme.is_dark()))
        if not self._narrow:
            card.add(dark)
        return card

    def _ready_line(self) -> Box:
        line = Box(across=not self._narrow, gap=22)
        for one in self._ready:
            line.add(row(IconLabel(one.icon, one.ink, 16), Label(one.words, "small"), gap=6))
        line.body.addStretch(1)
        back = Button(_("Restore from a backup"), "restore-backup", "quiet", "undo")
        back.clicked.connect(self.restore_asked)
        line.add(back)
        return line

    # ---- acts -----------------------------------------------------------------------------------

    def _choose_pack(self) -> None:
        files = self._chooser.files(self)
        if files:
            self.set_pack(files[0])

    def _choose_key(self) -> None:
        if (key := self._chooser.key(self)) is not None:
            self.set_key(key)

    def given(self) -> tuple[Path | None, Path | None]:
        """Return the pack and the key file that were chosen."""
        return self._pack, self._key

    def give_again(self, given: tuple[Path | None, Path | None]) -> None:
        """Take over what was chosen before."""
        self._pack, self._key = given
        self._show_files()

    def set_pack(self, pack: Path) -> None:
        """Take a pack, and a key file that lies beside it."""
        self._pack = pack
        beside = sorted(pack.parent.glob("*.key"))
        if self._key is self._own_key and len(beside) == 1:
            self._key = beside[0]
        self._show_files()

    def set_key(self, key: Path) -> None:
        """Take a key file."""
        self._key = key
        self._show_files()

    def _show_files(self) -> None:
        self.pack_name.set_text(self._pack.name if self._pack else _("No pack is chosen yet"))
        self.key_name.set_text(self._key.name if self._key else _("No key file is chosen yet"))
        self.open_button.setEnabled(bool(self._pack and self._key and self.passphrase.text()))
        self._choose_pack_button.set_kind("" if self._pack else "primary")
        self._choose_key_button.set_kind("primary" if self._pack and not self._key else "")

    def _open(self) -> None:
        if self._pack is not None and self._key is not None:
            self.show_busy(_("Opening the pack…"))
            self.pack_asked.emit(PackRequest(self._pack, self._key, self.passphrase.text()))

    def show_busy(self, words: str, progress: Progress | None = None) -> None:
        """Say what is under way; the buttons wait. With `progress`, its steps are shown and it can be stopped."""
        self._under_way = progress if words else None
        self._steps_line.hide()
        self.practice_button.show()
        for button in (self.open_button, self.practice_button):
            button.setEnabled(not words)
        self.progress.set_text(words)
        self.progress.setVisible(bool(words))
        if not words:
            self._show_files()

    def show_step(self, done: int, of: int, _what: str) -> None:
        """Show how far the work is; only work long enough to have steps can be stopped here."""
        if self._under_way is not None and of:
            self.steps.set_progress(done, of)
            if self._steps_line.isHidden():
                self.stop_button.setEnabled(True)
                self._steps_line.show()
                self.practice_button.hide()
                self.stop_button.setFocus()

    def _stop(self) -> None:
        if self._under_way is not None:
            self.stop_button.setEnabled(False)
            self._under_way.cancel()

    def show_trouble(self, title: str, text: str, tone: Tone = "err", action: Button | None = None) -> None:
        """Tell why something did not open; `action` is what can be done about it."""
        self.show_busy("")
        self.trouble.clear()
        self.trouble.add(Banner(tone, title, text, action=action), 12)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of ours."""
        if any(url.toLocalFile().endswith(PACK_END) for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the first dropped file as the pack."""
        names = [url.toLocalFile() for url in event.mimeData().urls() if url.toLocalFile().endswith(PACK_END)]
        if names:
            self.set_pack(Path(names[0]))
