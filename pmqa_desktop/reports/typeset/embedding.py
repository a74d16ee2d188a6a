# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Put a face into a PDF file: only the letters that were used, with the typed text of each.

The font is a composite one (Type0, two-byte codes). A code stands for a letter with its marks and the text of
these; `ToUnicode` gives the text, `CIDToGIDMap` the glyph. Source: ISO 32000-1, sections 9.7 (composite fonts)
and 9.10 (extraction of text).
"""

import struct
from typing import Any

from reportlab.pdfbase import pdfdoc

from pmqa_desktop.reports.typeset.fonts import Face, Glyph, Part
from pmqa_desktop.reports.typeset.subsetting import subset

_SYMBOLIC = 4
_ITALIC = 64


class FontTooLarge(ValueError):
    """A document uses more than 65,535 different letters of one face."""


class EmbeddedFace:
    """One face within one PDF file; hands out codes while pages are drawn and writes itself at the end."""

    def __init__(self, face: Face, name: str) -> None:
        """Embed `face` under the resource name `name`, for example `F1`."""
        self.face = face
        self.name = name
        self._codes: dict[tuple[tuple[Part, ...], str], int] = {}
        self._shown: dict[Glyph, tuple[str, int]] = {}

    def shown(self, glyph: Glyph) -> tuple[str, int]:
        """Return a glyph's code in hexadecimal, and how far the pen goes back behind it, in units of the face."""
        found = self._shown.get(glyph)
        if found is None:
            back = self.face.width_of(glyph.parts[0].gid) - glyph.advance
            found = self._shown[glyph] = (f"{self._code(glyph):04X}", back)
        return found

    def _code(self, glyph: Glyph) -> int:
        """Return the two-byte code of a glyph with its text; codes are given in the order of first use."""
        key = (glyph.parts, glyph.text)
        code = self._codes.get(key)
        if code is None:
            code = len(self._codes) + 1
            if code > 0xFFFF:
                raise FontTooLarge(self.name)
            self._codes[key] = code
        return code

    def addObjects(self, document: Any) -> None:  # noqa: N802 - reportlab calls it by this name
        """Write the font's objects into the document, as reportlab asks of its late fonts."""
        program, gids = subset(self.face, [parts for parts, _ in self._codes])
        metrics = self.face.metrics()
        base = pdfdoc.PDFName(f"PMQAAA+{metrics.name}")
        widths = [0, *(self.face.width_of(parts[0].gid) for parts, _ in self._codes)]
        system = {"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0}
        descriptor = {
            "Type": pdfdoc.PDFName("FontDescriptor"),
            "FontName": base,
            "Flags": _SYMBOLIC | (_ITALIC if metrics.italic_angle else 0),
            "FontBBox": pdfdoc.PDFArray(list(metrics.box)),
            "ItalicAngle": metrics.italic_angle,
            "Ascent": metrics.ascent,
            "Descent": metrics.descent,
            "CapHeight": metrics.cap_height,
            "StemV": metrics.stem,
            "FontFile2": document.Reference(_stream(program, Length1=len(program))),
        }
        descendant = {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("CIDFontType2"),
            "BaseFont": base,
            "CIDSystemInfo": pdfdoc.PDFDictionary(system),
            "FontDescriptor": document.Reference(pdfdoc.PDFDictionary(descriptor)),
            "DW": 0,
            "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray(widths)]),
            "CIDToGIDMap": document.Reference(_stream(struct.pack(f">{len(gids) + 1}H", 0, *gids))),
        }
        font = {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("Type0"),
            "BaseFont": base,
            "Encoding": pdfdoc.PDFName("Identity-H"),
            "DescendantFonts": pdfdoc.PDFArray([document.Reference(pdfdoc.PDFDictionary(descendant))]),
            "ToUnicode": document.Reference(_stream(self._to_unicode().encode("ascii"))),
        }
        document.idToObject["BasicFonts"].dict[self.name] = document.Reference(pdfdoc.PDFDictionary(font))

    def _to_unicode(self) -> str:
        lines = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for (_, text), code in self._codes.items()]
        blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
        head = (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            f"/CMapName /{self.name}-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        )
        body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
        return head + body + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


def _stream(content: bytes, **entries: int) -> pdfdoc.PDFStream:
    return pdfdoc.PDFStream(dictionary=pdfdoc.PDFDictionary(entries), content=content, filters=[pdfdoc.PDFZCompress])
