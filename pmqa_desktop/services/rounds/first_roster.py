# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The first roster names a round: a person compares its fingerprint before anything of a real round is opened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.trust import first_problem, follow_chain, roster_of
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.exchange.checking import first_roster_of
from pmqa_desktop.services.rounds.rosters import Documents, rosters_among
from pmqa_desktop.sync.fingerprint import Groups, groups, matches


@dataclass(frozen=True, slots=True)
class FirstRoster:
    """What a person looks at before trusting a round: the first roster's fingerprint, and what it claims to be."""

    digest: str
    fingerprint: Groups
    round: str
    title_th: str
    title_en: str
    rehearsal: bool
    problem: str | None


def first_roster_in(documents: Iterable[Admitted], file: str) -> FirstRoster:
    """Return the first roster among documents with its fingerprint, for a person to compare.

    Raises:
        Expected: `roster-not-here`.
    """
    first = first_roster_of(tuple(documents), file)
    roster = roster_of(first)
    return FirstRoster(
        first.digest, groups(first.digest), roster.round, roster.body.title_th, roster.body.title_en,
        roster.rehearsal, first_problem(first),
    )  # fmt: skip


def confirm_first(documents: Documents, typed: str | None, *, needed: bool = True) -> str | None:
    """Return the digest of the first roster once a person confirmed it, to name the round by.

    Args:
        documents: The rosters at hand.
        typed: Groups of its fingerprint, or its digest; None when nobody compared it.
        needed: False only to look: then a real round's unconfirmed first roster is taken as it stands.

    Raises:
        Expected: `no-roster-given`; `fingerprint-differs`; `first-roster-unconfirmed` in a real round.
    """
    firsts = [one for one in rosters_among(documents).values() if one.document.seq == 1]
    if typed is not None:
        fitting = [one.digest for one in firsts if matches(one.digest, typed.removeprefix("sha256:"))]
        if len(fitting) != 1:
            raise Expected("fingerprint-differs", found=typed)
        return fitting[0]
    if not firsts:
        raise Expected("no-roster-given")
    if all(one.document.rehearsal for one in firsts):
        return None
    if needed or len(firsts) > 1:
        told = "; ".join(" / ".join(groups(one.digest)) for one in firsts)
        raise Expected("first-roster-unconfirmed", fingerprint=told)
    return firsts[0].digest


def check_setup(documents: Sequence[Admitted], known: Documents, *, file: str, confirmed: str | None) -> FirstRoster:
    """Let a file set up a laptop, or open a pack, only under a trusted chain that is no older than the one here.

    Args:
        documents: What the file holds.
        known: The rosters that are here already; empty on first opening.
        file: The file's name, to tell.
        confirmed: Groups of the first roster's fingerprint as a person compared them, or its digest; None when
            nobody did.

    Raises:
        Expected: `roster-not-here`; the first roster's own problem; `first-roster-unconfirmed` in a real round;
            `fingerprint-differs`; `roster-fork`; `roster-older`.
    """
    first = first_roster_in(documents, file)
    if first.problem:
        raise Expected(first.problem)
    if not known and confirmed is None and not first.rehearsal:
        raise Expected("first-roster-unconfirmed", fingerprint=" / ".join(first.fingerprint))
    if confirmed is not None and not matches(first.digest, confirmed.removeprefix("sha256:")):
        raise Expected("fingerprint-differs", found=confirmed)
    brought = rosters_among({one.digest: one for one in documents})
    here = follow_chain({**known, first.digest: brought[first.digest]}, first.digest)
    offered = follow_chain(brought, first.digest)
    if offered.problem:
        raise Expected(offered.problem)
    found, known_here = roster_of(offered.rosters[-1]).seq, roster_of(here.rosters[-1]).seq
    if found < known_here:
        raise Expected("roster-older", found=found, known=known_here)
    return first
