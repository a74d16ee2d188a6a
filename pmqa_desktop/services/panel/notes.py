# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What the chair notes on the way to a consensus: one's own drafts, nothing of it signed."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from pmqa_desktop.domain.answers import WHOLE_AGENCY
from pmqa_desktop.domain.documents import MergedComment, MissingSeat, SettledItem
from pmqa_desktop.events import ConsensusDraftChanged
from pmqa_desktop.services.session import Session

AREA = "panel"


class Notes:
    """The chair's notes on an agency, kept among the drafts of the workspace."""

    def __init__(self, session: Session) -> None:
        """Keep notes in an open workspace."""
        self._session = session

    def settled(self, agency: str) -> dict[str, SettledItem]:
        """Return the settled items by code."""
        current = self._session.drafts.current(AREA, agency)
        return {
            item: msgspec.json.decode(value, type=SettledItem)
            for (item, name), value in current.items()
            if name == "settled"
        }

    def draft(self, agency: str, item: str) -> SettledItem | None:
        """Return what was typed about an item since it was settled or reopened last."""
        value = self._session.drafts.current(AREA, agency).get((item, "draft"))
        return msgspec.json.decode(value, type=SettledItem) if value else None

    def merged(self, agency: str, item: str) -> tuple[MergedComment, ...]:
        """Return the feedback texts of one item, or the key themes of the agency as a whole."""
        value = self._session.drafts.current(AREA, agency).get((item, "merged"))
        return msgspec.json.decode(value, type=tuple[MergedComment, ...]) if value else ()

    def feedback(self, agency: str) -> tuple[MergedComment, ...]:
        """Return the feedback texts of all items in the edition's order."""
        items = self._session.round().criteria.edition.items
        return tuple(one for item in items for one in self.merged(agency, item.code))

    def announced(self, agency: str) -> tuple[MissingSeat, ...]:
        """Return the dissents that members announced: person and words."""
        value = self._session.drafts.current(AREA, agency).get((WHOLE_AGENCY, "dissent"))
        return msgspec.json.decode(value, type=tuple[MissingSeat, ...]) if value else ()

    def keep(self, agency: str, item: str, name: str, value: object) -> datetime:
        """Note `value` as `name` of an item, or take it back when None; settling ends what was only typed."""
        now = self._session.clock()
        with self._session.store.write():
            self._session.drafts.set(AREA, agency, item, name, None if value is None else _json(value), now)
            if name == "settled" and self.draft(agency, item) is not None:
                self._session.drafts.set(AREA, agency, item, "draft", None, now)
        self._session.bus.publish(ConsensusDraftChanged(agency=agency, items=(item,) if item else ()))
        return now

    def keep_settled(self, agency: str, items: Sequence[SettledItem]) -> None:
        """Note several settled items at once."""
        with self._session.store.write():
            for one in items:
                self._session.drafts.set(AREA, agency, one.item, "settled", _json(one), self._session.clock())
        self._session.bus.publish(ConsensusDraftChanged(agency=agency, items=tuple(one.item for one in items)))


def _json(value: object) -> str:
    return msgspec.json.encode(value, order="sorted").decode()
