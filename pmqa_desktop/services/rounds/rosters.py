# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The roster from version to version: begun, proposed, countersigned on other machines, put in force.

Everything goes through files. A proposal travels with its whole chain; each officer sees in words what it changes
and signs a copy; the copies are joined, in any order, until the thresholds of the version before and of the new
one are met (docs/bundle-format.md, section 7). Nothing here decides trust: `pmqa_desktop.domain.trust` does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.criteria import freeze
from pmqa_desktop.domain.documents import Person, PersonKey, RootPerson, Roster, RosterBody
from pmqa_desktop.domain.merging import join
from pmqa_desktop.domain.plaintext import typed
from pmqa_desktop.domain.roster_changes import Change, roster_changes
from pmqa_desktop.domain.seats import expect_own_seats
from pmqa_desktop.domain.trust import (
    first_problem,
    follow_chain,
    follow_problem,
    meets_threshold,
    named_keys,
    root_keyids,
    roster_of,
    roster_problem,
)
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.editions import edition_of
from pmqa_desktop.services.exchange.checking import documents_of
from pmqa_desktop.services.rounds.enrolling import Enrolled, expect_compared
from pmqa_desktop.services.rounds.opening import Desk, frozen_criteria
from pmqa_desktop.services.rounds.plan import RoundPlan
from pmqa_desktop.sync.container import bundle_bytes
from pmqa_desktop.sync.envelope import admit_line, cosign, sign_document
from pmqa_desktop.sync.exporting import Written, neutral_name, write_file
from pmqa_desktop.sync.fingerprint import Groups, groups, matches
from pmqa_desktop.sync.importing import private_folder, read_file
from pmqa_desktop.sync.keys import Identity, is_sound_key, key_id

Documents = Mapping[str, Admitted]


@dataclass(frozen=True, slots=True)
class Quorum:
    """One threshold that a roster has to meet; persons by id, sorted.

    `of` is the number of the roster whose root persons are asked; `signed` did, `open` may still sign.
    """

    of: int
    need: int
    signed: tuple[str, ...]
    open: tuple[str, ...]

    @property
    def met(self) -> bool:
        """Tell whether enough have signed."""
        return len(self.signed) >= self.need


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a fork under a roster that heals it, and what the healing changes against this side."""

    roster: Admitted
    changes: tuple[Change, ...]

    @property
    def fingerprint(self) -> Groups:
        """Return the side's fingerprint."""
        return groups(self.roster.digest)


@dataclass(frozen=True, slots=True)
class Review:
    """A roster as an officer sees it before countersigning.

    `parents` are what it follows: none for a first roster, one for a next, several where it heals a fork. `changes` are
    against the one before; a healing has none of its own, each of its `sides` tells them. `problem` is None when it
    is in order or lacks nothing but signatures; `rivals` are others that are in order too and stand against it.
    """

    roster: Admitted
    parents: tuple[Admitted, ...]
    changes: tuple[Change, ...]
    quorums: tuple[Quorum, ...]
    problem: str | None
    rivals: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()

    @property
    def fingerprint(self) -> Groups:
        """Return the roster's fingerprint."""
        return groups(self.roster.digest)

    @property
    def in_force(self) -> bool:
        """Tell whether nothing is missing."""
        return self.problem is None and not self.rivals and all(quorum.met for quorum in self.quorums)

    @property
    def may_sign(self) -> tuple[str, ...]:
        """Return the persons whose signature would still help, sorted."""
        return tuple(sorted({person for quorum in self.quorums if not quorum.met for person in quorum.open}))


# --- beginning -----------------------------------------------------------------------------------------------


def start_round(desk: Desk, plan: RoundPlan, enrolled: Sequence[Enrolled]) -> tuple[Admitted, Admitted]:
    """Sign the first roster and the criteria under it with the settings that the plan confirms.

    Args:
        desk: Who signs; of the secretariat.
        plan: The round.
        enrolled: One enrolment per person or more; in a real round each with its fingerprint compared.

    Returns:
        The roster, to be countersigned until its threshold is met, and the criteria.

    Raises:
        Expected: `not-enrolled`, `enrolment-unexpected`, `fingerprint-not-compared`, `rehearsal-key`,
            `role-not-yours`, `seat-name-shared`, a code of `trust.roster_problem`, the criteria's own codes.
        Refused: what a document's own rules refuse.
    """
    expect_compared(enrolled)
    body = planned_body(plan, enrolled)
    if desk.identity.person not in plan.secretariat:
        raise Expected("role-not-yours")
    roster = _signed(desk, body, {"seq": 1})
    return roster, frozen_criteria(desk, roster, freeze(edition_of(plan.edition), plan.settings))


