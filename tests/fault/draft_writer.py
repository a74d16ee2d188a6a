# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Edit an evaluator's draft at random, without end, and tell every acknowledged edit; somebody kills this program.

Arguments: the laptop's folder, a seed. Each line told: the newest edit's number and the chain over all edits so far.
"""

import hashlib
import os
import random
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from pmqa_desktop.domain.answers import COMMENT_KINDS, Answer, Evidence
from pmqa_desktop.services.evaluation.attachments import AttachmentService
from pmqa_desktop.services.evaluation.scoring import ScoringService
from pmqa_desktop.services.exchange.attached_files import settle_files
from pmqa_desktop.services.session import Session
from pmqa_desktop.store.connection import open_store
from pmqa_desktop.sync.attached import AttachedFiles

AGENCY = "alpha"
PAPER = "sha256:" + "ab" * 32
MOST_ACTS = 3
"""How many acts may lie between two lines told: as many as are undone in one go."""


class Writer:
    """Make one random edit after another through the service that the window uses."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.session = Session(
            open_store(folder / "workspace.db"),
            person="expert-1",
            key_file=None,
            folder=folder,
            clock=lambda: datetime.now(UTC),
            entropy=os.urandom,
            app="soak",
        )
        self.desk = ScoringService(self.session)
        self.choose = random.Random(seed)
        self.items = [item for item in self.session.round().criteria.edition.items if item.levels]
        self.chain, self.newest = b"", 0

    def edit(self) -> None:
        """Make one edit and see that it is what the service shows afterwards."""
        item = self.choose.choice(self.items)
        code, points = item.code, [point.id for point in item.points]
        text = "ข้อความ " * self.choose.randrange(1, 200) + str(self.choose.random())
        match self.choose.randrange(11):
            case 0 | 1 | 2:
                answer = Answer(ticks=tuple(sorted(self.choose.sample(points, self.choose.randrange(len(points))))))
                self.desk.save_answer(AGENCY, code, answer)
                self.expect(self.desk.sheet(AGENCY).answers[code] == answer)
            case 3 | 4 | 5:
                kind = self.choose.choice(COMMENT_KINDS)
                self.desk.save_comment(AGENCY, code, kind, text)
                self.expect(self.desk.sheet(AGENCY).comments[code, kind] == text)
            case 6:
                self.desk.save_note(AGENCY, code, text)
                self.expect(self.desk.sheet(AGENCY).notes[code] == text)
            case 7:
                page = Evidence(code, PAPER, self.choose.randrange(1, 500))
                self.desk.link(AGENCY, page)
                self.expect(page in self.desk.sheet(AGENCY).evidence)
            case 8:
                for _ in range(self.choose.randrange(1, MOST_ACTS + 1)):
                    self.desk.undo(AGENCY)
            case 9:
                self.attach(code)
            case _:
                self.desk.redo(AGENCY)

    def attach(self, code: str) -> None:
        """Attach a photo that is like no other."""
        with TemporaryDirectory() as name:
            photo = Path(name) / "photo.jpg"
            photo.write_bytes(b"\xff\xd8\xff" + self.choose.randbytes(self.choose.randrange(1, 9_000)))
            found = AttachmentService(self.session, self.desk).attach(AGENCY, code, "", photo)
        self.expect(found.evidence in self.desk.sheet(AGENCY).evidence)

    def expect(self, seen: bool) -> None:
        if not seen:
            print("lost", flush=True)
            sys.exit(1)

    def told(self) -> str:
        """Return the newest edit's number and the chain over all edits up to it."""
        self.newest, self.chain = chained(self.session, self.newest, self.chain)
        return f"{self.newest} {self.chain.hex() or '-'}"


def files_wrong(session: Session) -> str:
    """Return what is wrong with the attached files after the next start has settled them; empty for nothing."""
    settle_files(session)
    folder = session.folder / "attached"
    lying = {"sha256:" + path.name for path in folder.iterdir()} if folder.exists() else set()
    listed = session.attachments.all()
    if not all(AttachedFiles(session.folder).has(digest) for digest in listed):
        return "file lost"
    return "file left over" if lying - listed.keys() else ""


def chained(session: Session, after: int, chain: bytes, until: int | None = None) -> tuple[int, bytes]:
    """Continue the chain over the edits after one number."""
    newest = after
    for row in session.store.rows(
        "SELECT id, area, agency, item, field, value, at, device, counter, act, step FROM edits "
        "WHERE id > ? AND (? IS NULL OR id <= ?) ORDER BY id",
        (after, until, until),
    ):
        newest, chain = row[0], hashlib.sha256(chain + repr(row).encode()).digest()
    return newest, chain


def main() -> None:
    writer = Writer(Path(sys.argv[1]), int(sys.argv[2]))
    print(writer.told(), flush=True)
    while True:
        writer.edit()
        print(writer.told(), flush=True)


if __name__ == "__main__":
    main()
