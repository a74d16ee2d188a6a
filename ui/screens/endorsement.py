# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""A member reads the panel's consensus beside the own scores, agrees or dissents with reasons, and signs that."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QTableView

from pmqa_desktop.domain.answers import WHOLE_AGENCY
from pmqa_desktop.domain.documents import ItemDissent, MergedComment
from pmqa_desktop.services.exchange.service import ExchangeService
from pmqa_desktop.services.panel import PanelService
from pmqa_desktop.services.panel.endorsing import SignedConsensus
from pmqa_desktop.services.session import RoundInfo
from pmqa_desktop.text import _
from ui import theme
from ui.dialogs.choosing import Chooser
from ui.errors import worded
from ui.models.endorsing import COLUMNS, EndorsingModel
from ui.models.numbers import agency_name, level_title, total_text
from ui.screens.base import Screen
from ui.screens.panel.comments import KIND_TITLES
from ui.screens.published_texts import PublishedTexts
from ui.screens.sign_card import SignCard
from ui.screens.signed_writing import SignedWriting
from ui.screens.tables import dress_table
from ui.tasks import TaskRunner
from ui.widgets.boxes import Box, Scroll, row
from ui.widgets.buttons import Button, Segments
from ui.widgets.inputs import MarkRow, Round, Writing
from ui.widgets.labels import Label, WrapLabel
from ui.widgets.lengths import LengthWarning
from ui.widgets.signs import Banner, EmptyState

WIDE = 1000


