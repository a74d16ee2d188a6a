# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What stands against the chosen agency: held files, conflicts side by side, stale consensus, endorsements."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from pmqa_desktop.domain.board import Board, BoardCell, BoardRow, Conflict
from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.services.exchange.disputes import Dispute, Version
from pmqa_desktop.services.session import RoundInfo, chair_of
from pmqa_desktop.text import N_, _, current_language, pick
from pmqa_desktop.thai import format_date, format_time
from ui import theme
from ui.models.board import NEEDS_ACTION, BoardModel
from ui.models.numbers import agency_name, score_text, seat_label
from ui.screens.importing import KIND_WORDS, status_words
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.labels import IconLabel, Label, WrapLabel
from ui.widgets.signs import Banner, state_row

MOST_ITEMS = 4
WORDS_OF_DECLARATION: dict[str, str] = {
    "no_conflict": N_("no tie"),
    "tie_told": N_("a tie was told"),
    "recused": N_("recused"),
}


def moment(text: str) -> str:
    """Write a document's time as a person reads it; what is no time stays as it is."""
    try:
        at = datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone()
    except ValueError:
        return text
    language = current_language()
    return f"{format_date(at.date(), language, 'short')} {format_time(at, language)}"


class DisputePanel(Box):
    """Versions side by side with the differing items, and the one thing that can be done."""

    return_asked = Signal(object)

    def __init__(self, dispute: Dispute, conflict: Conflict, title: str, criteria: FrozenCriteria) -> None:
        """Show `dispute`; `title` names agency, seat and revision."""
        super().__init__("err", margins=(14, 7, 14, 9), gap=4)
        self.setObjectName("dispute")
        self._criteria = criteria
        self.add(
            row(IconLabel("swap", "err", 20), WrapLabel(_("Conflict: {title}").format(title=title), "body", 700, "err"))
        )
        count = len(dispute.items)
        if count:
            words = _(
                "{versions} validly signed versions differ in {count} items ({items}). Two computers may have "
                "been used."
            )
            told = words.format(versions=len(dispute.versions), count=count, items=self._named(dispute.items))
        else:
            told = _("{versions} validly signed versions of one revision differ in other things than scores.").format(
                versions=len(dispute.versions)
            )
        self.add(WrapLabel(told, "small"))
        self.add(self._table(dispute))
        self.add(
            WrapLabel(
                _("Until the owner signs one that replaces all, nothing of this place counts."), "small", 400, "text2"
            )
        )
        send = Button(_("Write the file for the owner"), "dispute-return", "primary", "usb")
        send.clicked.connect(lambda: self.return_asked.emit(conflict))
        self.add(row(send, None))

    @staticmethod
    def _named(items: Sequence[str]) -> str:
        more = len(items) - MOST_ITEMS
        return ", ".join(items[:MOST_ITEMS]) + (" …" if more > 0 else "")

    def _table(self, dispute: Dispute) -> Box:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(14))
        grid.setVerticalSpacing(0)
        items = dispute.items[:MOST_ITEMS]
        for column, words in enumerate(["", *items]):
            grid.addWidget(Label(words, "small", 600, "text2"), 0, column)
        for number, version in enumerate(dispute.versions):
            name = _("Version {letter}").format(letter="ABCDEFGH"[number % 8])
            cells = [name, *(score_text(version.scores.get(item), self._criteria) or "–" for item in items)]
            for column, words in enumerate(cells):
                grid.addWidget(Label(words, "small", 600 if column == 0 else 400), 2 * number + 1, column)
            # when and by which words stands below: beside the scores there is no room on a narrow board
            told = WrapLabel(self._told(version), "micro", 400, "text2")
            grid.addWidget(told, 2 * number + 2, 0, 1, len(items) + 2)
        grid.setColumnStretch(len(items) + 1, 1)
        holder = Box()
        holder.body.addLayout(grid)
        return holder

    @staticmethod
    def _told(version: Version) -> str:
        told = _("signed {time} · fingerprint begins with {group}").format(
            time=moment(version.made_at), group=version.fingerprint[0].split()[0]
        )
        return f"{_(WORDS_OF_DECLARATION.get(version.words, version.words))} · {told}" if version.words else told