def planned_body(plan: RoundPlan, enrolled: Sequence[Enrolled]) -> RosterBody:
    """Return the body of the first roster: the plan with everybody's enrolled keys.

    Raises:
        Expected: `not-enrolled`, `enrolment-unexpected`, `other-rehearsal`, `other-round`, `seat-name-shared`.
    """
    expect_own_seats(plan.panels)
    names = {one.person for one in plan.persons}
    for one in enrolled:
        if one.person not in names:
            raise Expected("enrolment-unexpected", person=one.person, file=one.file)
        if one.round != plan.round:
            raise Expected("other-round", found=one.round)
        if one.rehearsal != plan.rehearsal:
            raise Expected("other-rehearsal")
    keys = {name: tuple(PersonKey(o.key, o.recipient) for o in enrolled if o.person == name) for name in names}
    without = sorted({name for name in names if not keys[name]} | (set(plan.roots) - names))
    if without:
        raise Expected("not-enrolled", persons=", ".join(without))
    return RosterBody(
        title_th=plan.title_th,
        title_en=plan.title_en,
        year_be=plan.year_be,
        roots=tuple(RootPerson(name, keys[name][0].key) for name in plan.roots),
        threshold=plan.threshold,
        secretariat=plan.secretariat,
        persons=tuple(Person(one.person, one.office_th, one.office_en, keys[one.person]) for one in plan.persons),
        agencies=plan.agencies,
        panels=plan.panels,
        due=plan.due,
        recovery=plan.recovery,
        confidentiality=plan.confidentiality,
    )


# --- proposing and countersigning ----------------------------------------------------------------------------


def propose(desk: Desk, parent: Admitted, body: RosterBody, reason: str) -> Admitted:
    """Sign the next version of a roster; it counts once both thresholds have signed it.

    Args:
        desk: Who proposes; usually a root person, whose signature is the first.
        parent: The newest roster in force.
        body: The new body, as `pmqa_desktop.domain.roster_edits` makes it.
        reason: Why, in a person's words.

    Raises:
        Expected: `reason-needed`, `roster-unchanged`, `seat-name-shared`, `key-unknown`, `rehearsal-key`,
            `key-degenerate`, a code of `trust.roster_problem`.
        Refused: what a document's own rules refuse, such as too many co-signers.
    """
    if body == roster_of(parent).body and typed(reason).strip():
        raise Expected("roster-unchanged")
    expect_own_seats(body.panels, roster_of(parent).body.panels)
    return sign_following(desk, (parent,), body, reason)


def unsound(parent: Admitted, body: RosterBody) -> str | None:
    """Return why no roster with this body could follow `parent`, before anybody signs; codes of `roster_problem`."""
    return roster_problem(replace(roster_of(parent), body=body))


def sign_following(desk: Desk, parents: Sequence[Admitted], body: RosterBody, reason: str) -> Admitted:
    """Sign what follows all of `parents` at once, under the criteria of the first.

    Raises:
        Expected: the codes of `propose`, but for `roster-unchanged`.
    """
    told = typed(reason).strip()
    if not told:
        raise Expected("reason-needed")
    before = [roster_of(parent) for parent in parents]
    more = {
        "seq": 1 + max(one.seq for one in before), "supersedes": tuple(sorted(parent.digest for parent in parents)),
        "reason": told, "criteria": before[0].criteria,
    }  # fmt: skip
    return _signed(desk, body, more, *before)


