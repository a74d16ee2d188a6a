# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A live round begun from nothing but identities and files: three officers who sign rosters, a panel of three."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.services.identity import Applicant, write_enrolment
from pmqa_desktop.services.rounds.enrolling import Enrolled, compare, read_enrolments
from pmqa_desktop.services.rounds.opening import Desk
from pmqa_desktop.services.rounds.plan import RoundPlan, load_plan
from pmqa_desktop.services.rounds.rosters import countersign, review, start_round
from pmqa_desktop.sync.keys import Identity, new_identity, seeded_identity

MADE_AT = "2026-05-01T00:00:00Z"
LIVE = "live-2569"
OFFICERS = ("office-1", "office-2", "office-3")
PANEL = ("chair", "expert-1", "expert-2")


def clock() -> datetime:
    return datetime(2026, 5, 1, tzinfo=UTC)


def plan_text(*, rehearsal: bool = False, threshold: int = 2, round_id: str = LIVE, recovery: str = "") -> str:
    """A plan as a secretariat writes it."""
    persons = "".join(
        f'[[persons]]\nperson = "{name}"\noffice_th = "ตำแหน่ง {name}"\noffice_en = "Office {name}"\n'
        for name in (*OFFICERS, *PANEL)
    )
    seats = "".join(
        f'[[panels.seats]]\nseat = "{name}"\nperson = "{name}"\ntitle_th = "ที่นั่ง"\ntitle_en = "Seat"\n' for name in PANEL
    )
    return f"""
round = "{round_id}"
title_th = "รอบทดสอบ"
title_en = "Test round"
year_be = 2569
rehearsal = {str(rehearsal).lower()}
threshold = {threshold}
roots = ["office-1", "office-2", "office-3"]
secretariat = ["office-1", "office-2"]
recovery = "{recovery}"
settings = {{ evaluators_consensus_min = 2, evidence_required = false }}
{persons}
[[agencies]]
agency = "alpha"
name_th = "หน่วยงาน ก"
name_en = "Agency A"
short_th = "ก"
[[panels]]
agency = "alpha"
chair = "chair"
{seats}
"""


@dataclass
class Office:
    """Everybody's identity and the first roster; `folder` is the stick that goes from hand to hand."""

    folder: Path
    rehearsal: bool = False
    threshold: int = 2
    round_id: str = LIVE
    recovery: str = ""
    identities: dict[str, Identity] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in (*OFFICERS, *PANEL):
            self.identities[name] = self.new_key(name)
        told = plan_text(
            rehearsal=self.rehearsal, threshold=self.threshold, round_id=self.round_id, recovery=self.recovery
        )
        self.plan: RoundPlan = load_plan(told.encode(), "plan.toml")

    def new_key(self, person: str) -> Identity:
        if self.rehearsal:
            return seeded_identity(person, bytes([len(self.identities)]) * 32)
        return new_identity(person, rehearsal=False)

    def desk(self, who: str = "office-1") -> Desk:
        return Desk(self.identities[who], self.round_id, self.rehearsal, MADE_AT, "test")

    def enrolled(self, identity: Identity) -> Enrolled:
        """Send the enrolment by file and compare the fingerprint by telephone."""
        applicant = Applicant(self.round_id, f"ชื่อ {identity.person}", "สำนักงาน")
        written, _ = write_enrolment(identity, applicant, self.folder, made_at=MADE_AT, app="test")
        (one,) = read_enrolments(written.path, self.round_id, rehearsal=self.rehearsal)
        return compare(one, " ".join(one.fingerprint[1].split()[:2]))

    def start(self) -> dict[str, Admitted]:
        """Begin the round and let a second officer countersign; return roster and criteria by digest."""
        keys = [self.enrolled(identity) for identity in self.identities.values()]
        roster, criteria = start_round(self.desk(), self.plan, keys)
        documents = {one.digest: one for one in (roster, criteria)}
        return self.signed(documents, roster.digest, "office-2")

    def signed(self, documents: dict[str, Admitted], digest: str, *officers: str) -> dict[str, Admitted]:
        """Let officers countersign a roster."""
        for officer in officers:
            signed = countersign(review(documents, digest), self.identities[officer])
            documents = {**documents, digest: signed}
        return documents
