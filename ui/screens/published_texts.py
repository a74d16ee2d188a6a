# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""All that a consensus would publish, item by item, as a member reads it before endorsing."""

from collections.abc import Callable
from functools import partial

from pmqa_desktop.domain.criteria import FrozenCriteria
from pmqa_desktop.services.panel.endorsing import SignedConsensus
from pmqa_desktop.text import _, pick
from ui.models.numbers import score_text
from ui.screens.panel.comments import KIND_TITLES
from ui.widgets.boxes import Box, row
from ui.widgets.buttons import Button
from ui.widgets.labels import Label, WrapLabel


class PublishedTexts(Box):
    """Score, reason and feedback texts of every item that has a text or a reason; each can be dissented from."""

    def __init__(self, criteria: FrozenCriteria, seen: SignedConsensus, dissent: Callable[[str], None]) -> None:
        """Show a consensus; `dissent` is called with the item a reader does not agree with."""
        super().__init__("plain", margins=(20, 8, 20, 12), gap=6)
        self.setObjectName("endorse-texts")
        self._criteria, self._seen, self._dissent = criteria, seen, dissent
        told = _("These texts go into the feedback report of the agency as they stand here.")
        self.add(Label(_("Feedback texts and reasons, item by item"), "lead", 600))
        self.add(WrapLabel(told, "small", 400, "text2"))
        shown = [one for item in criteria.edition.items if (one := self._item(item.code)) is not None]
        self.add(*shown)
        if not shown:
            self.add(WrapLabel(_("No item has a feedback text or a reason."), "small", 400, "text2"))

    def _item(self, item: str) -> Box | None:
        body = self._seen.body
        reason = next((one.reason for one in body.items if one.item == item), "")
        texts = [one for one in body.comments if one.item == item]
        if not reason and not texts:
            return None
        found = self._criteria.edition.item(item)
        score = score_text(self._seen.score.items[item].exact, self._criteria) or "–"
        button = Button(_("I dissent here"), f"dissent-on-{item}", "quiet", "flag",
                        said=_("Dissent on item {item}").format(item=item))  # fmt: skip
        button.clicked.connect(partial(self._ask, item))
        box = Box(gap=2)
        head = row(gap=10)
        head.add(WrapLabel(f"{item}  {pick(found.title_th, found.title_en)}", "small", 600), stretch=1)
        head.add(Label(score, "small", 700), button)
        box.add(head)
        if reason:
            box.add(WrapLabel(_("Reason: {reason}").format(reason=reason), "small", 400, "text2"))
        for one in texts:
            box.add(WrapLabel(f"{_(KIND_TITLES[one.kind])}: {one.text}", "small"))
        return box

    def _ask(self, item: str, _checked: bool = False) -> None:
        self._dissent(item)
