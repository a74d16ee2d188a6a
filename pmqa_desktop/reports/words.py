# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Words of one report: its language, its digits, and how dates, years, scores and codes are written in it.

Only what the program itself writes follows the chosen digits. Texts of the data are printed as they were signed.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from pmqa_desktop.reports.models import Options, Words
from pmqa_desktop.text import translator
from pmqa_desktop.thai import DateStyle, format_date, format_time, format_year, with_digits

_THAILAND = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class Writer:
    """Says everything in the language and digits of one report."""

    options: Options

    @property
    def thai(self) -> bool:
        """Whether the report is in Thai."""
        return self.options.language == "th"

    def say(self, message: str, **fields: object) -> str:
        """Return a message of the catalogue with its fields filled; numbers among them follow the digits."""
        text = translator(self.options.language)(message)
        if not fields:
            return self.number(text)
        return text.format(
            **{key: self.number(str(value)) if isinstance(value, int) else value for key, value in fields.items()}
        )

    def tell(self, words: Words) -> str:
        """Return a text of the data."""
        return words.told(self.options.language)

    def number(self, text: object) -> str:
        """Return a number, score or code in the digits of the report."""
        return with_digits(str(text), self.options.digits) if self.thai else str(text)

    def score(self, text: str) -> str:
        """Return a score, or a dash where there is none."""
        return self.number(text) if text else "–"

    def date(self, day: date, style: DateStyle = "long") -> str:
        """Return a date in words."""
        return format_date(day, self.options.language, style, self.options.digits)

    def time(self, moment: datetime) -> str:
        """Return the time of day."""
        return format_time(moment, self.options.language, self.options.digits)

    def year(self, year_be: int) -> str:
        """Return a year given in the Buddhist era."""
        return format_year(year_be, self.options.language, self.options.digits)

    def local(self, moment: datetime) -> str:
        """Return a moment's date and time of day in Thailand, which has one time zone and no summer time."""
        here = moment.astimezone(_THAILAND)
        return f"{self.date(here)} {self.time(here)}"
