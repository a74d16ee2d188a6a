# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A checklist item as three bands from easy to hard: any point may be ticked, only the counting is gated."""

from collections.abc import Container
from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from pmqa_desktop.domain.answers import Answer, Evidence
from pmqa_desktop.domain.criteria import Item, ItemLevel, Level, Point
from pmqa_desktop.domain.passages import parted_note
from pmqa_desktop.domain.scoring import LevelCount, display
from pmqa_desktop.text import _, pick
from ui import theme
from ui.screens.scoring.desk import SheetDesk, short_number
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import MarkRow, Tick
from ui.widgets.labels import IconLabel, Label, WrapLabel
from ui.widgets.scores import Stair
from ui.widgets.signs import Pill


class PointTick(Tick):
    """The tick of one point: arrows step to its neighbours, focus makes it the point that pages are linked to."""

    stepped = Signal(int)
    focused = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrows, tick with space."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that this point is the one at hand."""
        super().focusInEvent(event)
        self.focused.emit()


class PointRow(MarkRow):
    """One point: its tick, its words, and chips of the linked pages."""

    page_asked = Signal(object)

    def __init__(self, point: Point, number: int, *, compact: bool) -> None:
        """Show `point`, which is the item's `number`th; `compact` where a report lies beside it."""
        self.tick = PointTick(f"point-{point.id}", "")
        super().__init__(self.tick, pick(point.text_th, point.text_en), size="small" if compact else "body")
        self.point = point
        self._compact = compact
        self.number = number
        self._shown: tuple[tuple[Evidence, ...], bool] = ((), False)
        self.pages = Box(across=True, gap=4)
        self.add(self.pages, align=Qt.AlignmentFlag.AlignTop)

    def show_evidence(self, linked: tuple[Evidence, ...], files: Container[str] = (), *, needed: bool) -> None:
        """Show the linked pages and `files`; a sign in their place when one is needed and there is none."""
        state = (linked, needed and not linked)
        if state == self._shown:
            return
        self._shown = state
        self.pages.clear()
        for evidence in linked[:3]:
            is_file = evidence.document in files
            words = _("attached") if is_file else _("p. {n}").format(n=evidence.page)
            chip = Button(words, f"page-{self.point.id}-{evidence.page}", "chip")
            said = _("Show page {n} of the report").format(n=evidence.page)
            if is_file:
                said = _("Attached file: {name}").format(name=evidence.note)
            passage, _own = parted_note(evidence.note)
            if passage is not None:
                said += f": “{passage.words}”"
            chip.setAccessibleName(said)
            chip.setToolTip(said)
            chip.clicked.connect(lambda _on=False, evidence=evidence: self.page_asked.emit(evidence))
            self.pages.add(chip)
        if len(linked) > 3:
            self.pages.add(Label(f"+{len(linked) - 3}", "micro", 600, "info"))
        if needed and not linked:
            self.pages.add(self._lacking())

    def _lacking(self) -> QWidget:
        """Return the sign of a missing page; where room is short the words stand once, in the band."""
        if not self._compact:
            return Pill(_("no evidence"), "warn", "warn")
        sign = IconLabel("warn", "warn", 18)
        sign.setToolTip(_("no evidence"))
        sign.setAccessibleName(_("no evidence"))
        return sign

    @property
    def lacks_evidence(self) -> bool:
        """Tell whether a page is needed and there is none."""
        return self._shown[1]

    def say(self, level: str, place: int, of: int, *, evidence: int) -> None:
        """Set the accessible name: a full sentence."""
        state = _("ticked") if self.tick.isChecked() else _("not ticked")
        if self.tick.uncounted:
            state = _("ticked, not counted yet")
        pages = _("{n} pages linked").format(n=evidence) if evidence else _("no evidence")
        self.tick.setAccessibleName(
            _("{level}, point {n} of {of}: {text}. {state}, {pages}").format(
                level=level, n=place, of=of, text=self.label.accessibleName(), state=state, pages=pages
            )
        )


