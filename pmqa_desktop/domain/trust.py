# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The roster chain: which rosters are sound, which are stored, and which one is in force.

Rules of bundle-format section 3: version n+1 needs the threshold of version n and its own (the root rule of
The Update Framework); a registry is named by its first roster; two different followers stop the chain until a
roster that follows both heals it.
The roster's number is the only clock.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.documents import Roster, RosterBody
from pmqa_desktop.domain.facts import Fact

Rosters = Mapping[str, Admitted]
"""Admitted documents of kind roster, by digest."""

LIVE_THRESHOLD = 2
"""A live round needs at least this many root signatures, and one root person more than that."""


@lru_cache(maxsize=8192)
def key_id(key: str) -> str:
    """Return the key id of a raw key in hex: the SHA-256 of its bytes, in hex.

    Text that is no hex gives the empty string, which no verified signature carries.
    """
    try:
        return hashlib.sha256(bytes.fromhex(key)).hexdigest()
    except ValueError:
        return ""


def roster_of(admitted: Admitted) -> Roster:
    """Return the roster inside; a `TypeError` means that the caller mixed up kinds."""
    document = admitted.document
    if not isinstance(document, Roster):
        raise TypeError(f"{admitted.digest} is a {admitted.kind}, not a roster")
    return document


def named_keys(body: RosterBody) -> frozenset[str]:
    """Return every raw key that a roster names, whatever its state."""
    return frozenset({root.key for root in body.roots} | {k.key for person in body.persons for k in person.keys})


def root_keyids(body: RosterBody) -> dict[str, str]:
    """Return key id -> person of the root keys in force: those that the roster itself doesn't mark otherwise."""
    out_of_force = {k.key for person in body.persons for k in person.keys if k.state != "active"}
    return {key_id(root.key): root.person for root in body.roots if root.key not in out_of_force}


def meets_threshold(keyids: Iterable[str], body: RosterBody) -> bool:
    """Tell whether enough different root persons of `body` are among the signers; two keys of one count once."""
    roots = root_keyids(body)
    return len({roots[keyid] for keyid in keyids if keyid in roots}) >= max(1, body.threshold)


def roster_problem(roster: Roster, rehearsal_keys: frozenset[str] = frozenset()) -> str | None:
    """Return the code of what is unsound in a roster taken alone, or None.

    Codes: `roster-threshold-low` (live below 2, or below 1), `roster-roots-few` (live: fewer root persons than
    threshold + 1; rehearsal: fewer than the threshold), `roster-key-twice` (one key, two persons),
    `roster-seat-twice` (a person or a seat twice on a panel, or two panels for one agency),
    `rehearsal-key` (a live roster naming a key that signed in a rehearsal).
    """
    body = roster.body
    spare = 0 if roster.rehearsal else 1
    if body.threshold < (1 if roster.rehearsal else LIVE_THRESHOLD):
        return "roster-threshold-low"
    if len(set(root_keyids(body).values())) < body.threshold + spare:
        return "roster-roots-few"
    if _key_twice(body):
        return "roster-key-twice"
    if _seat_twice(body):
        return "roster-seat-twice"
    if not roster.rehearsal and named_keys(body) & rehearsal_keys:
        return "rehearsal-key"
    return None


def _key_twice(body: RosterBody) -> bool:
    owners: dict[str, str] = {}
    pairs = [(root.key, root.person) for root in body.roots]
    pairs += [(k.key, person.person) for person in body.persons for k in person.keys]
    return any(owners.setdefault(key, person) != person for key, person in pairs)


def _seat_twice(body: RosterBody) -> bool:
    places: list[tuple[str, ...]] = [("panel", panel.agency) for panel in body.panels]
    for panel in body.panels:
        for seat in panel.seats:
            places += [("person", panel.agency, seat.person), ("seat", panel.agency, seat.seat)]
    return any(count > 1 for count in Counter(places).values())


def first_problem(first: Admitted, rehearsal_keys: frozenset[str] = frozenset()) -> str | None:
    """Return why a roster can't be the first of a round, or None; codes of `roster_problem` and two more.

    `roster-not-first` (its number is not 1) and `under-signed` (below its own threshold).
    """
    roster = roster_of(first)
    if roster.seq != 1:
        return "roster-not-first"
    return roster_problem(roster, rehearsal_keys) or (
        None if meets_threshold(first.keyids, roster.body) else "under-signed"
    )


