# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The panels I sit on or chair: who has sent what, and the next step for each agency."""

from pathlib import Path

from PySide6.QtCore import Signal

from pmqa_desktop.services.exchange.service import ExchangeService
from pmqa_desktop.services.panel import PanelAgency, PanelSeat, PanelService
from pmqa_desktop.services.session import RoundInfo, chair_of
from pmqa_desktop.text import _, pick
from ui.dialogs.choosing import Chooser
from ui.models.numbers import agency_name, seat_label, seat_title
from ui.screens.base import Screen
from ui.screens.importing import Importer, ImportPane, Unlocks, import_menu
from ui.tasks import TaskRunner
from ui.widgets.boxes import Box, Scroll, row
from ui.widgets.buttons import Button
from ui.widgets.labels import ElideLabel, IconLabel, Label
from ui.widgets.signs import SIGNS, EmptyState, state_row

WIDE = 1000


def next_step(entry: PanelAgency) -> tuple[str, str, str]:
    """Return where an agency stands: icon, words, and the verb of its button (empty: nothing to do)."""
    if entry.stale:
        return "warn", _("The consensus is out of date: a sheet came or changed since"), _("Open the table")
    if entry.consensus_seq:
        told = _("Consensus signed, revision {number}").format(number=entry.consensus_seq)
        return "ok", told, _("Read and endorse") if not entry.chair else _("Open the table")
    if not entry.chair:
        return "none", _("Waits for the chair's consensus"), ""
    if entry.revealed:
        return "part", _("Revealed; the panel is settling items"), _("Open the table")
    if not entry.own_signed:
        return "lock", _("Sign your own sheet first"), _("To my sheet")
    return "none", _("Not revealed yet"), _("To the reveal")


_HERE = ("received", "recused")
"""States of a seat of which nothing more is waited for; before that the next step is to take files in."""


class AgencyCard(Box):
    """One agency: its seats' states in a row, where it stands, one button."""

    opened = Signal(str)
    endorse_asked = Signal(str)
    sheet_asked = Signal(str)

    def __init__(self, entry: PanelAgency, chair: str) -> None:
        """Show `entry`; `chair` is the person who chairs its panel."""
        super().__init__("card", margins=(20, 12, 20, 14), gap=8)
        agency = entry.agency.agency
        self.setObjectName(f"agency-{agency}")
        role = _("You are the chair") if entry.chair else _("You are a member")
        self.add(row(Label(agency_name(entry.agency), "lead", 600), None, Label(role, "small", 400, "text2")))
        seats = row(gap=18)
        for seat in entry.seats:
            # the peers' sheets never come to a member: nobody waits for them there
            if entry.chair or seat.state != "awaited":
                seats.add(self._seat(seat, chair))
        seats.add(None)
        icon, words, verb = next_step(entry)
        ink = {"warn": "warn", "ok": "ok"}.get(icon, "text2")
        foot = row(IconLabel(icon, ink, 18), gap=8)
        foot.add(ElideLabel(words, "small", 600, ink), stretch=1)
        if entry.chair and entry.consensus_seq and not entry.stale:
            self._add_button(foot, _("Endorse"), f"endorse-{agency}", "", self.endorse_asked, agency)
        if verb:
            target = self.opened if entry.chair else self.endorse_asked
            waits = entry.chair and not entry.revealed and any(seat.state not in _HERE for seat in entry.seats)
            if icon == "lock":
                target, waits = self.sheet_asked, False
            self._add_button(foot, verb, f"open-{agency}", "" if waits else "primary", target, agency)
        self.add(seats, foot)

    def _add_button(self, foot: Box, words: str, name: str, kind: str, target: object, agency: str) -> None:
        button = Button(words, name, "primary" if kind else "")
        button.clicked.connect(lambda: target.emit(agency))  # type: ignore[attr-defined]
        foot.add(button)

    @staticmethod
    def _seat(entry: PanelSeat, chair: str) -> Box:
        sign = SIGNS[entry.state]
        words = f"{seat_label(entry.seat, chair)} · {_(sign.word)}"
        if entry.state == "received" and entry.seq > 1:
            words += " " + _("rev. {number}").format(number=entry.seq)
        box = state_row(sign.icon, words, sign.ink)
        box.setAccessibleName(f"{seat_title(entry.seat)}: {_(sign.word)}")
        return box


