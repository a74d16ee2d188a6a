# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Rebuild a folder as a power cut could have left it, from what a program did to it (power_recorder.c).

What was flushed is there. What was not is there or not, in any mixture, and a write may be torn between sectors. A name
that came, went or changed is so for certain only once its folder was flushed; until then the disk may still show what
was before, but it keeps the order of such changes.
"""

import os
import random
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_HEAD = struct.Struct("<cqII")
_SECTOR = 512


@dataclass(frozen=True)
class Record:
    """One thing the program did: see power_recorder.c for `what`."""

    what: str
    name: str
    offset: int
    data: bytes


@dataclass
class _File:
    """One file or folder on the disk: the bytes that are certain, and what was written since the last flush."""

    certain: bytearray = field(default_factory=bytearray)
    waiting: list[Record] = field(default_factory=list)
    is_folder: bool = False


def compiler() -> str | None:
    """Return the C compiler that builds the recorder, None where recording is not possible."""
    return shutil.which("cc") if sys.platform == "linux" else None


def build_recorder(folder: Path) -> Path:
    """Compile the recorder into `folder` and return the library."""
    library = folder / "power_recorder.so"
    source = Path(__file__).with_name("power_recorder.c")
    subprocess.run([compiler() or "cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library


def recorded(recorder: Path, folder: Path, command: Sequence[str | Path], lines: int) -> tuple[Record, ...]:
    """Run `command`, kill it after it said so many lines, and return what it did to `folder` up to then."""
    log = recorder.with_name(f"{folder.name}.record")
    environment = {**os.environ, "LD_PRELOAD": str(recorder), "POWER_FOLDER": str(folder), "POWER_RECORD": str(log)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as program:
        told = [program.stdout.readline() for _ in range(lines)]
        program.kill()
    assert told[-1], "the program ended too soon"
    return tuple(_records(log.read_bytes()))


def _records(log: bytes) -> Iterator[Record]:
    at = 0
    while at + _HEAD.size <= len(log):
        what, offset, name_size, size = _HEAD.unpack_from(log, at)
        at += _HEAD.size
        if at + name_size + size > len(log):
            return  # killed in the middle of the last record
        name = log[at : at + name_size].decode()
        at += name_size
        yield Record(what.decode(), name, offset, log[at : at + size])
        at += size


class Disk:
    """The folder as it goes through the records.

    Args:
        files: What lay in the folder, safely, before.
        file_flushes: Whether flushing a file brings it to the disk; False is a disk that lies.
        folder_flushes: Whether flushing the folder makes its names certain.
    """

    def __init__(self, files: dict[str, bytes], *, file_flushes: bool = True, folder_flushes: bool = True) -> None:
        self.certain = {name: _File(bytearray(data)) for name, data in files.items()}
        self.live = dict(self.certain)
        self.moves: list[tuple[str, str, _File | None]] = []
        self.said = ""
        self._file_flushes, self._folder_flushes = file_flushes, folder_flushes

    def take(self, record: Record) -> None:
        """Go one step on."""
        name = record.name
        match record.what:
            case "A":
                self.said += record.data.decode()
            case "C" | "D":
                self.live[name] = _File(is_folder=record.what == "D")
                self.moves.append(("", name, self.live[name]))
            case "U":
                del self.live[name]
                self.moves.append((name, "", None))
            case "R":
                moved = self.live.pop(name)
                self.live[record.data.decode()] = moved
                self.moves.append((name, record.data.decode(), moved))
            case "S" if name == "." or self.live[name].is_folder:
                if self._folder_flushes:
                    inside = [move for move in self.moves if _folder(move) == name]
                    _move(self.certain, inside)
                    self.moves = [move for move in self.moves if move not in inside]
            case "S":
                if self._file_flushes:
                    _write(self.live[name].certain, self.live[name].waiting)
                    self.live[name].waiting = []
            case _:
                self.live[name].waiting.append(record)

    def after_a_cut(self, chance: random.Random) -> dict[str, bytes]:
        """Return the files of the folder, by their names below it, as one cut of the power here could leave them."""
        names = dict(self.certain)
        _move(names, self.moves[: chance.randrange(len(self.moves) + 1)])
        survives = chance.choice([_nothing, _everything, _beginning, _some, _torn])
        found = {}
        for name, file in names.items():
            if file.is_folder or ("/" in name and name.rpartition("/")[0] not in names):
                continue  # with a folder goes what lies in it
            data = bytearray(file.certain)
            _write(data, survives(file.waiting, chance))
            found[name] = bytes(data)
        return found


def _folder(move: tuple[str, str, _File | None]) -> str:
    """Return the folder whose flush makes a change of names certain."""
    return (move[1] or move[0]).rpartition("/")[0] or "."


def _move(names: dict[str, _File], moves: Sequence[tuple[str, str, _File | None]]) -> None:
    for before, after, file in moves:
        names.pop(before, None)
        if file is not None:
            names[after] = file


def _write(data: bytearray, records: Sequence[Record]) -> None:
    for record in records:
        if record.what == "T":
            del data[record.offset :]
            data.extend(bytes(record.offset - len(data)))
        else:
            data.extend(bytes(max(0, record.offset - len(data))))
            data[record.offset : record.offset + len(record.data)] = record.data


def _nothing(_records: Sequence[Record], _chance: random.Random) -> list[Record]:
    return []


def _everything(records: Sequence[Record], _chance: random.Random) -> list[Record]:
    return list(records)


def _beginning(records: Sequence[Record], chance: random.Random) -> list[Record]:
    return list(records[: chance.randrange(len(records) + 1)])


def _some(records: Sequence[Record], chance: random.Random) -> list[Record]:
    return [record for record in records if chance.random() < 0.5]


def _torn(records: Sequence[Record], chance: random.Random) -> list[Record]:
    kept = []
    for record in records:
        for at in range(0, max(1, len(record.data)), _SECTOR):
            if chance.random() < 0.6:
                part = record.data[at : at + _SECTOR]
                kept.append(Record(record.what, record.name, record.offset + at, part))
    return kept
