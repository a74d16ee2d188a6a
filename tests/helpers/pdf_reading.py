# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Read the text of a PDF back, by pypdf and where it is installed by pdftotext."""

import shutil
import subprocess
from io import BytesIO

from pypdf import PdfReader

from pmqa_desktop.reports.typeset.pages import MILLIMETRE, About, Sheet, fill_pages, write_pdf

SHEET = Sheet(210 * MILLIMETRE, 297 * MILLIMETRE, 85, 57, 70, 60)
ABOUT = About("ทดสอบ", "ผู้ทดสอบ", "เรื่อง", "th-TH")


def pdf_of(*blocks, about=ABOUT, furniture=lambda pen, page, pages: None):
    pages = fill_pages(blocks, SHEET.text_width, SHEET.text_height)
    return write_pdf(pages, SHEET, about, furniture, lambda canvas: None)


def page_texts(data):
    return [page.extract_text() for page in PdfReader(BytesIO(data)).pages]


def by_pypdf(data):
    return "\n".join(page_texts(data))


def by_pdftotext(data):
    """The text as poppler reads it, or as pypdf does where poppler is missing."""
    if shutil.which("pdftotext") is None:
        return by_pypdf(data)
    return subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()


def squeezed(text):
    """Text without blanks and line ends: where lines broke makes no difference."""
    return "".join(text.split())
