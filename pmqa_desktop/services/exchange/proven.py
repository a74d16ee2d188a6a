# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The scores that verified documents prove: those of a signed result, or those of the panel's consensus."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.criteria import FrozenCriteria, criteria_from_body
from pmqa_desktop.domain.documents import Consensus, Criteria, Result, Roster, Scoresheet
from pmqa_desktop.domain.scoring import display, fraction, official, score_sheet
from pmqa_desktop.errors import PmqaError


@dataclass(frozen=True, slots=True)
class ProvenItem:
    """One item: its score as shown (empty: none), its level's code, and each seat's score in the panel's order."""

    code: str
    display: str
    level: str
    seats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scores:
    """One agency's scores; `state` tells whether they are a result's or only the panel's own."""

    agency: str
    state: Literal["draft", "official", "consensus"]
    total: Fraction | None
    display: str
    official: str
    level: str
    categories: Mapping[str, str]
    items: tuple[ProvenItem, ...]


def proven_scores(documents: Sequence[Admitted]) -> tuple[Scores, FrozenCriteria] | None:
    """Return what the documents of one report prove, with the criteria that tell how it is shown.

    Args:
        documents: What was found in the file, all of it verified.
    """
    results = [one.document for one in documents if isinstance(one.document, Result)]
    settled = _in_force(documents)
    source = results[0] if len(results) == 1 else settled if not results else None
    criteria = _criteria(documents, source.criteria) if source is not None else None
    if source is None or criteria is None:
        return None
    found = _of_result(source) if isinstance(source, Result) else _of_consensus(source, documents, criteria)
    return found, criteria


def _in_force(documents: Sequence[Admitted]) -> Consensus | None:
    """Return the one consensus that no other one of the file supersedes."""
    found = {one.digest: one.document for one in documents if isinstance(one.document, Consensus)}
    gone = {digest for document in found.values() for digest in document.supersedes}
    left = [document for digest, document in found.items() if digest not in gone]
    return left[0] if len(left) == 1 else None


def _criteria(documents: Sequence[Admitted], digest: str) -> FrozenCriteria | None:
    for one in documents:
        if one.digest == digest and isinstance(one.document, Criteria):
            try:
                return criteria_from_body(one.document.body)
            except PmqaError:
                return None
    return None


def _of_result(result: Result) -> Scores:
    body = result.body
    return Scores(
        agency=result.agency,
        state=body.state,
        total=fraction(body.total),
        display=body.display,
        official=body.official,
        level=body.level,
        categories={one.category: one.display for one in body.categories},
        items=tuple(ProvenItem(one.item, one.display, one.level) for one in body.items),
    )


def _of_consensus(consensus: Consensus, documents: Sequence[Admitted], criteria: FrozenCriteria) -> Scores:
    score = score_sheet(criteria, {one.item: one.answer for one in consensus.body.items})
    sheets = _seats_scores(consensus, documents, criteria)

    def shown(value: Fraction | None) -> str:
        return "" if value is None else display(value, criteria)

    return Scores(
        agency=consensus.agency,
        state="consensus",
        total=score.total,
        display=shown(score.total),
        official="" if score.total is None else official(score.total, criteria),
        level=score.level or "",
        categories={code: shown(value) for code, value in score.categories.items()},
        items=tuple(
            ProvenItem(code, shown(item.exact), item.level or "", tuple(shown(sheet.get(code)) for sheet in sheets))
            for code, item in score.items.items()
        ),
    )


def _seats_scores(
    consensus: Consensus, documents: Sequence[Admitted], criteria: FrozenCriteria
) -> list[Mapping[str, Fraction | None]]:
    """Return the scores by item of each sheet that the consensus rests on, in the order of the panel's seats."""
    rests = {one.document.author.person: one.document for one in documents
             if isinstance(one.document, Scoresheet) and one.digest in consensus.body.rests_on}  # fmt: skip
    rosters = [one.document for one in documents if isinstance(one.document, Roster)]
    newest = max(rosters, key=lambda roster: roster.seq, default=None)
    panels = newest.body.panels if newest is not None else ()
    persons = [seat.person for panel in panels if panel.agency == consensus.agency for seat in panel.seats]
    found: list[Mapping[str, Fraction | None]] = []
    for person in persons:
        if person in rests:
            scored = score_sheet(criteria, {one.item: one.answer for one in rests[person].body.items})
            found.append({code: item.exact for code, item in scored.items.items()})
    return found
