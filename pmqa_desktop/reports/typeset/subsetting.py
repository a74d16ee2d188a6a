# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Cut a TrueType file down to the letters of one document, and make each marked letter one glyph.

Source: OpenType specification, tables `glyf`, `loca`, `hmtx`, `maxp`. Glyph ids of the face stay as they are;
unused outlines are emptied; a letter with marks becomes a new composite glyph behind the last old one.
"""

import itertools
import struct
from collections.abc import Sequence

from pmqa_desktop.reports.typeset.fonts import Face, Part

# Tables that a PDF viewer needs of a TrueType font that is read by glyph ids (ISO 32000-1, 9.9).
_COPIED_TABLES = ("cvt ", "fpgm", "prep")
_WORDS, _OFFSETS, _MORE, _METRICS = 0x0001, 0x0002, 0x0020, 0x0200
_SCALES = ((0x08, 2), (0x40, 4), (0x80, 8))
_MAX_POINTS, _MAX_CONTOURS, _MAX_ELEMENTS, _MAX_DEPTH = 10, 12, 28, 30


def subset(face: Face, letters: Sequence[tuple[Part, ...]]) -> tuple[bytes, list[int]]:
    """Return a TrueType file that can draw the letters, and the glyph id of each letter."""
    outlines = _outlines(face)
    bases = len(outlines)
    advances = [face.width_of(gid) for gid in range(bases)]
    used = {0, *(part.gid for parts in letters for part in parts)}
    kept = _with_components(outlines, used)
    outlines = [outline if gid in kept else b"" for gid, outline in enumerate(outlines)]
    made: dict[tuple[Part, ...], int] = {}
    gids: list[int] = []
    for parts in letters:
        if len(parts) == 1 and not parts[0].dx and not parts[0].dy:
            gids.append(parts[0].gid)
            continue
        if parts not in made:
            made[parts] = len(outlines)
            outlines.append(_composite(outlines, parts))
            advances.append(face.width_of(parts[0].gid))
        gids.append(made[parts])
    return _assembled(face, outlines, advances, max((len(parts) for parts in made), default=1)), gids


def _outlines(face: Face) -> list[bytes]:
    long_offsets = struct.unpack(">h", face.table("head")[50:52])[0] == 1
    loca = face.table("loca")
    count = len(loca) // (4 if long_offsets else 2)
    raw = struct.unpack(f">{count}{'L' if long_offsets else 'H'}", loca)
    offsets = raw if long_offsets else tuple(2 * offset for offset in raw)
    glyf = face.table("glyf")
    return [glyf[start:end] for start, end in itertools.pairwise(offsets)]


def _composite(outlines: Sequence[bytes], parts: tuple[Part, ...]) -> bytes:
    """Return a composite glyph that draws the parts where they belong."""
    boxes: list[tuple[int, int, int, int]] = []
    records = b""
    for index, part in enumerate(parts):
        flags = _WORDS | _OFFSETS | (_MORE if index < len(parts) - 1 else 0) | (_METRICS if index == 0 else 0)
        records += struct.pack(">2H2h", flags, part.gid, part.dx, part.dy)
        if outlines[part.gid]:
            left, low, right, high = struct.unpack(">4h", outlines[part.gid][2:10])
            boxes.append((left + part.dx, low + part.dy, right + part.dx, high + part.dy))
    lows, highs = list(zip(*boxes, strict=True))[:2], list(zip(*boxes, strict=True))[2:]
    box = (*(min(values) for values in lows), *(max(values) for values in highs)) if boxes else (0, 0, 0, 0)
    return struct.pack(">5h", -1, *box) + records


def _assembled(face: Face, outlines: Sequence[bytes], advances: Sequence[int], elements: int) -> bytes:
    body = bytearray()
    places: list[int] = []
    metrics = b""
    for outline, width in zip(outlines, advances, strict=True):
        places.append(len(body))
        body += outline + bytes(-len(outline) % 4)
        metrics += struct.pack(">Hh", width, struct.unpack(">h", outline[2:4])[0] if outline else 0)
    places.append(len(body))
    head, hhea, maxp = (bytearray(face.table(tag)) for tag in ("head", "hhea", "maxp"))
    struct.pack_into(">L", head, 8, 0)
    struct.pack_into(">h", head, 50, 1)
    struct.pack_into(">H", hhea, 34, len(outlines))
    struct.pack_into(">H", maxp, 4, len(outlines))
    simple_points, simple_contours = struct.unpack_from(">2H", maxp, 6)
    old_points, old_contours = struct.unpack_from(">2H", maxp, _MAX_POINTS)
    most = elements * max(simple_points, old_points)
    struct.pack_into(">2H", maxp, _MAX_POINTS, most, elements * max(simple_contours, old_contours))
    old_elements, old_depth = struct.unpack_from(">2H", maxp, _MAX_ELEMENTS)
    struct.pack_into(">2H", maxp, _MAX_ELEMENTS, max(old_elements, elements), old_depth + 1)
    tables = {tag: face.table(tag) for tag in _COPIED_TABLES}
    tables |= {"head": bytes(head), "hhea": bytes(hhea), "hmtx": metrics, "maxp": bytes(maxp)}
    tables |= {"glyf": bytes(body), "loca": struct.pack(f">{len(places)}L", *places)}
    return _font_file({tag: data for tag, data in tables.items() if data})


def _with_components(outlines: Sequence[bytes], wanted: set[int]) -> set[int]:
    """Return the wanted glyphs and all that they are composed of."""
    kept = set(wanted)
    waiting = sorted(kept)
    while waiting:
        outline = outlines[waiting.pop()]
        if len(outline) < 12 or struct.unpack(">h", outline[:2])[0] >= 0:
            continue
        position, flags = 10, _MORE
        while flags & _MORE:
            flags, gid = struct.unpack(">2H", outline[position : position + 4])
            position += 8 if flags & _WORDS else 6
            position += next((size for bit, size in _SCALES if flags & bit), 0)
            if gid not in kept:
                kept.add(gid)
                waiting.append(gid)
    return kept


def _font_file(tables: dict[str, bytes]) -> bytes:
    """Return a TrueType file of the tables, with checksums and alignment as the format wants them."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(">L4H", 0x00010000, count, power * 16, power.bit_length() - 1, (count - power) * 16)
    directory, body = b"", b""
    start = len(header) + 16 * count
    for tag in sorted(tables):
        data = tables[tag]
        padded = data + bytes(-len(data) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4s3L", tag.encode("ascii"), checksum, start + len(body), len(data))
        body += padded
    return header + directory + body
