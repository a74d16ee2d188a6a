# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Last step: the whole round in plain words, what it still lacks, and the signature that begins it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal

from pmqa_desktop.domain.criteria import Edition
from pmqa_desktop.messages import word
from pmqa_desktop.services.rounds.checks import Lack, Step
from pmqa_desktop.text import N_, _, current_language, pick
from pmqa_desktop.thai import format_date, parse_date
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.screens.export_box import FolderChoice
from ui.screens.identity.acts import key_trouble
from ui.screens.round_setup.criteria import value_words
from ui.screens.round_setup.dates import DUE
from ui.screens.round_setup.desk import DraftDesk, is_key_trouble
from ui.screens.round_setup.page import Page
from ui.screens.round_setup.parts import line
from ui.widgets.boxes import Box, Rule, row
from ui.widgets.buttons import Button
from ui.widgets.labels import Label, WrapLabel
from ui.widgets.passphrase_box import PassphraseBox
from ui.widgets.signs import Banner

STEP_WORDS: dict[Step, str] = {
    "basics": N_("What this round is"),
    "criteria": N_("Criteria and settings"),
    "people": N_("Persons and their keys"),
    "officers": N_("Officers"),
    "agencies": N_("Agencies"),
    "panels": N_("Committees"),
    "dates": N_("Due dates"),
}


@dataclass(frozen=True, slots=True)
class SignRound:
    """The passphrase of the own key, and where the file for the other officers goes."""

    passphrase: str
    folder: Path


def lack_words(lack: Lack) -> str:
    """Word what is missing."""
    return word(lack.code, lack.fields)


