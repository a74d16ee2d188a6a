# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""All files of a small signed round, made in memory in a moment: what a secretariat finds on its sticks."""

from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from pathlib import Path

import msgspec
from laptops import AGENCIES, PANEL, ROUND, SECRETARY, SmallRound

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.answers import Comment, ItemAnswer
from pmqa_desktop.domain.criteria import freeze
from pmqa_desktop.domain.documents import (
    Author,
    Consensus,
    ConsensusBody,
    Declaration,
    DeclarationBody,
    Endorsement,
    EndorsementBody,
    Reveal,
    RevealBody,
    RootPerson,
    Scoresheet,
    ScoresheetBody,
    SettledItem,
)
from pmqa_desktop.domain.scoring import ratio, score_sheet
from pmqa_desktop.services.rounds import opening as rounds
from pmqa_desktop.sync.container import bundle_bytes
from pmqa_desktop.sync.envelope import sign_document
from pmqa_desktop.sync.keys import seeded_identity
from pmqa_desktop.sync.sealing import seal

MADE_AT = "2026-05-02T03:04:05Z"
RECUSED = ("expert-2", "beta")
EXPECTED = len(AGENCIES) * (len(PANEL) + 1)


class RoundFiles:
    """Two agencies, three seats, one recusal; `documents` by a name that tells what it is, `files` by file name."""

    def __init__(self, *, rehearsal: bool = True, round_id: str = ROUND) -> None:
        self.round, self.rehearsal = round_id, rehearsal
        self.world = SmallRound(Path(), ExitStack())
        self.world.criteria = freeze(self.world.criteria.edition, {"evaluators_consensus_min": 2})
        self.identities = self.world.identities
        if rehearsal and round_id == ROUND:
            self.roster = self.world.roster
            self.frozen = rounds.frozen_criteria(self.world.desk, self.roster, self.world.criteria)
        else:
            self._other_round()
        self.sheets: dict[tuple[str, str], Admitted] = {}
        self.files: dict[str, bytes] = {"roster.pmqa": self.bundle(self.roster, self.frozen)}
        for agency in AGENCIES:
            for person in PANEL:
                self._judge(agency, person)
            self._settle(agency)

    def _other_round(self) -> None:
        """Make a roster of another round; a live one has two more root persons and their threshold."""
        more = () if self.rehearsal else tuple(seeded_identity(f"root-{n}", bytes([n]) * 32) for n in (1, 2))
        body = self.world._body()
        if more:
            roots = (*body.roots, *(RootPerson(person=one.person, key=one.key) for one in more))
            body = msgspec.structs.replace(body, roots=roots, threshold=2)
        desk = replace(self.world.desk, round=self.round, rehearsal=self.rehearsal)
        first = rounds.first_roster(desk, body)
        if more:
            document = msgspec.structs.replace(first.document, cosigners=tuple(sorted(one.key for one in more)))
            from pmqa_desktop.sync.envelope import cosign

            first = cosign(sign_document(document, self.identities[SECRETARY]), more[0])
        self.roster, self.frozen = first, rounds.frozen_criteria(desk, first, self.world.criteria)

    def header(self, person: str, agency: str, **more: object) -> dict[str, object]:
        return {
            "round": self.round, "rehearsal": self.rehearsal, "seq": 1, "app": "test", "made_at": MADE_AT,
            "author": Author(person=person, key=self.identities[person].key), "agency": agency,
            "roster": self.roster.digest, "criteria": self.frozen.digest, **more,
        }  # fmt: skip

    def sheet(self, person: str, agency: str, text: str = "จุดแข็ง", **more: object) -> Admitted:
        """Sign a full sheet; another `text` makes another document."""
        answers = self.world.full_sheet().answers
        scores = score_sheet(self.world.criteria, answers).items
        items = tuple(
            ItemAnswer(item=code, answer=answer, claimed=ratio(scores[code].exact)) for code, answer in answers.items()
        )
        comments = (Comment(item="1.1", kind="strength", text=text),)
        body = ScoresheetBody(seat=person, items=items, comments=comments)
        return sign_document(Scoresheet(**self.header(person, agency, **more), body=body), self.identities[person])

    def revised(self, person: str, agency: str, text: str = "แก้ไข") -> Admitted:
        before = self.sheets[person, agency]
        return self.sheet(person, agency, text, seq=2, supersedes=(before.digest,), reason="พบหลักฐานเพิ่ม")

    def bundle(self, *documents: Admitted, sealed_to: tuple[str, ...] = ()) -> bytes:
        who = self.identities[SECRETARY]
        data = bundle_bytes(documents, who, round=self.round, rehearsal=self.rehearsal, made_at=MADE_AT, app="test")
        return seal(data, sealed_to) if sealed_to else data

    def _judge(self, agency: str, person: str) -> None:
        who = self.identities[person]
        recused = (person, agency) == RECUSED
        body = DeclarationBody(state="recused", text="เคยร่วมงาน") if recused else DeclarationBody(state="no_conflict")
        declared = sign_document(Declaration(**self.header(person, agency), body=body), who)
        documents = [declared]
        if not recused:
            self.sheets[person, agency] = self.sheet(person, agency)
            documents.append(self.sheets[person, agency])
        self.files[f"sheet-{person}-{agency}.pmqa"] = self.bundle(*documents)

    def _settle(self, agency: str) -> None:
        chair = self.identities["chair"]
        sheets = {person: sheet for (person, of), sheet in self.sheets.items() if of == agency}
        digests = tuple(sorted(sheet.digest for sheet in sheets.values()))
        body = RevealBody(sheets=digests, own=sheets["chair"].digest)
        reveal = sign_document(Reveal(**self.header("chair", agency), body=body), chair)
        own = sheets["chair"].document.body.items
        settled = tuple(SettledItem(item=one.item, answer=one.answer, claimed=one.claimed) for one in own)
        told = ConsensusBody(stage="consensus", reveal=reveal.digest, rests_on=digests, items=settled)
        consensus = sign_document(Consensus(**self.header("chair", agency), body=told), chair)
        self.files[f"consensus-{agency}.pmqa"] = self.bundle(reveal, consensus)
        for person, sheet in sheets.items():
            word = EndorsementBody(consensus=consensus.digest, own_sheet=sheet.digest, agrees=True)
            given = sign_document(Endorsement(**self.header(person, agency), body=word), self.identities[person])
            self.files[f"word-{person}-{agency}.pmqa"] = self.bundle(given)

    def write(self, folder: Path, *names: str) -> list[Path]:
        """Write the named files, or all, and return their paths."""
        folder.mkdir(exist_ok=True)
        paths = []
        for name in names or self.files:
            paths.append(folder / name)
            paths[-1].write_bytes(self.files[name])
        return paths


@cache
def small_round() -> RoundFiles:
    """The round that most tests read; never change it."""
    return RoundFiles()


@cache
def live_round() -> RoundFiles:
    return RoundFiles(rehearsal=False, round_id="live-2569")


@cache
def other_round() -> RoundFiles:
    return RoundFiles(round_id="other-2570")
