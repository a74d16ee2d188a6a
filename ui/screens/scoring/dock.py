# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Beside the form: the report, the criteria, the evidence; below them the private note."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget
from shiboken6 import isValid

from pmqa_desktop.domain.answers import Evidence
from pmqa_desktop.domain.criteria import Item
from pmqa_desktop.text import _, pick
from ui import shortcuts, theme
from ui.screens.scoring.comments import NotePaper
from ui.screens.scoring.desk import SheetDesk
from ui.screens.scoring.reader import PageView, Reader
from ui.widgets.boxes import Box, Rule, Scroll, row
from ui.widgets.buttons import Button, Segments
from ui.widgets.inputs import Choices, Field
from ui.widgets.labels import ElideLabel, Label, WrapLabel
from ui.widgets.passphrase import PassphraseEntry
from ui.widgets.running import Running
from ui.widgets.scores import Stair
from ui.widgets.signs import EmptyState


def point_number(item: Item, point: str) -> int:
    """Return the running number of a point or indicator in its item; 0 if it is none of them."""
    ids = [one.id for one in item.points] + [one.code for one in item.indicators]
    return ids.index(point) + 1 if point in ids else 0


class ReportPane(Box):
    """The report with its tools and the one button that links the shown page."""

    link_asked = Signal()
    unlock_asked = Signal(str)
    paper_asked = Signal(object)

    def __init__(self, desk: SheetDesk, reader: Reader, item: Item) -> None:
        """Show what `reader` has open."""
        super().__init__("plain", gap=0)
        self.setObjectName("report-pane")
        self._desk, self._reader, self._item = desk, reader, item
        self._opening: tuple[str, Running] | None = None
        self.choice = Choices("paper-choice", _("Paper of the agency"))
        for paper in desk.papers:
            self.choice.addItem(paper.name, paper)
        self.choice.activated.connect(lambda index: self.paper_asked.emit(self.choice.itemData(index)))
        self.tools = self._build_tools()
        self.view = PageView(reader, self._is_linked)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.notice = Box(gap=0)
        self.stack.addWidget(self.notice)
        self.link = Button("", "link-page", "primary", "link", tip="Ctrl+L")
        self.link.clicked.connect(self.link_asked)
        if len(desk.papers) > 1:
            self.add(row(margins=(8, 4, 8, 0)).add(self.choice, stretch=1))
        self.add(self.tools)
        self.add(self.stack, stretch=1)
        self.add(row(margins=(8, 6, 8, 0)).add(self.link, stretch=1))
        reader.page_changed.connect(self._show_page)
        reader.opened.connect(self._show_open)
        reader.failed.connect(self._show_damaged)
        if reader.pages:
            self._show_open()
        elif not desk.papers:
            self.say("file", _("The secretariat's pack holds no papers of this agency."))

    def _build_tools(self) -> Box:
        before = Button("", "page-before", "quiet", "left", said=_("Previous page"))
        after = Button("", "page-after", "quiet", "right", said=_("Next page"))
        before.clicked.connect(lambda: self._reader.turn(self._reader.page - 1))
        after.clicked.connect(lambda: self._reader.turn(self._reader.page + 1))
        self.number = Field("page-number", _("Page"), limit=5)
        self.number.setFixedWidth(theme.px(52))
        self.number.returnPressed.connect(self._go)
        self.of = Label("", "small", 400, "text2")
        smaller = Button("", "page-smaller", "quiet", "minus", said=_("Smaller page"))
        larger = Button("", "page-larger", "quiet", "plus", said=_("Larger page"))
        search = Button("", "page-search", "quiet", "search", said=_("Find in the report"))
        smaller.clicked.connect(lambda: self._reader.step_zoom(-1))
        larger.clicked.connect(lambda: self._reader.step_zoom(1))
        search.setCheckable(True)
        self.find_field = Field("page-find", _("Find in the report"), "", _("Find in the report"), limit=200)
        self.find_result = Label("", "micro", 400, "text2")
        line = row(self.find_field, self.find_result, gap=6, margins=(0, 2, 0, 0))
        line.hide()
        search.toggled.connect(line.setVisible)
        search.toggled.connect(lambda on: self.find_field.setFocus() if on else None)
        self.find_field.returnPressed.connect(self._find)
        self.search_button = search
        tools = Box(margins=(8, 5, 8, 5), gap=0)
        tools.add(row(before, self.number, self.of, after, None, smaller, larger, search, gap=2), line)
        return tools

    def say(self, icon: str, sentence: str, action: Button | None = None) -> None:
        """Tell in one sentence why no page is shown; `action` is what to do about it."""
        self._opening = None
        self.notice.clear()
        self.notice.add(EmptyState(icon, sentence, action), stretch=1)
        self.stack.setCurrentWidget(self.notice)
        self.tools.setEnabled(False)
        self.link.setEnabled(False)

    def show_opening(self, name: str, stop: Callable[[], None], again: Callable[[], None]) -> None:
        """Say that the paper `name` is being read; `again` opens it after all once it was stopped."""
        self.notice.clear()
        running = Running(_("Opening {name}").format(name=name), "paper-stop")
        self._opening = (name, running)
        box = Box(margins=16, gap=10)
        box.body.addStretch(1)
        box.add(running)
        box.body.addStretch(1)
        self.notice.add(box, stretch=1)
        self.stack.setCurrentWidget(self.notice)
        self.tools.setEnabled(False)
        self.link.setEnabled(False)

        def stopped() -> None:
            stop()
            self._opening = None
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
        self.notice.clear()
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
        self.notice.add(box, stretch=1)
        self.stack.setCurrentWidget(self.notice)
        self.tools.setEnabled(False)
        self.link.setEnabled(False)

    def open_search(self) -> None:
        """Open the search field."""
        self.search_button.setChecked(True)
        self.find_field.setFocus()

    def show_target(self, item: Item, point: str) -> None:
        """Say on the link button what the page would be linked to."""
        self._item = item
        number = point_number(item, point)
        words = _("Link this page to point {n} of item {item}") if number else _("Link this page to item {item}")
        self.link.set_text(words.format(n=number, item=item.code))
        alive = self._desk.judges(item.code) and self._reader.pages > 0
        self.link.setEnabled(alive)
        self.view.sheet.update()

    def _is_linked(self, page: int) -> bool:
        paper = self._reader.paper
        linked = self._desk.evidence(self._item.code)
        return paper is not None and any(one.page == page and one.document == paper.digest for one in linked)

    def _show_open(self) -> None:
        self._opening = None
        self.stack.setCurrentWidget(self.view)
        self.tools.setEnabled(True)
        self.link.setEnabled(self._desk.judges(self._item.code))
        if self._reader.paper in self._desk.papers:
            self.choice.setCurrentIndex(self._desk.papers.index(self._reader.paper))
        self._show_page(self._reader.page)

    def _show_damaged(self) -> None:
        self.say("err", _("This paper cannot be shown: the file is damaged."))

    def _show_page(self, page: int) -> None:
        self.number.setText(str(page))
        self.of.setText(f"/ {self._reader.pages}")

    def _go(self) -> None:
        text = self.number.text().strip()
        if text.isdigit():
            self._reader.turn(int(text))
        self.number.setText(str(self._reader.page))

    def _find(self) -> None:
        self.find_result.setText(_("looking…"))
        self._reader.find_next(self.find_field.text(), self._show_found)

    def _show_found(self, found: bool) -> None:
        # the search goes on page by page, and its pane may be gone before it ends
        if isValid(self):
            self.find_result.setText("" if found else _("not found"))


