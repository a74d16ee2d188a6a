# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Closing the round on this laptop: what stays, what goes, what would be lost; and the record afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal

from pmqa_desktop.progress import Cancelled, Progress
from pmqa_desktop.services.safekeeping.closing import Closed, ClosingPlan
from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.text import _, current_language, pick
from pmqa_desktop.thai import format_date
from ui import theme
from ui.dialogs.ask import ask
from ui.errors import worded
from ui.screens.base import Screen
from ui.screens.identity.following import bring_up
from ui.screens.reports.preview import PreviewPane
from ui.widgets.boxes import Box, Scroll, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Field
from ui.widgets.labels import ElideLabel, IconLabel, Label, WrapLabel
from ui.widgets.scores import ProgressBar
from ui.widgets.signs import Banner, EmptyState, Tone

TWO_COLUMNS = 1000


class _Page(Screen):
    """A page in the middle of the window."""

    def __init__(self, name: str, title: str, seen: RoundInfo) -> None:
        super().__init__(name, title, pick(seen.title_th, seen.title_en), rehearsal=seen.rehearsal)
        self._page = Box(margins=(20, 14, 20, 16), gap=12)
        self._page.setMaximumWidth(theme.px(1120))
        frame = Box(across=True)
        frame.body.addStretch(1)
        frame.add(self._page, stretch=1000)
        frame.body.addStretch(1)
        self._scroll = Scroll(frame, f"{name}-scroll")
        self.add(self._scroll, stretch=1)


