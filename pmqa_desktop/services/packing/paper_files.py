# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The agencies' papers as files on the secretariat's disk: found by folder, hashed, and their pages counted."""

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from pmqa_desktop.domain.documents import Agency, ManifestBlob, Paper
from pmqa_desktop.domain.plaintext import clean
from pmqa_desktop.errors import Expected
from pmqa_desktop.progress import Meter, Progress
from pmqa_desktop.sync.container import Blob
from pmqa_desktop.sync.importing import private_folder
from pmqa_desktop.sync.pdf import MAGIC, page_count

ENDING = ".pdf"
_CHUNK = 1024 * 1024
_LONGEST_NAME = 200
_MAGIC_WITHIN = 1024
"""A PDF may begin with a few other bytes."""


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A paper that was read once: what the assignment will say of it, and where its bytes lie."""

    path: Path
    paper: Paper

    def blob(self) -> Blob:
        """Return it as a file to attach; whoever reads it finds out if it changed meanwhile."""
        one = self.paper
        entry = ManifestBlob(digest=one.digest, bytes=one.bytes, media_type=one.media_type, name=one.name)
        return Blob(entry, partial(_opened, self.path))


@dataclass(frozen=True, slots=True)
class FoundPapers:
    """What a folder of folders holds: the PDF files of each agency, agencies without any, files that are no PDF."""

    files: Mapping[str, tuple[Path, ...]]
    without: tuple[str, ...]
    left_out: tuple[str, ...]


def find_papers(folder: Path, agencies: Sequence[Agency]) -> FoundPapers:
    """Look for one folder per agency inside `folder`, named by the agency's id or one of its names.

    Raises:
        Expected: `no-agency-folders`; `folder-missing`.
    """
    if not folder.is_dir():
        raise Expected("folder-missing", folder=folder.name)
    files: dict[str, tuple[Path, ...]] = {}
    left_out: list[str] = []
    inside = {_plain(one.name): one for one in sorted(folder.iterdir()) if one.is_dir()}
    for agency in agencies:
        names = (agency.agency, agency.short_th, agency.name_th, agency.name_en)
        place = next((inside[_plain(name)] for name in names if name and _plain(name) in inside), None)
        if place is not None:
            found = [one for one in sorted(place.rglob("*")) if one.is_file() and not one.name.startswith(".")]
            files[agency.agency] = tuple(one for one in found if one.suffix.lower() == ENDING)
            left_out += [f"{place.name}/{one.name}" for one in found if one.suffix.lower() != ENDING]
    if not files:
        raise Expected("no-agency-folders", folder=folder.name, example=agencies[0].agency if agencies else "-")
    without = tuple(one.agency for one in agencies if not files.get(one.agency))
    return FoundPapers({name: paths for name, paths in files.items() if paths}, without, tuple(left_out))


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().rstrip(".").casefold()


def read_papers(
    files: Mapping[str, Sequence[Path]], progress: Progress | None = None
) -> Mapping[str, tuple[PaperFile, ...]]:
    """Hash the papers of each agency and count their pages; each file is looked at once.

    Args:
        files: PDF files by agency, in the order in which they are to be shown.
        progress: Told the bytes read, in KiB.

    Raises:
        Expected: `paper-not-pdf`; `paper-unreadable`; `paper-twice`; `file-missing`; `file-unreadable`; `cancelled`.
    """
    meter = Meter(progress, sum(_size(path) for paths in files.values() for path in paths))
    read: dict[Path, PaperFile] = {}
    with private_folder() as staging:
        for path in dict.fromkeys(path for paths in files.values() for path in paths):
            read[path] = _read_one(path, staging, meter)
    found = {agency: tuple(read[path] for path in dict.fromkeys(paths)) for agency, paths in files.items()}
    for papers in found.values():
        _expect_each_once(papers)
    return found


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        raise Expected("file-missing", name=path.name) from None


def _read_one(path: Path, staging: Path, meter: Meter) -> PaperFile:
    size = _size(path)
    step = meter.phase(path.name, size)
    digest, done = hashlib.sha256(), 0
    try:
        with path.open("rb") as source:
            if MAGIC not in source.read(_MAGIC_WITHIN):
                raise Expected("paper-not-pdf", file=path.name)
            source.seek(0)
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                done += len(chunk)
                step(done)
    except OSError:
        raise Expected("file-unreadable", name=path.name) from None
    pages = page_count(path, staging)
    if pages is None:
        raise Expected("paper-unreadable", file=path.name)
    return PaperFile(path, Paper("sha256:" + digest.hexdigest(), done, _shown(path), pages))


def _shown(path: Path) -> str:
    """Return the name of a paper as evaluators see it."""
    name = clean(path.stem.encode("utf-8", "replace").decode("utf-8").replace("\n", " ")).strip()
    return name[:_LONGEST_NAME] or "PDF"


def _expect_each_once(papers: Iterable[PaperFile]) -> None:
    seen: dict[str, PaperFile] = {}
    for one in papers:
        before = seen.setdefault(one.paper.digest, one)
        if before is not one:
            raise Expected("paper-twice", file=before.path.name, other=one.path.name)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise Expected("file-missing", name=path.name) from None
