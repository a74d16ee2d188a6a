# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The look of the reports: paper, colours, sizes, and the few paragraph styles that all of them share.

Office rules (ระเบียบสำนักนายกรัฐมนตรี ว่าด้วยงานสารบรรณ พ.ศ. 2526 and the usual practice): A4, 3 cm left, 2 cm right,
2.5 cm top, body text as large as TH Sarabun 16. Sarabun's small letters are half an em high; those of TH Sarabun are
about 0.36 em, so 11.5 points of the one look like 16 of the other.
"""

from typing import Final

from pmqa_desktop.reports.typeset.pages import MILLIMETRE, Sheet
from pmqa_desktop.reports.typeset.paragraphs import Style

A4: Final = Sheet(
    width=210 * MILLIMETRE,
    height=297 * MILLIMETRE,
    left=30 * MILLIMETRE,
    right=20 * MILLIMETRE,
    top=25 * MILLIMETRE,
    bottom=22 * MILLIMETRE,
)
A4_WIDE: Final = Sheet(
    width=A4.height,
    height=A4.width,
    left=20 * MILLIMETRE,
    right=20 * MILLIMETRE,
    top=25 * MILLIMETRE,
    bottom=20 * MILLIMETRE,
)

# The light palette of the window (docs on the interface, colour tokens), so screen and paper look alike.
TEXT: Final = "#15202B"
TEXT_2: Final = "#435061"
PRIMARY: Final = "#14426F"
SURFACE_2: Final = "#E8EDF2"
SOFT: Final = "#E2ECF6"
LINE: Final = "#D5DCE4"
EDGE: Final = "#75828F"
WARN: Final = "#854700"
WARN_SOFT: Final = "#FFF0D9"
HELD: Final = "#59388F"
WHITE: Final = "#FFFFFF"
LEVELS: Final = ("#C3DAEF", "#2F72B0", "#123A63")

BODY_SIZE: Final = 11.5

BODY: Final = Style(BODY_SIZE, 18.0, align="justify", colour=TEXT, space_after=4.0)
INDENTED: Final = BODY.but(first_indent=25 * MILLIMETRE)
PLAIN: Final = BODY.but(align="left", space_after=2.0)
LEAD: Final = PLAIN.but(keep_with_next=True)
STRONG: Final = PLAIN.but(weight="SemiBold")
BULLET: Final = BODY.but(left_indent=16.0, space_after=3.0)
SMALL: Final = Style(10.0, 15.5, colour=TEXT_2, space_after=2.0)
NOTE: Final = Style(9.5, 14.5, colour=TEXT_2, space_after=2.0)

COVER_TITLE: Final = Style(24.0, 40.0, weight="Bold", colour=PRIMARY, space_after=6.0)
COVER_NAME: Final = Style(17.0, 29.0, weight="SemiBold", colour=TEXT, space_after=4.0)
COVER_LINE: Final = Style(12.0, 20.0, colour=TEXT_2, space_after=2.0)

TITLE: Final = Style(16.0, 27.0, weight="Bold", align="center", colour=TEXT, space_after=4.0, keep_with_next=True)
HEADING: Final = Style(
    15.0, 25.0, weight="Bold", colour=PRIMARY, space_before=16.0, space_after=5.0, keep_with_next=True
)
SUBHEADING: Final = Style(
    12.5, 20.5, weight="SemiBold", colour=PRIMARY, space_before=11.0, space_after=3.0, keep_with_next=True
)
LABEL: Final = Style(11.0, 17.5, weight="SemiBold", colour=TEXT, space_before=6.0, space_after=1.0, keep_with_next=True)

CELL: Final = Style(10.5, 16.0, colour=TEXT)
CELL_STRONG: Final = CELL.but(weight="SemiBold")
CELL_RIGHT: Final = CELL.but(align="right")
CELL_CENTER: Final = CELL.but(align="center")
CELL_HEAD: Final = Style(10.0, 15.5, weight="SemiBold", colour=TEXT_2)
CELL_NOTE: Final = Style(9.5, 14.5, colour=TEXT_2)
