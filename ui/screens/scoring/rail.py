# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The agencies of the seat at the left edge: rings when narrow, names and bars when there is room."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from pmqa_desktop.services.evaluation.scoring import AgencyWork
from pmqa_desktop.text import _, pick
from ui import icons, theme
from ui.widgets.boxes import Box, Rule, Scroll, row
from ui.widgets.labels import Label, draw_text
from ui.widgets.scores import draw_ring


@dataclass(frozen=True, slots=True)
class WorkSign:
    """How far the work on an agency is: shape, words and ink."""

    icon: str
    words: str
    ink: str


def work_sign(work: AgencyWork) -> WorkSign:
    """Return how the state of the own work on an agency is shown."""
    if work.declaration == "recused":
        return WorkSign("dash", _("Recused"), "text2")
    if not work.declaration:
        return WorkSign("lock", _("Declare ties first"), "text2")
    if work.signed_seq and not work.changed_since_signed:
        return WorkSign("ok", _("Signed, revision {n}").format(n=work.signed_seq), "ok")
    if work.signed_seq:
        return WorkSign("pen", _("Changed since signing"), "warn")
    if work.of and work.scored == work.of:
        return WorkSign("pen", _("Ready to sign"), "ok")
    if work.scored:
        return WorkSign("part", _("Scoring"), "text2")
    return WorkSign("none", _("Not begun"), "text2")


class RailButton(QAbstractButton):
    """One agency: a ring with its short name, or its name with a bar."""

    def __init__(self, work: AgencyWork, *, wide: bool) -> None:
        """Draw `work`."""
        super().__init__()
        self.agency = work.agency.agency
        self.setObjectName(f"agency-{self.agency}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._wide = wide
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_work(work)

    def show_work(self, work: AgencyWork) -> None:
        """Show a newer state."""
        self._work = work
        name = pick(work.agency.name_th, work.agency.name_en)
        words = work_sign(work).words
        self.setToolTip(f"{name}\n{words}")
        self.setAccessibleName(
            _("{agency}: {done} of {of} items scored, {state}").format(
                agency=name, done=work.scored, of=work.of, state=words
            )
        )
        self.setFixedHeight(theme.px(112) if self._wide else theme.px(92))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the fixed size of the rail's kind."""
        return QSize(theme.px(264 if self._wide else 80), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the agency."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            painter.fillRect(self.rect(), theme.colour("surface"))
            painter.fillRect(QRect(0, 0, 4, self.height()), theme.colour("primary"))
        if self._wide:
            self._draw_wide(painter)
        else:
            self._draw_ring(painter)
        if self.hasFocus():
            painter.setPen(theme.colour("focus"))
            for inset in (0, 1, 2):
                painter.drawRect(self.rect().adjusted(inset, inset, -inset - 1, -inset - 1))

    def _draw_ring(self, painter: QPainter) -> None:
        work, sign = self._work, work_sign(self._work)
        side = theme.px(46)
        area = QRectF((self.width() - side) / 2, theme.px(9), side, side)
        plain = sign.icon in ("part", "none")
        of = work.of if work.declaration != "recused" else 0
        draw_ring(painter, area, work.scored, of, "" if plain else sign.icon, "primary" if plain else sign.ink)
        painter.setPen(theme.colour("text"))
        font = theme.font("micro", 600 if self.isChecked() else 400)
        painter.setFont(font)
        name = short_name(work)
        room = self.width() - theme.px(4)
        shown = QFontMetricsF(font).elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(2, theme.px(60), room, theme.px(26)), Qt.AlignmentFlag.AlignCenter, shown)

    def _draw_wide(self, painter: QPainter) -> None:
        work, sign = self._work, work_sign(self._work)
        left, room = theme.px(14), self.width() - theme.px(26)
        painter.setPen(theme.colour("text"))
        name = pick(work.agency.name_th, work.agency.name_en)
        font = theme.font("body", 600 if self.isChecked() else 400)
        draw_text(painter, QRectF(left, theme.px(8), room, theme.px(54)), name, font, 2)
        line = QRectF(left, theme.px(64), room, theme.px(26))
        painter.drawPixmap(line.topLeft().toPoint() + self._nudge(), icons.pixmap(sign.icon, sign.ink, 16))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text2"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line.adjusted(theme.px(22), 0, 0, 0), middle | Qt.AlignmentFlag.AlignLeft, sign.words)
        if work.declaration != "recused":
            painter.setFont(theme.font("small", 600))
            painter.setPen(theme.colour("text"))
            painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, f"{work.scored}/{work.of}")
            bar = QRectF(left, theme.px(94), room, theme.px(6))
            painter.fillRect(bar, theme.colour("line"))
            bar.setWidth(room * work.scored / max(1, work.of))
            painter.fillRect(bar, theme.colour("ok" if work.scored == work.of else "primary"))

    def _nudge(self) -> QPoint:
        return QPoint(0, theme.px(5))


def short_name(work: AgencyWork) -> str:
    """Return what a ring has room for."""
    return pick(work.agency.short_th or work.agency.name_th, work.agency.agency.upper())


class Rail(Box):
    """All agencies of the seat; `chosen` gives an agency id."""

    chosen = Signal(str)

    def __init__(self, works: tuple[AgencyWork, ...], current: str, *, wide: bool) -> None:
        """List `works`; `current` is the open one."""
        super().__init__("band", margins=(0, 6, 0, 6), gap=2)
        self.setObjectName("rail")
        self.setFixedWidth(theme.px(264 if wide else 80))
        title = _("Agencies assigned to you") if wide else _("Agencies")
        align = Qt.AlignmentFlag.AlignLeft if wide else Qt.AlignmentFlag.AlignHCenter
        self.add(row(Label(title, "micro", 600, "text2", align), margins=(14 if wide else 2, 0, 2, 0)))
        inside = Box(gap=0)
        self.buttons: dict[str, RailButton] = {}
        for work in works:
            button = RailButton(work, wide=wide)
            button.setChecked(work.agency.agency == current)
            button.clicked.connect(lambda _on=False, agency=button.agency: self.chosen.emit(agency))
            self.buttons[button.agency] = button
            inside.add(button)
        inside.body.addStretch(1)
        scroll = Scroll(inside, "rail-scroll")
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.add(scroll, stretch=1)

    def add_tools(self, tools: QWidget) -> None:
        """Put the tools of the sheet below the agencies."""
        self.add(Rule(), tools)

    def show_work(self, work: AgencyWork) -> None:
        """Show a newer state of one agency."""
        if button := self.buttons.get(work.agency.agency):
            button.show_work(work)