def _signed(desk: Desk, body: RosterBody, more: dict[str, object], *before: Roster) -> Admitted:
    own = desk.identity
    _check_rehearsal(own, rehearsal=desk.rehearsal)
    for key in sorted(named_keys(body)):
        if not is_sound_key(bytes.fromhex(key)):
            raise Expected("key-degenerate", found=key)
    known = named_keys(body).union(*(named_keys(one.body) for one in before))
    if own.key not in known:
        raise Expected("key-unknown")
    asked = {root.key for one in (body, *(roster.body for roster in before)) for root in one.roots}
    header = desk.header() | more | {"cosigners": tuple(sorted(asked - {own.key}))}
    roster = Roster(**header, body=body)
    if problem := roster_problem(roster):
        raise Expected(problem)
    return sign_document(roster, own)


def _check_rehearsal(identity: Identity, *, rehearsal: bool) -> None:
    if identity.rehearsal and not rehearsal:
        raise Expected("rehearsal-key")


def countersign(review: Review, identity: Identity) -> Admitted:
    """Add an officer's signature to a reviewed roster; signing again changes nothing.

    Raises:
        Expected: `roster-fork`, another roster is in force in its place, so a signature would only deepen the
            contradiction; `not-a-root-person`, `rehearsal-key`, or the review's own problem.
    """
    if review.problem is not None or review.rivals:
        raise Expected(review.problem or "roster-fork")
    bodies = [roster_of(one).body for one in (review.roster, *review.parents)]
    if not any(identity.keyid in root_keyids(body) for body in bodies):
        raise Expected("not-a-root-person", person=identity.person)
    _check_rehearsal(identity, rehearsal=review.roster.document.rehearsal)
    return cosign(review.roster, identity)


def read_rosters(paths: Iterable[Path]) -> dict[str, Admitted]:
    """Join the documents of roster files; a roster in several files carries the signatures of all.

    Raises:
        Refused: any code of reading a file.
    """
    joined: dict[str, Admitted] = {}
    for path in paths:
        joined = join(joined, {one.digest: one for one in documents_of(path)})
    return joined


def rosters_among(documents: Documents) -> dict[str, Admitted]:
    """Return the rosters of a set of documents."""
    return {digest: one for digest, one in documents.items() if one.kind == "roster"}


def newest(documents: Documents, named: str | None = None) -> Admitted:
    """Return the newest roster in force.

    Raises:
        Expected: the chain's own problem, a fork too.
    """
    chain = follow_chain(rosters_among(documents), named)
    if chain.problem or not chain.rosters:
        raise Expected(chain.problem or "no-roster")
    return chain.rosters[-1]


def review(documents: Documents, digest: str, fork: Sequence[str] = ()) -> Review:
    """Return one roster as an officer sees it.

    Args:
        documents: The set it belongs to, its parents too.
        digest: The roster.
        fork: The newest of each side, where the chain is forked: each stands against the others.

    Raises:
        Expected: `roster-not-here`; `parent-awaited`, a version before is not there.
    """
    rosters = rosters_among(documents)
    if digest not in rosters:
        raise Expected("roster-not-here", file=digest[:15], found=0)
    admitted = rosters[digest]
    roster = roster_of(admitted)
    if not roster.supersedes:
        problem = first_problem(admitted)
        return Review(admitted, (), (), (_quorum(admitted, roster),), _but_signatures(problem))
    if any(parent not in rosters for parent in roster.supersedes):
        raise Expected("parent-awaited")
    parents = tuple(rosters[parent] for parent in roster.supersedes)
    sides = tuple(Side(parent, _changes(parent, roster)) for parent in parents)
    changes = sides[0].changes if len(sides) == 1 else ()
    asked = {_quorum(admitted, one): None for one in (*(roster_of(parent) for parent in parents), roster)}
    problem = _but_signatures(follow_problem(admitted, parents))
    rivals = _rivals(rosters, admitted) | (set(fork) - {digest} if digest in fork else set())
    shown = sides if len(sides) > 1 else ()
    return Review(admitted, parents, changes, tuple(asked), problem, tuple(sorted(rivals)), shown)


def _changes(parent: Admitted, roster: Roster) -> tuple[Change, ...]:
    before = roster_of(parent)
    changes = roster_changes(before.body, roster.body)
    return changes if before.criteria == roster.criteria else (*changes, Change("change-criteria"))


