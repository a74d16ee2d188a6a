# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The right side: the report's pages as they will be saved, or why there are none."""

import hashlib

from PySide6.QtWidgets import QStackedWidget, QWidget

from pmqa_desktop.domain.documents import Paper
from pmqa_desktop.text import _
from ui import theme
from ui.screens.scoring.page_view import PageView
from ui.screens.scoring.reader import ZOOMS, Reader
from ui.widgets.boxes import Box, Rule, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Field
from ui.widgets.labels import ElideLabel, Label
from ui.widgets.signs import EmptyState


class PreviewPane(Box):
    """One page at a time with its tools; PgUp and PgDn turn, plus and minus change the size."""

    def __init__(self) -> None:
        """Start without pages."""
        super().__init__("plain", gap=0)
        self.reader = Reader(self)
        self.view = PageView(self.reader, lambda _page: ())
        self.view.setObjectName("preview-page")
        self.title = ElideLabel("", "body", 600)
        self.title.setObjectName("preview-title")
        self.tools = self._build_tools()
        # the pages must not jump whenever a report is set
        keeps_room = self.tools.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)
        self.tools.setSizePolicy(keeps_room)
        self.notice = Box(gap=0)
        self.notice.setObjectName("preview-notice")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.notice)
        head = row(margins=(14, 4, 8, 4), gap=12).add(self.title, stretch=1)
        head.add(self.tools)
        self.add(head, Rule())
        self.add(self.stack, stretch=1)
        self.reader.page_changed.connect(self._show_page)
        self.say("file", "")

    def _build_tools(self) -> Box:
        self.before = Button("", "preview-before", "quiet", "left", said=_("Previous page"))
        self.after = Button("", "preview-after", "quiet", "right", said=_("Next page"))
        self.before.clicked.connect(lambda: self.reader.turn(self.reader.page - 1))
        self.after.clicked.connect(lambda: self.reader.turn(self.reader.page + 1))
        self.number = Field("preview-number", _("Page"), limit=5)
        self.number.setFixedWidth(theme.px(52))
        self.number.returnPressed.connect(self._go)
        self.of = Label("", "small", 400, "text2")
        self.of.setObjectName("preview-of")
        self.smaller = Button("", "preview-smaller", "quiet", "minus", said=_("Smaller page"))
        self.larger = Button("", "preview-larger", "quiet", "plus", said=_("Larger page"))
        self.smaller.clicked.connect(lambda: self.reader.step_zoom(-1))
        self.larger.clicked.connect(lambda: self.reader.step_zoom(1))
        self.zoom = Label("100 %", "small", 400, "text2")
        self.zoom.setObjectName("preview-zoom")
        return row(self.before, self.number, self.of, self.after, 6, self.smaller, self.zoom, self.larger, gap=2)

    def show_pages(self, data: bytes, page: int) -> bool:
        """Show a PDF at a page, or at its last one; return whether it can be read back at all."""
        digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
        self.reader.open(Paper(digest=digest, bytes=len(data), name="", pages=0), data, page)
        if not self.reader.pages:
            self.say("err", _("The report cannot be shown."))
            return False
        self.stack.setCurrentWidget(self.view)
        self.tools.show()
        return True

    def say(self, icon: str, sentence: str, action: Button | None = None) -> None:
        """Tell in one sentence why no page is shown."""
        self.show_notice(EmptyState(icon, sentence, action))

    def show_notice(self, widget: QWidget) -> None:
        """Show something else in the place of the pages."""
        self.reader.close()
        self.notice.clear()
        self.notice.add(widget, stretch=1)
        self.stack.setCurrentWidget(self.notice)
        self.tools.hide()

    def _show_page(self, page: int) -> None:
        pages, zoom = self.reader.pages, self.reader.zoom
        self.number.setText(str(page))
        self.of.setText(f"/ {pages}")
        self.zoom.setText(f"{zoom} %")
        self.before.setEnabled(page > 1)
        self.after.setEnabled(page < pages)
        self.smaller.setEnabled(zoom > ZOOMS[0])
        self.larger.setEnabled(zoom < ZOOMS[-1])

    def _go(self) -> None:
        text = self.number.text().strip()
        if text.isdigit():
            self.reader.turn(int(text))
        self.number.setText(str(self.reader.page))
