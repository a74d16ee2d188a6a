# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The panes of the scoring screen, put beside and below each other for the width there is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from pmqa_desktop.domain.answers import CommentKind
from pmqa_desktop.domain.criteria import Item
from pmqa_desktop.services.evaluation.scoring import AgencyWork
from pmqa_desktop.text import _, pick
from ui.screens.scoring.comments import NotePaper
from ui.screens.scoring.desk import SheetDesk
from ui.screens.scoring.dock import Dock
from ui.screens.scoring.drawer import Drawer
from ui.screens.scoring.editor import ItemEditor
from ui.screens.scoring.evidence import EvidencePane
from ui.screens.scoring.items import ItemList
from ui.screens.scoring.layout import Mode, first_focusable
from ui.screens.scoring.rail import Rail
from ui.screens.scoring.reader import Reader
from ui.screens.scoring.report import ReportPane
from ui.screens.scoring.tabs import CategoryTabs
from ui.screens.scoring.tools import Tools
from ui.widgets.boxes import Box
from ui.widgets.inputs import Choices


class Panes(Box):
    """Rail, tabs, items, editor and dock; where the width does not allow rail, items or dock, they are None.

    The signals pass on what the panes ask for, whichever of them are there in the present layout.
    """

    agency_chosen = Signal(str)
    category_chosen = Signal(int)
    item_chosen = Signal(str)
    point_chosen = Signal(str)
    step_asked = Signal(int)
    missing_asked = Signal(object)
    page_asked = Signal(object)
    side_asked = Signal(str)
    pasted_clean = Signal(object)
    large_asked = Signal()
    link_asked = Signal()
    unlock_asked = Signal(str)
    paper_asked = Signal(object)
    attach_asked = Signal()
    copy_asked = Signal(str)

    def __init__(self, desk: SheetDesk, reader: Reader, year: int) -> None:
        """Show the sheet of `desk` and papers in `reader`; `year` (B.E.) is the round's."""
        super().__init__(gap=0)
        self._desk, self._reader, self._year = desk, reader, year
        self._mode: Mode = "normal"
        self.rail: Rail | None = None
        self.items: ItemList | None = None
        self.dock: Dock | None = None
        self.editor: ItemEditor
        self.tabs: CategoryTabs

    # ---- one layout -----------------------------------------------------------------------------

    def build(self, mode: Mode, works: tuple[AgencyWork, ...]) -> None:
        """Put the panes of a layout together; the editor comes with `show_item`."""
        self._mode = mode
        self.clear()
        self.rail = self.items = self.dock = None
        across = Box(across=True, gap=0)
        if mode != "small":
            self.rail = Rail(works, self._desk.agency.agency, wide=mode == "wide")
            self.rail.chosen.connect(self.agency_chosen)
            self.rail.add_tools(self._tools(words=mode == "wide"))
            across.add(self.rail)
        across.add(self._main(works), stretch=1)
        self.add(across, stretch=1)

    def _main(self, works: tuple[AgencyWork, ...]) -> Box:
        small, sided = self._mode == "small", self._mode in ("wide", "normal")
        main = Box(gap=0)
        self.tabs = CategoryTabs(self._desk, narrow=small)
        self.tabs.currentChanged.connect(self.category_chosen)
        if small:
            main.add(self._head(works))
        main.add(self.tabs)
        self._panes = Box(across=True, gap=1)
        main.add(self._panes, stretch=1)
        if sided:
            self._add_sides()
        self._editor_place = Box(gap=0)
        self._panes.body.insertWidget(1 if sided else 0, self._editor_place, 1)
        return main

    def _head(self, works: tuple[AgencyWork, ...]) -> Box:
        """Return what stands in the rail's place in a small window: the agencies and the tools in one row."""
        head = Box("band", across=True, margins=(4, 2, 0, 2), gap=4)
        if len(works) > 1:
            head.add(self._agency_choice(works), stretch=1)
        head.add(self._tools(words=False, columns=6))
        return head

    def _tools(self, *, words: bool, columns: int = 2) -> Tools:
        tools = Tools(self._desk, words=words, columns=columns)
        tools.side_asked.connect(self.side_asked)
        return tools

    def _add_sides(self) -> None:
        wide = self._mode == "wide"
        self.items = ItemList(self._desk, wide=wide)
        self.items.chosen.connect(self.item_chosen)
        self.dock = Dock(self._desk, self._reader, wide=wide)
        self.dock.page_asked.connect(self.page_asked)
        self.dock.evidence_made.connect(self._connect_evidence)
        self._connect_report(self.dock.report)
        self._panes.add(self.items, self.dock)

    def _agency_choice(self, works: tuple[AgencyWork, ...]) -> QWidget:
        choice = Choices("agency-choice", _("Agencies"))
        for work in works:
            choice.addItem(pick(work.agency.name_th, work.agency.name_en), work.agency.agency)
        choice.setCurrentIndex(max(0, choice.findData(self._desk.agency.agency)))
        choice.activated.connect(lambda index: self.agency_chosen.emit(choice.itemData(index)))
        return choice

    def _connect_report(self, report: ReportPane) -> None:
        report.link_asked.connect(self.link_asked)
        report.unlock_asked.connect(self.unlock_asked)
        report.paper_asked.connect(self.paper_asked)

    def _connect_evidence(self, pane: EvidencePane) -> None:
        pane.attach_asked.connect(self.attach_asked)
        pane.copy_asked.connect(self.copy_asked)

    def add_drawer(self, drawer: Drawer, *, covers_editor: bool) -> None:
        """Put the drawer of the layout beside the editor, or in its place."""
        self._panes.body.addWidget(drawer, 1 if covers_editor else 0)

    @property
    def gives_way(self) -> QWidget:
        """Return the pane whose room the drawer takes."""
        return self.dock or self._editor_place

    # ---- one item -------------------------------------------------------------------------------

    def show_item(self, item: Item, point: str, kind: CommentKind, neighbours: tuple[str, str]) -> None:
        """Show an item in every pane, at a point and a kind of comment.

        Args:
            item: The item.
            point: The point at hand, or empty.
            kind: Which comment's field is open.
            neighbours: The codes of the items before and after, empty where there is none.
        """
        index = [category.code for category in self._desk.criteria.edition.categories].index(item.category)
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(index)
        self.tabs.blockSignals(False)
        if self.items is not None:
            if self.items.category != item.category:
                self.items.show_category(item.category)
            self.items.choose(item.code)
        self._build_editor(item, kind, neighbours)
        if self.dock is not None:
            self.dock.show_item(item, point)

    def _build_editor(self, item: Item, kind: CommentKind, neighbours: tuple[str, str]) -> None:
        tab = self.editor.tabs.current() if self._built() and self.editor.tabs is not None else 0
        self._editor_place.clear()
        self.editor = ItemEditor(
            self._desk, self._reader, item, mode=self._mode, year=self._year, neighbours=neighbours, kind=kind
        )
        self._editor_place.add(self.editor, stretch=1)
        self.editor.point_chosen.connect(self.point_chosen)
        self.editor.page_asked.connect(self.page_asked)
        self.editor.missing_asked.connect(self.missing_asked)
        self.editor.comments.pasted_clean.connect(self.pasted_clean)
        self.editor.comments.large_asked.connect(self.large_asked)
        self.editor.footer.before.clicked.connect(lambda: self.step_asked.emit(-1))
        self.editor.footer.after.clicked.connect(lambda: self.step_asked.emit(1))
        if self.editor.report is not None:
            self._connect_report(self.editor.report)
        if self.editor.evidence is not None:
            self._connect_evidence(self.editor.evidence)
        self.editor.show_tab(tab)

    def _built(self) -> bool:
        return hasattr(self, "editor") and self._editor_place.body.count() > 0

    @property
    def report(self) -> ReportPane | None:
        """Return the report pane of the present layout."""
        return self.dock.report if self.dock is not None else self.editor.report

    @property
    def evidence(self) -> EvidencePane | None:
        """Return the list of evidence of the present layout."""
        return self.dock.evidence if self.dock is not None else self.editor.evidence

    @property
    def note(self) -> NotePaper | None:
        """Return the own note of the present layout."""
        return self.dock.note if self.dock is not None else self.editor.note

    def show_report(self) -> None:
        """Bring the report to the front."""
        if self.dock is not None:
            self.dock.show_report()
        else:
            self.editor.show_tab(2)

    def show_evidence(self) -> None:
        """Bring the list of evidence to the front."""
        if self.dock is not None:
            self.dock.tabs.choose(2)
        else:
            self.editor.show_tab(3)

    # ---- the cursor -----------------------------------------------------------------------------

    def holds_cursor(self) -> bool:
        """Tell whether the cursor is in what is built anew for each item."""
        focused = QApplication.focusWidget()
        return (
            self._built()
            and focused is not None
            and any(pane is not None and pane.isAncestorOf(focused) for pane in (self.editor, self.dock))
        )

    def step_cursor(self, step: int, more: Sequence[QWidget | None]) -> None:
        """Put the cursor into the next pane (the one before with -1) that takes it; `more` panes stand behind these."""
        inside = (self.rail, self.tabs, self.items, self.editor.answer, self.editor.comments, self.dock, *more)
        panes: list[QWidget] = [pane for pane in inside if pane is not None]
        focused = QApplication.focusWidget()
        here = next(
            (n for n, pane in enumerate(panes) if focused and (pane is focused or pane.isAncestorOf(focused))), -1
        )
        for n in range(1, len(panes) + 1):
            first = first_focusable(panes[(here + step * n) % len(panes)])
            if first is not None:
                first.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return
