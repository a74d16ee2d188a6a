# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The seven categories as a real tab bar, painted with their progress: two lines, a shape, a count."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar

from pmqa_desktop.domain.criteria import Category
from pmqa_desktop.text import N_, _, pick
from ui import icons, theme
from ui.screens.scoring.desk import SheetDesk

# What a tab has room for, by the title that all editions so far share; another title is cut off with an ellipsis.
SHORT_TITLES: dict[str, str] = {
    "Leadership": N_("Leadership"),
    "Strategic planning": N_("Strategy"),
    "Customer and stakeholder focus": N_("Customers"),
    "Measurement, analysis and knowledge management": N_("Knowledge"),
    "Workforce focus": N_("Workforce"),
    "Operations focus": N_("Operations"),
    "Results": N_("Outcomes"),
}


def short_title(category: Category) -> str:
    """Return the short title of a category for tabs and read-back."""
    known = SHORT_TITLES.get(category.title_en)
    return _(known) if known else pick(category.title_th, category.title_en)


class CategoryTabs(QTabBar):
    """Tabs with the accessible texts of a tab bar and a painting of our own."""

    def __init__(self, desk: SheetDesk, *, narrow: bool = False) -> None:
        """Show the categories of the desk's edition; `narrow` leaves only the category number."""
        super().__init__()
        self.setObjectName("category-tabs")
        self.setAccessibleName(_("Categories"))
        self._desk = desk
        self._narrow = narrow
        self.categories = desk.criteria.edition.categories
        for category in self.categories:
            index = self.addTab("")
            self.setTabToolTip(index, pick(category.title_th, category.title_en))
        self.setExpanding(True)
        self.setDrawBase(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(36 if narrow else 60))
        self.refresh()

    def refresh(self) -> None:
        """Show the progress as it stands now."""
        for index, category in enumerate(self.categories):
            done, of = self._desk.scored_of(category.code)
            said = _("Category {code} {title}, {done} of {of} items scored").format(
                code=category.code, title=pick(category.title_th, category.title_en), done=done, of=of
            )
            self.setAccessibleTabName(index, said)
        self.update()

    def tabSizeHint(self, index: int) -> QSize:
        """Give every tab the same share of the width."""
        count = max(1, self.count())
        share = self.width() // count + (1 if index < self.width() % count else 0)
        return QSize(max(theme.px(60), share), self.height())

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Let tabs shrink with the window."""
        return QSize(theme.px(60), self.height())

    def minimumSizeHint(self) -> QSize:
        """Claim no more than the tabs' least widths."""
        return QSize(theme.px(60) * self.count(), self.height())

    def sizeHint(self) -> QSize:
        """Prefer the present width."""
        return self.minimumSizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: it never changes where one is."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tabs."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("surface2"))
        for index in range(self.count()):
            self._draw_tab(painter, index, QRectF(self.tabRect(index)))

    def _draw_tab(self, painter: QPainter, index: int, area: QRectF) -> None:
        category = self.categories[index]
        current = index == self.currentIndex()
        if current:
            painter.fillRect(area, theme.colour("surface"))
            painter.fillRect(QRectF(area.x(), area.y(), area.width(), 4), theme.colour("primary"))
        elif index and index - 1 != self.currentIndex():
            painter.fillRect(QRectF(area.x(), area.y() + 14, 1, area.height() - 28), theme.colour("line"))
        done, of = self._desk.scored_of(category.code)
        icon, ink = ("ok", "ok") if done == of else ("part", "text2") if done else ("none", "text2")
        left = area.x() + theme.px(10)
        painter.drawPixmap(QPointF(left, area.y() + theme.px(11)), icons.pixmap(icon, ink, 16))
        line = QRectF(left + theme.px(21), area.y() + theme.px(5), area.width() - theme.px(41), theme.px(26))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("small", 400))
        painter.setPen(theme.colour("text2"))
        count = f"{done}/{of}"
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, count)
        room = line.width() - QFontMetricsF(painter.font()).horizontalAdvance(count) - theme.px(4)
        painter.setFont(theme.font("small", 600))
        painter.setPen(theme.colour("text"))
        words = _("Category {code}").format(code=category.code)
        metrics = QFontMetricsF(painter.font())
        shown = words if metrics.horizontalAdvance(words) <= room else category.code
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignLeft, shown)
        if not self._narrow:
            self._draw_title(painter, area, short_title(category), current)
        if current and self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 3))
            painter.drawRect(area.adjusted(1.5, 1.5, -1.5, -1.5))

    def _draw_title(self, painter: QPainter, area: QRectF, title: str, current: bool) -> None:
        painter.setFont(theme.font("small", 600 if current else 400))
        painter.setPen(theme.colour("primary" if current else "text2"))
        room = area.width() - theme.px(16)
        shown = QFontMetricsF(painter.font()).elidedText(title, Qt.TextElideMode.ElideRight, room)
        line = QRectF(area.x() + theme.px(10), area.y() + theme.px(29), room, theme.px(27))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
