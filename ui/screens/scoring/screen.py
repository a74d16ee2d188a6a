# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The scoring screen: moves between items, and tells its panes what changed."""

from dataclasses import replace

from msgspec import structs
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication

from pmqa_desktop.domain.answers import COMMENT_KINDS, CommentKind, Evidence
from pmqa_desktop.domain.passages import note_of
from pmqa_desktop.errors import PmqaError
from pmqa_desktop.services.evaluation.finding import Hit, places
from pmqa_desktop.services.evaluation.scoring import AgencyWork
from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.text import _, pick
from ui import shortcuts
from ui.errors import worded
from ui.screens.base import Screen
from ui.screens.scoring.desk import Changed, SheetDesk
from ui.screens.scoring.layout import Mode, Place, mode_of, session_words, signed_words
from ui.screens.scoring.lines import commit_focused
from ui.screens.scoring.missing import Missing
from ui.screens.scoring.panes import Panes
from ui.screens.scoring.papers import PaperPlace
from ui.screens.scoring.reader import Reader
from ui.screens.scoring.side import SideKeeper
from ui.widgets.boxes import Box
from ui.widgets.buttons import Button
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
        self._desk, self._reader, self._works = desk, reader, works
        self._codes = [item.code for item in desk.criteria.edition.items]
        self._mode: Mode | None = None
        self._item = desk.criteria.edition.item(self._codes[0])
        self._point = ""
        self._kind: CommentKind = "strength"
        self.saved_at = desk.saved_at
        self._sign = Button(_("Review and sign"), "review", "barmain", "pen")
        self._sign.clicked.connect(self._ask_sign)
        self.bar_buttons = [self._sign]
        self._trouble = Box(gap=0)
        self.panes = Panes(desk, reader, seen.year_be)
        names = {work.agency.agency: pick(work.agency.name_th, work.agency.name_en) for work in works}
        self.side = SideKeeper(self, desk, names)
        self.add(self._trouble, self.side.size_warning)
        self.papers = PaperPlace(self, reader, self.panes)
        self.papers.paper_asked.connect(self.paper_asked)
        self.add(self.panes, stretch=1)
        self.add(self.side.status)
        self._connect_panes()
        self._connect_desk()
        self._bind_keys()

    def _connect_panes(self) -> None:
        panes = self.panes
        panes.agency_chosen.connect(self._choose_agency)
        panes.category_chosen.connect(self._open_category)
        panes.item_chosen.connect(self._open_item)
        panes.point_chosen.connect(self._choose_point)
        panes.step_asked.connect(self._step)
        panes.missing_asked.connect(self._go_to)
        panes.page_asked.connect(self._show_page)
        panes.side_asked.connect(self.side.open)
        panes.pasted_clean.connect(self.side.tell_pasted)
        panes.large_asked.connect(self._turn_large)
        panes.link_asked.connect(self.link_shown)
        panes.unlock_asked.connect(self.unlock_asked)
        panes.attach_asked.connect(lambda: self.attach_asked.emit(self._item.code, self._point))
        panes.copy_asked.connect(self.copy_asked)

    def _connect_desk(self) -> None:
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

    def _bind_keys(self) -> None:
        desk, bind = self._desk, shortcuts.bind
        bind(self, shortcuts.NEXT_ITEM, lambda: self._step(1))
        bind(self, shortcuts.PREVIOUS_ITEM, lambda: self._step(-1))
        bind(self, shortcuts.LINK_PAGE, self.link_shown)
        bind(self, shortcuts.NEXT_MISSING, self._next_missing)
        bind(self, shortcuts.WRITE_LARGE, self._turn_large)
        bind(self, shortcuts.NEXT_PANE, lambda: self._step_pane(1))
        bind(self, shortcuts.PREVIOUS_PANE, lambda: self._step_pane(-1))
        bind(self, shortcuts.SAVE, self.leave)
        bind(self, shortcuts.UNDO, desk.undo)
        bind(self, shortcuts.REDO, desk.redo)
        bind(
            self,
            shortcuts.NEXT_TAB,
            lambda: self._open_category((self.panes.tabs.currentIndex() + 1) % self.panes.tabs.count()),
        )
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
        focused = QApplication.focusWidget()
        name = focused.objectName() if focused is not None and self.isAncestorOf(focused) else ""
        self._mode = mode
        self._sign.set_text(_("Review and sign") if mode in ("wide", "normal") else _("Sign"))
        self.panes.build(mode, self._works_now())
        opened = self.side.side
        drawer = self.side.build(mode, self.panes.gives_way)
        self.panes.add_drawer(drawer, covers_editor=self.side.covers_editor)
        self._open_item(self._item.code, self._point)
        self.side.open(opened)
        if name:
            self.focus_part(name)

    def tell_file(self, words: str, *, bad: bool = False) -> None:
        """Tell beside the list of evidence what became of a file; no words take the last ones away."""
        pane = self.panes.evidence
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

    # ---- moving ---------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Begin at the first point of the item."""
        self.panes.editor.answer.focus_point(self._point)

    def focus_part(self, name: str) -> None:
        """Put the cursor on a part again; a field of words may lie on a tab that is not in front."""
        kind = next((kind for kind in COMMENT_KINDS if name == f"comment-{kind}"), None)
        if kind is not None:
            self.open_comment(kind)
        elif name == "private-note":
            self._open_note()
        else:
            super().focus_part(name)

    def _open_item(self, code: str, point: str = "") -> None:
        commit_focused()
        self._desk.flush()
        # what the editor and the dock show is built anew: without this the focus would fall on any button
        inside = self.panes.holds_cursor()
        self._item, self._point = self._desk.criteria.edition.item(code), point
        self.panes.show_item(self._item, point, self._kind, self._neighbours())
        self._say_target()
        self.side.follow(self._item)
        if inside:
            self.panes.editor.answer.focus_point(point)

    def _neighbours(self) -> tuple[str, str]:
        place = self._codes.index(self._item.code)
        before = self._codes[place - 1] if place else ""
        after = self._codes[place + 1] if place + 1 < len(self._codes) else ""
        return before, after

    def _choose_agency(self, agency: str) -> None:
        if agency != self._desk.agency.agency:
            self.agency_chosen.emit(agency)

    def _open_category(self, index: int) -> None:
        category = self._desk.criteria.edition.categories[index]
        codes = [item.code for item in self._desk.criteria.edition.items_of(category.code)]
        if self._item.code not in codes:
            begun = next((code for code in codes if self._desk.item_score(code).state == "missing"), codes[0])
            self._open_item(begun)

    def _next_category(self) -> None:
        tabs = self.panes.tabs
        self._open_category((tabs.currentIndex() + 1) % tabs.count())

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
        if self.panes.report is not None:
            self.panes.report.show_target(self._item, self._point)

    def _go_to(self, missing: Missing) -> None:
        self.panes.editor.go_to(missing)

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
        self.panes.step_cursor(step, (self.side.drawer,))

    def open_point(self, number: int) -> None:
        """Put the cursor on the point or indicator of this running number, counted from 1."""
        ids = [point.id for point in self._item.points] or [one.code for one in self._item.indicators]
        self.panes.editor.show_tab(0)
        self.panes.editor.answer.focus_point(ids[number - 1])

    def open_comment(self, kind: CommentKind) -> None:
        """Put the cursor into the field of a kind of comment."""
        self.panes.editor.show_tab(1)
        self._kind = kind
        self.panes.editor.comments.open_kind(kind)

    def _turn_large(self) -> None:
        """Give the words the room of the criteria, or take it back; the cursor goes to the words."""
        editor = self.panes.editor
        editor.set_large(on=not editor.large)
        focused = QApplication.focusWidget()
        if focused not in editor.comments.fields.values():
            self.open_comment(self._kind)

    def _open_note(self) -> None:
        self.panes.editor.set_large(on=False)
        self.panes.editor.show_tab(1)
        note = self.panes.note
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
            self.panes.show_evidence()
        elif what == "report" and self.panes.report is not None:
            self.panes.show_report()
            self.panes.report.link.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.panes.editor.show_tab(0)
            self.panes.editor.answer.focus_point(self._point)

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
        note = self.panes.note
        field = (
            note.field if hit.kind == "note" and note is not None else self.panes.editor.comments.fields.get(self._kind)
        )
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
            self.panes.show_evidence()
            return
        self.panes.show_report()
        self.papers.turn_to(evidence, self._desk.papers)

    # ---- the desk's news ------------------------------------------------------------------------

    def _on_answer(self, item: str) -> None:
        self.panes.tabs.refresh()
        if self.panes.items is not None:
            self.panes.items.refresh()
        if self.panes.rail is not None:
            self.panes.rail.show_work(self._work_now())
        if item == self._item.code:
            self.panes.editor.refresh()
            if self.panes.dock is not None:
                self.panes.dock.refresh(self._item)

    def _on_comment(self, item: str, kind: CommentKind) -> None:
        if self.side.side == "entries":
            self.side.refresh()
        if item == self._item.code:
            self._kind = kind
            self.panes.editor.refresh_words()
            if self.panes.items is not None:
                self.panes.items.buttons[item].refresh()

    def _on_reloaded(self) -> None:
        self._on_answer(self._item.code)
        if self.panes.dock is not None and self.panes.dock.note is not None:
            self.panes.dock.note.refresh()

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
        commit_focused()
        self._desk.flush()
        self.sign_asked.emit()

    # ---- coming back ----------------------------------------------------------------------------

    def place(self) -> object:
        """Return the open item, point and field."""
        side = self.side.side
        return Place(self._item.code, self._point, self._kind, side, *self.side.search(), large=self.panes.editor.large)

    def restore(self, place: object) -> None:
        """Go to an item."""
        if isinstance(place, Place) and place.item in self._codes:
            self._kind = place.kind
            self._open_item(place.item, place.point)
            self.panes.editor.set_large(on=place.large)
            self.side.words, self.side.everywhere = place.words, place.everywhere
            self.side.open(place.side)

    def go_to_item(self, item: str) -> None:
        """Open an item, for example from the read-back."""
        self._open_item(item)

    def has_unsaved(self) -> bool:
        """Tell whether an edit is not on the disk."""
        return self._desk.has_unsaved

    def leave(self) -> None:
        """Send every word that waits for its pause, and what could not be saved before."""
        commit_focused()
        self._desk.retry()
