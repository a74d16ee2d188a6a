# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Walk the whole practice round through the real services, from the roster to the merged registry.

The clock, the keys and every choice come from the seed, so a second run writes the same bytes; only sealed
files, key files and the registry's file differ, as their encryption and storage do.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from pmqa_desktop import __version__
from pmqa_desktop.assets import resource
from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.answers import Answer
from pmqa_desktop.domain.criteria import Edition, FrozenCriteria, freeze, load_edition
from pmqa_desktop.domain.documents import AssignedAgency, ItemDissent, Paper
from pmqa_desktop.errors import Expected
from pmqa_desktop.progress import Progress
from pmqa_desktop.services.evaluation.scoring import DraftSheet, ScoringService
from pmqa_desktop.services.exchange.service import ExchangeService, What
from pmqa_desktop.services.packing.packs import build_pack
from pmqa_desktop.services.panel import PanelService
from pmqa_desktop.services.practice.case import PracticeCase, load_case, roster_body
from pmqa_desktop.services.practice.judgement import Judgement, hidden_strengths, judge
from pmqa_desktop.services.rounds import opening as rounds
from pmqa_desktop.services.session import Clock, Session, iso
from pmqa_desktop.store.connection import open_store
from pmqa_desktop.sync.container import bundle_bytes
from pmqa_desktop.sync.keys import PUBLISHED_COST, Identity, seeded_identity, write_key_file

PASSPHRASE = "practice"  # noqa: S105 - the practice keys are public by design
APP = f"pmqa-desktop {__version__}"
_A_YEAR = 366 * 24 * 60  # the clock of practice runs through weeks between two signatures
_MEANT_SO = "พิจารณาแล้ว คงไว้ตามนี้"
_FOLDERS = ("packs", "sheets", "consensus", "endorsements", "clear", "keys", "reports")


@dataclass(frozen=True, slots=True)
class PracticeRound:
    """What a practice run left behind; `files` by kind, relative to `dir`."""

    dir: Path
    seed: int
    passphrase: str
    files: dict[str, tuple[str, ...]] = field(default_factory=dict)


class _Clock:
    """A clock that starts with the case and moves on by a minute and a bit whenever it is asked."""

    def __init__(self, begins: datetime) -> None:
        self._now = begins

    def __call__(self) -> datetime:
        self._now += timedelta(seconds=67)
        return self._now

    def reach(self, moment: datetime) -> None:
        """Move on to a later moment of the case."""
        self._now = max(self._now, moment)


@dataclass(slots=True)
class _Member:
    """One person's laptop in the practice round."""

    identity: Identity
    session: Session

    @property
    def scoring(self) -> ScoringService:
        return ScoringService(self.session)

    @property
    def panel(self) -> PanelService:
        return PanelService(self.session)

    @property
    def exchange(self) -> ExchangeService:
        return ExchangeService(self.session)


