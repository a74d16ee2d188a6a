# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The roster in force, proposals that wait for signatures, and a form for each change that can be proposed."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal

from pmqa_desktop.domain.roster_changes import GRAVE, roster_changes
from pmqa_desktop.domain.seats import expect_own_seats
from pmqa_desktop.domain.trust import roster_of
from pmqa_desktop.errors import Expected
from pmqa_desktop.messages import word_change
from pmqa_desktop.services.rounds.roster_desk import Edit
from pmqa_desktop.services.rounds.rosters import Review, unsound
from pmqa_desktop.services.session import Me, RoundInfo
from pmqa_desktop.text import _
from ui import theme
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.screens.base import Screen
from ui.screens.export_box import FolderChoice
from ui.screens.identity.acts import key_trouble, written_lines
from ui.screens.identity.following import bring_up
from ui.screens.round_setup.act_form import ActForm, Ground
from ui.screens.round_setup.acts import ACTS, Act
from ui.screens.round_setup.desk import is_key_trouble
from ui.screens.round_setup.drill_box import DrillBox
from ui.screens.round_setup.name_acts import no_recovery
from ui.screens.round_setup.parts import line
from ui.screens.round_setup.rail import StepRail, StepState
from ui.screens.round_setup.waiting import WaitingCard
from ui.widgets.boxes import Box, Rule, Scroll, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Choices, Field
from ui.widgets.labels import Label, WrapLabel
from ui.widgets.passphrase_box import PassphraseBox
from ui.widgets.signs import Banner, EmptyState

NARROW = 860
PAGE_WIDTH = 980
WAITING, DRILL = "waiting", "drill"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the screen shows: the roster in force and the proposals that wait."""

    current: Review
    waiting: tuple[Review, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change to sign, why, and where its file goes."""

    edit: Edit
    reason: str
    passphrase: str
    folder: Path


