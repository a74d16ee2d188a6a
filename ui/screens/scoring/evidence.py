# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The list of evidence: every link of the item or of the whole sheet, its words and note, and what has none."""

from msgspec import structs
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication

from pmqa_desktop.domain.answers import Evidence
from pmqa_desktop.domain.criteria import Item
from pmqa_desktop.domain.media import MOST_TOGETHER, kind_named
from pmqa_desktop.domain.passages import note_of, parted_note
from pmqa_desktop.services.evaluation.attachments import Attachment
from pmqa_desktop.text import _
from ui.drives import size_words
from ui.screens.scoring.desk import SheetDesk
from ui.screens.scoring.lines import SheetField
from ui.screens.scoring.report import point_number
from ui.widgets.boxes import Box, Rule, row
from ui.widgets.buttons import Button, Segments
from ui.widgets.labels import ElideLabel, IconLabel, Label, WrapLabel
from ui.widgets.signs import EmptyState

_SHOWN = 200
"""The most characters of a passage that the list shows; the page shows all of it."""


class EvidencePane(Box):
    """The links; each can be opened, noted, or taken away (which Ctrl+Z takes back)."""

    page_asked = Signal(object)
    attach_asked = Signal()
    copy_asked = Signal(str)

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
        self.attach = Button(_("Attach a photo or file"), "attach-file", "", "plus")
        self.attach.setEnabled(desk.judges(item.code))
        self.attach.clicked.connect(self.attach_asked)
        self.used = WrapLabel("", "micro", 400, "text2")
        self.told = WrapLabel("", "small", 600)
        self.told.setObjectName("file-told")
        self.told.hide()
        self.add(row(self.scope, None, self.order, gap=0), self.attach, self.used, self.told, self.list)
        self.body.addStretch(1)
        self.refresh()

    def say(self, words: str, *, bad: bool = False) -> None:
        """Tell what became of a file; no words take the last ones away."""
        self.told.set_ink("err" if bad else "ok")
        self.told.set_text(words)
        self.told.setVisible(bool(words))

    def _show_used(self) -> None:
        files, size = self._desk.attached_size()
        known, linked = self._desk.attached, self._desk.all_evidence()
        photos = any(known[one.document].media_type.startswith("image/") for one in linked if one.document in known)
        words = _("{n} files attached, {size} of at most {limit}").format(
            n=files, size=size_words(size), limit=size_words(MOST_TOGETHER)
        )
        if photos:
            words += "\n" + _("Photos may tell where and when they were taken. They are sent as they are.")
        self.used.set_text(words)
        self.used.set_ink("warn" if size * 100 >= MOST_TOGETHER * 75 else "text2")
        self.used.setVisible(files > 0)

    def _show_order(self, by_page: bool) -> None:
        self.order.set_text(_("Sort by point") if by_page else _("Sort by page"))
        self.refresh()

    def refresh(self) -> None:
        """Show the links as they stand on the desk; built anew only when they change."""
        whole, by_page = self.scope.current() == 1, self.order.isChecked()
        linked = self._desk.all_evidence() if whole else self._desk.evidence(self._item.code)
        answer = self._desk.answer(self._item.code)
        state = (linked, whole, by_page, answer.ticks if answer is not None else ())
        self._show_used()
        known, self._shown = self._shown, state
        if state == known or self._quiet:
            return
        focused = QApplication.focusWidget()
        held = focused.objectName() if isinstance(focused, SheetField) and self.isAncestorOf(focused) else ""
        self.list.clear()
        if not linked:
            self.list.add(EmptyState("link", _("No page is linked yet. Open the report and link a page.")))
        for evidence in self._sorted(linked, by_page=by_page):
            line = self._line(evidence, whole=whole)
            self.list.add(line, Rule())
            if line.note.objectName() == held:
                line.note.setFocus()
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
        file = self._desk.attached.get(evidence.document)
        line = EvidenceLine(evidence, self._target(evidence, whole=whole), name, file, alive=alive)
        if line.copy is not None:
            line.copy.clicked.connect(lambda: self.copy_asked.emit(line.evidence.document))
        line.go.clicked.connect(lambda: self.page_asked.emit(line.evidence))
        line.remove.clicked.connect(lambda: self._take_away(line))
        line.note.accepted.connect(lambda: self._keep_note(line))
        return line

    def _take_away(self, line: "EvidenceLine") -> None:
        # or the cursor would fall into any field, where Ctrl+Z means something else
        self.attach.setFocus(Qt.FocusReason.OtherFocusReason)
        self._desk.unlink(line.evidence)

    def _keep_note(self, line: "EvidenceLine") -> None:
        """Take a note over; the list stays as it is, or the cursor would lose its place."""
        passage, _own = parted_note(line.evidence.note)
        changed = structs.replace(line.evidence, note=note_of(passage, line.note.saved))
        before, line.evidence, self._quiet = line.evidence, changed, True
        self._desk.relink(before, changed)
        self._quiet = False

    def _target(self, evidence: Evidence, *, whole: bool) -> str:
        edition = self._desk.criteria.edition
        item = edition.item(evidence.item) if edition.has_item(evidence.item) else self._item
        number = point_number(item, evidence.point)
        words = _("point {n}").format(n=number) if number else _("the whole item")
        return f"{item.code} · {words}" if whole else words


def _file_words(file: Attachment, copy: Button) -> Box:
    """Return what is told of an attached file: its name, kind, size and the begin of its digest."""
    kind = kind_named(file.media_type)
    ending = kind.ending.removeprefix(".").upper() if kind is not None else "?"
    digits = file.digest.removeprefix("sha256:")
    told = f"{ending} · {size_words(file.bytes)} · {digits[:4]} {digits[4:8]}"
    words = Box(gap=0).add(ElideLabel(file.name, "small"), ElideLabel(told, "micro", 400, "text2"))
    line = row(IconLabel("file", "text2", 22), gap=8)
    line.add(words, stretch=1)
    return line.add(copy)


class EvidenceLine(Box):
    """One link: its page as a button, what it supports, the words marked, and the person's note."""

    def __init__(
        self, evidence: Evidence, target: str, name: str, file: Attachment | None = None, *, alive: bool
    ) -> None:
        """Show `evidence` of the paper `name` or of an attached `file`; it can be changed where the seat judges."""
        super().__init__(gap=2)
        self.evidence = evidence
        base = f"evidence-{evidence.point or 'item'}-{evidence.page}"
        passage, own = parted_note(evidence.note)
        self.go = Button(_("p. {n}").format(n=evidence.page), base, "chip")
        self.go.setAccessibleName(_("Show page {n} of the report").format(n=evidence.page))
        self.remove = Button("", f"{base}-remove", "quiet", "cross", said=_("Take this link away"))
        said = _("Note on this link, signed with the sheet")
        self.note = SheetField(f"{base}-note", said, own, _("Note on this link"))
        self.remove.setEnabled(alive)
        self.note.setEnabled(alive)
        self.copy = Button(_("Save a copy"), f"{base}-copy", "quiet") if file is not None else None
        if file is not None:
            self.go.hide()
        head = row(self.go, gap=8)
        head.add(Label(target, "small", 600))
        head.add(ElideLabel(name, "micro", 400, "text2"), stretch=1)
        head.add(self.remove)
        self.add(head)
        if file is not None and self.copy is not None:
            self.add(_file_words(file, self.copy))
        if passage is not None:
            shown = passage.words if len(passage.words) <= _SHOWN else passage.words[:_SHOWN] + "…"
            self.add(WrapLabel(f"“{shown}”", "small"))
        self.add(self.note)
