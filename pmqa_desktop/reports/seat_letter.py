# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The letter that goes to a seat with its pack: what it is asked to do, with which file, in which steps."""

from collections.abc import Sequence

from pmqa_desktop.reports.attachments import Attachment
from pmqa_desktop.reports.fingerprint_page import code_and_groups
from pmqa_desktop.reports.furniture import Frame, print_report
from pmqa_desktop.reports.models import Options, SeatLetter
from pmqa_desktop.reports.parts import bullets, head_row, place, rehearsal_note, signatures, text_cell
from pmqa_desktop.reports.styles import BULLET, CELL, CELL_NOTE, INDENTED, LABEL, PLAIN
from pmqa_desktop.reports.typeset.blocks import Block, Together, shrunk_to_page
from pmqa_desktop.reports.typeset.paragraphs import Paragraph, Run
from pmqa_desktop.reports.typeset.tables import Cell, Row, Table
from pmqa_desktop.reports.words import Writer
from pmqa_desktop.text import N_

NAME = N_("Letter to a seat")
# A letter on one sheet is worth print that is a little smaller; a longer one keeps its size and takes two.
_LEAST = 0.85
_NUMBERED = BULLET.but(left_indent=24.0)
_STEPS = (
    N_("Open the program and choose the pack with your key file. Nothing needs the internet."),
    N_("Compare the fingerprint on the screen with the groups on this letter. If they differ, stop and tell the "
       "secretariat."),
    N_("Declare for each agency whether you have a tie to it, before you open its papers."),
    N_("Score every item, read the sheet back and sign it with your passphrase. You may close the program at any time; "
       "what you typed is kept."),
    N_("Write the sealed file to the drive and bring it back. Only the chair and the secretariat can open it."),
    N_("Keep key file and passphrase apart, and give neither to anybody."),
)  # fmt: skip


def render(report: SeatLetter, options: Options, attachments: Sequence[Attachment] = ()) -> bytes:
    """Return the letter as a PDF file."""
    writer = Writer(options)
    seat = writer.tell(report.seat.title)
    frame = Frame(writer, report.round, writer.say(NAME), seat, internal=True)
    blocks: list[Block] = [
        *_head(writer, report),
        *rehearsal_note(writer, report.round),
        Paragraph(
            writer.say(
                N_(
                    "You are asked to evaluate the agencies below for {award}, as {seat}, with the pack on the drive "
                    "that comes with this letter."
                ),
                award=writer.tell(report.round.title),
                seat=seat,
            ),
            INDENTED,
        ),
        _agencies(writer, report),
        *_due(writer, report),
        Paragraph(writer.say(N_("What to do")), LABEL),
        *bullets(
            (writer.say(step) for step in _STEPS),
            _NUMBERED,
            [writer.number(f"{index}.") for index in range(1, len(_STEPS) + 1)],
        ),
        Paragraph(writer.say(N_("Fingerprint of the round's first roster, as the program shows it")), LABEL),
        code_and_groups(writer, report.digest, report.fingerprint),
        Together([signatures(writer, [writer.tell(report.signer), writer.say(N_("Received by"))])]),
    ]
    one_page = shrunk_to_page(blocks, frame.sheet.text_width, frame.sheet.text_height, _LEAST)
    return print_report(frame, one_page or blocks, attachments)


def _head(writer: Writer, report: SeatLetter) -> list[Block]:
    day = writer.date(report.made_on) if report.made_on is not None else ""
    lines = (
        (N_("No."), writer.number(report.number) or "........................"),
        (N_("Date"), day or "........................"),
        (N_("Subject"), writer.say(N_("Evaluation of agencies and hand-over of a pack"))),
        (N_("To"), writer.tell(report.seat.title)),
    )
    return [
        Paragraph(
            [Run(f"{writer.say(name)}  ", weight="Bold"), Run(value)],
            PLAIN.but(space_after=8.0 if last else 1.0),
            bookmark=0 if name == "Subject" else -1,
        )
        for name, value, last in ((*line, line is lines[-1]) for line in lines)
    ]


def _agencies(writer: Writer, report: SeatLetter) -> Table:
    rows = [head_row([writer.say(N_("Agency")), writer.say(N_("The evaluation"))])]
    for agency in report.agencies:
        name: list[Block] = [Paragraph(writer.tell(agency.name), CELL)]
        if agency.ministry and agency.ministry != agency.name.th:
            name.append(Paragraph(agency.ministry, CELL_NOTE))
        session = agency.session
        told = "–"
        if session is not None:
            moment = writer.say(
                N_("{day} at {time}"), day=writer.date(session.date, "weekday"), time=writer.time(session.date)
            )
            told = f"{moment} {place(writer, session)}"
        rows.append(Row((Cell(tuple(name)), text_cell(told))))
    return Table((0.5, 0.5), tuple(rows), whole=len(rows) < 12)


def _due(writer: Writer, report: SeatLetter) -> list[Block]:
    if report.due is None:
        return []
    text = writer.say(N_("Please hand in the signed score sheets by {day}."), day=writer.date(report.due, "weekday"))
    return [Paragraph(text, INDENTED.but(weight="SemiBold"))]