class _Builder:
    """Keep what the steps of one practice run share."""

    def __init__(self, target: Path, seed: int, laptops: Path, stack: ExitStack, progress: Progress) -> None:
        self.target = target
        self.seed = seed
        self.case: PracticeCase = load_case()
        self.clock = _Clock(self.case.begins)
        self.progress = progress
        self.steps = 0
        self.identities = {person: practice_identity(seed, person) for person in self.case.persons}
        self.criteria: FrozenCriteria = freeze(_edition(self.case.edition), {})
        self.papers = {agency.agency: self._paper(agency.agency) for agency in self.case.agencies}
        self.roster, self.frozen = self._open_round()
        self.assignments = {seat.seat: self._assignment(seat.seat, seat.person) for seat in self.case.seats}
        self.members = {seat.person: self._laptop(seat.person, seat.seat, laptops, stack) for seat in self.case.seats}

    # ---- the round --------------------------------------------------------------------------

    def desk(self) -> rounds.Desk:
        secretary = self.identities[self.case.secretariat]
        return rounds.Desk(secretary, self.case.round, True, iso(self.clock()), APP)

    def _open_round(self) -> tuple[Admitted, Admitted]:
        roster = rounds.first_roster(self.desk(), roster_body(self.case, self.identities))
        return roster, rounds.frozen_criteria(self.desk(), roster, self.criteria)

    def _paper(self, agency: str) -> tuple[Paper, bytes]:
        one = next(a for a in self.case.agencies if a.agency == agency)
        # Typesetting is loaded when the round is made, not when the window opens.
        from pmqa_desktop.reports.practice_paper import practice_paper  # noqa: PLC0415

        words = self.case.tree["paper"]
        data, pages = practice_paper(self.criteria.edition, one, self.case.tree["round"]["year_be"], words)
        digest = "sha256:" + hashlib.sha256(data).hexdigest()
        return Paper(digest, len(data), words["name"].format(agency=one.short_th.rstrip(".")), pages), data

    def _assignment(self, seat: str, person: str) -> tuple[Admitted, ...]:
        agencies = tuple(AssignedAgency(name, (paper,)) for name, (paper, _) in self.papers.items())
        found = [rounds.assignment(self.desk(), self.roster, self.frozen, seat, person, agencies)]
        found += [
            rounds.agency_papers(self.desk(), self.roster, self.frozen, seat, person, name, (paper,))
            for name, (paper, _) in self.papers.items()
        ]
        return tuple(found)

    def _laptop(self, person: str, seat: str, laptops: Path, stack: ExitStack) -> _Member:
        folder = laptops / person
        folder.mkdir()
        key_file = folder / "own.key"
        key_file.write_bytes(self.key_file(person))
        session = Session(
            open_store(folder / "workspace.db", create=True, lasting=False),
            person=person,
            key_file=key_file,
            folder=folder,
            clock=self.clock,
            entropy=os.urandom,
            app=APP,
            idle_minutes=_A_YEAR,
        )
        stack.callback(session.close)
        session.store_signed((self.roster, self.frozen, *self.assignments[seat]), "open-pack")
        return _Member(self.identities[person], session)

    def key_file(self, person: str) -> bytes:
        return write_key_file(
            self.identities[person], PASSPHRASE, rehearsal=True, entropy=os.urandom, cost=PUBLISHED_COST
        )

    # ---- files ------------------------------------------------------------------------------

    def write(self, name: str, data: bytes) -> None:
        (self.target / name).write_bytes(data)

    def bundle(self, documents: tuple[Admitted, ...], exporter: Identity) -> bytes:
        return bundle_bytes(
            documents, exporter, round=self.case.round, rehearsal=True, made_at=iso(self.clock()), app=APP
        )

    def round_files(self) -> None:
        secretary = self.identities[self.case.secretariat]
        self.write("roster.pmqa", self.bundle((self.roster, self.frozen), secretary))
        for person in self.case.persons:
            self.write(f"keys/{person}.key", self.key_file(person))
        blobs = tuple((paper.name, data) for paper, data in self.papers.values())
        for seat in self.case.seats:
            pack = build_pack(
                (self.roster, self.frozen, *self.assignments[seat.seat]),
                blobs,
                secretary,
                (self.identities[seat.person].recipient,),
                round_id=self.case.round,
                rehearsal=True,
                made_at=iso(self.clock()),
                app=APP,
            )
            self.write(f"packs/{seat.seat}.pmqa", pack)

    def send(self, member: _Member, what: What, agency: str, sealed: str, clear: str) -> None:
        self.write(sealed, member.exchange.package(what, agency, sealed=True))
        self.write(f"clear/{clear}", member.exchange.package(what, agency, sealed=False))

    # ---- the steps of the round -------------------------------------------------------------

    def score(self) -> None:
        """Let every seat declare, judge and sign, or recuse."""
        for day, agency in enumerate(self.case.agencies, 1):
            name = agency.agency
            self.clock.reach(self.case.begins + timedelta(days=3 * day))
            strengths = hidden_strengths(self.criteria.edition, self.case.strength[name], Random(f"{self.seed}:{name}"))
            for seat in self.case.seats:
                self._step(f"{seat.seat} {name}")
                self._score_one(self.members[seat.person], seat.person, seat.seat, name, strengths)

    def _step(self, what: str) -> None:
        """Tell the next step of all: every seat on every agency, and the panel on every agency."""
        self.progress.step(self.steps, len(self.case.agencies) * (len(self.case.seats) + 1), what)
        self.steps += 1

    def _score_one(self, member: _Member, person: str, seat: str, agency: str, strengths: dict[str, int]) -> None:
        random = Random(f"{self.seed}:{agency}:{person}")
        recusal = self.case.event("recusal", person, agency)
        if recusal is not None:
            member.scoring.declare(agency, "recused", recusal.text, PASSPHRASE)
            self.send(
                member, "declaration", agency, f"sheets/{seat}-{agency}.pmqa", f"declaration-{seat}-{agency}.pmqa"
            )
            return
        member.scoring.declare(agency, "no_conflict", "", PASSPHRASE)
        paper = self.papers[agency][0].digest
        phrases = self.case.tree["phrases"]
        view = judge(self.criteria.edition, strengths, paper, random.randint(-8, 8), phrases, random)
        revision = self.case.event("revision", person, agency)
        member.scoring.fill(agency, _draft(_overlooked(view) if revision else view))
        member.scoring.keep_notices(agency, _MEANT_SO)
        member.scoring.sign(agency, PASSPHRASE)
        if revision is not None:
            member.scoring.fill(agency, _draft(view))
            member.scoring.keep_notices(agency, revision.text)
            member.scoring.sign(agency, PASSPHRASE, revision.text)
        self.send(member, "scoresheet", agency, f"sheets/{seat}-{agency}.pmqa", f"scoresheet-{seat}-{agency}.pmqa")

    def settle(self) -> None:
        """Let the chair reveal, settle every item, and sign; let every member with a sheet endorse or dissent."""
        chair = next(seat.person for seat in self.case.seats if seat.seat == "chair")
        for agency in self.case.agencies:
            self._step(f"consensus {agency.agency}")
            if agency.session is not None:  # the panel sits down when the agency has been heard
                self.clock.reach(datetime.fromisoformat(agency.session.date) + timedelta(hours=4))
            self._deliver(chair, ("declaration", "scoresheet"), agency.agency)
            self._consensus(self.members[chair], agency.agency)
            for seat in self.case.seats:
                self._endorse(chair, seat.person, seat.seat, agency.agency)

    def _deliver(self, to: str, kinds: tuple[What, ...], agency: str, sender: str = "") -> None:
        for person, member in self.members.items():
            if person != to and sender in ("", person):
                for kind in kinds:
                    documents = member.exchange.own_documents(kind, agency)
                    if documents:
                        self.members[to].session.store_signed(documents, "import")

    def _consensus(self, chair: _Member, agency: str) -> None:
        random = Random(f"{self.seed}:{agency}:consensus")
        chair.panel.reveal(agency, PASSPHRASE)
        chair.panel.settle_agreed(agency)
        reasons = self.case.tree["phrases"]["consensus_reason"]
        for row in chair.panel.matrix(agency).rows:
            item = chair.panel.item(agency, row.item)
            if not row.is_settled:
                chair.panel.settle(agency, row.item, item.proposal, random.choice(reasons))
            taken: set[str] = set()
            for comment in item.comments:
                if comment.kind not in taken:
                    taken.add(comment.kind)
                    chair.panel.adopt(agency, row.item, comment.kind, comment.text, (comment.sheet,))
        chair.panel.save_themes(agency, self.case.themes[agency])
        dissent = next((e for e in self.case.events if (e.what, e.agency) == ("dissent", agency)), None)
        if dissent is not None:
            chair.panel.announce_dissent(agency, dissent.person, dissent.text)
        chair.panel.sign(agency, PASSPHRASE)
        self.send(chair, "consensus", agency, f"consensus/{agency}.pmqa", f"consensus-{agency}.pmqa")
        self.write(f"clear/reveal-{agency}.pmqa", chair.exchange.package("reveal", agency, sealed=False))

    def _endorse(self, chair: str, person: str, seat: str, agency: str) -> None:
        member = self.members[person]
        if member.scoring.declaration(agency) == "recused":
            return
        if person != chair:
            self._deliver(person, ("scoresheet", "declaration"), agency)
            self._deliver(person, ("consensus",), agency, chair)
        dissent = self.case.event("dissent", person, agency)
        if dissent is None:
            member.panel.endorse(agency, PASSPHRASE, agrees=True)
        else:
            widest = member.panel.matrix(agency).rows[0].item
            member.panel.endorse(
                agency, PASSPHRASE, agrees=False, reason=dissent.text, items=(ItemDissent(widest, dissent.text),)
            )
        name = f"{seat}-{agency}.pmqa"
        self.send(member, "endorsement", agency, f"endorsements/{name}", f"endorsement-{name}")


