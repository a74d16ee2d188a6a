# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Second step: the edition of the criteria, and every setting of it confirmed one by one."""

from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt

from pmqa_desktop.domain.criteria import Edition, freeze
from pmqa_desktop.domain.criteria.parts import Setting
from pmqa_desktop.errors import Expected
from pmqa_desktop.messages.choices import CHOICES
from pmqa_desktop.services.editions import SHIPPED, edition_of
from pmqa_desktop.text import _, pick
from ui import theme
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.screens.round_setup.desk import DraftDesk
from ui.screens.round_setup.meanings import GROUPS, MEANINGS, OTHERS
from ui.screens.round_setup.page import Page
from ui.screens.round_setup.parts import Titled
from ui.widgets.boxes import Box, Rule, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Choices, Field, MarkRow, Tick
from ui.widgets.labels import Label, WrapLabel
from ui.widgets.signs import Banner


def value_words(value: object) -> str:
    """Word the value of a setting."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return " ".join(map(str, value))
    return _(CHOICES[value]) if isinstance(value, str) and value in CHOICES else str(value)


class CriteriaPage(Page):
    """The edition and its settings."""

    def __init__(self, desk: DraftDesk, chooser: Chooser, choice: str = "") -> None:
        """Show the step."""
        super().__init__(desk, chooser, choice)
        self._told: dict[str, WrapLabel] = {}
        self._ticks: dict[str, Tick] = {}
        self.build()

    def build(self) -> None:
        """Fill the page."""
        self._told, self._ticks = {}, {}
        self.head(
            _("Criteria and settings"),
            _("The settings are frozen into the round when it is signed. Look at each and tick that it is right: "
              "nobody else can decide them for your round."),
        )  # fmt: skip
        self.trouble = Box(gap=0)
        self.trouble.setObjectName("edition-trouble")
        self.add(self._edition_card(), self.trouble)
        edition = self.desk.edition
        if edition is None:
            self.add(Banner("err", _("These criteria cannot be read"), worded(Expected(
                "edition-not-found", found=self.desk.plan.edition, known=", ".join(SHIPPED)))))  # fmt: skip
            self.body.addStretch(1)
            return
        self.count = Label("", "body", 600)
        self.count.setObjectName("confirmed-count")
        self.add(self.count)
        for title, settings in grouped(edition):
            card = Box("card", margins=(18, 12, 18, 12), gap=8)
            card.add(Label(title, "lead", 600))
            for number, setting in enumerate(settings):
                if number:
                    card.add(Rule())
                card.add(self._setting(edition, setting))
            self.add(card)
        self._tell_count()
        self.body.addStretch(1)

    # ---- the edition ----------------------------------------------------------------------------

    def _edition_card(self) -> Box:
        card = Box("card", margins=(18, 12, 18, 14), gap=8)
        choices = Choices("setup-edition", _("Edition of the criteria"))
        names = [*SHIPPED]
        if self.desk.plan.edition not in SHIPPED:
            names.append(self.desk.plan.edition)
        for name in names:
            choices.addItem(_edition_words(name), name)
        choices.setCurrentIndex(names.index(self.desk.plan.edition))
        choices.activated.connect(lambda at: self.desk.choose_edition(names[at]))
        own = Button(_("Take from a file"), "edition-file", "", "folder")
        own.clicked.connect(self._ask_file)
        line = row(gap=10)
        line.add(Titled(choices), stretch=1)
        line.add(own, align=Qt.AlignmentFlag.AlignBottom)
        card.add(line)
        edition = self.desk.edition
        if edition is not None:
            head = edition.head
            size = _("{items} items · best total {score}").format(items=len(edition.items), score=head.max_score)
            card.add(WrapLabel(pick(head.title_th, head.title_en)), Label(size, "small", 400, "text2"))
            if head.notice_th:
                card.add(Banner("info", _("Notice"), pick(head.notice_th, head.notice_en)))
        return card

    def _ask_file(self) -> None:
        if (file := self.chooser.edition(self)) is not None:
            self.desk.take_edition(file, self._failed)

    def _failed(self, error: Exception) -> None:
        self.trouble.clear()
        self.trouble.add(Banner("err", _("These criteria were not taken"), worded(error)))

    # ---- settings -------------------------------------------------------------------------------

    def _setting(self, edition: Edition, setting: Setting) -> Box:
        key = setting.key
        value = self.desk.plan.settings.get(key, setting.default)
        words = Box(gap=2)
        words.add(WrapLabel(pick(setting.title_th, setting.title_en), "body", 600))
        if key in MEANINGS:
            words.add(WrapLabel(_(MEANINGS[key]), "small", 400, "text2"))
        words.body.addStretch(1)
        side = Box(gap=4)
        side.setFixedWidth(self._side_width())
        side.add(self._control(edition, setting, value))
        suggested = _("Suggested: {value}").format(value=value_words(setting.default))
        side.add(WrapLabel(suggested, "micro", 400, "text2"))
        tick = Tick(
            f"confirm-{key}", _("Confirmed: {setting}").format(setting=pick(setting.title_th, setting.title_en))
        )
        tick.setChecked(key in self.desk.draft.confirmed)
        tick.clicked.connect(lambda on: self._confirm(key, on))
        self._ticks[key] = tick
        side.add(MarkRow(tick, _("Confirmed"), weight=600))
        told = WrapLabel("", "small", 600, "warn")
        told.setObjectName(f"setting-{key}-trouble")
        told.hide()
        self._told[key] = told
        words.add(told)
        made = row(gap=18)
        made.add(words, stretch=1)
        made.add(side, align=Qt.AlignmentFlag.AlignTop)
        return made

    @staticmethod
    def _side_width() -> int:
        return theme.px(270)

    def _control(self, edition: Edition, setting: Setting, value: Any) -> Choices | Field:
        key, said = setting.key, pick(setting.title_th, setting.title_en)
        if setting.type in ("boolean", "choice"):
            options: list[Any] = [True, False] if setting.type == "boolean" else list(setting.choices)
            choices = Choices(f"setting-{key}", said)
            for option in options:
                choices.addItem(value_words(option), option)
            choices.setCurrentIndex(options.index(value) if value in options else -1)
            choices.activated.connect(lambda at: self._set(edition, setting, options[at]))
            return choices
        field = Field(f"setting-{key}", said, value_words(value), limit=60)
        field.textEdited.connect(lambda text: self._set(edition, setting, _typed(setting, text)))
        field.returnPressed.connect(field.focusNextChild)
        return field

    def _set(self, edition: Edition, setting: Setting, value: Any) -> None:
        """Take a value; a changed one is not confirmed any more."""
        key = setting.key
        settings = {**self.desk.plan.settings, key: value}
        default = list(setting.default) if isinstance(setting.default, tuple) else setting.default
        if value == default and type(value) is type(default):
            del settings[key]
        draft = self.desk.draft
        confirmed = tuple(one for one in draft.confirmed if one != key)
        plan = replace(draft.plan, settings=settings)
        self.desk.change(replace(draft, plan=plan, confirmed=confirmed), tag=f"setting-{key}", rebuild=False)
        self._ticks[key].setChecked(False)
        self._tell_setting(edition, key)
        self._tell_count()

    def _tell_setting(self, edition: Edition, key: str) -> bool:
        told = self._told[key]
        try:
            freeze(edition, self.desk.plan.settings)
        except Expected as error:
            mine = error.fields.get("key") == key
            told.set_text(worded(error) if mine else "")
            told.setVisible(mine)
            return not mine
        told.hide()
        return True

    def _confirm(self, key: str, on: bool) -> None:
        draft, edition = self.desk.draft, self.desk.edition
        if on and edition is not None and not self._tell_setting(edition, key):
            self._ticks[key].setChecked(False)
            return
        confirmed = {*draft.confirmed, key} if on else {*draft.confirmed} - {key}
        self.desk.change(replace(draft, confirmed=tuple(sorted(confirmed))), rebuild=False)
        self._tell_count()

    def _tell_count(self) -> None:
        edition = self.desk.edition
        if edition is not None:
            done = sum(one.key in self.desk.draft.confirmed for one in edition.settings)
            told = _("{done} of {of} settings are confirmed")
            self.count.setText(told.format(done=done, of=len(edition.settings)))


def _edition_words(name: str) -> str:
    try:
        head = edition_of(name).head
    except Expected:
        return Path(name).name
    return head.name if name in SHIPPED else _("{name} (from a file)").format(name=head.name)


def grouped(edition: Edition) -> list[tuple[str, list[Setting]]]:
    """Return the settings of an edition by what they are about."""
    by_key = {one.key: one for one in edition.settings}
    found = [(_(title), [by_key.pop(key) for key in keys if key in by_key]) for title, keys in GROUPS]
    found.append((_(OTHERS), list(by_key.values())))
    return [(title, settings) for title, settings in found if settings]


def _typed(setting: Setting, text: str) -> Any:
    """Return what was typed in the form the setting wants; what is no number stays text and is told as wrong."""
    words = text.strip()
    if setting.type == "numbers":
        parts = words.replace(",", " ").split()
        return [int(part) for part in parts] if all(part.isdecimal() for part in parts) else words
    return int(words) if words.isdecimal() else words
