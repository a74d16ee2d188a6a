# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What every form of a roster change is, and the parts that several of them use."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal

from pmqa_desktop.domain.criteria import Edition
from pmqa_desktop.domain.documents import Person, PersonKey, RosterBody
from pmqa_desktop.domain.roster_changes import key_row
from pmqa_desktop.services.rounds.enrolling import Enrolled, compare
from pmqa_desktop.services.rounds.plan import PlannedPerson
from pmqa_desktop.services.rounds.roster_desk import Edit, Keepable
from pmqa_desktop.text import _, current_language, pick
from pmqa_desktop.thai import format_date, parse_date
from ui import theme
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.screens.importing import KIND_WORDS
from ui.screens.round_setup.comparing import CompareBox
from ui.screens.round_setup.parts import Titled, line
from ui.screens.round_setup.recovery_box import Make
from ui.widgets.boxes import Box, Scroll, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Choices, MarkRow, Tick
from ui.widgets.labels import Label, WrapLabel
from ui.widgets.signs import Banner, EmptyState

Take = Callable[[tuple[Path, ...], Callable[[tuple[Enrolled, ...]], None], Callable[[Exception], None]], None]
"""Reads enrolment files off the main thread: files, what gets the enrolments, what gets the error."""
Keep = Callable[[str, str, str, Callable[[tuple[Keepable, ...]], None]], None]
"""Asks which documents may stay: what for (`key`, `chair`, `close`), of which agency, of which key or chair."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a form stands on: the roster in force, the criteria, and how to ask for files, documents and keys."""

    body: RosterBody
    edition: Edition
    chooser: Chooser
    take: Take
    keep: Keep
    make: Make
    rehearsal: bool = False

    def office(self, who: str) -> str:
        """Return how to name a person: office and short name."""
        for one in self.body.persons:
            if one.person == who:
                return f"{pick(one.office_th, one.office_en)} ({who})"
        return who

    def agency(self, code: str) -> str:
        """Return an agency's name."""
        found = next((one for one in self.body.agencies if one.agency == code), None)
        return pick(found.name_th, found.name_en) if found else code

    def planned(self) -> tuple[PlannedPerson, ...]:
        """Return the persons as the lists of a committee take them."""
        return tuple(PlannedPerson(one.person, one.office_th, one.office_en) for one in self.body.persons)


class ActForm(Box):
    """A change to fill in; `changed` whenever `edit` may give another answer."""

    changed = Signal()

    def __init__(self, ground: Ground) -> None:
        """Show the form over `ground`."""
        super().__init__(gap=10)
        self.setObjectName("act-form")
        self.ground = ground
        self.build()

    def build(self) -> None:
        """Fill the form."""

    def edit(self) -> Edit | None:
        """Return the change as it is filled in, None while something is still missing."""
        return None

    def choice(self, name: str, title: str, entries: Sequence[tuple[str, str]]) -> Choices:
        """Add a list of (value, words) below its title; nothing is chosen at first."""
        choices = Choices(name, title)
        choices.setPlaceholderText(_("choose"))
        for value, words in entries:
            choices.addItem(words, value)
        choices.setCurrentIndex(-1)
        choices.activated.connect(lambda _at: self.changed.emit())
        self.add(Titled(choices))
        return choices

    def agencies(self, name: str, *, with_panel: bool = True) -> Choices:
        """Add the list of agencies."""
        have = {panel.agency for panel in self.ground.body.panels}
        codes = [one.agency for one in self.ground.body.agencies if one.agency in have or not with_panel]
        return self.choice(name, _("Agency"), [(code, self.ground.agency(code)) for code in codes])

    def persons(self, name: str, title: str) -> Choices:
        """Add the list of persons."""
        return self.choice(
            name, title, [(one.person, self.ground.office(one.person)) for one in self.ground.body.persons]
        )

    def tick(self, name: str, words: str, *, on: bool = False) -> Tick:
        """Add a tick."""
        tick = Tick(name, words)
        tick.setChecked(on)
        tick.toggled.connect(lambda _on: self.changed.emit())
        self.add(MarkRow(tick, words))
        return tick