def build_practice(target: Path, seed: int = 7, progress: Progress | None = None) -> PracticeRound:
    """Write the signed files of the whole practice round into `target`.

    Args:
        target: A folder that is empty, absent, or holds an earlier practice round.
        seed: Whole number every choice derives from.
        progress: Told of each sheet and consensus.

    Raises:
        Expected: `folder-not-empty`; `cancelled`.
    """
    _prepare(target)
    with ExitStack() as stack:
        laptops = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pmqa-")))
        builder = _Builder(target, seed, laptops, stack, progress or Progress())
        builder.round_files()
        builder.score()
        builder.settle()
    return PracticeRound(target, seed, PASSPHRASE, dict(listing(target)))


def _prepare(target: Path) -> None:
    if target.exists() and any(target.iterdir()):
        if not ((target / "roster.pmqa").exists() and (target / "clear").is_dir()):
            raise Expected("folder-not-empty", folder=target.name)
        for name in _FOLDERS:
            shutil.rmtree(target / name, ignore_errors=True)
        for left in target.glob("*.*"):
            left.unlink()
    for name in _FOLDERS:
        (target / name).mkdir(parents=True, exist_ok=True)


def seeded_clock() -> Clock:
    """Return the practice clock at a moment when all evaluations are over."""
    case = load_case()
    over = max(datetime.fromisoformat(agency.session.date) for agency in case.agencies if agency.session)
    return _Clock(over + timedelta(days=7))


