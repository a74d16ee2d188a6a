# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The bar below an item: the panel's score, the reason, announced dissent, and the one step on."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout

from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.domain.documents import MissingSeat, Seat
from pmqa_desktop.domain.scoring import ItemScore
from pmqa_desktop.text import _
from ui import theme
from ui.models.numbers import level_step, level_title, score_text, seat_label, seat_title
from ui.widgets.boxes import Box, Rule, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Choices, Field, Writing
from ui.widgets.labels import ElideLabel, IconLabel, Label
from ui.widgets.scores import Stair

REASON_LIMIT = 4000


class DissentLine(Box):
    """What a member announced, as the chair noted it; only the member's own signature makes it a dissent."""

    noted = Signal(str, str)

    def __init__(self, seats: Sequence[Seat], chair: str) -> None:
        """Offer the members' seats; the chair signs the consensus and has none here."""
        super().__init__(gap=0)
        self._seats = tuple(seat for seat in seats if seat.person != chair)
        self._chair = chair
        self._announced: dict[str, str] = {}
        self._pages = QStackedLayout()
        self.body.addLayout(self._pages)
        self._build_told()
        self._build_edit()
        self.show_announced(())

    def _build_told(self) -> None:
        told = Box(across=True, gap=8)
        self._who = Label("", "small", 600, "held")
        self._words = ElideLabel("", "small")
        self._change = Button("", "dissent-edit", "quiet")
        self._change.clicked.connect(self._open)
        self._flag = IconLabel("flag", "held", 18)
        told.add(self._flag, self._who)
        told.add(self._words, stretch=1)
        told.add(self._change)
        self._pages.addWidget(told)

    def _build_edit(self) -> None:
        edit = Box(across=True, gap=6)
        self.seat = Choices("dissent-seat", _("Who announces a dissent"))
        for seat in self._seats:
            self.seat.addItem(seat_label(seat, self._chair), seat.person)
        self.seat.currentIndexChanged.connect(self._load)
        self.text = Field("dissent-text", _("What the member announced"), "", _("the member's words"))
        self.text.returnPressed.connect(self._keep)
        keep = Button(_("Note it"), "dissent-keep")
        keep.clicked.connect(self._keep)
        edit.add(self.seat)
        edit.add(self.text, stretch=1)
        edit.add(keep)
        self._pages.addWidget(edit)

    def show_announced(self, announced: Sequence[MissingSeat]) -> None:
        """Show what was noted; several stand behind each other."""
        self._announced = {one.person: one.reason for one in announced}
        names = {seat.person: seat_label(seat, self._chair) for seat in self._seats}
        some = bool(announced)
        self._flag.setVisible(some)
        self._who.setVisible(some)
        if some:
            first = names.get(announced[0].person, announced[0].person)
            self._who.setText(_("{seat} announces a dissent:").format(seat=first))
            rest = [f"{names.get(one.person, one.person)}: {one.reason}" for one in announced[1:]]
            self._words.set_text(" · ".join([announced[0].reason, *rest]))
        else:
            self._words.set_text("")
        self._change.set_text(_("Change") if some else _("Note an announced dissent"))
        self._change.setVisible(bool(self._seats))
        self._pages.setCurrentIndex(0)

    def _open(self) -> None:
        if self._announced:
            self.seat.setCurrentIndex(max(0, self.seat.findData(next(iter(self._announced)))))
        self._load()
        self._pages.setCurrentIndex(1)
        self.text.setFocus()

    def _load(self) -> None:
        self.text.setText(self._announced.get(self.seat.currentData() or "", ""))

    def _keep(self) -> None:
        self._pages.setCurrentIndex(0)
        self.noted.emit(self.seat.currentData() or "", self.text.text().strip())


