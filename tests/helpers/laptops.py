# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A small rehearsal round on real files: a secretariat, a panel of three, two agencies, a laptop each."""

import hashlib
import os
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pmqa_desktop.assets import resource
from pmqa_desktop.domain.answers import Answer, IndicatorAnswer
from pmqa_desktop.domain.criteria import FrozenCriteria, freeze, load_edition
from pmqa_desktop.domain.documents import (
    Agency,
    AssignedAgency,
    Panel,
    Person,
    PersonKey,
    RootPerson,
    RosterBody,
    Seat,
)
from pmqa_desktop.services.evaluation.scoring import DraftSheet, ScoringService
from pmqa_desktop.services.panel import PanelService
from pmqa_desktop.services.rounds import opening as rounds
from pmqa_desktop.services.session import Session
from pmqa_desktop.store.connection import open_store
from pmqa_desktop.sync.keys import Cost, Identity, seeded_identity, write_key_file

PASSPHRASE = "open sesame"
ROUND = "r-2569"
SECRETARY = "secretary"
PANEL = ("chair", "expert-1", "expert-2")
AGENCIES = ("alpha", "beta")


class Ticking:
    """A clock that moves on by a second whenever it is asked."""

    def __init__(self) -> None:
        self.now = datetime(2026, 5, 1, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass
class Laptop:
    """One person's open workspace and its services."""

    session: Session

    @property
    def scoring(self) -> ScoringService:
        return ScoringService(self.session)

    @property
    def panel(self) -> PanelService:
        return PanelService(self.session)


class SmallRound:
    """The round's documents and its laptops; all of them close with the stack."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.stack = stack
        self.clock = Ticking()
        self.identities: dict[str, Identity] = {
            name: seeded_identity(name, hashlib.sha256(name.encode()).digest()) for name in (SECRETARY, *PANEL)
        }
        self.criteria: FrozenCriteria = freeze(
            load_edition(resource("criteria/pmqa40.toml").read_bytes(), "pmqa40.toml"), {}
        )
        self.desk = rounds.Desk(self.identities[SECRETARY], ROUND, True, "2026-05-01T00:00:00Z", "test")
        self.roster = rounds.first_roster(self.desk, self._body())
        self.frozen = rounds.frozen_criteria(self.desk, self.roster, self.criteria)

    def _body(self) -> RosterBody:
        seats = tuple(Seat(name, name, f"ที่นั่ง {name}", f"Seat {name}") for name in PANEL)
        persons = tuple(
            Person(name, f"ตำแหน่ง {name}", f"Office {name}", (PersonKey(who.key, who.recipient),))
            for name, who in self.identities.items()
        )
        return RosterBody(
            title_th="รอบทดสอบ",
            title_en="Test round",
            year_be=2569,
            roots=(RootPerson(SECRETARY, self.identities[SECRETARY].key),),
            threshold=1,
            secretariat=(SECRETARY,),
            persons=persons,
            agencies=tuple(
                Agency(name, f"หน่วยงาน {name}", f"Agency {name}", name, fictitious=True) for name in AGENCIES
            ),
            panels=tuple(Panel(name, "chair", seats) for name in AGENCIES),
        )

    def laptop(self, person: str, name: str = "") -> Laptop:
        """Open a person's laptop; opening it a second time opens the same file again."""
        folder = self.folder / (name or person)
        fresh = not folder.exists()
        folder.mkdir(exist_ok=True)
        key_file = folder / "own.key"
        if fresh:
            cheap = Cost(memory=8 * 1024 * 1024, passes=1)
            key_file.write_bytes(write_key_file(self.identities[person], PASSPHRASE, rehearsal=True, cost=cheap))
        session = Session(
            open_store(folder / "workspace.db", create=True),
            person=person,
            key_file=key_file,
            folder=folder,
            clock=self.clock,
            entropy=os.urandom,
            app="test",
        )
        self.stack.callback(session.close)
        if fresh:
            agencies = tuple(AssignedAgency(agency) for agency in AGENCIES)
            own = (rounds.assignment(self.desk, self.roster, self.frozen, person, person, agencies),)
            session.store_signed((self.roster, self.frozen, *(own if person in PANEL else ())), "open-pack")
        return Laptop(session)

    def send(self, source: Laptop, target: Laptop, *kinds: str) -> None:
        """Carry the source's own documents of some kinds to the target."""
        digests = [f.digest for f in source.session.facts().values() if f.kind in kinds]
        target.session.store_signed(tuple(d.admitted() for d in source.session.documents.envelopes(digests)), "import")

    def judged(self, agency: str = "alpha", left_out: Mapping[str, tuple[str, ...]] | None = None) -> dict[str, Laptop]:
        """Let every seat declare, judge and sign one agency; return the laptops, nothing sent yet."""
        found = {name: self.laptop(name) for name in PANEL}
        for name, laptop in found.items():
            laptop.scoring.declare(agency, "no_conflict", "", PASSPHRASE)
            laptop.scoring.fill(agency, self.full_sheet(leave_out=(left_out or {}).get(name, ())))
            laptop.scoring.keep_notices(agency, "ตั้งใจ")
            laptop.scoring.sign(agency, PASSPHRASE)
        return found

    def settled(self, laptops: Mapping[str, Laptop], agency: str = "alpha") -> Laptop:
        """Let the chair take all sheets in, reveal, settle every item as proposed, and sign; return that laptop."""
        chair = laptops["chair"]
        for name in PANEL[1:]:
            self.send(laptops[name], chair, "declaration", "scoresheet")
        chair.panel.reveal(agency, PASSPHRASE)
        chair.panel.settle_agreed(agency)
        for row in chair.panel.matrix(agency).rows:
            if not row.is_settled:
                chair.panel.settle(agency, row.item, chair.panel.item(agency, row.item).proposal, "หารือแล้ว")
        chair.panel.sign(agency, PASSPHRASE)
        return chair

    def full_sheet(self, *, leave_out: tuple[str, ...] = ()) -> DraftSheet:
        """Return a draft with every item answered: all points met but `leave_out`, every indicator at its middle."""
        answers = {}
        for item in self.criteria.edition.items:
            if item.levels:
                answers[item.code] = Answer(ticks=tuple(sorted(p.id for p in item.points if p.id not in leave_out)))
            else:
                results = (IndicatorAnswer(i.code, result=str(int(i.upper or 0))) for i in item.indicators)
                answers[item.code] = Answer(indicators=tuple(results))
        comments = {(item.code, "strength"): f"จุดแข็งของหัวข้อ {item.code}" for item in self.criteria.edition.items}
        return DraftSheet(answers=answers, comments=comments)
