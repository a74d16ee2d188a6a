# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A key's fingerprint beside what its owner tells: groups are typed, or all sixteen are ticked as the same."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from pmqa_desktop.errors import Expected
from pmqa_desktop.services.rounds.enrolling import Enrolled
from pmqa_desktop.text import _
from ui.errors import worded
from ui.screens.export_box import Fingerprint
from ui.screens.round_setup.parts import line
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Field, MarkRow, Tick
from ui.widgets.labels import Label, WrapLabel


class CompareBox(Box):
    """`compare` takes the enrolment and the groups, and raises Expected when they are another key's."""

    def __init__(self, enrolled: Enrolled, number: int, compare: Callable[[Enrolled, str], None]) -> None:
        """Show the fingerprint, and how to compare it while nobody has."""
        super().__init__(gap=8)
        self._one, self._compare = enrolled, compare
        self.add(Label(_("Fingerprint of the key"), "small", 600), Fingerprint(enrolled.fingerprint))
        if enrolled.compared:
            self.add(line("ok", "ok", _("A person compared this key with its owner."), weight=600))
            return
        self.add(WrapLabel(
            _("Call the owner on a number that you know, and let the owner read two or more groups from the own screen "
              "or paper: type them here."), "small", 400, "text2"))  # fmt: skip
        self.typed = Field(f"compare-groups-{number}", _("Groups told by the owner"), "", "ABCD 1234", limit=120)
        self.typed.returnPressed.connect(self._ask)
        self.go = Button(_("Compare"), f"compare-{number}", "primary", "check")
        self.go.clicked.connect(self._ask)
        across = row(gap=8)
        across.add(self.typed, stretch=1)
        across.add(self.go)
        self.tick = Tick(f"compare-all-{number}", _("I compared all sixteen groups: they are the same"))
        self.tick.clicked.connect(lambda on: self._try(" ".join(enrolled.fingerprint)) if on else None)
        self.trouble = WrapLabel("", "small", 600, "warn")
        self.trouble.setObjectName(f"compare-trouble-{number}")
        self.trouble.hide()
        self.add(across, MarkRow(self.tick, self.tick.accessibleName()), self.trouble)

    def _ask(self) -> None:
        self._try(self.typed.text().strip())

    def _try(self, typed: str) -> None:
        try:
            self._compare(self._one, typed)
        except Expected as error:
            self.trouble.set_text(worded(error))
            self.trouble.show()
            self.typed.selectAll()
            self.typed.setFocus(Qt.FocusReason.OtherFocusReason)
