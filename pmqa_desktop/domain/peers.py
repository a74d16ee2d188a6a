# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What a member of a panel never gets, and what is complete without it.

The other members' sheets are sealed to the chair and the secretariat. On a member's laptop the chair's reveal and
consensus therefore wait for sheets that never come; that is the rule there, not a fault.
"""

from pmqa_desktop.domain.facts import Fact
from pmqa_desktop.domain.view import View

TO_ENDORSE = "to-endorse"
"""Said of a reveal or consensus that lacks nothing on this laptop but sheets that are for others."""

_SHEETS = {"reveal": ("sheets", "own"), "consensus": ("rests_on",)}


def lacks_peers_only(seen: View, fact: Fact, person: str) -> bool:
    """Tell whether a reveal or consensus waits for nothing but peers' sheets on the laptop of a member.

    A member is who has a sheet that counts on the agency, has no right to the peers' sheets, and did not sign `fact`.
    """
    roster = seen.roster
    if fact.kind not in _SHEETS or seen.status.get(fact.digest) != "parent-awaited" or roster is None:
        return False
    if person in (fact.person, *roster.secretariat) or not seen.current("scoresheet", fact.agency, person):
        return False
    sheets = {digest for role in _SHEETS[fact.kind] for digest in fact.ref(role)}
    needed = {fact.roster, fact.criteria, *fact.parents()} - sheets - {""}
    return needed <= seen.facts.keys()