class AgencyNotes(Box):
    """Everything about the chosen agency that asks for somebody, and how its panel endorsed."""

    dispute_wanted = Signal(object)

    def __init__(self, seen: RoundInfo, model: BoardModel) -> None:
        """Start without an agency."""
        super().__init__(gap=8)
        self.setObjectName("agency-notes")
        self._seen, self._model = seen, model

    def show_agency(self, board: Board, agency: str, dispute_place: Callable[[Conflict], Box]) -> None:
        """Show the notes on an agency; `dispute_place` gives the room that a conflict's versions come into."""
        self.clear()
        found = next((one for one in board.rows if one.agency == agency), None)
        if found is None:
            return
        name = self._seen.agencies[agency]
        self.add(Label(agency_name(name), "lead", 600))
        quiet = True
        for cell in (*found.seats, found.consensus):
            if self._model.state(found, cell) in NEEDS_ACTION or cell.late:
                quiet = False
                self._add_cell(found, cell, board, dispute_place)
        for other in board.conflicts:
            if len(other.slot) > 1 and other.slot[1] == agency and other.slot[0] not in ("scoresheet", "consensus"):
                quiet = False
                self.add(dispute_place(other))
        strays = [one for one in board.unexpected if one.agency == agency]
        for stray in strays:
            kind = _(KIND_WORDS.get(stray.kind, stray.kind))
            title = _("Not expected: {kind} of {person}").format(kind=kind, person=stray.person)
            self.add(Banner("info", title, status_words(stray.code), icon="lock"))
        self._add_endorsements(found)
        if quiet and not strays:
            self.add(state_row("ok", _("Nothing to do here beyond waiting."), "text2"))

    def title(self, cell: BoardCell) -> str:
        """Name agency, seat and revision of a cell."""
        panel, agency = self._seen.panels[cell.agency], self._seen.agencies[cell.agency]
        seat = next((s for s in panel.seats if s.seat == cell.seat), None)
        who = seat_label(seat, chair_of(panel)) if seat is not None else _("Panel consensus")
        return f"{pick(agency.short_th, agency.name_en)} · {who} · " + _("revision {number}").format(number=cell.seq)

    def title_of(self, dispute: Dispute) -> str:
        """Name agency, person and kind of a document that is no cell of the board, such as a declaration."""
        agency, panel = self._seen.agencies.get(dispute.agency), self._seen.panels.get(dispute.agency)
        seat = next((one for one in panel.seats if one.person == dispute.person), None) if panel is not None else None
        where = pick(agency.short_th, agency.name_en) if agency is not None else dispute.agency
        who = seat_label(seat, chair_of(panel)) if seat is not None and panel is not None else dispute.person
        return " · ".join(one for one in (where, who, _(KIND_WORDS.get(dispute.kind, dispute.kind))) if one)

    def _add_cell(
        self, found: BoardRow, cell: BoardCell, board: Board, dispute_place: Callable[[Conflict], Box]
    ) -> None:
        state = self._model.state(found, cell)
        if state == "conflict":
            slot = (cell.kind, cell.agency) + ((cell.person,) if cell.person else ())
            conflict = next((one for one in board.conflicts if one.slot == slot), None)
            if conflict is not None:
                self.add(dispute_place(conflict))
        elif state == "held":
            self.add(Banner("held", _("Held: {title}").format(title=self.title(cell)), status_words(cell.code)))
        elif state == "stale":
            told = _(
                "{came} sheets came since, {gone} of those it rests on no longer count. The chair clears it by "
                "signing a new revision."
            )
            text = told.format(came=len(cell.came), gone=len(cell.gone))
            self.add(Banner("warn", _("The consensus is out of date"), text, icon="history"))
        elif state == "late":
            title = _("Overdue: {title}").format(title=self.title(cell).rsplit(" · ", 1)[0])
            self.add(Banner("warn", title, _("The due date has passed. Ask the person for the file.")))
        if cell.late:
            title = _("Later than the reveal: {title}").format(title=self.title(cell))
            self.add(Banner("info", title, _("It counts, and reports say that it came after the panel compared.")))

    def _add_endorsements(self, found: BoardRow) -> None:
        asked = [cell.endorsement for cell in found.seats if cell.endorsement]
        if not asked:
            return
        given = sum(word != "awaited" for word in asked)
        words = _("Endorsed {given} of {asked}").format(given=given, asked=len(asked))
        self.add(state_row("ok" if given == len(asked) else "part", words, "text"))
        dissents = asked.count("dissents")
        if dissents:
            self.add(
                state_row(
                    "flag", _("{count} signed dissents: they stand in the minutes").format(count=dissents), "held"
                )
            )
