# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Before the panel compares: what has come from whom, what is missing and why, and signing the reveal."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from pmqa_desktop.services.panel import PanelAgency, PanelSeat
from pmqa_desktop.text import N_, _
from ui.models.numbers import seat_title
from ui.screens.importing import ImportPane
from ui.widgets.boxes import Box, Rule, Scroll, row
from ui.widgets.buttons import Button
from ui.widgets.labels import IconLabel, Label, WrapLabel
from ui.widgets.passphrase_box import PassphraseBox
from ui.widgets.signs import SIGNS, Banner

WIDE = 1000
_NEXT: dict[str, str] = {
    "awaited": N_("no sheet has come yet: ask the member for the file, then import it"),
    "received": N_("signed and sealed until the reveal"),
    "recused": N_("recused with a reason: complete without scores"),
    "held": N_("waits for an earlier revision: ask the member for it"),
    "conflict": N_("two different versions: the member signs one that replaces both"),
}
_BLOCKED: dict[str, tuple[str, str]] = {
    "not-the-chair": (
        N_("Only the chair opens the comparison"),
        N_("The chair's reveal comes to you with the consensus file."),
    ),
    "own-sheet-first": (
        N_("Sign your own sheet first"),
        N_("Nobody sees a peer's score before the own one is signed. Finish and sign your scoresheet of this agency."),
    ),
    "reveal-waits": (
        N_("You have signed the reveal already"),
        N_(
            "It came with your draft and names sheets that are not here yet. Import the members' files: the scores "
            "open then, and no second reveal is signed."
        ),
    ),
}


def seat_line(entry: PanelSeat, *, own: bool = False) -> Box:
    """Return one seat with its state as shape, word and what follows from it; `own` is that of the reader."""
    sign = SIGNS[entry.state]
    follows = _("yours: score the agency and sign") if own and entry.state == "awaited" else _(_NEXT[entry.state])
    ink = sign.ink
    box = Box(across=True, margins=(0, 8, 0, 8), gap=10)
    box.add(IconLabel(sign.icon, ink, 20))
    words = Box(gap=0)
    words.add(Label(seat_title(entry.seat), "body", 600), WrapLabel(follows, "small", 400, "text2"))
    box.add(words, stretch=1)
    state = _(sign.word)
    if entry.state == "received" and entry.seq > 1:
        state += " " + _("rev. {number}").format(number=entry.seq)
    box.add(Label(state, "small", 600, ink))
    box.setAccessibleName(f"{seat_title(entry.seat)}: {state}. {follows}")
    return box


class RevealGate(Box):
    """Nothing of a peer is shown before this is passed."""

    reveal_asked = Signal(str)
    sheet_asked = Signal()

    def __init__(self, imports: ImportPane, import_button: Button) -> None:
        """Show seats at the left, signing at the right; `imports` reports what came in."""
        super().__init__("page", gap=0)
        left = Box("card", margins=(20, 14, 20, 14), gap=6)
        self._count = Label("", "small", 600, "text2")
        left.add(row(Label(_("1  Sheets of the panel"), "lead", 600), None, self._count))
        self._seats = Box(gap=0)
        left.add(self._seats)
        line = row(import_button, None)
        left.add(8, line, 4, Rule(), 4, imports)
        left.body.addStretch(1)
        self._right = Box("card", margins=(20, 14, 20, 14), gap=10)
        self._columns = Box("page", across=True, margins=(16, 14, 16, 14), gap=16)
        self._columns.add(left, stretch=5)
        self._columns.add(self._right, stretch=4)
        self.add(Scroll(self._columns, "gate-scroll"), stretch=1)
        self.passphrase = PassphraseBox("reveal-passphrase")
        self.sign = Button(_("Sign the reveal and open the scores"), "reveal", "primary", "pen", size="main")
        self._banner = Box(gap=0)
        self._fill_right()

    def _fill_right(self) -> None:
        title = Label(_("2  Sign the reveal"), "lead", 600)
        told = _(
            "The reveal lists every sheet that is here, yours among them, before any score is opened. It "
            "proves that all "
            "were fixed before the panel compared."
        )
        later = _("A sheet that comes or changes later is marked as later than the reveal, for ever.")
        self.passphrase.edited.connect(lambda: self.passphrase.show_trouble(""))
        self.passphrase.entered.connect(self._ask)
        self.sign.clicked.connect(self._ask)
        self._right.add(title, WrapLabel(told), WrapLabel(later, "small", 400, "text2"), self._banner)
        self._right.add(self.passphrase, self.sign, None)

    def reflow(self, em_width: int) -> None:
        """Put signing below the seats where the window is narrow."""
        direction = self._columns.body.Direction
        self._columns.body.setDirection(direction.LeftToRight if em_width >= WIDE else direction.TopToBottom)

    def _ask(self) -> None:
        if not self.passphrase.text():
            self.passphrase.show_trouble(_("Type the passphrase of your key first."))
            self.passphrase.field.setFocus()
            return
        self.sign.setEnabled(False)
        self.reveal_asked.emit(self.passphrase.text())

    def failed(self, words: str) -> None:
        """Say why the reveal was not signed."""
        self.sign.setEnabled(True)
        self.passphrase.show_trouble(words)
        self.passphrase.field.selectAll()
        self.passphrase.field.setFocus()

    def show_agency(self, panel: PanelAgency, chair: str) -> None:
        """Show what is here and what is missing; `chair` is the person who reads it."""
        self._seats.clear()
        for entry in panel.seats:
            self._seats.add(seat_line(entry, own=entry.seat.person == chair), Rule())
        here = sum(entry.state in {"received", "recused"} for entry in panel.seats)
        self._count.setText(_("{here} of {all} seats complete").format(here=here, all=len(panel.seats)))
        self._banner.clear()
        blocked = panel.blocked in _BLOCKED
        if blocked and panel.blocked is not None:
            title, text = _BLOCKED[panel.blocked]
            go = None
            if panel.blocked == "own-sheet-first":
                go = Button(_("To my sheet"), "gate-own-sheet", "primary", "right")
                go.clicked.connect(self.sheet_asked)
            self._banner.add(Banner("info", _(title), _(text), icon="lock", action=go))
        elif missing := missing_seats(panel.seats):
            names = ", ".join(seat_title(entry.seat) for entry in missing)
            title = _("{count} seats are missing: {names}").format(count=len(missing), names=names)
            self._banner.add(Banner("warn", title, _("You may reveal now; whoever comes later is marked so, and a "
                                                     "seat that never comes needs your reason.")))  # fmt: skip
        else:
            self._banner.add(Banner("ok", _("Every seat is complete"), _("Nothing stands against the reveal.")))
        self.passphrase.setVisible(not blocked)
        self.sign.setVisible(not blocked)
        self.sign.setEnabled(True)


def missing_seats(seats: Sequence[PanelSeat]) -> tuple[PanelSeat, ...]:
    """Return the seats whose work is not here and undisputed."""
    return tuple(entry for entry in seats if entry.state not in {"received", "recused"})
