# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""The practice round: the real case, two fictitious agencies, and scores that a seed invents."""

from pmqa_desktop.services.practice.build import PASSPHRASE, PracticeRound, build_practice
from pmqa_desktop.services.practice.finish import practice_command

__all__ = ["PASSPHRASE", "PracticeRound", "build_practice", "practice_command"]
