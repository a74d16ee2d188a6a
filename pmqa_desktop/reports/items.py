# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Categories and items in full: scores, levels, points not met, indicators, texts, evidence."""

from collections.abc import Sequence

from pmqa_desktop.reports.models import (
    CategoryResult,
    EvidenceLine,
    IndicatorLine,
    ItemLevelLine,
    ItemResult,
    Outcome,
    Themes,
    Words,
)
from pmqa_desktop.reports.parts import bullets, category_name, head_row, heading, level_mark, text_cell
from pmqa_desktop.reports.styles import (
    BODY,
    BULLET,
    CELL,
    CELL_NOTE,
    CELL_RIGHT,
    CELL_STRONG,
    LABEL,
    PLAIN,
    SMALL,
    SOFT,
    TEXT,
)
from pmqa_desktop.reports.typeset.blocks import Block, Together
from pmqa_desktop.reports.typeset.paragraphs import Paragraph, Run
from pmqa_desktop.reports.typeset.tables import Cell, Row, Ruling, Table
from pmqa_desktop.reports.words import Writer
from pmqa_desktop.text import N_

# As dark as the body text: a grey on grey paper is lost in the office's copies.
_SMALL = SMALL.but(colour=TEXT)
# With no more indicators than this their table stays on one page.
_TOGETHER = 4
_KINDS = (
    (N_("Strengths"), "strengths", "+"),
    (N_("Opportunities for improvement"), "ofis", "△"),
    (N_("Recommendations"), "recommendations", "→"),
    (N_("Seen on site or to be confirmed there"), "visit_issues", "•"),
)


def category_blocks(writer: Writer, outcome: Outcome, category: CategoryResult) -> list[Block]:
    """Return a category's heading, its score, and all its items."""
    score = writer.say(N_("Category score: {score}"), score=writer.score(category.score))
    blocks: list[Block] = [
        heading(category_name(writer, category)),
        Paragraph(score, PLAIN.but(weight="SemiBold", keep_with_next=True)),
    ]
    for item in category.items:
        blocks += _item(writer, outcome, item)
    return blocks


def _item(writer: Writer, outcome: Outcome, item: ItemResult) -> list[Block]:
    blocks: list[Block] = [_item_head(writer, outcome, item)]
    if item.levels:
        blocks += _levels(writer, item.levels)
    if item.indicators:
        blocks.append(indicator_table(writer, item.indicators))
    if item.state == "not_applicable" and item.reason:
        blocks.append(Paragraph(writer.say(N_("Reason: {reason}"), reason=item.reason), BODY))
    blocks += texts_by_kind(writer, item)
    if item.evidence:
        # a page does not begin with the pages of what stands on the one before
        blocks[-1].keep_with_next = True
        blocks.append(_evidence(writer, item.evidence))
    if len(blocks) == 1:
        blocks.append(Paragraph(writer.say(N_("The panel left no text on this item.")), SMALL))
    return blocks


def texts_by_kind(writer: Writer, written: ItemResult | Themes) -> list[Block]:
    """Return strengths, opportunities, recommendations and issues under their labels; nothing where none is written."""
    blocks: list[Block] = []
    for title, field, mark in _KINDS:
        texts: tuple[str, ...] = getattr(written, field)
        if texts:
            blocks.append(Paragraph(writer.say(title), LABEL))
            blocks += bullets(texts, marks=[mark] * len(texts))
    return blocks


def _item_mark(writer: Writer, outcome: Outcome, item: ItemResult) -> Block | None:
    """Return the level reached or why there is no score; None for items without levels, as those of results."""
    if item.state == "not_applicable":
        return Paragraph(writer.say(N_("Not applicable")), CELL_NOTE)
    if item.state == "missing":
        return Paragraph(writer.say(N_("Not scored")), CELL_NOTE)
    if item.levels:
        return level_mark(writer, outcome, item.level_code, item.level)
    told = writer.tell(item.level)
    return Paragraph(told, CELL) if told else None


def _item_head(writer: Writer, outcome: Outcome, item: ItemResult) -> Table:
    title = Paragraph(
        f"{writer.number(item.code)}  {writer.tell(item.title)}", CELL_STRONG.but(size=11.5, leading=18.0), bookmark=1
    )
    mark = _item_mark(writer, outcome, item)
    score = Paragraph(writer.score(item.score), CELL_RIGHT.but(weight="Bold", size=12.5, leading=18.0))
    lead = Cell((title,), span=1 if mark else 2, vertical="middle")
    marked = (Cell((mark,), vertical="middle"),) if mark else ()
    row = Row((lead, *marked, Cell((score,), vertical="middle")), fill=SOFT)
    ruling = Ruling(row="", pad_x=8, pad_y=4)
    return Table(
        (0.56, 0.29, 0.15), (row,), heads=0, ruling=ruling, space_before=12.0, space_after=4.0, keep_with_next=True
    )