class ClosingScreen(_Page):
    """Tell what closing does, ask for a word where something is lost, and close."""

    close_asked = Signal(str)
    back_asked = Signal()
    sign_asked = Signal(str)

    def __init__(self, seen: RoundInfo, plan: ClosingPlan, names: Mapping[str, str]) -> None:
        """Show `plan`; `names` are the agencies' by id."""
        super().__init__("closing-screen", _("Close the round on this laptop"), seen)
        back = Button("", "to-overview", "bar", "left", said=_("Back"))
        back.clicked.connect(self.back_asked)
        self.bar_buttons = [back]
        self._plan, self._names = plan, names
        self._two: bool | None = None
        self._under_way: Progress | None = None
        if plan.unsigned:
            self._page.add(self._lost())
        elif not plan.round_closed:
            self._page.add(Banner("warn", _("The secretariat has not closed the round yet"),
                                  _("If a file of yours is lost or must be mended, this laptop could no longer help. "
                                    "Better wait until the round is closed.")))  # fmt: skip
        self._cards = Box(across=True, gap=16)
        self._cards.add(self._list("ok", _("Stays on this laptop"), self._kept()), stretch=1)
        self._cards.add(self._list("cross", _("Is deleted for good"), self._gone()), stretch=1)
        self._page.add(self._cards, self._act())
        self._page.body.addStretch(1)

    def reflow(self, em_width: int) -> None:
        """Put the two lists beside or below each other."""
        two = em_width >= TWO_COLUMNS
        if two != self._two:
            self._two = two
            across = self._cards.body.Direction.LeftToRight if two else self._cards.body.Direction.TopToBottom
            self._cards.body.setDirection(across)

    def _name(self, agency: str) -> str:
        return self._names.get(agency, agency)

    def _lost(self) -> Banner:
        first = self._plan.unsigned[0]
        go = Button(_("Sign it first"), "sign-first", "primary", "pen")
        go.clicked.connect(lambda: self.sign_asked.emit(first))
        title = _("Unsigned work would be lost: {agencies}").format(
            agencies=", ".join(map(self._name, self._plan.unsigned))
        )
        return Banner("warn", title, _("What no signed sheet has is deleted with the drafts, also their history."),
                      action=go)  # fmt: skip

    def _kept(self) -> tuple[str, ...]:
        told = _("Your signed sheet on {agency}, also as a PDF")
        sheets = tuple(told.format(agency=self._name(one)) for one in self._plan.sheets)
        return (
            *(sheets or (_("No signed sheet of yours is here"),)),
            _("Your declarations, the consensus of the panel and the results"),
            _("The roster, criteria and assignment that you signed under"),
            _("Your key"),
        )

    def _gone(self) -> tuple[str, ...]:
        plan = self._plan
        return (
            _("All drafts, private notes and their history"),
            _("Papers of the agencies: {n} files").format(n=len(plan.papers)),
            _("Documents of other persons: {n}").format(n=plan.peers),
            _("Copies of the workspace beside it, and the mirror if its drive is plugged in"),
        )

    @staticmethod
    def _list(icon: str, title: str, lines: tuple[str, ...]) -> Box:
        card = Box("card", margins=(18, 12, 18, 14), gap=6)
        card.add(Label(title, "lead", 600))
        for words in lines:
            line = row(gap=8)
            line.add(IconLabel(icon, "ok" if icon == "ok" else "text2", 18), align=Qt.AlignmentFlag.AlignTop)
            line.add(WrapLabel(words, "small"), stretch=1)
            card.add(line)
        card.body.addStretch(1)
        return card

    def _act(self) -> Box:
        card = Box("card", margins=(18, 12, 18, 14), gap=8)
        self.word = Field("closing-word", _("Why it is closed all the same"), limit=500)
        if self._plan.needs_word:
            card.add(Label(self.word.accessibleName(), "body", 600), self.word)
            card.add(WrapLabel(_("Your words go into the log of this laptop."), "small", 400, "text2"))
            self.word.textChanged.connect(lambda _text: self._ready())
            self.word.returnPressed.connect(self._ask)
        self.told = Box(gap=8)
        self.steps = ProgressBar(0, 1, 8)
        self.steps.hide()
        # the safe way out is the filled one: what this button does cannot be taken back
        self.keep = Button(_("Leave the round open"), "keep-open", "primary", size="main")
        self.keep.clicked.connect(self._keep)
        self.button = Button(_("Close the round here…"), "close-here", "", "lock", size="main")
        self.button.clicked.connect(self._ask)
        card.add(self.told, self.steps, row(None, self.button, self.keep, gap=10))
        self._ready()
        return card

    def _ready(self) -> None:
        self.word.set_need(self._plan.needs_word and not self.word.text().strip())
        self.button.setEnabled(not self._plan.needs_word or bool(self.word.text().strip()))

    def _ask(self) -> None:
        if self.button.isEnabled() and ask(
            self,
            _("Close the round on this laptop for good?"),
            _("Drafts, notes, papers and other persons' documents are deleted from the disk. This cannot be undone."),
            _("Go back"),
            _("Delete and close"),
        ):
            self.close_asked.emit(self.word.text())

    def show_busy(self, progress: Progress) -> None:
        """Say that the record is being written; until it is, closing can be stopped."""
        self._under_way = progress
        self.button.setEnabled(False)
        self.keep.set_text(_("Stop"))
        self.told.clear()
        self.told.add(WrapLabel(_("Writing your record, then deleting…"), "small"))

    def show_step(self, done: int, of: int, _what: str) -> None:
        """Show how much of the record is written."""
        if self._under_way is not None and of:
            self.steps.show()
            self.steps.set_progress(done, of)
            self.keep.setEnabled(done < of)

    def _keep(self) -> None:
        if self._under_way is not None:
            self._under_way.cancel()
        else:
            self.back_asked.emit()

    def show_error(self, error: Exception) -> None:
        """Tell why nothing was deleted."""
        self._under_way = None
        self.steps.hide()
        self.keep.setEnabled(True)
        self.keep.set_text(_("Leave the round open"))
        self._ready()
        self.told.clear()
        tone: Tone = "info" if isinstance(error, Cancelled) else "err"
        self.told.add(Banner(tone, _("The round was not closed"), worded(error)))
        bring_up(self._scroll, self.told)

    def focus_first(self) -> None:
        """Begin where a word is asked for, else at the safe way out."""
        (self.word if self._plan.needs_word else self.keep).setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> object:
        """Return the word written so far."""
        return self.word.text()

    def restore(self, place: object) -> None:
        """Write it again."""
        self.word.setText(str(place or ""))


@dataclass(frozen=True, slots=True)
class Record:
    """What stays after closing: the date (ISO), the PDF files; `closed` is what was done just now.

    `practice`: this is the practice round, which can be begun anew.
    """

    closed_on: str
    files: tuple[Path, ...]
    closed: Closed | None = None
    practice: bool = False


