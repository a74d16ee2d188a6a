# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The round's workbook (XLSX): results, items, panel matrix, comments, settings, provenance.

Scores are written as numbers only to be sorted and filtered; the text beside them is the displayed score. Texts of
other people are never formulas (`sheet_safety`), and the file is the same byte for byte for the same results.
"""

import re
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO

from openpyxl import Workbook

from pmqa_desktop.reports.models import AgencyResult, ItemResult, Options, RoundResults, Words
from pmqa_desktop.reports.parts import RESULT_STATES
from pmqa_desktop.reports.sheet_safety import printable
from pmqa_desktop.reports.words import Writer
from pmqa_desktop.reports.worksheet import Score, Sheet
from pmqa_desktop.text import N_

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
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_ZIP_TIME = (2000, 1, 1, 0, 0, 0)


def render(results: RoundResults, options: Options) -> bytes:
    """Return the workbook's file."""
    writer = Writer(Options(options.language))
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    _results(Sheet(book, writer, results, N_("Results")))
    _items(Sheet(book, writer, results, N_("Items")))
    _matrix(Sheet(book, writer, results, N_("Panel matrix")))
    _comments(Sheet(book, writer, results, N_("Comments")))
    _pairs(Sheet(book, writer, results, N_("Settings")), results.settings)
    _pairs(Sheet(book, writer, results, N_("Provenance")), results.provenance)
    book.properties.title = printable(writer.tell(results.round.title))
    book.properties.creator = "PMQA Desktop"
    book.properties.created = book.properties.modified = _EPOCH
    target = BytesIO()
    book.save(target)
    return _same_bytes(target.getvalue())


def _results(sheet: Sheet) -> None:
    results, writer = sheet.results, sheet.writer
    codes = _codes(category.code for agency in results.agencies for category in agency.categories)
    titles = [N_("Rank"), N_("Agency"), N_("Ministry"), N_("Total score"), N_("Level"), N_("State"), N_("Awards")]
    named = [writer.say(title) for title in titles]
    named += [writer.say(N_("Category {code}"), code=code) for code in codes]
    sheet.head(named, [8, 34, 20, 11, 21, 16, 30, *[12] * len(codes)], fixed=2)
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


def _items(sheet: Sheet) -> None:
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
    sheet.head(titles, [32, 11, 9, 48, 11, 22, 16, 34])
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


def _matrix(sheet: Sheet) -> None:
    writer = sheet.writer
    most = max((len(row.scores) for agency in sheet.results.agencies for row in agency.matrix), default=0)
    named = [writer.say(title) for title in (N_("Agency"), N_("Item"), N_("Title"))]
    named += [writer.say(N_("Seat {number}"), number=number) for number in range(1, most + 1)]
    named += [writer.say(title) for title in (N_("Spread"), N_("Settled score"), N_("Reason"))]
    sheet.head(named, [30, 9, 42, *[11] * most, 10, 12, 50])
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


def _comments(sheet: Sheet) -> None:
    writer = sheet.writer
    sheet.head((N_("Agency"), N_("Item"), N_("Kind"), N_("Text")), [32, 16, 22, 96])
    for comment in sheet.results.comments:
        kind = writer.say(COMMENT_KINDS.get(comment.kind, comment.kind))
        item = comment.item or writer.say(N_("The agency as a whole"))
        sheet.row([writer.tell(comment.agency), item, kind, comment.text])


def _pairs(sheet: Sheet, pairs: Iterable[tuple[Words, Words]]) -> None:
    sheet.head((N_("Name"), N_("Value")), [60, 90])
    for name, value in pairs:
        sheet.row([sheet.writer.tell(name), sheet.writer.tell(value)])


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
