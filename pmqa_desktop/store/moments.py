# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Moments as the file keeps them: ISO 8601 in UTC, with microseconds, so that texts sort as moments do."""

from datetime import UTC, datetime


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
