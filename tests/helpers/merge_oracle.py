# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What must hold of a view, told anew from the documents in the plainest words and without the rules under test."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from trust_world import ROOTS

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.documents import Consensus, Declaration, Endorsement, Result, Reveal, Roster, Scoresheet
from pmqa_desktop.domain.view import View


def rosters_of(documents: Iterable[Admitted]) -> dict[str, Admitted]:
    return {document.digest: document for document in documents if document.kind == "roster"}


def keys_named(roster: Admitted) -> set[str]:
    assert isinstance(roster.document, Roster)
    body = roster.document.body
    return {root.key for root in body.roots} | {key.key for one in body.persons for key in one.keys}


def plainly_stored(documents: Mapping[str, Admitted]) -> list[Admitted]:
    """Return the first rosters and those that all thresholds signed over such ones."""
    rosters = rosters_of(documents.values())
    return [rosters[d] for d in resting_on(rosters, {d for d, one in rosters.items() if one.document.seq == 1})]


def resting_on(rosters: Mapping[str, Admitted], firsts: set[str], but: str = "") -> set[str]:
    """Return the rosters that are reached from `firsts`, each soundly signed over all it supersedes.

    With `but`, return those that are reached by some way that does not lead through that one.
    """
    sound_ones = set(firsts)
    while more := {d for d, one in rosters.items() if d not in sound_ones and follows(one, rosters, sound_ones)}:
        sound_ones |= more
    reached = set(firsts) - {but}
    while more := {
        d for d in sound_ones - reached - {but} if set(rosters[d].document.supersedes) & reached
    }:  # fmt: skip
        reached |= more
    return reached


def follows(one: Admitted, rosters: Mapping[str, Admitted], here: set[str]) -> bool:
    """Tell whether a roster is sound over each of its parents, all of which are here, and carries the next number."""
    parents = one.document.supersedes
    if not parents or not set(parents) <= here:
        return False
    next_number = max(rosters[d].document.seq for d in parents) + 1
    return one.document.seq == next_number and all(sound(one, rosters[d]) for d in parents)


def signers(roster: Admitted, by: Admitted) -> int:
    """Count the root persons of `by` that signed `roster`."""
    assert isinstance(by.document, Roster)
    ids = {hashlib.sha256(bytes.fromhex(root.key)).hexdigest(): root.person for root in by.document.body.roots}
    return len({ids[keyid] for keyid in roster.keyids if keyid in ids})


def sound(child: Admitted, parent: Admitted) -> bool:
    """Tell whether enough roots of both rosters signed the child."""
    assert isinstance(child.document, Roster)
    assert isinstance(parent.document, Roster)
    enough = signers(child, parent) >= parent.document.body.threshold
    return enough and signers(child, child) >= child.document.body.threshold


