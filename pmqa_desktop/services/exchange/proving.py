# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What the documents inside a report prove, and whether the report's own pages say the same.

The signed documents are the proof; the pages are only paper. Their text is searched for the lines that a report
prints: the total, each category, each item with its level, on the panel's copy each seat's score too. A line that
shows another number is told.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.domain.scoring import exact_text
from pmqa_desktop.services.exchange.proven import ProvenItem, Scores, proven_scores
from pmqa_desktop.text import LANGUAGES, N_, translator

_FIGURE = r"(?:\d+(?:\.\d+)?|–)"
_NUMBER = f"({_FIGURE})"
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_NO_LEVEL = "–"
_RADAR = N_("Category {code}")
_CATEGORY_SCORE = N_("Category score: {score}")
_TOTAL = N_("Result as a whole")
_STATES = (N_("Not applicable"), N_("Not scored"))
_LEVEL_TH = "ระดับ"


@dataclass(frozen=True, slots=True)
class Difference:
    """A place of the report (`total`, `category 1`, an item's code) that shows another score than is proven."""

    where: str
    proven: str
    shown: str


@dataclass(frozen=True, slots=True)
class Proof:
    """The scores that the signed documents of one report prove.

    `shows_the_same` is None where the pages could not be read or hold no line of a result.
    """

    scores: Scores
    shows_the_same: bool | None
    differences: tuple[Difference, ...] = ()

    def tree(self) -> dict[str, Any]:
        """Return it as the JSON object that `verify` prints."""
        scores = self.scores
        return {
            "agency": scores.agency,
            "state": scores.state,
            "total": None if scores.total is None else exact_text(scores.total),
            "display": scores.display,
            "official": scores.official,
            "level": scores.level or None,
            "categories": dict(scores.categories),
            "items": {one.code: one.display or None for one in scores.items},
            "shows_the_same": self.shows_the_same,
            "differences": [{"where": one.where, "proven": one.proven, "shown": one.shown} for one in self.differences],
        }


def proof_of(documents: Sequence[Admitted], text: str | None) -> Proof | None:
    """Return what verified documents prove: one result, or one consensus in force; None where there is neither.

    Args:
        documents: What was found in the file, all of it verified.
        text: The text of the report's pages; None where it could not be read.
    """
    proven = proven_scores(documents)
    if proven is None:
        return None
    scores, criteria = proven
    if text is None:  # no report: of a consensus that travels as a file nothing is to be compared
        return None if scores.state == "consensus" else Proof(scores, None)
    found = tuple(_compared(criteria, scores, text.translate(_THAI_DIGITS)))
    if all(shown is None for _where, _proven, shown in found):
        return Proof(scores, None)
    differences = tuple(
        Difference(where, proven, shown or "") for where, proven, shown in found if shown is None or shown != proven
    )
    return Proof(scores, not differences, differences)


def _compared(criteria: FrozenCriteria, scores: Scores, text: str) -> Iterator[tuple[str, str, str | None]]:
    """Yield each place with its proven score and a score shown there: another one if any is, None if none is."""
    best = criteria.edition.max_score
    heads = "|".join(_loose(head) for head in _said(_TOTAL))
    total = re.findall(rf"(?:{heads})\s*{_NUMBER}\s*/\s*{best}\b", text)
    proven = scores.display or _NO_LEVEL
    yield "total", proven, _worst(total, proven)
    for category in criteria.edition.categories:
        name = _named(category.code, (category.title_th, category.title_en))
        said = "|".join(_loose(part) for part in _said(_CATEGORY_SCORE, score=""))
        shown = re.findall(rf"{name}\s*{_NUMBER}\s*/\s*{category.best}\b", text)
        shown += re.findall(rf"{name}\s*(?:{said})\s*{_NUMBER}", text)
        radar = "|".join(_loose(part) for part in _said(_RADAR, code=category.code))
        shown += re.findall(rf"(?m)^(?:{radar})[ ]*\n{_NUMBER}[ ]*$", text)
        proven = scores.categories.get(category.code) or _NO_LEVEL
        yield f"category {category.code}", proven, _worst(shown, proven)
    yield from _compared_items(criteria, scores, text)


def _compared_items(criteria: FrozenCriteria, scores: Scores, text: str) -> Iterator[tuple[str, str, str | None]]:
    names = {
        level.code: (level.title_th, _LEVEL_TH + level.title_th, level.title_en) for level in criteria.edition.levels
    }
    all_names = {name for told in names.values() for name in told} | {_NO_LEVEL}
    all_names |= {word for state in _STATES for word in _said(state)}
    marks = "|".join(_loose(name) for name in sorted(all_names, key=len, reverse=True))
    # a row of the panel's copy: a score per seat, `–` where a seat has none, and the settled one last
    figures = rf"((?:{_FIGURE}[ ]+)*{_FIGURE})[ ]*$" if scores.state == "consensus" else _NUMBER
    for one in scores.items:
        item = criteria.edition.item(one.code)
        name = _named(one.code, (item.title_th, item.title_en))
        shown = []
        for mark, row in re.findall(rf"(?m){name}\s*({marks})?\s*{figures}", text):
            as_proven = not one.level or _squeezed(mark) in {_squeezed(told) for told in names.get(one.level, ())}
            told = _row_told(one, row.split())
            shown.append(told if as_proven else f"{' '.join(mark.split()) or _NO_LEVEL} {told}")
        proven = one.display or _NO_LEVEL
        yield one.code, proven, _worst(shown, proven)


def _row_told(item: ProvenItem, row: Sequence[str]) -> str:
    """Return the score that a row shows: the settled one, or the whole row where a seat's score is another one."""
    *seats, settled = row
    wrong = [score for score in seats if score != _NO_LEVEL] != [score for score in item.seats if score]
    return " ".join(row) if wrong else settled


def _worst(shown: Sequence[str], proven: str) -> str | None:
    """Return a score that differs from the proven one if any is shown, else the proven one, None if none is shown."""
    return next((score for score in shown if score != proven), shown[0] if shown else None)


def _said(message: str, **fields: str) -> list[str]:
    """Return a message in every language of the reports."""
    return [translator(language)(message).format(**fields) for language in LANGUAGES]


def _named(code: str, titles: Iterable[str]) -> str:
    told = "|".join(_loose(title) for title in titles if title)
    return rf"(?<![\d.]){re.escape(code)}\s*(?:{told})"


def _loose(words: str) -> str:
    """Return a pattern of words that may be broken anywhere into lines."""
    return r"\s*".join(re.escape(letter) for letter in _squeezed(words).translate(_THAI_DIGITS))


def _squeezed(words: str) -> str:
    return "".join(words.split())
