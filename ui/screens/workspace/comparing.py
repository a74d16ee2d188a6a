# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Two versions of a draft side by side: this laptop's and the file's, field by field; the person chooses."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup

from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.services.safekeeping.portable import (
    AgencyComparison,
    Comparison,
    Difference,
    Relation,
    SheetField,
    Side,
)
from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.text import N_, _
from ui import theme
from ui.errors import worded
from ui.screens.base import Screen
from ui.screens.identity.following import bring_up
from ui.screens.workspace.words import field_name, moment_words, value_words
from ui.widgets.boxes import Box, Rule, Scroll, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Choices, MarkRow, Round
from ui.widgets.labels import ElideLabel, IconLabel, Label, WrapLabel
from ui.widgets.signs import Banner, EmptyState

TWO_COLUMNS = 900
FIRST_SHOWN = 40
"""So many differences are shown at once; the others after one more button."""

RELATIONS: dict[Relation, tuple[str, str]] = {
    "same": (
        N_("Both are the same"),
        N_("Everything in the file is on this laptop already. There is nothing to take."),
    ),
    "newer": (
        N_("The file is newer"),
        N_("It has everything that is on this laptop, and more. It is chosen below; change what you like."),
    ),
    "older": (
        N_("The file is older"),
        N_("This laptop has everything that is in the file, and more. Nothing is chosen from the file."),
    ),
    "branches": (
        N_("Both were written on"),
        N_("This laptop and the file each have edits that the other has not. Choose field by field."),
    ),
}


@dataclass(frozen=True, slots=True)
class TakeRequest:
    """The fields of one agency whose value of the file is taken."""

    agency: str
    fields: frozenset[SheetField]


@dataclass(slots=True)
class ComparePlace:
    """Which agency is shown and what was chosen so far, by agency."""

    agency: str = ""
    chosen: dict[str, set[SheetField]] = field(default_factory=dict)


def first_choice(seen: AgencyComparison) -> set[SheetField]:
    """Return what is chosen of a file to begin with: all of a newer one, of a branch what only the file has."""
    if seen.relation == "newer":
        return {(one.item, one.field) for one in seen.differences}
    if seen.relation == "branches":
        return {(one.item, one.field) for one in seen.differences if one.here is None}
    return set()


class DifferenceRow(Box):
    """One field with both values; `changed` tells whether the file's is chosen."""

    changed = Signal(bool)

    def __init__(self, seen: Difference, criteria: FrozenCriteria, *, from_file: bool, across: bool) -> None:
        """Show `seen`; `from_file` is the choice to begin with."""
        super().__init__(margins=(0, 6, 0, 6), gap=4)
        item = criteria.edition.item(seen.item)
        name = field_name(seen.field)
        self.add(Label(f"{seen.item} · {name}", "small", 600, "text2"))
        self._marks = QButtonGroup(self)
        sides = Box(across=across, gap=10)
        for key, side, value in (("here", _("This laptop"), seen.here), ("file", _("The file"), seen.there)):
            words = value_words(criteria, item, seen.field, value)
            mark = Round(f"{key}-{seen.item}-{seen.field}", f"{seen.item} {name}, {side}: {words}")
            mark.setChecked(from_file == (key == "file"))
            self._marks.addButton(mark, int(key == "file"))
            cell = Box("sunk", margins=(10, 4, 10, 6), gap=0)
            cell.add(Label(side, "micro", 600, "text2"))
            cell.add(MarkRow(mark, words, size="small"))
            cell.body.addStretch(1)
            sides.add(cell, stretch=1)
        self._marks.idToggled.connect(lambda number, on: self.changed.emit(bool(number)) if on else None)
        self.add(sides, Rule())

    def choose(self, from_file: bool) -> None:
        """Choose a side."""
        self._marks.button(int(from_file)).setChecked(True)


