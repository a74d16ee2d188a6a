# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""An officer's desk over one open registry: see rosters, propose the next one, countersign, hand the file on.

What the officers do on separate machines meets in each one's registry, as all documents do: a countersigned copy is
imported like any file, and its signatures are joined to what is here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.documents import RosterBody
from pmqa_desktop.domain.trust import roster_of
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.rounds import keeping
from pmqa_desktop.services.rounds.enrolling import Enrolled, read_enrolments
from pmqa_desktop.services.rounds.healing import Fork, fork_of, forked, heal, healed_body
from pmqa_desktop.services.rounds.opening import Desk
from pmqa_desktop.services.rounds.rosters import (
    Review,
    countersign,
    newest,
    pending,
    propose,
    review,
    rosters_among,
    write_rosters,
)
from pmqa_desktop.services.session import Session, Signed, iso
from pmqa_desktop.sync.exporting import Written
from pmqa_desktop.sync.fingerprint import groups
from pmqa_desktop.sync.keys import Identity

Edit = Callable[[RosterBody], RosterBody]
"""A change as `pmqa_desktop.domain.roster_edits` makes it."""


@dataclass(frozen=True, slots=True)
class Keepable:
    """A document that may stay valid: its kind, the agency it is on (or none), who signed it, when by that clock."""

    digest: str
    kind: str
    agency: str
    person: str
    seq: int
    made_at: str


class RosterDesk:
    """Rosters of one open file; not thread-safe, as the session."""

    def __init__(self, session: Session) -> None:
        """Work in an open workspace or registry."""
        self._session = session

    # --- seeing ---

    def current(self) -> Review:
        """Return the roster in force, and who signed it.

        Raises:
            Expected: why there is none: `no-trusted-roster`, `rival-rosters`, `roster-fork` ...
        """
        documents = self._rosters()
        return review(documents, newest(documents, self._named()).digest)

    def waiting(self) -> tuple[Review, ...]:
        """Return the proposals that would follow, each with its changes and who must still sign."""
        return pending(self._rosters(), self._named())

    def sides(self) -> tuple[Review, ...]:
        """Return the newest roster of each side of a fork; none while the chain is in order."""
        return forked(self._rosters(), self._named())

    def fork(self) -> Fork | None:
        """Return the fork at which the round stands still, with the healings that wait; None while all is in order."""
        return fork_of(self._rosters(), self._named())

    def _rosters(self) -> dict[str, Admitted]:
        return dict(self._session.documents.rosters())

    def _named(self) -> str | None:
        named = self._session.meta.named()
        return named.roster if named else None

    # --- changing ---

    def enrolments(self, paths: Sequence[Path]) -> tuple[Enrolled, ...]:
        """Read enrolment files for this round; their fingerprints are compared next.

        Raises:
            Refused: any code of reading a file; `other-round`; `other-rehearsal`.
            Expected: `not-an-enrolment`.
        """
        header = self.current().roster.document
        return tuple(one for path in paths for one in read_enrolments(path, header.round, rehearsal=header.rehearsal))

    def preview(self, edit: Edit) -> RosterBody:
        """Return the body that a change would give; nothing is signed."""
        return edit(roster_of(self.current().roster).body)

    def propose(self, edit: Edit, reason: str, passphrase: str) -> Signed:
        """Sign the changed roster as its first officer and store it; it waits for the others.

        Raises:
            Expected: the codes of `rosters.propose`; the key's own codes.
        """
        parent = self.current().roster
        identity = self._session.unlock(passphrase)
        child = propose(self._desk(identity, parent), parent, edit(roster_of(parent).body), reason)
        return self._stored(child, "propose-roster")

    def heal(self, base: str, reason: str, passphrase: str, edit: Edit | None = None) -> Signed:
        """Sign a roster that settles a fork, and store it; it waits for the thresholds of every side.

        Args:
            base: Digest of the side whose content is taken; keys that another side took out of use stay out of use.
            reason: How the officers agreed.
            passphrase: Of the own key.
            edit: Further changes.

        Raises:
            Expected: `nothing-to-heal`; the codes of `rosters.heal`; the key's own codes.
        """
        sides = [one.roster for one in self.sides()]
        if not sides:
            raise Expected("nothing-to-heal")
        body = healed_body(sides, base)
        desk = self._desk(self._session.unlock(passphrase), sides[0])
        return self._stored(heal(desk, sides, base, edit(body) if edit else body, reason), "heal-rosters")

    def countersign(self, digest: str, passphrase: str) -> Signed:
        """Sign a waiting roster after its changes were read.

        Raises:
            Expected: `nothing-to-countersign`; the codes of `rosters.countersign`; the key's own codes.
        """
        seen = next((one for one in self.waiting() if one.roster.digest == digest), None)
        if seen is None:
            raise Expected("nothing-to-countersign")
        return self._stored(countersign(seen, self._session.unlock(passphrase)), "countersign-roster")

    def _desk(self, identity: Identity, parent: Admitted) -> Desk:
        header = parent.document
        made_at = iso(self._session.clock())
        return Desk(identity, header.round, header.rehearsal, made_at, self._session.app)

    def _stored(self, roster: Admitted, action: str) -> Signed:
        self._session.store_signed((roster,), action)
        return Signed(roster.digest, groups(roster.digest), roster.document.seq)

    # --- handing on ---

    def export(self, folder: Path, digest: str = "") -> Written:
        """Write a roster, or else the one in force, with its chain and the criteria as one file that is read back.

        Raises:
            Expected: `roster-not-here`; `key-locked`; the drive's own codes.
        """
        documents = self._rosters()
        wanted = digest or newest(documents, self._named()).digest
        chain: dict[str, Admitted] = {}
        following = [wanted]
        while following:
            one = documents.get(following.pop())
            if one is not None and one.digest not in chain:
                chain[one.digest] = one
                following += one.document.supersedes
        criteria = self._session.view().criteria_digest
        if criteria:
            chain |= {one.digest: one for one in self._session.documents.admitted((criteria,))}
        if not rosters_among(chain):
            raise Expected("roster-not-here", file=wanted[:15], found=0)
        identity = self._session.unlocked()
        return write_rosters(chain, folder, identity, made_at=iso(self._session.clock()), app=self._session.app)

    def write(self, folder: Path, passphrase: str, digest: str = "") -> Written:
        """Open the key and write a roster as `export` does."""
        self._session.unlock(passphrase)
        return self.export(folder, digest)

    # --- what stays ---

    def tell(self, digests: Sequence[str]) -> tuple[Keepable, ...]:
        """Return what a person needs to see of documents to decide which of them stay, in the order of their making."""
        facts = self._session.facts()
        found = []
        for digest in digests:
            fact = facts[digest]
            made_at = self._session.document(digest).made_at
            found.append(Keepable(digest, fact.kind, fact.agency, fact.person, fact.seq, made_at))
        return tuple(sorted(found, key=lambda one: (one.made_at, one.kind, one.digest)))

    def signed_with(self, key: str) -> tuple[str, ...]:
        """Return what to keep of a key that was lost to others: what is here of it in good order."""
        return keeping.signed_with(self._session, key)

    def led_by(self, agency: str, chair: str) -> tuple[str, ...]:
        """Return what to keep of a chair who is replaced."""
        return keeping.led_by(self._session, agency, chair)

    def acceptable(self) -> tuple[str, ...]:
        """Return what a closing roster accepts."""
        return keeping.acceptable(self._session)