class ClosedScreen(_Page):
    """The round is closed here: the record to read, and nothing to edit."""

    start_asked = Signal()
    panels_asked = Signal()
    anew_asked = Signal()
    file_asked = Signal(object)

    def __init__(self, seen: RoundInfo, record: Record, names: Mapping[str, str]) -> None:
        """Show `record`; `names` are the agencies' by id."""
        super().__init__("closed-screen", _("The round is closed on this laptop"), seen)
        back = Button("", "to-start", "bar", "left", said=_("Start screen"))
        back.clicked.connect(self.start_asked)
        panels = Button("", "to-panels", "bar", "user", said=_("My panels"))
        panels.clicked.connect(self.panels_asked)
        self.bar_buttons = [back, panels]
        day = format_date(date.fromisoformat(record.closed_on), current_language(), "long")
        told = _("Drafts and the papers of others are gone from this laptop. What you signed is still here.")
        title = _("Closed on {date}").format(date=day)
        anew: Button | None = None
        if record.practice:
            anew = Button(_("Practise from the beginning"), "practise-anew", "", "play")
            anew.clicked.connect(self.anew_asked)
        self._page.add(Banner("ok", title, told, icon="lock", action=anew))
        if record.closed is not None:
            self._page.add(self._done(record.closed))
        self._names, self.first = names, back
        self.pane = PreviewPane()
        self.pane.setMinimumHeight(theme.px(430))
        self._cards = Box(across=True, gap=14)
        self._cards.add(self._files(record.files), stretch=2)
        self._cards.add(self.pane, stretch=3)
        self.pane.setVisible(bool(record.files))
        self._page.add(self._cards)
        self._page.body.setStretchFactor(self._cards, 1)

    def reflow(self, em_width: int) -> None:
        """Put the pages beside or below the list."""
        way = self._cards.body.Direction
        self._cards.body.setDirection(way.LeftToRight if em_width >= TWO_COLUMNS else way.TopToBottom)

    def _files(self, files: tuple[Path, ...]) -> Box:
        card = Box("card", margins=(20, 14, 20, 16), gap=10)
        card.add(Label(_("Your own record"), "lead", 600))
        if not files:
            card.add(EmptyState("file", _("No sheet of yours was signed in this round, so there is no record.")))
        for number, path in enumerate(files):
            card.add(self._file(number, path))
        if files:
            card.add(WrapLabel(_("The files lie in {folder}").format(folder=files[0].parent), "micro", 400, "text2"))
        card.body.addStretch(1)
        return card

    def _file(self, number: int, path: Path) -> Box:
        opened = Button(_("Open"), f"record-{number}", "primary" if number == 0 else "", "file")
        opened.setAccessibleName(_("Open {name}").format(name=path.name))
        opened.clicked.connect(lambda: self.file_asked.emit(path))
        if number == 0:
            self.first = opened
        line = row(IconLabel("file", "primary", 22), gap=10)
        words = Box(gap=0).add(
            ElideLabel(self._names.get(path.stem, path.stem), "body", 600),
            ElideLabel(path.name, "small", 400, "text2"),
        )
        line.add(words, stretch=1)
        line.add(opened)
        return line

    def show_file(self, path: Path, data: bytes) -> None:
        """Show one PDF of the record."""
        self.pane.title.set_text(self._names.get(path.stem, path.name))
        self.pane.show_pages(data, 1)

    def show_file_error(self, error: Exception) -> None:
        """Tell why a PDF of the record is not shown."""
        self.pane.say("err", worded(error))

    @staticmethod
    def _done(closed: Closed) -> Box:
        box = Box(gap=8)
        told = _("Written: {files} PDF. Deleted: {peers} documents of others, {papers} files with papers, all drafts.")
        line = row(IconLabel("ok", "ok", 20), gap=10)
        line.add(WrapLabel(told.format(files=len(closed.record), peers=closed.peers, papers=closed.papers)), stretch=1)
        box.add(line)
        if not closed.mirror_cleaned:
            box.add(Banner("warn", _("The mirror's drive was not there"),
                           _("Delete its two .mirror files by hand when the drive is at hand again.")))  # fmt: skip
        return box

    def focus_first(self) -> None:
        """Begin at the record."""
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)
