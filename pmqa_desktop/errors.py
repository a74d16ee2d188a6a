# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The two kinds of trouble a person can be told about; every other exception is a bug of ours.

The core raises codes and fields, never sentences: `pmqa_desktop.messages` words each code in Thai and English.
Codes are kebab-case and stable once released.
"""

from dataclasses import dataclass


class PmqaError(Exception):
    """Carry a code and its fields to whoever words it; `str()` is for logs only."""

    def __init__(self, code: str, **fields: object) -> None:
        """Name the trouble by `code`; `fields` fill the placeholders of its message."""
        super().__init__(code, fields)
        self.code = code
        self.fields = fields

    def __str__(self) -> str:
        told = ", ".join(f"{key}={value!r}" for key, value in self.fields.items())
        return f"{self.code} ({told})" if told else self.code


class Expected(PmqaError):
    """A situation of the user's world: tell it, change nothing, go on."""


class Damage(PmqaError):
    """Stored data is broken: stop writing and offer the backup."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Say why one file, or one document in it, was refused; `where` names the line or field."""

    code: str
    where: str = ""
    fields: tuple[tuple[str, str], ...] = ()


class Refused(Expected):
    """A file of somebody else's is not admitted; nothing of it was stored."""

    def __init__(self, code: str, where: str = "", **fields: object) -> None:
        """Name the refusal by `code` and the place in the file by `where` (for example `line 2`)."""
        super().__init__(code, where=where, **fields)
        self.where = where

    def refusal(self) -> Refusal:
        """Return the same as a value that a report can keep."""
        rest = tuple((key, str(value)) for key, value in self.fields.items() if key != "where")
        return Refusal(self.code, self.where, rest)
