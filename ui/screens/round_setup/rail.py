# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The steps at the left, each with its state in a shape and a word."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal

from ui import theme
from ui.widgets.boxes import Box, Scroll, row
from ui.widgets.buttons import Button
from ui.widgets.labels import IconLabel, Label

RAIL_WIDTH = 238


@dataclass(frozen=True, slots=True)
class StepState:
    """How a step stands: icon, ink, words."""

    icon: str
    ink: str
    words: str


class StepRail(Box):
    """A numbered list of steps; `chosen` carries the step's name."""

    chosen = Signal(str)

    def __init__(self, steps: Sequence[tuple[str, str]], *, numbered: bool = True) -> None:
        """Show `steps` by name and title; without numbers they are things to choose from and have no state at first."""
        super().__init__("plain", gap=0)
        self.setObjectName("setup-rail")
        self.setFixedWidth(theme.px(RAIL_WIDTH))
        self._buttons: dict[str, Button] = {}
        self._states: dict[str, Box] = {}
        self._marks: dict[str, tuple[IconLabel, Label]] = {}
        inside = Box("plain", margins=(0, 8, 0, 8), gap=0)
        for number, (step, title) in enumerate(steps, 1):
            button = Button(f"{number}  {title}" if numbered else title, f"step-{step}", "row")
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, step=step: self._ask(step))
            mark, words = IconLabel("none", "text2", 16), Label("", "micro", 400, "text2")
            state = row(26, mark, words, None, gap=6)
            inside.add(button, state, 6)
            if not numbered:
                state.hide()
            self._buttons[step], self._marks[step], self._states[step] = button, (mark, words), state
        inside.body.addStretch(1)
        self.add(Scroll(inside, "setup-rail-scroll"), stretch=1)

    def _ask(self, step: str) -> None:
        self._buttons[step].setChecked(True)
        self.chosen.emit(step)

    def tell(self, step: str, state: StepState) -> None:
        """Show how a step stands."""
        mark, words = self._marks[step]
        mark.set_icon(state.icon, state.ink)
        words.set_ink(state.ink)
        words.setText(state.words)
        self._states[step].setHidden(False)
        button = self._buttons[step]
        button.setAccessibleName(f"{button.text()} · {state.words}")

    def focus(self, step: str) -> None:
        """Put the cursor on a step."""
        self._buttons[step].setFocus()

    def set_current(self, step: str) -> None:
        """Mark the step that is shown."""
        for name, button in self._buttons.items():
            button.setChecked(name == step)
