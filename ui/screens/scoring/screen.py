# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The scoring screen: puts its parts together for the width there is, and moves between items."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from msgspec import structs
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from pmqa_desktop.domain.answers import COMMENT_KINDS, CommentKind, Evidence
from pmqa_desktop.domain.documents import Paper
from pmqa_desktop.domain.passages import note_of, parted_note
from pmqa_desktop.errors import PmqaError
from pmqa_desktop.services.finding import Hit, places
from pmqa_desktop.services.scoring import AgencyWork
from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.text import _, pick
from ui import shortcuts
from ui.errors import worded
from ui.screens.base import Screen
from ui.screens.scoring.desk import Changed, SheetDesk
from ui.screens.scoring.dock import Dock
from ui.screens.scoring.editor import ItemEditor
from ui.screens.scoring.evidence import EvidencePane
from ui.screens.scoring.items import ItemList
from ui.screens.scoring.layout import Mode, Place, first_focusable, mode_of, session_words, signed_words
from ui.screens.scoring.missing import Missing
from ui.screens.scoring.rail import Rail
from ui.screens.scoring.reader import Reader
from ui.screens.scoring.report import ReportPane
from ui.screens.scoring.side import SideKeeper
from ui.screens.scoring.tabs import CategoryTabs
from ui.screens.scoring.tools import Tools
from ui.widgets.boxes import Box
from ui.widgets.buttons import Button
from ui.widgets.inputs import Choices
from ui.widgets.signs import Banner


