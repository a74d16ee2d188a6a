# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The way on when two rosters are in force at once: a third that follows both, signed by what each of them asks.

Nobody chooses by a click: a fork ends only by signatures, so that it never lets fewer people take a round over than a
straight chain does (docs/decisions/0006-healing-a-fork.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.documents import RosterBody
from pmqa_desktop.domain.roster_changes import Change, roster_changes
from pmqa_desktop.domain.roster_edits import with_revocations
from pmqa_desktop.domain.trust import follow_chain, roster_of
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.rounds.opening import Desk
from pmqa_desktop.services.rounds.rosters import (
    Documents,
    Review,
    pending,
    review,
    rosters_among,
    sign_following,
    unsound,
)
from pmqa_desktop.sync.fingerprint import matches


@dataclass(frozen=True, slots=True)
class ForkSide:
    """One side of a fork: its newest roster, and all that it changes against the last one everybody agreed on."""

    review: Review
    changes: tuple[Change, ...]

    @property
    def digest(self) -> str:
        """Return what names the side."""
        return self.review.roster.digest

    @property
    def signed(self) -> tuple[str, ...]:
        """Return the persons who signed it, sorted."""
        return tuple(sorted({person for quorum in self.review.quorums for person in quorum.signed}))


@dataclass(frozen=True, slots=True)
class Fork:
    """A chain that stands still: where all agreed last, the sides after it, and the healings that wait."""

    agreed: Admitted
    sides: tuple[ForkSide, ...]
    healings: tuple[Review, ...]

    def outcome(self, base: str) -> tuple[tuple[ForkSide, tuple[Change, ...]], ...]:
        """Return what each side gets other than it has, if the content of `base` goes on.

        Raises:
            Expected: as `healed_body`.
        """
        body = healed_body([one.review.roster for one in self.sides], base)
        return tuple((one, roster_changes(roster_of(one.review.roster).body, body)) for one in self.sides)

    def problem(self, base: str) -> str | None:
        """Return why no healing with the content of `base` could be in force, None if one can.

        Raises:
            Expected: as `healed_body`.
        """
        return unsound(self.agreed, healed_body([one.review.roster for one in self.sides], base))


def fork_of(documents: Documents, named: str | None = None) -> Fork | None:
    """Return the fork at which the chain stands still, None while it is in order."""
    chain = follow_chain(rosters_among(documents), named)
    if not chain.fork or not chain.rosters:
        return None
    agreed = chain.rosters[-1]
    before = roster_of(agreed).body
    sides = tuple(ForkSide(one, roster_changes(before, roster_of(one.roster).body)) for one in forked(documents, named))
    healings = tuple(one for one in pending(documents, named) if one.sides)
    return Fork(agreed, sides, tuple(one for one in healings if one.roster.digest not in chain.fork))


def forked(documents: Documents, named: str | None = None) -> tuple[Review, ...]:
    """Return the newest roster of each side of a fork, by digest; none while the chain is in order."""
    fork = follow_chain(rosters_among(documents), named).fork
    return tuple(review(documents, digest, fork) for digest in fork)


def healed_body(sides: Sequence[Admitted], base: str) -> RosterBody:
    """Return what a healing starts from: the body of one side, and every key that any side took out of use.

    Args:
        sides: The newest of each side.
        base: Digest or groups of the fingerprint of the side whose body is taken.

    Raises:
        Expected: `fingerprint-differs`, none of the sides, or more than one, is meant.
    """
    body = roster_of(_chosen(sides, base)).body
    for other in sides:
        body = with_revocations(body, roster_of(other).body)
    return body


def heal(desk: Desk, sides: Sequence[Admitted], base: str, body: RosterBody, reason: str) -> Admitted:
    """Sign a roster that follows every side of a fork at once; it counts once each side's threshold has signed it too.

    Args:
        desk: Who signs first; known to a side.
        sides: The newest of each side, all of them.
        base: Digest or groups of the fingerprint of the side whose criteria go on.
        body: As `healed_body` gives it, perhaps with further changes.
        reason: How the officers agreed, in a person's words.

    Raises:
        Expected: `nothing-to-heal`; the codes of `propose` and `healed_body`.
        Refused: what a document's own rules refuse.
    """
    if len(sides) < 2:
        raise Expected("nothing-to-heal")
    chosen = _chosen(sides, base)
    return sign_following(desk, (chosen, *(one for one in sides if one is not chosen)), body, reason)


def _chosen(sides: Sequence[Admitted], base: str) -> Admitted:
    found = [one for one in sides if matches(one.digest, base.removeprefix("sha256:"))]
    if len(found) != 1:
        raise Expected("fingerprint-differs", found=base)
    return found[0]