class LevelBand(Box):
    """One level of an item: what it is and what it gives at the left, its points at the right."""

    def __init__(self, item_level: ItemLevel, level: Level, place: int, first: int, *, compact: bool) -> None:
        """Show the level at `place` (1 is the lowest); `first` is the running number of its first point.

        `compact` leaves the words of the criteria to the dock and gives the points all the room there is.
        """
        super().__init__("sunk", across=True, margins=(10, 3, 8, 3) if compact else (12, 5, 8, 5), gap=10)
        self.level = level
        self._title = pick(level.title_th, level.title_en)
        self.icon = IconLabel("none", "text2", 15)
        self.state = Label("", "micro", 600, "text2")
        self.lacking = Label("", "micro", 600, "warn")
        self.lacking.hide()
        self._stair, self._compact = Stair(place, 21, 15), compact
        left = Box(gap=0)
        left.setFixedWidth(theme.px(132 if compact else 140))
        if compact:
            left.add(WrapLabel(self._title, "small", 600), row(self._stair, self.icon, self.state, None, gap=4))
        else:
            head = row(self._stair, WrapLabel(self._title, "body", 600), gap=7)
            head.body.setStretch(1, 1)
            left.add(head, row(self.icon, self.state, None, gap=5))
        left.add(self.lacking)
        left.body.addStretch(1)
        self.add(left)
        right = Box(gap=0 if compact else 1)
        title = pick(item_level.title_th, item_level.title_en)
        if title and not compact:
            right.add(WrapLabel(title, "small", 400, "text2"))
        self.rows = [PointRow(point, first + number, compact=compact) for number, point in enumerate(item_level.points)]
        right.add(*self.rows)
        right.body.addStretch(1)
        self.add(right, stretch=1)

    def show_lacking(self) -> None:
        """Say how many ticked points lack a page, where their own signs have no words."""
        count = sum(point.lacks_evidence for point in self.rows)
        self.lacking.setText(_("no evidence: {n}").format(n=count))
        self.lacking.setVisible(self._compact and count > 0)

    def show_count(self, count: LevelCount, criteria_text: str, given: str) -> None:
        """Show how many points are met and what they count; a padlock while a lower level is not full."""
        waiting = count.met > 0 and not count.counted
        self._stair.setHidden(self._compact and waiting)  # its words need the room
        if waiting:
            self._say("lock", "text2", _("not counted +{points}").format(points=given))
        elif count.full:
            self._say("ok", "ok", criteria_text)
        else:
            self._say("part" if count.met else "none", "text2", criteria_text)
        for place, point in enumerate(self.rows, 1):
            point.tick.set_uncounted(waiting and point.tick.isChecked())
            point.say(self._title, place, len(self.rows), evidence=point.pages.body.count())

    def _say(self, icon: str, ink: str, text: str) -> None:
        self.icon.set_icon(icon, ink)
        self.state.setText(text)
        self.state.set_ink(ink)


class ChecklistEditor(Box):
    """The bands of one checklist item."""

    point_chosen = Signal(str)
    page_asked = Signal(object)

    def __init__(self, desk: SheetDesk, item: Item, *, wide: bool) -> None:
        """Build the bands of `item`."""
        super().__init__(gap=8 if wide else 3)
        self._desk, self._item = desk, item
        self.bands: list[LevelBand] = []
        levels = {level.code: level for level in desk.criteria.edition.levels}
        number = 1
        for place, item_level in enumerate(item.levels, 1):
            band = LevelBand(item_level, levels[item_level.code], place, number, compact=not wide)
            number += len(band.rows)
            self.bands.append(band)
            self.add(band)
        self.rows = [point for band in self.bands for point in band.rows]
        self._zero = Tick(f"zero-{item.code}", _("No point is met: 0"))
        self._zero_row = MarkRow(self._zero, _("No point is met: this item scores 0"))
        self.add(row(12, self._zero_row))
        self.body.addStretch(1)
        self._connect()
        self.refresh()

    def _connect(self) -> None:
        code = self._item.code
        alive = self._desk.judges(code)
        for place, point in enumerate(self.rows):
            tick = point.tick
            tick.setEnabled(alive)
            tick.clicked.connect(lambda on, point=point: self._desk.tick(code, point.point.id, on))
            tick.focused.connect(lambda point=point: self.point_chosen.emit(point.point.id))
            tick.stepped.connect(lambda step, place=place: self._step(place + step))
            point.page_asked.connect(self.page_asked)
        self._zero.setEnabled(alive)
        self._zero.clicked.connect(lambda on: self._desk.set_answer(code, Answer() if on else None))

    def _step(self, place: int) -> None:
        if 0 <= place < len(self.rows):
            self.rows[place].tick.setFocus(Qt.FocusReason.TabFocusReason)

    def focus_point(self, point: str) -> None:
        """Put the cursor on a point; on the first one if there is no such point."""
        chosen = next((one for one in self.rows if one.point.id == point), self.rows[0])
        chosen.tick.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Show ticks, pages and counts as they stand on the desk."""
        desk, code = self._desk, self._item.code
        answer = desk.answer(code)
        ticks = set(answer.ticks) if answer else set()
        whole = bool(desk.evidence(code, ""))
        needed = desk.criteria.settings.evidence_required and not whole
        for point in self.rows:
            point.tick.setChecked(point.point.id in ticks)
            linked = desk.evidence(code, point.point.id)
            point.show_evidence(linked, desk.attached, needed=needed and point.point.id in ticks)
        for band in self.bands:
            band.show_lacking()
        closed = answer is not None and answer.state == "not_applicable"
        self._zero.setChecked(answer is not None and not ticks and not closed)
        self._zero_row.setVisible(not ticks and not closed and desk.judges(code))
        self._show_counts()

    def _show_counts(self) -> None:
        counts = {count.code: count for count in self._desk.item_score(self._item.code).levels}
        for band in self.bands:
            count = counts.get(band.level.code)
            if count is None:
                count = LevelCount(band.level.code, 0, len(band.rows), Fraction(0), Fraction(0), full=False)
            given = short_number(display(count.uncounted or Fraction(band.level.points), self._desk.criteria))
            counted = short_number(display(count.counted, self._desk.criteria))
            band.show_count(count, f"{count.met}/{count.of} = {counted}", given)
