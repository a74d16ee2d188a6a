# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Before an agency's papers open: the evaluator says whether there are ties, or withdraws with a reason."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup

from pmqa_desktop.errors import Expected
from pmqa_desktop.services.evaluation.scoring import AgencyWork, DeclarationState
from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.text import N_, _, pick
from ui import theme
from ui.errors import worded
from ui.screens.base import Screen
from ui.screens.export_box import ExportBox
from ui.screens.scoring.rail import Rail
from ui.widgets.boxes import Box, Scroll, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import MarkRow, Round, Writing
from ui.widgets.labels import IconLabel, Label, WrapLabel
from ui.widgets.lengths import LengthWarning
from ui.widgets.passphrase_box import PassphraseBox
from ui.widgets.signs import Banner

CHOICES: tuple[tuple[DeclarationState, str, str], ...] = (
    (
        "no_conflict",
        N_("I have no ties with this agency"),
        N_("No interest, no work for it, no relatives in it that could sway my judgement."),
    ),
    (
        "tie_told",
        N_("I have a tie that I tell, and can judge fairly"),
        N_("The chair and the secretariat see what you write here."),
    ),
    (
        "recused",
        N_("I withdraw from this agency"),
        N_("You will not see its papers, and no scores are expected from you."),
    ),
)


@dataclass(frozen=True, slots=True)
class Declared:
    """What was chosen, ready to be signed."""

    state: DeclarationState
    text: str
    passphrase: str


class DeclarationScreen(Screen):
    """Declare ties with one agency, or see that one withdrew from it."""

    declare_asked = Signal(object)
    agency_chosen = Signal(str)

    def __init__(
        self, work: AgencyWork, works: tuple[AgencyWork, ...], seen: RoundInfo, export: Callable[[], ExportBox]
    ) -> None:
        """Ask about the agency of `work`; what `export` makes writes the declaration of a withdrawal."""
        name = pick(work.agency.name_th, work.agency.name_en)
        seat = pick(work.seat.title_th, work.seat.title_en)
        super().__init__(
            "declaration-screen", name, _("Declaration before the papers · {seat}").format(seat=seat),
            rehearsal=seen.rehearsal,
        )  # fmt: skip
        self._work, self._works = work, works
        self._wide: bool | None = None
        self._line = Box(across=True, gap=0)
        self.add(self._line, stretch=1)
        self._rail_place = Box(gap=0)
        self.marks: dict[DeclarationState, Round] = {}
        self.card = Box("card", margins=(28, 20, 28, 24), gap=12)
        self.card.setMaximumWidth(theme.px(820))
        page = Box(across=True, margins=(20, 18, 20, 18), gap=0)
        page.body.addStretch(1)
        page.add(self.card, stretch=100, align=Qt.AlignmentFlag.AlignTop)
        page.body.addStretch(1)
        self._line.add(self._rail_place)
        self._line.add(Scroll(page, "declaration-scroll"), stretch=1)
        if work.declaration == "recused":
            self._build_recused(export())
        else:
            self._build_form(name)

    def reflow(self, em_width: int) -> None:
        """Show the rail in the width there is."""
        wide = em_width >= 1600
        if wide != self._wide:
            self._wide = wide
            self._rail_place.clear()
            rail = Rail(self._works, self._work.agency.agency, wide=wide)
            rail.chosen.connect(self.agency_chosen)
            self._rail_place.add(rail, stretch=1)

    def _build_recused(self, export: ExportBox) -> None:
        self.card.add(row(IconLabel("dash", "text2", 28), Label(_("You withdrew from this agency"), "h1", 600), None))
        self.card.add(
            WrapLabel(_("Its papers stay closed and no scores are expected from you. Send the signed declaration "
                        "to the secretariat: then the agency counts as complete without you."))
        )  # fmt: skip
        self.card.add(export)

    def _build_form(self, name: str) -> None:
        self.card.add(
            row(IconLabel("lock", "primary", 28), Label(_("Before the papers open"), "h1", 600), None, gap=12)
        )
        self.card.add(
            WrapLabel(_("Say whether anything ties you to {agency}. What you say is signed with your key and sent "
                        "with your scores.").format(agency=name), "body", 400, "text2")
        )  # fmt: skip
        if self._work.seat.conflict:
            told = _("Told before the round: {tie}").format(tie=self._work.seat.conflict)
            self.card.add(Banner("warn", _("The secretariat knows of a tie"), told))
        group = QButtonGroup(self)
        for state, words, meaning in CHOICES:
            mark = Round(f"declare-{state}", f"{_(words)}. {_(meaning)}")
            group.addButton(mark)
            self.marks[state] = mark
            choice = Box("sunk", margins=(14, 8, 14, 8), gap=0)
            choice.add(MarkRow(mark, _(words), weight=600))
            choice.add(row(33, gap=0).add(WrapLabel(_(meaning), "small", 400, "text2"), stretch=1))
            self.card.add(choice)
        self.words = Writing("declaration-words", _("Which tie, or why you withdraw"), "",
                             _("Which tie, or why you withdraw"))  # fmt: skip
        self.words.setFixedHeight(theme.px(84))
        self.words.hide()
        self.passphrase = PassphraseBox("declaration-passphrase")
        self.button = Button(_("Sign the declaration"), "sign-declaration", "primary", "pen", size="main")
        self.button.setEnabled(False)
        self.card.add(self.words, LengthWarning(self.words), self.passphrase, self.button)
        group.buttonToggled.connect(lambda *_args: self._check())
        self.words.textChanged.connect(self._check)
        self.passphrase.edited.connect(self._check)
        self.passphrase.entered.connect(self.button.click)
        self.button.clicked.connect(self._ask)

    def focus_first(self) -> None:
        """Begin at the first choice."""
        if self.marks:
            self.marks["no_conflict"].setFocus()

    @property
    def chosen(self) -> DeclarationState | None:
        """Return what is chosen so far."""
        return next((state for state, mark in self.marks.items() if mark.isChecked()), None)

    def _check(self) -> None:
        needs_words = self.chosen in ("tie_told", "recused")
        self.words.setVisible(needs_words)
        written = bool(self.words.toPlainText().strip())
        self.words.set_need(needs_words and not written)
        ready = self.chosen is not None and bool(self.passphrase.text()) and (written or not needs_words)
        self.button.setEnabled(ready)

    def _ask(self) -> None:
        if self.chosen is not None:
            self.button.setEnabled(False)
            self.button.set_text(_("Signing…"))
            text = self.words.toPlainText() if self.chosen != "no_conflict" else ""
            self.declare_asked.emit(Declared(self.chosen, text, self.passphrase.text()))

    def show_error(self, error: Exception) -> None:
        """Tell why the declaration could not be signed."""
        self.button.set_text(_("Sign the declaration"))
        self.passphrase.show_trouble(worded(error))
        self.passphrase.field.setFocus()
        self._check()
        if isinstance(error, Expected) and error.code == "wrong-passphrase":
            self.passphrase.field.selectAll()

    def fill_passphrase(self, passphrase: str) -> None:
        """Fill the passphrase in: only a rehearsal does, whose passphrase is no secret."""
        if self._work.declaration != "recused":
            self.passphrase.field.setText(passphrase)