class PanelListScreen(Screen):
    """My panels; files of members come in here too."""

    panel_opened = Signal(str)
    sheet_asked = Signal(str)
    endorse_asked = Signal(str)
    home_asked = Signal()
    close_asked = Signal()

    def __init__(
        self,
        panel: PanelService,
        exchange: ExchangeService,
        unlock: Unlocks,
        seen: RoundInfo,
        tasks: TaskRunner,
        *,
        chooser: Chooser | None = None,
    ) -> None:
        """Show my agencies."""
        title = pick(seen.title_th, seen.title_en)
        super().__init__("panel-list", _("My panels"), title, rehearsal=seen.rehearsal)
        self._panel, self._round, self._tasks = panel, seen, tasks
        back = Button(_("Back"), "panel-home", "bar", "left")
        back.clicked.connect(self.home_asked)
        bring = Button(_("Import files"), "panel-import", "barmain", "usb")
        self.importer = Importer(exchange, unlock, tasks, self)
        self.importer.finished.connect(lambda _report: self.reload())
        import_menu(bring, self.importer, chooser or Chooser(), self)
        self.bar_buttons = [back, bring]
        self._cards = Box(gap=12)
        hint = _("Nothing imported in this sitting. Plug in the drive and press Import files.")
        pane = Box("card", margins=(20, 14, 20, 14))
        pane.add(ImportPane(self.importer, seen, tasks, hint=hint), None)
        self._columns = Box("page", across=True, margins=(16, 14, 16, 14), gap=16)
        self._closing = Box(gap=0)
        left = Box(gap=12)
        left.add(self._cards, self._closing)
        left.body.addStretch(1)
        self._columns.add(left, stretch=5)
        self._columns.add(pane, stretch=3)
        self.add(Scroll(self._columns, "panel-list-scroll"), stretch=1)
        self.reload()

    def offer_closing(self) -> None:
        """Let a chair without a seat, who has no overview, close the round on this laptop."""
        end = Button(_("Close the round on this laptop"), "close-round", "", "lock")
        end.clicked.connect(self.close_asked)
        self._closing.add(row(end, None))

    def reload(self) -> None:
        """Read the states anew."""
        self._tasks.store(self._panel.agencies, self._show, owner=self)

    def import_files(self, paths: tuple[Path, ...]) -> None:
        """Take files in without asking for them."""
        self.importer.run(paths)

    def offer_practice(self, files: tuple[Path, ...]) -> None:
        """Offer the files that come with a practice round beside those of a drive."""
        self.importer.practice_files = files

    def fill_passphrase(self, passphrase: str) -> None:
        """Type the passphrase of a practice round wherever it is asked for."""
        self.importer.passphrase = passphrase

    def _show(self, agencies: tuple[PanelAgency, ...]) -> None:
        self._cards.clear()
        if not agencies:
            self._cards.add(
                EmptyState(
                    "user", _("You do not sit on any panel of this round. Ask the secretariat if this is wrong.")
                )
            )
        for entry in agencies:
            card = AgencyCard(entry, chair_of(self._round.panels[entry.agency.agency]))
            card.opened.connect(self.panel_opened)
            card.sheet_asked.connect(self.sheet_asked)
            card.endorse_asked.connect(self.endorse_asked)
            self._cards.add(card)
        self._cards.add(None)

    def reflow(self, em_width: int) -> None:
        """Put the report below the cards where the window is narrow."""
        direction = self._columns.body.Direction
        self._columns.body.setDirection(direction.LeftToRight if em_width >= WIDE else direction.TopToBottom)