class ReviewPage(Page):
    """`go_asked` leads to a step, `sign_asked` carries a `SignRound`."""

    go_asked = Signal(str)
    sign_asked = Signal(object)

    def __init__(self, desk: DraftDesk, chooser: Chooser, choice: str = "") -> None:
        """Show the step."""
        super().__init__(desk, chooser, choice)
        self.build()

    def build(self) -> None:
        """Fill the page."""
        self.head(
            _("Read it once more, then sign"),
            _("Signing begins the round. After that it changes only by a new roster that enough officers sign."),
        )
        found = self.desk.lacks()
        grave = [one for one in found if one.grave]
        self.add(self._lacks(grave, [one for one in found if not one.grave]))
        self.add(self._summary())
        self.add(self._sign_card(ready=not grave and self.desk.own is not None))
        self.body.addStretch(1)

    # ---- what is missing ------------------------------------------------------------------------

    def _lacks(self, grave: list[Lack], remarks: list[Lack]) -> Box:
        card = Box("card", margins=(18, 12, 18, 14), gap=8)
        card.setObjectName("setup-lacks")
        if not grave:
            card.add(line("ok", "ok", _("Nothing is missing: the round can be signed."), weight=600))
        else:
            told = _("{n} things are missing before the round can be signed").format(n=len(grave))
            card.add(line("warn", "warn", told, weight=600))
        for step in dict.fromkeys(one.step for one in (*grave, *remarks)):
            go = Button(
                _("Go there"), f"go-{step}", "", "right", said=_("Go to: {step}").format(step=_(STEP_WORDS[step]))
            )
            go.clicked.connect(lambda _on=False, step=step: self.go_asked.emit(step))
            card.add(Rule(), row(Label(_(STEP_WORDS[step]), "body", 600), None, go))
            mine = [one for one in grave if one.step == step]
            for one in mine[:6]:
                card.add(line("warn", "warn", lack_words(one)))
            if len(mine) > 6:
                card.add(WrapLabel(_("and {n} more").format(n=len(mine) - 6), "small", 400, "text2"))
            for one in [one for one in remarks if one.step == step][:6]:
                card.add(line("info", "info", lack_words(one)))
        return card

    # ---- in plain words -------------------------------------------------------------------------

    def _summary(self) -> Box:
        card = Box("card", margins=(18, 12, 18, 14), gap=6)
        card.add(Label(_("The round in words"), "lead", 600))
        for words in self._sentences():
            card.add(line("dash", "text2", words))
        return card

    def _sentences(self) -> Iterator[str]:
        plan, edition = self.desk.plan, self.desk.edition
        kind = _("a rehearsal with invented scores") if plan.rehearsal else _("a real round")
        yield _("{title}, award year {year}: {kind}. Its short name is {round}.").format(
            title=pick(plan.title_th, plan.title_en), year=plan.year_be, kind=kind, round=plan.round
        )
        names = {one.person: pick(one.office_th, one.office_en) or one.person for one in plan.persons}
        yield _("{threshold} of {count} officers must sign each roster: {names}.").format(
            threshold=plan.threshold, count=len(plan.roots), names=_listed([names.get(one, one) for one in plan.roots])
        )
        yield _("The secretariat: {names}.").format(names=_listed([names.get(one, one) for one in plan.secretariat]))
        if edition is not None:
            yield self._criteria(edition)
        seats = sum(len(panel.seats) for panel in plan.panels)
        yield _("{agencies} agencies with {panels} committees and {seats} seats; {persons} persons take part.").format(
            agencies=len(plan.agencies), panels=len(plan.panels), seats=seats, persons=len(plan.persons)
        )
        dates = {one.what: one.date for one in plan.due}
        titles = {what: _(title) for what, title, _meaning in DUE}
        told = [f"{titles.get(what, what)} {_day(iso)}" for what, iso in dates.items()]
        yield _("Due: {dates}.").format(dates=" · ".join(told)) if told else _("No due date is set.")
        yield _("A recovery key can open what is sealed.") if plan.recovery else _("There is no recovery key.")

    def _criteria(self, edition: Edition) -> str:
        settings = self.desk.plan.settings
        named = {one.key: pick(one.title_th, one.title_en) for one in edition.settings}
        changed = [f"{named[key]}: {value_words(value)}" for key, value in settings.items() if key in named]
        told = _("Criteria: {edition}, all settings as suggested.")
        if changed:
            told = _("Criteria: {edition}. Settings other than suggested: {settings}.")
        return told.format(edition=edition.head.name, settings=" · ".join(changed))

    # ---- signing --------------------------------------------------------------------------------

    def _sign_card(self, *, ready: bool) -> Box:
        card = Box("card", margins=(18, 12, 18, 16), gap=10)
        card.add(Label(_("Sign as the first officer"), "lead", 600))
        told = _("The file goes to the other officers: each reads it and signs a copy.")
        if self.desk.plan.threshold == 1:
            told = _("One signature is enough: the round is in force at once.")
        card.add(WrapLabel(told, "body", 400, "text2"))
        self.passphrase = PassphraseBox("setup-passphrase")
        self.passphrase.entered.connect(self._ask)
        self.passphrase.edited.connect(lambda: self.passphrase.show_trouble(""))
        self.folder = FolderChoice(self.chooser)
        self.button = Button(_("Sign the round and write the file"), "sign-round", "primary", "pen", size="main")
        self.button.setEnabled(ready)
        self.button.clicked.connect(self._ask)
        self.trouble = Box(gap=0)
        self.trouble.setObjectName("setup-trouble")
        card.add(self.passphrase, self.folder, self.trouble, self.button)
        return card

    def _ask(self) -> None:
        if not self.button.isEnabled():
            return
        if not self.passphrase.text():
            self.passphrase.show_trouble(_("Type the passphrase of your key first."))
            self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.button.setEnabled(False)
        self.button.set_text(_("Signing and writing…"))
        self.trouble.clear()
        self.sign_asked.emit(SignRound(self.passphrase.text(), self.folder.folder))

    def show_error(self, error: Exception) -> None:
        """Tell why the round was not signed."""
        self.button.setEnabled(True)
        self.button.set_text(_("Sign the round and write the file"))
        if is_key_trouble(error):
            self.passphrase.show_trouble(key_trouble(error))
            self.passphrase.field.selectAll()
            self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.trouble.add(Banner("err", _("The round was not signed"), worded(error)))


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "–"


def _day(iso: str) -> str:
    parts = iso.split("-")
    day = parse_date("/".join(reversed(parts))) if len(parts) == 3 else None
    return format_date(day, current_language(), "short") if day else iso
