# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Pieces that several reports share: tables of facts, lists, the evaluation's record, the result, signatures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pmqa_desktop.pictures.radar import Corner, Ring
from pmqa_desktop.pictures.scales import Step
from pmqa_desktop.reports.charts import Bar, Ladder, LevelMark, Radar
from pmqa_desktop.reports.models import (
    AgencyHead,
    ApprovalLine,
    CategoryResult,
    DissentLine,
    LevelLine,
    Outcome,
    ResultState,
    RoundHead,
    SeatLine,
    SeatState,
    SessionRecord,
    Words,
)
from pmqa_desktop.reports.styles import (
    BODY,
    BULLET,
    CELL,
    CELL_HEAD,
    CELL_NOTE,
    CELL_RIGHT,
    CELL_STRONG,
    EDGE,
    HEADING,
    LABEL,
    NOTE,
    PLAIN,
    SOFT,
    SUBHEADING,
    SURFACE_2,
    TEXT,
)
from pmqa_desktop.reports.typeset.blocks import Block, Space, Together
from pmqa_desktop.reports.typeset.labels import label, label_width
from pmqa_desktop.reports.typeset.paragraphs import Paragraph, Run, Style
from pmqa_desktop.reports.typeset.pen import Pen, Point
from pmqa_desktop.reports.typeset.tables import Cell, Row, Ruling, Table
from pmqa_desktop.reports.words import Writer
from pmqa_desktop.text import N_
from pmqa_desktop.thai import has_thai

SEAT_STATES: dict[SeatState, str] = {
    "signed": N_("Signed sheet received"),
    "agrees": N_("Agrees"),
    "dissents": N_("Dissents"),
    "recused": N_("Recused"),
    "missing": N_("Missing"),
    "awaited": N_("Awaited"),
}
RESULT_STATES: dict[ResultState, str] = {
    "draft": N_("Draft result"),
    "official": N_("Official result"),
    "provisional": N_("Provisional result"),
}
_LEVEL_TH = "ระดับ"
_SHORT_TABLE = 8
MODES = {"online": N_("Online"), "onsite": N_("On site")}


def heading(text: str, level: int = 0) -> Paragraph:
    """Return a heading that stands in the outline."""
    return Paragraph(text, HEADING if level == 0 else SUBHEADING, bookmark=level)


def text_cell(text: str, style: Style = CELL, span: int = 1, fill: str = "") -> Cell:
    """Return a cell with one paragraph."""
    return Cell((Paragraph(text, style),), span=span, fill=fill)


def head_row(texts: Iterable[str], right: Sequence[int] = (), centred: Sequence[int] = ()) -> Row:
    """Return the head of a table; the columns of `right` are aligned to the right, those of `centred` centred."""
    aligned = dict.fromkeys(right, CELL_HEAD.but(align="right")) | dict.fromkeys(centred, CELL_HEAD.but(align="center"))
    return Row(tuple(text_cell(text, aligned.get(at, CELL_HEAD)) for at, text in enumerate(texts)), fill=SURFACE_2)


def facts(pairs: Iterable[tuple[str, str | Sequence[str]]], share: float = 0.27) -> Table:
    """Return a table of names and values without a head; pairs without a value are left out."""
    rows = []
    for name, value in pairs:
        values = [value] if isinstance(value, str) else list(value)
        if any(values):
            cells = (text_cell(name, CELL_HEAD), Cell(tuple(Paragraph(each, CELL) for each in values if each)))
            rows.append(Row(cells))
    return Table((share, 1 - share), tuple(rows), heads=0, whole=len(rows) <= _SHORT_TABLE)


def bullets(texts: Iterable[str], style: Style = BULLET, marks: Iterable[str] | None = None) -> list[Block]:
    """Return one hanging paragraph per text, with a dot or with the marks given."""
    labels = iter(marks) if marks is not None else None
    return [Paragraph(text, style, label=next(labels) if labels is not None else "•") for text in texts]