class CriteriaPane(Box):
    """What the edition says about an item: purpose, levels, and how it is scored."""

    def __init__(self, desk: SheetDesk, item: Item) -> None:
        """Show the criteria of `item`."""
        super().__init__("plain", margins=(14, 10, 12, 10), gap=8)
        edition = desk.criteria.edition
        self.add(WrapLabel(f"{item.code}  {pick(item.title_th, item.title_en)}", "body", 600))
        self.add(WrapLabel(pick(item.purpose_th, item.purpose_en), "small"))
        levels = {level.code: level for level in edition.levels}
        for place, part in enumerate(item.levels, 1):
            level = levels[part.code]
            head = row(Stair(place), Label(pick(level.title_th, level.title_en), "small", 600, "primary"), None, gap=7)
            self.add(Rule(), head, WrapLabel(pick(part.title_th, part.title_en), "small"))
            if part.form_tag:
                self.add(WrapLabel(part.form_tag, "micro", 400, "text2"))
        for area in item.areas:
            self.add(WrapLabel(f"{area.letter_th}. {pick(area.title_th, area.title_en)}", "small"))
        self.add(Rule())
        for note in _rule_notes(desk, item):
            self.add(WrapLabel(note, "small", 400, "text2"))
        if not edition.head.official_wording:
            self.add(WrapLabel(pick(edition.head.notice_th, edition.head.notice_en), "micro", 400, "text2"))
        self.body.addStretch(1)


def _rule_notes(desk: SheetDesk, item: Item) -> list[str]:
    names = {
        "checklist": {"gated_checklist"},
        "indicators": {item.rule, item.added_indicator_rule, *(one.rule for one in item.indicators)},
        "band": {"band_percent"},
    }[item.kind]
    rules = desk.criteria.edition.scoring.rules
    return [pick(rule.note_th, rule.note_en) for rule in rules if rule.__struct_config__.tag in names and rule.note_th]


