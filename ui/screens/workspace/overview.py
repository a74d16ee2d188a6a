# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""My work: every agency of the seat, what is due, and one button to go on with."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal

from pmqa_desktop.domain.scoring.lifts import SheetLift
from pmqa_desktop.services.evaluation.overview import AgencyOverview, DueDate
from pmqa_desktop.services.safekeeping.mirror import MirrorState
from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.text import _, pick
from ui import theme
from ui.screens.base import Screen
from ui.screens.tables import shorten
from ui.screens.workspace.agency_card import AgencyCard
from ui.screens.workspace.elsewhere import MOVED
from ui.screens.workspace.words import due_name, due_told, mirror_told
from ui.widgets.boxes import Box, Scroll, row
from ui.widgets.buttons import Button
from ui.widgets.labels import IconLabel, Label, WrapLabel
from ui.widgets.signs import Banner, EmptyState

TWO_COLUMNS = 1100
ONE_LINE = 900
NARROW_BAR = 1000


@dataclass(frozen=True, slots=True)
class Overview:
    """What the screen shows; `moved` tells that the workspace came from another laptop."""

    agencies: tuple[AgencyOverview, ...]
    due: tuple[DueDate, ...]
    mirror: MirrorState
    seen: RoundInfo
    moved: bool = False


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to go on with: an agency and an item (empty: wherever its work begins), or to sign it."""

    words: str
    verb: str
    agency: str = ""
    item: str = ""
    sign: bool = False


def next_step(seen: Overview) -> NextStep:
    """Return the next thing to do: declare, score, answer remarks, sign; in the roster's order."""
    open_ones = [one for one in seen.agencies if one.work.declaration != "recused"]
    begun = [one for one in open_ones if one.work.scored and not _done(one)]
    for one in [*begun, *(one for one in open_ones if not _done(one))]:
        work = one.work
        name = pick(work.agency.name_th, work.agency.name_en)
        if not work.declaration:
            return NextStep(_("Declare your ties with {agency}").format(agency=name), _("Go on"), work.agency.agency)
        if one.missing:
            told = _("{agency}, item {item}").format(agency=name, item=one.missing[0])
            return NextStep(told, _("Go on"), work.agency.agency, one.missing[0])
        told = _("Read {agency} back and sign").format(agency=name)
        return NextStep(told, _("Review and sign"), work.agency.agency, sign=True)
    return NextStep(_("All your sheets are signed") if open_ones else _("You recused yourself from every agency"), "")


def _done(one: AgencyOverview) -> bool:
    return bool(one.work.signed_seq) and not one.work.changed_since_signed


