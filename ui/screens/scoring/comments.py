# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The four kinds of words on an item: a list with one roomy editor, or all four open where there is room."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy

from pmqa_desktop.domain.answers import COMMENT_KINDS, CommentKind
from pmqa_desktop.domain.criteria import Item
from pmqa_desktop.services.evaluation.sheets import KIND_WORDS, parted
from pmqa_desktop.text import _
from ui import icons, theme
from ui.screens.scoring.desk import SheetDesk
from ui.screens.scoring.entries import cut_of_longest, moved
from ui.screens.scoring.writing import SheetWriting
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.labels import ElideLabel, IconLabel, Label
from ui.widgets.lengths import LengthWarning
from ui.widgets.signs import Pill


def is_needed(desk: SheetDesk, item: str, kind: CommentKind) -> bool:
    """Tell whether a field is empty although the round asks for a strength or an OFI."""
    score = desk.item_score(item)
    asked = desk.criteria.settings.comment_required and bool(score.exact) and kind in ("strength", "ofi")
    return asked and not desk.entries(item, "strength") and not desk.entries(item, "ofi")


_LOW, _LOW_GRID = 112, 118
"""How high a field is at 100 %, alone or as one of four, beside the criteria."""
_ANY_HEIGHT = 16777215


class KindRow(QAbstractButton):
    """One kind in the list: its name, and how many entries it has."""

    def __init__(self, kind: CommentKind) -> None:
        """Draw `kind`."""
        super().__init__()
        self.kind = kind
        self.setObjectName(f"comment-kind-{kind}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(28))
        self._entries, self._needed = 0, False

    def show_state(self, entries: int, *, needed: bool) -> None:
        """Show the count, or that the field is needed."""
        self._entries, self._needed = entries, needed
        state = _("missing") if needed else _("{n} entries").format(n=entries)
        self.setAccessibleName(f"{_(KIND_WORDS[self.kind])}, {state}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a row."""
        return QSize(theme.px(206), theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        painter.fillRect(self.rect(), theme.colour("soft" if on else "surface"))
        painter.fillRect(QRectF(0, 0, 4, self.height()), theme.colour("primary" if on else "line"))
        painter.setFont(theme.font("small", 600 if on else 400))
        painter.setPen(theme.colour("primary" if on else "text"))
        middle = Qt.AlignmentFlag.AlignVCenter
        area = QRectF(self.rect()).adjusted(theme.px(10), 0, -theme.px(8), 0)
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeft, _(KIND_WORDS[self.kind]))
        icon, ink, words = ("ok", "ok", str(self._entries)) if self._entries else ("none", "text2", "")
        if self._needed:
            icon, ink, words = "warn", "warn", ""
        painter.setFont(theme.font("micro", 600))
        painter.setPen(theme.colour("text2"))
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, words)
        place = QPointF(area.right() - theme.px(30), (self.height() - theme.px(15)) / 2)
        painter.drawPixmap(place, icons.pixmap(icon, ink, 15))
        if self.hasFocus():
            painter.setPen(theme.colour("focus"))
            for inset in (0, 1, 2):
                painter.drawRect(self.rect().adjusted(inset, inset, -inset - 1, -inset - 1))


class CommentEditor(Box):
    """The words of one item, in one of two layouts; both keep every keystroke on the desk.

    `pasted_clean` tells what a pasted text lost; `large_asked` asks for room to read and write a long text.
    """

    pasted_clean = Signal(object)
    large_asked = Signal()

    def __init__(self, desk: SheetDesk, item: Item, kind: CommentKind = "strength", *, grid: bool) -> None:
        """Show the words of `item`; `grid` opens all four, else `kind` is open first."""
        super().__init__(across=not grid, margins=0 if grid else (18, 7, 8, 7), gap=10 if grid else 6)
        self.setObjectName("comments")
        self._desk, self._item = desk, item
        self.kind: CommentKind = kind
        self.rows: dict[CommentKind, KindRow] = {}
        self.fields: dict[CommentKind, SheetWriting] = {}
        self.places: dict[CommentKind, Box] = {}
        self.warnings: dict[CommentKind, LengthWarning] = {}
        self._needs: dict[CommentKind, Pill] = {}
        self._counts: dict[CommentKind, Label] = {}
        self._low = theme.px(_LOW_GRID if grid else _LOW)
        self.large = Button("", "write-large", "quiet", size="tight")
        self.large.clicked.connect(self.large_asked)
        if grid:
            self._build_grid()
        else:
            self._build_list()
        self.set_large(on=False)
        self.refresh()

    def set_large(self, *, on: bool) -> None:
        """Let the fields take all the room that their place has, or a few lines."""
        for field in self.fields.values():
            field.setMinimumHeight(self._low)
            field.setMaximumHeight(_ANY_HEIGHT if on else self._low)
            field.ensureCursorVisible()
        words = _("Smaller (F4)") if on else _("Write large (F4)")
        self.large.set_text(words if self._needs else "")
        self.large.setAccessibleName(words)
        self.large.setToolTip(words)
        self.large.setIcon(icons.icon("down" if on else "up", "primary"))

    def _field(self, kind: CommentKind) -> SheetWriting:
        words = _(KIND_WORDS[kind])
        said = _("{kind}, item {item}").format(kind=words, item=self._item.code)
        field = SheetWriting(f"comment-{kind}", said, self._desk.comment(self._item.code, kind),
                        _("A blank line begins a new entry"))  # fmt: skip
        field.setReadOnly(not self._desk.judges(self._item.code))
        field.textChanged.connect(lambda: self._desk.set_comment(self._item.code, kind, field.toPlainText()))
        field.left.connect(self._desk.flush)
        field.act_ended.connect(self._desk.flush)
        field.move_asked.connect(lambda step: self._move(kind, step))
        field.pasted_clean.connect(self.pasted_clean)
        self.fields[kind] = field
        self.warnings[kind] = LengthWarning(field, parted, lambda: self._part(field))
        self.places[kind] = Box(gap=4).add(self.warnings[kind]).add(field, stretch=1)
        return field

    def _build_list(self) -> None:
        names = Box(gap=0)
        names.setFixedWidth(theme.px(210))
        for kind in COMMENT_KINDS:
            entry = KindRow(kind)
            entry.clicked.connect(lambda _on=False, kind=kind: self.open_kind(kind))
            self.rows[kind] = entry
            names.add(entry)
        names.body.addStretch(1)
        self.add(names)
        for kind in COMMENT_KINDS:
            self._field(kind)
            self.add(self.places[kind], stretch=1)
            self.places[kind].setVisible(kind == self.kind)
        self.rows[self.kind].setChecked(True)
        self.add(self.large, align=Qt.AlignmentFlag.AlignTop)

    def _build_grid(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(theme.px(14))
        self.body.addLayout(grid)
        for index, kind in enumerate(COMMENT_KINDS):
            box = Box(gap=2)
            self._needs[kind] = Pill(_("missing"), "warn", "warn")
            self._counts[kind] = Label("", "micro", 400, "text2")
            box.add(row(Label(_(KIND_WORDS[kind]), "body", 600), None, self._needs[kind], self._counts[kind]))
            self._field(kind)
            box.add(self.places[kind], stretch=1)
            grid.addWidget(box, index // 2, index % 2)
        self.add(row(None, self.large))

    def open_kind(self, kind: CommentKind) -> None:
        """Open one field and put the cursor there."""
        self.kind = kind
        for other, entry in self.rows.items():
            entry.setChecked(other == kind)
        if self.rows:
            for other, place in self.places.items():
                place.setVisible(other == kind)
        self.fields[kind].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Show states as they stand on the desk; a text only when it differs (after undo)."""
        code = self._item.code
        for kind in COMMENT_KINDS:
            entries, needed = self._desk.entries(code, kind), is_needed(self._desk, code, kind)
            if kind in self.rows:
                self.rows[kind].show_state(entries, needed=needed)
            else:
                self._needs[kind].setVisible(needed)
                self._counts[kind].setText(str(entries) if entries else "")
            field, text = self.fields[kind], self._desk.comment(code, kind)
            field.set_need(needed)
            field.show_text(text)

    def _part(self, field: SheetWriting) -> None:
        """Cut the longest entry of a field in two, as an act of its own; the cursor stands at the new one."""
        cut = cut_of_longest(field.toPlainText())
        if cut is not None and not field.isReadOnly():
            self._desk.flush()
            field.select(cut[0], cut[1] - cut[0])
            field.textCursor().insertText("\n\n")
            field.ensureCursorVisible()
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._desk.flush()

    def _move(self, kind: CommentKind, step: int) -> None:
        """Exchange the entry at the cursor with the one before or after it; the cursor goes with it."""
        field = self.fields[kind]
        if field.isReadOnly():
            return
        found = moved(field.toPlainText(), field.place(), step)
        if found is not None:
            texts, place = found
            self._desk.set_entries(self._item.code, {kind: texts})
            field.show_text(self._desk.comment(self._item.code, kind))
            field.select(place, 0)


class NotePaper(Box):
    """The private note: on dashed yellow paper with a lock, because it never leaves this laptop."""

    def __init__(self, desk: SheetDesk, item: Item, *, height: int = 56) -> None:
        """Show the note on `item`."""
        super().__init__("note", margins=(12, 5, 12, 7), gap=1)
        self.setObjectName("note-paper")
        self._desk, self._item = desk, item
        from_here = _("only here, never exported")
        words = Label(_("Private note"), "small", 600)
        self.hint = ElideLabel(from_here, "micro", 400, "text2")
        head = row(IconLabel("lock", "text", 16), words, gap=6)
        head.add(self.hint, stretch=1)
        self.add(head)
        said = _("Private note on item {item}, {hint}").format(item=item.code, hint=from_here)
        self.field = SheetWriting("private-note", said, desk.note(item.code), kind="note")
        self.field.setFixedHeight(theme.px(height))
        self.field.setReadOnly(not desk.judges(item.code))
        self.field.textChanged.connect(lambda: desk.set_note(item.code, self.field.toPlainText()))
        self.field.left.connect(desk.flush)
        self.field.act_ended.connect(desk.flush)
        self.add(self.field)

    def refresh(self) -> None:
        """Show the note as it stands on the desk."""
        self.field.show_text(self._desk.note(self._item.code))
