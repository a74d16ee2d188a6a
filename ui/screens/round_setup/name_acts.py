# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Changes of words and of the safe: titles, the class of secrecy, an agency's names, the recovery key."""

from msgspec.structs import replace

from pmqa_desktop.domain import roster_edits as edits
from pmqa_desktop.domain.documents import Agency
from pmqa_desktop.errors import Expected
from pmqa_desktop.services.rounds.recovery import RecoveryKey, recipient_named
from pmqa_desktop.services.rounds.roster_desk import Edit
from pmqa_desktop.text import _
from ui.errors import worded
from ui.screens.round_setup.act_form import ActForm
from ui.screens.round_setup.parts import line, pair, text_field
from ui.screens.round_setup.recovery_box import RecoveryBox, made_words
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.inputs import Choices, Field, Writing
from ui.widgets.signs import Banner

MADE, NONE = "made", "none"


def field_text(field: Field | Choices | Writing) -> str:
    """Return what stands in a line of text, without the spaces around it."""
    return field.text().strip() if isinstance(field, Field) else ""


class NamesForm(ActForm):
    """The titles of the round, and the class of secrecy on its papers."""

    def build(self) -> None:
        """Fill the form."""
        body = self.ground.body
        th = text_field("act-title-th", _("Title in Thai"), body.title_th, lambda _text: self.changed.emit())
        en = text_field("act-title-en", _("Title in English"), body.title_en, lambda _text: self.changed.emit())
        secrecy = text_field(
            "act-secrecy", _("Class of secrecy on papers"), body.confidentiality, lambda _text: self.changed.emit(),
            _("It stands on every page of a report, for example ลับ. Empty: none."), limit=40,
        )  # fmt: skip
        self.title_th, self.title_en, self.secrecy = th.field, en.field, secrecy.field
        self.add(th, en, secrecy)

    def edit(self) -> Edit | None:
        """Return the change; the title in Thai cannot be left out."""
        th, en, secrecy = (field_text(one) for one in (self.title_th, self.title_en, self.secrecy))
        if not th:
            return None
        return lambda body: edits.with_confidentiality(edits.with_titles(body, th, en), secrecy)


class AgencyWordsForm(ActForm):
    """The names of an agency that is in the round; its short code stays."""

    def build(self) -> None:
        """Fill the form."""
        self.agency = self.agencies("act-agency", with_panel=False)
        self.agency.activated.connect(self._show)
        parts = {
            name: text_field(f"act-agency-{name}", title, "", lambda _text: self.changed.emit())
            for name, title in (
                ("th", _("Name in Thai")), ("en", _("Name in English")),
                ("short", _("Abbreviation in Thai")), ("ministry", _("Ministry")),
            )
        }  # fmt: skip
        self._fields = {name: part.field for name, part in parts.items()}
        self.add(parts["th"], parts["en"], pair(parts["short"], parts["ministry"]))

    def _chosen(self) -> Agency | None:
        code = self.agency.currentData()
        return next((one for one in self.ground.body.agencies if one.agency == code), None)

    def _show(self) -> None:
        if (one := self._chosen()) is not None:
            words = {"th": one.name_th, "en": one.name_en, "short": one.short_th, "ministry": one.ministry_th}
            for name, field in self._fields.items():
                if isinstance(field, Field):
                    field.setText(words[name])
        self.changed.emit()

    def edit(self) -> Edit | None:
        """Return the change once an agency is chosen and has a name in Thai."""
        one, told = self._chosen(), {name: field_text(field) for name, field in self._fields.items()}
        if one is None or not told["th"]:
            return None
        # what is not on the form, the awards won before or the interview session, stays as it is
        changed = replace(
            one, name_th=told["th"], name_en=told["en"], short_th=told["short"] or told["th"],
            ministry_th=told["ministry"],
        )  # fmt: skip
        return lambda body: edits.with_agency_words(body, changed)


class RecoveryForm(ActForm):
    """A recovery key made now, or the one of a card or key file, named in the roster; or none any more."""

    def build(self) -> None:
        """Fill the form."""
        self._recipient: str | None = None
        have = self.ground.body.recovery
        if have:
            self.add(line("key", "ok", _("The roster names a recovery key: {key}").format(key=have)))
        else:
            self.add(no_recovery(rehearsal=self.ground.rehearsal))
        make = Button(_("Make a recovery key"), "act-recovery-make", "", "key")
        make.clicked.connect(self._turn)
        take = Button(_("Take from a key file"), "act-recovery-take", "", "folder")
        take.clicked.connect(self._take)
        none = Button(_("Name none any more"), "act-recovery-none", "", "cross")
        none.setEnabled(bool(have))
        none.clicked.connect(lambda: self._chose("", None))
        self._making = RecoveryBox(self.ground.chooser, self.ground.make, self._made, rehearsal=self.ground.rehearsal)
        self._making.hide()
        self._told = Box(gap=0)
        self._told.setObjectName("act-recovery-told")
        self.add(row(make, take, none, None, gap=8), self._told, self._making)

    def _turn(self) -> None:
        self._making.setVisible(self._making.isHidden())

    def _made(self, key: RecoveryKey) -> None:
        self._making.hide()
        self._chose(key.recipient, Banner(*made_words(key)))

    def _take(self) -> None:
        if (path := self.ground.chooser.key(self)) is None:
            return
        try:
            found = recipient_named(str(path))
        except Expected as error:
            self._chose(None, Banner("err", _("No recovery key was taken"), worded(error)))
        else:
            self._chose(found, Banner("info", _("The key of this file will be named"), found))

    def given(self) -> str | None:
        """Return the recipient that will be named; empty for none any more."""
        return self._recipient

    def give_again(self, given: str) -> None:
        """Take over a recipient from a form that was open before."""
        self._chose(given, Banner("info", _("The key of this file will be named"), given) if given else None)

    def _chose(self, recipient: str | None, told: Banner | None) -> None:
        self._recipient = recipient
        self._told.clear()
        if told is not None:
            self._told.add(told)
        self.changed.emit()

    def edit(self) -> Edit | None:
        """Return the change once a key is made or taken."""
        recipient = self._recipient
        return None if recipient is None else lambda body: edits.with_recovery(body, recipient)


def no_recovery(*, rehearsal: bool, action: Button | None = None) -> Banner:
    """Say what it means that the roster names no recovery key; a warning in a real round."""
    if rehearsal:
        told = _("In a rehearsal that does no harm. In a real round have one made before the first sheet comes in.")
        return Banner("info", _("This rehearsal names no recovery key"), told, action=action)
    told = _("If the secretariat's laptops are lost, nobody can open what was sealed to them. Make a recovery key onto "
             "two media for the safe and name it in the roster.")  # fmt: skip
    return Banner("warn", _("This round names no recovery key"), told, action=action)
