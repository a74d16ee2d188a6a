# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The report beside the form: its tools, its page, and the one button that links the page or the marked words."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget

from pmqa_desktop.domain.answers import Evidence
from pmqa_desktop.domain.criteria import Item
from pmqa_desktop.text import _
from ui import theme
from ui.screens.scoring.desk import SheetDesk
from ui.screens.scoring.finder import Finder, OutlineTree
from ui.screens.scoring.page_view import PageView
from ui.screens.scoring.reader import ZOOMS, Reader
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Choices, Field
from ui.widgets.labels import ElideLabel, Label, WrapLabel
from ui.widgets.passphrase import PassphraseEntry
from ui.widgets.running import Running
from ui.widgets.signs import EmptyState

_ROOMY = 340
"""The least height of the pane, in pixels at 100 %, that leaves room for the list of places found."""


def point_number(item: Item, point: str) -> int:
    """Return the running number of a point or indicator in its item; 0 if it is none of them."""
    ids = [one.id for one in item.points] + [one.code for one in item.indicators]
    return ids.index(point) + 1 if point in ids else 0


class ReportPane(Box):
    """The report with its tools and the one button that links the shown page, or the words marked on it."""

    link_asked = Signal()
    unlock_asked = Signal(str)
    paper_asked = Signal(object)

    def __init__(self, desk: SheetDesk, reader: Reader, item: Item) -> None:
        """Show what `reader` has open."""
        super().__init__("plain", gap=0)
        self.setObjectName("report-pane")
        self._desk, self._reader, self._item, self._point = desk, reader, item, ""
        self._opening: tuple[str, Running] | None = None
        self.choice = Choices("paper-choice", _("Paper of the agency"))
        for paper in desk.papers:
            self.choice.addItem(paper.name, paper)
        self.choice.activated.connect(lambda index: self.paper_asked.emit(self.choice.itemData(index)))
        self.finder = Finder(reader)
        self.finder.hide()
        self.tools = self._build_tools()
        self.view = PageView(reader, self._linked)
        self.outline = OutlineTree()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.outline)
        self.notice = Box(gap=0)
        self.stack.addWidget(self.notice)
        self.quote = ElideLabel("", "micro", 400, "text2", lines=2)
        self.quote.setObjectName("marked-words")
        self.coarse = Label(_("A very large page: drawn coarser"), "micro", 600, "warn")
        self.link = Button("", "link-page", "primary", "link", tip="Ctrl+L")
        self.link.clicked.connect(self.link_asked)
        choosing = row(margins=(8, 4, 8, 0)).add(self.choice, stretch=1)
        self.add(choosing)
        choosing.setVisible(len(desk.papers) > 1)
        self.add(self.tools)
        self.add(self.stack, stretch=1)
        self.add(row(margins=(10, 2, 8, 0)).add(self.coarse, self.quote, stretch=1))
        self.add(row(margins=(8, 6, 8, 0)).add(self.link, stretch=1))
        self._connect()
        if reader.pages:
            self._show_open()
        elif not desk.papers:
            self.say("file", _("The secretariat's pack holds no papers of this agency."))

    def _connect(self) -> None:
        reader = self._reader
        reader.page_changed.connect(self._show_page)
        reader.opened.connect(self._show_open)
        reader.failed.connect(self._show_trouble)
        reader.mark_changed.connect(self._show_link)
        self.finder.left.connect(lambda: self.search_button.setChecked(False))
        self.outline.chosen.connect(self._go_to_heading)
        self._show_link()

    def _build_tools(self) -> Box:
        reader = self._reader
        before = Button("", "page-before", "quiet", "left", said=_("Previous page"))
        after = Button("", "page-after", "quiet", "right", said=_("Next page"))
        before.clicked.connect(lambda: reader.turn(reader.page - 1))
        after.clicked.connect(lambda: reader.turn(reader.page + 1))
        self.number = Field("page-number", _("Page"), limit=5)
        self.number.setFixedWidth(theme.px(50))
        self.number.returnPressed.connect(self._go)
        self.of = Label("", "small", 400, "text2")
        smaller = Button("", "page-smaller", "quiet", "minus", said=_("Smaller page"))
        larger = Button("", "page-larger", "quiet", "plus", said=_("Larger page"))
        self.zoom = Button("100%", "page-zoom", "quiet", size="tight")
        smaller.clicked.connect(lambda: reader.step_zoom(-1))
        larger.clicked.connect(lambda: reader.step_zoom(1))
        self.zoom.clicked.connect(lambda: reader.show_zoom(ZOOMS[0], actual=not reader.actual))
        self.contents = Button("", "page-outline", "quiet", "list", said=_("Contents of the paper"))
        self.contents.setCheckable(True)
        self.contents.toggled.connect(self._show_outline)
        self.search_button = search = Button("", "page-search", "quiet", "search", said=_("Find in the report"))
        search.setCheckable(True)
        search.toggled.connect(self._show_finder)
        tools = Box(margins=(4, 5, 4, 5), gap=0)
        tools.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        tools.add(
            row(before, self.number, self.of, after, None, smaller, self.zoom, larger, self.contents, search, gap=0)
        )
        tools.add(row(margins=(4, 0, 4, 0)).add(self.finder, stretch=1))
        return tools

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the list of places away where the page would have no room left."""
        super().resizeEvent(event)
        self.finder.set_roomy(self.height() > theme.px(_ROOMY))

    # ---- in the page's place --------------------------------------------------------------------

    def say(self, icon: str, sentence: str, action: Button | None = None) -> None:
        """Tell in one sentence why no page is shown; `action` is what to do about it."""
        self._replace(EmptyState(icon, sentence, action))

    def show_opening(self, name: str, stop: Callable[[], None], again: Callable[[], None]) -> None:
        """Say that the paper `name` is being read; `again` opens it after all once it was stopped."""
        running = Running(_("Opening {name}").format(name=name), "paper-stop")
        box = Box(margins=16, gap=10)
        box.body.addStretch(1)
        box.add(running)
        box.body.addStretch(1)
        self._replace(box)
        self._opening = (name, running)

        def stopped() -> None:
            stop()
            button = Button(_("Open the paper"), "paper-again", "primary", "file")
            button.clicked.connect(again)
            self.say("file", _("Stopped as you asked. The paper stays sealed."), button)
            button.setFocus()

        running.stop.clicked.connect(stopped)

    def show_step(self, done: int, of: int, what: str) -> None:
        """Show how far the reading is."""
        if self._opening is not None and self._opening[0] == what:
            self._opening[1].show_step(done, of)

    def ask_passphrase(self, error: str = "") -> None:
        """Offer the passphrase field: the papers are sealed."""
        box = Box(margins=16, gap=10)
        box.body.addStretch(1)
        box.add(WrapLabel(_("The papers are sealed. Your passphrase opens them for this sitting."), "body"))
        entry = PassphraseEntry("papers-passphrase", _("Passphrase of your key"))
        button = Button(_("Open the papers"), "open-papers", "primary", "key")
        button.clicked.connect(lambda: self.unlock_asked.emit(entry.value()))
        entry.entered.connect(button.click)
        box.add(entry, button)
        if error:
            box.add(WrapLabel(error, "small", 600, "err"))
        box.body.addStretch(1)
        self._replace(box)

    def _replace(self, widget: Box) -> None:
        self._opening = None
        self.notice.clear()
        self.notice.add(widget, stretch=1)
        self.stack.setCurrentWidget(self.notice)
        self.tools.setEnabled(False)
        self.link.setEnabled(False)

    def _show_trouble(self) -> None:
        if self._reader.trouble == "locked":
            told = _("This paper has a password of its own. Ask the secretariat for one without.")
        else:
            told = _("This paper cannot be shown: the file is damaged or has no pages.")
        self.say("err", told)

    # ---- search and outline ---------------------------------------------------------------------

    def open_search(self) -> None:
        """Open the search field."""
        self.search_button.setChecked(True)
        self.finder.field.setFocus()
        self.finder.field.selectAll()

    def _show_finder(self, on: bool) -> None:
        self.finder.setVisible(on)
        (self.finder.field if on else self.view).setFocus()

    def _show_outline(self, on: bool) -> None:
        if on:
            self.outline.show_outline(self._reader)
            if not self.outline.topLevelItemCount():
                self.contents.setChecked(False)
                self.contents.setEnabled(False)
                self.contents.setToolTip(_("This paper lists no contents"))
                return
        self.stack.setCurrentWidget(self.outline if on else self.view)
        (self.outline if on else self.view).setFocus()

    def _go_to_heading(self, page: int) -> None:
        self.contents.setChecked(False)
        self._reader.turn(page)

    # ---- the page and its link ------------------------------------------------------------------

    def show_target(self, item: Item, point: str) -> None:
        """Say on the link button what would be linked to what."""
        self._item, self._point = item, point
        self._show_link()
        self.view.sheet.update()

    def _show_link(self) -> None:
        mark = self._reader.mark
        passage = mark.passage if mark is not None else None
        self.quote.set_text(f"“{passage.words}”" if passage is not None else "")
        self.quote.setVisible(passage is not None)
        number = point_number(self._item, self._point)
        if passage is not None:
            words = (
                _("Link this passage to point {n} of item {item}") if number else _("Link this passage to item {item}")
            )
        else:
            words = _("Link this page to point {n} of item {item}") if number else _("Link this page to item {item}")
        self.link.set_text(words.format(n=number, item=self._item.code))
        self.link.setEnabled(self._desk.judges(self._item.code) and self._reader.pages > 0)

    def _linked(self, page: int) -> tuple[Evidence, ...]:
        paper = self._reader.paper
        if paper is None:
            return ()
        linked = self._desk.evidence(self._item.code)
        return tuple(one for one in linked if one.page == page and one.document == paper.digest)

    def _show_open(self) -> None:
        self._opening = None
        self.stack.setCurrentWidget(self.view)
        self.contents.setChecked(False)
        self.contents.setEnabled(True)
        self.tools.setEnabled(True)
        if self._reader.paper in self._desk.papers:
            self.choice.setCurrentIndex(self._desk.papers.index(self._reader.paper))
        self._show_page(self._reader.page)
        self._show_link()

    def _show_page(self, page: int) -> None:
        reader = self._reader
        self.number.setText(str(page))
        self.of.setText(f"/ {reader.pages}")
        self.zoom.setText("1:1" if reader.actual else f"{reader.zoom}%")
        told = _("As large as on paper; press to fit the width") if reader.actual else _(
            "{percent} % of the width; press to show it as large as on paper"
        ).format(percent=reader.zoom)  # fmt: skip
        self.zoom.setAccessibleName(told)
        self.zoom.setToolTip(told)
        self.coarse.setVisible(self.view.sheet.coarse)

    def _go(self) -> None:
        text = self.number.text().strip()
        if text.isdecimal():
            self._reader.turn(max(1, min(int(text), self._reader.pages)))
        self.number.setText(str(self._reader.page))
