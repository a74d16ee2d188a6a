# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""One page for the public: what was evaluated, when and by whom (by office), and the level reached."""

from collections.abc import Sequence
from dataclasses import replace

from pmqa_desktop.reports.attachments import Attachment
from pmqa_desktop.reports.furniture import Frame, print_report
from pmqa_desktop.reports.models import Options, PublicSummary, Words
from pmqa_desktop.reports.parts import (
    RESULT_STATES,
    approval_words,
    bullets,
    history_table,
    level_mark,
    rehearsal_note,
    session_facts,
    thai_words_note,
)
from pmqa_desktop.reports.styles import (
    BULLET,
    CELL,
    CELL_NOTE,
    COVER_NAME,
    LABEL,
    NOTE,
    PRIMARY,
    SMALL,
    SOFT,
)
from pmqa_desktop.reports.typeset.blocks import Block, shrunk_to_page
from pmqa_desktop.reports.typeset.pages import Sheet
from pmqa_desktop.reports.typeset.paragraphs import Paragraph, Run, Style
from pmqa_desktop.reports.typeset.tables import Cell, Row, Ruling, Table
from pmqa_desktop.reports.words import Writer
from pmqa_desktop.text import N_

NAME = N_("Public summary")
_LEVEL = Style(15.0, 24.0, weight="Bold", colour=PRIMARY)
_LEAST = 0.73
_MOST_LISTED = (12, 8, 5, 3, 1, 0)
_LONGEST = 180
_TIGHT = BULLET.but(size=10.5, leading=16.0, space_after=1.0)


def render(report: PublicSummary, options: Options, attachments: Sequence[Attachment] = ()) -> bytes:
    """Return the summary as a PDF file: always one page."""
    writer = Writer(options)
    frame = Frame(writer, report.round, writer.say(NAME), writer.tell(report.agency.name))
    return print_report(frame, _one_page(writer, report, frame.sheet), attachments)


def _one_page(writer: Writer, report: PublicSummary, sheet: Sheet) -> list[Block]:
    """Return blocks that fit one page: as they are, else smaller, else with texts cut short and lists told by number.

    Small print is readable down to about three quarters; what needs less room than that has to say less.
    """
    fitting = shrunk_to_page(_blocks(writer, report), sheet.text_width, sheet.text_height, _LEAST)
    for most in _MOST_LISTED:
        if fitting is not None:
            break
        shorter = _blocks(writer, _told_short(writer, report, most))
        fitting = shrunk_to_page(shorter, sheet.text_width, sheet.text_height, _LEAST)
    return fitting if fitting is not None else _blocks(writer, _told_short(writer, report, 0))


def _told_short(writer: Writer, report: PublicSummary, most: int) -> PublicSummary:
    """Return the report with at most `most` entries in each list and no text longer than a few lines."""
    agency = report.agency
    session = agency.session
    if session is not None:
        session = replace(
            session,
            platform=_cut(session.platform, _LONGEST),
            venue=_cut(session.venue, _LONGEST),
            represented_by=_cut(session.represented_by, _LONGEST),
            on_behalf_of=_cut(session.on_behalf_of, _LONGEST),
            highlights=_first(writer, session.highlights, most),
        )
    name = Words(_cut(agency.name.th, _LONGEST), _cut(agency.name.en, _LONGEST))
    head = replace(
        agency,
        name=name,
        ministry=_cut(agency.ministry, _LONGEST),
        session=session,
        dimensions=_first(writer, agency.dimensions, most),
        mechanisms=_first(writer, agency.mechanisms, most),
        history=agency.history[-most:] if most else (),
    )
    return replace(report, agency=head, seats=report.seats[: _MOST_LISTED[0]])


def _first(writer: Writer, texts: Sequence[str], most: int) -> tuple[str, ...]:
    shown = tuple(_cut(text, _LONGEST) for text in texts[:most])
    left = len(texts) - len(shown)
    return (*shown, writer.say(N_("and {count} more entries"), count=left)) if left else shown


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rstrip() + "…"


def _blocks(writer: Writer, report: PublicSummary) -> list[Block]:
    agency = report.agency
    blocks: list[Block] = [
        Paragraph(writer.tell(report.round.title), SMALL),
        Paragraph(writer.tell(agency.name), COVER_NAME.but(colour=PRIMARY, weight="Bold"), bookmark=0),
        _result(writer, report),
        *rehearsal_note(writer, report.round),
        session_facts(writer, agency, report.seats),
        *thai_words_note(writer),
    ]
    if agency.session is not None and agency.session.highlights:
        blocks.append(Paragraph(writer.say(N_("Highlights the agency presented")), LABEL))
        blocks += bullets(agency.session.highlights, _TIGHT)
    if agency.dimensions:
        blocks.append(Paragraph(writer.say(N_("Government 4.0 as the agency states it")), LABEL))
        blocks += bullets(agency.dimensions, _TIGHT)
        if agency.mechanisms:
            named = Run(writer.say(N_("Mechanisms")) + "  ", weight="SemiBold")
            blocks.append(Paragraph([named, Run(", ".join(agency.mechanisms))], CELL.but(left_indent=16.0)))
    history = history_table(writer, agency)
    if history is not None:
        blocks += [Paragraph(writer.say(N_("Awards won before")), LABEL), history]
    blocks.append(Paragraph(_closing(writer, report), NOTE))
    return blocks


def _result(writer: Writer, report: PublicSummary) -> Table:
    outcome = report.outcome
    left: list[Block] = [
        Paragraph(writer.say(N_("Level reached")), CELL_NOTE),
        level_mark(writer, outcome, outcome.level_code, outcome.level, _LEVEL),
    ]
    right: list[Block] = []
    if report.show_total:
        figures = [
            Run(writer.score(outcome.total), weight="Bold", size=20.0),
            Run(f" / {writer.number(report.round.max_score)}"),
        ]
        right = [Paragraph(writer.say(N_("Total score")), CELL_NOTE), Paragraph(figures, Style(11.0, 30.0))]
    row = Row((Cell(tuple(left), vertical="middle"), Cell(tuple(right), vertical="middle")), fill=SOFT)
    return Table((0.62, 0.38), (row,), heads=0, ruling=Ruling(row="", pad_x=12, pad_y=8))


def _closing(writer: Writer, report: PublicSummary) -> str:
    outcome = report.outcome
    parts = [writer.say(RESULT_STATES[outcome.state]), approval_words(writer, outcome.approval)]
    if report.made_on is not None:
        parts.append(writer.say(N_("Report of {date}"), date=writer.date(report.made_on)))
    parts.append(writer.tell(report.round.edition))
    return " · ".join(part for part in parts if part)
