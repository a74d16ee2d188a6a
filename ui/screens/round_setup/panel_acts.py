# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Changes of agencies and committees: the chair, a seat, an agency with its committee."""

from msgspec.structs import replace

from pmqa_desktop.domain import roster_edits as edits
from pmqa_desktop.domain.documents import Agency, Panel, Seat
from pmqa_desktop.domain.payload_rules import is_id
from pmqa_desktop.domain.seats import seat_name, with_sitter
from pmqa_desktop.services.rounds.agency_table import new_seat
from pmqa_desktop.services.rounds.roster_desk import Edit, Keepable
from pmqa_desktop.text import _, pick
from ui.screens.round_setup.act_form import ActForm, KeepList
from ui.screens.round_setup.parts import pair, text_field
from ui.screens.round_setup.seats import ItemTicks
from ui.widgets.boxes import Box
from ui.widgets.inputs import Field


class ChairForm(ActForm):
    """Another chair for good, or somebody who leads in the chair's stead for a while."""

    def build(self) -> None:
        """Fill the form."""
        self.agency = self.agencies("act-agency")
        self.agency.activated.connect(self._ask)
        self.how = self.choice("act-how", _("What changes"), [
            ("acting", _("Somebody leads in the chair's stead")), ("chair", _("Another chair for good")),
            ("ended", _("The chair leads again")),
        ])  # fmt: skip
        self.person = self.persons("act-person", _("Who leads"))
        self.how.activated.connect(lambda _at: self.person.setEnabled(self.how.currentData() != "ended"))
        self.list = KeepList(self.ground, _("What was signed as chair until now: ticked documents stay valid, the "
                                            "others must be signed anew."))  # fmt: skip
        self.list.hide()
        self.list.changed.connect(self.changed)
        self.add(self.list)

    def _panel(self) -> Panel | None:
        return next((one for one in self.ground.body.panels if one.agency == self.agency.currentData()), None)

    def _ask(self) -> None:
        if (panel := self._panel()) is not None:
            self.ground.keep("chair", panel.agency, panel.acting_chair or panel.chair, self._show)

    def _show(self, found: tuple[Keepable, ...]) -> None:
        self.list.show_list(found)
        self.list.show()
        self.changed.emit()

    def edit(self) -> Edit | None:
        """Return the change once agency, kind and person are chosen."""
        agency, how, person, kept = (
            self.agency.currentData(), self.how.currentData(), self.person.currentData(), self.list.kept()
        )  # fmt: skip
        if not agency or not how or self.list.isHidden():
            return None
        if how == "ended":
            return lambda body: edits.with_acting_chair(body, agency, "", kept)
        if not person:
            return None
        if how == "chair":
            return lambda body: edits.with_chair(body, agency, person, kept)
        return lambda body: edits.with_acting_chair(body, agency, person, kept)


class AgencyForm(ActForm):
    """An agency that joins, with the committee of another agency or none yet."""

    def build(self) -> None:
        """Fill the form."""
        parts = {
            name: text_field(f"act-agency-{name}", title, "", lambda _text: self.changed.emit())
            for name, title in (
                ("code", _("Short code")), ("th", _("Name in Thai")), ("en", _("Name in English")),
                ("short", _("Abbreviation in Thai")), ("ministry", _("Ministry")),
            )
        }  # fmt: skip
        self._fields = {name: part.field for name, part in parts.items()}
        self.add(parts["th"], parts["en"], pair(parts["short"], parts["ministry"]), parts["code"])
        have = {one.agency for one in self.ground.body.panels}
        entries = [("", _("no committee yet"))]
        entries += [(one.agency, self.ground.agency(one.agency))
                    for one in self.ground.body.agencies if one.agency in have]  # fmt: skip
        self.like = self.choice("act-like", _("The same committee as"), entries)
        self.like.setCurrentIndex(0)

    def _value(self, name: str) -> str:
        field = self._fields[name]
        return field.text().strip() if isinstance(field, Field) else ""

    def edit(self) -> Edit | None:
        """Return the change once code and Thai name are told."""
        code, name = self._value("code"), self._value("th")
        if not is_id(code) or not name:
            return None
        agency = Agency(code, name, self._value("en"), self._value("short") or name, self._value("ministry"))
        panel = next((one for one in self.ground.body.panels if one.agency == self.like.currentData()), None)
        if panel is not None:
            seats = tuple(replace(seat, conflict="") for seat in panel.seats)
            panel = replace(panel, agency=code, seats=seats)
        return lambda body: edits.with_agency(body, agency, panel)


