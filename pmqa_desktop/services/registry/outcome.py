# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The round's results, computed from what the store holds now."""

from pmqa_desktop.domain.documents import Consensus
from pmqa_desktop.domain.results import AgencyState, Results, results
from pmqa_desktop.errors import Damage, Expected
from pmqa_desktop.services.session import Session
from pmqa_desktop.text import N_
from pmqa_desktop.thai import sort_key

STATE_WORDS: dict[AgencyState, str] = {
    "complete": N_("complete"),
    "awaited": N_("consensus awaited"),
    "held": N_("consensus held"),
    "conflict": N_("consensus in conflict"),
    "stale": N_("consensus out of date"),
    "incomplete": N_("items without a score"),
    "seats-open": N_("seats still open"),
    "no-quorum": N_("quorum not met"),
}
"""Why an agency has no rank yet, as words for the catalogue."""


def round_results(session: Session) -> Results:
    """Return the results of the open file; without a trusted roster or criteria nothing has a score."""

    def consensus_of(digest: str) -> Consensus:
        document = session.document(digest)
        if not isinstance(document, Consensus):
            raise Damage("document-missing", digest=digest)
        return document

    try:
        criteria = session.round().criteria
    except Expected:
        criteria = None
    return results(session.view(), criteria, consensus_of, sort_key)
