# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Do the work of a round on a drive that is really full, leaving more and more room until it succeeds; tell each try.

Arguments: a folder on a small drive of its own, and a folder with plenty of room. A line told, as JSON: what was tried,
the bytes that were free, the code and words of the refusal (empty: it was done), and whether anything was changed by a
try that was refused.
"""

import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1] / "helpers"))

from laptops import PASSPHRASE, SECRETARY, SmallRound
from made_files import photo
from made_papers import pdf
from msgspec.structs import replace
from officers import clock

from pmqa_desktop.app import App
from pmqa_desktop.errors import PmqaError
from pmqa_desktop.messages import word_error
from pmqa_desktop.services.evaluation.attachments import AttachmentService
from pmqa_desktop.services.exchange.intake import import_files
from pmqa_desktop.services.exchange.service import ExchangeService
from pmqa_desktop.services.identity import OwnKey, make_identity
from pmqa_desktop.services.packing.paper_files import read_papers
from pmqa_desktop.services.packing.service import PackingService
from pmqa_desktop.services.reporting import ReportingService
from pmqa_desktop.services.rounds.draft import RoundDrafts
from pmqa_desktop.services.safekeeping.backups import restore_backup, write_backup
from pmqa_desktop.services.safekeeping.closing import ClosingService
from pmqa_desktop.services.safekeeping.mirror import MirrorService
from pmqa_desktop.services.safekeeping.portable import PortableService
from pmqa_desktop.store.meta import NamedRound
from pmqa_desktop.sync.keys import Cost, Identity, read_key_file
from pmqa_desktop.text import use_language

CHEAP = Cost(memory=8 * 1024 * 1024, passes=1)
SECRET = "a passphrase of the day"
ROOMS = (0, 4_096, 12_288, 40_960, 90_112, 180_224, 360_448, 700_416, 1_400_832)
"""The bytes left free, one after the other."""
PHOTO = photo() + bytes(120_000)
_STAYS = re.compile(r"\.before-import$|/record/|\.open$")
"""What may be there after a refusal: the copy made before an import, the record that closing had written so far."""


@dataclass
class Drive:
    """A small drive that can be filled up."""

    folder: Path

    @property
    def ballast(self) -> Path:
        return self.folder / "ballast"

    def leave(self, room: int) -> None:
        self.empty()
        whole = os.statvfs(self.folder)
        with self.ballast.open("wb") as file:
            file.write(bytes(max(0, whole.f_bavail * whole.f_frsize - room)))

    def empty(self) -> None:
        self.ballast.unlink(missing_ok=True)

    def lying(self) -> dict[str, bytes]:
        """Return every file on the drive but those that only hold what is looked at by other means."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes() if path.suffix != ".db" else b""
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and path != self.ballast and not _STAYS.search(str(path))
        }