class SeatForm(ActForm):
    """A seat that is added, changes hands, judges other items, or goes."""

    NEW, GONE = "+", "-"

    def build(self) -> None:
        """Fill the form."""
        self.agency = self.agencies("act-agency", with_panel=False)
        self.agency.activated.connect(self._show_seats)
        self.seat = self.choice("act-seat", _("Seat"), [])
        self.seat.activated.connect(self._show_seat)
        self.person = self.persons("act-person", _("Person on this seat"))
        titles = [
            text_field(name, title, "", lambda _text: self.changed.emit())
            for name, title in (("act-title-th", _("Title in Thai")), ("act-title-en", _("Title in English")))
        ]
        self.title_th, self.title_en = (one.field for one in titles)
        tie = text_field(
            "act-conflict", _("A tie known beforehand; empty: none"), "", lambda _text: self.changed.emit()
        )
        self.conflict = tie.field
        self.items: tuple[str, ...] = ()
        self._items = Box(gap=0)
        self.add(pair(*titles), tie, self._items)
        self.gone = self.tick("act-seat-gone", _("Take this seat away"))

    def _panel(self) -> Panel | None:
        return next((one for one in self.ground.body.panels if one.agency == self.agency.currentData()), None)

    def _show_seats(self) -> None:
        self.seat.clear()
        panel = self._panel()
        for one in panel.seats if panel else ():
            self.seat.addItem(f"{pick(one.title_th, one.title_en)} · {self.ground.office(one.person)}", one.seat)
        self.seat.addItem(_("A new seat"), self.NEW)
        self.seat.setCurrentIndex(-1)
        self.changed.emit()

    def _free(self) -> Seat:
        panel = self._panel()
        return new_seat(len(panel.seats) if panel else 0, "")

    def _chosen(self) -> Seat:
        panel = self._panel()
        found = next((one for one in panel.seats if one.seat == self.seat.currentData()), None) if panel else None
        return found or self._free()

    def _show_seat(self) -> None:
        seat = self._chosen()
        names = [one.person for one in self.ground.body.persons]
        self.person.setCurrentIndex(names.index(seat.person) if seat.person in names else -1)
        for field, words in ((self.title_th, seat.title_th), (self.title_en, seat.title_en),
                             (self.conflict, seat.conflict)):  # fmt: skip
            if isinstance(field, Field):
                field.setText(words)
        self.gone.setChecked(False)
        self._set_items(seat.items)

    def _set_items(self, items: tuple[str, ...]) -> None:
        self.items = items
        self._items.clear()
        ticks = ItemTicks(self.ground.edition, items)
        ticks.changed.connect(self._set_items)
        self._items.add(ticks)
        self.changed.emit()

    def edit(self) -> Edit | None:
        """Return the change once agency, seat and person are chosen."""
        agency, which = self.agency.currentData(), self.seat.currentData()
        if not agency or not which:
            return None
        if self.gone.isChecked():
            return None if which == self.NEW else lambda body: edits.without_seat(body, agency, which)
        words = [one.text().strip() for one in (self.title_th, self.title_en, self.conflict) if isinstance(one, Field)]
        person = self.person.currentData()
        if not person or not words[0]:
            return None
        seat = Seat(self._chosen().seat, person, words[0], words[1], self.items, words[2])
        if self._panel() is None:
            return lambda body: edits.with_panel(
                body, Panel(agency, person, (replace(seat, seat=seat_name(body, person)),))
            )
        return lambda body: with_sitter(body, agency, which, seat)
