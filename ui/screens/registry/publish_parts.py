# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What stands on the left when results are signed: whose results, what is published, what waits, draft or official."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from pmqa_desktop.domain.documents import Approval
from pmqa_desktop.domain.results import AgencyResult
from pmqa_desktop.services.registry.countersigning import WaitingPublication, WaitingRow
from pmqa_desktop.services.registry.outcome import STATE_WORDS
from pmqa_desktop.services.registry.publication import LONGEST_LINE, Outlook
from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.text import _, pick
from ui import theme
from ui.models.numbers import level_title
from ui.screens.export_box import Fingerprint
from ui.screens.panel.signing import day_text
from ui.screens.round_setup.parts import DateField, Titled, pair
from ui.widgets.boxes import Box, Rule, column, row
from ui.widgets.inputs import Field, MarkRow, Round, Writing
from ui.widgets.labels import ElideLabel, IconLabel, Label, WrapLabel
from ui.widgets.lengths import LengthWarning
from ui.widgets.signs import Banner

_NO_BREAK = "/\u2060"
"""A stroke behind which no line is broken: 3/2569 stays in one piece."""


def approval_words(approval: Approval) -> str:
    """Return who approved, in which meeting, on which day, as the reports say it."""
    return _("Approved by {body}, meeting {meeting}, {day}").format(
        body=approval.body, meeting=approval.meeting.replace("/", _NO_BREAK), day=day_text(approval.date)
    )


def state_words(outlook: Outlook) -> str:
    """Return in one sentence what is published."""
    if outlook.state == "official" and outlook.approval is not None:
        return _("Published: official. {approval}").format(approval=approval_words(outlook.approval))
    return _("Published: a draft, not approved yet") if outlook.state == "draft" else _("Nothing is published yet")


def office_name(seen: RoundInfo, person: str) -> str:
    """Return the office of a person, or the id where the roster has none."""
    found = next((one for one in seen.roster.persons if one.person == person), None)
    return pick(found.office_th, found.office_en) or person if found is not None else person


def fact_line(icon: str, ink: str, words: str, weight: int = 600) -> Box:
    """Return a sign and a sentence that may take several lines."""
    line = row(gap=8)
    # in the middle of the first line, which is higher than the sign
    line.add(column(IconLabel(icon, ink, 18), margins=(0, 4, 0, 0)), align=Qt.AlignmentFlag.AlignTop)
    line.add(WrapLabel(words, "small", weight), stretch=1)
    return line


def _agency_line(rank: str, name: str, *ends: QWidget) -> Box:
    line = row(gap=10, margins=(0, 1, 0, 1))
    number = Label(rank, "small", 700)
    number.setMinimumWidth(theme.px(22))
    number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    line.add(number)
    line.add(ElideLabel(name, "small"), stretch=1)
    for end in ends:
        line.add(end)
    return line


class SignedPart(Box):
    """Whose results will be signed, who is left out and why, and what is published now."""

    def __init__(self, outlook: Outlook, seen: RoundInfo, *, after: bool = False) -> None:
        """Show what publishing would sign, or `after` it what is signed."""
        super().__init__("card", margins=(20, 14, 20, 14), gap=6)
        self.setObjectName("publish-what")
        ranked, left = outlook.ranked, outlook.left_out
        self.add(Label(_("What is signed") if after else _("1  What will be signed"), "lead", 600))
        told = (
            _("Agencies with a signed result: {count}") if after else _("Agencies whose result will be signed: {count}")
        )
        told = told.format(count=len(ranked))
        self.add(fact_line("ok" if ranked else "warn", "ok" if ranked else "warn", told))
        for one in ranked:
            level = level_title(one.level, seen.criteria) if seen.criteria.edition.levels else ""
            total = Label(one.display, "small", 700)
            self.add(_agency_line(str(one.rank), _name(one), Label(level, "small", 400, "text2"), total))
        if left:
            self.add(4, fact_line("warn", "warn", _("Left out, without a rank: {count}").format(count=len(left))))
        for one in left:
            self.add(_agency_line("–", _name(one), Label(_(STATE_WORDS[one.state]), "small", 400, "warn")))
        self.add(4, Rule(), 4)
        state = {"official": ("ok", "ok"), "draft": ("part", "text2")}.get(outlook.state, ("none", "text2"))
        self.published = fact_line(*state, state_words(outlook))
        self.published.setObjectName("publish-state")
        self.add(self.published)
        if outlook.changed:
            names = ", ".join(_name(one) for one in outlook.changed)
            self.add(fact_line("warn", "warn", _("Published otherwise than the results are now: {names}").format(
                names=names)))  # fmt: skip
        if after:
            return
        more = _("With them the ranking and the roster's public extract are signed: all of it, or nothing.")
        self.add(WrapLabel(more, "small", 400, "text2"))


def _name(one: AgencyResult | WaitingRow) -> str:
    return pick(one.name_th, one.name_en)


