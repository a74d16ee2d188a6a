# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The secretariat's board as a table model: agencies by seats, with the consensus and how much is complete."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt

from pmqa_desktop.domain.board import Board, BoardCell, BoardRow
from pmqa_desktop.services.session import RoundInfo, chair_of
from pmqa_desktop.text import N_, _
from ui.models.numbers import agency_name, seat_label, seat_title

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole
STATE_ROLE = Qt.ItemDataRole.UserRole + 1
ShownState = Literal["received", "recused", "awaited", "late", "held", "conflict", "stale", "not-due", ""]
NEEDS_ACTION: frozenset[str] = frozenset({"late", "held", "conflict", "stale"})
COUNTED: tuple[ShownState, ...] = ("received", "recused", "awaited", "late", "held", "conflict", "stale", "not-due")


class Show(IntEnum):
    """Which agencies the board shows: the tabs above it."""

    ALL = 0
    NEEDS_ACTION = 1
    COMPLETE = 2


@dataclass(frozen=True, slots=True)
class Look:
    """How a state looks on the board: icon, word (a message id), ink; `boxed` states stand out in a tint."""

    icon: str
    word: str
    ink: str
    boxed: bool = False


LOOKS: dict[ShownState, Look] = {
    "received": Look("ok", N_("received"), "ok"),
    "recused": Look("dash", N_("recused"), "text2"),
    "awaited": Look("none", N_("awaited"), "text2"),
    "late": Look("warn", N_("overdue"), "warn", boxed=True),
    "held": Look("held", N_("held"), "held", boxed=True),
    "conflict": Look("swap", N_("conflict"), "err", boxed=True),
    "stale": Look("history", N_("out of date"), "warn", boxed=True),
    "not-due": Look("", N_("not due yet"), "text2"),
}


