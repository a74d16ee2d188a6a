# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""ลำดับผลการประเมิน: the round's agencies by total, with levels and awards."""

from collections.abc import Sequence

from pmqa_desktop.reports.attachments import Attachment
from pmqa_desktop.reports.charts import Bar, LevelMark
from pmqa_desktop.reports.furniture import Frame, print_report
from pmqa_desktop.reports.models import Options, Ranking, RankingLine
from pmqa_desktop.reports.parts import (
    RESULT_STATES,
    approval_words,
    bullets,
    facts,
    head_row,
    heading,
    level_index,
    level_name,
    rehearsal_note,
    signatures,
    text_cell,
)
from pmqa_desktop.reports.styles import CELL, CELL_CENTER, CELL_NOTE, CELL_RIGHT, CELL_STRONG, NOTE, PLAIN, TITLE
from pmqa_desktop.reports.typeset.blocks import Block, Together, shrunk_to_page
from pmqa_desktop.reports.typeset.paragraphs import Paragraph
from pmqa_desktop.reports.typeset.tables import Cell, Row, Table
from pmqa_desktop.reports.words import Writer
from pmqa_desktop.text import N_

NAME = N_("Ranking of the round")
_LEAST = 0.85
_TIE_RULE = N_("Equal totals share a rank (1, 1, 3); within a rank the names stand in dictionary order.")


def render(report: Ranking, options: Options, attachments: Sequence[Attachment] = ()) -> bytes:
    """Return the ranking as a PDF file."""
    writer = Writer(options)
    name = writer.say(NAME)
    frame = Frame(writer, report.round, name, writer.year(report.round.year_be), internal=True)
    blocks: list[Block] = [
        Paragraph(name, TITLE, bookmark=0),
        Paragraph(writer.tell(report.round.title), PLAIN.but(align="center", space_after=8.0)),
        *rehearsal_note(writer, report.round),
        facts(_facts(writer, report)),
        _table(writer, report),
        Paragraph(writer.tell(report.tie_rule) or writer.say(_TIE_RULE), CELL_NOTE),
        *_awards(writer, report),
    ]
    note = Paragraph(_edition(writer, report), NOTE.but(space_before=10.0))
    signing = [heading(writer.say(N_("Signatures")), 1), signatures(writer, _offices(writer))]
    # Signatures alone on a sheet sign nothing: they stay with the table, or else with the end of the list above.
    one_page = shrunk_to_page([*blocks, note, *signing], frame.sheet.text_width, frame.sheet.text_height, _LEAST)
    if one_page is None:
        one_page = [*blocks[:-1], Together([blocks[-1], note, *signing])]
    return print_report(frame, one_page, attachments)


def _edition(writer: Writer, report: Ranking) -> str:
    return f"{writer.tell(report.round.edition)} · {writer.tell(report.round.notice)}"


def _offices(writer: Writer) -> list[str]:
    return [writer.say(N_("Secretary of the round")), writer.say(N_("Chair of the approving body"))]


def _facts(writer: Writer, report: Ranking) -> list[tuple[str, str]]:
    pairs = []
    if report.expected:
        told = writer.say(N_("{received} of {expected}"), received=report.received, expected=report.expected)
        pairs.append((writer.say(N_("Signed documents received")), told))
    ranked = sum(bool(row.rank) for row in report.rows)
    told = writer.say(N_("{ranked} of {all} agencies"), ranked=ranked, all=len(report.rows))
    pairs.append((writer.say(N_("With a result")), told))
    pairs.append((writer.say(N_("Approval")), approval_words(writer, report.approval)))
    if report.made_on is not None:
        pairs.append((writer.say(N_("Date")), writer.date(report.made_on)))
    return pairs


def _table(writer: Writer, report: Ranking) -> Table:
    titles = (N_("Rank"), N_("Agency"), N_("Total score"), N_("Level"))
    rows = [head_row([writer.say(title) for title in titles], right=(2,))]
    rows += [_row(writer, report, row) for row in report.rows]
    return Table((0.09, 0.47, 0.17, 0.27), tuple(rows))


def _row(writer: Writer, report: Ranking, row: RankingLine) -> Row:
    ministry = row.ministry if row.ministry != row.agency.th else ""
    state = writer.say(RESULT_STATES[row.state]) if row.rank else ""
    told = " · ".join(text for text in (ministry, state, writer.tell(row.note)) if text)
    agency: list[Block] = [Paragraph(writer.tell(row.agency), CELL_STRONG), Paragraph(told or "–", CELL_NOTE)]
    total: list[Block] = [Paragraph(writer.score(row.total), CELL_RIGHT.but(weight="Bold", size=11.5))]
    if row.fraction is not None:
        total.append(Bar(row.fraction, line_height=11.0))
    level = level_name(writer, row.level)
    mark: Block = Paragraph(level or "–", CELL)
    if row.level_code and report.ladder:
        mark = LevelMark(level_index(row.level_code, report.ladder), len(report.ladder), level, CELL)
    rank = text_cell(writer.score(row.rank), CELL_CENTER.but(weight="Bold", size=13.0))
    return Row((rank, Cell(tuple(agency)), Cell(tuple(total)), Cell((mark,))))


def _awards(writer: Writer, report: Ranking) -> list[Block]:
    winners: dict[str, list[str]] = {}
    for row in report.rows:
        for award in row.awards:
            winners.setdefault(writer.tell(award), []).append(writer.tell(row.agency))
    blocks: list[Block] = []
    for title, agencies in winners.items():
        blocks.append(Paragraph(title, CELL_STRONG.but(space_before=6.0, keep_with_next=True)))
        blocks += bullets(agencies)
    return [heading(writer.say(N_("Awards by level and category"))), *blocks] if blocks else []
