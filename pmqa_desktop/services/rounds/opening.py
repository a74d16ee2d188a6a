# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Open a round: the signed roster, the frozen criteria under it, and what each seat is to judge."""

from dataclasses import dataclass
from typing import Any

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.domain.documents import (
    AssignedAgency,
    Assignment,
    AssignmentBody,
    Author,
    Criteria,
    Paper,
    Papers,
    PapersBody,
    Roster,
    RosterBody,
)
from pmqa_desktop.sync.envelope import sign_document
from pmqa_desktop.sync.keys import Identity


@dataclass(frozen=True, slots=True)
class Desk:
    """Where and by whom a round's own documents are signed; `made_at` is advisory, ISO 8601 UTC."""

    identity: Identity
    round: str
    rehearsal: bool
    made_at: str
    app: str

    def header(self) -> dict[str, Any]:
        """Return the common fields of a first document."""
        return {
            "round": self.round,
            "rehearsal": self.rehearsal,
            "author": Author(person=self.identity.person, key=self.identity.key),
            "seq": 1,
            "app": self.app,
            "made_at": self.made_at,
        }


def first_roster(desk: Desk, body: RosterBody) -> Admitted:
    """Sign the first roster: its digest names the round wherever a person confirms it."""
    return sign_document(Roster(**desk.header(), body=body), desk.identity)


def frozen_criteria(desk: Desk, roster: Admitted, criteria: FrozenCriteria) -> Admitted:
    """Sign the edition with its confirmed settings, their only home."""
    return sign_document(
        Criteria(**desk.header(), roster=roster.digest, body=criteria.body()),
        desk.identity,
    )


def assignment(
    desk: Desk, roster: Admitted, criteria: Admitted, seat: str, person: str, agencies: tuple[AssignedAgency, ...]
) -> Admitted:
    """Sign what one seat is to judge, with the list of papers."""
    body = AssignmentBody(seat=seat, person=person, agencies=agencies)
    header = desk.header() | {"roster": roster.digest, "criteria": criteria.digest}
    return sign_document(Assignment(**header, body=body), desk.identity)


def agency_papers(
    desk: Desk, roster: Admitted, criteria: Admitted, seat: str, person: str, agency: str, papers: tuple[Paper, ...]
) -> Admitted:
    """Sign the papers of one agency for one seat; their bytes travel as blobs of the same bundle."""
    body = PapersBody(seat=seat, person=person, papers=papers)
    header = desk.header() | {"roster": roster.digest, "criteria": criteria.digest, "agency": agency}
    return sign_document(Papers(**header, body=body), desk.identity)
