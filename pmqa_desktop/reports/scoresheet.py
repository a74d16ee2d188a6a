# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""An evaluator's own record: the sheet as it was signed."""

from collections.abc import Sequence

from pmqa_desktop.reports.attachments import Attachment
from pmqa_desktop.reports.furniture import Frame, print_report
from pmqa_desktop.reports.items import category_blocks
from pmqa_desktop.reports.models import Options, ScoresheetRecord
from pmqa_desktop.reports.parts import (
    agency_names,
    category_table,
    edition_note,
    facts,
    fingerprint_block,
    heading,
    rehearsal_note,
    signatures,
    total_block,
)
from pmqa_desktop.reports.styles import PLAIN, TITLE
from pmqa_desktop.reports.typeset.blocks import Block, Together
from pmqa_desktop.reports.typeset.paragraphs import Paragraph
from pmqa_desktop.reports.words import Writer
from pmqa_desktop.text import N_

NAME = N_("Evaluator's own record")


def render(report: ScoresheetRecord, options: Options, attachments: Sequence[Attachment] = ()) -> bytes:
    """Return the record as a PDF file."""
    writer = Writer(options)
    frame = Frame(writer, report.round, writer.say(NAME), writer.tell(report.agency.name), internal=True)
    blocks: list[Block] = [
        Paragraph(writer.say(NAME), TITLE, bookmark=0),
        Paragraph(writer.tell(report.round.title), PLAIN.but(align="center", space_after=8.0)),
        *rehearsal_note(writer, report.round),
        facts(_facts(writer, report)),
        *fingerprint_block(writer, report.fingerprint, writer.say(N_("Fingerprint of the signed sheet"))),
        heading(writer.say(N_("Result as a whole"))),
        *total_block(writer, report.round, report.outcome),
        category_table(writer, report.categories),
    ]
    for category in report.categories:
        blocks += category_blocks(writer, report.outcome, category)
    blocks += edition_note(writer, report.round)
    blocks.append(Together([signatures(writer, [writer.tell(report.seat.title)])]))
    return print_report(frame, blocks, attachments)


def _facts(writer: Writer, report: ScoresheetRecord) -> list[tuple[str, str | list[str]]]:
    pairs: list[tuple[str, str | list[str]]] = [
        (writer.say(N_("Agency")), agency_names(writer, report.agency)),
        (writer.say(N_("Seat")), writer.tell(report.seat.title)),
        (writer.say(N_("Revision")), writer.number(report.revision)),
    ]
    if report.signed_on is not None:
        pairs.append((writer.say(N_("Signed on")), writer.local(report.signed_on)))
    if report.after_reveal:
        pairs.append((writer.say(N_("Note")), writer.say(N_("Revised after the panel's scores were revealed"))))
    return pairs
