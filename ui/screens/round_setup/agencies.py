# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Fifth step: the agencies, typed or pasted from a spreadsheet, with their committees where it has them."""

from functools import partial

from msgspec.structs import replace

from pmqa_desktop.domain.documents import Agency
from pmqa_desktop.domain.payload_rules import is_id
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.rounds.agency_table import RowTrouble, read_agencies
from pmqa_desktop.text import _, pick
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.screens.round_setup.desk import DraftDesk
from ui.screens.round_setup.page import Page
from ui.screens.round_setup.parts import Entry, PasteBox, PickList, columns_of, pair, text_field
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.labels import WrapLabel
from ui.widgets.signs import Banner, EmptyState


class AgenciesPage(Page):
    """A list of agencies and the one chosen."""

    def __init__(self, desk: DraftDesk, chooser: Chooser, choice: str = "") -> None:
        """Show the step."""
        super().__init__(desk, chooser, choice)
        self.setObjectName("agencies-page")
        self._pasting = False
        self.pasted: PasteBox | None = None
        self._left: tuple[str, tuple[RowTrouble, ...]] | None = None
        self._told = ""
        self.build()

    def build(self) -> None:
        """Fill the page."""
        self.head(
            _("Agencies"),
            _("Paste them from a spreadsheet, with chair and evaluators if it has them, or type them one by one."),
        )
        agencies = self.desk.plan.agencies
        self.add(self._acts(first=not agencies))
        if self._told:
            self.add(Banner("ok", self._told))
        if self._pasting:
            self.add(self._paste())
        if not agencies:
            if not self._pasting:
                self.add(
                    EmptyState("folder", _("No agency is entered yet. Paste a table, or add the first one.")), stretch=1
                )
            self.body.addStretch(1)
            return
        codes = [one.agency for one in agencies]
        if self.choice not in codes:
            self.choice = codes[0]
        entries = [self._entry(one) for one in agencies]
        picked = PickList("agency", entries, self.choice)
        picked.chosen.connect(self.choose)
        detail = self._detail(next(one for one in agencies if one.agency == self.choice))
        self.add(columns_of(picked, detail, narrow=self.desk.narrow), stretch=1)

    def _acts(self, *, first: bool) -> Box:
        paste = Button(_("Paste a table"), "paste-agencies", "primary" if first else "", "list")
        paste.setCheckable(True)
        paste.setChecked(self._pasting)
        paste.clicked.connect(self.turn_pasting)
        add = Button(_("Add an agency"), "add-agency", "", "plus")
        add.clicked.connect(self._add)
        return row(paste, add, None, gap=8)

    def _entry(self, one: Agency) -> Entry:
        whole = bool(one.name_th.strip())
        state = one.ministry_th or one.agency if whole else _("no name yet")
        return Entry(one.agency, pick(one.name_th, one.name_en) or one.agency, "ok" if whole else "part",
                     "text2" if whole else "warn", state)  # fmt: skip

    # ---- acts -----------------------------------------------------------------------------------

    def _add(self) -> None:
        table = read_agencies("–", {one.agency for one in self.desk.plan.agencies})
        new = replace(table.agencies[0], name_th="", short_th="")
        self.choice, self._told = new.agency, ""
        self.desk.change_plan(agencies=(*self.desk.plan.agencies, new))
        self.focus_on("agency-name-th")

    def _remove(self) -> None:
        plan = self.desk.plan
        codes = [one.agency for one in plan.agencies]
        gone, at = self.choice, codes.index(self.choice)
        left = tuple(one for one in plan.agencies if one.agency != gone)
        self.choice = left[min(at, len(left) - 1)].agency if left else ""
        self._told = _("Removed, with its committee. Undo brings both back.")
        self.desk.change_plan(agencies=left, panels=tuple(one for one in plan.panels if one.agency != gone))

    def given(self) -> str | None:
        """Return what stands in the place for a table while that is open."""
        return self.pasted.text.toPlainText() if self._pasting and self.pasted is not None else None

    def give_again(self, given: str) -> None:
        """Open the place for a table with what stood there."""
        if not self._pasting:
            self.turn_pasting()
        if self.pasted is not None:
            self.pasted.text.setPlainText(given)

    def turn_pasting(self) -> None:
        """Open the place for a table, or close it."""
        self._pasting, self._told, self._left = not self._pasting, "", None
        self.rebuild()
        self.focus_on("paste-agency-text" if self._pasting else "paste-agencies")

    def _paste(self) -> PasteBox:
        told = _("Copy the rows in your spreadsheet and paste them here. Columns: short code, name in Thai, name in "
                 "English, abbreviation, ministry, chair, evaluators (short names, one per column). Heading rows are "
                 "understood too; a list of names alone will do.")  # fmt: skip
        box = PasteBox("paste-agency", told, _("code ⇥ name in Thai ⇥ name in English ⇥ abbreviation ⇥ ministry"))
        self.pasted = box
        box.taken.connect(self._take_table)
        if self._left is not None:
            box.tell(*self._left)
        return box

    def _take_table(self, text: str) -> None:
        plan = self.desk.plan
        table = read_agencies(text, {one.agency for one in plan.agencies})
        taken = _("{n} agencies and {m} committees were taken from the table.")
        told = taken.format(n=len(table.agencies), m=len(table.panels))
        self._pasting = bool(table.troubles) or not table.agencies
        self._told = "" if self._pasting else told
        self._left = (told, table.troubles) if self._pasting else None
        if table.agencies:
            self.choice = table.agencies[0].agency
            self.desk.change_plan(agencies=(*plan.agencies, *table.agencies), panels=(*plan.panels, *table.panels))
        else:
            self.rebuild()

    # ---- one agency -----------------------------------------------------------------------------

    def _detail(self, one: Agency) -> Box:
        card = Box("card", margins=(18, 12, 18, 14), gap=10)
        code = text_field(
            "agency-code", _("Short code"), one.agency, self._rename,
            _("English letters and digits; stands in file names."), limit=64,
        )  # fmt: skip
        self.code_trouble = WrapLabel("", "small", 600, "warn")
        self.code_trouble.setObjectName("agency-code-trouble")
        self.code_trouble.hide()
        for name, title, field in (
            ("agency-name-th", _("Name in Thai"), "name_th"),
            ("agency-name-en", _("Name in English"), "name_en"),
        ):
            card.add(text_field(name, title, getattr(one, field), partial(self._set, field)))
        card.add(pair(
            text_field(
                "agency-short", _("Abbreviation in Thai"), one.short_th, partial(self._set, "short_th"), limit=60
            ),
            text_field("agency-ministry", _("Ministry"), one.ministry_th, partial(self._set, "ministry_th"), limit=200),
        ))  # fmt: skip
        card.add(code, self.code_trouble)
        card.body.addStretch(1)
        remove = Button(_("Remove this agency"), "remove-agency", "quiet", "cross")
        remove.clicked.connect(self._remove)
        card.add(row(None, remove))
        return card

    def _set(self, field: str, words: str) -> None:
        code = self.choice
        agencies = tuple(
            replace(one, **{field: words}) if one.agency == code else one for one in self.desk.plan.agencies
        )
        self.desk.change_plan(agencies=agencies, tag=f"{code}-{field}", rebuild=False)

    def _rename(self, words: str) -> None:
        code, old = words.strip(), self.choice
        plan = self.desk.plan
        taken = any(one.agency == code for one in plan.agencies if one.agency != old)
        good = is_id(code) and not taken
        told = "" if good else worded(
            Expected("roster-agency-known" if taken else "setup-agency-code", found=code or "–", agency=code)
        )  # fmt: skip
        self.code_trouble.set_text(told)
        self.code_trouble.setVisible(bool(told))
        if good and code != old:
            self.choice = code
            self.desk.change_plan(
                agencies=tuple(replace(one, agency=code) if one.agency == old else one for one in plan.agencies),
                panels=tuple(replace(one, agency=code) if one.agency == old else one for one in plan.panels),
                tag="code", rebuild=False,
            )  # fmt: skip