def seat_counts(writer: Writer, seats: Sequence[SeatLine]) -> list[str]:
    """Return the panel told by office, equal titles counted, for example `กรรมการผู้ทรงคุณวุฒิ 3 คน`."""
    counted: dict[str, int] = {}
    for seat in seats:
        title = writer.tell(seat.title)
        counted[title] = counted.get(title, 0) + 1
    return [
        title if count == 1 else writer.say(N_("{title} ({count} persons)"), title=title, count=count)
        for title, count in counted.items()
    ]


def place(writer: Writer, session: SessionRecord) -> str:
    """Return where the evaluation took place: mode, platform and venue."""
    mode = writer.say(MODES.get(session.mode, session.mode))
    if session.platform:
        mode = f"{mode} ({session.platform})"
    return (
        ", ".join(part for part in (mode, session.venue) if part)
        if not writer.thai
        else " ".join(part for part in (mode, session.venue) if part)
    )


def representative(writer: Writer, session: SessionRecord) -> str:
    """Return who stood for the agency, and on whose behalf."""
    if not session.on_behalf_of:
        return session.represented_by
    return writer.say(N_("{office}, on behalf of {other}"), office=session.represented_by, other=session.on_behalf_of)


def session_facts(writer: Writer, agency: AgencyHead, seats: Sequence[SeatLine]) -> Table:
    """Return the evaluation's record as a table of facts."""
    session = agency.session
    pairs: list[tuple[str, str | Sequence[str]]] = [
        (writer.say(N_("Agency")), agency_names(writer, agency)),
        (writer.say(N_("Ministry")), agency.ministry),
    ]
    if session is not None:
        day, time = writer.date(session.date, "weekday"), writer.time(session.date)
        moment = writer.say(N_("{day} at {time}"), day=day, time=time)
        pairs += [
            (writer.say(N_("Date and time")), moment),
            (writer.say(N_("How it was held")), place(writer, session)),
            (writer.say(N_("Represented by")), representative(writer, session)),
        ]
    pairs.append((writer.say(N_("Panel")), seat_counts(writer, seats)))
    return facts(pairs)


def thai_words_note(writer: Writer) -> list[Block]:
    """Return the sentence that explains Thai words in an English report; the data give ministry and venue in Thai."""
    if writer.thai:
        return []
    text = N_("Names and texts that were given in Thai alone stand here in Thai, as they were signed.")
    return [Paragraph(writer.say(text), NOTE)]


def agency_names(writer: Writer, agency: AgencyHead) -> list[str]:
    """Return the agency's name with its short name, and in the other language below."""
    name = writer.tell(agency.name)
    if agency.short and writer.thai:
        name = f"{name} ({agency.short})"
    other = agency.name.en if writer.thai else agency.name.th
    return [name, *([other] if other and other != agency.name.told(writer.options.language) else [])]


def history_table(writer: Writer, agency: AgencyHead) -> Table | None:
    """Return the awards won before, oldest first; None where there are none."""
    if not agency.history:
        return None
    rows = [head_row((writer.say(N_("Year")), writer.say(N_("Category")), writer.say(N_("Award won before"))))]
    for won in sorted(agency.history, key=lambda each: (each.year_be, each.category)):
        cells = (writer.year(won.year_be), writer.number(won.category) or "–", writer.tell(won.title))
        rows.append(Row(tuple(text_cell(text) for text in cells)))
    return Table((0.16, 0.12, 0.72), tuple(rows), whole=len(rows) < 12)


def level_name(writer: Writer, name: Words) -> str:
    """Return a level's name as a sentence needs it: in Thai with the word ระดับ before it."""
    told = writer.tell(name)
    if not writer.thai or not told or told.startswith(_LEVEL_TH) or not has_thai(told):
        return told
    return f"{_LEVEL_TH}{told}"


def level_index(code: str, ladder: Sequence[LevelLine]) -> int:
    """Return how many lines of the ladder the level has passed: 0 for none."""
    return next((index for index, line in enumerate(ladder, start=1) if line.code == code), 0)


def level_mark(writer: Writer, outcome: Outcome, code: str, name: Words, style: Style = CELL) -> Block:
    """Return the stair of a level with its name; a dash where no level is reached."""
    told = level_name(writer, name)
    if not code or not outcome.ladder:
        return Paragraph(told or "–", style)
    return LevelMark(level_index(code, outcome.ladder), len(outcome.ladder), told, style)


