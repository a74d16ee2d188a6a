# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""รายงานการประชุม of one evaluation, in the form of the office rules: agenda by agenda, resolution, signatures."""

from collections.abc import Sequence

from pmqa_desktop.reports.attachments import Attachment
from pmqa_desktop.reports.furniture import Frame, print_report
from pmqa_desktop.reports.models import Minutes, Options, SeatLine
from pmqa_desktop.reports.parts import (
    SEAT_STATES,
    bullets,
    category_table,
    dissent_lines,
    fingerprint_block,
    history_table,
    place,
    rehearsal_note,
    representative,
    result_sentence,
    signatures,
    thai_words_note,
)
from pmqa_desktop.reports.styles import BULLET, INDENTED, LABEL, PLAIN, SUBHEADING, TEXT, TITLE
from pmqa_desktop.reports.typeset.blocks import Block, Together
from pmqa_desktop.reports.typeset.paragraphs import Paragraph, Run
from pmqa_desktop.reports.words import Writer
from pmqa_desktop.text import N_

NAME = N_("Minutes of the meeting")
_ABSENT = ("recused", "missing", "awaited")
_CENTRE = PLAIN.but(align="center", keep_with_next=True)
_HEADING = SUBHEADING.but(colour=TEXT)
_NUMBERED = BULLET.but(align="left", left_indent=24.0)


def render(report: Minutes, options: Options, attachments: Sequence[Attachment] = ()) -> bytes:
    """Return the minutes as a PDF file."""
    writer = Writer(options)
    frame = Frame(writer, report.round, writer.say(NAME), writer.tell(report.agency.name), internal=True)
    blocks = [
        *_head(writer, report),
        *_present(writer, report),
        *_opening(writer, report),
        *_presented(writer, report),
        *_result(writer, report),
        *_recommendations(writer, report),
        *_resolution(writer, report),
        *_closing(writer, report),
    ]
    return print_report(frame, blocks, attachments)


def _head(writer: Writer, report: Minutes) -> list[Block]:
    session = report.agency.session
    blocks: list[Block] = [
        Paragraph(writer.say(N_("Minutes of the assessment panel")), TITLE, bookmark=0),
        Paragraph(writer.tell(report.round.title), _CENTRE),
        Paragraph(writer.tell(report.agency.name), _CENTRE.but(weight="SemiBold")),
    ]
    if report.meeting:
        blocks.append(Paragraph(writer.say(N_("Meeting {number}"), number=writer.number(report.meeting)), _CENTRE))
    if session is not None:
        blocks.append(Paragraph(writer.date(session.date, "weekday"), _CENTRE))
        blocks.append(Paragraph(place(writer, session), _CENTRE.but(space_after=12.0)))
    return [*blocks, *rehearsal_note(writer, report.round), *thai_words_note(writer)]


def _present(writer: Writer, report: Minutes) -> list[Block]:
    present = [seat for seat in report.seats if seat.state not in _ABSENT]
    absent = [seat for seat in report.seats if seat.state in _ABSENT]
    blocks: list[Block] = [Paragraph(writer.say(N_("Those present")), LABEL)]
    blocks += _numbered(writer, [writer.tell(seat.title) for seat in present])
    if absent:
        blocks.append(Paragraph(writer.say(N_("Those absent")), LABEL))
        blocks += _numbered(writer, [_absence(writer, seat) for seat in absent])
    session = report.agency.session
    if session is not None and session.represented_by:
        blocks.append(Paragraph(writer.say(N_("For the agency")), LABEL))
        blocks += _numbered(writer, [representative(writer, session)])
    return blocks


def _absence(writer: Writer, seat: SeatLine) -> str:
    told = f"{writer.tell(seat.title)} ({writer.say(SEAT_STATES[seat.state])})"
    return f"{told} {seat.reason}" if seat.reason else told


def _numbered(writer: Writer, texts: Sequence[str]) -> list[Block]:
    marks = [writer.number(f"{index}.") for index in range(1, len(texts) + 1)]
    return bullets(texts, _NUMBERED, marks)


def _agenda(writer: Writer, number: int, title: str) -> Paragraph:
    text = writer.say(N_("Agenda {number}: {title}"), number=number, title=writer.say(title))
    return Paragraph(text, _HEADING, bookmark=1)


