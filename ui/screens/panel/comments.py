# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The members' comments on one item by kind, and the feedback texts that the panel makes of them."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from pmqa_desktop.domain.answers import COMMENT_KINDS, CommentKind
from pmqa_desktop.domain.documents import MergedComment, Seat
from pmqa_desktop.services.panel import PanelComment, PanelItem
from pmqa_desktop.text import N_, _
from ui import theme
from ui.models.numbers import seat_label, seat_title
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button, Segments
from ui.widgets.inputs import Writing
from ui.widgets.labels import IconLabel, Label, WrapLabel
from ui.widgets.lengths import LengthWarning

KIND_TITLES: dict[CommentKind, str] = {
    "strength": N_("Strengths"),
    "ofi": N_("Opportunities for improvement"),
    "recommendation": N_("Recommendations"),
    "site_visit_issue": N_("Site-visit issues"),
}
_PER_ROW = 4


class CommentCard(Box):
    """One seat's texts of one kind, each with a button that takes it into the feedback."""

    adopted = Signal(object)

    def __init__(self, number: int, seat: Seat, chair: str, comments: Sequence[PanelComment]) -> None:
        """Show `comments`; number and seat make the object names."""
        super().__init__("sunk", margins=(10, 5, 10, 7), gap=1)
        name = seat_label(seat, chair)
        if not comments:
            self.add(Label(name, "micro", 600, "text2"), Label(_("(nothing given)"), "small", 400, "text2"))
        for place, comment in enumerate(comments):
            self._add(f"adopt-{number}-{place}", name, comment)
            name = ""
        self.body.addStretch(1)

    def _add(self, object_name: str, name: str, comment: PanelComment) -> None:
        who = Label(name, "micro", 600, "text2")
        if comment.adopted:
            end = row(IconLabel("check", "ok", 14), Label(_("in the feedback"), "micro", 400, "ok"), gap=3)
        else:
            said = _("Take this text of {who} into the feedback").format(who=seat_title(comment.seat))
            take = Button(_("Take over"), object_name, "quiet", said=said, size="tight")
            take.clicked.connect(lambda: self.adopted.emit(comment))
            end = row(take)
        line = row(who, None, end, gap=2)
        line.setFixedHeight(theme.px(26))
        self.add(line, WrapLabel(comment.text, "small"))


class MergedText(Box):
    """One feedback text: editable, with the seats it came from; an emptied text leaves the feedback."""

    edited = Signal()

    def __init__(self, number: int, comment: MergedComment, origin: str) -> None:
        """Show `comment`; `origin` tells where it came from."""
        super().__init__(gap=1)
        self.comment = comment
        words = _("Feedback text {number}").format(number=number + 1)
        self.writing = Writing(f"merged-{number}", words, comment.text)
        self.writing.setFixedHeight(theme.px(62))
        self.writing.left.connect(self._left)
        drop = Button(_("Remove"), f"merged-drop-{number}", "quiet", "cross", size="tight",
                      said=_("Remove feedback text {number}").format(number=number + 1))  # fmt: skip
        drop.clicked.connect(self._drop)
        line = row(Label(origin, "micro", 400, "text2"), None, drop)
        line.setFixedHeight(theme.px(26))
        self.add(self.writing, LengthWarning(self.writing), line)

    def value(self) -> MergedComment | None:
        """Return the text as it stands, None where it was emptied."""
        text = self.writing.toPlainText().strip()
        return msgspec.structs.replace(self.comment, text=text) if text else None

    def _left(self) -> None:
        if self.writing.toPlainText().strip() != self.comment.text:
            self.edited.emit()

    def _drop(self) -> None:
        self.writing.setPlainText("")
        self.edited.emit()


