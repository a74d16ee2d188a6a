# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Scores, levels, points and indicators as lines of a report."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from pmqa_desktop.domain.answers import Answer, Evidence, IndicatorAnswer
from pmqa_desktop.domain.criteria import FrozenCriteria, Item
from pmqa_desktop.domain.documents import MergedComment
from pmqa_desktop.domain.scoring import ItemScore, SheetScore, display, display_distance, score_sheet
from pmqa_desktop.domain.scoring.rounding import written
from pmqa_desktop.reports.models import (
    CategoryResult,
    EvidenceLine,
    IndicatorLine,
    ItemLevelLine,
    ItemResult,
    LevelLine,
    Outcome,
    PointLine,
    ResultState,
    Words,
)
from pmqa_desktop.services.session import RoundInfo

Texts = Mapping[tuple[str, str], tuple[str, ...]]


def level_words(criteria: FrozenCriteria, code: str | None) -> Words:
    """Return a level's name; empty words where no level is reached."""
    found = next((level for level in criteria.edition.levels if level.code == code), None)
    return Words(found.title_th, found.title_en) if found else Words("")


def award_words(criteria: FrozenCriteria, codes: Iterable[str]) -> tuple[Words, ...]:
    """Return the titles of awards."""
    titles = {award.code: Words(award.title_th, award.title_en) for award in criteria.edition.awards}
    return tuple(titles[code] for code in codes if code in titles)


def texts_by_kind(comments: Iterable[tuple[str, str, str]]) -> Texts:
    """Group (item, kind, text) by item and kind, keeping the order."""
    found: dict[tuple[str, str], list[str]] = {}
    for item, kind, text in comments:
        found.setdefault((item, kind), []).append(text)
    return {key: tuple(texts) for key, texts in found.items()}


def merged_texts(comments: Iterable[MergedComment]) -> Texts:
    """Return the panel's feedback texts without their origin."""
    return texts_by_kind((one.item, one.kind, one.text) for one in comments)


def outcome(seen: RoundInfo, score: SheetScore, state: ResultState) -> Outcome:
    """Return the total with its level and the way to the next line."""
    criteria = seen.criteria
    best = criteria.edition.max_score
    ladder = tuple(
        LevelLine(line.code, level_words(criteria, line.code), written(line.least, 0), line.least / best)
        for line in criteria.settings.award_lines
    )
    above = [line for line in criteria.settings.award_lines if score.total is not None and line.least > score.total]
    nearest = min(above, key=lambda line: line.least, default=None)
    return Outcome(
        total="" if score.total is None else display(score.total, criteria),
        fraction=None if score.total is None else score.total / best,
        level=level_words(criteria, score.level),
        level_code=score.level or "",
        distance=display_distance(score.total, nearest.least, criteria) if nearest and score.total is not None else "",
        next_level=level_words(criteria, nearest.code) if nearest else Words(""),
        next_line=written(nearest.least, 0) if nearest else "",
        ladder=ladder,
        awards=award_words(criteria, score.awards),
        state=state,
    )


def category_lines(
    seen: RoundInfo,
    answers: Mapping[str, Answer],
    texts: Texts,
    evidence: Sequence[Evidence] = (),
    papers: Mapping[str, str] | None = None,
) -> tuple[CategoryResult, ...]:
    """Return every category with its items, in the edition's order.

    Args:
        seen: The round.
        answers: The judgement by item.
        texts: Feedback texts by item and kind.
        evidence: Cited pages.
        papers: Names of papers by digest; empty where the agency has but one.
    """
    criteria = seen.criteria
    score = score_sheet(criteria, answers)
    found = []
    for category in criteria.edition.categories:
        value = score.categories.get(category.code)
        items = tuple(
            _item(
                criteria,
                item,
                answers.get(item.code),
                score.items[item.code],
                texts,
                _pages(item, evidence, papers or {}),
            )
            for item in criteria.edition.items_of(category.code)
        )
        found.append(
            CategoryResult(
                code=category.code,
                title=Words(category.title_th, category.title_en),
                score="" if value is None else display(value, criteria),
                fraction=None if value is None else value / category.best,
                items=items,
                max_score=str(category.best),
            )
        )
    return tuple(found)


def _pages(item: Item, evidence: Sequence[Evidence], papers: Mapping[str, str]) -> tuple[EvidenceLine, ...]:
    cited = [one for one in evidence if one.item == item.code]
    lines = (EvidenceLine(papers.get(e.document, ""), e.page, e.note) for e in cited)
    return tuple(dict.fromkeys(sorted(lines, key=lambda line: (line.document, line.page, line.note))))


def _item(
    criteria: FrozenCriteria,
    item: Item,
    answer: Answer | None,
    score: ItemScore,
    texts: Texts,
    pages: tuple[EvidenceLine, ...],
) -> ItemResult:
    return ItemResult(
        code=item.code,
        title=Words(item.title_th, item.title_en),
        state=score.state,
        score="" if score.exact is None else display(score.exact, criteria),
        level=level_words(criteria, score.level),
        level_code=score.level or "",
        reason=answer.reason if answer is not None and answer.state == "not_applicable" else "",
        levels=_levels(criteria, item, answer, score),
        indicators=_indicators(criteria, item, answer, score),
        percent="" if answer is None or answer.percent is None else str(answer.percent),
        strengths=texts.get((item.code, "strength"), ()),
        ofis=texts.get((item.code, "ofi"), ()),
        recommendations=texts.get((item.code, "recommendation"), ()),
        visit_issues=texts.get((item.code, "site_visit_issue"), ()),
        evidence=pages,
    )


def _levels(criteria: FrozenCriteria, item: Item, answer: Answer | None, score: ItemScore) -> tuple[ItemLevelLine, ...]:
    counts = {count.code: count for count in score.levels}
    ticks = set(answer.ticks) if answer is not None else set()
    return tuple(
        ItemLevelLine(
            code=level.code,
            name=level_words(criteria, level.code),
            met=counts[level.code].met,
            of=counts[level.code].of,
            full=counts[level.code].full,
            counted=not counts[level.code].uncounted,
            points=tuple(PointLine(p.id, Words(p.text_th, p.text_en), p.id in ticks) for p in level.points),
        )
        for level in item.levels
        if level.code in counts
    )


def _indicators(
    criteria: FrozenCriteria, item: Item, answer: Answer | None, score: ItemScore
) -> tuple[IndicatorLine, ...]:
    given = {one.code: one for one in answer.indicators} if answer is not None else {}
    lines = []
    for one in score.indicators:
        told = given.get(one.code, IndicatorAnswer(one.code))
        known = item.indicator(one.code)
        target = told.target or (_number(known.default_target) if known else "")
        lines.append(
            IndicatorLine(
                code=one.code,
                name=Words(known.name_th, known.name_en) if known else Words(told.name),
                unit=Words(known.unit_th, known.unit_en) if known else Words(told.unit),
                target=target,
                result=told.result,
                success="" if one.success is None else written(one.success, 2),
                score="" if one.exact is None else display(one.exact, criteria),
                lower_is_better=(known.direction if known else told.direction) == "lower_is_better",
                years=told.years,
                reason=told.reason,
            )
        )
    return tuple(lines)


def _number(value: Fraction | None) -> str:
    if value is None:
        return ""
    return str(value) if value.denominator == 1 else written(value, 2)
