# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The round's workbook (XLSX): results, items, panel matrix, comments, settings, provenance.

Scores are written as numbers only to be sorted and filtered; the text beside them is the displayed score. Texts of
other people are never formulas (`sheet_safety`), and the file is the same byte for byte for the same results.
"""

import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from pmqa_desktop.reports.models import AgencyResult, ItemResult, Options, RoundResults
from pmqa_desktop.reports.parts import RESULT_STATES
from pmqa_desktop.reports.sheet_safety import is_formula_like, printable
from pmqa_desktop.reports.words import Writer
from pmqa_desktop.text import N_

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

COMMENT_KINDS = {
    "strength": N_("Strength"),
    "ofi": N_("Opportunity for improvement"),
    "recommendation": N_("Recommendation"),
    "site_visit_issue": N_("Site-visit issue"),
}
ITEM_STATES = {
    "scored": N_("Scored"),
    "not_applicable": N_("Not applicable"),
    "missing": N_("Not scored"),
    "unsettled": N_("Not settled"),
}
_REHEARSAL = N_("Rehearsal · invented scores")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_ZIP_TIME = (2000, 1, 1, 0, 0, 0)
_FONT = "TH Sarabun New"
_HEAD = Font(name=_FONT, size=14, bold=True, color="14426F")
_BODY = Font(name=_FONT, size=14)
_WARN = Font(name=_FONT, size=14, bold=True, color="854700")
_HEAD_FILL = PatternFill("solid", fgColor="E8EDF2")
_RULE = Border(bottom=Side(style="thin", color="D5DCE4"))
_WRAP = Alignment(vertical="top", wrap_text=True)
_SCORE_FORMAT = "0.00"


class Score(str):
    """A displayed score, to be written as a number."""

    __slots__ = ()


def render(results: RoundResults, options: Options) -> bytes:
    """Return the workbook's file."""
    writer = Writer(Options(options.language))
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    _results(_Sheet(book, writer, results, N_("Results")))
    _items(_Sheet(book, writer, results, N_("Items")))
    _matrix(_Sheet(book, writer, results, N_("Panel matrix")))
    _comments(_Sheet(book, writer, results, N_("Comments")))
    _pairs(_Sheet(book, writer, results, N_("Settings")), results.settings)
    _pairs(_Sheet(book, writer, results, N_("Provenance")), results.provenance)
    book.properties.title = printable(writer.tell(results.round.title))
    book.properties.creator = "PMQA Desktop"
    book.properties.created = book.properties.modified = _EPOCH
    target = BytesIO()
    book.save(target)
    return _same_bytes(target.getvalue())


class _Sheet:
    """One worksheet that is filled row by row."""

    def __init__(self, book: Workbook, writer: Writer, results: RoundResults, name: str) -> None:
        self.writer, self.results = writer, results
        self._sheet: Worksheet = book.create_sheet(writer.say(name)[:31])
        self._row = 0
        if results.round.rehearsal:
            self.row([writer.say(_REHEARSAL)], font=_WARN)

    def head(self, titles: Iterable[str], widths: Sequence[float]) -> None:
        """Write the head of the table, fix it on screen and set the columns' widths."""
        self.row([self.writer.say(title) for title in titles], font=_HEAD, fill=_HEAD_FILL)
        for column, width in enumerate(widths, start=1):
            self._sheet.column_dimensions[get_column_letter(column)].width = width
        self._sheet.freeze_panes = f"A{self._row + 1}"

    def row(self, values: Iterable[str | int], font: Font = _BODY, fill: PatternFill | None = None) -> None:
        """Write one row."""
        self._row += 1
        for column, value in enumerate(values, start=1):
            cell = self._sheet.cell(self._row, column)
            _write(cell, value)
            cell.font, cell.border, cell.alignment = font, _RULE, _WRAP
            if fill is not None:
                cell.fill = fill


def _write(cell: object, value: str | int) -> None:
    """Write a value: scores and whole numbers as numbers, everything else as text, never as a formula."""
    if not isinstance(cell, Cell):
        return
    if isinstance(value, int):
        cell.value = value
        return
    if isinstance(value, Score):
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = None
        if number is not None and number.is_finite():
            cell.value, cell.number_format = number, _SCORE_FORMAT
            return
    text = printable(value)
    cell.value = text
    # Setting a value guesses its type: a text beginning with "=" would have become a formula.
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = is_formula_like(text)


