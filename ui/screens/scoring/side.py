# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What stands beside the editor for a while: opens the drawer, follows the item, leads back; and tells of each step."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from pmqa_desktop.domain.criteria import Item
from pmqa_desktop.domain.linting import Notice
from pmqa_desktop.domain.plaintext import Removed
from pmqa_desktop.services.evaluation.scoring import ReadBack
from pmqa_desktop.text import _
from ui import shortcuts
from ui.drives import size_words
from ui.screens.scoring.arranging import EntriesPane
from ui.screens.scoring.changes import field_words
from ui.screens.scoring.desk import Changed, SheetDesk, StepAct
from ui.screens.scoring.drawer import Drawer, Side, SidePane
from ui.screens.scoring.finding import FindPane, kind_words
from ui.screens.scoring.history import HistoryPane
from ui.screens.scoring.layout import Mode
from ui.screens.scoring.remarks import RemarksPane, remark_target, size_share
from ui.widgets.boxes import Box
from ui.widgets.buttons import Button
from ui.widgets.labels import ElideLabel, IconLabel
from ui.widgets.signs import Banner

WARNED_SHARE = 75
"""The sheet's size is warned of from this share, in percent, of what can be signed."""
PANES: dict[Side, type[SidePane]] = {
    "find": FindPane, "history": HistoryPane, "entries": EntriesPane, "remarks": RemarksPane,
}  # fmt: skip


class StatusLine(Box):
    """One sentence about what happened last, below the editor; it stays until the next one, or until it is put away."""

    def __init__(self) -> None:
        """Start hidden."""
        super().__init__("band", across=True, margins=(18, 2, 8, 2), gap=8)
        self.setObjectName("status-line")
        self._icon = IconLabel("info", "info", 18)
        self._words = ElideLabel("", "small", 600)
        close = Button("", "status-close", "quiet", "cross", said=_("Put this away"), size="tight")
        close.clicked.connect(self.hide)
        self.add(self._icon)
        self.add(self._words, stretch=1)
        self.add(close)
        self._passing = False
        self.hide()

    def say(self, icon: str, words: str, *, passing: bool = False) -> None:
        """Tell a sentence; one that is `passing` is no longer true after the next edit."""
        self._passing = passing
        self._icon.set_icon(icon, "primary")
        self._words.set_text(words)
        self.setAccessibleName(words)
        self.show()

    def pass_by(self) -> None:
        """Take away a sentence that the present edit made untrue."""
        if self._passing:
            self.hide()


class SizeWarning(Box):
    """Tells that the sheet grows too large, what to do, and where its longest text is; never in the way of typing."""

    longest_asked = Signal(str, str)

    def __init__(self, desk: SheetDesk) -> None:
        """Watch `desk`."""
        super().__init__(gap=0)
        self.setObjectName("size-warning")
        self._desk = desk
        self._shown = 0
        self.hide()
        desk.checked.connect(self._show)

    def _show(self, read: ReadBack) -> None:
        share = size_share(read)
        if share == self._shown:
            return
        self._shown = share
        self.clear()
        self.setVisible(share >= WARNED_SHARE)
        longest = self._desk.longest()
        if share < WARNED_SHARE or longest is None:
            return
        item, kind, size = longest
        go = Button(_("Go to the longest text"), "longest-text", "primary")
        go.clicked.connect(lambda: self.longest_asked.emit(item, kind))
        told = _("The sheet takes {share} % of what can be signed") if share <= 100 else _(
            "The sheet is too large to be signed: {share} %"
        )  # fmt: skip
        text = _("Everything is saved and you can go on writing. Shorten what was copied from the report and link its "
                 "page instead. The longest text: {kind} of item {item}, {size}.")  # fmt: skip
        text = text.format(kind=kind_words(kind), item=item, size=size_words(size))
        self.add(Banner("warn" if share <= 100 else "err", told.format(share=share), text, action=go))