def follow_problem(
    child: Admitted, parents: Sequence[Admitted], rehearsal_keys: frozenset[str] = frozenset()
) -> str | None:
    """Return why `child` can't follow `parents` in the chain, or None.

    One parent: the next version. Several, the sides of a fork: a healing, which has to be what each side would
    accept as its next version, so it never needs fewer people than a straight chain does.

    Codes of `roster_problem`, `roster-not-next` (number or parents differ), `roster-round-changed` (round or rehearsal
    flag changed) and `under-signed` (below the threshold of a parent or of itself).
    """
    roster, before = roster_of(child), [roster_of(parent) for parent in parents]
    named = tuple(sorted(parent.digest for parent in parents))
    if not before or roster.supersedes != named or roster.seq != 1 + max(one.seq for one in before):
        return "roster-not-next"
    if any((roster.round, roster.rehearsal) != (one.round, one.rehearsal) for one in before):
        return "roster-round-changed"
    if problem := roster_problem(roster, rehearsal_keys):
        return problem
    carried = all(meets_threshold(child.keyids, one.body) for one in (*before, roster))
    return None if carried else "under-signed"


class Standing:
    """The rosters that rest on some first ones, signed by all thresholds from there on.

    `rosters` are they, by digest, from lower to higher numbers. `heads` are those that no other follows, sorted:
    one head is a chain in order, two are a fork.
    """

    def __init__(self, rosters: Rosters, firsts: Iterable[str], foreign: frozenset[str] = frozenset()) -> None:
        """Take in every roster whose parents all stand; a parent's number is lower, so one pass is enough."""
        self.rosters: dict[str, Admitted] = {digest: rosters[digest] for digest in sorted(firsts)}
        for digest in sorted(rosters, key=lambda one: (roster_of(rosters[one]).seq, one)):
            parents = [self.rosters.get(parent) for parent in roster_of(rosters[digest]).supersedes]
            here = [parent for parent in parents if parent is not None]
            if len(here) == len(parents) and follow_problem(rosters[digest], here, foreign) is None:
                self.rosters[digest] = rosters[digest]
        followed = {parent for one in self.rosters.values() for parent in roster_of(one).supersedes}
        self.heads = tuple(sorted(digest for digest in self.rosters if digest not in followed))

    def agreed(self) -> str:
        """Return the newest roster that every head rests on by every way: where the chain stands."""
        above: dict[str, str] = {}  # the newest other roster that every way to a roster leads through
        depth: dict[str, int] = {}

        def meeting(digests: Sequence[str]) -> str:
            here = digests[0]
            for other in digests[1:]:
                while here != other:
                    if depth[here] < depth[other]:
                        here, other = other, here  # noqa: PLW2901 - both climb until they meet
                    here = above[here]
            return here

        for digest, one in self.rosters.items():
            if parents := roster_of(one).supersedes:
                above[digest] = meeting(parents)
            depth[digest] = depth[above[digest]] + 1 if parents else 0
        return meeting(self.heads)

    def lineage(self, digest: str) -> tuple[Admitted, ...]:
        """Return a roster and all that it rests on, healed sides too, by number; itself the last."""
        found, waiting = {digest}, [digest]
        while waiting:
            more = set(roster_of(self.rosters[waiting.pop()]).supersedes) - found
            found |= more
            waiting += more
        return tuple(one for one in self.rosters.values() if one.digest in found)


def stored_rosters(rosters: Rosters) -> dict[str, Admitted]:
    """Return the rosters whose named keys may bring documents into the set.

    These are the rosters of number 1, and those signed by all thresholds over such ones; both sides of a fork
    are among them. It grows with the set and doesn't depend on which roster a person named.
    """
    return Standing(rosters, (digest for digest, admitted in rosters.items() if roster_of(admitted).seq == 1)).rosters


