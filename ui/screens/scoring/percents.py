# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""An item of the 1,000-point edition: the band that fits best on the whole, then one of its listed percents."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QButtonGroup, QStackedWidget

from pmqa_desktop.domain.answers import Answer, BandChoice
from pmqa_desktop.domain.criteria import Band, Item
from pmqa_desktop.text import _, pick
from ui import icons, theme
from ui.screens.scoring.desk import SheetDesk
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Choices
from ui.widgets.labels import ElideLabel, Label, WrapLabel


class BandCard(Box):
    """One band: its percents to choose from, and what each dimension looks like in it."""

    chosen = Signal(int)

    def __init__(self, desk: SheetDesk, item: Item, band: Band) -> None:
        """Show `band` of the scheme of `item`."""
        super().__init__("sunk", margins=(14, 10, 14, 12), gap=8)
        self.band = band
        percents = row(Label(_("Percent"), "small", 600, "text2"), gap=6)
        self.buttons: dict[int, Button] = {}
        for percent in band.percents:
            button = Button(f"{percent} %", f"percent-{item.code}-{percent}", "choice")
            button.setCheckable(True)
            button.setEnabled(desk.judges(item.code))
            button.clicked.connect(lambda _on=False, percent=percent: self.chosen.emit(percent))
            self.buttons[percent] = button
            percents.add(button)
        percents.body.addStretch(1)
        self.add(percents)
        for dimension in desk.criteria.edition.dimensions_of(item.scheme):
            gloss = band.gloss.get(dimension.code)
            if gloss is not None:
                letter = Label(dimension.letter, "body", 700, "primary")
                letter.setFixedWidth(theme.px(24))
                letter.setToolTip(pick(dimension.title_th, dimension.title_en))
                line = Box(across=True, gap=8).add(letter, align=Qt.AlignmentFlag.AlignTop)
                line.add(WrapLabel(pick(gloss.th, gloss.en)), stretch=1)
                self.add(line)

    def show_percent(self, percent: int | None) -> None:
        """Mark the chosen percent."""
        for value, button in self.buttons.items():
            button.setChecked(value == percent)


class PercentEditor(Box):
    """A strip of bands of which one is open, and a band per dimension as advice."""

    point_chosen = Signal(str)

    def __init__(self, desk: SheetDesk, item: Item) -> None:
        """Build the bands of `item`."""
        super().__init__(gap=8)
        self._desk, self._item = desk, item
        self.dimensions: dict[str, Choices] = {}
        bands = desk.criteria.edition.bands_of(item.scheme)
        self.cards = [BandCard(desk, item, band) for band in bands]
        self.strip: list[Button] = []
        self._stack = QStackedWidget()
        self.add(WrapLabel(_("Choose the band that fits best on the whole, then a percent in it."), "small", 400,
                           "text2"), self._build_strip(bands), self._stack)  # fmt: skip
        for card in self.cards:
            card.chosen.connect(self._choose)
            self._stack.addWidget(card)
        if desk.criteria.settings.rate_each_dimension:
            self._add_dimensions()
        self.body.addStretch(1)
        percent = self._percent()
        self.open_band(next((n for n, card in enumerate(self.cards) if percent in card.buttons), len(bands) // 2))
        self.refresh()

    def _build_strip(self, bands: tuple[Band, ...]) -> Box:
        strip = Box(across=True, gap=6)
        group = QButtonGroup(self)
        for number, band in enumerate(bands):
            words = _("{lower}-{upper} %").format(lower=band.lower, upper=band.upper)
            button = Button(words, f"band-{self._item.code}-{number}", "choice")
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, number=number: self.open_band(number))
            group.addButton(button)
            self.strip.append(button)
            strip.add(button, stretch=1)
        return strip

    def open_band(self, number: int) -> None:
        """Show the glosses and percents of a band; this alone scores nothing."""
        self._stack.setCurrentIndex(number)
        self.strip[number].setChecked(True)
        self._mark_strip()

    def _mark_strip(self) -> None:
        for card, button in zip(self.cards, self.strip, strict=True):
            ink = "on_primary" if button.isChecked() else "ok"
            button.setIcon(icons.icon("check", ink) if self._percent() in card.buttons else QIcon())

    def _percent(self) -> int | None:
        answer = self._desk.answer(self._item.code)
        return answer.percent if answer else None

    def _add_dimensions(self) -> None:
        strip = Box(across=True, gap=10)
        for dimension in self._desk.criteria.edition.dimensions_of(self._item.scheme):
            title = pick(dimension.title_th, dimension.title_en)
            choice = Choices(f"dimension-{self._item.code}-{dimension.code}", title)
            choice.addItem(_("not rated"), "")
            for band in self._desk.criteria.edition.bands_of(self._item.scheme):
                choice.addItem(f"{band.lower}-{band.upper} %", band.code)
            choice.setEnabled(self._desk.judges(self._item.code))
            choice.activated.connect(self._save_dimensions)
            self.dimensions[dimension.code] = choice
            box = Box(gap=0)
            box.add(ElideLabel(f"{dimension.letter} {title}", "micro", 600, "text2"), choice)
            strip.add(box, stretch=1)
        self.add(Label(_("Band of each dimension (advice, scores nothing)"), "small", 600, "text2"), strip)

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
        """Put the cursor on the open band's chosen percent, or its first."""
        buttons = self.cards[self._stack.currentIndex()].buttons
        buttons.get(self._percent() or 0, next(iter(buttons.values()))).setFocus()

    def refresh(self) -> None:
        """Show the choice as it stands on the desk."""
        answer = self._desk.answer(self._item.code)
        for card in self.cards:
            card.show_percent(self._percent())
        self._mark_strip()
        chosen = {one.dimension: one.band for one in answer.bands} if answer else {}
        for dimension, choice in self.dimensions.items():
            choice.setCurrentIndex(max(0, choice.findData(chosen.get(dimension, ""))))
