# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A linter for judgement: it tells what a careful reader would ask about, and never forbids or changes anything.

Source: product.md, Evaluator (linter for judgement); which of them apply are settings of the round
(`comment_required`, `evidence_required`, `rate_each_dimension`). The thresholds for high and low are ours.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pmqa_desktop.domain.answers import Answer, Comment, CommentKind, Evidence
from pmqa_desktop.domain.criteria import FrozenCriteria, Item
from pmqa_desktop.domain.scoring.sheet import score_item
from pmqa_desktop.domain.scoring.values import ItemScore

HIGH_BAND_PERCENT = 70
LOW_BAND_PERCENT = 50
_SHORTEST_TEXT = 12


@dataclass(frozen=True, slots=True)
class Notice:
    """One remark on one item; `fields` fill the placeholders of the code's message."""

    code: str
    item: str
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that a rule looks at: one item with its answer, score, kinds of comment written and pages cited."""

    criteria: FrozenCriteria
    item: Item
    answer: Answer
    score: ItemScore
    kinds: frozenset[CommentKind]
    cited: int

    def has(self, kind: CommentKind) -> bool:
        """Tell whether a comment of this kind is there."""
        return kind in self.kinds

    @property
    def is_positive(self) -> bool:
        """Tell whether the item scores above zero."""
        return self.score.exact is not None and self.score.exact > 0

    @property
    def is_high(self) -> bool:
        """Tell whether the score is that of the second level (400) or better, or 70 % of a band item."""
        exact = self.score.exact
        return exact is not None and exact >= self._threshold(1, HIGH_BAND_PERCENT)

    @property
    def is_low(self) -> bool:
        """Tell whether the score is below the first level (300), or below 50 % of a band item."""
        exact = self.score.exact
        return exact is not None and exact < self._threshold(0, LOW_BAND_PERCENT)

    def _threshold(self, level: int, percent: int) -> Fraction:
        levels = self.criteria.edition.levels
        if len(levels) > level:
            return Fraction(levels[level].cumulative)
        return Fraction(percent * self.item.max_score, 100)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code, whether the round asks for it, when it speaks, and the fields of its message."""

    code: str
    applies: Callable[[FrozenCriteria], bool]
    speaks: Callable[[Judgement], bool]
    fields: Callable[[Judgement], tuple[tuple[str, str], ...]] = lambda judgement: ()


def _always(criteria: FrozenCriteria) -> bool:
    return True


def _without_result(judgement: Judgement) -> str:
    return ", ".join(one.code for one in judgement.score.indicators if one.exact is None)


def _points_beyond(judgement: Judgement) -> str:
    levels = {count.code for count in judgement.score.levels if count.uncounted}
    points = (point.id for level in judgement.item.levels if level.code in levels for point in level.points)
    return ", ".join(point for point in points if point in judgement.answer.ticks)


def _unrated(judgement: Judgement) -> str:
    rated = {choice.dimension for choice in judgement.answer.bands}
    wanted = judgement.criteria.edition.dimensions_of(judgement.item.scheme)
    return ", ".join(one.letter or one.code for one in wanted if one.code not in rated)


RULES: tuple[Rule, ...] = (
    Rule(
        "score-without-comment",
        lambda criteria: criteria.settings.comment_required,
        lambda j: j.is_positive and not (j.has("strength") or j.has("ofi")),
    ),
    Rule("high-without-strength", _always, lambda j: j.is_high and not j.has("strength")),
    Rule("low-without-ofi", _always, lambda j: j.is_low and not j.has("ofi")),
    Rule(
        "score-without-evidence",
        lambda criteria: criteria.settings.evidence_required,
        lambda j: j.is_positive and j.cited == 0,
    ),
    Rule(
        "points-beyond-gate",
        _always,
        lambda j: bool(_points_beyond(j)),
        lambda j: (("points", _points_beyond(j)),),
    ),
    Rule(
        "indicator-without-result",
        _always,
        lambda j: j.score.state == "missing" and bool(_without_result(j)),
        lambda j: (("indicators", _without_result(j)),),
    ),
    Rule(
        "dimension-without-band",
        lambda criteria: criteria.settings.rate_each_dimension,
        lambda j: j.item.kind == "band" and bool(_unrated(j)),
        lambda j: (("dimensions", _unrated(j)),),
    ),
)
"""The rules on single items, in the order in which they speak."""


def notices(
    criteria: FrozenCriteria,
    answers: Mapping[str, Answer],
    comments: Sequence[Comment],
    evidence: Sequence[Evidence],
) -> tuple[Notice, ...]:
    """Return the remarks on a sheet, item by item in the edition's order.

    An item without an answer gets none on its score. Raises the Expected codes of `check_answer`.
    """
    rules = [rule for rule in RULES if rule.applies(criteria)]
    repeated = dict(_repeated(criteria, comments))
    found: list[Notice] = []
    for item in criteria.edition.items:
        answer = answers.get(item.code)
        if answer is not None and answer.state == "scored":
            judgement = _judgement(criteria, item, answer, comments, evidence)
            found += [Notice(rule.code, item.code, rule.fields(judgement)) for rule in rules if rule.speaks(judgement)]
        if item.code in repeated:
            found.append(Notice("same-text-two-items", item.code, (("other", repeated[item.code]),)))
    return tuple(found)


def same_text_elsewhere(comments: Sequence[Comment], others: Mapping[str, Sequence[Comment]]) -> tuple[Notice, ...]:
    """Return a remark per item whose text stands word for word in another agency's sheet (`others` by agency)."""
    found: list[Notice] = []
    for agency in sorted(others):
        known = {_plain(comment.text) for comment in others[agency]} - {""}
        items = sorted({comment.item for comment in comments if _plain(comment.text) in known})
        found += [Notice("same-text-two-agencies", item, (("agency", agency),)) for item in items]
    return tuple(found)


def answered_unread(
    answers: Mapping[str, Answer], evidence: Sequence[Evidence], *, papers_read: bool
) -> tuple[Notice, ...]:
    """Return a remark per scored item while no page of the agency's papers was opened; a cited page was."""
    if papers_read:
        return ()
    cited = {link.item for link in evidence}
    scored = (item for item, answer in answers.items() if answer.state == "scored")
    return tuple(Notice("papers-not-opened", item) for item in sorted(scored) if item not in cited)


def _judgement(
    criteria: FrozenCriteria,
    item: Item,
    answer: Answer,
    comments: Sequence[Comment],
    evidence: Sequence[Evidence],
) -> Judgement:
    return Judgement(
        criteria=criteria,
        item=item,
        answer=answer,
        score=score_item(criteria, item.code, answer),
        kinds=frozenset(one.kind for one in comments if one.item == item.code and one.text.strip()),
        cited=sum(link.item == item.code for link in evidence),
    )


def _plain(text: str) -> str:
    """Return a text without differences of case and spacing; empty when too short to tell anything."""
    plain = "".join(unicodedata.normalize("NFC", text).casefold().split())
    return plain if len(plain) >= _SHORTEST_TEXT else ""


def _repeated(criteria: FrozenCriteria, comments: Sequence[Comment]) -> Iterator[tuple[str, str]]:
    """Find, for each item, an earlier item that has one of its texts."""
    first: dict[str, str] = {}
    for item in criteria.edition.items:
        texts = [_plain(comment.text) for comment in comments if comment.item == item.code]
        earlier = [first[text] for text in texts if text in first]
        if earlier:
            yield item.code, earlier[0]
        for text in filter(None, texts):
            first.setdefault(text, item.code)
