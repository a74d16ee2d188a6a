# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A live round on separate machines whose only connection is a folder of files: the stick."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from laptops import PASSPHRASE, Laptop, SmallRound, Ticking
from officers import LIVE, MADE_AT, PANEL, Office

from pmqa_desktop.domain.admitted import Admitted
from pmqa_desktop.domain.criteria import criteria_from_body
from pmqa_desktop.domain.documents import RosterBody
from pmqa_desktop.services.exchange.intake import ImportReport, import_files
from pmqa_desktop.services.exchange.service import ExchangeService, What
from pmqa_desktop.services.rounds.rosters import newest, propose, read_rosters, review, rosters_among, write_rosters
from pmqa_desktop.services.session import Session
from pmqa_desktop.store.connection import open_store
from pmqa_desktop.store.meta import NamedRound
from pmqa_desktop.sync.container import bundle_bytes
from pmqa_desktop.sync.keys import Cost, Identity, write_key_file

AGENCY = "alpha"
CHEAP = Cost(memory=64 * 1024, passes=1)


class TrustRound(SmallRound):
    """The officers' round with a laptop each; whatever moves between two of them is a file on the stick."""

    def __init__(self, folder: Path, stack: ExitStack, *, recovery: str = "") -> None:
        self.folder, self.stack, self.clock = folder, stack, Ticking()
        self.stick = folder / "stick"
        self.stick.mkdir(parents=True)
        self.office = Office(self.stick, recovery=recovery)
        self.identities = self.office.identities
        documents = self.office.start()
        self.first = next(d for d, one in documents.items() if one.kind == "roster")
        self.documents = documents
        self.roster = documents[self.first]
        self.frozen = next(one for one in documents.values() if one.kind == "criteria")
        self.criteria = criteria_from_body(self.frozen.document.body)  # type: ignore[arg-type]
        self.desk = self.office.desk()
        self._files = 0

    def laptop(self, person: str, name: str = "", identity: Identity | None = None) -> Laptop:
        """Open a person's laptop with the newest roster; a second time opens the same file again."""
        folder = self.folder / (name or person)
        fresh = not folder.exists()
        folder.mkdir(exist_ok=True)
        if fresh:
            held = identity or self.identities[person]
            (folder / "own.key").write_bytes(write_key_file(held, PASSPHRASE, rehearsal=False, cost=CHEAP))
        session = Session(
            open_store(folder / "workspace.db", create=True),
            person=person,
            key_file=folder / "own.key",
            folder=folder,
            clock=self.clock,
            entropy=self.entropy,
            app="test",
        )
        self.stack.callback(session.close)
        session.meta.name(NamedRound(self.first, LIVE, False))
        if fresh:
            session.store_signed(tuple(self.documents.values()), "open-pack")
        session.unlock(PASSPHRASE)
        return Laptop(session)

    @staticmethod
    def entropy(size: int) -> bytes:
        return bytes(size)

    # --- files ---

    def new_folder(self) -> Path:
        self._files += 1
        folder = self.stick / str(self._files)
        folder.mkdir()
        return folder

    def export(self, laptop: Laptop, what: What, agency: str = AGENCY) -> Path:
        """Export own documents, sealed as in real life."""
        laptop.session.unlock(PASSPHRASE)
        return ExchangeService(laptop.session).export(what, agency, self.new_folder()).path

    def deliver(self, source: Laptop, target: Laptop, what: What) -> ImportReport:
        return self.take(target, self.export(source, what))

    def take(self, target: Laptop, *paths: Path) -> ImportReport:
        """Import files with the target's key."""
        target.session.unlock(PASSPHRASE)
        return import_files(target.session, paths)

    def file_of(self, documents: Sequence[Admitted]) -> Path:
        """Write documents as a clear file of the secretariat."""
        who = self.identities["office-1"]
        data = bundle_bytes(documents, who, round=LIVE, rehearsal=False, made_at=MADE_AT, app="test")
        path = self.new_folder() / "file.pmqa"
        path.write_bytes(data)
        return path

    def lineage(self, registry: Laptop, person: str) -> Path:
        """Write what the registry has of a person, for the person's new laptop."""
        digests = [f.digest for f in registry.session.facts().values() if f.person == person and f.slot]
        return self.file_of([one.admitted() for one in registry.session.documents.envelopes(digests)])

    # --- the roster ---

    @property
    def body(self) -> RosterBody:
        return newest(self.documents, self.first).document.body  # type: ignore[return-value]

    def offer(self, body: RosterBody, reason: str, *, by: str = "office-1") -> tuple[str, Path]:
        """Propose the next roster and put it on the stick; return its digest and file."""
        child = propose(self.office.desk(by), newest(self.documents, self.first), body, reason)
        documents = {**rosters_among(self.documents), child.digest: child}
        return child.digest, self._written(documents, by)

    def sign(self, file: Path, digest: str, by: str) -> Path:
        """Let an officer countersign a file on an own machine; return the copy."""
        return self._written(self.office.signed(read_rosters([file]), digest, by), by)

    def change(self, body: RosterBody, reason: str = "จำเป็น") -> Path:
        """Put a changed roster in force; return its file."""
        digest, offered = self.offer(body, reason)
        signed = self.sign(offered, digest, "office-3")
        documents = read_rosters([offered, signed])
        assert review(documents, digest).in_force
        self.documents = {**self.documents, **documents}
        return signed

    def _written(self, documents: dict[str, Admitted], by: str) -> Path:
        return write_rosters(documents, self.new_folder(), self.identities[by], made_at=MADE_AT, app="test").path

    # --- the evaluation ---

    def judge(self, laptop: Laptop, *, leave_out: tuple[str, ...] = (), reason: str = "") -> str:
        """Declare where that is not done yet, fill the whole sheet, and sign it; return its digest."""
        if not laptop.scoring.declaration(AGENCY):
            laptop.scoring.declare(AGENCY, "no_conflict", "", PASSPHRASE)
        laptop.scoring.fill(AGENCY, self.full_sheet(leave_out=leave_out))
        for remark in laptop.scoring.read_back(AGENCY).open:
            laptop.scoring.keep_notice(AGENCY, remark, "ตั้งใจเช่นนี้")
        return laptop.scoring.sign(AGENCY, PASSPHRASE, reason).digest

    def all_judged(self, registry: Laptop) -> dict[str, Laptop]:
        """Let every seat judge and deliver to the registry and the chair."""
        found = {name: self.laptop(name) for name in PANEL}
        for laptop in found.values():
            self.judge(laptop)
            file = self.export(laptop, "scoresheet")
            for target in (registry, found["chair"]):
                self.take(target, file)
        return found
