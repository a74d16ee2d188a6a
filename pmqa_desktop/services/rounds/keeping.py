# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Which documents stay: what is kept when a key or a chair goes, and what a closing roster accepts.

The choice is made once, by a person, from what the registry holds at that moment; the roster then lists the
digests, so that a thief who signs in the past with a stolen key changes nothing.
"""

from pmqa_desktop.domain.rights import AFTER_CLOSING, BY_CHAIR
from pmqa_desktop.services.exchange.checking import FINE
from pmqa_desktop.services.session import Session


def signed_with(session: Session, key: str) -> tuple[str, ...]:
    """Return the documents here that a key signed and with which nothing is wrong now, sorted."""
    status = session.view().status
    found = (fact.digest for fact in session.facts().values() if fact.key == key)
    return tuple(sorted(digest for digest in found if status.get(digest) in FINE))


def led_by(session: Session, agency: str, chair: str) -> tuple[str, ...]:
    """Return the reveals and consensus documents of an agency that one chair signed, stale ones too, sorted."""
    status = session.view().status
    found = (
        fact.digest
        for fact in session.facts().values()
        if fact.kind in BY_CHAIR and fact.agency == agency and fact.person == chair
    )
    return tuple(sorted(digest for digest in found if status.get(digest) in FINE | {"stale"}))


def acceptable(session: Session) -> tuple[str, ...]:
    """Return what a closing roster accepts: every document with which nothing is wrong, sorted.

    Rosters, extracts and enrolments count after the closing too and need no accepting.
    """
    status = session.view().status
    found = (fact.digest for fact in session.facts().values() if fact.kind not in AFTER_CLOSING)
    return tuple(sorted(digest for digest in found if status.get(digest) in FINE))
