# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The key themes: what the panel says on the agency as a whole, beside the items' texts that it is drawn from."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal

from pmqa_desktop.domain.answers import THEME_KINDS, CommentKind
from pmqa_desktop.domain.documents import MergedComment
from pmqa_desktop.services.panel import PanelAgency, PanelService, PanelThemes
from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.text import N_, _
from ui import theme
from ui.models.numbers import agency_name
from ui.screens.base import Screen
from ui.screens.panel.comments import KIND_TITLES
from ui.tasks import TaskRunner
from ui.widgets.boxes import Box, Rule, Scroll, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Writing
from ui.widgets.labels import Label, WrapLabel
from ui.widgets.lengths import LengthWarning

WIDE = 1000
PAUSE_MS = 1000
_LINES = 3
_NAMES: Mapping[CommentKind, str] = {
    "strength": N_("Strength that runs through several categories, number {number}"),
    "ofi": N_("Opportunity for improvement that runs through several categories, number {number}"),
}


class ThemeEntry(Box):
    """One theme to write; its buttons move it up or take it away."""

    edited = Signal()
    left = Signal()
    up_asked = Signal()
    drop_asked = Signal()

    def __init__(self, kind: CommentKind, number: int, text: str, *, first: bool) -> None:
        """Show `text` as theme `number`, from 1; the `first` one cannot go up."""
        super().__init__(gap=2)
        said = _(_NAMES[kind]).format(number=number)
        self.writing = Writing(f"theme-{kind}-{number}", said, text)
        self.writing.setFixedHeight(self.writing.fontMetrics().lineSpacing() * _LINES + theme.px(14))
        self.writing.textChanged.connect(self.edited)
        self.writing.left.connect(self.left)
        up = Button("", f"theme-up-{kind}-{number}", "quiet", "up", size="tight", said=_("Move up: {name}").format(
            name=said))  # fmt: skip
        up.setEnabled(not first)
        up.clicked.connect(self.up_asked)
        drop = Button(_("Remove"), f"theme-drop-{kind}-{number}", "quiet", "cross", size="tight",
                      said=_("Remove: {name}").format(name=said))  # fmt: skip
        drop.clicked.connect(self.drop_asked)
        line = row(Label(f"{number}.", "small", 600, "text2"), None, up, drop, gap=4)
        line.setFixedHeight(theme.px(28))
        self.add(line, self.writing, LengthWarning(self.writing))

    def text(self) -> str:
        """Return what is written."""
        return self.writing.toPlainText()


class ThemeColumn(Box):
    """The themes of one kind in their order, and below them the items' texts of that kind to draw from."""

    changed = Signal()
    edited = Signal()

    def __init__(self, kind: CommentKind) -> None:
        """Start without themes."""
        super().__init__("card", margins=(18, 12, 18, 14), gap=8)
        self.kind: CommentKind = kind
        self.entries: list[ThemeEntry] = []
        self._dropped = ""
        self._add = Button(_("Write one"), f"theme-new-{kind}", "", "plus",
                           said=_("Write a theme: {kind}").format(kind=_(KIND_TITLES[kind])))  # fmt: skip
        self._add.clicked.connect(lambda: self.append(""))
        self._back = Button(_("Put back"), f"theme-back-{kind}", "quiet", "undo", size="tight",
                            said=_("Put the removed theme back"))  # fmt: skip
        self._back.clicked.connect(self._put_back)
        self._back.hide()
        self._none = WrapLabel(_("None written: the feedback report then has no such part."), "small", 400, "text2")
        self._room = Box(gap=8)
        self._source = Box(gap=6)
        self.add(
            row(Label(_(KIND_TITLES[kind]), "lead", 600), None, self._back, self._add),
            self._none, self._room, 4, Rule(), self._source, None,
        )  # fmt: skip

    def show_themes(self, written: Sequence[str], texts: Sequence[MergedComment]) -> None:
        """Show themes and the items' feedback texts of the same kind."""
        self._fill(written)
        self._source.clear()
        head = _("Texts on single items in the feedback ({count})").format(count=len(texts))
        self._source.add(Label(head, "small", 600, "text2"))
        if not texts:
            self._source.add(WrapLabel(_("Nothing was taken over yet; see the table of items."), "small", 400, "text2"))
        for number, one in enumerate(texts):
            said = _("Begin a theme with the text on item {item}").format(item=one.item)
            take = Button(_("Take over"), f"theme-take-{self.kind}-{number}", "quiet", said=said, size="tight")
            take.clicked.connect(lambda _on=False, text=one.text: self.append(text))
            code = Label(one.item, "small", 600)
            code.setFixedWidth(theme.px(34))
            line = row(gap=8)
            line.add(code, align=Qt.AlignmentFlag.AlignTop)
            line.add(WrapLabel(one.text, "small"), stretch=1)
            line.add(take, align=Qt.AlignmentFlag.AlignTop)
            self._source.add(line)

    def texts(self) -> tuple[str, ...]:
        """Return what is written, in order; an emptied entry is left out."""
        return tuple(text for entry in self.entries if (text := entry.text().strip()))

    def _fill(self, texts: Sequence[str]) -> None:
        self._room.clear()
        self.entries = []
        for number, text in enumerate(texts, start=1):
            entry = ThemeEntry(self.kind, number, text, first=number == 1)
            entry.edited.connect(self.edited)
            entry.left.connect(self.changed)
            entry.up_asked.connect(lambda place=number - 1: self._move_up(place))
            entry.drop_asked.connect(lambda place=number - 1: self._drop(place))
            self.entries.append(entry)
            self._room.add(entry)
        self._none.setVisible(not texts)

    def append(self, text: str) -> None:
        """Add an entry and put the cursor into it."""
        self._fill([*(entry.text() for entry in self.entries), text])
        self.entries[-1].writing.setFocus(Qt.FocusReason.OtherFocusReason)
        if text:
            self.changed.emit()

    def _move_up(self, place: int) -> None:
        texts = [entry.text() for entry in self.entries]
        texts[place - 1], texts[place] = texts[place], texts[place - 1]
        self._fill(texts)
        self.entries[place - 1].writing.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _drop(self, place: int) -> None:
        texts = [entry.text() for entry in self.entries]
        self._dropped = texts.pop(place)
        self._fill(texts)
        self._back.setVisible(bool(self._dropped.strip()))
        (self._back if self._dropped.strip() else self._add).setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _put_back(self) -> None:
        self._back.hide()
        self.append(self._dropped)


