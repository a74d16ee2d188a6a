# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The help: contents and search at the left, one page at the right; it covers the screen and leaves it as it is."""

import re

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QFont, QKeyEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QTextBrowser, QTextEdit

from pmqa_desktop.services import handbook
from pmqa_desktop.services.evaluation.finding import places
from pmqa_desktop.services.handbook import KEY, NAME, Block, Page
from pmqa_desktop.text import _, current_language
from ui import shortcuts, theme
from ui.widgets.boxes import Box
from ui.widgets.buttons import Button
from ui.widgets.inputs import Field
from ui.widgets.labels import Label, WrapLabel, breakable
from ui.widgets.marked import qt_length

_CODE = Qt.ItemDataRole.UserRole
_MARKED = re.compile(f"{KEY.pattern}|{NAME.pattern}")
_INK = {"note": "warn", "see": "info", "heading": "primary"}


class HelpSearch(Field):
    """The search field: arrows go to the contents."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go down to the contents with the arrow or Enter."""
        if Qt.Key(event.key()) in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down.emit()
        else:
            super().keyPressEvent(event)


class PageView(QTextBrowser):
    """One page, drawn from its blocks: no markup of any kind is interpreted."""

    page_asked = Signal(str)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("help-page")
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.anchorClicked.connect(self._follow)

    def _follow(self, address: QUrl) -> None:
        self.page_asked.emit(address.path())

    def show_page(self, page: Page, titles: dict[str, str], words: str) -> None:
        """Draw `page`; `titles` name other pages, `words` are marked where they stand."""
        self.clear()
        self.setAccessibleName(page.title)
        cursor = self.textCursor()
        cursor.setBlockFormat(_spaced(0, 10))
        cursor.insertText(breakable(page.title), _look("h1", 600, "primary"))
        for block in page.blocks:
            self._add(cursor, block, titles)
        first = self._mark(words)
        top = self.textCursor()
        top.setPosition(first)
        self.setTextCursor(top)
        self.ensureCursorVisible()

    def _add(self, cursor: QTextCursor, block: Block, titles: dict[str, str]) -> None:
        indent = 1 if block.kind in ("item", "step") else 0
        space = _spaced(12 if block.kind == "heading" else 0, 6, indent)
        if block.kind == "note":
            space.setBackground(theme.colour("warn_bg"))
        cursor.insertBlock(space)
        if block.kind == "see":
            self._add_links(cursor, block, titles)
            return
        look = _look("lead" if block.kind == "heading" else "body", 600 if block.kind in ("heading", "note") else 400,
                     _INK.get(block.kind, "text"))  # fmt: skip
        if block.kind == "item":
            cursor.insertText("•  ", look)
        at = 0
        for found in _MARKED.finditer(block.text):
            cursor.insertText(breakable(block.text[at : found.start()]), look)
            key = KEY.fullmatch(found[0])
            if key is not None:
                cursor.insertText(key[1].replace(" ", "\u00a0"), _look("body", 600, "primary", "soft"))
            else:
                cursor.insertText(breakable(found[0]), _look("body", 600, _INK.get(block.kind, "text")))
            at = found.end()
        cursor.insertText(breakable(block.text[at:]), look)

    def _add_links(self, cursor: QTextCursor, block: Block, titles: dict[str, str]) -> None:
        cursor.insertText(_("See also: "), _look("body", 600, "text2"))
        for number, code in enumerate(part.strip() for part in block.text.split(",")):
            if number:
                cursor.insertText(" · ", _look("body", 400, "text2"))
            link = _look("body", 600, "info")
            link.setAnchor(True)
            link.setAnchorHref(code)
            link.setFontUnderline(True)
            cursor.insertText(breakable(titles.get(code, code)), link)

    def _mark(self, words: str) -> int:
        """Mark the words that were searched for; return where the first of them begins, 0 without any."""
        text = self.toPlainText()
        marks = []
        found = places(text, words)
        for start, end in found:
            mark = QTextEdit.ExtraSelection()
            cursor = self.textCursor()
            cursor.setPosition(qt_length(text[:start]))
            cursor.setPosition(qt_length(text[:end]), QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = cursor
            look = QTextCharFormat()
            look.setBackground(theme.colour("warn_bg"))
            look.setFontUnderline(True)
            mark.format = look
            marks.append(mark)
        self.setExtraSelections(marks)
        return qt_length(text[: found[0][0]]) if found else 0


def _look(size: theme.Size, weight: int, ink: str, tint: str = "") -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(theme.font(size, weight))
    made.setFontWeight(QFont.Weight(weight))
    made.setForeground(theme.colour(ink))
    if tint:
        made.setBackground(theme.colour(tint))
    return made


def _spaced(above: int, below: int, indent: int = 0) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setTopMargin(theme.px(above) if above else 0)
    made.setBottomMargin(theme.px(below))
    made.setLeftMargin(theme.px(18) if indent else 0)
    return made


class HelpView(Box):
    """The whole help; `closed` is emitted by Esc, F1 and its button, `save_asked` asks for it as a PDF file."""

    closed = Signal()
    save_asked = Signal()

    def __init__(self, code: str, words: str = "", *, narrow: bool = False) -> None:
        """Show the page `code`, with `words` in the search field."""
        super().__init__("page", across=True, margins=12, gap=12)
        self.setObjectName("help")
        self._language = current_language()
        self._pages = handbook.pages(self._language)
        self.field = HelpSearch("help-search", _("Find in the help"), words, _("Find in the help"), limit=100)
        self.field.textChanged.connect(self._fill)
        self.field.down.connect(self._to_list)
        self.list = QListWidget()
        self.list.setObjectName("help-contents")
        self.list.setAccessibleName(_("Contents of the help"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._choose)
        self.view = PageView()
        self.view.page_asked.connect(self.open)
        self.none = Label("", "small", 400, "text2")
        self.none.setObjectName("help-count")
        side = Box("card", margins=10, gap=8)
        side.setFixedWidth(theme.px(230 if narrow else 300))
        side.add(self.field, self.none)
        side.add(self.list, stretch=1)
        close = Button(_("Back to work (Esc)"), "help-close", "primary", "left")
        close.clicked.connect(self.closed)
        save = Button(_("Save as PDF (Ctrl+P)"), "help-save", "", "print")
        save.clicked.connect(self.save_asked)
        self.told = WrapLabel("", "small", 600)
        self.told.setObjectName("help-told")
        self.told.hide()
        side.add(self.told, save, close)
        page = Box("card", margins=(18, 12, 6, 12), gap=0)
        page.add(self.view, stretch=1)
        self.add(side)
        self.add(page, stretch=1)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        shortcuts.bind(self, ("Esc",), self.closed.emit, context)
        shortcuts.bind(self, ("Ctrl+F",), self._to_field, context)
        shortcuts.bind(self, shortcuts.SAVE_HELP, self.save_asked.emit, context)
        shortcuts.bind(self, ("F6", "Shift+F6"), self._other_part, context)
        self._code = code if code in self._pages else handbook.FIRST_PAGE
        self._fill()
        self.open(self._code)

    @property
    def code(self) -> str:
        """Return the code of the page that is shown."""
        return self._code

    @property
    def title(self) -> str:
        """Return the title of the page that is shown."""
        return self._pages[self._code].title

    def _fill(self) -> None:
        """List the pages that hold the words."""
        found = handbook.search(self.field.text(), self._language)
        self.list.blockSignals(True)
        self.list.clear()
        for group in handbook.contents(self._language):
            listed = [page for page in group.pages if page.code in found]
            if listed:
                head = QListWidgetItem(group.title)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                head.setFont(theme.font("micro", 600))
                head.setForeground(theme.colour("text2"))
                self.list.addItem(head)
            for page in listed:
                count = found[page.code]
                entry = QListWidgetItem(breakable(f"{page.title} ({count})" if count else page.title))
                entry.setData(_CODE, page.code)
                entry.setFont(theme.font("small"))
                self.list.addItem(entry)
        self.list.blockSignals(False)
        searching = bool(self.field.text().strip())
        words = _("{n} pages hold these words") if found else _("No page holds these words.")
        self.none.setText(words.format(n=len(found)) if searching else "")
        self.none.setVisible(searching)
        self._select(self._code if self._code in found else next(iter(found), ""))

    def _select(self, code: str) -> None:
        rows = [n for n in range(self.list.count()) if self.list.item(n).data(_CODE) == code]
        self.list.setCurrentRow(rows[0] if rows else -1)
        if rows:
            self._show(code)

    def _choose(self, entry: QListWidgetItem | None) -> None:
        code = entry.data(_CODE) if entry is not None else None
        if code:
            self._show(code)

    def _show(self, code: str) -> None:
        self._code = code
        titles = {one.code: one.title for one in self._pages.values()}
        self.view.show_page(self._pages[code], titles, self.field.text())

    def open(self, code: str) -> None:
        """Turn to a page."""
        if code not in self._pages:
            return
        if code not in handbook.search(self.field.text(), self._language):
            self.field.clear()
        self._select(code)

    def say(self, words: str, *, bad: bool = False) -> None:
        """Tell what became of the file."""
        self.told.set_ink("err" if bad else "ok")
        self.told.set_text(words)
        self.told.show()

    # ---- the cursor -----------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Put the cursor into the contents."""
        self._to_list()

    def _to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _to_field(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _other_part(self) -> None:
        if self.view.hasFocus():
            self._to_list()
        else:
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
