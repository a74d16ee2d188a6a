# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The left side: which report, on which agency and seat, in which language and digits."""

from typing import cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem

from pmqa_desktop.text import N_, Language, _, current_language
from pmqa_desktop.thai import Digits
from ui import theme
from ui.models.numbers import seat_title
from ui.screens.reports.offer import (
    NAMES,
    OF_AGENCY,
    OF_PANEL,
    OF_ROUND,
    TABLES,
    WITH_AGENCY,
    WITH_SEAT,
    Kind,
    Offer,
    Remembered,
    Wanted,
)
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Segments
from ui.widgets.inputs import Choices
from ui.widgets.labels import Label

_ROW = 32
_GROUPS = ((N_("On one agency"), OF_AGENCY), (N_("On the round"), OF_ROUND), (N_("Tables"), TABLES))
_ALONE = ((N_("On one agency"), OF_PANEL),)


class ReportList(QListWidget):
    """The reports by group; arrows move, headings are passed over. `currentItemChanged` tells the choice."""

    def __init__(self, *, alone: bool = False) -> None:
        """List all reports, or those of one agency `alone`; the first is chosen."""
        super().__init__()
        self.setObjectName("report-list")
        self.setAccessibleName(_("Reports"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        surface, focus, soft, text = (theme.colour(one).name() for one in ("surface", "focus", "soft", "text"))
        self.setStyleSheet(
            f"QListView {{ border: 2px solid {surface}; }} QListView:focus {{ border: 2px solid {focus}; }}"
            f"QListView::item {{ padding: 0 {theme.px(10)}px; border: 0; }}"
            f"QListView::item:selected {{ background: {soft}; color: {text}; font-weight: 600; }}"
        )
        for heading, reports in _ALONE if alone else _GROUPS:
            self._add_heading(_(heading))
            for kind, words in reports:
                line = QListWidgetItem(_(words))
                line.setData(Qt.ItemDataRole.UserRole, kind)
                line.setSizeHint(QSize(theme.px(120), theme.px(_ROW)))
                self.addItem(line)
        self.setMinimumHeight(theme.px(_ROW * 4))
        self.choose("feedback")

    def _add_heading(self, words: str) -> None:
        line = QListWidgetItem(words)
        line.setFlags(Qt.ItemFlag.NoItemFlags)
        line.setFont(theme.font("micro", 600))
        line.setForeground(theme.colour("text2"))
        line.setSizeHint(QSize(theme.px(120), theme.px(28)))
        self.addItem(line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chosen report in sight."""
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def chosen(self) -> Kind:
        """Return the report that is chosen."""
        line = self.currentItem()
        return cast("Kind", line.data(Qt.ItemDataRole.UserRole)) if self.currentRow() >= 0 else "feedback"

    def choose(self, report: str) -> None:
        """Choose a report; an unknown one changes nothing."""
        for number in range(self.count()):
            if self.item(number).data(Qt.ItemDataRole.UserRole) == report:
                self.setCurrentRow(number)


class ChoicePane(Box):
    """All choices that make a report; `changed` when one of them is another."""

    changed = Signal()

    def __init__(self, kept: Remembered, *, alone: bool = False) -> None:
        """Start with what was chosen last; agencies come with `show_offer`, one `alone` where a panel prints."""
        super().__init__("plain", margins=(14, 8, 14, 6), gap=6)
        self._offer = Offer(())
        self._language_chosen = bool(kept.language)
        self.list = ReportList(alone=alone)
        self.list.choose(kept.report)
        self.agency = Choices("report-agency", _("Agency"))
        self.seat = Choices("report-seat", _("Seat"))
        english = (kept.language or current_language()) == "en"
        self.language = Segments("preview-language", (_("Thai"), _("English")), "", current=int(english))
        self.digits = Segments("preview-digits", ("123", "๑๒๓"), "", current=int(kept.digits == "thai"))
        said = (_("Thai report"), _("English report")), (_("Digits 123"), _("Digits ๑๒๓"))
        for segments, names in zip((self.language, self.digits), said, strict=True):
            segments.body.setContentsMargins(0, 0, 0, 0)
            for button, name in zip(segments.buttons, names, strict=True):
                button.setAccessibleName(name)
                button.setToolTip(name)
        self._agency_row = row(Label(_("Agency"), "small", 600)).add(self.agency, stretch=1)
        self._seat_row = row(Label(_("Seat"), "small", 600)).add(self.seat, stretch=1)
        self.add(self.list, stretch=1)
        self.add(self._agency_row, self._seat_row, row(self.language, None, self.digits))
        self.list.currentItemChanged.connect(lambda _now, _before: self._choose_report())
        self.agency.activated.connect(lambda _index: self._choose_agency())
        self.seat.activated.connect(lambda _index: self.changed.emit())
        self.language.chosen.connect(lambda _index: self._choose_language())
        self.digits.chosen.connect(lambda _index: self.changed.emit())

    def show_offer(self, offer: Offer, agency: str = "", seat: str = "") -> None:
        """Offer the round's agencies; `agency` and `seat` are chosen where they are there."""
        self._offer = offer
        first = next((one.agency for one in offer.agencies if one.settled), "")
        self._fill(agency or first, seat)
        self.changed.emit()

    def _fill(self, agency: str, seat: str) -> None:
        report = self.list.chosen()
        self.agency.clear()
        if report == "fingerprint":
            self.agency.addItem(_("The round's first roster"), "")
            found = self._offer.of(agency)
            agency = agency if found is not None and found.settled else ""
        for one in self._offer.agencies:
            name = one.name if one.settled else _("{name} (not settled yet)").format(name=one.name)
            self.agency.addItem(name, one.agency)
        self.agency.setCurrentIndex(max(0, self.agency.findData(agency)))
        self._fill_seats(seat)
        self._agency_row.setVisible(report in WITH_AGENCY)
        self._seat_row.setVisible(report in WITH_SEAT)
        table = report in dict(TABLES)
        self.digits.setEnabled(not table and self.language.current() == 0)

    def _fill_seats(self, seat: str) -> None:
        self.seat.clear()
        found = self._offer.of(self.agency.currentData() or "")
        for one in found.seats if found is not None else ():
            self.seat.addItem(seat_title(one), one.seat)
        self.seat.setCurrentIndex(max(0, self.seat.findData(seat)))

    def _choose_report(self) -> None:
        self._fill(self.agency.currentData() or self._first(), self.seat.currentData() or "")
        self.changed.emit()

    def _first(self) -> str:
        return next((one.agency for one in self._offer.agencies if one.settled), "")

    def _choose_agency(self) -> None:
        self._fill_seats(self.seat.currentData() or "")
        self.changed.emit()

    def _choose_language(self) -> None:
        self._language_chosen = True
        self.digits.setEnabled(self.language.current() == 0 and self.list.chosen() not in dict(TABLES))
        self.changed.emit()

    def wanted(self) -> Wanted:
        """Return what is chosen."""
        report = self.list.chosen()
        agency = str(self.agency.currentData() or "") if report in WITH_AGENCY else ""
        seat = str(self.seat.currentData() or "") if report in WITH_SEAT else ""
        return Wanted(report, agency, seat, self._language(), self._digits())

    def name(self) -> str:
        """Return the report's name with its agency and seat, as a heading."""
        wanted = self.wanted()
        parts = [_(NAMES[wanted.report])]
        parts += [self.agency.currentText()] if wanted.report in WITH_AGENCY else []
        parts += [self.seat.currentText()] if wanted.report in WITH_SEAT else []
        return " · ".join(parts)

    def _language(self) -> Language:
        return "en" if self.language.current() else "th"

    def _digits(self) -> Digits:
        return "thai" if self.digits.current() else "arabic"

    def remembered(self, folder: str) -> Remembered:
        """Return the choices to begin with next time."""
        language: Language | str = self._language() if self._language_chosen else ""
        return Remembered(self.list.chosen(), cast("Language", language), self._digits(), folder)
