# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Sixth step: the committee of each agency, seat by seat; one committee can be copied to others."""

from functools import partial

from msgspec.structs import replace

from pmqa_desktop.domain.documents import Panel, Seat
from pmqa_desktop.services.rounds.agency_table import new_seat
from pmqa_desktop.text import _, pick
from ui.dialogs.choosing import Chooser
from ui.screens.round_setup.desk import DraftDesk
from ui.screens.round_setup.page import Page
from ui.screens.round_setup.parts import Entry, PickList, columns_of
from ui.screens.round_setup.seats import ItemTicks, SeatHeads, SeatRow, person_choice
from ui.widgets.boxes import Box, Rule, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import MarkRow, Tick
from ui.widgets.labels import Label, WrapLabel
from ui.widgets.signs import Banner, EmptyState


class PanelsPage(Page):
    """A list of agencies and the committee of the one chosen."""

    def __init__(self, desk: DraftDesk, chooser: Chooser, choice: str = "") -> None:
        """Show the step."""
        super().__init__(desk, chooser, choice)
        self._items_of = ""
        self._copying = False
        self._told = ""
        self.build()

    def build(self) -> None:
        """Fill the page."""
        self.head(
            _("Committees"),
            _("A chair and evaluators for every agency. The chair has a seat too: without a signed sheet of the own, a "
              "chair cannot open the others'."),
        )  # fmt: skip
        agencies = self.desk.plan.agencies
        if not agencies:
            self.add(EmptyState("user", _("Enter the agencies first: each then gets its committee here.")), stretch=1)
            return
        if self._told:
            self.add(Banner("ok", self._told))
        codes = [one.agency for one in agencies]
        if self.choice not in codes:
            self.choice = codes[0]
        lacking = {dict(one.fields).get("agency") for one in self.desk.lacks() if one.step == "panels" and one.grave}
        panels = {panel.agency: panel for panel in self.desk.plan.panels}
        entries = []
        for one in agencies:
            panel = panels.get(one.agency)
            whole = (one.name_th or one.agency) not in lacking
            state = _("no committee yet") if panel is None else _("{n} seats").format(n=len(panel.seats))
            if panel is not None and not whole:
                state = _("{n} seats, not complete").format(n=len(panel.seats))
            icon, ink = ("ok", "ok") if whole else ("none" if panel is None else "part", "warn")
            entries.append(Entry(one.agency, pick(one.name_th, one.name_en) or one.agency, icon, ink, state))
        picked = PickList("panel", entries, self.choice)
        picked.chosen.connect(self._pick)
        detail = self._detail(panels.get(self.choice))
        self.add(columns_of(picked, detail, narrow=self.desk.narrow), stretch=1)

    def _pick(self, agency: str) -> None:
        self._items_of, self._copying, self._told = "", False, ""
        self.choose(agency)

    # ---- one committee --------------------------------------------------------------------------

    def _detail(self, panel: Panel | None) -> Box:
        card = Box("card", margins=(18, 12, 18, 14), gap=10)
        agency = next(one for one in self.desk.plan.agencies if one.agency == self.choice)
        card.add(WrapLabel(pick(agency.name_th, agency.name_en) or agency.agency, "lead", 600))
        if panel is None:
            begin = Button(_("Set a committee"), "begin-panel", "primary", "plus")
            begin.clicked.connect(self._begin)
            card.add(
                EmptyState(
                    "user", _("This agency has no committee yet. Set one, or copy one from another agency."), begin
                )
            )
            return card
        card.add(Label(_("Chair"), "small", 600))
        card.add(person_choice("panel-chair", _("Chair"), self.desk.plan.persons, panel.chair, self._set_chair))
        heads = SeatHeads()
        card.add(Label(_("Seats"), "small", 600), heads)
        heads.setVisible(bool(panel.seats))
        for number, seat in enumerate(panel.seats):
            if number:
                card.add(Rule())
            made = SeatRow(seat, number, self.desk.plan.persons, self._change_seat)
            made.items_asked.connect(partial(self._turn_items, seat.seat))
            made.removed.connect(partial(self._remove_seat, seat.seat))
            heads.leave_end(made.end_width)
            card.add(made)
            if self._items_of == seat.seat and (edition := self.desk.edition) is not None:
                ticks = ItemTicks(edition, seat.items)
                ticks.changed.connect(partial(self._set_items, seat.seat))
                card.add(ticks)
        add = Button(_("Add a seat"), "add-seat", "", "plus")
        add.clicked.connect(self._add_seat)
        copy = Button(_("Copy to other agencies"), "copy-panel", "", "swap")
        copy.setCheckable(True)
        copy.setChecked(self._copying)
        copy.setEnabled(len(self.desk.plan.agencies) > 1)
        copy.clicked.connect(self._turn_copying)
        remove = Button(_("Remove this committee"), "remove-panel", "quiet", "cross")
        remove.clicked.connect(self._remove)
        card.add(row(add, copy, None, gap=8))
        if self._copying:
            card.add(self._copy_box(panel))
        card.add(row(None, remove))
        card.body.addStretch(1)
        return card

    def _put(self, panel: Panel, *, tag: str = "", rebuild: bool = True) -> None:
        panels = self.desk.plan.panels
        if any(one.agency == panel.agency for one in panels):
            panels = tuple(panel if one.agency == panel.agency else one for one in panels)
        else:
            panels = (*panels, panel)
        self.desk.change_plan(panels=panels, tag=tag, rebuild=rebuild)

    def _panel(self) -> Panel:
        return next(one for one in self.desk.plan.panels if one.agency == self.choice)

    def _begin(self) -> None:
        self._put(Panel(agency=self.choice, chair="", seats=(new_seat(0, ""), *(new_seat(n, "") for n in (1, 2, 3)))))
        self.focus_on("panel-chair")

    def _remove(self) -> None:
        self._told = _("The committee was removed. Undo brings it back.")
        self.desk.change_plan(panels=tuple(one for one in self.desk.plan.panels if one.agency != self.choice))

    def _set_chair(self, person: str) -> None:
        """Set the chair, who takes the chair's seat as well."""
        panel = self._panel()
        sitting = any(seat.person == person for seat in panel.seats)
        seats = panel.seats if sitting else tuple(
            replace(seat, person=person) if seat.person in ("", panel.chair) and seat.seat == "chair" else seat
            for seat in panel.seats
        )  # fmt: skip
        self._put(replace(panel, chair=person, seats=seats))

    # ---- seats ----------------------------------------------------------------------------------

    def _change_seat(self, name: str, field: str, value: str) -> None:
        panel = self._panel()
        seats = tuple(replace(seat, **{field: value}) if seat.seat == name else seat for seat in panel.seats)
        self._put(replace(panel, seats=seats), tag=f"{panel.agency}-{name}-{field}", rebuild=field == "person")

    def _add_seat(self) -> None:
        panel = self._panel()
        taken = {seat.seat for seat in panel.seats}
        number = next(n for n in range(1, len(taken) + 2) if f"seat-{n}" not in taken)
        self._put(replace(panel, seats=(*panel.seats, new_seat(number, ""))))
        self.focus_on(f"seat-person-{len(panel.seats)}")

    def _remove_seat(self, name: str) -> None:
        panel = self._panel()
        self._put(replace(panel, seats=tuple(seat for seat in panel.seats if seat.seat != name)))

    def _turn_items(self, name: str) -> None:
        self._items_of = "" if self._items_of == name else name
        self.rebuild()

    def _set_items(self, name: str, items: tuple[str, ...]) -> None:
        panel = self._panel()
        seats: tuple[Seat, ...] = tuple(
            replace(seat, items=items) if seat.seat == name else seat for seat in panel.seats
        )
        self._put(replace(panel, seats=seats))

    # ---- copying --------------------------------------------------------------------------------

    def _turn_copying(self) -> None:
        self._copying = not self._copying
        self.rebuild()

    def _copy_box(self, panel: Panel) -> Box:
        box = Box("sunk", margins=(14, 10, 14, 12), gap=6)
        box.add(WrapLabel(_("The same chair and seats. Ties known beforehand are not copied: they are of one agency."),
                          "small", 400, "text2"))  # fmt: skip
        have = {one.agency for one in self.desk.plan.panels}
        ticks: dict[str, Tick] = {}
        for one in self.desk.plan.agencies:
            if one.agency == panel.agency:
                continue
            name = pick(one.name_th, one.name_en) or one.agency
            words = _("{agency} (its committee is replaced)").format(agency=name) if one.agency in have else name
            ticks[one.agency] = tick = Tick(f"copy-to-{one.agency}", words)
            tick.setChecked(one.agency not in have)
            box.add(MarkRow(tick, words))
        go = Button(_("Copy the committee"), "copy-panel-go", "primary", "check")
        go.clicked.connect(lambda: self._copy(panel, [code for code, tick in ticks.items() if tick.isChecked()]))
        box.add(row(go, None))
        return box

    def _copy(self, panel: Panel, to: list[str]) -> None:
        seats = tuple(replace(seat, conflict="") for seat in panel.seats)
        kept = [one for one in self.desk.plan.panels if one.agency not in to]
        order = [one.agency for one in self.desk.plan.agencies]
        panels = [*kept, *(replace(panel, agency=code, seats=seats) for code in to)]
        self._copying = False
        self._told = _("Copied to {n} agencies.").format(n=len(to)) if to else ""
        self.desk.change_plan(panels=tuple(sorted(panels, key=lambda one: order.index(one.agency))))
        if not to:
            self.rebuild()
