# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Decimals as strings: the one way from written digits to an exact Fraction, so that no float ever appears."""

import re
from fractions import Fraction

from pmqa_desktop.errors import Expected

_DECIMAL = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?")


def decimal(text: str) -> Fraction:
    """Return the exact value of a decimal such as `"85.0"` or `"-3"`.

    At most 15 digits before and 9 after the point; Arabic digits, no thousands sign, exponent or blanks
    (domain/pmqa.md section 7: decimals travel as strings). Raises Expected `decimal-invalid`.
    """
    if not _DECIMAL.fullmatch(text):
        raise Expected("decimal-invalid", found=text[:80])
    return Fraction(text)


def number(value: int | str) -> Fraction:
    """Return an edition's number, an integer or a decimal string, exactly."""
    return decimal(value) if isinstance(value, str) else Fraction(value)