class SideKeeper(QObject):
    """Keeps which pane is open over changes of item and layout.

    `hit_chosen` carries a hit and the words searched for; `field_asked` an item and what to go to there: a kind of
    comment, `note`, `answer`, `evidence` or `report`.
    """

    hit_chosen = Signal(object, str)
    field_asked = Signal(str, str)

    def __init__(self, screen: QWidget, desk: SheetDesk, agencies: Mapping[str, str]) -> None:
        """Serve `screen`; `agencies` are the names of the own agencies by id."""
        super().__init__(screen)
        self._desk, self._agencies = desk, agencies
        self._drawer: Drawer | None = None
        self._hidden: tuple[QWidget, ...] = ()
        self._mode: Mode = "normal"
        self._item: Item | None = None
        self._back: QWidget | None = None
        self.words, self.everywhere = "", False
        self.status = StatusLine()
        self.size_warning = SizeWarning(desk)
        self.size_warning.longest_asked.connect(self._go)
        desk.stepped.connect(self._tell_step)
        for edited in (desk.answer_changed, desk.comment_changed, desk.evidence_changed):
            edited.connect(self.status.pass_by)
        desk.check()
        for side, keys in shortcuts.SIDES.items():
            shortcuts.bind(screen, keys, lambda side=side: self.open(side))  # type: ignore[misc]

    @property
    def side(self) -> Side:
        """Return what is open, empty for nothing."""
        pane = self._drawer.pane if self._drawer is not None else None
        return next((side for side, kind in PANES.items() if isinstance(pane, kind)), "")

    def build(self, mode: Mode, *gives_way: QWidget) -> Drawer:
        """Return the drawer of a layout; `gives_way` are the panes that it takes the room of."""
        self._mode, self._hidden = mode, gives_way
        self._drawer = Drawer(mode)
        self._drawer.closed.connect(self.close)
        return self._drawer

    @property
    def drawer(self) -> Drawer | None:
        """Return the drawer of the present layout."""
        return self._drawer

    def search(self) -> tuple[str, bool]:
        """Return the words looked for last, and whether on all agencies."""
        self._keep_search()
        return self.words, self.everywhere

    @property
    def covers_editor(self) -> bool:
        """Tell whether the editor is not seen while the drawer is open."""
        return self._mode in ("narrow", "small")

    # ---- opening and closing --------------------------------------------------------------------

    def open(self, side: Side) -> None:
        """Open a pane and put the cursor there; the second time it only gets the cursor."""
        if self._drawer is None or not side:
            return
        focused = QApplication.focusWidget()
        if focused is not None and not self._drawer.isAncestorOf(focused):
            self._back = focused
        if self.side != side:
            self._drawer.open(self._make(side))
            if self._item is not None:
                self._drawer.follow(self._item)
            for pane in self._hidden:
                pane.hide()
        if self._drawer.pane is not None:
            self._drawer.pane.focus_first()

    def _make(self, side: Side) -> SidePane:
        self._keep_search()
        match side:
            case "history":
                return HistoryPane(self._desk)
            case "entries":
                return EntriesPane(self._desk, small=self._mode == "small")
            case "remarks":
                remarks = RemarksPane(self._desk)
                remarks.mend_asked.connect(self._mend)
                return remarks
        pane = FindPane(self._desk.find, self._agencies, words=self.words, everywhere=self.everywhere)
        pane.hit_chosen.connect(self._choose_hit)
        return pane

    def _mend(self, notice: Notice) -> None:
        self._go(notice.item, remark_target(notice.code) or "answer")

    def _go(self, item: str, what: str) -> None:
        self.give_way()
        self.field_asked.emit(item, what)

    def _keep_search(self) -> None:
        pane = self._drawer.pane if self._drawer is not None else None
        if isinstance(pane, FindPane):
            self.words, self.everywhere = pane.field.text(), pane.everywhere

    def _choose_hit(self, hit: object, words: str) -> None:
        self._keep_search()
        self.give_way()
        self.hit_chosen.emit(hit, words)

    def give_way(self) -> None:
        """Let the editor be seen: where there is no room for both, the drawer closes."""
        if self.covers_editor:
            self._shut()

    def close(self) -> None:
        """Close the drawer; the cursor goes back to where it was."""
        self._shut()
        back = self._back
        if back is not None and _alive(back):
            back.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _shut(self) -> None:
        self._keep_search()
        if self._drawer is not None:
            self._drawer.shut()
        for pane in self._hidden:
            pane.show()

    def follow(self, item: Item) -> None:
        """Follow the screen to another item."""
        self._item = item
        if self._drawer is not None:
            self._drawer.follow(item)

    def refresh(self) -> None:
        """Show in the drawer what the sheet holds now."""
        if self._drawer is not None:
            self._drawer.refresh()

    # ---- telling --------------------------------------------------------------------------------

    def _tell_step(self, act: StepAct, changed: Changed) -> None:
        if not changed:
            nothing = {"undo": _("There is nothing to undo"), "redo": _("There is nothing to redo")}
            self.status.say("info", nothing.get(act, _("The value is the same as before")))
            return
        words = {
            "undo": _("Undone: {what}"), "redo": _("Done again: {what}"), "restore": _("Earlier value again: {what}"),
        }  # fmt: skip
        what = field_words(*changed[0])
        if len(changed) > 1:
            what = _("{what} and {n} more").format(what=what, n=len(changed) - 1)
        self.status.say(
            {"undo": "undo", "redo": "redo"}.get(act, "history"), words[act].format(what=what), passing=True
        )

    def tell_pasted(self, removed: Removed) -> None:
        """Say softly what a pasted text lost."""
        told = (
            (removed.invisible, _("{n} invisible characters")),
            (removed.private, _("{n} characters that other computers cannot show")),
            (removed.bullets, _("{n} bullets, now “-”")),
            (removed.spaces, _("{n} special spaces, now plain ones")),
        )
        parts = ", ".join(words.format(n=count) for count, words in told if count)
        self.status.say("info", _("Pasted text was tidied: {parts}").format(parts=parts))


def _alive(widget: QWidget) -> bool:
    return isValid(widget) and widget.isVisible() and widget.isEnabled()
