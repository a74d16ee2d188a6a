# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The parts that the steps are made of: fields with their titles, a list with what is chosen, dates, pasted tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics

from pmqa_desktop.messages import word
from pmqa_desktop.services.rounds.agency_table import RowTrouble
from pmqa_desktop.text import _, current_language
from pmqa_desktop.thai import BUDDHIST_ERA, format_date, parse_date
from ui import theme
from ui.widgets.boxes import Box, Scroll, column, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Choices, Field, Writing
from ui.widgets.labels import IconLabel, Label, WrapLabel

LIST_WIDTH = 300


class Titled(Box):
    """A field below its title, and a hint below the field."""

    def __init__(self, field: Field | Choices | Writing, hint: str = "", *, title: str = "") -> None:
        """Show `field`; its title is its accessible name unless another is given."""
        super().__init__(gap=2)
        self.field = field
        self.add(Label(title or field.accessibleName(), "small", 600), field)
        if hint:
            self.add(WrapLabel(hint, "small", 400, "text2"))
        self.body.addStretch(1)


def text_field(
    name: str,
    title: str,
    text: str,
    edited: Callable[[str], None],
    hint: str = "",
    *,
    limit: int = 300,
    example: str = "",
) -> Titled:
    """Return a line of text with its title; `edited` gets it on every letter."""
    field = Field(name, title, text, example, limit=limit)
    field.textEdited.connect(edited)
    field.returnPressed.connect(field.focusNextChild)
    return Titled(field, hint)


class DateField(Box):
    """A date typed as officials write it, with the day it was taken for below; `edited` gets it in ISO, or the text."""

    def __init__(self, name: str, title: str, iso: str, edited: Callable[[str], None]) -> None:
        """Start with an ISO date, or empty."""
        super().__init__(gap=2)
        self._edited = edited
        day = parse_date(_typed(iso))
        self.field = Field(name, title, _typed(iso) if day else iso, "30/6/2569", limit=40)
        self.field.textEdited.connect(self._take)
        self.field.returnPressed.connect(self.field.focusNextChild)
        self.told = WrapLabel("", "small", 400, "text2")
        self.told.setObjectName(f"{name}-told")
        self.add(Label(title, "small", 600), self.field, self.told)
        self._tell(self.field.text())

    def _tell(self, typed: str) -> None:
        day = parse_date(typed)
        if day is not None:
            self.told.set_ink("text2")
            self.told.set_text(format_date(day, current_language(), "weekday"))
        elif typed.strip():
            self.told.set_ink("warn")
            self.told.set_text(word("setup-date", {"found": typed.strip()}))
        else:
            self.told.set_ink("text2")
            self.told.set_text(_("No date is set."))

    def _take(self, typed: str) -> None:
        self._tell(typed)
        day = parse_date(typed)
        self._edited(day.isoformat() if day else typed.strip())


def _typed(iso: str) -> str:
    """Return an ISO date as it is typed: day/month/Buddhist year; other text as it stands."""
    parts = iso.split("-")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return iso
    return f"{int(parts[2])}/{int(parts[1])}/{int(parts[0]) + BUDDHIST_ERA}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: what it is, words, and its state in a shape and words."""

    value: str
    text: str
    icon: str
    ink: str
    state: str


