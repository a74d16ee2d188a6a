# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Find in the report: a field, the places found with the words around them, and the paper's outline as a tree."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QTreeWidget, QTreeWidgetItem

from pmqa_desktop.text import _
from ui import shortcuts, theme
from ui.screens.scoring.reader import MOST_HITS, Hit, Reader
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Field
from ui.widgets.labels import Label

_ROWS = 3


class FindField(Field):
    """The field to look for words: Esc leaves it, Down goes to the list."""

    escaped = Signal()
    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Esc, go on by Down."""
        match event.key():
            case Qt.Key.Key_Escape:
                self.escaped.emit()
            case Qt.Key.Key_Down:
                self.down.emit()
            case _:
                super().keyPressEvent(event)


class Finder(Box):
    """Words to look for in all pages of the paper, and where they stand. F3 and Shift+F3 step, Ctrl+K marks."""

    left = Signal()

    def __init__(self, reader: Reader) -> None:
        """Search what `reader` has open."""
        super().__init__(margins=(0, 2, 0, 0), gap=2)
        self._reader = reader
        self.field = FindField("page-find", _("Find in the report"), "", _("Find in the report"), limit=200)
        self.before = Button("", "find-before", "quiet", "up", said=_("Previous place (Shift+F3)"))
        self.after = Button("", "find-after", "quiet", "down", said=_("Next place (F3)"))
        self.mark = Button("", "mark-found", "quiet", "pen", said=_("Mark these words, to be linked (Ctrl+K)"))
        self.result = Label("", "micro", 400, "text2")
        self.list = QListWidget()
        self.list.setObjectName("find-hits")
        self.list.setAccessibleName(_("Places found"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(theme.px(26 * _ROWS + 6))
        line = row(gap=2)
        line.add(self.field, stretch=1)
        line.add(self.result, self.before, self.after, self.mark)
        self.add(line, self.list)
        self.field.returnPressed.connect(lambda: reader.find(self.field.text()))
        self.field.escaped.connect(self.left)
        self.field.down.connect(self.list.setFocus)
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        self.mark.clicked.connect(reader.mark_hit)
        self.list.itemClicked.connect(self._go)
        self.list.itemActivated.connect(self._go)
        shortcuts.bind(self, shortcuts.FIND_NEXT, lambda: self._step(1))
        shortcuts.bind(self, shortcuts.FIND_PREVIOUS, lambda: self._step(-1))
        shortcuts.bind(self, shortcuts.MARK_FOUND, reader.mark_hit)
        reader.found_changed.connect(self.refresh)
        self._listed: list[Hit] = []
        self._roomy = True
        self.refresh()

    def refresh(self) -> None:
        """Show what was found as it stands."""
        reader = self._reader
        if self._listed != reader.hits:
            self._listed = list(reader.hits)
            self.list.clear()
            for hit in self._listed:
                words = _("p. {n}").format(n=hit.page) + f"  …{hit.before}[{hit.words}]{hit.after}…"
                self.list.addItem(QListWidgetItem(words))
        if 0 <= reader.hit < self.list.count():
            self.list.setCurrentRow(reader.hit)
        self.result.setText(self._told())
        for part in (self.before, self.after, self.mark):
            part.setEnabled(bool(reader.hits))
        self.list.setVisible(bool(reader.hits) and self._roomy)

    def set_roomy(self, roomy: bool) -> None:
        """List the places only where the page beside them stays readable; stepping works in any case."""
        self._roomy = roomy
        self.list.setVisible(bool(self._reader.hits) and roomy)

    def _told(self) -> str:
        reader = self._reader
        if reader.looking:
            return _("looking…")
        if not reader.hits:
            return _("not found") if reader.phrase else ""
        more = "+" if len(reader.hits) >= MOST_HITS else ""
        return _("{n} of {of}").format(n=reader.hit + 1, of=f"{len(reader.hits)}{more}")

    def _step(self, by: int) -> None:
        """Go to the next place, or look for words that were typed and not looked for yet."""
        typed = self.field.text().strip()
        if typed and typed != self._reader.phrase:
            self._reader.find(typed)
        else:
            self._reader.step_hit(by)

    def _go(self, _item: QListWidgetItem) -> None:
        self._reader.go_to_hit(self.list.currentRow())


class OutlineTree(QTreeWidget):
    """The headings that the paper itself lists; Enter or a click goes to the page."""

    chosen = Signal(int)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("outline")
        self.setHeaderHidden(True)
        self.setAccessibleName(_("Contents of the paper"))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemClicked.connect(self._go)
        self.itemActivated.connect(self._go)

    def show_outline(self, reader: Reader) -> None:
        """List the headings of the open paper."""
        self.clear()
        parents: list[QTreeWidgetItem] = []
        for heading in reader.outline():
            del parents[heading.level :]
            node = QTreeWidgetItem([heading.title])
            node.setData(0, Qt.ItemDataRole.UserRole, heading.page)
            node.setToolTip(0, _("p. {n}").format(n=heading.page) + f"  {heading.title}")
            if parents:
                parents[-1].addChild(node)
            else:
                self.addTopLevelItem(node)
            parents.append(node)
        self.expandToDepth(1)
        first = self.topLevelItem(0)
        if first is not None:
            self.setCurrentItem(first)

    def _go(self, node: QTreeWidgetItem) -> None:
        self.chosen.emit(int(node.data(0, Qt.ItemDataRole.UserRole)))