class WaitingPart(Box):
    """Official results that lack signatures: the very figures, who signed, and whether this register agrees."""

    def __init__(self, waiting: WaitingPublication, seen: RoundInfo) -> None:
        """Show what waits."""
        super().__init__("card", margins=(20, 14, 20, 14), gap=6)
        self.setObjectName("publish-waiting")
        self.add(Label(_("Official results that wait for signatures"), "lead", 600))
        if waiting.approval is not None:
            self.add(WrapLabel(approval_words(waiting.approval), "body", 600))
        if waiting.reason:
            self.add(WrapLabel(_("Reason: {reason}").format(reason=waiting.reason), "small", 400, "text2"))
        told = _("Signed by {names}: {have} of {need} needed").format(
            names=", ".join(office_name(seen, one) for one in waiting.signed) or "–",
            have=len(waiting.signed), need=waiting.need,
        )  # fmt: skip
        self.add(fact_line("pen", "primary", told), 2, Rule(), 2)
        for one in waiting.rows:
            same = IconLabel("ok" if one.same else "warn", "ok" if one.same else "warn", 18)
            same.setAccessibleName(_("as computed here") if one.same else _("not as computed here"))
            level = level_title(one.level or None, seen.criteria) if seen.criteria.edition.levels else ""
            ends = (Label(level, "small", 400, "text2"), Label(one.display, "small", 700), same)
            self.add(_agency_line(str(one.rank), _name(one), *ends))
        self.add(2, self._verdict(waiting), 2)
        self.add(Label(_("Fingerprint of the ranking"), "body", 600))
        self.add(WrapLabel(_("compare it by telephone with the officer who signed first"), "small", 400, "text2"))
        self.add(Fingerprint(waiting.fingerprint))

    @staticmethod
    def _verdict(waiting: WaitingPublication) -> Banner:
        if not waiting.complete:
            words = _("Import the file of the officer who signed first once more.")
            return Banner("warn", _("Some of these results are not here"), words)
        if waiting.different:
            names = ", ".join(_name(one) for one in waiting.different)
            words = _("Not as computed here: {names}. Import all files of the committees in both registers.")
            return Banner("warn", _("These are not the results of this register"), words.format(names=names))
        return Banner("ok", _("This register computes the same results"))


@dataclass(frozen=True, slots=True)
class Typed:
    """What was chosen and typed."""

    official: bool = False
    body: str = ""
    meeting: str = ""
    day: str = ""
    reason: str = ""


class ChoicePart(Box):
    """Draft or official, the approving act, and the reason; `changed` on every edit."""

    changed = Signal()

    def __init__(self, outlook: Outlook, typed: Typed) -> None:
        """Start with what was typed before."""
        super().__init__("card", margins=(20, 14, 20, 14), gap=8)
        self.setObjectName("publish-choice")
        self._day = typed.day
        blocked = bool(outlook.blocking)
        self.add(Label(_("2  Draft or official"), "lead", 600))
        self.draft = Round("publish-draft", _("Draft: to be read, nobody has approved it"))
        self.official = Round("publish-official", _("Official: a body has approved it in a meeting"))
        group = QButtonGroup(self)
        for mark in (self.draft, self.official):
            group.addButton(mark)
            self.add(MarkRow(mark, mark.accessibleName(), weight=600))
            mark.toggled.connect(self._turn)
        self.official.setEnabled(not blocked)
        if blocked:
            names = ", ".join(_name(one) for one in outlook.blocking)
            words = _("Official only after a new consensus of {names}: it is out of date, held or in conflict.")
            self.add(fact_line("lock", "warn", words.format(names=names)))
        self.approval = self._build_approval(typed)
        self.add(self.approval)
        self.reason: Writing | None = None
        self.back_to_draft = fact_line("warn", "warn", _("This takes back official results; the log keeps that."))
        self.back_to_draft.setObjectName("publish-reversal")
        self._was_official = outlook.state == "official"
        self.add(self.back_to_draft)
        if outlook.needs_reason:
            self._build_reason(typed.reason)
        (self.official if typed.official and not blocked else self.draft).setChecked(True)
        self._turn()

    def _build_approval(self, typed: Typed) -> Box:
        part = Box("sunk", margins=(14, 10, 14, 12), gap=8)
        self.body_field = Field("publish-body", _("Approving body"), typed.body,
                                _("such as the sub-committee on the award"), limit=LONGEST_LINE)  # fmt: skip
        self.meeting = Field("publish-meeting", _("Number of the meeting"), typed.meeting, "3/2569", limit=LONGEST_LINE)
        self.date = DateField("publish-date", _("Date of the meeting"), typed.day, self._take_day)
        for field in (self.body_field, self.meeting):
            field.textChanged.connect(lambda _text: self._edited())
            field.returnPressed.connect(field.focusNextChild)
        part.add(Titled(self.body_field), pair(Titled(self.meeting), self.date))
        return part

    def _build_reason(self, text: str) -> None:
        title = _("Reason for the new revision")
        self.reason = Writing("publish-reason", title, text)
        self.reason.setFixedHeight(self.fontMetrics().height() * 3)
        self.reason.textChanged.connect(self._edited)
        self.add(Label(title, "small", 600), self.reason, LengthWarning(self.reason))

    def _take_day(self, day: str) -> None:
        self._day = day
        self._edited()

    def _turn(self, _on: bool = True) -> None:
        official = self.official.isChecked()
        self.approval.setVisible(official)
        self.back_to_draft.setVisible(self._was_official and not official)
        self._edited()

    def _edited(self) -> None:
        for field in (self.body_field, self.meeting):
            field.set_need(not field.text().strip())
        self.date.field.set_need(not self._day)
        if self.reason is not None:
            self.reason.set_need(not self.reason.toPlainText().strip())
        self.changed.emit()

    def typed(self) -> Typed:
        """Return what is chosen and typed now."""
        reason = self.reason.toPlainText() if self.reason is not None else ""
        return Typed(self.official.isChecked(), self.body_field.text(), self.meeting.text(), self._day, reason)

    def first_need(self) -> QWidget | None:
        """Return the first field that is still empty."""
        needs: tuple[tuple[bool, QWidget], ...] = (
            (self.official.isChecked() and not self.body_field.text().strip(), self.body_field),
            (self.official.isChecked() and not self.meeting.text().strip(), self.meeting),
            (self.official.isChecked() and not self._day, self.date.field),
        )
        found = next((field for need, field in needs if need), None)
        if found is None and self.reason is not None and not self.reason.toPlainText().strip():
            return self.reason
        return found
