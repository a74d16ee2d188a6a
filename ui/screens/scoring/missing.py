# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What an item still lacks before it is complete, as the round's settings ask for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pmqa_desktop.domain.answers import Answer, CommentKind, Evidence
from pmqa_desktop.domain.criteria import FrozenCriteria, Item
from pmqa_desktop.domain.scoring import ItemScore
from pmqa_desktop.text import _

What = Literal["score", "indicator", "comment", "evidence"]


@dataclass(frozen=True, slots=True)
class Missing:
    """A missing thing; `point` is the first point or indicator that lacks it, `number` its running number.

    `count` tells how many points lack it.
    """

    what: What
    point: str = ""
    number: int = 0
    count: int = 1

    def text(self) -> str:
        """Return the words of the link to it."""
        match self.what:
            case "score":
                return _("Score")
            case "indicator":
                return _("Result of indicator {n}").format(n=self.number)
            case "comment":
                return _("Strength or opportunity for improvement")
            case "evidence" if self.count > 1:
                return _("Evidence for {n} points").format(n=self.count)
            case "evidence":
                return _("Evidence for point {n}").format(n=self.number) if self.number else _("Evidence")


def missing_of(
    criteria: FrozenCriteria,
    item: Item,
    answer: Answer | None,
    score: ItemScore,
    comments: Mapping[tuple[str, CommentKind], str],
    evidence: Iterable[Evidence],
) -> tuple[Missing, ...]:
    """Return what is missing, in the order in which the screen shows it.

    Settings of the round: `evidence_required` (every ticked point, or the item as a whole) and
    `comment_required` (a strength or an OFI); both only for a score above zero.
    """
    if score.state == "not_applicable":
        return ()
    lacks: list[Missing] = []
    if score.state == "missing":
        lacks += _missing_results(item, score) or [Missing("score")]
    if score.state != "scored" or not score.exact:
        return tuple(lacks)
    if criteria.settings.evidence_required:
        lacks += _missing_evidence(item, answer, [one for one in evidence if one.item == item.code])
    kinds: tuple[CommentKind, ...] = ("strength", "ofi")
    if criteria.settings.comment_required and not any(comments.get((item.code, kind), "").strip() for kind in kinds):
        lacks.append(Missing("comment"))
    return tuple(lacks)


def _missing_results(item: Item, score: ItemScore) -> list[Missing]:
    if not any(one.exact is not None for one in score.indicators):
        return []
    optional = {one.code for one in item.indicators if not one.required}
    return [
        Missing("indicator", one.code, number)
        for number, one in enumerate(score.indicators, 1)
        if one.exact is None and one.code not in optional
    ]


def _missing_evidence(item: Item, answer: Answer | None, linked: list[Evidence]) -> list[Missing]:
    points = {one.point for one in linked}
    if "" in points:
        return []
    if item.kind != "checklist":
        return [] if points else [Missing("evidence")]
    ticks = set(answer.ticks) if answer else set()
    lacking = [
        (number, point.id)
        for number, point in enumerate(item.points, 1)
        if point.id in ticks and point.id not in points
    ]
    return [Missing("evidence", lacking[0][1], lacking[0][0], len(lacking))] if lacking else []