class EndorsementScreen(Screen):
    """Read, agree or dissent, sign, write the file."""

    list_asked = Signal()

    def __init__(
        self,
        panel: PanelService,
        exchange: ExchangeService,
        seen: RoundInfo,
        tasks: TaskRunner,
        agency: str,
        *,
        chooser: Chooser | None = None,
    ) -> None:
        """Show the consensus on `agency`."""
        super().__init__(
            "endorsement",
            agency_name(seen.agencies[agency]),
            _("Read and endorse the consensus"),
            rehearsal=seen.rehearsal,
        )
        self.agency, self._panel = agency, panel
        self._round = seen
        self.item_reasons: dict[str, str] = {}
        self._under: Box | None = None
        self._item_box: Box | None = None
        self._shown_item = self._wanted_item = ""
        back = Button(_("All agencies"), "endorse-list", "bar", "left")
        back.clicked.connect(self.list_asked)
        self.bar_buttons = [back]
        self.model = EndorsingModel(seen.criteria)
        self._left = Box("card", margins=(0, 12, 0, 0), gap=6)
        told = _("You confirm what you think of this consensus and that your own sheet is the one it names.")
        self.card = SignCard(_("2  Sign and write the file"), told, _("Sign and write the file"), chooser or Chooser())
        self.card.asked.connect(self._sign)
        self.card.done.connect(self.list_asked)
        self._writing = SignedWriting(
            self.card,
            tasks,
            lambda folder, sealed: exchange.export("endorsement", agency, folder, sealed=sealed),
            lambda: self._word.setEnabled(False),
        )
        self._build_word()
        right = Box(gap=12)
        right.add(self._word, self.card, None)
        self._side = Scroll(right, "endorse-scroll")
        self._columns = Box("page", across=True, margins=(16, 14, 16, 14), gap=16)
        self._read = Scroll(self._left, "endorse-read")
        self._columns.add(self._read, stretch=5)
        self._columns.add(self._side, stretch=4)
        self.switch = Segments("endorse-part", (_("Read the consensus"), _("Sign")), "band", current=0)
        self.switch.chosen.connect(lambda _part: self._arrange())
        self.add(self.switch)
        self.add(self._columns, stretch=1)
        self._wide = True
        tasks.store(lambda: panel.consensus(agency), self._show, self._nothing, self)

    # ---- what one reads -------------------------------------------------------------------------

    def _nothing(self, error: Exception) -> None:
        self._word.hide()
        self.card.hide()
        self._left.clear()
        self._left.add(EmptyState("lock", worded(error)))

    def _show(self, seen: SignedConsensus) -> None:
        criteria = self._round.criteria
        self.model.show(seen)
        total = total_text(seen.score.total, criteria)
        level = level_title(seen.score.level, criteria) if criteria.edition.levels else ""
        head = row(Label(_("Consensus, revision {number}").format(number=seen.seq), "lead", 600), None, gap=12,
                   margins=(20, 0, 20, 0))  # fmt: skip
        head.add(Label(level, "body", 600), Label(f"{total} / {criteria.edition.max_score}", "h1", 700))
        own = total_text(seen.own.total if seen.own.total is not None else seen.own.provisional, criteria)
        under = row(Label(_("Items in bold differ from your own score"), "small", 400, "text2"), None,
                    Label(_(
                        "your own total {total}"
                    ).format(total=own), "small", 400, "text2"), margins=(20, 0, 20, 0))  # fmt: skip
        self._left.clear()
        self._under = under
        self._left.add(head, under)
        self._arrange()
        self._left.add(self._table(), stretch=1)
        self.reason_pane = WrapLabel("", "small")
        pane = Box("foot", margins=(20, 8, 20, 10), gap=4)
        pane.add(Label(_("Reason of the consensus on this item"), "small", 600), self.reason_pane)
        self.item_dissent = Writing("dissent-item", _("Your dissent on this item"))
        self.item_dissent.setFixedHeight(theme.px(60))
        self.item_dissent.left.connect(self._keep_item)
        self._item_box = Box(gap=4)
        self._item_box.add(Label(_("Your dissent on this item (empty: none)"), "small", 600, "held"), self.item_dissent,
                           LengthWarning(self.item_dissent))  # fmt: skip
        self._item_box.setVisible(self.dissent.isChecked())
        pane.add(self._item_box)
        self._left.add(pane)
        self._show_themes(seen.body.comments)
        self._left.add(PublishedTexts(self._round.criteria, seen, self._dissent_on))
        self.model.set_dissents(frozenset(self.item_reasons))
        self.view.selectRow(self.model.row_of(self._wanted_item) if self._wanted_item else 0)
        self.view.setFocus()
        if not seen.rests_on_own:
            words = _(
                "The consensus rests on another revision of your sheet than the one in force. Tell the chair "
                "before you sign."
            )
            self._word.body.insertWidget(1, Banner("warn", _("Your sheet in force is not named in it"), words))
        if seen.word:
            word = _("You signed: agreed") if seen.word == "agrees" else _("You signed: dissent")
            self._word.body.insertWidget(1, Banner("info", word, _("Signing again makes a new revision of your word.")))

    def _show_themes(self, comments: Sequence[MergedComment]) -> None:
        """Show the key themes, which are signed with the consensus; nothing where none is written."""
        themes = [one for one in comments if one.item == WHOLE_AGENCY]
        if not themes:
            return
        pane = Box("plain", margins=(20, 8, 20, 10), gap=4)
        pane.setObjectName("endorse-themes")
        pane.add(Label(_("Key themes of the feedback report"), "small", 600))
        for one in themes:
            pane.add(WrapLabel(f"{_(KIND_TITLES[one.kind])}: {one.text}", "small"))
        self._left.add(pane)

    def _table(self) -> QTableView:
        self.view = QTableView()
        self.view.setObjectName("endorse-table")
        self.view.setAccessibleName(_("Consensus by item beside your own scores"))
        self.view.setModel(self.model)
        dress_table(self.view, 36, 0)
        self.view.setMinimumHeight(theme.px(150))
        for column in range(1, COLUMNS):
            self.view.setColumnWidth(column, theme.px(96))
        self.view.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_row())
        return self.view

    def _show_row(self) -> None:
        item = self.model.item_at(self.view.currentIndex().row())
        self._shown_item = item
        self.reason_pane.set_text(self.model.reason(item) or _("No reason was needed: opinions agreed."))
        self.item_dissent.setPlainText(self.item_reasons.get(item, ""))

    def _dissent_on(self, item: str) -> None:
        """Begin a dissent on one item: its row is chosen, and the cursor stands where the reason goes."""
        self.dissent.setChecked(True)
        self.view.selectRow(self.model.row_of(item))
        self._read.ensureWidgetVisible(self.item_dissent)
        self.item_dissent.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_item(self) -> None:
        text = self.item_dissent.toPlainText().strip()
        if text:
            self.item_reasons[self._shown_item] = text
        else:
            self.item_reasons.pop(self._shown_item, None)
        self.model.set_dissents(frozenset(self.item_reasons))

    def place(self) -> object:
        """Return the row that is chosen, and what was written on single items."""
        if self._shown_item:
            self._keep_item()
        return self._shown_item or self._wanted_item, dict(self.item_reasons)

    def restore(self, place: object) -> None:
        """Go to the row once the consensus is there."""
        if isinstance(place, tuple):
            self._wanted_item, self.item_reasons = place

    def fill_passphrase(self, passphrase: str) -> None:
        """Type the passphrase of a practice round."""
        self.card.passphrase.field.setText(passphrase)

    # ---- one's word -----------------------------------------------------------------------------

    def _build_word(self) -> None:
        self._word = Box("card", margins=(20, 14, 20, 14), gap=8)
        self._word.add(Label(_("1  Do you agree?"), "lead", 600))
        self.agree = Round("agree", _("I agree with the consensus"))
        self.dissent = Round("dissent", _("I dissent"))
        group = QButtonGroup(self)
        group.addButton(self.agree)
        group.addButton(self.dissent)
        self._word.add(MarkRow(self.agree, _("I agree with the consensus"), weight=600))
        self._word.add(MarkRow(self.dissent, _("I dissent, as a whole or on single items"), weight=600))
        self.reason = Writing("dissent-reason", _("Reason of the dissent as a whole"))
        self.reason.setFixedHeight(theme.px(84))
        hint = WrapLabel(_("For single items choose the row at the left and write there."), "small", 400, "text2")
        self._reasons = Box(gap=4)
        self._reasons.add(Label(_("Reason of the dissent as a whole"), "small", 600), self.reason)
        self._reasons.add(LengthWarning(self.reason), hint)
        self._reasons.hide()
        self._word.add(self._reasons)
        self.dissent.toggled.connect(self._toggle)

    def _toggle(self, dissents: bool) -> None:
        self._reasons.setVisible(dissents)
        if self._item_box is not None:
            self._item_box.setVisible(dissents)

    def _sign(self, passphrase: str, folder: Path, sealed: bool) -> None:
        agrees = self.agree.isChecked()
        reason = "" if agrees else self.reason.toPlainText().strip()
        items = () if agrees else tuple(ItemDissent(item=i, reason=r) for i, r in sorted(self.item_reasons.items()))
        if not agrees and not self.dissent.isChecked():
            self.card.show_trouble(_("Choose first whether you agree or dissent."))
            return
        if not agrees and not reason and not items:
            self.card.show_trouble(_("A dissent needs its reason: as a whole, or on the items concerned."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return

        self._writing.begin(
            lambda: self._panel.endorse(self.agency, passphrase, agrees=agrees, reason=reason, items=items),
            folder,
            sealed,
        )

    def reflow(self, em_width: int) -> None:
        """Put one's word behind a tab where the window is narrow."""
        self._wide = em_width >= WIDE
        self.switch.setVisible(not self._wide)
        self._arrange()

    def _arrange(self) -> None:
        signs = self.switch.current() == 1
        self._read.setVisible(self._wide or not signs)
        self._side.setVisible(self._wide or signs)
        edge = 16 if self._wide else 0
        self._columns.body.setContentsMargins(*(theme.px(edge) if edge else 0 for _side in range(4)))
        if self._under is not None:
            self._under.setVisible(self._wide)