class ScoringScreen(Screen):
    """Score one agency."""

    agency_chosen = Signal(str)
    sign_asked = Signal()
    paper_asked = Signal(object, int)
    unlock_asked = Signal(str)
    hit_asked = Signal(object, object)
    attach_asked = Signal(str, str)
    copy_asked = Signal(str)

    def __init__(self, desk: SheetDesk, reader: Reader, works: tuple[AgencyWork, ...], seen: RoundInfo) -> None:
        """Show `desk` with its agency among `works`."""
        agency, seat = desk.agency, desk.seat
        told = _("Evaluator: {seat}").format(seat=pick(seat.title_th, seat.title_en))
        super().__init__(
            "scoring-screen",
            pick(agency.name_th, agency.name_en),
            " · ".join(part for part in (told, signed_words(desk.work) or session_words(agency)) if part),
            rehearsal=seen.rehearsal,
        )
        self._desk, self._reader, self._works, self._year = desk, reader, works, seen.year_be
        self._codes = [item.code for item in desk.criteria.edition.items]
        self._mode: Mode | None = None
        self._item = desk.criteria.edition.item(self._codes[0])
        self._point = ""
        self._kind: CommentKind = "strength"
        self.saved_at = desk.saved_at
        self.rail: Rail | None = None
        self.items: ItemList | None = None
        self.dock: Dock | None = None
        self.editor: ItemEditor
        self.tabs: CategoryTabs
        self._sign = Button(_("Review and sign"), "review", "barmain", "pen")
        self._sign.clicked.connect(self._ask_sign)
        self.bar_buttons = [self._sign]
        self._trouble = Box(gap=0)
        self._middle = Box(gap=0)
        names = {work.agency.agency: pick(work.agency.name_th, work.agency.name_en) for work in works}
        self.side = SideKeeper(self, desk, names)
        self.add(self._trouble, self.side.size_warning)
        self.add(self._middle, stretch=1)
        self.add(self.side.status)
        self._connect()

    def _connect(self) -> None:
        desk = self._desk
        desk.answer_changed.connect(self._on_answer)
        desk.comment_changed.connect(self._on_comment)
        desk.evidence_changed.connect(self._on_answer)
        desk.reloaded.connect(self._on_reloaded)
        desk.saved.connect(self._on_saved)
        desk.unsaved.connect(self._on_unsaved)
        desk.stepped.connect(self._show_changed)
        self.side.hit_chosen.connect(self._go_to_hit)
        self.side.field_asked.connect(self.open_field)
        bind = shortcuts.bind
        bind(self, shortcuts.NEXT_ITEM, lambda: self._step(1))
        bind(self, shortcuts.PREVIOUS_ITEM, lambda: self._step(-1))
        bind(self, shortcuts.LINK_PAGE, self.link_shown)
        bind(self, shortcuts.NEXT_MISSING, self._next_missing)
        bind(self, shortcuts.NEXT_PANE, lambda: self._step_pane(1))
        bind(self, shortcuts.PREVIOUS_PANE, lambda: self._step_pane(-1))
        bind(self, shortcuts.SAVE, desk.flush)
        bind(self, shortcuts.UNDO, desk.undo)
        bind(self, shortcuts.REDO, desk.redo)
        bind(self, shortcuts.NEXT_TAB, lambda: self._open_category((self.tabs.currentIndex() + 1) % self.tabs.count()))
        for index in range(len(desk.criteria.edition.categories)):
            bind(self, (f"Ctrl+{index + 1}",), lambda index=index: self._open_category(index))  # type: ignore[misc]
        for index, kind in enumerate(COMMENT_KINDS, 1):
            bind(self, (f"Ctrl+Shift+{index}",), lambda kind=kind: self.open_comment(kind))  # type: ignore[misc]
        bind(self, ("Ctrl+Shift+5",), self._open_note)

    # ---- layout ---------------------------------------------------------------------------------

    def reflow(self, em_width: int) -> None:
        """Build the layout for a width, if it is another one."""
        mode = mode_of(em_width)
        if mode == self._mode:
            return
        self._desk.flush()
        self._mode = mode
        self._sign.set_text(_("Review and sign") if mode in ("wide", "normal") else _("Sign"))
        self._middle.clear()
        self.rail = self.items = self.dock = None
        across = Box(across=True, gap=0)
        if mode != "small":
            self.rail = Rail(self._works_now(), self._desk.agency.agency, wide=mode == "wide")
            self.rail.chosen.connect(self._choose_agency)
            self.rail.add_tools(self._tools(words=mode == "wide"))
            across.add(self.rail)
        main = Box(gap=0)
        self.tabs = CategoryTabs(self._desk, narrow=mode == "small")
        self.tabs.currentChanged.connect(self._open_category)
        if mode == "small" and len(self._works) > 1:
            main.add(self._agency_choice())
        if mode == "small":
            main.add(self._tools(words=False, columns=6))
        main.add(self.tabs)
        self._panes = Box(across=True, gap=1)
        main.add(self._panes, stretch=1)
        if mode in ("wide", "normal"):
            self._add_sides(mode)
        across.add(main, stretch=1)
        self._middle.add(across, stretch=1)
        self._editor_place = Box(gap=0)
        self._panes.body.insertWidget(1 if mode in ("wide", "normal") else 0, self._editor_place, 1)
        opened = self.side.side
        drawer = self.side.build(mode, self._gives_way())
        self._panes.body.addWidget(drawer, 1 if self.side.covers_editor else 0)
        self._open_item(self._item.code, self._point)
        self.side.open(opened)

    def _gives_way(self) -> QWidget:
        """Return the pane whose room the drawer takes."""
        return self.dock or self._editor_place

    def _tools(self, *, words: bool, columns: int = 2) -> Tools:
        tools = Tools(self._desk, words=words, columns=columns)
        tools.side_asked.connect(self.side.open)
        return tools

    def _add_sides(self, mode: Mode) -> None:
        self.items = ItemList(self._desk, wide=mode == "wide")
        self.items.chosen.connect(self._open_item)
        self.dock = Dock(self._desk, self._reader, wide=mode == "wide")
        self.dock.page_asked.connect(self._show_page)
        self.dock.evidence_made.connect(self._connect_evidence)
        self._connect_report(self.dock.report)
        self._panes.add(self.items, self.dock)

    def _agency_choice(self) -> QWidget:
        choice = Choices("agency-choice", _("Agencies"))
        for work in self._works:
            choice.addItem(pick(work.agency.name_th, work.agency.name_en), work.agency.agency)
        choice.setCurrentIndex(max(0, choice.findData(self._desk.agency.agency)))
        choice.activated.connect(lambda index: self._choose_agency(choice.itemData(index)))
        return choice

    def _connect_report(self, report: ReportPane) -> None:
        report.link_asked.connect(self.link_shown)
        report.unlock_asked.connect(self.unlock_asked)
        report.paper_asked.connect(lambda paper: self.paper_asked.emit(paper, 0))

    def _connect_evidence(self, pane: EvidencePane) -> None:
        pane.attach_asked.connect(lambda: self.attach_asked.emit(self._item.code, self._point))
        pane.copy_asked.connect(self.copy_asked)

    def tell_file(self, words: str, *, bad: bool = False) -> None:
        """Tell beside the list of evidence what became of a file; no words take the last ones away."""
        pane = self.dock.evidence if self.dock is not None else self.editor.evidence
        if pane is not None:
            pane.say(words, bad=bad)

    @property
    def agency(self) -> str:
        """Return the id of the agency that is scored."""
        return self._desk.agency.agency

    @property
    def desk(self) -> SheetDesk:
        """Return the sheet that is shown."""
        return self._desk

    @property
    def report(self) -> ReportPane | None:
        """Return the report pane of the present layout."""
        return self.dock.report if self.dock is not None else self.editor.report

    # ---- moving ---------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Begin at the first point of the item."""
        self.editor.answer.focus_point(self._point)

    def _open_item(self, code: str, point: str = "") -> None:
        self._desk.flush()
        focused = QApplication.focusWidget()
        # what the editor and the dock show is built anew: without this the focus would fall on any button
        inside = (
            self._built()
            and focused is not None
            and any(pane is not None and pane.isAncestorOf(focused) for pane in (self.editor, self.dock))
        )
        edition = self._desk.criteria.edition
        self._item, self._point = edition.item(code), point
        index = [category.code for category in edition.categories].index(self._item.category)
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(index)
        self.tabs.blockSignals(False)
        if self.items is not None:
            if self.items.category != self._item.category:
                self.items.show_category(self._item.category)
            self.items.choose(code)
        self._build_editor()
        if self.dock is not None:
            self.dock.show_item(self._item, point)
        self._say_target()
        self.side.follow(self._item)
        if inside:
            self.editor.answer.focus_point(point)

    def _build_editor(self) -> None:
        place = self._codes.index(self._item.code)
        before = self._codes[place - 1] if place else ""
        after = self._codes[place + 1] if place + 1 < len(self._codes) else ""
        tab = self.editor.tabs.current() if self._built() and self.editor.tabs is not None else 0
        self._editor_place.clear()
        self.editor = ItemEditor(
            self._desk, self._reader, self._item, mode=self._mode or "normal", year=self._year,
            neighbours=(before, after), kind=self._kind,
        )  # fmt: skip
        self._editor_place.add(self.editor, stretch=1)
        self.editor.point_chosen.connect(self._choose_point)
        self.editor.page_asked.connect(self._show_page)
        self.editor.missing_asked.connect(self._go_to)
        self.editor.comments.pasted_clean.connect(self.side.tell_pasted)
        self.editor.footer.before.clicked.connect(lambda: self._step(-1))
        self.editor.footer.after.clicked.connect(lambda: self._step(1))
        if self.editor.report is not None:
            self._connect_report(self.editor.report)
        if self.editor.evidence is not None:
            self._connect_evidence(self.editor.evidence)
        self.editor.show_tab(tab)

    def _built(self) -> bool:
        return hasattr(self, "editor") and self._editor_place.body.count() > 0

    def _choose_agency(self, agency: str) -> None:
        if agency != self._desk.agency.agency:
            self.agency_chosen.emit(agency)

    def _open_category(self, index: int) -> None:
        category = self._desk.criteria.edition.categories[index]
        codes = [item.code for item in self._desk.criteria.edition.items_of(category.code)]
        if self._item.code not in codes:
            begun = next((code for code in codes if self._desk.item_score(code).state == "missing"), codes[0])
            self._open_item(begun)

    def _step(self, step: int) -> None:
        place = self._codes.index(self._item.code) + step
        if 0 <= place < len(self._codes):
            self._open_item(self._codes[place])
        elif step > 0:
            self._ask_sign()

    def _choose_point(self, point: str) -> None:
        self._point = point
        self._say_target()

    def _say_target(self) -> None:
        if self.report is not None:
            self.report.show_target(self._item, self._point)

    def _go_to(self, missing: Missing) -> None:
        self.editor.go_to(missing)

    def _next_missing(self) -> None:
        """Go to the next missing thing: of this item first, then of the items after it."""
        place = self._codes.index(self._item.code)
        for code in [*self._codes[place:], *self._codes[:place]]:
            if self._desk.judges(code):
                lacking = self._desk.missing(self._desk.criteria.edition.item(code))
                if lacking:
                    if code != self._item.code:
                        self._open_item(code)
                    self._go_to(lacking[0])
                    return

    def _step_pane(self, step: int) -> None:
        panes: list[QWidget] = [
            pane for pane in (self.rail, self.tabs, self.items, self.editor.answer, self.editor.comments, self.dock,
                              self.side.drawer)
            if pane is not None
        ]  # fmt: skip
        focused = QApplication.focusWidget()
        here = next(
            (n for n, pane in enumerate(panes) if focused and (pane is focused or pane.isAncestorOf(focused))), -1
        )
        order = [panes[(here + step * n) % len(panes)] for n in range(1, len(panes) + 1)]
        for pane in order:
            first = first_focusable(pane)
            if first is not None:
                first.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def open_point(self, number: int) -> None:
        """Put the cursor on the point or indicator of this running number, counted from 1."""
        ids = [point.id for point in self._item.points] or [one.code for one in self._item.indicators]
        self.editor.show_tab(0)
        self.editor.answer.focus_point(ids[number - 1])

    def open_comment(self, kind: CommentKind) -> None:
        """Put the cursor into the field of a kind of comment."""
        self.editor.show_tab(1)
        self._kind = kind
        self.editor.comments.open_kind(kind)

    def _open_note(self) -> None:
        self.editor.show_tab(1)
        note = self.dock.note if self.dock is not None else self.editor.note
        if note is not None:
            note.field.setFocus()

    def open_field(self, item: str, what: str) -> None:
        """Go to a part of an item: a kind of comment, `note`, `evidence`, `report`, or else the answer."""
        if item != self._item.code and item in self._codes:
            self._open_item(item)
        if what in COMMENT_KINDS:
            self.open_comment(what)
        elif what == "note":
            self._open_note()
        elif what == "evidence":
            self.editor.show_tab(3)
            if self.dock is not None:
                self.dock.tabs.choose(2)
        elif what == "report" and self.report is not None:
            self.editor.show_tab(2)
            if self.dock is not None:
                self.dock.show_report()
            self.report.link.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.editor.show_tab(0)
            self.editor.answer.focus_point(self._point)

    def _show_changed(self, _act: str, changed: Changed) -> None:
        """Let what an undo or redo changed be seen: its item, and its field."""
        here = next((one for one in changed if one[0] == self._item.code), None)
        if changed:
            item, field = here or changed[0]
            self.side.give_way()
            name, _colon, kind = field.partition(":")
            self.open_field(item, kind or name)

    def _go_to_hit(self, hit: Hit, words: str) -> None:
        if hit.agency != self.agency:
            self.hit_asked.emit(hit, self.place())
        else:
            self.show_hit(hit, words)

    def show_hit(self, hit: Hit, words: str) -> None:
        """Go to the field of a hit and select it; the text may have changed since, so the nearest place is taken."""
        self.open_field(hit.item, hit.kind)
        note = self.dock.note if self.dock is not None else self.editor.note
        field = note.field if hit.kind == "note" and note is not None else self.editor.comments.fields.get(self._kind)
        if field is not None:
            found = places(field.toPlainText(), words)
            if found:
                start, end = min(found, key=lambda one: abs(one[0] - hit.start))
                field.select(start, end - start)

    # ---- the report -----------------------------------------------------------------------------

    def link_shown(self) -> None:
        """Link the words marked on the page, or the page as a whole, to the point at hand."""
        paper, mark = self._reader.paper, self._reader.mark
        if paper is None or not self._desk.judges(self._item.code):
            return
        note = note_of(mark.passage) if mark is not None else ""
        evidence = Evidence(self._item.code, paper.digest, self._reader.page, point=self._point, note=note)
        bare = structs.replace(evidence, note="")
        self._reader.mark_span(None)
        if note and bare in self._desk.evidence(self._item.code):
            self._desk.relink(bare, evidence)  # the passage says more than the page alone
        else:
            self._desk.link(evidence)

    def _show_page(self, evidence: Evidence) -> None:
        if evidence.item != self._item.code:
            self._open_item(evidence.item, evidence.point)
        if evidence.document in self._desk.attached:
            self._show_evidence()
            return
        if self.dock is not None:
            self.dock.show_report()
        else:
            self.editor.show_tab(2)
        reader = self._reader
        if reader.paper is not None and reader.paper.digest == evidence.document:
            reader.turn(evidence.page)
        else:
            paper = next((one for one in self._desk.papers if one.digest == evidence.document), None)
            if paper is not None:
                self.paper_asked.emit(paper, evidence.page)
        reader.point_at(evidence.document, evidence.page, parted_note(evidence.note)[0])

    def _show_evidence(self) -> None:
        if self.dock is not None:
            self.dock.tabs.choose(2)
        else:
            self.editor.show_tab(3)

    def show_paper(self, paper: Paper, data: bytes, page: int) -> None:
        """Show a paper that the service opened."""
        self._reader.open(paper, data, page)

    def show_opening(self, paper: Paper, page: int, stop: Callable[[], None]) -> None:
        """Say that a large pack is being read, and offer to stop; stopped, the paper can be asked for again."""
        if self.report is not None:
            again = partial(self.paper_asked.emit, paper, page)
            self.report.show_opening(paper.name, stop, again)

    def show_step(self, done: int, of: int, what: str) -> None:
        """Show how far the reading of a paper is."""
        if self.report is not None:
            self.report.show_step(done, of, what)

    def show_sealed(self, error: str = "") -> None:
        """Offer the passphrase where the report would be."""
        if self.report is not None:
            self.report.ask_passphrase(error)

    def show_paper_error(self, error: Exception) -> None:
        """Tell why a paper does not open."""
        if self.report is not None:
            self.report.say("err", worded(error))

    # ---- the desk's news ------------------------------------------------------------------------

    def _on_answer(self, item: str) -> None:
        self.tabs.refresh()
        if self.items is not None:
            self.items.refresh()
        if self.rail is not None:
            self.rail.show_work(self._work_now())
        if item == self._item.code:
            self.editor.refresh()
            if self.dock is not None:
                self.dock.refresh(self._item)

    def _on_comment(self, item: str, kind: CommentKind) -> None:
        if self.side.side == "entries":
            self.side.refresh()
        if item == self._item.code:
            self._kind = kind
            self.editor.refresh_words()
            if self.items is not None:
                self.items.buttons[item].refresh()

    def _on_reloaded(self) -> None:
        self._on_answer(self._item.code)
        if self.dock is not None and self.dock.note is not None:
            self.dock.note.refresh()

    def _on_saved(self, at: object) -> None:
        if self.side.side in ("history", "entries"):
            self.side.refresh()
        self._trouble.clear()
        self.tell_saved(at)  # type: ignore[arg-type]

    def _on_unsaved(self, error: Exception) -> None:
        self.unsaved.emit()
        again = Button(_("Try again"), "save-again", "primary")
        again.clicked.connect(self._desk.retry)
        self._trouble.clear()
        self._trouble.add(Banner("warn", _("The last edit is not saved yet"), worded(error), action=again))
        if not isinstance(error, PmqaError | OSError):
            raise error

    def _work_now(self) -> AgencyWork:
        done, of = self._desk.progress()
        work = self._desk.work
        changed = bool(work.signed_seq) and (work.changed_since_signed or self._desk.saved_at != self._desk.opened_at)
        return replace(work, scored=done, of=of, changed_since_signed=changed)

    def _works_now(self) -> tuple[AgencyWork, ...]:
        here = self._desk.agency.agency
        return tuple(self._work_now() if work.agency.agency == here else work for work in self._works)

    def _ask_sign(self) -> None:
        self._desk.flush()
        self.sign_asked.emit()

    # ---- coming back ----------------------------------------------------------------------------

    def place(self) -> object:
        """Return the open item, point and field."""
        side = self.side.side
        return Place(self._item.code, self._point, self._kind, side, *self.side.search())

    def restore(self, place: object) -> None:
        """Go to an item."""
        if isinstance(place, Place) and place.item in self._codes:
            self._kind = place.kind
            self._open_item(place.item, place.point)
            self.side.words, self.side.everywhere = place.words, place.everywhere
            self.side.open(place.side)

    def go_to_item(self, item: str) -> None:
        """Open an item, for example from the read-back."""
        self._open_item(item)

    def has_unsaved(self) -> bool:
        """Tell whether an edit is not on the disk."""
        return self._desk.has_unsaved

    def leave(self) -> None:
        """Send every word that waits for its pause."""
        self._desk.retry()