def listing(target: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each kind of file of a practice folder with the names, relative to it."""
    for name in _FOLDERS:
        yield name, tuple(sorted(p.relative_to(target).as_posix() for p in (target / name).rglob("*") if p.is_file()))
    yield "top", tuple(sorted(p.name for p in target.iterdir() if p.is_file()))


def _edition(name: str) -> Edition:
    return load_edition(resource(f"criteria/{name}.toml").read_bytes(), f"{name}.toml")


def practice_identity(seed: int, person: str) -> Identity:
    """Return a practice person's identity: the same seed gives the same keys."""
    return seeded_identity(person, hashlib.sha256(f"pmqa-practice:{seed}:{person}".encode()).digest())


def _draft(view: Judgement) -> DraftSheet:
    comments: dict[tuple[str, str], str] = {}
    for one in view.comments:
        before = comments.get((one.item, one.kind))
        comments[one.item, one.kind] = f"{before}\n\n{one.text}" if before else one.text
    return DraftSheet(answers=view.answers, comments=comments, evidence=view.evidence)  # type: ignore[arg-type]


def _overlooked(view: Judgement) -> Judgement:
    """Return the judgement as it was before the appendix was read: one tick of two items is not there yet."""
    answers = dict(view.answers)
    changed = 0
    for code, answer in view.answers.items():
        if len(answer.ticks) > 1 and changed < 2:
            answers[code] = Answer(ticks=answer.ticks[:-1])
            changed += 1
    return Judgement(answers, view.comments, view.evidence)
