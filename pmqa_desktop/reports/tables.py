# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The results table as CSV: UTF-8 with a byte order mark and CRLF, as spreadsheet programs expect (RFC 4180)."""

import csv
from io import StringIO

from pmqa_desktop.reports.models import AgencyResult, Options, RoundResults
from pmqa_desktop.reports.parts import RESULT_STATES
from pmqa_desktop.reports.sheet_safety import csv_text
from pmqa_desktop.reports.words import Writer
from pmqa_desktop.text import N_

_BOM = "\ufeff"
_COLUMNS = (
    N_("Rank"), N_("Agency id"), N_("Agency"), N_("Ministry"), N_("Total score"),
    N_("Level"), N_("State"), N_("Rehearsal"),
)  # fmt: skip


def render(results: RoundResults, options: Options) -> bytes:
    """Return the table: one row per agency, a column per category behind the total's columns."""
    writer = Writer(Options(options.language))
    codes = list(dict.fromkeys(category.code for agency in results.agencies for category in agency.categories))
    target = StringIO(newline="")
    rows = csv.writer(target, lineterminator="\r\n")
    heads = [writer.say(column) for column in _COLUMNS]
    heads += [writer.say(N_("Category {code}"), code=code) for code in codes]
    rows.writerow([csv_text(head) for head in heads])
    for agency in results.agencies:
        rows.writerow([csv_text(value) for value in _row(writer, results, agency, codes)])
    return (_BOM + target.getvalue()).encode("utf-8")


def _row(writer: Writer, results: RoundResults, agency: AgencyResult, codes: list[str]) -> list[str]:
    outcome = agency.outcome
    scores = {category.code: category.score for category in agency.categories}
    return [
        agency.rank,
        agency.agency.agency,
        writer.tell(agency.agency.name),
        agency.agency.ministry,
        outcome.total,
        writer.tell(outcome.level),
        writer.say(RESULT_STATES[outcome.state]),
        writer.say(N_("yes")) if results.round.rehearsal else writer.say(N_("no")),
        *(scores.get(code, "") for code in codes),
    ]
