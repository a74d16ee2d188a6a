# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The sheets side by side, item by item, and the score they lead to."""

from typing import TYPE_CHECKING

from pmqa_desktop.domain.consensus import Comparison, agenda_key, compare, needs_talk, proposal
from pmqa_desktop.domain.documents import SettledItem
from pmqa_desktop.domain.scoring import score_sheet
from pmqa_desktop.services.panel.notes import Notes
from pmqa_desktop.services.panel.table import Table, answers_given, answers_of
from pmqa_desktop.services.panel.values import Matrix, MatrixRow, PanelComment, PanelItem, PanelOutlook
from pmqa_desktop.services.session import Session

if TYPE_CHECKING:
    from pmqa_desktop.domain.answers import Answer


class Comparing:
    """Compare what the seats answered, once the reveal is signed."""

    def __init__(self, session: Session, table: Table, notes: Notes) -> None:
        """Work in an open workspace."""
        self._session = session
        self._table = table
        self._notes = notes

    def matrix(self, agency: str) -> Matrix:
        """Return all items by seats, ordered by disagreement times weight."""
        self._table.let_look(agency)
        criteria = self._session.round().criteria
        sheets = self._table.sheets(agency)
        seats = self._table.scoring_seats(agency)
        settled = self._notes.settled(agency)
        rows = [
            self._row(compare(criteria, item.code, answers_given(sheets, seats, item.code)), settled.get(item.code))
            for item in criteria.edition.items
        ]
        rows.sort(key=lambda row: agenda_key(criteria, row.item, row.spread, row.over))
        return Matrix(seats, tuple(rows), len(settled), len(rows), self._table.quorum(agency))

    def _row(self, found: Comparison, settled: SettledItem | None) -> MatrixRow:
        return MatrixRow(
            item=found.item,
            scores=tuple(score.exact for score in found.scores),
            levels=tuple(score.level for score in found.scores),
            spread=found.spread,
            over=found.needs_talk,
            is_settled=settled is not None,
            settled=self._table.exact(found.item, settled.answer) if settled else None,
            reason=settled.reason if settled else "",
        )

    def item(self, agency: str, item: str) -> PanelItem:
        """Return everything on one item."""
        self._table.let_look(agency)
        criteria = self._session.round().criteria
        criteria.edition.item(item)
        sheets = self._table.sheets(agency)
        seats = self._table.scoring_seats(agency)
        given = answers_given(sheets, seats, item)
        merged = self._notes.merged(agency, item)
        used = {(comment.kind, origin, comment.text) for comment in merged for origin in comment.origin}
        comments = tuple(
            PanelComment(seat.person, seat, c.kind, c.text, digest, (c.kind, digest, c.text) in used)
            for seat in seats
            if seat.person in sheets
            for digest, sheet in [sheets[seat.person]]
            for c in sheet.body.comments
            if c.item == item
        )
        return PanelItem(
            item=item,
            answers=given,
            scores=tuple(None if answer is None else self._table.exact(item, answer) for answer in given),
            proposal=proposal(criteria, item, given),
            settled=self._notes.settled(agency).get(item),
            draft=self._notes.draft(agency, item),
            reason_needed=needs_talk(criteria, item, given),
            comments=comments,
            merged=merged,
        )

    def outlook(self, agency: str) -> PanelOutlook:
        """Return what the agency would get, with the open items as proposed."""
        self._table.let_look(agency)
        criteria = self._session.round().criteria
        settled = self._notes.settled(agency)
        sheets = self._table.sheets(agency)
        answers: dict[str, Answer] = {}
        for item in criteria.edition.items:
            given = [a for _, s in sheets.values() if (a := answers_of(s).get(item.code)) is not None]
            if item.code in settled:
                answers[item.code] = settled[item.code].answer
            elif given:
                answers[item.code] = proposal(criteria, item.code, given)
        unsettled = tuple(item.code for item in criteria.edition.items if item.code not in settled)
        return PanelOutlook(
            score=score_sheet(criteria, answers),
            provisional=bool(unsettled),
            unsettled=unsettled,
            quorum=self._table.quorum(agency),
            missing=self._table.missing(agency),
        )