def _rivals(rosters: Documents, admitted: Admitted) -> set[str]:
    """Return the other rosters in order that follow one of the same parents."""
    shared = set(admitted.document.supersedes)
    found = set()
    for digest, other in rosters.items():
        parents = [rosters[parent] for parent in other.document.supersedes if parent in rosters]
        if digest != admitted.digest and shared & set(other.document.supersedes):
            found |= {digest} if follow_problem(other, parents) is None else set()
    return found


def _but_signatures(problem: str | None) -> str | None:
    return None if problem == "under-signed" else problem


def _quorum(admitted: Admitted, asked: Roster) -> Quorum:
    roots = root_keyids(asked.body)
    signed = {roots[keyid] for keyid in admitted.keyids if keyid in roots}
    need = max(1, asked.body.threshold)
    if meets_threshold(admitted.keyids, asked.body) != (len(signed) >= need):
        raise RuntimeError("the count of signers and the rule of trust disagree")
    return Quorum(asked.seq, need, tuple(sorted(signed)), tuple(sorted(set(roots.values()) - signed)))


def pending(documents: Documents, named: str | None = None) -> tuple[Review, ...]:
    """Return the proposals that would follow the newest roster in force, and a first roster that lacks signatures.

    In a fork: the rosters that would heal it, and then the newest of each side, each with the others as its rivals.
    """
    rosters = rosters_among(documents)
    chain = follow_chain(rosters, named)
    if not chain.rosters:
        firsts = [d for d, one in rosters.items() if roster_of(one).seq == 1 and named in (None, d)]
        return tuple(review(documents, digest) for digest in sorted(firsts))
    ends = set(chain.fork or (chain.rosters[-1].digest,))
    found = sorted(d for d, one in rosters.items() if set(roster_of(one).supersedes) == ends)
    return tuple(review(documents, digest, chain.fork) for digest in (*found, *chain.fork))


def one_waiting(waiting: Sequence[Review], typed: str | None = None) -> Review:
    """Return the one proposal to countersign, chosen by groups of its fingerprint where several wait.

    Raises:
        Expected: `nothing-to-countersign`; `several-proposals`; `fingerprint-differs`.
    """
    if not waiting:
        raise Expected("nothing-to-countersign")
    fitting = [one for one in waiting if typed is None or matches(one.roster.digest, typed.removeprefix("sha256:"))]
    if typed is not None and not fitting:
        raise Expected("fingerprint-differs", found=typed)
    if len(fitting) > 1:
        raise Expected("several-proposals", found=len(fitting))
    return fitting[0]


# --- files ---------------------------------------------------------------------------------------------------


def write_rosters(documents: Documents, folder: Path, exporter: Identity, *, made_at: str, app: str) -> Written:
    """Write rosters with their chain, and the criteria, as one file that is read back; its name tells the newest.

    Raises:
        Expected: `no-roster-given`; the drive's own codes.
    """
    kept = [one for one in documents.values() if one.kind in ("roster", "criteria")]
    kept.sort(key=lambda one: (one.kind != "roster", one.document.seq, one.digest))
    rosters = [one for one in kept if one.kind == "roster"]
    if not rosters:
        raise Expected("no-roster-given")
    header = rosters[-1].document
    data = bundle_bytes(kept, exporter, round=header.round, rehearsal=header.rehearsal, made_at=made_at, app=app)

    def check(path: Path) -> None:
        with private_folder() as staging:
            if read_file(path, None, staging).documents != tuple(kept):
                raise Expected("read-back-differs", file=path.name)

    name = neutral_name(header.round, _name_digest(data, rosters[-1]))
    return write_file(folder, name, data, check, size=len(data))


def _name_digest(data: bytes, roster: Admitted) -> str:
    """Return what names the file: the roster, or the table of contents so that two officers' copies differ."""
    return roster.digest if len(roster.signatures) == 1 else admit_line(data.partition(b"\n")[0]).digest


def key_named(body: RosterBody, typed: str) -> str:
    """Return the one key of a roster whose fingerprint has these groups, or which is written out in full.

    Raises:
        Expected: `roster-key-unknown`; none fits, or more than one.
    """
    keys = [entry.key for person in body.persons for entry in person.keys]
    found = [key for key in keys if key == typed or matches(key_id(bytes.fromhex(key)), typed)]
    if len(found) != 1:
        raise Expected("roster-key-unknown", found=typed)
    return found[0]
