# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The panel's answer to each item, as the chair notes it."""

from datetime import datetime

from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.domain.consensus import needs_reason
from pmqa_desktop.domain.documents import SettledItem
from pmqa_desktop.domain.plaintext import typed
from pmqa_desktop.domain.scoring import check_answer, ratio
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.panel.comparing import Comparing
from pmqa_desktop.services.panel.notes import Notes
from pmqa_desktop.services.panel.table import Table, answers_given
from pmqa_desktop.services.session import Session


class Settling:
    """Settle items, reopen them, keep what is not confirmed yet."""

    def __init__(self, session: Session, table: Table, notes: Notes, comparing: Comparing) -> None:
        """Work in an open workspace."""
        self._session = session
        self._table = table
        self._notes = notes
        self._comparing = comparing

    def settle(self, agency: str, item: str, answer: Answer, reason: str = "") -> datetime:
        """Keep the panel's answer to one item."""
        self._table.let_decide(agency)
        criteria = self._session.round().criteria
        check_answer(criteria, item, answer)
        reason = typed(reason).strip()
        given = answers_given(self._table.sheets(agency), self._table.scoring_seats(agency), item)
        if not reason and needs_reason(criteria, item, given, answer):
            raise Expected("reason-needed", what="consensus")
        return self._notes.keep(agency, item, "settled", self._settled(item, answer, reason))

    def keep_draft(self, agency: str, item: str, answer: Answer, reason: str) -> datetime:
        """Keep what the chair typed about an item before confirming it, so that nothing typed is ever lost."""
        self._table.let_decide(agency)
        return self._notes.keep(agency, item, "draft", SettledItem(item, answer, None, typed(reason)))

    def settle_agreed(self, agency: str) -> int:
        """Confirm the proposal of every open item on which the seats agree within tolerance; return how many."""
        self._table.let_decide(agency)
        todo = [row.item for row in self._comparing.matrix(agency).rows if not row.is_settled and not row.over]
        agreed = [self._settled(code, self._comparing.item(agency, code).proposal) for code in todo]
        self._notes.keep_settled(agency, agreed)
        return len(todo)

    def reopen(self, agency: str, item: str) -> datetime:
        """Take the settlement of one item back; its history stays."""
        self._table.let_decide(agency)
        return self._notes.keep(agency, item, "settled", None)

    def _settled(self, item: str, answer: Answer, reason: str = "") -> SettledItem:
        exact = self._table.exact(item, answer)
        return SettledItem(item, answer, None if exact is None else ratio(exact), reason)
