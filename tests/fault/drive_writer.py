# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Export one file after another to a folder, without end, and tell each that is safe there; somebody cuts the power.

Argument: the folder. Each line told: the file's name; its content is what `content(name)` gives.
"""

import sys
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from pmqa_desktop.sync.exporting import write_file

CHUNKS = 5


def content(name: str) -> bytes:
    return b"".join(chunk(name, number) for number in range(CHUNKS))


def chunk(name: str, number: int) -> bytes:
    return f"{name} {number}\n".encode() * 300


def main() -> None:
    for number in count():
        name = f"file-{number}.pmqa"
        write_file(Path(sys.argv[1]), name, (chunk(name, part) for part in range(CHUNKS)), lambda path: None)
        print(name, flush=True)


if __name__ == "__main__":
    main()
