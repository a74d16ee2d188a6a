# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A process of its own that packs, receives and opens papers, and tells the most memory it ever had.

Run as `pack_memory.py FOLDER BYTES`: a paper of so many bytes, and a small one behind it, which is opened.
"""

import resource
import sys
from contextlib import ExitStack
from pathlib import Path

from laptops import PASSPHRASE, SECRETARY, SmallRound
from made_papers import pdf

from pmqa_desktop.app import App
from pmqa_desktop.services.packing.paper_files import read_papers
from pmqa_desktop.services.packing.service import PackingService


def main(folder: Path, size: int) -> int:
    """Return the peak of this process in bytes."""
    with ExitStack() as stack:
        world = SmallRound(folder, stack)
        office = world.laptop(SECRETARY).session
        office.unlock(PASSPHRASE)
        given = read_papers({"alpha": (pdf(folder / "large.pdf", padding=size), pdf(folder / "small.pdf", mark="s"))})
        drive = folder / "drive"
        drive.mkdir()
        (line,) = PackingService(office).write(given, drive, seats=("expert-1",)).lines
        world.laptop("expert-1")
        seat = App(folder / "home").open_pack(line.files[0].path, folder / "expert-1" / "own.key", PASSPHRASE)
        stack.callback(seat.close)
        seat.scoring.declare("alpha", "no_conflict", "", PASSPHRASE)
        small = seat.scoring.papers("alpha")[1]
        if seat.scoring.paper_bytes("alpha", small.digest) != (folder / "small.pdf").read_bytes():
            raise RuntimeError("another paper came out")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), int(sys.argv[2])))
