# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The list of evidence: every link of the item or of the whole sheet, its words and note, and what has none."""

from msgspec import structs
from PySide6.QtCore import Signal

from pmqa_desktop.domain.answers import Evidence
from pmqa_desktop.domain.criteria import Item
from pmqa_desktop.domain.passages import note_of, parted_note
from pmqa_desktop.domain.plaintext import clean
from pmqa_desktop.text import _
from ui.screens.scoring.desk import SheetDesk
from ui.screens.scoring.report import point_number
from ui.widgets.boxes import Box, Rule, row
from ui.widgets.buttons import Button, Segments
from ui.widgets.inputs import Field
from ui.widgets.labels import ElideLabel, Label, WrapLabel
from ui.widgets.signs import EmptyState

_SHOWN = 200
"""The most characters of a passage that the list shows; the page shows all of it."""


class EvidencePane(Box):
    """The links; each can be opened, noted, or taken away (which Ctrl+Z takes back)."""

    page_asked = Signal(object)

    def __init__(self, desk: SheetDesk, item: Item) -> None:
        """List the evidence of `item`."""
        super().__init__("plain", margins=(10, 6, 8, 10), gap=4)
        self._desk, self._item = desk, item
        self._shown: object = None
        self._quiet = False
        self._names = {paper.digest: paper.name for paper in desk.papers}
        self.scope = Segments("evidence-scope", (_("This item"), _("All items")), "")
        self.order = Button(_("Sort by page"), "evidence-order", "quiet")
        self.order.setCheckable(True)
        self.scope.chosen.connect(lambda _index: self.refresh())
        self.order.toggled.connect(self._show_order)
        self.list = Box(gap=4)
        self.add(row(self.scope, None, self.order, gap=0), self.list)
        self.body.addStretch(1)
        self.refresh()

    def _show_order(self, by_page: bool) -> None:
        self.order.set_text(_("Sort by point") if by_page else _("Sort by page"))
        self.refresh()

    def refresh(self) -> None:
        """Show the links as they stand on the desk; built anew only when they change."""
        whole, by_page = self.scope.current() == 1, self.order.isChecked()
        linked = self._desk.all_evidence() if whole else self._desk.evidence(self._item.code)
        answer = self._desk.answer(self._item.code)
        state = (linked, whole, by_page, answer.ticks if answer is not None else ())
        known, self._shown = self._shown, state
        if state == known or self._quiet:
            return
        self.list.clear()
        if not linked:
            self.list.add(EmptyState("link", _("No page is linked yet. Open the report and link a page.")))
        for evidence in self._sorted(linked, by_page=by_page):
            self.list.add(self._line(evidence, whole=whole), Rule())
        lacking = self._lacking(whole=whole)
        if lacking:
            self.list.add(WrapLabel(lacking, "small", 600, "warn"))

    def _sorted(self, linked: tuple[Evidence, ...], *, by_page: bool) -> list[Evidence]:
        items = {item.code: item for item in self._desk.criteria.edition.items}
        order = {code: n for n, code in enumerate(items)}
        papers = {digest: n for n, digest in enumerate(self._names)}

        def point(one: Evidence) -> tuple[int, int]:
            return order.get(one.item, -1), point_number(items[one.item], one.point) if one.item in items else 0

        def page(one: Evidence) -> tuple[int, int]:
            return papers.get(one.document, len(papers)), one.page

        keys = (page, point) if by_page else (point, page)
        return sorted(linked, key=lambda one: (keys[0](one), keys[1](one), one.note))

    def _lacking(self, *, whole: bool) -> str:
        """Return which ticked points, or which answered items, have no evidence; empty where none lacks."""
        desk = self._desk
        if whole:
            codes = [item.code for item in desk.criteria.edition.items]
            bare = [code for code in codes if desk.answer(code) is not None and not desk.evidence(code)]
            return _("Items without evidence: {items}").format(items=", ".join(bare)) if bare else ""
        answer = desk.answer(self._item.code)
        if answer is None or desk.evidence(self._item.code, ""):
            return ""
        bare = [
            str(number)
            for number, point in enumerate(self._item.points, 1)
            if point.id in answer.ticks and not desk.evidence(self._item.code, point.id)
        ]
        return _("Ticked points without evidence: {points}").format(points=", ".join(bare)) if bare else ""

    # ---- one link -------------------------------------------------------------------------------

    def _line(self, evidence: Evidence, *, whole: bool) -> "EvidenceLine":
        name = self._names.get(evidence.document, "")
        alive = self._desk.judges(evidence.item)
        line = EvidenceLine(evidence, self._target(evidence, whole=whole), name, alive=alive)
        line.go.clicked.connect(lambda: self.page_asked.emit(line.evidence))
        line.remove.clicked.connect(lambda: self._desk.unlink(line.evidence))
        line.note.editingFinished.connect(lambda: self._keep_note(line))
        return line

    def _keep_note(self, line: "EvidenceLine") -> None:
        """Take a note over; the list stays as it is, or the cursor would lose its place."""
        passage, own = parted_note(line.evidence.note)
        words = clean(line.note.text()).strip()
        if words == own:
            return
        changed = structs.replace(line.evidence, note=note_of(passage, words))
        before, line.evidence, self._quiet = line.evidence, changed, True
        self._desk.relink(before, changed)
        self._quiet = False

    def _target(self, evidence: Evidence, *, whole: bool) -> str:
        edition = self._desk.criteria.edition
        item = edition.item(evidence.item) if edition.has_item(evidence.item) else self._item
        number = point_number(item, evidence.point)
        words = _("point {n}").format(n=number) if number else _("the whole item")
        return f"{item.code} · {words}" if whole else words


class EvidenceLine(Box):
    """One link: its page as a button, what it supports, the words marked, and the person's note."""

    def __init__(self, evidence: Evidence, target: str, name: str, *, alive: bool) -> None:
        """Show `evidence` of the paper `name`; it can be changed where the seat judges the item."""
        super().__init__(gap=2)
        self.evidence = evidence
        base = f"evidence-{evidence.point or 'item'}-{evidence.page}"
        passage, own = parted_note(evidence.note)
        self.go = Button(_("p. {n}").format(n=evidence.page), base, "chip")
        self.go.setAccessibleName(_("Show page {n} of the report").format(n=evidence.page))
        self.remove = Button("", f"{base}-remove", "quiet", "cross", said=_("Take this link away"))
        self.note = Field(f"{base}-note", _("Note on this link, signed with the sheet"), own, _("Note on this link"))
        self.remove.setEnabled(alive)
        self.note.setEnabled(alive)
        head = row(self.go, gap=8)
        head.add(Label(target, "small", 600))
        head.add(ElideLabel(name, "micro", 400, "text2"), stretch=1)
        head.add(self.remove)
        self.add(head)
        if passage is not None:
            shown = passage.words if len(passage.words) <= _SHOWN else passage.words[:_SHOWN] + "…"
            self.add(WrapLabel(f"“{shown}”", "small"))
        self.add(self.note)