class KnownSigners:
    """The keys that stored rosters name, per round: who is not among them waits in the holding area."""

    def __init__(self, rosters: Rosters) -> None:
        """Gather the keys from all rosters at hand; only the stored ones of them are looked at."""
        self._stored = frozenset(stored := stored_rosters(rosters))
        self._keys: set[tuple[str, bool, str]] = set()
        for admitted in stored.values():
            roster = roster_of(admitted)
            self._keys |= {(roster.round, roster.rehearsal, key) for key in named_keys(roster.body)}

    def awaits(self, fact: Fact) -> bool:
        """Tell whether a document has to wait outside the set until a roster names its signer.

        Rosters of number 1 and stored rosters never wait. A manifest is no part of the set and never waits.
        """
        if fact.kind == "manifest" or fact.digest in self._stored or (fact.kind == "roster" and fact.seq == 1):
            return False
        return (fact.round, fact.rehearsal, fact.key) not in self._keys


def awaits_roster(fact: Fact, rosters: Rosters) -> bool:
    """Tell the same for one document; for many documents build `KnownSigners` once."""
    return KnownSigners(rosters).awaits(fact)


def rehearsal_keys(facts: Iterable[Fact]) -> frozenset[str]:
    """Return the keys that signed anything in a rehearsal: a live roster must not name them.

    Only own signatures tell. That somebody else's rehearsal roster names a key proves nothing, and would let a
    stranger spoil a live round.
    """
    return frozenset(fact.key for fact in facts if fact.rehearsal)


@dataclass(frozen=True, slots=True)
class Chain:
    """The newest roster in force, the last, and before it all that it rests on, by number.

    After a healed fork both sides are in it. In a fork it ends with the newest roster that all agree on: `fork` are the
    newest of each side, `sides` all properly signed rosters after that one. `problem` is None, `roster-fork`, or why
    there is no chain: `no-roster`, `no-trusted-roster`, `rival-rosters`, `trusted-roster-missing`, or a code of
    `first_problem`.
    """

    rosters: tuple[Admitted, ...] = ()
    fork: tuple[str, ...] = ()
    problem: str | None = None
    sides: tuple[str, ...] = ()

    @property
    def digests(self) -> tuple[str, ...]:
        """Return the digests of the chain, first to newest."""
        return tuple(admitted.digest for admitted in self.rosters)


def _first(rosters: Rosters, named: str | None, foreign: frozenset[str]) -> Chain:
    if named is not None:
        if named not in rosters:
            return Chain(problem="trusted-roster-missing")
        problem = first_problem(rosters[named], foreign)
        return Chain(problem=problem) if problem else Chain((rosters[named],))
    if not rosters:
        return Chain(problem="no-roster")
    practice = sorted(d for d, admitted in rosters.items() if roster_of(admitted).rehearsal)
    sound = [digest for digest in practice if first_problem(rosters[digest]) is None]
    if len(sound) > 1:
        return Chain(fork=tuple(sound), problem="rival-rosters")
    if sound:
        return Chain((rosters[sound[0]],))
    if len(practice) < len(rosters):
        return Chain(problem="no-trusted-roster")
    firsts = [digest for digest in practice if roster_of(rosters[digest]).seq == 1]
    return Chain(problem=first_problem(rosters[firsts[0]]) if firsts else "no-roster")


def follow_chain(rosters: Rosters, named: str | None, foreign: frozenset[str] = frozenset()) -> Chain:
    """Return the chain from the first roster to the newest one that all thresholds carry.

    Args:
        rosters: every roster of the set.
        named: digest of the first roster, whose fingerprint a person checked; None only in a rehearsal, where
            the single sound first roster is taken, and two of them are a problem that shows both.
        foreign: keys that signed in a rehearsal (`rehearsal_keys`).

    Returns:
        The chain; where two sound rosters follow one and none heals them, it stands at the newest that all agree on
        and shows the newest of each side.
    """
    start = _first(rosters, named, foreign)
    if not start.rosters:
        return start
    standing = Standing(rosters, start.digests, foreign)
    if len(standing.heads) == 1:
        return Chain(standing.lineage(standing.heads[0]))
    chain = standing.lineage(standing.agreed())
    here = {one.digest for one in chain}
    sides = tuple(sorted(digest for digest in standing.rosters if digest not in here))
    return Chain(chain, standing.heads, "roster-fork", sides)
