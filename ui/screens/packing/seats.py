# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The seats of the round, what each one's pack would hold, and what became of it."""

from collections.abc import Mapping, Sequence

from pmqa_desktop import messages
from pmqa_desktop.services.packing.service import PackLine, SeatWork
from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.text import N_, _, pick
from ui import theme
from ui.drives import size_words
from ui.widgets.boxes import Box, Rule, row
from ui.widgets.labels import ElideLabel, IconLabel, Label, WrapLabel

_SHOWN: Mapping[str, tuple[str, str, str]] = {
    "written": ("ok", "ok", N_("written and read back")),
    "failed": ("err", "err", N_("not written")),
    "unchanged": ("dash", "text2", N_("nothing new for this seat")),
    "open": ("none", "warn", N_("not begun")),
}


class SeatsCard(Box):
    """One line per seat: title, office, agencies and papers, size; afterwards the file's name or why there is none."""

    def __init__(self, seen: RoundInfo) -> None:
        """Start empty."""
        super().__init__("card", margins=(20, 12, 20, 14), gap=6)
        self._offices = {one.person: pick(one.office_th, one.office_en) for one in seen.roster.persons}
        self._total = Label("", "small", 600, "text2")
        head = row(gap=10)
        head.add(Label(_("Packs, one for each seat"), "h2", 600), stretch=1)
        head.add(self._total)
        self._room = Box(gap=6)
        self.works: tuple[SeatWork, ...] = ()
        self.add(head, self._room)

    @property
    def to_write(self) -> tuple[SeatWork, ...]:
        """Return the seats that this sending has something for."""
        return tuple(one for one in self.works if not one.unchanged)

    def show_works(self, works: Sequence[SeatWork]) -> None:
        """Show what would be written."""
        self.works = tuple(works)
        self._room.clear()
        size = sum(one.size for one in self.to_write)
        self._total.setText(_("Packs: {n} · {size}").format(n=len(self.to_write), size=size_words(size)))
        for work in works:
            self._room.add(Rule(), self._line(work))

    def show_lines(self, lines: Sequence[PackLine]) -> None:
        """Show what became of each seat."""
        done = [line for line in lines if line.outcome == "written"]
        self._room.clear()
        size = size_words(sum(file.size for line in done for file in line.files))
        self._total.setText(_("Packs: {n} · {size}").format(n=len(done), size=size))
        for line in lines:
            self._room.add(Rule(), self._outcome(line))

    def _line(self, work: SeatWork) -> Box:
        if work.unchanged:
            state = _("nothing new for this seat")
        elif work.needs_reason:
            state = _("takes the place of assignment number {n}").format(n=work.sent)
        else:
            state = _("assignment number {n}, once more").format(n=work.sent) if work.sent else _("first pack")
        told = _("Agencies: {agencies} · papers: {papers} · {state}").format(
            agencies=len(work.agencies), papers=work.papers, state=state
        )
        icon = "dash" if work.unchanged else "file"
        right = "–" if work.unchanged else size_words(work.size)
        return self._row(f"seat-{work.seat}", icon, "text2", (work.title_th, work.title_en), work.person, told, right)

    def _outcome(self, line: PackLine) -> Box:
        icon, ink, words = _SHOWN[line.outcome]
        told = " · ".join(one.path.name for one in line.files) or _(words)
        right = size_words(sum(one.size for one in line.files)) if line.files else ""
        box = self._row(f"seat-{line.seat}", icon, ink, (line.title_th, line.title_en), line.person, told, right)
        if line.refusal is None:
            return box
        return Box(gap=2).add(box, WrapLabel(messages.word_refusal(line.refusal), "small", 600, "err"))

    def _row(self, name: str, icon: str, ink: str, title: tuple[str, str], person: str, told: str, right: str) -> Box:
        shown = pick(*title) or person
        office = self._offices.get(person, "")
        line = Box(across=True, gap=10)
        line.setObjectName(name)
        line.add(IconLabel(icon, ink, 20))
        head = f"{shown} · {office}" if office and office != shown else shown
        line.add(Box(gap=0).add(ElideLabel(head, "body", 600), ElideLabel(told, "small", 400, "text2")), stretch=1)
        size = Label(right, "small", 600, "text2")
        size.setMinimumWidth(theme.px(70))
        line.add(size)
        line.setAccessibleName(f"{head}: {told} {right}".strip())
        return line