class Work:
    """A small round on the drive, everybody's laptop and stick beside each other."""

    def __init__(self, drive: Drive, plenty: Path, stack: ExitStack) -> None:
        self.drive, self.plenty = drive, plenty
        self.world = SmallRound(drive.folder, stack)
        self.stick = plenty / "stick"
        self.stick.mkdir()
        self.photo = plenty / "ภาพถ่าย.jpg"
        self.photo.write_bytes(PHOTO)
        self.expert = self.world.laptop("expert-1")
        self.expert.session.meta.name(NamedRound(self.world.roster.digest, self.world.desk.round, True))
        self.expert.session.meta.set("person", "expert-1")
        self.expert.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
        self.office = self.world.laptop(SECRETARY)
        self.expert.scoring.fill("alpha", self.world.full_sheet())
        self.expert.scoring.keep_notices("alpha", "ตั้งใจ")
        self.hotel = self.world.laptop("expert-1", "hotel")
        self.hotel.session.drafts.use_device("hotel")
        self.here = [self.expert, self.office, self.hotel]
        for laptop in self.here:
            laptop.session.unlock(PASSPHRASE)
        self.packs: dict[str, Path] = {}

    def state(self) -> object:
        """Return all that must be the same after a try that was refused."""
        return self.drive.lying(), [
            (
                one.session.documents.state(), one.session.drafts.newest(), sorted(one.session.attachments.all()),
                one.session.store.integrity(), [pack.file for pack in one.session.documents.packs()],
            )
            for one in self.here
        ]  # fmt: skip

    def key(self) -> Identity:
        return read_key_file((self.drive.folder / "expert-1" / "own.key").read_bytes(), PASSPHRASE)

    # ---- what is tried ---------------------------------------------------------------------------

    def attach(self) -> None:
        AttachmentService(self.expert.session, self.expert.scoring).attach("alpha", "1.1", "", self.photo)

    def edit(self) -> None:
        self.expert.scoring.save_comment("alpha", "1.1", "strength", "ข้อความ " * 1_000)

    def sign(self) -> None:
        self.expert.scoring.sign("alpha", PASSPHRASE)

    def export(self) -> None:
        ExchangeService(self.expert.session).export("scoresheet", "alpha", self.drive.folder)

    def export_to_a_drive_with_room(self) -> None:
        ExchangeService(self.expert.session).export("scoresheet", "alpha", self.stick)

    def take_in(self) -> None:
        import_files(self.office.session, sorted(self.stick.glob("*.pmqa")))

    def mirror(self) -> None:
        folder = self.drive.folder / "mirror"
        folder.mkdir(exist_ok=True)
        mirror = MirrorService(self.expert.session, PortableService(self.expert.session))
        if self.expert.session.meta.get("mirror-folder") is None:
            mirror.choose(folder)
        mirror.write()

    def portable(self) -> None:
        PortableService(self.expert.session, CHEAP).export(self.drive.folder, SECRET, ("alpha",))

    def take_portable(self) -> None:
        service = PortableService(self.hotel.session, CHEAP)
        service.take(service.compare(self.plenty / "carried.draft", SECRET), ("alpha",))

    def backup(self) -> None:
        write_backup(self.expert.session, self.drive.folder / "whole.backup", self.key())

    def restore(self) -> None:
        restore_backup(self.drive.folder / "whole.backup", self.drive.folder / "restored.db", self.key())

    def report(self) -> None:
        out = self.drive.folder / "ใบให้คะแนน.pdf"
        ReportingService(self.expert.session).save("scoresheet", out, agency="alpha", seat="expert-1")

    def pack(self) -> None:
        given = read_papers({"alpha": (pdf(self.plenty / "alpha" / "รายงาน.pdf", padding=60_000),)})
        folder = self.drive.folder / "packs"
        folder.mkdir(exist_ok=True)
        report = PackingService(self.office.session).write(given, folder)
        failed = next((line.refusal for line in report.lines if line.refusal), None)
        if failed is not None:
            raise PmqaError(failed.code, **dict(failed.fields))
        self.packs = {line.seat: line.files[0].path for line in report.lines}

    def receive(self) -> None:
        home, key = self.drive.folder / "home", self.plenty / "own.key"
        App(home).open_pack(self.plenty / "seat.pmqa", key, PASSPHRASE).close()

    def open_again(self) -> None:
        (path,) = (self.drive.folder / "home" / "workspaces").glob("*/workspace.db")
        App(self.drive.folder / "home").open_workspace(path).close()

    def new_key(self) -> None:
        make_identity(self.drive.folder / "keys", "expert-9", PASSPHRASE, rehearsal=True, cost=CHEAP)

    def begin_a_round(self) -> None:
        self._drafts().begin(OwnKey(Path("own.key"), "office-1", "aa" * 32, "", True))

    def save_the_round(self) -> None:
        (found,) = self._drafts().all()
        assert found.draft is not None
        self._drafts().save(found.folder, replace(found.draft, confirmed=("a",) * 500))

    def _drafts(self) -> RoundDrafts:
        return RoundDrafts(self.drive.folder / "home", clock, bytes, "test")

    def close_the_round(self) -> None:
        session = self.expert.session
        mirror = MirrorService(session, PortableService(session))
        ClosingService(session, self.expert.scoring, ReportingService(session), mirror).close("จบ")


ORDER = (
    "edit", "attach", "sign", "export", "export_to_a_drive_with_room", "take_in", "mirror", "portable", "take_portable",
    "backup", "restore", "report", "pack", "receive", "open_again", "new_key", "begin_a_round", "save_the_round",
    "close_the_round",
)  # fmt: skip


def tries(work: Work, name: str) -> Iterator[dict[str, object]]:
    """Try one thing with more and more room until it is done."""
    prepare(work, name)
    for room in ROOMS:
        before = work.state()
        work.drive.leave(room)
        told = tried(getattr(work, name))
        work.drive.empty()
        after = work.state()
        yield {"what": name, "room": room, **told, "changed": differing(before, after) if told["code"] else ""}
        if not told["code"]:
            return


def prepare(work: Work, name: str) -> None:
    """Put what is carried to a laptop on the drive with plenty of room."""
    if name == "receive":
        shutil.copyfile(work.packs["expert-1"], work.plenty / "seat.pmqa")
        shutil.copyfile(work.drive.folder / "expert-1" / "own.key", work.plenty / "own.key")
    if name == "take_portable":
        (draft,) = work.drive.folder.glob("*.draft")
        shutil.move(draft, work.plenty / "carried.draft")


def tried(work: Callable[[], None]) -> dict[str, str]:
    try:
        work()
    except PmqaError as error:
        return {"code": error.code, "told": word_error(error, "th")}
    return {"code": "", "told": ""}


def differing(before: tuple, after: tuple) -> str:
    files = sorted(name for name in before[0].keys() | after[0].keys() if before[0].get(name) != after[0].get(name))
    return " ".join(files) or ("" if before[1] == after[1] else "the store")


def main() -> None:
    drive, plenty = Drive(Path(sys.argv[1])), Path(sys.argv[2])
    use_language("th")
    temporary = drive.folder / "tmp"
    temporary.mkdir()
    tempfile.tempdir = str(temporary)
    os.environ["PMQA_HOME"] = str(plenty / "home")
    with ExitStack() as stack:
        work = Work(drive, plenty, stack)
        for name in ORDER:
            for line in tries(work, name):
                print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