def _opening(writer: Writer, report: Minutes) -> list[Block]:
    session = report.agency.session
    blocks: list[Block] = []
    if session is not None:
        begun = writer.say(N_("The meeting began at {time}."), time=writer.time(session.date))
        blocks.append(Paragraph(begun, INDENTED.but(space_before=8.0)))
    blocks.append(_agenda(writer, 1, N_("Matters the chair told the meeting")))
    text = writer.say(
        N_("The chair told the meeting that the panel evaluates {agency} for {award} by the criteria {edition}."),
        agency=writer.tell(report.agency.name),
        award=writer.tell(report.round.title),
        edition=writer.tell(report.round.edition),
    )
    return [*blocks, Paragraph(text, INDENTED)]


def _presented(writer: Writer, report: Minutes) -> list[Block]:
    session = report.agency.session
    blocks: list[Block] = [_agenda(writer, 2, N_("What the agency presented"))]
    if session is not None and session.highlights:
        lead = writer.say(
            N_("{agency} presented its work, with these highlights:"), agency=writer.tell(report.agency.name)
        )
        blocks.append(Paragraph(lead, INDENTED.but(keep_with_next=True)))
        blocks += _numbered(writer, session.highlights)
    else:
        blocks.append(Paragraph(writer.say(N_("No highlights were recorded.")), INDENTED))
    history = history_table(writer, report.agency)
    if history is not None:
        blocks += [Paragraph(writer.say(N_("Awards won before")), LABEL), history]
    return blocks


def _result(writer: Writer, report: Minutes) -> list[Block]:
    text = writer.say(
        N_("The panel considered every item and settled a total of {total} of {max} points."),
        total=writer.score(report.outcome.total),
        max=writer.number(report.round.max_score),
    )
    return [
        _agenda(writer, 3, N_("Result of the evaluation")),
        Paragraph(f"{text} {result_sentence(writer, report.outcome)}", INDENTED),
        category_table(writer, report.categories),
    ]


def _recommendations(writer: Writer, report: Minutes) -> list[Block]:
    blocks: list[Block] = [_agenda(writer, 4, N_("Recommendations of the panel"))]
    if not report.recommendations:
        return [*blocks, Paragraph(writer.say(N_("No recommendations were recorded.")), INDENTED)]
    marks = [f"{index}." for index in range(1, len(report.recommendations) + 1)]
    for mark, (item, text) in zip(marks, report.recommendations, strict=True):
        whole = writer.say(N_("The agency as a whole"))
        lead = writer.say(N_("Item {code}"), code=writer.number(item)) if item else whole
        runs = [Run(f"{lead}  ", weight="SemiBold"), Run(text)]
        blocks.append(Paragraph(runs, _NUMBERED, label=writer.number(mark)))
    return blocks


def _resolution(writer: Writer, report: Minutes) -> list[Block]:
    lead = Run(writer.say(N_("Resolution")) + "  ", weight="Bold")
    text = writer.say(
        N_("The meeting approves the result and the recommendations, to be sent to {agency} as a feedback report."),
        agency=writer.tell(report.agency.name),
    )
    resolution: list[Block] = [
        _agenda(writer, 5, N_("Resolution of the meeting")),
        Paragraph([lead, Run(text)], INDENTED),
    ]
    blocks: list[Block] = [Together(resolution), *dissent_lines(writer, report.dissents, _HEADING)]
    # nobody signs a page that holds signatures alone: the last words of the minutes go there too
    blocks[-1].keep_with_next = True
    return blocks


def _closing(writer: Writer, report: Minutes) -> list[Block]:
    ended = writer.say(N_("The meeting ended at ........................"))
    offices = [writer.say(N_("Taker of the minutes")), writer.say(N_("Chair of the panel,\nwho checked the minutes"))]
    closing: list[Block] = [Paragraph(ended, INDENTED.but(space_before=10.0)), signatures(writer, offices)]
    caption = writer.say(N_("Fingerprint of the signed consensus"))
    return [Together(closing), *fingerprint_block(writer, report.fingerprint, caption)]
