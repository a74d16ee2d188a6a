# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""รายงานป้อนกลับ: what the agency reads after the evaluation.

It names no evaluator and no origin of a text: the values it is made of (`FeedbackReport`) hold neither.
"""

from collections.abc import Sequence

from pmqa_desktop.reports.attachments import Attachment
from pmqa_desktop.reports.furniture import Frame, print_report
from pmqa_desktop.reports.items import category_blocks, texts_by_kind
from pmqa_desktop.reports.models import FeedbackReport, Options
from pmqa_desktop.reports.parts import (
    RESULT_STATES,
    approval_words,
    bullets,
    category_table,
    edition_note,
    facts,
    heading,
    history_table,
    radar,
    rehearsal_note,
    session_facts,
    thai_words_note,
    total_block,
)
from pmqa_desktop.reports.styles import (
    COVER_LINE,
    COVER_NAME,
    COVER_TITLE,
    LABEL,
    LEAD,
)
from pmqa_desktop.reports.typeset.blocks import Block, PageBreak, Space
from pmqa_desktop.reports.typeset.paragraphs import Paragraph
from pmqa_desktop.reports.words import Writer
from pmqa_desktop.text import N_

NAME = N_("Feedback report")

_HOW_TO_READ = (
    N_("Strengths are what the panel saw done well, with evidence. Opportunities for improvement are gaps seen against "
       "the criteria. Recommendations are steps the panel advises; how to take them is the agency's decision."),
    N_("A score is the panel's joint judgement, not an average of single opinions. A dash means that an item has no "
       "score; not applicable means that it does not concern the agency and was left out of the mean."),
    N_("The stair beside a score shows the level reached: each filled step is a level whose every point was met. "
       "Points of a higher level count only when all points of the level below are met."),
    N_("Evidence names pages of the agency's own report, so that each judgement can be followed."),
)  # fmt: skip


def render(report: FeedbackReport, options: Options, attachments: Sequence[Attachment] = ()) -> bytes:
    """Return the report as a PDF file."""
    writer = Writer(options)
    frame = Frame(writer, report.round, writer.say(NAME), writer.tell(report.agency.name), cover=True)
    blocks = [
        *_cover(writer, report),
        PageBreak(),
        *_introduction(writer, report),
        *_overview(writer, report),
    ]
    for category in report.categories:
        blocks += category_blocks(writer, report.outcome, category)
    blocks += edition_note(writer, report.round)
    return print_report(frame, blocks, attachments)


def _cover(writer: Writer, report: FeedbackReport) -> list[Block]:
    agency, session = report.agency, report.agency.session
    lines: list[Block] = [
        Space(120),
        Paragraph(writer.tell(report.round.title), COVER_LINE),
        Paragraph(writer.say(NAME), COVER_TITLE, bookmark=0),
        Space(36),
        Paragraph(writer.tell(agency.name), COVER_NAME),
    ]
    if agency.ministry and agency.ministry != agency.name.th:
        lines.append(Paragraph(agency.ministry, COVER_LINE))
    lines.append(Space(150))
    if session is not None:
        lines.append(Paragraph(writer.say(N_("Evaluated on {date}"), date=writer.date(session.date)), COVER_LINE))
    lines.append(Paragraph(writer.tell(report.round.edition), COVER_LINE))
    lines.append(Paragraph(writer.say(RESULT_STATES[report.outcome.state]), COVER_LINE))
    if approved := approval_words(writer, report.outcome.approval):
        lines.append(Paragraph(approved, COVER_LINE))
    if report.made_on is not None:
        lines.append(Paragraph(writer.say(N_("Report of {date}"), date=writer.date(report.made_on)), COVER_LINE))
    lines.append(Space(10))
    lines += rehearsal_note(writer, report.round)
    return lines


def _introduction(writer: Writer, report: FeedbackReport) -> list[Block]:
    agency = report.agency
    blocks: list[Block] = [heading(writer.say(N_("How to read this report")))]
    blocks += bullets(writer.say(text) for text in _HOW_TO_READ)
    blocks += [heading(writer.say(N_("The evaluation"))), session_facts(writer, agency, report.seats)]
    blocks += thai_words_note(writer)
    if agency.session is not None and agency.session.highlights:
        blocks.append(Paragraph(writer.say(N_("Highlights the agency presented")), LABEL))
        blocks += bullets(agency.session.highlights)
    if agency.dimensions or agency.mechanisms:
        blocks.append(Paragraph(writer.say(N_("Government 4.0 as the agency states it")), LABEL))
        blocks.append(
            facts(
                (
                    (writer.say(N_("Dimensions")), agency.dimensions),
                    (writer.say(N_("Mechanisms")), ", ".join(agency.mechanisms)),
                )
            )
        )
    history = history_table(writer, agency)
    if history is not None:
        blocks += [Paragraph(writer.say(N_("Awards won before")), LABEL), history]
    return blocks


def _overview(writer: Writer, report: FeedbackReport) -> list[Block]:
    blocks: list[Block] = [
        heading(writer.say(N_("Result as a whole"))),
        *total_block(writer, report.round, report.outcome),
        category_table(writer, report.categories),
        *radar(writer, report.categories, report.outcome, report.round),
    ]
    if report.themes.some:
        blocks.append(heading(writer.say(N_("Key themes"))))
        blocks.append(Paragraph(writer.say(N_("What runs through several categories, as the panel sees it.")), LEAD))
        blocks += texts_by_kind(writer, report.themes)
    return blocks