class TakenKey(Box):
    """An enrolment file taken in and compared with its owner; `changed` when there is another or it was compared."""

    changed = Signal()

    def __init__(self, ground: Ground) -> None:
        """Ask for a file."""
        super().__init__(gap=8)
        self.setObjectName("taken-key")
        self._ground = ground
        self.enrolled: Enrolled | None = None
        self.button = Button(_("Choose the enrolment file"), "act-enrolment", "primary", "usb")
        self.button.clicked.connect(self._ask)
        self._shown = Box(gap=8)
        self.add(row(self.button, None), self._shown)

    @property
    def ready(self) -> Enrolled | None:
        """Return the enrolment once it may enter the roster: compared, or of a rehearsal."""
        one = self.enrolled
        return one if one is not None and (one.compared or one.rehearsal) else None

    def given(self) -> Enrolled | None:
        """Return the enrolment that was taken in, compared or not."""
        return self.enrolled

    def give_again(self, given: Enrolled) -> None:
        """Take it over from a form that was open before."""
        self._show(given)

    def _ask(self) -> None:
        if files := self._ground.chooser.files(self):
            self._ground.take(files[:1], self._taken, self._failed)

    def _taken(self, found: tuple[Enrolled, ...]) -> None:
        self._show(found[0])

    def _failed(self, error: Exception) -> None:
        self.enrolled = None
        self._shown.clear()
        self._shown.add(Banner("err", _("No file was taken in"), worded(error)))
        self.changed.emit()

    def _show(self, one: Enrolled) -> None:
        self.enrolled = one
        self.button.set_kind("")
        self._shown.clear()
        told = f"{one.name} · {one.office or '–'} ({one.person})"
        self._shown.add(line("user", "primary", told, weight=600), CompareBox(one, 0, self._compare))
        self.changed.emit()

    def _compare(self, one: Enrolled, typed: str) -> None:
        self._show(compare(one, typed))


class KeepList(Box):
    """Documents to choose from, all ticked at first; those of one agency can be shown alone."""

    changed = Signal()

    def __init__(self, ground: Ground, told: str) -> None:
        """Say in `told` what ticking means; empty until `show_list`."""
        super().__init__("sunk", margins=(14, 10, 14, 12), gap=6)
        self.setObjectName("keep-list")
        self._ground = ground
        self._ticks: dict[str, Tick] = {}
        self._rows: list[tuple[str, MarkRow]] = []
        self.add(WrapLabel(told, "small", 400, "text2"))
        self._head = row(gap=8)
        self.filter = Choices("keep-filter", _("Show the documents of"))
        self.filter.activated.connect(lambda _at: self._sift())
        self.count = Label("", "small", 600)
        self.count.setObjectName("keep-count")
        every = Button(_("Keep all shown"), "keep-all", "", "check")
        every.clicked.connect(lambda: self._turn(on=True))
        none = Button(_("Keep none shown"), "keep-none", "", "cross")
        none.clicked.connect(lambda: self._turn(on=False))
        self._head.add(self.filter, stretch=1)
        self._head.add(every, none)
        self._inside = Box(gap=2)
        scroll = Scroll(self._inside, "keep-scroll")
        scroll.setFixedHeight(theme.px(190))
        self.add(self._head, scroll, self.count)

    def kept(self) -> tuple[str, ...]:
        """Return the digests that stay."""
        return tuple(digest for digest, tick in self._ticks.items() if tick.isChecked())

    def show_list(self, found: tuple[Keepable, ...]) -> None:
        """Show what may stay."""
        self._ticks, self._rows = {}, []
        self._inside.clear()
        self._head.setVisible(bool(found))
        if not found:
            self._inside.add(EmptyState("list", _("There is no such document here.")))
        self.filter.clear()
        self.filter.addItem(_("All agencies"), "")
        for code in dict.fromkeys(one.agency for one in found if one.agency):
            self.filter.addItem(self._ground.agency(code), code)
        for number, one in enumerate(found):
            words = self._words(one)
            tick = Tick(f"keep-{number}", words)
            tick.setChecked(True)
            tick.toggled.connect(lambda _on: self._tell())
            made = MarkRow(tick, words, size="small")
            self._inside.add(made)
            self._ticks[one.digest] = tick
            self._rows.append((one.agency, made))
        self._inside.body.addStretch(1)
        self._tell()

    def _words(self, one: Keepable) -> str:
        parts = [_(KIND_WORDS.get(one.kind, one.kind)), _("revision {number}").format(number=one.seq)]
        parts += [self._ground.agency(one.agency)] if one.agency else []
        return " · ".join([*parts, self._ground.office(one.person), day_words(one.made_at[:10])])

    def _sift(self) -> None:
        wanted = self.filter.currentData()
        for agency, made in self._rows:
            made.setVisible(not wanted or agency == wanted)

    def _turn(self, *, on: bool) -> None:
        wanted = self.filter.currentData()
        for (agency, _made), tick in zip(self._rows, self._ticks.values(), strict=True):
            if not wanted or agency == wanted:
                tick.setChecked(on)

    def _tell(self) -> None:
        told = _("{kept} of {of} documents stay valid")
        self.count.setText(told.format(kept=len(self.kept()), of=len(self._ticks)))
        self.changed.emit()


def day_words(iso: str) -> str:
    """Word an ISO date in the language of the window; other text stays as it is."""
    parts = iso.split("-")
    day = parse_date("/".join(reversed(parts))) if len(parts) == 3 else None
    return format_date(day, current_language(), "short") if day else iso


def active_keys(person: Person) -> tuple[PersonKey, ...]:
    """Return a person's keys in use, the newest last."""
    return tuple(one for one in person.keys if one.state == "active")


def key_words(ground: Ground, person: Person, key: PersonKey) -> str:
    """Word a key: whose it is, and the first groups of its fingerprint."""
    return f"{ground.office(person.person)} · {key_row(key.key)}"