class ProposeScreen(Screen):
    """`propose_asked`, `sign_asked`, `write_asked` and `drill_asked` carry requests; `copies_asked` carries files."""

    back_asked = Signal()
    propose_asked = Signal(object)
    sign_asked = Signal(object)
    write_asked = Signal(object)
    copies_asked = Signal(object)
    drill_asked = Signal(object)
    drill_stop_asked = Signal()

    def __init__(
        self, standing: Standing, ground: Ground, me: Me, seen: RoundInfo, chooser: Chooser, *, passphrase: str = ""
    ) -> None:
        """Show what waits; `passphrase` is filled in where practice knows it."""
        number = standing.current.roster.document.seq
        told = _("Roster number {number} is in force.").format(number=number)
        super().__init__("roster-screen", _("Roster and changes"), told, rehearsal=seen.rehearsal)
        self.standing, self._ground, self._me, self._seen = standing, ground, me, seen
        self._chooser, self._passphrase = chooser, passphrase
        back = Button(_("Board"), "roster-back", "bar", "left")
        back.clicked.connect(self.back_asked)
        take = Button(_("Take signed copies in"), "roster-copies", "bar", "usb")
        take.clicked.connect(self._ask_copies)
        self.bar_buttons = [back, take]
        self.at = WAITING
        self._form: ActForm | None = None
        self._build()
        self.go(WAITING)

    # ---- layout ---------------------------------------------------------------------------------

    def _build(self) -> None:
        places = [(WAITING, _("Roster in force"))] + [(act.name, _(act.title)) for act in ACTS]
        places.append((DRILL, _("Try the recovery key")))
        self.rail = StepRail(places, numbered=False)
        self.rail.chosen.connect(self.go)
        self.pick = Choices("roster-act", _("What to change"))
        for name, title in places:
            self.pick.addItem(title, name)
        self.pick.activated.connect(lambda at: self.go(places[at][0]))
        self._names = [name for name, _title in places]
        self._pick_row = row(margins=(14, 8, 14, 6))
        self._pick_row.add(self.pick, stretch=1)
        self._room = Box(margins=(20, 14, 20, 14), gap=12)
        self._room.setMaximumWidth(theme.px(PAGE_WIDTH))
        frame = Box(across=True)
        frame.add(self._room, stretch=1000)
        frame.body.addStretch(1)
        self._scroll = Scroll(frame, "roster-screen-scroll")
        right = Box(gap=0)
        right.add(self._pick_row)
        right.add(self._scroll, stretch=1)
        columns = Box(across=True, gap=0)
        columns.add(self.rail)
        columns.add(right, stretch=1)
        self.add(Rule())
        self.add(columns, stretch=1)
        count = len(self.standing.waiting)
        words = _("Waiting: {n}").format(n=count) if count else _("nothing waits")
        self.rail.tell(WAITING, StepState("part" if count else "ok", "warn" if count else "ok", words))

    def reflow(self, em_width: int) -> None:
        """Put the changes into a list to choose from where the window is narrow."""
        narrow = em_width < NARROW
        self.rail.setVisible(not narrow)
        self._pick_row.setVisible(narrow)

    def go(self, name: str) -> None:
        """Show what waits, or the form of a change."""
        self.at, self._form = name, None
        self._room.clear()
        self.rail.set_current(name)
        self.pick.setCurrentIndex(self._names.index(name))
        self._scroll.verticalScrollBar().setValue(0)
        self.trouble = Box(gap=0)
        self.trouble.setObjectName("roster-screen-trouble")
        self._room.add(self.trouble)
        if name == WAITING:
            self._show_waiting()
        elif name == DRILL:
            self._show_drill()
        else:
            self._show_form(next(act for act in ACTS if act.name == name))
        self._room.body.addStretch(1)

    # ---- what is in force and what waits --------------------------------------------------------

    def _show_waiting(self) -> None:
        card = Box("card", margins=(20, 14, 20, 16), gap=8)
        review = self.standing.current
        body = roster_of(review.roster).body
        number = _("Roster number {number}").format(number=review.roster.document.seq)
        card.add(Label(number, "h2", 600))
        told = _("{threshold} of {count} officers must sign each roster: {names}.")
        names = ", ".join(self._ground.office(root.person) for root in body.roots)
        card.add(line("lock", "primary", told.format(threshold=body.threshold, count=len(body.roots), names=names)))
        told = _("{agencies} agencies with {panels} committees and {seats} seats; {persons} persons take part.")
        seats = sum(len(panel.seats) for panel in body.panels)
        card.add(line("user", "primary", told.format(
            agencies=len(body.agencies), panels=len(body.panels), seats=seats, persons=len(body.persons))))  # fmt: skip
        if body.state == "closed":
            card.add(Banner("info", _("The round is closed"), _("Only the accepted documents count.")))
        self._room.add(card)
        if not body.recovery:
            name = Button(_("Name a recovery key"), "name-recovery", "", "key")
            name.clicked.connect(lambda: self.go("recovery"))
            self._room.add(no_recovery(rehearsal=self._seen.rehearsal, action=name))
        if not self.standing.waiting:
            sentence = _("No change waits for a signature. Choose at the left what shall change.")
            self._room.add(EmptyState("list", sentence))
        for index, waiting in enumerate(self.standing.waiting):
            card = WaitingCard(waiting, index, self._ground, self._me, self._chooser, passphrase=self._passphrase)
            card.sign_asked.connect(self.sign_asked)
            card.write_asked.connect(self.write_asked)
            self._room.add(card)

    def _show_drill(self) -> None:
        told = _("Now and then, and before results come in, take the recovery key out of the safe and see that it "
                 "opens what is sealed. Nothing is taken in and nothing is changed.")  # fmt: skip
        self._room.add(Label(_("Try the recovery key"), "h2", 600), WrapLabel(told, "body", 400, "text2"))
        if not self._ground.body.recovery:
            self._room.add(no_recovery(rehearsal=self._seen.rehearsal))
        self.drill = DrillBox(self._chooser)
        self.drill.asked.connect(self.drill_asked)
        self.drill.stop_asked.connect(self.drill_stop_asked)
        self.drill.answered.connect(lambda: bring_up(self._scroll, self.drill.result))
        self._room.add(self.drill)

    def _ask_copies(self) -> None:
        if files := self._chooser.files(self):
            self.copies_asked.emit(files)

    # ---- proposing ------------------------------------------------------------------------------

    def _show_form(self, act: Act) -> None:
        self._room.add(Label(_(act.title), "h2", 600), WrapLabel(_(act.told), "body", 400, "text2"))
        if self.standing.waiting:
            told = _("Two different changes in force at once would stop the round: let the waiting one come to its end "
                     "first.")  # fmt: skip
            self._room.add(Banner("warn", _("A proposal waits for signatures"), told))
        card = Box("card", margins=(20, 14, 20, 16), gap=10)
        self._form = act.form(self._ground)
        self._form.changed.connect(self._tell_changes)
        card.add(self._form)
        self._changes = Box(gap=6)
        self._changes.setObjectName("roster-changes")
        card.add(Rule(), Label(_("What it changes"), "lead", 600), self._changes)
        self._room.add(card, self._sign_card())
        self._tell_changes()

    def _sign_card(self) -> Box:
        card = Box("card", margins=(20, 14, 20, 16), gap=10)
        self.reason = Field("act-reason", _("Why this change is made"), limit=300)
        self.reason.textChanged.connect(lambda _text: self._check())
        card.add(Label(self.reason.accessibleName(), "body", 600), self.reason)
        told = _("The reason is signed with the roster, and every officer reads it.")
        card.add(WrapLabel(told, "small", 400, "text2"))
        self.passphrase = PassphraseBox("act-passphrase")
        self.passphrase.field.setText(self._passphrase)
        self.passphrase.edited.connect(lambda: self.passphrase.show_trouble(""))
        self.passphrase.entered.connect(self._ask)
        self.folder = FolderChoice(self._chooser)
        self.button = Button(_("Sign the proposal and write the file"), "act-sign", "primary", "pen", size="main")
        self.button.clicked.connect(self._ask)
        card.add(self.passphrase, self.folder, self.button)
        return card

    def _edit(self) -> Edit | None:
        return self._form.edit() if self._form is not None else None

    def _tell_changes(self) -> None:
        """Tell the consequence before anything is signed."""
        self._changes.clear()
        edit = self._edit()
        self._ready = False
        if edit is None:
            self._changes.add(line("none", "text2", _("Fill in the form: what it changes is told here.")))
        else:
            self._tell_edit(edit)
        self._check()

    def _tell_edit(self, edit: Edit) -> None:
        try:
            body = edit(self._ground.body)
            expect_own_seats(body.panels, self._ground.body.panels)
        except Expected as error:
            self._changes.add(Banner("err", _("This change cannot be made"), worded(error)))
            return
        changes = roster_changes(self._ground.body, body)
        if not changes:
            self._changes.add(line("none", "text2", _("Nothing would change.")))
        for change in sorted(changes, key=lambda one: one.code not in GRAVE):
            grave = change.code in GRAVE
            tone = "warn" if grave else "info"
            self._changes.add(line(tone, tone, word_change(change), weight=600 if grave else 400))
        problem = unsound(self.standing.current.roster, body) if changes else None
        if problem is not None:
            self._changes.add(Banner("err", _("This change cannot be made"), worded(Expected(problem))))
        self._ready = bool(changes) and problem is None

    def _check(self) -> None:
        self.button.setEnabled(self._ready and bool(self.reason.text().strip()))

    def _ask(self) -> None:
        edit = self._edit()
        if edit is None or not self.button.isEnabled():
            return
        if not self.passphrase.text():
            self.passphrase.show_trouble(_("Type the passphrase of your key first."))
            self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.button.setEnabled(False)
        self.button.set_text(_("Signing and writing…"))
        self.trouble.clear()
        self.propose_asked.emit(Proposal(edit, self.reason.text(), self.passphrase.text(), self.folder.folder))

    # ---- answers --------------------------------------------------------------------------------

    def show_error(self, error: Exception) -> None:
        """Tell why nothing was signed."""
        if self._form is not None:
            self.button.set_text(_("Sign the proposal and write the file"))
            self._check()
            if is_key_trouble(error):
                self.passphrase.show_trouble(key_trouble(error))
                self.passphrase.field.selectAll()
                self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        for card in self.findChildren(WaitingCard):
            if card.take_error(error):
                return
        self._tell(Banner("err", _("This did not work"), worded(error)))

    def _tell(self, *parts: Box) -> None:
        self.trouble.clear()
        self.trouble.add(Box(gap=8).add(*parts))
        self._scroll.verticalScrollBar().setValue(0)

    def show_written(self, path: Path, size: str, review: Review | None) -> None:
        """Tell where the file lies and who must sign next; `review` is None once the roster is in force."""
        if review is None:
            end = Banner("ok", _("The roster is in force"), _("Give the file to everybody in the round."))
        else:
            names = ", ".join(self._ground.office(one) for one in review.may_sign)
            told = _("Give the file to one of: {names}. Each opens it under My key, Sign a roster; then take the "
                     "signed copy in here.").format(names=names)  # fmt: skip
            end = Banner("info", _("What now: more signatures are needed"), told)
        self._tell(written_lines(path, size), end)

    def show_taken(self, *, in_force: bool) -> None:
        """Tell what came of signed copies."""
        if in_force:
            told = _("From now on it holds. Give the file to everybody in the round.")
            self._tell(Banner("ok", _("The roster is in force"), told))
        else:
            self._tell(Banner("info", _("The copies were taken in"), _("See below who has signed.")))

    def focus_first(self) -> None:
        """Begin at the list of changes."""
        self.rail.focus(self.at)

    def place(self) -> object:
        """Return which form is open."""
        return self.at

    def restore(self, place: object) -> None:
        """Open it again."""
        if isinstance(place, str):
            self.go(place)
