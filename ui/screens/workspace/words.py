# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Durations, due dates, the mirror's state and single values of a draft, as a person reads them."""

from datetime import datetime
from typing import NamedTuple

import msgspec

from pmqa_desktop.domain.answers import Answer, Evidence
from pmqa_desktop.domain.criteria import FrozenCriteria, Item
from pmqa_desktop.domain.scoring import score_item
from pmqa_desktop.services.evaluation.overview import DueDate
from pmqa_desktop.services.safekeeping.mirror import MirrorState
from pmqa_desktop.text import N_, _, current_language
from pmqa_desktop.thai import format_date
from ui.models.numbers import score_text

_LONG_AGO = -60
"""Overdue by more days than that, their number tells nothing any more."""

WORK: dict[str, str] = {
    "declaration": N_("Declarations"),
    "scoresheet": N_("Score sheets"),
    "consensus": N_("Consensus of the panel"),
    "endorsement": N_("Endorsements"),
}
FIELDS: dict[str, str] = {
    "answer": N_("Score"),
    "evidence": N_("Evidence"),
    "note": N_("Private note"),
    "comment:strength": N_("Strengths"),
    "comment:ofi": N_("Opportunities for improvement"),
    "comment:recommendation": N_("Recommendations"),
    "comment:site_visit_issue": N_("Site-visit issues"),
}


class Told(NamedTuple):
    """A state as shape, ink and words."""

    icon: str
    ink: str
    words: str


def duration_words(seconds: int) -> str:
    """Write a time spent: minutes below an hour, hours and minutes from there on."""
    hours, minutes = divmod(seconds // 60, 60)
    if hours:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    return _("{minutes} min").format(minutes=minutes)


def due_told(due: DueDate, *, rehearsal: bool = False) -> Told:
    """Tell how near a due date is; late is a triangle and a word, but in a rehearsal nothing is late."""
    if rehearsal and due.days_left < 0:
        return Told("info", "text2", _("a date of the practice round; nothing is late"))
    if due.days_left < _LONG_AGO:
        return Told("warn", "warn", _("overdue for long"))
    if due.days_left < 0:
        return Told("warn", "warn", _("overdue by {n} days").format(n=-due.days_left))
    if due.days_left == 0:
        return Told("warn", "warn", _("due today"))
    return Told("none", "text2", _("{n} days left").format(n=due.days_left))


def due_name(due: DueDate) -> str:
    """Return what is due, with its date of the Buddhist era."""
    what = _(WORK[due.what]) if due.what in WORK else due.what
    return f"{what} · {format_date(due.date, current_language(), 'short')}"


def moment_words(at: datetime | None) -> str:
    """Write a moment in local time: the clock time today, else with the date; a dash for none."""
    if at is None:
        return "–"
    local = at.astimezone()
    clock = local.strftime("%H:%M")
    if local.date() == datetime.now().astimezone().date():
        return clock
    return f"{format_date(local.date(), current_language(), 'short')} {clock}"


def mirror_told(state: MirrorState) -> Told:
    """Tell how the mirror stands."""
    if state.folder is None:
        return Told("none", "text2", _("No mirror of your drafts is kept"))
    if state.trouble:
        if state.good_at is None:
            return Told("warn", "warn", _("The mirror's drive cannot be used now; no copy yet"))
        told = _("The mirror's drive cannot be used now; last copy {time}")
        return Told("warn", "warn", told.format(time=moment_words(state.good_at)))
    if state.good_at is None:
        return Told("part", "text2", _("The mirror is on; no copy yet"))
    told = _("Last copy {time}; newer edits wait") if state.pending else _("Last copy {time}")
    icon, ink = ("part", "text2") if state.pending else ("ok", "ok")
    return Told(icon, ink, told.format(time=moment_words(state.good_at)))


def field_name(name: str) -> str:
    """Return the title of a field of a sheet."""
    return _(FIELDS[name]) if name in FIELDS else name


def value_words(criteria: FrozenCriteria, item: Item, name: str, value: str | None) -> str:
    """Write one value of a draft so that two can be compared: score and points, pages, or the words themselves."""
    if value is None:
        return _("nothing yet")
    if name == "answer":
        return _answer_words(criteria, item, msgspec.json.decode(value, type=Answer))
    if name == "evidence":
        pages = msgspec.json.decode(value, type=tuple[Evidence, ...])
        return _("{n} pages: {pages}").format(
            n=len(pages), pages=", ".join(_("p. {n}").format(n=one.page) for one in pages)
        )
    return value


def _answer_words(criteria: FrozenCriteria, item: Item, answer: Answer) -> str:
    if answer.state != "scored":
        return _("does not apply: {why}").format(why=answer.reason)
    score = score_text(score_item(criteria, item.code, answer).exact, criteria) or _("no score yet")
    if answer.percent is not None:
        return _("{score} · {percent} percent").format(score=score, percent=answer.percent)
    if answer.indicators:
        results = ", ".join(f"{one.code} = {one.result or '–'}" for one in answer.indicators)
        return f"{score} · {results}"
    ticked = set(answer.ticks)
    numbers = ", ".join(str(n) for n, point in enumerate(item.points, 1) if point.id in ticked)
    return _("{score} · points met: {numbers}").format(score=score, numbers=numbers or _("none"))
