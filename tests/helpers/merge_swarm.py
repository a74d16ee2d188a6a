# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Replicas that exchange signed lines, honest and hostile, and the properties that must hold throughout.

`Swarm` has one method per act; a Hypothesis machine or a seeded generator chooses acts and arguments. `check`
holds the result against the laws of the union and against `merge_oracle`.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Protocol

import msgspec
from merge_oracle import Oracle, keys_named, plainly_stored, rosters_of
from trust_world import PEOPLE, ROOTS, SignedWorld, identity_of, key_of, panel, person

from pmqa_desktop.domain import merging, trust, view
from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.documents import (
    Consensus,
    Criteria,
    Declaration,
    PersonKey,
    Result,
    RootPerson,
    Roster,
    Scoresheet,
)
from pmqa_desktop.domain.facts import fact_of
from pmqa_desktop.errors import Refused
from pmqa_desktop.sync.envelope import admit_line, cosign, envelope_line

JUDGES = ("chair", "ev1", "ev2")
PLACES = ("dpt", "oic")


class Chooser(Protocol):
    """What chooses: a seeded generator or Hypothesis."""

    def below(self, limit: int) -> int:
        """Return a number from 0 to below `limit`."""
        ...


class Seeded:
    """Chooses by a seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def below(self, limit: int) -> int:
        return self._random.randrange(limit)


# The bytes alone decide, so the same line need not be verified for every replica again.
admitted_line = lru_cache(maxsize=4096)(admit_line)


class Replica:
    """A registry without a disk: the set, the holding area, and nothing else."""

    def __init__(self) -> None:
        self.documents: dict[str, Admitted] = {}
        self.waiting: dict[str, Admitted] = {}
        self._known = trust.KnownSigners({})

    def take(self, line: bytes) -> str:
        """Admit one line; raises `Refused` and stores nothing when it is not sound."""
        admitted = admitted_line(line)
        self._settle({admitted.digest: admitted})
        return admitted.digest

    def merge(self, other: "Replica") -> None:
        self._settle(merging.join(other.documents, other.waiting))

    def _settle(self, arrived: Mapping[str, Admitted]) -> None:
        """Put what arrived into the set or the holding area; look at the latter again whenever a roster came."""
        looked_at = arrived
        self.waiting = merging.join(self.waiting, arrived)
        if rosters_of(arrived.values()):
            looked_at = self.waiting
            self._known = trust.KnownSigners(rosters_of([*self.documents.values(), *self.waiting.values()]))
        free = {
            digest: self.waiting[digest]
            for digest in looked_at
            if digest in self.documents or not self._known.awaits(fact_of(self.waiting[digest]))
        }
        self.documents = merging.join(self.documents, free)
        self.waiting = {digest: one for digest, one in self.waiting.items() if digest not in free}

    def view(self, named: str | None) -> view.View:
        facts = [fact_of(admitted) for admitted in self.documents.values()]
        return view.view(facts, rosters_of(self.documents.values()), named)

    def state(self) -> str:
        return merging.state_of(self.documents)

    def copy(self) -> "Replica":
        twin = Replica()
        twin.documents, twin.waiting, twin._known = dict(self.documents), dict(self.waiting), self._known
        return twin


class Swarm:
    """A round, its lines in circulation, and three replicas."""

    def __init__(self, choose: Chooser) -> None:
        self.choose = choose
        self.world = SignedWorld()
        self.first = self.world.roster
        self.lines: list[bytes] = []
        self.replicas = [Replica() for _ in range(3)]
        self.head = self.first
        self.seen: Counter[str] = Counter()
        self.withheld: list[Admitted] = []
        self.leaps: set[str] = set()
        self.serial = 0
        self.circulate(self.first)
        self.circulate(self.world.criteria)

    # choosing

    def pick(self, options: Any) -> Any:
        options = list(options)
        return options[self.choose.below(len(options))]

    def fresh(self) -> str:
        self.serial += 1
        return f"test {self.serial}"

    def circulate(self, document: Admitted) -> Admitted:
        self.lines.append(envelope_line(document))
        return document

    def made(self, kind: type, **wanted: str) -> list[Admitted]:
        found = [d for d in self.world.made.values() if isinstance(d.document, kind) and d.digest not in self.leaps]
        at, who = wanted.get("at"), wanted.get("who")
        return [
            d for d in found if (not at or d.document.agency == at) and (not who or d.document.author.person == who)
        ]

    def parents(self, earlier: list[Admitted]) -> dict[str, Any]:
        """Return number and parents of a next document: of all earlier ones, of one only, or as if there were none."""
        how = self.choose.below(8)
        if not earlier or how == 0:
            return {"seq": 1, "app": self.fresh()}
        chosen = earlier if how > 1 else [self.pick(earlier)]
        top = max(d.document.seq for d in chosen)
        return {"seq": top + 1, "supersedes": tuple(sorted({d.digest for d in chosen})), "app": self.fresh()}

    def device_of(self, who: str) -> str:
        """Return the newest active device of a person by the newest roster made, or else the first."""
        body = self.head.document.body
        assert isinstance(self.head.document, Roster)
        keys = [k.key for p in body.persons if p.person == who for k in p.keys if k.state == "active"]
        names = [name for name in (who, f"{who}-b") if key_of(name) in keys]
        return names[-1] if names else who

    # honest acts

    def score(self) -> None:
        who, at = self.pick(JUDGES), self.pick(PLACES)
        fields = self.parents(self.made(Scoresheet, at=at, who=who))
        made = self.world.sheet(who, at, score=self.choose.below(4), device=self.device_of(who), **fields)
        if self.choose.below(6):
            self.circulate(made)
        else:
            self.withheld.append(made)

    def release(self) -> None:
        """Let a sheet that lay on a laptop come late."""
        if self.withheld:
            self.circulate(self.withheld.pop(self.choose.below(len(self.withheld))))

    def declare(self) -> None:
        who, at = self.pick(JUDGES), self.pick(PLACES)
        state = self.pick(("no_conflict", "tie_told", "recused"))
        fields = self.parents(self.made(Declaration, at=at, who=who))
        self.circulate(self.world.declaration(who, at, state, device=self.device_of(who), **fields))

    def convene(self) -> None:
        """Let everybody on a panel who hasn't yet signed a sheet sign one, then the chair settle."""
        at = self.pick(PLACES)
        for who in JUDGES:
            if not self.made(Scoresheet, at=at, who=who):
                self.circulate(self.world.sheet(who, at, device=self.device_of(who), app=self.fresh()))
        self.settle_at(at)

    def settle(self) -> None:
        self.settle_at(self.pick(PLACES))

    def settle_at(self, at: str) -> None:
        """Let the chair reveal and sign a consensus over what one registry, or all together, count."""
        source = self.everything(list(range(len(self.lines)))) if self.choose.below(3) else self.pick(self.replicas)
        seen = source.view(self.first.digest)
        sheets = [self.world.made[d] for d in (seen.current("scoresheet", at, who) for who in JUDGES) if d]
        by = next((seat for seat in self.chairs(at)), "chair")
        if not any(sheet.document.author.person == by for sheet in sheets):
            return
        device = self.device_of(by)
        reveals = [d for d in self.world.made.values() if d.kind == "reveal" and d.document.agency == at]
        own = "" if self.choose.below(8) else self.pick(sheets).digest
        reveal = self.world.reveal(sheets, at, who=by, own=own, device=device, **self.parents(reveals))
        earlier = self.made(Consensus, at=at)
        self.circulate(reveal)
        self.circulate(self.world.consensus(reveal, sheets, at, who=by, device=device, **self.parents(earlier)))

    def endorse(self) -> None:
        """Let a member confirm a consensus by the own sheet, or by mistake by somebody else's."""
        if made := self.made(Consensus):
            consensus = self.pick(made)
            sheets = [self.world.made[digest] for digest in consensus.document.body.rests_on]  # type: ignore[union-attr]
            own = self.pick(sheets)
            who = own.document.author.person if self.choose.below(4) else self.pick(JUDGES)
            at, device = consensus.document.agency, self.device_of(who)
            self.circulate(self.world.endorsement(who, consensus, own, at, device=device, app=self.fresh()))

    def publish(self) -> None:
        """Sign a result, draft or official, by one of the secretariat or by two."""
        if made := self.made(Consensus):
            consensus = self.pick(made[-2:])
            at, official = consensus.document.agency, bool(self.choose.below(3))
            signers = ("sec0", "sec1")[: 1 + self.choose.below(2)] if official else ("sec0",)
            fields = self.parents(self.made(Result, at=at))
            self.circulate(self.world.result(consensus, at, official=official, signers=signers, **fields))

    def chairs(self, at: str) -> tuple[str, ...]:
        assert isinstance(self.head.document, Roster)
        return tuple(p.acting_chair or p.chair for p in self.head.document.body.panels if p.agency == at)

    def recriteria(self) -> None:
        if self.choose.below(4):
            return
        fields = self.parents(self.made(Criteria))
        made = self.world.criteria_document("sec0", self.choose.below(5), **fields)
        self.circulate(made)
        if self.choose.below(4):
            self.world.criteria = made

    # rosters

    def change_roster(self) -> None:
        """Retire or compromise a key, replace a chair, let a stranger in, or close: signed by one, two or three."""
        assert isinstance(self.head.document, Roster)
        body = self.head.document.body
        changes: dict[str, Any] = {}
        how = self.choose.below(5)
        if how <= 1:
            changes = self.key_change(body.persons, "compromised" if how else "retired")
        elif how == 2:
            changes = {"panels": (panel("dpt", chair=self.pick(JUDGES)), panel("oic"))}
        elif how == 3:
            names = {p.person for p in body.persons}
            changes = {} if "stranger" in names else {"persons": (*body.persons, person("stranger"))}
        elif self.choose.below(3) == 0:
            accepted = sorted(d for d in self.world.made if self.choose.below(4))
            changes = {"state": "closed", "accepted": tuple(accepted)}
        signers = ROOTS[: self.pick((1, 2, 2, 3))]
        made = self.circulate(self.world.next_roster(self.head, signers, {"app": self.fresh()}, **changes))
        if len(signers) > 1:
            self.follow(made)

    def key_change(self, persons: Iterable[Any], state: str) -> dict[str, Any]:
        who = self.pick(JUDGES)
        changed = []
        for one in persons:
            if one.person == who:
                devices = [PersonKey(key=key_of(who), state=state), PersonKey(key=key_of(f"{who}-b"))]  # type: ignore[arg-type]
                changed.append(msgspec.structs.replace(one, keys=tuple(devices)))
            else:
                changed.append(one)
        kept = [d for d, a in self.world.made.items() if a.document.author.key == key_of(who) and self.choose.below(2)]
        return {"persons": tuple(changed), "kept": tuple(sorted(kept))}

    def follow(self, roster: Admitted) -> None:
        self.head = self.world.roster = roster

    def fork(self) -> None:
        """Sign another follower of an earlier roster, sometimes with roots of its own, and go on from either."""
        if self.head.document.seq < 2:
            return
        parent = self.world.made[self.pick(self.head.document.supersedes)]
        if self.choose.below(2):
            made = self.world.next_roster(parent, ROOTS[: self.pick((1, 2))], {"app": self.fresh()}, title_en="Fork")
        else:
            roots = tuple(RootPerson(person=name, key=key_of(name)) for name in ("root2", "x", "y"))
            made = self.world.next_roster(parent, ("root0", "root2", "x"), {"app": self.fresh()}, roots=roots)
        self.circulate(made)
        if len(made.keyids) > 1 and self.choose.below(2):
            self.follow(made)

    def part(self) -> None:
        """Let two halves of the office follow one roster without each other's knowledge, each with a sheet signed."""
        parent = self.head
        for signers in (ROOTS[:2], ROOTS[1:]):
            self.follow(self.circulate(self.world.next_roster(parent, signers, {"app": self.fresh()})))
            self.score()
        self.heal()

    def heal(self) -> None:
        """Follow the sides of a fork at once: all or some of them, signed by enough of each side or by too few."""
        seen = self.everything(list(range(len(self.lines)))).view(self.first.digest)
        if not seen.fork:
            return
        sides = [self.world.made[digest] for digest in seen.fork]
        if len(sides) > 2 and not self.choose.below(3):
            sides.pop(self.choose.below(len(sides)))
        first = self.choose.below(len(sides))
        sides = [*sides[first:], *sides[:first]]
        for _ in range(1 + (not self.choose.below(4))):
            signers = self.pick((ROOTS[:2], ROOTS, ("root0", "root2", "x"), (*ROOTS, "x"), (*ROOTS, "x")))
            made = self.circulate(self.world.healing(sides, signers, {"app": self.fresh()}))
            if "x" in signers:
                self.follow(made)

    def countersign(self) -> None:
        """Add a root's signature to a roster in circulation, on another machine."""
        rosters = [a for a in map(admitted_line, self.lines) if a.kind == "roster"]
        chosen, name = self.pick(rosters), self.pick(ROOTS)
        if identity_of(name).keyid not in chosen.keyids:
            self.circulate(cosign(chosen, identity_of(name)))

    # hostile acts

    def rival(self) -> None:
        roots = tuple(RootPerson(person=name, key=key_of(name)) for name in ("x", "y"))
        people = (*(person(name) for name in PEOPLE if name != "ev1"), person("ev1", ("stranger", "active")))
        header = {"app": self.fresh()}
        self.circulate(self.world.first_roster(("x", "y"), header, roots=roots, persons=people))

    def usurp(self) -> None:
        """Follow the newest roster with one that only its own, invented roots signed."""
        roots = tuple(RootPerson(person=name, key=key_of(name)) for name in ("x", "y"))
        self.circulate(self.world.next_roster(self.head, ("x", "y"), {"app": self.fresh()}, roots=roots))

    def intrude(self) -> None:
        """Let a single root leave the others out and sign alone for both keys that it made up."""
        roots = (RootPerson(person="root0", key=key_of("root0")), RootPerson(person="y", key=key_of("y")))
        self.circulate(self.world.next_roster(self.head, ("root0",), {"app": self.fresh()}, roots=roots))

    def stranger(self) -> None:
        who = self.pick(("ev1", "stranger"))
        self.circulate(self.world.sheet(who, self.pick(PLACES), device="stranger", app=self.fresh()))

    def impersonate(self) -> None:
        who, other = self.pick(JUDGES), self.pick((*JUDGES, "sec0"))
        if who != other:
            made = self.world.sheet(who, self.pick(PLACES), device=other, score=9, app=self.fresh())
            self.circulate(made)

    def overstep(self) -> None:
        """Sign what is somebody else's to sign."""
        at = self.pick(PLACES)
        self.circulate(self.world.criteria_document("ev1", 7, app=self.fresh()))
        self.circulate(self.world.sheet("ev3", at, app=self.fresh()))
        if sheets := self.made(Scoresheet, at=at):
            self.circulate(self.world.reveal([self.pick(sheets)], at, who="ev2", app=self.fresh()))

    def steal(self) -> None:
        """Use a device's first key, whatever the rosters say of it by now."""
        who, at = self.pick(JUDGES), self.pick(PLACES)
        self.circulate(self.world.sheet(who, at, score=8, **self.parents(self.made(Scoresheet, at=at, who=who))))

    def leap(self) -> None:
        """Sign a sheet or declaration with a number far too high, over an earlier one, a leap, or nothing at all."""
        who, at = self.pick(JUDGES), self.pick(PLACES)
        kind = self.pick((Scoresheet, Declaration))
        earlier = [*self.made(kind, at=at, who=who), *(self.world.made[digest] for digest in sorted(self.leaps))]
        nowhere = "sha256:" + f"{self.serial:064x}"
        below = self.pick(earlier) if earlier and self.choose.below(4) else None
        number = self.pick((3, 9, 10_001, 2**53, below.document.seq + 1 if below else 4))
        fields = {"seq": min(number, 2**53), "supersedes": (below.digest if below else nowhere,), "app": self.fresh()}
        if fields["seq"] > 1:
            device = self.device_of(who)
            made = (
                self.world.sheet(who, at, score=7, device=device, **fields)
                if kind is Scoresheet
                else self.world.declaration(who, at, device=device, **fields)
            )
            self.leaps.add(made.digest)
            self.circulate(made)

    def corrupt(self) -> None:
        line = bytearray(self.pick(self.lines))
        at = self.choose.below(len(line))
        if self.choose.below(2):
            line[at] ^= 1 << self.choose.below(8)
        else:
            del line[at:]
        replica = self.pick(self.replicas)
        before = (dict(replica.documents), dict(replica.waiting))
        try:
            replica.take(bytes(line))
        except Refused:
            self.seen["corrupt refused"] += 1
        else:
            raise AssertionError("a changed line was admitted")
        assert (replica.documents, replica.waiting) == before

    # exchange

    def deliver(self) -> None:
        for _ in range(1 + self.choose.below(6)):
            self.pick(self.replicas).take(self.pick(self.lines))

    def merge(self) -> None:
        into, other = self.pick(self.replicas), self.pick(self.replicas)
        before = set(into.documents)
        into.merge(other)
        assert before <= set(into.documents)
        assert set(other.documents) <= set(into.documents)

    # what must hold

    def check(self) -> None:
        """Check the laws of the union, that all orders agree, and the safety of what counts."""
        self.check_laws()
        whole = self.everything(list(range(len(self.lines))))
        seen = whole.view(self.first.digest)
        for order in self.orders():
            twin = self.everything(order)
            assert twin.state() == whole.state(), "the state depends on the order"
            assert set(twin.waiting) == set(whole.waiting), "the holding area depends on the order"
            other = twin.view(self.first.digest)
            assert (other.status, other.cells, other.chain) == (seen.status, seen.cells, seen.chain)
        self.check_waiting(whole)
        self.check_unnamed(whole, seen)
        Oracle(whole.documents, self.first.digest, seen).check()
        for replica in self.replicas:
            Oracle(replica.documents, self.first.digest, replica.view(self.first.digest)).check()
        self.count(whole, seen)

    def everything(self, order: list[int]) -> Replica:
        replica = Replica()
        for number in order:
            replica.take(self.lines[number])
        return replica

    def orders(self) -> list[list[int]]:
        """Return backwards, rosters last, and one shuffled with duplicates."""
        numbers = list(range(len(self.lines)))
        last = sorted(numbers, key=lambda n: b"vnd.pmqa.roster" in self.lines[n])
        mixed = numbers + numbers[:3]
        random.Random(len(numbers)).shuffle(mixed)
        return [numbers[::-1], last, mixed]

    def check_laws(self) -> None:
        a, b, c = (replica.documents for replica in self.replicas)
        join = merging.join
        assert join(a, b) == join(b, a)
        assert join(join(a, b), c) == join(a, join(b, c))
        assert join(a, a) == a
        for part in (a, b):
            for digest, document in part.items():
                assert set(document.keyids) <= set(join(a, b)[digest].keyids)
        left, right = self.replicas[0].copy(), self.replicas[1].copy()
        left.merge(self.replicas[1])
        right.merge(self.replicas[0])
        assert left.state() == right.state()
        assert set(left.waiting) == set(right.waiting)

    def check_waiting(self, whole: Replica) -> None:
        named = {key for roster in plainly_stored(whole.documents) for key in keys_named(roster)}
        for document in whole.documents.values():
            first = document.kind == "roster" and document.document.seq == 1
            assert first or document.document.author.key in named, "a stranger's document is in the set"
        for document in whole.waiting.values():
            assert document.document.author.key not in named, "a known signer waits"

    def check_unnamed(self, whole: Replica, seen: view.View) -> None:
        """Without a named roster the only sound first one is taken; with two nothing counts."""
        firsts = [r for r in rosters_of(whole.documents.values()).values() if r.document.seq == 1]
        unnamed = whole.view(None)
        if len(firsts) > 1:
            assert (unnamed.problem, dict(unnamed.cells)) == ("rival-rosters", {})
            assert "counted" not in unnamed.status.values()
        else:
            assert unnamed.cells == seen.cells

    def count(self, whole: Replica, seen: view.View) -> None:
        self.seen.update(cell.state for cell in seen.cells.values())
        self.seen.update(seen.status.values())
        self.seen["waiting"] += len(whole.waiting)
        self.seen["fork"] += bool(seen.fork)
        healings = [whole.documents[d] for d in seen.chain if len(whole.documents[d].document.supersedes) > 1]
        healed = {side for one in healings for side in one.document.supersedes}
        self.seen["healed fork"] += bool(healings)
        self.seen["healed twice"] += len(healings) > 1
        counted = (whole.documents[d] for d, status in seen.status.items() if status == "counted")
        self.seen["counted from a healed side"] += sum(one.document.roster in healed for one in counted)
        several = [d for d in seen.fork if len(whole.documents[d].document.supersedes) > 1]
        self.seen["two healings"] += len(several) > 1
        self.seen["a side too late"] += len(several) == 1
        self.seen["chain of three"] += len(seen.chain) >= 3
        results = [
            whole.documents[c.digest] for c in seen.cells.values() if c.slot[0] == "result" and c.state == "current"
        ]
        self.seen["official"] += sum(one.document.body.state == "official" for one in results)  # type: ignore[union-attr]
        self.seen["endorsed"] += sum(slot[0] == "endorsement" for slot in seen.cells)
        self.seen["unnamed"] += whole.view(None).problem == "rival-rosters"

    def acts(self) -> tuple[Callable[[], None], ...]:
        """Return the acts, those more often that move a round on."""
        return (
            *(self.score,) * 4, *(self.convene,) * 4, *(self.settle,) * 3, *(self.deliver,) * 4,
            *(self.change_roster,) * 3, *(self.publish,) * 4, *(self.fork,) * 2, *(self.heal,) * 3, self.part,
            self.endorse, self.release, self.declare, *(self.recriteria,) * 2, self.countersign,
            self.rival, self.usurp, self.intrude, self.stranger,
            self.impersonate, self.overstep, self.steal, self.leap, self.corrupt, self.merge,
        )  # fmt: skip