class ThemesScreen(Screen):
    """The chair writes the key themes of one agency; every word is kept as it is typed."""

    summary_asked = Signal(str)

    def __init__(self, panel: PanelService, seen: RoundInfo, tasks: TaskRunner, agency: str) -> None:
        """Show the themes of `agency`."""
        title = agency_name(seen.agencies[agency])
        super().__init__("themes", title, _("Key themes of the feedback report"), rehearsal=seen.rehearsal)
        self.agency, self._panel, self._tasks = agency, panel, tasks
        self._kept: dict[CommentKind, tuple[str, ...]] = {}
        self._loaded = False
        back = Button(_("To the summary"), "themes-back", "barmain", "left")
        back.clicked.connect(lambda: self.summary_asked.emit(self.agency))
        self.bar_buttons = [back]
        self.columns = {kind: ThemeColumn(kind) for kind in THEME_KINDS}
        self._across = Box(across=True, gap=14)
        for column in self.columns.values():
            column.changed.connect(self._save)
            column.edited.connect(self._typed)
            self._across.add(column, stretch=1)
        told = _(
            "What runs through several categories. The agency reads it before the items; it is signed with the "
            "consensus, and nobody is named as its author."
        )
        inside = Box("page", margins=(16, 12, 16, 14), gap=10)
        inside.add(WrapLabel(told, "body"))
        inside.add(self._across, stretch=1)
        self.add(Scroll(inside, "themes-scroll"), stretch=1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._save)
        self.setEnabled(False)
        tasks.store(self._read, self._show, owner=self)

    def _read(self) -> tuple[PanelAgency, PanelThemes]:
        entry = next(one for one in self._panel.agencies() if one.agency.agency == self.agency)
        return entry, self._panel.themes(self.agency)

    def _show(self, found: tuple[PanelAgency, PanelThemes]) -> None:
        entry, themes = found
        self._kept = dict(themes.written)
        for kind, column in self.columns.items():
            column.show_themes(themes.written.get(kind, ()), [one for one in themes.texts if one.kind == kind])
        self.setEnabled(entry.chair)
        self._loaded = True
        self.focus_first()

    def _typed(self) -> None:
        self._pause.start()

    def _save(self) -> None:
        """Keep what is written where it differs from what is kept."""
        self._pause.stop()
        now = {kind: column.texts() for kind, column in self.columns.items()}
        if self._loaded and now != self._kept:

            def done(at: datetime) -> None:
                self._kept = now
                self.tell_saved(at)

            self._tasks.store(lambda: self._panel.save_themes(self.agency, now), done, owner=self)

    def focus_first(self) -> None:
        """Put the cursor where the first theme is written."""
        first = self.columns[THEME_KINDS[0]]
        target = first.entries[0].writing if first.entries else first.findChild(Button, f"theme-new-{first.kind}")
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Keep what was typed."""
        self._save()

    def reflow(self, em_width: int) -> None:
        """Put the kinds below each other where the window is narrow."""
        direction = self._across.body.Direction
        self._across.body.setDirection(direction.LeftToRight if em_width >= WIDE else direction.TopToBottom)
