# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Words of one report: its language, its digits, and how dates, years, scores and codes are written in it.

Numbers, names and titles follow the chosen digits; texts that people wrote are printed as they were signed.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from pmqa_desktop.reports.models import Options, RoundHead, Words
from pmqa_desktop.text import N_, translator
from pmqa_desktop.thai import BUDDHIST_ERA, DateStyle, format_date, format_time, format_year, with_digits

_NUMBER = re.compile(r"(?P<latin>[A-Za-z][A-Za-z.&-]*[ \u00a0-]?)?[0-9][0-9.,]*")
# The classes of the rules on official secrets (พ.ศ. 2544); a round may set another word.
_SECURITY_CLASSES = {"ลับ": N_("Confidential"), "ลับมาก": N_("Secret"), "ลับที่สุด": N_("Top secret")}
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
        """Return a name, title or text of the round and its criteria.

        Its numbers follow the digits too, but for those that belong to a Latin word (`PMQA 4.0`, `Q2`).
        """
        told = words.told(self.options.language)
        if not self.thai or self.options.digits != "thai":
            return told
        return _NUMBER.sub(lambda match: match[0] if match["latin"] else with_digits(match[0], "thai"), told)

    def number(self, text: object) -> str:
        """Return a number, score or code in the digits of the report."""
        return with_digits(str(text), self.options.digits) if self.thai else str(text)

    def score(self, text: str) -> str:
        """Return a score, or a dash where there is none."""
        return self.number(text) if text else "–"

    def security_class(self, head: RoundHead) -> str:
        """Return the round's class of secrecy; an English report words a usual one, with the Thai word that counts."""
        told = head.confidentiality
        if self.thai or told not in _SECURITY_CLASSES:
            return told
        return f"{self.say(_SECURITY_CLASSES[told])} ({told})"

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

    def year_result(self, text: str) -> str:
        """Return an earlier result such as `2562=81.5` as `2562: 81.5`; English counts the common era."""
        year, equals, result = text.partition("=")
        if not equals:
            return self.number(text)
        if not self.thai and year.isascii() and year.isdecimal() and len(year) == 4:
            year = str(int(year) - BUDDHIST_ERA)
        return self.number(f"{year}: {result}")
