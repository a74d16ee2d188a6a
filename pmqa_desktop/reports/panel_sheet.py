# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""ใบมติคณะกรรมการ: who scored what and what was settled, to be signed. For the panel and the secretariat only."""

from collections.abc import Sequence
from fractions import Fraction

from pmqa_desktop.reports.attachments import Attachment
from pmqa_desktop.reports.charts import Scale, SeatMark, Spread
from pmqa_desktop.reports.furniture import Frame, print_report
from pmqa_desktop.reports.models import MatrixLine, Options, PanelSheet, SeatLine
from pmqa_desktop.reports.parts import (
    SEAT_STATES,
    category_table,
    dissent_lines,
    facts,
    fingerprint_block,
    head_row,
    heading,
    level_mark,
    rehearsal_note,
    session_facts,
    signatures,
    text_cell,
    thai_words_note,
    total_block,
)
from pmqa_desktop.reports.styles import (
    A4,
    A4_WIDE,
    CELL,
    CELL_HEAD,
    CELL_NOTE,
    CELL_RIGHT,
    NOTE,
    PLAIN,
    SURFACE_2,
    TEXT,
    TITLE,
    WARN,
)
from pmqa_desktop.reports.typeset.blocks import Block, Space, Together, shrunk_to_page
from pmqa_desktop.reports.typeset.labels import label_width
from pmqa_desktop.reports.typeset.pages import Sheet
from pmqa_desktop.reports.typeset.paragraphs import Paragraph, Run, Style
from pmqa_desktop.reports.typeset.tables import Cell, Row, Ruling, Table
from pmqa_desktop.reports.words import Writer
from pmqa_desktop.text import N_

NAME = N_("Panel sheet")
_ABSENT = ("recused", "missing", "awaited")
# With more seats than this the matrix needs a sheet on its side.
_UPRIGHT_SEATS = 5
_SCORE_SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5)
_PAD = 3.0
_LEAST = 0.75
_FOUR_ABREAST = 12


def render(report: PanelSheet, options: Options, attachments: Sequence[Attachment] = ()) -> bytes:
    """Return the sheet as a PDF file."""
    writer = Writer(options)
    scored = [seat for seat in report.seats if seat.state not in _ABSENT]
    frame = Frame(
        writer,
        report.round,
        writer.say(NAME),
        writer.tell(report.agency.name),
        internal=True,
        sheet=A4 if len(scored) <= _UPRIGHT_SEATS else A4_WIDE,
    )
    blocks: list[Block] = [
        Paragraph(writer.say(NAME), TITLE, bookmark=0),
        Paragraph(writer.tell(report.round.title), PLAIN.but(align="center", space_after=8.0)),
        *rehearsal_note(writer, report.round),
        session_facts(writer, report.agency, report.seats),
        *thai_words_note(writer),
        heading(writer.say(N_("Result as a whole"))),
        *total_block(writer, report.round, report.outcome),
        category_table(writer, report.categories),
        heading(writer.say(N_("Scores by seat and item"))),
        *_legend(writer, report, scored),
        _matrix(writer, report, scored),
        *dissent_lines(writer, report.dissents),
        *_signing(writer, report, frame.sheet),
    ]
    return print_report(frame, blocks, attachments)


def _legend(writer: Writer, report: PanelSheet, scored: Sequence[SeatLine]) -> list[Block]:
    rows = [head_row([writer.say(text) for text in (N_("Seat"), N_("Office"), N_("State"))])]
    for seat in report.seats:
        state = writer.say(SEAT_STATES[seat.state])
        cell = Cell((Paragraph(state, CELL), *([Paragraph(seat.reason, CELL_NOTE)] if seat.reason else [])))
        rows.append(Row((_seat_number(writer, seat, scored), text_cell(writer.tell(seat.title)), cell)))
    quorum = writer.say(N_("{have} scored sheets (quorum {need})."), have=report.have, need=report.need)
    rule = writer.say(
        N_("A spread of {tolerance} points or more is to be settled with a reason."),
        tolerance=writer.number(report.tolerance),
    )
    explained = writer.say(
        N_("In the picture each seat has its own mark and equal scores are heaped; the pointer below the line is the "
           "settled score, and a thick bar is a spread that had to be talked over.")
    )  # fmt: skip
    note = " ".join((quorum, rule if report.tolerance else "", explained))
    return [Table((0.1, 0.45, 0.45), tuple(rows), whole=len(rows) < 12), Paragraph(" ".join(note.split()), NOTE)]


def _seat_number(writer: Writer, seat: SeatLine, scored: Sequence[SeatLine]) -> Cell:
    if seat not in scored:
        return text_cell("–")
    number = scored.index(seat)
    return Cell((SeatMark(number, writer.number(number + 1), CELL),))


