# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Invent believable judgements from a seed: what an agency shows, and how each seat sees it.

Nothing here is anybody's score. Each checklist point gets a hidden strength; a seat ticks it when that
strength passes the seat's own bar, so seats differ where the evidence is thin, as people do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from pmqa_desktop.domain.answers import Answer, Comment, CommentKind, Evidence, IndicatorAnswer
from pmqa_desktop.domain.criteria import Edition, Item

_BAR = {"basic": 4, "advance": 24, "significance": 52}  # how strong the evidence must be, of 100
_WOBBLE = 7


@dataclass(frozen=True, slots=True)
class Judgement:
    """One seat's view of one agency."""

    answers: dict[str, Answer]
    comments: tuple[Comment, ...]
    evidence: tuple[Evidence, ...]


def page_of(edition: Edition, item: str) -> int:
    """Return the page of the practice paper that tells about an item: cover and record first, then one each."""
    return 3 + [one.code for one in edition.items].index(item)


def hidden_strengths(edition: Edition, strength: int, random: Random) -> dict[str, int]:
    """Return the strength of the evidence for every checklist point and indicator, 0-100."""
    found = {}
    for item in edition.items:
        names = [point.id for level in item.levels for point in level.points]
        names += [indicator.code for indicator in item.indicators]
        for name in names:
            found[name] = max(0, min(100, strength + random.randint(-46, 24)))
    return found


def judge(
    edition: Edition,
    strengths: dict[str, int],
    document: str,
    strictness: int,
    phrases: Mapping[str, Sequence[str]],
    random: Random,
) -> Judgement:
    """Return how a seat judges the agency.

    Args:
        edition: The criteria.
        strengths: The hidden strength of every point and indicator.
        document: Digest of the agency's paper, for the evidence links.
        strictness: From -10 (mild) to 10 (strict).
        phrases: Sentence patterns of the case by kind of comment.
        random: The seeded source of every choice.
    """
    answers: dict[str, Answer] = {}
    comments: list[Comment] = []
    evidence: list[Evidence] = []
    for item in edition.items:
        page = page_of(edition, item.code)
        if item.indicators:
            answers[item.code] = _indicators(item, strengths, random)
            comments += _result_comments(item, phrases, random)
            evidence.append(Evidence(item.code, document, page))
            continue
        ticks = _ticks(item, strengths, strictness, random)
        answers[item.code] = Answer(ticks=tuple(sorted(ticks)))
        comments += _comments(item, ticks, phrases, random)
        evidence += [Evidence(item.code, document, page, point) for point in sorted(ticks)]
        if not ticks:
            evidence.append(Evidence(item.code, document, page))
    return Judgement(answers, tuple(comments), tuple(evidence))


def _ticks(item: Item, strengths: dict[str, int], strictness: int, random: Random) -> set[str]:
    return {
        point.id
        for level in item.levels
        for point in level.points
        if strengths[point.id] >= _BAR.get(level.code, 50) + strictness + random.randint(-_WOBBLE, _WOBBLE)
    }


def _indicators(item: Item, strengths: dict[str, int], random: Random) -> Answer:
    given = []
    for indicator in item.indicators:
        lower, upper = indicator.lower or Fraction(0), indicator.upper or Fraction(100)
        tenths = int((lower + (upper - lower) * (strengths[indicator.code] + 10) / 110) * 10)
        if random.randint(1, 12) == 1:  # one reader in twelve takes the figure of another table
            tenths -= 5
        years = tuple(f"{year}={_decimal(tenths - back)}" for year, back in _YEARS)
        given.append(IndicatorAnswer(indicator.code, result=_decimal(tenths), years=years))
    return Answer(indicators=tuple(given))


def _decimal(tenths: int) -> str:
    return f"{max(0, tenths) // 10}.{max(0, tenths) % 10}"


_YEARS = (("2561", 31), ("2562", 18), ("2563", 0))


def _comments(item: Item, ticks: set[str], phrases: Mapping[str, Sequence[str]], random: Random) -> list[Comment]:
    met = [point for level in item.levels for point in level.points if point.id in ticks]
    open_points = [point for level in item.levels for point in level.points if point.id not in ticks]
    found: list[Comment] = []

    def say(kind: CommentKind, pattern: str, point: str = "") -> None:
        found.append(Comment(item.code, kind, random.choice(phrases[pattern]).format(point=point)))

    if met:
        say("strength", "strength", random.choice(met).text_th)
    if open_points:
        say("ofi", "ofi", open_points[0].text_th)
        say("recommendation", "recommendation", open_points[0].text_th)
        if random.randint(1, 4) == 1:
            say("site_visit_issue", "site_visit_issue", open_points[0].text_th)
    elif random.randint(1, 3) == 1:
        say("recommendation", "share")
    return found


def _result_comments(item: Item, phrases: Mapping[str, Sequence[str]], random: Random) -> list[Comment]:
    name = random.choice(item.indicators).name_th
    kinds: tuple[CommentKind, ...] = ("strength", "ofi", "recommendation")
    return [Comment(item.code, kind, random.choice(phrases[f"result_{kind}"]).format(point=name)) for kind in kinds]
