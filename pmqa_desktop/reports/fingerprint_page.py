# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The page on which two people compare a signed document: its fingerprint in groups and as a QR code."""

from collections.abc import Sequence

from pmqa_desktop.reports.attachments import Attachment
from pmqa_desktop.reports.furniture import Frame, print_report
from pmqa_desktop.reports.models import FingerprintPage, Options
from pmqa_desktop.reports.parts import agency_names, facts, heading, rehearsal_note, signatures
from pmqa_desktop.reports.qr import QrCode
from pmqa_desktop.reports.styles import BODY, CELL_NOTE, PLAIN, SOFT, TEXT, TITLE
from pmqa_desktop.reports.typeset.blocks import Block, Together
from pmqa_desktop.reports.typeset.paragraphs import Paragraph, Style
from pmqa_desktop.reports.typeset.tables import Cell, Row, Ruling, Table
from pmqa_desktop.reports.words import Writer
from pmqa_desktop.text import N_

NAME = N_("Fingerprint page")
SUBJECTS = {
    "roster": N_("First roster of the round"),
    "scoresheet": N_("Signed score sheet"),
    "consensus": N_("Signed consensus of the panel"),
    "pack": N_("Pack of a seat"),
}
_GROUPS = Style(19.0, 31.0, weight="SemiBold", colour=TEXT)
_STEPS = (
    N_("Open the file in the program on the other computer and read the fingerprint shown there."),
    N_("Compare all sixteen groups, by reading aloud or by the QR code. One different letter means another document."),
    N_("If all are equal, both sign below. If not, do not use the file and tell the secretariat."),
)


def render(report: FingerprintPage, options: Options, attachments: Sequence[Attachment] = ()) -> bytes:
    """Return the page as a PDF file."""
    writer = Writer(options)
    about = writer.say(SUBJECTS[report.subject])
    frame = Frame(writer, report.round, writer.say(NAME), about, internal=True)
    offices = [writer.say(N_("Handed over by")), writer.say(N_("Compared and received by"))]
    blocks: list[Block] = [
        Paragraph(writer.say(NAME), TITLE, bookmark=0),
        Paragraph(writer.tell(report.round.title), PLAIN.but(align="center", space_after=8.0)),
        *rehearsal_note(writer, report.round),
        facts(_facts(writer, report)),
        code_and_groups(writer, report.digest, report.fingerprint),
        heading(writer.say(N_("How to compare")), 1),
        *(
            Paragraph(writer.say(step), BODY.but(left_indent=24.0), label=writer.number(f"{index}."))
            for index, step in enumerate(_STEPS, start=1)
        ),
        Together([heading(writer.say(N_("Signatures")), 1), signatures(writer, offices)]),
    ]
    return print_report(frame, blocks, attachments)


def code_and_groups(writer: Writer, digest: str, groups: Sequence[str]) -> Table:
    """Return the QR code of a digest and beside it the same digest in its 4 x 4 groups."""
    told = Paragraph(writer.say(N_("The QR code holds the same fingerprint as the groups.")), CELL_NOTE)
    right = Cell((*(Paragraph(group.upper(), _GROUPS) for group in groups), told), vertical="middle")
    row = Row((Cell((QrCode(digest),)), right), fill=SOFT)
    return Table(
        (0.34, 0.66), (row,), heads=0, ruling=Ruling(row="", pad_x=10, pad_y=10), space_before=10.0, whole=True
    )


def _facts(writer: Writer, report: FingerprintPage) -> list[tuple[str, str | list[str]]]:
    pairs: list[tuple[str, str | list[str]]] = [(writer.say(N_("Document")), writer.say(SUBJECTS[report.subject]))]
    if report.agency is not None:
        pairs.append((writer.say(N_("Agency")), agency_names(writer, report.agency)))
    if report.seat is not None:
        pairs.append((writer.say(N_("Seat")), f"{writer.tell(report.seat.title)} ({report.seat.seat})"))
    if report.revision:
        pairs.append((writer.say(N_("Revision")), writer.number(report.revision)))
    if report.signed_on is not None:
        pairs.append((writer.say(N_("Signed on")), writer.local(report.signed_on)))
    return pairs
