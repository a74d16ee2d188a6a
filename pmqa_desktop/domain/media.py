# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Which files may be attached as evidence, told by their bytes and never by their name.

A file is looked at just enough to name its kind. Nothing inside is parsed, unpacked or shown: that is left to the
programs made for it, on a copy that the person saves.
"""

from dataclasses import dataclass

LARGEST_FILE = 16 * 1024 * 1024
"""The most bytes of one attached file."""
MOST_TOGETHER = 36 * 1024 * 1024
"""The most bytes of all files attached to one sheet: with their base64 they leave room in a bundle of 64 MiB."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its media type, and the ending that a saved copy gets."""

    media_type: str
    ending: str

    @property
    def is_photo(self) -> bool:
        """Tell whether files of this kind are photos, which may hold where and when they were taken."""
        return self.media_type.startswith("image/")


JPEG = Kind("image/jpeg", ".jpg")
PNG = Kind("image/png", ".png")
HEIC = Kind("image/heic", ".heic")
PDF = Kind("application/pdf", ".pdf")
_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
# The names of a package's parts stand in clear in its table of contents at the end of the file.
_OFFICE = (
    (b"word/document.xml", Kind(_OOXML + "wordprocessingml.document", ".docx")),
    (b"xl/workbook.xml", Kind(_OOXML + "spreadsheetml.sheet", ".xlsx")),
    (b"ppt/presentation.xml", Kind(_OOXML + "presentationml.presentation", ".pptx")),
)
_OPEN = (
    (b"text", Kind(_ODF + "text", ".odt")),
    (b"spreadsheet", Kind(_ODF + "spreadsheet", ".ods")),
    (b"presentation", Kind(_ODF + "presentation", ".odp")),
)
_MACROS = (b"vbaProject.bin", b"Basic/script-lc.xml", b"Basic/Standard/")
_HEIC_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"heim", b"heis")

KINDS: tuple[Kind, ...] = (JPEG, PNG, HEIC, PDF, *(kind for _name, kind in (*_OFFICE, *_OPEN)))


def kind_of(data: bytes) -> Kind | None:
    """Return the kind of a file by its bytes; None where it may not be attached."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.startswith(b"%PDF-"):
        return PDF
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return HEIC
    return _office_kind(data) if data.startswith(b"PK\x03\x04") and not has_macros(data) else None


def has_macros(data: bytes) -> bool:
    """Tell whether an office file names parts that hold a program of its own."""
    return data.startswith(b"PK\x03\x04") and any(name in data for name in _MACROS)


def _office_kind(data: bytes) -> Kind | None:
    # An OpenDocument file begins with its kind, stored without compression under the name `mimetype`.
    if data[30:38] == b"mimetype":
        told = data[38:120]
        wanted = b"application/vnd.oasis.opendocument."
        return next((kind for name, kind in _OPEN if told.startswith(wanted + name + b"PK")), None)
    if b"[Content_Types].xml" not in data:
        return None
    return next((kind for name, kind in _OFFICE if name in data), None)


def kind_named(media_type: str) -> Kind | None:
    """Return the kind of a media type."""
    return next((kind for kind in KINDS if kind.media_type == media_type), None)
