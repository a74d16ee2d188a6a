# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""บันทึกข้อความ: the memo by which the minutes of an evaluation go to whoever approves them.

The form is that of the office rules (ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526, แบบที่ 29): head, fields on dotted
lines without a rule, then cause, purpose and request. The emblem is the office's own and left to its paper.
"""

from collections.abc import Sequence

from pmqa_desktop.reports.attachments import Attachment
from pmqa_desktop.reports.furniture import Frame, print_report
from pmqa_desktop.reports.leaders import Field, LeaderLine
from pmqa_desktop.reports.models import CoverMemo, Options
from pmqa_desktop.reports.parts import bullets, place, rehearsal_note, result_sentence, signatures
from pmqa_desktop.reports.styles import BULLET, INDENTED, PLAIN, STRONG, TEXT
from pmqa_desktop.reports.typeset.blocks import Block, Together
from pmqa_desktop.reports.typeset.paragraphs import Paragraph, Run, Style
from pmqa_desktop.reports.words import Writer
from pmqa_desktop.text import N_

NAME = N_("Memorandum")
_HEAD = Style(22.0, 40.0, weight="Bold", align="center", colour=TEXT, space_after=10.0)


def render(report: CoverMemo, options: Options, attachments: Sequence[Attachment] = ()) -> bytes:
    """Return the memo as a PDF file."""
    writer = Writer(options)
    agency = writer.tell(report.agency.name)
    frame = Frame(writer, report.round, writer.say(NAME), agency, internal=True)
    blocks: list[Block] = [
        Paragraph(writer.say(NAME), _HEAD, bookmark=0),
        *_form(writer, report),
        Paragraph(
            [Run(writer.say(N_("To")) + "  ", weight="Bold"), Run(writer.tell(report.to))],
            PLAIN.but(space_before=10.0, space_after=8.0),
        ),
        *rehearsal_note(writer, report.round),
        *_body(writer, report),
        *_enclosures(writer),
        Together([signatures(writer, [writer.tell(report.signer)])]),
    ]
    return print_report(frame, blocks, attachments)


def _form(writer: Writer, report: CoverMemo) -> list[Block]:
    day = writer.date(report.made_on) if report.made_on is not None else ""
    subject = writer.say(N_("Minutes of the evaluation of {agency}"), agency=writer.tell(report.agency.name))
    return [
        LeaderLine((Field(writer.say(N_("Government office")), writer.tell(report.office)),)),
        LeaderLine((Field(writer.say(N_("No.")), writer.number(report.number)), Field(writer.say(N_("Date")), day))),
        LeaderLine((Field(writer.say(N_("Subject")), subject),), keep_with_next=False),
    ]


def _body(writer: Writer, report: CoverMemo) -> list[Block]:
    session = report.agency.session
    agency = writer.tell(report.agency.name)
    if session is not None:
        cause = writer.say(
            N_("The panel evaluated {agency} for {award} on {day}, {place}."),
            agency=agency,
            award=writer.tell(report.round.title),
            day=writer.date(session.date, "weekday"),
            place=place(writer, session),
        )
    else:
        cause = writer.say(
            N_("The panel evaluated {agency} for {award}."), agency=agency, award=writer.tell(report.round.title)
        )
    purpose = writer.say(
        N_("The minutes of the meeting are finished. The panel settled a total of {total} of {max} points."),
        total=writer.score(report.outcome.total),
        max=writer.number(report.round.max_score),
    )
    request = writer.say(
        N_("This is submitted for consideration and, if approved, to let the result be told to {agency}."),
        agency=agency,
    )
    return [
        Paragraph(cause, INDENTED),
        Paragraph(f"{purpose} {result_sentence(writer, report.outcome)}", INDENTED),
        Paragraph(request, INDENTED),
    ]


def _enclosures(writer: Writer) -> list[Block]:
    papers = [writer.say(N_("Minutes of the meeting, 1 copy")), writer.say(N_("Panel sheet with signatures, 1 copy"))]
    marks = [writer.number(f"{index}.") for index in range(1, len(papers) + 1)]
    lead = Paragraph(writer.say(N_("Enclosed")), STRONG.but(space_before=8.0, keep_with_next=True))
    return [lead, *bullets(papers, BULLET.but(left_indent=24.0), marks)]
