# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Who may sign what, by the newest roster: keys, seats, chairs, secretariat, thresholds, closing.

Every answer is None or the code of why the document is not counted. A document that fails here is not its
signer's to give: it takes no place in any slot and can't disturb what others signed.
"""

from collections.abc import Sequence, Set
from typing import Literal

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.documents import RosterBody, Seat
from pmqa_desktop.domain.facts import Fact
from pmqa_desktop.domain.trust import key_id, roster_of

KeyState = Literal["active", "retired", "compromised"]
BY_SECRETARIAT = frozenset({"criteria", "assignment", "papers", "result", "ranking", "extract"})
BY_EVALUATOR = frozenset({"declaration", "scoresheet", "endorsement"})
BY_CHAIR = frozenset({"reveal", "consensus"})
AFTER_CLOSING = frozenset({"roster", "extract", "enrolment"})
"""Kinds that a closed round still takes: a closing roster can't list what is made about itself."""


def keys_of(body: RosterBody) -> dict[str, tuple[str, KeyState]]:
    """Return raw key -> (person, state); a root key that no person carries counts as active."""
    keys: dict[str, tuple[str, KeyState]] = {
        entry.key: (person.person, entry.state) for person in body.persons for entry in person.keys
    }
    for root in body.roots:
        keys.setdefault(root.key, (root.person, "active"))
    return keys


class Rights:
    """The rights that a chain of rosters gives, looked up in constant time."""

    def __init__(self, chain: Sequence[Admitted]) -> None:
        """Read the chain, first roster to newest; at least one."""
        rosters = [roster_of(admitted) for admitted in chain]
        newest = rosters[-1]
        self.body = newest.body
        self._round = (newest.round, newest.rehearsal)
        self._kept = frozenset(newest.body.kept)
        self._accepted = frozenset(newest.body.accepted)
        self._keys = [keys_of(roster.body) for roster in rosters]
        self._number = {admitted.digest: n for n, admitted in enumerate(chain)}
        self._secretariat = frozenset(newest.body.secretariat)
        self._panels = {panel.agency: panel for panel in newest.body.panels}
        self._seats = {(p.agency, seat.person): seat for p in newest.body.panels for seat in p.seats}
        self._seated = frozenset(person for _, person in self._seats)
        self._chairs_ever = frozenset(
            (panel.agency, person)
            for r in rosters
            for panel in r.body.panels
            for person in (panel.chair, panel.acting_chair)
        )
        self._countersigners = self._find_countersigners()

    def _find_countersigners(self) -> dict[str, tuple[str, bool]]:
        """Return key id -> (person, compromised) of everybody whose signature counts under an official act."""
        entitled = self._secretariat | {root.person for root in self.body.roots}
        return {
            key_id(key): (person, state == "compromised")
            for key, (person, state) in self._keys[-1].items()
            if person in entitled
        }

    def seat(self, agency: str, person: str) -> Seat | None:
        """Return the person's seat on the agency's panel, or None."""
        return self._seats.get((agency, person))

    def in_chain(self, digest: str) -> bool:
        """Tell whether a roster of this digest is part of the chain."""
        return digest in self._number

    def kept(self, digest: str) -> bool:
        """Tell whether the newest roster lists a document as kept."""
        return digest in self._kept

    def chair(self, agency: str) -> str:
        """Return who leads the panel by the newest roster: the acting chair where one is named."""
        panel = self._panels.get(agency)
        return (panel.acting_chair or panel.chair) if panel else ""

    def signer_problem(self, fact: Fact) -> str | None:
        """Return why the key may not speak for the author, or None.

        Codes: `not-this-round`, `key-unknown`, `key-not-yours` (a rostered key in another person's name),
        `key-compromised` (and the digest is not kept), `key-retired` (signed under a roster in which the key
        was no longer active), `after-closing`.
        """
        if (fact.round, fact.rehearsal) != self._round:
            return "not-this-round"
        owner = self._owner(fact)
        if owner is None:
            return "key-unknown"
        person, state = owner
        if person != fact.person:
            return "key-not-yours"
        if fact.digest not in self._kept:
            if state == "compromised":
                return "key-compromised"
            if state == "retired" and self._retired_then(fact):
                return "key-retired"
        closed = self.body.state == "closed" and fact.kind not in AFTER_CLOSING
        return "after-closing" if closed and fact.digest not in self._accepted else None

    def _owner(self, fact: Fact) -> tuple[str, KeyState] | None:
        """Return who holds the key by the newest roster; for a kept document by the newest that names the key."""
        depth = len(self._keys) if fact.digest in self._kept else 1
        for keys in reversed(self._keys[-depth:]):
            if fact.key in keys:
                return keys[fact.key]
        return None

    def _retired_then(self, fact: Fact) -> bool:
        number = self._number.get(fact.roster)
        if number is None:
            return False
        owner = self._keys[number].get(fact.key)
        return owner is not None and owner[1] != "active"

    def role_problem(self, fact: Fact, recused: Set[tuple[str, str]]) -> str | None:
        """Return why this kind is not the author's to give, or None; `recused` holds (agency, person).

        Codes: `role-not-yours`, `seat-not-yours`, `signer-recused`, `chair-replaced`, `under-signed`.
        """
        if fact.kind in BY_SECRETARIAT:
            return self._secretariat_problem(fact)
        if fact.kind in BY_CHAIR:
            return self._chair_problem(fact, recused)
        if fact.kind in BY_EVALUATOR:
            return self._seat_problem(fact, recused)
        return None

    def _secretariat_problem(self, fact: Fact) -> str | None:
        if fact.person not in self._secretariat:
            return "role-not-yours"
        if fact.kind == "extract" or fact.one("state") == "official":
            kept = fact.digest in self._kept
            signers = (self._countersigners.get(keyid) for keyid in fact.keyids)
            persons = {person for person, compromised in filter(None, signers) if kept or not compromised}
            return None if len(persons) >= max(1, self.body.threshold) else "under-signed"
        return None

    def _seat_problem(self, fact: Fact, recused: Set[tuple[str, str]]) -> str | None:
        seat = self.seat(fact.agency, fact.person)
        if seat is None:
            return "seat-not-yours" if fact.person in self._seated else "role-not-yours"
        if fact.kind == "scoresheet" and fact.seat != seat.seat:
            return "seat-not-yours"
        if fact.kind != "declaration" and (fact.agency, fact.person) in recused:
            return "signer-recused"
        return None

    def _chair_problem(self, fact: Fact, recused: Set[tuple[str, str]]) -> str | None:
        place = (fact.agency, fact.person)
        if fact.person == self.chair(fact.agency):
            return "signer-recused" if place in recused else None
        if place not in self._chairs_ever:
            return "role-not-yours"
        return None if fact.digest in self._kept else "chair-replaced"