class ComparingScreen(Screen):
    """Choose what of a file is taken, one agency after the other."""

    take_asked = Signal(object)
    back_asked = Signal()
    open_asked = Signal(str)

    def __init__(self, seen: RoundInfo, comparison: Comparison, names: Mapping[str, str]) -> None:
        """Show `comparison`; `names` are the agencies' by id."""
        super().__init__("comparing-screen", _("Compare before taking"), comparison.file, rehearsal=seen.rehearsal)
        back = Button("", "to-drafts", "bar", "left", said=_("Drafts and copies"))
        back.clicked.connect(self.back_asked)
        self.bar_buttons = [back]
        self._criteria, self._names = seen.criteria, names
        self._agencies = {one.agency: one for one in comparison.agencies}
        self._now = ComparePlace(
            next((one.agency for one in comparison.agencies if one.relation != "same"), next(iter(self._agencies), "")),
            {one.agency: first_choice(one) for one in comparison.agencies},
        )
        self._taken: set[str] = set()
        self._across: bool | None = None
        self._all_shown = False
        self._rows: list[DifferenceRow] = []
        self._page = Box(margins=(16, 12, 16, 14), gap=10)
        self._page.setMaximumWidth(theme.px(1240))
        frame = Box(across=True)
        frame.body.addStretch(1)
        frame.add(self._page, stretch=1000)
        frame.body.addStretch(1)
        self._scroll = Scroll(frame, "comparing-scroll")
        self._foot = Box("foot", across=True, margins=(16, 8, 16, 8), gap=10)
        self.add(self._scroll, stretch=1)
        self.add(self._foot)

    def reflow(self, em_width: int) -> None:
        """Put the two sides beside or below each other."""
        across = em_width >= TWO_COLUMNS
        if across != self._across:
            self._across = across
            self._build()

    # ---- parts ----------------------------------------------------------------------------------

    def _build(self) -> None:
        self._page.clear()
        self._foot.clear()
        self._rows = []
        if not self._agencies:
            told = _("The file has no draft on an agency of your seat.")
            self._page.add(EmptyState("file", told))
            return
        seen = self._agencies[self._now.agency]
        if len(self._agencies) > 1:
            self._page.add(self._choice())
        self._page.add(self._head(seen))
        self.told = Box(gap=8)
        self.told.hide()
        self._page.add(self.told)
        if seen.differences:
            self._page.add(self._list(seen))
        self._page.body.addStretch(1)
        self._fill_foot(seen)

    def _choice(self) -> Box:
        choices = Choices("agency-choice", _("Agencies in the file"))
        for agency, seen in self._agencies.items():
            title = _(RELATIONS[seen.relation][0])
            state = _("taken") if agency in self._taken else title
            choices.addItem(f"{self._names.get(agency, agency)} · {state}", agency)
        choices.setCurrentIndex(choices.findData(self._now.agency))
        choices.activated.connect(lambda index: self.show_agency(choices.itemData(index)))
        line = row(Label(_("Agency"), "body", 600), gap=10)
        line.add(choices, stretch=1)
        return line

    def show_agency(self, agency: str) -> None:
        """Show another agency of the file."""
        self._now.agency, self._all_shown = agency, False
        self._build()

    def _head(self, seen: AgencyComparison) -> Box:
        card = Box("card", margins=(18, 10, 18, 12), gap=8)
        title, told = RELATIONS[seen.relation]
        icon, ink = {"newer": ("up", "info"), "branches": ("swap", "warn")}.get(seen.relation, ("ok", "ok"))
        words = Box(gap=0)
        words.add(ElideLabel(self._names.get(seen.agency, seen.agency), "lead", 600))
        relation = WrapLabel(f"{_(title)}. {_(told)}", "small", 600, "warn" if seen.relation == "branches" else "text")
        relation.setObjectName("relation")
        words.add(relation)
        if seen.signed and seen.agency not in self._taken:
            signed = WrapLabel(_signed_words(seen.signed), "small", 600, "info")
            signed.setObjectName("signed-told")
            words.add(signed)
        head = row(IconLabel(icon, ink, 26), gap=12)
        head.add(words, stretch=1)
        sides = Box(across=bool(self._across), gap=10)
        for name, title_of, side in (
            ("side-here", _("This laptop"), seen.here), ("side-there", _("The file"), seen.there)
        ):  # fmt: skip
            sides.add(_side_box(name, title_of, side), stretch=1)
        card.add(head, sides)
        return card

    def _list(self, seen: AgencyComparison) -> Box:
        card = Box("card", margins=(18, 10, 18, 10), gap=4)
        line = row(Label(_("{n} fields differ").format(n=len(seen.differences)), "body", 600), None, gap=8)
        for name, words, from_file in (
            ("all-here", _("All from this laptop"), False), ("all-file", _("All from the file"), True)
        ):  # fmt: skip
            button = Button(words, name)
            button.clicked.connect(lambda _on=False, from_file=from_file: self.choose_all(from_file))
            line.add(button)
        card.add(line)
        chosen = self._now.chosen[seen.agency]
        shown = seen.differences if self._all_shown else seen.differences[:FIRST_SHOWN]
        for one in shown:
            key = (one.item, one.field)
            made = DifferenceRow(one, self._criteria, from_file=key in chosen, across=bool(self._across))
            made.changed.connect(lambda from_file, key=key: self._choose(key, from_file))
            self._rows.append(made)
            card.add(made)
        if len(shown) < len(seen.differences):
            told = _("Show the other {n}").format(n=len(seen.differences) - len(shown))
            more = Button(told, "show-all", "", "down")
            more.clicked.connect(self._show_all)
            card.add(row(more, None))
        return card

    def _show_all(self) -> None:
        first = len(self._rows)
        self._all_shown = True
        self._build()
        bring_up(self._scroll, self._rows[first])

    def _fill_foot(self, seen: AgencyComparison) -> None:
        self._count = WrapLabel("", "small", align=Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.take = Button("", "take", "primary", "check", size="main")
        self.take.clicked.connect(self._ask)
        self._foot.add(self._count, stretch=1)
        offered = seen.relation in ("newer", "branches") or seen.signed
        if offered and seen.agency not in self._taken:
            self._foot.add(self.take)
            self._tell_count()
        else:
            self._count.set_text(_("Nothing was changed on this laptop.") if seen.agency not in self._taken else "")

    # ---- acts -----------------------------------------------------------------------------------

    def _choose(self, key: SheetField, from_file: bool) -> None:
        chosen = self._now.chosen[self._now.agency]
        if from_file:
            chosen.add(key)
        else:
            chosen.discard(key)
        self._tell_count()

    def choose_all(self, from_file: bool) -> None:
        """Choose one side for every field, also those not shown yet."""
        seen = self._agencies[self._now.agency]
        for made in self._rows:
            made.choose(from_file)
        self._now.chosen[seen.agency] = {(one.item, one.field) for one in seen.differences} if from_file else set()
        self._tell_count()

    def _tell_count(self) -> None:
        seen = self._agencies[self._now.agency]
        n, of = len(self._now.chosen[self._now.agency]), len(seen.differences)
        if seen.signed and not n:
            self._count.set_text(_("The draft on this laptop stays as it is."))
            self.take.set_text(_("Take the signed documents in"))
            return
        told = _("From the file: {n} of {of} fields. The rest stays as it is here; both are kept in the history.")
        self._count.set_text(told.format(n=n, of=of))
        verb = _("Take {n} fields from the file").format(n=n) if n else _("Keep everything as it is here")
        self.take.set_text(verb)

    def _ask(self) -> None:
        self.take.setEnabled(False)
        agency = self._now.agency
        self.take_asked.emit(TakeRequest(agency, frozenset(self._now.chosen[agency])))

    def show_taken(self, agency: str, fields: int) -> None:
        """Say what came of it, and how to take it back."""
        self._taken.add(agency)
        self._build()
        go = Button(_("Open the sheet"), "open-taken", "primary", "right")
        go.clicked.connect(lambda: self.open_asked.emit(agency))
        title = _("Taken: {n} fields").format(n=fields) if fields else _("Everything stays as it was here")
        text = _("One press of undo (Ctrl+Z) in the sheet takes it back. The file's own edits are kept beside.")
        if signed := self._agencies[agency].signed:
            told = _("Your signed documents are on this laptop again: {n}.").format(n=signed)
            title, text = (
                (title, f"{told} {text}") if fields else (told, _("The draft on this laptop was not changed."))
            )
        banner = Banner("ok", title, text, action=go)
        banner.setObjectName("taken")
        self.told.add(banner)
        self.told.show()
        go.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, error: Exception) -> None:
        """Tell why nothing was taken."""
        self.take.setEnabled(True)
        self.told.clear()
        self.told.add(Banner("err", _("Nothing was taken"), worded(error)))
        self.told.show()
        bring_up(self._scroll, self.told)

    def focus_first(self) -> None:
        """Begin at what can be chosen."""
        if self._rows:
            self._rows[0].findChildren(Round)[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> object:
        """Return what was chosen so far."""
        return self._now, self._taken

    def restore(self, place: object) -> None:
        """Choose it again."""
        if isinstance(place, tuple):
            self._now, self._taken = place
            self._build()


def _signed_words(count: int) -> str:
    return _(
        "The file also has {n} documents that you signed and that are not on this laptop. They are taken in too, so "
        "that what you sign next follows them."
    ).format(n=count)


def _side_box(name: str, title: str, side: Side) -> Box:
    box = Box("sunk", margins=(12, 6, 12, 6), gap=0)
    box.setObjectName(name)
    told = _("{acts} edits · {answered} items scored").format(acts=side.acts, answered=side.answered)
    saved = _("last saved {time}").format(time=moment_words(side.saved_at))
    box.add(Label(title, "small", 600), WrapLabel(f"{told} · {saved}", "small", 400, "text2"))
    box.setAccessibleName(f"{title}: {told}, {saved}")
    return box
