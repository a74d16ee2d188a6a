# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Small real files of every kind that may be attached, and of some that may not."""

import io
import zipfile

from openpyxl import Workbook
from PIL import Image
from reportlab.pdfgen.canvas import Canvas


def photo(shade: int = 120, form: str = "JPEG") -> bytes:
    """Return a small photo; another shade gives other bytes."""
    made = io.BytesIO()
    Image.new("RGB", (40, 30), (shade, 90, 60)).save(made, form)
    return made.getvalue()


def pdf() -> bytes:
    """Return a PDF of one page."""
    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.drawString(50, 700, "attached")
    canvas.save()
    return made.getvalue()


def workbook() -> bytes:
    """Return an Excel workbook."""
    made = io.BytesIO()
    Workbook().save(made)
    return made.getvalue()


def package(*names: str, first: tuple[str, str] | None = None) -> bytes:
    """Return an archive with parts of some names; `first` is stored without compression at its begin."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        if first is not None:
            archive.writestr(zipfile.ZipInfo(first[0]), first[1])
        for name in names:
            archive.writestr(name, b"content " * 20)
    return made.getvalue()
