# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""An edition with its confirmed settings: what every score of a round is computed under."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from pmqa_desktop.domain.criteria.edition import Edition
from pmqa_desktop.domain.criteria.numbers import number
from pmqa_desktop.domain.criteria.parts import Award, Rule
from pmqa_desktop.domain.criteria.reading import edition_from_tree
from pmqa_desktop.domain.criteria.settings import Settings, settings_values, typed_settings
from pmqa_desktop.domain.documents import CriteriaBody


@dataclass(frozen=True, slots=True)
class PassRule:
    """The lines of a category award: least total, and least percent per category or item.

    `founded` is False where no pass rule is known and the lines are the settings' guess: then reaching them is
    shown at most as reaching them, never announced as an award (pmqa-second-pass.md section 4: not found).
    """

    award: Award
    total: Fraction
    least: tuple[tuple[str, Fraction], ...]
    founded: bool


@dataclass(frozen=True, eq=False)
class FrozenCriteria:
    """The round's criteria; equal when edition and settings are. Make it by `freeze` or `criteria_from_body`."""

    edition: Edition
    values: Mapping[str, Any]
    settings: Settings

    def __eq__(self, other: object) -> bool:
        same = isinstance(other, FrozenCriteria) and other.edition == self.edition
        return same and isinstance(other, FrozenCriteria) and dict(other.values) == dict(self.values)

    def __hash__(self) -> int:
        return hash(self.edition)

    def body(self) -> CriteriaBody:
        """Return what a signed criteria document carries: the plain tree and every setting's value."""
        return CriteriaBody(edition=dict(self.edition.tree), settings=dict(self.values))

    @cached_property
    def rules(self) -> Mapping[type, Rule]:
        """Return the scoring rules by their class."""
        return {type(rule): rule for rule in self.edition.scoring.rules}

    @cached_property
    def lines(self) -> tuple[Fraction, ...]:
        """Return the lines that a shown score may not be rounded across, rising.

        0, every level's cumulative score, the award and gate lines, the floors, and the best total.
        """
        settings = self.settings
        lines = {Fraction(0), Fraction(self.edition.max_score)}
        lines |= {Fraction(level.cumulative) for level in self.edition.levels}
        lines |= {line.least for line in settings.award_lines}
        lines |= {settings.gate_line_step1, settings.gate_line_step2, settings.category_floor}
        return tuple(sorted(lines | {rule.total for rule in self.pass_rules}))

    @cached_property
    def pass_rules(self) -> tuple[PassRule, ...]:
        """Return the rules of the category awards: the edition's own, else the lines of the settings."""
        return tuple(self._pass_rule(award) for award in self.edition.awards if award.category)

    def _pass_rule(self, award: Award) -> PassRule:
        if award.rule is not None:
            least = tuple((one.of, number(one.percent)) for one in award.rule.least)
            return PassRule(award, number(award.rule.total), least, founded=True)
        least = ((award.category, self.settings.category_award_percent),)
        return PassRule(award, self.settings.category_award_total, least, founded=False)


def freeze(edition: Edition, overrides: Mapping[str, Any]) -> FrozenCriteria:
    """Freeze an edition with the settings that differ from its defaults.

    Raises Expected `setting-unknown` (key, edition) or `setting-invalid` (key, found, expected).
    """
    values = settings_values(edition, overrides)
    return FrozenCriteria(edition, values, typed_settings(edition, values))


def criteria_from_body(body: CriteriaBody, file: str = "criteria") -> FrozenCriteria:
    """Read the criteria from a signed document's body, as strictly as from a file.

    Raises Expected `edition-invalid`, `setting-unknown` or `setting-invalid`.
    """
    return freeze(edition_from_tree(body.edition, file), body.settings)
