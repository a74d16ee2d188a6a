# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Third step: the persons of the round by office, their enrolment files, and each key compared with its owner."""

from functools import partial

from msgspec.structs import replace

from pmqa_desktop.domain.payload_rules import is_id
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.rounds.agency_table import RowTrouble, read_persons
from pmqa_desktop.services.rounds.enrolling import Enrolled
from pmqa_desktop.services.rounds.plan import PlannedPerson
from pmqa_desktop.text import _, pick
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.screens.round_setup.comparing import CompareBox
from ui.screens.round_setup.desk import DraftDesk
from ui.screens.round_setup.page import Page
from ui.screens.round_setup.parts import Entry, PasteBox, PickList, columns_of, pair, text_field
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.labels import ElideLabel, Label, WrapLabel
from ui.widgets.signs import Banner, EmptyState


class PeoplePage(Page):
    """A list of persons and the one chosen."""

    def __init__(self, desk: DraftDesk, chooser: Chooser, choice: str = "") -> None:
        """Show the step."""
        super().__init__(desk, chooser, choice)
        self.setObjectName("people-page")
        self._pasting = False
        self.pasted: PasteBox | None = None
        self._left: tuple[str, tuple[RowTrouble, ...]] | None = None
        self._told: tuple[str, str, str] | None = None
        self.build()

    def build(self) -> None:
        """Fill the page."""
        self.head(
            _("Persons and their keys"),
            _("Everybody sends you the enrolment file that the program made on the own laptop. Reports name persons by "
              "their office only."),
        )  # fmt: skip
        self.add(self._acts())
        if self._told is not None:
            tone, title, text = self._told
            self.add(Banner("ok" if tone == "ok" else "err", title, text))
        if self.desk.broken:
            words = _("Ask for them again: {files}").format(files=", ".join(self.desk.broken))
            self.add(Banner("err", _("Some enrolment files kept here no longer read"), words))
        if self._pasting:
            self.add(self._paste())
        persons = self.desk.plan.persons
        names = [one.person for one in persons]
        if self.choice not in names:
            self.choice = names[0] if names else ""
        self.list = PickList("person", [self._entry(one) for one in persons], self.choice)
        self.list.chosen.connect(self.choose)
        chosen = next((one for one in persons if one.person == self.choice), None)
        if chosen is None:
            self.add(EmptyState("user", _("Nobody is entered yet. Take an enrolment file in.")), stretch=1)
        else:
            self.add(columns_of(self.list, self._detail(chosen), narrow=self.desk.narrow), stretch=1)

    def _acts(self) -> Box:
        take = Button(_("Take enrolment files in"), "take-enrolments", "primary", "usb")
        take.clicked.connect(self._take)
        add = Button(_("Add a person"), "add-person", "", "plus")
        add.clicked.connect(self._add)
        paste = Button(_("Paste a table"), "paste-persons", "", "list")
        paste.setCheckable(True)
        paste.setChecked(self._pasting)
        paste.clicked.connect(self.turn_pasting)
        return row(take, add, paste, None, gap=8)

    # ---- acts -----------------------------------------------------------------------------------

    def _take(self) -> None:
        if files := self.chooser.files(self):
            self.desk.take_enrolments(files, self._taken, self._refused)

    def _taken(self, count: int) -> None:
        told = _("{n} enrolments were taken in. Compare each fingerprint with its owner now.").format(n=count)
        self._told = ("ok", _("The files are in order"), told)
        self.rebuild()

    def _refused(self, error: Exception) -> None:
        self._told = ("err", _("No file was taken in"), worded(error))
        self.rebuild()

    def _add(self) -> None:
        names = {one.person for one in self.desk.plan.persons}
        new = next(name for n in range(1, len(names) + 2) if (name := f"expert-{n}") not in names)
        self.choice = new
        self.desk.change_plan(persons=(*self.desk.plan.persons, PlannedPerson(new, "", "")))
        self.focus_on("person-id")

    def given(self) -> str | None:
        """Return what stands in the place for a table while that is open."""
        return self.pasted.text.toPlainText() if self._pasting and self.pasted is not None else None

    def give_again(self, given: str) -> None:
        """Open the place for a table with what stood there."""
        if not self._pasting:
            self.turn_pasting()
        if self.pasted is not None:
            self.pasted.text.setPlainText(given)

    def turn_pasting(self) -> None:
        """Open the place for a table, or close it."""
        self._pasting, self._left = not self._pasting, None
        self.rebuild()
        self.focus_on("paste-person-text" if self._pasting else "paste-persons")

    def _paste(self) -> PasteBox:
        told = _("Copy the rows in your spreadsheet and paste them here. Columns: short name, office in Thai, office "
                 "in English. Heading rows are understood too.")  # fmt: skip
        box = PasteBox("paste-person", told, _("expert-1 ⇥ office in Thai ⇥ office in English"))
        self.pasted = box
        box.taken.connect(self._take_table)
        if self._left is not None:
            box.tell(*self._left)
        return box

    def _take_table(self, text: str) -> None:
        plan = self.desk.plan
        table = read_persons(text, {one.person for one in plan.persons})
        self._pasting = bool(table.troubles) or not table.persons
        taken = _("{n} persons were taken from the table.").format(n=len(table.persons))
        self._left = (taken, table.troubles) if self._pasting else None
        if table.persons:
            self.choice = table.persons[0].person
            self.desk.change_plan(persons=(*plan.persons, *table.persons))
        else:
            self.rebuild()

    def _remove(self, person: str) -> None:
        plan = self.desk.plan
        names = [one.person for one in plan.persons]
        left = tuple(one for one in plan.persons if one.person != person)
        at = names.index(person)
        self.choice = left[min(at, len(left) - 1)].person if left else ""
        self.desk.change_plan(
            persons=left,
            roots=tuple(name for name in plan.roots if name != person),
            secretariat=tuple(name for name in plan.secretariat if name != person),
        )

    # ---- one person -----------------------------------------------------------------------------

    def _entry(self, person: PlannedPerson) -> Entry:
        icon, ink, state = self._state(person.person)
        office = pick(person.office_th, person.office_en) or person.office_th or person.person
        return Entry(person.person, office, icon, ink, f"{person.person} · {state}")

    def _state(self, who: str) -> tuple[str, str, str]:
        plan, keys = self.desk.plan, self.desk.keys_of(who)
        if who == self.desk.draft.person:
            return "ok", "ok", _("your own key")
        if not keys:
            return "none", "text2", _("no enrolment file yet")
        if any((one.round, one.rehearsal) != (plan.round, plan.rehearsal) for one in keys):
            return "err", "err", _("enrolled for another round")
        if all(one.compared for one in keys):
            return "ok", "ok", _("fingerprint compared")
        return "part", "warn", _("fingerprint not compared yet")

    def _detail(self, person: PlannedPerson) -> Box:
        card = Box("card", margins=(18, 12, 18, 14), gap=10)
        own = person.person == self.desk.draft.person
        ident = text_field("person-id", _("Short name in the round"), person.person, self._rename, limit=64)
        enrolled = self.desk.keys_of(person.person)
        ident.field.setEnabled(not own and not enrolled)
        self.name_trouble = WrapLabel("", "small", 600, "warn")
        self.name_trouble.setObjectName("person-id-trouble")
        self.name_trouble.hide()
        card.add(ident, self.name_trouble)
        for name, title, field in (
            ("person-office-th", _("Office in Thai"), "office_th"),
            ("person-office-en", _("Office in English"), "office_en"),
        ):
            card.add(text_field(name, title, getattr(person, field), partial(self._set, field)))
        if own:
            told = _("It is you. Your key is read from this laptop when you sign the round.")
            card.add(Banner("info", _("Nothing to compare"), told))
        elif not enrolled:
            told = _("Ask for the enrolment file made for the round {round}, then take it in.")
            card.add(Banner("warn", _("No key yet"), told.format(round=self.desk.plan.round)))
        for number, one in enumerate(enrolled):
            card.add(self._key(one, number))
        remove = Button(_("Remove from the round"), "remove-person", "quiet", "cross")
        remove.clicked.connect(lambda: self._remove(self.choice))
        card.body.addStretch(1)
        if not own:
            card.add(row(None, remove))
        return card

    def _key(self, one: Enrolled, number: int) -> Box:
        plan = self.desk.plan
        if (one.round, one.rehearsal) != (plan.round, plan.rehearsal):
            words = _("The file says {round}. Ask for another one, or correct the short name of the round.")
            return Banner("err", _("Enrolled for another round"), words.format(round=one.round))
        told = Box(gap=6)
        told.add(pair(
            Box(gap=0).add(Label(_("Name in the file"), "small", 400, "text2"), ElideLabel(one.name, "body", 600)),
            Box(gap=0).add(Label(_("Office in the file"), "small", 400, "text2"), ElideLabel(one.office or "–")),
        ))  # fmt: skip
        told.add(CompareBox(one, number, self.desk.compared))
        if one.rehearsal and not one.compared:
            told.add(WrapLabel(_("In a rehearsal you may go on without comparing."), "small", 400, "text2"))
        return told

    def _set(self, field: str, words: str) -> None:
        person = self.choice
        persons = tuple(
            replace(one, **{field: words}) if one.person == person else one for one in self.desk.plan.persons
        )
        self.desk.change_plan(persons=persons, tag=f"{person}-{field}", rebuild=False)

    def _rename(self, words: str) -> None:
        """Give the chosen person another short name, everywhere it stands; one that cannot be is told and not used."""
        name, old = words.strip(), self.choice
        taken = any(one.person == name for one in self.desk.plan.persons if one.person != old)
        good = is_id(name) and not taken
        told = "" if good else worded(
            Expected("roster-person-known" if taken else "person-invalid", found=name or "–", person=name)
        )  # fmt: skip
        self.name_trouble.set_text(told)
        self.name_trouble.setVisible(bool(told))
        if good and name != old:
            self._move(old, name)
            self.choice = name

    def _move(self, old: str, new: str) -> None:
        plan = self.desk.plan

        def moved(names: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(new if one == old else one for one in names)

        panels = tuple(
            replace(
                panel,
                chair=new if panel.chair == old else panel.chair,
                seats=tuple(replace(seat, person=new) if seat.person == old else seat for seat in panel.seats),
            )
            for panel in plan.panels
        )
        self.desk.change_plan(
            persons=tuple(replace(one, person=new) if one.person == old else one for one in plan.persons),
            roots=moved(plan.roots), secretariat=moved(plan.secretariat), panels=panels, tag="rename", rebuild=False,
        )  # fmt: skip
