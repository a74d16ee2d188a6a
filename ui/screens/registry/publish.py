# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The secretariat's last step: sign results, ranking and extract as a draft or officially, or countersign them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from pmqa_desktop.errors import Expected
from pmqa_desktop.services.exchange.service import ExchangeService
from pmqa_desktop.services.registry.countersigning import CountersigningService, WaitingPublication
from pmqa_desktop.services.registry.publication import Outlook
from pmqa_desktop.services.registry.publishing import Publication, PublishingService
from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.text import _
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.screens.base import Screen
from ui.screens.export_box import ExportBox
from ui.screens.registry.publish_parts import ChoicePart, SignedPart, Typed, WaitingPart
from ui.screens.sign_card import clock_text
from ui.tasks import TaskRunner
from ui.widgets.boxes import Box, Scroll
from ui.widgets.buttons import Button
from ui.widgets.labels import Label, WrapLabel
from ui.widgets.passphrase_box import PassphraseBox
from ui.widgets.signs import Banner

WIDE = 1000
Mode = Literal["publish", "countersign", "handed"]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the screen reads in one go: what publishing would sign, and what waits for more signatures."""

    outlook: Outlook
    waiting: tuple[WaitingPublication, ...]


@dataclass(frozen=True, slots=True)
class PublishPlace:
    """What was chosen and typed, and whether something that waits is left aside to sign anew."""

    typed: Typed
    anew: bool


class PublishCard(Box):
    """Passphrase and one button; then what came of it, with the file and the ways on. `asked` carries the former."""

    asked = Signal(str)
    back_asked = Signal()
    reports_asked = Signal()
    anew_asked = Signal()

    def __init__(self, exchange: ExchangeService, tasks: TaskRunner, chooser: Chooser) -> None:
        """Start empty."""
        super().__init__("card", margins=(20, 14, 20, 14), gap=10)
        self._exchange, self._tasks, self._chooser = exchange, tasks, chooser
        self.setObjectName("publish-card")
        self.passphrase: PassphraseBox | None = None
        self.trouble: WrapLabel | None = None
        self.go: Button | None = None

    def show_form(self, title: str, told: str, verb: str, *, passphrase: str, anew: bool) -> None:
        """Ask for the passphrase; `anew` offers to sign anew instead."""
        self.clear()
        self.passphrase = PassphraseBox("publish-passphrase")
        self.passphrase.field.setText(passphrase)
        self.passphrase.edited.connect(lambda: self.tell(""))
        self.passphrase.entered.connect(self._ask)
        self.trouble = WrapLabel("", "small", 600, "warn")
        self.trouble.setObjectName("publish-trouble")
        self.trouble.hide()
        self.go = Button(verb, "publish-sign", "primary", "pen", size="main")
        self.go.clicked.connect(self._ask)
        after = _("What is signed is never changed: a later change is a new revision with its reason.")
        self.add(Label(title, "lead", 600), WrapLabel(told, "small", 400, "text2"), self.passphrase, self.trouble)
        self.add(self.go, WrapLabel(after, "small", 400, "text2"))
        if anew:
            self._offer_anew()
        self.add(None)

    def _offer_anew(self) -> None:
        anew = Button(_("Sign anew instead"), "publish-anew", "quiet")
        anew.clicked.connect(self.anew_asked)
        self.add(anew)

    def _ask(self) -> None:
        if self.go is None or self.passphrase is None or not self.go.isEnabled():
            return
        if not self.passphrase.text():
            self.passphrase.show_trouble(_("Type the passphrase of your key first."))
            self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.go.setEnabled(False)
        self.tell("")
        self.asked.emit(self.passphrase.text())

    def tell(self, words: str) -> None:
        """Say what is in the way; the button can be pressed again."""
        if self.trouble is None or self.go is None or self.passphrase is None:
            return
        self.trouble.set_text(words)
        self.trouble.setVisible(bool(words))
        self.passphrase.show_trouble("")
        if words:
            self.go.setEnabled(True)

    def tell_key(self, words: str) -> None:
        """Say that the passphrase does not open the key."""
        if self.go is None or self.passphrase is None:
            return
        self.go.setEnabled(True)
        self.passphrase.show_trouble(words)
        self.passphrase.field.selectAll()
        self.passphrase.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_outcome(self, banner: Banner, file_words: str, *, counts: bool, anew: bool = False) -> None:
        """Show what came of it, the file that goes to other officers, and the ways on."""
        self.clear()
        self.passphrase = self.trouble = self.go = None
        banner.setObjectName("publish-outcome")
        export = ExportBox(
            self._tasks,
            self._chooser,
            lambda folder, progress: self._exchange.export_published(folder, progress=progress),
            clock_text,
        )
        back = Button(_("To the results"), "publish-done", "" if counts else "quiet", "list")
        back.clicked.connect(self.back_asked)
        self.add(banner)
        if counts:
            reports = Button(_("See reports and save"), "publish-reports", "primary", "print", size="main")
            reports.clicked.connect(self.reports_asked)
            export.button.set_kind("")
            self.add(reports)
        self.add(Label(_("File for the other officers"), "body", 600), WrapLabel(file_words, "small", 400, "text2"))
        self.add(export, back)
        if anew:
            self._offer_anew()
        self.add(None)


class PublishScreen(Screen):
    """Sign the results of the round; `reports_asked` and `back_asked` lead on."""

    back_asked = Signal()
    reports_asked = Signal()

    def __init__(
        self,
        publishing: PublishingService,
        countersigning: CountersigningService,
        exchange: ExchangeService,
        seen: RoundInfo,
        tasks: TaskRunner,
        *,
        person: str,
        chooser: Chooser | None = None,
    ) -> None:
        """Prepare the signing by `person`."""
        told = _("Results, ranking and the roster's public extract")
        super().__init__("publish", _("Sign the results"), told, rehearsal=seen.rehearsal)
        self._publishing, self._countersigning = publishing, countersigning
        self._round, self._tasks, self._person = seen, tasks, person
        self._passphrase = ""
        self._typed, self._anew = Typed(), False
        self._now: Seen | None = None
        self.mode: Mode = "publish"
        self.choice: ChoicePart | None = None
        back = Button(_("Back to the results"), "publish-back", "bar", "left")
        back.clicked.connect(self.back_asked)
        self.bar_buttons = [back]
        self._left = Box(gap=14)
        self.card = PublishCard(exchange, tasks, chooser or Chooser())
        self.card.asked.connect(self._sign)
        self.card.back_asked.connect(self.back_asked)
        self.card.reports_asked.connect(self.reports_asked)
        self.card.anew_asked.connect(self._sign_anew)
        self._columns = Box("page", across=True, margins=(16, 14, 16, 14), gap=16)
        self._columns.add(self._left, stretch=5)
        self._columns.add(self.card, stretch=4)
        self._scrolled = Scroll(self._columns, "publish-scroll")
        self.add(self._scrolled, stretch=1)
        self._load()

    # ---- reading --------------------------------------------------------------------------------

    def _load(self) -> None:
        self._tasks.store(self._read, self.show_seen, self._unreadable, owner=self)

    def _read(self) -> Seen:
        return Seen(self._publishing.outlook(), self._countersigning.waiting())

    def _unreadable(self, error: Exception) -> None:
        self._left.clear()
        self._left.add(Banner("warn", _("The results cannot be signed"), worded(error)), None)
        self.card.hide()

    def show_seen(self, now: Seen) -> None:
        """Show what was read: what waits for a signature, or the choice of draft or official."""
        self._now = now
        waiting = next(iter(now.waiting), None)
        self._left.clear()
        self.choice = None
        if waiting is not None and not self._anew:
            self._show_waiting(waiting)
        else:
            self._show_publish(now.outlook)
        self._left.add(None)
        focused = QApplication.focusWidget()
        if self.isVisible() and (focused is None or not self.isAncestorOf(focused)):
            QTimer.singleShot(0, self, self.focus_first)

    def _show_publish(self, outlook: Outlook) -> None:
        self.mode = "publish"
        self.choice = ChoicePart(outlook, self._typed)
        self.choice.changed.connect(self._chosen)
        self._left.add(SignedPart(outlook, self._round), self.choice)
        self.card.show_form(
            _("3  Sign"), _("You sign for the secretariat."), _("Sign the results"),
            passphrase=self._passphrase, anew=False,
        )  # fmt: skip
        self._chosen()
        if outlook.closed or not outlook.ranked:
            code = "publish-after-closing" if outlook.closed else "nothing-to-publish"
            self.card.tell(worded(Expected(code)))
            if self.card.go is not None:
                self.card.go.setEnabled(False)

    def _chosen(self) -> None:
        """Name on the button what it signs."""
        if self.choice is None or self.card.go is None or self._now is None:
            return
        official, need = self.choice.official.isChecked(), self._now.outlook.need
        words = _("Sign the results as official") if official else _("Sign the results as a draft")
        if official and need > 1:
            words = _("Sign as the first of {need} officers").format(need=need)
        self.card.go.set_text(words)
        if self._now.outlook.ranked and not self._now.outlook.closed:
            self.card.tell("")

    def _show_waiting(self, waiting: WaitingPublication) -> None:
        self._left.add(WaitingPart(waiting, self._round))
        if self._person in waiting.open:
            self.mode = "countersign"
            told = _("You sign the very same results, beside those who signed before. Compare them with the record.")
            self.card.show_form(_("Countersign"), told, _("Countersign these results"),
                                passphrase=self._passphrase, anew=True)  # fmt: skip
            if (waiting.different or not waiting.complete) and self.card.go is not None:
                self.card.go.setEnabled(False)
            return
        self.mode = "handed"
        self.card.show_outcome(
            Banner("held", _("You have signed; another officer has to sign too"), _waiting_words()),
            _file_words(counts=False), counts=False, anew=True,
        )  # fmt: skip

    def _sign_anew(self) -> None:
        self._anew = True
        if self._now is not None:
            self.show_seen(self._now)
            self.focus_first()

    # ---- signing --------------------------------------------------------------------------------

    def fill_passphrase(self, passphrase: str) -> None:
        """Type the passphrase of a practice round."""
        self._passphrase = passphrase
        if self.card.passphrase is not None:
            self.card.passphrase.field.setText(passphrase)

    def _sign(self, passphrase: str) -> None:
        now = self._now
        if now is None:
            return
        if self.mode == "countersign":
            ranking = now.waiting[0].ranking
            self._run(lambda: self._countersigning.countersign(ranking, passphrase), self._countersigned)
            return
        if self.choice is None:
            return
        if (need := self.choice.first_need()) is not None:
            self.card.tell(_("Fill this in first: {field}").format(field=need.accessibleName()))
            need.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        typed = self._typed = self.choice.typed()
        self._run(lambda: self._publish(typed, passphrase, now.outlook), self._published)

    def _publish(self, typed: Typed, passphrase: str, outlook: Outlook) -> Publication:
        approval = self._publishing.approved(typed.body, typed.meeting, typed.day) if typed.official else None
        return self._publishing.publish(passphrase, approval=approval, reason=typed.reason, seen=outlook)

    def _run(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        self._tasks.store(work, done, self._failed, self)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Expected) and error.code == "wrong-passphrase":
            self.card.tell_key(worded(error))
            return
        if isinstance(error, Expected) and error.code == "results-changed" and self.choice is not None:
            self._typed = self.choice.typed()
            self._tasks.store(self._read, lambda now: self._show_anew(now, worded(error)), owner=self)
            return
        self.card.tell(worded(error))

    def _show_anew(self, now: Seen, why: str) -> None:
        self.show_seen(now)
        self.card.tell(why)

    def _published(self, signed: object) -> None:
        if not isinstance(signed, Publication):
            return
        count = len(signed.results)
        if signed.waits:
            words = _waiting_words()
            banner = Banner("held", _("Signed by you; another officer has to sign too"), words, big=True)
        elif signed.state == "official":
            words = _("Results of {count} agencies, the ranking and the extract are signed.").format(count=count)
            banner = Banner("ok", _("The results are official now"), words, big=True)
        else:
            words = _("Results of {count} agencies and the ranking are signed, not approved yet.").format(count=count)
            banner = Banner("ok", _("The draft is signed"), words, big=True)
        self._finish(banner, counts=not signed.waits)

    def _countersigned(self, counts: object) -> None:
        if counts:
            words = _("Write the file and give it back, so that the other registers know it too.")
            banner = Banner("ok", _("The results are official now"), words, big=True)
        else:
            banner = Banner("held", _("Signed by you; another officer has to sign too"), _waiting_words(), big=True)
        self._finish(banner, counts=bool(counts))

    def _finish(self, banner: Banner, *, counts: bool) -> None:
        """Show the outcome, and on the left what is published now."""
        self._typed, self._anew = replace(Typed()), False
        self.card.show_outcome(banner, _file_words(counts=counts), counts=counts)

        def show(now: Seen) -> None:
            self._now = now
            self._left.clear()
            self.choice = None
            waiting = next(iter(now.waiting), None)
            part = WaitingPart(waiting, self._round) if waiting else SignedPart(now.outlook, self._round, after=True)
            self._left.add(part, None)
            QTimer.singleShot(0, self.card, lambda: self._scrolled.ensureWidgetVisible(self.card, 0, 0))
            self.focus_first()

        self._tasks.store(self._read, show, owner=self)

    # ---- screen ---------------------------------------------------------------------------------

    def place(self) -> object:
        """Return what was chosen and typed."""
        return PublishPlace(self.choice.typed() if self.choice is not None else self._typed, self._anew)

    def restore(self, place: object) -> None:
        """Take over what was typed before the screen was built anew."""
        if isinstance(place, PublishPlace):
            self._typed, self._anew = place.typed, place.anew
            if self._now is not None:
                self.show_seen(self._now)

    def focus_first(self) -> None:
        """Put the cursor on the choice, or on the next step."""
        if self.choice is not None:
            mark = self.choice.official if self.choice.official.isChecked() else self.choice.draft
            mark.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        for button in self.card.findChildren(Button):
            if button.property("kind") == "primary" and button.isVisibleTo(self) and button.isEnabled():
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def reflow(self, em_width: int) -> None:
        """Put the card below where the window is narrow."""
        direction = self._columns.body.Direction
        self._columns.body.setDirection(direction.LeftToRight if em_width >= WIDE else direction.TopToBottom)


def _waiting_words() -> str:
    return _(
        "Write the file and give it to another officer, who imports and countersigns it. Import the file that comes "
        "back: then the results are official. Until then what was published before stays in force."
    )


def _file_words(*, counts: bool) -> str:
    if counts:
        return _("It carries all signed results for the other registers of the secretariat, sealed to its officers.")
    return _("It carries the signed results and is sealed to the officers of the round.")
