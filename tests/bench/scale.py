# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A rehearsal round of any size, as files: four seats per agency, one clear bundle per seat and agency.

A sheet has all 30 items, about 3 KB of comments and a link to a page per item. Longer comments cost the floor as much
as the program and would only flatter the ratio.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from random import Random

from msgspec.structs import replace

from pmqa_desktop.assets import resource
from pmqa_desktop.domain.answers import Comment, ItemAnswer
from pmqa_desktop.domain.criteria import FrozenCriteria, freeze, load_edition
from pmqa_desktop.domain.documents import (
    Agency,
    Author,
    Panel,
    Person,
    PersonKey,
    RootPerson,
    RosterBody,
    Scoresheet,
    ScoresheetBody,
    Seat,
)
from pmqa_desktop.domain.scoring import ratio, score_sheet
from pmqa_desktop.services.practice.case import load_case
from pmqa_desktop.services.practice.judgement import hidden_strengths, judge
from pmqa_desktop.services.rounds import opening as rounds
from pmqa_desktop.sync.container import bundle_bytes
from pmqa_desktop.sync.envelope import sign_document
from pmqa_desktop.sync.keys import Identity, seeded_identity, write_key_file

ROUND = "bench-2569"
MADE_AT = "2026-01-02T03:04:05Z"
APP = "pmqa-desktop bench"
SEATS = 4
PERSONS = 40
PASSPHRASE = "bench"
_PATTERNS = 8
_COMMENT_BYTES = 3_000


@dataclass(frozen=True, slots=True)
class Files:
    """Where the round's files are; `bundles` of them lie in `folder`."""

    roster: Path
    key: Path
    folder: Path
    bundles: int


def make_round(target: Path, bundles: int) -> Files:
    """Write roster, secretariat's key and `bundles` signed sheets below `target`."""
    folder = target / "sheets"
    folder.mkdir(parents=True)
    criteria = _criteria()
    people = {name: _identity(name) for name in ("secretariat", *(f"person-{n}" for n in range(PERSONS)))}
    agencies = [f"agency-{number}" for number in range(-(-bundles // SEATS))]
    desk = rounds.Desk(people["secretariat"], ROUND, True, MADE_AT, APP)
    roster = rounds.first_roster(desk, _roster(people, agencies))
    frozen = rounds.frozen_criteria(desk, roster, criteria)
    files = Files(target / "roster.pmqa", target / "secretariat.key", folder, bundles)
    files.key.write_bytes(write_key_file(people["secretariat"], PASSPHRASE, rehearsal=True, entropy=os.urandom))
    header = {"round": ROUND, "rehearsal": True, "made_at": MADE_AT, "app": APP}
    files.roster.write_bytes(bundle_bytes((roster, frozen), people["secretariat"], **header))
    bodies = patterns()
    for number in range(bundles):
        agency, seat = divmod(number, SEATS)
        person = people[_person(agency, seat)]
        sheet = Scoresheet(
            **header,
            author=Author(person=person.person, key=person.key),
            seq=1,
            agency=agencies[agency],
            roster=roster.digest,
            criteria=frozen.digest,
            body=_own(bodies[number % _PATTERNS], seat, number),
        )
        (folder / f"{number:06}.pmqa").write_bytes(bundle_bytes((sign_document(sheet, person),), person, **header))
    return files


def _criteria() -> FrozenCriteria:
    return freeze(load_edition(resource("criteria/pmqa40.toml").read_bytes(), "pmqa40.toml"), {})


def _identity(name: str) -> Identity:
    return seeded_identity(name, hashlib.sha256(b"bench:" + name.encode()).digest())


def _person(agency: int, seat: int) -> str:
    return f"person-{(agency * SEATS + seat) % PERSONS}"


def _roster(people: dict[str, Identity], agencies: list[str]) -> RosterBody:
    return RosterBody(
        title_th="รอบวัดความเร็ว",
        title_en="Bench round",
        year_be=2569,
        roots=(RootPerson("secretariat", people["secretariat"].key),),
        threshold=1,
        secretariat=("secretariat",),
        persons=tuple(Person(name, name, name, (PersonKey(one.key, one.recipient),)) for name, one in people.items()),
        agencies=tuple(Agency(name, f"หน่วยงาน {name}", name, name, fictitious=True) for name in agencies),
        panels=tuple(
            Panel(
                name,
                _person(number, 0),
                tuple(Seat(f"seat-{seat}", _person(number, seat), "กรรมการ", "Expert") for seat in range(SEATS)),
            )
            for number, name in enumerate(agencies)
        ),
    )


def patterns() -> list[ScoresheetBody]:
    """Return a few complete sheets as the practice round makes them: all items, comments and evidence."""
    criteria = _criteria()
    phrases = load_case().tree["phrases"]
    paper = "sha256:" + hashlib.sha256(b"a paper").hexdigest()
    found = []
    for number in range(_PATTERNS):
        random = Random(number)
        strengths = hidden_strengths(criteria.edition, 60, random)
        view = judge(criteria.edition, strengths, paper, number - 4, phrases, random)
        score = score_sheet(criteria, view.answers)
        items = tuple(
            ItemAnswer(code, answer, None if score.items[code].exact is None else ratio(score.items[code].exact))
            for code, answer in view.answers.items()
        )
        evidence = {one.item: one for one in view.evidence}
        found.append(ScoresheetBody("", items, comments=_some(view.comments), evidence=tuple(evidence.values())))
    return found


def _some(comments: tuple[Comment, ...]) -> tuple[Comment, ...]:
    kept, size = [], 0
    for one in comments:
        size += len(one.text.encode())
        if size > _COMMENT_BYTES:
            break
        kept.append(one)
    return tuple(kept)


def _own(pattern: ScoresheetBody, seat: int, number: int) -> ScoresheetBody:
    first, *rest = pattern.comments
    changed = Comment(first.item, first.kind, f"{first.text} ({number})")
    return replace(pattern, seat=f"seat-{seat}", comments=(changed, *rest))