def result_sentence(writer: Writer, outcome: Outcome) -> str:
    """Return the result in one sentence: level and what is missing to the next line."""
    level = level_name(writer, outcome.level) or writer.say(N_("no award level"))
    if outcome.distance and outcome.next_line:
        return writer.say(
            N_("Reached: {level}. {distance} points below the line of {next} ({line})."),
            level=level,
            distance=writer.number(outcome.distance),
            next=level_name(writer, outcome.next_level),
            line=writer.number(outcome.next_line),
        )
    return writer.say(N_("Reached: {level}."), level=level)


def total_block(writer: Writer, round_head: RoundHead, outcome: Outcome) -> list[Block]:
    """Return the total in large figures, the level, and the ladder of the levels."""
    total = [
        Run(writer.score(outcome.total), weight="Bold", size=28.0),
        Run(f"  / {writer.number(round_head.max_score)}", size=13.0, colour=EDGE),
    ]
    found: list[Block] = [
        Paragraph(total, Style(28.0, 40.0, keep_with_next=True)),
        Paragraph(result_sentence(writer, outcome), BODY.but(align="left", weight="SemiBold", keep_with_next=True)),
    ]
    if outcome.ladder:
        steps = [Step(line.fraction, (writer.number(line.line), writer.tell(line.name))) for line in outcome.ladder]
        found.append(Ladder(steps, outcome.fraction))
    if outcome.awards:
        found.append(Paragraph(writer.say(N_("Awards by the score reached")), LABEL))
        found += bullets(writer.tell(award) for award in outcome.awards)
    return [Together(found)]


def category_name(writer: Writer, category: CategoryResult) -> str:
    """Return `หมวด 1 การนำองค์การ`."""
    number = writer.say(N_("Category {code}"), code=writer.number(category.code))
    return f"{number} {writer.tell(category.title)}"


def radar(writer: Writer, categories: Sequence[CategoryResult], outcome: Outcome, round_head: RoundHead) -> list[Block]:
    """Return the picture of the categories' scores; it needs three corners."""
    if len(categories) < 3:
        return []
    corners = [
        Corner(
            writer.say(N_("Category {code}"), code=writer.number(category.code)),
            writer.score(category.score),
            category.fraction,
        )
        for category in categories
    ]
    faint = [Ring("", Fraction(tenth, 10), strong=False) for tenth in (2, 4)]
    rings = [Ring(writer.number(line.line), line.fraction) for line in outcome.ladder]
    outer = Ring(writer.number(round_head.max_score), Fraction(1), strong=False)
    return [Radar(corners, [*faint, *rings, outer])]


def category_table(writer: Writer, categories: Sequence[CategoryResult]) -> Table:
    """Return the categories with their scores as figures and bars."""
    titles = (N_("Category"), N_("Score"), "")
    rows = [head_row([writer.say(title) if title else "" for title in titles], right=(1,))]
    for category in categories:
        name = f"{writer.number(category.code)}  {writer.tell(category.title)}"
        score = writer.score(category.score)
        if category.max_score:
            score = f"{score}\u00a0/\u00a0{writer.number(category.max_score)}"
        cells = (
            text_cell(name),
            text_cell(score, CELL_RIGHT.but(weight="SemiBold")),
            Cell((Bar(category.fraction),)),
        )
        rows.append(Row(cells))
    return Table((0.6, 0.2, 0.2), tuple(rows), whole=len(rows) < 12)


def fingerprint_block(writer: Writer, groups: Sequence[str], caption: str) -> list[Block]:
    """Return a document's fingerprint in its groups, with what to do with it."""
    if not groups:
        return []
    lines: list[Block] = [Paragraph(caption, CELL_STRONG)]
    lines += [Paragraph(group.upper(), CELL.but(weight="SemiBold", size=11.5, leading=17.0)) for group in groups]
    advice = N_("Compare these groups with those on the screen: equal groups mean the same signed document.")
    lines.append(Paragraph(writer.say(advice), CELL_NOTE))
    return [Table((1.0,), (Row((Cell(tuple(lines)),), fill=SOFT),), heads=0, ruling=Ruling(row="", pad_x=10, pad_y=8))]


