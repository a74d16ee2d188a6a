# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What the scoring screen decides by itself: which layout for a width, and what its heading says."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pmqa_desktop.domain.answers import CommentKind
from pmqa_desktop.domain.documents import Agency
from pmqa_desktop.services.evaluation.scoring import AgencyWork
from pmqa_desktop.text import _, current_language
from pmqa_desktop.thai import format_date

Mode = Literal["wide", "normal", "narrow", "small"]
Side = Literal["", "find", "history", "entries", "remarks"]
"""What is open beside the editor, empty for nothing."""


def mode_of(em_width: int) -> Mode:
    """Return the layout for a width in pixels at 100 % text size (docs/design: scaling and reflow)."""
    if em_width >= 1600:
        return "wide"
    if em_width >= 1250:
        return "normal"
    return "narrow" if em_width >= 900 else "small"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is in the sheet: item, point and field; what is open beside it, and the words looked for there.

    `large` tells that the words have all the room.
    """

    item: str
    point: str
    kind: CommentKind
    side: Side = ""
    words: str = ""
    everywhere: bool = False
    large: bool = False


def session_words(agency: Agency) -> str:
    """Return how and when the evaluation of an agency takes place; empty while that is not known."""
    if agency.session is None:
        return ""
    how = _("online") if agency.session.mode == "online" else _("on site")
    try:
        day = datetime.fromisoformat(agency.session.date).date()
    except ValueError:
        return how
    return f"{how} {format_date(day, current_language(), 'short')}"


def signed_words(work: AgencyWork) -> str:
    """Tell that a revision is signed already; empty before the first."""
    if not work.signed_seq:
        return ""
    return _("revision {n} is signed; a change makes the next one").format(n=work.signed_seq)


def first_focusable(pane: QWidget) -> QWidget | None:
    """Return the first part of a pane that takes the cursor by Tab."""
    inside = [pane, *pane.findChildren(QWidget)]
    tab = Qt.FocusPolicy.TabFocus
    return next((one for one in inside if one.isVisible() and one.isEnabled() and one.focusPolicy() & tab == tab), None)
