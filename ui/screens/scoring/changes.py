# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""An edit of the sheet in words: which field, and what it had and has, point by point and word by word."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

import msgspec

from pmqa_desktop.domain.answers import Answer, Evidence, IndicatorAnswer
from pmqa_desktop.domain.criteria import Item
from pmqa_desktop.services.evaluation.scoring import HistoryEntry
from pmqa_desktop.services.evaluation.sheets import KIND_WORDS
from pmqa_desktop.text import _, pick
from pmqa_desktop.thai import pieces
from ui.screens.scoring.report import point_number
from ui.widgets.marked import Mark, Piece

Line = tuple[Piece, ...]
_TOKEN = re.compile(r"\s+|\S+")
_LONGEST_DIFF = 1500
_KEPT_AROUND = 40


def field_words(item: str, field: str) -> str:
    """Return which field of which item an edit is about."""
    name, _colon, kind = field.partition(":")
    if name == "comment":
        return _("{kind} of item {item}").format(kind=_(KIND_WORDS[kind]), item=item)  # type: ignore[index]
    words = {
        "answer": _("the score of item {item}"),
        "evidence": _("the evidence of item {item}"),
        "note": _("the private note on item {item}"),
    }
    return words.get(name, "{item}").format(item=item)


@dataclass(frozen=True, slots=True)
class Names:
    """What an edit refers to: the item with its points, and the papers' names by digest."""

    item: Item
    papers: Mapping[str, str]


def lines_of(entry: HistoryEntry, names: Names) -> tuple[Line, ...]:
    """Return an edit as lines: what was added, what was taken away."""
    match entry.field:
        case "answer":
            return tuple(_answer_lines(_answer(entry.old), _answer(entry.new), names))
        case "evidence":
            return tuple(_evidence_lines(_pages(entry.old), _pages(entry.new), names))
    return (word_changes(entry.old, entry.new),)


# ---- words ------------------------------------------------------------------------------------------


def word_changes(old: str, new: str) -> Line:
    """Return how one text became the other, word by word; long stretches that stayed are left out."""
    before, after = _words(old), _words(new)
    head = _same(before, after)
    tail = _same(before[head:][::-1], after[head:][::-1])
    gone, come = before[head : len(before) - tail], after[head : len(after) - tail]
    changed: list[Piece] = []
    if len(gone) + len(come) > _LONGEST_DIFF:
        changed += [Piece("".join(gone), "removed"), Piece("".join(come), "added")]
    else:
        for act, a, b, c, d in SequenceMatcher(None, gone, come, autojunk=False).get_opcodes():
            if act == "equal":
                changed.append(Piece(_shortened("".join(gone[a:b]))))
            else:
                changed += [Piece("".join(gone[a:b]), "removed"), Piece("".join(come[c:d]), "added")]
    start, end = "".join(before[:head]), "".join(before[len(before) - tail :]) if tail else ""
    left = start if len(start) <= _KEPT_AROUND else "…" + start[-_KEPT_AROUND:]
    right = end if len(end) <= _KEPT_AROUND else end[:_KEPT_AROUND] + "…"
    return tuple(piece for piece in (Piece(left), *changed, Piece(right)) if piece.text)


def _words(text: str) -> list[str]:
    return [word for token in _TOKEN.findall(text) for word in pieces(token)]


def _same(one: list[str], other: list[str]) -> int:
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return count


def _shortened(text: str) -> str:
    if len(text) <= 2 * _KEPT_AROUND:
        return text
    return f"{text[:_KEPT_AROUND]} … {text[-_KEPT_AROUND:]}"


# ---- answers ----------------------------------------------------------------------------------------


def _answer(value: str) -> Answer | None:
    return msgspec.json.decode(value, type=Answer) if value else None


def _answer_lines(old: Answer | None, new: Answer | None, names: Names) -> Iterator[Line]:
    if new is None:
        yield (Piece(_("Taken back: no score yet"), "removed"),)
    elif new.state == "not_applicable":
        yield (Piece(_("Not applicable"), "added"), Piece(f": {new.reason}"))
        return
    elif old is not None and old.state == "not_applicable":
        yield (Piece(_("Not applicable"), "removed"), Piece(f": {old.reason}"))
    was, now = old or Answer(), new or Answer()
    if names.item.points and new is not None and not new.ticks and not was.ticks:
        yield (Piece(_("No point is met: 0 points"), "added"),)
    yield from _tick_lines(was, now, names.item)
    yield from _indicator_lines(was, now)
    if was.percent != now.percent:
        yield _changed(_("Percent"), _percent(was), _percent(now))
    yield from _band_lines(was, now)


def _tick_lines(was: Answer, now: Answer, item: Item) -> Iterator[Line]:
    for number, point in enumerate(item.points, 1):
        before, after = point.id in was.ticks, point.id in now.ticks
        if before != after:
            words = _("Ticked point {n}") if after else _("Took the tick off point {n}")
            mark: Mark = "added" if after else "removed"
            yield (Piece(words.format(n=number), mark), Piece(f": {pick(point.text_th, point.text_en)}"))


def _indicator_lines(was: Answer, now: Answer) -> Iterator[Line]:
    before = {one.code: one for one in was.indicators}
    after = {one.code: one for one in now.indicators}
    for code in dict.fromkeys([*before, *after]):
        old, new = before.get(code), after.get(code)
        for label, value in _indicator_fields():
            was_value, now_value = (value(one) if one else "" for one in (old, new))
            if was_value != now_value:
                yield _changed(f"{code} {label}", was_value, now_value)


def _indicator_fields() -> tuple[tuple[str, Callable[[IndicatorAnswer], str]], ...]:
    return (
        (_("name"), lambda one: one.name),
        (_("Target"), lambda one: one.target),
        (_("earlier years"), lambda one: ", ".join(one.years)),
        (_("result"), lambda one: one.result),
        (_("points given"), lambda one: "" if one.score is None else str(one.score)),
        (_("reason"), lambda one: one.reason),
    )


def _percent(answer: Answer) -> str:
    return "" if answer.percent is None else f"{answer.percent} %"


def _band_lines(was: Answer, now: Answer) -> Iterator[Line]:
    before = {one.dimension: one.band for one in was.bands}
    after = {one.dimension: one.band for one in now.bands}
    for dimension in dict.fromkeys([*before, *after]):
        if before.get(dimension) != after.get(dimension):
            yield _changed(dimension, before.get(dimension, ""), after.get(dimension, ""))


def _changed(label: str, old: str, new: str) -> Line:
    parts = [Piece(f"{label}: "), Piece(old, "removed"), Piece(" → " if old and new else ""), Piece(new, "added")]
    return tuple(part for part in parts if part.text)


# ---- evidence ---------------------------------------------------------------------------------------


def _pages(value: str) -> tuple[Evidence, ...]:
    return tuple(msgspec.json.decode(value, type=list[Evidence])) if value else ()


def _evidence_lines(old: tuple[Evidence, ...], new: tuple[Evidence, ...], names: Names) -> Iterator[Line]:
    for one in old:
        if one not in new:
            yield (Piece(_("Link taken away"), "removed"), Piece(f": {_page(one, names)}"))
    for one in new:
        if one not in old:
            yield (Piece(_("Page linked"), "added"), Piece(f": {_page(one, names)}"))


def _page(one: Evidence, names: Names) -> str:
    number = point_number(names.item, one.point)
    target = _("point {n}").format(n=number) if number else _("the whole item")
    name = names.papers.get(one.document, "")
    return " · ".join(part for part in (_("p. {n}").format(n=one.page), target, name, one.note) if part)
