# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""One open workspace: its store, whose it is, what the round says, and the one way to sign into it."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.criteria import FrozenCriteria, criteria_from_body
from pmqa_desktop.domain.documents import Agency, AnyDocument, Author, Criteria, Panel, RosterBody, Seat, Slot, slot_of
from pmqa_desktop.domain.facts import Fact
from pmqa_desktop.domain.view import View, view
from pmqa_desktop.errors import Damage, Expected
from pmqa_desktop.events import DocumentsChanged, EventBus
from pmqa_desktop.services.attempts import Attempts
from pmqa_desktop.services.identity import key_bytes, read_patiently
from pmqa_desktop.store.attachments import AttachmentRepository
from pmqa_desktop.store.audit import AuditLog
from pmqa_desktop.store.connection import Store
from pmqa_desktop.store.documents import DocumentRepository
from pmqa_desktop.store.drafts import DraftRepository
from pmqa_desktop.store.meta import MetaRepository
from pmqa_desktop.sync.envelope import sign_document
from pmqa_desktop.sync.fingerprint import groups
from pmqa_desktop.sync.keys import Identity

Clock = Callable[[], datetime]
IDLE_MINUTES = 30
"""After so many minutes without use the private key is dropped from memory."""


def iso(moment: datetime) -> str:
    """Return a moment as documents write it: ISO 8601, UTC, whole seconds, `Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Me:
    """Whose workspace this is; `seats` by agency, `chairs` the agencies this person chairs or acts for."""

    person: str
    office_th: str
    office_en: str
    secretariat: bool
    seats: Mapping[str, Seat]
    chairs: frozenset[str]


@dataclass(frozen=True, slots=True)
class RoundInfo:
    """What the current roster and criteria say about the round."""

    round: str
    title_th: str
    title_en: str
    year_be: int
    rehearsal: bool
    roster_digest: str
    criteria_digest: str
    criteria: FrozenCriteria
    roster: RosterBody
    agencies: Mapping[str, Agency]
    panels: Mapping[str, Panel]


@dataclass(frozen=True, slots=True)
class Signed:
    """A document that was just signed and stored; `fingerprint` is its four rows to print and compare."""

    digest: str
    fingerprint: tuple[str, str, str, str]
    seq: int


class Session:
    """Hold what the services of one open workspace share; not thread-safe, lives on the store's executor."""

    def __init__(
        self,
        store: Store,
        *,
        person: str,
        key_file: Path | None,
        folder: Path,
        clock: Clock,
        entropy: Callable[[int], bytes],
        app: str,
        idle_minutes: int = IDLE_MINUTES,
    ) -> None:
        """Work on `store` as `person`, whose private key lies in `key_file`.

        Args:
            store: The open workspace.
            person: The person's id in the roster; empty for a registry opened only to look.
            key_file: The encrypted key, or None where nothing can be signed.
            folder: Where the workspace keeps its sealed packs.
            clock: Tells the time; advisory in documents.
            entropy: Source of random bytes.
            app: Name and version written into documents.
            idle_minutes: After so many minutes without use the private key is dropped from memory.
        """
        self.store = store
        self.person = person
        self.folder = folder
        self.clock = clock
        self.entropy = entropy
        self.app = app
        self.bus = EventBus()
        self.documents = DocumentRepository(store)
        self.meta = MetaRepository(store)
        self.drafts = DraftRepository(store, self.meta.get("device") or "")
        self.attachments = AttachmentRepository(store)
        self.audit = AuditLog(store)
        self._key_file = key_file
        self._identity: Identity | None = None
        self._attempts = Attempts(clock)
        self._idle = timedelta(minutes=idle_minutes)
        self._used: datetime | None = None
        self._view: View | None = None
        self._facts: Mapping[str, Fact] = {}
        self._decoded: dict[str, AnyDocument] = {}
        self._criteria: tuple[str, FrozenCriteria] | None = None

    # ---- reading -------------------------------------------------------------------------------

    def view(self) -> View:
        """Return what counts, computed anew after every change of the set."""
        if self._view is None:
            facts = self.documents.facts()
            named = self.meta.named()
            self._facts = {fact.digest: fact for fact in facts}
            self._view = view(facts, self.documents.rosters(), named.roster if named else None)
        return self._view

    def facts(self) -> Mapping[str, Fact]:
        """Return the metadata of every stored document by digest."""
        self.view()
        return self._facts

    def changed(self) -> None:
        """Forget what was derived; call after documents were added by any way."""
        self._view = None

    def document(self, digest: str) -> AnyDocument:
        """Return a stored document.

        Raises:
            Damage: `document-missing`, the set names it but it is not there; `document-damaged`.
        """
        if digest not in self._decoded:
            stored = self.documents.get(digest)
            if stored is None:
                raise Damage("document-missing", digest=digest)
            self._decoded[digest] = stored.admitted().document
        return self._decoded[digest]

    def current(self, slot: Slot) -> str | None:
        """Return the digest that counts at `slot`, or None."""
        cell = self.view().cells.get(slot)
        return cell.digest if cell is not None and cell.state in {"current", "recused"} else None

    def round(self) -> RoundInfo:
        """Return the round as its newest roster and its criteria tell it.

        Raises:
            Expected: the view's own problem (`no-trusted-roster`, `rival-rosters` ...) or `no-criteria`.
        """
        seen = self.view()
        if seen.roster is None or seen.roster_digest is None:
            raise Expected(seen.problem or "no-trusted-roster")
        if seen.criteria_digest is None:
            raise Expected("no-criteria")
        roster = seen.roster
        header = self.document(seen.roster_digest)
        return RoundInfo(
            round=header.round,
            title_th=roster.title_th,
            title_en=roster.title_en,
            year_be=roster.year_be,
            rehearsal=header.rehearsal,
            roster_digest=seen.roster_digest,
            criteria_digest=seen.criteria_digest,
            criteria=self._frozen(seen.criteria_digest),
            roster=roster,
            agencies={agency.agency: agency for agency in roster.agencies},
            panels={panel.agency: panel for panel in roster.panels},
        )

    def _frozen(self, digest: str) -> FrozenCriteria:
        if self._criteria is None or self._criteria[0] != digest:
            document = self.document(digest)
            if not isinstance(document, Criteria):
                raise Damage("document-missing", digest=digest)
            self._criteria = (digest, criteria_from_body(document.body))
        return self._criteria[1]

    def me(self) -> Me:
        """Return who works here, as the newest roster knows them."""
        roster = self.round().roster
        office = next((p for p in roster.persons if p.person == self.person), None)
        return Me(
            person=self.person,
            office_th=office.office_th if office else "",
            office_en=office.office_en if office else "",
            secretariat=self.person in roster.secretariat,
            seats={panel.agency: seat for panel in roster.panels for seat in panel.seats if seat.person == self.person},
            chairs=frozenset(panel.agency for panel in roster.panels if chair_of(panel) == self.person),
        )

    def expect_open_here(self) -> None:
        """Refuse work on a round that was closed on this laptop.

        Raises:
            Expected: `round-closed-here`, with the date.
        """
        closed = self.meta.get("closed-here")
        if closed:
            raise Expected("round-closed-here", date=closed)

    # ---- the key -------------------------------------------------------------------------------

    def unlock(self, passphrase: str) -> Identity:
        """Open the private key and keep it for this session, until it lies idle.

        Raises:
            Expected: `no-key-file`; `wrong-passphrase`, with `wait` in seconds; `passphrase-wait`;
                `key-of-another-person`.
        """
        if self._key_file is None or not self._key_file.exists():
            raise Expected("no-key-file")
        identity = read_patiently(key_bytes(self._key_file), passphrase, self._attempts)
        if self.person and identity.person != self.person:
            identity.close()
            raise Expected("key-of-another-person")
        self.use_key(identity)
        return identity

    def use_key(self, identity: Identity) -> None:
        """Work with a key that was opened elsewhere; this session closes it."""
        self.lock()
        self._identity, self._used = identity, self.clock()

    @property
    def is_unlocked(self) -> bool:
        """Tell whether the private key is open; asking is no use of it."""
        return not self.drop_idle_key() and self._identity is not None

    def unlocked(self) -> Identity:
        """Return the open key.

        Raises:
            Expected: `key-locked`; the passphrase was not given since the workspace was opened, or the key lay
                idle too long.
        """
        self.drop_idle_key()
        if self._identity is None:
            raise Expected("key-locked")
        self._used = self.clock()
        return self._identity

    def drop_idle_key(self) -> bool:
        """Drop the private key if it was not used for long; a window calls this now and then. True when it did."""
        if self._identity is None or self._used is None or self.clock() - self._used < self._idle:
            return False
        self.lock()
        return True

    def lock(self) -> None:
        """Drop the private key from memory."""
        if self._identity is not None:
            self._identity.close()
            self._identity, self._used = None, None

    # ---- signing -------------------------------------------------------------------------------

    def lineage(self, slot: Slot) -> tuple[int, tuple[str, ...]]:
        """Return the next `seq` for `slot` and the digests it supersedes: whatever stands there at the highest one.

        Documents that were not their signer's to give take no place in a slot, so they cannot drive the number up.
        """
        cell = self.view().cells.get(slot)
        if cell is None:
            return 1, ()
        return cell.seq + 1, tuple(sorted({*cell.candidates, *([cell.digest] if cell.digest else [])}))

    def header(self, identity: Identity, *, agency: str = "", seq: int = 1, **more: Any) -> dict[str, Any]:
        """Return the common fields of a new document of this round by `identity`."""
        seen = self.round()
        return {
            "round": seen.round,
            "rehearsal": seen.rehearsal,
            "author": Author(person=identity.person, key=identity.key),
            "seq": seq,
            "app": self.app,
            "made_at": iso(self.clock()),
            "agency": agency,
            "roster": seen.roster_digest,
            "criteria": seen.criteria_digest,
            **more,
        }

    def sign(self, document: AnyDocument, identity: Identity, action: str) -> Signed:
        """Sign and store one document, log it, and tell the window."""
        admitted = sign_document(document, identity)
        self.store_signed((admitted,), action)
        one, two, three, four = groups(admitted.digest)
        return Signed(admitted.digest, (one, two, three, four), document.seq)

    def store_signed(self, admitted: tuple[Admitted, ...], action: str) -> None:
        """Store signed documents in one transaction with their log entries, and tell the window."""
        with self.store.write():
            self.put_signed(admitted, action)
        self.tell_signed(admitted)

    def put_signed(self, admitted: tuple[Admitted, ...], action: str) -> None:
        """Store signed documents with their log entries in the caller's transaction, who tells of them after it."""
        self.documents.add(admitted)
        for one in admitted:
            slot = slot_of(one.document)
            self.audit.append(self.clock(), self.person, action, {"digest": one.digest, "slot": " ".join(slot or ())})

    def tell_signed(self, admitted: tuple[Admitted, ...]) -> None:
        """Look at the set anew and tell the window which documents came."""
        self.changed()
        self.bus.publish(DocumentsChanged(digests=tuple(one.digest for one in admitted)))

    def note_written(self, action: str, told: Mapping[str, str], *files: Path, who: str = "") -> None:
        """Log that files were written; where that cannot be logged they are removed again, and nothing was done.

        Args:
            action: The act in the log.
            told: Its fields.
            files: What was written.
            who: Whose act it is, where the session is nobody's.

        Raises:
            Expected: what the store can raise.
        """
        try:
            self.audit.append(self.clock(), who or self.person, action, told)
        except BaseException:
            for file in files:
                with suppress(OSError):
                    file.unlink()
            raise

    def close(self) -> None:
        """Drop the key and close the store."""
        self.lock()
        self.store.close()


def chair_of(panel: Panel) -> str:
    """Return the person who chairs an agency's panel now: the acting chair where the roster names one."""
    return panel.acting_chair or panel.chair


def judged_items(criteria: FrozenCriteria, seat: Seat) -> tuple[str, ...]:
    """Return the item codes that a seat judges, in the edition's order; all unless the roster names some."""
    codes = tuple(item.code for item in criteria.edition.items)
    return tuple(code for code in codes if code in seat.items) if seat.items else codes
