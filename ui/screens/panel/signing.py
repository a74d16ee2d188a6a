# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The chair's last step: what stands in the consensus, reasons for missing seats, signing, the file."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer, Signal

from pmqa_desktop.domain.documents import MissingSeat
from pmqa_desktop.domain.documents import Session as Record
from pmqa_desktop.services.exchange.service import ExchangeService
from pmqa_desktop.services.panel import PanelAgency, PanelOutlook, PanelService, PanelThemes
from pmqa_desktop.services.session import RoundInfo, chair_of
from pmqa_desktop.text import _, current_language
from pmqa_desktop.thai import format_date
from ui.dialogs.choosing import Chooser
from ui.models.numbers import agency_name, level_title, seat_label, seat_title, total_text
from ui.screens.base import Screen
from ui.screens.sign_card import SignCard
from ui.screens.signed_writing import SignedWriting
from ui.tasks import TaskRunner
from ui.widgets.boxes import Box, Rule, Scroll, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Field, Writing
from ui.widgets.labels import IconLabel, Label, WrapLabel
from ui.widgets.lengths import LengthWarning
from ui.widgets.signs import state_row

WIDE = 1000


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the screen reads in one go."""

    entry: PanelAgency
    outlook: PanelOutlook
    announced: tuple[MissingSeat, ...]
    themes: PanelThemes


def day_text(text: str) -> str:
    """Write the day of an ISO moment in words; what is no date stays as it is."""
    try:
        return format_date(date.fromisoformat(text[:10]), current_language())
    except ValueError:
        return text


class ConsensusSignScreen(Screen):
    """Sign the consensus of one agency and write its file."""

    summary_asked = Signal(str)
    list_asked = Signal()
    themes_asked = Signal(str)

    def __init__(
        self,
        panel: PanelService,
        exchange: ExchangeService,
        seen: RoundInfo,
        tasks: TaskRunner,
        agency: str,
        *,
        chooser: Chooser | None = None,
    ) -> None:
        """Prepare the signing of `agency`."""
        title = agency_name(seen.agencies[agency])
        super().__init__("consensus-sign", title, _("Sign and export the consensus"), rehearsal=seen.rehearsal)
        self.agency, self._panel = agency, panel
        self._round = seen
        self._chair = chair_of(seen.panels[agency])
        self.reasons: dict[str, Field] = {}
        self.revision: Writing | None = None
        back = Button(_("Back to the summary"), "sign-back", "bar", "left")
        back.clicked.connect(lambda: self.summary_asked.emit(self.agency))
        self.bar_buttons = [back]
        self._left = Box("card", margins=(20, 14, 20, 14), gap=8)
        told = _("You sign as {title}. The file also carries the reveal.").format(title=_("chair of the panel"))
        self.card = SignCard(_("3  Sign and write the file"), told, _("Sign the consensus and write the file"),
                             chooser or Chooser())  # fmt: skip
        self.card.asked.connect(self._sign)
        self.card.done.connect(self.list_asked)
        self.card.ready = _("The file is ready for the members and the secretariat")
        self._writing = SignedWriting(
            self.card,
            tasks,
            lambda folder, sealed: exchange.export("consensus", self.agency, folder, sealed=sealed),
            self._show_card,
        )
        self._columns = Box("page", across=True, margins=(16, 14, 16, 14), gap=16)
        self._columns.add(self._left, stretch=5)
        self._columns.add(self.card, stretch=4)
        self._scrolled = Scroll(self._columns, "sign-scroll")
        self.add(self._scrolled, stretch=1)
        tasks.store(self._read, self._show, owner=self)

    def _read(self) -> _Seen:
        entry = next(one for one in self._panel.agencies() if one.agency.agency == self.agency)
        panel, agency = self._panel, self.agency
        return _Seen(entry, panel.outlook(agency), panel.announced(agency), panel.themes(agency))

    # ---- what is signed -------------------------------------------------------------------------

    def _show(self, seen: _Seen) -> None:
        outlook, criteria = seen.outlook, self._round.criteria
        self._left.clear()
        self._left.add(Label(_("1  What you sign"), "lead", 600))
        total = total_text(outlook.score.total, criteria)
        told = f"{total} / {criteria.edition.max_score}"
        level = level_title(outlook.score.level, criteria) if criteria.edition.levels else ""
        self._left.add(row(Label(told, "num", 700), Label(level, "body", 600), None, gap=12))
        have, need = outlook.quorum
        count = len(criteria.edition.items)
        self._left.add(
            self._state(not outlook.unsettled, _("{settled} of {all} items settled").format(
                settled=count - len(outlook.unsettled), all=count)),
            self._state(have >= need, _("Quorum: {have} sheets, {need} needed").format(have=have, need=need)),
        )  # fmt: skip
        self._show_record(self._round.agencies[self.agency].session)
        self._show_themes(seen.themes)
        if seen.announced:
            names = {seat.person: seat_label(seat, self._chair) for seat in self._round.panels[self.agency].seats}
            for one in seen.announced:
                text = _("{seat} announces a dissent: {words}").format(
                    seat=names.get(one.person, one.person), words=one.reason
                )
                line = row(IconLabel("flag", "held", 18), gap=6)
                line.add(WrapLabel(text, "small"), stretch=1)
                self._left.add(line)
        self._left.add(4, Rule(), 4, Label(_("2  Seats and reasons"), "lead", 600))
        self._show_seats(seen)
        if seen.entry.consensus_seq:
            self._show_revision(seen.entry.consensus_seq)
        self._left.add(None)
        ready = not outlook.unsettled and have >= need
        self.card.go.setEnabled(ready)
        self.card.passphrase.field.setFocus()
        if not ready:
            self.card.show_trouble(_("Not everything is settled: go back to the summary."))
            self.card.go.setEnabled(False)

    def _state(self, good: bool, words: str) -> Box:
        return state_row("ok" if good else "warn", words, "ok" if good else "warn", "body", 600)

    def _show_record(self, record: Record | None) -> None:
        if record is None:
            return
        words = _("Record of the evaluation: {date}, {place}").format(
            date=day_text(record.date), place=record.venue_th or record.platform or "–"
        )
        self._left.add(WrapLabel(words, "small", 400, "text2"))

    def _show_themes(self, themes: PanelThemes) -> None:
        """Say how many key themes the feedback report gets; they are no condition."""
        words = _("Key themes: {count} written").format(count=themes.count) if themes.count else _("No key themes yet")
        write = Button(_("Write key themes"), "sign-themes", "quiet", "pen")
        write.clicked.connect(lambda: self.themes_asked.emit(self.agency))
        icon = "ok" if themes.count else "info"
        self._left.add(row(state_row(icon, words, "ok" if themes.count else "info", "body", 600), None, write))

    def _show_seats(self, seen: _Seen) -> None:
        missing = {seat.person for seat in seen.outlook.missing}
        self.reasons = {}
        for entry in seen.entry.seats:
            if entry.seat.person not in missing:
                done = (
                    _("recused")
                    if entry.state == "recused"
                    else _("signed sheet, revision {number}").format(number=entry.seq)
                )
                icon, ink = ("dash", "text2") if entry.state == "recused" else ("ok", "ok")
                line = row(IconLabel(icon, ink, 18), Label(seat_title(entry.seat), "body"), None)
                self._left.add(line.add(Label(done, "small", 400, "text2")))
                continue
            title = seat_title(entry.seat)
            field = Field(f"missing-{entry.seat.person}", _(
                "Why the consensus does without {title}"
            ).format(title=title), "",
                          _("why the consensus does without this seat"))  # fmt: skip
            field.set_need(True)
            field.textChanged.connect(lambda text, one=field: one.set_need(not text.strip()))
            self.reasons[entry.seat.person] = field
            self._left.add(row(IconLabel("warn", "warn", 18), Label(title, "body", 600),
                               Label(_("missing"), "small", 600, "warn"), None), field)  # fmt: skip

    def _show_revision(self, seq: int) -> None:
        words = _("Reason for revision {number}").format(number=seq + 1)
        self.revision = Writing("revision-reason", words)
        self.revision.setFixedHeight(self.fontMetrics().height() * 3)
        self.revision.set_need(True)
        self.revision.textChanged.connect(self._mark_revision)
        self._left.add(Label(words, "body", 600), self.revision, LengthWarning(self.revision))

    def _mark_revision(self) -> None:
        if self.revision is not None:
            self.revision.set_need(not self.revision.toPlainText().strip())

    def fill_passphrase(self, passphrase: str) -> None:
        """Type the passphrase of a practice round."""
        self.card.passphrase.field.setText(passphrase)

    # ---- signing --------------------------------------------------------------------------------

    def _sign(self, passphrase: str, folder: Path, sealed: bool) -> None:
        reasons = {person: field.text().strip() for person, field in self.reasons.items()}
        revision = self.revision.toPlainText().strip() if self.revision is not None else ""
        if any(not text for text in reasons.values()):
            self.card.show_trouble(_("Say for every missing seat why the consensus does without it."))
            return
        if self.revision is not None and not revision:
            self.card.show_trouble(_("Write the reason for the new revision."))
            return

        self._writing.begin(
            lambda: self._panel.sign(self.agency, passphrase, missing_reasons=reasons, reason=revision),
            folder,
            sealed,
        )

    def _show_card(self) -> None:
        """Bring the card into view once its new content has its size."""
        QTimer.singleShot(0, self.card, lambda: self._scrolled.ensureWidgetVisible(self.card, 0, 0))

    def reflow(self, em_width: int) -> None:
        """Put both cards below each other where the window is narrow."""
        direction = self._columns.body.Direction
        self._columns.body.setDirection(direction.LeftToRight if em_width >= WIDE else direction.TopToBottom)
