# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""An item of the 1,000-point edition: the band that fits best on the whole, then one of its listed percents."""

from PySide6.QtCore import Qt, Signal

from pmqa_desktop.domain.answers import Answer, BandChoice
from pmqa_desktop.domain.criteria import Band, Item
from pmqa_desktop.text import _, pick
from ui import theme
from ui.screens.scoring.desk import SheetDesk
from ui.widgets.boxes import Box
from ui.widgets.buttons import Button
from ui.widgets.inputs import Choices
from ui.widgets.labels import Label, WrapLabel
from ui.widgets.signs import Pill


class BandRow(Box):
    """One band: its range, its percents to choose from, and a gloss per dimension."""

    chosen = Signal(int)

    def __init__(self, desk: SheetDesk, item: Item, band: Band) -> None:
        """Show `band` of the scheme of `item`."""
        super().__init__("sunk", across=True, margins=(12, 8, 12, 8), gap=12)
        self.band = band
        left = Box(gap=4)
        left.setFixedWidth(theme.px(118))
        left.add(Label(_("{lower}-{upper} %").format(lower=band.lower, upper=band.upper), "body", 700))
        self.mark = Pill(_("chosen"), "ok", "ok")
        left.add(self.mark)
        left.body.addStretch(1)
        self.add(left)
        right = Box(gap=6)
        percents = Box(across=True, gap=6)
        self.buttons: dict[int, Button] = {}
        for percent in band.percents:
            button = Button(f"{percent} %", f"percent-{item.code}-{percent}", "choice")
            button.setCheckable(True)
            button.setEnabled(desk.judges(item.code))
            button.clicked.connect(lambda _on=False, percent=percent: self.chosen.emit(percent))
            self.buttons[percent] = button
            percents.add(button)
        percents.body.addStretch(1)
        right.add(percents)
        for dimension in desk.criteria.edition.dimensions_of(item.scheme):
            gloss = band.gloss.get(dimension.code)
            if gloss is not None:
                letter = Label(dimension.letter, "small", 700, "primary")
                letter.setFixedWidth(theme.px(22))
                line = Box(across=True, gap=8).add(letter, align=Qt.AlignmentFlag.AlignTop)
                line.add(WrapLabel(pick(gloss.th, gloss.en), "small"), stretch=1)
                right.add(line)
        self.add(right, stretch=1)

    def show_percent(self, percent: int | None) -> None:
        """Mark the chosen percent."""
        for value, button in self.buttons.items():
            button.setChecked(value == percent)
        self.mark.setVisible(percent in self.buttons)


class PercentEditor(Box):
    """The bands of one item, the best one on top, and a band per dimension as advice."""

    point_chosen = Signal(str)

    def __init__(self, desk: SheetDesk, item: Item) -> None:
        """Build the bands of `item`."""
        super().__init__(gap=6)
        self._desk, self._item = desk, item
        self.dimensions: dict[str, Choices] = {}
        if desk.criteria.settings.rate_each_dimension:
            self._add_dimensions()
        self.rows = [BandRow(desk, item, band) for band in desk.criteria.edition.bands_of(item.scheme)]
        for band in self.rows:
            band.chosen.connect(self._choose)
            self.add(band)
        self.body.addStretch(1)
        self.refresh()

    def _add_dimensions(self) -> None:
        strip = Box(across=True, gap=10)
        for dimension in self._desk.criteria.edition.dimensions_of(self._item.scheme):
            title = pick(dimension.title_th, dimension.title_en)
            choice = Choices(f"dimension-{self._item.code}-{dimension.code}", title)
            choice.addItem("—", "")
            for band in self._desk.criteria.edition.bands_of(self._item.scheme):
                choice.addItem(f"{band.lower}-{band.upper} %", band.code)
            choice.setEnabled(self._desk.judges(self._item.code))
            choice.activated.connect(self._save_dimensions)
            self.dimensions[dimension.code] = choice
            box = Box(gap=0)
            box.add(Label(f"{dimension.letter} {title}", "micro", 600, "text2"), choice)
            strip.add(box)
        strip.body.addStretch(1)
        self.add(strip)

    def _choose(self, percent: int) -> None:
        before = self._desk.answer(self._item.code) or Answer()
        again = before.percent == percent and before.state == "scored"
        bands = before.bands
        answer = None if again and not bands else Answer(percent=None if again else percent, bands=bands)
        self._desk.set_answer(self._item.code, answer)

    def _save_dimensions(self) -> None:
        before = self._desk.answer(self._item.code) or Answer()
        bands = tuple(
            BandChoice(dimension, choice.currentData())
            for dimension, choice in sorted(self.dimensions.items())
            if choice.currentData()
        )
        filled = bool(bands) or before.percent is not None
        self._desk.set_answer(self._item.code, Answer(percent=before.percent, bands=bands) if filled else None)

    def focus_point(self, point: str) -> None:
        """Put the cursor on the first percent."""
        next(iter(self.rows[0].buttons.values())).setFocus()

    def refresh(self) -> None:
        """Show the choice as it stands on the desk."""
        answer = self._desk.answer(self._item.code)
        for band in self.rows:
            band.show_percent(answer.percent if answer else None)
        chosen = {one.dimension: one.band for one in answer.bands} if answer else {}
        for dimension, choice in self.dimensions.items():
            choice.setCurrentIndex(max(0, choice.findData(chosen.get(dimension, ""))))
