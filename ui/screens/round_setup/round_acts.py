# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Changes of the whole round: due dates, who signs rosters, and its end."""

from functools import partial

from pmqa_desktop.domain import roster_edits as edits
from pmqa_desktop.domain.documents import RosterBody
from pmqa_desktop.services.rounds.roster_desk import Edit, Keepable
from pmqa_desktop.text import _
from pmqa_desktop.thai import parse_date
from ui.screens.round_setup.act_form import ActForm, KeepList, active_keys
from ui.screens.round_setup.dates import DUE
from ui.screens.round_setup.parts import DateField
from ui.widgets.boxes import Rule, row
from ui.widgets.inputs import MarkRow, Tick
from ui.widgets.labels import WrapLabel
from ui.widgets.signs import Banner


class DueForm(ActForm):
    """The due dates as they shall be."""

    def build(self) -> None:
        """Fill the form."""
        self._dates = {one.what: one.date for one in self.ground.body.due}
        for what, title, _meaning in DUE:
            self.add(DateField(f"act-due-{what}", _(title), self._dates.get(what, ""), partial(self._set, what)))

    def _set(self, what: str, day: str) -> None:
        self._dates[what] = day
        self.changed.emit()

    def edit(self) -> Edit | None:
        """Return the change once every date typed is one."""
        dates = dict(self._dates)
        if any(day and parse_date("/".join(reversed(day.split("-")))) is None for day in dates.values()):
            return None

        def change(body: RosterBody) -> RosterBody:
            for what, day in dates.items():
                body = edits.with_due(body, what, day)
            return body

        return change


class OfficersForm(ActForm):
    """Who signs rosters, how many of them must, and who is of the secretariat."""

    def build(self) -> None:
        """Fill the form."""
        body = self.ground.body
        numbers = [(str(n), _("{n} officers").format(n=n) if n > 1 else _("one officer")) for n in range(1, 6)]
        self.threshold = self.choice("act-threshold", _("How many officers must sign each roster"), numbers)
        self.threshold.setCurrentIndex(body.threshold - 1)
        roots = {root.person for root in body.roots}
        self._roots: dict[str, Tick] = {}
        self._office: dict[str, Tick] = {}
        for number, person in enumerate(body.persons):
            if number:
                self.add(Rule())
            made = row(gap=12)
            made.add(WrapLabel(self.ground.office(person.person), "body", 600), stretch=1)
            for kind, words, on, ticks in (
                ("root", _("signs rosters"), person.person in roots, self._roots),
                ("secretariat", _("of the secretariat"), person.person in body.secretariat, self._office),
            ):
                tick = Tick(f"act-{kind}-{person.person}", f"{self.ground.office(person.person)}: {words}")
                tick.setChecked(on)
                tick.setEnabled(bool(active_keys(person)))
                tick.toggled.connect(lambda _on: self.changed.emit())
                ticks[person.person] = tick
                made.add(MarkRow(tick, words))
            self.add(made)

    def edit(self) -> Edit | None:
        """Return the change."""
        keys = {one.person: active_keys(one) for one in self.ground.body.persons}
        before = {root.person for root in self.ground.body.roots}
        wanted = {who for who, tick in self._roots.items() if tick.isChecked()}
        office = tuple(who for who in self.ground.body.secretariat if self._office[who].isChecked())
        office += tuple(who for who, tick in self._office.items() if tick.isChecked() and who not in office)
        threshold = int(self.threshold.currentData())

        def change(body: RosterBody) -> RosterBody:
            for who in sorted(wanted - before):
                body = edits.with_root(body, who, keys[who][-1].key)
            for who in sorted(before - wanted):
                body = edits.without_root(body, who)
            return edits.with_threshold(edits.with_secretariat(body, office), threshold)

        return change


class CloseForm(ActForm):
    """The round ends: only what is ticked counts for good."""

    def build(self) -> None:
        """Fill the form."""
        self.add(Banner("warn", _("After this nothing more counts"),
                        _("New sheets and consensus documents are stored and do not count any more.")))  # fmt: skip
        self.list = KeepList(self.ground, _("Ticked documents count for good."))
        self.list.hide()
        self.list.changed.connect(self.changed)
        self.add(self.list)
        self.sure = self.tick("act-close-sure", _("The results are official: close the round"))
        self.ground.keep("close", "", "", self._show)

    def _show(self, found: tuple[Keepable, ...]) -> None:
        self.list.show_list(found)
        self.list.show()
        self.changed.emit()

    def edit(self) -> Edit | None:
        """Return the change once the list is there and the tick is set."""
        kept = self.list.kept()
        if self.list.isHidden() or not self.sure.isChecked():
            return None
        return lambda body: edits.closed(body, kept)
