# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Texts in spreadsheets: a cell that a spreadsheet program would take for a formula must stay a text.

Source: OWASP, CSV Injection. A text is dangerous when it begins with `=`, `+`, `-`, `@`, a tab or a line end, also
behind blanks, because some programs trim what they read.
"""

import re

_FORMULA = re.compile(r"[\s\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20|]|[\t\r\n]")
# XML 1.0 has no way to write these; a workbook with one of them does not open.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MAX_CELL = 32_767
_CUT = " […]"


def is_formula_like(text: str) -> bool:
    """Tell whether a spreadsheet program could take the text for a formula or a command."""
    return _FORMULA.match(text) is not None


def printable(text: str) -> str:
    """Return the text with the characters that XML cannot hold told by their code, cut to the longest cell there is."""
    told = _NOT_IN_XML.sub(lambda match: f"[U+{ord(match.group()):04X}]", text.replace("\r\n", "\n"))
    return told if len(told) <= MAX_CELL else told[: MAX_CELL - len(_CUT)] + _CUT


def csv_text(text: str) -> str:
    """Return the text for a CSV cell: what looks like a formula gets an apostrophe before it."""
    told = printable(text)
    return f"'{told}" if is_formula_like(told) else told