class PickList(Box):
    """Entries to choose one of; `chosen` carries its value. Arrow keys go up and down."""

    chosen = Signal(str)

    def __init__(self, name: str, entries: Sequence[Entry], current: str) -> None:
        """Show `entries` with `current` on."""
        super().__init__("plain", gap=1)
        self.setObjectName(name)
        self._entries, self._current = entries, current
        self._buttons: list[Button] = []
        inside = Box("plain", gap=1)
        for number, entry in enumerate(entries):
            button = Button(self._short(entry.text), f"{name}-{number}", "row", entry.icon, tip=entry.text)
            button.setAccessibleName(f"{entry.text} · {entry.state}")
            button.setCheckable(True)
            button.setChecked(entry.value == current)
            button.clicked.connect(lambda _on=False, value=entry.value: self.chosen.emit(value))
            self._buttons.append(button)
            state = row(34, gap=0)
            state.add(Label(entry.state, "micro", 400, entry.ink))
            inside.add(button, state)
        inside.body.addStretch(1)
        self._scroll = Scroll(inside, f"{name}-scroll")
        self._scroll.setMinimumHeight(theme.px(240))
        self.add(self._scroll, stretch=1)
        self.setFixedWidth(theme.px(LIST_WIDTH))
        self.bring_up()

    def as_line(self) -> Choices:
        """Return the same list as one line that opens, for a narrow window."""
        choices = Choices(f"{self.objectName()}-line", _("Which one"))
        for entry in self._entries:
            choices.addItem(f"{entry.text} · {entry.state}", entry.value)
        choices.setCurrentIndex([entry.value for entry in self._entries].index(self._current))
        choices.activated.connect(lambda _at: self.chosen.emit(choices.currentData()))
        # the line speaks through the list, so it keeps the list alive
        self.setParent(choices)
        self.hide()
        return choices

    @staticmethod
    def _short(text: str) -> str:
        """Return a text with an ellipsis where the list is too narrow for it in the weight of what is chosen."""
        room = theme.px(LIST_WIDTH - 62)
        return QFontMetrics(theme.font("small", 600)).elidedText(text, Qt.TextElideMode.ElideRight, room)

    def bring_up(self) -> None:
        """Scroll to the entry that is on, once everything is laid out."""
        on = next((button for button in self._buttons if button.isChecked()), None)
        if on is not None:
            QTimer.singleShot(0, on, lambda: self._scroll.ensureWidgetVisible(on))


def columns_of(picked: PickList, detail: Box, *, narrow: bool) -> Box:
    """Return a list and what is chosen in it: beside each other, or the list as one line to open above it."""
    if not narrow:
        made = Box(across=True, gap=14)
        made.add(picked)
        made.add(detail, stretch=1)
        return made
    made = Box(gap=10)
    made.add(picked.as_line())
    made.add(detail, stretch=1)
    return made


class PasteBox(Box):
    """A place for a table from a spreadsheet, and a button that takes it."""

    taken = Signal(str)

    def __init__(self, name: str, told: str, example: str) -> None:
        """Say in `told` which columns there are; `example` stands in the empty place."""
        super().__init__("sunk", margins=(14, 10, 14, 12), gap=8)
        self.setObjectName(name)
        self.add(WrapLabel(told, "small", 400, "text2"))
        self.text = Writing(f"{name}-text", _("Table"), "", example)
        self.text.setLineWrapMode(Writing.LineWrapMode.NoWrap)
        self.text.setFixedHeight(theme.px(120))
        go = Button(_("Take the table"), f"{name}-go", "primary", "check")
        go.clicked.connect(lambda: self.taken.emit(self.text.toPlainText()))
        self.result = WrapLabel("", "small", 600)
        self.result.setObjectName(f"{name}-result")
        self.result.hide()
        self.add(self.text, row(go, None), self.result)

    def tell(self, taken: str, troubles: Sequence[RowTrouble]) -> None:
        """Say what was taken and why some rows were not."""
        self.result.set_ink("warn" if troubles else "ok")
        self.result.set_text("\n".join([taken, *map(row_words, troubles)]))
        self.result.show()


def row_words(trouble: RowTrouble) -> str:
    """Word why a row of a table was left out."""
    fields = {"found": trouble.found, "agency": trouble.found, "person": trouble.found}
    return _("Row {row} was left out: {why}").format(row=trouble.row, why=word(trouble.code, fields))


def line(icon: str, ink: str, words: str, *end: Box | Button, weight: int = 400) -> Box:
    """Return a sign and a sentence, with widgets at the right end."""
    made = row(gap=8)
    # in the middle of the first line, which is higher than the sign
    made.add(column(IconLabel(icon, ink, 18), margins=(0, 4, 0, 0)), align=Qt.AlignmentFlag.AlignTop)
    made.add(WrapLabel(words, "body", weight), stretch=1)
    for widget in end:
        made.add(widget, align=Qt.AlignmentFlag.AlignTop)
    return made


def pair(*parts: Box) -> Box:
    """Return parts of equal width beside each other."""
    made = Box(across=True, gap=14)
    for part in parts:
        made.add(part, stretch=1)
    return made
