# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What a panel's screens show: seats, matrix, items, themes, outlook."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pmqa_desktop.domain.answers import Answer, CommentKind
from pmqa_desktop.domain.documents import (
    Agency,
    MergedComment,
    Seat,
    SettledItem,
)
from pmqa_desktop.domain.scoring import SheetScore

SeatState = Literal["awaited", "received", "recused", "held", "conflict"]


@dataclass(frozen=True, slots=True)
class PanelSeat:
    """One seat of a panel and what has come from it."""

    seat: Seat
    state: SeatState
    seq: int


@dataclass(frozen=True, slots=True)
class PanelAgency:
    """One agency of a panel of mine; `blocked` is the code of what keeps the reveal from being signed."""

    agency: Agency
    seats: tuple[PanelSeat, ...]
    chair: bool
    own_signed: bool
    revealed: bool
    consensus_seq: int
    consensus_digest: str
    stale: bool
    blocked: str | None


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One item across the seats; `over` when the difference calls for talk under the round's settings."""

    item: str
    scores: tuple[Fraction | None, ...]
    levels: tuple[str | None, ...]
    spread: Fraction | None
    over: bool
    is_settled: bool
    settled: Fraction | None
    reason: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Items by seats, the agenda first; `quorum` is (scored sheets in force, sheets needed)."""

    seats: tuple[Seat, ...]
    rows: tuple[MatrixRow, ...]
    settled: int
    to_settle: int
    quorum: tuple[int, int]


@dataclass(frozen=True, slots=True)
class PanelComment:
    """A member's text on an item, with the sheet it stands in."""

    person: str
    seat: Seat
    kind: CommentKind
    text: str
    sheet: str
    adopted: bool


@dataclass(frozen=True, slots=True)
class PanelItem:
    """All that the table needs on one item; `answers` and `scores` follow the matrix' seats.

    `draft` is what the chair typed and has not confirmed yet.
    """

    item: str
    answers: tuple[Answer | None, ...]
    scores: tuple[Fraction | None, ...]
    proposal: Answer
    settled: SettledItem | None
    draft: SettledItem | None
    reason_needed: bool
    comments: tuple[PanelComment, ...]
    merged: tuple[MergedComment, ...]


@dataclass(frozen=True, slots=True)
class PanelThemes:
    """The key themes by kind in their order, and the items' feedback texts from which a chair draws them."""

    written: Mapping[CommentKind, tuple[str, ...]]
    texts: tuple[MergedComment, ...]

    @property
    def count(self) -> int:
        """How many themes are written."""
        return sum(len(texts) for texts in self.written.values())


@dataclass(frozen=True, slots=True)
class PanelOutlook:
    """The agency's score if the open items went as proposed; `provisional` while any is open."""

    score: SheetScore
    provisional: bool
    unsettled: tuple[str, ...]
    quorum: tuple[int, int]
    missing: tuple[Seat, ...]
