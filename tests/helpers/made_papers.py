# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""PDF files of any size, written object by object so that their cross references are right."""

from pathlib import Path

_CHUNK = b"0 0 m 10 10 l S\n" * 4096


def pdf(path: Path, pages: int = 1, padding: int = 0, mark: str = "") -> Path:
    """Write a PDF of some empty pages; `padding` bytes lie in a stream that no page shows, `mark` in a comment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kids = " ".join(f"{number + 4} 0 R" for number in range(pages))
    places: list[int] = []
    with path.open("wb") as file:
        file.write(f"%PDF-1.7\n%{mark}\n".encode())

        def begin(number: int, text: str) -> None:
            places.append(file.tell())
            file.write(f"{number} 0 obj\n{text}".encode())

        begin(1, "<< /Type /Catalog /Pages 2 0 R >>\nendobj\n")
        begin(2, f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>\nendobj\n")
        begin(3, f"<< /Length {padding} >>\nstream\n")
        for left in range(padding, 0, -len(_CHUNK)):
            file.write(_CHUNK[: min(left, len(_CHUNK))])
        file.write(b"\nendstream\nendobj\n")
        for number in range(pages):
            begin(number + 4, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n")
        table = file.tell()
        rows = "".join(f"{place:010} 00000 n \n" for place in places)
        size = len(places) + 1
        file.write(f"xref\n0 {size}\n0000000000 65535 f \n{rows}".encode())
        file.write(f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode())
    return path
