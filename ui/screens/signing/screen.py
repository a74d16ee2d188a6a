# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Read back, sign, write: all scores on one page, the remarks, then the key and the drive."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pmqa_desktop.domain.linting import Notice
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.evaluation.scoring import AgencyWork, ReadBack
from pmqa_desktop.services.exchange.service import Exported
from pmqa_desktop.services.session import RoundInfo, Signed, chair_of
from pmqa_desktop.text import _, pick
from ui import theme
from ui.dialogs.choosing import Chooser
from ui.drives import size_words
from ui.errors import worded
from ui.screens.base import Screen
from ui.screens.export_box import FolderChoice, WrittenBox
from ui.screens.signing.read_back import NoticeLine, NoticeList, ScoreTable
from ui.tasks import TaskRunner
from ui.widgets.boxes import Box, Rule, Scroll, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import MarkRow, Tick, Writing
from ui.widgets.labels import IconLabel, Label, WrapLabel
from ui.widgets.lengths import LengthWarning
from ui.widgets.passphrase_box import PassphraseBox
from ui.widgets.signs import Banner, Pill

WARNED_SHARE = 75
"""From this percentage of its largest size on, a sheet's size is told as a warning."""


@dataclass(frozen=True, slots=True)
class SignWork:
    """What the screen does to the store: answer remarks, sign with passphrase and reason, write into a folder."""

    keep: Callable[[str, tuple[Notice, ...]], datetime]
    sign: Callable[[str, str], Signed]
    write: Callable[[Path], Exported]
    clock: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Opened:
    """What is read back, and whose."""

    work: AgencyWork
    read: ReadBack
    next_agency: str
    """The name of the next agency to score; empty when there is none."""


