# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Changes of persons and their keys: somebody new, another laptop, a key taken out of use, a key that was stolen."""

from pmqa_desktop.domain import roster_edits as edits
from pmqa_desktop.domain.documents import Person, PersonKey, RosterBody
from pmqa_desktop.services.rounds.enrolling import Enrolled
from pmqa_desktop.services.rounds.roster_desk import Edit, Keepable
from pmqa_desktop.text import _
from ui.screens.round_setup.act_form import ActForm, KeepList, TakenKey, active_keys, key_words
from ui.screens.round_setup.parts import text_field
from ui.widgets.boxes import Box
from ui.widgets.inputs import Field, MarkRow, Tick
from ui.widgets.signs import Banner


class NewPersonForm(ActForm):
    """A person who is not in the roster yet, from an enrolment file."""

    def build(self) -> None:
        """Fill the form."""
        self.taken = TakenKey(self.ground)
        self.taken.changed.connect(self._known)
        th = text_field("act-office-th", _("Office in Thai"), "", lambda _text: self.changed.emit())
        en = text_field("act-office-en", _("Office in English"), "", lambda _text: self.changed.emit())
        self.office_th, self.office_en = th.field, en.field
        self.trouble = Box(gap=0)
        self.add(self.taken, self.trouble, th, en)
        self.office = self.tick("act-secretariat", _("Is of the secretariat"))

    def _known(self) -> None:
        one = self.taken.enrolled
        self.trouble.clear()
        if one is not None and any(person.person == one.person for person in self.ground.body.persons):
            told = _("For another key of the same person choose the change: another laptop.")
            self.trouble.add(Banner("warn", _("This person is in the roster already"), told))
        if one is not None and isinstance(self.office_th, Field) and not self.office_th.text():
            self.office_th.setText(one.office)
        self.changed.emit()

    def edit(self) -> Edit | None:
        """Return the change once the key is compared and the office is told."""
        one = self.taken.ready
        th, en = _text(self.office_th), _text(self.office_en)
        if one is None or not th or any(person.person == one.person for person in self.ground.body.persons):
            return None
        office = self.office.isChecked()

        def change(body: RosterBody) -> RosterBody:
            body = edits.with_person(body, Person(one.person, th, en, ()))
            body = edits.with_key(body, one.person, one.key, one.recipient)
            return edits.with_secretariat(body, (*body.secretariat, one.person)) if office else body

        return change


def _text(field: object) -> str:
    return field.text().strip() if isinstance(field, Field) else ""


class LaptopForm(ActForm):
    """Another key of a person who is in the roster; the former ones go out of use unless they are to stay."""

    def build(self) -> None:
        """Fill the form."""
        self.taken = TakenKey(self.ground)
        self.taken.changed.connect(self._show_old)
        self.old = Box(gap=6)
        self.add(self.taken, self.old)
        self._ticks: dict[str, Tick] = {}

    def _person(self) -> Person | None:
        one = self.taken.enrolled
        return next((p for p in self.ground.body.persons if one is not None and p.person == one.person), None)

    def _show_old(self) -> None:
        self.old.clear()
        self._ticks = {}
        person = self._person()
        if self.taken.enrolled is not None and person is None:
            told = _("For somebody new choose the change: a new person.")
            self.old.add(Banner("warn", _("This person is not in the roster yet"), told))
        if person is not None:
            self._show_keys(person)
        self.changed.emit()

    def _show_keys(self, person: Person) -> None:
        for number, key in enumerate(active_keys(person)):
            words = _("Take the former key out of use: {key}").format(key=key_words(self.ground, person, key))
            tick = Tick(f"act-retire-{number}", words)
            tick.setChecked(True)
            tick.toggled.connect(lambda _on: self.changed.emit())
            self._ticks[key.key] = tick
            self.old.add(MarkRow(tick, words))

    def edit(self) -> Edit | None:
        """Return the change once the new key is compared."""
        one, person = self.taken.ready, self._person()
        if one is None or person is None:
            return None
        gone = [key for key, tick in self._ticks.items() if tick.isChecked()]
        return lambda body: _moved(body, one, gone)


def _moved(body: RosterBody, one: Enrolled, gone: list[str]) -> RosterBody:
    """Add a key, take former ones out of use, and let the new one sign rosters where a former one did."""
    body = edits.with_key(body, one.person, one.key, one.recipient)
    for key in gone:
        body = edits.with_key_state(body, key, "retired")
    if any(root.person == one.person and root.key in gone for root in body.roots):
        body = edits.with_root(body, one.person, one.key)
    return body


class _KeyForm(ActForm):
    """A key to choose."""

    def keys(self) -> list[tuple[Person, PersonKey]]:
        """Return every key in use with its person."""
        return [(person, key) for person in self.ground.body.persons for key in active_keys(person)]

    def build(self) -> None:
        """Fill the form."""
        entries = [(key.key, key_words(self.ground, person, key)) for person, key in self.keys()]
        self.key = self.choice("act-key", _("Key"), entries)


class RetireForm(_KeyForm):
    """A key goes out of use; what it signed stays."""

    def edit(self) -> Edit | None:
        """Return the change once a key is chosen."""
        key = self.key.currentData()
        return None if not key else lambda body: edits.with_key_state(body, key, "retired")


class LostForm(_KeyForm):
    """A key is in other hands; only what is ticked stays valid."""

    def build(self) -> None:
        """Fill the form."""
        super().build()
        self.list = KeepList(self.ground, _("Ticked documents stay valid; all else that this key ever signed does not. "
                                            "Leave out what its owner did not sign."))  # fmt: skip
        self.list.hide()
        self.list.changed.connect(self.changed)
        self.key.activated.connect(self._ask)
        self.add(self.list)

    def _ask(self) -> None:
        self.ground.keep("key", "", self.key.currentData(), self._show)

    def _show(self, found: tuple[Keepable, ...]) -> None:
        self.list.show_list(found)
        self.list.show()
        self.changed.emit()

    def edit(self) -> Edit | None:
        """Return the change once a key is chosen and its documents are shown."""
        key, kept = self.key.currentData(), self.list.kept()
        if not key or self.list.isHidden():
            return None
        return lambda body: edits.with_key_state(body, key, "compromised", kept)
