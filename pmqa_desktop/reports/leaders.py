# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Fields of an office form: a bold name and what is written on a dotted line behind it (office rules, form 29)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pmqa_desktop.reports.styles import BODY_SIZE, TEXT
from pmqa_desktop.reports.typeset.blocks import Block
from pmqa_desktop.reports.typeset.labels import label, label_width
from pmqa_desktop.reports.typeset.paragraphs import Paragraph, Style
from pmqa_desktop.reports.typeset.pen import Pen, Point

_NAME = Style(BODY_SIZE + 1.5, 21.0, weight="Bold", colour=TEXT)
_VALUE = Style(BODY_SIZE, 21.0, colour=TEXT)
_GAP = 6.0
_DOTS = (0.8, 2.2)
_LONGEST = 400


class Field(NamedTuple):
    """One field: its name, what is written (empty: to be filled in by hand), its share of the line."""

    name: str
    value: str = ""
    share: float = 1.0


@dataclass
class LeaderLine(Block):
    """Fields beside each other; a long value runs on over more dotted lines."""

    fields: Sequence[Field]
    space_before: float = 0.0
    space_after: float = 2.0
    keep_with_next: bool = True

    def _placed(self, width: float) -> list[tuple[Field, float, float, Paragraph]]:
        total = sum(field.share for field in self.fields)
        left, found = 0.0, []
        for field in self.fields:
            whole = width * field.share / total
            found.append((field, left, whole, Paragraph(_cut(field.value) or " ", _VALUE)))
            left += whole
        return found

    def height(self, width: float) -> float:
        """Return the height of the field with the most lines."""
        return max(
            value.height(whole - label_width(field.name, _NAME) - 2 * _GAP)
            for field, _left, whole, value in self._placed(width)
        )

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw names, dots and values."""
        for field, left, whole, value in self._placed(width):
            start = x + left + label_width(field.name, _NAME) + _GAP
            room = x + left + whole - start - _GAP
            label(pen, field.name, _NAME, Point(x + left, top - 14.5))
            for line in range(round(value.height(room) / _VALUE.leading)):
                base = top - 17.5 - line * _VALUE.leading
                pen.line(Point(start - 2, base), Point(start + room + 2, base), TEXT, 0.7, _DOTS)
            value.draw(pen, start, top, room)


def _cut(text: str) -> str:
    """Return a text that a form can hold: lines of a form are not carried over to another page."""
    return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + "…"
