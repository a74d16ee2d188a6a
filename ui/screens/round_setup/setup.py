# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Setting up a round: steps with their state at the left, one page at a time, every letter kept on the disk."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QTimer, Signal

from pmqa_desktop.services.rounds.checks import STEPS, Lack, begun
from pmqa_desktop.text import _, pick
from ui import shortcuts, theme
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.screens.base import Screen
from ui.screens.round_setup.agencies import AgenciesPage
from ui.screens.round_setup.basics import BasicsPage
from ui.screens.round_setup.criteria import CriteriaPage
from ui.screens.round_setup.dates import DatesPage
from ui.screens.round_setup.desk import DraftDesk
from ui.screens.round_setup.officers import OfficersPage
from ui.screens.round_setup.page import Page
from ui.screens.round_setup.panels import PanelsPage
from ui.screens.round_setup.people import PeoplePage
from ui.screens.round_setup.rail import StepRail, StepState
from ui.screens.round_setup.review import STEP_WORDS, ReviewPage
from ui.widgets.boxes import Box, Rule, Scroll, first_stop, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Choices
from ui.widgets.signs import Banner

NARROW = 860
ONE_COLUMN = 1100
PAGE_WIDTH = 1060
PLACES: tuple[str, ...] = (*STEPS, "review")
_PAGES: dict[str, type[Page]] = {
    "basics": BasicsPage, "criteria": CriteriaPage, "people": PeoplePage, "officers": OfficersPage,
    "agencies": AgenciesPage, "panels": PanelsPage, "dates": DatesPage, "review": ReviewPage,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SetupPlace:
    """The step one is at, and what is chosen in its list."""

    step: str
    choice: str = ""


def step_title(step: str) -> str:
    """Return what a step is called."""
    return _("Review and sign") if step == "review" else _(STEP_WORDS[step])  # type: ignore[index]


class SetupScreen(Screen):
    """`sign_asked` carries the request of the last step; `key_asked` when a key must be made first."""

    back_asked = Signal()
    sign_asked = Signal(object)
    key_asked = Signal()

    def __init__(self, desk: DraftDesk, chooser: Chooser) -> None:
        """Show the first step of the draft on `desk`."""
        plan = desk.plan
        super().__init__(
            "round-setup", _("Set up a round"), pick(plan.title_th, plan.title_en), rehearsal=plan.rehearsal
        )
        self.offers_language = True
        self.desk, self._chooser = desk, chooser
        self.step = "basics"
        self._choices: dict[str, str] = {}
        self.page: Page | None = None
        back = Button("", "setup-back", "bar", "left", said=_("My rounds"))
        back.clicked.connect(self.back_asked)
        self.undo = Button("", "setup-undo", "bar", "undo", said=_("Undo"))
        self.undo.clicked.connect(desk.undo)
        self.redo = Button("", "setup-redo", "bar", "redo", said=_("Do again"))
        self.redo.clicked.connect(desk.redo)
        self.bar_buttons = [back, self.undo, self.redo]
        shortcuts.bind(self, shortcuts.UNDO, desk.undo)
        shortcuts.bind(self, shortcuts.REDO, desk.redo)
        self._build()
        desk.changed.connect(self._tell)
        desk.rebuilt.connect(self._rebuild_later)
        desk.saved.connect(self._saved)
        desk.unsaved.connect(self._not_saved)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._rebuild)
        self.go("basics")

    # ---- layout ---------------------------------------------------------------------------------

    def _build(self) -> None:
        self.rail = StepRail([(step, step_title(step)) for step in PLACES])
        self.rail.chosen.connect(self.go)
        self.pick = Choices("setup-step", _("Step"))
        for step in PLACES:
            self.pick.addItem(step_title(step), step)
        self.pick.activated.connect(lambda at: self.go(PLACES[at]))
        self._pick_row = row(margins=(14, 8, 14, 6))
        self._pick_row.add(self.pick, stretch=1)
        self._trouble = Box(gap=0)
        self._trouble.setObjectName("setup-not-saved")
        self._frame = Box(across=True)
        self._room = Box()
        self._room.setMaximumWidth(theme.px(PAGE_WIDTH))
        self._frame.add(self._room, stretch=1000)
        self._frame.body.addStretch(1)
        self._scroll = Scroll(self._frame, "setup-scroll")
        self.before = Button(_("Back"), "setup-previous", "", "left")
        self.before.clicked.connect(lambda: self._turn(-1))
        self.after = Button("", "setup-next", "primary", "right", size="main")
        self.after.clicked.connect(lambda: self._turn(1))
        foot = Box("foot", across=True, margins=(20, 8, 20, 8), gap=10)
        foot.add(self.before, None, self.after)
        right = Box(gap=0)
        right.add(self._pick_row, self._trouble)
        right.add(self._scroll, stretch=1)
        right.add(foot)
        columns = Box(across=True, gap=0)
        columns.add(self.rail)
        columns.add(right, stretch=1)
        self.add(Rule())
        self.add(columns, stretch=1)

    def reflow(self, em_width: int) -> None:
        """Put the steps into a list to choose from where the window is narrow."""
        narrow = em_width < NARROW
        if self.desk.narrow != (em_width < ONE_COLUMN):
            self.desk.narrow = em_width < ONE_COLUMN
            self._rebuild()
        self.rail.setVisible(not narrow)
        self._pick_row.setVisible(narrow)

    def focus_first(self) -> None:
        """Begin at the way on; at the last step at what is still to be done there."""
        target = self.after if self.after.isVisible() else first_stop(self._room) or self.before
        target.setFocus()

    # ---- steps ----------------------------------------------------------------------------------

    def go(self, step: str, choice: str = "") -> None:
        """Show a step, with `choice` chosen in its list."""
        if self.page is not None:
            self._choices[self.step] = self.page.choice
        self.step = step
        self._room.clear()
        page = _PAGES[step](self.desk, self._chooser, choice or self._choices.get(step, ""))
        if isinstance(page, ReviewPage):
            page.go_asked.connect(self.go)
            page.sign_asked.connect(self.sign_asked)
        elif isinstance(page, BasicsPage):
            page.key_asked.connect(self.key_asked)
        self.page = page
        self._room.add(page, stretch=1)
        page.show()  # else it takes no cursor before the next turn of the event loop
        self._scroll.verticalScrollBar().setValue(0)
        self._tell()

    def _turn(self, by: int) -> None:
        at = PLACES.index(self.step) + by
        if 0 <= at < len(PLACES):
            self.go(PLACES[at])
            self.focus_first()

    def _rebuild_later(self) -> None:
        """Build the page anew after the click that changed the draft came to its end."""
        self._later.start()

    def _rebuild(self) -> None:
        if self.page is None:
            return
        place = self._scroll.verticalScrollBar().value()
        self.page.rebuild()
        QTimer.singleShot(0, self._scroll, lambda: self._scroll.verticalScrollBar().setValue(place))

    # ---- state ----------------------------------------------------------------------------------

    def _tell(self) -> None:
        found = self.desk.lacks()
        for step in STEPS:
            mine = [one for one in found if one.step == step]
            self.rail.tell(step, self._state(mine, began=begun(self.desk.draft, step)))
        grave = sum(one.grave for one in found)
        ready = (
            StepState("ok", "ok", _("ready to sign")) if not grave else StepState("lock", "text2", _("not ready yet"))
        )
        self.rail.tell("review", ready)
        self.rail.set_current(self.step)
        self.pick.setCurrentIndex(PLACES.index(self.step))
        at = PLACES.index(self.step)
        self.before.setVisible(at > 0)
        self.after.setVisible(at < len(PLACES) - 1)
        if at < len(PLACES) - 1:
            self.after.set_text(_("Next: {step}").format(step=step_title(PLACES[at + 1])))
        self.undo.setEnabled(self.desk.can_undo)
        self.redo.setEnabled(self.desk.can_redo)
        plan = self.desk.plan
        if self.rehearsal != plan.rehearsal:
            self.rehearsal = plan.rehearsal
        self.set_heading(self.title, pick(plan.title_th, plan.title_en))

    @staticmethod
    def _state(mine: list[Lack], *, began: bool) -> StepState:
        grave = sum(one.grave for one in mine)
        if not began:
            return StepState("none", "text2", _("not begun"))
        if grave:
            return StepState("part", "warn", _("{n} missing").format(n=grave))
        if mine:
            return StepState("info", "info", _("complete · remarks: {n}").format(n=len(mine)))
        return StepState("ok", "ok", _("complete"))

    def _saved(self, at: datetime) -> None:
        self._trouble.clear()
        self.tell_saved(at)

    def _not_saved(self, error: Exception) -> None:
        self.unsaved.emit()
        again = Button(_("Try again"), "save-again", "primary")
        again.clicked.connect(self.desk.save_again)
        self._trouble.clear()
        self._trouble.add(Banner("err", _("The last change is not saved"), worded(error), action=again))

    def show_error(self, error: Exception) -> None:
        """Tell why the round was not signed."""
        if isinstance(self.page, ReviewPage):
            self.page.show_error(error)

    def place(self) -> object:
        """Return the step and what is chosen there."""
        return SetupPlace(self.step, self.page.choice if self.page is not None else "")

    def restore(self, place: object) -> None:
        """Go there."""
        if isinstance(place, SetupPlace):
            self.go(place.step, place.choice)

    def has_unsaved(self) -> bool:
        """Tell whether the disk did not take the last change."""
        return self.desk.trouble is not None