class SigningScreen(Screen):
    """Sign and export one's sheet on one agency."""

    back_asked = Signal(str)
    next_asked = Signal()

    def __init__(self, opened: Opened, seen: RoundInfo, tasks: TaskRunner, work: SignWork,
                 chooser: Chooser | None = None) -> None:  # fmt: skip
        """Read `opened` back; `work` signs and writes on the store's thread."""
        agency, seat = opened.work.agency, opened.work.seat
        super().__init__(
            "signing-screen",
            pick(agency.name_th, agency.name_en),
            _("Sign and export the score sheet · {seat}").format(seat=pick(seat.title_th, seat.title_en)),
            rehearsal=seen.rehearsal,
        )
        self._opened, self._seen, self._tasks, self._do = opened, seen, tasks, work
        self._chooser = chooser or Chooser()
        self.signed_seq = opened.work.signed_seq
        judged = opened.work.seat.items or tuple(opened.read.score.items)
        self.unscored = tuple(code for code in judged if opened.read.score.items[code].state == "missing")
        self._fresh = not (opened.work.signed_seq and not opened.work.changed_since_signed)
        self._back = Button(_("Back to the sheet"), "back-to-sheet", "bar", "left")
        self._back.clicked.connect(lambda: self.back_asked.emit(""))
        self.bar_buttons = [self._back]
        self._columns: Box | None = None
        self._narrow: bool | None = None
        self.reason: Writing | None = None
        self.passphrase = PassphraseBox("signing-passphrase")
        self.folder = FolderChoice(self._chooser)
        self.sign_button = Button(_("Sign and write the file"), "sign-sheet", "primary", "pen", size="main")
        self.why = WrapLabel("", "small", 400, "text2")
        self._left = self._build_left()
        self._right = Box("card", margins=(20, 14, 20, 16), gap=10)
        self._fill_right()

    # ---- layout ---------------------------------------------------------------------------------

    def reflow(self, em_width: int) -> None:
        """Put both cards beside each other, or below each other where there is no room."""
        narrow = em_width < 1100
        if narrow == self._narrow:
            return
        self._narrow = narrow
        old = self._columns
        columns = Box(across=not narrow, margins=(16, 14, 16, 14), gap=16)
        if narrow:
            self._right.setMinimumWidth(0)
            self._right.setMaximumWidth(16_777_215)
            inside = Box(gap=16).add(self._left, self._right)
            columns.setContentsMargins(0, 0, 0, 0)
            columns.add(Scroll(inside, "signing-scroll"), stretch=1)
        else:
            self._right.setFixedWidth(theme.px(470))
            columns.add(self._left, stretch=1)
            columns.add(self._right)
        self._columns = columns
        self.add(columns, stretch=1)
        if old is not None:
            old.hide()
            old.deleteLater()

    def _build_left(self) -> Box:
        left = Box("card", margins=(18, 10, 18, 10), gap=5)
        self.locked = Pill("", "ok", "lock")
        hint = Label(_("press a score to go back to its item"), "small", 400, "text2")
        self._hint = hint
        left.add(row(Label(_("1  Read every score back"), "lead", 600), None, self.locked, hint))
        self.table = ScoreTable(self._opened.read, self._seen.criteria, self._opened.work.seat.items)
        self.table.item_asked.connect(self.back_asked)
        self.notices = NoticeList(self._opened.read)
        self.notices.item_asked.connect(self.back_asked)
        self.notices.keep_asked.connect(self._keep)
        left.add(self.table, Rule())
        left.add(self.notices, stretch=1)
        self.tick = Tick("read-all", "")
        words = _("I have read back the scores of all {n} items").format(n=self._opened.read.of)
        self.tick.setAccessibleName(words)
        self.tick.toggled.connect(self._check)
        left.add(Rule(), MarkRow(self.tick, words, weight=600))
        return left

    def _fill_right(self) -> None:
        self._right.clear()
        self._show_lock()
        if self._fresh:
            self._build_sign()
        else:
            self._build_write()

    def _show_lock(self) -> None:
        self.locked.setVisible(not self._fresh)
        self._hint.setVisible(self._fresh)
        self.locked.label.setText(_("Locked · revision {n}").format(n=self.signed_seq))
        self.tick.setEnabled(self._fresh)
        if not self._fresh:
            self.tick.setChecked(True)
            self.notices.lock()

    # ---- before signing -------------------------------------------------------------------------

    def _build_sign(self) -> None:
        opened = self._opened
        seat = opened.work.seat
        right = self._right
        right.add(Label(_("3  Sign and write to the drive"), "lead", 600))
        as_whom = _("You sign as {seat} (seat {code})").format(seat=pick(seat.title_th, seat.title_en), code=seat.seat)
        right.add(WrapLabel(as_whom, "small", 400, "text2"))
        if self.signed_seq:
            self.reason = Writing("revision-reason", _("Reason for revision {n}").format(n=self.signed_seq + 1))
            self.reason.setFixedHeight(theme.px(64))
            self.reason.set_need(True)
            self.reason.textChanged.connect(self._check)
            right.add(Label(self.reason.accessibleName(), "body", 600), self.reason, LengthWarning(self.reason))
        self.passphrase.edited.connect(self._check)
        right.add(self.passphrase)
        right.add(Label(_("Write to"), "body", 600), self.folder, self._contents())
        self.sign_button.clicked.connect(self._sign)
        self.passphrase.entered.connect(self.sign_button.click)
        right.add(4, self.sign_button)
        right.add(self.why)
        right.body.addStretch(1)
        self._check()

    def _contents(self) -> Box:
        read = self._opened.read
        inside = _("In the file: {items} scores, {comments} comments, {pages} linked pages").format(
            items=read.scored, comments=read.comments, pages=read.evidence
        )
        outside = _("Not in the file: {n} private notes").format(n=read.notes)
        box = Box("sunk", margins=(14, 8, 14, 10), gap=2)
        warned = read.size * 100 >= read.limit * WARNED_SHARE
        size = _("Size {size} of at most {limit}").format(size=size_words(read.size), limit=size_words(read.limit))
        files: list[tuple[str, str, str]] = []
        if read.attached:
            full = read.attached_bytes * 100 >= read.attached_limit * WARNED_SHARE
            told = _("{n} files attached, {size} of at most {limit}").format(
                n=read.attached, size=size_words(read.attached_bytes), limit=size_words(read.attached_limit)
            )
            files = [("warn" if full else "link", "warn" if full else "text2", told)]
        for icon, ink, words in (
            ("ok", "ok", inside),
            *files,
            ("lock", "text2", outside),
            ("warn" if warned else "file", "warn" if warned else "text2", size),
        ):
            line = row(gap=8)
            line.add(IconLabel(icon, ink, 16), align=Qt.AlignmentFlag.AlignTop)
            line.add(WrapLabel(words, "small"), stretch=1)
            box.add(line)
        return box

    def _check(self) -> None:
        if not self._fresh:
            return
        lacks: list[str] = []
        if self.unscored:
            lacks.append(_("{n} items have no score").format(n=len(self.unscored)))
        if not self.tick.isChecked():
            lacks.append(_("the read-back is not confirmed"))
        if self.notices.open_count:
            lacks.append(_("{n} remarks are not answered").format(n=self.notices.open_count))
        if self.reason is not None:
            written = bool(self.reason.toPlainText().strip())
            self.reason.set_need(not written)
            lacks += [] if written else [_("the reason is not written")]
        if not self.passphrase.text():
            lacks.append(_("the passphrase is not entered"))
        self.sign_button.setEnabled(not lacks)
        after = _("After signing the scores are locked. To change them, open the next revision with a reason.")
        self.why.set_text(_("Not ready: {what}").format(what=", ".join(lacks)) if lacks else after)

    def _keep(self, line: NoticeLine) -> None:
        word = line.word.text().strip()
        self._check()
        self._tasks.store(
            lambda: self._do.keep(word, line.found), self.tell_saved, lambda error: self._not_kept(line, error), self
        )

    def _not_kept(self, line: NoticeLine, error: Exception) -> None:
        line.take_back()
        self.notices.show_count()
        self._check()
        self.why.set_text(worded(error))

    def _sign(self) -> None:
        reason = self.reason.toPlainText() if self.reason is not None else ""
        passphrase = self.passphrase.text()
        self.sign_button.setEnabled(False)
        self.sign_button.set_text(_("Signing…"))
        self._tasks.store(lambda: self._do.sign(passphrase, reason), self._on_signed, self._on_refused, self)

    def _on_refused(self, error: Exception) -> None:
        self.sign_button.set_text(_("Sign and write the file"))
        self.passphrase.show_trouble(worded(error))
        self._check()
        if isinstance(error, Expected) and error.code == "wrong-passphrase":
            self.passphrase.field.setFocus()
            self.passphrase.field.selectAll()

    def _on_signed(self, signed: Signed) -> None:
        folder = self.folder.folder
        self.signed_seq = signed.seq
        self._fresh = False
        self._fill_right()
        self.folder.set_folder(folder)
        self._write()

    # ---- after signing --------------------------------------------------------------------------

    def _build_write(self) -> None:
        right = self._right
        self.heading = Label(_("3  Write the signed file"), "lead", 600)
        self.folder = FolderChoice(self._chooser)
        self.write_button = Button(_("Write the file"), "write-file", "primary", "usb", size="main")
        self.write_button.clicked.connect(self._write)
        self.result = Box(gap=8)
        right.add(self.heading, self.folder, self.write_button, self.result)
        right.body.addStretch(1)
        following = self._opened.next_agency
        words, name = (_("Go on to the next agency"), "next-agency") if following else (_("To my work"), "to-my-work")
        self.next_button = Button(words, name, "", "right", tip=following)
        self.next_button.clicked.connect(self.next_asked)
        right.add(self.next_button)

    def _write(self) -> None:
        folder = self.folder.folder
        self.write_button.setEnabled(False)
        self.write_button.set_text(_("Writing…"))
        self._tasks.store(lambda: self._do.write(folder), self._on_written, self._on_write_failed, self)

    def _on_written(self, exported: Exported) -> None:
        self._show_result(WrittenBox(exported, self._do.clock()))
        agency, person = self._opened.work.agency.agency, self._opened.work.seat.person
        chair = chair_of(self._seen.panels[agency]) == person
        ready = _("3  The file is ready for the secretariat")
        self.heading.setText(ready if chair else _("3  The file is ready for the chair and the secretariat"))
        self.folder.hide()
        self.write_button.hide()
        again = Button(_("Write to another drive"), "write-again", "", "usb")
        again.clicked.connect(self._offer_again)
        self.result.add(row(again, None))
        # the signing fields are gone: without this the cursor would fall on the button that leads back
        self.next_button.setFocus()

    def _offer_again(self) -> None:
        self.folder.show()
        self.write_button.show()
        self.result.clear()
        self.write_button.setEnabled(True)
        self.write_button.set_text(_("Write the file"))

    def _on_write_failed(self, error: Exception) -> None:
        self.write_button.setEnabled(True)
        self.write_button.set_text(_("Write the file"))
        told = _("Your sheet is signed and kept on this laptop; only the file is missing.")
        self._show_result(Banner("err", _("The file was not written"), f"{worded(error)} {told}"))
        self.write_button.setFocus()

    def _show_result(self, widget: QWidget) -> None:
        self.result.clear()
        self.result.add(widget)

    def focus_first(self) -> None:
        """Begin at the first remark without an answer, else at the tick of the read-back; signed, at the writing."""
        if not self._fresh:
            self.write_button.setFocus()
            return
        waiting = next((line.tick for line in self.notices.lines if not line.tick.isChecked()), self.tick)
        waiting.setFocus()

    def write_into(self, folder: Path) -> None:
        """Write the signed file into `folder` as the button would."""
        if not self._fresh:
            self.folder.set_folder(folder)
            self._write()

    def fill_passphrase(self, passphrase: str) -> None:
        """Fill the passphrase in: only a rehearsal does, whose passphrase is no secret."""
        if self._fresh:
            self.passphrase.field.setText(passphrase)