class EvidencePane(Box):
    """The pages linked to an item; each can be opened or taken away."""

    page_asked = Signal(object)

    def __init__(self, desk: SheetDesk, item: Item) -> None:
        """List the evidence of `item`."""
        super().__init__("plain", margins=(14, 10, 8, 10), gap=4)
        self._desk, self._item = desk, item
        self._shown: tuple[Evidence, ...] | None = None
        self.refresh()

    def refresh(self) -> None:
        """Show the links as they stand on the desk; built anew only when they change."""
        linked = self._desk.evidence(self._item.code)
        if linked == self._shown:
            return
        self._shown = linked
        self.clear()
        names = {paper.digest: paper.name for paper in self._desk.papers}
        if not linked:
            self.add(EmptyState("link", _("No page is linked to this item yet. Open the report and link a page.")))
            return
        for evidence in linked:
            self.add(self._line(evidence, names.get(evidence.document, "")), Rule())
        self.body.addStretch(1)

    def _line(self, evidence: Evidence, name: str) -> Box:
        number = point_number(self._item, evidence.point)
        target = _("point {n}").format(n=number) if number else _("the whole item")
        base = f"evidence-{evidence.point or 'item'}-{evidence.page}"
        go = Button(_("p. {n}").format(n=evidence.page), base, "chip")
        go.setAccessibleName(_("Show page {n} of the report").format(n=evidence.page))
        go.clicked.connect(lambda: self.page_asked.emit(evidence))
        remove = Button("", f"{base}-remove", "quiet", "cross", said=_("Take this link away"))
        remove.setEnabled(self._desk.judges(self._item.code))
        remove.clicked.connect(lambda: self._desk.unlink(evidence))
        words = Box(gap=0)
        words.add(Label(target, "small", 600), ElideLabel(name, "micro", 400, "text2"))
        line = row(go, gap=10)
        line.add(words, stretch=1)
        line.add(remove)
        return line


class Dock(Box):
    """Report, criteria and evidence as tabs, and the private note below."""

    page_asked = Signal(object)

    def __init__(self, desk: SheetDesk, reader: Reader, *, wide: bool) -> None:
        """Start empty; `show_item` fills it."""
        super().__init__("plain", gap=0)
        self.setObjectName("dock")
        self.setFixedWidth(theme.px(560 if wide else 360))
        self._desk, self._reader = desk, reader
        self.tabs = Segments("dock-tab", (_("Report"), _("Criteria"), _("Evidence")))
        self.stack = QStackedWidget()
        self.tabs.chosen.connect(self.stack.setCurrentIndex)
        first = desk.criteria.edition.items[0]
        self.report = ReportPane(desk, reader, first)
        self.stack.addWidget(self.report)
        self._criteria = Box(gap=0)
        self._evidence = Box(gap=0)
        self.stack.addWidget(self._criteria)
        self.stack.addWidget(self._evidence)
        self._note = Box(margins=8, gap=0)
        self.add(self.tabs)
        self.add(self.stack, stretch=1)
        self.add(self._note)
        self.evidence: EvidencePane | None = None
        self.note: NotePaper | None = None
        shortcuts.bind(self, shortcuts.FIND, self.open_search)

    def show_item(self, item: Item, point: str) -> None:
        """Show criteria, evidence and note of another item."""
        self.report.show_target(item, point)
        self.tabs.set_text(1, _("Criteria {item}").format(item=item.code))
        self._criteria.clear()
        self._criteria.add(Scroll(CriteriaPane(self._desk, item), "criteria-scroll"))
        self._evidence.clear()
        self.evidence = EvidencePane(self._desk, item)
        self.evidence.page_asked.connect(self.page_asked)
        self._evidence.add(Scroll(self.evidence, "evidence-scroll"))
        self._note.clear()
        self.note = NotePaper(self._desk, item)
        self._note.add(self.note)
        self.refresh(item)

    def refresh(self, item: Item) -> None:
        """Show the links as they stand on the desk."""
        count = len(self._desk.evidence(item.code))
        self.tabs.set_text(2, _("Evidence {n}").format(n=count) if count else _("Evidence"))
        if self.evidence is not None:
            self.evidence.refresh()
        self.report.view.sheet.update()

    def show_report(self) -> None:
        """Bring the report to the front."""
        self.tabs.choose(0)

    def open_search(self) -> None:
        """Open the report's search field."""
        self.tabs.choose(0)
        self.report.open_search()
