# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The holding area: documents whose signer no roster here names; looked at, and emptied of what does not belong.

What waits is outside the set and counts nowhere. Discarding loses nothing for good: the file it came in can be imported
again, and the log keeps what was discarded and when.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pmqa_desktop.errors import Expected
from pmqa_desktop.services.exchange.attached_files import give_up, settle_files
from pmqa_desktop.services.exchange.intake import HOLD
from pmqa_desktop.services.identity import key_fingerprint
from pmqa_desktop.services.session import Session
from pmqa_desktop.store.documents import HOLDING_BYTES, HOLDING_DOCUMENTS
from pmqa_desktop.sync.fingerprint import Groups, groups, matches


@dataclass(frozen=True, slots=True)
class Held:
    """One document that waits.

    `person` is who the document says made it: nobody has vouched for that. `key_fingerprint` is that of the key that
    signed it, to compare with an enrolment. `since` is when it came in last, None where the log does not tell.
    """

    digest: str
    kind: str
    agency: str
    person: str
    key_fingerprint: Groups
    file: str
    size: int
    since: datetime | None

    @property
    def fingerprint(self) -> Groups:
        """Return the document's fingerprint."""
        return groups(self.digest)


@dataclass(frozen=True, slots=True)
class Room:
    """How full the holding area is, in documents and payload bytes, and how much it may hold."""

    documents: int
    size: int
    most_documents: int = HOLDING_DOCUMENTS
    most_size: int = HOLDING_BYTES


class HoldingService:
    """The holding area of one open file."""

    def __init__(self, session: Session) -> None:
        """Work in an open workspace or registry."""
        self._session = session

    def waiting(self) -> tuple[Held, ...]:
        """Return what waits, by the file it came under and then by fingerprint.

        Raises:
            Damage: `document-damaged`.
        """
        since = {one.fields.get("digest", ""): one.at for one in self._session.audit.entries() if one.action == HOLD}
        found = []
        for one in self._session.documents.waiting():
            document = one.stored.admitted().document
            found.append(
                Held(
                    one.stored.digest,
                    one.stored.kind,
                    document.agency,
                    one.person,
                    key_fingerprint(document.author.key),
                    one.file,
                    len(one.stored.payload),
                    since.get(one.stored.digest),
                )
            )
        return tuple(sorted(found, key=lambda held: (held.file, held.digest)))

    def room(self) -> Room:
        """Return how full it is."""
        found = self._session.documents.waiting()
        return Room(len(found), sum(len(one.stored.payload) for one in found))

    def discard(self, digests: Iterable[str]) -> int:
        """Give documents up that wait, with the files attached to them, and note each in the log; return how many.

        Raises:
            Expected: `not-held`, one of them does not wait here; nothing is discarded then.
        """
        waiting = {one.stored.digest: one for one in self._session.documents.waiting()}
        chosen = list(dict.fromkeys(digests))
        if unknown := [digest for digest in chosen if digest not in waiting]:
            raise Expected("not-held", found=unknown[0][:15])
        with self._session.store.write():
            self._session.documents.release(chosen)
            give_up(self._session, [waiting[digest].stored.admitted() for digest in chosen])
            for digest in chosen:
                one = waiting[digest]
                told = {"digest": digest, "kind": one.stored.kind, "person": one.person, "file": one.file}
                self._session.audit.append(self._session.clock(), self._session.person, "discard-held", told)
        settle_files(self._session)
        return len(chosen)

    def named(self, typed: str) -> str:
        """Return the digest of the one waiting document of these groups, or of this digest.

        Raises:
            Expected: `not-held`; none fits, or more than one.
        """
        asked = typed.removeprefix("sha256:")
        found = [one.stored.digest for one in self._session.documents.waiting() if matches(one.stored.digest, asked)]
        if len(found) != 1:
            raise Expected("not-held", found=typed)
        return found[0]
