# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Make the bundled fonts: Sarabun under the family name 'PMQA Sarabun', with room for Thai marks.

Sarabun's own vertical metrics (1068/-232 units of 1000) are smaller than its tallest and lowest glyphs, so
a toolkit that trusts them clips the tone mark of `ที่` and the vowel of `ฐุ`. The copies differ from the
originals only in the vertical metrics and in the names; outlines and shaping tables stay as they are.
Sarabun is licensed under the SIL Open Font License 1.1 without a reserved font name, so a changed copy
under the same licence is allowed.

Usage: `python packaging/build_fonts.py FOLDER`, where FOLDER is an unpacked copy of the npm package
`@expo-google-fonts/sarabun` (it holds `400Regular/Sarabun_400Regular.ttf` and so on). The output is the
same byte for byte every time.
"""

import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from fontTools.ttLib import TTFont

FAMILY = "PMQA Sarabun"
ASCENT = 1260
DESCENT = -360
OUT = Path(__file__).resolve().parent.parent / "resources" / "fonts"


class Face(NamedTuple):
    """One font file: where it comes from and what it is called afterwards."""

    source: str
    style: str

    @property
    def compact(self) -> str:
        """The style without spaces, as it stands in file and PostScript names."""
        return self.style.replace(" ", "")


FACES = (
    Face("400Regular", "Regular"),
    Face("400Regular_Italic", "Italic"),
    Face("600SemiBold", "SemiBold"),
    Face("600SemiBold_Italic", "SemiBold Italic"),
    Face("700Bold", "Bold"),
    Face("700Bold_Italic", "Bold Italic"),
)
_FOUR_STYLES = ("Regular", "Italic", "Bold", "Bold Italic")


def names_of(face: Face) -> dict[int, str]:
    """Return the name records (OpenType `name` ids) of a face.

    Ids 1 and 2 know only four styles per family, so SemiBold is a family of its own there; ids 16 and 17 put
    it back beside its sisters for every toolkit that reads them.
    """
    full = f"{FAMILY} {face.style}"
    names = {3: f"PMQA;{full}", 4: full, 6: f"PMQASarabun-{face.compact}", 10: "Sarabun with taller line metrics"}
    if face.style in _FOUR_STYLES:
        names |= {1: FAMILY, 2: face.style}
    else:
        italic = face.style.endswith("Italic")
        names |= {1: f"{FAMILY} SemiBold", 2: "Italic" if italic else "Regular", 16: FAMILY, 17: face.style}
    return names


def build(face: Face, package: Path, out: Path) -> Path:
    """Write the changed copy of one face into `out` and return its path."""
    font = TTFont(package / face.source / f"Sarabun_{face.source}.ttf", recalcTimestamp=False)
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = ASCENT, DESCENT, 0
    os2 = font["OS/2"]
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ASCENT, DESCENT, 0
    os2.usWinAscent, os2.usWinDescent = ASCENT, -DESCENT
    table = font["name"]
    for name_id in (16, 17):
        table.removeNames(nameID=name_id)
    for name_id, text in names_of(face).items():
        table.setName(text, name_id, 3, 1, 0x409)
    target = out / f"PMQASarabun-{face.compact}.ttf"
    font.save(target)
    return target


def main(arguments: list[str]) -> int:
    """Build every face and put the licence beside them."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    package = Path(arguments[0])
    for face in FACES:
        print(build(face, package, OUT).name)
    shutil.copyfile(package / "LICENSE_FONT", OUT / "OFL.txt")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
