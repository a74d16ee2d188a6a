# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The printed page of a laptop's self-test: each thing tried, what came of it, and who looked."""

from collections.abc import Sequence

from pmqa_desktop.reports.attachments import Attachment
from pmqa_desktop.reports.furniture import Frame, print_report
from pmqa_desktop.reports.models import Options, ReadinessPage, ReadyState
from pmqa_desktop.reports.parts import facts, head_row, heading, rehearsal_note, signatures, text_cell
from pmqa_desktop.reports.styles import CELL, CELL_STRONG, PLAIN, STRONG, TITLE
from pmqa_desktop.reports.typeset.blocks import Block, Together
from pmqa_desktop.reports.typeset.paragraphs import Paragraph
from pmqa_desktop.reports.typeset.tables import Row, Table
from pmqa_desktop.reports.words import Writer
from pmqa_desktop.text import N_

NAME = N_("Readiness of this computer")
STATES: dict[ReadyState, str] = {
    "ok": N_("in order"),
    "warning": N_("look at this"),
    "failed": N_("not in order"),
    "left-out": N_("not tried"),
}


def render(report: ReadinessPage, options: Options, attachments: Sequence[Attachment] = ()) -> bytes:
    """Return the page as a PDF file."""
    writer = Writer(options)
    frame = Frame(writer, report.round, writer.say(NAME), writer.year(report.round.year_be), internal=True)
    blocks: list[Block] = [
        Paragraph(writer.say(NAME), TITLE, bookmark=0),
        Paragraph(writer.tell(report.round.title), PLAIN.but(align="center", space_after=8.0)),
        *rehearsal_note(writer, report.round),
        facts(_facts(writer, report)),
        Paragraph(_verdict(writer, report), STRONG.but(space_before=10.0, space_after=6.0)),
        _table(writer, report),
        Together(
            [
                heading(writer.say(N_("Signatures")), 1),
                signatures(writer, [writer.say(N_("Tried by")), writer.say(N_("Seen by the secretariat"))]),
            ]
        ),
    ]
    return print_report(frame, blocks, attachments)


def _facts(writer: Writer, report: ReadinessPage) -> list[tuple[str, str]]:
    pairs = [(writer.say(N_("Program")), report.program)]
    if report.made_on is not None:
        pairs.append((writer.say(N_("Tried on")), writer.local(report.made_on)))
    pairs.append((writer.say(N_("Computer, number of the device")), "................................"))
    return pairs


def _verdict(writer: Writer, report: ReadinessPage) -> str:
    states = [line.state for line in report.lines]
    if "failed" in states:
        return writer.say(
            N_("This computer is not ready: {count} things are not in order. Tell the secretariat before the round."),
            count=states.count("failed"),
        )
    if "warning" in states:
        return writer.say(N_("This computer is ready; {count} things want a look."), count=states.count("warning"))
    return writer.say(N_("This computer is ready."))


def _table(writer: Writer, report: ReadinessPage) -> Table:
    rows = [head_row([writer.say(N_("What was tried")), writer.say(N_("Found"))])]
    for line in report.lines:
        style = CELL if line.state == "ok" else CELL_STRONG
        told = writer.say(line.message, found=line.found)
        rows.append(Row((text_cell(told, CELL), text_cell(writer.say(STATES[line.state]), style))))
    return Table((0.76, 0.24), tuple(rows))