class SettleBar(Box):
    """Score and level of the panel's answer, its reason, and the button that keeps it and goes on."""

    save_asked = Signal()
    reopen_asked = Signal()
    edited = Signal()

    def __init__(self, criteria: FrozenCriteria, seats: Sequence[Seat], chair: str) -> None:
        """Build the bar for one agency's panel."""
        super().__init__("plain", gap=0)
        self._criteria = criteria
        top = Rule("primary")
        top.setFixedHeight(2)
        inside = Box(margins=(18, 7, 18, 8), gap=6)
        self.add(top, inside)
        upper = Box(across=True, gap=14)
        upper.add(self._build_score())
        upper.add(self._build_reason(), stretch=1)
        self.dissent = DissentLine(seats, chair)
        self.trouble = Label("", "small", 600, "warn")
        self.trouble.setObjectName("settle-trouble")
        self.reopen = Button(
            _("Reopen"), "reopen", "quiet", tip=_("Take this item's settlement back; it stays in the history")
        )
        self.reopen.clicked.connect(self.reopen_asked)
        self.save = Button(_("Save consensus, next item"), "settle", "primary", "check", tip="Ctrl+Enter")
        self.save.clicked.connect(self.save_asked)
        lower = Box(across=True, gap=8)
        lower.add(self.dissent, stretch=1)
        lower.add(self.reopen, self.save)
        inside.add(upper, self.trouble, lower)
        self.trouble.hide()

    def _build_score(self) -> Box:
        box = Box(gap=0)
        box.setFixedWidth(theme.px(128))
        box.add(Label(_("Consensus"), "small", 600, "primary"))
        self.score = Label("–", "num", 700)
        self.score.setObjectName("settle-score")
        self._top = Label("", "small", 400, "text2")
        line = row(self.score, self._top, None, gap=5)
        line.setFixedHeight(theme.px(42))
        self._stair = Stair(0, 21, 15)
        self._level = Label("", "small", 600)
        self._level_row = row(self._stair, self._level, None, gap=6)
        box.add(line, self._level_row)
        box.body.addStretch(1)
        return box

    def _build_reason(self) -> Box:
        box = Box(gap=2)
        self.need = Label("", "micro", 400, "text2")
        box.add(row(Label(_("Reason of the consensus"), "small", 600), None, self.need))
        self.reason = Writing("settle-reason", _("Reason of the consensus"))
        self.reason.setFixedHeight(theme.px(62))
        self.reason.textChanged.connect(self.edited)
        box.add(self.reason)
        return box

    def show_state(self, *, best: int, settled: bool, reason: str) -> None:
        """Start with an item: its best score, whether it is settled, and the reason written so far."""
        self._top.setText(f"/ {best}")
        self.reopen.setVisible(settled)
        self.show_trouble("")
        blocked = self.reason.blockSignals(True)
        self.reason.setPlainText(reason)
        self.reason.blockSignals(blocked)

    def show_score(self, score: ItemScore | None, need: str) -> None:
        """Show the score of the present answer, and why a reason is needed (empty: it is not)."""
        exact = score.exact if score is not None else None
        text = score_text(exact, self._criteria) or "–"
        self.score.setText(text)
        level = score.level if score is not None else None
        has_levels = score is not None and bool(score.levels)
        self._level_row.setVisible(has_levels)
        if has_levels:
            self._stair.set_level(level_step(level, self._criteria))
            self._level.setText(level_title(level, self._criteria))
        self.score.setAccessibleName(_("Consensus {score} points").format(score=text))
        self.need.setText(need or _("optional"))
        self.reason.set_need(bool(need) and not self.reason.toPlainText().strip())

    def show_trouble(self, words: str) -> None:
        """Say why the answer can't be kept as it stands; nothing clears it."""
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))


def dissent_names(seats: Sequence[Seat], announced: Sequence[MissingSeat]) -> str:
    """Return who announced a dissent, by full titles."""
    titles = {seat.person: seat_title(seat) for seat in seats}
    return ", ".join(titles.get(one.person, one.person) for one in announced)
