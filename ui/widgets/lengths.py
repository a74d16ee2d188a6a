# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A warning beside a field whose text nears the most that can be signed as one; it never stops the typing."""

from collections.abc import Callable, Iterable

from pmqa_desktop.domain.payload import LONGEST_TEXT
from pmqa_desktop.text import N_, _
from ui.widgets.boxes import Box
from ui.widgets.buttons import Button
from ui.widgets.inputs import Writing
from ui.widgets.labels import IconLabel, WrapLabel

WARNED_SHARE = 75
"""A text is warned of from this share, in percent, of the longest that can be signed."""
_MOST_BYTES = 3
"""The most bytes (UTF-8) of one of the units in which Qt counts a text."""
_NEAR_ENTRY = N_(
    "This entry takes {share} % of what one can hold. Begin a new one by a blank line, or link the page instead of "
    "copying it."
)
_BEYOND_ENTRY = N_(
    "Too long to be signed ({share} %), but saved. Begin a new entry by a blank line, or link the page instead of "
    "copying it."
)
_NEAR = N_("This text takes {share} % of what can be signed as one. Shorten what is not needed.")
_BEYOND = N_("This text is too long to be signed ({share} %). Shorten it.")


def share_of_longest(texts: Iterable[str]) -> int:
    """Return the size of the longest text in percent of the longest that can be signed, rounded up; 0 for none."""
    return max((-(-len(text.encode()) * 100 // LONGEST_TEXT) for text in texts), default=0)


class LengthWarning(Box):
    """Watches a field and tells from 75 % on how long its longest text is, and what to do.

    Where a blank line begins a new text (`parts` is given), that is the advice, and `parts_asked` is called by the
    button that does it.
    """

    def __init__(
        self,
        field: Writing,
        parts: Callable[[str], tuple[str, ...]] | None = None,
        part_longest: Callable[[], object] | None = None,
    ) -> None:
        """Watch `field`.

        Args:
            field: What is typed into.
            parts: Cuts what the field holds into the texts that are signed; the field is one text without it.
            part_longest: Cuts the longest of these texts in two.
        """
        super().__init__("warn", across=True, margins=(10, 3, 6, 3), gap=8)
        self.setObjectName(f"{field.objectName()}-length")
        self._field, self._parts = field, parts
        self._icon = IconLabel("warn", "warn", 18)
        self.words = WrapLabel(" ", "small")
        self.add(self._icon)
        self.add(self.words, stretch=1)
        if part_longest is not None:
            part = Button(_("Part it in two"), f"{field.objectName()}-part", "", size="tight")
            part.clicked.connect(lambda _on=False: part_longest())
            self.add(part)
        field.textChanged.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the share, or nothing while it is small; a short text is not even looked at."""
        share = 0
        if self._field.document().characterCount() * _MOST_BYTES * 100 >= WARNED_SHARE * LONGEST_TEXT:
            text = self._field.toPlainText()
            share = share_of_longest(self._parts(text) if self._parts is not None else (text,))
        if share >= WARNED_SHARE:
            self._tell(share)
        # shown without a parent it would be a window of its own
        if self.parent() is not None or share < WARNED_SHARE:
            self.setVisible(share >= WARNED_SHARE)

    def _tell(self, share: int) -> None:
        over = share > 100
        self.set_kind("err" if over else "warn")
        self._icon.set_icon("err" if over else "warn", "err" if over else "warn")
        near, beyond = (_NEAR_ENTRY, _BEYOND_ENTRY) if self._parts is not None else (_NEAR, _BEYOND)
        self.words.set_text(_(beyond if over else near).format(share=share))
        self.setAccessibleName(self.words.plain())
