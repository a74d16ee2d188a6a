# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A picture of every page of every report of the practice round, in both languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from pmqa_desktop.app import App
from pmqa_desktop.services.reporting import OF_A_SEAT, REPORTS, ReportName
from pmqa_desktop.text import LANGUAGES, Language
from pmqa_desktop.thai import Digits

if TYPE_CHECKING:
    from pmqa_desktop.workspace import Workspace

AGENCY = "moi-ops"
SEAT = "expert-1"
DOTS_PER_INCH = 110
_POINTS_PER_INCH = 72
_OF_THE_ROUND: frozenset[ReportName] = frozenset({"ranking", "letter", "readiness"})


@dataclass(frozen=True, slots=True)
class Print:
    """One report as it is printed for the pictures; a fingerprint page may be about the first roster or a seat."""

    report: ReportName
    language: Language
    digits: Digits = "arabic"
    about: Literal["", "roster", "seat"] = ""

    @property
    def name(self) -> str:
        """Return the beginning of its pictures' names."""
        parts = ("paper", self.report, self.about, self.language, "digits" if self.digits == "thai" else "")
        return "-".join(part for part in parts if part)


PRINTS: tuple[Print, ...] = (
    *(Print(report, language) for report in REPORTS for language in LANGUAGES),
    Print("minutes", "th", "thai"),
    Print("panel", "th", "thai"),
    Print("fingerprint", "th", about="roster"),
    Print("fingerprint", "en", about="seat"),
)


class Papers:
    """The reports of a settled practice round."""

    def __init__(self, home: Path) -> None:
        """Build the round below `home` where it is not there yet, and import all its files."""
        self._workspace: Workspace = App(home).practice_workspace("secretariat")
        if self._workspace.practice_folder is not None:
            self._workspace.exchange.import_paths([self._workspace.practice_folder / "clear"])

    def set(self, wanted: Print) -> bytes:
        """Return a report as a PDF file."""
        return self._workspace.reporting.prepare(
            wanted.report,
            agency="" if wanted.report in _OF_THE_ROUND or wanted.about == "roster" else AGENCY,
            seat=SEAT if wanted.report in OF_A_SEAT or wanted.about == "seat" else "",
            language=wanted.language,
            digits=wanted.digits,
        )()

    def close(self) -> None:
        """Close the registry."""
        self._workspace.close()


def pages(data: bytes, dots_per_inch: int = DOTS_PER_INCH) -> Iterator[tuple[QImage, QRectF]]:
    """Yield each page on white paper, and the box around its text in points from the upper left corner."""
    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document.load(buffer)
    for number in range(document.pageCount()):
        points = document.pagePointSize(number)
        size = QSize(*(round(edge * dots_per_inch / _POINTS_PER_INCH) for edge in (points.width(), points.height())))
        paper = QImage(size, QImage.Format.Format_RGB32)
        paper.fill(Qt.GlobalColor.white)
        painter = QPainter(paper)
        painter.drawImage(0, 0, document.render(number, size))
        painter.end()
        yield paper, document.getAllText(number).boundingRectangle()
    document.close()


def write_papers(folder: Path, home: Path, only: str = "") -> list[Path]:
    """Write one PNG per page into `folder`; `home` holds the practice round, `only` limits by a part of the name."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    papers = Papers(home)
    try:
        for wanted in PRINTS:
            if only in wanted.name:
                for number, (paper, _text) in enumerate(pages(papers.set(wanted)), start=1):
                    path = folder / f"{wanted.name}-{number:02d}.png"
                    paper.save(str(path))
                    written.append(path)
    finally:
        papers.close()
    return written