class BoardModel(QAbstractTableModel):
    """Rows of a `Board`; columns are agency, one per seat, consensus, complete."""

    def __init__(self, seen: RoundInfo, today: Callable[[], date]) -> None:
        """Start empty; a rehearsal has no overdue work, `today` decides it in a live round."""
        super().__init__()
        self._seen = seen
        self._today = today
        self._board = Board()
        self._seats = max((len(panel.seats) for panel in seen.panels.values()), default=0)

    def show(self, board: Board) -> None:
        """Show another state."""
        same = [row.agency for row in board.rows] == [row.agency for row in self._board.rows]
        if same and board.rows:
            self._board = board
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self._board = board
        self.endResetModel()

    @property
    def board(self) -> Board:
        """Return what is shown."""
        return self._board

    @property
    def consensus_column(self) -> int:
        """Return the number of the consensus' column; the count follows it."""
        return self._seats + 1

    def counts(self) -> dict[ShownState, int]:
        """Return how many cells stand in each state."""
        counts: dict[ShownState, int] = dict.fromkeys(COUNTED, 0)
        for row in self._board.rows:
            for cell in (*row.seats, row.consensus):
                counts[self.state(row, cell)] += 1
        return counts

    def state(self, row: BoardRow, cell: BoardCell) -> ShownState:
        """Return the state to show: awaited work is split into not due yet, awaited and overdue."""
        if cell.state != "awaited":
            return cell.state
        if cell.kind == "consensus" and not all(seat.received for seat in row.seats):
            return "not-due"
        return "late" if self._overdue(cell.kind) else "awaited"

    def _overdue(self, kind: str) -> bool:
        if self._seen.rehearsal:
            return False
        due = next((one.date for one in self._seen.roster.due if one.what == kind), "")
        return bool(due) and self._today().isoformat() > due

    def complete(self, row: BoardRow) -> bool:
        """Tell whether everything of an agency is here, undisputed and up to date."""
        return all(cell.received for cell in row.seats) and row.consensus.state == "received"

    def needs_action(self, row: BoardRow) -> bool:
        """Tell whether somebody has to do something about an agency beyond waiting."""
        return any(self.state(row, cell) in NEEDS_ACTION for cell in (*row.seats, row.consensus))

    def cell(self, row: BoardRow, column: int) -> BoardCell | None:
        """Return the cell in a column, None for the agency's name, the count, and seats it does not have."""
        if column == self.consensus_column:
            return row.consensus
        return row.seats[column - 1] if 0 < column <= len(row.seats) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of agencies."""
        return 0 if parent.isValid() else len(self._board.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return agency, seats, consensus and count."""
        return 0 if parent.isValid() else self._seats + 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the columns' words; seats by name where all panels call them alike."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._align(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == 0:
            return _("Agency")
        if section <= self._seats:
            names = {seat_label(panel.seats[section - 1], chair_of(panel)) for panel in self._seen.panels.values()
                     if len(panel.seats) >= section}  # fmt: skip
            return names.pop() if len(names) == 1 else _("Seat {number}").format(number=section)
        return _("Panel consensus") if section == self.consensus_column else _("Complete")

    def _align(self, column: int) -> Any:
        middle = Qt.AlignmentFlag.AlignVCenter
        if column == 0:
            return Qt.AlignmentFlag.AlignLeft | middle
        return (
            Qt.AlignmentFlag.AlignRight if column > self.consensus_column else Qt.AlignmentFlag.AlignHCenter
        ) | middle

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the cell's words, its sentence for assistive software, its state, or the row itself."""
        if not index.isValid() or not 0 <= index.row() < len(self._board.rows):
            return None
        row, column = self._board.rows[index.row()], index.column()
        if role == ROW_ROLE:
            return row
        if role == STATE_ROLE:
            cell = self.cell(row, column)
            return self.state(row, cell) if cell is not None else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._sentence(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._align(column)
        return None

    def name(self, row: BoardRow) -> str:
        """Return the agency's name."""
        agency = self._seen.agencies.get(row.agency)
        return agency_name(agency) if agency else row.agency

    def search_text(self, row: BoardRow) -> str:
        """Return what the search looks in: all names and the id."""
        agency = self._seen.agencies.get(row.agency)
        names = [agency.name_th, agency.name_en, agency.short_th] if agency else []
        return " ".join([row.agency, *names]).casefold()

    def _text(self, row: BoardRow, column: int) -> str:
        if column == 0:
            return self.name(row)
        cell = self.cell(row, column)
        if cell is None:
            if column <= self._seats:
                return ""
            cells = (*row.seats, row.consensus)
            return f"{sum(one.received for one in cells)}/{len(cells)}"
        return self.words(row, cell)

    def words(self, row: BoardRow, cell: BoardCell) -> str:
        """Return a cell's state in words, with its revision where it is not the first."""
        state = self.state(row, cell)
        if state == "held" and cell.code == "parent-awaited" and cell.kind == "scoresheet" and cell.seq > 1:
            return _("waits for rev. {number}").format(number=cell.seq - 1)
        if state == "awaited" and cell.kind == "consensus":
            return _("consensus awaited")
        words = _(LOOKS[state].word)
        if state == "received" and cell.seq > 1:
            words += " " + _("rev. {number}").format(number=cell.seq)
        return words

    def _sentence(self, row: BoardRow, column: int) -> str:
        text = self._text(row, column)
        if column == 0:
            return text
        cell = self.cell(row, column)
        if cell is None:
            return _("{agency}: {count} complete").format(agency=self.name(row), count=text) if text else ""
        panel = self._seen.panels.get(row.agency)
        seat = next((s for s in panel.seats if s.seat == cell.seat), None) if panel else None
        who = seat_title(seat) if seat is not None else _("Panel consensus")
        return f"{self.name(row)}, {who}: {text}"


class BoardFilter(QSortFilterProxyModel):
    """The board by tab and by search."""

    def __init__(self, model: BoardModel) -> None:
        """Filter `model`."""
        super().__init__()
        self._model = model
        self._show = Show.ALL
        self._words = ""
        self.setSourceModel(model)

    def set_show(self, show: Show) -> None:
        """Show all, what needs action, or what is complete."""
        self.beginFilterChange()
        self._show = show
        self.endFilterChange()

    def set_words(self, words: str) -> None:
        """Show agencies in whose names all `words` occur."""
        self.beginFilterChange()
        self._words = words.casefold().strip()
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Tell whether a row is shown."""
        row = self._model.index(source_row, 0).data(ROW_ROLE)
        if row is None or not all(word in self._model.search_text(row) for word in self._words.split()):
            return False
        if self._show is Show.NEEDS_ACTION:
            return self._model.needs_action(row)
        return self._show is Show.ALL or self._model.complete(row)
