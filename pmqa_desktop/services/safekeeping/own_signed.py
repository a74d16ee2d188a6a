# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Own signed documents that travel with a draft, so that the next revision follows the last one and never rivals it.

Whoever restores a draft without them would sign a second revision 1, and two versions of one revision are a conflict.
So it is with a chair's reveal and consensus, and with a member's word on one. They come in as an import's do, and wait
for the peers' sheets that they name; nothing but the person's own documents on the draft's agencies is taken.
"""

from collections.abc import Collection, Mapping, Sequence

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.facts import Fact
from pmqa_desktop.errors import Refused
from pmqa_desktop.services.session import Session
from pmqa_desktop.sync.envelope import admit_line, envelope_line
from pmqa_desktop.text import N_

KINDS = ("declaration", "scoresheet", "reveal", "consensus", "endorsement")
"""The kinds that travel with a draft, in the order in which they are written: all that a person signs on an agency."""
Lines = Mapping[str, Sequence[str]]
"""By agency, documents as the lines of section 2 of the bundle format."""


def signed_agencies(session: Session) -> tuple[str, ...]:
    """Return the agencies on which this person has signed anything, sorted."""
    return tuple(sorted({fact.agency for fact in session.facts().values() if _is_own(session, fact)}))


def signed_count(session: Session) -> int:
    """Return how many own documents on agencies are here; it only ever grows."""
    return sum(_is_own(session, fact) for fact in session.facts().values())


def own_lines(session: Session, agencies: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return all own documents on some agencies with their lineage; an agency without any is absent."""
    found: dict[str, tuple[str, ...]] = {}
    for agency in agencies:
        facts = [one for one in session.facts().values() if one.agency == agency and _is_own(session, one)]
        facts.sort(key=lambda one: (KINDS.index(one.kind), one.seq, one.digest))
        documents = session.documents.admitted(tuple(one.digest for one in facts))
        if documents:
            found[agency] = tuple(envelope_line(one).decode() for one in documents)
    return found


def read_lines(session: Session, lines: Lines, agencies: Collection[str]) -> dict[str, tuple[Admitted, ...]]:
    """Return the documents on the lines of a draft, every signature verified; stores nothing.

    Args:
        session: The open workspace.
        lines: What the draft brought.
        agencies: Those the draft is on.

    Raises:
        Refused: `draft-file-invalid`; a line that does not verify, or that is not an own document of this round on
            the agency it stands at, of a kind in `KINDS`.
    """
    found = {}
    for agency, some in lines.items():
        documents = tuple(_admitted(agency, line) for line in some)
        if agency not in agencies or not all(_belongs(session, one, agency) for one in documents):
            raise Refused("draft-file-invalid", where=agency, found=N_("a document that is not yours"))
        found[agency] = documents
    return found


def not_here(session: Session, documents: Sequence[Admitted]) -> tuple[Admitted, ...]:
    """Return those documents that this workspace does not have yet."""
    return tuple(one for one in documents if one.digest not in session.facts())


def _admitted(agency: str, line: str) -> Admitted:
    try:
        return admit_line(line.encode())
    except Refused as refused:
        raise Refused("draft-file-invalid", where=agency, found=refused.code) from None


def _belongs(session: Session, one: Admitted, agency: str) -> bool:
    header, seen = one.document, session.round()
    return (
        one.kind in KINDS
        and (header.author.person, header.agency) == (session.person, agency)
        and (header.round, header.rehearsal) == (seen.round, seen.rehearsal)
    )


def _is_own(session: Session, fact: Fact) -> bool:
    return fact.kind in KINDS and fact.person == session.person