class CommentsPane(Box):
    """Tabs by kind; below each the seats' cards, and the feedback texts of that kind."""

    adopted = Signal(object)
    merged_changed = Signal(object)

    def __init__(self, chair: str) -> None:
        """Start empty; `chair` is the person whose seat is called the chair's."""
        super().__init__(gap=4)
        self._chair = chair
        self._seats: tuple[Seat, ...] = ()
        self._given: PanelItem | None = None
        self._texts: list[MergedText] = []
        self._chosen: CommentKind | None = None
        self.tabs = Segments("comments", tuple(_(KIND_TITLES[kind]) for kind in COMMENT_KINDS), "", current=1)
        self.tabs.body.setContentsMargins(0, 0, 0, 0)
        self.tabs.chosen.connect(self._choose)
        self._room = Box(gap=6)
        self.add(self.tabs, self._room)

    def _choose(self, number: int) -> None:
        self._chosen = COMMENT_KINDS[number]
        self._fill()

    def kind(self) -> CommentKind:
        """Return the kind whose tab is open."""
        return COMMENT_KINDS[self.tabs.current()]

    def show_item(self, seats: Sequence[Seat], given: PanelItem) -> None:
        """Show the comments on another item, or on the same one after a change."""
        if self._given is None or self._given.item != given.item:
            self.tabs.turn_to(self._first_kind(given))
        self._seats, self._given = tuple(seats), given
        for number, kind in enumerate(COMMENT_KINDS):
            count = sum(comment.kind == kind for comment in given.comments)
            self.tabs.set_text(number, f"{_(KIND_TITLES[kind])} {count}")
        self._fill()

    def _first_kind(self, given: PanelItem) -> int:
        """Return the tab an item opens at: the one a person chose where it has texts, else the first that has some."""
        written = {one.kind for one in given.comments} | {one.kind for one in given.merged}
        if self._chosen is not None and (self._chosen in written or not written):
            return COMMENT_KINDS.index(self._chosen)
        return next((number for number, kind in enumerate(COMMENT_KINDS) if kind in written), self.tabs.current())

    def pending(self) -> tuple[MergedComment, ...] | None:
        """Return all feedback texts of the item where one on screen differs from what is kept, else None."""
        if self._given is None:
            return None
        values = self._values()
        return values if values != self._given.merged else None

    def _fill(self) -> None:
        if self._given is None:
            return
        given, kind = self._given, self.kind()
        self._room.clear()
        cards = QGridLayout()
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(theme.px(8))
        for number, seat in enumerate(self._seats):
            texts = [c for c in given.comments if c.kind == kind and c.seat.seat == seat.seat]
            card = CommentCard(number, seat, self._chair, texts)
            card.adopted.connect(self.adopted)
            cards.addWidget(card, number // _PER_ROW, number % _PER_ROW)
        for column in range(min(len(self._seats), _PER_ROW)):
            cards.setColumnStretch(column, 1)
        holder = Box()
        holder.body.addLayout(cards)
        self._room.add(holder)
        self._fill_merged(given, kind)

    def _fill_merged(self, given: PanelItem, kind: CommentKind) -> None:
        said = _("Write a feedback text of the panel's own")
        own = Button(_("Write one"), "merged-new", "quiet", "plus", said=said, size="tight")
        own.clicked.connect(self._write_one)
        count = sum(comment.kind == kind for comment in given.merged)
        words = _("Text for the feedback report ({count})").format(count=count)
        line = row(Label(words, "small", 600, "primary"), None, own)
        line.setFixedHeight(theme.px(30))
        self._room.add(line)
        self._texts = []
        for number, comment in enumerate(one for one in given.merged if one.kind == kind):
            self._add_text(number, comment)

    def _add_text(self, number: int, comment: MergedComment) -> MergedText:
        text = MergedText(number, comment, self._origin(comment))
        text.edited.connect(self._tell_merged)
        self._texts.append(text)
        self._room.add(text)
        return text

    def _origin(self, comment: MergedComment) -> str:
        if not comment.origin or self._given is None:
            return _("Written by the panel")
        seats = {one.sheet: seat_label(one.seat, self._chair) for one in self._given.comments}
        names = ", ".join(seats.get(sheet, "…") for sheet in comment.origin)
        return _("From {seats}; the agency never sees from whom").format(seats=names)

    def _write_one(self) -> None:
        if self._given is None:
            return
        text = self._add_text(len(self._texts), MergedComment(item=self._given.item, kind=self.kind(), text=""))
        text.writing.setFocus(Qt.FocusReason.OtherFocusReason)

    def _values(self) -> tuple[MergedComment, ...]:
        """Return all texts of the item, those of the open kind as they stand on screen."""
        if self._given is None:
            return ()
        here = [value for text in self._texts if (value := text.value()) is not None]
        kind = self.kind()
        by_kind = {one: [c for c in self._given.merged if c.kind == one] for one in COMMENT_KINDS} | {kind: here}
        return tuple(comment for one in COMMENT_KINDS for comment in by_kind[one])

    def _tell_merged(self) -> None:
        self.merged_changed.emit(self._values())
