# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""One seat of a committee: who sits there, its title, what it judges, and a tie known beforehand."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy

from pmqa_desktop.domain.criteria import Edition
from pmqa_desktop.domain.documents import Seat
from pmqa_desktop.services.rounds.plan import PlannedPerson
from pmqa_desktop.text import _, pick
from ui import theme
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Choices, Field, MarkRow, Tick
from ui.widgets.labels import ElideLabel, WrapLabel

_COLUMNS = 6
_PERSON, _TITLE_TH, _TITLE_EN = 5, 4, 3
"""How wide person, Thai title and English title are to each other."""


def person_choice(
    name: str, said: str, persons: Sequence[PlannedPerson], current: str, chosen: Callable[[str], None]
) -> Choices:
    """Return a list of the round's persons by office; `chosen` gets the short name."""
    choices = Choices(name, said)
    names = [one.person for one in persons]
    if current and current not in names:
        names.append(current)
    offices = {one.person: pick(one.office_th, one.office_en) for one in persons}
    for one in names:
        choices.addItem(f"{offices.get(one) or '–'} ({one})", one)
    choices.setPlaceholderText(_("choose a person"))
    choices.setCurrentIndex(names.index(current) if current else -1)
    choices.activated.connect(lambda at: chosen(names[at]))
    return choices


class SeatRow(Box):
    """The fields of one seat on two lines; `items_asked` opens its items, `removed` takes it away."""

    items_asked = Signal()
    removed = Signal()

    def __init__(
        self, seat: Seat, number: int, persons: Sequence[PlannedPerson], change: Callable[[str, str, str], None]
    ) -> None:
        """Show `seat`; `change` takes seat, field and value."""
        super().__init__(gap=6)
        said = pick(seat.title_th, seat.title_en) or seat.seat
        who = person_choice(
            f"seat-person-{number}", _("Person on this seat: {seat}").format(seat=said), persons, seat.person,
            lambda person: change(seat.seat, "person", person),
        )  # fmt: skip
        first = row(gap=8)
        first.add(who, stretch=_PERSON)
        for name, title, field in (
            (f"seat-title-th-{number}", _("Title in Thai"), "title_th"),
            (f"seat-title-en-{number}", _("Title in English"), "title_en"),
        ):
            made = Field(name, f"{title}: {said}", getattr(seat, field), title, limit=120)
            made.setToolTip(title)
            made.textEdited.connect(lambda text, field=field: change(seat.seat, field, text))
            made.setCursorPosition(0)
            first.add(made, stretch=_TITLE_TH if field == "title_th" else _TITLE_EN)
        gone = Button("", f"remove-seat-{number}", "quiet", "cross", said=_("Remove the seat {seat}").format(seat=said))
        gone.clicked.connect(self.removed)
        first.add(gone)
        self.end_width = gone.sizeHint().width()
        """How wide the button at the end of the first line is, in pixels."""
        tie = Field(f"seat-conflict-{number}", _("Tie known beforehand: {seat}").format(seat=said), seat.conflict,
                    _("A tie known beforehand; empty: none"), limit=300)  # fmt: skip
        tie.textEdited.connect(lambda text: change(seat.seat, "conflict", text))
        words = _("Judges {n} items").format(n=len(seat.items)) if seat.items else _("Judges all items")
        items = Button(words, f"seat-items-{number}", "", "list")
        items.clicked.connect(self.items_asked)
        second = row(gap=8)
        second.add(tie, stretch=1)
        second.add(items)
        self.add(first, second)


class SeatHeads(Box):
    """The headings over the first line of all seats, as wide as its fields."""

    def __init__(self) -> None:
        """Show them."""
        super().__init__(across=True, gap=8)
        for words, width in (
            (_("Person on the seat"), _PERSON),
            (_("Title in Thai"), _TITLE_TH),
            (_("Title in English"), _TITLE_EN),
        ):
            label = ElideLabel(words, "small", 400, "text2")
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self.add(label, stretch=width)
        self._end = Box(gap=0)
        self.add(self._end)

    def leave_end(self, width: int) -> None:
        """Leave as much room at the end as the button there takes, in pixels."""
        self._end.setFixedWidth(width)


class ItemTicks(Box):
    """Every item of the edition to tick; all ticked is the same as no list. `changed` carries the codes."""

    changed = Signal(object)

    def __init__(self, edition: Edition, items: tuple[str, ...]) -> None:
        """Show which are judged; an empty list means all."""
        super().__init__("sunk", margins=(14, 10, 14, 12), gap=6)
        self._codes = tuple(item.code for item in edition.items)
        every = Button(_("All items"), "items-all", "", "check")
        every.clicked.connect(lambda: self.changed.emit(()))
        self.add(row(WrapLabel(_("Items that this seat judges"), "small", 600), None, every))
        frame = Box(gap=0)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(10))
        self._ticks: dict[str, Tick] = {}
        for number, item in enumerate(edition.items):
            self._ticks[item.code] = tick = Tick(
                f"item-{item.code}", f"{item.code} {pick(item.title_th, item.title_en)}"
            )
            tick.setChecked(not items or item.code in items)
            tick.setToolTip(pick(item.title_th, item.title_en))
            tick.clicked.connect(self._turn)
            grid.addWidget(MarkRow(tick, item.code), number // _COLUMNS, number % _COLUMNS)
        frame.body.addLayout(grid)
        self.add(frame)

    def _turn(self) -> None:
        on = tuple(code for code in self._codes if self._ticks[code].isChecked())
        if not on:
            # nobody judges nothing: the last tick stays
            sender = self.sender()
            if isinstance(sender, Tick):
                sender.setChecked(True)
            return
        self.changed.emit(() if on == self._codes else on)
