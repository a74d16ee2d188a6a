# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Moments as the file keeps them: ISO 8601 in UTC, with microseconds, so that texts sort as moments do."""

from datetime import UTC, datetime

_FIRST_YEAR, _LAST_YEAR = 1970, 9000


def stamp(at: datetime) -> str:
    """Return an aware moment as text.

    Raises:
        ValueError: `at` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """Return the moment that `stamp` wrote."""
    return datetime.fromisoformat(text)


def foreign_moment(text: str) -> datetime:
    """Return a moment out of a file that anybody may have made: one that every time zone of the world can show.

    Raises:
        ValueError: it is none, it has no time zone, or no clock of a laptop could have shown it.
    """
    found = moment(text)
    if found.tzinfo is None or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise ValueError("not a moment of a laptop's clock")
    return found