class OverviewScreen(Screen):
    """My work on this round."""

    open_asked = Signal(str, str)
    sign_asked = Signal(str)
    lift_asked = Signal(str)
    drafts_asked = Signal()
    close_asked = Signal()
    start_asked = Signal()
    panels_asked = Signal()

    def __init__(self, seen: Overview) -> None:
        """Show `seen`."""
        super().__init__(
            "overview-screen", _("My work"), pick(seen.seen.title_th, seen.seen.title_en), rehearsal=seen.seen.rehearsal
        )
        self._seen, self._layout_now = seen, (False, False)
        self._step = next_step(seen)
        self._out = Button("", "to-start", "bar", "left", said=_("Start screen"))
        self._out.clicked.connect(self.start_asked)
        self._panels = Button(_("My panels"), "to-panels", "bar", "user")
        self._panels.clicked.connect(self.panels_asked)
        self._drafts = Button(_("Drafts and copies"), "to-drafts", "bar", "usb")
        self._drafts.clicked.connect(self.drafts_asked)
        self.bar_buttons = [self._out, self._panels, self._drafts]
        self.cards: dict[str, AgencyCard] = {}
        self._page = Box(margins=(16, 12, 16, 14), gap=12)
        self._scroll = Scroll(self._page, "overview-scroll")
        self.add(self._scroll, stretch=1)

    def reflow(self, em_width: int) -> None:
        """Put dates and copies beside the agencies where there is room, else below."""
        shorten(self._panels, _("My panels"), narrow=em_width < NARROW_BAR)
        shorten(self._drafts, _("Drafts and copies"), narrow=em_width < NARROW_BAR)
        layout = (em_width >= TWO_COLUMNS, em_width < ONE_LINE)
        if self.cards and layout == self._layout_now:
            return
        self._layout_now = layout
        wide, narrow = layout
        self._page.clear()
        self.cards = {}
        if self._seen.moved:
            self._page.add(moved_banner())
        self._page.add(self._go_on())
        columns = Box(across=wide, gap=14)
        columns.add(self._agencies(narrow=narrow), stretch=1)
        side = self._side()
        if wide:
            side.setFixedWidth(theme.px(320))
        columns.add(side)
        self._page.add(columns)
        self._page.body.addStretch(1)

    def focus_first(self) -> None:
        """Begin at the button to go on with."""
        if self._step.verb:
            self.go.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.cards:
            next(iter(self.cards.values())).button.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- parts ----------------------------------------------------------------------------------

    def _go_on(self) -> Box:
        step = self._step
        card = Box("card", across=True, margins=(18, 10, 14, 10), gap=12)
        card.add(IconLabel("play" if step.verb else "ok", "primary" if step.verb else "ok", 26))
        words = Box(gap=0)
        words.body.addStretch(1)
        words.add(WrapLabel(step.words, "lead", 600))
        if not step.verb:
            words.add(WrapLabel(_("A change makes a new revision with its reason; the old one is kept."), "small"))
        words.body.addStretch(1)
        card.add(words, stretch=1)
        self.go = Button(step.verb, "go-on", "primary", "pen" if step.sign else "right", size="main")
        self.go.setAccessibleName(f"{step.verb}: {step.words}")
        self.go.clicked.connect(self._follow)
        if step.verb:
            card.add(self.go)
        return card

    def _follow(self) -> None:
        if self._step.sign:
            self.sign_asked.emit(self._step.agency)
        else:
            self.open_asked.emit(self._step.agency, self._step.item)

    def _agencies(self, *, narrow: bool) -> Box:
        column = Box(gap=12)
        if not self._seen.agencies:
            column.add(EmptyState("list", _("The roster gives your seat no agency. Ask the secretariat.")))
        for one in self._seen.agencies:
            card = AgencyCard(one, self._seen.seen.criteria, narrow=narrow)
            card.open_asked.connect(self.open_asked)
            card.sign_asked.connect(self.sign_asked)
            card.lift_asked.connect(self.lift_asked)
            self.cards[card.agency] = card
            column.add(card)
        column.body.addStretch(1)
        return column

    def _side(self) -> Box:
        side = Box(gap=12)
        side.add(self._due_card(), self._copies_card(), self._end_card())
        side.body.addStretch(1)
        return side

    def _due_card(self) -> Box:
        card = Box("card", margins=(16, 10, 16, 12), gap=6)
        card.add(Label(_("Due dates"), "body", 600))
        if not self._seen.due:
            card.add(WrapLabel(_("The roster names no due date."), "small", 400, "text2"))
        for due in self._seen.due:
            told = due_told(due, rehearsal=self._seen.seen.rehearsal)
            line = row(gap=6)
            line.add(IconLabel(told.icon, told.ink, 16), align=Qt.AlignmentFlag.AlignTop)
            line.add(WrapLabel(told.words, "small", 600, told.ink), stretch=1)
            card.add(Box(gap=0).add(WrapLabel(due_name(due), "small"), line))
        return card

    def _copies_card(self) -> Box:
        card = Box("card", margins=(16, 10, 16, 12), gap=6)
        card.add(Label(_("Drafts and copies"), "body", 600))
        self._mirror = Box(gap=0)
        card.add(self._mirror)
        self.show_mirror(self._seen.mirror)
        more = Button(_("Take along, bring in, mirror"), "open-drafts", "", "usb")
        more.clicked.connect(self.drafts_asked)
        card.add(more)
        return card

    def show_mirror(self, state: MirrorState) -> None:
        """Show how the mirror stands now."""
        told = mirror_told(state)
        self._mirror.clear()
        line = row(IconLabel(told.icon, told.ink, 16), gap=6)
        line.add(WrapLabel(told.words, "small", 400, told.ink if told.ink == "warn" else "text"), stretch=1)
        self._mirror.add(line)

    def _end_card(self) -> Box:
        card = Box("card", margins=(16, 10, 16, 12), gap=6)
        card.add(Label(_("When the round is over"), "body", 600))
        closed = self._seen.seen.roster.state == "closed"
        told = (
            _("The secretariat has closed the round. Keep your own record and delete the rest here.")
            if closed
            else _("Papers, others' sheets and drafts are deleted from this laptop; your own record stays.")
        )
        card.add(WrapLabel(told, "small", 400, "text2"))
        end = Button(_("Close the round here"), "close-round", "", "lock")
        end.clicked.connect(self.close_asked)
        card.add(end)
        return card

    def show_lift(self, agency: str, lift: SheetLift | None) -> None:
        """Show which points lift an agency to its next line."""
        if agency in self.cards:
            self.cards[agency].show_lift(lift)


def moved_banner() -> Banner:
    """Return what is told once about a workspace that came from another laptop."""
    told = _("Edits made here and there are kept apart from now on. If you go on working there too, carry a portable "
             "draft and compare; a key of your own for this laptop is enrolled anew.")  # fmt: skip
    banner = Banner("info", _(MOVED), told)
    banner.setObjectName("moved-here")
    return banner
