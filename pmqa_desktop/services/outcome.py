# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The round's results, computed from what the store holds now."""

from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.domain.documents import Consensus
from pmqa_desktop.domain.results import Results, Rules, results
from pmqa_desktop.domain.scoring import display, official, score_sheet
from pmqa_desktop.errors import Damage, Expected
from pmqa_desktop.services.session import Session
from pmqa_desktop.thai import sort_key


def rules_of(criteria: FrozenCriteria) -> Rules:
    """Return how these criteria turn answers into numbers and words."""
    return Rules(
        score=lambda answers: score_sheet(criteria, answers),
        display=lambda value: display(value, criteria),
        official=lambda value: official(value, criteria),
        name_key=sort_key,
        quorum=criteria.settings.quorum_consensus,
    )


def round_results(session: Session) -> Results:
    """Return the results of the open file; without a trusted roster or criteria nothing has a score."""

    def consensus_of(digest: str) -> Consensus:
        document = session.document(digest)
        if not isinstance(document, Consensus):
            raise Damage("document-missing", digest=digest)
        return document

    try:
        rules = rules_of(session.round().criteria)
    except Expected:
        rules = None
    return results(session.view(), rules, consensus_of)
