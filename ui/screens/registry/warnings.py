# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What the board says about the roster itself: a contradiction that stops the round, and no recovery key."""

from PySide6.QtCore import Signal

from pmqa_desktop.errors import Expected
from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.text import _
from ui.errors import worded
from ui.widgets.boxes import Box
from ui.widgets.buttons import Button
from ui.widgets.signs import Banner


class RosterWarnings(Box):
    """Banners that stay until solved; `roster_asked` leads to where that is done."""

    roster_asked = Signal()

    def __init__(self, seen: RoundInfo) -> None:
        """Begin with what the round in force lacks."""
        super().__init__(margins=(16, 8, 16, 8), gap=8)
        self.setObjectName("roster-warnings")
        # what a rehearsal loses is no loss
        self._no_key = not seen.rehearsal and not seen.roster.recovery
        self._fill(None)
        if not self._no_key:
            # only ever hidden here: without a parent yet, showing it would open a window of its own
            self.hide()

    def show_problem(self, problem: str | None) -> None:
        """Tell why the round stands still, if it does, and that it has no recovery key."""
        self._fill(problem)
        self.setVisible(self._no_key or problem is not None)

    def _fill(self, problem: str | None) -> None:
        self.clear()
        if problem is not None:
            go = Button(_("See both"), "board-fork", "", "swap", said=_("See both rosters"))
            go.clicked.connect(self.roster_asked)
            action = go if problem == "roster-fork" else None
            self.add(Banner("err", _("The round stands still"), worded(Expected(problem)), action=action))
        if self._no_key:
            told = _("If the secretariat's laptops are lost, nobody can open what was sealed to them.")
            name = Button(_("See to it"), "board-recovery", "", "key", said=_("Name a recovery key"))
            name.clicked.connect(self.roster_asked)
            self.add(Banner("warn", _("This round names no recovery key"), told, action=name))
