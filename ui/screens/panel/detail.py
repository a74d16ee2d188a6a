# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""One item at the panel's table: the range, the points that differ, the comments, and the settlement."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal

from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.domain.consensus import outside_range
from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.domain.documents import MissingSeat, Seat
from pmqa_desktop.domain.scoring import ItemScore, score_item
from pmqa_desktop.errors import Expected
from pmqa_desktop.pictures.seats import Mark
from pmqa_desktop.services.evaluation.attachments import ReceivedFile
from pmqa_desktop.services.panel import PanelItem
from pmqa_desktop.text import _, pick
from ui.errors import worded
from ui.models.numbers import score_text, seat_label, seat_title
from ui.screens.panel.answers import AnswerTable, answer_table
from ui.screens.panel.comments import CommentsPane
from ui.screens.panel.settling import SettleBar
from ui.screens.received_files import ReceivedFiles
from ui.widgets.boxes import Box, Scroll
from ui.widgets.labels import WrapLabel
from ui.widgets.range_picture import RangePicture

DRAFT_PAUSE_MS = 1000
TIGHT = 800


class DetailPane(Box):
    """Shows one item and tells what the chair did with it; it never writes itself."""

    settle_asked = Signal(str, object, str)
    draft_changed = Signal(str, object, str)
    reopen_asked = Signal(str)
    adopt_asked = Signal(str, object)
    merged_changed = Signal(str, object)
    dissent_noted = Signal(str, str)

    def __init__(self, criteria: FrozenCriteria, seats: Sequence[Seat], chair: str) -> None:
        """Build the pane for one agency's panel."""
        super().__init__("plain", gap=0)
        self.criteria, self.seats, self.chair = criteria, tuple(seats), chair
        self.given: PanelItem | None = None
        self.table: AnswerTable | None = None
        self.title = WrapLabel("", "lead", 600)
        self.title.setObjectName("item-title")
        self.picture = RangePicture()
        self.picture.setObjectName("range")
        self._table_room = Box(gap=0)
        self.comments = CommentsPane(chair)
        self.comments.adopted.connect(lambda comment: self.adopt_asked.emit(self.item(), comment))
        self.comments.merged_changed.connect(lambda merged: self.merged_changed.emit(self.item(), merged))
        inside = Box(margins=(18, 6, 18, 8), gap=4)
        self._received: tuple[ReceivedFile, ...] = ()
        names = {seat.seat: seat_title(seat) for seat in self.seats}
        self.files = ReceivedFiles(_("Files attached to this item"), lambda seat: names.get(seat, seat))
        inside.add(self.title, self.picture, self._table_room, self.comments, self.files)
        inside.body.addStretch(1)
        self.pane = Scroll(inside, "detail-scroll")
        self.settling = SettleBar(criteria, seats, chair)
        self.settling.save_asked.connect(self.save)
        self.settling.reopen_asked.connect(lambda: self.reopen_asked.emit(self.item()))
        self.settling.dissent.noted.connect(self.dissent_noted)
        self.settling.edited.connect(self._edited)
        self._inside = inside
        self.add(self.pane, stretch=1)
        self.add(self.settling)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(DRAFT_PAUSE_MS)
        self._pause.timeout.connect(self._tell_draft)

    def reflow(self, em_width: int) -> None:
        """Let the settlement scroll with the item where large text leaves no room for both."""
        room: Box = self._inside if em_width < TIGHT else self
        if self.settling.parentWidget() is not room:
            room.add(self.settling)

    def show_files(self, received: tuple[ReceivedFile, ...]) -> None:
        """Show which files came with the members' sheets; each stands at its items."""
        self._received = received
        self.files.show_files([one for one in received if self.item() in one.items])

    def item(self) -> str:
        """Return the code of the item shown, or nothing."""
        return self.given.item if self.given is not None else ""

    def show_item(self, given: PanelItem) -> None:
        """Show an item: what is settled, else what was typed before, else the proposal."""
        same = self.given is not None and self.given.item == given.item
        self.given = given
        item = self.criteria.edition.item(given.item)
        self.title.set_text(f"{item.code}  {pick(item.title_th, item.title_en)}")
        self._show_range(given)
        start = given.draft or given.settled
        answer = start.answer if start is not None else given.proposal
        self._table_room.clear()
        self.table = answer_table(self.criteria, self.seats, self.chair, given, answer)
        self.table.changed.connect(self._edited)
        self._table_room.add(self.table)
        self.comments.show_item(self.seats, given)
        self.show_files(self._received)
        self.settling.show_state(
            best=item.max_score, settled=given.settled is not None, reason=start.reason if start is not None else ""
        )
        self._show_score()
        if not same:
            self.pane.verticalScrollBar().setValue(0)

    def refresh_comments(self, given: PanelItem) -> None:
        """Show changed feedback texts of the same item and leave the answer alone."""
        self.given = given
        self.comments.show_item(self.seats, given)

    def show_announced(self, announced: Sequence[MissingSeat]) -> None:
        """Show dissents that members announced."""
        self.settling.dissent.show_announced(announced)

    def answer(self) -> Answer:
        """Return the answer in the consensus column."""
        if self.table is None:
            return Answer()
        if not self.table.applies():
            return Answer(state="not_applicable", reason=self.reason())
        return self.table.answer()

    def reason(self) -> str:
        """Return the reason as typed."""
        return self.settling.reason.toPlainText().strip()

    def save(self) -> None:
        """Ask to keep the answer; say what is missing instead where something is."""
        if self.given is None:
            return
        self._pause.stop()
        score, trouble = self._score()
        need = self._need(score)
        if trouble or score is None or score.state == "missing":
            self.settling.show_trouble(trouble or _("A result is missing: fill in every indicator first."))
        elif need and not self.reason():
            self.settling.show_trouble(_("Write the reason first: {why}.").format(why=need))
            self.settling.reason.setFocus()
        else:
            self.settling.show_trouble("")
            self.settle_asked.emit(self.given.item, self.answer(), self.reason())

    def flush(self) -> None:
        """Hand over at once what was typed and not told yet."""
        if self._pause.isActive():
            self._pause.stop()
            self._tell_draft()
        merged = self.comments.pending()
        if merged is not None:
            self.merged_changed.emit(self.item(), merged)

    def _edited(self) -> None:
        self._show_score()
        self.settling.show_trouble("")
        self._pause.start()

    def _tell_draft(self) -> None:
        if self.given is not None:
            self.draft_changed.emit(self.given.item, self.answer(), self.reason())

    def _score(self) -> tuple[ItemScore | None, str]:
        if self.table is not None and not self.table.applies():
            return ItemScore(self.item(), "not_applicable"), ""
        try:
            return score_item(self.criteria, self.item(), self.answer()), ""
        except Expected as error:
            return None, worded(error)

    def _need(self, score: ItemScore | None) -> str:
        """Return why a reason is needed, or nothing."""
        if self.given is None:
            return ""
        if score is not None and score.state == "not_applicable":
            return _("needed, because the item is told not applicable")
        if self.given.reason_needed:
            return _("needed, because opinions differ beyond the tolerance")
        if score is not None and outside_range(self.criteria, self.item(), self.given.answers, self.answer()):
            return _("needed, because the consensus lies outside the seats' scores")
        return ""

    def _show_score(self) -> None:
        score, trouble = self._score()
        if self.table is not None:
            self.table.show_score(score)
        self.settling.show_score(score, self._need(score))
        if trouble:
            self.settling.show_trouble(trouble)

    def _show_range(self, given: PanelItem) -> None:
        item = self.criteria.edition.item(given.item)
        marks = [
            Mark(number, seat_label(seat, self.chair), score / item.max_score)
            for number, (seat, score) in enumerate(zip(self.seats, given.scores, strict=True))
            if score is not None
        ]
        posts = [level.cumulative for level in self.criteria.edition.levels if level.cumulative < item.max_score]
        told = [
            f"{seat_title(seat)} {score_text(score, self.criteria) or '–'}"
            for seat, score in zip(self.seats, given.scores, strict=True)
        ]
        said = _("Scores between 0 and {best}: {told}").format(best=item.max_score, told=", ".join(told))
        self.picture.show_marks(marks, item.max_score, posts if item.kind != "band" else [], said)
