# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""One worksheet of the workbook: its letters, widths and heights, what stays on screen, and how it is printed."""

import math
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from pmqa_desktop.reports.furniture import PAGE
from pmqa_desktop.reports.models import RoundResults
from pmqa_desktop.reports.sheet_safety import is_formula_like, printable
from pmqa_desktop.reports.words import Writer
from pmqa_desktop.text import N_

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_REHEARSAL = N_("Rehearsal · invented scores")
_FONT = "TH Sarabun New"
_HEAD = Font(name=_FONT, size=14, bold=True, color="14426F")
_BODY = Font(name=_FONT, size=14)
_WARN = Font(name=_FONT, size=14, bold=True, color="854700")
_HEAD_FILL = PatternFill("solid", fgColor="E8EDF2")
_RULE = Border(bottom=Side(style="thin", color="D5DCE4"))
_WRAP = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
_FIGURE = Alignment(horizontal="right", vertical="top", indent=1)
# Not wrapped: it runs on over the empty cells beside it.
_ALONG = Alignment(vertical="top")
# Points per line of the sheet's letters, and the highest row that spreadsheet programs allow.
_LINE, _HIGHEST = 22.0, 409.0
_INDENT = 2.0
_MARGIN, _EDGE = 0.5, 0.3
"""Inches around the printed table, and from head and foot to the paper's edge."""
_SCORE_FORMAT = "0.00"
_A4 = 9
_LONGEST_HEAD = 100


class Score(str):
    """A displayed score, to be written as a number."""

    __slots__ = ()


class Sheet:
    """One worksheet that is filled row by row."""

    def __init__(self, book: Workbook, writer: Writer, results: RoundResults, name: str) -> None:
        """Add an empty sheet with this message as its name; in a rehearsal its first row says so."""
        self.writer, self.results = writer, results
        self._sheet: Worksheet = book.create_sheet(writer.say(name)[:31])
        self._row = 0
        self._widths: tuple[float, ...] = ()
        if results.round.rehearsal:
            self.row([writer.say(_REHEARSAL)], font=_WARN)
            self._sheet["A1"].alignment = _ALONG
        self._set_up_print(writer.say(name))

    def head(self, titles: Iterable[str], widths: Sequence[float], fixed: int = 0) -> None:
        """Write the head of the table, fix it and the first columns on screen, and set the columns' widths."""
        self._widths = tuple(widths)
        self.row([self.writer.say(title) for title in titles], font=_HEAD, fill=_HEAD_FILL)
        for column, width in enumerate(widths, start=1):
            self._sheet.column_dimensions[get_column_letter(column)].width = width
        self._sheet.freeze_panes = f"{get_column_letter(fixed + 1)}{self._row + 1}"
        self._sheet.print_title_rows = f"1:{self._row}"

    def _set_up_print(self, name: str) -> None:
        """Print on A4 sideways, all columns on one page, with the round, the class of secrecy and page numbers."""
        sheet, head = self._sheet, self.results.round
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _A4
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToHeight = 0
        sheet.page_margins = PageMargins(_MARGIN, _MARGIN, 2 * _MARGIN, 2 * _MARGIN, _EDGE, _EDGE)
        title = _literal(f"{self.writer.tell(head.title)} · {name}")
        secrecy = _literal(self.writer.security_class(head))
        pages = self.writer.say(PAGE, page="&P", pages="&N")
        for place, left, right in ((sheet.oddHeader, title, ""), (sheet.oddFooter, "", pages)):
            if place is not None:  # a new sheet has both
                place.left.text, place.center.text, place.right.text = left or None, secrecy or None, right or None

    def row(self, values: Iterable[str | int], font: Font = _BODY, fill: PatternFill | None = None) -> None:
        """Write one row."""
        self._row += 1
        for column, value in enumerate(values, start=1):
            cell = self._sheet.cell(self._row, column)
            _write(cell, value)
            cell.font, cell.border = font, _RULE
            cell.alignment = _WRAP if isinstance(cell.value, str) else _FIGURE
            if fill is not None:
                cell.fill = fill
        self._sheet.row_dimensions[self._row].height = min(self._lines() * _LINE, _HIGHEST)

    def _lines(self) -> int:
        """Return how many lines the longest text of the newest row takes: not every program finds that out itself."""
        texts = ((cell.value, width) for cell, width in zip(self._sheet[self._row], self._widths, strict=False))
        return max((_lines_of(text, width) for text, width in texts if isinstance(text, str)), default=1)


def _lines_of(text: str, width: float) -> int:
    """Return the lines of a text in a column of so many letters; Thai marks stand above and below their letter."""
    room = max(width - _INDENT, 1.0)
    letters = (sum(unicodedata.category(one) != "Mn" for one in line) for line in text.split("\n"))
    return sum(max(1, math.ceil(count / room)) for count in letters)


def _literal(text: str) -> str:
    """Return a text for head or foot, where `&` begins a command and line ends are not wanted."""
    return " ".join(printable(text).split())[:_LONGEST_HEAD].replace("&", "&&")


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
