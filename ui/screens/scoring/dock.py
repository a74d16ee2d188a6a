# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Beside the form: the report, the criteria, the evidence; below them the private note."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from pmqa_desktop.domain.criteria import Item
from pmqa_desktop.text import _, pick
from ui import shortcuts, theme
from ui.screens.scoring.comments import NotePaper
from ui.screens.scoring.desk import SheetDesk
from ui.screens.scoring.evidence import EvidencePane
from ui.screens.scoring.reader import Reader
from ui.screens.scoring.report import ReportPane
from ui.widgets.boxes import Box, Rule, Scroll, row
from ui.widgets.buttons import Segments
from ui.widgets.labels import Label, WrapLabel
from ui.widgets.scores import Stair


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


class Dock(Box):
    """Report, criteria and evidence as tabs, and the private note below."""

    page_asked = Signal(object)
    evidence_made = Signal(object)

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
        self.evidence_made.emit(self.evidence)
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