def _results(sheet: _Sheet) -> None:
    results, writer = sheet.results, sheet.writer
    codes = _codes(category.code for agency in results.agencies for category in agency.categories)
    titles = [N_("Rank"), N_("Agency"), N_("Ministry"), N_("Total score"), N_("Level"), N_("State"), N_("Awards")]
    named = [writer.say(title) for title in titles]
    named += [writer.say(N_("Category {code}"), code=code) for code in codes]
    sheet.head(named, [8, 44, 28, 12, 24, 18, 44, *[12] * len(codes)])
    for agency in results.agencies:
        outcome = agency.outcome
        scores = {category.code: category.score for category in agency.categories}
        sheet.row(
            [
                _whole(agency.rank),
                writer.tell(agency.agency.name),
                agency.agency.ministry,
                Score(outcome.total),
                writer.tell(outcome.level),
                writer.say(RESULT_STATES[outcome.state]),
                "; ".join(writer.tell(award) for award in outcome.awards),
                *(Score(scores.get(code, "")) for code in codes),
            ]
        )


def _codes(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codes))


def _whole(text: str) -> str | int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else text


def _items(sheet: _Sheet) -> None:
    writer = sheet.writer
    titles = (
        N_("Agency"),
        N_("Category"),
        N_("Item"),
        N_("Title"),
        N_("Score"),
        N_("Level"),
        N_("State"),
        N_("Reason"),
    )
    sheet.head(titles, [40, 10, 8, 52, 12, 24, 16, 40])
    for agency in sheet.results.agencies:
        for category in agency.categories:
            for item in category.items:
                sheet.row(_item_row(writer, agency, category.code, item))


def _item_row(writer: Writer, agency: AgencyResult, category: str, item: ItemResult) -> list[str | int]:
    return [
        writer.tell(agency.agency.name),
        category,
        item.code,
        writer.tell(item.title),
        Score(item.score),
        writer.tell(item.level),
        writer.say(ITEM_STATES[item.state]),
        item.reason,
    ]


def _matrix(sheet: _Sheet) -> None:
    writer = sheet.writer
    most = max((len(row.scores) for agency in sheet.results.agencies for row in agency.matrix), default=0)
    named = [writer.say(title) for title in (N_("Agency"), N_("Item"), N_("Title"))]
    named += [writer.say(N_("Seat {number}"), number=number) for number in range(1, most + 1)]
    named += [writer.say(title) for title in (N_("Spread"), N_("Settled score"), N_("Reason"))]
    sheet.head(named, [40, 8, 48, *[11] * most, 11, 11, 60])
    for agency in sheet.results.agencies:
        for row in agency.matrix:
            scores = [*row.scores, *[""] * (most - len(row.scores))]
            sheet.row(
                [
                    writer.tell(agency.agency.name),
                    row.code,
                    writer.tell(row.title),
                    *(Score(score) for score in scores),
                    Score(row.spread),
                    Score(row.settled),
                    row.reason,
                ]
            )


def _comments(sheet: _Sheet) -> None:
    writer = sheet.writer
    sheet.head((N_("Agency"), N_("Item"), N_("Kind"), N_("Text")), [40, 22, 26, 110])
    for comment in sheet.results.comments:
        kind = writer.say(COMMENT_KINDS.get(comment.kind, comment.kind))
        item = comment.item or writer.say(N_("The agency as a whole"))
        sheet.row([writer.tell(comment.agency), item, kind, comment.text])


def _pairs(sheet: _Sheet, pairs: Iterable[tuple[str, str]]) -> None:
    sheet.head((N_("Name"), N_("Value")), [48, 90])
    for name, value in pairs:
        sheet.row([name, value])


# The library stamps the time of saving into this place, whatever the properties say.
_MODIFIED = re.compile(rb"(?<=<dcterms:modified xsi:type=\"dcterms:W3CDTF\">)[^<]*")


def _same_bytes(data: bytes) -> bytes:
    """Return the file packed again with fixed times, so that equal results are equal files."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, _MODIFIED.sub(_EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), source.read(name)))
    return target.getvalue()
