# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Files carried inside a report, so that it can be verified by itself.

Source: ISO 32000-1, 7.11.4 (embedded file streams) and the associated files of ISO 32000-2, 14.13. reportlab has no
call for them, so they are written as PDF objects beside its own.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file: its name, its bytes, its media type, and a sentence on what it is."""

    name: str
    data: bytes
    description: str
    media_type: str = "application/octet-stream"


def attach(canvas: Canvas, attachments: Sequence[Attachment]) -> None:
    """Embed files into the document of `canvas`, in the order of their names; names are unique."""
    document = canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001 - reportlab has no public way in
    names: list[object] = []
    specifications: list[object] = []
    for attachment in sorted(attachments, key=lambda each: each.name):
        stream = document.Reference(_embedded(attachment))
        specification = document.Reference(
            pdfdoc.PDFDictionary(
                {
                    "Type": pdfdoc.PDFName("Filespec"),
                    "F": pdfdoc.PDFString(attachment.name),
                    "UF": pdfdoc.PDFString(attachment.name),
                    "Desc": pdfdoc.PDFString(attachment.description),
                    "AFRelationship": pdfdoc.PDFName("Source"),
                    "EF": pdfdoc.PDFDictionary({"F": stream, "UF": stream}),
                }
            )
        )
        names += [pdfdoc.PDFString(attachment.name), specification]
        specifications.append(specification)
    catalogue = document.Catalog
    catalogue.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray(names)})})
    catalogue.AF = pdfdoc.PDFArray(specifications)
    catalogue.__NoDefault__ = list(dict.fromkeys([*catalogue.__NoDefault__, "Names", "AF"]))


def _embedded(attachment: Attachment) -> pdfdoc.PDFStream:
    # The format wants an MD5 here as a checksum of the bytes; nothing relies on it for security.
    checksum = hashlib.md5(attachment.data, usedforsecurity=False).digest()
    parameters = pdfdoc.PDFDictionary({"Size": len(attachment.data), "CheckSum": pdfdoc.PDFString(checksum)})
    return pdfdoc.PDFStream(
        dictionary=pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("EmbeddedFile"),
                "Subtype": "/" + attachment.media_type.replace("/", "#2F"),
                "Params": parameters,
            }
        ),
        content=attachment.data,
        filters=[pdfdoc.PDFZCompress],
    )