def _levels(writer: Writer, levels: Sequence[ItemLevelLine]) -> list[Block]:
    told: list[Run] = []
    for index, level in enumerate(levels):
        text = writer.say(
            N_("{level}: {met} of {of} points"), level=writer.tell(level.name), met=level.met, of=level.of
        )
        if not level.counted:
            text = writer.say(N_("{text} (not counted)"), text=text)
        told.append(Run(("   " if index else "") + text, weight="SemiBold" if level.full else "Regular"))
    blocks: list[Block] = [Paragraph(told, _SMALL.but(left_indent=8.0, space_after=3.0, keep_with_next=True))]
    unmet = [point for level in levels for point in level.points if not point.met]
    if unmet:
        lines: list[Block] = [Paragraph(writer.say(N_("Points not yet met")), LABEL)]
        lines += bullets(
            (writer.tell(point.text) for point in unmet), BULLET.but(size=10.5, leading=16.5), ["–"] * len(unmet)
        )
        blocks += lines
    return blocks


def indicator_table(writer: Writer, indicators: Sequence[IndicatorLine]) -> Table:
    """Return the indicators of a result item: earlier results, target, result, score; success where the rule asks."""
    success = any(indicator.success for indicator in indicators)
    titles = [N_("Indicator"), N_("Earlier results"), N_("Target"), N_("Result"), N_("Success %"), N_("Score")]
    widths = [0.35, 0.15, 0.14, 0.1, 0.14, 0.12]
    if not success:
        del titles[4]
        widths = [0.42, 0.2, 0.14, 0.12, 0.12]
    rows = [head_row([writer.say(title) for title in titles], right=range(2, len(titles)))]
    for indicator in indicators:
        figures = [indicator.target, indicator.result, indicator.success, indicator.score]
        if not success:
            del figures[2]
        years = tuple(Paragraph(writer.year_result(year), CELL_NOTE) for year in indicator.years)
        cells = [_indicator_name(writer, indicator), Cell(years or (Paragraph("–", CELL_NOTE),))]
        cells += [text_cell(writer.score(figure), CELL_RIGHT) for figure in figures]
        rows.append(Row(tuple(cells)))
    return Table(tuple(widths), tuple(rows), ruling=Ruling(pad_x=4.0), whole=len(indicators) <= _TOGETHER)


def _indicator_name(writer: Writer, indicator: IndicatorLine) -> Cell:
    name: list[Block] = [Paragraph(f"{writer.tell(Words(indicator.code))}  {writer.tell(indicator.name)}", CELL)]
    details = [writer.tell(indicator.unit)]
    if indicator.lower_is_better:
        details.append(writer.say(N_("lower is better")))
    if any(details):
        name.append(Paragraph(" · ".join(detail for detail in details if detail), CELL_NOTE))
    if indicator.reason:
        name.append(Paragraph(indicator.reason, CELL_NOTE))
    return Cell(tuple(name))


def _evidence(writer: Writer, evidence: Sequence[EvidenceLine]) -> Block:
    pages: dict[str, list[EvidenceLine]] = {}
    for line in evidence:
        pages.setdefault(line.document, []).append(line)
    lead = Run(writer.say(N_("Pages of the agency's report")) + "  ", weight="SemiBold")
    lines: list[Block] = []
    for document, found in sorted(pages.items()):
        told = ", ".join(writer.number(page) for page in sorted({line.page for line in found}))
        alone = N_("Page {pages}") if told.isdecimal() else N_("Pages {pages}")
        message = N_("{document}, page {pages}") if document else alone
        text = writer.say(message, document=document, pages=told)
        if lines:
            lines.append(Paragraph(text, _SMALL.but(left_indent=16.0)))
        else:
            lines.append(Paragraph([lead, Run(text)], _SMALL.but(space_before=6.0)))
        notes = dict.fromkeys(line.note for line in found if line.note)
        lines += [Paragraph(note, _SMALL.but(left_indent=28.0)) for note in notes]
    return Together(lines)
