# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Seventh step: by which day what is due."""

from functools import partial

from pmqa_desktop.domain.documents import Due
from pmqa_desktop.text import N_, _
from ui.dialogs.choosing import Chooser
from ui.screens.round_setup.desk import DraftDesk
from ui.screens.round_setup.page import Page
from ui.screens.round_setup.parts import DateField
from ui.widgets.boxes import Box
from ui.widgets.labels import WrapLabel

DUE: tuple[tuple[str, str, str], ...] = (
    ("declaration", N_("Declarations of ties"), N_("Signed before a report is opened.")),
    ("scoresheet", N_("Score sheets"), N_("After this day the board shows a missing sheet as overdue.")),
    ("consensus", N_("Consensus of the committees"), N_("Signed by the chair.")),
    ("endorsement", N_("Endorsements of the members"), N_("Signed after the consensus.")),
)
"""Kinds of work with a due date, their titles and what they mean, in the order of the round."""


class DatesPage(Page):
    """A date for each kind of work; none is a must."""

    def __init__(self, desk: DraftDesk, chooser: Chooser, choice: str = "") -> None:
        """Show the step."""
        super().__init__(desk, chooser, choice)
        self.build()

    def build(self) -> None:
        """Fill the page."""
        self.head(
            _("Due dates"),
            _("Type day, month and Buddhist year, such as 30/6/2569 or 30 มิ.ย. 2569. A date left empty is not set."),
        )
        dates = {one.what: one.date for one in self.desk.plan.due}
        for what, title, meaning in DUE:
            card = Box("card", margins=(18, 10, 18, 12), gap=4)
            card.add(DateField(f"due-{what}", _(title), dates.get(what, ""), partial(self._set, what)))
            card.add(WrapLabel(_(meaning), "small", 400, "text2"))
            self.add(card)
        self.body.addStretch(1)

    def _set(self, what: str, day: str) -> None:
        dates = {one.what: one.date for one in self.desk.plan.due} | {what: day}
        order = [*(one[0] for one in DUE), *(name for name in dates if name not in {one[0] for one in DUE})]
        due = tuple(Due(what=name, date=dates[name]) for name in order if dates.get(name))
        self.desk.change_plan(due=due, tag=f"due-{what}", rebuild=False)
