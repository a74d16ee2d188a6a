# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The sealed packs beside a workspace, and how one paper is taken out of them.

A pack is noted here once it was read to its end and every check held. From a noted pack reading may stop behind the
wanted paper (decision record on streamed packs): the paper's digest is known from the signed assignment, so what
the rest of the file says cannot change what is shown. A file that is not noted is read to its end each time.
"""

import io
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pmqa_desktop.domain.documents import ManifestBlob, Paper
from pmqa_desktop.errors import Expected, Refused
from pmqa_desktop.progress import Meter, Progress
from pmqa_desktop.services.packing.packs import ReceivedPack, receive_pack
from pmqa_desktop.services.rounds.first_roster import check_setup
from pmqa_desktop.services.session import Session
from pmqa_desktop.store.documents import Pack
from pmqa_desktop.sync.importing import read_one_blob, read_through
from pmqa_desktop.sync.keys import Identity
from pmqa_desktop.system import worded

PACK_NAME = "pack.pmqa"
_LATER_NAME = "pack-{number}.pmqa"


@dataclass(frozen=True, slots=True)
class PaperSource:
    """A paper that may be opened now: it touches nothing but the sealed files, so any thread can read it.

    `packs` are the files that may hold it, each with whether it is noted as read to its end.
    """

    paper: Paper
    packs: tuple[tuple[Path, bool], ...]
    identity: Identity

    @property
    def size(self) -> int:
        """Return how many bytes may have to be read."""
        return sum(path.stat().st_size for path, _noted in self.packs if path.is_file())

    def read(self, progress: Progress | None = None) -> bytes:
        """Return the paper's bytes; nothing of it is ever on a disk in clear.

        A file that cannot be read does not hide the paper in another one.

        Raises:
            Expected: `paper-not-here`; `cancelled`; `identity-closed`.
            Refused: no file has the paper, and this is what is wrong with the first that could not be read.
        """
        present = [(path, path.stat().st_size, noted) for path, noted in self.packs if path.is_file()]
        wrong: list[Refused] = []
        meter = Meter(progress, sum(size for _, size, _ in present))
        for path, size, noted in present:
            step = meter.phase(self.paper.name, size)
            try:
                if found := self._found(path, noted, step):
                    return found
            except Refused as refused:
                wrong.append(refused)
            except OSError:
                wrong.append(Refused("file-unreadable", name=path.name))
        if wrong:
            raise wrong[0]
        raise Expected("paper-not-here", digest=self.paper.digest[:15])

    def _found(self, path: Path, noted: bool, step: Callable[[int], None]) -> bytes:
        if noted:
            return read_one_blob(path, self.identity, self.paper.digest, step=step)
        return self._whole(path, step)

    def _whole(self, path: Path, step: Callable[[int], None]) -> bytes:
        """Return the paper out of a file that nobody vouches for: used only after every check of the file held."""
        wanted = io.BytesIO()

        def sink(entry: ManifestBlob) -> io.BytesIO | _Nowhere:
            return wanted if entry.digest == self.paper.digest else _Nowhere()

        bundle = read_through(path, self.identity, on_blob=sink, step=step)
        return wanted.getvalue() if any(blob.digest == self.paper.digest for blob in bundle.blobs) else b""


@dataclass(frozen=True, slots=True)
class TakenPack:
    """What a pack brought: whether it is `new` here, the agencies it has papers on, and how many papers."""

    new: bool
    agencies: tuple[str, ...]
    papers: int


class _Nowhere:
    """Takes bytes and keeps none."""

    def write(self, data: bytes, /) -> int:
        return len(data)


class PackShelf:
    """The sealed packs beside one open workspace."""

    def __init__(self, session: Session) -> None:
        """Work beside an open workspace."""
        self._session = session

    def receive(self, path: Path, progress: Progress | None = None) -> TakenPack:
        """Take a later pack of the own seat into the open workspace, straight from its drive.

        Args:
            path: The sealed file as it came; it is read once.
            progress: Told of the copying and of the reading.

        Raises:
            Expected: `key-locked`; `not-a-pack`; `pack-of-another-person`; `other-round`; `roster-older`;
                `round-closed-here`; `laptop-full`; `cancelled`.
            Refused: any code of reading the pack.
        """
        session = self._session
        session.expect_open_here()
        received = receive_pack(path, session.unlocked(), session.folder, progress)
        try:
            if received.person != session.person:
                raise Expected("pack-of-another-person", seat=received.seat)
            named = session.meta.named()
            known = dict(session.documents.rosters())
            first = check_setup(received.documents, known, file=received.name, confirmed=None)
            if named is not None and named.roster != first.digest:
                raise Expected("other-round", found=first.round, expected=named.round)
            return self.take(received)
        finally:
            received.close()

    def take(self, received: ReceivedPack) -> TakenPack:
        """Take a pack that was received for this workspace, its papers and its documents, all or nothing.

        Raises:
            Expected: `round-closed-here`; `disk-full`, `system-full`; the pack is the caller's as before then.
        """
        session = self._session
        session.expect_open_here()
        target = self._place(received)
        try:
            with session.store.write():
                if target is not None:
                    with worded(received.name):
                        shutil.move(received.path, target)
                    session.documents.keep_pack(Pack(target.name, received.digest, received.agencies))
                session.put_signed(received.documents, "open-pack")
        except BaseException:
            if target is not None:
                _give_back(target, received.path)
            raise
        session.tell_signed(received.documents)
        return TakenPack(target is not None, received.agencies, len(received.papers))

    def _place(self, received: ReceivedPack) -> Path | None:
        """Return where a received pack goes, sealed as it is; None when it lies here already."""
        folder = self._session.folder
        known = {pack.digest: pack.file for pack in self._session.documents.packs()}
        file = known.get(received.digest)
        if file is not None and (folder / file).exists():
            return None
        return folder / (file or self._free_name())

    def _free_name(self) -> str:
        folder, noted = self._session.folder, {pack.file for pack in self._session.documents.packs()}
        name, number = PACK_NAME, 1
        while name in noted or (folder / name).exists():
            number += 1
            name = _LATER_NAME.format(number=number)
        return name

    def source(self, agency: str, paper: Paper) -> PaperSource:
        """Return where to read a paper of `agency`; whether it may be read is asked before.

        Raises:
            Expected: `key-locked`.
        """
        folder = self._session.folder
        noted = {pack.file: pack for pack in self._session.documents.packs()}
        # Only real files: a folder, a pipe or a link to nothing with such a name must not keep a paper from opening.
        files = sorted(
            (one for one in folder.glob("*.pmqa") if one.is_file()), key=lambda one: one.stat().st_mtime, reverse=True
        )
        # A pack that is noted says whose papers it holds; a file of an older program is looked through.
        fitting = [one for one in files if one.name not in noted or agency in noted[one.name].agencies]
        packs = tuple((one, one.name in noted) for one in fitting)
        return PaperSource(paper, packs, self._session.unlocked())


def _give_back(target: Path, received: Path) -> None:
    """Put a pack back where it was received; what was copied of it only in part goes."""
    with suppress(OSError):
        if received.exists():
            target.unlink()
        else:
            shutil.move(target, received)
