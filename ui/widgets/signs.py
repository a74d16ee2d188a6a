# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Signs of state in a word, a shape and a tint: pills, banners, empty states, and the states of the program."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from pmqa_desktop.text import N_
from ui import theme
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.labels import IconLabel, Label, WrapLabel

Tone = Literal["ok", "warn", "err", "info", "held"]


@dataclass(frozen=True, slots=True)
class Sign:
    """How a state looks: an icon, a word (a message id) and the token of its ink."""

    icon: str
    word: str
    ink: str


SIGNS: dict[str, Sign] = {
    "complete": Sign("ok", N_("complete"), "ok"),
    "received": Sign("ok", N_("received"), "ok"),
    "begun": Sign("part", N_("scoring"), "text2"),
    "empty": Sign("none", N_("not begun"), "text2"),
    "awaited": Sign("none", N_("awaited"), "text2"),
    "missing": Sign("warn", N_("missing"), "warn"),
    "late": Sign("warn", N_("overdue"), "warn"),
    "held": Sign("held", N_("held"), "held"),
    "conflict": Sign("swap", N_("conflict"), "err"),
    "refused": Sign("err", N_("refused"), "err"),
    "recused": Sign("dash", N_("recused"), "text2"),
    "uncounted": Sign("lock", N_("not counted yet"), "text2"),
    "rehearsal": Sign("flag", N_("rehearsal"), "on_amber"),
    "dissent": Sign("flag", N_("dissent"), "held"),
}


class Pill(Box):
    """A rounded tint with a word and, mostly, a shape."""

    def __init__(self, text: str, tone: str = "info", icon: str = "", weight: int = 600) -> None:
        """Show `text`; `tone` names the ink, its tint is `<tone>_bg` (`amber` is the rehearsal's)."""
        super().__init__(across=True, margins=(9, 1, 9, 1), gap=5)
        self._tint = "amber" if tone == "amber" else f"{tone}_bg"
        ink = "on_amber" if tone == "amber" else tone
        if icon:
            self.add(IconLabel(icon, ink, 15))
        self.label = Label(text, "micro", weight, ink)
        self.add(self.label)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tint."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self._tint))
        radius = min(theme.px(13), self.height() / 2)
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)


class Banner(Box):
    """A tint with a bar, an icon, a bold sentence, a plain one, and at most one filled button; stays until solved."""

    def __init__(
        self,
        tone: Tone,
        title: str,
        text: str = "",
        *,
        icon: str = "",
        action: Button | None = None,
        big: bool = False,
    ) -> None:
        """Say `title` and `text`; `icon` replaces that of the tone."""
        super().__init__(tone, across=True, margins=(14, 8, 14, 8), gap=10)
        self.add(IconLabel(icon or {"held": "held"}.get(tone, tone), tone, 30 if big else 22))
        words = Box(gap=0)
        self.title = WrapLabel(title, "h2" if big else "body", 700, tone)
        self.text = WrapLabel(text, "small")
        words.add(self.title)
        if text:
            words.add(self.text)
        self.add(words, stretch=1)
        if action is not None:
            self.add(action)
        self.setAccessibleName(f"{title} {text}".strip())


class EmptyState(Box):
    """Why a place is empty in one sentence, and the buttons that fill it."""

    def __init__(self, icon: str, sentence: str, *actions: Button | None) -> None:
        """Show icon, sentence and the buttons in the middle of the room."""
        super().__init__(margins=24, gap=12)
        middle = Qt.AlignmentFlag.AlignHCenter
        self.body.addStretch(1)
        self.add(IconLabel(icon, "text2", 34), align=middle)
        self.label = WrapLabel(sentence, "body", 400, "text2", middle)
        self.add(self.label)
        buttons = [action for action in actions if action is not None]
        if buttons:
            self.add(row(*buttons, gap=10), align=middle)
        self.body.addStretch(1)


def state_row(icon: str, text: str, ink: str = "text2", size: theme.Size = "small", weight: int = 400) -> Box:
    """Return a shape and its word beside each other."""
    return row(IconLabel(icon, ink, 16), Label(text, size, weight, ink), gap=6)