def _matrix(writer: Writer, report: PanelSheet, scored: Sequence[SeatLine]) -> Table:
    count = len(scored)
    start = _scale_start(report.rows)
    low, high = (writer.number(f"{int(share * 100)}%") for share in (start, Fraction(1)))
    right = CELL_HEAD.but(align="right")
    head = (
        text_cell(writer.say(N_("Item and level")), CELL_HEAD),
        *(Cell((SeatMark(seat, writer.number(seat + 1), CELL_HEAD, right=True),)) for seat in range(count)),
        Cell((Scale(low, writer.say(N_("of full marks")), high, CELL_HEAD),)),
        text_cell(writer.say(N_("Settled score")), right),
    )
    rows = [Row(head, fill=SURFACE_2)]
    style = _score_style(writer, report, count)
    for line in report.rows:
        rows += _matrix_rows(writer, report, line, style, start, count)
    return Table(_widths(count), tuple(rows), ruling=Ruling(pad_x=_PAD, pad_y=2.0))


def _widths(seats: int) -> tuple[float, ...]:
    """Return the shares of level, seats, picture and settled score; on a sheet on its side the picture gives way."""
    if seats <= _UPRIGHT_SEATS:
        return (0.23, *[0.086] * seats, 0.65 - 0.086 * seats, 0.12)
    each = min(0.063, 0.61 / seats)
    return (0.16, *[each] * seats, 0.75 - each * seats, 0.09)


def _scale_start(rows: Sequence[MatrixLine]) -> Fraction:
    """Return where the scale of the pictures begins: the tenth of the highest score below the lowest one shown."""
    shown = [score for row in rows for score in (*row.fractions, row.settled_fraction) if score is not None]
    return Fraction(max(int(min(shown, default=Fraction(0)) * 10) - 1, 0), 10)


def _score_style(writer: Writer, report: PanelSheet, count: int) -> Style:
    """Return the largest letters in which every seat's score stays on one line; Thai digits are wide."""
    sheet = A4 if count <= _UPRIGHT_SEATS else A4_WIDE
    room = sheet.text_width * _widths(count)[1] - 2 * _PAD if count else sheet.text_width
    told = {writer.score(score) for line in report.rows for score in line.scores[:count]}
    styles = [CELL_RIGHT.but(size=size) for size in _SCORE_SIZES]
    fitting = (style for style in styles if all(label_width(score, style) <= room for score in told))
    return next(fitting, styles[-1])


def _matrix_rows(
    writer: Writer, report: PanelSheet, line: MatrixLine, score_style: Style, start: Fraction, count: int
) -> list[Row]:
    """Return an item's rows: its name over the whole width, below it level, scores and picture, then the reason."""
    name = [Run(f"{writer.number(line.code)}  ", weight="SemiBold"), Run(writer.tell(line.title))]
    scores = [*line.scores[:count], *[""] * (count - len(line.scores))]
    fractions = line.fractions[:count]
    style = CELL_NOTE.but(colour=TEXT)
    stair: Block = Space(style.leading)
    if line.has_levels:
        stair = level_mark(writer, report.outcome, line.level_code, line.level, style)
    cells = (
        Cell((stair,), vertical="middle"),
        *(Cell((Paragraph(writer.score(score), score_style),), vertical="middle") for score in scores),
        Cell((Spread(fractions, line.settled_fraction, line.over, start),), vertical="middle"),
        Cell((Paragraph(writer.score(line.settled), CELL_RIGHT.but(weight="Bold")),), vertical="middle"),
    )
    rows = [Row((Cell((Paragraph(name, CELL.but(size=10.0)),), span=count + 3),), keep_with_next=True, rule="")]
    if not line.reason:
        return [*rows, Row(cells)]
    mark = writer.say(N_("Spread {spread}"), spread=writer.score(line.spread)) if line.over else ""
    text = [Run(f"{mark}  " if mark else "", weight="SemiBold", colour=WARN), Run(line.reason)]
    reason = Cell((Paragraph(text, CELL_NOTE.but(left_indent=12.0, colour=TEXT)),), span=count + 3)
    return [*rows, Row(cells, keep_with_next=True, rule=""), Row((reason,))]


def _signing(writer: Writer, report: PanelSheet, sheet: Sheet) -> list[Block]:
    pairs = [(writer.say(N_("Revision")), writer.number(report.revision))]
    if report.signed_on is not None:
        moment = writer.local(report.signed_on)
        pairs.append((writer.say(N_("Signed by the chair on")), moment))
    caption = writer.say(N_("Fingerprint of the signed consensus"))
    proof = fingerprint_block(writer, report.fingerprint, caption)
    offices = [writer.tell(seat.title) for seat in report.seats if seat.state not in _ABSENT]
    offices.append(writer.say(N_("Secretary of the panel")))
    statement = N_("We have settled the scores above together; words of dissent stand beside them.")
    # One block: the sheet that is signed by hand names the signed document by its fingerprint.
    columns = 2 if sheet is A4 else 4 if len(offices) <= _FOUR_ABREAST else 5
    signing = [Paragraph(writer.say(statement), PLAIN), signatures(writer, offices, columns)]
    whole = [heading(writer.say(N_("Signatures"))), facts(pairs), *proof, *signing]
    return [Together(shrunk_to_page(whole, sheet.text_width, sheet.text_height, _LEAST) or whole)]
