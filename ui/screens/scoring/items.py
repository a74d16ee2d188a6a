# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The items of the open category, each with its state and score, and the provisional total below."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from pmqa_desktop.domain.criteria import Item
from pmqa_desktop.domain.scoring import display
from pmqa_desktop.text import _, pick
from ui import icons, theme
from ui.screens.scoring.desk import SheetDesk, reached_level
from ui.widgets.boxes import Box, Rule, Scroll, row
from ui.widgets.labels import Label, draw_text
from ui.widgets.scores import draw_stair
from ui.widgets.signs import Sign


def item_sign(desk: SheetDesk, item: Item) -> Sign:
    """Return the state of one item of the sheet; the words are ready to show."""
    if not desk.judges(item.code):
        return Sign("lock", _("Not assigned to you"), "text2")
    if desk.item_score(item.code).state == "not_applicable":
        return Sign("dash", _("Not applicable"), "text2")
    if not desk.begun(item.code):
        return Sign("none", _("Not begun"), "text2")
    lacking = len(desk.missing(item))
    if lacking:
        return Sign("part", _("Lacks {n}").format(n=lacking), "text2")
    return Sign("ok", _("Complete"), "ok")


class ItemButton(QAbstractButton):
    """One item: code, two lines of its title, its state and its score."""

    def __init__(self, desk: SheetDesk, item: Item) -> None:
        """Draw `item` as it stands on the desk."""
        super().__init__()
        self.item = item
        self._desk = desk
        self.setObjectName(f"item-{item.code}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(99))
        self.setToolTip(pick(item.title_th, item.title_en))
        self.refresh()

    def refresh(self) -> None:
        """Show state and score as they stand now."""
        score = self._desk.item_score(self.item.code)
        said = _("{code} {title}, {state}, {score}").format(
            code=self.item.code,
            title=pick(self.item.title_th, self.item.title_en),
            state=item_sign(self._desk, self.item).word,
            score=self._desk.shown(score.exact) or _("no score"),
        )
        self.setAccessibleName(said)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of three lines."""
        return QSize(theme.px(200), theme.px(99))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        painter.fillRect(self.rect(), theme.colour("soft" if on else "surface"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.colour("line"))
        if on:
            painter.fillRect(QRect(0, 0, 4, self.height()), theme.colour("primary"))
        left, top, right = theme.px(14), theme.px(6), self.width() - theme.px(10)
        painter.setFont(theme.font("body", 700))
        painter.setPen(theme.colour("primary" if on else "text"))
        code = QRectF(left, top, theme.px(34), theme.px(26))
        painter.drawText(code, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.item.code)
        painter.setPen(theme.colour("text"))
        title = QRectF(left + theme.px(31), top, right - left - theme.px(31), theme.px(50))
        draw_text(
            painter, title, pick(self.item.title_th, self.item.title_en), theme.font("small", 600 if on else 400), 2
        )
        self._draw_state(painter, left, right)
        if self.hasFocus():
            painter.setPen(theme.colour("focus"))
            for inset in (0, 1, 2):
                painter.drawRect(self.rect().adjusted(inset, inset, -inset - 1, -inset - 1))

    def _draw_state(self, painter: QPainter, left: int, right: int) -> None:
        sign = item_sign(self._desk, self.item)
        score = self._desk.item_score(self.item.code)
        line = QRectF(left, theme.px(63), right - left, theme.px(28))
        middle = Qt.AlignmentFlag.AlignVCenter
        wide = theme.px(84 if score.exact is not None else 62)
        chip = QRectF(line.right() - wide, line.y(), wide, line.height())
        painter.drawPixmap(int(line.x()), int(line.center().y() - theme.px(8)), icons.pixmap(sign.icon, sign.ink, 15))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour(sign.ink))
        room = chip.x() - line.x() - theme.px(23)
        words = QFontMetricsF(painter.font()).elidedText(sign.word, Qt.TextElideMode.ElideRight, room)
        painter.drawText(line.adjusted(theme.px(21), 0, 0, 0), middle | Qt.AlignmentFlag.AlignLeft, words)
        if score.exact is None:
            if score.state == "missing" and self._desk.judges(self.item.code):
                painter.setPen(QPen(theme.colour("edge"), 1, Qt.PenStyle.DashLine))
                painter.drawRoundedRect(chip.adjusted(0.5, 2.5, -0.5, -2.5), 5, 5)
                painter.setPen(theme.colour("text2"))
                painter.setFont(theme.font("micro"))
                painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, _("no score"))
            return
        if self._desk.criteria.edition.levels:
            stair = QRectF(chip.x(), chip.center().y() - theme.px(7), theme.px(20), theme.px(14))
            draw_stair(painter, stair, reached_level(self._desk.criteria, score))
        painter.setFont(theme.font("body", 600))
        painter.setPen(theme.colour("text"))
        painter.drawText(chip, middle | Qt.AlignmentFlag.AlignRight, self._desk.shown(score.exact))


class ItemList(Box):
    """The items of one category; `chosen` gives an item code."""

    chosen = Signal(str)

    def __init__(self, desk: SheetDesk, *, wide: bool) -> None:
        """Start empty; `show_category` fills it."""
        super().__init__("plain", margins=(0, 8, 0, 0), gap=0)
        self.setObjectName("items")
        self.setFixedWidth(theme.px(280 if wide else 200))
        self._desk = desk
        self.buttons: dict[str, ItemButton] = {}
        self.category = ""
        self.heading = Label("", "small", 600, "text2")
        self.mean = Label("", "small", 400, "text2")
        self.add(row(self.heading, None, self.mean, margins=(14, 0, 10, 2)))
        self._rows = Box(gap=0)
        self.add(Scroll(self._rows, "items-scroll"), stretch=1)
        self.total = Label("", "h2", 700)
        self.best = Label(f"/ {desk.criteria.edition.max_score}", "small", 400, "text2")
        self.basis = Label("", "micro", 400, "text2")
        foot = Box(margins=(14, 6, 10, 8), gap=0)
        foot.add(Label(_("Provisional total"), "micro", 400, "text2"), row(self.total, self.best, None, gap=6))
        foot.add(self.basis)
        self.add(Rule(), foot)

    def show_category(self, category: str) -> None:
        """List the items of another category."""
        self.category = category
        self._rows.clear()
        self.buttons = {}
        for item in self._desk.criteria.edition.items_of(category):
            button = ItemButton(self._desk, item)
            button.clicked.connect(lambda _on=False, code=item.code: self.chosen.emit(code))
            self.buttons[item.code] = button
            self._rows.add(button)
        self._rows.body.addStretch(1)
        self.heading.setText(_("Category {code}").format(code=category))
        self.refresh()

    def choose(self, item: str) -> None:
        """Mark one item as the open one."""
        if button := self.buttons.get(item):
            button.setChecked(True)

    def refresh(self) -> None:
        """Show states, scores and the total as they stand now."""
        desk, score = self._desk, self._desk.score
        for button in self.buttons.values():
            button.refresh()
        mean = score.provisional_categories.get(self.category)
        words = _("mean {score}") if desk.criteria.edition.scoring.category == "mean_of_items" else _("sum {score}")
        self.mean.setText("" if mean is None else words.format(score=display(mean, desk.criteria)))
        total = score.provisional
        self.total.setText("—" if total is None else display(total, desk.criteria))
        done, of = desk.progress()
        self.basis.setText(_("from {done} of {of} items").format(done=done, of=of))
