# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Where a person was reading: per agency the paper at hand, per paper its page and size. It stays on this laptop."""

from collections.abc import Mapping

import msgspec

from pmqa_desktop.services.session import Session

_MOST_PAPERS = 200


class ReadingPlace(msgspec.Struct, frozen=True):
    """A page (from 1), a size in percent of the view's width, and whether it is shown as large as on paper."""

    page: int = 1
    zoom: int = 100
    actual: bool = False


class Reading(msgspec.Struct, frozen=True):
    """Where the papers of one agency were left: the digest of the paper at hand, and each paper's place."""

    paper: str = ""
    places: Mapping[str, ReadingPlace] = {}


class ReadingService:
    """Remember where somebody was reading, also over a restart."""

    def __init__(self, session: Session) -> None:
        """Keep it in an open workspace."""
        self._session = session

    def of(self, agency: str) -> Reading:
        """Return where the papers of an agency were left; what cannot be read is forgotten."""
        kept = self._session.meta.get(f"reading:{agency}")
        try:
            return msgspec.json.decode(kept, type=Reading) if kept else Reading()
        except msgspec.MsgspecError:
            return Reading()

    def keep(self, agency: str, paper: str, place: ReadingPlace) -> None:
        """Remember the place in a paper, which is the one at hand now."""
        before = self.of(agency)
        places = {digest: one for digest, one in before.places.items() if digest != paper}
        places = dict(list(places.items())[-(_MOST_PAPERS - 1) :])
        now = Reading(paper, {**places, paper: place})
        if now != before:
            self._session.meta.set(f"reading:{agency}", msgspec.json.encode(now).decode())
