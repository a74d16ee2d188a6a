# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""What long work shows while it runs: a sentence, a bar, and a button to stop it."""

from pmqa_desktop.text import _
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.labels import ElideLabel
from ui.widgets.scores import ProgressBar


class Running(Box):
    """A sentence and a bar; `stop` is the button, disabled once it was pressed."""

    def __init__(self, words: str, name: str) -> None:
        """Begin with `words`; the button's object name is `name`."""
        super().__init__(gap=4)
        self.words = ElideLabel(words, "small")
        self.bar = ProgressBar(0, 1, 8)
        self.stop = Button(_("Stop"), name, "", "cross")
        self.stop.clicked.connect(self._stopping)
        line = row(gap=10)
        line.add(Box(gap=4).add(self.words, self.bar), stretch=1)
        line.add(self.stop)
        self.add(line)

    def show_step(self, done: int, of: int, words: str = "") -> None:
        """Show how far the work is; `of` is 0 while unknown."""
        self.bar.set_progress(done, max(1, of))
        if words and self.stop.isEnabled():
            self.words.set_text(words)

    def _stopping(self) -> None:
        self.stop.setEnabled(False)
        self.words.set_text(_("Stopping…"))
