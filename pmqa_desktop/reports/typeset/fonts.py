# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The bundled faces and their shaping by HarfBuzz: from text to placed glyphs that still know their text.

A PDF viewer shows glyphs, but search and copy read the text each glyph stands for. Every `Glyph` therefore
carries its own piece of the typed text; the pieces of a shaped text joined give the text again.
"""

import struct
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import uharfbuzz as hb

from pmqa_desktop.assets import resource

SARA_AA = "\u0e32"
SARA_AM = "\u0e33"
_NIKHAHIT = "\u0e4d"


class Part(NamedTuple):
    """One glyph of the face and how far it is moved, in units of the face (1000 to the em)."""

    gid: int
    dx: int
    dy: int


class Glyph(NamedTuple):
    """A letter with its marks: what is drawn, the text it stands for, and how far it moves the pen.

    A letter and its marks are one glyph here and in the PDF file, because text extraction sorts what stands
    apart by its place and would take a mark for a letter printed twice.
    """

    parts: tuple[Part, ...]
    text: str
    advance: int


@dataclass(frozen=True, slots=True)
class FaceMetrics:
    """What a PDF font descriptor asks for, in units of 1000 to the em."""

    name: str
    ascent: int
    descent: int
    cap_height: int
    italic_angle: int
    stem: int
    box: tuple[int, int, int, int]


class Face:
    """One font file, read once, that shapes text and tells which characters it can draw."""

    def __init__(self, key: str, data: bytes) -> None:
        """Open a TrueType file with 1000 units to the em."""
        self.key = key
        self.data = data
        self._face = hb.Face(hb.Blob(data))
        self._font = hb.Font(self._face)
        self._characters = frozenset(self._face.unicodes)
        self._sara_aa = self._nominal(SARA_AA)
        self._sara_am = self._nominal(SARA_AM)
        self._nikhahit = self._nominal(_NIKHAHIT)

    def _nominal(self, character: str) -> int | None:
        gid = self._font.get_nominal_glyph(ord(character))
        return None if gid is None else int(gid)

    def has(self, character: str) -> bool:
        """Tell whether the face has a glyph for the character."""
        return ord(character) in self._characters

    def metrics(self) -> FaceMetrics:
        """Read the descriptor's values from the tables `head`, `hhea` and `OS/2`."""
        box = struct.unpack(">4h", self.table("head")[36:44])
        ascent, descent = struct.unpack(">2h", self.table("hhea")[4:8])
        italic = "Italic" in self.key
        return FaceMetrics(
            name=f"PMQASarabun-{self.key}",
            ascent=ascent,
            descent=descent,
            cap_height=700,
            italic_angle=-12 if italic else 0,
            stem=140 if "Bold" in self.key else 80,
            box=(box[0], box[1], box[2], box[3]),
        )

    def table(self, tag: str) -> bytes:
        """Return one table of the file."""
        return bytes(self._face.reference_table(tag).data)

    def width_of(self, gid: int) -> int:
        """Return a glyph's own advance width."""
        return int(self._font.get_glyph_h_advance(gid))

    def draw(self, gid: int, functions: hb.DrawFuncs) -> None:
        """Tell the contours of a glyph, in units of the face, to HarfBuzz drawing functions."""
        self._font.draw_glyph(gid, functions)

    @lru_cache(maxsize=1 << 12)  # noqa: B019 - the six faces live as long as the program
    def shape(self, text: str) -> tuple[Glyph, ...]:
        """Return the placed glyphs of `text`, which holds only characters the face has; remembers words."""
        return self.shape_anew(text)

    def shape_anew(self, text: str) -> tuple[Glyph, ...]:
        """Do as `shape` does without remembering the answer: for long texts that come once."""
        buffer = hb.Buffer()
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "ltr"
        hb.shape(self._font, buffer, {"kern": True, "liga": False})
        placed = [
            (info.cluster, Part(info.codepoint, position.x_offset, position.y_offset), position.x_advance)
            for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]
        glyphs: list[Glyph] = []
        start = 0
        while start < len(placed):
            cluster, end = placed[start][0], start + 1
            while end < len(placed) and placed[end][0] == cluster:
                end += 1
            source = text[cluster : placed[end][0] if end < len(placed) else len(text)]
            glyphs += self._told([Glyph((part,), "", step) for _, part, step in placed[start:end]], source)
            start = end
        return tuple(_with_marks(glyphs))

    def _told(self, glyphs: list[Glyph], source: str) -> list[Glyph]:
        """Give each glyph of one cluster its share of the cluster's text."""
        if source.endswith(SARA_AM) and len(glyphs) > len(source):
            glyphs = self._joined_am(glyphs)
        if len(glyphs) >= len(source):
            shares = [*source, *[""] * (len(glyphs) - len(source))]
        else:
            shares = [*source[: len(glyphs) - 1], source[len(glyphs) - 1 :]]
        return [glyph._replace(text=share) for glyph, share in zip(glyphs, shares, strict=True)]

    def _joined_am(self, glyphs: list[Glyph]) -> list[Glyph]:
        """Undo the split of `ำ` into its ring and `า`: the whole glyph draws the same and is one character."""
        last = glyphs[-1].parts[0]
        if last.gid != self._sara_aa or self._sara_am is None:
            return glyphs
        rings = [index for index, glyph in enumerate(glyphs) if glyph.parts[0].gid == self._nikhahit]
        if not rings:
            return glyphs
        kept = [glyph for index, glyph in enumerate(glyphs) if index != rings[0]]
        return [*kept[:-1], kept[-1]._replace(parts=(last._replace(gid=self._sara_am),))]


def _with_marks(glyphs: list[Glyph]) -> list[Glyph]:
    """Join each glyph without an advance of its own, which is a mark, to the letter before it."""
    joined: list[Glyph] = []
    for glyph in glyphs:
        if joined and glyph.advance == 0:
            letter = joined[-1]
            marks = tuple(part._replace(dx=part.dx + letter.advance) for part in glyph.parts)
            joined[-1] = Glyph(letter.parts + marks, letter.text + glyph.text, letter.advance)
        else:
            joined.append(glyph)
    return joined


@cache
def face(weight: str = "Regular", *, italic: bool = False) -> Face:
    """Return a bundled face by weight (`Regular`, `SemiBold`, `Bold`); the file is read at the first call."""
    slant = "Italic" if italic else ""
    key = slant if weight == "Regular" and italic else f"{weight}{slant}"
    return Face(key, resource(f"fonts/PMQASarabun-{key}.ttf").read_bytes())


def advance(glyphs: tuple[Glyph, ...]) -> int:
    """Return the width of shaped text in units of 1000 to the em."""
    return sum([glyph.advance for glyph in glyphs])