def dissent_lines(writer: Writer, dissents: Sequence[DissentLine], style: Style = SUBHEADING) -> list[Block]:
    """Return the members' signed dissent under a heading; nothing where there is none."""
    if not dissents:
        return []
    found: list[Block] = [Paragraph(writer.say(N_("Dissent")), style, bookmark=1)]
    for dissent in dissents:
        about = writer.say(N_("Item {code}"), code=writer.number(dissent.item)) if dissent.item else ""
        lead = " · ".join(part for part in (writer.tell(dissent.seat), about) if part)
        found.append(
            Paragraph([Run(f"{lead}: ", weight="SemiBold"), Run(dissent.reason)], BULLET.but(align="left"), label="•")
        )
    return found


def edition_note(writer: Writer, round_head: RoundHead) -> list[Block]:
    """Return the closing note on the edition and its wording."""
    return [
        heading(writer.say(N_("Criteria edition"))),
        facts(
            (
                (writer.say(N_("Edition")), writer.tell(round_head.edition)),
                (writer.say(N_("Owner of the criteria")), writer.tell(round_head.owner)),
                (writer.say(N_("Notice")), writer.tell(round_head.notice)),
            )
        ),
    ]


def approval_words(writer: Writer, approval: ApprovalLine | None) -> str:
    """Return who made the result official, and when; nothing for a result that is not."""
    if approval is None:
        return ""
    day = approval.day if isinstance(approval.day, str) else writer.date(approval.day)
    return writer.say(
        N_("Approved by {body}, meeting {meeting}, {day}"),
        body=approval.body, meeting=writer.number(approval.meeting), day=day,
    )  # fmt: skip


def rehearsal_note(writer: Writer, round_head: RoundHead) -> list[Block]:
    """Return a sentence that the scores are invented; nothing in a real round."""
    if not round_head.rehearsal:
        return []
    text = N_("This is a rehearsal: every score and comment is invented, none is a result of the agency.")
    return [Paragraph(writer.say(text), PLAIN.but(weight="SemiBold", colour="#854700", space_after=6.0))]


@dataclass
class SignatureLine(Block):
    """A dotted line to sign on, brackets for the name in print, the office, and a line for the date."""

    office: str
    sign: str
    day: str
    space_before: float = 10.0
    space_after: float = 6.0
    keep_with_next: bool = False

    def _office(self) -> Paragraph:
        return Paragraph(self.office, CELL.but(align="center"))

    def height(self, width: float) -> float:
        """Return the height of room to sign, name, office and date."""
        return 78.0 + self._office().height(width)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the lines."""
        base = top - 30
        label(pen, self.sign, CELL, Point(x, base))
        _dots(pen, x + label_width(self.sign, CELL) + 4, x + width, base)
        base -= 20
        left, right = x + width * 0.14, x + width * 0.86
        label(pen, "(", CELL, Point(left, base))
        _dots(pen, left + 5, right - 5, base)
        label(pen, ")", CELL, Point(right, base), "end")
        office = self._office()
        office.draw(pen, x, base - 8, width)
        base -= office.height(width) + 22
        label(pen, self.day, CELL, Point(left, base))
        _dots(pen, left + label_width(self.day, CELL) + 4, right, base)


def _dots(pen: Pen, left: float, right: float, base: float) -> None:
    """Draw a dotted line to write on, a little below the letters beside it."""
    pen.line(Point(left, base - 2), Point(right, base - 2), TEXT, 0.7, (1, 2))


def signatures(writer: Writer, offices: Sequence[str], columns: int = 2) -> Block:
    """Return lines to sign on beside each other; one alone stands at the right, as in an office's letters."""
    cells = [Cell((SignatureLine(office, writer.say(N_("Signature")), writer.say(N_("Date"))),)) for office in offices]
    empty = [Cell((Space(1),))] * (-len(cells) % columns)
    cells = [*empty, *cells] if len(cells) == 1 else [*cells, *empty]
    rows = tuple(Row(tuple(cells[at : at + columns])) for at in range(0, len(cells), columns))
    return Table((1 / columns,) * columns, rows, heads=0, ruling=Ruling(row="", pad_x=12, pad_y=4))
