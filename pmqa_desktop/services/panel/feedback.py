# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The panel's words: feedback texts, key themes, and dissents that members announced."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pmqa_desktop.domain.answers import THEME_KINDS, WHOLE_AGENCY, CommentKind
from pmqa_desktop.domain.documents import MergedComment, MissingSeat
from pmqa_desktop.domain.plaintext import typed
from pmqa_desktop.services.panel.notes import Notes
from pmqa_desktop.services.panel.table import Table
from pmqa_desktop.services.panel.values import PanelThemes


class Feedback:
    """Gather the panel's words from the members' comments."""

    def __init__(self, table: Table, notes: Notes) -> None:
        """Work with what lies on the table and the chair's notes."""
        self._table = table
        self._notes = notes

    def adopt(self, agency: str, item: str, kind: CommentKind, text: str, origin: Sequence[str] = ()) -> datetime:
        """Take a text into the feedback, keeping the sheets it came from; adopting twice changes nothing."""
        self._table.let_decide(agency)
        entry = MergedComment(item, kind, typed(text).strip(), tuple(sorted(origin)))
        kept = self._notes.merged(agency, item)
        return self._notes.keep(agency, item, "merged", kept if entry in kept else (*kept, entry))

    def save_merged(self, agency: str, item: str, comments: Sequence[MergedComment]) -> datetime:
        """Replace the feedback texts of one item, in this order."""
        self._table.let_decide(agency)
        return self._notes.keep(agency, item, "merged", tuple(comments) or None)

    def themes(self, agency: str) -> PanelThemes:
        """Return the key themes: the chair's texts on the agency as a whole, for the feedback report."""
        self._table.let_look(agency)
        kept = self._notes.merged(agency, WHOLE_AGENCY)
        written = {kind: tuple(one.text for one in kept if one.kind == kind) for kind in THEME_KINDS}
        return PanelThemes(written, self._notes.feedback(agency))

    def save_themes(self, agency: str, themes: Mapping[CommentKind, Sequence[str]]) -> datetime:
        """Replace the key themes, in the order given; empty texts are left out."""
        self._table.let_decide(agency)
        texts = ((kind, typed(text).strip()) for kind in THEME_KINDS for text in themes.get(kind, ()))
        kept = tuple(MergedComment(WHOLE_AGENCY, kind, text) for kind, text in texts if text)
        return self._notes.keep(agency, WHOLE_AGENCY, "merged", kept or None)

    def announce_dissent(self, agency: str, person: str, text: str) -> datetime:
        """Note words that a member announced; only the member's endorsement makes them a dissent."""
        self._table.let_decide(agency)
        kept = [one for one in self._notes.announced(agency) if one.person != person]
        text = typed(text).strip()
        told = [*kept, MissingSeat(person, text)] if text else kept
        return self._notes.keep(agency, WHOLE_AGENCY, "dissent", told or None)

    def announced(self, agency: str) -> tuple[MissingSeat, ...]:
        """Return the dissents that members announced, as the chair noted them: person and words."""
        self._table.let_look(agency)
        return self._notes.announced(agency)