class Oracle:
    """Holds one view against its documents."""

    def __init__(self, documents: Mapping[str, Admitted], named: str, seen: View) -> None:
        self.documents = documents
        self.named = named
        self.seen = seen

    def check(self) -> None:
        if self.named not in self.documents:
            assert self.seen.problem == "trusted-roster-missing"
            assert not self.seen.cells
            return
        self.chain()
        body = self.seen.roster
        assert body is not None
        self.owner = {key.key: (p.person, key.state) for p in body.persons for key in p.keys}
        for root in body.roots:
            self.owner.setdefault(root.key, (root.person, "active"))
        self.kept, self.closed, self.accepted = set(body.kept), body.state == "closed", set(body.accepted)
        self.seats = {(p.agency, seat.person): seat for p in body.panels for seat in p.seats}
        self.leads = {p.agency: p.acting_chair or p.chair for p in body.panels}
        self.secretariat = set(body.secretariat)
        self.counted()
        self.criteria_cell()
        self.declarations()
        self.sheets()
        self.agreements()
        self.results()
        self.endorsements()

    def chain(self) -> None:
        """The newest roster is where all others lead; where two are, it is the last before they part."""
        rosters = rosters_of(self.documents.values())
        standing = resting_on(rosters, {self.named})
        ends = {d for d in standing if not any(d in rosters[other].document.supersedes for other in standing)}
        last = self.seen.chain[-1]
        assert set(self.seen.chain) == {last} | self.ancestors(self.documents[last])
        if len(ends) == 1:
            assert (last, self.seen.fork, self.seen.problem) == (*ends, (), None), "a sound roster was left out"
            return
        assert (self.seen.fork, self.seen.problem) == (tuple(sorted(ends)), "roster-fork")
        passed = {d for d in standing if not resting_on(rosters, {self.named}, but=d) & ends}
        assert last == max(passed, key=lambda d: rosters[d].document.seq), "walked past a fork, or stopped too early"

    def counted(self) -> None:
        """Nothing counts whose key is not its author's and in force by the newest roster."""
        for digest, status in self.seen.status.items():
            document = self.documents[digest].document
            if status not in ("counted", "stale") or isinstance(document, Roster):
                continue
            held_by, state = self.owner.get(document.author.key, ("", "unknown"))
            assert digest in self.kept or (held_by == document.author.person and state != "compromised")
            assert not self.closed or digest in self.accepted
            assert document.roster == "" or document.roster in self.seen.chain
            kind = self.documents[digest].kind
            if kind in ("criteria",):
                assert document.author.person in self.secretariat
            elif kind in ("scoresheet", "declaration"):
                assert (document.agency, document.author.person) in self.seats
            elif kind in ("reveal", "consensus"):
                assert document.author.person == self.leads[document.agency] or digest in self.kept

    def authentic(self, document: Any, digest: str) -> bool:
        """Tell whether a sheet or declaration is of its author's key, seat and time, whatever it rests on."""
        held_by, state = self.owner.get(document.author.key, ("", "unknown"))
        if held_by != document.author.person or (state == "compromised" and digest not in self.kept):
            return False
        if state == "retired" and digest not in self.kept and not self.active_then(document):
            return False
        seat = self.seats.get((document.agency, document.author.person))
        own_seat = seat is not None and getattr(document.body, "seat", seat.seat) == seat.seat
        return own_seat and (not self.closed or digest in self.accepted)

    def active_then(self, document: Any) -> bool:
        """Tell whether the key was active in the roster that the document was signed under."""
        if document.roster not in self.seen.chain:
            return True
        roster = self.documents[document.roster].document
        assert isinstance(roster, Roster)
        return document.author.key in {k.key for p in roster.body.persons for k in p.keys if k.state == "active"}

    def places(self, kind: type) -> dict[tuple[str, str], list[Admitted]]:
        found: dict[tuple[str, str], list[Admitted]] = defaultdict(list)
        for digest, admitted in self.documents.items():
            document = admitted.document
            if isinstance(document, kind) and self.authentic(document, digest) and self.counted_up(admitted):
                found[document.agency, document.author.person].append(admitted)  # type: ignore[attr-defined]
        return found

    def counted_up(self, admitted: Admitted) -> bool:
        """Tell whether a number follows those below it, as far down as they are here."""
        document = admitted.document
        below = [self.documents[digest] for digest in document.supersedes if digest in self.documents]
        if len(below) < len(document.supersedes):
            right = document.seq <= 10_000
        else:
            right = document.seq == max((one.document.seq for one in below), default=0) + 1
        return right and all(self.counted_up(one) for one in below)

    def ancestors(self, top: Admitted) -> set[str]:
        found: set[str] = set()
        waiting = list(top.document.supersedes)
        while waiting:
            digest = waiting.pop()
            if digest in self.documents and digest not in found:
                found.add(digest)
                waiting += self.documents[digest].document.supersedes
        return found

    def expected_value(self, entries: list[Admitted]) -> str:
        """Return the digest that may count in a slot, or nothing: the rule of the one newest, in plain words."""
        top = max(a.document.seq for a in entries)
        tops = [a for a in entries if a.document.seq == top]
        if len(tops) > 1:
            return ""
        newest = tops[0]
        if any(parent not in self.documents for parent in newest.document.supersedes):
            return ""
        place = (newest.kind, newest.document.agency, newest.document.author.person)
        below = [self.documents[parent] for parent in newest.document.supersedes]
        if any((one.kind, one.document.agency, one.document.author.person) != place for one in below):
            return ""
        numbers = Counter(a.document.seq for a in entries)
        disputed = {a.digest for a in entries if numbers[a.document.seq] > 1}
        if not disputed <= self.ancestors(newest):
            return ""
        return newest.digest if newest.document.roster in self.seen.chain else ""

    def criteria_cell(self) -> None:
        cell = self.seen.cell("criteria")
        if cell is None or cell.state != "current":
            assert self.seen.criteria_digest is None
        else:
            assert self.seen.criteria_digest == cell.digest

    def declarations(self) -> None:
        self.recused = set()
        for (at, who), entries in self.places(Declaration).items():
            value = self.expected_value(entries)
            cell = self.seen.cells["declaration", at, who]
            assert (cell.digest if cell.state in ("current", "recused") else "") == value
            document = self.documents[value].document if value else None
            if isinstance(document, Declaration) and document.body.state == "recused":
                self.recused.add((at, who))
                assert cell.state == "recused"

    def sheets(self) -> None:
        self.in_force: dict[str, set[str]] = defaultdict(set)
        found = self.places(Scoresheet)
        for place, entries in found.items():
            cell = self.seen.cells["scoresheet", *place]
            if place in self.recused:
                assert cell.state == "recused", "a recused person's sheet counts"
                assert all(self.seen.status[a.digest] == "signer-recused" for a in entries)
                continue
            value = self.expected_value(entries)
            if value and self.documents[value].document.criteria != self.seen.criteria_digest:
                value = ""
            assert (cell.digest if cell.state == "current" else "") == value, (cell, value)
            if value:
                self.in_force[place[0]].add(value)
        for slot, cell in self.seen.cells.items():
            if slot[0] == "scoresheet" and cell.state == "current":
                assert (slot[1], slot[2]) in found

    def agreements(self) -> None:
        for slot, cell in self.seen.cells.items():
            if slot[0] == "reveal" and cell.state == "current":
                reveal = self.documents[cell.digest].document
                assert isinstance(reveal, Reveal)
                own = self.documents[reveal.body.own].document
                assert own.author.person == reveal.author.person, "revealed on somebody else's sheet"
            if slot[0] != "consensus" or not cell.digest:
                continue
            document = self.documents[cell.digest].document
            assert isinstance(document, Consensus)
            rests_on = set(document.body.rests_on)
            same = rests_on == self.in_force[slot[1]]
            assert (cell.state == "current") == same, "stale is not told"
            assert set(cell.came) == self.in_force[slot[1]] - rests_on
            assert set(cell.gone) == rests_on - self.in_force[slot[1]]
            assert document.body.reveal in self.documents

    def results(self) -> None:
        """A result counts on the consensus that is shown; official only if enough signed and nothing is stale."""
        entitled = {key: person for key, (person, state) in self.owner.items() if state != "compromised"}
        ids = {hashlib.sha256(bytes.fromhex(key)).hexdigest(): person for key, person in entitled.items()}
        for slot, cell in self.seen.cells.items():
            if slot[0] != "result" or cell.state != "current":
                continue
            document = self.documents[cell.digest].document
            assert isinstance(document, Result)
            beneath = self.seen.cells["consensus", slot[1]]
            assert document.body.consensus == beneath.digest
            if document.body.state == "official":
                assert beneath.state == "current", "official on what is stale"
                signed = {ids[keyid] for keyid in self.documents[cell.digest].keyids if keyid in ids}
                assert len(signed & (self.secretariat | set(ROOTS))) >= 2 or cell.digest in self.kept

    def endorsements(self) -> None:
        for slot, cell in self.seen.cells.items():
            if slot[0] != "endorsement" or cell.state != "current":
                continue
            document = self.documents[cell.digest].document
            assert isinstance(document, Endorsement)
            consensus = self.documents[slot[1]].document
            assert isinstance(consensus, Consensus)
            assert self.seen.cells["consensus", consensus.agency].digest == slot[1]
            assert document.body.own_sheet in consensus.body.rests_on
            assert self.documents[document.body.own_sheet].document.author.person == document.author.person
            assert (consensus.agency, document.author.person) not in self.recused
