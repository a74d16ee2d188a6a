# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Official results that lack signatures: another officer sees the very figures, signs the same bytes, sends them back.

Nothing here counts signatures: `pmqa_desktop.domain.rights` does, and joining files joins the signatures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.answers import Ratio
from pmqa_desktop.domain.documents import Approval, Ranking, Result
from pmqa_desktop.domain.results import AgencyResult
from pmqa_desktop.domain.rights import keys_of
from pmqa_desktop.domain.scoring import ratio
from pmqa_desktop.domain.trust import key_id
from pmqa_desktop.domain.view import COUNTED
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.registry.outcome import round_results
from pmqa_desktop.services.registry.publication import newest_waiting
from pmqa_desktop.services.session import Session
from pmqa_desktop.sync.envelope import cosign
from pmqa_desktop.sync.fingerprint import Groups, groups
from pmqa_desktop.sync.keys import Identity


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One agency of a publication that waits, as it is signed; `same` when this register computes the same result."""

    rank: int
    agency: str
    name_th: str
    name_en: str
    display: str
    level: str
    same: bool


@dataclass(frozen=True, slots=True)
class WaitingPublication:
    """An official publication that lacks signatures.

    `signed` are the persons who signed, `need` is how many must, `open` are those who still may; `documents` the
    digests of all that is signed together: results, ranking, extract. `complete` is False while some are not
    here.
    """

    ranking: str
    approval: Approval | None
    by: str
    made_at: str
    reason: str
    rows: tuple[WaitingRow, ...]
    signed: tuple[str, ...]
    open: tuple[str, ...]
    need: int
    documents: tuple[str, ...]
    complete: bool

    @property
    def results(self) -> tuple[str, ...]:
        """Return the digests of the results."""
        return self.documents[: self.documents.index(self.ranking)]

    @property
    def extracts(self) -> tuple[str, ...]:
        """Return the digests of the extracts that are signed along, mostly one or none."""
        return self.documents[self.documents.index(self.ranking) + 1 :]

    @property
    def fingerprint(self) -> Groups:
        """Return the ranking's fingerprint."""
        return groups(self.ranking)

    @property
    def different(self) -> tuple[WaitingRow, ...]:
        """Return the agencies whose figures are not those that this register computes."""
        return tuple(row for row in self.rows if not row.same)


class CountersigningService:
    """What another officer does with official results."""

    def __init__(self, session: Session) -> None:
        """Work in an open registry."""
        self._session = session

    def waiting(self) -> tuple[WaitingPublication, ...]:
        """Return the official publications that lack signatures, newest revision only; mostly one or none."""
        return tuple(self._read(fact.digest) for fact in newest_waiting(self._session, ("ranking",)))

    def countersign(self, ranking: str, passphrase: str) -> bool:
        """Sign everything of a waiting publication, in one transaction; tell whether it counts now.

        Args:
            ranking: The digest of its ranking.
            passphrase: Opens the officer's key.

        Raises:
            Expected: `publication-not-waiting`; `publication-incomplete`; `publication-differs`;
                `countersign-not-asked`; `already-countersigned`; the key's own codes.
        """
        return self.countersign_with(self._session.unlock(passphrase), ranking)

    def countersign_with(self, identity: Identity, ranking: str) -> bool:
        """Do the same as `countersign` with a key that is open."""
        session = self._session
        session.expect_open_here()
        found = next((one for one in self.waiting() if one.ranking == ranking), None)
        if found is None:
            raise Expected("publication-not-waiting")
        self._expect_sound(found)
        documents = session.documents.admitted(found.documents)
        if all(identity.keyid in one.keyids for one in documents):
            raise Expected("already-countersigned", person=identity.person)
        if any(identity.key not in (one.document.author.key, *one.document.cosigners) for one in documents):
            raise Expected("countersign-not-asked", person=identity.person)
        signed = tuple(cosign(one, identity) for one in documents)
        with session.store.write():
            session.documents.add(signed)
            told = {"digest": ranking, "documents": str(len(signed))}
            session.audit.append(session.clock(), identity.person, "countersign-results", told)
        session.tell_signed(signed)
        return session.view().status.get(ranking) == COUNTED

    @staticmethod
    def _expect_sound(found: WaitingPublication) -> None:
        if not found.complete:
            raise Expected("publication-incomplete")
        if found.different:
            raise Expected("publication-differs", agencies=", ".join(row.name_th for row in found.different))

    def _read(self, digest: str) -> WaitingPublication:
        session = self._session
        (admitted,) = session.documents.admitted((digest,))
        document = admitted.document
        if not isinstance(document, Ranking):
            raise Expected("publication-not-waiting")
        have = [row.result for row in document.body.rows if row.result in session.documents]
        extracts = [fact.digest for fact in newest_waiting(session, ("extract",))]
        now = {one.agency: one for one in round_results(session).agencies}
        rows = tuple(
            _row(row.rank, row.agency, row.total, session.document(row.result), now.get(row.agency))
            for row in document.body.rows
            if row.result in have
        )
        asked, signed = self._signers(session.documents.admitted((*have, digest)))
        return WaitingPublication(
            ranking=digest,
            approval=document.body.approval,
            by=document.author.person,
            made_at=document.made_at,
            reason=document.reason,
            rows=rows,
            signed=signed,
            open=tuple(sorted(asked - set(signed))),
            need=max(1, session.round().roster.threshold),
            documents=(*have, digest, *extracts),
            complete=len(have) == len(document.body.rows),
        )

    def _signers(self, documents: Sequence[Admitted]) -> tuple[set[str], tuple[str, ...]]:
        """Return who may sign these documents, and who has signed all of them."""
        roster = self._session.round().roster
        persons = {key: person for key, (person, state) in keys_of(roster).items() if state != "compromised"}
        by_id = {key_id(key): person for key, person in persons.items()}
        entitled = {*roster.secretariat, *(root.person for root in roster.roots)}
        asked = {
            persons.get(key, "") for one in documents for key in (one.document.author.key, *one.document.cosigners)
        }
        everywhere = set.intersection(*({by_id.get(keyid, "") for keyid in one.keyids} for one in documents))
        return asked & entitled, tuple(sorted(everywhere & entitled))


def _row(rank: int, agency: str, total: Ratio, signed: object, now: AgencyResult | None) -> WaitingRow:
    result = signed if isinstance(signed, Result) else None
    same = (
        result is not None
        and now is not None
        and result.agency == agency
        and result.body.total == total == _ratio(now.total)
        and (result.body.consensus, rank) == (now.consensus, now.rank)
    )
    name_th, name_en = (now.name_th, now.name_en) if now is not None else (agency, agency)
    display = result.body.display if result is not None else ""
    return WaitingRow(rank, agency, name_th, name_en, display, result.body.level if result else "", same)


def _ratio(total: Fraction | None) -> Ratio | None:
    return None if total is None else ratio(total)
